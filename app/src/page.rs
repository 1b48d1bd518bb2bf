//! What the server knows when it renders a page, carried along in the page so that the browser starts from the very same
//! data: both draw the same thing, and the first connection only asks for what came since.

use std::sync::Arc;

use domain::exercise::{LogoPlace, NoticeVersion, PrivacyNotice};
use domain::people::attendance::AttendanceMode;
use domain::{Date, DeviceId, ItemKind, MesaId, Millis, PersonId, Rejection, Role, SeatId, Seq, StreamId, TextField};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use serde::{Deserialize, Serialize};
use sync::wire::Snapshot;

use crate::pages::address::Screen;

/// Everything a page is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageData {
    /// The server's clock when the page was made, ms since the epoch.
    pub now: Millis,
    /// The clock of the place; none when the page is about no mesa, or its zone isn't known.
    pub zone: Option<Zone>,
    /// The logos of the exercise that the page is about. The server draws them beside what the program draws.
    #[serde(skip)]
    pub logos: Vec<LogoLink>,
    /// What is on the page.
    pub content: Content,
}

/// What is on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A mesa as someone at the table sees it: phone screens and the facilitator's desk.
    Table {
        /// The mesa.
        mesa: MesaId,
        /// Who looks.
        me: Member,
        /// The screen that was asked for.
        screen: Screen,
        /// The mesa as their audience may see it.
        snapshot: Box<Snapshot>,
    },
    /// The projector.
    Projector {
        /// The mesa.
        mesa: MesaId,
        /// The mesa as the public may see it.
        snapshot: Box<Snapshot>,
        /// How phones come in.
        invitation: Invitation,
    },
    /// The public page.
    Public {
        /// The mesa.
        mesa: MesaId,
        /// The mesa as the public may see it.
        snapshot: Box<Snapshot>,
    },
    /// The start: the mesas of this server, with links to their public pages, and a field for the code. It and what follows are
    /// read, or sent as forms, and run no program: only the server knows of them.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Home {
        /// The mesas.
        mesas: Vec<MesaLink>,
        /// Whether a code was tried that isn't one.
        unknown_code: bool,
    },
    /// The door: name and organisation, then inside.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Door(Door),
    /// What someone says of their own attendance.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Attendance(OwnAttendance),
    /// How a text changed.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    History(TextHistory),
    /// The whole privacy notice.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Privacy {
        /// The mesa from which it is read.
        mesa: MesaLink,
        /// The exercise's notice; none: it has none.
        notice: Option<Arc<PrivacyNotice>>,
    },
    /// Something that can't be shown, in a sentence.
    #[cfg(feature = "ssr")]
    #[serde(skip)]
    Notice(Notice),
}

/// A logo on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoLink {
    /// The exercise.
    pub exercise: StreamId,
    /// Its place.
    pub place: LogoPlace,
    /// What is read instead of it.
    pub name: String,
}

/// What a zone's clock says, for the time that a page stays open. Devices know no zones but their own, which may be set wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// How far it is ahead of UTC, in seconds.
    pub ahead: i32,
    /// When that changes next, ms since the epoch, and how far it is ahead then.
    pub change: Option<(Millis, i32)>,
}

impl Zone {
    /// Hour and minute of the day at a moment.
    pub fn time_of_day(self, at: Millis) -> (u8, u8) {
        let ahead = match self.change {
            Some((from, ahead)) if at >= from => ahead,
            Some(_) | None => self.ahead,
        };
        let minutes = at.saturating_add(Millis::from(ahead) * 1_000).div_euclid(60_000).rem_euclid(24 * 60);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day has 1 440 minutes")]
        let (hour, minute) = ((minutes / 60) as u8, (minutes % 60) as u8);
        (hour, minute)
    }
}

/// A mesa in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaLink {
    /// Which it is.
    pub mesa: MesaId,
    /// Its theme.
    pub theme: String,
    /// The exercise's name.
    pub exercise: String,
}

/// The page that lets someone in. Its form is plain HTML: it posts `nombre`, `organizacion` and what [`Choices`] says to the page's
/// own address, and in `visto` what the page said that they would be called: as long as that is another name, the page is shown
/// once more, with what they will be called. With `mirar` besides, it is only asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Door {
    /// The mesa's number and theme, the exercise's name.
    pub mesa: MesaLink,
    /// What the link grants; participants come by the code on the wall.
    pub role: Role,
    /// The organisation whose seat it is; none: the person says theirs.
    pub organisation: Option<String>,
    /// The name and organisation of who came to another mesa of the exercise on this device: they aren't asked again.
    pub known: Option<(String, String)>,
    /// What was typed before it was refused.
    pub typed_name: String,
    /// What was typed before it was refused.
    pub typed_organisation: String,
    /// What they would be called at the table; none: they haven't said who they are.
    pub called: Option<String>,
    /// Whether they wanted in before the page said so.
    pub confirms: bool,
    /// How they attend and what they allow.
    pub choices: Choices,
    /// What was wrong with it.
    pub problem: Option<DoorProblem>,
}

