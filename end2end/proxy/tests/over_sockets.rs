//! The effect of each word on the control port on real connections.

#![allow(clippy::unwrap_used)]

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Long enough to see that something doesn't arrive.
const A_WHILE: Duration = Duration::from_millis(150);
/// Longest wait for something that has to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

struct Proxy {
    process: Child,
    listen: SocketAddr,
    control: SocketAddr,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Two addresses that nobody listens on, though another program may take them meanwhile.
fn free_addresses() -> [SocketAddr; 2] {
    // Both are held at the same time, so that they differ.
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap())
}

/// Whether it is the proxy that answers there: a connection may be to itself, or to another
/// program.
fn is_proxy(control: SocketAddr) -> bool {
    let asked = || {
        let mut stream = TcpStream::connect(control)?;
        stream.set_read_timeout(Some(A_WHILE))?;
        writeln!(stream, "¿?")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    asked().is_ok_and(|answer| answer == "no entiendo\n")
}

/// A server that sends back what it gets.
fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || {
                let mut stream = stream.unwrap();
                let mut back = stream.try_clone().unwrap();
                let _ = std::io::copy(&mut stream, &mut back);
                let _ = back.shutdown(std::net::Shutdown::Write);
            });
        }
    });
    address
}

impl Proxy {
    fn start(upstream: SocketAddr) -> Self {
        let begun = Instant::now();
        loop {
            let [listen, control] = free_addresses();
            let arguments = [
                "--listen",
                &listen.to_string(),
                "--upstream",
                &upstream.to_string(),
                "--control",
                &control.to_string(),
            ];
            let mut process =
                Command::new(env!("CARGO_BIN_EXE_proxy")).args(arguments).spawn().unwrap();
            // A process that ended found its address taken.
            while process.try_wait().unwrap().is_none() {
                if is_proxy(control) {
                    return Self { process, listen, control };
                }
                assert!(begun.elapsed() < PATIENCE, "the proxy doesn't start");
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    fn say(&self, line: &str) -> String {
        let mut stream = TcpStream::connect(self.control).unwrap();
        writeln!(stream, "{line}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn tell(&self, line: &str) {
        assert_eq!(self.say(line), "ok\n");
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.listen).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }
}

fn hear(stream: &mut TcpStream, text: &str) {
    let mut heard = vec![0; text.len()];
    stream.read_exact(&mut heard).unwrap();
    assert_eq!(String::from_utf8(heard).unwrap(), text);
}

fn hear_nothing(stream: &mut TcpStream) {
    stream.set_read_timeout(Some(A_WHILE)).unwrap();
    let heard = stream.read(&mut [0; 1]).map_err(|error| error.kind());
    assert!(matches!(heard, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{heard:?}");
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
}

fn is_closed(stream: &mut TcpStream) -> bool {
    matches!(
        stream.read(&mut [0; 1]).map_err(|error| error.kind()),
        Ok(0) | Err(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
    )
}

#[test]
fn what_is_sent_comes_through_and_so_does_the_end() {
    let proxy = Proxy::start(echo());
    let mut stream = proxy.connect();
    stream.write_all(b"agua").unwrap();
    hear(&mut stream, "agua");
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(is_closed(&mut stream));
    assert_eq!(proxy.say("vuela"), "no entiendo\n");
}

#[test]
fn requests_for_a_socket_are_cut_where_sockets_are_blocked_and_others_pass() {
    let proxy = Proxy::start(echo());
    proxy.tell("nosockets");
    let mut plain = TcpStream::connect(proxy.listen).unwrap();
    plain.set_read_timeout(Some(PATIENCE)).unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut back = [0; 18];
    plain.read_exact(&mut back).unwrap();
    let mut socket = TcpStream::connect(proxy.listen).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket
        .write_all(b"GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n")
        .unwrap();
    let read = socket.read(&mut back);
    assert!(matches!(read, Ok(0)) || read.is_err(), "{read:?}");
}

#[test]
fn a_cut_ends_every_connection_and_takes_no_other_until_it_passes_again() {
    let proxy = Proxy::start(echo());
    let (mut one, mut other) = (proxy.connect(), proxy.connect());
    for stream in [&mut one, &mut other] {
        stream.write_all(b"x").unwrap();
        hear(stream, "x");
    }
    proxy.tell("cut");
    assert!(is_closed(&mut one) && is_closed(&mut other));
    assert!(is_closed(&mut proxy.connect()));
    proxy.tell("pass");
    let mut again = proxy.connect();
    again.write_all(b"agua").unwrap();
    hear(&mut again, "agua");
}

#[test]
fn a_stall_holds_bytes_back_and_gives_them_all_in_order() {
    let proxy = Proxy::start(echo());
    let mut stream = proxy.connect();
    stream.write_all(b"antes ").unwrap();
    hear(&mut stream, "antes ");
    proxy.tell("stall");
    stream.write_all(b"durante ").unwrap();
    hear_nothing(&mut stream);
    stream.write_all(b"todavia ").unwrap();
    let mut newcomer = proxy.connect();
    newcomer.write_all(b"llego").unwrap();
    hear_nothing(&mut newcomer);
    proxy.tell("pass");
    hear(&mut stream, "durante todavia ");
    hear(&mut newcomer, "llego");
}

#[test]
fn a_delay_holds_each_byte_for_its_time_in_both_directions() {
    let proxy = Proxy::start(echo());
    let mut stream = proxy.connect();
    proxy.tell("delay 60");
    let begun = Instant::now();
    stream.write_all(b"uno").unwrap();
    std::thread::sleep(Duration::from_millis(30));
    stream.write_all(b"dos").unwrap();
    hear(&mut stream, "unodos");
    assert!(begun.elapsed() >= Duration::from_millis(120));
    proxy.tell("pass");
    stream.write_all(b"tres").unwrap();
    hear(&mut stream, "tres");
}

#[test]
fn a_half_open_connection_swallows_bytes_and_stays_open_for_good() {
    let proxy = Proxy::start(echo());
    let mut stream = proxy.connect();
    proxy.tell("halfopen");
    stream.write_all(b"nadie oye").unwrap();
    hear_nothing(&mut stream);
    proxy.tell("pass");
    stream.write_all(b"tampoco").unwrap();
    hear_nothing(&mut stream);
    let mut another = proxy.connect();
    another.write_all(b"agua").unwrap();
    hear(&mut another, "agua");
}

#[test]
fn a_server_that_is_not_there_is_a_connection_that_ends() {
    let proxy = Proxy::start(free_addresses()[0]);
    assert!(is_closed(&mut proxy.connect()));
}
