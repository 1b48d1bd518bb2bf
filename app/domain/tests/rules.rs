//! Validation of commands, beyond permissions.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::decide;
use domain::deliberation::choice::{Category, Party, ProblemState};
use domain::deliberation::decide::{
    ACTIVITY_LIMIT, COMMITMENT_LIMIT, PROBLEM_LIMIT, SOLUTION_LIMIT,
};
use domain::deliberation::period::year_from;
use domain::judge::Context;
use domain::{
    ActorNumber, Alias, Assignment, Command, Date, Event, ExerciseCard, ItemId, ItemKind,
    MesaNumber, Patch, Phase, Rejection, Role, Shown, TextField,
};
use domain::{conduct, deliberation, exercise};
use mesa::{AtMesa, HERE, NOW, act, add, assign, day, item, mesa, person, short, write};

const F: Role = Role::Facilitator;

/// A problem (1), a commitment (2) with an activity (3), another commitment (4); the plan runs for
/// two years.
fn furnished() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    add(&mut state, F, 2, ItemKind::Commitment, None);
    add(&mut state, F, 3, ItemKind::Activity, Some(item(2)));
    add(&mut state, F, 4, ItemKind::Commitment, None);
    for (value, at) in [(Assignment::Ends(None), 2), (Assignment::Starts(None), 2)] {
        assign(&mut state, F, item(at), value).unwrap();
    }
    state
}

fn starts(state: &mut AtMesa, number: u128, date: Date) -> Result<Vec<Event>, Rejection> {
    assign(state, F, item(number), Assignment::Starts(Some(date)))
}

fn ends(state: &mut AtMesa, date: Date) -> Result<Vec<Event>, Rejection> {
    assign(state, F, item(2), Assignment::Ends(Some(date)))
}

fn due(state: &mut AtMesa, date: Date) -> Result<Vec<Event>, Rejection> {
    assign(state, F, item(3), Assignment::Due(Some(date)))
}

// Dates

#[test]
fn a_commitment_lies_inside_the_plan() {
    let mut state = furnished();
    let outside = Err(Rejection::Deliberation(deliberation::Rejection::DateOutside {
        from: day(2026, 10, 1),
        to: day(2028, 9, 30),
    }));
    assert_eq!(starts(&mut state, 2, day(2026, 9, 30)), outside);
    assert_eq!(ends(&mut state, day(2028, 10, 1)), outside);
    starts(&mut state, 2, day(2026, 10, 1)).unwrap();
    ends(&mut state, day(2027, 9, 30)).unwrap();
}

#[test]
fn a_commitment_does_not_end_before_it_starts() {
    let mut state = furnished();
    starts(&mut state, 2, day(2027, 3, 1)).unwrap();
    assert_eq!(
        ends(&mut state, day(2027, 2, 28)),
        Err(Rejection::Deliberation(deliberation::Rejection::EndBeforeStart))
    );
    ends(&mut state, day(2027, 3, 1)).unwrap();
    assert_eq!(
        starts(&mut state, 2, day(2027, 3, 2)),
        Err(Rejection::Deliberation(deliberation::Rejection::EndBeforeStart))
    );
}

#[test]
fn a_commitment_lasts_at_most_twelve_months_less_a_day_after_its_first() {
    let mut state = furnished();
    starts(&mut state, 2, day(2027, 3, 15)).unwrap();
    assert_eq!(
        ends(&mut state, day(2028, 3, 15)),
        Err(Rejection::Deliberation(deliberation::Rejection::LongerThanAYear))
    );
    ends(&mut state, day(2028, 3, 14)).unwrap();
    assert_eq!(
        starts(&mut state, 2, day(2027, 3, 14)),
        Err(Rejection::Deliberation(deliberation::Rejection::LongerThanAYear))
    );
}

#[test]
fn a_year_that_begins_on_29_february_ends_on_28_february() {
    assert_eq!(year_from(day(2028, 2, 29)), day(2029, 2, 28));
    assert_eq!(year_from(day(2027, 3, 1)), day(2028, 2, 29));
    assert_eq!(year_from(day(2027, 1, 1)), day(2027, 12, 31));
    // The plan's end is nearer than the year's.
    let mut state = furnished();
    starts(&mut state, 2, day(2028, 2, 29)).unwrap();
    ends(&mut state, day(2028, 9, 30)).unwrap();
    let later =
        ExerciseCard { starts: day(2028, 1, 1), ends: day(2030, 12, 31), ..mesa::exercise() };
    state.apply(&Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(later))));
    ends(&mut state, day(2029, 2, 28)).unwrap();
    assert_eq!(
        ends(&mut state, day(2029, 3, 1)),
        Err(Rejection::Deliberation(deliberation::Rejection::LongerThanAYear))
    );
}

