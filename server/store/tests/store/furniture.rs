//! Streams with data in every table and every column.

use domain::deliberation::choice::{Category, Component, Feasibility, Origin, Party, ProblemState};
use domain::exercise::sections::{Passage, definitions, entries};
use domain::exercise::{
    AgendaItem, Axis, DecisionRule, Image, ImageKind, Logo, MeetingMode, NoticeText, PrivacyNotice,
    Quota, SeatKind, Sections, Sector, SectorName,
};
use domain::pack::results::{Counted, Group, GroupBy, Grouping, Question, QuestionKind, Rest, Row};
use domain::pack::{
    Absence, By, Chart, Entry, File, FileKind, Notice, NoticeRule, Opening, Results,
};
use domain::people::attendance::AttendanceMode;
use domain::people::registry::{Grant, Link, Session};
use domain::*;
use store::{
    Blob, Document, DocumentKind, NewAnswer, NewJob, NewPerson, Outcome, PIECE_BYTES, ServerKey,
    Store, erased_record,
};
use time::macros::date;
use uuid::Uuid;

use crate::document::{document, line};
use crate::world::{FIRST, Line, command, digest, item, remark, short};

mod agreement;
mod floor;
mod leading;
mod priority;
mod veil;

/// A person who came by a link, in a seat.
#[derive(Clone, Debug)]
pub struct Guest {
    pub person: NewPerson,
    pub session: SessionId,
    pub device: DeviceId,
    pub token: Digest,
    pub seat: SeatId,
}

/// An exercise with one mesa.
#[derive(Clone, Debug)]
pub struct World {
    pub exercise: Line,
    /// Another exercise, which was only opened.
    pub another: Line,
    pub guest: Guest,
    pub link: (LinkId, Digest),
    pub code: String,
    pub problems: Vec<ItemId>,
    pub refused: CommandId,
    pub unchanged: CommandId,
    /// A logo of two pieces and a scan of three.
    pub blobs: [Blob; 2],
}

