//! Preparing an exercise: its data, its organisations and their people, links on cards, who else
//! prepares; and changing all of it while the mesa runs.

use app::page::form::Field;
use domain::exercise::SeatKind;
use domain::people::registry::Grant;
use domain::{Actor, ActorNumber, MesaId, MesaNumber, Role, StreamId};
use server::service::account;
use server::service::sample::Stage;

use super::setup::{PASSPHRASE, created};
use super::support::{Device, Response, SOON, Server, encoded, get, location, post};

const FIRST: MesaNumber = MesaNumber(1);

pub struct Prepared {
    pub server: Server,
    pub exercise: StreamId,
    pub cookie: String,
}

impl Prepared {
    pub async fn new() -> Self {
        let server = Server::start(Stage::Empty).await;
        let (exercise, cookie) = created(&server).await;
        Self { server, exercise, cookie }
    }

    pub fn address(&self, part: &str) -> String {
        format!("/ejercicio/{}/preparar{part}", self.exercise)
    }

    pub fn mesa(&self) -> MesaId {
        MesaId { exercise: self.exercise, number: FIRST }
    }

    pub async fn get(&self, part: &str) -> Response {
        get(self.server.address, &self.address(part), Some(&self.cookie)).await
    }

    pub async fn post(&self, part: &str, fields: &[(&str, &str)]) -> Response {
        let body = encoded(fields.iter().copied());
        post(self.server.address, &self.address(part), body, Some(&self.cookie)).await
    }

    pub async fn state(&self) -> domain::Exercise {
        self.server.store().load(self.exercise).await.unwrap().unwrap().state
    }

    async fn actor(&self, number: u16) -> Actor {
        let state = self.state().await;
        let found = state.actors.iter().find(|actor| actor.number == ActorNumber(number));
        found.unwrap().as_ref().clone()
    }

    /// Adds an organisation with people in both its seats.
    pub async fn add(&self, name: &str, holder: &str, alternate: &str) {
        let added = self.post("/actores/nueva", &actor(name, holder, alternate)).await;
        assert_eq!(added.status, 303, "{}", added.text);
    }

    /// The links on the cards for everybody.
    pub async fn cards(&self, whose: &str) -> Vec<String> {
        let cards = self.post("/tarjetas", &[("quien", whose)]).await;
        assert_eq!(cards.status, 200);
        let secrets = cards.text.split("/enlace#").skip(1).filter_map(|rest| rest.get(..32));
        secrets.map(|secret| format!("/enlace/{secret}")).collect()
    }
}

fn actor<'a>(name: &'a str, holder: &'a str, alternate: &'a str) -> [(&'a str, &'a str); 7] {
    [
        ("organizacion", name),
        ("sector", "civil_society"),
        ("firma", "si"),
        ("titular", holder),
        ("correo-titular", if holder.is_empty() { "" } else { "titular@example.org" }),
        ("suplente", alternate),
        ("telefono-suplente", if alternate.is_empty() { "" } else { "951 123 4567" }),
    ]
}

