//! The commands, understood.

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::exercise::LogoPlace;
use domain::{MesaId, ShortText, StreamId};
use store::Location;

use crate::service::sample::Stage;

/// An command, understood.
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
    /// Put a logo in its place, or take it away.
    Logo(PutLogo),
    /// Give out a facilitator's link.
    LinkFacilitator(LinkFacilitator),
    /// Take a phrase out of the record.
    Redact(Redact),
    /// Look for changes made behind the log's back.
    Verify(Location),
    /// Copy everything into one file.
    Backup(Backup),
    /// Put such a copy where there is no store.
    Restore(Restore),
}

/// How to serve.
#[derive(Debug)]
pub struct Serve {
    /// Where everything is kept.
    pub location: Location,
    /// Where to listen.
    pub address: SocketAddr,
    /// Where to serve the metrics; none: nowhere.
    pub metrics: Option<SocketAddr>,
    /// The public address behind a proxy.
    pub public_url: Option<String>,
    /// The built site, instead of the embedded one.
    pub site: Option<PathBuf>,
    /// Whether to show addresses, QR and a facilitator's link.
    pub announce: bool,
}

/// How to load the sample.
#[derive(Debug)]
pub struct Demo {
    /// Where everything is kept.
    pub location: Location,
    /// How much of it.
    pub stage: Stage,
    /// What links begin with.
    pub url: String,
    /// Whether to print JSON.
    pub json: bool,
}

/// Which mesa to open.
#[derive(Debug)]
pub struct AddMesa {
    /// Where everything is kept.
    pub location: Location,
    /// Of which exercise.
    pub exercise: StreamId,
    /// Its theme.
    pub theme: ShortText,
    /// What links begin with.
    pub url: String,
    /// Whether to print JSON.
    pub json: bool,
}

/// Which privacy notice to publish.
#[derive(Debug)]
pub struct PublishNotice {
    /// Where everything is kept.
    pub location: Location,
    /// Of which exercise; none: of the only one.
    pub exercise: Option<StreamId>,
    /// The file with what the door says.
    pub short: PathBuf,
    /// The file with all of it.
    pub full: PathBuf,
}

/// Which logo to put where.
#[derive(Debug)]
pub struct PutLogo {
    /// Where everything is kept.
    pub location: Location,
    /// Of which exercise; none: of the only one.
    pub exercise: Option<StreamId>,
    /// The place in the row.
    pub place: LogoPlace,
    /// Whose it is and the image's file; none: whatever is there is taken away.
    pub logo: Option<(ShortText, PathBuf)>,
}

/// Which facilitator's link.
#[derive(Debug)]
pub struct LinkFacilitator {
    /// Where everything is kept.
    pub location: Location,
    /// Of which mesa; none: of the only one.
    pub mesa: Option<MesaId>,
    /// What the link begins with.
    pub url: String,
}

/// What to take out of the record.
#[derive(Debug)]
pub struct Redact {
    /// Where everything is kept.
    pub location: Location,
    /// Of which exercise; none: of the only one.
    pub exercise: Option<StreamId>,
    /// The phrase.
    pub text: String,
}

/// What to copy where.
#[derive(Debug)]
pub struct Backup {
    /// Where everything is kept.
    pub location: Location,
    /// The new file.
    pub to: PathBuf,
    /// Whether it may take the place of another one.
    pub replace: bool,
}

/// Which copy to put back where.
#[derive(Debug)]
pub struct Restore {
    /// Where everything is to be kept.
    pub location: Location,
    /// The copy.
    pub from: PathBuf,
}
