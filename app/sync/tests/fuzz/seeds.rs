//! Real values, encoded by the present encoders: the seeds of every run, even when the encoding has
//! changed.

use domain::{conduct, deliberation, exercise, people};

use domain::deliberation::choice::{Category, Component, Feasibility, Origin, Party, ProblemState};
use domain::event::Redaction;
use domain::exercise::sections::{definitions, entries};
use domain::exercise::{
    Axis, DecisionRule, Image, ImageKind, Logo, MeetingMode, NoticeText, PrivacyNotice, SeatKind,
    Sections, Sector, SectorName,
};
use domain::pack::results::QuestionKind;
use domain::pack::{Bar, Chart, Notice, NoticeRule};
use domain::people::attendance::AttendanceMode;
use domain::people::registry::{Grant, Link, Session};
use domain::permission::Phase;
use domain::{
    Actor, ActorId, ActorNumber, AgendaItem, Alias, Assignment, Command, CommandId,
    ContributionKind, Date, DeviceId, Digest, Event, Exercise, ExerciseCard, Finding, ItemId,
    ItemKind, Late, LatePart, LinkId, MesaCard, MesaNumber, Patch, Pause, PauseKind, PersonId,
    Quota, Remark, Response, ResponseStatus, Role, Seat, SeatId, SessionId, ShortText, Shown,
    SolutionState, StreamId, TextField,
};
use sync::Me;
use uuid::Uuid;

mod agreement;
mod floor;
mod leading;
mod priority;
mod veil;

/// A chart of a consultation.
fn chart() -> Chart {
    let bar = |label, count, mean| Bar { label: short(label), count, mean };
    Chart {
        title: short("¿Qué falta?"),
        kind: QuestionKind::Mark,
        answered: 300,
        full: 1_000,
        bars: vec![bar("Agua, drenaje y alcantarillado", 290, Some(890)), bar("Luz", 0, None)],
        beside: 3,
    }
}

/// The device of the targets' replicas: the facilitator's.
pub fn me(replica: Uuid) -> Me {
    Me {
        mesa: HERE,
        person: Some(PERSON),
        role: Role::Facilitator,
        seat: Some(SEAT),
        device: DEVICE,
        replica,
    }
}

pub const STREAM: StreamId = StreamId(Uuid::from_u128(1));
pub const HERE: MesaNumber = MesaNumber(1);
pub const OTHER: MesaNumber = MesaNumber(2);
pub const PERSON: PersonId = PersonId(Uuid::from_u128(3));
pub const SEAT: SeatId = SeatId(Uuid::from_u128(4));
pub const DEVICE: DeviceId = DeviceId(Uuid::from_u128(5));
pub const PROBLEM: ItemId = ItemId(Uuid::from_u128(10));
pub const COMMITMENT: ItemId = ItemId(Uuid::from_u128(11));
const ACTIVITY: ItemId = ItemId(Uuid::from_u128(12));
const SOLUTION: ItemId = ItemId(Uuid::from_u128(13));
const DRAFT: ItemId = ItemId(Uuid::from_u128(14));
pub const SAID: ItemId = ItemId(Uuid::from_u128(15));
const MERGED: ItemId = ItemId(Uuid::from_u128(16));
/// A commitment of the other mesa.
const THEIRS: ItemId = ItemId(Uuid::from_u128(17));
/// The text that replicas of the targets write in.
pub const FIELD: TextField = TextField::Description;

pub fn command(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(1 << 64 | number))
}

fn short(text: &str) -> ShortText {
    ShortText::parse(text).unwrap()
}

pub fn remark(text: &str) -> Remark {
    Remark::parse(text).unwrap()
}

fn day(year: i32, ordinal: u16) -> Date {
    Date::from_ordinal_date(year, ordinal).unwrap()
}

fn card() -> ExerciseCard {
    ExerciseCard {
        name: short("Plan"),
        state: short("Morelos"),
        municipality: short("Tepoztlán"),
        guarantor: short("IMIPE"),
        reference_plan: short("Plan nacional"),
        axes: vec![Axis { number: 1, name: short("Eje") }],
        quota: Quota::TEMPLATE.to_vec(),
        sectors: vec![SectorName { sector: Sector::CivilSociety, name: short("Sociedad civil") }],
        starts: day(2026, 1),
        ends: day(2026, 365),
        decision_rule: DecisionRule::Consensus,
        quorum: 3,
        secret_conformity: false,
        time_zone: short("America/Mexico_City"),
        language: short("español"),
        sample: false,
        notice: Some(NoticeRule::USUAL),
    }
}

