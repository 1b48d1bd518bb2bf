//! What can be asked of a mesa. A [`Command`] comes from a person's device; a [`Registration`] only from the server, which
//! checked a link, a code or the operator's hand.

use serde::{Deserialize, Serialize};

use crate::conduct::late::Pause;
use crate::deliberation::check::Finding;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::{Assignment, TextField};
use crate::deliberation::item::ItemKind;
use crate::event::AttendanceMode;
use crate::exercise::together::{PlanMove, Standing};
use crate::exercise::{Actor, Logo, LogoPlace, MesaCard, NoticeText, PlanCard};
use crate::people::attendance::Consent;
use crate::people::registry::{Link, Session};
use crate::permission::Phase;
use crate::state::Shown;
use crate::text::patch::Patch;
use crate::text::words::Remark;
use crate::{Digest, ItemId, LinkId, Millis, PersonId, SeatId, Seq, SessionId, ShortText, StreamId};

/// A person's wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Add an item at the end of its list.
    Add {
        /// Its id, made on the device.
        item: ItemId,
        /// Its kind.
        kind: ItemKind,
        /// The item that it is a part of: the commitment of an activity, the problem of a solution or preliminary commitment.
        parent: Option<ItemId>,
    },
    /// Delete an item (it can be restored).
    Remove {
        /// Which.
        item: ItemId,
    },
    /// Bring a deleted item back.
    Restore {
        /// Which.
        item: ItemId,
    },
    /// Give an item another place in its list.
    Move {
        /// Which.
        item: ItemId,
        /// The item before it; none: it becomes the first.
        after: Option<ItemId>,
    },
    /// Change a long text.
    Patch {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// The stream's seq at which the text read as the patch takes it to.
        base: Seq,
        /// How.
        patch: Patch,
    },
    /// Bring back a long text that the server acknowledged and lost ([`recover`](crate::text::recover)).
    Recover {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// What it said when it was acknowledged.
        whole: String,
        /// Fingerprints of the texts that it grew out of.
        ancestors: Vec<u64>,
    },
    /// Set a short field.
    Assign {
        /// Of which item.
        item: ItemId,
        /// The field and its value.
        value: Assignment,
    },
    /// Have the projector show something.
    Show {
        /// What.
        shown: Shown,
    },
    /// Go to another phase.
    ChangePhase {
        /// Which.
        to: Phase,
    },
    /// Open or close the door to people without a link.
    SetDoor {
        /// Whether it is open.
        open: bool,
    },
    /// Contribute something: it says what it says, nobody edits it.
    Contribute {
        /// Its id, made on the device.
        item: ItemId,
        /// What it is about; none: the mesa as a whole.
        target: Option<ItemId>,
        /// What kind it is.
        kind: ContributionKind,
        /// What it says.
        text: Remark,
    },
    /// Hide a contribution from everyone but the facilitation, or show it again.
    Hide {
        /// Which.
        item: ItemId,
        /// Whether it is hidden.
        hidden: bool,
    },
    /// Let a finding of the checks pass.
    OverrideCheck {
        /// Which, exactly as the checks give it now.
        finding: Finding,
        /// Why; it appears in the minutes.
        reason: Remark,
    },
    /// Let it not pass any more.
    WithdrawOverride {
        /// Which.
        finding: Finding,
    },
    /// Note that someone who came left, or is back.
    NoteAttendance {
        /// Who.
        person: PersonId,
        /// Whether they are there.
        there: bool,
    },
    /// Ask whoever holds something that came late to send it again.
    AskLate,
    /// Wait no longer for something that came late: its author gave it up, or the facilitation knows enough.
    SettleLate {
        /// Which.
        print: u64,
    },
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Add { item, .. }
            | Self::Remove { item }
            | Self::Restore { item }
            | Self::Move { item, .. }
            | Self::Patch { item, .. }
            | Self::Recover { item, .. }
            | Self::Assign { item, .. }
            | Self::Hide { item, .. } => Some(*item),
            Self::Contribute { target, .. } => *target,
            Self::OverrideCheck { finding, .. } | Self::WithdrawOverride { finding } => finding.item().copied(),
            Self::Show { .. }
            | Self::ChangePhase { .. }
            | Self::SetDoor { .. }
            | Self::NoteAttendance { .. }
            | Self::AskLate
            | Self::SettleLate { .. } => None,
        }
    }
}

