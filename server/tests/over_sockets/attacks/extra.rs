//! Forms and frames with what they don't have: fields that nobody asked for, ids of others.

use std::collections::BTreeMap;

use domain::{Command, MesaNumber, PersonId, Role, SessionId};
use server::service::sample::Stage;
use sync::wire::{ClientFrame, encode};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use super::foreign::another_exercise;
use super::replayed::frame;
use super::routes::{filled, routes};
use crate::support::{Server, close_code, encoded, get, location, post};

/// The SHA-256 of a file that nobody has.
const NO_FILE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What somebody would add to a form to get more than it gives.
const EXTRA: [(&str, &str); 16] = [
    ("papel", "facilitator"),
    ("rol", "administrator"),
    ("role", "facilitator"),
    ("mesa", "1"),
    ("lugar", "01936d3e-0000-7000-8000-000000000001"),
    ("seat", "01936d3e-0000-7000-8000-000000000001"),
    ("persona", "01936d3e-0000-7000-8000-000000000001"),
    ("person", "01936d3e-0000-7000-8000-000000000001"),
    ("session", "01936d3e-0000-7000-8000-000000000001"),
    ("correo", "eva@example.org"),
    ("telefono", "951 000 0000"),
    ("frase", "nube cebra lunes gis"),
    ("firma", "si"),
    ("sample", "true"),
    ("__proto__", "x"),
    ("constructor[prototype]", "x"),
];

fn extra() -> String {
    encoded(EXTRA)
}

