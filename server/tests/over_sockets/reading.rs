//! Who may read what, by request: every route that is read, for everybody, in every phase, against
//! a table written by hand from section 3 of `docs/process.md` and what follows it. And who finds a
//! mail address or a phone in what they get, whatever it is: who prepares, in the pages of people
//! alone, and each one their own.

use std::collections::BTreeMap;
use std::io::Read as _;

use domain::people::registry::Grant;
use domain::{PersonId, Phase, Role, TextField};
use futures_util::StreamExt as _;
use server::service::account::enrol_creator;
use server::service::entry::{Ledger, enter, new_link};
use server::service::logo;
use server::service::sample::Stage;
use store::NewPerson;
use uuid::Uuid;

use super::attacks::routes::{filled, routes};
use super::setup::created;
use super::support::{Device, FIRST, Response, Server, ask, encoded, get, here, post};

/// Who asks, in the order of the table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// A follower: nobody is signed in.
    Follower,
    /// A screen that was opened by the projector's link.
    Projector,
    Participant,
    Actor,
    Rapporteur,
    CoFacilitator,
    /// Who facilitates the mesa, one of two.
    Facilitator,
    /// Who facilitates the exercise.
    Convener,
    Administrator,
    /// Who facilitates the other mesa.
    Neighbour,
    /// Who facilitates another exercise on the same server.
    Stranger,
}

const WHO: [Who; 11] = [
    Who::Follower,
    Who::Projector,
    Who::Participant,
    Who::Actor,
    Who::Rapporteur,
    Who::CoFacilitator,
    Who::Facilitator,
    Who::Convener,
    Who::Administrator,
    Who::Neighbour,
    Who::Stranger,
];

