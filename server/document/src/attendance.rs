//! The attendance list (*lista de asistencia*) of a mesa.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::compile::{self, Form, Job, Pdf};
use crate::date::{Date, Moment};
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::logo;
use crate::plan::{Exercise, Logo};
use crate::seal::{self, Seal};
use crate::text;
use crate::user::User;

/// Who attended a mesa, with a place to sign for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceList {
    /// Draft or sealed.
    pub seal: Seal,
    /// The exercise.
    pub exercise: Exercise,
    /// The convener's logo.
    pub logo: Option<Logo>,
    /// The mesa's number.
    pub number: u32,
    /// Its theme.
    pub theme: String,
    /// Where it met.
    pub place: String,
    /// The day.
    pub date: Date,
    /// Whether there is an empty column to sign in.
    pub to_sign: bool,
    /// The attendees, in the order in which they are to be read.
    pub attendees: Vec<Attendee>,
}

/// Somebody who attended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendee {
    /// The name; empty where it may not be said.
    pub person: String,
    /// The organisation; may be empty.
    pub organisation: String,
    /// The sector in words.
    pub sector: String,
    /// The capacity in words: "titular"; may be empty.
    pub capacity: String,
    /// How they took part: "en sala", "a distancia", "con ayuda".
    pub mode: String,
    /// When they came.
    pub arrived: Option<Moment>,
    /// When they left, when that was before the end.
    pub left: Option<Moment>,
}

/// Sets an attendance list. The same list gives the same bytes.
///
/// # Errors
///
/// As for [`pal`](crate::pal).
pub fn attendance_list(fonts: &Fonts, list: &AttendanceList) -> Result<Pdf, Failure> {
    seal::check(&list.seal)?;
    seal::check_days([list.date].into_iter())?;
    let mut files = seal::files(&list.seal, "attendance.json");
    let user = User::new(fonts);
    let (logo_files, logos) = logo::logos(&user, &list.logo);
    files.extend(logo_files);
    let data = json!({
        "draft": list.seal.stamp().is_none(),
        "attached": list.seal.stamp().is_some(),
        "edition": text::seal(&list.seal),
        "head": user.line(&text::cut(&list.exercise.name, 60)),
        "meta": seal::meta(&user, text::ATTENDANCE, &list.exercise, list.seal.stamp()),
        "stamp": seal::foot(&user, list.seal.stamp())?,
        "boxes": [],
        "logos": logos,
        "title": text::attendance_title(list.number),
        "theme": user.rich(&list.theme),
        "facts": [
            json!({ "label": text::PLACE, "said": user.rich(&list.place) }),
            json!({ "label": text::DATE, "said": text::day(list.date) }),
            json!({ "label": text::ATTENDEES, "said": list.attendees.len().to_string() }),
        ],
        "to-sign": list.to_sign,
        "attendees": list.attendees.iter().enumerate().map(|(place, one)| json!({
            "number": place + 1,
            "person": user.rich(&one.person),
            "organisation": user.rich(&text::joined(&[&one.organisation, &one.capacity], ", ")),
            "sector": user.rich(&one.sector),
            "mode": user.rich(&one.mode),
            "hours": text::hours(one.arrived, one.left),
        })).collect::<Vec<_>>(),
    });
    compile::set(
        fonts,
        Job {
            form: Form::Pdf,
            template: "attendance.typ",
            data,
            files,
            ident: seal::ident(&list.seal, "attendance"),
            moment: list.seal.moment(),
        },
    )
}