fn seated(number: u16, seats: Vec<Seat>) -> Event {
    let (id, number) = (ActorId(Uuid::from_u128(20 + u128::from(number))), ActorNumber(number));
    let (organisation, sector) = (short("Comité vecinal"), Sector::CivilSociety);
    Event::Exercise(exercise::Event::ActorDescribed(Box::new(Actor {
        id,
        number,
        organisation,
        sector,
        signs: true,
        seats,
        acting: None,
        withdrawn: false,
    })))
}

fn opened(mesa: MesaNumber, theme: &str) -> Event {
    let card = MesaCard {
        theme: short(theme),
        venue: short("Casa de cultura"),
        mode: MeetingMode::Hybrid,
        starts_at: 1_000,
        ends_at: 2_000,
        agenda: vec![AgendaItem { phase: Phase::Analysis, title: short("Problemas"), minutes: 40 }],
    };
    Event::Exercise(exercise::Event::MesaDescribed { mesa, card: Box::new(card) })
}

fn late(part: LatePart) -> Late {
    Late { print: u64::MAX, person: PERSON, part, at: 7_150, asked: false }
}

/// A mesa's session in short: an event of every kind that a mesa has.
pub fn of_a_mesa() -> Vec<Event> {
    let added = |item, alias, kind, parent| {
        Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: HERE,
            item,
            alias: Alias(alias),
            kind,
            parent,
            author: Some(PERSON),
        })
    };
    let grant = Grant { role: Role::Actor, seat: Some(SEAT), mesa: None };
    let contributed = Event::Deliberation(deliberation::Event::Contributed {
        mesa: HERE,
        item: SAID,
        alias: Alias(5),
        target: Some(PROBLEM),
        kind: ContributionKind::Objection,
        text: remark("¿Y los turnos?"),
        actor: Some(ActorNumber(1)),
        author: Some(PERSON),
        at: 5_000,
    });
    let written = "Agua limpia 👩🏽‍👧 cada día";
    let mut events = vec![
        Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card()))),
        opened(HERE, "Agua"),
        seated(1, vec![Seat { id: SEAT, kind: SeatKind::Holder }]),
        Event::Conduct(HERE, conduct::Event::JoinCodeSet { code: short("AB12") }),
        Event::People(people::Event::LinkIssued {
            link: LinkId(Uuid::from_u128(22)),
            issued: Link {
                token: Digest([7; 32]),
                code: Some(Digest([8; 32])),
                grant,
                person: None,
                expires: None,
                ended: None,
            },
        }),
        Event::People(people::Event::PersonEnrolled { person: PERSON, record: Digest([8; 32]) }),
        Event::People(people::Event::SessionOpened {
            session: SessionId(Uuid::from_u128(23)),
            opened: Session {
                person: PERSON,
                device: DEVICE,
                token: Digest([9; 32]),
                grant,
                closed: false,
            },
        }),
        Event::People(people::Event::Arrived {
            mesa: HERE,
            person: PERSON,
            organisation: short("Comité"),
            seat: Some(SEAT),
            mode: AttendanceMode::InRoom,
            at: 1_000,
        }),
        Event::People(people::Event::NoticeAccepted {
            mesa: HERE,
            person: PERSON,
            version: 1,
            at: 1_000,
        }),
        Event::People(people::Event::NamePublicSet { mesa: HERE, person: PERSON, public: true }),
        Event::People(people::Event::Left { mesa: HERE, person: PERSON, at: 1_200 }),
        Event::Conduct(HERE, conduct::Event::DoorSet { open: true }),
        Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Analysis, at: 1_500 }),
        added(PROBLEM, 0, ItemKind::Problem, None),
        added(COMMITMENT, 1, ItemKind::Commitment, None),
        added(ACTIVITY, 2, ItemKind::Activity, Some(COMMITMENT)),
        added(SOLUTION, 3, ItemKind::Solution, Some(PROBLEM)),
        added(DRAFT, 4, ItemKind::DraftCommitment, Some(PROBLEM)),
        contributed,
        added(MERGED, 6, ItemKind::Problem, None),
        Event::Deliberation(deliberation::Event::TextPatched {
            item: PROBLEM,
            field: TextField::Statement,
            patch: Patch::splice(0, 0, written),
        }),
        Event::Deliberation(deliberation::Event::TextPatched {
            item: COMMITMENT,
            field: FIELD,
            patch: Patch::splice(0, 0, written),
        }),
        Event::Deliberation(deliberation::Event::TextPatched {
            item: COMMITMENT,
            field: FIELD,
            patch: Patch::splice(5, 6, "potable"),
        }),
        Event::Deliberation(deliberation::Event::ItemMoved { item: MERGED, after: None }),
        Event::Deliberation(deliberation::Event::ItemMoved { item: MERGED, after: Some(PROBLEM) }),
        Event::Conduct(HERE, conduct::Event::ShownChanged { shown: Shown::Item(COMMITMENT) }),
    ];
    events.extend(assigned());
    events.extend([
        Event::Deliberation(deliberation::Event::HiddenSet { item: SAID, hidden: true }),
        Event::Conduct(
            HERE,
            conduct::Event::CheckOverridden {
                finding: Finding::NoCategory(COMMITMENT),
                reason: remark("Falta el dato"),
                at: 7_000,
            },
        ),
        Event::Conduct(
            HERE,
            conduct::Event::CheckOverridden {
                finding: Finding::QuotaShort { category: Category::LocalProblem, missing: 2 },
                reason: remark("No hay"),
                at: 7_100,
            },
        ),
        Event::Conduct(
            HERE,
            conduct::Event::OverrideWithdrawn { finding: Finding::NoCategory(COMMITMENT) },
        ),
        Event::Conduct(
            HERE,
            conduct::Event::CameLate(late(LatePart::Text { item: COMMITMENT, field: FIELD })),
        ),
        Event::Conduct(
            HERE,
            conduct::Event::CameLate(late(LatePart::Addition {
                id: ACTIVITY,
                kind: ItemKind::Activity,
                parent: Some(COMMITMENT),
            })),
        ),
        Event::Conduct(HERE, conduct::Event::LateAsked),
        Event::Conduct(HERE, conduct::Event::LateSettled { print: u64::MAX }),
        Event::Conduct(
            HERE,
            conduct::Event::StoodStill(Pause {
                from: 7_200,
                to: 7_300,
                kind: PauseKind::ClockMoved,
            }),
        ),
        Event::Conduct(
            HERE,
            conduct::Event::NoticeCounted {
                notice: Some(Notice { due: 7_400, missing: 1, late: 2, files: 8 }),
            },
        ),
        Event::Conduct(HERE, conduct::Event::ChartChosen(Box::new(chart()))),
        Event::Conduct(HERE, conduct::Event::ShownChanged { shown: Shown::Chart }),
        Event::Conduct(
            HERE,
            conduct::Event::CheckOverridden {
                finding: Finding::NoticeNotKept { missing: 1, late: 2 },
                reason: remark("Todos lo leyeron"),
                at: 7_500,
            },
        ),
        Event::Deliberation(deliberation::Event::ItemRemoved { item: SOLUTION }),
        Event::Deliberation(deliberation::Event::ItemRestored { item: SOLUTION }),
        Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Agreements, at: 8_000 }),
        Event::Redacted { events: vec![Redaction { seq: 18, content: Digest([3; 32]) }] },
        Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: 9_000 }),
    ]);
    events.extend(floor::events());
    events.extend(priority::events());
    events.extend(veil::events());
    events.extend(leading::events());
    events.extend(agreement::events());
    events.extend([
        Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Agreements, at: 9_500 }),
        Event::People(people::Event::PersonAnonymised { person: PERSON, record: Digest([11; 32]) }),
        Event::People(people::Event::SessionClosed { session: SessionId(Uuid::from_u128(23)) }),
    ]);
    events
}

