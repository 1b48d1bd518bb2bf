//! The virus scanner of the operator, if there is one: clamd, by its socket. A file of which it says
//! nothing is taken by nobody.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use clamav_client::tokio::{Socket, Tcp, scan_stream};
use futures_util::TryStreamExt;
use store::{Blob, Store};

/// How long it may take for a file.
const WITHIN: Duration = Duration::from_secs(120);

/// Where clamd listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// At a socket of this machine.
    Socket(PathBuf),
    /// At a host and port.
    Tcp(String),
}

impl Scanner {
    /// Reads `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("unix", path) if path.starts_with('/') => Some(Self::Socket(path.into())),
            ("tcp", address) => {
                let (host, port) = address.rsplit_once(':')?;
                let valid = !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0);
                valid.then(|| Self::Tcp(address.to_owned()))
            }
            _ => None,
        }
    }

    /// Whether a stored file has nothing that it knows as harmful.
    ///
    /// # Errors
    /// It can't be reached, takes too long, or says neither.
    pub async fn scan(&self, store: &Store, blob: &Blob) -> io::Result<bool> {
        let pieces = store.read_blob(blob, 0..blob.size).into_stream();
        let pieces = pieces.map_ok(Bytes::from).map_err(io::Error::other);
        let asked = async {
            match self {
                Self::Socket(path) => scan_stream(pieces, Socket { socket_path: path }, None).await,
                Self::Tcp(address) => {
                    scan_stream(pieces, Tcp { host_address: address.as_str() }, None).await
                }
            }
        };
        let answer = tokio::time::timeout(WITHIN, asked).await.map_err(io::Error::other)??;
        let said = String::from_utf8_lossy(&answer);
        match said.trim_end_matches(['\0', '\n']) {
            said if said.ends_with(" OK") => Ok(true),
            said if said.ends_with(" FOUND") => Ok(false),
            // As when its own limit of a stream is lower than ours.
            said => Err(io::Error::other(said.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_named_by_a_socket_or_an_address() {
        let socket = Scanner::Socket("/run/clamav/clamd.ctl".into());
        assert_eq!(Scanner::parse("unix:/run/clamav/clamd.ctl"), Some(socket));
        let address = Scanner::Tcp("127.0.0.1:3310".to_owned());
        assert_eq!(Scanner::parse("tcp:127.0.0.1:3310"), Some(address));
        for other in
            ["", "clamd", "unix:clamd.ctl", "tcp:127.0.0.1", "tcp::3310", "tcp:a:0", "http://a"]
        {
            assert_eq!(Scanner::parse(other), None, "{other}");
        }
    }
}
