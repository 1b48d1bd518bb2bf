//! The table of section 3, written by hand: who may do what in which phase.

#![allow(clippy::unwrap_used)]

#[path = "../history/mesa.rs"]
mod mesa;
mod table;

use domain::deliberation::choice::{Feasibility, Party, ProblemState};
use domain::deliberation::decide::{may_contribute, may_delete};
use domain::people::attendance::AttendanceMode;
use domain::permission::{deletable, permitted};
use domain::{
    Action, ActorNumber, Assignment, Command, ContributionKind, Event, Finding, ItemKind, Late,
    LatePart, Patch, Phase, Rejection, Response, ResponseStatus, Role, ShortText, Shown,
    SolutionState, TextField,
};
use domain::{agreement, conduct, deliberation, floor, people};
use mesa::{
    AtMesa, HERE, OTHER_SEAT, SEAT, act, act_in, add, assign, item, mesa, overrides, person,
    remark, write,
};
use table::{DELETIONS, TABLES, scope, signs};

#[test]
fn every_cell_of_the_table_is_as_written() {
    for (action, role, phase, sign) in signs(&TABLES) {
        assert_eq!(
            permitted(action, phase, role),
            scope(sign),
            "{action:?} in {phase:?} by {role:?}"
        );
    }
    assert_eq!(signs(&TABLES).count(), Action::ALL.len() * Phase::ALL.len() * Role::ALL.len());
    for (making, role, phase, sign) in signs(&DELETIONS) {
        assert_eq!(
            deletable(making, phase, role),
            scope(sign),
            "deleting what {making:?} made in {phase:?} by {role:?}"
        );
    }
    assert_eq!(signs(&DELETIONS).count(), DELETIONS.len() * Phase::ALL.len() * Role::ALL.len());
}

/// A mesa with a problem and a commitment (which organisation 1 leads) that the rapporteur added,
/// and two of the facilitator's.
fn furnished(phase: Phase) -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, Role::Rapporteur, 1, ItemKind::Problem, None);
    add(&mut state, Role::Rapporteur, 2, ItemKind::Commitment, None);
    add(&mut state, Role::Facilitator, 3, ItemKind::Problem, None);
    add(&mut state, Role::Facilitator, 4, ItemKind::Commitment, None);
    add(&mut state, Role::Rapporteur, 5, ItemKind::Activity, Some(item(2)));
    assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(Party::Actor(ActorNumber(1))))
        .unwrap();
    add(&mut state, Role::Rapporteur, 6, ItemKind::Solution, Some(item(1)));
    add(&mut state, Role::Rapporteur, 7, ItemKind::DraftCommitment, Some(item(1)));
    add(&mut state, Role::Facilitator, 8, ItemKind::Solution, Some(item(1)));
    act(&mut state, Role::Rapporteur, contribute(9, ContributionKind::Question)).unwrap();
    for command in overrides(&state) {
        act(&mut state, Role::Facilitator, command).unwrap();
    }
    let (organisation, mode) =
        (ShortText::default(), domain::people::attendance::AttendanceMode::InRoom);
    for person in [person(Role::Participant), person(Role::Rapporteur), TWICE] {
        state.apply(&Event::People(people::Event::Arrived {
            mesa: HERE,
            person,
            organisation: organisation.clone(),
            seat: None,
            mode,
            at: 0,
        }));
    }
    state.apply(&Event::People(people::Event::EntriesMerged {
        mesa: HERE,
        person: TWICE,
        into: person(Role::Rapporteur),
    }));
    let part = LatePart::Text { item: item(1), field: TextField::Statement };
    state.apply(&Event::Conduct(
        HERE,
        conduct::Event::CameLate(Late {
            print: LATE,
            person: domain::PersonId(uuid::Uuid::from_u128(9_999)),
            part,
            at: 0,
            asked: false,
        }),
    ));
    let go = |to| Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: 0 });
    state.apply(&go(Phase::ReadOut));
    act(&mut state, Role::Participant, contribute(10, ContributionKind::Objection)).unwrap();
    state.apply(&go(phase));
    let written = conduct::notes::Note {
        id: note(1),
        text: remark("Empezar por el agua"),
        by: person(Role::CoFacilitator),
        at: 0,
    };
    for event in [
        conduct::Event::LinedUp { item: item(2), first: false },
        conduct::Event::NoteWritten(written),
        conduct::Event::Muted(conduct::moderation::Mute {
            person: MUTED,
            reason: remark("Insultos"),
            by: person(Role::Facilitator),
            at: 0,
            appeal: None,
        }),
    ] {
        state.apply(&Event::Conduct(HERE, event));
    }
    let clock =
        floor::Clock { kind: floor::ClockKind::Free, timer: floor::Timer { since: 0, minutes: 1 } };
    let asked = |number| {
        let who = floor::Who { name: Some(reason()), ..floor::Who::default() };
        floor::Event::Asked(floor::Entry { id: entry(number), who, mode: AttendanceMode::InRoom })
    };
    for event in [
        asked(1),
        asked(2),
        floor::Event::ClockSet { clock: Some(clock) },
        floor::Event::RoundOpened { about: None, at: 0 },
    ] {
        state.apply(&Event::Floor(HERE, event));
    }
    state
}

