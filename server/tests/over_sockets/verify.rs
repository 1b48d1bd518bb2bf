//! What a file is, asked by its SHA-256 alone, and the public file of all seals.

use seal::{Digest, Head, Signer, Standing};
use server::service::document::Source;
use server::service::sample::Stage;
use server::service::sealing::{self, ToSeal};

use super::coding::dechunked;
use super::setup::created;
use super::support::{Server, get};

#[tokio::test]
async fn whoever_has_a_file_learns_what_it_is() {
    let server = Server::start(Stage::Frozen).await;
    let exercise = server.ways.exercise_id;
    let cookie = server.sign_in(&server.ways.facilitator_url.clone(), "Fabiola").await;
    let page = get(server.address, "/verificar", None).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let key = server::service::server_key::key(server.store()).await.unwrap().public();
    assert!(page.text.contains(&key.to_string()) && page.text.contains(&key.fingerprint()));
    let files = [
        ("1/plan.pdf", "versi_n 1 congelada_ sin firmas.pdf", "Es el texto congelado, sin firmas"),
        ("1/plan-papel.pdf", "versi_n 1 para firmar en papel.pdf", "Es el texto congelado"),
        ("1/plan-publico.pdf", "versi_n 1 p_blica.pdf", "Es la versión pública"),
        ("borrador.pdf", "borrador.pdf", "Es un borrador"),
    ];
    for (path, name, what) in files {
        let path = format!("/plan/{exercise}/{path}");
        let file = get(server.address, &path, Some(&cookie)).await;
        assert!(file.head.contains(name), "{}", file.head);
        let digest = Digest::of(&file.body).to_string();
        for asked in [
            format!("/verificar/{digest}"),
            format!("/verificar?sha256={}", digest.to_uppercase()),
            format!("/verificar/{exercise}?sha256=%20{digest}+"),
        ] {
            let answer = get(server.address, &asked, None).await;
            assert!(answer.status == 200 && answer.text.contains(what), "{asked}: {}", answer.text);
        }
    }
    let asked = async |path: String| get(server.address, &path, None).await.text;
    let other = Digest::of("otro");
    assert!(asked(format!("/verificar/{other}")).await.contains("No es un archivo de este plan"));
    assert!(asked("/verificar?sha256=abc".to_owned()).await.contains("no es un SHA-256"));
    assert_eq!(get(server.address, "/verificar/abc", None).await.status, 404);
    let plan = asked(format!("/plan/{exercise}")).await;
    assert!(plan.contains(&format!("/verificar/{exercise}")), "the plan's page leads there");
    server.verify_clean().await;
}

#[tokio::test]
async fn a_signed_plan_is_known_with_its_signers_and_in_the_file_of_seals() {
    let server = Server::start(Stage::Frozen).await;
    let exercise = server.ways.exercise_id;
    let cookie = server.sign_in(&server.ways.facilitator_url.clone(), "Fabiola").await;
    let loaded = server.store().load(exercise).await.unwrap().unwrap();
    let to_seal = ToSeal {
        version: 1,
        signers: vec![Signer {
            number: 1,
            organisation: "Consejo Empresarial".to_owned(),
            standing: Standing::Refused,
            capacity: None,
            at: None,
        }],
        head: Head { seq: loaded.head.seq, hash: Digest(loaded.head.hash.0) },
        at: 1_790_382_000_000,
    };
    let source =
        Source { exercise: &loaded.state, stream: exercise, base: "http://mesa.test", now: 0 };
    let program = Some(env!("CARGO_BIN_EXE_mesa").into());
    let renderer = server::service::document::renderer(program);
    sealing::seal(server.store(), &renderer, &source, to_seal).await.unwrap();
    let file = get(server.address, &format!("/plan/{exercise}/1/plan.pdf"), Some(&cookie)).await;
    assert!(file.head.contains("versi_n 1 firmada.pdf"), "{}", file.head);
    let seal = seal::read(&file.body).unwrap();
    let digest = Digest::of(&file.body);
    let answer = get(server.address, &format!("/verificar/{digest}"), None).await.text;
    for said in ["Es el plan firmado", "Consejo Empresarial", "se negó a firmar"] {
        assert!(answer.contains(said), "{said}: {answer}");
    }
    // Asked for another plan, it is none of it.
    let (other, _) = created(&server).await;
    let there = format!("/verificar/{other}?sha256={digest}");
    let answer = get(server.address, &there, None).await.text;
    assert!(answer.contains("No es un archivo de este plan"), "{answer}");
    let seals = get(server.address, "/sellos", None).await;
    let text = String::from_utf8(dechunked(&seals.body)).unwrap();
    let lines = seal::check_log(&text).unwrap();
    assert_eq!(lines.last().unwrap().entry, seal::Entry::of(&file.body, &seal));
    assert_eq!(lines.len(), 2);
}
