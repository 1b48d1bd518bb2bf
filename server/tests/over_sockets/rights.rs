//! The permission table by raw frames: every role, command and phase, against the table that the
//! rules' own tests have, written by hand.

use domain::conduct::Command as Conduct;
use domain::deliberation::Command as Deliberation;
use domain::deliberation::choice::{Feasibility, ItemKind, Party, Response, ResponseStatus};
use domain::floor::Command as Floor;
use domain::people::registry::Grant;
use domain::{
    Action, Assignment, Command, CommandId, ContributionKind, EntryId, Finding, ItemId, Patch,
    Phase, Rejection, Remark, Role, ShortText, StreamId, TextField,
};
use futures_util::StreamExt as _;
use server::service::account::enrol_creator;
use server::service::entry::{Ledger, enter, issue_facilitator_link, new_link};
use server::service::sample::Stage;
use sync::wire::{ClientFrame, CommandFrame, Outcome, ServerFrame, decode};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use super::support::{Device, FIRST, Server, here};

#[allow(dead_code)]
#[path = "../../../app/domain/tests/permission/table.rs"]
mod table;

/// What the commands are about: somebody else's items.
struct Items {
    problem: ItemId,
    commitment: ItemId,
    said: ItemId,
}

/// A command that needs an action; none: no command of a device needs it.
fn command(action: Action, items: &Items) -> Option<Command> {
    let contribute = |kind| Deliberation::Contribute {
        item: ItemId(Uuid::now_v7()),
        target: Some(items.problem),
        kind,
        text: Remark::parse("¿Desde cuándo?").unwrap(),
    };
    let patch =
        |item, field| Deliberation::Patch { item, field, base: 0, patch: Patch::splice(0, 0, "a") };
    let assign = |item, value| Deliberation::Assign { item, value };
    Some(match action {
        Action::Conduct => Command::Conduct(Conduct::AskLate),
        Action::EditProblem => Command::Deliberation(patch(items.problem, TextField::Statement)),
        Action::Contribute => Command::Deliberation(contribute(ContributionKind::Question)),
        Action::AnswerContribution => {
            let reason = Some(Remark::parse("Quedó en el objetivo").unwrap());
            let response = Response { status: ResponseStatus::Adopted, reason, change: None };
            Command::Deliberation(assign(items.said, Assignment::Response(response)))
        }
        Action::ArrangeProblems => {
            Command::Deliberation(Deliberation::Move { item: items.problem, after: None })
        }
        Action::ArrangeCommitments => {
            Command::Deliberation(Deliberation::Move { item: items.commitment, after: None })
        }
        Action::EditCommitment => {
            Command::Deliberation(patch(items.commitment, TextField::Description))
        }
        Action::ConfirmFeasibility => {
            let by = ShortText::parse("Oficialía").unwrap();
            let value = Assignment::Feasibility(Feasibility::ConfirmedBy(by));
            Command::Deliberation(assign(items.commitment, value))
        }
        Action::OverrideCheck => Command::Conduct(Conduct::WithdrawOverride {
            finding: Finding::NoActivity(items.commitment),
        }),
        Action::RaiseObjection => Command::Deliberation(contribute(ContributionKind::Objection)),
        Action::AskFloor => Command::Floor(Floor::Ask { entry: EntryId(Uuid::now_v7()) }),
        // What they answer comes to be only after the read-out has begun.
        Action::AnswerObjection | Action::StateConformity => return None,
        // So do the points: their own test divides them.
        Action::GivePoints => return None,
        Action::WaiveNotice => Command::Conduct(Conduct::WithdrawOverride {
            finding: Finding::NoticeNotKept { missing: 0, late: 0 },
        }),
        // What prepares and sends the pack are forms.
        Action::Sign
        | Action::MarkSignature
        | Action::ReportProgress
        | Action::ReadPublic
        | Action::Prepare
        | Action::SendPack => return None,
    })
}