fn entry(number: u128) -> domain::EntryId {
    domain::EntryId(uuid::Uuid::from_u128(0xE000 + number))
}

fn note(number: u128) -> domain::NoteId {
    domain::NoteId(uuid::Uuid::from_u128(0xF000 + number))
}

/// Somebody whose writing is paused, and who does nothing else.
const MUTED: domain::PersonId = domain::PersonId(uuid::Uuid::from_u128(9_997));

/// The rapporteur's second entry.
const TWICE: domain::PersonId = domain::PersonId(uuid::Uuid::from_u128(9_998));

/// The note of a late text, of a person who does nothing else.
const LATE: u64 = 77;

fn contribute(number: u128, kind: ContributionKind) -> Command {
    Command::Deliberation(deliberation::Command::Contribute {
        item: item(number),
        target: Some(item(1)),
        kind,
        text: remark("¿Desde cuándo?"),
    })
}

fn answer(number: u128) -> Command {
    let response = Response {
        status: ResponseStatus::Adopted,
        reason: Some(remark("Quedó en el objetivo")),
        change: Some(item(2)),
    };
    Command::Deliberation(deliberation::Command::Assign {
        item: item(number),
        value: Assignment::Response(response),
    })
}

fn reason() -> ShortText {
    ShortText::parse("Ya está en otra").unwrap()
}

fn patch_of(number: u128, field: TextField) -> Command {
    Command::Deliberation(deliberation::Command::Patch {
        item: item(number),
        field,
        base: 0,
        patch: Patch::splice(0, 0, "agua"),
    })
}

