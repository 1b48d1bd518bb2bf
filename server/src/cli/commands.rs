//! The parsed commands.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use domain::exercise::LogoPlace;
use domain::{MesaId, PersonId, ShortText, StreamId};
use ipnet::IpNet;
use store::Location;

use crate::service::sample::Stage;

/// A parsed command.
#[derive(Debug)]
pub enum Command {
    /// Show the help.
    Help,
    /// Show the version.
    Version,
    /// Serve.
    Serve(Serve),
    /// Load the sample.
    Demo(Demo),
    /// Open another mesa.
    AddMesa(AddMesa),
    /// Publish the exercise's privacy notice.
    Notice(PublishNotice),
    /// Put a logo in its place, or remove it.
    Logo(PutLogo),
    /// Issue an administrator's link.
    LinkAdministrator(LinkAdministrator),
    /// Issue a link with which somebody chooses another passphrase.
    ResetPassphrase(ResetPassphrase),
    /// Issue a facilitator's link.
    LinkFacilitator(LinkFacilitator),
    /// Redact a phrase from the record.
    Redact(Redact),
    /// Erase a person's name, mail and phone.
    Anonymise(Anonymise),
    /// Verify that nothing was changed without the log.
    Verify(Location),
    /// Copy everything into one file.
    Backup(Backup),
    /// Restore such a copy where there is no store.
    Restore(Restore),
}

/// Options of `serve`.
#[derive(Debug)]
pub struct Serve {
    /// The store.
    pub location: Location,
    /// Where to listen.
    pub address: SocketAddr,
    /// Where to serve the metrics, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// The public address behind a proxy.
    pub public_url: Option<String>,
    /// The files with the certificate and its key; none: plain HTTP.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// The proxies that may say whose requests they forward.
    pub trusted_proxies: Vec<IpNet>,
    /// How many connections an address may have at once, and how many requests without a session
    /// in a minute.
    pub per_address: Option<NonZeroU32>,
    /// The built site, instead of the embedded one.
    pub site: Option<PathBuf>,
    /// Whether to show addresses, the QR code and a facilitator's link.
    pub announce: bool,
}

/// Options of `demo`.
#[derive(Debug)]
pub struct Demo {
    /// The store.
    pub location: Location,
    /// How much of the sample.
    pub stage: Stage,
    /// The base address of links.
    pub url: String,
    /// Whether to print JSON.
    pub json: bool,
}

/// Options of `mesa`.
#[derive(Debug)]
pub struct AddMesa {
    /// The store.
    pub location: Location,
    /// The exercise.
    pub exercise: StreamId,
    /// Its theme.
    pub theme: ShortText,
    /// The base address of links.
    pub url: String,
    /// Whether to print JSON.
    pub json: bool,
}

/// Options of `notice`.
#[derive(Debug)]
pub struct PublishNotice {
    /// The store.
    pub location: Location,
    /// The exercise; none: the only one.
    pub exercise: Option<StreamId>,
    /// The file with the short notice, for the door.
    pub short: PathBuf,
    /// The file with the full notice.
    pub full: PathBuf,
}

/// Options of `logo`.
#[derive(Debug)]
pub struct PutLogo {
    /// The store.
    pub location: Location,
    /// The exercise; none: the only one.
    pub exercise: Option<StreamId>,
    /// The place in the row.
    pub place: LogoPlace,
    /// Whose it is and the image's file; none: remove the logo at that place.
    pub logo: Option<(ShortText, PathBuf)>,
}

/// Options of `admin link`.
#[derive(Debug)]
pub struct LinkAdministrator {
    /// The store.
    pub location: Location,
    /// The base address of the link.
    pub url: String,
}

/// Options of `admin reset`.
#[derive(Debug)]
pub struct ResetPassphrase {
    /// The store.
    pub location: Location,
    /// Their mail address.
    pub mail: String,
    /// The base address of the link.
    pub url: String,
}

/// Options of `link`.
#[derive(Debug)]
pub struct LinkFacilitator {
    /// The store.
    pub location: Location,
    /// The mesa; none: the only one.
    pub mesa: Option<MesaId>,
    /// The base address of the link.
    pub url: String,
}

/// Options of `redact`.
#[derive(Debug)]
pub struct Redact {
    /// The store.
    pub location: Location,
    /// The exercise; none: the only one.
    pub exercise: Option<StreamId>,
    /// The phrase.
    pub text: String,
}

/// Options of `anonymise`.
#[derive(Debug)]
pub struct Anonymise {
    /// The store.
    pub location: Location,
    /// The exercise; none: the only one.
    pub exercise: Option<StreamId>,
    /// Who; none: list those that there are.
    pub who: Option<Who>,
}

/// How a person is named on the command line.
#[derive(Debug, PartialEq, Eq)]
pub enum Who {
    /// By their id.
    Id(PersonId),
    /// By their full name, as they gave it.
    Name(String),
}

/// Options of `backup`.
#[derive(Debug)]
pub struct Backup {
    /// The store.
    pub location: Location,
    /// The new file.
    pub to: PathBuf,
    /// Whether it may replace an existing file.
    pub replace: bool,
}

/// Options of `restore`.
#[derive(Debug)]
pub struct Restore {
    /// Where the restored store goes.
    pub location: Location,
    /// The copy.
    pub from: PathBuf,
}
