//! An exercise is created from the administrator's link alone, its organisations get their seats,
//! and they come in by their links.

use app::page::setup::SetupField;
use domain::{MesaId, Phase};
use server::service::sample::{Stage, Ways};
use server::service::setup;

use super::support::{Response, Server, get, post};

const FORM: &str = "nombre=Gobierno+Abierto+R%C3%ADo+Claro&estado=Oaxaca&municipio=R%C3%ADo+Claro&garante=%C3%93rgano+Garante&inicia=2027-01-04\
    &zona=America%2FMexico_City&tema=Agua&lugar=Casa+de+la+cultura&dia=2027-02-18&desde=10%3A00&hasta=14%3A00&modo=hibrida\
    &dinero=1&nacional=2&local=2&proactivo=0&domicilio=&derechos=";

fn location(answer: &Response) -> String {
    let line = answer.head.lines().find_map(|line| line.strip_prefix("location: "));
    line.unwrap_or_else(|| panic!("no redirect: {}", answer.head)).trim().to_owned()
}

#[tokio::test]
async fn from_the_administrator_s_link_to_a_phone_in_its_seat() {
    let server = Server::start(Stage::Empty).await;
    let at = server.address;
    let secret = setup::issue_link(server.store()).await.unwrap();
    let second = setup::issue_link(server.store()).await.unwrap();
    let form = format!("/crear/{secret}");

    // Looking consumes nothing, and what is wrong comes back with what was typed.
    for _ in 0..2 {
        assert_eq!(get(at, &form, None).await.status, 200);
    }
    let incomplete = FORM.replace("tema=Agua", "tema=").replace("14%3A00", "09%3A00");
    let again = post(at, &form, &incomplete, None).await;
    assert_eq!(again.status, 422);
    for said in ["Falta: Tema.", "terminar después de empezar", "Casa de la cultura", "Río Claro"]
    {
        assert!(again.text.contains(said), "{said}");
    }
    assert_eq!(again.text.matches("aria-invalid=\"true\"").count(), 2);

    // Pressed twice at the same moment it is one exercise.
    let (one, other) = tokio::join!(post(at, &form, FORM, None), post(at, &form, FORM, None));
    let created = if one.status == 303 { &one } else { &other };
    assert_eq!(created.status, 303);
    let ended = [&one, &other].into_iter().filter(|answer| answer.text.contains("ya se usó"));
    assert_eq!(ended.count(), 1, "{} {}", one.text, other.text);
    assert!(created.head.contains("no-store"), "the address holds a secret");
    // Another link for the same place is used with it.
    for used in [form.clone(), format!("/crear/{second}")] {
        assert!(get(at, &used, None).await.text.contains("ya se usó"));
        assert!(post(at, &used, FORM, None).await.text.contains("ya se usó"));
    }

    let door = location(created);
    let cookie = server.sign_in(&door, "Fabiola").await;
    let exercises = server.store().mesas().await.unwrap();
    let mesa = exercises.iter().find(|mesa| mesa.theme == "Agua").unwrap().mesa;
    let loaded = server.store().load(mesa.exercise).await.unwrap().unwrap().state;
    assert_eq!(loaded.card.as_ref().unwrap().municipality.as_str(), "Río Claro");
    assert_eq!(loaded.notices.len(), 1);
    let there = loaded.mesa(mesa.number).unwrap();
    assert_eq!((there.conduct.phase, there.conduct.door_open), (Phase::Preparation, true));

    let seats = format!("/ejercicio/{mesa}/lugares");
    let add = |name: &str, sector: &str| format!("organizacion={name}&sector={sector}&firma=si");
    for (name, sector) in [("Colectivo+de+Agua", "civil_society"), ("Universidad", "academia")] {
        let added = post(at, &seats, &add(name, sector), Some(&cookie)).await;
        assert_eq!((added.status, location(&added)), (303, seats.clone()));
    }
    for (name, said) in [
        ("COLECTIVO+DE+%C3%81GUA", "ya tiene su lugar"),
        ("+", "Falta el nombre"),
        ("a%07", "caracteres que no se pueden"),
    ] {
        let refused = post(at, &seats, &add(name, "academia"), Some(&cookie)).await;
        assert!(refused.status == 422 && refused.text.contains(said), "{name}: {}", refused.text);
    }
    let cards = post(at, &format!("{seats}/enlaces"), "", Some(&cookie)).await;
    let links: Vec<_> = cards
        .text
        .split("/enlace/")
        .skip(1)
        .filter_map(|rest| rest.get(..32))
        .map(|secret| format!("/enlace/{secret}"))
        .collect();
    assert_eq!((cards.status, links.len()), (200, 2), "a card for each seat");
    assert_eq!(cards.text.matches("<svg").count(), 2);
    let ana = server.device_at(mesa, &links[0], "Ana").await;
    assert!(ana.refused.is_empty());
    let own = get(at, &format!("/ejercicio/{mesa}"), ana.cookie.as_deref()).await;
    assert_eq!(own.status, 200);

    // None of it is for who sits at the table, or at another mesa.
    let stranger = server.sign_in(server.seat(0), "Otra").await;
    for cookie in [ana.cookie.as_deref(), Some(stranger.as_str()), None] {
        assert_ne!(get(at, &seats, cookie).await.status, 200);
        let added = post(at, &seats, &add("Intrusa", "academia"), cookie).await;
        assert!(added.status == 403 || added.status == 303 && location(&added) != seats);
        let made = post(at, &format!("{seats}/enlaces"), "", cookie).await;
        assert!(made.status != 200 && !made.text.contains("/enlace/"));
    }
    let now = server.store().load(mesa.exercise).await.unwrap().unwrap().state;
    assert_eq!(now.actors.len(), 2);
    server.verify_clean().await;
}

