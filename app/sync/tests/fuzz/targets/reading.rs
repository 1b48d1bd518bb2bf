//! All queries of screens, checks and projections on a state.

use domain::conduct::turnout;
use domain::deliberation::{check, decide};
use domain::permission::{Phase, Role};
use domain::{Exercise, ItemKind, Mesa, QuotaBoard, Standing, Viewer};

use crate::seeds::{HERE, PERSON, SEAT};

/// Runs all queries; a panic fails the test.
pub fn read_all(state: &Exercise) {
    let mut seen = 0_usize;
    for (number, mesa) in &state.mesas {
        read_mesa(mesa);
        seen += state.people_as(*number, Role::Facilitator).len();
    }
    seen += state
        .aliases
        .iter()
        .filter(|item| state.mesa_of(**item).is_some() && state.item(**item).is_some())
        .count();
    seen += usize::from(state.actor_of(SEAT).is_some());
    for viewer in [Viewer::Facilitation(HERE), Viewer::Seat(HERE), Viewer::Public] {
        let projected = state.for_viewer(viewer);
        assert_eq!(projected.mesas.len(), state.mesas.len());
        for (one, other) in projected.mesas.values().zip(state.mesas.values()) {
            assert_eq!(one.deliberation.items.len(), other.deliberation.items.len());
            seen += one.people.attendees.len();
        }
    }
    std::hint::black_box(seen);
}

fn read_mesa(state: &Mesa) {
    let mut seen = 0_usize;
    for item in state.deliberation.items.values() {
        seen += usize::from(state.is_visible(item)) + state.number(item).unwrap_or(0);
        for kind in ItemKind::ALL {
            seen += state.visible(kind, Some(item.id)).count();
        }
        seen += state.deliberation.contributions_to(Some(item.id)).count()
            + state.deliberation.merged_into(item.id).count();
        seen += usize::from(state.deliberation.counts_for(item.id) == item.id);
        if let Some(commitment) = item.as_commitment() {
            seen += state.deliberation.problems_of(commitment).count();
        }
        for role in [Role::Facilitator, Role::Actor, Role::Follower] {
            seen += usize::from(
                decide::may_edit(state, item, role, Some(PERSON))
                    || decide::may_delete(state, item, role, Some(PERSON)),
            );
        }
        seen += item.replaced.iter().filter(|value| item.replaced(value).is_some()).count();
    }
    for kind in ItemKind::ALL {
        seen += state.visible(kind, None).count();
    }
    seen += state.deliberation.contributions_to(None).count() + turnout::unanswered(state).count();
    seen += turnout::missed(state, |person| person == PERSON).len();
    seen += state
        .actors
        .iter()
        .filter_map(|actor| state.actor(actor.number))
        .flat_map(|actor| &actor.seats)
        .count();

    let board = QuotaBoard::of(state);
    for row in &board.rows {
        assert!(row.is_met() || row.missing() > 0);
        seen += usize::from(row.here() > row.extra());
    }
    assert_eq!(board.is_met(), board.missing() == 0);
    seen += usize::from(board.extra() > 0);
    assert!(check::open(state) <= check::findings(state).len());
    for phase in Phase::ALL {
        seen += check::in_the_way_of(state, phase).len();
        seen += usize::from(state.conduct.moves_the_plan(phase));
        for now in [i64::MIN, 0, i64::MAX] {
            assert!(state.spent_in(phase, now) >= 0);
        }
        seen += usize::from(state.planned_for(phase) > 0);
    }
    seen += usize::from(state.phase_since().is_some() && state.met().0.is_some());
    for standing in state.siblings.iter().cloned().chain([Standing::of(state)]) {
        seen += usize::from(standing.total() > 0);
    }
    std::hint::black_box(seen);
}
