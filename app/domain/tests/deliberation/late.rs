//! Texts that arrive after their phase has closed, and are asked for again.

use std::sync::Arc;

use domain::conduct::coming_late::LATE_LIMIT_EACH;
use domain::conduct::coming_late::{came_late, is_late_addition, may_go, settled_by};
use domain::conduct::late::print;
use domain::conduct::turnout::unreached;
use domain::decide::{decide_for, decide_server};
use domain::judge::Context;
use domain::permission::closes_writing;
use domain::{
    Assignment, Command, CommandId, ContributionKind, Event, ItemId, ItemKind, LatePart, Patch,
    Pause, PauseKind, Phase, Rejection, Role, ServerCommand, TextField,
};
use domain::{conduct, deliberation, people};
use uuid::Uuid;

use super::F;
use crate::mesa::{AtMesa, HERE, NOW, act, add, item, mesa, person, remark, short};

fn command(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

fn context(role: Role) -> Context<'static> {
    Context { person: person(role), seat: None, role, now: NOW, since: &[] }
}

/// A mesa in the read-out, with a problem and a commitment.
fn read_out() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, Role::Participant, 1, ItemKind::Problem, None);
    add(&mut state, F, 2, ItemKind::Commitment, None);
    state
        .apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: NOW }));
    state
}

fn patch(item: ItemId, field: TextField) -> Command {
    Command::Deliberation(deliberation::Command::Patch {
        item,
        field,
        base: 0,
        patch: Patch::splice(0, 0, "agua"),
    })
}

/// Sends something that is refused; returns the note about it.
fn send(state: &mut AtMesa, role: Role, id: u128, given: &Command) -> Option<LatePart> {
    assert!(decide_for(&state.0, HERE, given, &context(role), None).is_err());
    let late = came_late(&state.0, HERE, command(id), given, &context(role), None)?;
    assert_eq!((late.person, late.at, late.print), (person(role), NOW, print(command(id))));
    state.apply(&Event::Conduct(HERE, conduct::Event::CameLate(late)));
    Some(late.part)
}

#[test]
fn what_could_have_been_written_before_the_phase_closed_came_late() {
    let mut state = read_out();
    let text = LatePart::Text { item: item(2), field: TextField::Objective };
    assert_eq!(
        send(&mut state, Role::Actor, 10, &patch(item(2), TextField::Objective)),
        Some(text)
    );
    let value = Command::Deliberation(deliberation::Command::Assign {
        item: item(2),
        value: Assignment::IndicatorUnit(short("portales")),
    });
    assert_eq!(send(&mut state, Role::Actor, 11, &value), Some(LatePart::Value { item: item(2) }));
    let said = Command::Deliberation(deliberation::Command::Contribute {
        item: item(90),
        target: Some(item(1)),
        kind: ContributionKind::Question,
        text: remark("¿Cuándo?"),
    });
    let part = LatePart::Contribution { target: Some(item(1)), kind: ContributionKind::Question };
    assert_eq!(send(&mut state, Role::Participant, 12, &said), Some(part));
    assert_eq!(
        send(&mut state, Role::Participant, 13, &patch(item(1), TextField::Title))
            .map(|part| part.item().copied()),
        Some(Some(item(1)))
    );
    assert_eq!(state.conduct.late.len(), 4);
}

#[test]
fn what_was_never_theirs_to_do_did_not_come_late() {
    let mut state = read_out();
    assert_eq!(
        send(&mut state, Role::Participant, 10, &patch(item(2), TextField::Objective)),
        None
    );
    assert_eq!(send(&mut state, Role::Follower, 11, &patch(item(2), TextField::Objective)), None);
    assert_eq!(
        send(
            &mut state,
            Role::Actor,
            12,
            &Command::Conduct(conduct::Command::ChangePhase { to: Phase::Agreements })
        ),
        None
    );
    assert_eq!(
        send(&mut state, Role::Actor, 13, &patch(item(77), TextField::Title)),
        None,
        "there is no such item"
    );
    assert_eq!(
        send(&mut state, Role::Actor, 14, &patch(item(2), TextField::Causes)),
        None,
        "a commitment has no causes"
    );
    // Moving or deleting isn't writing.
    assert_eq!(
        send(
            &mut state,
            Role::Participant,
            15,
            &Command::Deliberation(deliberation::Command::Remove { item: item(1) })
        ),
        None
    );
    // Before its phase a command isn't late.
    let mut early = mesa(Phase::Preparation);
    Arc::make_mut(&mut early.conduct).phases.clear();
    let new = Command::Deliberation(deliberation::Command::Add {
        item: item(80),
        kind: ItemKind::Commitment,
        parent: None,
    });
    assert_eq!(send(&mut early, Role::Actor, 16, &new), None);
}