#[test]
fn the_last_day_of_the_calendar_is_no_trap() {
    assert!(year_from(Date::MAX) >= day(9999, 1, 1));
}

#[test]
fn an_activity_is_due_inside_its_commitment() {
    let mut state = furnished();
    assert!(
        due(&mut state, day(2028, 9, 30)).is_ok(),
        "a commitment without dates leaves the plan's"
    );
    assert_eq!(
        due(&mut state, day(2028, 10, 1)),
        Err(Rejection::Deliberation(deliberation::Rejection::DateOutside {
            from: day(2026, 10, 1),
            to: day(2028, 9, 30)
        }))
    );
    starts(&mut state, 2, day(2027, 1, 1)).unwrap();
    ends(&mut state, day(2027, 6, 30)).unwrap();
    let outside = Err(Rejection::Deliberation(deliberation::Rejection::DateOutside {
        from: day(2027, 1, 1),
        to: day(2027, 6, 30),
    }));
    assert_eq!(due(&mut state, day(2027, 7, 1)), outside);
    assert_eq!(due(&mut state, day(2026, 12, 31)), outside);
    due(&mut state, day(2027, 2, 1)).unwrap();
    assert_eq!(
        starts(&mut state, 3, day(2027, 2, 2)),
        Err(Rejection::Deliberation(deliberation::Rejection::EndBeforeStart))
    );
    starts(&mut state, 3, day(2027, 1, 15)).unwrap();
    assert_eq!(
        due(&mut state, day(2027, 1, 14)),
        Err(Rejection::Deliberation(deliberation::Rejection::EndBeforeStart))
    );
}

#[test]
fn dates_can_be_taken_back() {
    let mut state = furnished();
    starts(&mut state, 2, day(2027, 1, 1)).unwrap();
    assert_eq!(assign(&mut state, F, item(2), Assignment::Starts(None)).unwrap().len(), 1);
    assert_eq!(state.item(item(2)).unwrap().as_commitment().unwrap().starts, None);
}

// Texts

#[test]
fn a_text_holds_what_its_limit_says_and_not_one_character_more() {
    for (field, limit) in
        [(TextField::Title, 500), (TextField::BudgetNote, 2_000), (TextField::Description, 8_000)]
    {
        let mut state = furnished();
        let full = "ñ".repeat(limit as usize);
        write(&mut state, F, item(2), field, Patch::splice(0, 0, &full)).unwrap();
        let more = write(&mut state, F, item(2), field, Patch::splice(limit, 0, "x"));
        assert_eq!(
            more,
            Err(Rejection::Deliberation(deliberation::Rejection::TextTooLong { limit }))
        );
        write(&mut state, F, item(2), field, Patch::splice(0, 1, "x")).unwrap();
    }
}

#[test]
fn a_text_that_is_too_long_already_may_be_made_shorter() {
    let mut state = furnished();
    let patch = Patch::splice(0, 0, &"ñ".repeat(700));
    state.apply(&Event::Deliberation(deliberation::Event::TextPatched {
        item: item(2),
        field: TextField::Title,
        patch,
    }));
    assert!(
        write(&mut state, F, item(2), TextField::Title, Patch::splice(0, 10, "123456789")).is_ok()
    );
    assert_eq!(
        write(&mut state, F, item(2), TextField::Title, Patch::splice(0, 1, "12")),
        Err(Rejection::Deliberation(deliberation::Rejection::TextTooLong { limit: 500 }))
    );
}

#[test]
fn characters_that_hide_or_turn_what_is_read_are_refused() {
    let mut state = furnished();
    for bad in [
        "\0", "\r", "\t", "\u{1B}", "\u{7F}", "\u{85}", "\u{202E}", "\u{202A}", "\u{2066}",
        "\u{2069}", "\u{FEFF}", "\u{2028}", "\u{AD}", "\u{200B}", "\u{FFFC}",
    ] {
        let patch = Patch::splice(0, 0, &format!("pago{bad}total"));
        assert_eq!(
            write(&mut state, F, item(2), TextField::Title, patch),
            Err(Rejection::Deliberation(deliberation::Rejection::ForbiddenCharacters)),
            "{bad:?}"
        );
    }
    let written = "Línea 1\nلوحة · e\u{301} · 👩🏽\u{200D}👧 </textarea><script>alert(1)</script>";
    write(&mut state, F, item(2), TextField::Description, Patch::splice(0, 0, written)).unwrap();
    assert_eq!(state.item(item(2)).unwrap().text(TextField::Description), written);
}

