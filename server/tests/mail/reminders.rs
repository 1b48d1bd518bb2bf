//! Reminding by mail those of whom an answer or a signature is missing.

use domain::Phase;
use server::mail::REMINDER;
use server::service::sample::Stage;

use super::smtp::{Setup, Smtp};
use super::support::{Response, get, post};
use super::town::{Town, by, parts};

struct Lead {
    town: Town,
    device: super::support::Device,
    cookie: String,
}

impl Lead {
    async fn new(smtp: std::net::SocketAddr, addresses: &[&str]) -> Self {
        let town = Town::new(Stage::Frozen, Some(by(smtp)), addresses).await;
        let link = town.server.ways.facilitator_url.clone();
        let cookie = town.server.sign_in(&link, "Carlos").await;
        let (address, mesa) = (town.server.address, town.server.ways.mesa_id);
        let device = super::support::Device::connect(address, mesa, Some(cookie.clone())).await;
        Self { town, device, cookie }
    }

    fn path(&self) -> String {
        format!("/ejercicio/{}/recordar", self.town.server.ways.mesa_id)
    }

    async fn page(&self) -> Response {
        get(self.town.server.address, &self.path(), Some(&self.cookie)).await
    }

    async fn remind(&self, whom: &str) -> Response {
        let body = format!("recuerda={whom}");
        post(self.town.server.address, &self.path(), body, Some(&self.cookie)).await
    }
}

#[tokio::test]
async fn who_has_not_answered_or_signed_is_written_to_once_a_day_and_led_in() {
    let smtp = Smtp::start(Setup::default()).await;
    let mut lead = Lead::new(smtp.address, &["ana@x.test", "luz@x.test", ""]).await;
    let page = lead.page().await.text;
    assert!(page.contains("no se espera la respuesta ni la firma de nadie"), "{page}");

    lead.device.change_phase(Phase::Conformity).await;
    let page = lead.page().await.text;
    for said in [
        "Falta la respuesta de 8 organizaciones a la versión 1.",
        "Recordarles a 2 personas",
        "no tenemos su correo",
        "nadie tiene el lugar",
        "Persona Núñez 0",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("x.test"), "addresses are for who prepares: {page}");
    let page = lead.remind("todos").await;
    assert!(page.text.contains("Van 2 mensajes."), "{}", page.text);
    let letters = smtp.until_taken(2).await;
    lead.town.until_settled(REMINDER).await;
    let ana = letters.iter().find(|letter| letter.to == "ana@x.test").unwrap();
    let text = parts(&ana.text)[1].text();
    assert!(text.contains("Falta la respuesta de Instituto de Transparencia"), "{text}");
    // The link leads in, as who has the seat.
    let link = text.lines().find_map(|line| line.strip_prefix("http://localhost:3000/enlace#"));
    let path = format!("/enlace/{}", link.unwrap());
    let door = get(lead.town.server.address, &path, None).await;
    assert_eq!(door.status, 200, "looking consumes nothing");
    let cookie = lead.town.server.sign_in(&path, "Ana").await;
    let own = format!("/ejercicio/{}", lead.town.server.ways.mesa_id);
    assert_eq!(get(lead.town.server.address, &own, Some(&cookie)).await.status, 200);
    let page = lead.page().await.text;
    assert!(page.contains("se le escribió hoy a las") && !page.contains("Recordarles"), "{page}");
    let again = lead.remind("todos").await;
    assert!(again.text.contains("Ya se les había escrito hoy."), "{}", again.text);

    // A signature is something else, and one person can be reminded alone.
    lead.device.change_phase(Phase::Signing).await;
    let page = lead.page().await.text;
    assert!(page.contains("Falta la firma de 8 organizaciones a la versión 1."), "{page}");
    let luz = lead.town.people[1].to_string();
    assert!(lead.remind(&luz).await.text.contains("Va 1 mensaje."));
    let letters = smtp.until_taken(3).await;
    assert_eq!(letters[2].to, "luz@x.test");
    let text = parts(&letters[2].text)[1].text();
    assert!(text.contains("Falta la firma de") && text.contains("hoja por hoja"), "{text}");
    lead.town.server.verify_clean().await;
}

#[tokio::test]
async fn what_is_no_longer_missing_when_its_turn_comes_is_not_sent() {
    let closed = Smtp::start(Setup::default()).await;
    let address = closed.address;
    drop(closed);
    let mut lead = Lead::new(address, &["ana@x.test"]).await;
    lead.device.change_phase(Phase::Conformity).await;
    assert!(lead.remind("todos").await.text.contains("Va 1 mensaje."));
    // The question is closed before there is a connection.
    lead.device.change_phase(Phase::Agreements).await;
    let smtp = Smtp::start_at(address, Setup::default()).await;
    lead.town.until_settled(REMINDER).await;
    assert!(smtp.letters().is_empty());
}

#[tokio::test]
async fn only_who_leads_reminds() {
    let smtp = Smtp::start(Setup::default()).await;
    let mut lead = Lead::new(smtp.address, &["ana@x.test"]).await;
    lead.device.change_phase(Phase::Conformity).await;
    let actor = lead.town.server.sign_in(lead.town.server.seat(1), "Luz").await;
    for cookie in [Some(actor.as_str()), None] {
        let address = lead.town.server.address;
        assert_eq!(get(address, &lead.path(), cookie).await.status, 403);
        assert_eq!(post(address, &lead.path(), "recuerda=todos", cookie).await.status, 403);
    }
    assert_eq!(lead.remind("quien-sea").await.status, 404);
    let stranger = uuid::Uuid::now_v7().to_string();
    assert!(lead.remind(&stranger).await.text.contains("Ya se les había escrito hoy."));
    assert!(lead.town.jobs(REMINDER).await.is_empty());
}
