//! A mesa for tests, and random histories of it.

#![allow(dead_code, reason = "each test uses its part")]

use domain::{conduct, deliberation, exercise, people};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use domain::ServerCommand;
use domain::agreement::follow::{Canonical, commitments, phase_change};
use domain::conduct::coming_late::{came_late, settled_by};
use domain::decide::{decide, decide_server};
use domain::deliberation::choice::{Category, Component, Feasibility, Origin, Party, ProblemState};
use domain::deliberation::item::Item;
use domain::exercise::sections::Passage;
use domain::exercise::{
    AgendaItem, Axis, DecisionRule, MeetingMode, Quota, SeatKind, Sections, Sector, SectorName,
};
use domain::judge::Context;
use domain::pack::{self, By, Entry, FileKind, NoticeRule, Receipt};
use domain::people::SignIn;
use domain::people::attendance::AttendanceMode;
use domain::people::attendance::Consent;
use domain::people::registry::{Grant, Link, Session};
use domain::{
    Actor, ActorId, ActorNumber, Assignment, Command, CommandId, ContributionKind, Date, DeviceId,
    Digest, Event, Exercise, ExerciseCard, ItemId, ItemKind, LinkId, Mesa, MesaCard, MesaNumber,
    Patch, Pause, PauseKind, PersonId, Phase, Projected, Rejection, Remark, Response,
    ResponseStatus, Role, Seat, SeatId, SessionId, ShortText, Shown, SolutionState, TextField,
    Viewer, deliberation::check,
};
use proptest::prelude::*;
use uuid::Uuid;

mod agreeing;
mod floor;
mod priority;
mod veil;
mod wall;

#[allow(unused_imports, reason = "each test uses its part")]
pub use floor::CALLED;
#[allow(unused_imports, reason = "each test uses its part")]
pub use veil::VEILED;
#[allow(unused_imports, reason = "each test uses its part")]
pub use wall::{NOTED, PAUSED_FOR};

pub fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

pub fn remark(text: &str) -> Remark {
    Remark::parse(text).unwrap()
}

pub fn day(year: i32, month: u8, day: u8) -> Date {
    // January is the month of the first day there is.
    Date::from_calendar_date(year, Date::MIN.month().nth_next(month - 1), day).unwrap()
}

pub fn item(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(0xA000 + number))
}

/// The actors in tests: a person for each role, in the role's place; the actors' seats belong to
/// actor 1.
pub fn person(role: Role) -> PersonId {
    let place = Role::ALL.iter().position(|other| *other == role).unwrap();
    PersonId(Uuid::from_u128(0xB000 + place as u128))
}

/// What the sections of the plan's document say in histories: no device gets them.
pub const IN_THE_DOCUMENT: &str = "CONTEXTO DEL DOCUMENTO";

/// What a file of the information pack is called, and an option of a consultation, in histories: no device gets it.
pub const IN_THE_PACK: &str = "EXPEDIENTE";

pub const SEAT: SeatId = SeatId(Uuid::from_u128(0xC001));
pub const OTHER_SEAT: SeatId = SeatId(Uuid::from_u128(0xC002));

pub fn seat(role: Role) -> Option<SeatId> {
    (role == Role::Actor).then_some(SEAT)
}

/// Secrets of the registry, which may not be in anything that is sent.
pub const TOKEN: Digest = Digest([0xE5; 32]);
pub const CODE: &str = "CLAVE-SECRETA";

/// Those that tests use.
pub fn sectors() -> Vec<SectorName> {
    let named = |(sector, name)| SectorName { sector, name: short(name) };
    [(Sector::Academia, "Academia"), (Sector::PublicInstitution, "Institución pública")]
        .map(named)
        .to_vec()
}

pub fn exercise() -> ExerciseCard {
    ExerciseCard {
        name: short("Gobierno Abierto Sierra Clara 2026"),
        state: short("Sierra Clara"),
        municipality: short("Valle Hondo"),
        guarantor: short("Órgano garante"),
        reference_plan: short("Plan nacional"),
        axes: vec![Axis { number: 4, name: short("Acceso a agua potable") }],
        quota: vec![
            Quota { category: Category::FollowTheMoney, minimum: 1 },
            Quota { category: Category::LocalProblem, minimum: 2 },
        ],
        sectors: sectors(),
        starts: day(2026, 10, 1),
        ends: day(2028, 9, 30),
        decision_rule: DecisionRule::Consensus,
        quorum: 2,
        secret_conformity: false,
        time_zone: short("America/Mexico_City"),
        language: short("español"),
        sample: false,
        notice: None,
    }
}