/// Arbitrary bytes, different for each name.
pub fn bytes(name: &str, size: usize) -> Vec<u8> {
    let mut seed = name.bytes().fold(0x9E37_79B9_7F4A_7C15_u64, |seed, byte| {
        (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    (0..size)
        .map(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed.to_be_bytes()[0]
        })
        .collect()
}

/// A job as it is requested.
pub fn job(key: &str, due_at: Millis) -> NewJob {
    let payload = format!("a letter: {key}").into_bytes();
    NewJob { id: Uuid::now_v7(), key: key.to_owned(), kind: "mail".to_owned(), payload, due_at }
}

/// Requests jobs: one that is done, one that failed, one that is claimed and one that is still due.
async fn ask(store: &Store, mesa: &mut Line, name: &str) {
    let at = 1_790_000_000_000;
    let due = [("done", at), ("failed", at), ("claimed", at), ("to come", at + 100_000)];
    let jobs = due.map(|(key, due_at)| job(&format!("{key} {name}"), due_at));
    mesa.append_with(store, &[], &[], &[], &jobs).await.expect("jobs kept");
    let node = Uuid::now_v7();
    for claim in 0..3 {
        let job = store.claim_job(node, at, at + 60_000).await.expect("an answer").expect("a job");
        let kept = match claim {
            0 => store.finish_job(&job, at + 5).await,
            1 => {
                store.fail_job(&job, &format!("No contesta el correo de {name}"), at + 90_000).await
            }
            _ => store.extend_job(&job, at + 80_000).await,
        };
        assert!(kept.expect("an answer"));
    }
}

/// Stores a file, which arrives in chunks as from a network.
pub async fn put(store: &Store, bytes: &[u8]) -> Blob {
    let parts = futures_util::stream::iter(bytes.chunks(65_537).map(Ok::<_, std::io::Error>));
    Box::pin(store.put_blob(Uuid::now_v7(), 1_790_000_000_000, bytes.len() as u64, parts))
        .await
        .expect("a file kept")
}

/// A draft, a document and a sealed one, the key that sealed it, and a stamp.
async fn hand_out(store: &Store, stream: StreamId, name: &str) {
    let number = store.server_keys().await.expect("the keys").len() as u64 + 1;
    let key = ServerKey {
        number,
        secret: Some([u8::try_from(number).expect("few keys"); 32]),
        record: format!("{{\"key\":{number}}}"),
    };
    assert!(store.add_server_key(&key, line).await.expect("a key kept"));
    for (request, kind) in [(1, DocumentKind::Draft), (2, DocumentKind::Full)] {
        let document = document(store, kind, request, &format!("{kind:?} {name}")).await;
        assert!(store.keep_document(stream, &document).await.expect("a document kept"));
    }
    let sealed = Document {
        seal: Some(format!("{{\"seal\":\"{name}\"}}")),
        ..document(store, DocumentKind::Full, 2, &format!("sealed {name}")).await
    };
    store.keep_sealed(stream, &sealed, line, &[]).await.expect("a sealed document kept");
    let answer = bytes(&format!("stamp {name}"), 2_000);
    assert!(store.keep_stamp(digest(name), &answer, line).await.expect("a stamp kept"));
}

fn axes(name: &str) -> Vec<Axis> {
    vec![Axis { number: 1, name: short(name) }, Axis { number: 2, name: short("Segundo eje") }]
}

/// Appends an exercise that has data in every column of every table.
pub async fn furnish(store: &Store, name: &str) -> World {
    let mut line = Line::new();
    let card = ExerciseCard {
        name: short(name),
        state: short("Sierra Clara"),
        municipality: short(&format!("Municipio de {name}")),
        guarantor: short("Órgano garante"),
        reference_plan: short("Plan nacional"),
        axes: axes(name),
        quota: vec![Quota { category: Category::FollowTheMoney, minimum: 1 }],
        sectors: vec![SectorName { sector: Sector::CivilSociety, name: short("Sociedad civil") }],
        starts: date!(2026 - 09 - 01),
        ends: date!(2027 - 08 - 31),
        decision_rule: DecisionRule::Consensus,
        quorum: 5,
        secret_conformity: false,
        time_zone: short("America/Mexico_City"),
        language: short("español"),
        sample: false,
        notice: Some(NoticeRule::USUAL),
    };
    line.say(
        store,
        vec![Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card.clone())))],
    )
    .await;
    let mut another = Line::new();
    another
        .say(store, vec![Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card)))])
        .await;
    let notice = |version, keeper: &str| {
        let text = |text: &str| NoticeText::parse(text).expect("a text");
        let full = text("Se guardan nombre y organización.");
        Event::Exercise(exercise::Event::NoticePublished(Box::new(PrivacyNotice {
            version,
            short: text(&format!("Los datos los cuida {keeper}")),
            full,
        })))
    };
    let logo = |place, name: &str| {
        let image = Image { digest: digest(name), kind: ImageKind::Png, size: 7 };
        Event::Exercise(exercise::Event::LogoSet {
            place,
            logo: Some(Box::new(Logo { name: short(name), image })),
        })
    };
    let surround = vec![
        notice(1, name),
        notice(2, "el STL"),
        logo(1, name),
        logo(2, "Municipio"),
        Event::Exercise(exercise::Event::LogoSet { place: 2, logo: None }),
    ];
    let context = Passage::parse("Lo que pasa en el municipio.\n\nY por qué.").ok();
    let sections = Sections {
        context,
        legal_framework: entries("Ley de Aguas\nBando").expect("two laws"),
        definitions: definitions("Acta: lo que se firma").expect("a word"),
        ..Sections::default()
    };
    line.say(store, surround).await;
    let written = exercise::Event::SectionsWritten(Box::new(sections));
    line.say(store, vec![Event::Exercise(written)]).await;
    for (mesa, theme) in
        [(FIRST, format!("Tema de {name}")), (MesaNumber(2), "Movilidad".to_owned())]
    {
        let opened = MesaCard {
            theme: short(&theme),
            venue: short("Casa de la Cultura"),
            mode: MeetingMode::Hybrid,
            starts_at: 1_790_000_000_000,
            ends_at: 1_790_010_000_000,
            agenda: vec![AgendaItem {
                phase: Phase::Analysis,
                title: short(&format!("Diagnóstico de {name}")),
                minutes: 40,
            }],
        };
        line.say(
            store,
            vec![Event::Exercise(exercise::Event::MesaDescribed { mesa, card: Box::new(opened) })],
        )
        .await;
    }
    line.say(store, prepared(name)).await;
    let code = short(&format!("{}-2", name.replace(' ', "-").to_uppercase()));
    line.say(store, vec![Event::Conduct(MesaNumber(2), conduct::Event::JoinCodeSet { code })])
        .await;
    let (guest, link, code) = let_in(store, &mut line, name).await;
    let problems = discuss(store, &mut line, name).await;
    let (refused, unchanged) = (command(), command());
    let answer = |command, outcome| NewAnswer {
        command,
        session: Some(guest.session),
        person: guest.person.id,
        at: 1_790_000_000_123,
        outcome,
    };
    let answers = [
        answer(
            refused,
            Outcome::Refused(Rejection::Deliberation(deliberation::Rejection::TextTooLong {
                limit: 500,
            })),
        ),
        answer(unchanged, Outcome::Unchanged { seq: line.head.seq }),
    ];
    line.append(store, &[], &[], &answers).await.expect("answers kept");
    ask(store, &mut line, name).await;
    let logo = put(store, &bytes(&format!("logo {name}"), PIECE_BYTES + 30)).await;
    let scan = put(store, &bytes(&format!("scan {name}"), 2 * PIECE_BYTES + 40)).await;
    hand_out(store, line.stream, name).await;
    World {
        exercise: line,
        another,
        guest,
        link,
        code,
        problems,
        refused,
        unchanged,
        blobs: [logo, scan],
    }
}

