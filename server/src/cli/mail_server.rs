//! By which mail server the operator has letters sent.

use std::path::PathBuf;
use std::time::Duration;

use app::page::mail::Security;
use domain::codes::Parsed;
use lettre::message::Mailbox;

use super::values::{credentials, given};
use super::{Expected, Misunderstood};
use crate::mail::{Configuration, Pace, configuration};

/// Longest time that a mail server may take for a step, in seconds.
const LONGEST_STEP: u32 = 600;

/// How letters are sent, from the environment alone: a password has no place in a command line. None:
/// no mail server is named.
pub(super) fn mail(
    variable: &impl Fn(&str) -> Result<Option<String>, Misunderstood>,
) -> Result<Option<Configuration>, Misunderstood> {
    let wrong =
        |option, value: String, expected| Misunderstood::BadValue { option, value, expected };
    let given = |name: &str| given(variable, name);
    let Some(host) = given("MESA_SMTP_HOST")? else { return Ok(None) };
    let host = host.trim().to_owned();
    let security = match given("MESA_SMTP_SECURITY")? {
        None => Security::default(),
        Some(code) => Security::parse(&code)
            .ok_or_else(|| wrong("MESA_SMTP_SECURITY", code, Expected::Security))?,
    };
    let count = |option: &'static str, most: u32| -> Result<Option<u32>, Misunderstood> {
        let read = |text: String| {
            let count = text.parse().ok().filter(|count| (1..=most).contains(count));
            count.ok_or(wrong(option, text, Expected::UpTo(most)))
        };
        given(option)?.map(read).transpose()
    };
    let port = count("MESA_SMTP_PORT", u32::from(u16::MAX))?;
    let port = port.and_then(|port| u16::try_from(port).ok());
    let user = credentials(variable, "MESA_SMTP_USER", "MESA_SMTP_PASSWORD")?;
    let from = given("MESA_SMTP_FROM")?
        .ok_or_else(|| wrong("MESA_SMTP_HOST", host.clone(), Expected::With("MESA_SMTP_FROM")))?;
    let sender = from.parse::<Mailbox>().ok().filter(|sender| sender.email.to_string().is_ascii());
    let from = sender.ok_or(wrong("MESA_SMTP_FROM", from, Expected::Sender))?;
    let usual = Pace::default();
    let step = count("MESA_SMTP_TIMEOUT", LONGEST_STEP)?;
    let step = step.map_or(usual.step, |seconds| Duration::from_secs(seconds.into()));
    Ok(Some(Configuration {
        host,
        port: port.unwrap_or_else(|| Configuration::usual_port(security)),
        security,
        user,
        from,
        authority: given("MESA_SMTP_CA")?.map(PathBuf::from),
        pace: Pace { step, ..usual },
        attached: configuration::ATTACHED,
    }))
}
