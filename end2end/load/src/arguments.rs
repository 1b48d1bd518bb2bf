//! The command line.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};

/// What `load --help` says.
pub const HELP: &str = "\
Load tool of Mesa Abierta: people who edit and people who follow a mesa, over the real protocol.

Usage: load --url URL --links FILE [OPTIONS]

  --url URL         local server, such as http://127.0.0.1:3000 (only on this machine)
  --links FILE      what `mesa demo --json` prints; - reads it from standard input
  --mode MODE       what is measured:                                         [steady]
                      steady          how long an edit takes to be seen
                      join-storm      all phones come within 10 s
                      offline-room    the whole room without network, writing
                      offline-return  everybody comes back with many edits
                      history         the cost with few edits and with many
                      kill            the server dies while people write
                      followers       how many followers are held
                      slow-readers    how long others wait because of who doesn't read in time
                      rendering       how long edits take while documents are set
                      furnish         nothing: an added mesa gets commitments and problems
  --editors N       how many people edit                  [60; history and followers: 20]
  --followers N     how many follow the public page  [200; history and kill: 0, followers: 18000]
  --rate N          edits per second of each editor, of 10 characters           [2]
  --seconds N       how long the measurement lasts                   [30; kill: 8]
  --outage N        seconds without network in offline-room                     [30]
  --edits N         edits of each one in offline-return, or earlier ones in history
                                                                 [200; history: 100000]
  --serve COMMAND   kill: the command that starts the server
  --kills N         kill: how often, with everybody gone and as often with everybody back [2]
  --pid N           the server's process; without it, whoever listens there
  --json            the result as a line of JSON
  -h, --help        this help

Exit status: 0 fine; 1 something was lost or doubled, or can't be measured; 2 the command line is wrong.
";

/// A parsed command line.
pub enum Invocation {
    /// Show the help.
    Help,
    /// Measure.
    Run(Box<Arguments>),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Editors write at a steady rate.
    Steady,
    /// All phones join within seconds.
    JoinStorm,
    /// The whole room loses the network for a while.
    OfflineRoom,
    /// Devices reconnect with many edits each.
    OfflineReturn,
    /// Costs after few edits, and after many.
    History,
    /// The server is killed.
    Kill,
    /// As many followers as the server can take.
    Followers,
    /// Some readers don't keep up.
    SlowReaders,
    /// Documents are set beside the room.
    Rendering,
    /// Measures nothing: gives an added mesa its items.
    Furnish,
}

impl Mode {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "steady" => Self::Steady,
            "join-storm" => Self::JoinStorm,
            "offline-room" => Self::OfflineRoom,
            "offline-return" => Self::OfflineReturn,
            "history" => Self::History,
            "kill" => Self::Kill,
            "followers" => Self::Followers,
            "slow-readers" => Self::SlowReaders,
            "rendering" => Self::Rendering,
            "furnish" => Self::Furnish,
            _ => return None,
        })
    }

    fn editors(self) -> usize {
        if matches!(self, Self::History | Self::Followers) { 20 } else { 60 }
    }

    fn followers(self) -> usize {
        match self {
            Self::Steady
            | Self::JoinStorm
            | Self::OfflineRoom
            | Self::OfflineReturn
            | Self::Rendering
            | Self::SlowReaders => 200,
            Self::History | Self::Kill | Self::Furnish => 0,
            Self::Followers => 18_000,
        }
    }
}

/// How to measure.
pub struct Arguments {
    /// What is measured.
    pub mode: Mode,
    /// The server's origin, as browsers send it.
    pub origin: String,
    /// The address that it listens on.
    pub address: SocketAddr,
    /// The file with the links; `-` is the standard input.
    pub links: PathBuf,
    /// Number of editors.
    pub editors: usize,
    /// Number of followers.
    pub followers: usize,
    /// Edits per second of each editor.
    pub rate: f64,
    /// How long editors write.
    pub lasts: Duration,
    /// How long the room is without network.
    pub outage: Duration,
    /// Number of edits of each reconnecting device, or of the history before.
    pub edits: u32,
    /// The command line that starts the server, for `kill`.
    pub serve: Option<String>,
    /// How often it is killed in each way: with every device gone too, and with every device coming
    /// back.
    pub kills: usize,
    /// The server's process.
    pub pid: Option<u32>,
    /// Whether the result is JSON.
    pub json: bool,
}

/// Why the command line isn't understood.
#[derive(Debug)]
pub enum Misunderstood {
    /// Unknown, or without its value.
    Option(lexopt::Error),
    /// A required option is missing.
    Missing(&'static str),
    /// Not the address of a server on this machine.
    Url(String),
    /// Unknown mode.
    Mode(String),
    /// There would be nothing to measure.
    Nothing,
}

impl std::fmt::Display for Misunderstood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Option(error) => write!(f, "{error}"),
            Self::Missing(option) => write!(f, "{option} is missing"),
            Self::Url(url) => {
                write!(f, "\"{url}\" is not the http address of a server on this machine")
            }
            Self::Mode(mode) => write!(f, "there is no mode \"{mode}\""),
            Self::Nothing => write!(f, "at least one editor, one edit and one second are needed"),
        }
    }
}

impl From<lexopt::Error> for Misunderstood {
    fn from(error: lexopt::Error) -> Self {
        Self::Option(error)
    }
}

