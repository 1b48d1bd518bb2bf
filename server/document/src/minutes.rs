//! The minutes (*minuta*) of a mesa: what the templates get, from [`Minutes`].

mod data;
mod view;

pub use data::{
    AgendaItem, Asked, Contribution, Minutes, Objection, PackLine, PackReport, Priority, Round,
    SectorAttendance, Signatory, Span, Spoke, Version, Waiver,
};

use crate::compile::{self, Form, Job, Pdf};
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::logo;
use crate::seal;
use crate::user::User;

/// Sets the minutes of a mesa. The same minutes give the same bytes.
///
/// # Errors
///
/// As for [`pal`](crate::pal).
pub fn minutes(fonts: &Fonts, minutes: &Minutes) -> Result<Pdf, Failure> {
    seal::check(&minutes.seal)?;
    let days = minutes.versions.iter().map(|version| version.frozen.date()).chain([minutes.date]);
    seal::check_days(days)?;
    let mut files = seal::files(&minutes.seal, "minutes.json");
    let user = User::new(fonts);
    let (logo_files, logos) = logo::logos(&user, &minutes.logo);
    files.extend(logo_files);
    let mut data = view::view(&user, minutes)?;
    data["logos"] = logos.into();
    compile::set(
        fonts,
        Job {
            form: Form::Pdf,
            template: "minutes.typ",
            data,
            files,
            ident: seal::ident(&minutes.seal, "minutes"),
            moment: minutes.seal.moment(),
        },
    )
}
