//! The table of section 3, written by hand: who may do what in which phase.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::item::{Feasibility, Party, ProblemState};
use domain::permission::{Scope, permitted};
use domain::{Action, ActorNumber, Assignment, Command, ItemKind, Patch, Phase, Rejection, Role, ShortText, Shown, State, TextField};
use mesa::{act, add, assign, item, mesa, write};

/// One line a role: a sign for each phase, from preparation to closed. `x` any, `o` their own, `l` what they lead, `.` nothing.
type Table = [(Role, &'static str); 8];

//                                 preparation, introduction, analysis, agreements | read-out, conformity, signing, follow-up, closed
const CONDUCT: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx xxxxx"),
    (Role::CoFacilitator, "xxxx xxxxx"),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const EDIT_PROBLEM: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "xxxx ....."),
    (Role::Actor, "xxxx ....."),
    (Role::Participant, "oooo ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const ARRANGE: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "xxxx ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const EDIT_COMMITMENT: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "..xx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "..xx ....."),
    (Role::Actor, "..xx ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const CONFIRM_FEASIBILITY: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "...x ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, "...l ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

const TABLES: [(Action, Table); 6] = [
    (Action::Conduct, CONDUCT),
    (Action::EditProblem, EDIT_PROBLEM),
    (Action::ArrangeProblems, ARRANGE),
    (Action::ArrangeCommitments, ARRANGE),
    (Action::EditCommitment, EDIT_COMMITMENT),
    (Action::ConfirmFeasibility, CONFIRM_FEASIBILITY),
];

fn cells() -> impl Iterator<Item = (Action, Role, Phase, char)> {
    TABLES.into_iter().flat_map(|(action, table)| {
        table.into_iter().flat_map(move |(role, line)| {
            let signs = line.chars().filter(|sign| *sign != ' ');
            Phase::ALL.into_iter().zip(signs).map(move |(phase, sign)| (action, role, phase, sign))
        })
    })
}

#[test]
fn every_cell_of_the_table_is_as_written() {
    for (action, role, phase, sign) in cells() {
        let scope = match sign {
            'x' => Scope::Any,
            'o' => Scope::Own,
            'l' => Scope::Led,
            _ => Scope::Nothing,
        };
        assert_eq!(permitted(action, phase, role), scope, "{action:?} in {phase:?} by {role:?}");
    }
    assert_eq!(cells().count(), Action::ALL.len() * Phase::ALL.len() * Role::ALL.len());
}

/// A mesa with a problem and a commitment (which organisation 1 leads) that the rapporteur added, and two of the facilitator's.
fn furnished(phase: Phase) -> State {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, Role::Rapporteur, 1, ItemKind::Problem, None);
    add(&mut state, Role::Rapporteur, 2, ItemKind::Commitment, None);
    add(&mut state, Role::Facilitator, 3, ItemKind::Problem, None);
    add(&mut state, Role::Facilitator, 4, ItemKind::Commitment, None);
    add(&mut state, Role::Rapporteur, 5, ItemKind::Activity, Some(item(2)));
    assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(Party::Actor(ActorNumber(1)))).unwrap();
    if phase != Phase::Agreements {
        act(&mut state, Role::Facilitator, Command::ChangePhase { to: phase }).unwrap();
    }
    state
}

fn reason() -> ShortText {
    ShortText::parse("Ya está en otra").unwrap()
}

fn patch_of(number: u128, field: TextField) -> Command {
    Command::Patch { item: item(number), field, base: 0, patch: Patch::splice(0, 0, "agua") }
}

/// What each action is asked for with, on items of someone else.
fn commands(action: Action) -> Vec<Command> {
    let feasible = Assignment::Feasibility(Feasibility::ConfirmedBy(reason()));
    match action {
        Action::Conduct => vec![
            Command::ChangePhase { to: Phase::Signing },
            Command::ChangePhase { to: Phase::Preparation },
            Command::Show { shown: Shown::Blank },
            Command::SetDoor { open: true },
        ],
        Action::EditProblem => {
            vec![patch_of(1, TextField::Statement), Command::Assign { item: item(1), value: Assignment::EvidenceSource(reason()) }]
        }
        Action::ArrangeProblems => vec![
            Command::Move { item: item(3), after: None },
            Command::Assign { item: item(1), value: Assignment::ProblemState(ProblemState::MergedInto(item(3))) },
            Command::Assign { item: item(1), value: Assignment::ProblemState(ProblemState::Discarded(reason())) },
        ],
        Action::ArrangeCommitments => vec![Command::Move { item: item(4), after: None }],
        Action::EditCommitment => vec![
            Command::Add { item: item(90), kind: ItemKind::Commitment, parent: None },
            Command::Add { item: item(91), kind: ItemKind::Activity, parent: Some(item(2)) },
            patch_of(2, TextField::Description),
            patch_of(5, TextField::Deliverable),
            Command::Assign { item: item(2), value: Assignment::Problem { problem: item(1), linked: true } },
            Command::Assign { item: item(5), value: Assignment::ResponsiblePost(reason()) },
        ],
        Action::ConfirmFeasibility => vec![Command::Assign { item: item(2), value: feasible }],
    }
}

#[test]
fn the_server_takes_what_the_table_allows_and_refuses_the_rest() {
    for (action, role, phase, sign) in cells() {
        for command in commands(action) {
            let mut state = furnished(phase);
            let before = state.clone();
            let outcome = act(&mut state, role, command.clone());
            let no_change = matches!(command, Command::ChangePhase { to } if to == phase);
            // These commands act on someone else's problem and on a commitment that the actor leads.
            if matches!(sign, 'x' | 'l') {
                assert!(outcome.is_ok_and(|events| no_change != (events.len() == 1)), "{command:?} in {phase:?} by {role:?}");
            } else {
                assert_eq!(outcome, Err(Rejection::NotAllowed { role, phase }), "{command:?}");
                assert_eq!(state, before, "a refused command changed something");
            }
        }
    }
}

#[test]
fn a_participant_writes_in_their_own_problem_and_in_no_other() {
    let mut state = furnished(Phase::Introduction);
    let own = add(&mut state, Role::Participant, 20, ItemKind::Problem, None);
    write(&mut state, Role::Participant, own, TextField::Title, Patch::splice(0, 0, "Bacheo")).unwrap();
    assign(&mut state, Role::Participant, own, Assignment::EvidenceSource(reason())).unwrap();
    let refused = Err(Rejection::NotAllowed { role: Role::Participant, phase: Phase::Introduction });
    assert_eq!(write(&mut state, Role::Participant, item(1), TextField::Title, Patch::splice(0, 0, "x")), refused);
    // Nor do they decide what becomes of their own.
    assert_eq!(assign(&mut state, Role::Participant, own, Assignment::ProblemState(ProblemState::Prioritised)), refused);
    assert_eq!(act(&mut state, Role::Participant, Command::Move { item: own, after: None }), refused);
    act(&mut state, Role::Facilitator, Command::ChangePhase { to: Phase::ReadOut }).unwrap();
    assert!(write(&mut state, Role::Participant, own, TextField::Title, Patch::splice(0, 0, "x")).is_err());
}

#[test]
fn feasibility_is_confirmed_by_who_leads_the_commitment() {
    let value = Assignment::Feasibility(Feasibility::WithReservations(reason()));
    let refused = Err(Rejection::NotAllowed { role: Role::Actor, phase: Phase::Agreements });
    let mut state = furnished(Phase::Agreements);
    assert_eq!(assign(&mut state, Role::Actor, item(4), value.clone()), refused, "nobody leads it");
    for other in [Party::Actor(ActorNumber(2)), Party::Named(reason())] {
        assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(other)).unwrap();
        assert_eq!(assign(&mut state, Role::Actor, item(2), value.clone()), refused, "someone else leads it");
    }
    assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(Party::Actor(ActorNumber(1)))).unwrap();
    assert_eq!(assign(&mut state, Role::Actor, item(2), value.clone()).unwrap().len(), 1);
    // A lead without a seat in this mesa: the facilitator notes it.
    assert_eq!(assign(&mut state, Role::Facilitator, item(4), value).unwrap().len(), 1);
}

