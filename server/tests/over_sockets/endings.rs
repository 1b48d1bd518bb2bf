use std::time::Duration;

use domain::TextField;
use futures_util::{SinkExt, StreamExt};
use server::demo::Stage;
use sync::wire::{CLIENT_FRAME_LIMIT, ClientFrame, Hello, Position, Tag, VERSIONS, encode};
use tokio_tungstenite::tungstenite::Message;

use super::support::{SOON, Server, close_code, open_socket};

#[tokio::test]
async fn a_server_that_ends_says_so_and_has_kept_everything() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let item = ana.replica.view().commitments[0];
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
    let mut stranger = open_socket(server.address, mesa, Some(&"0".repeat(32)), Some(&origin)).await.unwrap();
    assert_eq!(close_code(&mut stranger).await, Some(4001));

    let mut babbler = open_socket(server.address, mesa, None, Some(&origin)).await.unwrap();
    babbler.send(Message::binary(vec![0xff; 40])).await.unwrap();
    assert_eq!(close_code(&mut babbler).await, Some(4002));

    let mut giant = server.device(server.seat(0), "Ana").await;
    giant.socket.send(Message::binary(vec![0; CLIENT_FRAME_LIMIT + 1])).await.unwrap();
    let ended = tokio::time::timeout(SOON, async { while let Some(Ok(_)) = giant.socket.next().await {} });
    ended.await.expect("a frame beyond the limit ends the connection");
}

#[tokio::test]
async fn who_does_not_read_loses_the_connection_and_nobody_else_waits() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut deaf = server.follower_with_small_buffer().await;
    let item = ana.replica.view().commitments[0];
    let long = ["x".repeat(3_500), "y".repeat(3_500)];
    let mut slowest = Duration::ZERO;
    // More than a socket's buffers hold, while the deaf one reads nothing.
    for round in 0..3_000_u32 {
        let started = std::time::Instant::now();
        let length = u32::try_from(ana.text(item, TextField::Description).len()).unwrap();
        let patch = domain::Patch::splice(0, length, &long[round as usize % 2]);
        ana.replica.edit(item, TextField::Description, &patch, domain::CommandId(uuid::Uuid::now_v7()), 0);
        ana.settled().await;
        slowest = slowest.max(started.elapsed());
        if round % 100 == 99 {
            let seq = ana.replica.position().unwrap().seq;
            beto.until(|replica| replica.position().is_some_and(|at| at.seq >= seq)).await;
        }
    }
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    let ended = tokio::time::timeout(Duration::from_secs(30), async {
        let mut frames = 0_u32;
        while let Some(Ok(message)) = deaf.socket.next().await {
            if let Message::Close(frame) = message {
                return frame.map(|frame| u16::from(frame.code));
            }
            frames += 1;
            if frames > 2_900 {
                return Some(0);
            }
        }
        None
    });
    let code = ended.await.expect("the deaf one is let go");
    assert!(code.is_none() || code == Some(4000), "it got every frame: {code:?}");
}

#[tokio::test]
async fn a_hello_from_beyond_the_end_of_time_ends_nothing() {
    let server = Server::start(Stage::Live).await;
    let origin = format!("http://{}", server.address);
    for seq in [u64::MAX, u64::MAX - 1, 1 << 63] {
        let mut socket = open_socket(server.address, server.ways.mesa_id, None, Some(&origin)).await.unwrap();
        let hello = Hello {
            versions: VERSIONS.to_vec(),
            stream: server.ways.mesa_id,
            device: domain::DeviceId(uuid::Uuid::now_v7()),
            at: Some(Position { seq, tag: Tag([7; 4]) }),
            marks: Vec::new(),
            pending: Vec::new(),
        };
        socket.send(Message::Binary(encode(&ClientFrame::Hello(hello)).into())).await.unwrap();
        assert!(matches!(socket.next().await, Some(Ok(Message::Binary(_)))), "it gets everything anew");
    }
    server.follower().await.settled().await;
}
