//! What is kept of a person: they download it, correct it, and it can be erased.

use domain::deliberation;
use domain::{Command, ContributionKind, ItemId, ItemKind, Remark, TextField};
use server::service::record;
use server::service::sample::Stage;
use uuid::Uuid;

use super::support::{FIRST, SOON, Server, get, here, post};

fn page(server: &Server) -> String {
    format!("/ejercicio/{}/asistencia", server.ways.mesa_id)
}

fn file(server: &Server) -> String {
    format!("{}/mis-datos.json", page(server))
}

fn correction(server: &Server) -> String {
    format!("{}/correccion", page(server))
}

#[tokio::test]
async fn a_person_downloads_what_is_kept_of_them_and_nothing_of_others() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Anastasia").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let problem = ana.add(ItemKind::Problem, None);
    ana.type_at(problem, TextField::Title, 0, "Falta alumbrado");
    ana.command(Command::Deliberation(deliberation::Command::Contribute {
        item: ItemId(Uuid::now_v7()),
        target: Some(problem),
        kind: ContributionKind::Question,
        text: Remark::parse("¿Desde cuándo?").unwrap(),
    }));
    ana.settled().await;
    beto.until(|replica| replica.view().item(problem).is_some()).await;
    beto.type_at(problem, TextField::Statement, 0, "Lo de Beto.");
    beto.settled().await;

    let own = get(server.address, &page(&server), ana.cookie.as_deref()).await;
    assert!(own.text.contains(&file(&server)), "{}", own.text);
    let response = get(server.address, &file(&server), ana.cookie.as_deref()).await;
    assert_eq!(response.status, 200, "{}", response.text);
    let head = response.head.to_lowercase();
    for header in [
        "content-type: application/json",
        "content-disposition: attachment; filename=\"mis-datos.json\"",
        "cache-control: no-store",
    ] {
        assert!(head.contains(header), "{header} in {head}");
    }
    let kept: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!(kept["persona"]["nombre"], "Anastasia");
    assert_eq!(kept["persona"]["correo"], serde_json::Value::Null);
    assert_eq!(kept["asistencias"][0]["mesa"], 1);
    assert_eq!(kept["asistencias"][0]["estancias"][0]["hasta"], serde_json::Value::Null);
    assert_eq!(kept["sesiones"].as_array().unwrap().len(), 1);
    assert_eq!(kept["sesiones"][0]["abierta"], true);
    let done = kept["escrito_y_hecho"].as_array().unwrap();
    let find = |what: &str| {
        done.iter()
            .find(|done| done["hecho"] == what)
            .unwrap_or_else(|| panic!("{what}: {done:#?}"))
    };
    assert_eq!(find("text_patched")["agregado"][0], "Falta alumbrado");
    assert_eq!(find("text_patched")["titulo"], "Falta alumbrado");
    assert_eq!(find("contributed")["texto"], "¿Desde cuándo?");
    assert!(find("item_added")["fecha"].as_str().unwrap().starts_with("20"));
    for secret in ["Beto", ana.cookie.as_deref().unwrap(), "token", &server.ways.join_code] {
        assert!(!response.text.contains(secret), "{secret} in {}", response.text);
    }
    // Nobody gets it without a session of theirs.
    assert_eq!(get(server.address, &file(&server), None).await.status, 403);
}

#[tokio::test]
async fn a_person_corrects_their_name_and_organisation() {
    let server = Server::start(Stage::Live).await;
    let door = format!("/entrar/{}", server.ways.join_code);
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let luz = server.sign_in(&door, "Lus").await;
    let body = "nombre=Luz+Me%CC%81ndez&organizacion=Barrio+Norte";
    let saved = post(server.address, &correction(&server), body, Some(&luz)).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    assert!(saved.text.contains("Se guardó.") && saved.text.contains("Luz Méndez"));
    let own = get(server.address, &page(&server), Some(&luz)).await.text;
    assert!(own.contains("Luz Méndez") && own.contains("Barrio Norte"), "{own}");
    let named = tokio::time::timeout(SOON, async {
        while !facilitator.roster.iter().any(|present| present.name == "Luz Méndez") {
            facilitator.take_one().await;
        }
    });
    named.await.expect("the facilitation sees it");
    let attendees = &here(&facilitator.replica).people.attendees;
    assert!(attendees.values().any(|one| one.organisation.as_str() == "Barrio Norte"));

    for (body, says) in [
        ("nombre=+&organizacion=Barrio", "Falta tu nombre"),
        ("nombre=Lu%E2%80%AEz&organizacion=Barrio", "no se pueden mostrar"),
    ] {
        let refused = post(server.address, &correction(&server), body, Some(&luz)).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(refused.text.contains(says), "{says} in {}", refused.text);
    }
    assert_eq!(post(server.address, &correction(&server), "nombre=X", None).await.status, 403);
    // The organisation of a seat isn't theirs to change.
    let ana = server.sign_in(server.seat(0), "Ana").await;
    let seated = get(server.address, &page(&server), Some(&ana)).await.text;
    assert!(!seated.contains("name=\"organizacion\""), "{seated}");
    let body = "nombre=Ana+Ruiz&organizacion=Otra";
    assert_eq!(post(server.address, &correction(&server), body, Some(&ana)).await.status, 200);
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let attendees = &state.mesa(FIRST).unwrap().people.attendees;
    assert!(attendees.values().all(|one| one.organisation.as_str() != "Otra"));
    server.verify_clean().await;
}