/// Commands that need each action, on somebody else's items.
fn commands(action: Action) -> Vec<Command> {
    let feasible = Assignment::Feasibility(Feasibility::ConfirmedBy(reason()));
    match action {
        Action::Conduct => vec![
            Command::Conduct(conduct::Command::ChangePhase { to: Phase::Signing }),
            Command::Conduct(conduct::Command::ChangePhase { to: Phase::Preparation }),
            Command::Conduct(conduct::Command::Show { shown: Shown::Blank }),
            Command::Conduct(conduct::Command::SetDoor { open: true }),
            Command::People(people::Command::NoteAttendance {
                person: person(Role::Participant),
                there: false,
            }),
            Command::People(people::Command::Merge {
                person: person(Role::Participant),
                with: person(Role::Rapporteur),
            }),
            Command::People(people::Command::Part { person: TWICE }),
            Command::Deliberation(deliberation::Command::Hide { item: item(9), hidden: true }),
            Command::Conduct(conduct::Command::AskLate),
            Command::Conduct(conduct::Command::SettleLate { print: LATE }),
            Command::Conduct(conduct::Command::TakeWall { taken: true }),
            Command::Conduct(conduct::Command::HoldWall { held: true }),
            Command::Conduct(conduct::Command::LineUp { item: item(3), first: true }),
            Command::Conduct(conduct::Command::LeaveOut { item: item(2) }),
            Command::Conduct(conduct::Command::WriteNote {
                note: note(9),
                text: Some(remark("Preguntar por el presupuesto")),
            }),
            Command::Conduct(conduct::Command::WriteNote { note: note(1), text: None }),
            Command::Conduct(conduct::Command::Mute {
                person: person(Role::Participant),
                reason: Some(remark("Insultos")),
            }),
            Command::Conduct(conduct::Command::Mute { person: MUTED, reason: None }),
            Command::Floor(floor::Command::Add {
                entry: entry(9),
                whom: floor::Added::Actor(domain::ActorNumber(2)),
            }),
            Command::Floor(floor::Command::Remove { entry: entry(1) }),
            Command::Floor(floor::Command::Move { entry: entry(1), before: None }),
            Command::Floor(floor::Command::Call { entry: entry(2) }),
            Command::Floor(floor::Command::SetMinutes { minutes: 5 }),
            Command::Floor(floor::Command::Start { kind: floor::ClockKind::Free, minutes: 5 }),
            Command::Floor(floor::Command::Stop),
            Command::Floor(floor::Command::Extend { entry: None }),
            Command::Floor(floor::Command::Mark {
                actor: domain::ActorNumber(1),
                mark: Some(floor::Mark::Passed),
            }),
            Command::Floor(floor::Command::CloseRound { reason: Some(remark("No vino")) }),
            Command::Agreement(agreement::Command::NameMissing { named: true }),
            Command::Agreement(agreement::Command::ChooseReader {
                reader: Some(person(Role::Participant)),
            }),
        ],
        Action::EditProblem => vec![
            patch_of(1, TextField::Statement),
            patch_of(6, TextField::Title),
            patch_of(7, TextField::Title),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(1),
                value: Assignment::EvidenceSource(reason()),
            }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(6),
                value: Assignment::ProposedBy(reason()),
            }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(6),
                value: Assignment::SolutionState(SolutionState::Adopted),
            }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(7),
                value: Assignment::Becomes(Some(item(2))),
            }),
            Command::Deliberation(deliberation::Command::Move { item: item(8), after: None }),
        ],
        Action::Contribute => {
            [ContributionKind::Question, ContributionKind::Contribution, ContributionKind::Feedback]
                .map(|kind| contribute(90, kind))
                .to_vec()
        }
        Action::AnswerContribution => vec![answer(9)],
        Action::AnswerObjection => vec![answer(10)],
        Action::RaiseObjection => vec![contribute(90, ContributionKind::Objection)],
        Action::OverrideCheck => vec![
            Command::Conduct(conduct::Command::OverrideCheck {
                finding: Finding::NoActivity(item(4)),
                reason: remark("Otra razón"),
            }),
            Command::Conduct(conduct::Command::WithdrawOverride {
                finding: Finding::NoActivity(item(4)),
            }),
        ],
        Action::ArrangeProblems => vec![
            Command::Deliberation(deliberation::Command::Move { item: item(3), after: None }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(1),
                value: Assignment::ProblemState(ProblemState::MergedInto(item(3))),
            }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(1),
                value: Assignment::ProblemState(ProblemState::Discarded(reason())),
            }),
        ],
        Action::ArrangeCommitments => {
            vec![Command::Deliberation(deliberation::Command::Move { item: item(4), after: None })]
        }
        Action::EditCommitment => vec![
            Command::Deliberation(deliberation::Command::Add {
                item: item(90),
                kind: ItemKind::Commitment,
                parent: None,
            }),
            Command::Deliberation(deliberation::Command::Add {
                item: item(91),
                kind: ItemKind::Activity,
                parent: Some(item(2)),
            }),
            patch_of(2, TextField::Description),
            patch_of(5, TextField::Deliverable),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(2),
                value: Assignment::Problem { problem: item(1), linked: true },
            }),
            Command::Deliberation(deliberation::Command::Assign {
                item: item(5),
                value: Assignment::ResponsiblePost(reason()),
            }),
        ],
        Action::ConfirmFeasibility => vec![Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: feasible,
        })],
        // Stating conformity needs a question: the tests of the agreement ask one.
        Action::StateConformity => Vec::new(),
        // Dividing points needs a prioritisation: its own tests open one (tests/priority.rs).
        Action::GivePoints => Vec::new(),
        // No command needs these yet.
        Action::WaiveNotice
        | Action::Sign
        | Action::MarkSignature
        | Action::ReportProgress
        | Action::ReadPublic => Vec::new(),
        Action::AskFloor => vec![Command::Floor(floor::Command::Ask { entry: entry(9) })],
        // What prepares is no command of a device: pages check the role.
        // The server checks who prepares and who sends the pack (tests/pack.rs).
        Action::Prepare | Action::SendPack => Vec::new(),
    }
}

#[test]
fn the_server_takes_what_the_table_allows_and_refuses_the_rest() {
    for (action, role, phase, sign) in signs(&TABLES) {
        for command in commands(action) {
            let mut state = furnished(phase);
            let before = state.clone();
            let outcome = act(&mut state, role, command.clone());
            let no_change = matches!(command, Command::Conduct(conduct::Command::ChangePhase { to }) if to == phase);
            // These commands act on someone else's problem and on a commitment that the actor
            // leads.
            if matches!(sign, 'x' | 'l') {
                assert!(
                    outcome.is_ok_and(|events| no_change != (events.len() == 1)),
                    "{command:?} in {phase:?} by {role:?}"
                );
            } else {
                assert_eq!(outcome, Err(Rejection::NotAllowed { role, phase }), "{command:?}");
                assert_eq!(state, before, "a refused command changed something");
            }
        }
    }
}

