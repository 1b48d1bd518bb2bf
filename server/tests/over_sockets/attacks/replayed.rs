//! Frames of one person, sent by another who got hold of them.

use domain::deliberation::Command as Deliberation;
use domain::{
    Command, CommandId, DeviceId, Finding, ItemId, ItemKind, Patch, Rejection, TextField, conduct,
};
use futures_util::{SinkExt as _, StreamExt as _};
use server::service::sample::Stage;
use sync::wire::{
    ClientFrame, CommandFrame, Hello, Outcome, Pending, ServerFrame, VERSIONS, Welcome, decode,
    encode,
};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::support::{Device, FIRST, SOON, Server, Socket, open_socket};

/// What the server says to a frame.
pub async fn answer(device: &mut Device, frame: &CommandFrame) -> Outcome {
    device.say(&ClientFrame::Command(frame.clone())).await;
    let answered = async {
        loop {
            let Some(Ok(message)) = device.socket.next().await else { panic!("the socket ended") };
            let Message::Binary(bytes) = message else { continue };
            match decode(&bytes) {
                Ok(ServerFrame::Answer(answer)) if answer.command == frame.id => {
                    return answer.outcome;
                }
                _ => {}
            }
        }
    };
    tokio::time::timeout(SOON, answered).await.expect("an answer comes soon")
}

pub fn frame(command: Command) -> CommandFrame {
    let id = CommandId(Uuid::now_v7());
    CommandFrame { mesa: FIRST, id, again: false, on_behalf: None, client_at: 0, command }
}

fn add(parent: Option<ItemId>) -> Command {
    let item = ItemId(Uuid::now_v7());
    Command::Deliberation(Deliberation::Add { item, kind: ItemKind::Problem, parent })
}

/// A socket that says hello as if it waited for these commands.
async fn waiting_for(
    server: &Server,
    cookie: &str,
    commands: &[&CommandFrame],
) -> (Socket, Welcome) {
    let origin = format!("http://{}", server.address);
    let mesa = server.ways.mesa_id;
    let mut socket = open_socket(server.address, mesa, Some(cookie), Some(&origin)).await.unwrap();
    let pending = |frame: &&CommandFrame| Pending { command: frame.id, text: None };
    let hello = ClientFrame::Hello(Hello {
        versions: VERSIONS.to_vec(),
        stream: mesa.exercise,
        mesa: mesa.number,
        device: DeviceId(Uuid::now_v7()),
        at: None,
        marks: Vec::new(),
        pending: commands.iter().map(pending).collect(),
    });
    socket.send(Message::binary(encode(&hello))).await.unwrap();
    let mut whole = Vec::new();
    let welcome = async {
        loop {
            let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() else { continue };
            match decode(&bytes).unwrap() {
                ServerFrame::Welcome(welcome) => return *welcome,
                ServerFrame::Part { more, bytes } => {
                    whole.extend(bytes);
                    if !more {
                        let ServerFrame::Welcome(welcome) = decode(&whole).unwrap() else {
                            panic!("the first frame is the welcome")
                        };
                        return *welcome;
                    }
                }
                _ => {}
            }
        }
    };
    let welcome = tokio::time::timeout(SOON, welcome).await.expect("a welcome comes soon");
    (socket, welcome)
}

/// Commands of a person: one that is applied, one that changes nothing, one that is refused.
fn commands() -> [CommandFrame; 3] {
    let nothing = conduct::Command::SettleLate { print: 7 };
    [frame(add(None)), frame(Command::Conduct(nothing)), frame(add(Some(ItemId(Uuid::now_v7()))))]
}

