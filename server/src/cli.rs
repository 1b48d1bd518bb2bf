//! The operator's commands: parsing the command line, and running it.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser};

mod authority;
mod commands;
mod failure;
mod mail_server;
mod run;
mod values;
mod verify;

pub use commands::{
    AddMesa, Anonymise, Backup, Command, Demo, LinkAdministrator, LinkFacilitator, PublishNotice,
    PutLogo, Redact, ResetPassphrase, Restore, Serve, SetDocument, VerifyFile, What, Who,
};
pub use failure::Failure;
pub use run::run;
use values::{
    address, exercise, file, lasting, line, location, mesa, missing, networks, per_address, phrase,
    place, public_key, stage, tls, version, who,
};

/// Why a command line isn't understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Misunderstood {
    /// No command.
    NoCommand,
    /// No such command.
    UnknownCommand(String),
    /// No such option, or not for this command.
    UnknownOption(String),
    /// An option without its value.
    NoValue(String),
    /// A value for an option that takes none.
    NeedlessValue(String),
    /// A value in another encoding than UTF-8.
    NotText(String),
    /// A value that can't be used.
    BadValue {
        /// The option.
        option: &'static str,
        /// What was given.
        value: String,
        /// What is expected.
        expected: Expected,
    },
}

/// What an option expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An IP address with a port.
    Address,
    /// How much of the sample.
    Stage,
    /// A phrase of three letters at least.
    Phrase,
    /// The id of an exercise or a mesa.
    Id,
    /// A short text on one line.
    Line,
    /// A place in the row of logos.
    Place,
    /// IP addresses or networks, with commas between them.
    Networks,
    /// A count from 50 on.
    Count,
    /// A public key.
    Key,
    /// The number of a version.
    Version,
    /// A count from 1 to this one.
    UpTo(u32),
    /// How a connection to a mail server is protected.
    Security,
    /// A sender's address.
    Sender,
    /// The address of a time-stamping authority.
    Authority,
    /// The same over https, because a password goes with it.
    Protected,
    /// Where a virus scanner listens.
    Scanner,
    /// The option that it goes with.
    With(&'static str),
}

#[derive(Default)]
struct Given {
    data: Option<OsString>,
    database_url: Option<String>,
    addr: Option<String>,
    metrics: Option<String>,
    public_url: Option<String>,
    tls_cert: Option<OsString>,
    tls_key: Option<OsString>,
    trusted_proxy: Option<String>,
    per_address: Option<String>,
    idle_hours: Option<String>,
    table_idle_days: Option<String>,
    site: Option<OsString>,
    announce: bool,
    stage: Option<String>,
    url: Option<String>,
    mail: Option<String>,
    json: bool,
    mesa: Option<String>,
    key: Option<String>,
    text: Option<String>,
    exercise: Option<String>,
    theme: Option<String>,
    short: Option<OsString>,
    full: Option<OsString>,
    place: Option<String>,
    file: Option<OsString>,
    name: Option<String>,
    person: Option<String>,
    to: Option<OsString>,
    from: Option<OsString>,
    replace: bool,
    version: Option<String>,
    public: bool,
    out: Option<OsString>,
    stamp: Option<OsString>,
    stamp_ca: Option<OsString>,
}

