//! What the rule and the quorum make of the answers.

use domain::agreement::verdict::{Outcome, Verdict};
use domain::agreement::{Command, Stance};
use domain::exercise::DecisionRule::{self, Consensus, QualifiedMajority, SimpleMajority};
use domain::{Phase, Role};

use crate::table::{ACTORS, Table, reason, titular};

/// One letter an actor: conforme, reserva, no conforme, abstención, or nothing said.
fn verdict(rule: DecisionRule, quorum: u16, answers: &str) -> Verdict {
    let mut table = Table::under(rule, quorum);
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    assert_eq!(answers.len(), usize::from(ACTORS));
    for (number, answer) in (1..).zip(answers.chars()) {
        let stance = match answer {
            'c' => Stance::Agree,
            'r' => Stance::AgreeWithReservation(reason("Falta el presupuesto")),
            'n' => Stance::Disagree(reason("No es viable")),
            'a' => Stance::Abstain,
            _ => continue,
        };
        table.state(titular(number), &[(0, stance)]).unwrap();
    }
    let card = table.exercise.card.clone().unwrap();
    let open = table.exercise.plan.verdict(table.commitments[0], &card);
    assert_eq!(open.outcome, Outcome::Open, "before it is closed");
    let reason = Some(crate::mesa::remark("Se acabó el tiempo"));
    table.ask(Role::Facilitator, Command::Close { reason }).unwrap();
    table.exercise.plan.verdict(table.commitments[0], &card)
}

#[test]
fn the_rule_and_the_quorum_decide() {
    use Outcome::{Adopted, NoQuorum, NotAdopted};
    let cases = [
        (Consensus, 2, "cccc", 4, Adopted),
        (Consensus, 2, "crca", 3, Adopted),
        (Consensus, 2, "cccn", 4, NotAdopted),
        (Consensus, 2, "aaaa", 1, NotAdopted),
        (Consensus, 2, "cc..", 2, Adopted),
        (Consensus, 3, "cc..", 2, NoQuorum),
        (SimpleMajority, 2, "ccnn", 3, NotAdopted),
        (SimpleMajority, 2, "crcn", 3, Adopted),
        (SimpleMajority, 2, "ccn.", 2, Adopted),
        (SimpleMajority, 2, "ccaa", 3, NotAdopted),
        (SimpleMajority, 5, "cccc", 3, NoQuorum),
        (QualifiedMajority, 2, "ccnn", 3, NotAdopted),
        (QualifiedMajority, 2, "ccna", 3, NotAdopted),
        (QualifiedMajority, 2, "cccn", 3, Adopted),
        (QualifiedMajority, 2, "ccn.", 2, Adopted),
        (QualifiedMajority, 0, "....", 1, NotAdopted),
        (SimpleMajority, 0, "....", 1, NotAdopted),
    ];
    for (rule, quorum, answers, required, outcome) in cases {
        let verdict = verdict(rule, quorum, answers);
        assert_eq!(
            (verdict.required, verdict.outcome),
            (required, outcome),
            "{rule:?}, quorum {quorum}, {answers}"
        );
    }
}

#[test]
fn a_tally_says_how_many_answered_what() {
    let tally = verdict(Consensus, 2, "crna").tally;
    assert_eq!((tally.agree, tally.with_reservation), (1, 1));
    assert_eq!((tally.disagree, tally.abstain, tally.missing), (1, 1, 0));
    assert_eq!((tally.agreeing(), tally.answered()), (2, 4));
}