#[tokio::test]
async fn an_anonymised_person_has_no_name_anywhere_and_is_signed_out() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Anastasia+Ceja").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let problem = ana.add(ItemKind::Problem, None);
    ana.type_at(problem, TextField::Title, 0, "Lo dice Anastasia  Ceja");
    ana.settled().await;
    let cookie = ana.cookie.clone();
    post(server.address, &page(&server), "publico=si", cookie.as_deref()).await;
    facilitator
        .until(|replica| here(replica).people.attendees.values().any(|one| one.name_public))
        .await;
    facilitator.roster.clear();

    let exercise = server.ways.exercise_id;
    let people = record::enrolled(server.store(), exercise).await.unwrap();
    let person = people.iter().find(|person| person.name == "Anastasia Ceja").unwrap();
    let stands = record::anonymise(server.store(), exercise, person).await.unwrap();
    assert_eq!(stands, 1, "her name is also in a title");
    let again = record::enrolled(server.store(), exercise).await.unwrap();
    assert!(again.iter().all(|other| other.id != person.id));

    // The running server forgets it, too: the facilitation's list, and every page.
    let forgotten = tokio::time::timeout(SOON, async {
        while facilitator.roster.is_empty() {
            facilitator.take_one().await;
        }
    });
    forgotten.await.expect("a new list");
    assert!(facilitator.roster.iter().all(|present| present.person != person.id));
    facilitator
        .until(|replica| here(replica).people.attendees.values().all(|one| !one.name_public))
        .await;
    assert_eq!(get(server.address, &page(&server), cookie.as_deref()).await.status, 403);
    assert_eq!(get(server.address, &file(&server), cookie.as_deref()).await.status, 403);
    let history = format!("/ejercicio/{}/historia/{problem}/title", server.ways.mesa_id);
    let history = get(server.address, &history, facilitator.cookie.as_deref()).await;
    assert_eq!(history.status, 200);
    assert!(!history.text.contains("Anastasia Ceja"), "{}", history.text);

    // Her link lets nobody in any more: a new one is made for whoever comes in her place.
    let body = "nombre=Eva&organizacion=";
    assert_ne!(post(server.address, server.seat(0), body, None).await.status, 303);
    server.verify_clean().await;
}

