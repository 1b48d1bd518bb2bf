//! The order of system calls: no acknowledgement leaves before the write that it refers to is on
//! disk. It is observed with `strace`; if that is missing the test is skipped, unless
//! `MESA_REQUIRE_STRACE` is set.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::process::{Command as Program, Stdio};

use domain::{ItemKind, TextField};
use server::service::sample::Ways;
use tokio_tungstenite::MaybeTlsStream;

#[path = "over_sockets/support.rs"]
#[allow(dead_code)]
mod support;
use support::{Device, SOON, get, post};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const EDITS: usize = 40;

/// A line of the trace: a system call, or one end of it.
enum Line<'a> {
    Began {
        thread: &'a str,
        call: &'a str,
        on: &'a str,
    },
    Ended {
        thread: &'a str,
        call: &'a str,
    },
    /// Began and ended on one line.
    Complete {
        call: &'a str,
        on: &'a str,
    },
}

/// Parses `1234 fdatasync(9</data/mesa.db-wal>) = 0`, and its two halves when another thread's call
/// is between them.
fn read(line: &str) -> Option<Line<'_>> {
    let (thread, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    if let Some(resumed) = rest.strip_prefix("<... ") {
        return Some(Line::Ended { thread, call: resumed.split(' ').next()? });
    }
    let (call, arguments) = rest.split_once('(')?;
    let on = arguments.split_once('<')?.1.split_once('>')?.0;
    // A socket is shown as TCP:[127.0.0.1:3000->127.0.0.1:5000].
    let on = if on.ends_with('-') { arguments.split_once('<')?.1.split(']').next()? } else { on };
    Some(if rest.contains("<unfinished") {
        Line::Began { thread, call, on }
    } else {
        Line::Complete { call, on }
    })
}

/// The order of writes to the write-ahead log and to a client's socket, from the trace.
#[derive(Debug, Default, PartialEq, Eq)]
struct Order {
    /// Frames to the client, each after a sync of what was written before it.
    covered: usize,
    /// Frames to the client while a write wasn't synced.
    early: Vec<String>,
}

fn order(log: &str, client: &str) -> Order {
    let mut order = Order::default();
    // Bytes in the write-ahead log that no sync covers yet; running syncs, and whether a write
    // began since.
    let (mut unsynced, mut synced_since) = (false, false);
    let mut syncing: BTreeMap<String, bool> = BTreeMap::new();
    for line in log.lines() {
        let (began, ended, on) = match read(line) {
            Some(Line::Complete { call, on }) => (Some(call), Some((String::new(), call)), on),
            Some(Line::Began { thread, call, on }) => {
                if is_sync(call) && on.ends_with("-wal") {
                    syncing.insert(thread.to_owned(), true);
                }
                (Some(call), None, on)
            }
            Some(Line::Ended { thread, call }) => (None, Some((thread.to_owned(), call)), ""),
            None => continue,
        };
        if began.is_some_and(|call| call.contains("write")) && on.ends_with("-wal") {
            unsynced = true;
            syncing.values_mut().for_each(|covers| *covers = false);
        }
        if began.is_some_and(|call| matches!(call, "write" | "writev" | "sendto" | "sendmsg"))
            && on.ends_with(client)
        {
            if unsynced {
                order.early.push(line.to_owned());
            } else if std::mem::take(&mut synced_since) {
                order.covered += 1;
            }
        }
        if let Some((thread, call)) = ended
            && is_sync(call)
            && (on.ends_with("-wal") || syncing.get(&thread).copied() == Some(true))
        {
            syncing.remove(&thread);
            (unsynced, synced_since) = (false, true);
        }
    }
    order
}

fn is_sync(call: &str) -> bool {
    matches!(call, "fsync" | "fdatasync")
}