#[tokio::test]
async fn fields_that_nobody_asked_for_give_nothing() {
    let server = Server::start(Stage::Live).await;
    let at = server.address;
    let mesa = server.ways.mesa_id;
    let code = format!("/entrar/{}", server.ways.join_code);
    let body = format!("nombre=Eva&organizacion=Barrio&{}", extra());
    let came = post(at, &code, &body, None).await;
    assert_eq!(came.status, 303, "{}", came.text);
    let eva = came.cookie.unwrap();
    let by_seat = post(at, server.seat(0), format!("nombre=Ana&{}", extra()), None).await;
    let ana = by_seat.cookie.unwrap();
    let own = format!("/ejercicio/{mesa}/asistencia");
    for cookie in [&eva, &ana] {
        let attends = format!("modo=sala&{}", extra());
        assert_eq!(post(at, &own, attends, Some(cookie)).await.status, 200);
        let corrects = format!("nombre=Eva&organizacion=Barrio&{}", extra());
        let correction = format!("{own}/correccion");
        assert_eq!(post(at, &correction, corrects, Some(cookie)).await.status, 200);
        for facilitations in ["conducir", "control", "espera", "asistencia/personas"] {
            let page = get(at, &format!("/ejercicio/{mesa}/{facilitations}"), Some(cookie)).await;
            assert_eq!(page.status, 403, "{facilitations}");
        }
        let prepares = format!("/ejercicio/{}/preparar", mesa.exercise);
        assert_eq!(get(at, &prepares, Some(cookie)).await.status, 403);
    }
    let state = server.store().load(mesa.exercise).await.unwrap().unwrap().state;
    let grants: Vec<_> = state.registry.sessions.values().map(|session| session.grant).collect();
    let roles: Vec<_> = grants.iter().map(|grant| grant.role).collect();
    assert_eq!(roles, [Role::Participant, Role::Actor], "{grants:?}");
    assert_eq!(grants[0].seat, None);
    assert!(grants.iter().all(|grant| grant.mesa == Some(MesaNumber(1))), "{grants:?}");
    let people: Vec<_> = state.registry.people.keys().copied().collect();
    for record in server.store().people(&people).await.unwrap().values() {
        assert_eq!((&record.mail, &record.phone, &record.passphrase), (&None, &None, &None));
    }
    // A field twice, or of another kind, is no form.
    for body in ["nombre=Eva&nombre=Ana", "nombre[]=Eva", "%FF=%FE", "{\"nombre\":\"Eva\"}"] {
        let answer = post(at, &code, body, None).await;
        assert!((400..500).contains(&answer.status), "{body}: {}", answer.status);
        assert_eq!(answer.cookie, None, "{body}");
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn what_an_exercise_is_created_with_is_what_its_form_asks() {
    let server = Server::start(Stage::Empty).await;
    let secret = server::service::setup::issue_link(server.store()).await.unwrap();
    let body = format!(
        "{}&{}",
        crate::setup::form(),
        "sample=true&muestra=si&papel=administrator&organizacion=Otra&titular=Eva"
    );
    let created = post(server.address, &format!("/crear/{secret}"), body, None).await;
    assert_eq!(created.status, 303, "{}", created.text);
    let exercise = location(&created).split('/').nth(2).unwrap().parse().unwrap();
    let made = server.store().load(exercise).await.unwrap().unwrap().state;
    assert!(!made.card.as_ref().unwrap().sample && made.actors.is_empty());
    let staff: Vec<_> = made.registry.staff.values().flatten().map(|grant| grant.role).collect();
    assert_eq!(staff, [Role::Facilitator]);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_frame_with_more_than_its_fields_ends_the_connection_and_has_no_effect() {
    let server = Server::start(Stage::Live).await;
    let add = || {
        let item = domain::ItemId(Uuid::now_v7());
        let kind = domain::ItemKind::Problem;
        Command::Deliberation(domain::deliberation::Command::Add { item, kind, parent: None })
    };
    let head = async || server.store().head(server.ways.exercise_id).await.unwrap();
    let whole = || encode(&ClientFrame::Command(frame(add())));
    let longer = [&whole()[..], &[0]].concat();
    let two = [whole(), whole()].concat();
    let shorter = whole()[..whole().len() - 1].to_vec();
    let mut unknown = whole();
    unknown[0] = 9;
    let no_frame = b"{\"Command\":{\"role\":\"facilitator\"}}".to_vec();
    for (what, bytes) in [
        ("a byte more", longer),
        ("two in one", two),
        ("a byte less", shorter),
        ("no such frame", unknown),
        ("JSON", no_frame),
    ] {
        let mut ana = server.device(server.seat(0), "Ana").await;
        let before = head().await;
        use futures_util::SinkExt as _;
        ana.socket.send(Message::binary(bytes)).await.unwrap();
        assert_eq!(close_code(&mut ana.socket).await, Some(4002), "{what}");
        assert_eq!(head().await, before, "{what}");
    }
    server.verify_clean().await;
}

/// What is posted to a route: fields that would be taken in one's own exercise.
fn fields() -> BTreeMap<&'static str, Vec<(&'static str, &'static str)>> {
    let id = "01936d3e-0000-7000-8000-000000000001";
    let mesa = vec![
        ("tema", "Agua"),
        ("lugar", "Biblioteca"),
        ("dia", "2027-02-26"),
        ("desde", "10:00"),
        ("hasta", "12:00"),
        ("modo", "hybrid"),
        ("confirma", "si"),
    ];
    let actor = vec![("organizacion", "Otra"), ("sector", "academia"), ("titular", "Eva")];
    let staff = vec![
        ("persona", "Eva"),
        ("correo", "eva@example.org"),
        ("papel", "co_facilitator"),
        ("mesa", ""),
    ];
    BTreeMap::from([
        ("/ejercicio/{exercise}/mesa/{number}/espera", vec![("persona", id), ("admite", "si")]),
        ("/ejercicio/{exercise}/mesa/{number}/asistencia", vec![("modo", "sala")]),
        ("/ejercicio/{exercise}/mesa/{number}/asistencia/correccion", vec![("nombre", "Eva")]),
        (
            "/ejercicio/{exercise}/mesa/{number}/asistencia/personas",
            vec![("persona", id), ("borrar", "si")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/asistencia/solicitud", vec![("texto", "Otra")]),
        ("/ejercicio/{exercise}/mesa/{number}/entrar", vec![("nombre", "Eva"), ("modo", "sala")]),
        ("/ejercicio/{exercise}/mesa/{number}/historia/{item}/{field}", vec![("seq", "1")]),
        ("/ejercicio/{exercise}/preparar/datos", vec![("nombre", "Otro"), ("confirma", "si")]),
        ("/ejercicio/{exercise}/preparar/mesa/{which}", mesa),
        ("/ejercicio/{exercise}/preparar/secciones", vec![("marco", "Otra"), ("confirma", "si")]),
        ("/ejercicio/{exercise}/preparar/aviso", vec![("breve", "Otro"), ("integral", "Otro")]),
        ("/ejercicio/{exercise}/preparar/publica", vec![("abierta", "no")]),
        (
            "/ejercicio/{exercise}/preparar/actores/pegar",
            vec![("lista", "Organización\tTitular\nOtra\tEva\n"), ("agrega", "si")],
        ),
        ("/ejercicio/{exercise}/preparar/actores/deshacer", vec![("deshacer", "{}")]),
        ("/ejercicio/{exercise}/preparar/actores/cerrar", vec![("entrada", id)]),
        ("/ejercicio/{exercise}/preparar/actores/{which}", actor),
        ("/ejercicio/{exercise}/preparar/actores/{number}/actua", vec![("lugar", id)]),
        (
            "/ejercicio/{exercise}/preparar/actores/{number}/retiro",
            vec![("retiro", "si"), ("confirma", "si")],
        ),
        ("/ejercicio/{exercise}/preparar/tarjetas", vec![("quien", "todos")]),
        ("/ejercicio/{exercise}/preparar/personas", staff),
        ("/ejercicio/{exercise}/preparar/personas/enlace", vec![("persona", id)]),
        ("/ejercicio/{exercise}/preparar/personas/quitar", vec![("persona", id)]),
        ("/ejercicio/{exercise}/preparar/personas/terminar", vec![("enlace", id)]),
        ("/ejercicio/{exercise}/preparar/solicitudes", vec![("solicitud", id)]),
        ("/ejercicio/{exercise}/preparar/invitaciones", vec![]),
        ("/ejercicio/{exercise}/preparar/correo", vec![("prueba", "si")]),
        ("/ejercicio/{exercise}/mesa/{number}/recordar", vec![("recuerda", "todos")]),
        ("/ejercicio/{exercise}/mesa/{number}/envio", vec![("version", "1"), ("envia", "si")]),
        (
            "/ejercicio/{exercise}/mesa/{number}/papel",
            vec![("version", "1"), ("escaneo", NO_FILE), ("todas", "si")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/asistencia/escritura", vec![("texto", "No fui yo")]),
        ("/ejercicio/{exercise}/mesa/{number}/papel/archivo", vec![]),
        (
            "/ejercicio/{exercise}/mesa/{number}/expediente",
            vec![("entrada", "studies"), ("razon", "No hay")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/expediente/archivo", vec![]),
        ("/ejercicio/{exercise}/mesa/{number}/expediente/{which}", vec![]),
        (
            "/ejercicio/{exercise}/mesa/{number}/expediente/subida",
            vec![("entrada", "studies"), ("nombre", "Estudios.pdf"), ("bytes", "7")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}", vec![]),
        ("/ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}/{piece}", vec![]),
        (
            "/ejercicio/{exercise}/mesa/{number}/expediente/{which}/resultados",
            vec![("columna-0", "una"), ("guarda", "si")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/resultados", vec![("problema", "1-0-0")]),
        (
            "/ejercicio/{exercise}/mesa/{number}/importar",
            vec![("lista", "Problema\nFugas de agua"), ("agrega", "si")],
        ),
        ("/ejercicio/{exercise}/mesa/{number}/importar/archivo", vec![]),
        ("/ejercicio/{exercise}/preparar/archivo/copiar", vec![]),
        ("/ejercicio/{exercise}/preparar/archivo/borrar", vec![("confirma", "si")]),
        ("/ejercicio/{exercise}/preparar/actores/archivo", vec![]),
        ("/ejercicio/{exercise}/preparar/logotipos", vec![]),
    ])
}

#[tokio::test]
async fn who_prepares_one_exercise_posts_nothing_to_another_by_any_route() {
    let server = Server::start(Stage::Agreed).await;
    let (elsewhere, cookie, stranger) = another_exercise(&server).await;
    let here = server.ways.exercise_id;
    let facilitator = server.sign_in(&server.ways.facilitator_url, "Fabiola").await;
    let ana = server.sign_in(server.seat(0), "Ana").await;
    let state = server.store().load(here).await.unwrap().unwrap().state;
    let item = state.mesa(MesaNumber(1)).unwrap().deliberation.problems[0];
    drop(stranger);
    let heads = async || {
        let store = server.store();
        (store.head(here).await.unwrap(), store.head(elsewhere).await.unwrap())
    };
    let known = fields();
    let posts =
        routes().into_iter().filter(|route| route.posts && route.path.contains("{exercise}"));
    let (before, mut tried) = (heads().await, 0);
    for route in posts {
        let fields = known.get(route.path.as_str());
        let fields = fields.unwrap_or_else(|| panic!("what is posted to {}?", route.path));
        let parts = |exercise: domain::StreamId| {
            [
                ("exercise", exercise.to_string()),
                ("number", "1".to_owned()),
                ("which", "1".to_owned()),
                ("id", Uuid::nil().to_string()),
                ("piece", "0".to_owned()),
                ("item", item.to_string()),
                ("field", "statement".to_owned()),
            ]
        };
        // The stranger, and who sits at the table or leads it, at the other's.
        for (cookie, exercise) in
            [(&cookie, here), (&facilitator, elsewhere), (&ana, elsewhere), (&String::new(), here)]
        {
            let address = filled(&route.path, &parts(exercise));
            let body = encoded(fields.iter().copied());
            let answer = post(server.address, &address, body, Some(cookie)).await;
            assert!([403, 404].contains(&answer.status), "{address}: {}", answer.status);
            assert_eq!(answer.cookie, None, "{address}");
            tried += 1;
        }
    }
    assert_eq!(tried, 4 * known.len());
    assert_eq!(heads().await, before, "nothing changed");
    server.verify_clean().await;
}

#[tokio::test]
async fn ids_of_another_exercise_in_one_s_own_forms_are_not_found() {
    let server = Server::start(Stage::Agreed).await;
    let here = server.ways.exercise_id;
    let (elsewhere, cookie, stranger) = another_exercise(&server).await;
    drop(stranger);
    server.sign_in(server.seat(0), "Ana").await;
    let state = server.store().load(here).await.unwrap().unwrap().state;
    let (session, person) =
        state.registry.sessions.iter().map(|(id, session)| (*id, session.person)).next().unwrap();
    let (session, person): (SessionId, PersonId) = (session, person);
    let seat = state.actors[0].seats[0].id;
    let link = *state.registry.links.keys().next().unwrap();
    let petition = Uuid::now_v7();
    let text = domain::Remark::parse("Mi nombre").unwrap();
    server.store().petition(here, petition, person, &text, 0).await.unwrap();
    let own = encoded([("organizacion", "Colectivo"), ("sector", "academia"), ("titular", "Luz")]);
    let prepare = |part: &str| format!("/ejercicio/{elsewhere}/preparar{part}");
    let at = server.address;
    assert_eq!(post(at, &prepare("/actores/nueva"), own, Some(&cookie)).await.status, 303);
    let heads = async || {
        let store = server.store();
        (store.head(here).await.unwrap(), store.head(elsewhere).await.unwrap())
    };
    let before = heads().await;
    let undo = serde_json::json!({
        "made": [],
        "actors": [],
        "seats": [[seat, person]],
        "people": [[person, "Otra", "otra@example.org", null]],
    });
    let mesa = format!("/ejercicio/{elsewhere}/mesa/1");
    let item = state.mesa(MesaNumber(1)).unwrap().deliberation.problems[0];
    for (address, name, value) in [
        (prepare("/actores/cerrar"), "entrada", session.to_string()),
        (prepare("/actores/1/actua"), "lugar", seat.to_string()),
        (prepare("/actores/7/retiro"), "retiro", "si".to_owned()),
        (prepare("/actores/deshacer"), "deshacer", undo.to_string()),
        (prepare("/personas/enlace"), "persona", person.to_string()),
        (prepare("/personas/quitar"), "persona", person.to_string()),
        (prepare("/personas/terminar"), "enlace", link.to_string()),
        (prepare("/solicitudes"), "solicitud", petition.to_string()),
        (prepare("/mesa/7"), "tema", "Agua".to_owned()),
        (format!("{mesa}/historia/{item}/statement"), "seq", "1".to_owned()),
    ] {
        let body = encoded([(name, value.as_str())]);
        let answer = post(at, &address, body, Some(&cookie)).await;
        assert_eq!(answer.status, 404, "{address}: {}", answer.text);
    }
    // A record of somebody else's isn't erased, and whoever doesn't wait isn't admitted.
    let erase = format!("persona={person}&borrar=si");
    let records = post(at, &format!("{mesa}/asistencia/personas"), erase, Some(&cookie)).await;
    assert!(records.status == 200 && !records.text.contains("Ana"), "{}", records.text);
    let admit = format!("persona={}&admite=si", Uuid::now_v7());
    let waiting = format!("{mesa}/espera");
    assert_eq!(post(at, &waiting, admit, Some(&cookie)).await.status, 303);
    let choice = format!("correo=fabiola%40example.org&frase=x&ejercicio={here}");
    assert_eq!(post(at, "/entrar/cuenta", choice, None).await.status, 422);
    assert_eq!(heads().await, before, "nothing changed");
    server.verify_clean().await;
}