/// What the server says to a frame; none: it closes the connection.
async fn answer(device: &mut Device, command: Command) -> Option<Outcome> {
    let id = CommandId(Uuid::now_v7());
    let frame =
        CommandFrame { mesa: FIRST, id, again: false, on_behalf: None, client_at: 0, command };
    device.say(&ClientFrame::Command(frame)).await;
    loop {
        match device.socket.next().await?.ok()? {
            Message::Binary(bytes) => match decode(&bytes) {
                Ok(ServerFrame::Answer(answer)) if answer.command == id => {
                    return Some(answer.outcome);
                }
                _ => {}
            },
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

/// A device with a role; none for those that have no session.
async fn device(server: &Server, exercise: StreamId, role: Role) -> Device {
    let mesa = server.ways.mesa_id;
    let grant = Grant { role, seat: None, mesa: Some(FIRST) };
    match role {
        Role::Facilitator => {
            let secret = issue_facilitator_link(server.store(), mesa).await.unwrap();
            server.device(&format!("/enlace/{secret}"), "Fabiola").await
        }
        // A seat of civil society, which leads none of what the commands are about.
        Role::Actor => server.device(server.seat(4), "Ana").await,
        Role::Participant => {
            server.device(&format!("/entrar/{}", server.ways.join_code), "Pedro").await
        }
        Role::CoFacilitator | Role::Rapporteur => {
            let (issue, secret) = new_link(grant);
            enter(server.store(), exercise, &issue).await.unwrap();
            server.device(&format!("/enlace/{}", secret.text), "Carlos").await
        }
        Role::Administrator => {
            let record = store::NewPerson {
                id: domain::PersonId(Uuid::now_v7()),
                salt: [1; 16],
                name: "Rosa".to_owned(),
                mail: None,
                phone: None,
                passphrase: None,
            };
            let mut ledger = Ledger::load(server.store(), exercise).await.unwrap();
            let secret = enrol_creator(&mut ledger, record, grant).unwrap();
            ledger.write(server.store()).await.unwrap();
            Device::connect(server.address, mesa, Some(secret.text)).await
        }
        Role::Follower | Role::Projector => server.follower().await,
    }
}

#[tokio::test]
async fn every_role_may_do_in_every_phase_what_the_table_says_and_nothing_else() {
    let server = Server::start(Stage::Agreed).await;
    let exercise = server.ways.exercise_id;
    let mut leads = device(&server, exercise, Role::Facilitator).await;
    let first =
        |device: &Device, kind| here(&device.replica).visible(kind, None).next().unwrap().id;
    let problem = first(&leads, ItemKind::Problem);
    let commitment = first(&leads, ItemKind::Commitment);
    leads.command(Command::Deliberation(Deliberation::Assign {
        item: commitment,
        value: Assignment::Lead(Party::Unnamed),
    }));
    let said = ItemId(Uuid::now_v7());
    leads.change_phase(Phase::Analysis).await;
    leads.command(Command::Deliberation(Deliberation::Contribute {
        item: said,
        target: Some(problem),
        kind: ContributionKind::Question,
        text: Remark::parse("¿Cuántas?").unwrap(),
    }));
    leads.settled().await;
    leads.refused.clear();
    let items = Items { problem, commitment, said };
    let mut devices = Vec::new();
    for role in Role::ALL {
        devices.push((role, device(&server, exercise, role).await));
    }
    let mut tried = 0;
    for phase in Phase::ALL {
        leads.change_phase(phase).await;
        for (role, device) in &mut devices {
            for (action, lines) in table::TABLES {
                let Some(command) = command(action, &items) else { continue };
                let line = lines.iter().find(|(listed, _)| listed == role).unwrap().1;
                let sign = line.chars().filter(|sign| *sign != ' ').nth(phase as usize).unwrap();
                // What is somebody else's, not led by them, or of another sector is refused, too.
                let allowed = sign == 'x';
                tried += 1;
                let outcome = answer(device, command).await;
                let what = format!("{action:?} by {role:?} in {phase:?}: {outcome:?}");
                match outcome {
                    Some(Outcome::Applied { .. } | Outcome::Unchanged { .. }) => {
                        assert!(allowed, "{what}")
                    }
                    Some(Outcome::Refused(Rejection::NotAllowed { .. })) => {
                        assert!(!allowed, "{what}")
                    }
                    Some(Outcome::Refused(_)) => panic!("{what}"),
                    // Who has no session isn't answered: their connection ends.
                    None => {
                        assert!(matches!(role, Role::Follower | Role::Projector), "{what}");
                        *device = server.follower().await;
                    }
                }
            }
        }
    }
    assert_eq!(tried, Phase::ALL.len() * Role::ALL.len() * 12);
    server.verify_clean().await;
}
