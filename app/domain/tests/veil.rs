//! Problems that each writes alone: nobody else is sent what they say, and all are shown together.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::decide;
use domain::judge::Context;
use domain::people::attendance::AttendanceMode;
use domain::project::project;
use domain::veil::{
    Command as Behind, Event as Happened, Rejection as Refused, VEILED_LIMIT_EACH, Veiled,
};
use domain::{
    Command, Event, ItemId, ItemKind, Phase, Projected, Rejection, Role, TextField, Viewer,
    conduct, deliberation, people,
};
use mesa::{AtMesa, HERE, NOW, OTHER, act, item, person, remark, short};
use std::sync::Arc;

const F: Role = Role::Facilitator;
const VIEWERS: [Viewer; 5] = [
    Viewer::Facilitation(HERE),
    Viewer::Facilitation(OTHER),
    Viewer::Seat(HERE),
    Viewer::Seat(OTHER),
    Viewer::Public,
];

fn drawn() -> AtMesa {
    let mut state = mesa::mesa(Phase::Introduction);
    act(&mut state, F, Command::Veil(Behind::Draw)).unwrap();
    state
}

fn write(
    state: &mut AtMesa,
    role: Role,
    number: u128,
    title: &str,
) -> Result<Vec<Event>, Rejection> {
    let (problem, title) = (item(number), short(title));
    let statement = Some(remark(&format!("DETALLE {number}")));
    act(state, role, Command::Veil(Behind::Write { problem, title, statement }))
}

fn count(state: &AtMesa) -> u16 {
    state.veil.drawn.as_ref().unwrap().count
}

fn titles(state: &AtMesa, ids: &[ItemId]) -> Vec<String> {
    ids.iter().map(|id| state.item(*id).unwrap().text(TextField::Title).to_owned()).collect()
}

#[test]
fn each_writes_alone_and_all_are_shown_together_with_their_authors() {
    let mut state = drawn();
    assert_eq!(act(&mut state, F, Command::Veil(Behind::Draw)), Ok(Vec::new()), "it is drawn");
    write(&mut state, Role::Actor, 1, "Baches").unwrap();
    write(&mut state, Role::Participant, 2, "Agua").unwrap();
    write(&mut state, Role::Actor, 3, "Luz").unwrap();
    write(&mut state, Role::Actor, 1, "Baches en la calle 5").unwrap();
    assert_eq!(write(&mut state, Role::Actor, 1, "Baches en la calle 5"), Ok(Vec::new()));
    assert_eq!(count(&state), 3);
    assert_eq!(state.own_veiled(person(Role::Actor)).len(), 2);
    act(&mut state, Role::Actor, Command::Veil(Behind::Withdraw { problem: item(3) })).unwrap();
    assert_eq!(count(&state), 2);
    assert!(state.deliberation.problems.is_empty(), "no item before it is shown");
    act(&mut state, F, Command::Veil(Behind::Lift)).unwrap();
    assert!(state.veil.drawn.is_none());
    assert_eq!(state.deliberation.problems, [1, 2].map(item));
    assert_eq!(titles(&state, &[item(1), item(2)]), ["Baches en la calle 5", "Agua"]);
    let first = state.item(item(1)).unwrap();
    assert_eq!(first.text(TextField::Statement), "DETALLE 1");
    assert_eq!(first.author, Some(person(Role::Actor)));
    assert_eq!(state.item(item(2)).unwrap().author, Some(person(Role::Participant)));
    let aliases: Vec<_> = [1, 2].map(|id| state.item(item(id)).unwrap().alias.0).to_vec();
    assert_eq!(aliases, [0, 1]);
    assert_eq!(act(&mut state, F, Command::Veil(Behind::Lift)), Ok(Vec::new()), "once");
    assert_eq!(write(&mut state, Role::Actor, 4, "Tarde"), Err(Refused::NotDrawn.into()));
}