/// `x` it is shown, `.` it is refused, `>` another page is, `?` there is nothing.
const TABLE: [(&str, &str); 71] = [
    // Anybody: the ways in, and the site's own files (there are none in these tests).
    ("/", "xxxxxxxxxxx"),
    ("/entrar", "xxxxxxxxxxx"),
    ("/enlace", "xxxxxxxxxxx"),
    ("/crear", "xxxxxxxxxxx"),
    ("/proyector", "xxxxxxxxxxx"),
    ("/frase", "xxxxxxxxxxx"),
    ("/entrar/cuenta", "xxxxxxxxxxx"),
    ("/entrar/cuenta/otra-frase", "xxxxxxxxxxx"),
    ("/entrar/{code}/espera", ">>>>>>>>>>>"),
    ("/sw.js", "xxxxxxxxxxx"),
    ("/healthz", "xxxxxxxxxxx"),
    ("/pkg/none.js", "???????????"),
    ("/fonts/none.woff2", "???????????"),
    ("/favicon.svg", "???????????"),
    // Who came in by the door is in; others are shown it.
    ("/entrar/{code}", "xx>>>>>>>xx"),
    // The public parts.
    ("/publica/{exercise}", "xxxxxxxxxxx"),
    ("/publica/{exercise}/mesa/{number}", ">>>>>>>>>>>"),
    ("/publico/{exercise}/mesa/{number}/compromisos.xlsx", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/compromisos.csv", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/actividades.csv", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/problemas.csv", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/compromisos_problemas.csv", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/datos.json", "xxxxxxxxxxx"),
    ("/publico/{exercise}/mesa/{number}/datapackage.json", "xxxxxxxxxxx"),
    ("/aviso/{exercise}/mesa/{number}", "xxxxxxxxxxx"),
    ("/verificar", "xxxxxxxxxxx"),
    ("/verificar/{exercise}", "xxxxxxxxxxx"),
    ("/sellos", "xxxxxxxxxxx"),
    ("/sellos/none.tsr", "???????????"),
    ("/logo/{exercise}/{place}", "xxxxxxxxxxx"),
    ("/plan/{exercise}", "xxxxxxxxxxx"),
    // The mesa: who belongs to another one gets what the public gets.
    ("/ejercicio/{exercise}/mesa/{number}", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/problemas", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/compromisos", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/textos", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/firmar", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/puntos", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/a-solas", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/propio", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/historia/{item}/{field}", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/expediente", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/resultados", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia/correccion", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia/escritura", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia/mis-datos.json", "..xxxxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia/solicitud", "..xxxxxxx>."),
    // The facilitation's screens, and what only those have who lead.
    ("/ejercicio/{exercise}/mesa/{number}/conducir", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/control", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/antes-de-la-lectura", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/envio/estado", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/papel", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/importar", "....xxxxx>."),
    ("/proyector/{exercise}/mesa/{number}", "....xxxxx>."),
    ("/asistente/{exercise}/mesa/{number}", "....xxxxx>."),
    ("/asistente/{exercise}/mesa/{number}/compromisos", "....xxxxx>."),
    ("/ejercicio/{exercise}/mesa/{number}/espera", ".....xxx.>."),
    ("/ejercicio/{exercise}/mesa/{number}/recordar", ".....xxx.>."),
    ("/ejercicio/{exercise}/mesa/{number}/asistencia/personas", ".....xxx.>."),
    ("/ejercicio/{exercise}/mesa/{number}/entrar", "....>>>>>.."),
    // The preparation: of the whole exercise, or of one's own mesa.
    ("/ejercicio/{exercise}/preparar", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/datos", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/mesa/1", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/secciones", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/aviso", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/logotipos", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/archivo", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/archivo/ejercicio.json", "......xxxx."),
    ("/ejercicio/{exercise}/preparar/solicitudes", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/tarjetas", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/actores/pegar", ".......xx.."),
];

/// The same; who reads them reads addresses of people.
const OF_PEOPLE: [(&str, &str); 6] = [
    ("/ejercicio/{exercise}/mesa/{number}/envio", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/correo", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/invitaciones", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/actores", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/actores/1", ".......xx.."),
    ("/ejercicio/{exercise}/preparar/personas", ".......xx.."),
];

/// Routes whose address is itself a secret, the live connections, and documents, which take long to
/// be set: other tests have them.
const ELSEWHERE: [&str; 15] = [
    "/ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}",
    "/ejercicio/{exercise}/mesa/{number}/expediente/{which}/resultados",
    "/ejercicio/{exercise}/mesa/{number}/expediente/{which}",
    "/plan/{exercise}/borrador.pdf",
    "/plan/{exercise}/mesa/{number}/{file}",
    "/plan/{exercise}/{version}/{file}",
    "/plan/{exercise}/{version}/hoja/{page}",
    "/plan/{exercise}/{version}/escaneo/{file}",
    "/plan/{exercise}/{version}/escaneo/{file}/{page}",
    "/enlace/{secret}",
    "/frase/{secret}",
    "/crear/{secret}",
    "/proyector/{secret}",
    "/ws",
    "/frames/{name}",
];

/// Addresses that were planted: of who sits, of who never came, of who prepares.
const OWN_MAIL: &str = "amapola-sentada@example.org";
const PLANTED: [&str; 5] = [
    "begonia-ausente@example.org",
    "952 777 0002",
    "clavel-relatora@example.org",
    "dalia-convoca@example.org",
    "951 777 0001",
];

fn matches(pattern: &str, address: &str) -> bool {
    let (mut parts, mut named) = (address.split('/'), pattern.split('/'));
    loop {
        match (parts.next(), named.next()) {
            (None, None) => return true,
            (Some(_), Some(any)) if any.starts_with("{*") => return true,
            (Some(part), Some(name)) if part == name || name.starts_with('{') => {}
            _ => return false,
        }
    }
}

#[test]
fn every_route_is_in_the_table() {
    let listed = || TABLE.iter().chain(&OF_PEOPLE).map(|(path, _)| *path).chain(ELSEWHERE);
    for route in routes().into_iter().filter(|route| route.reads) {
        let path = route.path.as_str();
        assert!(listed().any(|listed| listed == path || matches(path, listed)), "{path}");
    }
}

/// Everything that a viewer's bytes say, also inside a workbook.
fn said(answer: &Response) -> Vec<u8> {
    let mut all = [answer.head.as_bytes(), &answer.body].concat();
    if let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(answer.body.clone())) {
        for index in 0..package.len() {
            package.by_index(index).unwrap().read_to_end(&mut all).unwrap();
        }
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Signs somebody in with a role for the whole exercise.
async fn staff(server: &Server, role: Role, mail: &str) -> String {
    let record = NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt: [1; 16],
        name: format!("{role:?}"),
        mail: Some(mail.to_owned()),
        phone: None,
        passphrase: None,
    };
    let mut ledger = Ledger::load(server.store(), server.ways.exercise_id).await.unwrap();
    let grant = Grant { role, seat: None, mesa: None };
    let secret = enrol_creator(&mut ledger, record, grant).unwrap();
    ledger.write(server.store()).await.unwrap();
    let door = format!("/ejercicio/{}/entrar", server.ways.mesa_id);
    let came = async {
        while post(server.address, &door, "modo=sala", Some(&secret.text)).await.status != 303 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(super::support::SOON, came).await.expect("the room notices soon");
    secret.text
}

async fn by_link(server: &Server, role: Role) -> String {
    let (issue, secret) = new_link(Grant { role, seat: None, mesa: Some(FIRST) });
    enter(server.store(), server.ways.exercise_id, &issue).await.unwrap();
    server.sign_in(&format!("/enlace/{}", secret.text), "Carlos").await
}

/// The header lines with which each asks.
async fn everybody(server: &Server, neighbour: String) -> Vec<(Who, String)> {
    let session = |secret: String| format!("Cookie: mesa_sesion={secret}\r\n");
    let projector = server.ways.projector_url.rsplit('/').next().unwrap().to_owned();
    let mut all = Vec::new();
    for who in WHO {
        let headers = match who {
            Who::Follower => String::new(),
            Who::Projector => format!("Cookie: mesa_proyector={projector}\r\n"),
            Who::Participant => {
                let door = format!("/entrar/{}", server.ways.join_code);
                session(server.sign_in(&door, "Pedro").await)
            }
            Who::Actor => session(server.sign_in(server.seat(0), "Ana").await),
            Who::Rapporteur => session(by_link(server, Role::Rapporteur).await),
            Who::CoFacilitator => session(by_link(server, Role::CoFacilitator).await),
            Who::Facilitator => {
                session(server.sign_in(&server.ways.facilitator_url, "Fabiola").await)
            }
            Who::Convener => {
                session(staff(server, Role::Facilitator, "dalia-convoca@example.org").await)
            }
            Who::Administrator => {
                session(staff(server, Role::Administrator, "admin@example.org").await)
            }
            Who::Neighbour => session(neighbour.clone()),
            Who::Stranger => session(created(server).await.1),
        };
        all.push((who, headers));
    }
    all
}

fn secret(headers: &str) -> Option<String> {
    headers.split("mesa_sesion=").nth(1).map(|rest| rest.trim().to_owned())
}

/// Names people with addresses in seats and roles.
async fn plant(server: &Server, convener: &str) {
    let prepare = |part: &str| format!("/ejercicio/{}/preparar{part}", server.ways.exercise_id);
    let page = get(server.address, &prepare("/actores/1"), Some(convener)).await;
    let organisation = page.text.split("name=\"organizacion\"").next().unwrap();
    let organisation = organisation[organisation.rfind("<input").unwrap()..].to_owned();
    let after = page.text.split("name=\"organizacion\"").nth(1).unwrap();
    let whole = format!("{organisation}{}", after.split('>').next().unwrap());
    let name = whole.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let sector = domain::codes::Coded::code(&state.actors[0].sector);
    let seats = [
        ("organizacion", name),
        ("sector", sector),
        ("firma", "si"),
        ("titular", "Ana"),
        ("correo-titular", OWN_MAIL),
        ("telefono-titular", "951 777 0001"),
        ("suplente", "Begonia"),
        ("correo-suplente", "begonia-ausente@example.org"),
        ("telefono-suplente", "952 777 0002"),
        ("confirma", "si"),
    ];
    let saved = post(server.address, &prepare("/actores/1"), encoded(seats), Some(convener)).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let role = [
        ("persona", "Clavel"),
        ("correo", "clavel-relatora@example.org"),
        ("papel", "rapporteur"),
        ("mesa", "1"),
    ];
    let added = post(server.address, &prepare("/personas"), encoded(role), Some(convener)).await;
    assert_eq!(added.status, 200, "{}", added.text);
}

#[tokio::test]
async fn everybody_reads_in_every_phase_what_the_table_says_and_nothing_else() {
    let server = Server::start(Stage::Agreed).await;
    let exercise = server.ways.exercise_id;
    let second = server.another_mesa("Movilidad").await;
    let neighbour = server.sign_in(&second.facilitator_url, "Gabriela").await;
    let mut beside = Device::connect(server.address, second.mesa_id, Some(neighbour.clone())).await;
    beside.change_phase(Phase::Agreements).await;
    let image = include_bytes!("../logo.png").to_vec();
    let name = domain::ShortText::parse("Municipio").unwrap();
    logo::put(server.store(), exercise, 1, Some((name, image))).await.unwrap();
    let everybody = everybody(&server, neighbour).await;
    let of = |wanted: Who| everybody.iter().find(|(who, _)| *who == wanted).unwrap().1.clone();
    plant(&server, &secret(&of(Who::Convener)).unwrap()).await;

    let cookie = secret(&of(Who::Facilitator)).unwrap();
    let mut leads = Device::connect(server.address, server.ways.mesa_id, Some(cookie)).await;
    let item = here(&leads.replica).deliberation.problems[0];
    let parts = [
        ("exercise", exercise.to_string()),
        ("number", "1".to_owned()),
        ("code", server.ways.join_code.clone()),
        ("item", item.to_string()),
        ("field", domain::codes::Coded::code(&TextField::Statement).to_owned()),
        ("place", "1".to_owned()),
    ];
    let mut devices = BTreeMap::new();
    for (who, headers) in &everybody {
        if *who != Who::Stranger && *who != Who::Neighbour {
            let cookie = secret(headers);
            let device = Device::connect(server.address, server.ways.mesa_id, cookie).await;
            devices.insert(*who as usize, device);
        }
    }
    for phase in Phase::ALL {
        leads.change_phase(phase).await;
        for (path, line) in TABLE.iter().chain(&OF_PEOPLE) {
            // What is no exercise's doesn't know of phases.
            if phase != Phase::Preparation && !path.contains("{exercise}") {
                continue;
            }
            let address = filled(path, &parts);
            let asked = everybody.iter().map(|(who, headers)| {
                let (server, address) = (server.address, address.clone());
                async move { (*who, ask(server, "GET", &address, b"", headers).await) }
            });
            let answers = futures_util::stream::iter(asked).buffered(4).collect::<Vec<_>>().await;
            for ((who, answer), sign) in answers.into_iter().zip(line.chars()) {
                let got = match answer.status {
                    200 => 'x',
                    403 => '.',
                    303 => '>',
                    404 => '?',
                    status => panic!("{address} by {who:?} in {phase:?}: {status}"),
                };
                assert_eq!(got, sign, "{address} by {who:?} in {phase:?}");
                let bytes = said(&answer);
                let of_people = OF_PEOPLE.iter().any(|(of_people, _)| of_people == path);
                let own = who == Who::Actor && path.ends_with("mis-datos.json");
                for address_of in PLANTED.into_iter().chain([OWN_MAIL]) {
                    let found = holds(&bytes, address_of);
                    let own = (own && [OWN_MAIL, "951 777 0001"].contains(&address_of))
                        || (who == Who::Convener
                            && path.ends_with("mis-datos.json")
                            && address_of == "dalia-convoca@example.org");
                    let may = own || (of_people && sign == 'x');
                    assert!(may || !found, "{address_of} at {address} by {who:?} in {phase:?}");
                    assert!(!own || found, "{address_of} at {address} by {who:?}");
                }
            }
        }
    }
    // In frames nobody has an address, not even who prepares.
    for device in devices.values_mut().chain([&mut leads, &mut beside]) {
        device.until(|replica| here(replica).conduct.phase == Phase::Closed).await;
        for address in PLANTED.into_iter().chain([OWN_MAIL]) {
            assert!(!holds(&device.received, address), "{address} in frames");
        }
    }
    // With the public page off those are shut out who don't belong to the exercise.
    let prepare = format!("/ejercicio/{exercise}/preparar/publica");
    let convener = secret(&of(Who::Convener));
    let off = post(server.address, &prepare, "abierta=no", convener.as_deref()).await;
    assert_eq!(off.status, 303);
    for (path, line) in TABLE.iter().filter(|(path, _)| path.starts_with("/publi")) {
        let address = filled(path, &parts);
        for ((who, headers), sign) in everybody.iter().zip(line.chars()) {
            let answer = ask(server.address, "GET", &address, b"", headers).await;
            let shut_out = matches!(who, Who::Follower | Who::Stranger);
            let expected = match sign {
                'x' if shut_out => 403,
                'x' => 200,
                _ => 303,
            };
            assert_eq!(answer.status, expected, "{address} by {who:?}");
        }
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn who_leads_one_of_two_mesas_finds_only_its_people_among_the_records() {
    let server = Server::start(Stage::Live).await;
    let second = server.another_mesa("Movilidad").await;
    let beside = server.sign_in(&second.facilitator_url, "Gabriela").await;
    server.sign_in(server.seat(0), "Anastasia").await;
    server.sign_in(&second.seats[1].url, "Bernardina").await;
    let records = format!("/ejercicio/{}/asistencia/personas", second.mesa_id);
    let page = get(server.address, &records, Some(&beside)).await;
    assert!(page.status == 200 && page.text.contains("Bernardina"), "{}", page.text);
    assert!(!page.text.contains("Anastasia"), "{}", page.text);
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let ana = *state.mesa(FIRST).unwrap().people.attendees.keys().next().unwrap();
    let asked = format!("persona={ana}");
    let asked = post(server.address, &records, asked, Some(&beside)).await;
    assert!(!asked.text.contains("Anastasia"), "{}", asked.text);
    server.verify_clean().await;
}