/// An information pack: a file, another in its place, what there is nothing of, and how it stands.
fn prepared(name: &str) -> Vec<Event> {
    let by = By { person: PersonId(Uuid::now_v7()), seat: None };
    let at = 1_789_000_000_000;
    let file = |number, replaces| {
        Event::Pack(pack::Event::Sent(Box::new(File {
            number,
            entry: Entry::CapacityKit,
            name: short(&format!("Kit  de {name} {number}º.PDF")),
            kind: FileKind::Pdf,
            size: 1_234,
            digest: digest(&format!("kit {name} {number}")),
            at: at + i64::from(number),
            by,
            replaces,
            end: None,
        })))
    };
    let nothing = |entry| {
        let absence = Absence { entry, reason: remark("No se hizo"), at, by };
        Event::Pack(pack::Event::Absent(Box::new(absence)))
    };
    let results = answers(name, at, by);
    let chart = Chart::of(&results.counted.questions[0]);
    let notice = Some(Notice { due: at, missing: 8, late: 1, files: 1 });
    vec![
        file(1, None),
        file(2, Some(1)),
        file(3, None),
        Event::Pack(pack::Event::Opened(Opening { file: 2, by, at })),
        Event::Pack(pack::Event::Counted(Box::new(results))),
        Event::Pack(pack::Event::Counted(Box::new(Results {
            number: 2,
            file: 3,
            ..answers("otra mesa", at, by)
        }))),
        Event::Pack(pack::Event::CountDropped { results: 2 }),
        Event::Conduct(FIRST, conduct::Event::ChartChosen(Box::new(chart))),
        Event::Pack(pack::Event::Withdrawn { file: 3, reason: remark("Otra mesa"), at }),
        nothing(Entry::WebConsultation),
        nothing(Entry::Studies),
        Event::Pack(pack::Event::Expected { entry: Entry::Studies }),
        Event::Conduct(FIRST, conduct::Event::NoticeCounted { notice }),
    ]
}

/// What was counted in a file of it.
fn answers(name: &str, at: Millis, by: By) -> Results {
    let row = |label: &str, count| Row {
        label: short(label),
        count,
        mean: (count > 3).then_some(890),
        spread: vec![(800, 1), (1_000, count)],
        parts: vec![vec![Some(count), None]],
    };
    let group = |name, people| Group { name: short(name), people };
    let groupings =
        vec![Grouping { by: GroupBy::Locality, groups: vec![group("Centro", 9), group("", 5)] }];
    let question = Question {
        title: short("¿Qué falta?"),
        kind: QuestionKind::Mark,
        answered: 14,
        rows: vec![row(&format!("Lo que pide {name}"), 7), row("Agua, drenaje", 3)],
        rest: vec![Rest { text: short("no sé"), count: 2 }],
        rest_beside: 1,
    };
    let counted = Counted { people: Some(14), groupings, questions: vec![question] };
    Results { number: 1, file: 2, digest: digest("respuestas"), at, by, counted }
}