#[test]
fn a_patch_that_does_not_fit_is_refused() {
    let mut state = furnished();
    for patch in
        [Patch::splice(1, 0, "x"), Patch::splice(0, 1, ""), Patch::splice(u32::MAX, 0, "x")]
    {
        assert_eq!(
            write(&mut state, F, item(2), TextField::Title, patch),
            Err(Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange))
        );
    }
}

#[test]
fn a_late_patch_is_placed_behind_what_came_before_it() {
    let mut state = furnished();
    write(&mut state, F, item(1), TextField::Statement, Patch::splice(0, 0, "agua limpia"))
        .unwrap();
    let earlier = Patch::splice(0, 4, "Toda el agua");
    write(&mut state, F, item(1), TextField::Statement, earlier.clone()).unwrap();
    let late = Command::Deliberation(deliberation::Command::Patch {
        item: item(1),
        field: TextField::Statement,
        base: 0,
        patch: Patch::splice(5, 0, "muy "),
    });
    let context = Context { person: person(F), seat: None, role: F, now: NOW, since: &[earlier] };
    let expected = Event::Deliberation(deliberation::Event::TextPatched {
        item: item(1),
        field: TextField::Statement,
        patch: Patch::splice(13, 0, "muy "),
    });
    assert_eq!(decide(&state.0, HERE, &late, &context), Ok(vec![expected]));
    // Both took the same words out: nothing is left to do.
    let twice = Command::Deliberation(deliberation::Command::Patch {
        item: item(1),
        field: TextField::Statement,
        base: 0,
        patch: Patch::splice(0, 4, ""),
    });
    let gone = [Patch::splice(0, 4, "")];
    assert_eq!(
        decide(&state.0, HERE, &twice, &Context { since: &gone, ..context }),
        Ok(Vec::new())
    );
}

// What is named

#[test]
fn what_is_not_there_can_not_be_changed() {
    let mut state = furnished();
    let nowhere = item(99);
    let commands = [
        Command::Deliberation(deliberation::Command::Remove { item: nowhere }),
        Command::Deliberation(deliberation::Command::Restore { item: nowhere }),
        Command::Deliberation(deliberation::Command::Move { item: nowhere, after: None }),
        Command::Deliberation(deliberation::Command::Move { item: item(2), after: Some(nowhere) }),
        Command::Deliberation(deliberation::Command::Patch {
            item: nowhere,
            field: TextField::Title,
            base: 0,
            patch: Patch::splice(0, 0, "x"),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: nowhere,
            value: Assignment::Sdg(Some(6)),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: Assignment::Problem { problem: nowhere, linked: true },
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(1),
            value: Assignment::ProblemState(ProblemState::MergedInto(nowhere)),
        }),
        Command::Conduct(conduct::Command::Show { shown: Shown::Item(nowhere) }),
        Command::Deliberation(deliberation::Command::Add {
            item: item(98),
            kind: ItemKind::Activity,
            parent: Some(nowhere),
        }),
    ];
    for command in commands {
        assert_eq!(
            act(&mut state, F, command.clone()),
            Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem)),
            "{command:?}"
        );
    }
}

#[test]
fn what_was_deleted_is_not_changed_until_it_is_restored() {
    let mut state = furnished();
    add(&mut state, F, 5, ItemKind::Problem, None);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(2) }))
        .unwrap();
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(1) }))
        .unwrap();
    let commands = [
        Command::Deliberation(deliberation::Command::Patch {
            item: item(2),
            field: TextField::Title,
            base: 0,
            patch: Patch::splice(0, 0, "x"),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: Assignment::Sdg(Some(6)),
        }),
        Command::Deliberation(deliberation::Command::Move { item: item(2), after: Some(item(4)) }),
        Command::Conduct(conduct::Command::Show { shown: Shown::Item(item(2)) }),
        Command::Deliberation(deliberation::Command::Add {
            item: item(98),
            kind: ItemKind::Activity,
            parent: Some(item(2)),
        }),
        // Its activity is out of sight with it.
        Command::Deliberation(deliberation::Command::Patch {
            item: item(3),
            field: TextField::Title,
            base: 0,
            patch: Patch::splice(0, 0, "x"),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(4),
            value: Assignment::Problem { problem: item(1), linked: true },
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(5),
            value: Assignment::ProblemState(ProblemState::MergedInto(item(1))),
        }),
    ];
    for command in &commands {
        assert_eq!(
            act(&mut state, F, command.clone()),
            Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem)),
            "{command:?}"
        );
    }
    for number in [1, 2] {
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Restore { item: item(number) }),
        )
        .unwrap();
    }
    for command in commands {
        assert!(act(&mut state, F, command.clone()).is_ok(), "{command:?}");
    }
}