#[test]
fn an_order_is_read_from_a_log() {
    let wal = "9</data/mesa.db-wal>";
    let socket = "12<TCP:[127.0.0.1:3000->127.0.0.1:5000]>";
    let good = format!(
        "7 pwrite64({wal}, \"x\"..., 24, 0) = 24\n7 fdatasync({wal}) = 0\n8 writev({socket}, [...], 1) = 5\n"
    );
    assert_eq!(order(&good, "127.0.0.1:5000"), Order { covered: 1, early: Vec::new() });
    assert_eq!(order(&good, "127.0.0.1:5001"), Order::default());
    let early = format!(
        "7 pwrite64({wal}, \"x\"..., 24, 0) = 24\n8 writev({socket}, [...], 1) = 5\n7 fdatasync({wal}) = 0\n"
    );
    assert_eq!(order(&early, "127.0.0.1:5000").early.len(), 1);
    let halves = format!(
        "7 pwrite64({wal}, \"x\"..., 24, 0) = 24\n7 fdatasync({wal} <unfinished ...>\n8 writev({socket}, [...], 1 <unfinished ...>\n7 <... fdatasync resumed>) = 0\n"
    );
    assert_eq!(order(&halves, "127.0.0.1:5000").early.len(), 1);
    let after = format!(
        "7 pwrite64({wal}, \"x\"..., 24, 0) = 24\n7 fdatasync({wal} <unfinished ...>\n7 <... fdatasync resumed>) = 0\n8 sendto({socket}, \"\", 5) = 5\n"
    );
    assert_eq!(order(&after, "127.0.0.1:5000"), Order { covered: 1, early: Vec::new() });
    // A sync that began before the write doesn't cover it.
    let older = format!(
        "7 fdatasync({wal} <unfinished ...>\n6 pwrite64({wal}, \"x\"..., 24, 0) = 24\n7 <... fdatasync resumed>) = 0\n8 sendto({socket}, \"\", 5) = 5\n"
    );
    assert_eq!(order(&older, "127.0.0.1:5000").early.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledgement_leaves_before_what_it_speaks_of_is_on_disk() {
    if Program::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("MESA_REQUIRE_STRACE").is_none(), "there is no strace");
        eprintln!("skipped: there is no strace");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = Program::new(MESA)
        .args(["demo", "--stage", "live", "--json", "--url", "", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let ways: Ways = serde_json::from_slice(&demo.stdout).unwrap();
    let address = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let log = folder.path().join("calls");
    let mut tracer = Program::new("strace")
        .args([
            "-f",
            "-yy",
            "-s",
            "8",
            "-e",
            "trace=write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync",
            "-o",
        ])
        .arg(&log)
        .args([MESA, "serve", "--addr", &address.to_string(), "--data"])
        .arg(&data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let answers = async {
        while tokio::net::TcpStream::connect(address).await.is_err()
            || get(address, "/healthz", None).await.status != 200
        {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(SOON, answers).await.expect("the server answers under strace");

    let cookie = post(address, &ways.seats[0].url, "nombre=Ana", None).await.cookie.unwrap();
    let mut ana = Device::connect(address, ways.mesa_id, Some(cookie)).await;
    let MaybeTlsStream::Plain(stream) = ana.socket.get_ref() else { panic!("the socket is plain") };
    let client = stream.local_addr().unwrap().to_string();
    let problem = ana.add(ItemKind::Problem, None);
    ana.settled().await;
    // That the session was used is noted beside what is sent to it.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let before = std::fs::read_to_string(&log).unwrap().len();
    for _ in 0..EDITS {
        ana.type_at(problem, TextField::Statement, 0, "agua ");
        ana.settled().await;
    }
    // Terminates the server; strace ends with it.
    let children =
        std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", tracer.id())).unwrap();
    Program::new("kill")
        .args(["-TERM", children.split_whitespace().next().unwrap()])
        .status()
        .unwrap();
    tracer.wait().unwrap();
    let order = order(&std::fs::read_to_string(&log).unwrap()[before..], &client);
    println!(
        "{} frames to a client, each after a sync; {} early",
        order.covered,
        order.early.len()
    );
    assert!(order.early.is_empty(), "{:#?}", order.early);
    assert!(order.covered >= EDITS, "{order:?}");
}