fn assigned() -> Vec<Event> {
    let values = [
        (PROBLEM, Assignment::Origin(Some(Origin::Statistics))),
        (PROBLEM, Assignment::EvidenceSource(short("INEGI"))),
        (PROBLEM, Assignment::ProblemState(ProblemState::Prioritised)),
        (MERGED, Assignment::ProblemState(ProblemState::MergedInto(PROBLEM))),
        (COMMITMENT, Assignment::Category(Some(Category::LocalProblem))),
        (COMMITMENT, Assignment::Problem { problem: MERGED, linked: true }),
        (COMMITMENT, Assignment::Axis(Some(1))),
        (COMMITMENT, Assignment::IndicatorUnit(short("litros"))),
        (COMMITMENT, Assignment::IndicatorBaseline(short("10"))),
        (COMMITMENT, Assignment::IndicatorTarget(short("20"))),
        (COMMITMENT, Assignment::IndicatorPeriod(short("mes"))),
        (COMMITMENT, Assignment::Component { component: Component::Accountability, present: true }),
        (COMMITMENT, Assignment::Lead(Party::Actor(ActorNumber(1)))),
        (COMMITMENT, Assignment::Counterpart(Party::Named(short("Vecinas")))),
        (COMMITMENT, Assignment::Starts(Some(day(2026, 60)))),
        (COMMITMENT, Assignment::Ends(Some(day(9_999, 365)))),
        (COMMITMENT, Assignment::Feasibility(Feasibility::ConfirmedBy(short("Obras")))),
        (COMMITMENT, Assignment::Sdg(Some(6))),
        (ACTIVITY, Assignment::Due(Some(day(2026, 200)))),
        (ACTIVITY, Assignment::ResponsiblePost(short("Dirección"))),
        (ACTIVITY, Assignment::ResponsiblePerson(short("Ana"))),
        (ACTIVITY, Assignment::CoResponsible(short("Beto"))),
        (SOLUTION, Assignment::ProposedBy(short("Ana"))),
        (SOLUTION, Assignment::SolutionState(SolutionState::Adopted)),
        (DRAFT, Assignment::Becomes(Some(COMMITMENT))),
        (
            SAID,
            Assignment::Response(Response {
                status: ResponseStatus::PartlyAdopted,
                reason: Some(remark("Sí")),
                change: Some(COMMITMENT),
            }),
        ),
    ];
    values
        .into_iter()
        .map(|(item, value)| Event::Deliberation(deliberation::Event::Assigned { item, value }))
        .collect()
}

