//! The operator's commands: parsing the command line, and running it.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser};

mod authority;
mod commands;
mod failure;
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
            mail: values::mail(&variable)?,
            stamping: authority::stamping(&variable)?,
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
mod tests {
    use std::num::NonZeroU32;
    use std::os::unix::ffi::OsStringExt as _;

    use store::Location;

    use super::*;
    use crate::lasting::Lasting;
    use crate::service::sample::Stage;

    fn read(line: &str) -> Result<Command, Misunderstood> {
        parse(line.split_whitespace().map(OsString::from), |name| {
            (name == "MESA_DATA").then(|| "otra".into())
        })
    }

    #[test]
    fn commands_are_read_with_their_options_and_the_environment() {
        let Ok(Command::Serve(serve)) = read("serve --addr 127.0.0.1:4000 --announce") else {
            panic!("serve")
        };
        assert_eq!(serve.address.port(), 4000);
        assert!(serve.announce);
        assert!(matches!(serve.location, Location::Sqlite(path) if path.ends_with("otra")));
        let Ok(Command::Demo(demo)) =
            read("demo --data d --stage agreed --json --url http://mesa.test:9/")
        else {
            panic!("demo")
        };
        assert_eq!(
            (demo.stage, demo.json, demo.url.as_str()),
            (Stage::Agreed, true, "http://mesa.test:9")
        );
        assert!(matches!(
            read("verify --database-url postgres://x/y"),
            Ok(Command::Verify(Location::Url(_)))
        ));
        assert!(matches!(read("link facilitator"), Ok(Command::LinkFacilitator(_))));
        let key = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
        let file = |line: &str| match read(line) {
            Ok(Command::VerifyFile(verify)) => {
                (verify.location.is_some(), verify.key.map(|key| key.to_string()))
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(file("verify plan.pdf"), (true, None));
        assert_eq!(file(&format!("verify plan.pdf --key {key}")), (false, Some(key.to_owned())));
        assert!(file(&format!("verify plan.pdf --key {key} --data d")).0);
        assert!(read("verify plan.pdf --key 8a88").unwrap_err().to_string().contains("64"));
        assert!(read(&format!("verify --key {key}")).is_err(), "a store has its own");
        assert!(matches!(read("key show"), Ok(Command::ShowKey(_))));
        assert!(matches!(read("key replace"), Ok(Command::ReplaceKey(_))));
        assert!(
            matches!(read("redact --text Obsidiana"), Ok(Command::Redact(redact)) if redact.text == "Obsidiana")
        );
        let named = |line: &str| match read(line) {
            Ok(Command::Anonymise(anonymise)) => anonymise.who,
            other => panic!("{other:?}"),
        };
        assert_eq!(named("anonymise"), None);
        assert_eq!(named("anonymise --name Rosa"), Some(Who::Name("Rosa".to_owned())));
        assert!(matches!(
            named("anonymise --person 01a20578-935f-77ac-a419-99c14f9b6da4"),
            Some(Who::Id(_))
        ));
        assert!(read("anonymise --person Rosa").unwrap_err().to_string().contains("--person"));
        let Ok(Command::AddMesa(mesa)) =
            read("add-mesa --exercise 01a20578-935f-77ac-a419-99c14f9b6da4 --theme Agua --json")
        else {
            panic!("add-mesa")
        };
        assert_eq!(
            (mesa.theme.as_str(), mesa.json, mesa.url.as_str()),
            ("Agua", true, "http://localhost:3000")
        );
        let Ok(Command::Notice(notice)) = read("notice --short breve.txt --full aviso.txt") else {
            panic!("notice")
        };
        assert_eq!(
            (notice.exercise, notice.short.to_str(), notice.full.to_str()),
            (None, Some("breve.txt"), Some("aviso.txt"))
        );
        let Ok(Command::Logo(logo)) = read("logo --place 2 --file logo.png --name Municipio")
        else {
            panic!("logo")
        };
        assert_eq!(
            (logo.place, logo.logo.map(|(name, _)| name.to_string()).as_deref()),
            (2, Some("Municipio"))
        );
        assert!(matches!(read("logo --place 8"), Ok(Command::Logo(logo)) if logo.logo.is_none()));
        let Ok(Command::Backup(backup)) = read("backup --data d --to copia.sqlite --replace")
        else {
            panic!("backup")
        };
        assert!(
            backup.replace
                && backup.to.ends_with("copia.sqlite")
                && backup.location == Location::Sqlite("d".into())
        );
        assert!(
            matches!(read("backup --to copia.sqlite"), Ok(Command::Backup(backup)) if !backup.replace)
        );
        assert!(
            matches!(read("restore --from copia.sqlite"), Ok(Command::Restore(restore)) if restore.from.ends_with("copia.sqlite"))
        );
        assert!(matches!(read("serve --help"), Ok(Command::Help)));
    }

    #[test]
    fn the_edge_of_the_network_is_the_operator_s() {
        let serve = |line: &str| match read(line) {
            Ok(Command::Serve(serve)) => Ok(serve),
            Ok(_) => panic!("serve"),
            Err(misunderstood) => Err(misunderstood.to_string()),
        };
        let plain = serve("serve").unwrap();
        assert!(plain.tls.is_none() && plain.trusted_proxies.is_empty());
        assert!(plain.per_address.is_none());
        assert_eq!(plain.lasting, Lasting::default());
        let given = serve("serve --idle-hours 48 --table-idle-days 7").unwrap();
        let (hours, days) = (given.lasting.facilitation_idle, given.lasting.table_idle);
        assert_eq!((hours.as_secs(), days.as_secs()), (48 * 3_600, 7 * 86_400));
        for wrong in ["--idle-hours 0", "--idle-hours 721", "--table-idle-days siete"] {
            assert!(serve(&format!("serve {wrong}")).unwrap_err().contains("de 1 a"), "{wrong}");
        }
        let given = "serve --tls-cert c.pem --tls-key k.pem --trusted-proxy 10.0.0.0/8,::1 \
                     --per-address 500";
        let given = serve(given).unwrap();
        assert_eq!(given.tls, Some(("c.pem".into(), "k.pem".into())));
        assert_eq!(given.trusted_proxies.len(), 2);
        assert_eq!(given.per_address.map(NonZeroU32::get), Some(500));
        assert!(serve("serve --tls-cert c.pem").unwrap_err().contains("--tls-key"));
        assert!(serve("serve --tls-key k.pem").unwrap_err().contains("--tls-cert"));
        assert!(serve("serve --trusted-proxy proxy").unwrap_err().contains("10.0.0.0/8"));
        assert!(serve("serve --per-address 49").unwrap_err().contains("de 50"));
    }

    #[test]
    fn a_mail_server_is_named_by_the_environment_and_its_password_is_repeated_nowhere() {
        use app::page::mail::Security;
        let serve = |given: &[(&str, &str)]| {
            let read = parse(["serve".into()], |name| {
                given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
            });
            match read {
                Ok(Command::Serve(serve)) => Ok(serve.mail),
                Ok(_) => panic!("serve"),
                Err(misunderstood) => Err(misunderstood.to_string()),
            }
        };
        assert_eq!(serve(&[]), Ok(None));
        assert_eq!(serve(&[("MESA_SMTP_HOST", " ")]), Ok(None));
        let least = [("MESA_SMTP_HOST", "smtp.x.mx"), ("MESA_SMTP_FROM", "Mesa <mesa@x.mx>")];
        let mail = serve(&least).unwrap().unwrap();
        assert_eq!(
            (mail.port, mail.security, mail.user.is_none()),
            (587, Security::StartTls, true)
        );
        let with = |more: &[(&'static str, &'static str)]| serve(&[&least[..], more].concat());
        let mail =
            with(&[("MESA_SMTP_SECURITY", "tls"), ("MESA_SMTP_TIMEOUT", "5")]).unwrap().unwrap();
        assert_eq!((mail.port, mail.pace.step.as_secs()), (465, 5));
        let user = [("MESA_SMTP_USER", "mesa"), ("MESA_SMTP_PASSWORD", "s3cr3t0")];
        assert!(with(&user).unwrap().unwrap().user.is_some());
        for (wrong, said) in [
            (&[("MESA_SMTP_SECURITY", "ssl")][..], "starttls, tls o none"),
            (&[("MESA_SMTP_PORT", "0")], "de 1 a 65535"),
            (&[("MESA_SMTP_USER", "mesa")], "MESA_SMTP_PASSWORD"),
            (&[("MESA_SMTP_PASSWORD", "s3cr3t0")], "MESA_SMTP_USER"),
        ] {
            let refused = with(wrong).unwrap_err();
            assert!(refused.contains(said) && !refused.contains("s3cr3t0"), "{refused}");
        }
        let alone = serve(&[("MESA_SMTP_HOST", "smtp.x.mx")]).unwrap_err();
        assert!(alone.contains("MESA_SMTP_FROM"), "{alone}");
        for wrong in ["mesa", "mesa@peña.mx", "mesa@x.mx\r\nBcc: otra@x.mx"] {
            let from = [("MESA_SMTP_HOST", "smtp.x.mx"), ("MESA_SMTP_FROM", wrong)];
            assert!(serve(&from).unwrap_err().contains("sin acentos"), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said_in_spanish() {
        assert_eq!(read("").unwrap_err().to_string(), "falta la orden");
        assert_eq!(read("borra").unwrap_err().to_string(), "no existe la orden «borra»");
        assert_eq!(
            read("serve --stage live").unwrap_err().to_string(),
            "la opción --stage no es de esta orden"
        );
        assert_eq!(read("serve --addr").unwrap_err().to_string(), "falta el valor de --addr");
        assert!(read("serve --addr 3000").unwrap_err().to_string().contains("0.0.0.0:3000"));
        assert_eq!(read("redact").unwrap_err().to_string(), "falta el valor de --text");
        assert!(read("redact --text a").unwrap_err().to_string().contains("tres letras"));
        assert_eq!(read("notice --short a").unwrap_err().to_string(), "falta el valor de --full");
        assert_eq!(read("backup").unwrap_err().to_string(), "falta el valor de --to");
        assert_eq!(read("restore").unwrap_err().to_string(), "falta el valor de --from");
        assert_eq!(
            read("restore --from a --replace").unwrap_err().to_string(),
            "la opción --replace no es de esta orden"
        );
        assert_eq!(
            read("logo --place 1 --file a").unwrap_err().to_string(),
            "falta el valor de --name"
        );
        for place in ["0", "9", "uno", "-1"] {
            let line = ["logo", "--place", place].map(OsString::from);
            assert!(parse(line, |_| None).unwrap_err().to_string().contains("de 1 a 8"), "{place}");
        }
        assert_eq!(
            read("add-mesa --theme Agua").unwrap_err().to_string(),
            "falta el valor de --exercise"
        );
        assert!(
            read("add-mesa --exercise 7 --theme Agua")
                .unwrap_err()
                .to_string()
                .contains("demo --json")
        );
        let add = |theme: &str| {
            let line = [
                "add-mesa",
                "--exercise",
                "01a20578-935f-77ac-a419-99c14f9b6da4",
                "--theme",
                theme,
            ];
            parse(line.map(OsString::from), |_| None).map(|_| ()).map_err(|error| error.to_string())
        };
        for theme in ["Agua y cuidados", "dos\nrenglones"] {
            assert_eq!(add(theme), Ok(()));
        }
        for theme in [" ", &"a".repeat(241)] {
            assert!(add(theme).unwrap_err().contains("de 1 a 240 letras"), "{theme}");
        }
        assert_eq!(
            read("serve --announce=sí").unwrap_err().to_string(),
            "--announce no lleva ningún valor"
        );
        let windows = || OsString::from_vec(b"Educaci\xF3n".to_vec());
        let given = |command: &str, option: &str| {
            parse([command.into(), option.into(), windows()], |_| None)
        };
        assert!(
            given("add-mesa", "--theme")
                .unwrap_err()
                .to_string()
                .contains("--theme no está en UTF-8")
        );
        // A file may have such a name.
        assert!(
            matches!(given("verify", "--data"), Ok(Command::Verify(Location::Sqlite(path))) if path.as_os_str() == windows())
        );
        let variable = |name: &str| (name == "MESA_ADDR").then(windows);
        assert!(
            parse(["serve".into()], variable)
                .unwrap_err()
                .to_string()
                .contains("MESA_ADDR no está en UTF-8")
        );
        assert!(read("demo --stage medio").unwrap_err().to_string().contains("frozen o signed"));
    }
}