#[test]
fn nobody_is_sent_what_others_wrote_nor_who_wrote() {
    let mut state = drawn();
    let mut seen = VIEWERS.map(|viewer| state.for_viewer(viewer));
    let mut sent = VIEWERS.map(|_| Vec::new());
    let withdraw = Command::Veil(Behind::Withdraw { problem: item(3) });
    let steps: [(Role, Option<(u128, &str)>); 4] = [
        (Role::Actor, Some((1, "SECRETO UNO"))),
        (Role::Participant, Some((2, "SECRETO DOS"))),
        (Role::Participant, Some((3, "SECRETO TRES"))),
        (Role::Participant, None),
    ];
    for (role, written) in steps {
        let events = match written {
            Some((number, title)) => write(&mut state, role, number, title),
            None => act(&mut state, role, withdraw.clone()),
        };
        for event in events.unwrap() {
            for (place, viewer) in VIEWERS.into_iter().enumerate() {
                let projected = project(&event, &state.0, viewer);
                sent[place].extend(postcard::to_stdvec(&projected).unwrap());
                seen[place].apply_projected(&projected);
            }
        }
    }
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    for (place, viewer) in VIEWERS.into_iter().enumerate() {
        assert_eq!(seen[place], state.for_viewer(viewer), "{viewer:?}");
        assert_eq!(count(&seen[place]), 2);
        sent[place].extend(postcard::to_stdvec(&state.for_viewer(viewer).0).unwrap());
        for part in ["SECRETO", "DETALLE"] {
            assert!(!holds(&sent[place], part.as_bytes()), "{viewer:?} was sent {part}");
        }
        for number in 1..=3 {
            assert!(!holds(&sent[place], item(number).0.as_bytes()));
        }
        for role in [Role::Actor, Role::Participant] {
            assert!(!holds(&sent[place], person(role).0.as_bytes()), "{viewer:?}: {role:?}");
        }
    }
    // A device that doesn't have them shows nothing while its command waits.
    let context = Context { person: person(F), seat: None, role: F, now: NOW, since: &[] };
    let lift = Command::Veil(Behind::Lift);
    assert_eq!(decide(&seen[0].0, HERE, &lift, &context), Ok(Vec::new()));
    // Then everybody gets text and authors, the public the text.
    for event in decide(&state.0, HERE, &lift, &context).unwrap() {
        state.apply(&event);
        for (viewer, seen) in VIEWERS.into_iter().zip(&mut seen) {
            seen.apply_projected(&project(&event, &state.0, viewer));
            assert_eq!(*seen, state.for_viewer(viewer), "{viewer:?}");
        }
    }
    for (viewer, seen) in VIEWERS.into_iter().zip(&seen) {
        assert_eq!(titles(seen, &[item(1), item(2)]), ["SECRETO UNO", "SECRETO DOS"]);
        let author = seen.item(item(1)).unwrap().author;
        let theirs = [Viewer::Facilitation(HERE), Viewer::Seat(HERE)].contains(&viewer);
        assert_eq!(author.is_some(), theirs, "{viewer:?}");
    }
}

#[test]
fn only_their_author_changes_them_and_only_who_leads_draws_and_lifts() {
    let mut state = drawn();
    write(&mut state, Role::Participant, 1, "Agua").unwrap();
    assert_eq!(write(&mut state, Role::Actor, 1, "Otra"), Err(Rejection::IdTaken));
    assert_eq!(write(&mut state, F, 1, "Otra"), Err(Rejection::IdTaken));
    let not_allowed = |role| Err(Rejection::NotAllowed { role, phase: Phase::Introduction });
    let withdraw = Command::Veil(Behind::Withdraw { problem: item(1) });
    for role in [Role::Actor, F] {
        assert_eq!(act(&mut state, role, withdraw.clone()), not_allowed(role));
    }
    for role in [Role::Rapporteur, Role::Actor, Role::Participant, Role::Administrator] {
        for command in [Behind::Draw, Behind::Lift] {
            assert_eq!(act(&mut state, role, Command::Veil(command)), not_allowed(role));
        }
    }
    for role in [Role::CoFacilitator, Role::Administrator, Role::Projector] {
        assert_eq!(write(&mut state, role, 9, "No"), not_allowed(role));
    }
    // Whose writing is paused doesn't write here either.
    state.apply(&Event::People(people::Event::Arrived {
        mesa: HERE,
        person: person(Role::Participant),
        organisation: short(""),
        seat: None,
        mode: AttendanceMode::InRoom,
        at: NOW,
    }));
    let mute = |reason| {
        let person = person(Role::Participant);
        Command::Conduct(conduct::Command::Mute { person, reason })
    };
    act(&mut state, F, mute(Some(remark("Insultos")))).unwrap();
    let paused = write(&mut state, Role::Participant, 2, "Otra");
    assert_eq!(paused, Err(Rejection::Conduct(conduct::Rejection::Muted)));
    act(&mut state, F, mute(None)).unwrap();
    // Who came in twice is one author.
    let merged = people::Event::EntriesMerged {
        mesa: HERE,
        person: person(Role::Participant),
        into: person(Role::Rapporteur),
    };
    state.apply(&Event::People(merged));
    write(&mut state, Role::Rapporteur, 1, "Agua limpia").unwrap();
    assert_eq!(count(&state), 1);
    let author = state.veil.drawn.as_ref().unwrap().problems[0].author;
    assert_eq!(author, person(Role::Participant), "whoever wrote it first");
}