#[test]
fn deleting_and_restoring_is_for_the_author_and_the_facilitator() {
    let mut state = furnished(Phase::Agreements);
    for number in [1, 2, 5] {
        let (remove, restore) = (Command::Remove { item: item(number) }, Command::Restore { item: item(number) });
        for role in [Role::Actor, Role::CoFacilitator, Role::Participant, Role::Administrator, Role::Follower, Role::Projector] {
            for command in [&remove, &restore] {
                assert_eq!(act(&mut state, role, command.clone()), Err(Rejection::NotAllowed { role, phase: Phase::Agreements }));
            }
        }
        // The rapporteur added these.
        for role in [Role::Rapporteur, Role::Facilitator] {
            assert_eq!(act(&mut state, role, remove.clone()).unwrap().len(), 1);
            assert_eq!(act(&mut state, role, restore.clone()).unwrap().len(), 1);
        }
    }
    let by_rapporteur = act(&mut state, Role::Rapporteur, Command::Remove { item: item(3) });
    assert!(by_rapporteur.is_err(), "the rapporteur may edit the facilitator's problem, not delete it");
    act(&mut state, Role::Facilitator, Command::ChangePhase { to: Phase::Introduction }).unwrap();
    assert!(act(&mut state, Role::Facilitator, Command::Remove { item: item(2) }).is_err(), "deleting goes by the phases of editing");
}
