//! Readers that don't keep up, beside a room that works: some read a kilobyte a second, some stop
//! reading, some never finish their request. Measures how long everybody else waits because of
//! them, what they cost, and when the server drops them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use sync::wire::{ServerFrame, decode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::arguments::Arguments;
use crate::bare::{self, Kind};
use crate::check::Check;
use crate::connect;
use crate::failure::Failure;
use crate::findings::Findings;
use crate::links::Links;
use crate::modes::room::room;
use crate::process::Process;

/// Number of each kind.
const OF_EACH: usize = 20;
/// Bytes that a slow reader reads in a tenth of a second.
const SIP: usize = 100;
/// Receive buffer of their system, in bytes: what it takes before the server has to wait.
const BUFFER: u32 = 4 * 1024;
/// How often those that don't read check whether they were dropped.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What happened to the slow readers.
#[derive(Default)]
struct Fared {
    /// How often one was told to say hello again.
    resynced: Cell<usize>,
    /// How long it took until those that read slowly, don't read, or never finish their request
    /// were dropped.
    let_go: [RefCell<Vec<Duration>>; 3],
}

/// Measures.
pub async fn run(arguments: &Rc<Arguments>, links: &Rc<Links>) -> Result<Findings, Failure> {
    let server =
        arguments.pid.map_or_else(|| Process::listening(arguments.address), Process::by_id);
    let resident = || server.and_then(Process::resident_kib).map_or(f64::NAN, |kib| kib as f64);
    let mut check = Check::begin(arguments, links).await?;
    let (alone, mut verdict) = room(arguments, links, 0, &mut check).await?;

    let before = resident();
    let fared = Rc::new(Fared::default());
    let mut slow = JoinSet::new();
    for _ in 0..OF_EACH {
        slow.spawn_local(noted(
            0,
            reads_slowly(Rc::clone(arguments), Rc::clone(links), Rc::clone(&fared)),
            Rc::clone(&fared),
        ));
        slow.spawn_local(noted(
            1,
            stops_reading(Rc::clone(arguments), Rc::clone(links)),
            Rc::clone(&fared),
        ));
        slow.spawn_local(noted(2, never_asks(Rc::clone(arguments)), Rc::clone(&fared)));
    }
    let (beside, second) = room(arguments, links, arguments.editors, &mut check).await?;
    verdict = verdict.and(second);
    let cost = (resident() - before) / (3 * OF_EACH) as f64;

    let gone = |kind: usize| fared.let_go[kind].borrow().len() as f64;
    let last = |kind: usize| {
        fared.let_go[kind].borrow().iter().max().map_or(f64::NAN, Duration::as_secs_f64)
    };
    Ok(Findings::new("slow-readers", verdict)
        .with("of_each", "of each kind", OF_EACH as f64)
        .with("p99_alone_ms", "p99 of the others without them, ms", alone.at(0.99))
        .with("p99_beside_ms", "p99 of the others with them, ms", beside.at(0.99))
        .with("wait_ratio", "p99 with them over without them", beside.at(0.99) / alone.at(0.99))
        .with(
            "resynced",
            "times that readers of 1 kB/s were brought up to date",
            fared.resynced.get() as f64,
        )
        .with("slow_gone", "readers of 1 kB/s, let go", gone(0))
        .with("stopped_gone", "who stop reading, let go", gone(1))
        .with("stopped_gone_s", "the last of them, after, s", last(1))
        .with("loris_gone", "who never end their request, let go", gone(2))
        .with("loris_gone_s", "the last of them, after, s", last(2))
        .with("kib_each", "memory of the server for each, KiB", cost))
}

/// Notes when one of a kind is dropped, unless it never joined.
async fn noted(kind: usize, fares: impl Future<Output = Result<(), Failure>>, fared: Rc<Fared>) {
    let began = Instant::now();
    if fares.await.is_ok() {
        fared.let_go[kind].borrow_mut().push(began.elapsed());
    }
}

async fn small(arguments: &Arguments) -> Result<TcpStream, Failure> {
    let socket =
        if arguments.address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_recv_buffer_size(BUFFER)?;
    let stream = socket.connect(arguments.address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn follow(arguments: &Arguments, links: &Links) -> Result<(TcpStream, Vec<u8>), Failure> {
    let mut stream = small(arguments).await?;
    stream.write_all(bare::upgrade(arguments, links).as_bytes()).await?;
    let unread = bare::upgraded(&mut stream).await?;
    stream.write_all(&hello(links)).await?;
    Ok((stream, unread))
}

fn hello(links: &Links) -> Vec<u8> {
    bare::binary(&connect::replica(links, None).hello())
}

/// Returns without an error when it is dropped.
async fn reads_slowly(
    arguments: Rc<Arguments>,
    links: Rc<Links>,
    fared: Rc<Fared>,
) -> Result<(), Failure> {
    let (mut stream, mut unread) = follow(&arguments, &links).await?;
    let mut sips = interval(Duration::from_millis(100));
    sips.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut buffer = [0; SIP];
    loop {
        sips.tick().await;
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return Ok(()),
            Ok(count) => unread.extend_from_slice(&buffer[..count]),
        }
        while let Some((kind, payload, length)) = bare::next(&unread) {
            let answer = match kind {
                Kind::Binary if matches!(decode(payload), Ok(ServerFrame::Resync)) => {
                    fared.resynced.set(fared.resynced.get() + 1);
                    hello(&links)
                }
                Kind::Ping => bare::pong(payload),
                Kind::Close => return Ok(()),
                Kind::Binary | Kind::Other => Vec::new(),
            };
            if stream.write_all(&answer).await.is_err() {
                return Ok(());
            }
            unread.drain(..length);
        }
    }
}

async fn stops_reading(arguments: Rc<Arguments>, links: Rc<Links>) -> Result<(), Failure> {
    let (mut stream, _) = follow(&arguments, &links).await?;
    // Writing fails once the server has closed.
    while stream.write_all(&bare::pong(b"")).await.is_ok() {
        sleep(LOOK_EVERY).await;
    }
    Ok(())
}

async fn never_asks(arguments: Rc<Arguments>) -> Result<(), Failure> {
    let mut stream = small(&arguments).await?;
    stream.write_all(b"GET /ws HTTP/1.1\r\nHost: ").await?;
    while stream.write_all(b"a").await.is_ok() {
        sleep(LOOK_EVERY).await;
    }
    Ok(())
}
