//! Reading what was given to the options.

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use domain::exercise::{LOGO_PLACES, LogoPlace};
use domain::{MesaId, ShortText, StreamId};
use ipnet::IpNet;
use seal::PublicKey;
use store::Location;

use super::commands::Who;
use super::{Expected, Given, Misunderstood, words_of};
use crate::composed::composed;
use crate::lasting::Lasting;
use crate::mail::Password;
use crate::scanner::Scanner;
use crate::service::sample::Stage;

pub(super) fn location(
    given: &Given,
    environment: &impl Fn(&str) -> Option<OsString>,
) -> Result<Location, Misunderstood> {
    Ok(match (&given.data, &given.database_url) {
        (_, Some(url)) => Location::Url(url.clone()),
        (Some(data), None) => Location::Sqlite(data.into()),
        (None, None) => match environment("MESA_DATABASE_URL") {
            Some(url) => Location::Url(words_of("MESA_DATABASE_URL", url)?),
            None => {
                Location::Sqlite(environment("MESA_DATA").unwrap_or_else(|| "data".into()).into())
            }
        },
    })
}

/// Which virus scanner is asked; empty: none is.
pub(super) fn scanner(given: Option<String>) -> Result<Option<Scanner>, Misunderstood> {
    let Some(value) = given.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    Scanner::parse(value.trim()).map(Some).ok_or(Misunderstood::BadValue {
        option: "MESA_CLAMD",
        value,
        expected: Expected::Scanner,
    })
}

pub(super) fn address(option: &'static str, text: String) -> Result<SocketAddr, Misunderstood> {
    text.parse().map_err(|_| Misunderstood::BadValue {
        option,
        value: text,
        expected: Expected::Address,
    })
}

/// Certificate and key, both or neither.
pub(super) fn tls(
    certificate: Option<OsString>,
    key: Option<OsString>,
) -> Result<Option<(PathBuf, PathBuf)>, Misunderstood> {
    let alone = |option, file: OsString, other| Misunderstood::BadValue {
        option,
        value: file.to_string_lossy().into_owned(),
        expected: Expected::With(other),
    };
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some((certificate.into(), key.into()))),
        (None, None) => Ok(None),
        (Some(file), None) => Err(alone("--tls-cert", file, "--tls-key")),
        (None, Some(file)) => Err(alone("--tls-key", file, "--tls-cert")),
    }
}

/// Networks, a single address being one.
pub(super) fn networks(text: String) -> Result<Vec<IpNet>, Misunderstood> {
    let one = |text: &str| {
        text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| {
            Misunderstood::BadValue {
                option: "--trusted-proxy",
                value: text.to_owned(),
                expected: Expected::Networks,
            }
        })
    };
    text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(one).collect()
}

pub(super) fn per_address(text: String) -> Result<NonZeroU32, Misunderstood> {
    let count = text.parse().ok().filter(|count: &NonZeroU32| count.get() >= 50);
    count.ok_or(Misunderstood::BadValue {
        option: "--per-address",
        value: text,
        expected: Expected::Count,
    })
}

/// How long sessions last without use.
pub(super) fn lasting(
    hours: Option<String>,
    days: Option<String>,
) -> Result<Lasting, Misunderstood> {
    let usual = Lasting::default();
    let facilitation_idle =
        hours.map(|text| span("--idle-hours", text, 720, 60 * 60)).transpose()?;
    let table_idle =
        days.map(|text| span("--table-idle-days", text, 400, 24 * 60 * 60)).transpose()?;
    Ok(Lasting {
        facilitation_idle: facilitation_idle.unwrap_or(usual.facilitation_idle),
        table_idle: table_idle.unwrap_or(usual.table_idle),
        ..usual
    })
}

/// A time of 1 to `most` units, each of so many seconds.
pub(super) fn span(
    option: &'static str,
    text: String,
    most: u32,
    seconds: u64,
) -> Result<Duration, Misunderstood> {
    let count = text.parse().ok().filter(|count| (1..=most).contains(count));
    let count = count.ok_or(Misunderstood::BadValue {
        option,
        value: text,
        expected: Expected::UpTo(most),
    })?;
    Ok(Duration::from_secs(u64::from(count) * seconds))
}

pub(super) fn stage(text: Option<String>) -> Result<Stage, Misunderstood> {
    match text.as_deref() {
        None => Ok(Stage::default()),
        Some("empty") => Ok(Stage::Empty),
        Some("live") => Ok(Stage::Live),
        Some("agreed") => Ok(Stage::Agreed),
        Some("frozen") => Ok(Stage::Frozen),
        Some("signed") => Ok(Stage::Signed),
        Some(other) => Err(Misunderstood::BadValue {
            option: "--stage",
            value: other.to_owned(),
            expected: Expected::Stage,
        }),
    }
}

