//! The blocking checks of section 5, and overriding a finding with a reason.

use domain::deliberation::choice::{Category, Party};
use domain::{
    Assignment, Command, Event, Finding, ItemKind, Phase, Rejection, Role, deliberation::check,
};
use domain::{conduct, deliberation};

use super::{F, agreed, due};
use crate::mesa::{AtMesa, HERE, NOW, act, add, assign, day, item, mesa, remark, short};

/// A problem (1) and commitments that meet the quota of tests, in order: 10 with activity 11, 20
/// with 21, 30 with 31.
fn in_order() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    for (number, category) in
        [(10, Category::FollowTheMoney), (20, Category::LocalProblem), (30, Category::LocalProblem)]
    {
        agreed(&mut state, number, category, item(1));
    }
    state
}

fn found(state: &AtMesa) -> Vec<Finding> {
    check::findings(state).into_iter().map(|found| found.finding).collect()
}

fn pass(state: &mut AtMesa, finding: Finding, reason: &str) -> Result<Vec<Event>, Rejection> {
    act(
        state,
        F,
        Command::Conduct(conduct::Command::OverrideCheck { finding, reason: remark(reason) }),
    )
}

fn read_out(state: &mut AtMesa) -> Result<Vec<Event>, Rejection> {
    act(state, F, Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut }))
}

#[test]
fn what_is_in_order_finds_nothing() {
    let mut state = in_order();
    assert_eq!(found(&state), []);
    assert_eq!(read_out(&mut state).unwrap().len(), 1);
}

#[test]
fn an_activity_needs_a_responsible_and_a_due_date() {
    let mut state = in_order();
    assign(&mut state, F, item(11), Assignment::Lead(Party::Unnamed)).unwrap();
    assign(&mut state, F, item(11), Assignment::Due(None)).unwrap();
    assert_eq!(found(&state), [Finding::NoResponsible(item(11)), Finding::NoDueDate(item(11))]);
    assign(&mut state, F, item(11), Assignment::Lead(Party::Named(short("")))).unwrap();
    assert_eq!(found(&state).len(), 2, "a name without letters names nobody");
    assign(&mut state, F, item(11), Assignment::ResponsiblePerson(short("Rosa"))).unwrap();
    assert_eq!(found(&state).len(), 2, "people change: a post or an institution answers");
    assign(&mut state, F, item(11), Assignment::ResponsiblePost(short("Oficialía Mayor"))).unwrap();
    assign(&mut state, F, item(11), Assignment::Due(Some(due()))).unwrap();
    assert_eq!(found(&state), []);
}

#[test]
fn dates_lie_in_the_commitment_the_plan_and_a_year() {
    let mut state = in_order();
    // The commitment was shortened after its activity got its date.
    assign(&mut state, F, item(10), Assignment::Ends(Some(day(2027, 3, 30)))).unwrap();
    assert_eq!(found(&state), [Finding::DateOutside(item(11))]);
    assign(&mut state, F, item(10), Assignment::Ends(Some(day(2027, 3, 31)))).unwrap();
    assert_eq!(found(&state), []);
    for (ends, finding) in [
        (
            day(2028, 10, 1),
            vec![Finding::DateOutside(item(20)), Finding::LongerThanAYear(item(20))],
        ),
        (day(2027, 10, 1), vec![Finding::LongerThanAYear(item(20))]),
        (day(2027, 9, 30), vec![]),
        (day(2026, 9, 30), vec![Finding::DateOutside(item(20)), Finding::DateOutside(item(21))]),
    ] {
        // Such dates are refused; a log may have them all the same.
        state.apply(&Event::Deliberation(deliberation::Event::Assigned {
            item: item(20),
            value: Assignment::Ends(Some(ends)),
        }));
        assert_eq!(found(&state), finding, "{ends}");
    }
}

#[test]
fn a_commitment_answers_a_problem_does_something_and_has_a_category() {
    let mut state = in_order();
    assign(&mut state, F, item(20), Assignment::Problem { problem: item(1), linked: false })
        .unwrap();
    assert_eq!(found(&state), [Finding::NoProblem(item(20))]);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(21) }))
        .unwrap();
    assert_eq!(found(&state), [Finding::NoProblem(item(20)), Finding::NoActivity(item(20))]);
    assign(&mut state, F, item(20), Assignment::Category(None)).unwrap();
    let short = Finding::QuotaShort { category: Category::LocalProblem, missing: 1 };
    assert_eq!(
        found(&state),
        [
            Finding::NoCategory(item(20)),
            Finding::NoProblem(item(20)),
            Finding::NoActivity(item(20)),
            short
        ]
    );
    assert_eq!(check::open(&state), 4);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(20) }))
        .unwrap();
    assert_eq!(found(&state), [short], "what was deleted needs nothing any more");
}

