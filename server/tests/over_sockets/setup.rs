//! An exercise is created from the administrator's link alone, by somebody who signs in with a
//! passphrase from then on.

use app::page::form::Field;
use domain::{MesaId, Phase, StreamId};
use server::service::prepare::archive::Archive;
use server::service::sample::{Stage, Ways};
use server::service::setup;

use super::support::{Response, Server, encoded, get, location, post};

/// The passphrase of who creates an exercise here.
pub const PASSPHRASE: &str = "burro tinta lunes farol";

/// The form as somebody fills it in.
pub fn form() -> String {
    let typed = [
        (Field::Name, "Gobierno Abierto Río Claro"),
        (Field::State, "Oaxaca"),
        (Field::Municipality, "Río Claro"),
        (Field::Guarantor, "Órgano Garante"),
        (Field::Starts, "2027-01-04"),
        (Field::Ends, ""),
        (Field::Zone, "America/Mexico_City"),
        (Field::Language, "español"),
        (Field::ReferencePlan, "Plan nacional"),
        (Field::Axes, "Agua\nCuidados"),
        (Field::DecisionRule, "consensus"),
        (Field::Quorum, "3"),
        (Field::FollowTheMoney, "1"),
        (Field::NationalPlan, "2"),
        (Field::Local, "2"),
        (Field::Proactive, "0"),
        (Field::NoticeDays, "0"),
        (Field::NoticeKind, "calendar"),
        (Field::Theme, "Agua"),
        (Field::Venue, "Casa de la cultura"),
        (Field::Day, "2027-02-18"),
        (Field::From, "10:00"),
        (Field::To, "14:00"),
        (Field::Mode, "hybrid"),
        (Field::Address, ""),
        (Field::Contact, ""),
        (Field::OwnName, "Fabiola Cruz"),
        (Field::Mail, "fabiola@example.org"),
        (Field::Passphrase, PASSPHRASE),
    ];
    // A box that isn't ticked isn't sent.
    let sent = Field::creating().filter(|field| *field != Field::Secret);
    assert_eq!(typed.map(|(field, _)| field).to_vec(), sent.collect::<Vec<_>>());
    encoded(typed.map(|(field, text)| (field.name(), text)))
}

/// Creates an exercise; the result is its stream and the cookie of who created it.
pub async fn created(server: &Server) -> (StreamId, String) {
    let secret = setup::issue_link(server.store()).await.unwrap();
    let answer = post(server.address, &format!("/crear/{secret}"), &form(), None).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let to = location(&answer);
    let exercise = to.split('/').nth(2).and_then(|id| id.parse().ok());
    (exercise.unwrap_or_else(|| panic!("{to}")), answer.cookie.expect("a cookie"))
}