/// How someone attends and what they allow, as a form asks it: `modo` is `sala`, `distancia` or `ayuda`, `publico` is there when
/// the name may be published, `aviso` is the version of the notice that the form showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The ways of attending that this mesa has.
    pub modes: Vec<AttendanceMode>,
    /// The chosen one.
    pub mode: AttendanceMode,
    /// Whether the name may be published.
    pub name_public: bool,
    /// The exercise's notice.
    pub notice: Option<Arc<PrivacyNotice>>,
}

/// The page on which someone changes what they said of their own attendance. Its form posts what [`Choices`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAttendance {
    /// The mesa.
    pub mesa: MesaLink,
    /// Their name.
    pub name: String,
    /// Their organisation; empty: they came on their own.
    pub organisation: String,
    /// What they said.
    pub choices: Choices,
    /// The notice that they accepted last.
    pub accepted: Option<NoticeVersion>,
    /// Whether it was just saved.
    pub saved: bool,
}

/// How a text changed, newest first. Its forms post `seq`, the place of the version whose text is to stand there again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHistory {
    /// The mesa.
    pub mesa: MesaLink,
    /// The item's kind.
    pub kind: ItemKind,
    /// Its title now.
    pub title: String,
    /// The text.
    pub field: TextField,
    /// The address of the sheet that it stands on.
    pub sheet: String,
    /// What people wrote in one go, each.
    pub versions: Vec<TextVersion>,
    /// Whether the first of them is what stands there now.
    pub from_now: bool,
    /// Before which place older ones are; none: there are none.
    pub older: Option<Seq>,
    /// Why the text that was asked for doesn't stand there again.
    pub problem: Option<Rejection>,
}

/// What someone made of a text in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    /// Place of its last change in the stream.
    pub seq: Seq,
    /// When that was: day, hour and minute by the exercise's clock.
    pub at: Option<(Date, (u8, u8))>,
    /// Who wrote it, where they allow it: their whole name.
    pub name: Option<String>,
    /// For whom it was written.
    pub by: TextAuthor,
    /// The text, with what was put in and what was taken out of it.
    pub pieces: Vec<(PieceKind, String)>,
}

/// For whom something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextAuthor {
    /// An actor, by the name of their organisation.
    Organisation(String),
    /// Nobody's seat: the role of who wrote it.
    Role(Role),
    /// Nobody at the mesa: it came with it.
    Prepared,
    /// Nobody at the mesa: something was taken out of the record.
    Redacted,
}

/// What became of a piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// It was there before.
    Kept,
    /// It was put in.
    Inserted,
    /// It was taken out.
    Deleted,
}

/// Why someone isn't let in yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorProblem {
    /// No name, or nothing but spaces.
    NameMissing,
    /// A text is too long or has characters that can't be shown.
    NotPlain,
    /// The facilitator closed the door.
    Closed,
}

/// A page that has only a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No such address.
    NotFound,
    /// The link isn't one, or no longer.
    UnknownLink,
    /// Only who was let in may see it.
    SignInFirst,
    /// Only the facilitation may see it.
    NotForYou,
    /// The server failed; the number finds it in the log.
    Failed {
        /// The number.
        incident: u64,
    },
}

/// Someone who was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// Their name, as they wrote it.
    pub name: String,
    /// Their role at the mesa that is shown.
    pub role: Role,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// This device's outbox.
    pub device: DeviceId,
}

/// How phones come in, for the projector's footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The address to open.
    pub url: String,
    /// The code, as people read it aloud.
    pub code: String,
    /// The address as a QR, an SVG made by the server.
    pub qr_svg: String,
}

/// What an attribute's value can't hold as it is. Its texts stay readable, which is what compresses well.
const META: &AsciiSet = &CONTROLS.add(b'%').add(b'"').add(b'&').add(b'<').add(b'>');

/// Name of the `<meta>` that carries the data.
pub const META_NAME: &str = "mesa-page";

impl PageData {
    /// Whether the page runs the program; the others are only read, or sent as a form.
    pub fn is_live(&self) -> bool {
        match &self.content {
            Content::Table { .. } | Content::Projector { .. } | Content::Public { .. } => true,
            #[cfg(feature = "ssr")]
            _ => false,
        }
    }

    /// For the page's `<meta>`.
    pub fn to_meta(&self) -> String {
        percent_encode(&sync::wire::encode(self), META).to_string()
    }

    /// From the page's `<meta>`; none when the page was made by another version.
    pub fn from_meta(content: &str) -> Option<Self> {
        let bytes: Vec<u8> = percent_decode_str(content).collect();
        sync::wire::decode(&bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_follows_its_zone_through_a_change() {
        // Tijuana, 14 March 2027: at 02:00, which is 10:00 UTC, the clock goes to 03:00.
        let change = 1_805_018_400_000;
        let zone = Zone { ahead: -8 * 3600, change: Some((change, -7 * 3600)) };
        assert_eq!(zone.time_of_day(change - 3 * 3_600_000), (23, 0));
        assert_eq!(zone.time_of_day(change - 1), (1, 59));
        assert_eq!(zone.time_of_day(change), (3, 0));
        // Before the epoch, and without a change.
        assert_eq!(Zone { ahead: 0, change: None }.time_of_day(-60_000), (23, 59));
    }
}