async fn let_in(store: &Store, mesa: &mut Line, name: &str) -> (Guest, (LinkId, Digest), String) {
    let seats: Vec<Seat> = [SeatKind::Holder, SeatKind::Alternate]
        .map(|kind| Seat { id: SeatId(Uuid::now_v7()), kind })
        .into();
    let seat = seats[0].id;
    let actor = Actor {
        id: ActorId(Uuid::now_v7()),
        number: ActorNumber(1),
        organisation: short(&format!("Organización de {name}")),
        sector: Sector::CivilSociety,
        signs: true,
        seats,
        acting: None,
        withdrawn: false,
    };
    let code = name.replace(' ', "-").to_uppercase();
    let link = (LinkId(Uuid::now_v7()), digest(&format!("link {name}")));
    let grant = Grant { role: Role::Actor, seat: Some(seat), mesa: Some(FIRST) };
    mesa.say(
        store,
        vec![
            Event::Exercise(exercise::Event::ActorDescribed(Box::new(actor))),
            Event::Conduct(FIRST, conduct::Event::JoinCodeSet { code: short(&code) }),
            Event::Conduct(FIRST, conduct::Event::DoorSet { open: true }),
            Event::People(people::Event::LinkIssued {
                link: link.0,
                issued: Link {
                    token: link.1,
                    code: Some(digest(&format!("seat {code}"))),
                    grant,
                    person: None,
                    expires: None,
                    ended: None,
                },
            }),
        ],
    )
    .await;
    let person = NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt: *Uuid::new_v4().as_bytes(),
        name: format!("María de {name}"),
        mail: Some(format!("maria@{code}.example")),
        phone: Some(format!("55 {}", code.len())),
        passphrase: Some(format!("$argon2id${name}")),
    };
    let guest = Guest {
        session: SessionId(Uuid::now_v7()),
        device: DeviceId(Uuid::now_v7()),
        token: digest(&format!("session {name}")),
        seat,
        person: person.clone(),
    };
    let opened = Session {
        person: person.id,
        device: guest.device,
        token: guest.token,
        grant,
        closed: false,
    };
    let organisation = short(&format!("Vecinos de {name}"));
    let events = [
        Event::People(people::Event::PersonEnrolled {
            person: person.id,
            record: person.record_digest(),
        }),
        Event::People(people::Event::SessionOpened { session: guest.session, opened }),
        Event::People(people::Event::Arrived {
            mesa: FIRST,
            person: person.id,
            organisation,
            seat: Some(seat),
            mode: AttendanceMode::InRoom,
            at: 1_790_000_000_000,
        }),
        Event::People(people::Event::NoticeAccepted {
            mesa: FIRST,
            person: person.id,
            version: 1,
            at: 1_790_000_000_000,
        }),
        Event::People(people::Event::NamePublicSet {
            mesa: FIRST,
            person: person.id,
            public: true,
        }),
        Event::People(people::Event::Left {
            mesa: FIRST,
            person: person.id,
            at: 1_790_000_060_000,
        }),
        Event::People(people::Event::RoleGiven {
            person: person.id,
            grant: Some(Grant { role: Role::Rapporteur, seat: None, mesa: Some(FIRST) }),
        }),
    ];
    let id = command();
    let records: Vec<_> =
        (0..).zip(events).map(|(part, event)| mesa.record(event, id, part)).collect();
    mesa.append(store, &records, &[person], &[]).await.expect("a person let in");
    mesa.person = Some(guest.person.id);
    mesa.seat = Some(seat);
    come_and_go(store, mesa, name).await;
    (guest, link, code)
}