/// The fields of a form as a page shows them.
fn shown(page: &Response, field: Field) -> String {
    let name = format!("name=\"{}\"", field.name());
    let at = page.text.find(&name).unwrap_or_else(|| panic!("no {name}"));
    let tag = &page.text[page.text[..at].rfind('<').unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    tag.split("value=\"")
        .nth(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .unwrap_or_default()
}

#[tokio::test]
async fn a_mesa_changes_with_what_it_does_said_first() {
    let at = Prepared::new().await;
    let page = at.get("/mesa/1").await;
    assert_eq!((page.status, shown(&page, Field::Venue).as_str()), (200, "Casa de la cultura"));
    let fields = |venue: &'static str, day: &'static str| {
        vec![
            ("tema", "Agua"),
            ("lugar", venue),
            ("dia", day),
            ("desde", "10:00"),
            ("hasta", "14:00"),
            ("modo", "hybrid"),
            ("fase-1", "analysis"),
            ("punto-1", "Diagnóstico"),
            ("minutos-1", "45"),
        ]
    };
    // Nobody has a card and the mesa hasn't met: it is simply saved.
    let saved = at.post("/mesa/1", &fields("Salón de cabildo", "2027-02-18")).await;
    assert_eq!((saved.status, location(&saved)), (303, at.address("/mesa/1?guardado")));
    let card = at.state().await.mesa(FIRST).unwrap().card.clone().unwrap();
    assert_eq!((card.venue.as_str(), card.agenda.len()), ("Salón de cabildo", 1));
    // With cards printed another day is asked about, and nothing changes until it is confirmed.
    at.add("Colectivo", "Ana Ríos", "").await;
    at.cards("todos").await;
    let asked = at.post("/mesa/1", &fields("Salón de cabildo", "2027-02-25")).await;
    assert_eq!(asked.status, 422);
    for said in ["de «18/02/2027» a «25/02/2027»", "1 enlace hecho", "Sí, cambiarlo"] {
        assert!(asked.text.contains(said), "{said}: {}", asked.text);
    }
    assert_eq!(at.state().await.mesa(FIRST).unwrap().card.as_ref().unwrap(), &card);
    let mut confirmed = fields("Salón de cabildo", "2027-02-25");
    confirmed.push(("confirma", "si"));
    assert_eq!(at.post("/mesa/1", &confirmed).await.status, 303);
    let moved = at.state().await.mesa(FIRST).unwrap().card.clone().unwrap();
    assert_eq!(moved.starts_at - card.starts_at, 7 * 24 * 3_600_000);
    // Another mesa.
    let added = at.post("/mesa/nueva", &fields("Biblioteca", "2027-02-26")).await;
    assert_eq!(location(&added), at.address("/mesa/2?guardado"));
    let state = at.state().await;
    assert!(state.mesa(MesaNumber(2)).unwrap().conduct.door_open);
    assert!(state.registry.join_codes.contains_key(&MesaNumber(2)));
    at.server.verify_clean().await;
}

#[tokio::test]
async fn the_rules_stay_once_the_plan_is_being_read() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let cookie = facilitator.cookie.clone().unwrap();
    let address = format!("/ejercicio/{}/preparar/datos", server.ways.exercise_id);
    let page = get(server.address, &address, Some(&cookie)).await;
    let form = |quorum: &str, guarantor: &str| {
        let fields = Field::EXERCISE.map(|field| {
            let typed = match field {
                Field::Quorum => quorum.to_owned(),
                Field::Guarantor => guarantor.to_owned(),
                Field::Zone => "America/Mexico_City".to_owned(),
                Field::DecisionRule => "consensus".to_owned(),
                Field::NoticeKind => "calendar".to_owned(),
                Field::Axes => "Agua".to_owned(),
                field => shown(&page, field),
            };
            (field.name().into_owned(), typed)
        });
        encoded(fields.into_iter().chain([("confirma".to_owned(), "si".to_owned())]))
    };
    facilitator.change_phase(domain::Phase::Analysis).await;
    let send = async |body: String| post(server.address, &address, body, Some(&cookie)).await;
    assert_eq!(send(form("4", "Otro garante")).await.status, 303, "while the mesa meets");
    let state = async || server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert_eq!(state().await.card.as_ref().unwrap().quorum, 4);
    facilitator.change_phase(domain::Phase::Agreements).await;
    facilitator.change_phase(domain::Phase::ReadOut).await;
    let refused = send(form("7", "Otro garante")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("ya no cambia"), "{}", refused.text);
    assert_eq!(send(form("4", "Tercer garante")).await.status, 303, "names may change");
    let card = state().await.card.clone().unwrap();
    assert_eq!((card.quorum, card.guarantor.as_str()), (4, "Tercer garante"));
    // Whose devices follow have it without a reload.
    facilitator
        .until(|replica| {
            let card = replica.confirmed().card.as_ref();
            card.is_some_and(|card| card.guarantor.as_str() == "Tercer garante")
        })
        .await;
    server.verify_clean().await;
}

#[tokio::test]
async fn an_invited_person_comes_in_by_their_name_and_a_new_card_ends_the_old_one() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "Berta Luna").await;
    let again = at.post("/actores/nueva", &actor("COLECTIVO de água", "", "")).await;
    assert!(again.status == 422 && again.text.contains("ya está en la lista"));
    let first = at.cards("todos").await;
    assert_eq!(first.len(), 2, "a card for each person");
    let second = at.cards("todos").await;
    let old = get(address, &first[0], None).await;
    assert_eq!(old.status, 410);
    assert!(old.text.contains("fue reemplazado"), "{}", old.text);
    assert_eq!(post(address, &first[0], "nombre=Ana", None).await.status, 410);
    // Looking consumes nothing; the name is known, and nobody types another.
    for _ in 0..3 {
        let door = get(address, &second[0], None).await;
        assert!(door.text.contains("Ana Ríos") && !door.text.contains("name=\"nombre\""));
        assert!(door.cookie.is_none());
    }
    let inside = post(address, &second[0], "modo=sala&nombre=Eva", None).await;
    assert_eq!(inside.status, 303, "{}", inside.text);
    let ana = Device::connect(address, at.mesa(), inside.cookie.clone()).await;
    assert!(ana.refused.is_empty());
    let state = at.state().await;
    let actor = at.actor(1).await;
    let person = state.registry.invited[&actor.seats[0].id];
    assert_eq!(state.mesa(FIRST).unwrap().people.attendees[&person].seat, Some(actor.seats[0].id));
    let names = at.server.store().names(&[person]).await.unwrap();
    assert_eq!(names[&person], "Ana Ríos");
    // The list says so; mail and phone are nowhere else.
    let list = at.get("/actores").await;
    for said in ["Entró", "Enlace hecho", "titular@example.org"] {
        assert!(list.text.contains(said), "{said}");
    }
    let own = get(address, &format!("/ejercicio/{}", at.mesa()), inside.cookie.as_deref()).await;
    for private in ["titular@example.org", "951 123", "Berta Luna"] {
        assert!(!own.text.contains(private), "{private}");
    }
    // Only who hasn't come in gets a new card.
    let rest = at.cards("sin-entrar").await;
    assert_eq!(rest.len(), 1);
    assert_eq!(get(address, &second[0], inside.cookie.as_deref()).await.status, 303);
    assert_eq!(get(address, &second[1], None).await.status, 410);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn another_person_in_a_seat_ends_the_link_and_the_devices_of_who_was_there() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "Berta Luna").await;
    let cards = at.cards("todos").await;
    let inside = post(address, &cards[0], "modo=sala", None).await;
    let mut ana = Device::connect(address, at.mesa(), inside.cookie.clone()).await;
    // A corrected name is the same person.
    let corrected =
        at.post("/actores/1", &actor("Colectivo de Agua", "Ana Ríos López", "Berta Luna")).await;
    assert_eq!(corrected.status, 303, "{}", corrected.text);
    assert_eq!(
        get(address, &format!("/ejercicio/{}", at.mesa()), inside.cookie.as_deref()).await.status,
        200
    );
    let asked =
        at.post("/actores/1", &actor("Colectivo de Agua", "Carmen Vela", "Berta Luna")).await;
    assert!(
        asked.status == 422 && asked.text.contains("Ana Ríos López deja ese lugar"),
        "{}",
        asked.text
    );
    let mut fields = actor("Colectivo de Agua", "Carmen Vela", "Berta Luna").to_vec();
    fields.push(("confirma", "si"));
    assert_eq!(at.post("/actores/1", &fields).await.status, 303);
    // Her socket ends at once, she isn't let back, and her link no longer works.
    tokio::time::timeout(std::time::Duration::from_secs(2), ana.until_closed())
        .await
        .expect("ends");
    assert_eq!(
        get(address, &format!("/ejercicio/{}", at.mesa()), inside.cookie.as_deref()).await.status,
        403
    );
    let gone = get(address, &cards[0], None).await;
    assert!(gone.status == 410 && gone.text.contains("lo retiró"), "{}", gone.text);
    // The other seat's link is as it was.
    assert_eq!(get(address, &cards[1], None).await.status, 200);
    let state = at.state().await;
    let attendee = state.mesa(FIRST).unwrap().people.attendees.values().next().unwrap();
    assert!(!attendee.is_there());
    at.server.verify_clean().await;
}

