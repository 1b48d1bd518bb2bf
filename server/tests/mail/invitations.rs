//! Invitations by mail: the link is made when the letter goes, and leads in.

use server::clock::typed_code;
use server::mail::Configuration;
use server::room::INVITATION;
use server::service::sample::Stage;

use super::smtp::{Act, Setup, Smtp};
use super::support::{get, location, post};
use super::town::{Town, by, parts};

#[tokio::test]
async fn an_invitation_arrives_with_a_link_and_a_code_that_lead_in() {
    let smtp = Smtp::start(Setup::default()).await;
    let mail: Configuration = by(smtp.address);
    let town = Town::new(Stage::Live, Some(mail), &["ana@x.test", ""]).await;
    let card = town.server.seat(0).to_owned();
    let page = town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    assert_eq!(page.status, 303);
    let letters = smtp.until_taken(1).await;
    town.until_settled(INVITATION).await;
    let page = town.get(&town.prepare("invitaciones")).await.text;
    assert!(page.contains("1 enviada"), "{page}");
    let letter = parts(&letters[0].text);
    let text = letter[1].text();
    assert!(text.contains("Hola, Persona Núñez 0:"), "{text}");
    let secret = text.split("http://localhost:3000/enlace#").nth(1).unwrap();
    let secret = &secret[..32];
    let code = text.split("escribe este código: ").nth(1).unwrap().lines().next().unwrap();
    let by_code = format!("codigo={}", typed_code(code));
    let by_code = post(town.server.address, "/entrar", by_code, None).await;
    assert!(location(&by_code).starts_with("/enlace/"), "{}", location(&by_code));
    // The earlier link, perhaps on a printed card, was replaced.
    assert_eq!(get(town.server.address, &card, None).await.status, 410);
    let door = format!("/enlace/{secret}");
    let came = post(town.server.address, &door, "modo=sala", None).await;
    assert_eq!(came.status, 303, "{}", came.text);
    town.server.verify_clean().await;
}

#[tokio::test]
async fn a_refused_invitation_leaves_the_printed_card_alone_and_is_sent_again_by_hand() {
    let smtp = Smtp::start(Setup::default()).await;
    smtp.act("ana@x.test", [Act::ToAddress("550 5.1.1 no")]);
    smtp.act("luz@x.test", [Act::CutAfterText]);
    let town = Town::new(Stage::Live, Some(by(smtp.address)), &["ana@x.test", "luz@x.test"]).await;
    let card = town.card().await;
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    town.until_settled(INVITATION).await;
    assert_eq!(get(town.server.address, &card, None).await.status, 200, "still valid");
    let page = town.get(&town.prepare("invitaciones")).await.text;
    assert!(
        page.contains("esa dirección no existe (550 5.1.1)") && page.contains("incierto:"),
        "{page}"
    );
    let list = town.get(&town.prepare("actores")).await.text;
    assert!(list.contains("invitación sin enviar: esa dirección no existe"), "{list}");
    let state =
        town.server.store().load(town.server.ways.exercise_id).await.unwrap().unwrap().state;
    for place in [0, 1] {
        let seat = state.actors[place].seats[0].id.to_string();
        town.post(&town.prepare("invitaciones"), &[("otra-vez", &seat)]).await;
    }
    town.until_settled(INVITATION).await;
    assert_eq!(smtp.taken().len(), 2);
    assert!(town.get(&town.prepare("invitaciones")).await.text.contains("2 enviadas"));
}

#[tokio::test]
async fn who_came_in_meanwhile_is_not_written_to() {
    let smtp = Smtp::start(Setup::default()).await;
    // It waits for the second try.
    smtp.act("ana@x.test", [Act::ToAddress("450 4.2.0 later")]);
    let mut slow = by(smtp.address);
    slow.pace.first = std::time::Duration::from_secs(2);
    slow.pace.longest = slow.pace.first;
    let town = Town::new(Stage::Live, Some(slow), &["ana@x.test"]).await;
    let card = town.card().await;
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    town.until_said(&town.prepare("actores"), "pide intentarlo más tarde (450 4.2.0)").await;
    let came = post(town.server.address, &card, "modo=sala", None).await;
    assert_eq!(came.status, 303, "{}", came.text);
    town.until_settled(INVITATION).await;
    assert!(smtp.letters().is_empty());
}