/// Somebody who corrects their record, and one who is anonymised.
async fn come_and_go(store: &Store, mesa: &mut Line, name: &str) {
    let person = |name: String| NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt: *Uuid::new_v4().as_bytes(),
        name,
        mail: Some("nadie@example.org".to_owned()),
        phone: Some("55 0000".to_owned()),
        passphrase: None,
    };
    let (mistyped, gone) = (person(format!("Yda de {name}")), person(format!("Nadie de {name}")));
    let enrolled = |person: &NewPerson| {
        let record = person.record_digest();
        Event::People(people::Event::PersonEnrolled { person: person.id, record })
    };
    let id = command();
    let records = [mesa.record(enrolled(&mistyped), id, 0), mesa.record(enrolled(&gone), id, 1)];
    let people = [mistyped.clone(), gone.clone()];
    mesa.append(store, &records, &people, &[]).await.expect("two people");
    let corrected = NewPerson { name: format!("Ida de {name}"), ..mistyped };
    let events = [
        people::Event::PersonEnrolled { person: corrected.id, record: corrected.record_digest() },
        people::Event::PersonAnonymised { person: gone.id, record: erased_record(gone.id) },
    ];
    let id = command();
    let records: Vec<_> = (0..)
        .zip(events)
        .map(|(part, event)| mesa.record(Event::People(event), id, part))
        .collect();
    mesa.append(store, &records, &[corrected], &[]).await.expect("one corrected, one erased");
}

async fn discuss(store: &Store, mesa: &mut Line, name: &str) -> Vec<ItemId> {
    let problems = vec![
        mesa.add(store, ItemKind::Problem, None).await,
        mesa.add(store, ItemKind::Problem, None).await,
    ];
    let commitments = vec![
        mesa.add(store, ItemKind::Commitment, None).await,
        mesa.add(store, ItemKind::Commitment, None).await,
    ];
    let mut items: Vec<(ItemId, ItemKind)> =
        problems.iter().map(|id| (*id, ItemKind::Problem)).collect();
    items.extend(commitments.iter().map(|id| (*id, ItemKind::Commitment)));
    for commitment in &commitments {
        items.push((
            mesa.add(store, ItemKind::Activity, Some(*commitment)).await,
            ItemKind::Activity,
        ));
    }
    for (place, (id, kind)) in items.iter().enumerate() {
        for field in TextField::of(*kind) {
            mesa.write(store, *id, *field, &format!("{name} {place}: ñandú 👩🏽‍👧 {field:?}")).await;
        }
    }
    let merged = ProblemState::MergedInto(problems[1]);
    let source = Assignment::EvidenceSource(short("INEGI"));
    mesa.assign(
        store,
        problems[0],
        vec![
            Assignment::Origin(Some(Origin::Statistics)),
            source,
            Assignment::ProblemState(merged),
        ],
    )
    .await;
    let discarded = ProblemState::Discarded(short("Fuera de competencia"));
    mesa.assign(
        store,
        problems[1],
        vec![Assignment::Origin(Some(Origin::AtTheMesa)), Assignment::ProblemState(discarded)],
    )
    .await;
    for (commitment, lead, counterpart, feasibility) in [
        (
            commitments[0],
            Party::Actor(ActorNumber(1)),
            Party::Named(short("Colectivo")),
            Feasibility::ConfirmedBy(short("Tesorería")),
        ),
        (
            commitments[1],
            Party::Named(short("Oficialía")),
            Party::Actor(ActorNumber(1)),
            Feasibility::WithReservations(short("Obras")),
        ),
    ] {
        let values = vec![
            Assignment::Category(Some(Category::FollowTheMoney)),
            Assignment::Problem { problem: problems[0], linked: true },
            Assignment::Axis(Some(2)),
            Assignment::IndicatorUnit(short("portales")),
            Assignment::IndicatorBaseline(short("0")),
            Assignment::IndicatorTarget(short("1")),
            Assignment::IndicatorPeriod(short("trimestral")),
            Assignment::Component { component: Component::Transparency, present: true },
            Assignment::Lead(lead.clone()),
            Assignment::Counterpart(counterpart),
            Assignment::Starts(Some(date!(2026 - 10 - 01))),
            Assignment::Ends(Some(date!(2027 - 06 - 30))),
            Assignment::Feasibility(feasibility),
            Assignment::Sdg(Some(16)),
        ];
        mesa.assign(store, commitment, values).await;
        let activity = mesa.here().deliberation.list(ItemKind::Activity, Some(commitment))[0];
        let values = vec![
            Assignment::Lead(lead),
            Assignment::ResponsiblePost(short("Directora")),
            Assignment::ResponsiblePerson(short("Rosa")),
            Assignment::CoResponsible(short("Contraloría")),
            Assignment::Starts(Some(date!(2026 - 10 - 05))),
            Assignment::Due(Some(date!(2027 - 01 - 15))),
        ];
        mesa.assign(store, activity, values).await;
    }
    propose(store, mesa, name, &problems, &commitments).await;
    floor::speak(store, mesa, name).await;
    priority::choose(store, mesa, &problems).await;
    veil::write_alone(store, mesa, name).await;
    leading::lead(store, mesa, name, &problems).await;
    agreement::agree(store, mesa, name, &commitments).await;
    mesa.say(
        store,
        vec![
            Event::Conduct(
                FIRST,
                conduct::Event::PhaseChanged { to: Phase::Agreements, at: 1_790_000_000_000 },
            ),
            Event::Conduct(FIRST, conduct::Event::ShownChanged { shown: Shown::Item(problems[0]) }),
        ],
    )
    .await;
    problems
}