#[tokio::test]
async fn only_an_administrator_s_link_creates_and_it_lets_nobody_in() {
    let server = Server::start(Stage::Empty).await;
    let at = server.address;
    let secret = setup::issue_link(server.store()).await.unwrap();
    let facilitator = server.ways.facilitator_url.rsplit('/').next().unwrap().to_owned();
    for wrong in ["nada", &"0".repeat(32), &facilitator] {
        assert_eq!(get(at, &format!("/crear/{wrong}"), None).await.status, 404, "{wrong}");
        assert_eq!(post(at, &format!("/crear/{wrong}"), FORM, None).await.status, 404, "{wrong}");
    }
    let as_door = format!("/enlace/{secret}");
    assert_eq!(get(at, &as_door, None).await.status, 404);
    assert_eq!(post(at, &as_door, "nombre=Eva", None).await.status, 404);
    // Also once the exercise is there.
    assert_eq!(post(at, &format!("/crear/{secret}"), FORM, None).await.status, 303);
    assert_eq!(post(at, &as_door, "nombre=Eva", None).await.status, 404);
    // Hostile texts come back as text.
    let next = setup::issue_link(server.store()).await.unwrap();
    let hostile = FORM
        .replace("tema=Agua", "tema=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        .replace("&dia=2027-02-18", "&dia=%22%3E%3Cimg+src%3Dx%3E");
    let page = post(at, &format!("/crear/{next}"), &hostile, None).await;
    assert_eq!(page.status, 422);
    assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"));
    assert_eq!(SetupField::ALL.len(), FORM.matches('=').count());
    server.verify_clean().await;
}

#[tokio::test]
async fn where_there_is_no_exercise_the_sample_is_one_tap_away() {
    let folder = tempfile::tempdir().unwrap();
    let location = store::Location::Sqlite(folder.path().to_owned());
    let store = store::Store::open(&location).await.unwrap();
    let secret = setup::issue_link(&store).await.unwrap();
    store.close().await;
    let nowhere: MesaId = "01936d3e-0000-7000-8000-000000000001/mesa/1".parse().unwrap();
    let ways = Ways {
        facilitator_url: String::new(),
        join_url: String::new(),
        join_code: String::new(),
        projector_url: String::new(),
        public_url: String::new(),
        exercise_id: nowhere.exercise,
        mesa_id: nowhere,
        seats: Vec::new(),
    };
    let server = Server::on_folder(folder, ways).await;
    let at = server.address;
    let form = get(at, &format!("/crear/{secret}"), None).await;
    assert!(form.text.contains("Ver primero un ejemplo lleno"));
    let loaded = post(at, &format!("/crear/{secret}?muestra"), "", None).await;
    assert!(location_is_a_door(&loaded), "{}", loaded.head);
    // The link is still good for an exercise of one's own, and the sample isn't offered again.
    let form = get(at, &format!("/crear/{secret}"), None).await;
    assert!(form.status == 200 && !form.text.contains("ejemplo lleno"));
    assert_eq!(post(at, &format!("/crear/{secret}"), FORM, None).await.status, 303);
    assert_eq!(server.store().mesas().await.unwrap().len(), 2);
    server.verify_clean().await;
}

fn location_is_a_door(answer: &Response) -> bool {
    answer.status == 303 && location(answer).starts_with("/enlace/")
}