/// Events of a few related items each.
pub fn families() -> Vec<Vec<Event>> {
    let about = |event: &Event, items: &[ItemId]| match event {
        Event::Exercise(exercise::Event::MesaDescribed { .. }) => true,
        Event::Deliberation(
            deliberation::Event::ItemAdded { item, .. }
            | deliberation::Event::Assigned { item, .. }
            | deliberation::Event::Contributed { item, .. },
        ) => items.contains(item),
        Event::Conduct(
            _,
            conduct::Event::CheckOverridden { .. } | conduct::Event::PhaseChanged { .. },
        ) => items.contains(&COMMITMENT),
        _ => false,
    };
    let families = [
        &[COMMITMENT, ACTIVITY][..],
        &[PROBLEM, SOLUTION, DRAFT],
        &[PROBLEM, MERGED],
        &[COMMITMENT, MERGED],
        &[SAID],
    ];
    let of_items =
        families.map(|items| of_a_mesa().into_iter().filter(|event| about(event, items)).collect());
    of_items.into_iter().chain([agreement::family()]).collect()
}

/// The events after that: the exercise's notice, its logos, another organisation and another mesa.
pub fn of_another_mesa() -> Vec<Event> {
    let text = |text| NoticeText::parse(text).unwrap();
    let notice = PrivacyNotice {
        version: 1,
        short: text("El comité cuida tus datos."),
        full: text("Todo."),
    };
    let image = Image { digest: Digest([9; 32]), kind: ImageKind::Png, size: 7 };
    let logo = |place, logo| Event::Exercise(exercise::Event::LogoSet { place, logo });
    vec![
        Event::Exercise(exercise::Event::NoticePublished(Box::new(notice))),
        logo(1, Some(Box::new(Logo { name: short("Morelos"), image: image.clone() }))),
        logo(2, Some(Box::new(Logo { name: short("Tepoztlán"), image }))),
        logo(2, None),
        Event::Exercise(exercise::Event::SectionsWritten(Box::new(Sections {
            legal_framework: entries("Ley de Aguas").unwrap(),
            definitions: definitions("Acta: lo que se firma").unwrap(),
            ..Sections::default()
        }))),
        seated(2, Vec::new()),
        opened(OTHER, "Calles"),
        Event::Conduct(OTHER, conduct::Event::PhaseChanged { to: Phase::Agreements, at: 9_100 }),
        Event::Deliberation(deliberation::Event::ItemAdded {
            mesa: OTHER,
            item: THEIRS,
            alias: Alias(7),
            kind: ItemKind::Commitment,
            parent: None,
            author: Some(PERSON),
        }),
        Event::Deliberation(deliberation::Event::Assigned {
            item: THEIRS,
            value: Assignment::Category(Some(Category::FollowTheMoney)),
        }),
        Event::Conduct(OTHER, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: 9_600 }),
        Event::Conduct(OTHER, conduct::Event::PhaseChanged { to: Phase::Analysis, at: 9_700 }),
    ]
}