#[test]
fn the_same_table_tells_a_screen_what_to_offer() {
    for (action, role, phase, sign) in signs(&TABLES) {
        let kinds: &[ContributionKind] = match action {
            Action::Contribute => &[
                ContributionKind::Question,
                ContributionKind::Contribution,
                ContributionKind::Feedback,
            ],
            Action::RaiseObjection => &[ContributionKind::Objection],
            _ => &[],
        };
        for kind in kinds {
            assert_eq!(
                may_contribute(phase, role, *kind),
                sign == 'x',
                "{kind:?} in {phase:?} by {role:?}"
            );
        }
    }
}

#[test]
fn a_contribution_is_answered_by_an_actor_of_the_public_institution_and_no_other() {
    let refused = Err(Rejection::NotAllowed { role: Role::Actor, phase: Phase::Analysis });
    for seat in [None, Some(SEAT)] {
        let mut state = furnished(Phase::Analysis);
        assert_eq!(act_in(&mut state, Role::Actor, seat, answer(9)), refused, "{seat:?}");
    }
    let mut state = furnished(Phase::Analysis);
    assert_eq!(act_in(&mut state, Role::Actor, Some(OTHER_SEAT), answer(9)).unwrap().len(), 1);
    // A participant with a seat there has no say in it.
    assert!(
        act_in(&mut furnished(Phase::Analysis), Role::Participant, Some(OTHER_SEAT), answer(9))
            .is_err()
    );
}

#[test]
fn a_participant_proposes_solutions_to_any_problem_and_writes_in_their_own() {
    let mut state = furnished(Phase::Analysis);
    let own = add(&mut state, Role::Participant, 20, ItemKind::Solution, Some(item(3)));
    write(&mut state, Role::Participant, own, TextField::Title, Patch::splice(0, 0, "Un tablero"))
        .unwrap();
    assign(&mut state, Role::Participant, own, Assignment::ProposedBy(reason())).unwrap();
    let refused = Err(Rejection::NotAllowed { role: Role::Participant, phase: Phase::Analysis });
    assert_eq!(
        write(&mut state, Role::Participant, item(6), TextField::Title, Patch::splice(0, 0, "x")),
        refused
    );
    // Its outcome, and its place in the list, aren't theirs to decide.
    assert_eq!(
        assign(
            &mut state,
            Role::Participant,
            own,
            Assignment::SolutionState(SolutionState::Adopted)
        ),
        refused
    );
    assert_eq!(
        act(
            &mut state,
            Role::Participant,
            Command::Deliberation(deliberation::Command::Move { item: own, after: None })
        ),
        refused
    );
    let draft = add(&mut state, Role::Participant, 21, ItemKind::DraftCommitment, Some(item(3)));
    assert_eq!(
        assign(&mut state, Role::Participant, draft, Assignment::Becomes(Some(item(2)))),
        refused
    );
}

#[test]
fn from_read_out_on_nobody_edits_a_text() {
    for phase in [Phase::ReadOut, Phase::Conformity, Phase::Signing, Phase::FollowUp, Phase::Closed]
    {
        for role in Role::ALL {
            let mut state = furnished(phase);
            let actions = [
                Action::EditProblem,
                Action::EditCommitment,
                Action::ArrangeProblems,
                Action::ArrangeCommitments,
            ];
            let answers = [
                Action::Contribute,
                Action::AnswerContribution,
                Action::ConfirmFeasibility,
                Action::OverrideCheck,
            ];
            for command in actions.into_iter().chain(answers).flat_map(commands) {
                assert_eq!(
                    act(&mut state, role, command.clone()),
                    Err(Rejection::NotAllowed { role, phase }),
                    "{command:?}"
                );
            }
            for number in 1..=9 {
                let outcome = act(
                    &mut state,
                    role,
                    Command::Deliberation(deliberation::Command::Remove { item: item(number) }),
                );
                assert_eq!(
                    outcome,
                    Err(Rejection::NotAllowed { role, phase }),
                    "deleting {number}"
                );
            }
        }
    }
}

#[test]
fn an_objection_is_taken_back_by_its_author_or_the_facilitator() {
    let mut state = furnished(Phase::ReadOut);
    act(&mut state, Role::Participant, contribute(20, ContributionKind::Objection)).unwrap();
    let (remove, restore) = (
        Command::Deliberation(deliberation::Command::Remove { item: item(20) }),
        Command::Deliberation(deliberation::Command::Restore { item: item(20) }),
    );
    for role in [Role::Actor, Role::Rapporteur, Role::CoFacilitator] {
        assert_eq!(
            act(&mut state, role, remove.clone()),
            Err(Rejection::NotAllowed { role, phase: Phase::ReadOut })
        );
    }
    for role in [Role::Participant, Role::Facilitator] {
        assert!(may_delete(&state, state.item(item(20)).unwrap(), role, Some(person(role))));
        assert_eq!(act(&mut state, role, remove.clone()).unwrap().len(), 1);
        assert_eq!(act(&mut state, role, restore.clone()).unwrap().len(), 1);
    }
}