impl Arguments {
    /// Reads the command line.
    pub fn parse(mut parser: Parser) -> Result<Invocation, Misunderstood> {
        let (mut url, mut links, mut pid, mut json, mut serve) = (None, None, None, false, None);
        let (mut editors, mut followers, mut rate, mut seconds) = (None, None, 2.0, None);
        let (mut mode, mut outage, mut edits, mut kills) = (Mode::Steady, 30.0, None, 2);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Short('h') | Arg::Long("help") => return Ok(Invocation::Help),
                Arg::Long("url") => url = Some(parser.value()?.string()?),
                Arg::Long("links") => links = Some(PathBuf::from(parser.value()?)),
                Arg::Long("mode") => {
                    let name = parser.value()?.string()?;
                    mode = Mode::parse(&name).ok_or(Misunderstood::Mode(name))?;
                }
                Arg::Long("editors") => editors = Some(parser.value()?.parse()?),
                Arg::Long("followers") => followers = Some(parser.value()?.parse()?),
                Arg::Long("rate") => rate = parser.value()?.parse()?,
                Arg::Long("seconds") => seconds = Some(parser.value()?.parse()?),
                Arg::Long("outage") => outage = parser.value()?.parse()?,
                Arg::Long("edits") => edits = Some(parser.value()?.parse()?),
                Arg::Long("serve") => serve = Some(parser.value()?.string()?),
                Arg::Long("kills") => kills = parser.value()?.parse()?,
                Arg::Long("pid") => pid = Some(parser.value()?.parse()?),
                Arg::Long("json") => json = true,
                other => return Err(other.unexpected().into()),
            }
        }
        let url = url.ok_or(Misunderstood::Missing("--url"))?;
        let (origin, address) = local(&url).ok_or(Misunderstood::Url(url))?;
        let links = links.ok_or(Misunderstood::Missing("--links"))?;
        if mode == Mode::Kill && serve.is_none() {
            return Err(Misunderstood::Missing("--serve"));
        }
        let editors = editors.unwrap_or_else(|| mode.editors());
        let followers = followers.unwrap_or_else(|| mode.followers());
        let seconds = seconds.unwrap_or(if mode == Mode::Kill { 8.0 } else { 30.0 });
        let edits = edits.unwrap_or(if mode == Mode::History { 100_000 } else { 200 });
        let all_last = [seconds, outage].into_iter().all(|time| (0.1..=86_400.0).contains(&time));
        if editors == 0 || kills == 0 || !(0.001..=1_000.0).contains(&rate) || !all_last {
            return Err(Misunderstood::Nothing);
        }
        let (lasts, outage) = (Duration::from_secs_f64(seconds), Duration::from_secs_f64(outage));
        let arguments = Self {
            mode,
            origin,
            address,
            links,
            editors,
            followers,
            rate,
            lasts,
            outage,
            edits,
            serve,
            kills,
            pid,
            json,
        };
        Ok(Invocation::Run(Box::new(arguments)))
    }
}

/// The origin and address of a server on this machine: the tool isn't for loading anybody else's.
fn local(url: &str) -> Option<(String, SocketAddr)> {
    let origin = url.trim_end_matches('/');
    let host =
        origin.strip_prefix("http://").filter(|host| !host.contains(['/', '?', '#', '@']))?;
    let with_port = if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let addresses: Vec<_> = with_port.to_socket_addrs().ok()?.collect();
    let is_local = |address: &SocketAddr| match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    };
    // A name may have both kinds of address: servers usually listen on IPv4.
    let address = addresses.iter().find(|address| address.is_ipv4()).or(addresses.first()).copied();
    address.filter(|_| addresses.iter().all(is_local)).map(|address| (origin.to_owned(), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loaded() {
        assert_eq!(
            local("http://127.0.0.1:3000/").map(|(origin, _)| origin),
            Some("http://127.0.0.1:3000".to_owned())
        );
        assert_eq!(local("http://[::1]:3000").map(|(_, address)| address.port()), Some(3000));
        for elsewhere in [
            "http://192.0.2.1:3000",
            "https://127.0.0.1:3000",
            "http://127.0.0.1@192.0.2.1:80",
            "http://0.0.0.0:3000",
            "ftp",
        ] {
            assert!(local(elsewhere).is_none(), "{elsewhere}");
        }
    }

    #[test]
    fn a_mode_brings_its_own_numbers_and_the_line_has_the_last_word() {
        let parse = |more: &[&str]| match Arguments::parse(Parser::from_args(
            [&["--url", "http://127.0.0.1:1", "--links", "-"], more].concat(),
        )) {
            Ok(Invocation::Run(arguments)) => {
                (arguments.mode, arguments.editors, arguments.followers, arguments.edits)
            }
            _ => panic!("{more:?}"),
        };
        assert_eq!(parse(&[]), (Mode::Steady, 60, 200, 200));
        assert_eq!(parse(&["--mode", "history"]), (Mode::History, 20, 0, 100_000));
        assert_eq!(
            parse(&["--editors", "3", "--mode", "followers"]),
            (Mode::Followers, 3, 18_000, 200)
        );
    }

    #[test]
    fn a_line_without_a_server_or_with_an_unknown_option_is_not_understood() {
        assert!(matches!(
            Arguments::parse(Parser::from_args(["--links", "-"])),
            Err(Misunderstood::Missing("--url"))
        ));
        let line = ["--url", "http://127.0.0.1:1", "--links", "-", "--writers", "3"];
        assert!(matches!(Arguments::parse(Parser::from_args(line)), Err(Misunderstood::Option(_))));
        let kill = ["--url", "http://127.0.0.1:1", "--links", "-", "--mode", "kill"];
        assert!(matches!(
            Arguments::parse(Parser::from_args(kill)),
            Err(Misunderstood::Missing("--serve"))
        ));
    }
}
