//! Mail servers of all kinds, the page about mail, and several nodes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use app::page::mail::Security;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use server::http::assets::Site;
use server::mail::{Configuration, PLAN, Password, TRIAL};
use server::service::sample::Stage;
use server::{housekeeping, http, listen};
use store::NewJob;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::smtp::{Act, Setup, Smtp};
use super::support::{FIRST, get};
use super::town::{OWN, Town, by, parts, settings};

/// A certificate for this machine, and where it stands as a file.
fn certificate(folder: &std::path::Path) -> (TlsAcceptor, std::path::PathBuf) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let path = folder.join("authority.pem");
    std::fs::write(&path, cert.pem()).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), path)
}

fn protected(smtp: &Smtp, security: Security, authority: &std::path::Path) -> Configuration {
    Configuration {
        host: "localhost".to_owned(),
        security,
        authority: Some(authority.to_owned()),
        user: Some(("mesa".to_owned(), Password("s3cr3t0".to_owned()))),
        ..by(smtp.address)
    }
}

#[tokio::test]
async fn letters_go_over_tls_from_the_beginning_or_once_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for at_once in [true, false] {
        let (acceptor, authority) = certificate(folder.path());
        let setup = Setup {
            tls: Some(acceptor),
            tls_at_once: at_once,
            user: Some(("mesa", "s3cr3t0")),
            ..Setup::default()
        };
        let smtp = Smtp::start(setup).await;
        let security = if at_once { Security::Tls } else { Security::StartTls };
        let mail = protected(&smtp, security, &authority);
        let town = Town::new(Stage::Live, Some(mail), &[]).await;
        let page = town.get(&town.prepare("correo")).await.text;
        assert!(page.contains("localhost:") && page.contains("cifrada"), "{page}");
        assert!(page.contains("mesa@mesa.test") && !page.contains("s3cr3t0"), "{page}");
        town.post(&town.prepare("correo"), &[("prueba", "si")]).await;
        let letters = smtp.until_taken(1).await;
        assert!(letters[0].tls && letters[0].to == OWN);
        let text = parts(&letters[0].text)[1].text();
        assert!(text.contains("Hola, Fabiola Cruz:") && text.contains("ñ, á, ¿sí?"), "{text}");
        town.until_said(&town.prepare("correo"), "enviado el").await;
    }
}

#[tokio::test]
async fn nothing_is_said_over_a_connection_that_should_be_protected_and_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (acceptor, _) = certificate(folder.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, other) = certificate(elsewhere.path());
    // One that doesn't offer it, and one with another certificate.
    for tls in [None, Some(acceptor)] {
        let setup = Setup { tls, user: Some(("mesa", "s3cr3t0")), ..Setup::default() };
        let smtp = Smtp::start(setup).await;
        let mail = protected(&smtp, Security::StartTls, &other);
        let town = Town::new(Stage::Live, Some(mail), &[]).await;
        town.post(&town.prepare("correo"), &[("prueba", "si")]).await;
        let said = "no se logró una conexión cifrada";
        town.until_said(&town.prepare("correo"), said).await;
        let commands = smtp.commands();
        assert!(
            !commands.iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")),
            "{commands:?}"
        );
        assert!(smtp.letters().is_empty());
    }
}