#[test]
fn a_participant_writes_in_their_own_problem_and_in_no_other() {
    let mut state = furnished(Phase::Introduction);
    let own = add(&mut state, Role::Participant, 20, ItemKind::Problem, None);
    write(&mut state, Role::Participant, own, TextField::Title, Patch::splice(0, 0, "Bacheo"))
        .unwrap();
    assign(&mut state, Role::Participant, own, Assignment::EvidenceSource(reason())).unwrap();
    let refused =
        Err(Rejection::NotAllowed { role: Role::Participant, phase: Phase::Introduction });
    assert_eq!(
        write(&mut state, Role::Participant, item(1), TextField::Title, Patch::splice(0, 0, "x")),
        refused
    );
    // They don't decide the outcome of their own either.
    assert_eq!(
        assign(
            &mut state,
            Role::Participant,
            own,
            Assignment::ProblemState(ProblemState::Prioritised)
        ),
        refused
    );
    assert_eq!(
        act(
            &mut state,
            Role::Participant,
            Command::Deliberation(deliberation::Command::Move { item: own, after: None })
        ),
        refused
    );
    state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: 0 }));
    assert!(
        write(&mut state, Role::Participant, own, TextField::Title, Patch::splice(0, 0, "x"))
            .is_err()
    );
}

#[test]
fn feasibility_is_confirmed_by_who_leads_the_commitment() {
    let value = Assignment::Feasibility(Feasibility::WithReservations(reason()));
    let refused = Err(Rejection::NotAllowed { role: Role::Actor, phase: Phase::Agreements });
    let mut state = furnished(Phase::Agreements);
    assert_eq!(assign(&mut state, Role::Actor, item(4), value.clone()), refused, "nobody leads it");
    for other in [Party::Actor(ActorNumber(2)), Party::Named(reason())] {
        assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(other)).unwrap();
        assert_eq!(
            assign(&mut state, Role::Actor, item(2), value.clone()),
            refused,
            "someone else leads it"
        );
    }
    assign(&mut state, Role::Facilitator, item(2), Assignment::Lead(Party::Actor(ActorNumber(1))))
        .unwrap();
    assert_eq!(assign(&mut state, Role::Actor, item(2), value.clone()).unwrap().len(), 1);
    // A lead without a seat in this mesa: the facilitator notes it.
    assert_eq!(assign(&mut state, Role::Facilitator, item(4), value).unwrap().len(), 1);
}

#[test]
fn deleting_and_restoring_is_for_the_author_and_the_facilitator() {
    let mut state = furnished(Phase::Agreements);
    for number in [1, 2, 5, 6, 7, 9] {
        let (remove, restore) = (
            Command::Deliberation(deliberation::Command::Remove { item: item(number) }),
            Command::Deliberation(deliberation::Command::Restore { item: item(number) }),
        );
        for role in [
            Role::Actor,
            Role::CoFacilitator,
            Role::Participant,
            Role::Administrator,
            Role::Follower,
            Role::Projector,
        ] {
            for command in [&remove, &restore] {
                assert_eq!(
                    act(&mut state, role, command.clone()),
                    Err(Rejection::NotAllowed { role, phase: Phase::Agreements })
                );
            }
        }
        // The rapporteur added these.
        for role in [Role::Rapporteur, Role::Facilitator] {
            assert_eq!(act(&mut state, role, remove.clone()).unwrap().len(), 1);
            assert_eq!(act(&mut state, role, restore.clone()).unwrap().len(), 1);
        }
    }
    let by_rapporteur = act(
        &mut state,
        Role::Rapporteur,
        Command::Deliberation(deliberation::Command::Remove { item: item(3) }),
    );
    assert!(
        by_rapporteur.is_err(),
        "the rapporteur may edit the facilitator's problem, not delete it"
    );
    act(
        &mut state,
        Role::Facilitator,
        Command::Conduct(conduct::Command::ChangePhase { to: Phase::Introduction }),
    )
    .unwrap();
    assert!(
        act(
            &mut state,
            Role::Facilitator,
            Command::Deliberation(deliberation::Command::Remove { item: item(2) })
        )
        .is_err(),
        "deleting goes by the phases of editing"
    );
}