pub fn card() -> MesaCard {
    MesaCard {
        theme: short("Servicios"),
        venue: short("Casa de la cultura"),
        mode: MeetingMode::Hybrid,
        starts_at: 0,
        ends_at: 9_000_000,
        agenda: vec![AgendaItem {
            phase: Phase::Analysis,
            title: short("Diagnóstico"),
            minutes: 40,
        }],
    }
}

/// The mesa under test.
pub const HERE: MesaNumber = MesaNumber(1);
/// Another mesa of its exercise.
pub const OTHER: MesaNumber = MesaNumber(2);

/// An exercise, read as its first mesa: an empty one until that is opened.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct AtMesa(pub Exercise);

impl std::ops::Deref for AtMesa {
    type Target = Mesa;

    fn deref(&self) -> &Mesa {
        static NONE: LazyLock<Mesa> = LazyLock::new(Mesa::default);
        self.0.mesa(HERE).map_or(&NONE, AsRef::as_ref)
    }
}

impl std::ops::DerefMut for AtMesa {
    fn deref_mut(&mut self) -> &mut Mesa {
        Arc::make_mut(self.0.mesas.get_mut(&HERE).unwrap())
    }
}

impl AtMesa {
    pub fn apply(&mut self, event: &Event) {
        self.0.apply(event);
    }

    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.0.item(id)
    }

    pub fn for_viewer(&self, viewer: Viewer) -> Self {
        Self(self.0.for_viewer(viewer))
    }

    pub fn apply_projected(&mut self, projected: &Projected) {
        self.0.apply_projected(projected);
    }
}

/// The mesa before anybody came: two organisations, each with a seat; the first is a university,
/// the second a public institution.
pub fn events_before() -> Vec<Event> {
    let actor = |number: u16, seat, sector| {
        Event::Exercise(exercise::Event::ActorDescribed(Box::new(Actor {
            id: ActorId(Uuid::from_u128(0xD000 + u128::from(number))),
            number: ActorNumber(number),
            organisation: short("Universidad Estatal"),
            sector,
            signs: true,
            seats: vec![Seat { id: seat, kind: SeatKind::Holder }],
            acting: None,
            withdrawn: false,
        })))
    };
    vec![
        Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(self::exercise()))),
        Event::Exercise(exercise::Event::MesaDescribed { mesa: HERE, card: Box::new(card()) }),
        actor(1, SEAT, Sector::Academia),
        actor(2, OTHER_SEAT, Sector::PublicInstitution),
    ]
}

pub fn mesa(phase: Phase) -> AtMesa {
    let mut state = AtMesa::default();
    for event in events_before()
        .iter()
        .chain([&Event::Conduct(HERE, conduct::Event::PhaseChanged { to: phase, at: 0 })])
    {
        state.apply(event);
    }
    state
}

/// A text that changes with the plan's words, in the place of the canonical one.
pub fn canonical(exercise: &Exercise, number: u16, at: i64) -> Canonical {
    let digest = |value: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        value(&mut hasher);
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&hasher.finish().to_be_bytes());
        Digest(digest)
    };
    let texts = |id: ItemId| {
        let parts = exercise.mesa_of(id).into_iter().flat_map(move |mesa| {
            let activities = mesa.visible(ItemKind::Activity, Some(id));
            mesa.item(id).into_iter().chain(activities).collect::<Vec<_>>()
        });
        let words = |item: &Item| {
            item.texts
                .iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|text| format!("{text:?}"))
                .collect::<String>()
        };
        parts.map(|item| format!("{} {:?}", words(item), item.details)).collect::<String>()
    };
    let each: Vec<_> =
        commitments(exercise).map(|id| digest(&|hasher| texts(id).hash(hasher))).collect();
    let whole = digest(&|hasher| (&each, number, at).hash(hasher));
    Canonical {
        text: format!("{number}").into(),
        digest: whole,
        commitments: each,
        changes: Vec::new(),
        sections: Vec::new(),
    }
}

