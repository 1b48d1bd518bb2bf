//! A forgotten passphrase: a link by mail, once and for ten minutes, and nothing for who asks about
//! somebody else's account.

use std::time::Duration;

use domain::people::registry::Link;
use server::mail::RESET;
use server::service::sample::Stage;

use super::smtp::{Setup, Smtp};
use super::support::{encoded, get, post};
use super::town::{OWN, PASSPHRASE, Town, by, parts};

const PAGE: &str = "/entrar/cuenta/otra-frase";

async fn ask(town: &Town, mail: &str) -> super::support::Response {
    post(town.server.address, PAGE, encoded([("correo", mail)]), None).await
}

#[tokio::test]
async fn a_link_by_mail_chooses_another_passphrase_once_and_ends_the_old_sessions() {
    let smtp = Smtp::start(Setup::default()).await;
    let town = Town::new(Stage::Live, Some(by(smtp.address)), &[]).await;
    let at = town.server.address;
    assert!(get(at, "/entrar/cuenta", None).await.text.contains(PAGE));
    assert_eq!(get(at, PAGE, None).await.status, 200);
    assert_eq!(ask(&town, " Fabiola@Example.org ").await.status, 200);
    let letters = smtp.until_taken(1).await;
    assert_eq!(letters[0].to, OWN);
    town.until_settled(RESET).await;
    let text = parts(&letters[0].text)[1].text();
    let secret = text.split("http://localhost:3000/frase#").nth(1).unwrap();
    let link = format!("/frase/{}", &secret[..32]);
    let state =
        town.server.store().load(town.server.ways.exercise_id).await.unwrap().unwrap().state;
    let ends = |link: &&Link| link.person.is_some() && link.expires.is_some();
    let expires = state.registry.links.values().find(ends).unwrap().expires.unwrap();
    let left = expires - server::clock::now();
    assert!((9 * 60_000..=10 * 60_000).contains(&left), "{left}");
    assert_eq!(town.get(&town.prepare("correo")).await.status, 200, "still signed in");

    // The rules are the same as anywhere.
    let weak = post(at, &link, encoded([("frase", "contraseña12")]), None).await;
    assert_eq!(weak.status, 422);
    let other = "lunes verde nopal tambor";
    let chosen = post(at, &link, encoded([("frase", other)]), None).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text);
    assert_eq!(town.get(&town.prepare("correo")).await.status, 403, "the old session ended");
    let again = post(at, &link, encoded([("frase", PASSPHRASE)]), None).await;
    assert_ne!(again.status, 303, "once");
    let sign_in = async |passphrase| {
        let fields = encoded([("correo", OWN), ("frase", passphrase)]);
        post(at, "/entrar/cuenta", fields, None).await.status
    };
    assert_eq!((sign_in(PASSPHRASE).await, sign_in(other).await), (422, 303));
    town.server.verify_clean().await;
}

#[tokio::test]
async fn the_page_says_the_same_of_everybody() {
    let smtp = Smtp::start(Setup::default()).await;
    let town = Town::new(Stage::Live, Some(by(smtp.address)), &["ana@x.test"]).await;
    let mut said = Vec::new();
    for mail in [OWN, "ana@x.test", "nadie@x.test"] {
        let answer = ask(&town, mail).await;
        // Each page has a number of its own for its script.
        let text: Vec<&str> = answer.text.split("nonce=").collect();
        said.push((answer.status, text[0].to_owned(), text.len()));
    }
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2]);
    assert!(said[0].1.contains("Si ese correo es de alguien"), "{}", said[0].1);
    smtp.until_taken(1).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(smtp.letters().len(), 1, "nobody else is written to");
    for wrong in ["", "fabiola", "fabiola@@example.org"] {
        assert_eq!(ask(&town, wrong).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_to_wait_and_one_account_gets_few_letters() {
    let smtp = Smtp::start(Setup::default()).await;
    let town = Town::new(Stage::Live, Some(by(smtp.address)), &[]).await;
    let mut refused = 0;
    for _ in 0..25 {
        let answer = ask(&town, OWN).await;
        assert!([200, 429].contains(&answer.status), "{}", answer.status);
        refused += u32::from(answer.status == 429);
    }
    assert!(refused >= 3, "{refused}");
    smtp.until_taken(3).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(smtp.letters().len(), 3);
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_whom_to_ask() {
    let town = Town::new(Stage::Live, None, &[]).await;
    let page = get(town.server.address, PAGE, None).await;
    assert!(page.text.contains("Este servidor no envía correo"), "{}", page.text);
    assert!(!page.text.contains("<form class=\"card\""), "{}", page.text);
    assert_eq!(ask(&town, OWN).await.status, 200);
    assert!(town.jobs(RESET).await.is_empty());
}
