//! The sample with people in its seats, who have addresses, and somebody who prepares it.

use std::net::SocketAddr;
use std::time::Duration;

use app::page::mail::Security;
use base64::Engine as _;
use domain::exercise::{SeatKind, Sector};
use domain::people::registry::Grant;
use domain::{
    Actor, ActorId, ActorNumber, PersonId, Role, Seat, SeatId, ServerCommand, ShortText, exercise,
    people,
};
use server::app_state::Settings;
use server::mail::{Configuration, Pace, configuration};
use server::service::account::{enrol_creator, hash};
use server::service::entry::{Ledger, issue};
use server::service::sample::{self, Stage};
use store::{JobStatus, NewPerson, Progress, Store};
use uuid::Uuid;

use super::support::{Response, Server, encoded, get, post};

pub const PASSPHRASE: &str = "burro tinta lunes farol";
/// Of who prepares.
pub const OWN: &str = "fabiola@example.org";

/// A configuration for a mail server on this machine, that doesn't wait long.
pub fn by(address: SocketAddr) -> Configuration {
    let ms = Duration::from_millis;
    Configuration {
        host: address.ip().to_string(),
        port: address.port(),
        security: Security::None,
        user: None,
        from: "Mesa Abierta <mesa@mesa.test>".parse().unwrap(),
        authority: None,
        pace: Pace {
            step: ms(2_000),
            look: ms(50),
            first: ms(100),
            longest: ms(1_000),
            ..Pace::default()
        },
        attached: configuration::ATTACHED,
    }
}

pub fn settings(mail: Option<Configuration>) -> Settings {
    Settings { mail, ..Settings::default() }
}

pub struct Town {
    pub server: Server,
    /// Of who prepares.
    pub cookie: String,
    /// Who was given addresses, in order.
    pub people: Vec<PersonId>,
}

impl Town {
    /// With an address in each of the first seats; empty: somebody without one.
    pub async fn new(stage: Stage, mail: Option<Configuration>, addresses: &[&str]) -> Self {
        let server = Server::start_with(stage, settings(mail)).await;
        let (cookie, people) = populate(server.store(), server.ways.exercise_id, addresses).await;
        Self { server, cookie, people }
    }

    /// The link on a card that is printed for the first seat: its person is known by now.
    pub async fn card(&self) -> String {
        let (store, mesa) = (self.server.store(), self.server.ways.mesa_id);
        let mut ledger = Ledger::load(store, mesa.exercise).await.unwrap();
        let seat = ledger.state().actors[0].seats[0].id;
        let grant = Grant { role: Role::Actor, seat: Some(seat), mesa: Some(mesa.number) };
        let secret = issue(&mut ledger, grant).unwrap();
        ledger.write(store).await.unwrap();
        format!("/enlace/{secret}")
    }

    /// Has the frozen plan agreed to and signed by the eight organisations, in all ways.
    pub async fn sign(&self) {
        let (store, mesa) = (self.server.store(), self.server.ways.mesa_id);
        let documents = &self.server.state().documents;
        sample::sign(store, documents, mesa, "http://localhost:3000").await.unwrap();
    }

    /// The SHA-256 of the sealed document.
    pub async fn sealed(&self) -> String {
        let stream = self.server.ways.exercise_id;
        let (seen, _) = self.server.state().rooms.look_anew(stream).await.unwrap().unwrap();
        seen.plan.signed().unwrap().seal.unwrap().document.to_string()
    }

    /// The lines with which the desk is told how the sending stands.
    pub async fn at_desk(&self) -> Vec<String> {
        let told = self.get(&format!("{}/estado", self.dispatch())).await;
        assert_eq!(told.status, 200, "{}", told.text);
        told.text.split('\n').map(str::to_owned).collect()
    }

    pub fn dispatch(&self) -> String {
        format!("/ejercicio/{}/envio", self.server.ways.mesa_id)
    }

    pub fn prepare(&self, part: &str) -> String {
        format!("/ejercicio/{}/preparar/{part}", self.server.ways.exercise_id)
    }

    pub async fn get(&self, path: &str) -> Response {
        get(self.server.address, path, Some(&self.cookie)).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = encoded(fields.iter().copied());
        post(self.server.address, path, body, Some(&self.cookie)).await
    }

    /// Sends the plan to everybody.
    pub async fn send(&self) -> Response {
        let sent = self.post(&self.dispatch(), &[("version", "1"), ("envia", "si")]).await;
        assert_eq!(sent.status, 200, "{}", sent.text);
        sent
    }

    pub async fn jobs(&self, kind: &str) -> Vec<JobStatus> {
        let jobs = self.server.store().jobs(self.server.ways.exercise_id, kind).await.unwrap();
        jobs.into_values().collect()
    }