/// What follows from the changes of phase among events that led to this state.
pub fn follows(before: &Exercise, after: &Exercise, events: &[Event], now: i64) -> Vec<Event> {
    let changed = events.iter().find_map(|event| match event {
        Event::Conduct(mesa, conduct::Event::PhaseChanged { to, .. }) => Some((*mesa, *to)),
        _ => None,
    });
    let Some((mesa, to)) = changed else { return Vec::new() };
    let from = before.mesa(mesa).unwrap().conduct.phase;
    let follows = phase_change(after, (from, to), now, canonical);
    follows.into_iter().map(Event::Agreement).collect()
}

/// The time of everything in tests, unless otherwise stated.
pub const NOW: i64 = 1_790_000_000_000;

/// Decides and applies a command.
pub fn act(state: &mut AtMesa, role: Role, command: Command) -> Result<Vec<Event>, Rejection> {
    act_in(state, role, seat(role), command)
}

/// The same in another seat.
pub fn act_in(
    state: &mut AtMesa,
    role: Role,
    seat: Option<SeatId>,
    command: Command,
) -> Result<Vec<Event>, Rejection> {
    let context = Context { person: person(role), seat, role, now: NOW, since: &[] };
    let events = decide(&state.0, HERE, &command, &context)?;
    for event in &events {
        state.apply(event);
    }
    Ok(events)
}

pub fn add(
    state: &mut AtMesa,
    role: Role,
    number: u128,
    kind: ItemKind,
    parent: Option<ItemId>,
) -> ItemId {
    act(
        state,
        role,
        Command::Deliberation(deliberation::Command::Add { item: item(number), kind, parent }),
    )
    .unwrap();
    item(number)
}

pub fn assign(
    state: &mut AtMesa,
    role: Role,
    item: ItemId,
    value: Assignment,
) -> Result<Vec<Event>, Rejection> {
    act(state, role, Command::Deliberation(deliberation::Command::Assign { item, value }))
}

pub fn write(
    state: &mut AtMesa,
    role: Role,
    item: ItemId,
    field: TextField,
    patch: Patch,
) -> Result<Vec<Event>, Rejection> {
    act(
        state,
        role,
        Command::Deliberation(deliberation::Command::Patch { item, field, base: 0, patch }),
    )
}

/// Overrides every finding, as a facilitation might, so that the mesa can go to the read-out.
pub fn overrides(state: &Mesa) -> Vec<Command> {
    let open = check::findings(state).into_iter().filter(|found| found.is_open());
    open.map(|found| {
        Command::Conduct(conduct::Command::OverrideCheck {
            finding: found.finding,
            reason: remark("Se acordó así"),
        })
    })
    .collect()
}

/// One step of a random history, as numbers that are interpreted against the state.
#[derive(Clone, Debug)]
pub struct Step {
    role: usize,
    what: u8,
    one: usize,
    other: usize,
    yes: bool,
    text: String,
    seated: bool,
    elsewhere: bool,
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..Role::ALL.len(),
        0..agreeing::KINDS,
        any::<usize>(),
        any::<usize>(),
        any::<bool>(),
        "[a-zñ]{6,9}",
        any::<bool>(),
        prop::bool::weighted(0.25),
    );
    let step = step.prop_map(|(role, what, one, other, yes, text, seated, elsewhere)| Step {
        role,
        what,
        one,
        other,
        yes,
        text,
        seated,
        elsewhere,
    });
    proptest::collection::vec(step, 0..70)
}

impl Step {
    pub fn role(&self) -> Role {
        // The roles that may do most act most.
        match (self.yes, self.is_agreeing()) {
            (true, _) => Role::Facilitator,
            (false, true) => Role::Actor,
            (false, false) => Role::ALL[self.role],
        }
    }

    /// The actor's seat, one or the other.
    pub fn seat(&self) -> Option<SeatId> {
        seat(self.role()).map(|seat| if self.seated { OTHER_SEAT } else { seat })
    }

    /// The mesa where it happens, if it exists.
    fn at(&self, exercise: &Exercise) -> MesaNumber {
        if self.elsewhere && exercise.mesas.contains_key(&OTHER) { OTHER } else { HERE }
    }