#[tokio::test]
async fn who_of_the_two_acts_changes_in_one_tap() {
    let at = Prepared::new().await;
    at.add("Colectivo de Agua", "Ana Ríos", "Berta Luna").await;
    let acts = |actor: &Actor, kind| {
        actor.acts_by(actor.seats.iter().find(|seat| seat.kind == kind).unwrap().id)
    };
    let before = at.actor(1).await;
    assert!(acts(&before, SeatKind::Holder) && !acts(&before, SeatKind::Alternate));
    let alternate = before.seats.iter().find(|seat| seat.kind == SeatKind::Alternate).unwrap();
    let named = alternate.id.to_string();
    assert_eq!(at.post("/actores/1/actua", &[("lugar", &named)]).await.status, 303);
    let after = at.actor(1).await;
    assert!(acts(&after, SeatKind::Alternate) && !acts(&after, SeatKind::Holder));
    assert!(at.get("/actores").await.text.contains("Que actúe el titular"));
    // An organisation that no longer takes part acts by nobody, and its links end.
    let cards = at.cards("todos").await;
    let asked = at.post("/actores/1/retiro", &[("retiro", "si")]).await;
    assert!(asked.status == 200 && asked.text.contains("2 personas salen de la mesa"));
    assert_eq!(
        at.post("/actores/1/retiro", &[("retiro", "si"), ("confirma", "si")]).await.status,
        303
    );
    let gone = at.actor(1).await;
    assert!(gone.withdrawn && !acts(&gone, SeatKind::Alternate));
    assert_eq!(get(at.server.address, &cards[0], None).await.status, 410);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn who_prepares_signs_in_on_any_device_and_takes_over_a_live_mesa() {
    let at = Prepared::new().await;
    let address = at.server.address;
    let sign_in = async |mail: &str, passphrase: &str| {
        let body = encoded([("correo", mail), ("frase", passphrase)]);
        post(address, "/entrar/cuenta", body, None).await
    };
    for (mail, passphrase) in [
        ("fabiola@example.org", "otra frase larga"),
        ("nadie@example.org", PASSPHRASE),
        ("fabiola@example.org", &PASSPHRASE.to_uppercase()),
    ] {
        let refused = sign_in(mail, passphrase).await;
        assert!(refused.status == 422 && refused.text.contains("no coinciden"), "{mail}");
        assert!(refused.cookie.is_none() && !refused.text.contains(passphrase));
    }
    // The laptop leads the mesa, and dies.
    let entrance = format!("/ejercicio/{}/entrar", at.mesa());
    assert_eq!(post(address, &entrance, "modo=sala", Some(&at.cookie)).await.status, 303);
    let mut laptop = Device::connect(address, at.mesa(), Some(at.cookie.clone())).await;
    laptop.change_phase(domain::Phase::Introduction).await;
    drop(laptop);
    // The same person goes on from another device: by mail and passphrase, without any link.
    let began = std::time::Instant::now();
    let signed_in = sign_in(" Fabiola@Example.org ", PASSPHRASE).await;
    assert_eq!((signed_in.status, location(&signed_in)), (303, at.address("")));
    let cookie = signed_in.cookie.expect("a cookie");
    assert_ne!(cookie, at.cookie, "a new session at each sign-in");
    let desk = format!("/ejercicio/{}/conducir", at.mesa());
    assert_eq!(get(address, &desk, Some(&cookie)).await.status, 200, "she attends already");
    let mut phone = Device::connect(address, at.mesa(), Some(cookie)).await;
    phone.change_phase(domain::Phase::Analysis).await;
    assert!(began.elapsed() < std::time::Duration::from_secs(30));
    let state = at.state().await;
    assert_eq!(state.mesa(FIRST).unwrap().conduct.phase, domain::Phase::Analysis);
    assert_eq!(state.mesa(FIRST).unwrap().people.attendees.len(), 1, "one person, one attendance");
    at.server.verify_clean().await;
}

#[tokio::test]
async fn a_co_facilitator_chooses_a_passphrase_once_and_a_taken_role_ends_at_once() {
    let at = Prepared::new().await;
    let address = at.server.address;
    let added = at
        .post(
            "/personas",
            &[
                ("persona", "Carlos Paz"),
                ("correo", "carlos@example.org"),
                ("papel", "co_facilitator"),
                ("mesa", "1"),
            ],
        )
        .await;
    assert_eq!(added.status, 200, "{}", added.text);
    let secret = added.text.split("/frase#").nth(1).and_then(|rest| rest.get(..32)).unwrap();
    let link = format!("/frase/{secret}");
    // At no door, and looking consumes nothing.
    assert_eq!(get(address, &format!("/enlace/{secret}"), None).await.status, 404);
    assert_eq!(get(address, &format!("/crear/{secret}"), None).await.status, 404);
    assert_eq!(get(address, &link, None).await.status, 200);
    let weak = post(address, &link, encoded([("frase", "carlos paz 12")]), None).await;
    assert!(weak.status == 422 && weak.text.contains("fácil de adivinar"), "{}", weak.text);
    let passphrase = encoded([("frase", "nube cebra lunes gis")]);
    let chosen = post(address, &link, &passphrase, None).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text);
    assert_eq!(post(address, &link, &passphrase, None).await.status, 404, "once");
    let cookie = chosen.cookie.unwrap();
    // He leads the mesa, and doesn't prepare.
    assert_eq!(get(address, &at.address("/datos"), Some(&cookie)).await.status, 403);
    let entrance = format!("/ejercicio/{}/entrar", at.mesa());
    assert_eq!(post(address, &entrance, "modo=sala", Some(&cookie)).await.status, 303);
    let mut carlos = Device::connect(address, at.mesa(), Some(cookie.clone())).await;
    carlos.change_phase(domain::Phase::Introduction).await;
    let state = at.state().await;
    let (person, grant) = state
        .registry
        .staff
        .iter()
        .find(|(_, grant)| grant.is_some_and(|g| g.role == Role::CoFacilitator))
        .unwrap();
    assert_eq!(*grant, Some(Grant { role: Role::CoFacilitator, seat: None, mesa: Some(FIRST) }));
    // Another role from the next command on: a rapporteur changes no phase.
    let changed = at
        .post(
            "/personas",
            &[
                ("persona", "Carlos Paz"),
                ("correo", "carlos@example.org"),
                ("papel", "rapporteur"),
                ("mesa", "1"),
            ],
        )
        .await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    tokio::time::timeout(SOON, carlos.until_closed())
        .await
        .expect("it connects again with the new role");
    let mut carlos = Device::connect(address, at.mesa(), Some(cookie.clone())).await;
    carlos.try_phase(domain::Phase::Analysis).await;
    assert!(!carlos.refused.is_empty());
    // And none: signed out within two seconds.
    assert_eq!(at.post("/personas/quitar", &[("persona", &person.to_string())]).await.status, 303);
    tokio::time::timeout(std::time::Duration::from_secs(2), carlos.until_closed())
        .await
        .expect("ends");
    assert_eq!(get(address, &format!("/ejercicio/{}", at.mesa()), Some(&cookie)).await.status, 403);
    let signs = encoded([("correo", "carlos@example.org"), ("frase", "nube cebra lunes gis")]);
    assert_eq!(post(address, "/entrar/cuenta", signs, None).await.status, 422);
    // Nobody takes their own right to prepare.
    let own = state.registry.staff.keys().find(|id| *id != person).unwrap().to_string();
    at.post("/personas/quitar", &[("persona", &own)]).await;
    assert_eq!(at.get("").await.status, 200);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn a_lost_passphrase_is_replaced_by_the_operator_s_link_and_other_devices_end() {
    let at = Prepared::new().await;
    let address = at.server.address;
    assert!(account::reset(at.server.store(), "nadie@example.org").await.unwrap().is_empty());
    let links = account::reset(at.server.store(), "fabiola@example.org").await.unwrap();
    let [(exercise, secret)] = links.as_slice() else { panic!("{links:?}") };
    assert_eq!(*exercise, at.exercise);
    let chosen = post(
        address,
        &format!("/frase/{secret}"),
        encoded([("frase", "pozo verde marzo tijera")]),
        None,
    )
    .await;
    assert_eq!(chosen.status, 303, "{}", chosen.text);
    assert_eq!(at.get("").await.status, 403, "the laptop that was lost is signed out");
    let sign_in = async |passphrase: &str| {
        let body = encoded([("correo", "fabiola@example.org"), ("frase", passphrase)]);
        post(address, "/entrar/cuenta", body, None).await.status
    };
    assert_eq!((sign_in(PASSPHRASE).await, sign_in("pozo verde marzo tijera").await), (422, 303));
    at.server.verify_clean().await;
}

#[tokio::test]
async fn switching_the_public_page_off_ends_its_views_and_not_the_table_s() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "").await;
    let cards = at.cards("todos").await;
    let inside = post(address, &cards[0], "modo=sala", None).await;
    let ana = Device::connect(address, at.mesa(), inside.cookie.clone()).await;
    let mut follower = Device::connect(address, at.mesa(), None).await;
    let public = format!("/publica/{}", at.exercise);
    assert_eq!(get(address, &public, None).await.status, 200);
    assert_eq!(at.post("/publica", &[("abierta", "no")]).await.status, 303);
    tokio::time::timeout(std::time::Duration::from_secs(5), follower.until_closed())
        .await
        .expect("ends");
    for file in [public.clone(), format!("/publico/{}/datos.json", at.mesa())] {
        assert_eq!(get(address, &file, None).await.status, 403, "{file}");
        assert_eq!(get(address, &file, inside.cookie.as_deref()).await.status, 200, "{file}");
    }
    assert!(!Device::is_welcome(address, at.mesa()).await);
    assert!(ana.refused.is_empty());
    assert_eq!(at.post("/publica", &[("abierta", "si")]).await.status, 303);
    assert_eq!(get(address, &public, None).await.status, 200);
    assert!(Device::is_welcome(address, at.mesa()).await);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn fifty_devices_on_one_seat_are_one_person_and_each_can_be_ended() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "").await;
    let card = at.cards("todos").await.remove(0);
    let opened =
        futures_util::future::join_all((0..50).map(|_| post(address, &card, "modo=sala", None)))
            .await;
    assert!(opened.iter().all(|answer| answer.status == 303));
    let state = at.state().await;
    assert_eq!(state.mesa(FIRST).unwrap().people.attendees.len(), 1);
    let sessions: Vec<_> = state
        .registry
        .sessions
        .iter()
        .filter(|(_, s)| s.grant.seat.is_some())
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(sessions.len(), 50);
    for session in &sessions[1..] {
        assert_eq!(
            at.post("/actores/cerrar", &[("entrada", &session.to_string())]).await.status,
            303
        );
    }
    let page = format!("/ejercicio/{}", at.mesa());
    let mut in_there = 0;
    for answer in &opened {
        in_there += usize::from(get(address, &page, answer.cookie.as_deref()).await.status == 200);
    }
    assert_eq!(in_there, 1);
    assert!(at.state().await.mesa(FIRST).unwrap().people.attendees.values().all(|a| a.is_there()));
    at.server.verify_clean().await;
}

