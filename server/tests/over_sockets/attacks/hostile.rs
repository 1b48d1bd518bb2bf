//! Hostile names: those that a form takes are text on every page and in every file, and the others
//! are refused wherever a name is asked for. What people write in sheets is tried in `privacy.rs`
//! and `end2end/tests/hostile.spec.ts`, tables as spreadsheets open them in `spreadsheets.rs`, the
//! program's log in `logged.rs`.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use domain::deliberation::Command as Deliberation;
use domain::deliberation::choice::Party;
use domain::{Assignment, Command, ItemId, ItemKind, MesaNumber, TextField};

use super::routes::{Route, filled, routes};
use crate::prepare::Prepared;
use crate::support::{Device, Response, Server, ask, encoded, get, location, post};

/// What may be a name, and does harm where it isn't taken as text.
const NAMES: [&str; 6] = [
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>",
    "=HYPERLINK(\"http://x.invalid\";\"ver\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "</title></textarea></script><svg onload=alert(3)>",
    "{{7*7}} ${7*7} %s%n {0} ../../etc/passwd",
    "👩🏽‍🌾 Ñandú Itzé 🇲🇽 مريم",
];

/// What no name is.
const REFUSED: [&str; 6] = [
    "Eva \u{202e}nimda",
    "Eva\u{0}",
    "Eva \u{1b}[2J\u{1b}[31m",
    "\u{2066}Eva\u{2069}",
    "Eva\u{7}",
    "Eva\u{9b}31m",
];

fn png() -> Vec<u8> {
    include_bytes!("../../logo.png").to_vec()
}

/// An exercise in which every name is hostile: its own, those of its mesa, of organisations, of who
/// prepares, sits and attends.
struct Hostile {
    at: Prepared,
    /// The cookies of who prepares, who has a seat, and who came by the code; none: the public.
    cookies: [Option<String>; 4],
    item: ItemId,
    code: String,
}

fn exercise(name: &str) -> String {
    let form = crate::setup::form();
    let fields = ["nombre", "municipio", "garante", "referencia", "tema", "lugar", "persona"];
    let kept = form.split('&').filter(|pair| {
        let named = pair.split('=').next().unwrap_or_default();
        !fields.contains(&named)
    });
    let kept: Vec<_> = kept.collect();
    format!("{}&{}", kept.join("&"), encoded(fields.map(|field| (field, name))))
}

