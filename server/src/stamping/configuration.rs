//! Which authority is asked, and how patiently.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::page::verify::StampFault;
use axum::http::Uri;
use stamp::{Authorities, NoAuthorities};

use crate::mail::Password;

/// Longest file of certificates, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Which authority is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// Its address: `http` or `https`, without user.
    pub url: Uri,
    /// User and password, over `https` alone; none: it isn't asked for them.
    pub user: Option<(String, Password)>,
    /// The certificates of authorities that are trusted, as PEM; none: an answer is taken whoever
    /// vouches for its certificate.
    pub authorities: Option<PathBuf>,
    /// How patiently.
    pub pace: Pace,
}

/// How patiently an authority is asked. It is asked for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long it may take to answer.
    pub step: Duration,
    /// How long between two looks at the queue.
    pub look: Duration,
    /// How long after the first failure it is asked again. Then as long as the seal waits already.
    pub first: Duration,
    /// The longest time between two tries while nothing is answered.
    pub longest: Duration,
    /// The same while what it answers is of no use.
    pub refused: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            step: Duration::from_secs(30),
            look: Duration::from_secs(2),
            first: Duration::from_secs(10),
            longest: Duration::from_secs(5 * 60),
            refused: Duration::from_secs(60 * 60),
        }
    }
}

impl Pace {
    /// How long a claim lasts: longer than asking and keeping take.
    pub fn lease(self) -> Duration {
        self.step * 2 + Duration::from_secs(1)
    }

    /// How long after a failure it is asked again about a seal that has been waiting for so long.
    pub fn pause(self, waited: Duration, fault: StampFault) -> Duration {
        let longest = if fault.is_passing() { self.longest } else { self.refused };
        waited.clamp(self.first, longest.max(self.first))
    }
}

/// Why a file names no authorities.
#[derive(Debug)]
pub enum AuthorityFile {
    /// It can't be read.
    Unreadable(PathBuf, io::Error),
    /// It has no certificates that can be used.
    NoAuthorities(PathBuf, NoAuthorities),
}

/// The authorities of a file.
///
/// # Errors
/// [`AuthorityFile`].
pub fn authorities(path: &Path) -> Result<Authorities, AuthorityFile> {
    use io::Read as _;
    let mut pem = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut pem));
    read.map_err(|error| AuthorityFile::Unreadable(path.to_owned(), error))?;
    Authorities::from_pem(&pem)
        .map_err(|error| AuthorityFile::NoAuthorities(path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_refuses_is_asked_less_often_than_one_that_is_away() {
        let (pace, hour) = (Pace::default(), Duration::from_secs(60 * 60));
        for fault in [StampFault::Unreachable, StampFault::Untrusted] {
            assert_eq!(pace.pause(Duration::ZERO, fault), pace.first);
            assert_eq!(pace.pause(Duration::from_secs(60), fault), Duration::from_secs(60));
        }
        assert_eq!(pace.pause(hour * 48, StampFault::Unreachable), hour / 12);
        assert_eq!(pace.pause(hour * 48, StampFault::Untrusted), hour);
        assert!(pace.lease() > pace.step);
    }
}