#[test]
fn an_objection_that_comes_after_the_mesa_went_back_is_late_too() {
    let mut state = read_out();
    state.apply(&Event::Conduct(
        HERE,
        conduct::Event::PhaseChanged { to: Phase::Agreements, at: NOW },
    ));
    let objection = Command::Deliberation(deliberation::Command::Contribute {
        item: item(90),
        target: None,
        kind: ContributionKind::Objection,
        text: remark("No"),
    });
    let part = LatePart::Contribution { target: None, kind: ContributionKind::Objection };
    assert_eq!(send(&mut state, Role::Participant, 10, &objection), Some(part));
    let never = mesa(Phase::Agreements);
    assert_eq!(
        came_late(&never.0, HERE, command(10), &objection, &context(Role::Participant), None),
        None,
        "it wasn't read out before"
    );
}

#[test]
fn a_new_item_that_came_late_takes_what_is_in_it_along() {
    let mut state = read_out();
    let new = Command::Deliberation(deliberation::Command::Add {
        item: item(80),
        kind: ItemKind::Commitment,
        parent: None,
    });
    let part = LatePart::Addition { id: item(80), kind: ItemKind::Commitment, parent: None };
    assert_eq!(send(&mut state, Role::Actor, 10, &new), Some(part));
    assert!(is_late_addition(&state, item(80), person(Role::Actor)));
    assert!(
        !is_late_addition(&state, item(80), person(Role::Participant)),
        "somebody else has no part in it"
    );
    let activity = Command::Deliberation(deliberation::Command::Add {
        item: item(81),
        kind: ItemKind::Activity,
        parent: Some(item(80)),
    });
    assert_eq!(
        send(&mut state, Role::Actor, 11, &activity),
        Some(LatePart::Addition { id: item(81), kind: ItemKind::Activity, parent: None })
    );
}

#[test]
fn it_can_be_sent_again_once_the_mesa_went_back_and_is_settled_by_that() {
    let mut state = read_out();
    let given = patch(item(2), TextField::Objective);
    send(&mut state, Role::Actor, 10, &given);
    assert!(!may_go(&state.0, HERE, &given, &context(Role::Actor), None));
    state.apply(&Event::Conduct(
        HERE,
        conduct::Event::PhaseChanged { to: Phase::Agreements, at: NOW },
    ));
    assert!(may_go(&state.0, HERE, &given, &context(Role::Actor), None));
    // The text is shorter now: the server rebases the patch.
    let far = Command::Deliberation(deliberation::Command::Patch {
        item: item(2),
        field: TextField::Objective,
        base: 0,
        patch: Patch::splice(40, 0, "agua"),
    });
    assert!(may_go(&state.0, HERE, &far, &context(Role::Actor), None));

    let again = command(10).again();
    assert_eq!((again.before(), again.again().before()), (command(10), again));
    assert_eq!(
        settled_by(&state, command(10), person(Role::Actor)),
        None,
        "only what is sent again"
    );
    assert_eq!(settled_by(&state, again, person(F)), None, "only by whose it is");
    let settled = settled_by(&state, again, person(Role::Actor)).unwrap();
    state.apply(&settled);
    assert_eq!(state.conduct.late, []);
    assert_eq!(settled_by(&state, again, person(Role::Actor)), None);
}