#[test]
fn a_field_belongs_to_its_kind_of_item() {
    let mut state = furnished();
    for (number, field) in [
        (1, TextField::Objective),
        (2, TextField::Statement),
        (3, TextField::Description),
        (2, TextField::Deliverable),
    ] {
        assert_eq!(
            write(&mut state, F, item(number), field, Patch::splice(0, 0, "x")),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
        );
    }
    let date = Some(day(2027, 1, 1));
    for (number, value) in [
        (1, Assignment::Category(Some(Category::Proactive))),
        (1, Assignment::Lead(Party::Unnamed)),
        (1, Assignment::Starts(date)),
        (2, Assignment::Due(date)),
        (2, Assignment::EvidenceSource(short("x"))),
        (2, Assignment::ResponsiblePost(short("x"))),
        (3, Assignment::Ends(date)),
        (3, Assignment::Problem { problem: item(1), linked: true }),
        (2, Assignment::Problem { problem: item(4), linked: true }),
        (1, Assignment::ProblemState(ProblemState::MergedInto(item(1)))),
        (1, Assignment::ProblemState(ProblemState::MergedInto(item(2)))),
    ] {
        assert_eq!(
            assign(&mut state, F, item(number), value.clone()),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField)),
            "{value:?}"
        );
    }
    // Feasibility and a problem's state are judged before it is known that the item is missing.
    assert!(
        assign(&mut state, F, item(3), Assignment::ProblemState(ProblemState::Prioritised))
            .is_err()
    );
    for (kind, parent) in [
        (ItemKind::Problem, Some(item(2))),
        (ItemKind::Activity, None),
        (ItemKind::Activity, Some(item(1))),
        (ItemKind::Solution, None),
        (ItemKind::Solution, Some(item(2))),
        (ItemKind::DraftCommitment, Some(item(2))),
        (ItemKind::Contribution, None),
        (ItemKind::Contribution, Some(item(1))),
    ] {
        assert_eq!(
            act(
                &mut state,
                F,
                Command::Deliberation(deliberation::Command::Add { item: item(98), kind, parent })
            ),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
        );
    }
}

#[test]
fn only_values_of_the_lists_are_taken() {
    let mut state = furnished();
    for value in [
        Assignment::Axis(Some(5)),
        Assignment::Sdg(Some(0)),
        Assignment::Sdg(Some(18)),
        Assignment::Lead(Party::Actor(ActorNumber(3))),
        Assignment::Counterpart(Party::Actor(ActorNumber(0))),
    ] {
        assert_eq!(
            assign(&mut state, F, item(2), value.clone()),
            Err(Rejection::UnknownValue),
            "{value:?}"
        );
    }
    for value in [
        Assignment::Axis(Some(4)),
        Assignment::Sdg(Some(17)),
        Assignment::Lead(Party::Actor(ActorNumber(2))),
    ] {
        assert_eq!(assign(&mut state, F, item(2), value).unwrap().len(), 1);
    }
}

// Lists

#[test]
fn what_changes_nothing_is_no_event() {
    let mut state = furnished();
    assign(&mut state, F, item(2), Assignment::Problem { problem: item(1), linked: true }).unwrap();
    let commands = [
        Command::Deliberation(deliberation::Command::Patch {
            item: item(2),
            field: TextField::Title,
            base: 0,
            patch: Patch::identity(),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: Assignment::Sdg(None),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: Assignment::Problem { problem: item(1), linked: true },
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: item(4),
            value: Assignment::Problem { problem: item(1), linked: false },
        }),
        Command::Deliberation(deliberation::Command::Restore { item: item(2) }),
        Command::Deliberation(deliberation::Command::Move { item: item(2), after: None }),
        Command::Deliberation(deliberation::Command::Move { item: item(4), after: Some(item(2)) }),
        Command::Conduct(conduct::Command::Show { shown: Shown::Agreement }),
        Command::Conduct(conduct::Command::ChangePhase { to: Phase::Agreements }),
        Command::Conduct(conduct::Command::SetDoor { open: false }),
    ];
    for command in commands {
        assert_eq!(act(&mut state, F, command.clone()), Ok(Vec::new()), "{command:?}");
    }
}