/// The number of a version; none: not given.
pub(super) fn version(text: Option<String>) -> Result<Option<u16>, Misunderstood> {
    let number = |text: String| match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(Misunderstood::BadValue {
            option: "--version",
            value: text,
            expected: Expected::Version,
        }),
    };
    text.map(number).transpose()
}

/// A public key; none: not given.
pub(super) fn public_key(text: Option<String>) -> Result<Option<PublicKey>, Misunderstood> {
    let read = |text: String| {
        let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        digits.to_ascii_lowercase().parse().map_err(|_| Misunderstood::BadValue {
            option: "--key",
            value: text,
            expected: Expected::Key,
        })
    };
    text.map(read).transpose()
}

pub(super) fn phrase(text: Option<String>) -> Result<String, Misunderstood> {
    let text = text.ok_or_else(|| missing("--text"))?;
    if text.trim().chars().count() < 3 {
        return Err(Misunderstood::BadValue {
            option: "--text",
            value: text,
            expected: Expected::Phrase,
        });
    }
    Ok(text)
}

pub(super) fn exercise(text: Option<String>) -> Result<Option<StreamId>, Misunderstood> {
    id("--exercise", text)
}

pub(super) fn mesa(text: Option<String>) -> Result<Option<MesaId>, Misunderstood> {
    id("--mesa", text)
}

pub(super) fn id<T: std::str::FromStr>(
    option: &'static str,
    text: Option<String>,
) -> Result<Option<T>, Misunderstood> {
    let read = |text: String| {
        text.parse().map_err(|_| Misunderstood::BadValue {
            option,
            value: text,
            expected: Expected::Id,
        })
    };
    text.map(read).transpose()
}

pub(super) fn line(option: &'static str, text: Option<String>) -> Result<ShortText, Misunderstood> {
    let text = text.ok_or_else(|| missing(option))?;
    match ShortText::parse(&composed(&text)) {
        Ok(line) if !line.is_empty() => Ok(line),
        _ => Err(Misunderstood::BadValue { option, value: text, expected: Expected::Line }),
    }
}

pub(super) fn file(option: &'static str, path: Option<OsString>) -> Result<PathBuf, Misunderstood> {
    path.map(PathBuf::from).ok_or_else(|| missing(option))
}

pub(super) fn place(text: Option<String>) -> Result<LogoPlace, Misunderstood> {
    let text = text.ok_or_else(|| missing("--place"))?;
    match text.parse() {
        Ok(place) if (1..=LOGO_PLACES).contains(&place) => Ok(place),
        _ => Err(Misunderstood::BadValue {
            option: "--place",
            value: text,
            expected: Expected::Place,
        }),
    }
}

pub(super) fn missing(option: &str) -> Misunderstood {
    Misunderstood::NoValue(option.to_owned())
}

/// A variable of the environment that says something, as it is.
pub(super) fn given(
    variable: &impl Fn(&str) -> Result<Option<String>, Misunderstood>,
    name: &str,
) -> Result<Option<String>, Misunderstood> {
    Ok(variable(name)?.filter(|text| !text.trim().is_empty()))
}

/// User and password of a server, from two variables of the environment: both or none.
pub(super) fn credentials(
    variable: &impl Fn(&str) -> Result<Option<String>, Misunderstood>,
    user: &'static str,
    password: &'static str,
) -> Result<Option<(String, Password)>, Misunderstood> {
    let lacks = |option, value, other| {
        Err(Misunderstood::BadValue { option, value, expected: Expected::With(other) })
    };
    match (given(variable, user)?, given(variable, password)?) {
        (Some(user), Some(password)) => Ok(Some((user, Password(password)))),
        (None, None) => Ok(None),
        (Some(name), None) => lacks(user, name, password),
        // What was given isn't repeated: it is a password.
        (None, Some(_)) => lacks(password, "…".to_owned(), user),
    }
}

/// The id, where both are given.
pub(super) fn who(
    person: Option<String>,
    name: Option<String>,
) -> Result<Option<Who>, Misunderstood> {
    let Some(value) = person else {
        return Ok(name.map(|name| Who::Name(composed(name.trim()))));
    };
    match value.parse() {
        Ok(person) => Ok(Some(Who::Id(person))),
        Err(_) => {
            Err(Misunderstood::BadValue { option: "--person", value, expected: Expected::Id })
        }
    }
}