/// Parses a command line. `environment` looks up a variable.
///
/// # Errors
/// [`Misunderstood`].
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, Misunderstood> {
    let mut parser = Parser::from_args(arguments);
    let mut words: Vec<String> = Vec::new();
    let mut given = Given::default();
    let mut seen: Vec<&'static str> = Vec::new();
    while let Some(argument) = parser.next().map_err(needless)? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') => return Ok(Command::Version),
            // Of a document it is an option with a value.
            Arg::Long("version") if words.is_empty() => return Ok(Command::Version),
            Arg::Value(word) => words.push(word.to_string_lossy().into_owned()),
            Arg::Short(letter) => return Err(Misunderstood::UnknownOption(format!("-{letter}"))),
            Arg::Long(name) => {
                let (option, place): (&'static str, Place<'_>) = match name {
                    "data" => ("--data", Place::Path(&mut given.data)),
                    "database-url" => ("--database-url", Place::Text(&mut given.database_url)),
                    "addr" => ("--addr", Place::Text(&mut given.addr)),
                    "metrics" => ("--metrics", Place::Text(&mut given.metrics)),
                    "public-url" => ("--public-url", Place::Text(&mut given.public_url)),
                    "tls-cert" => ("--tls-cert", Place::Path(&mut given.tls_cert)),
                    "tls-key" => ("--tls-key", Place::Path(&mut given.tls_key)),
                    "trusted-proxy" => ("--trusted-proxy", Place::Text(&mut given.trusted_proxy)),
                    "per-address" => ("--per-address", Place::Text(&mut given.per_address)),
                    "idle-hours" => ("--idle-hours", Place::Text(&mut given.idle_hours)),
                    "table-idle-days" => {
                        ("--table-idle-days", Place::Text(&mut given.table_idle_days))
                    }
                    "site" => ("--site", Place::Path(&mut given.site)),
                    "announce" => ("--announce", Place::Flag(&mut given.announce)),
                    "stage" => ("--stage", Place::Text(&mut given.stage)),
                    "url" => ("--url", Place::Text(&mut given.url)),
                    "mail" => ("--mail", Place::Text(&mut given.mail)),
                    "json" => ("--json", Place::Flag(&mut given.json)),
                    "mesa" => ("--mesa", Place::Text(&mut given.mesa)),
                    "key" => ("--key", Place::Text(&mut given.key)),
                    "text" => ("--text", Place::Text(&mut given.text)),
                    "exercise" => ("--exercise", Place::Text(&mut given.exercise)),
                    "theme" => ("--theme", Place::Text(&mut given.theme)),
                    "short" => ("--short", Place::Path(&mut given.short)),
                    "full" => ("--full", Place::Path(&mut given.full)),
                    "place" => ("--place", Place::Text(&mut given.place)),
                    "file" => ("--file", Place::Path(&mut given.file)),
                    "name" => ("--name", Place::Text(&mut given.name)),
                    "person" => ("--person", Place::Text(&mut given.person)),
                    "to" => ("--to", Place::Path(&mut given.to)),
                    "from" => ("--from", Place::Path(&mut given.from)),
                    "replace" => ("--replace", Place::Flag(&mut given.replace)),
                    "version" => ("--version", Place::Text(&mut given.version)),
                    "public" => ("--public", Place::Flag(&mut given.public)),
                    "out" => ("--out", Place::Path(&mut given.out)),
                    "stamp" => ("--stamp", Place::Path(&mut given.stamp)),
                    "stamp-ca" => ("--stamp-ca", Place::Path(&mut given.stamp_ca)),
                    other => return Err(Misunderstood::UnknownOption(format!("--{other}"))),
                };
                seen.push(option);
                match place {
                    Place::Flag(flag) => *flag = true,
                    Place::Path(path) => *path = Some(parser.value().map_err(|_| missing(option))?),
                    Place::Text(text) => {
                        *text =
                            Some(words_of(option, parser.value().map_err(|_| missing(option))?)?)
                    }
                }
            }
        }
    }
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let allowed: &[&str] = match words.as_slice() {
        [] => return Err(Misunderstood::NoCommand),
        ["help"] => return Ok(Command::Help),
        ["serve"] => &[
            "--addr",
            "--metrics",
            "--public-url",
            "--tls-cert",
            "--tls-key",
            "--trusted-proxy",
            "--per-address",
            "--idle-hours",
            "--table-idle-days",
            "--site",
            "--announce",
        ],
        ["demo"] => &["--stage", "--url", "--json"],
        ["add-mesa"] => &["--exercise", "--theme", "--url", "--json"],
        ["notice"] => &["--exercise", "--short", "--full"],
        ["logo"] => &["--exercise", "--place", "--file", "--name"],
        ["link", "facilitator"] => &["--mesa", "--url"],
        ["admin", "link"] => &["--url"],
        ["admin", "reset"] => &["--mail", "--url"],
        ["redact"] => &["--exercise", "--text"],
        ["anonymise"] => &["--exercise", "--person", "--name"],
        ["verify"] | ["key", "show" | "replace"] => &[],
        ["verify", _] => &["--key", "--stamp", "--stamp-ca"],
        ["backup"] => &["--to", "--replace"],
        ["restore"] => &["--from"],
        ["document", "pal"] => &["--exercise", "--version", "--public", "--url", "--out"],
        ["document", "minutes" | "attendance"] => &["--mesa", "--url", "--out"],
        other => return Err(Misunderstood::UnknownCommand(other.join(" "))),
    };
    let everywhere = ["--data", "--database-url"];
    if let Some(stray) =
        seen.iter().find(|option| !everywhere.contains(option) && !allowed.contains(option))
    {
        return Err(Misunderstood::UnknownOption((*stray).to_owned()));
    }
    let variable = |name: &str| environment(name).map(|value| words_of(name, value)).transpose();
    let location = location(&given, &environment)?;
    let url = given
        .url
        .clone()
        .unwrap_or_else(|| "http://localhost:3000".to_owned())
        .trim_end_matches('/')
        .to_owned();
    Ok(match words.as_slice() {
        ["serve"] => Command::Serve(Box::new(Serve {
            location,
            address: address(
                "--addr",
                given.addr.or(variable("MESA_ADDR")?).unwrap_or_else(|| "0.0.0.0:3000".to_owned()),
            )?,
            metrics: given
                .metrics
                .or(variable("MESA_METRICS")?)
                .map(|text| address("--metrics", text))
                .transpose()?,
            public_url: given
                .public_url
                .or(variable("MESA_PUBLIC_URL")?)
                .map(|url| url.trim_end_matches('/').to_owned()),
            tls: tls(
                given.tls_cert.or_else(|| environment("MESA_TLS_CERT")),
                given.tls_key.or_else(|| environment("MESA_TLS_KEY")),
            )?,
            trusted_proxies: networks(
                given.trusted_proxy.or(variable("MESA_TRUSTED_PROXY")?).unwrap_or_default(),
            )?,
            per_address: given
                .per_address
                .or(variable("MESA_PER_ADDRESS")?)
                .map(per_address)
                .transpose()?,
            lasting: lasting(
                given.idle_hours.or(variable("MESA_IDLE_HOURS")?),
                given.table_idle_days.or(variable("MESA_TABLE_IDLE_DAYS")?),
            )?,
            mail: mail_server::mail(&variable)?,
            stamping: authority::stamping(&variable)?,
            scanner: values::scanner(variable("MESA_CLAMD")?)?,
            // cargo leptos has its own variable for the site's folder.
            site: given
                .site
                .or_else(|| environment("MESA_SITE"))
                .or_else(|| environment("LEPTOS_SITE_ROOT"))
                .map(PathBuf::from),
            announce: given.announce,
        })),
        ["demo"] => {
            Command::Demo(Demo { location, stage: stage(given.stage)?, url, json: given.json })
        }
        ["add-mesa"] => {
            let exercise = exercise(given.exercise)?.ok_or_else(|| missing("--exercise"))?;
            Command::AddMesa(AddMesa {
                location,
                exercise,
                theme: line("--theme", given.theme)?,
                url,
                json: given.json,
            })
        }
        ["notice"] => {
            let (short, full) = (file("--short", given.short)?, file("--full", given.full)?);
            Command::Notice(PublishNotice {
                location,
                exercise: exercise(given.exercise)?,
                short,
                full,
            })
        }
        ["logo"] => {
            let logo = given
                .file
                .map(|file| {
                    Ok::<_, Misunderstood>((line("--name", given.name)?, PathBuf::from(file)))
                })
                .transpose()?;
            Command::Logo(PutLogo {
                location,
                exercise: exercise(given.exercise)?,
                place: place(given.place)?,
                logo,
            })
        }
        ["redact"] => Command::Redact(Redact {
            location,
            exercise: exercise(given.exercise)?,
            text: phrase(given.text)?,
        }),
        ["anonymise"] => Command::Anonymise(Anonymise {
            location,
            exercise: exercise(given.exercise)?,
            who: who(given.person, given.name)?,
        }),
        ["admin", "link"] => Command::LinkAdministrator(LinkAdministrator { location, url }),
        ["admin", "reset"] => {
            let mail = given.mail.unwrap_or_default().trim().to_lowercase();
            if mail.is_empty() {
                return Err(missing("--mail"));
            }
            Command::ResetPassphrase(ResetPassphrase { location, mail, url })
        }
        ["verify"] => Command::Verify(location),
        ["verify", file] => {
            let named = given.data.is_some() || given.database_url.is_some();
            Command::VerifyFile(VerifyFile {
                file: PathBuf::from(file),
                // The key alone is enough; without one it is asked of the store.
                location: (named || given.key.is_none()).then_some(location),
                key: public_key(given.key)?,
                stamp: given.stamp.map(PathBuf::from),
                authorities: given
                    .stamp_ca
                    .or_else(|| environment("MESA_TSA_CA"))
                    .map(PathBuf::from),
                asks: environment("MESA_TSA_URL").is_some(),
            })
        }
        ["key", "show"] => Command::ShowKey(location),
        ["key", "replace"] => Command::ReplaceKey(location),
        ["backup"] => Command::Backup(Backup {
            location,
            to: file("--to", given.to)?,
            replace: given.replace,
        }),
        ["document", kind] => Command::Document(SetDocument {
            location,
            what: match *kind {
                "minutes" => What::Minutes(mesa(given.mesa)?),
                "attendance" => What::Attendance(mesa(given.mesa)?),
                _ => What::Plan {
                    exercise: exercise(given.exercise)?,
                    version: version(given.version)?,
                    public: given.public,
                },
            },
            url,
            out: file("--out", given.out)?,
        }),
        ["restore"] => Command::Restore(Restore { location, from: file("--from", given.from)? }),
        _ => Command::LinkFacilitator(LinkFacilitator { location, mesa: mesa(given.mesa)?, url }),
    })
}

enum Place<'a> {
    /// A path, which may not be UTF-8.
    Path(&'a mut Option<OsString>),
    Text(&'a mut Option<String>),
    Flag(&'a mut bool),
}

/// An argument as text.
fn words_of(option: &str, value: OsString) -> Result<String, Misunderstood> {
    value.into_string().map_err(|_| Misunderstood::NotText(option.to_owned()))
}

/// The error where an option was expected: it can only be a value for a flag.
fn needless(error: lexopt::Error) -> Misunderstood {
    match error {
        lexopt::Error::UnexpectedValue { option, .. } => Misunderstood::NeedlessValue(option),
        lexopt::Error::MissingValue { .. }
        | lexopt::Error::UnexpectedOption(_)
        | lexopt::Error::UnexpectedArgument(_)
        | lexopt::Error::ParsingFailed { .. }
        | lexopt::Error::NonUnicodeValue(_)
        | lexopt::Error::Custom(_) => Misunderstood::UnknownOption(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