    fn pick(
        &self,
        (exercise, state): (&Exercise, &Mesa),
        number: usize,
        kind: Option<ItemKind>,
    ) -> Option<Arc<Item>> {
        let items: Vec<_> = exercise.aliases.iter().filter_map(|id| state.item(*id)).collect();
        let items: Vec<_> =
            items.into_iter().filter(|item| kind.is_none_or(|kind| item.kind() == kind)).collect();
        (!items.is_empty()).then(|| Arc::clone(items[number % items.len()]))
    }

    /// The commands of the step; `number` is its place in the history.
    pub fn commands(&self, exercise: &Exercise, state: &Mesa, number: usize) -> Vec<Command> {
        let mut commands = self.others(exercise, state, number);
        commands.extend(self.floor(state, number));
        commands.extend(self.priority(state));
        commands.extend(self.veil(state, number));
        commands.extend(self.wall(exercise, state, number));
        commands
    }

    fn others(&self, exercise: &Exercise, state: &Mesa, number: usize) -> Vec<Command> {
        let all = self.command(exercise, state, number);
        // Findings are in the way of the read-out until they are overridden.
        let leads_on = matches!(all, Some(Command::Conduct(conduct::Command::ChangePhase { to })) if to > Phase::Agreements);
        if leads_on {
            overrides(state).into_iter().chain(all).collect()
        } else if let Some(Command::People(people::Command::Merge { person, with })) = all
            && self.yes
        {
            // It was a mistake, or not: whichever of the two isn't counted.
            let part = |person| Command::People(people::Command::Part { person });
            all.into_iter().chain([part(person), part(with)]).collect()
        } else {
            all.into_iter().collect()
        }
    }