#[tokio::test]
async fn a_wrong_password_is_said_and_nothing_is_lost() {
    let setup = Setup { user: Some(("mesa", "otra")), ..Setup::default() };
    let smtp = Smtp::start(setup).await;
    let user = Some(("mesa".to_owned(), Password("s3cr3t0".to_owned())));
    let town = Town::new(Stage::Live, Some(Configuration { user, ..by(smtp.address) }), &[]).await;
    town.post(&town.prepare("correo"), &[("prueba", "si")]).await;
    let page =
        town.until_said(&town.prepare("correo"), "no acepta el usuario y la contraseña").await;
    assert!(
        page.text.contains("Últimos problemas") && page.text.contains("Una prueba"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("s3cr3t0"));
    assert!(town.jobs(TRIAL).await.iter().all(|job| job.done_at.is_none()), "it waits");
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_costs_one_letter_its_time_and_no_other() {
    let smtp = Smtp::start(Setup::default()).await;
    smtp.act("calla@x.test", [Act::Silence]);
    let mut mail = by(smtp.address);
    mail.pace.step = Duration::from_millis(500);
    let town = Town::new(Stage::Frozen, Some(mail), &["calla@x.test", "ana@x.test"]).await;
    town.send().await;
    let letters = smtp.until_taken(2).await;
    assert_eq!(letters[0].to, "ana@x.test", "the other doesn't wait for it");
    town.until_settled(PLAN).await;
    let page = town.get(&town.prepare("correo")).await.text;
    assert!(page.contains("cortó o no contestó a tiempo"), "{page}");
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_claimed_and_the_screens_say_so() {
    let town = Town::new(Stage::Live, None, &["ana@x.test"]).await;
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let jobs = town.jobs(server::room::INVITATION).await;
    assert_eq!((jobs.len(), jobs[0].attempts), (1, 0));
    for part in ["invitaciones", "correo"] {
        let page = town.get(&town.prepare(part)).await.text;
        assert!(page.contains("no tiene configurado el correo"), "{part}: {page}");
    }
    assert!(!town.get(&town.prepare("correo")).await.text.contains("id=\"pruebas\""));
}

#[tokio::test]
async fn two_nodes_send_each_letter_once() {
    let smtp = Smtp::start(Setup::default()).await;
    let mail = by(smtp.address);
    let addresses: Vec<String> = (0..30).map(|place| format!("p{place}@x.test")).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let town = Town::new(Stage::Live, Some(mail.clone()), &addresses).await;
    // Another program on the same store.
    let location = store::Location::Sqlite(town.server.folder.path().to_owned());
    let store = store::Store::open(&location).await.unwrap();
    let other = server::app_state::AppState::new(store, Site::default(), settings(Some(mail)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let serving = listen::serve(listener, http::router(other.clone()), other.clone());
    let serving = tokio::spawn(serving);
    town.post(&town.prepare("invitaciones"), &[("invita", "si")]).await;
    smtp.until_taken(30).await;
    town.until_settled(server::room::INVITATION).await;
    let mut to: BTreeMap<String, usize> = BTreeMap::new();
    for letter in smtp.letters() {
        *to.entry(letter.to).or_default() += 1;
    }
    assert!(to.len() == 30 && to.values().all(|count| *count == 1), "{to:?}");
    other.shutdown.cancel();
    serving.await.unwrap();
    town.server.verify_clean().await;
}

#[tokio::test]
async fn who_does_not_prepare_the_exercise_sees_none_of_it() {
    let town = Town::new(Stage::Agreed, None, &["ana-secreta@x.test"]).await;
    let second = town.server.another_mesa("Movilidad").await;
    let neighbour = town.server.sign_in(&second.facilitator_url, "Gabriela").await;
    let actor = town.server.sign_in(town.server.seat(1), "Luz").await;
    for cookie in [Some(neighbour.as_str()), Some(actor.as_str()), None] {
        for path in [town.dispatch(), town.prepare("correo"), town.prepare("invitaciones")] {
            let page = get(town.server.address, &path, cookie).await;
            assert_eq!(page.status, 403, "{path}");
            assert!(!page.text.contains("ana-secreta"), "{path}");
        }
    }
    let elsewhere = town.dispatch().replace(&format!("/mesa/{FIRST}/"), "/mesa/9/");
    assert_eq!(town.get(&elsewhere).await.status, 404);
}

#[tokio::test]
async fn leftovers_go_when_they_are_old_enough() {
    let town = Town::new(Stage::Live, None, &[]).await;
    let (store, now) = (town.server.store(), server::clock::now());
    let upload = store.begin_blob(uuid::Uuid::now_v7(), now, 1_000).await.unwrap();
    drop(upload);
    let job = |key: &str| NewJob {
        id: uuid::Uuid::now_v7(),
        key: key.to_owned(),
        kind: "otra".to_owned(),
        payload: Vec::new(),
        due_at: now,
    };
    let stream = town.server.ways.exercise_id;
    store.enqueue_jobs(stream, &[job("done"), job("open")]).await.unwrap();
    let done = store.claim_job(uuid::Uuid::now_v7(), now, now + 1_000).await.unwrap().unwrap();
    assert!(store.finish_job(&done, now).await.unwrap());
    let day = 24 * 60 * 60 * 1_000;
    assert_eq!(housekeeping::tidy(store, now).await.unwrap(), (0, 0));
    assert_eq!(housekeeping::tidy(store, now + 2 * day).await.unwrap(), (1, 0));
    assert_eq!(housekeeping::tidy(store, now + 401 * day).await.unwrap(), (0, 1));
    assert_eq!(store.jobs(stream, "otra").await.unwrap().len(), 1);
    town.server.verify_clean().await;
}
