//! The command line.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Parser, ValueExt};

/// What `load --help` says.
pub const HELP: &str = "\
Herramienta de carga de Mesa Abierta: personas que editan y que siguen una mesa por el protocolo real.

Uso: load --url URL --links ARCHIVO [OPCIONES]

  --url URL         servidor local, como http://127.0.0.1:3000 (solo en esta máquina)
  --links ARCHIVO   lo que muestra `mesa demo --json`; - lo lee de la entrada
  --editors N       cuántas personas editan                                   [60]
  --followers N     cuántas siguen la página pública                          [200]
  --rate N          ediciones por segundo de cada editor, de 10 caracteres    [2]
  --seconds N       cuánto dura la medición                                   [30]
  --pid N           proceso del servidor; sin él se busca quién escucha ahí
  --json            el resultado como una línea de JSON
  -h, --help        esta ayuda

Salida: 0 bien; 1 se perdió o se duplicó algo, o no se pudo medir; 2 la orden está mal escrita.
";

/// What to do.
pub enum Order {
    /// Show the help.
    Help,
    /// Measure.
    Run(Arguments),
}

/// How to measure.
pub struct Arguments {
    /// The server's origin, as browsers would send it.
    pub origin: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where the links are; `-` is the standard input.
    pub links: PathBuf,
    /// Number of editors.
    pub editors: usize,
    /// Number of followers.
    pub followers: usize,
    /// Edits per second of each editor.
    pub rate: f64,
    /// How long editors write.
    pub lasts: Duration,
    /// The server's process.
    pub pid: Option<u32>,
    /// Whether the result is JSON.
    pub json: bool,
}

/// Why the command line isn't understood.
#[derive(Debug)]
pub enum Misunderstood {
    /// Not an option, or without its value.
    Option(lexopt::Error),
    /// An option that has to be there.
    Missing(&'static str),
    /// Not the address of a server on this machine.
    Url(String),
    /// Nothing would be measured.
    Nothing,
}

impl std::fmt::Display for Misunderstood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Option(error) => write!(f, "{error}"),
            Self::Missing(option) => write!(f, "falta {option}"),
            Self::Url(url) => write!(f, "«{url}» no es la dirección http de un servidor en esta misma máquina"),
            Self::Nothing => write!(f, "hace falta al menos un editor, una edición y un segundo"),
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
    pub fn parse(mut parser: Parser) -> Result<Order, Misunderstood> {
        let (mut url, mut links, mut pid, mut json) = (None, None, None, false);
        let (mut editors, mut followers, mut rate, mut seconds) = (60, 200, 2.0, 30.0);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Short('h') | Arg::Long("help") => return Ok(Order::Help),
                Arg::Long("url") => url = Some(parser.value()?.string()?),
                Arg::Long("links") => links = Some(PathBuf::from(parser.value()?)),
                Arg::Long("editors") => editors = parser.value()?.parse()?,
                Arg::Long("followers") => followers = parser.value()?.parse()?,
                Arg::Long("rate") => rate = parser.value()?.parse()?,
                Arg::Long("seconds") => seconds = parser.value()?.parse()?,
                Arg::Long("pid") => pid = Some(parser.value()?.parse()?),
                Arg::Long("json") => json = true,
                other => return Err(other.unexpected().into()),
            }
        }
        let url = url.ok_or(Misunderstood::Missing("--url"))?;
        let (origin, address) = local(&url).ok_or(Misunderstood::Url(url))?;
        let links = links.ok_or(Misunderstood::Missing("--links"))?;
        if editors == 0 || !(0.001..=1_000.0).contains(&rate) || !(0.1..=86_400.0).contains(&seconds) {
            return Err(Misunderstood::Nothing);
        }
        let lasts = Duration::from_secs_f64(seconds);
        Ok(Order::Run(Self { origin, address, links, editors, followers, rate, lasts, pid, json }))
    }
}

/// The origin and the address of a server on this machine: this tool isn't for loading anybody else's.
fn local(url: &str) -> Option<(String, SocketAddr)> {
    let origin = url.trim_end_matches('/');
    let host = origin.strip_prefix("http://").filter(|host| !host.contains(['/', '?', '#', '@']))?;
    let with_port =
        if host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) { host.to_owned() } else { format!("{host}:80") };
    let addresses: Vec<_> = with_port.to_socket_addrs().ok()?.collect();
    let is_local = |address: &SocketAddr| match address.ip() {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_loopback(),
    };
    // A name with both kinds of address: servers usually listen on the older one.
    let address = addresses.iter().find(|address| address.is_ipv4()).or(addresses.first()).copied();
    address.filter(|_| addresses.iter().all(is_local)).map(|address| (origin.to_owned(), address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loaded() {
        assert_eq!(local("http://127.0.0.1:3000/").map(|(origin, _)| origin), Some("http://127.0.0.1:3000".to_owned()));
        assert_eq!(local("http://[::1]:3000").map(|(_, address)| address.port()), Some(3000));
        for elsewhere in ["http://192.0.2.1:3000", "https://127.0.0.1:3000", "http://127.0.0.1@192.0.2.1:80", "http://0.0.0.0:3000", "ftp"]
        {
            assert!(local(elsewhere).is_none(), "{elsewhere}");
        }
    }

    #[test]
    fn a_line_without_a_server_or_with_an_unknown_option_is_not_understood() {
        assert!(matches!(Arguments::parse(Parser::from_args(["--links", "-"])), Err(Misunderstood::Missing("--url"))));
        let line = ["--url", "http://127.0.0.1:1", "--links", "-", "--editores", "3"];
        assert!(matches!(Arguments::parse(Parser::from_args(line)), Err(Misunderstood::Option(_))));
    }
}