#[tokio::test]
async fn who_leads_the_mesa_anonymises_people_after_the_plan() {
    let server = Server::start(Stage::Agreed).await;
    let records = format!("{}/personas", page(&server));
    let ana = server.sign_in(server.seat(0), "Anastasia").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let cookie = facilitator.cookie.clone();
    let own = get(server.address, &page(&server), cookie.as_deref()).await.text;
    assert!(own.contains(&records), "{own}");
    for other in [None, Some(ana.as_str())] {
        assert_eq!(get(server.address, &records, other).await.status, 403);
    }
    assert!(!get(server.address, &page(&server), Some(&ana)).await.text.contains(&records));

    let people = record::enrolled(server.store(), server.ways.exercise_id).await.unwrap();
    let person = people.iter().find(|person| person.name == "Anastasia").unwrap().id;
    let erase = format!("persona={person}&borrar=si");
    let too_early = post(server.address, &records, &erase, cookie.as_deref()).await.text;
    assert!(too_early.contains("Se puede desde la fase de Seguimiento"), "{too_early}");
    assert!(too_early.contains("Anastasia"));

    let to = |to| Command::Conduct(domain::conduct::Command::ChangePhase { to });
    for phase in &domain::Phase::ALL[4..8] {
        let found = domain::deliberation::check::findings(here(&facilitator.replica));
        let open = found.into_iter().filter(|found| found.is_open());
        let open: Vec<_> = open.map(|found| found.finding).collect();
        for finding in open {
            facilitator.command(Command::Conduct(domain::conduct::Command::OverrideCheck {
                finding,
                reason: Remark::parse("Se acordó así").unwrap(),
            }));
        }
        facilitator.command(to(*phase));
        facilitator.settled().await;
        facilitator.until(|replica| here(replica).conduct.phase == *phase).await;
    }
    // Somebody else can't; the question comes first.
    assert_eq!(post(server.address, &records, &erase, Some(&ana)).await.status, 403);
    let asked =
        post(server.address, &records, format!("persona={person}"), cookie.as_deref()).await.text;
    assert!(asked.contains("¿Borrar los datos de Anastasia?"), "{asked}");
    assert_eq!(get(server.address, &page(&server), Some(&ana)).await.status, 200);
    let erased = post(server.address, &records, &erase, cookie.as_deref()).await.text;
    assert!(erased.contains("Se borró.") && !erased.contains("Anastasia"), "{erased}");
    assert_eq!(get(server.address, &page(&server), Some(&ana)).await.status, 403);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_person_asks_for_a_correction_and_sees_when_it_is_settled() {
    let server = Server::start(Stage::Live).await;
    let at = server.address;
    let ask = format!("{}/solicitud", page(&server));
    let list = format!("/ejercicio/{}/preparar/solicitudes", server.ways.exercise_id);
    let ana = server.sign_in(server.seat(0), "Anastasia").await;
    let beto = server.sign_in(server.seat(1), "Beto").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let leads = facilitator.cookie.clone();
    assert!(get(at, &page(&server), Some(&ana)).await.text.contains(&ask));
    assert!(get(at, &list, leads.as_deref()).await.text.contains("Nadie ha pedido nada"));
    for (body, says) in [
        ("texto=+%0A+", "Falta escribir"),
        ("texto=a%E2%80%AEb", "no se pueden mostrar"),
        (&format!("texto={}", "x".repeat(2_001)), "demasiado largo"),
    ] {
        let refused = post(at, &ask, body, Some(&ana)).await;
        assert!(refused.status == 422 && refused.text.contains(says), "{}", refused.text);
    }
    let head = server.store().head(server.ways.exercise_id).await.unwrap();
    let text = "texto=Me+llamo+Atanasia+%3Cb%3E,+no+Anastasia";
    let sent = post(at, &ask, text, Some(&ana)).await;
    assert!(sent.status == 200 && sent.text.contains("Se envió"), "{}", sent.text);
    assert!(sent.text.contains("Sin atender") && !sent.text.contains("<b>,"), "{}", sent.text);
    // It is in no log and in nobody's frames; only who prepares reads it, and she herself.
    assert_eq!(server.store().head(server.ways.exercise_id).await.unwrap(), head);
    for other in [None, Some(ana.as_str()), Some(beto.as_str())] {
        assert_eq!(get(at, &list, other).await.status, 403);
        assert_eq!(post(at, &list, "solicitud=x", other).await.status, 403);
    }
    assert!(!get(at, &ask, Some(&beto)).await.text.contains("Atanasia"));
    let own = get(at, &file(&server), Some(&ana)).await;
    let kept: serde_json::Value = serde_json::from_slice(&own.body).unwrap();
    assert_eq!(kept["correcciones_pedidas"][0]["texto"], "Me llamo Atanasia <b>, no Anastasia");
    let overview = format!("/ejercicio/{}/preparar", server.ways.exercise_id);
    let told = get(at, &overview, leads.as_deref()).await.text;
    assert!(told.contains("Una persona pide corregir sus datos"), "{told}");
    let shown = get(at, &list, leads.as_deref()).await.text;
    assert!(shown.contains("Anastasia") && shown.contains("Me llamo Atanasia"), "{shown}");
    let button = shown.split("name=\"solicitud\"").nth(1).unwrap();
    let id = button.split("value=\"").nth(1).unwrap().get(..36).unwrap();
    for _ in 0..2 {
        let settled = post(at, &list, format!("solicitud={id}"), leads.as_deref()).await;
        assert_eq!(settled.status, 303, "{}", settled.text);
    }
    assert_eq!(post(at, &list, "solicitud=nada", leads.as_deref()).await.status, 404);
    assert!(get(at, &ask, Some(&ana)).await.text.contains("Atendida el"));
    assert!(!get(at, &overview, leads.as_deref()).await.text.contains("pide corregir"));
    // There is an end to what one person may leave open.
    for number in 0..5 {
        let sent = post(at, &ask, format!("texto=Otra+{number}"), Some(&beto)).await;
        assert_eq!(sent.status, 200, "{number}");
    }
    assert_eq!(post(at, &ask, "texto=Otra", Some(&beto)).await.status, 422);
    facilitator.settled().await;
    let name = b"Atanasia";
    assert!(!facilitator.received.windows(name.len()).any(|window| window == name));
    // With her record goes what she asked.
    let people = record::enrolled(server.store(), server.ways.exercise_id).await.unwrap();
    let person = people.iter().find(|person| person.name == "Anastasia").unwrap();
    record::anonymise(server.store(), server.ways.exercise_id, person).await.unwrap();
    let kept = server.store().petitions(server.ways.exercise_id, None).await.unwrap();
    assert_eq!(kept.len(), 5, "Beto's");
    server.verify_clean().await;
}