/// Solutions, preliminary commitments, contributions and their answers, two of each.
async fn propose(
    store: &Store,
    mesa: &mut Line,
    name: &str,
    problems: &[ItemId],
    commitments: &[ItemId],
) {
    for (place, state) in [SolutionState::Adopted, SolutionState::SetAside].into_iter().enumerate()
    {
        let solution = mesa.add(store, ItemKind::Solution, Some(problems[place])).await;
        mesa.write(store, solution, TextField::Title, &format!("Solución {place} de {name}")).await;
        let values =
            vec![Assignment::ProposedBy(short("Colectivo")), Assignment::SolutionState(state)];
        mesa.assign(store, solution, values).await;
        let draft = mesa.add(store, ItemKind::DraftCommitment, Some(problems[place])).await;
        mesa.write(store, draft, TextField::Title, &format!("Preliminar {place} de {name}")).await;
        let values = vec![
            Assignment::Origin(Some(Origin::KickoffEvent)),
            Assignment::Becomes(Some(commitments[place])),
        ];
        mesa.assign(store, draft, values).await;
        let (contribution, status) =
            (item(), [ResponseStatus::Adopted, ResponseStatus::NotAdopted][place]);
        let contributed = Event::Deliberation(deliberation::Event::Contributed {
            mesa: FIRST,
            item: contribution,
            alias: Alias(u32::try_from(mesa.state.aliases.len()).expect("few items")),
            target: Some(problems[place]),
            kind: [ContributionKind::Question, ContributionKind::Feedback][place],
            text: remark(&format!("¿Desde cuándo, {name}? {place}")),
            actor: Some(ActorNumber(1)),
            author: mesa.person,
            at: 1_790_000_000_000 + i64::try_from(place).expect("two"),
        });
        mesa.say(store, vec![contributed]).await;
        let response = Response {
            status,
            reason: Some(remark("Se agregó el año")),
            change: Some(commitments[place]),
        };
        mesa.assign(store, contribution, vec![Assignment::Response(response)]).await;
        mesa.say(
            store,
            vec![Event::Deliberation(deliberation::Event::HiddenSet {
                item: contribution,
                hidden: place == 0,
            })],
        )
        .await;
    }
    let finding = Finding::NoDueDate(
        mesa.here().deliberation.list(ItemKind::Activity, Some(commitments[0]))[0],
    );
    let quota = Finding::QuotaShort { category: Category::LocalProblem, missing: 2 };
    let over = |finding| {
        Event::Conduct(
            FIRST,
            conduct::Event::CheckOverridden {
                finding,
                reason: remark("Se acordó así"),
                at: 1_790_000_000_000,
            },
        )
    };
    mesa.say(
        store,
        vec![
            over(finding),
            over(quota),
            Event::Conduct(FIRST, conduct::Event::OverrideWithdrawn { finding }),
        ],
    )
    .await;
}