    fn command(&self, exercise: &Exercise, state: &Mesa, number: usize) -> Option<Command> {
        let fresh = item(number as u128);
        let some = |kind| self.pick((exercise, state), self.one, kind);
        let other = |kind| self.pick((exercise, state), self.other, kind).map(|item| item.id);
        let day = Date::from_julian_day(
            day(2026, 10, 1).to_julian_day() + i32::try_from(self.other % 600).unwrap(),
        )
        .ok()?;
        let party =
            if self.yes { Party::Actor(ActorNumber(1)) } else { Party::Named(short(&self.text)) };
        let assign = |kind, value: Assignment| {
            Some(Command::Deliberation(deliberation::Command::Assign {
                item: some(Some(kind))?.id,
                value,
            }))
        };
        match self.what {
            0 => Some(Command::Deliberation(deliberation::Command::Add {
                item: fresh,
                kind: ItemKind::Problem,
                parent: None,
            })),
            1 => Some(Command::Deliberation(deliberation::Command::Add {
                item: fresh,
                kind: ItemKind::Commitment,
                parent: None,
            })),
            2 | 3 => Some(Command::Deliberation(deliberation::Command::Add {
                item: fresh,
                kind: ItemKind::Activity,
                parent: Some(some(Some(ItemKind::Commitment))?.id),
            })),
            4..=9 => {
                let item = some(None)?;
                let field = *TextField::of(item.kind()).get(self.other % 2)?;
                let length = item.text(field).chars().count();
                let at = self.other % (length + 1);
                let removed = if self.yes { 0 } else { (length - at).min(2) };
                let patch = Patch::splice(
                    u32::try_from(at).ok()?,
                    u32::try_from(removed).ok()?,
                    &self.text,
                );
                Some(Command::Deliberation(deliberation::Command::Patch {
                    item: item.id,
                    field,
                    base: 0,
                    patch,
                }))
            }
            10 => {
                Some(Command::Deliberation(deliberation::Command::Remove { item: some(None)?.id }))
            }
            11 => Some(Command::Deliberation(deliberation::Command::Remove {
                item: some(Some(ItemKind::Contribution)).or_else(|| some(None))?.id,
            })),
            12 | 13 => {
                let removed: Vec<_> = state
                    .deliberation
                    .items
                    .values()
                    .filter(|item| item.removed)
                    .map(|item| item.id)
                    .collect();
                let any = some(None)?.id;
                Some(Command::Deliberation(deliberation::Command::Restore {
                    item: removed.get(self.one % removed.len().max(1)).copied().unwrap_or(any),
                }))
            }
            14 => {
                let item = some(None)?;
                Some(Command::Deliberation(deliberation::Command::Move {
                    item: item.id,
                    after: other(Some(item.kind())).filter(|_| self.yes),
                }))
            }
            15 => Some(Command::Conduct(conduct::Command::Show {
                shown: some(None)
                    .filter(|_| self.yes)
                    .map_or(Shown::Blank, |item| Shown::Item(item.id)),
            })),
            16 => Some(Command::Conduct(conduct::Command::SetDoor { open: self.yes })),
            17 => {
                let to = match self.other % 4 {
                    0 => Phase::ALL[self.one % 9],
                    1 => [Phase::ReadOut, Phase::Conformity, Phase::Signing][self.one % 3],
                    _ => Phase::Agreements,
                };
                Some(Command::Conduct(conduct::Command::ChangePhase { to }))
            }
            18 => assign(
                ItemKind::Problem,
                match self.other % 4 {
                    0 => Assignment::Origin(Some(Origin::ALL[self.one % 7])),
                    1 => Assignment::EvidenceSource(short(&self.text)),
                    2 => Assignment::ProblemState(ProblemState::MergedInto(other(Some(
                        ItemKind::Problem,
                    ))?)),
                    _ => Assignment::ProblemState(ProblemState::Discarded(short(&self.text))),
                },
            ),
            19 => assign(
                ItemKind::Activity,
                match self.other % 4 {
                    0 => Assignment::Lead(party),
                    1 => Assignment::Due(Some(day)),
                    2 => Assignment::ResponsiblePerson(short(&self.text)),
                    _ => Assignment::CoResponsible(short(&self.text)),
                },
            ),
            20 => assign(
                ItemKind::Commitment,
                Assignment::Problem { problem: other(Some(ItemKind::Problem))?, linked: self.yes },
            ),
            21 => assign(
                ItemKind::Commitment,
                if self.yes { Assignment::Starts(Some(day)) } else { Assignment::Ends(Some(day)) },
            ),
            22 => assign(ItemKind::Commitment, Assignment::Counterpart(party)),
            24 | 25 => {
                let kind = if self.other.is_multiple_of(2) {
                    ItemKind::Solution
                } else {
                    ItemKind::DraftCommitment
                };
                Some(Command::Deliberation(deliberation::Command::Add {
                    item: fresh,
                    kind,
                    parent: Some(some(Some(ItemKind::Problem))?.id),
                }))
            }
            26 if self.yes => assign(
                ItemKind::Solution,
                Assignment::SolutionState(SolutionState::ALL[self.other % 3]),
            ),
            26 => assign(ItemKind::Solution, Assignment::ProposedBy(short(&self.text))),
            27 if self.yes => assign(
                ItemKind::DraftCommitment,
                Assignment::Becomes(Some(other(Some(ItemKind::Commitment))?)),
            ),
            27 => assign(
                ItemKind::DraftCommitment,
                Assignment::Origin(Some(Origin::ALL[self.one % 7])),
            ),
            28 | 29 => {
                let (target, text) = (
                    other(None).filter(|_| !self.one.is_multiple_of(3)),
                    remark(&format!("«{}{number}»", self.text)),
                );
                let kind = if state.conduct.phase > Phase::Agreements {
                    ContributionKind::Objection
                } else {
                    ContributionKind::ALL[self.one % 4]
                };
                Some(Command::Deliberation(deliberation::Command::Contribute {
                    item: fresh,
                    target,
                    kind,
                    text,
                }))
            }
            30 => Some(Command::Deliberation(deliberation::Command::Hide {
                item: some(Some(ItemKind::Contribution))?.id,
                hidden: !self.other.is_multiple_of(3),
            })),
            31 => {
                let status = ResponseStatus::ALL[self.other % 4];
                let reason = Some(remark(&format!("‹{}{number}›", self.text)));
                let response =
                    Response { status, reason, change: other(None).filter(|_| self.seated) };
                assign(ItemKind::Contribution, Assignment::Response(response))
            }
            32 if self.other.is_multiple_of(2) && !state.conduct.overrides.is_empty() => {
                Some(Command::Conduct(conduct::Command::WithdrawOverride {
                    finding: state.conduct.overrides[self.one % state.conduct.overrides.len()]
                        .finding,
                }))
            }
            32 => {
                let findings = check::findings(state);
                let finding = findings.get(self.one % findings.len().max(1))?.finding;
                Some(Command::Conduct(conduct::Command::OverrideCheck {
                    finding,
                    reason: remark(&self.text),
                }))
            }
            34 => Some(Command::Conduct(conduct::Command::SettleLate {
                print: state.conduct.late.get(self.one % state.conduct.late.len().max(1))?.print,
            })),
            35 => Some(Command::Conduct(conduct::Command::AskLate)),
            37..=39 => {
                let came: Vec<_> = state.people.attendees.keys().collect();
                let person = **came.get(self.one % came.len().max(1))?;
                // Somebody else, if there is.
                let with = **came.get((self.one + 1 + self.other % 3) % came.len())?;
                Some(Command::People(people::Command::Merge { person, with }))
            }
            33 => Some(Command::People(people::Command::NoteAttendance {
                person: person(Role::ALL[self.one % Role::ALL.len()]),
                there: self.yes,
            })),
            _ if self.is_agreeing() => self.agreeing(exercise),
            _ => assign(
                ItemKind::Commitment,
                match self.other % 5 {
                    0 => Assignment::Category(Some(Category::ALL[self.one % 4])),
                    1 => Assignment::Component {
                        component: Component::ALL[self.one % 4],
                        present: self.yes,
                    },
                    2 => Assignment::Feasibility(Feasibility::ConfirmedBy(short(&self.text))),
                    3 => Assignment::IndicatorUnit(short(&self.text)),
                    _ => Assignment::Axis(self.yes.then_some(4)),
                },
            ),
        }
    }

