//! The parsed commands.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use domain::exercise::LogoPlace;
use domain::{MesaId, PersonId, ShortText, StreamId};
use ipnet::IpNet;
use seal::PublicKey;
use store::Location;

use crate::lasting::Lasting;
use crate::mail::Configuration;
use crate::scanner::Scanner;
use crate::service::sample::Stage;
use crate::stamping;

/// A parsed command.
#[derive(Debug)]
pub enum Command {
    /// Show the help.
    Help,
    /// Show the version.
    Version,
    /// Serve.
    Serve(Box<Serve>),
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
    /// Say what a file is.
    VerifyFile(VerifyFile),
    /// Show the key with which documents are sealed.
    ShowKey(Location),
    /// Seal with another key from here on.
    ReplaceKey(Location),
    /// Copy everything into one file.
    Backup(Backup),
    /// Restore such a copy where there is no store.
    Restore(Restore),
    /// Set a document.
    Document(SetDocument),
}

/// Options of `verify` with a file.
#[derive(Debug)]
pub struct VerifyFile {
    /// The file.
    pub file: PathBuf,
    /// The store to ask; none: the seal and the key are enough.
    pub location: Option<Location>,
    /// The public key of the server that sealed it.
    pub key: Option<PublicKey>,
    /// The file with what a time-stamping authority answered about its seal.
    pub stamp: Option<PathBuf>,
    /// The file with the certificates of authorities whose word is trusted.
    pub authorities: Option<PathBuf>,
    /// Whether this server asks an authority.
    pub asks: bool,
}

/// Options of `document`.
#[derive(Debug)]
pub struct SetDocument {
    /// The store.
    pub location: Location,
    /// Which document.
    pub what: What,
    /// The base address of what is printed on it.
    pub url: String,
    /// The new file.
    pub out: PathBuf,
}

/// A document.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// The plan.
    Plan {
        /// The exercise; none: the only one.
        exercise: Option<StreamId>,
        /// The version; none: the last one, or a draft before there is one.
        version: Option<u16>,
        /// Whether it is the copy that may be published.
        public: bool,
    },
    /// The minutes of a mesa; none: the only one.
    Minutes(Option<MesaId>),
    /// The list of attendance of a mesa; none: the only one.
    Attendance(Option<MesaId>),
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
    /// How long sessions last.
    pub lasting: Lasting,
    /// How letters are sent; none: they aren't.
    pub mail: Option<Configuration>,
    /// Who is asked to stamp seals; none: nobody.
    pub stamping: Option<stamping::Configuration>,
    /// Which virus scanner looks at files of the pack; none: none does.
    pub scanner: Option<Scanner>,
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