#[test]
fn nothing_empty_nothing_without_end_and_no_id_twice() {
    let mut state = drawn();
    assert_eq!(write(&mut state, Role::Actor, 1, " "), Err(Refused::NoTitle.into()));
    mesa::add(&mut state, F, 50, ItemKind::Problem, None);
    assert_eq!(write(&mut state, Role::Actor, 50, "Otra"), Err(Rejection::IdTaken));
    for number in 1..=VEILED_LIMIT_EACH as u128 {
        write(&mut state, Role::Actor, number, "Baches").unwrap();
    }
    let full = Rejection::TooMany { limit: VEILED_LIMIT_EACH as u32 };
    assert_eq!(write(&mut state, Role::Actor, 40, "Más"), Err(full));
    write(&mut state, Role::Actor, 3, "Éste sí").unwrap();
    write(&mut state, Role::Participant, 40, "De otra persona").unwrap();
}

#[test]
fn while_it_is_drawn_no_problem_of_a_seat_is_shown_before_the_others() {
    let mut state = drawn();
    let add = |number| deliberation::Command::Add {
        item: item(number),
        kind: ItemKind::Problem,
        parent: None,
    };
    for role in [Role::Actor, Role::Participant] {
        let added = act(&mut state, role, Command::Deliberation(add(1)));
        assert_eq!(added, Err(Refused::Drawn.into()));
    }
    act(&mut state, F, Command::Deliberation(add(2))).unwrap();
    // What belongs to a problem that is there is written as ever.
    mesa::add(&mut state, Role::Actor, 3, ItemKind::Solution, Some(item(2)));
    act(&mut state, F, Command::Veil(Behind::Lift)).unwrap();
    act(&mut state, Role::Actor, Command::Deliberation(add(1))).unwrap();
    // From the read-out on nothing is drawn, and nothing shown.
    for phase in [Phase::ReadOut, Phase::Closed] {
        let mut state = drawn();
        write(&mut state, Role::Actor, 1, "Baches").unwrap();
        Arc::make_mut(&mut state.conduct).phase = phase;
        let not_allowed = Err(Rejection::NotAllowed { role: F, phase });
        for command in [Behind::Draw, Behind::Lift] {
            assert_eq!(act(&mut state, F, Command::Veil(command)), not_allowed);
        }
    }
}

#[test]
fn an_event_of_the_log_has_all_of_it() {
    let mut state = drawn();
    let events = write(&mut state, Role::Actor, 1, "Baches").unwrap();
    let problem = Veiled {
        item: item(1),
        author: person(Role::Actor),
        title: short("Baches"),
        statement: Some(remark("DETALLE 1")),
    };
    let written = Happened::Written { problem: Some(problem), count: 1 };
    assert_eq!(events, [Event::Veil(HERE, written.clone())]);
    let Projected::Event(Event::Veil(HERE, Happened::Written { problem: None, count: 1 })) =
        project(&Event::Veil(HERE, written), &state.0, Viewer::Seat(HERE))
    else {
        panic!("the author's own kind of viewer gets no more")
    };
}
