use std::time::Duration;

use domain::{CommandId, ItemId, TextField};
use futures_util::{SinkExt, StreamExt};
use server::service::sample::Stage;
use sync::wire::{CLIENT_FRAME_LIMIT, ClientFrame, Hello, Position, Tag, VERSIONS, encode};
use tokio_tungstenite::tungstenite::Message;

use super::support::{Device, SOON, Server, close_code, open_socket, shown};

#[tokio::test]
async fn a_server_that_ends_says_so_and_has_kept_everything() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    ana.type_at(item, TextField::Title, 0, "¡");
    ana.settled().await;
    server.shutdown();
    assert_eq!(close_code(&mut ana.socket).await, Some(1012));
    server.stop().await;
}

#[tokio::test]
async fn a_table_without_a_session_and_frames_that_are_none_are_closed_with_a_reason() {
    let server = Server::start(Stage::Live).await;
    let origin = format!("http://{}", server.address);
    let mesa = server.ways.mesa_id;
    let mut stranger =
        open_socket(server.address, mesa, Some(&"0".repeat(32)), Some(&origin)).await.unwrap();
    assert_eq!(close_code(&mut stranger).await, Some(4001));

    let mut babbler = open_socket(server.address, mesa, None, Some(&origin)).await.unwrap();
    babbler.send(Message::binary(vec![0xff; 40])).await.unwrap();
    assert_eq!(close_code(&mut babbler).await, Some(4002));

    let mut giant = server.device(server.seat(0), "Ana").await;
    giant.socket.send(Message::binary(vec![0; CLIENT_FRAME_LIMIT + 1])).await.unwrap();
    let ended =
        tokio::time::timeout(SOON, async { while let Some(Ok(_)) = giant.socket.next().await {} });
    ended.await.expect("a frame beyond the limit ends the connection");
}

/// Rewrites a long text again and again while somebody else listens: more frames than a socket's
/// buffers and its queue hold. Returns how long the slowest took.
pub(super) async fn rewrite(ana: &mut Device, listens: &mut Device, item: ItemId) -> Duration {
    let long = ["x".repeat(3_500), "y".repeat(3_500)];
    let mut slowest = Duration::ZERO;
    for round in 0..1_600 {
        let started = std::time::Instant::now();
        let length = u32::try_from(ana.text(item, TextField::Description).chars().count()).unwrap();
        let patch = domain::Patch::splice(0, length, &long[round % 2]);
        ana.replica.edit(item, TextField::Description, &patch, CommandId(uuid::Uuid::now_v7()), 0);
        ana.settled().await;
        assert_eq!(ana.refused, []);
        slowest = slowest.max(started.elapsed());
        if round % 100 == 99 {
            let seq = ana.replica.position().unwrap().seq;
            listens.until(|replica| replica.position().is_some_and(|at| at.seq >= seq)).await;
        }
    }
    slowest
}

#[tokio::test]
async fn who_reads_too_slowly_is_brought_up_to_date_once_and_then_let_go_and_nobody_else_waits() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut slow = server.follower_with_small_buffer().await;
    let item = shown(&ana.replica).deliberation.commitments[0];

    let slowest = rewrite(&mut ana, &mut beto, item).await;
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    let seq = ana.replica.position().unwrap().seq;
    slow.until(|replica| replica.position().is_some_and(|at| at.seq >= seq)).await;
    assert_eq!(slow.text(item, TextField::Description), ana.text(item, TextField::Description));
    assert_eq!(slow.resynced, 1, "on the same connection it got in one piece what it had missed");
    assert!(
        slow.received.len() < 1_400 * 3_500,
        "it didn't get every frame: {} bytes",
        slow.received.len()
    );
    // It continues from there.
    ana.type_at(item, TextField::Description, 0, "¡");
    ana.settled().await;
    slow.until_text(item, TextField::Description, &ana.text(item, TextField::Description)).await;

    let slowest = rewrite(&mut ana, &mut beto, item).await;
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    assert_eq!(
        close_code(&mut slow.socket).await,
        Some(4000),
        "once more, and so soon: it is too slow"
    );
    slow.reconnect(server.address).await;
    assert_eq!(slow.text(item, TextField::Description), ana.text(item, TextField::Description));
    let counted = server.metrics().0.text();
    for told in ["mesa_fell_behind_total 1", "mesa_slow_readers_total 1"] {
        assert!(counted.contains(told), "{told} in {counted}");
    }
}

#[tokio::test]
async fn what_someone_wrote_while_their_device_fell_behind_is_taken_once() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut slow = server.device_with_small_buffer(server.seat(2), "Caro").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let title = ana.text(item, TextField::Title);
    rewrite(&mut ana, &mut beto, item).await;
    // Sent on a connection that hasn't told it yet that it fell behind.
    for letter in ["a", "b", "c"] {
        slow.type_at(item, TextField::Title, 0, letter);
        slow.send().await;
    }
    slow.settled().await;
    assert_eq!(slow.resynced, 1);
    assert_eq!(slow.text(item, TextField::Title), format!("cba{title}"));
    slow.until_text(item, TextField::Description, &ana.text(item, TextField::Description)).await;
    ana.until_text(item, TextField::Title, &format!("cba{title}")).await;
}

#[tokio::test]
async fn a_hello_from_beyond_the_end_of_time_ends_nothing() {
    let server = Server::start(Stage::Live).await;
    let origin = format!("http://{}", server.address);
    for seq in [u64::MAX, u64::MAX - 1, 1 << 63] {
        let mut socket =
            open_socket(server.address, server.ways.mesa_id, None, Some(&origin)).await.unwrap();
        let hello = Hello {
            versions: VERSIONS.to_vec(),
            stream: server.ways.exercise_id,
            mesa: server.ways.mesa_id.number,
            device: domain::DeviceId(uuid::Uuid::now_v7()),
            at: Some(Position { seq, tag: Tag([7; 4]) }),
            marks: Vec::new(),
            pending: Vec::new(),
        };
        socket.send(Message::Binary(encode(&ClientFrame::Hello(hello)).into())).await.unwrap();
        assert!(
            matches!(socket.next().await, Some(Ok(Message::Binary(_)))),
            "it gets everything anew"
        );
    }
    server.follower().await.settled().await;
}