    fn consent(&self) -> Consent {
        Consent {
            notice: u16::try_from(self.other % 3).ok().filter(|version| *version > 0),
            name_public: self.yes,
        }
    }

    /// The server's own command at this step: links, people, sessions.
    pub fn server_command(&self, exercise: &Exercise, number: usize) -> Option<ServerCommand> {
        let mesa = self.at(exercise);
        let id = Uuid::from_u128(0xF000 + number as u128);
        let grant = Grant { role: self.role(), seat: seat(self.role()), mesa: None };
        let at = NOW + number as i64;
        match self.one % 18 {
            0 => {
                Some(ServerCommand::Conduct(mesa, conduct::ServerCommand::SetJoinCode(short(CODE))))
            }
            1 => Some(ServerCommand::People(people::ServerCommand::IssueLink {
                link: LinkId(id),
                issued: Link {
                    token: TOKEN,
                    code: Some(TOKEN),
                    grant,
                    person: None,
                    expires: None,
                    ended: None,
                },
            })),
            2 => {
                let opened = Session {
                    person: person(self.role()),
                    device: DeviceId(id),
                    token: TOKEN,
                    grant,
                    closed: false,
                };
                let (organisation, mode) =
                    (short("ORGANIZACIÓN DE QUIEN VINO"), AttendanceMode::InRoom);
                let (session, enrols, consent) = (SessionId(id), Some(TOKEN), self.consent());
                let sign_in = SignIn {
                    mesa,
                    session,
                    opened,
                    enrols,
                    organisation,
                    mode,
                    consent,
                    by_code: self.yes,
                    link: None,
                    at: NOW + number as i64,
                };
                Some(ServerCommand::People(people::ServerCommand::SignIn(Box::new(sign_in))))
            }
            5 => {
                let mode =
                    if self.seated { AttendanceMode::Remote } else { AttendanceMode::InRoom };
                Some(ServerCommand::People(people::ServerCommand::Declare {
                    mesa,
                    person: person(self.role()),
                    mode,
                    consent: self.consent(),
                    at: NOW + number as i64,
                }))
            }
            6 => {
                let session =
                    SessionId(Uuid::from_u128(0xF000 + (self.other % (number + 1)) as u128));
                Some(ServerCommand::People(people::ServerCommand::SignOut {
                    session,
                    at: NOW + number as i64,
                }))
            }
            7 => Some(ServerCommand::People(people::ServerCommand::Correct {
                mesa,
                person: person(self.role()),
                record: self.seated.then_some(Digest([u8::from(self.yes); 32])),
                organisation: short("ORGANIZACIÓN CORREGIDA"),
                at: NOW + number as i64,
            })),
            8 => Some(ServerCommand::People(people::ServerCommand::Anonymise {
                person: person(self.role()),
                record: Digest([0xE6; 32]),
                at: NOW + number as i64,
            })),
            11 if self.yes => Some(self.clock_moved(mesa, at)),
            11 => {
                let from = NOW + number as i64 * 60_000;
                Some(ServerCommand::Conduct(
                    mesa,
                    conduct::ServerCommand::NotePause(Pause {
                        from,
                        to: from + 30_000,
                        kind: PauseKind::StoodStill,
                    }),
                ))
            }
            12 => {
                let mut card = exercise.card.as_deref()?.clone();
                card.quorum = u16::from(self.yes);
                card.notice = self.seated.then_some(NoticeRule::USUAL);
                if self.seated {
                    let sector = Sector::Own(1 + (number % 2) as u8);
                    card.sectors.push(SectorName { sector, name: short("SECTOR PROPIO") });
                }
                Some(ServerCommand::Exercise(exercise::ServerCommand::AmendExercise(Box::new(
                    card,
                ))))
            }
            13 if self.yes => {
                let card = MesaCard { venue: short("Biblioteca"), ..card() };
                Some(ServerCommand::Exercise(exercise::ServerCommand::AmendMesa {
                    mesa,
                    card: Box::new(card),
                }))
            }
            13 => {
                let text = format!("{IN_THE_DOCUMENT} {number}");
                let context = Passage::parse(&text).ok();
                let sections = Box::new(Sections { context, ..Sections::default() });
                Some(ServerCommand::Exercise(exercise::ServerCommand::WriteSections(sections)))
            }
            14 => {
                let mut actor = exercise.actors.first()?.as_ref().clone();
                (actor.withdrawn, actor.signs) = (self.yes, self.seated);
                Some(ServerCommand::Exercise(exercise::ServerCommand::AmendActor(Box::new(actor))))
            }
            15 => Some(ServerCommand::People(people::ServerCommand::Invite {
                seat: SEAT,
                person: self.yes.then(|| person(self.role())),
                enrols: self.yes.then_some(TOKEN),
                at,
            })),
            16 => Some(ServerCommand::People(people::ServerCommand::GiveRole {
                person: person(self.role()),
                enrols: Some(TOKEN),
                grant: self.yes.then_some(Grant { role: Role::Rapporteur, seat: None, mesa: None }),
                at,
            })),
            17 if self.yes => Some(ServerCommand::People(people::ServerCommand::Remove {
                person: person(self.role()),
                at,
            })),
            17 => Some(ServerCommand::People(people::ServerCommand::LetFollowersIn {
                open: self.seated,
            })),
            9 | 10 => self.of_the_document(exercise, at),
            18 | 19 => Some(ServerCommand::Pack(self.of_the_pack(exercise, at))),
            3 | 4 => {
                let mesa = MesaNumber(OTHER.0 + u16::from(self.yes));
                Some(ServerCommand::Exercise(exercise::ServerCommand::OpenMesa {
                    mesa,
                    card: Box::new(card()),
                }))
            }
            _ => None,
        }
    }
}

