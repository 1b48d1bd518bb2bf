//! What happened: the facts that the log keeps for ever. A new meaning gets a new name or a new version, never a changed one.

use serde::{Deserialize, Serialize};

use crate::conduct::late::{Late, Pause};
use crate::deliberation::check::Finding;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::{Assignment, TextField};
use crate::deliberation::item::ItemKind;
use crate::exercise::together::{PlanMove, Standing};
use crate::exercise::{Actor, Logo, LogoPlace, MesaCard, NoticeVersion, PlanCard, PrivacyNotice};
use crate::people::registry::{Link, Session};
use crate::permission::Phase;
use crate::state::Shown;
use crate::text::patch::Patch;
use crate::text::words::Remark;
use crate::{ActorNumber, Alias, Digest, ItemId, LinkId, Millis, PersonId, SeatId, Seq, SessionId, ShortText, StreamId};

/// How a person attends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttendanceMode {
    /// En sala.
    InRoom,
    /// A distancia.
    Remote,
    /// Con ayuda de otra persona.
    Assisted,
}

/// An event of this stream whose payload was replaced by filler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Its place.
    pub seq: Seq,
    /// Digest of what stands there now, in the place of the content that the chain was made over.
    pub content: Digest,
}

/// Version of the events written now. From the first release on, older ones are upcast when read.
pub const EVENT_VERSION: u16 = 1;