/// A device that is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// The new session's id.
    pub session: SessionId,
    /// The new session.
    pub opened: Session,
    /// Digest of the person's record, when the person is new.
    pub enrols: Option<Digest>,
    /// For which organisation.
    pub organisation: ShortText,
    /// How they attend.
    pub mode: AttendanceMode,
    /// What they allow.
    pub consent: Consent,
    /// Whether they came by the code on the wall and not by a link.
    pub by_code: bool,
    /// When, by the server's clock.
    pub at: Millis,
}

/// What the server itself enters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Begin a plan's stream.
    OpenPlan(Box<PlanCard>),
    /// Note that a mesa feeds the plan.
    GatherMesa(StreamId),
    /// Begin a mesa's stream.
    OpenMesa(Box<MesaCard>),
    /// Give an organisation its seats.
    SeatActor(Box<Actor>),
    /// Set the code that lets participants in.
    SetJoinCode(ShortText),
    /// Give out a link.
    IssueLink {
        /// Its id.
        link: LinkId,
        /// What it is.
        issued: Link,
    },
    /// Let a device in: with a link's grant, or as participant while the door is open.
    SignIn(Box<SignIn>),
    /// Sign a device out; who has no other one leaves with it.
    SignOut {
        /// The session.
        session: SessionId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Take what someone says of their own attendance.
    Declare {
        /// Who.
        person: PersonId,
        /// How they attend.
        mode: AttendanceMode,
        /// What they allow.
        consent: Consent,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Publish the exercise's privacy notice, in a plan's stream; the same texts as those of the last version change nothing.
    PublishNotice {
        /// What the door says.
        short: NoticeText,
        /// All of it.
        full: NoticeText,
    },
    /// Give a logo its place, in a plan's stream, or take away what is there.
    SetLogo {
        /// Which place, up to [`LOGO_PLACES`](crate::exercise::LOGO_PLACES).
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// Note in a plan's stream how one of its mesas stands.
    NoteStanding {
        /// How it stands.
        standing: Box<Standing>,
        /// At which place of its own stream.
        seq: Seq,
    },
    /// Have a plan take a move that someone made at one of its mesas.
    TakeMove {
        /// At which mesa.
        mesa: StreamId,
        /// Which of that mesa's moves it is, from 1.
        number: u32,
        /// Where to.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
        /// Who made it, as far as the mesa's log says.
        by: Option<PersonId>,
    },
    /// Tell a mesa what its plan's stream says.
    Follow {
        /// The other mesas by number.
        siblings: Vec<Standing>,
        /// At which place of the plan's stream.
        seq: Seq,
        /// The plan's last move.
        last: Option<PlanMove>,
        /// How many of this mesa's own moves the plan has taken.
        taken: u32,
    },
    /// Note in a mesa's stream that the server did nothing for a while.
    NotePause(Pause),
}

impl Registration {
    /// Who the registration is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::SignIn(sign_in) => Some(sign_in.opened.person),
            Self::Declare { person, .. } => Some(*person),
            Self::TakeMove { by, .. } => *by,
            Self::OpenPlan(_)
            | Self::GatherMesa(_)
            | Self::OpenMesa(_)
            | Self::SeatActor(_)
            | Self::SetJoinCode(_)
            | Self::IssueLink { .. }
            | Self::SignOut { .. }
            | Self::PublishNotice { .. }
            | Self::SetLogo { .. }
            | Self::NoteStanding { .. }
            | Self::Follow { .. }
            | Self::NotePause(_) => None,
        }
    }

    /// In which seat.
    pub fn seat(&self) -> Option<SeatId> {
        if let Self::SignIn(sign_in) = self { sign_in.opened.grant.seat } else { None }
    }
}