async fn logo(at: &Prepared, name: &str) -> Response {
    let mut body = Vec::new();
    for (field, value) in [("lugar", "1"), ("nombre", name)] {
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    body.extend_from_slice(
        b"--x\r\nContent-Disposition: form-data; name=\"imagen\"; filename=\"../../a.png\"\r\n\r\n",
    );
    body.extend_from_slice(&png());
    body.extend_from_slice(b"\r\n--x--\r\n");
    let address = at.server.address;
    let headers = format!(
        "Cookie: mesa_sesion={}\r\nOrigin: http://{address}\r\nContent-Type: multipart/form-data; boundary=x\r\n",
        at.cookie
    );
    ask(address, "POST", &at.address("/logotipos"), &body, &headers).await
}

impl Hostile {
    async fn new(name: &str) -> Self {
        let server = Server::start(server::service::sample::Stage::Empty).await;
        let secret = server::service::setup::issue_link(server.store()).await.unwrap();
        let address = server.address;
        let made = post(address, &format!("/crear/{secret}"), exercise(name), None).await;
        assert_eq!(made.status, 303, "{name}: {}", made.text);
        let stream = location(&made).split('/').nth(2).unwrap().parse().unwrap();
        let at = Prepared { server, exercise: stream, cookie: made.cookie.unwrap() };
        let actor = [
            ("organizacion", name),
            ("sector", "academia"),
            ("firma", "si"),
            ("titular", name),
            ("suplente", name),
            ("telefono-titular", name),
        ];
        assert_eq!(at.post("/actores/nueva", &actor).await.status, 303, "{name}");
        let staff = [
            ("persona", name),
            ("correo", "eva@example.org"),
            ("papel", "rapporteur"),
            ("mesa", "1"),
        ];
        assert_eq!(at.post("/personas", &staff).await.status, 200, "{name}");
        let notice = [("breve", name), ("integral", name)];
        assert_eq!(at.post("/aviso", &notice).await.status, 303, "{name}");
        assert_eq!(logo(&at, name).await.status, 303, "{name}");
        let door = format!("/ejercicio/{}/entrar", at.mesa());
        assert_eq!(post(address, &door, "modo=sala", Some(&at.cookie)).await.status, 303);
        let card = at.cards("todos").await.remove(0);
        let seated = post(address, &card, "modo=sala", None).await.cookie.expect("a cookie");
        let code = at.state().await.registry.join_codes[&MesaNumber(1)].to_string();
        let body = encoded([("nombre", name), ("organizacion", name), ("publico", "si")]);
        let came = post(address, &format!("/entrar/{code}"), &body, None).await;
        assert_eq!(came.status, 303, "{name}: {}", came.text);
        let mut leads = Device::connect(address, at.mesa(), Some(at.cookie.clone())).await;
        leads.change_phase(domain::Phase::Agreements).await;
        let item = leads.add(ItemKind::Commitment, None);
        let problem = leads.add(ItemKind::Problem, None);
        leads.type_at(item, TextField::Title, 0, name);
        leads.type_at(problem, TextField::Statement, 0, name);
        let value = Assignment::Lead(Party::Actor(domain::ActorNumber(1)));
        leads.command(Command::Deliberation(Deliberation::Assign { item, value }));
        leads.settled().await;
        assert_eq!(leads.refused, []);
        let cookies = [Some(at.cookie.clone()), Some(seated), came.cookie, None];
        Self { at, cookies, item: problem, code }
    }

    /// The addresses of everything that can be read.
    fn addresses(&self) -> Vec<String> {
        let mut all = Vec::new();
        let screens =
            ["problemas", "compromisos", "mi-voz", "textos", "aportar", "conducir", "control"];
        let files = [
            "compromisos.xlsx",
            "compromisos.csv",
            "actividades.csv",
            "problemas.csv",
            "compromisos_problemas.csv",
            "datos.json",
            "datapackage.json",
        ];
        // What a document does with any text is tested where it is set.
        let read = |route: &Route| route.reads && !route.path.ends_with(".pdf");
        for route in routes().into_iter().filter(read) {
            let named = |name| route.path.contains(&format!("{{{name}}}"));
            let several: Vec<(&str, Vec<&str>)> = match () {
                () if named("*screen") => vec![("screen", screens.to_vec())],
                () if named("file") => vec![("file", files.to_vec())],
                () if named("which") => vec![("which", vec!["1", "nueva"])],
                () => vec![("", vec![""])],
            };
            for (name, values) in several {
                for value in values {
                    let parts = [
                        (name, value.to_owned()),
                        ("exercise", self.at.exercise.to_string()),
                        ("number", "1".to_owned()),
                        ("id", uuid::Uuid::nil().to_string()),
                        ("place", "1".to_owned()),
                        ("item", self.item.to_string()),
                        ("field", "statement".to_owned()),
                        ("code", self.code.clone()),
                        ("secret", "0".repeat(32)),
                        ("name", "0".to_owned()),
                        ("path", "none".to_owned()),
                        ("version", "1".to_owned()),
                        ("page", "1.svg".to_owned()),
                        ("what", self.at.exercise.to_string()),
                    ];
                    all.push(filled(&route.path, &parts));
                }
            }
        }
        all
    }
}

fn header(answer: &Response, name: &str) -> String {
    crate::edge::header(answer, name).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_hostile_name_is_text_on_every_page_and_in_every_file() {
    for name in NAMES {
        let hostile = Hostile::new(name).await;
        let (server, at) = (&hostile.at.server, hostile.at.server.address);
        let mut shown = 0;
        for cookie in &hostile.cookies {
            for address in hostile.addresses() {
                let answer = get(at, &address, cookie.as_deref()).await;
                assert!(answer.status < 500, "{address}: {}", answer.status);
                let kind = header(&answer, "content-type");
                if kind.starts_with("text/html") {
                    for live in
                        ["<script>alert", "<img src=x", "<svg onload", "</title></textarea>"]
                    {
                        assert!(!answer.text.contains(live), "{live} at {address}");
                    }
                    let part = name.split(['<', '"', '\'', '&', '>']).max_by_key(|part| part.len());
                    shown += usize::from(answer.text.contains(part.unwrap()));
                } else if kind.starts_with("application/json") {
                    let _: serde_json::Value = serde_json::from_slice(&answer.body)
                        .unwrap_or_else(|_| panic!("{address} is JSON"));
                } else if kind.starts_with("text/csv") {
                    for record in csv::Reader::from_reader(answer.body.as_slice()).records() {
                        for cell in &record.unwrap() {
                            let first = cell.trim_start().chars().next();
                            assert!(!matches!(first, Some('=' | '@' | '+')), "{cell} in {address}");
                        }
                    }
                } else if address.ends_with(".xlsx") && answer.status == 200 {
                    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.clone())).unwrap();
                    for sheet in book.sheet_names() {
                        let formulas = book.worksheet_formula(&sheet).unwrap();
                        assert_eq!(formulas.used_cells().count(), 0, "{sheet}");
                    }
                    let sheet = book.worksheet_range("Compromisos").unwrap();
                    let is_it = |cell: &Data| *cell == Data::String(name.to_owned());
                    assert!(sheet.rows().flatten().any(is_it), "as it was written: {name}");
                }
                let named = header(&answer, "content-disposition");
                assert!(!named.contains(['<', '>', '/', '\\']), "{named}");
            }
        }
        // Shown at all: on the preparation, the desk, the sheets, the door, the public page.
        assert!(shown > 40, "{name}: {shown} pages");
        // What the operator is told.
        for (id, kept) in server::service::record::enrolled(server.store(), hostile.at.exercise)
            .await
            .unwrap()
            .into_iter()
            .map(|person| (person.id, person))
        {
            let line = server::text::terminal::person(&kept);
            assert!(
                line.contains(&id.to_string()) && !line.chars().any(char::is_control),
                "{line}"
            );
        }
        server.verify_clean().await;
    }
}

