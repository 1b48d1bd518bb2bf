//! Ids of another mesa or another exercise, in the place of each id of every command.

use std::collections::BTreeSet;

use domain::conduct::Command as Conduct;
use domain::deliberation::Command as Deliberation;
use domain::deliberation::choice::{
    Category, Component, Feasibility, ItemKind, Origin, Party, ProblemState, Response,
    ResponseStatus, SolutionState,
};
use domain::floor::{Added, ClockKind, Command as Floor};
use domain::people::Command as People;
use domain::{
    ActorNumber, Assignment, Command, ContributionKind, DeviceId, EntryId, Finding, ItemId, MesaId,
    MesaNumber, NoteId, Patch, PersonId, Phase, Rejection, Remark, SeatId, ShortText, Shown,
    StreamId, TextField,
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use server::service::sample::Stage;
use sync::wire::{
    ClientFrame, CommandFrame, Hello, HelloRefusal, Outcome, ServerFrame, VERSIONS, encode,
};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use super::replayed::{answer, frame};
use crate::support::{Device, FIRST, Server, close_code, encoded, here, open_socket, post};

/// What somebody has made at a mesa.
struct Made {
    problem: ItemId,
    other: ItemId,
    solution: ItemId,
    draft: ItemId,
    commitment: ItemId,
    activity: ItemId,
    said: ItemId,
    person: PersonId,
}

async fn made(device: &mut Device) -> Made {
    device.change_phase(Phase::Agreements).await;
    let problem = device.add(ItemKind::Problem, None);
    let other = device.add(ItemKind::Problem, None);
    let solution = device.add(ItemKind::Solution, Some(problem));
    let draft = device.add(ItemKind::DraftCommitment, Some(problem));
    let commitment = device.add(ItemKind::Commitment, None);
    let activity = device.add(ItemKind::Activity, Some(commitment));
    let said = ItemId(Uuid::now_v7());
    device.command(Command::Deliberation(contribution(said, Some(problem))));
    device.settled().await;
    device.until(|replica| !here(replica).people.attendees.is_empty()).await;
    assert_eq!(device.refused, []);
    let person = *here(&device.replica).people.attendees.keys().next().unwrap();
    Made { problem, other, solution, draft, commitment, activity, said, person }
}

fn contribution(item: ItemId, target: Option<ItemId>) -> Deliberation {
    let text = Remark::parse("¿Desde cuándo?").unwrap();
    Deliberation::Contribute { item, target, kind: ContributionKind::Question, text }
}

/// A command of every kind, and an assignment of every kind, in an order in which all are possible.
fn commands(own: &Made) -> Vec<Command> {
    let short = || ShortText::parse("Oficialía").unwrap();
    let remark = || Remark::parse("Así se acordó").unwrap();
    let new = || ItemId(Uuid::now_v7());
    let day = Some(time::macros::date!(2026 - 11 - 02));
    let mut all = vec![
        Deliberation::Add { item: new(), kind: ItemKind::Activity, parent: Some(own.commitment) },
        Deliberation::Add { item: new(), kind: ItemKind::Solution, parent: Some(own.problem) },
        Deliberation::Move { item: own.problem, after: Some(own.other) },
        Deliberation::Patch {
            item: own.problem,
            field: TextField::Statement,
            base: 0,
            patch: Patch::splice(0, 0, "a"),
        },
        Deliberation::Recover {
            item: own.problem,
            field: TextField::Causes,
            full_text: "Lluvia".to_owned(),
            ancestors: Vec::new(),
        },
        contribution(new(), Some(own.problem)),
        Deliberation::Hide { item: own.said, hidden: true },
        Deliberation::Hide { item: own.said, hidden: false },
    ];
    let response = Response {
        status: ResponseStatus::Adopted,
        reason: Some(remark()),
        change: Some(own.problem),
    };
    let (problem, commitment, activity) = (own.problem, own.commitment, own.activity);
    let (solution, draft) = (own.solution, own.draft);
    let assignments = [
        (problem, Assignment::Origin(Some(Origin::AtTheMesa))),
        (problem, Assignment::EvidenceSource(short())),
        (commitment, Assignment::Category(Some(Category::Proactive))),
        (commitment, Assignment::Problem { problem, linked: true }),
        (commitment, Assignment::Axis(None)),
        (commitment, Assignment::IndicatorUnit(short())),
        (commitment, Assignment::IndicatorBaseline(short())),
        (commitment, Assignment::IndicatorTarget(short())),
        (commitment, Assignment::IndicatorPeriod(short())),
        (commitment, Assignment::Component { component: Component::Innovation, present: true }),
        (commitment, Assignment::Lead(Party::Actor(ActorNumber(1)))),
        (commitment, Assignment::Counterpart(Party::Named(short()))),
        (commitment, Assignment::Starts(day)),
        (commitment, Assignment::Ends(day)),
        (activity, Assignment::Due(day)),
        (commitment, Assignment::Feasibility(Feasibility::ConfirmedBy(short()))),
        (commitment, Assignment::Sdg(Some(6))),
        (activity, Assignment::ResponsiblePost(short())),
        (activity, Assignment::ResponsiblePerson(short())),
        (activity, Assignment::CoResponsible(short())),
        (solution, Assignment::ProposedBy(short())),
        (solution, Assignment::SolutionState(SolutionState::Adopted)),
        (draft, Assignment::Becomes(Some(commitment))),
        (own.said, Assignment::Response(response)),
        (problem, Assignment::ProblemState(ProblemState::MergedInto(own.other))),
    ];
    let kinds: BTreeSet<_> = assignments.iter().map(|(_, value)| assignment(value)).collect();
    assert_eq!(kinds.len(), ASSIGNMENTS, "every kind of assignment");
    all.extend(assignments.map(|(item, value)| Deliberation::Assign { item, value }));
    all.extend([Deliberation::Remove { item: solution }, Deliberation::Restore { item: solution }]);
    let unmet = Finding::NoResponsible(activity);
    let conduct = [
        Conduct::Show { shown: Shown::Item(commitment) },
        Conduct::ChangePhase { to: Phase::Agreements },
        Conduct::SetDoor { open: true },
        Conduct::AskLate,
        Conduct::SettleLate { print: 1 },
        Conduct::WithdrawOverride { finding: unmet },
        Conduct::TakeWall { taken: false },
        Conduct::HoldWall { held: true },
        Conduct::LineUp { item: commitment, first: true },
        Conduct::WriteNote { note: NoteId(Uuid::now_v7()), text: Some(remark()) },
        Conduct::Mute { person: own.person, reason: Some(remark()) },
    ];
    let people = [
        People::NoteAttendance { person: own.person, there: true },
        People::Merge { person: own.person, with: own.person },
        People::Part { person: own.person },
    ];
    let floor = [
        Floor::Add { entry: EntryId(Uuid::now_v7()), whom: Added::Person(own.person) },
        Floor::Start { kind: ClockKind::Free, minutes: 5 },
        Floor::OpenRound { about: Some(problem) },
    ];
    let commands: Vec<Command> = std::iter::once(Command::Conduct(Conduct::OverrideCheck {
        finding: Finding::NoResponsible(activity),
        reason: remark(),
    }))
    .chain(all.into_iter().map(Command::Deliberation))
    .chain(conduct.into_iter().map(Command::Conduct))
    .chain(people.into_iter().map(Command::People))
    .chain(floor.into_iter().map(Command::Floor))
    .collect();
    let kinds: BTreeSet<_> = commands.iter().map(kind).collect();
    assert_eq!(kinds.len(), KINDS, "every kind of command");
    commands
}

/// How many kinds of commands there are; the compiler asks for a new one here.
const KINDS: usize = 25;

fn kind(command: &Command) -> usize {
    match command {
        Command::Deliberation(Deliberation::Add { .. }) => 0,
        Command::Deliberation(Deliberation::Remove { .. }) => 1,
        Command::Deliberation(Deliberation::Restore { .. }) => 2,
        Command::Deliberation(Deliberation::Move { .. }) => 3,
        Command::Deliberation(Deliberation::Patch { .. }) => 4,
        Command::Deliberation(Deliberation::Recover { .. }) => 5,
        Command::Deliberation(Deliberation::Assign { .. }) => 6,
        Command::Deliberation(Deliberation::Contribute { .. }) => 7,
        Command::Deliberation(Deliberation::Hide { .. }) => 8,
        Command::Conduct(Conduct::Show { .. }) => 9,
        Command::Conduct(Conduct::ChangePhase { .. }) => 10,
        Command::Conduct(Conduct::SetDoor { .. }) => 11,
        Command::Conduct(Conduct::OverrideCheck { .. }) => 12,
        Command::Conduct(Conduct::WithdrawOverride { .. }) => 13,
        Command::Conduct(Conduct::AskLate) => 14,
        Command::Conduct(Conduct::SettleLate { .. }) => 15,
        Command::People(People::NoteAttendance { .. }) => 16,
        Command::People(People::Merge { .. }) => 17,
        Command::People(People::Part { .. }) => 18,
        // They need a frozen plan, and who reads it out may be at any mesa.
        Command::Agreement(_) => 19,
        Command::Floor(_) => 20,
        Command::Conduct(Conduct::TakeWall { .. }) => 21,
        Command::Conduct(Conduct::HoldWall { .. }) => 22,
        Command::Conduct(Conduct::LineUp { .. }) => 23,
        Command::Conduct(Conduct::WriteNote { .. }) => 24,
        Command::Conduct(Conduct::Mute { .. }) => 26,
        // What doesn't wait can be anything: leaving it out changes nothing.
        Command::Conduct(Conduct::LeaveOut { .. }) => 25,
        // What can be chosen is a list of its own, which another's problem isn't on (`priority.rs`).
        Command::Priority(_) => 27,
        // It names only what its author made.
        Command::Veil(_) => 28,
    }
}

/// How many kinds of assignments there are.
const ASSIGNMENTS: usize = 25;

fn assignment(value: &Assignment) -> usize {
    match value {
        Assignment::Origin(_) => 0,
        Assignment::EvidenceSource(_) => 1,
        Assignment::ProblemState(_) => 2,
        Assignment::Category(_) => 3,
        Assignment::Problem { .. } => 4,
        Assignment::Axis(_) => 5,
        Assignment::IndicatorUnit(_) => 6,
        Assignment::IndicatorBaseline(_) => 7,
        Assignment::IndicatorTarget(_) => 8,
        Assignment::IndicatorPeriod(_) => 9,
        Assignment::Component { .. } => 10,
        Assignment::Lead(_) => 11,
        Assignment::Counterpart(_) => 12,
        Assignment::Starts(_) => 13,
        Assignment::Ends(_) => 14,
        Assignment::Due(_) => 15,
        Assignment::Feasibility(_) => 16,
        Assignment::Sdg(_) => 17,
        Assignment::ResponsiblePost(_) => 18,
        Assignment::ResponsiblePerson(_) => 19,
        Assignment::CoResponsible(_) => 20,
        Assignment::ProposedBy(_) => 21,
        Assignment::SolutionState(_) => 22,
        Assignment::Becomes(_) => 23,
        Assignment::Response(_) => 24,
    }
}

/// The places of ids in a command, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.parse::<Uuid>().is_ok() => found.push(at.to_owned()),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(values) => {
            for (name, value) in values {
                places(value, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Whether an id at this place is that of something new, made by the device.
fn is_new(place: &str) -> bool {
    matches!(place, "/Deliberation/Add/item" | "/Deliberation/Contribute/item")
}

/// The command with another id in each of its places, and where that is.
fn with(command: &Command, id: Uuid) -> Vec<(String, Command)> {
    let written = serde_json::to_value(command).unwrap();
    let mut found = Vec::new();
    places(&written, "", &mut found);
    let replaced = found.into_iter().map(|place| {
        let mut other = written.clone();
        *other.pointer_mut(&place).unwrap() = id.to_string().into();
        (place, serde_json::from_value(other).unwrap())
    });
    replaced.collect()
}

/// An exercise of its own on the same server, with a mesa at which things were made. Returns its
/// stream, the cookie of who prepares it, their device, and what was made.
pub async fn another_exercise(server: &Server) -> (StreamId, String, Device) {
    let (exercise, cookie) = crate::setup::created(server).await;
    let mesa = MesaId { exercise, number: FIRST };
    let door = format!("/ejercicio/{mesa}/entrar");
    let came = post(server.address, &door, "modo=sala", Some(&cookie)).await;
    assert_eq!(came.status, 303, "{}", came.text);
    let device = Device::connect(server.address, mesa, Some(cookie.clone())).await;
    (exercise, cookie, device)
}

#[tokio::test]
async fn an_id_of_another_mesa_or_exercise_is_refused_in_every_place_of_every_command() {
    let server = Server::start(Stage::Live).await;
    let second = server.another_mesa("Movilidad").await;
    let mut beside = server.device_at(second.mesa_id, &second.facilitator_url, "Gabriela").await;
    let (elsewhere, cookie, mut stranger) = another_exercise(&server).await;
    let neighbours = made(&mut beside).await;
    let strangers = made(&mut stranger).await;
    let mut leads = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let own = made(&mut leads).await;
    drop((beside, stranger));

    let items = |made: &Made| {
        let Made { problem, other, solution, draft, commitment, activity, said, .. } = made;
        [problem, other, solution, draft, commitment, activity, said].map(|item| item.0)
    };
    let here = server.ways.exercise_id;
    let heads = async || {
        let store = server.store();
        (store.head(here).await.unwrap(), store.head(elsewhere).await.unwrap())
    };
    let (before, mut tried) = (heads().await, 0);
    let commands = commands(&own);
    for command in &commands {
        for (whose, ids) in [
            ("another mesa's", [&items(&neighbours)[..], &[neighbours.person.0]].concat()),
            ("another exercise's", [&items(&strangers)[..], &[strangers.person.0]].concat()),
            ("nobody's", vec![Uuid::now_v7(), Uuid::nil()]),
        ] {
            for id in ids {
                for (place, replaced) in with(command, id) {
                    // An entry of the floor and a note may have any id: it names nothing.
                    if ["/Floor/Add/entry", "/Conduct/WriteNote/note"].contains(&place.as_str()) {
                        continue;
                    }
                    // What is new may have any id that no other item of the exercise has.
                    if is_new(&place) && !items(&neighbours).contains(&id) {
                        continue;
                    }
                    tried += 1;
                    let outcome = answer(&mut leads, &frame(replaced)).await;
                    let Outcome::Refused(rejection) = &outcome else {
                        panic!("{whose} at {place}: {outcome:?}")
                    };
                    let says = rejection.name();
                    let fits = ["unknown_item", "id_taken", "unknown_value", "wrong_field"];
                    assert!(fits.contains(&says), "{whose} at {place}: {rejection:?}");
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert_eq!(heads().await, before, "nothing changed");

    // On behalf of a seat that another exercise has, and at a mesa that isn't theirs or isn't.
    let organisation =
        encoded([("organizacion", "Colectivo"), ("sector", "academia"), ("titular", "Luz")]);
    let adds = format!("/ejercicio/{elsewhere}/preparar/actores/nueva");
    assert_eq!(post(server.address, &adds, organisation, Some(&cookie)).await.status, 303);
    let before = heads().await;
    let seats = server.store().load(elsewhere).await.unwrap().unwrap().state;
    let seat = seats.actors[0].seats[0].id;
    for command in &commands {
        for seat in [seat, SeatId(Uuid::now_v7())] {
            let sent = CommandFrame { on_behalf: Some(seat), ..frame(command.clone()) };
            let outcome = answer(&mut leads, &sent).await;
            assert_eq!(outcome, Outcome::Refused(Rejection::NotOnBehalf), "{command:?}");
        }
        for (number, says) in [
            (2, ["not_allowed", "unknown_item"]),
            (3, ["unknown_mesa"; 2]),
            (0, ["unknown_mesa"; 2]),
        ] {
            // What nobody sent late needs no permission to be forgotten.
            if number == 2 && *command == Command::Conduct(Conduct::SettleLate { print: 1 }) {
                continue;
            }
            let sent = CommandFrame { mesa: MesaNumber(number), ..frame(command.clone()) };
            let outcome = answer(&mut leads, &sent).await;
            let refused = matches!(&outcome, Outcome::Refused(why) if says.contains(&why.name()));
            assert!(refused, "{command:?} at {number}: {outcome:?}");
        }
    }
    assert_eq!(heads().await, before, "nothing changed");

    // With their own ids all of them are possible, which shows why the others were refused.
    for command in commands {
        let outcome = answer(&mut leads, &frame(command.clone())).await;
        assert!(!matches!(outcome, Outcome::Refused(_)), "{command:?}: {outcome:?}");
    }
    assert_ne!(heads().await.0, before.0);
    assert_eq!(heads().await.1, before.1);
    server.verify_clean().await;
}

#[tokio::test]
async fn who_prepares_all_mesas_takes_no_item_of_one_at_another() {
    let server = Server::start(Stage::Empty).await;
    let (exercise, cookie, mut leads) = another_exercise(&server).await;
    let own = made(&mut leads).await;
    let fields = encoded([
        ("tema", "Movilidad"),
        ("lugar", "Biblioteca"),
        ("dia", "2027-02-26"),
        ("desde", "10:00"),
        ("hasta", "12:00"),
        ("modo", "hybrid"),
    ]);
    let opens = format!("/ejercicio/{exercise}/preparar/mesa/nueva");
    assert_eq!(post(server.address, &opens, fields, Some(&cookie)).await.status, 303);
    let before = server.store().head(exercise).await.unwrap();
    for command in commands(&own) {
        let mut found = Vec::new();
        places(&serde_json::to_value(&command).unwrap(), "", &mut found);
        // A note's id is new as well, and of no item.
        let own = |place: &String| is_new(place) || place == "/Conduct/WriteNote/note";
        if found.iter().all(own) {
            continue;
        }
        let sent = CommandFrame { mesa: MesaNumber(2), ..frame(command.clone()) };
        let outcome = answer(&mut leads, &sent).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{command:?}: {outcome:?}");
    }
    assert_eq!(server.store().head(exercise).await.unwrap(), before);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_session_of_one_exercise_opens_no_socket_and_no_hello_of_another() {
    let server = Server::start(Stage::Live).await;
    let (elsewhere, cookie, _stranger) = another_exercise(&server).await;
    let origin = format!("http://{}", server.address);
    let there = MesaId { exercise: elsewhere, number: FIRST };
    let ana = server.sign_in(server.seat(0), "Ana").await;
    for (mesa, cookie) in [(there, &ana), (server.ways.mesa_id, &cookie)] {
        let socket = open_socket(server.address, mesa, Some(cookie), Some(&origin)).await;
        assert_eq!(close_code(&mut socket.unwrap()).await, Some(4001), "{mesa}");
    }
    // The right socket, and a hello for another stream or mesa.
    let here = server.ways.exercise_id;
    for (stream, number) in
        [(elsewhere, FIRST), (here, MesaNumber(2)), (StreamId(Uuid::nil()), FIRST)]
    {
        let mesa = server.ways.mesa_id;
        let socket = open_socket(server.address, mesa, Some(&ana), Some(&origin)).await;
        let mut socket = socket.unwrap();
        let hello = ClientFrame::Hello(Hello {
            versions: VERSIONS.to_vec(),
            stream,
            mesa: number,
            device: DeviceId(Uuid::now_v7()),
            at: None,
            marks: Vec::new(),
            pending: Vec::new(),
        });
        socket.send(Message::binary(encode(&hello))).await.unwrap();
        let refused = encode(&ServerFrame::Refused(HelloRefusal::Stream));
        let told = socket.next().await.unwrap().unwrap();
        assert_eq!(told, Message::binary(refused), "{stream} {number}");
    }
    server.verify_clean().await;
}