#[tokio::test]
async fn from_the_administrator_s_link_to_an_exercise_and_its_preparation() {
    let server = Server::start(Stage::Empty).await;
    let at = server.address;
    let secret = setup::issue_link(server.store()).await.unwrap();
    let second = setup::issue_link(server.store()).await.unwrap();
    let address = format!("/crear/{secret}");

    // Looking consumes nothing, and what is wrong comes back with what was typed.
    for _ in 0..2 {
        assert_eq!(get(at, &address, None).await.status, 200);
    }
    let incomplete = form().replace("tema=Agua", "tema=").replace("14%3A00", "09%3A00");
    let incomplete = incomplete.replace("burro+tinta+lunes+farol", "contrasena12");
    let again = post(at, &address, &incomplete, None).await;
    assert_eq!(again.status, 422);
    for said in ["Falta: Tema.", "después de empezar", "fácil de adivinar", "Casa de la cultura"]
    {
        assert!(again.text.contains(said), "{said}");
    }
    assert_eq!(again.text.matches("aria-invalid=\"true\"").count(), 3);
    assert!(!again.text.contains("contrasena12"), "a passphrase isn't sent back");

    // Pressed twice at the same moment it is one exercise.
    let form = form();
    let (one, other) =
        tokio::join!(post(at, &address, &form, None), post(at, &address, &form, None));
    let created = if one.status == 303 { &one } else { &other };
    assert_eq!(created.status, 303);
    let ended = [&one, &other].into_iter().filter(|answer| answer.text.contains("ya se usó"));
    assert_eq!(ended.count(), 1, "{} {}", one.text, other.text);
    // Another link for the same place is used with it.
    for used in [address.clone(), format!("/crear/{second}")] {
        assert!(get(at, &used, None).await.text.contains("ya se usó"));
        assert!(post(at, &used, &form, None).await.text.contains("ya se usó"));
    }

    let cookie = created.cookie.clone().expect("a cookie");
    let overview = get(at, &location(created), Some(&cookie)).await;
    assert_eq!(overview.status, 200);
    for said in ["Gobierno Abierto Río Claro", "jueves 18/02/2027", "Todavía no hay organizaciones"]
    {
        assert!(overview.text.contains(said), "{said}");
    }
    let exercises = server.store().mesas().await.unwrap();
    let mesa = exercises.iter().find(|mesa| mesa.theme == "Agua").unwrap().mesa;
    let loaded = server.store().load(mesa.exercise).await.unwrap().unwrap().state;
    assert_eq!(loaded.card.as_ref().unwrap().municipality.as_str(), "Río Claro");
    assert_eq!(loaded.notices.len(), 1);
    let there = loaded.mesa(mesa.number).unwrap();
    assert_eq!((there.conduct.phase, there.conduct.door_open), (Phase::Preparation, true));
    // Preparing is no attendance: at the mesa they come in by its door, which knows them.
    assert!(there.people.attendees.is_empty());
    let desk = format!("/ejercicio/{mesa}/conducir");
    let door = get(at, &desk, Some(&cookie)).await;
    assert_eq!(location(&door), format!("/ejercicio/{mesa}/entrar"));
    let door = get(at, &location(&door), Some(&cookie)).await;
    assert!(door.text.contains("Fabiola Cruz") && !door.text.contains("name=\"nombre\""));
    let inside = post(at, &format!("/ejercicio/{mesa}/entrar"), "modo=sala", Some(&cookie)).await;
    assert_eq!((inside.status, location(&inside)), (303, desk.clone()));
    assert_eq!(get(at, &desk, Some(&cookie)).await.status, 200);

    // None of it is for who sits at another table, or for nobody.
    let stranger = server.sign_in(server.seat(0), "Otra").await;
    for cookie in [Some(stranger.as_str()), None] {
        for part in ["", "/datos", "/actores", "/personas", "/archivo/ejercicio.json"] {
            let address = format!("/ejercicio/{}/preparar{part}", mesa.exercise);
            assert_eq!(get(at, &address, cookie).await.status, 403, "{part}");
        }
    }
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
        assert_eq!(
            post(at, &format!("/crear/{wrong}"), &form(), None).await.status,
            404,
            "{wrong}"
        );
    }
    let as_door = format!("/enlace/{secret}");
    assert_eq!(get(at, &as_door, None).await.status, 404);
    assert_eq!(post(at, &as_door, "nombre=Eva", None).await.status, 404);
    // Also once the exercise is there.
    assert_eq!(post(at, &format!("/crear/{secret}"), &form(), None).await.status, 303);
    assert_eq!(post(at, &as_door, "nombre=Eva", None).await.status, 404);
    // Hostile texts come back as text.
    let next = setup::issue_link(server.store()).await.unwrap();
    let hostile = form()
        .replace("tema=Agua", "tema=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
        .replace("dia=2027-02-18", "dia=%22%3E%3Cimg+src%3Dx%3E");
    let page = post(at, &format!("/crear/{next}"), &hostile, None).await;
    assert_eq!(page.status, 422);
    assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"));
    server.verify_clean().await;
}

