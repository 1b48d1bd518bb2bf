//! By which mail server letters are sent, and how patiently.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use app::page::mail::{Security, Sending};
use domain::codes::Parsed;
use lettre::message::Mailbox;

/// A password, which is shown to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// By which mail server letters are sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// User and password; none: it isn't asked for them.
    pub user: Option<(String, Password)>,
    /// The sender of every letter.
    pub from: Mailbox,
    /// Certificates that are trusted besides the usual ones, as PEM.
    pub authority: Option<PathBuf>,
    /// How patiently.
    pub pace: Pace,
    /// Largest file that is attached, in bytes; of a larger one the letter has the address.
    pub attached: usize,
}

/// Largest file that is attached, in bytes. Base64 makes a third more of it, and many mail servers
/// take 10 to 25 MB.
pub const ATTACHED: usize = 8 * 1024 * 1024;

/// How patiently letters are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How long the mail server may take for a step.
    pub step: Duration,
    /// How long between two looks at the queue.
    pub look: Duration,
    /// How long after the first failure a letter is tried again. Then as long as it waits already.
    pub first: Duration,
    /// The longest time between two tries.
    pub longest: Duration,
    /// How long a mail server may go on asking to come later.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            step: Duration::from_secs(60),
            look: Duration::from_secs(2),
            first: Duration::from_secs(30),
            longest: Duration::from_secs(60 * 60),
            // RFC 5321, 4.5.4.1: at least four to five days.
            patience: Duration::from_secs(4 * 24 * 60 * 60),
        }
    }
}

impl Pace {
    /// How long a claim lasts without being extended: no step is longer.
    pub fn lease(self) -> Duration {
        self.step * 3
    }

    /// How long after a failure a letter is tried again that has been waiting for so long.
    pub fn pause(self, waited: Duration) -> Duration {
        waited.clamp(self.first, self.longest.max(self.first))
    }
}

impl Configuration {
    /// The usual port of a protected connection.
    pub fn usual_port(security: Security) -> u16 {
        match security {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        }
    }

    /// What an exercise keeps of its own mail server, with what it doesn't say; none: it can't be
    /// read.
    pub fn of(
        server: &store::MailServer,
        authority: Option<PathBuf>,
        pace: Pace,
        attached: usize,
    ) -> Option<Self> {
        Some(Self {
            host: server.host.clone(),
            port: server.port,
            security: Security::parse(&server.security)?,
            user: server.user.clone().map(|(user, password)| (user, Password(password))),
            from: server.sender.parse().ok()?,
            authority,
            pace,
            attached,
        })
    }

    /// What is shown of it.
    pub fn shown(&self) -> Sending {
        Sending {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            user: self.user.as_ref().map(|(user, _)| user.clone()),
            from: self.from.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_again_after_as_long_as_it_waits_already() {
        let pace = Pace::default();
        let mut waited = Duration::ZERO;
        let mut pauses = Vec::new();
        while waited < pace.patience {
            pauses.push(pace.pause(waited).as_secs());
            waited += pace.pause(waited);
        }
        assert_eq!(&pauses[..5], [30, 30, 60, 120, 240]);
        assert_eq!(pauses.last(), Some(&3_600));
        assert!(pauses.len() < 120, "{}", pauses.len());
    }

    #[test]
    fn a_password_is_in_no_text_of_a_configuration() {
        let configuration = Configuration {
            host: "smtp.example.org".to_owned(),
            port: 587,
            security: Security::StartTls,
            user: Some(("mesa".to_owned(), Password("s3cr3t0".to_owned()))),
            from: "Mesa Abierta <mesa@example.org>".parse().unwrap(),
            authority: None,
            pace: Pace::default(),
            attached: ATTACHED,
        };
        let all = format!("{configuration:?}{:?}", configuration.shown());
        assert!(all.contains("smtp.example.org") && !all.contains("s3cr3t0"), "{all}");
    }
}