#[tokio::test]
async fn what_no_name_may_hold_is_refused_wherever_a_name_is_asked_for() {
    let at = Prepared::new().await;
    let address = at.server.address;
    let own = [("organizacion", "Colectivo"), ("sector", "academia"), ("titular", "Luz")];
    assert_eq!(at.post("/actores/nueva", &own).await.status, 303);
    let door = format!("/ejercicio/{}/entrar", at.mesa());
    assert_eq!(post(address, &door, "modo=sala", Some(&at.cookie)).await.status, 303);
    let code = at.state().await.registry.join_codes[&MesaNumber(1)].to_string();
    let body = encoded([("nombre", "Celia"), ("organizacion", "Barrio")]);
    let came = post(address, &format!("/entrar/{code}"), &body, None).await;
    let celia = came.cookie.expect("a cookie");
    let secret = server::service::setup::issue_link(at.server.store()).await.unwrap();
    let mesa = |name: &str| {
        let typed = [
            ("tema", name),
            ("lugar", name),
            ("dia", "2027-02-26"),
            ("desde", "10:00"),
            ("hasta", "12:00"),
            ("modo", "hybrid"),
            ("confirma", "si"),
        ];
        encoded(typed)
    };
    let long = "x".repeat(10_000);
    let breaks = "Eva\r\nSet-Cookie: taken=1\r\n\r\n<b>";
    for name in REFUSED.into_iter().chain([long.as_str(), breaks]) {
        let line = |fields: &[(&str, &str)]| encoded(fields.iter().copied());
        let list = format!("Organización\tSector\tTitular\nOtra\tacademia\t{name}\n");
        let prepare = |part: &str| at.address(part);
        let fabiola = at.cookie.as_str();
        let tries = [
            (format!("/entrar/{code}"), line(&[("nombre", name)]), ""),
            (format!("/entrar/{code}"), line(&[("nombre", "Eva"), ("organizacion", name)]), ""),
            (
                format!("/ejercicio/{}/asistencia/correccion", at.mesa()),
                line(&[("nombre", name), ("organizacion", name)]),
                celia.as_str(),
            ),
            (format!("/crear/{secret}"), exercise(name), ""),
            (prepare("/mesa/nueva"), mesa(name), fabiola),
            (prepare("/mesa/1"), mesa(name), fabiola),
            (
                prepare("/actores/nueva"),
                line(&[("organizacion", name), ("sector", "academia"), ("titular", "Eva")]),
                fabiola,
            ),
            (
                prepare("/actores/nueva"),
                line(&[("organizacion", "Otra"), ("sector", "academia"), ("titular", name)]),
                fabiola,
            ),
            (
                prepare("/personas"),
                line(&[
                    ("persona", name),
                    ("correo", "otra@example.org"),
                    ("papel", "rapporteur"),
                    ("mesa", "1"),
                ]),
                fabiola,
            ),
            (prepare("/actores/pegar"), line(&[("lista", &list), ("agrega", "si")]), fabiola),
        ];
        for (address_of, body, cookie) in tries {
            let store = at.server.store();
            let before = store.head(at.exercise).await.unwrap();
            let answer = post(address, &address_of, body, Some(cookie)).await;
            let what = format!("{:?} at {address_of}", name.chars().take(40).collect::<String>());
            assert!(!answer.head.to_lowercase().contains("set-cookie: taken"), "{what}");
            // Line ends of what was pasted into one line are spaces.
            if name == breaks && answer.status == 303 {
                continue;
            }
            // Ten thousand characters are more than some forms may have.
            assert!([200, 413, 422].contains(&answer.status), "{what}: {}", answer.status);
            assert!(answer.cookie.is_none(), "{what}");
            let after = store.head(at.exercise).await.unwrap();
            assert!(after == before || name == breaks, "{what}: nothing changed");
        }
        let answer = logo(&at, name).await;
        assert!(answer.status == 422 || name == breaks, "a logo: {}", answer.status);
    }
    // Whatever was taken has none of it.
    let state = at.state().await;
    let people: Vec<_> = state.registry.people.keys().copied().collect();
    let records = at.server.store().people(&people).await.unwrap();
    let kept = format!("{state:?} {:?}", records.values().map(|r| &r.name).collect::<Vec<_>>());
    for never in ["\\u{", "\\0", "\\r", "xxxxxxxxxxxx"] {
        assert!(!kept.contains(never), "{never}");
    }
    at.server.verify_clean().await;
}