#[tokio::test]
async fn the_next_year_s_exercise_begins_with_this_one_s_data() {
    let server = Server::start(Stage::Agreed).await;
    let at = server.address;
    let cookie = server.sign_in(&server.ways.facilitator_url, "Fabiola").await;
    let archive = format!("/ejercicio/{}/preparar/archivo", server.ways.exercise_id);
    let file = get(at, &format!("{archive}/ejercicio.json"), Some(&cookie)).await;
    assert_eq!(file.status, 200);
    let read = Archive::read(file.text.as_bytes()).expect("its own file");
    assert_eq!(read.actors().len(), 8);
    for private in ["Fabiola", "@", "C1", "Sigue tu uniforme"] {
        assert!(!file.text.contains(private), "{private}");
    }
    // As a copy on this server: the form is filled, but for the day.
    let copy = post(at, &format!("{archive}/copiar"), "", Some(&cookie)).await;
    assert_eq!(copy.status, 200);
    assert!(copy.text.contains("2027-10-01"), "the plan follows on the one before");
    // And as a file on another one.
    let secret = setup::issue_link(server.store()).await.unwrap();
    let address = format!("/crear/{secret}");
    let filled = post(at, &address, &encoded([("archivo", file.text.as_str())]), None).await;
    assert_eq!(filled.status, 200);
    assert!(filled.text.contains("Servicios, agua y cuidados"));
    let body = format!("{}&{}", form(), encoded([("archivo", file.text.as_str())]));
    let created = post(at, &address, &body, None).await;
    assert_eq!(created.status, 303, "{}", created.text);
    let exercise: StreamId = location(&created).split('/').nth(2).unwrap().parse().unwrap();
    let made = server.store().load(exercise).await.unwrap().unwrap().state;
    assert_eq!((made.actors.len(), made.mesas.len()), (8, 1));
    assert!(!made.card.as_ref().unwrap().sample);
    assert!(made.actors.iter().all(|actor| actor.seats.len() == 2));
    let before = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert!(!before.sections.definitions.is_empty());
    assert_eq!(made.sections, before.sections);
    server.verify_clean().await;
}

#[tokio::test]
async fn where_there_is_no_exercise_the_sample_is_one_tap_away_and_two_taps_end_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = store::Location::Sqlite(folder.path().to_owned());
    let store = store::Store::open(&place).await.unwrap();
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
    let page = get(at, &format!("/crear/{secret}"), None).await;
    assert!(page.text.contains("Ver primero un ejemplo lleno"));
    let loaded = post(at, &format!("/crear/{secret}?muestra"), "", None).await;
    assert!(is_a_door(&loaded), "{}", loaded.head);
    // The link is still good for an exercise of one's own, and the sample isn't offered again.
    let page = get(at, &format!("/crear/{secret}"), None).await;
    assert!(page.status == 200 && !page.text.contains("ejemplo lleno"));
    assert_eq!(post(at, &format!("/crear/{secret}"), &form(), None).await.status, 303);
    let mesas = server.store().mesas().await.unwrap();
    assert_eq!(mesas.len(), 2);
    let sample = mesas.iter().find(|mesa| mesa.theme != "Agua").unwrap().mesa.exercise;

    // The secret is in a cookie for that address.
    let link = loaded.head.split("mesa_enlace=").nth(1).and_then(|rest| rest.get(..32)).unwrap();
    let cookie = server.sign_in(&format!("/enlace/{link}"), "Fabiola").await;
    let end = format!("/ejercicio/{sample}/preparar/archivo/borrar");
    let asked = post(at, &end, "confirma=", Some(&cookie)).await;
    assert!(asked.status == 200 && asked.text.contains("No se puede deshacer"));
    assert_eq!(server.store().mesas().await.unwrap().len(), 2);
    assert_eq!(post(at, &end, "confirma=si", Some(&cookie)).await.status, 303);
    assert_eq!(server.store().mesas().await.unwrap().len(), 1);
    assert_eq!(get(at, &format!("/publica/{sample}"), None).await.status, 404);
    server.verify_clean().await;
}

#[tokio::test]
async fn an_exercise_that_is_no_sample_is_never_removed() {
    let server = Server::start(Stage::Empty).await;
    let (exercise, cookie) = created(&server).await;
    let end = format!("/ejercicio/{exercise}/preparar/archivo/borrar");
    assert_eq!(post(server.address, &end, "confirma=si", Some(&cookie)).await.status, 403);
    assert!(server.store().load(exercise).await.unwrap().is_some());
}

fn is_a_door(answer: &Response) -> bool {
    answer.status == 303 && location(answer).starts_with("/enlace/")
}