impl Step {
    /// What the server does with the information pack.
    fn of_the_pack(&self, exercise: &Exercise, at: i64) -> pack::ServerCommand {
        let by = By { person: person(self.role()), seat: self.seat() };
        let entry = Entry::ALL[self.other % Entry::ALL.len()];
        let some = exercise.pack.files.get(self.one % (exercise.pack.files.len() + 1));
        match (some, self.one % 5) {
            (Some(file), 1) => {
                pack::ServerCommand::Withdraw { file: file.number, reason: remark(&self.text), at }
            }
            (Some(file), 2 | 3) => pack::ServerCommand::Open { file: file.number, by, at },
            (_, 4) => {
                let reason = self.yes.then(|| remark(&self.text));
                pack::ServerCommand::Declare { entry, reason, at, by }
            }
            (Some(file), 0) if self.yes => pack::ServerCommand::Count(Box::new(pack::ToCount {
                file: file.number,
                digest: file.digest,
                at,
                by,
                counted: answers(),
            })),
            (some, _) => pack::ServerCommand::Send(Box::new(Receipt {
                entry: some.map_or(entry, |file| file.entry),
                name: short(IN_THE_PACK),
                kind: FileKind::Pdf,
                size: 7,
                digest: Digest([(self.other % 5) as u8; 32]),
                at,
                by,
                replaces: some.map(|file| file.number),
            })),
        }
    }
}

