//! Mail servers that exercises set for themselves on a page.

use std::time::Duration;

use app::page::mail::Security;
use server::mail::{Configuration, TRIAL};
use server::service::sample::Stage;

use super::smtp::{Setup, Smtp};
use super::support::Response;
use super::town::{OWN, Town, by};

/// The form as somebody fills it in.
fn typed<'a>(smtp: &'a str, port: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("servidor", smtp),
        ("conexion", "none"),
        ("puerto", port),
        ("usuario", ""),
        ("contrasena", ""),
        ("remitente", "Gobierno Abierto <gobierno@pueblo.test>"),
    ]
}

async fn set(town: &Town, smtp: &Smtp, more: &[(&'static str, &str)]) -> Response {
    let (host, port) = (smtp.address.ip().to_string(), smtp.address.port().to_string());
    let mut form = typed(&host, &port);
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more);
    town.post(&town.prepare("correo"), &form).await
}

#[tokio::test]
async fn an_exercise_sends_by_the_mail_server_that_is_set_on_its_page() {
    let setup = Setup { user: Some(("mesa", "s3cr3t0 con espacios")), ..Setup::default() };
    let smtp = Smtp::start(setup).await;
    let town = Town::new(Stage::Live, None, &["ana@x.test"]).await;
    // What was asked for before waits until there is one.
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    let user = [("usuario", "mesa"), ("contrasena", "s3cr3t0 con espacios")];
    let answer = set(&town, &smtp, &[user[0], user[1], ("prueba", "si")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let letters = smtp.until_taken(2).await;
    let mut to: Vec<_> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ana@x.test", OWN]);
    assert!(letters.iter().all(|letter| letter.text.contains("gobierno@pueblo.test")));
    let page = town.until_said(&town.prepare("correo"), "enviado el").await.text;
    assert!(page.contains("Es el servidor de correo de este ejercicio"), "{page}");
    assert!(page.contains("gobierno@pueblo.test") && !page.contains("s3cr3t0"), "{page}");
    // Another sender: the password stays. Another user: it has to be typed again.
    let sender = ("remitente", "otra@pueblo.test");
    assert_eq!(set(&town, &smtp, &[user[0], sender, ("prueba", "si")]).await.status, 303);
    let letters = smtp.until_taken(3).await;
    assert!(letters[2].text.contains("otra@pueblo.test"));
    let refused = set(&town, &smtp, &[("usuario", "otro")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("es de otro servidor o usuario"), "{}", refused.text);
    assert!(refused.text.contains("value=\"otro\""), "what was typed comes back");
    assert_eq!(set(&town, &smtp, &[user[0], ("prueba", "si")]).await.status, 303);
    smtp.until_taken(4).await;
    town.server.verify_clean().await;
}

#[tokio::test]
async fn the_operators_is_used_where_there_is_no_other() {
    let (operators, own) =
        (Smtp::start(Setup::default()).await, Smtp::start(Setup::default()).await);
    let town = Town::new(Stage::Live, Some(by(operators.address)), &[]).await;
    let page = town.get(&town.prepare("correo")).await.text;
    assert!(page.contains("de quien administra este programa"), "{page}");
    assert_eq!(set(&town, &own, &[("prueba", "si")]).await.status, 303);
    own.until_taken(1).await;
    assert!(operators.letters().is_empty());
    let page = town.get(&town.prepare("correo")).await.text;
    assert!(page.contains("Dejar de usarlo"), "{page}");
    town.post(&town.prepare("correo"), &[("quita", "si")]).await;
    town.post(&town.prepare("correo"), &[("prueba", "si")]).await;
    operators.until_taken(1).await;
    assert_eq!(own.letters().len(), 1);
    let page = town.get(&town.prepare("correo")).await.text;
    assert!(!page.contains("Dejar de usarlo"), "{page}");
}

#[tokio::test]
async fn one_that_is_away_is_said_and_the_right_one_is_used_at_once() {
    let smtp = Smtp::start(Setup::default()).await;
    // An operator's that is very patient: what is set anew isn't made to wait.
    let patient = Configuration {
        security: Security::None,
        pace: server::mail::Pace {
            first: Duration::from_secs(600),
            longest: Duration::from_secs(600),
            ..by(smtp.address).pace
        },
        ..by(smtp.address)
    };
    let town = Town::new(Stage::Live, Some(patient), &["ana@x.test"]).await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port().to_string();
    drop(gone);
    let form = typed("127.0.0.1", &port);
    assert_eq!(town.post(&town.prepare("correo"), &form).await.status, 303);
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    let page = town.until_said(&town.prepare("correo"), "Por ahora no sale ningún correo").await;
    assert!(page.text.contains("no hay conexión con el servidor de correo"), "{}", page.text);
    assert!(smtp.letters().is_empty(), "it isn't sent by the operator's");
    assert_eq!(set(&town, &smtp, &[("prueba", "si")]).await.status, 303);
    smtp.until_taken(1).await;
    let page = town.until_said(&town.prepare("correo"), "enviado el").await;
    assert!(!page.text.contains("Por ahora no sale"), "{}", page.text);
    town.until_settled(TRIAL).await;
}