#[test]
fn the_facilitation_asks_and_the_author_or_it_gives_up() {
    let mut state = read_out();
    assert_eq!(
        act(&mut state, F, Command::Conduct(conduct::Command::AskLate)),
        Ok(Vec::new()),
        "there is nothing to ask for"
    );
    for (id, role) in [(10, Role::Actor), (11, Role::Actor), (12, Role::Actor)] {
        send(&mut state, role, id, &patch(item(2), TextField::Objective)).unwrap();
    }
    let phase = Phase::ReadOut;
    for role in [Role::Actor, Role::Participant, Role::Rapporteur] {
        assert_eq!(
            act(&mut state, role, Command::Conduct(conduct::Command::AskLate)),
            Err(Rejection::NotAllowed { role, phase })
        );
    }
    assert!(state.conduct.late.iter().all(|late| !late.asked));
    for asks in 1..=2 {
        assert_eq!(
            act(&mut state, F, Command::Conduct(conduct::Command::AskLate)),
            Ok(vec![Event::Conduct(HERE, conduct::Event::LateAsked)])
        );
        assert_eq!(state.conduct.late_asks, asks);
    }
    assert!(state.conduct.late.iter().all(|late| late.asked));
    let settle = |id| Command::Conduct(conduct::Command::SettleLate { print: print(command(id)) });
    let participant = Role::Participant;
    assert_eq!(
        act(&mut state, participant, settle(10)),
        Err(Rejection::NotAllowed { role: participant, phase }),
        "it isn't theirs"
    );
    assert_eq!(act(&mut state, Role::Actor, settle(10)).unwrap().len(), 1);
    assert_eq!(act(&mut state, F, settle(11)).unwrap().len(), 1);
    assert_eq!(
        act(&mut state, participant, settle(11)),
        Ok(Vec::new()),
        "nobody waits for it any more"
    );
    assert_eq!(state.conduct.late.len(), 1);
}

#[test]
fn one_person_cannot_fill_the_list() {
    let mut state = read_out();
    let given = patch(item(2), TextField::Objective);
    let noted =
        (0..100).filter(|id| send(&mut state, Role::Actor, 100 + id, &given).is_some()).count();
    assert_eq!((noted, state.conduct.late.len()), (LATE_LIMIT_EACH, LATE_LIMIT_EACH));
    assert!(send(&mut state, Role::Participant, 300, &patch(item(1), TextField::Title)).is_some());
    assert!(
        send(&mut state, Role::Participant, 300, &patch(item(1), TextField::Title)).is_none(),
        "one that is noted already"
    );
}

#[test]
fn a_change_of_phase_that_ends_somebody_s_writing_is_known() {
    use Phase::{
        Agreements, Analysis, Conformity, FollowUp, Introduction, Preparation, ReadOut, Signing,
    };
    for (from, to) in [
        (Agreements, ReadOut),
        (Analysis, ReadOut),
        (Analysis, Introduction),
        (ReadOut, Agreements),
        (Conformity, Signing),
        (Introduction, Preparation),
    ] {
        assert!(closes_writing(from, to), "{from:?} {to:?}");
    }
    for (from, to) in [
        (Preparation, Introduction),
        (Introduction, Analysis),
        (Analysis, Agreements),
        (ReadOut, Conformity),
        (ReadOut, ReadOut),
    ] {
        assert!(!closes_writing(from, to), "{from:?} {to:?}");
    }
    assert!(closes_writing(FollowUp, Signing), "progress is reported then no more");
}

#[test]
fn who_left_is_not_waited_for() {
    let mut state = mesa(Phase::Agreements);
    let (organisation, mode) =
        (domain::ShortText::default(), domain::people::attendance::AttendanceMode::Remote);
    for role in [Role::Actor, Role::Participant, Role::Rapporteur] {
        state.apply(&Event::People(people::Event::Arrived {
            mesa: HERE,
            person: person(role),
            organisation: organisation.clone(),
            seat: None,
            mode,
            at: 0,
        }));
    }
    state.apply(&Event::People(people::Event::Left {
        mesa: HERE,
        person: person(Role::Rapporteur),
        at: 1,
    }));
    let here = |role| move |one| one == person(role);
    assert_eq!(unreached(&state, here(Role::Actor)).people, [person(Role::Participant)]);
    assert_eq!(unreached(&state, here(Role::Actor)).left, 1);
    // A person who left but is connected doesn't hold anything back.
    assert_eq!(unreached(&state, here(Role::Rapporteur)).left, 0);
}

#[test]
fn a_pause_is_noted_once_and_not_for_ever() {
    let mut state = mesa(Phase::Agreements);
    let pause = |from, to| Pause { from, to, kind: PauseKind::StoodStill };
    let mut note = |pause| {
        let events = decide_server(
            &state.0,
            &ServerCommand::Conduct(HERE, conduct::ServerCommand::NotePause(pause)),
        )
        .unwrap();
        events.iter().for_each(|event| state.apply(event));
        events.len()
    };
    assert_eq!(note(pause(1_000, 60_000)), 1);
    assert_eq!(note(pause(1_400, 59_000)), 0, "another node of the same machine");
    for number in 1..50 {
        assert_eq!(note(pause(number * 100_000, number * 100_000 + 60_000)), 1);
    }
    assert_eq!((state.conduct.pauses.len(), state.conduct.pauses[19].from), (20, 4_900_000));
}