#[test]
fn an_item_moves_to_where_it_is_put() {
    let mut state = furnished();
    add(&mut state, F, 6, ItemKind::Commitment, None);
    let order = |state: &AtMesa| state.deliberation.commitments.clone();
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Move { item: item(6), after: None }),
    )
    .unwrap();
    assert_eq!(order(&state), [item(6), item(2), item(4)]);
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Move { item: item(6), after: Some(item(4)) }),
    )
    .unwrap();
    assert_eq!(order(&state), [item(2), item(4), item(6)]);
    let wrong = [(2, Some(2)), (2, Some(1)), (3, Some(2)), (1, Some(4))];
    for (moved, after) in wrong {
        let command = Command::Deliberation(deliberation::Command::Move {
            item: item(moved),
            after: after.map(item),
        });
        assert_eq!(
            act(&mut state, F, command),
            Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem)),
            "{moved} after {after:?}"
        );
    }
    // After a deleted one is a valid place too.
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(4) }))
        .unwrap();
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Move { item: item(2), after: Some(item(4)) }),
    )
    .unwrap();
    assert_eq!(state.number(state.item(item(6)).unwrap()), Some(2));
}

#[test]
fn an_id_is_given_once() {
    let mut state = furnished();
    let again = Command::Deliberation(deliberation::Command::Add {
        item: item(1),
        kind: ItemKind::Commitment,
        parent: None,
    });
    assert_eq!(act(&mut state, F, again), Err(Rejection::IdTaken));
}

#[test]
fn there_is_an_end_to_every_list() {
    for (kind, parent, limit) in [
        (ItemKind::Problem, None, PROBLEM_LIMIT),
        (ItemKind::Commitment, None, COMMITMENT_LIMIT),
        (ItemKind::Activity, Some(item(2)), ACTIVITY_LIMIT),
        (ItemKind::Solution, Some(item(1)), SOLUTION_LIMIT),
        (ItemKind::DraftCommitment, Some(item(1)), SOLUTION_LIMIT),
    ] {
        let mut state = furnished();
        let there = u32::try_from(state.deliberation.list(kind, parent).len()).unwrap();
        for number in there..limit {
            add(&mut state, F, 1_000 + u128::from(number), kind, parent);
        }
        // Deleted ones count: they can be restored.
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Remove {
                item: item(1_000 + u128::from(there)),
            }),
        )
        .unwrap();
        assert_eq!(
            act(
                &mut state,
                F,
                Command::Deliberation(deliberation::Command::Add {
                    item: item(9_999),
                    kind,
                    parent
                })
            ),
            Err(Rejection::TooMany { limit })
        );
    }
}

#[test]
fn a_new_commitment_begins_with_dates_that_are_allowed() {
    let state = {
        let mut state = mesa(Phase::Agreements);
        add(&mut state, F, 1, ItemKind::Commitment, None);
        state
    };
    let commitment = state.item(item(1)).unwrap().as_commitment().unwrap().clone();
    assert_eq!(commitment.starts, Some(mesa::exercise().starts));
    assert!(
        commitment.ends.unwrap() <= year_from(commitment.starts.unwrap()),
        "a commitment begins with dates that are refused"
    );
}

// Logs that nobody would write

#[test]
fn events_that_fit_nothing_change_nothing() {
    let mut state = furnished();
    let before = state.clone();
    let nowhere: ItemId = item(99);
    let next = Alias(u32::try_from(state.0.aliases.len()).unwrap());
    let added = |mesa, kind| {
        Event::Deliberation(deliberation::Event::ItemAdded {
            mesa,
            item: nowhere,
            alias: next,
            kind,
            parent: None,
            author: None,
        })
    };
    for event in [
        added(HERE, ItemKind::Activity),
        added(HERE, ItemKind::Contribution),
        added(MesaNumber(9), ItemKind::Problem),
        Event::Conduct(MesaNumber(9), conduct::Event::PhaseChanged { to: Phase::ReadOut, at: NOW }),
        Event::Conduct(MesaNumber(9), conduct::Event::DoorSet { open: true }),
        Event::Deliberation(deliberation::Event::ItemRemoved { item: nowhere }),
        Event::Deliberation(deliberation::Event::ItemMoved { item: nowhere, after: None }),
        Event::Deliberation(deliberation::Event::TextPatched {
            item: nowhere,
            field: TextField::Title,
            patch: Patch::splice(0, 0, "x"),
        }),
        Event::Deliberation(deliberation::Event::TextPatched {
            item: item(2),
            field: TextField::Title,
            patch: Patch::splice(50, 0, "x"),
        }),
        Event::Deliberation(deliberation::Event::Assigned {
            item: item(1),
            value: Assignment::Sdg(Some(1)),
        }),
        Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: HERE,
            item: nowhere,
            alias: Alias(50),
            kind: ItemKind::Activity,
            parent: None,
            author: None,
        }),
    ] {
        state.apply(&event);
        assert_eq!(state, before, "{event:?}");
    }
}