#[tokio::test]
async fn a_facilitator_of_one_of_two_mesas_prepares_only_that_one() {
    let server = Server::start(Stage::Agreed).await;
    let second = server.another_mesa("Movilidad").await;
    let cookie = server.sign_in(&second.facilitator_url, "Fabiola").await;
    let address = |part: &str| format!("/ejercicio/{}/preparar{part}", server.ways.exercise_id);
    assert_eq!(get(server.address, &address(""), Some(&cookie)).await.status, 200);
    let fields = encoded([
        ("tema", "Movilidad segura"),
        ("lugar", "Biblioteca"),
        ("dia", "2026-09-04"),
        ("desde", "10:00"),
        ("hasta", "12:00"),
        ("modo", "hybrid"),
        ("confirma", "si"),
    ]);
    let send = async |part: &str, body: &str| {
        post(server.address, &address(part), body, Some(&cookie)).await.status
    };
    assert_eq!(send("/mesa/2", &fields).await, 303);
    for part in [
        "/mesa/1",
        "/mesa/nueva",
        "/datos",
        "/actores/nueva",
        "/personas",
        "/aviso",
        "/publica",
        "/archivo/copiar",
        "/tarjetas",
    ] {
        assert_eq!(send(part, &fields).await, 403, "{part}");
    }
    // Nor does she read who sits at the other one, and how they are reached.
    for part in ["/actores", "/actores/1", "/actores/pegar", "/tarjetas", "/personas"] {
        assert_eq!(get(server.address, &address(part), Some(&cookie)).await.status, 403, "{part}");
    }
    server.verify_clean().await;
}