/// What was counted in a file: no device gets it either.
fn answers() -> pack::results::Counted {
    let row = pack::results::Row {
        label: short(IN_THE_PACK),
        count: 3,
        mean: None,
        spread: Vec::new(),
        parts: Vec::new(),
    };
    let question = pack::results::Question {
        title: ShortText::default(),
        kind: pack::results::QuestionKind::One,
        answered: 4,
        rows: vec![row],
        rest: Vec::new(),
        rest_beside: 1,
    };
    pack::results::Counted { people: None, groupings: Vec::new(), questions: vec![question] }
}

/// How the notice of each mesa stands after the server's commands; a pack is due half-way.
pub fn counted(exercise: &Exercise) -> Vec<Event> {
    let has_rule = exercise.card.as_ref().is_some_and(|card| card.notice.is_some());
    pack::follow(exercise, |_| has_rule.then_some(NOW + 20))
}

/// A history: every event with the state that it led to, from before the first.
pub fn history(steps: &[Step]) -> Vec<(Event, AtMesa)> {
    let mut state = AtMesa::default();
    let mut history = Vec::new();
    let mut enter = |state: &mut AtMesa, events: Vec<Event>| {
        for event in events {
            state.apply(&event);
            history.push((event, state.clone()));
        }
    };
    enter(&mut state, events_before());
    enter(
        &mut state,
        vec![Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Agreements, at: NOW })],
    );
    // Some items to start with.
    let kinds = [ItemKind::Problem, ItemKind::Problem, ItemKind::Commitment, ItemKind::Commitment];
    let parts = [(ItemKind::Solution, 0), (ItemKind::DraftCommitment, 0), (ItemKind::Activity, 2)];
    let roots = kinds.map(|kind| (kind, None)).into_iter();
    let furniture = roots.chain(parts.map(|(kind, parent)| (kind, Some(item(0x900 + parent)))));
    for (number, (kind, parent)) in (0x900..).zip(furniture) {
        let context = Context {
            person: person(Role::Facilitator),
            seat: None,
            role: Role::Facilitator,
            now: NOW,
            since: &[],
        };
        let events = decide(
            &state.0,
            HERE,
            &Command::Deliberation(deliberation::Command::Add { item: item(number), kind, parent }),
            &context,
        )
        .unwrap();
        enter(&mut state, events);
    }
    for (number, step) in steps.iter().enumerate() {
        if let Some(command) = step.server_command(&state.0, number) {
            let mut events = decide_server(&state.0, &command).unwrap_or_default();
            if let Some(Event::Exercise(exercise::Event::MesaDescribed { mesa, .. })) =
                events.last()
            {
                // Its people come to their agreements, unless the plan is past them.
                let to = Phase::Agreements;
                let goes = (!state.conduct.phase.is_of_the_plan())
                    .then_some(Event::Conduct(*mesa, conduct::Event::PhaseChanged { to, at: NOW }));
                events.extend(goes);
            }
            enter(&mut state, events);
            let counted = counted(&state.0);
            enter(&mut state, counted);
        }
        let role = step.role();
        let at = step.at(&state.0);
        let mesa = state.0.mesa(at).unwrap().clone();
        for command in step.commands(&state.0, &mesa, number) {
            let context = Context {
                person: person(role),
                seat: step.seat(),
                role,
                now: NOW + number as i64 * 60_000,
                since: &[],
            };
            let decided = decide(&state.0, at, &command, &context);
            // The server's notes about a refusal, and about a command that is sent again.
            let id = CommandId(Uuid::from_u128(0xC000 + number as u128));
            let late = decided
                .is_err()
                .then(|| came_late(&state.0, at, id, &command, &context, None))
                .flatten();
            let (before, events) = (state.0.clone(), decided.unwrap_or_default());
            enter(&mut state, events.clone());
            let follows = follows(&before, &state.0, &events, context.now);
            enter(&mut state, follows);
            enter(
                &mut state,
                late.map(|late| Event::Conduct(at, conduct::Event::CameLate(late)))
                    .into_iter()
                    .collect(),
            );
            let again =
                CommandId(Uuid::from_u128(0xC000 + (step.one % (number + 1)) as u128)).again();
            let settled = settled_by(state.0.mesa(at).unwrap(), again, person(role));
            enter(&mut state, settled.into_iter().collect());
        }
    }
    history
}
