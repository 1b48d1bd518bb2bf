//! The table of section 3, written by hand.

use domain::permission::Scope;
use domain::{Action, Phase, Role};

/// One line a role: a sign for each phase, from preparation to closed. `x` any, `o` their own, `l`
/// those they lead, `p` any for a public institution, `s` for their own seat, `e` what their
/// organisation sends, `.` none.
pub type Table = [(Role, &'static str); 8];

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

const CONTRIBUTE: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "xxxx ....."),
    (Role::Actor, "xxxx ....."),
    (Role::Participant, "xxxx ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const ANSWER: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".xxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".xxx ....."),
    (Role::Actor, ".ppp ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const ANSWER_OBJECTION: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "...x xx..."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "...x xx..."),
    (Role::Actor, "...p pp..."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const OVERRIDE_CHECK: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const WAIVE_NOTICE: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "x... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const OBJECT: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... xx..."),
    (Role::Participant, ".... xx..."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const STATE_CONFORMITY: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... .s..."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const SIGN: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ..s.."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const MARK_SIGNATURE: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ..x.."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const REPORT_PROGRESS: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ...x."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ...l."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const READ_PUBLIC: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, "xxxx xxxxx"),
    (Role::Projector, "xxxx xxxxx"),
];

const PREPARE: Table = [
    (Role::Administrator, "xxxx xxxxx"),
    (Role::Facilitator, "xxxx xxxxx"),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

const ASK_FLOOR: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".xxx ....."),
    (Role::Actor, ".xxx ....."),
    (Role::Participant, ".xxx ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

const SEND_PACK: Table = [
    (Role::Administrator, "x... ....."),
    (Role::Facilitator, "x... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, "e... ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

const GIVE_POINTS: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".sss ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

pub const TABLES: [(Action, Table); 21] = [
    (Action::Conduct, CONDUCT),
    (Action::EditProblem, EDIT_PROBLEM),
    (Action::Contribute, CONTRIBUTE),
    (Action::AnswerContribution, ANSWER),
    (Action::AnswerObjection, ANSWER_OBJECTION),
    (Action::ArrangeProblems, ARRANGE),
    (Action::ArrangeCommitments, ARRANGE),
    (Action::EditCommitment, EDIT_COMMITMENT),
    (Action::ConfirmFeasibility, CONFIRM_FEASIBILITY),
    (Action::OverrideCheck, OVERRIDE_CHECK),
    (Action::WaiveNotice, WAIVE_NOTICE),
    (Action::RaiseObjection, OBJECT),
    (Action::StateConformity, STATE_CONFORMITY),
    (Action::Sign, SIGN),
    (Action::MarkSignature, MARK_SIGNATURE),
    (Action::ReportProgress, REPORT_PROGRESS),
    (Action::ReadPublic, READ_PUBLIC),
    (Action::Prepare, PREPARE),
    (Action::AskFloor, ASK_FLOOR),
    (Action::SendPack, SEND_PACK),
    (Action::GivePoints, GIVE_POINTS),
];

// Deleting and restoring, by what is deleted.
const DELETE_PROBLEM: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "oooo ....."),
    (Role::Actor, "oooo ....."),
    (Role::Participant, "oooo ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const DELETE_COMMITMENT: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "..xx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "..oo ....."),
    (Role::Actor, "..oo ....."),
    (Role::Participant, ".... ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const DELETE_CONTRIBUTION: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, "xxxx ....."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, "oooo ....."),
    (Role::Actor, "oooo ....."),
    (Role::Participant, "oooo ....."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];
const DELETE_OBJECTION: Table = [
    (Role::Administrator, ".... ....."),
    (Role::Facilitator, ".... xx..."),
    (Role::CoFacilitator, ".... ....."),
    (Role::Rapporteur, ".... ....."),
    (Role::Actor, ".... oo..."),
    (Role::Participant, ".... oo..."),
    (Role::Follower, ".... ....."),
    (Role::Projector, ".... ....."),
];

pub const DELETIONS: [(Action, Table); 4] = [
    (Action::EditProblem, DELETE_PROBLEM),
    (Action::EditCommitment, DELETE_COMMITMENT),
    (Action::Contribute, DELETE_CONTRIBUTION),
    (Action::RaiseObjection, DELETE_OBJECTION),
];

pub fn signs(tables: &[(Action, Table)]) -> impl Iterator<Item = (Action, Role, Phase, char)> {
    tables.iter().flat_map(|(action, table)| {
        table.iter().flat_map(move |(role, line)| {
            let signs = line.chars().filter(|sign| *sign != ' ');
            Phase::ALL
                .into_iter()
                .zip(signs)
                .map(move |(phase, sign)| (*action, *role, phase, sign))
        })
    })
}

pub fn scope(sign: char) -> Scope {
    match sign {
        'x' => Scope::Any,
        'o' => Scope::Own,
        'l' => Scope::Led,
        'p' => Scope::PublicInstitution,
        's' => Scope::OwnSeat,
        'e' => Scope::OwnSender,
        _ => Scope::Nothing,
    }
}