/// A fact. `I` is how an existing item is named: by id in the log, by alias in frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event<I = ItemId> {
    /// A plan's stream begins.
    PlanOpened(Box<PlanCard>),
    /// A mesa feeds the plan.
    MesaGathered {
        /// Its stream.
        mesa: StreamId,
    },
    /// A mesa's stream begins.
    MesaOpened(Box<MesaCard>),
    /// An organisation has its seats.
    ActorSeated(Box<Actor>),
    /// The code that lets participants in.
    JoinCodeSet {
        /// The code.
        code: ShortText,
    },
    /// A link was given out.
    LinkIssued {
        /// Its id.
        link: LinkId,
        /// What it is.
        issued: Link,
    },
    /// A person's record was taken.
    PersonEnrolled {
        /// Who.
        person: PersonId,
        /// Digest of the record.
        record: Digest,
    },
    /// A device signed in.
    SessionOpened {
        /// The session.
        session: SessionId,
        /// What it is.
        opened: Session,
    },
    /// A device signed out.
    SessionClosed {
        /// The session.
        session: SessionId,
    },
    /// A person came, for the first time or again, or attends otherwise than before.
    Arrived {
        /// Who.
        person: PersonId,
        /// For which organisation, in their own words.
        organisation: ShortText,
        /// In which seat.
        seat: Option<SeatId>,
        /// How, from now on.
        mode: AttendanceMode,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person left.
    Left {
        /// Who.
        person: PersonId,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person accepted the exercise's privacy notice.
    NoticeAccepted {
        /// Who.
        person: PersonId,
        /// Which version of it.
        version: NoticeVersion,
        /// When, by the server's clock.
        at: Millis,
    },
    /// A person allowed that their name is published, or not any more.
    NamePublicSet {
        /// Who.
        person: PersonId,
        /// Whether it may be.
        public: bool,
    },
    /// In a plan's stream: the exercise has another privacy notice.
    NoticePublished(Box<PrivacyNotice>),
    /// In a plan's stream: a logo has another place, or none any more.
    LogoSet {
        /// Which place.
        place: LogoPlace,
        /// The logo.
        logo: Option<Box<Logo>>,
    },
    /// The door was opened or closed to people without a link.
    DoorSet {
        /// Whether it is open.
        open: bool,
    },
    /// The mesa is in another phase.
    PhaseChanged {
        /// The new one.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The projector shows something else.
    ShownChanged {
        /// What.
        shown: Shown<I>,
    },
    /// There is a new item, after another one of its list or at the end.
    ItemAdded {
        /// Its id.
        item: ItemId,
        /// Its number in frames.
        alias: Alias,
        /// Its kind.
        kind: ItemKind,
        /// The item that it is a part of.
        parent: Option<I>,
        /// Who added it; unknown to the public.
        author: Option<PersonId>,
    },
    /// An item was deleted; it can be restored.
    ItemRemoved {
        /// Which.
        item: I,
    },
    /// A deleted item is back.
    ItemRestored {
        /// Which.
        item: I,
    },
    /// An item has another place in its list.
    ItemMoved {
        /// Which.
        item: I,
        /// The item before it; none: it is the first.
        after: Option<I>,
    },
    /// A long text changed.
    TextPatched {
        /// Of which item.
        item: I,
        /// Which text.
        field: TextField,
        /// How.
        patch: Patch,
    },
    /// A short field has another value.
    Assigned {
        /// Of which item.
        item: I,
        /// The field and its value.
        value: Assignment<I>,
    },
    /// Someone contributed something.
    Contributed {
        /// Its id.
        item: ItemId,
        /// Its number in frames.
        alias: Alias,
        /// What it is about; none: the mesa as a whole.
        target: Option<I>,
        /// What kind it is.
        kind: ContributionKind,
        /// What it says.
        text: Remark,
        /// The actor in whose seat its author speaks.
        actor: Option<ActorNumber>,
        /// Who made it; unknown to the public.
        author: Option<PersonId>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The facilitation hid a contribution, or shows it again.
    HiddenSet {
        /// Which.
        item: I,
        /// Whether it is hidden.
        hidden: bool,
    },
    /// The facilitator let a finding of the checks pass.
    CheckOverridden {
        /// Which.
        finding: Finding<I>,
        /// Why.
        reason: Remark,
        /// When, by the server's clock.
        at: Millis,
    },
    /// It doesn't pass any more.
    OverrideWithdrawn {
        /// Which.
        finding: Finding<I>,
    },
    /// Something was taken out of the record for good.
    Redacted {
        /// Out of which events.
        events: Vec<Redaction>,
    },
    /// In a plan's stream: a mesa stands otherwise than the plan knew (section 4: the plan gathers the mesas of its exercise).
    MesaStood {
        /// How it stands.
        standing: Box<Standing>,
        /// At which place of its own stream.
        seq: Seq,
    },
    /// In a plan's stream: someone who leads one of its mesas took the plan to another phase (section 4: read-out, conformity,
    /// signing and follow-up belong to the plan), or back to agreements.
    PlanMoved {
        /// At which mesa.
        mesa: StreamId,
        /// Which of that mesa's moves it is, from 1.
        number: u32,
        /// Where to: agreements or later.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
    },
    /// In a mesa's stream: what the plan's stream says of the other mesas, and where the mesa follows it to (section 2, fact 1).
    PlanStood {
        /// The other mesas by number.
        siblings: Vec<Standing>,
        /// At which place of the plan's stream.
        seq: Seq,
        /// The plan's move that the mesa follows.
        followed: Option<PlanMove>,
    },
    /// Something was refused because its phase had closed by the time it came.
    CameLate(Late<I>),
    /// Whoever holds something that came late is asked to send it again.
    LateAsked,
    /// What came late is taken by now, or nobody waits for it any more.
    LateSettled {
        /// Which.
        print: u64,
    },
    /// The server did nothing for a while.
    StoodStill(Pause),
}

impl<I> Event<I> {
    /// Name under which the log keeps it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PlanOpened(_) => "plan_opened",
            Self::MesaGathered { .. } => "mesa_gathered",
            Self::MesaOpened(_) => "mesa_opened",
            Self::ActorSeated(_) => "actor_seated",
            Self::JoinCodeSet { .. } => "join_code_set",
            Self::LinkIssued { .. } => "link_issued",
            Self::PersonEnrolled { .. } => "person_enrolled",
            Self::SessionOpened { .. } => "session_opened",
            Self::SessionClosed { .. } => "session_closed",
            Self::Arrived { .. } => "arrived",
            Self::Left { .. } => "left",
            Self::NoticeAccepted { .. } => "notice_accepted",
            Self::NamePublicSet { .. } => "name_public_set",
            Self::NoticePublished(_) => "notice_published",
            Self::LogoSet { .. } => "logo_set",
            Self::DoorSet { .. } => "door_set",
            Self::PhaseChanged { .. } => "phase_changed",
            Self::ShownChanged { .. } => "shown_changed",
            Self::ItemAdded { .. } => "item_added",
            Self::ItemRemoved { .. } => "item_removed",
            Self::ItemRestored { .. } => "item_restored",
            Self::ItemMoved { .. } => "item_moved",
            Self::TextPatched { .. } => "text_patched",
            Self::Assigned { .. } => "assigned",
            Self::Contributed { .. } => "contributed",
            Self::HiddenSet { .. } => "hidden_set",
            Self::CheckOverridden { .. } => "check_overridden",
            Self::OverrideWithdrawn { .. } => "override_withdrawn",
            Self::Redacted { .. } => "redacted",
            Self::MesaStood { .. } => "mesa_stood",
            Self::PlanMoved { .. } => "plan_moved",
            Self::PlanStood { .. } => "plan_stood",
            Self::CameLate(_) => "came_late",
            Self::LateAsked => "late_asked",
            Self::LateSettled { .. } => "late_settled",
            Self::StoodStill(_) => "stood_still",
        }
    }

    /// The same with the items it names renamed.
    ///
    /// # Errors
    /// What `rename` gives for an item it doesn't know.
    pub fn try_map<J, E>(self, rename: &mut impl FnMut(I) -> Result<J, E>) -> Result<Event<J>, E> {
        Ok(match self {
            Self::PlanOpened(card) => Event::PlanOpened(card),
            Self::MesaGathered { mesa } => Event::MesaGathered { mesa },
            Self::MesaOpened(card) => Event::MesaOpened(card),
            Self::ActorSeated(actor) => Event::ActorSeated(actor),
            Self::JoinCodeSet { code } => Event::JoinCodeSet { code },
            Self::LinkIssued { link, issued } => Event::LinkIssued { link, issued },
            Self::PersonEnrolled { person, record } => Event::PersonEnrolled { person, record },
            Self::SessionOpened { session, opened } => Event::SessionOpened { session, opened },
            Self::SessionClosed { session } => Event::SessionClosed { session },
            Self::Arrived { person, organisation, seat, mode, at } => Event::Arrived { person, organisation, seat, mode, at },
            Self::Left { person, at } => Event::Left { person, at },
            Self::NoticeAccepted { person, version, at } => Event::NoticeAccepted { person, version, at },
            Self::NamePublicSet { person, public } => Event::NamePublicSet { person, public },
            Self::NoticePublished(notice) => Event::NoticePublished(notice),
            Self::LogoSet { place, logo } => Event::LogoSet { place, logo },
            Self::DoorSet { open } => Event::DoorSet { open },
            Self::PhaseChanged { to, at } => Event::PhaseChanged { to, at },
            Self::ShownChanged { shown } => Event::ShownChanged {
                shown: match shown {
                    Shown::Agreement => Shown::Agreement,
                    Shown::Blank => Shown::Blank,
                    Shown::Item(item) => Shown::Item(rename(item)?),
                },
            },
            Self::ItemAdded { item, alias, kind, parent, author } => {
                Event::ItemAdded { item, alias, kind, parent: parent.map(&mut *rename).transpose()?, author }
            }
            Self::ItemRemoved { item } => Event::ItemRemoved { item: rename(item)? },
            Self::ItemRestored { item } => Event::ItemRestored { item: rename(item)? },
            Self::ItemMoved { item, after } => Event::ItemMoved { item: rename(item)?, after: after.map(&mut *rename).transpose()? },
            Self::TextPatched { item, field, patch } => Event::TextPatched { item: rename(item)?, field, patch },
            Self::Assigned { item, value } => Event::Assigned { item: rename(item)?, value: value.try_map(&mut *rename)? },
            Self::Contributed { item, alias, target, kind, text, actor, author, at } => {
                let target = target.map(&mut *rename).transpose()?;
                Event::Contributed { item, alias, target, kind, text, actor, author, at }
            }
            Self::HiddenSet { item, hidden } => Event::HiddenSet { item: rename(item)?, hidden },
            Self::CheckOverridden { finding, reason, at } => Event::CheckOverridden { finding: finding.try_map(&mut *rename)?, reason, at },
            Self::OverrideWithdrawn { finding } => Event::OverrideWithdrawn { finding: finding.try_map(&mut *rename)? },
            Self::Redacted { events } => Event::Redacted { events },
            Self::MesaStood { standing, seq } => Event::MesaStood { standing, seq },
            Self::PlanMoved { mesa, number, to, at } => Event::PlanMoved { mesa, number, to, at },
            Self::PlanStood { siblings, seq, followed } => Event::PlanStood { siblings, seq, followed },
            Self::CameLate(Late { print, person, part, at, asked }) => {
                Event::CameLate(Late { print, person, part: part.try_map(rename)?, at, asked })
            }
            Self::LateAsked => Event::LateAsked,
            Self::LateSettled { print } => Event::LateSettled { print },
            Self::StoodStill(pause) => Event::StoodStill(pause),
        })
    }
}