#[tokio::test]
async fn a_frame_under_another_session_has_neither_the_answer_nor_the_effect() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut eva = server.device(server.seat(1), "Eva").await;
    let frames = commands();
    let mut answers = Vec::new();
    for frame in &frames {
        answers.push(answer(&mut ana, frame).await);
    }
    assert!(matches!(
        answers[..],
        [Outcome::Applied { .. }, Outcome::Unchanged { .. }, Outcome::Refused(_)]
    ));
    let exercise = server.ways.exercise_id;
    let head = server.store().head(exercise).await.unwrap();
    for (frame, answered) in frames.iter().zip(&answers) {
        for again in [false, true] {
            let replayed = CommandFrame { again, ..frame.clone() };
            let outcome = answer(&mut eva, &replayed).await;
            assert_eq!(outcome, Outcome::Refused(Rejection::NotYours), "{again} {frame:?}");
            // Whose it is still gets the answer.
            assert_eq!(answer(&mut ana, &replayed).await, *answered, "{again} {frame:?}");
        }
        // Nor under another seat, role or text.
        let altered = CommandFrame { command: add(None), ..frame.clone() };
        assert_eq!(answer(&mut eva, &altered).await, Outcome::Refused(Rejection::NotYours));
    }
    assert_eq!(server.store().head(exercise).await.unwrap(), head);
    // The same after a restart, when no answer is in memory.
    let (ana, eva) = (ana.cookie.unwrap(), eva.cookie.unwrap());
    let ways = server.ways.clone();
    let server = Server::on_folder(server.stop().await, ways).await;
    let all: Vec<_> = frames.iter().collect();
    let mut sends = Device::connect(server.address, server.ways.mesa_id, Some(eva.clone())).await;
    for frame in &frames {
        let outcome = answer(&mut sends, frame).await;
        assert_eq!(outcome, Outcome::Refused(Rejection::NotYours), "{frame:?}");
    }
    let (_, welcome) = waiting_for(&server, &eva, &all).await;
    assert_eq!(welcome.answers, [], "she learns nothing by asking either");
    let (_, welcome) = waiting_for(&server, &ana, &all).await;
    let told = |frame: &CommandFrame| {
        welcome.answers.iter().find(|answer| answer.command == frame.id).map(|a| a.outcome.clone())
    };
    for (frame, answered) in frames.iter().zip(&answers) {
        assert_eq!(told(frame).as_ref(), Some(answered));
    }
    assert_eq!(server.store().head(exercise).await.unwrap(), head);
    server.verify_clean().await;
}

#[tokio::test]
async fn of_two_who_send_one_frame_at_the_same_moment_one_has_it() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut eva = server.device(server.seat(1), "Eva").await;
    let head = async || server.store().head(server.ways.exercise_id).await.unwrap().unwrap().seq;
    for _ in 0..20 {
        let (before, sent) = (head().await, frame(add(None)));
        let answers = tokio::join!(answer(&mut ana, &sent), answer(&mut eva, &sent));
        let answers = [answers.0, answers.1];
        let applied = |outcome: &&Outcome| matches!(outcome, Outcome::Applied { .. });
        assert_eq!(answers.iter().filter(applied).count(), 1, "{answers:?}");
        assert!(answers.contains(&Outcome::Refused(Rejection::NotYours)), "{answers:?}");
        assert_eq!(head().await, before + 1);
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn nobody_holds_up_a_command_of_somebody_else_by_waiting_for_it() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let eva = server.sign_in(server.seat(1), "Eva").await;
    let sent = frame(add(None));
    let (_socket, welcome) = waiting_for(&server, &eva, &[&sent]).await;
    assert_eq!(welcome.answers, []);
    assert!(matches!(answer(&mut ana, &sent).await, Outcome::Applied { .. }));
    // A device of her own that took over has it, and not the connection that it left.
    let sent = frame(add(None));
    let cookie = ana.cookie.clone().unwrap();
    let (mut socket, _) = waiting_for(&server, &cookie, &[&sent]).await;
    ana.say(&ClientFrame::Command(sent.clone())).await;
    socket.send(Message::binary(encode(&ClientFrame::Command(sent.clone())))).await.unwrap();
    let told = async {
        loop {
            let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() else { continue };
            if let Ok(ServerFrame::Answer(answer)) = decode(&bytes) {
                return answer;
            }
        }
    };
    let told = tokio::time::timeout(SOON, told).await.expect("answered soon");
    assert!(told.command == sent.id && matches!(told.outcome, Outcome::Applied { .. }));
    server.verify_clean().await;
}

#[tokio::test]
async fn a_frame_of_one_exercise_does_nothing_in_another() {
    let server = Server::start(Stage::Live).await;
    let (other, cookie) = crate::setup::created(&server).await;
    let mesa = domain::MesaId { exercise: other, number: FIRST };
    let door = format!("/ejercicio/{mesa}/entrar");
    let came = crate::support::post(server.address, &door, "modo=sala", Some(&cookie)).await;
    assert_eq!(came.status, 303, "{}", came.text);
    let mut fabiola = Device::connect(server.address, mesa, Some(cookie)).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let item = ana.add(ItemKind::Problem, None);
    ana.settled().await;
    let patch = Patch::splice(0, 0, "Baches");
    let base = ana.replica.position().unwrap().seq;
    let typed = Deliberation::Patch { item, field: TextField::Title, base, patch };
    let lets_pass = conduct::Command::WithdrawOverride { finding: Finding::NoActivity(item) };
    let before = server.store().head(other).await.unwrap();
    for command in [Command::Deliberation(typed), Command::Conduct(lets_pass)] {
        let outcome = answer(&mut fabiola, &frame(command)).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    }
    assert_eq!(server.store().head(other).await.unwrap(), before);
    assert_eq!(ana.text(item, TextField::Title), "");
    server.verify_clean().await;
}
