//! The letters that remind of the information pack, which nobody asks for.

use std::convert::Infallible;

use bytes::Bytes;
use domain::pack::{Entry, NoticeRule};
use domain::{ExerciseCard, MesaCard, Phase, Role, ServerCommand, exercise};
use futures_util::stream;
use server::mail::PACK;
use server::service::entry::enter;
use server::service::pack::{Announced, Asker, reminders, send};
use server::service::sample::Stage;

use super::smtp::{Setup, Smtp};
use super::support::{Device, FIRST};
use super::town::{Town, by, parts};

const HOUR: i64 = 60 * 60 * 1_000;
const DAY: i64 = 24 * HOUR;

struct Pack {
    town: Town,
    lead: Device,
}

impl Pack {
    async fn new(smtp: std::net::SocketAddr, addresses: &[&str]) -> Self {
        let town = Town::new(Stage::Empty, Some(by(smtp)), addresses).await;
        let link = town.server.ways.facilitator_url.clone();
        let mut lead = town.server.device(&link, "Fabiola").await;
        lead.change_phase(Phase::Preparation).await;
        Self { town, lead }
    }

    /// The mesa meets so long from now; the rule is ten days.
    async fn meets_in(&self, ms: i64) {
        let (store, exercise) = (self.town.server.store(), self.town.server.ways.exercise_id);
        let state = store.load(exercise).await.unwrap().unwrap().state;
        let card = state.card.as_deref().unwrap().clone();
        let mesa = state.mesa(FIRST).unwrap().card.as_deref().unwrap().clone();
        let starts_at = server::clock::now() + ms;
        let ruled = ExerciseCard { notice: Some(NoticeRule::USUAL), ..card };
        let moved = MesaCard { starts_at, ends_at: starts_at + 3 * HOUR, ..mesa };
        for command in [
            exercise::ServerCommand::AmendExercise(Box::new(ruled)),
            exercise::ServerCommand::AmendMesa { mesa: FIRST, card: Box::new(moved) },
        ] {
            enter(store, exercise, &ServerCommand::Exercise(command)).await.unwrap();
        }
        self.town.server.state().rooms.look_anew(exercise).await.unwrap();
    }

    async fn round(&self) -> usize {
        reminders::ask(self.town.server.state(), server::clock::now()).await.unwrap()
    }

    fn who(&self, person: usize) -> Asker {
        let people = &self.town.people;
        Asker { person: people[person], seat: None, role: Role::Facilitator }
    }

    async fn send(&self, entry: Entry, name: &str) {
        let bytes = stream::iter([Ok::<_, Infallible>(Bytes::from(format!("{name}: a table")))]);
        let (state, exercise) = (self.town.server.state(), self.town.server.ways.exercise_id);
        let announced = Announced { entry, replaces: None, name };
        Box::pin(send(state, exercise, self.who(0), announced, bytes)).await.unwrap();
    }
}

#[tokio::test]
async fn who_has_not_sent_or_opened_is_reminded_once_at_each_moment() {
    let smtp = Smtp::start(Setup::default()).await;
    let addresses = ["ana@x.test", "luz@x.test", "", "dora@x.test", "eva@x.test"];
    let pack = Pack::new(smtp.address, &addresses).await;
    pack.meets_in(13 * DAY).await;
    assert_eq!(pack.round().await, 0, "it isn't time yet");

    // Two days before it is due: who sends.
    pack.meets_in(12 * DAY - HOUR).await;
    assert_eq!((pack.round().await, pack.round().await), (3, 0));
    let letters = smtp.until_taken(3).await;
    let ana = letters.iter().find(|letter| letter.to == "ana@x.test").unwrap();
    let text = parts(&ana.text)[1].text();
    for said in ["pendiente enviar 5 puntos del expediente previo", "/expediente", "tu tarjeta"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // The other two of the sample with an address are public institutions; a collective isn't asked to send.
    for institution in ["luz@x.test", "dora@x.test"] {
        assert!(letters.iter().any(|letter| letter.to == institution), "{institution}");
    }
    assert!(letters.iter().all(|letter| letter.to != "eva@x.test"));

    // When it is due: who has something to read.
    pack.meets_in(10 * DAY - HOUR).await;
    assert_eq!(pack.round().await, 0, "there is nothing to read");
    pack.send(Entry::CapacityKit, "Kit.csv").await;
    pack.send(Entry::Studies, "Estudios.csv").await;
    assert_eq!((pack.round().await, pack.round().await), (4, 0));
    let letters = smtp.until_taken(7).await;
    let luz = letters[3..].iter().find(|letter| letter.to == "luz@x.test").unwrap();
    let text = parts(&luz.text)[1].text();
    assert!(text.contains("nadie ha abierto todavía 2 archivos del expediente previo"), "{text}");

    // Three days before the mesa: who still hasn't opened all of it.
    let (state, exercise) = (pack.town.server.state(), pack.town.server.ways.exercise_id);
    let seen = state.rooms.look(exercise).await.unwrap().unwrap().0;
    let seat = seen.actors[1].seats[0].id;
    let luz = Asker { person: pack.town.people[1], seat: Some(seat), role: Role::Actor };
    for file in [1, 2] {
        let opened = server::service::pack::open(state, exercise, luz, file).await;
        opened.unwrap().unwrap();
    }
    pack.meets_in(3 * DAY - HOUR).await;
    assert_eq!(pack.round().await, 3);
    let letters = smtp.until_taken(10).await;
    assert!(letters[7..].iter().all(|letter| letter.to != "luz@x.test"));
    pack.town.until_settled(PACK).await;
    let page = pack.town.server.ways.mesa_id;
    let path = format!("/ejercicio/{}/mesa/1/expediente", page.exercise);
    let page =
        super::support::get(pack.town.server.address, &path, pack.lead.cookie.as_deref()).await;
    assert!(page.text.contains("Recordatorio por correo: enviado el"), "{}", page.text);

    // Long after a moment, or once the mesa began, nobody is written to.
    pack.meets_in(2 * DAY - HOUR).await;
    assert_eq!(pack.round().await, 0);
    pack.town.server.verify_clean().await;
}

#[tokio::test]
async fn what_was_opened_before_its_letter_goes_out_needs_none() {
    let closed = Smtp::start(Setup::default()).await;
    let address = closed.address;
    drop(closed);
    let pack = Pack::new(address, &["ana@x.test"]).await;
    pack.send(Entry::CapacityKit, "Kit.csv").await;
    pack.meets_in(3 * DAY - HOUR).await;
    assert_eq!(pack.round().await, 1);
    // The mesa is moved before there is a connection.
    pack.meets_in(30 * DAY).await;
    let smtp = Smtp::start_at(address, Setup::default()).await;
    pack.town.until_settled(PACK).await;
    assert!(smtp.letters().is_empty());
}