pub fn folded(events: &[Event]) -> Exercise {
    let mut state = Exercise::default();
    for event in events {
        state.apply(event);
    }
    state
}

/// A state in which every part has content.
pub fn state() -> Exercise {
    folded(&of_a_mesa().into_iter().chain(of_another_mesa()).collect::<Vec<_>>())
}

/// A command of every kind.
pub fn commands() -> Vec<Command> {
    let new = ItemId(Uuid::from_u128(40));
    let steps = Patch::splice(3, 2, "é").compose(&Patch::splice(12, 1, "👩🏽"));
    let mut commands = vec![
        Command::Deliberation(deliberation::Command::Add {
            item: new,
            kind: ItemKind::Activity,
            parent: Some(COMMITMENT),
        }),
        Command::Deliberation(deliberation::Command::Remove { item: SOLUTION }),
        Command::Deliberation(deliberation::Command::Restore { item: SOLUTION }),
        Command::Deliberation(deliberation::Command::Move { item: PROBLEM, after: Some(MERGED) }),
        Command::Deliberation(deliberation::Command::Patch {
            item: COMMITMENT,
            field: FIELD,
            base: 12,
            patch: steps,
        }),
        Command::Deliberation(deliberation::Command::Patch {
            item: PROBLEM,
            field: TextField::Statement,
            base: 3,
            patch: Patch::splice(0, 4, "Aire"),
        }),
        Command::Deliberation(deliberation::Command::Recover {
            item: COMMITMENT,
            field: FIELD,
            full_text: "Agua potable y medida".to_owned(),
            ancestors: vec![1, u64::MAX],
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: COMMITMENT,
            value: Assignment::Category(Some(Category::Proactive)),
        }),
        Command::Deliberation(deliberation::Command::Assign {
            item: ACTIVITY,
            value: Assignment::Due(Some(day(2026, 100))),
        }),
        Command::Conduct(conduct::Command::Show { shown: Shown::Blank }),
        Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut }),
        Command::Conduct(conduct::Command::SetDoor { open: false }),
        Command::People(people::Command::NoteAttendance { person: PERSON, there: false }),
        Command::People(people::Command::Merge { person: PERSON, with: PERSON }),
        Command::People(people::Command::Part { person: PERSON }),
        Command::Conduct(conduct::Command::AskLate),
        Command::Conduct(conduct::Command::SettleLate { print: 9 }),
        Command::Deliberation(deliberation::Command::Contribute {
            item: new,
            target: Some(PROBLEM),
            kind: ContributionKind::Question,
            text: remark("¿Cuándo?"),
        }),
        Command::Deliberation(deliberation::Command::Hide { item: SAID, hidden: false }),
        Command::Conduct(conduct::Command::OverrideCheck {
            finding: Finding::NoActivity(COMMITMENT),
            reason: remark("Pronto"),
        }),
        Command::Conduct(conduct::Command::WithdrawOverride {
            finding: Finding::MesaNotReady { number: OTHER },
        }),
    ];
    commands.extend(agreement::commands());
    commands.extend(floor::commands());
    commands.extend(priority::commands());
    commands.extend(veil::commands());
    commands.extend(leading::commands());
    commands
}