#[test]
fn a_problem_that_was_deleted_is_no_problem() {
    let mut state = in_order();
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(1) }))
        .unwrap();
    assert_eq!(found(&state), [10, 20, 30].map(|number| Finding::NoProblem(item(number))));
}

#[test]
fn open_findings_stand_in_the_way_of_the_read_out_and_of_nothing_else() {
    let mut state = in_order();
    assign(&mut state, F, item(11), Assignment::Due(None)).unwrap();
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(30) }))
        .unwrap();
    for to in [Phase::ReadOut, Phase::Conformity, Phase::Signing, Phase::FollowUp, Phase::Closed] {
        assert_eq!(
            act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to })),
            Err(Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 2 }))
        );
    }
    for to in [Phase::Analysis, Phase::Preparation, Phase::Agreements] {
        assert_eq!(
            act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to }))
                .unwrap()
                .len(),
            1
        );
    }
    // A mesa that is further on isn't held back.
    state
        .apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: NOW }));
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Conduct(conduct::Command::ChangePhase { to: Phase::Conformity })
        )
        .unwrap()
        .len(),
        1
    );
}

#[test]
fn the_facilitator_lets_a_finding_pass_with_a_reason_and_takes_that_back() {
    let mut state = in_order();
    assign(&mut state, F, item(11), Assignment::Due(None)).unwrap();
    let finding = Finding::NoDueDate(item(11));
    let events = pass(&mut state, finding, "La fija el cabildo").unwrap();
    assert_eq!(
        events,
        [Event::Conduct(
            HERE,
            conduct::Event::CheckOverridden {
                finding,
                reason: remark("La fija el cabildo"),
                at: NOW
            }
        )]
    );
    let listed = check::findings(&state);
    assert_eq!(listed.len(), 1, "it stays listed");
    assert_eq!(listed[0].overridden.unwrap().reason, remark("La fija el cabildo"));
    assert_eq!(pass(&mut state, finding, "La fija el cabildo"), Ok(Vec::new()));
    pass(&mut state, finding, "La fija el pleno").unwrap();
    assert_eq!(state.conduct.overrides.len(), 1);
    act(&mut state, F, Command::Conduct(conduct::Command::WithdrawOverride { finding })).unwrap();
    assert_eq!(
        act(&mut state, F, Command::Conduct(conduct::Command::WithdrawOverride { finding })),
        Ok(Vec::new())
    );
    assert_eq!(
        read_out(&mut state),
        Err(Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 }))
    );
    pass(&mut state, finding, "La fija el pleno").unwrap();
    assert_eq!(read_out(&mut state).unwrap().len(), 1);
    let later = Command::Conduct(conduct::Command::WithdrawOverride { finding });
    assert_eq!(
        act(&mut state, F, later),
        Err(Rejection::NotAllowed { role: F, phase: Phase::ReadOut })
    );
}

#[test]
fn only_what_is_found_can_pass_and_only_the_facilitator_says_so() {
    let mut state = in_order();
    assert_eq!(pass(&mut state, Finding::NoDueDate(item(11)), "x"), Err(Rejection::UnknownValue));
    assert_eq!(pass(&mut state, Finding::NoDueDate(item(99)), "x"), Err(Rejection::UnknownValue));
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(30) }))
        .unwrap();
    let short = |missing| Finding::QuotaShort { category: Category::LocalProblem, missing };
    assert_eq!(
        pass(&mut state, short(2), "x"),
        Err(Rejection::UnknownValue),
        "not as many are missing"
    );
    for role in Role::ALL.into_iter().filter(|role| *role != F) {
        let command = Command::Conduct(conduct::Command::OverrideCheck {
            finding: short(1),
            reason: remark("x"),
        });
        assert_eq!(
            act(&mut state, role, command),
            Err(Rejection::NotAllowed { role, phase: Phase::Agreements })
        );
    }
}

#[test]
fn an_override_of_the_quota_holds_until_more_are_missing() {
    let mut state = in_order();
    let short = |missing| Finding::QuotaShort { category: Category::LocalProblem, missing };
    for number in [20, 30] {
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Remove { item: item(number) }),
        )
        .unwrap();
    }
    pass(&mut state, short(2), "Irán en la segunda mesa").unwrap();
    assert_eq!(check::open(&state), 0);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Restore { item: item(20) }))
        .unwrap();
    assert_eq!(
        (found(&state), check::open(&state)),
        (vec![short(1)], 0),
        "less is missing than was let pass"
    );
    pass(&mut state, short(1), "Irá en la segunda mesa").unwrap();
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(20) }))
        .unwrap();
    assert_eq!(
        (found(&state), check::open(&state)),
        (vec![short(2)], 1),
        "more is missing than was let pass"
    );
}