    /// Waits until every job of a kind is at its end, or uncertain.
    pub async fn until_settled(&self, kind: &str) {
        for _ in 0..600 {
            let now = server::clock::now();
            let open = |job: &JobStatus| {
                matches!(job.progress(now), Progress::Waiting | Progress::Sending)
            };
            if !self.jobs(kind).await.iter().any(open) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{:?}", self.jobs(kind).await);
    }

    /// Waits until a page says something.
    pub async fn until_said(&self, path: &str, said: &str) -> Response {
        let mut last = String::new();
        for _ in 0..600 {
            let page = self.get(path).await;
            if page.text.contains(said) {
                return page;
            }
            last = page.text;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it never says {said}: {last}");
    }
}

fn person(name: String, mail: &str) -> NewPerson {
    NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt: [7; 16],
        name,
        mail: Some(mail.to_owned()).filter(|mail| !mail.is_empty()),
        phone: None,
        passphrase: None,
    }
}

/// Invites people to seats, beyond those of the sample to seats of organisations that don't sign, and
/// enrols who prepares, with a passphrase. The result is the cookie of the latter.
pub async fn populate(
    store: &Store,
    stream: domain::StreamId,
    addresses: &[&str],
) -> (String, Vec<PersonId>) {
    let mut ledger = Ledger::load(store, stream).await.unwrap();
    let mut enrolled = Vec::new();
    for (place, address) in addresses.iter().enumerate() {
        if ledger.state().actors.len() <= place {
            let number = u16::try_from(place + 1).unwrap();
            let seat = Seat { id: SeatId(Uuid::now_v7()), kind: SeatKind::Holder };
            let actor = Actor {
                id: ActorId(Uuid::now_v7()),
                number: ActorNumber(number),
                organisation: ShortText::parse(&format!("Colectivo {number}")).unwrap(),
                sector: Sector::CivilSociety,
                signs: false,
                seats: vec![seat],
                acting: None,
                withdrawn: false,
            };
            let seats = exercise::ServerCommand::SeatActor(Box::new(actor));
            ledger.enter(&ServerCommand::Exercise(seats)).unwrap();
        }
        let seat = ledger.state().actors[place].seats[0].id;
        let record = person(format!("Persona Núñez {place}"), address);
        let invite = people::ServerCommand::Invite {
            seat,
            person: Some(record.id),
            enrols: Some(record.record_digest()),
            at: server::clock::now(),
        };
        ledger.enter(&ServerCommand::People(invite)).unwrap();
        enrolled.push(record.id);
        ledger.person(record);
    }
    let own = person("Fabiola Cruz".to_owned(), OWN);
    let own = NewPerson { passphrase: Some(hash(PASSPHRASE.to_owned()).await), ..own };
    let grant = Grant { role: Role::Administrator, seat: None, mesa: None };
    let secret = enrol_creator(&mut ledger, own, grant).unwrap();
    ledger.write(store).await.unwrap();
    (secret.text, enrolled)
}

/// A part of a message: its headers, unfolded, and what it holds.
pub struct Part {
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Part {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }

    /// A parameter as a program reads it that knows this very form of it.
    pub fn parameter(&self, header: &str, name: &str) -> Option<String> {
        let begins = format!("{name}=");
        let mut parts = self.header(header).split(';').skip(1).map(str::trim);
        let value = parts.find_map(|part| part.strip_prefix(&begins))?;
        Some(value.trim_matches('"').to_owned())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap().replace("\r\n", "\n")
    }
}

/// The parts of a message that aren't made of parts themselves; the first is its own headers.
pub fn parts(message: &str) -> Vec<Part> {
    let mut all = Vec::new();
    let own = read(message);
    all.push(Part { headers: own.headers.clone(), body: Vec::new() });
    gather(own, &mut all);
    all
}

fn gather(part: Part, all: &mut Vec<Part>) {
    let Some(boundary) = part.parameter("Content-Type", "boundary") else {
        all.push(decoded(part));
        return;
    };
    let body = String::from_utf8(part.body).unwrap();
    let mark = format!("--{boundary}");
    let pieces: Vec<&str> = body.split(&mark).skip(1).collect();
    for piece in pieces.iter().take_while(|piece| !piece.starts_with("--")) {
        gather(read(piece.trim_start_matches("\r\n")), all);
    }
}

fn read(text: &str) -> Part {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        match (line.starts_with([' ', '\t']), lines.last_mut()) {
            (true, Some(last)) => last.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    let header = |line: String| {
        line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
    };
    Part { headers: lines.into_iter().filter_map(header).collect(), body: body.as_bytes().to_vec() }
}

fn decoded(part: Part) -> Part {
    let text = String::from_utf8(part.body.clone()).unwrap();
    let body = match part.header("Content-Transfer-Encoding") {
        "base64" => {
            let text: String = text.split_whitespace().collect();
            base64::engine::general_purpose::STANDARD.decode(text).unwrap()
        }
        "quoted-printable" => quoted(&text),
        _ => part.body,
    };
    Part { headers: part.headers, body }
}

fn quoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            let digits = std::str::from_utf8(&after[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    bytes
}
