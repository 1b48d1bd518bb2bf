//! Attacks at the edge of the network, each from a real connection.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use domain::people::attendance::{AttendanceMode, Consent};
use domain::people::registry::{Grant, Session};
use domain::people::{self, SignIn};
use domain::{
    DeviceId, ItemKind, MesaId, MesaNumber, PersonId, Role, ServerCommand, SessionId, ShortText,
    TextField,
};
use server::app_state::Settings;
use server::room;
use server::service::sample::Stage;
use store::NewPerson;
use sync::wire::ClientFrame;
use uuid::Uuid;

use super::support::{Response, Server, ask, close_code, get, open_socket, post};

/// The header's value.
pub fn header<'a>(response: &'a Response, wanted: &str) -> Option<&'a str> {
    response
        .head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.trim())
}

fn few_per_address(count: u32) -> Settings {
    Settings { per_address: NonZeroU32::new(count), ..Settings::default() }
}

async fn forwarded(server: &Server, path: &str, address: &str) -> u16 {
    ask(server.address, "GET", path, b"", &format!("X-Forwarded-For: {address}\r\n")).await.status
}

/// A code of the right form that no mesa has.
fn wrong_code(number: usize) -> String {
    format!("AAAA{number:03}")
}

#[tokio::test]
async fn a_full_room_behind_one_address_comes_in_at_once() {
    let server = Server::start(Stage::Live).await;
    let code = format!("/entrar/{}", server.ways.join_code);
    let mesa = server.ways.mesa_id;
    let phones = (0..65).map(|number| {
        let (server, code) = (&server, &code);
        async move {
            let mut answers = vec![get(server.address, "/", None).await.status];
            if number % 3 == 0 {
                let typed = format!("codigo={}", wrong_code(number));
                answers.push(post(server.address, "/entrar", typed, None).await.status);
            }
            answers.push(get(server.address, code, None).await.status);
            let name = format!("nombre=P{number}&mirar=1");
            answers.push(post(server.address, code, name, None).await.status);
            let device = server.device(code, &format!("P{number}")).await;
            for screen in ["", "/problemas", "/compromisos", "/mi-voz", "/textos"] {
                let path = format!("/ejercicio/{mesa}{screen}");
                answers.push(get(server.address, &path, device.cookie.as_deref()).await.status);
            }
            for path in [
                "/sw.js".to_owned(),
                format!("/aviso/{mesa}"),
                format!("/publica/{}", mesa.exercise),
            ] {
                answers.push(get(server.address, &path, None).await.status);
            }
            answers
        }
    });
    let answers = futures_util::future::join_all(phones).await;
    assert!(answers.iter().flatten().all(|status| [200, 404].contains(status)), "{answers:?}");
    server.verify_clean().await;
}

#[tokio::test]
async fn who_asks_too_often_waits_and_who_is_signed_in_does_not_wait_for_them() {
    let server = Server::start_with(Stage::Live, few_per_address(50)).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    let refused = loop {
        let answer = get(server.address, "/", None).await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!(refused.status, 429);
    let wait: u64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait));
    assert!(refused.text.contains("Demasiadas solicitudes"), "{}", refused.text);
    // An invented cookie is nobody's, and a forged header nobody's address.
    let invented = "0".repeat(32);
    assert_eq!(get(server.address, "/", Some(&invented)).await.status, 429);
    for address in ["203.0.113.9", "127.0.0.1"] {
        assert_eq!(forwarded(&server, "/", address).await, 429);
    }
    let standard = "Forwarded: for=203.0.113.9\r\nX-Real-IP: 203.0.113.9\r\n";
    assert_eq!(ask(server.address, "GET", "/", b"", standard).await.status, 429);
    // People at the mesa go on, and so do the site's own files.
    for _ in 0..60 {
        assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    }
    for (path, status) in [("/healthz", 200), ("/favicon.svg", 404), ("/pkg/none.js", 404)] {
        assert_eq!(get(server.address, path, None).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_visitor_counts_by_itself() {
    let trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let settings = Settings { trusted_proxies, ..few_per_address(50) };
    let server = Server::start_with(Stage::Empty, settings).await;
    // Who writes the header themselves stands before what the proxy adds.
    let mut answers = Vec::new();
    for number in 0..60 {
        answers.push(forwarded(&server, "/", &format!("10.0.0.{number}, 203.0.113.9")).await);
    }
    assert!(answers[..50].iter().all(|status| *status == 200) && answers[59] == 429, "{answers:?}");
    assert_eq!(forwarded(&server, "/", "203.0.113.10").await, 200);
}

#[tokio::test]
async fn guessing_codes_is_slow_and_slows_nothing_else() {
    let server = Server::start(Stage::Live).await;
    let right = format!("/entrar/{}", server.ways.join_code);
    let typed = format!("codigo={}", server.ways.join_code);
    let cookie = server.sign_in(&right, "Celia").await;
    let mut tries = 0;
    let refused = loop {
        let wrong = wrong_code(tries);
        let answer = match tries % 3 {
            0 => get(server.address, &format!("/entrar/{wrong}"), None).await,
            1 => post(server.address, "/entrar", format!("codigo={wrong}"), None).await,
            _ => post(server.address, &format!("/entrar/{wrong}"), "nombre=Eva", None).await,
        };
        if answer.status != 404 {
            break answer;
        }
        tries += 1;
        assert!(tries < 300);
    };
    assert_eq!(refused.status, 429);
    assert!(refused.text.contains("Demasiadas claves"), "{}", refused.text);
    let wait: u64 = header(&refused, "retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait));
    // Nobody learns whether a code is right until then.
    for answer in [
        get(server.address, &right, None).await,
        post(server.address, "/entrar", &typed, None).await,
        post(server.address, &right, "nombre=Eva", None).await,
    ] {
        assert_eq!((answer.status, answer.cookie), (429, None));
    }
    // Links, people who are in, and the public go on.
    server.sign_in(server.seat(0), "Ana").await;
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    assert_eq!(get(server.address, "/", None).await.status, 200);
    tokio::time::sleep(Duration::from_secs(wait)).await;
    assert_eq!(post(server.address, "/entrar", &typed, None).await.status, 303);
}

#[tokio::test]
async fn guessing_passphrases_is_slow_and_slows_nothing_else() {
    let server = Server::start(Stage::Live).await;
    let tries = (0..40).map(|number| {
        let guess = format!("correo=fabiola{number}%40example.org&frase=nube+cebra+lunes+{number}");
        post(server.address, "/entrar/cuenta", guess, None)
    });
    let answers = futures_util::future::join_all(tries).await;
    let answers: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    let looked_at = answers.iter().filter(|status| **status == 422).count();
    assert!((30..36).contains(&looked_at), "{answers:?}");
    assert!(answers.iter().all(|status| [422, 429].contains(status)), "{answers:?}");
    server.sign_in(server.seat(0), "Ana").await;
    server.sign_in(&format!("/entrar/{}", server.ways.join_code), "Celia").await;
}

#[tokio::test]
async fn wrong_links_are_slowed_and_right_ones_are_not() {
    let server = Server::start(Stage::Live).await;
    let foreign = Server::start(Stage::Live).await;
    let secret = server.seat(0).rsplit('/').next().unwrap();
    let cut = &secret[..31];
    let longer = format!("{secret}0");
    let capitals = secret.to_uppercase();
    let seat_as_projector = format!("/proyector/{secret}");
    // A secret with no letter in it is the same in capitals.
    let capitals = if capitals == secret { "A".repeat(32) } else { capitals };
    for wrong in [
        foreign.seat(0).to_owned(),
        format!("/enlace/{cut}"),
        format!("/enlace/{longer}"),
        format!("/enlace/{capitals}"),
        format!("/enlace/{}", "%00".repeat(32)),
        format!("/crear/{secret}"),
        seat_as_projector,
    ] {
        assert_eq!(get(server.address, &wrong, None).await.status, 404, "{wrong}");
    }
    let mut refused = None;
    for number in 0..100 {
        let answer = get(server.address, &format!("/enlace/{number:032x}"), None).await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    assert!(header(&refused.expect("slowed"), "retry-after").is_some());
    for wrong in ["enlace", "crear", "proyector"] {
        let answer = get(server.address, &format!("/{wrong}/{:032x}", 7), None).await;
        assert_eq!(answer.status, 429, "{wrong}");
    }
    server.sign_in(server.seat(0), "Ana").await;
    server.sign_in(&format!("/entrar/{}", server.ways.join_code), "Celia").await;
}

#[tokio::test]
async fn a_device_that_sends_without_end_is_late_itself_and_loses_nothing() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = ana.add(ItemKind::Problem, None);
    ana.settled().await;
    for _ in 0..4_050 {
        ana.say(&ClientFrame::Writing { item, field: TextField::Title }).await;
    }
    let flooded = Instant::now();
    ana.type_at(item, TextField::Title, 0, "Baches");
    ana.send().await;
    beto.add(ItemKind::Problem, None);
    beto.settled().await;
    let (others, title) = (flooded.elapsed(), "Baches");
    ana.until_text(item, TextField::Title, title).await;
    ana.settled().await;
    assert!(others < flooded.elapsed(), "{others:?}");
    beto.until_text(item, TextField::Title, title).await;
    server.verify_clean().await;
}

/// The request of a page from another site, as a browser would send it there.
async fn from_site(
    server: &Server,
    method: &str,
    path: &str,
    site: &str,
    cookie: &str,
) -> Response {
    let headers = format!(
        "Origin: http://{}\r\nSec-Fetch-Site: {site}\r\nCookie: mesa_sesion={cookie}\r\n",
        server.address
    );
    ask(server.address, method, path, b"nombre=Eva", &headers).await
}

#[tokio::test]
async fn what_another_site_asks_for_is_refused_whatever_its_origin_says() {
    let server = Server::start(Stage::Live).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let mesa = server.ways.mesa_id;
    let own = format!("/ejercicio/{mesa}");
    let socket = format!("/ws?mesa={mesa}&view=table");
    for site in ["cross-site", "same-site", "none, cross-site", ""] {
        for path in ["/salir", server.seat(1), "/entrar", "/frames"] {
            let posted = from_site(&server, "POST", path, site, &cookie).await;
            assert_eq!((posted.status, posted.cookie), (403, None), "{site} {path}");
        }
        assert_eq!(from_site(&server, "GET", &socket, site, &cookie).await.status, 403, "{site}");
        // A link in a mail leads in.
        assert_eq!(from_site(&server, "GET", &own, site, &cookie).await.status, 200, "{site}");
    }
    for site in ["same-origin", "none"] {
        let posted = from_site(&server, "POST", server.seat(1), site, "").await;
        assert_eq!(posted.status, 303, "{site}");
    }
    assert_eq!(from_site(&server, "POST", "/salir", "same-origin", &cookie).await.status, 303);
}

#[tokio::test]
async fn a_planted_cookie_is_never_taken_over() {
    let server = Server::start(Stage::Live).await;
    let planted = "ab".repeat(16);
    let path = server.seat(0);
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    let signed_in = post(server.address, path, "nombre=Ana", Some(&planted)).await;
    let cookie = signed_in.cookie.expect("a new secret");
    assert_ne!(cookie, planted);
    assert_eq!(get(server.address, &own, Some(&planted)).await.status, 403);
    assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    // Nor does a seat's link let its bearer in as whoever planted a cookie of theirs.
    let attacker = server.sign_in(server.seat(1), "Eva").await;
    let other = post(server.address, server.seat(2), "nombre=Beto", Some(&attacker)).await;
    assert!(other.cookie.is_some_and(|cookie| cookie != attacker));
    // Once signed out, the secret is nobody's, and the next visit gets another.
    post(server.address, "/salir", "", Some(&cookie)).await;
    let again = post(server.address, path, "nombre=Ana", Some(&cookie)).await;
    assert!(again.cookie.is_some_and(|new| new != cookie));
    assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 403);
}

/// Opens a session as if somebody had come in so many days ago, and used it last so many hours ago.
/// Returns its cookie.
async fn came_in(server: &Server, mesa: MesaId, role: Role, days: u64, hours: u64) -> String {
    let secret = server::clock::secret();
    let then = Duration::from_millis(server::clock::now().unsigned_abs())
        - Duration::from_secs(days * 24 * 60 * 60);
    let at = uuid::Timestamp::from_unix(uuid::NoContext, then.as_secs(), 0);
    let person = NewPerson {
        id: PersonId(Uuid::now_v7()),
        salt: server::clock::salt(),
        name: "Fabiola".into(),
        mail: None,
        phone: None,
        passphrase: None,
    };
    let sign_in = SignIn {
        mesa: mesa.number,
        session: SessionId(Uuid::new_v7(at)),
        opened: Session {
            person: person.id,
            device: DeviceId(Uuid::now_v7()),
            token: secret.digest,
            grant: Grant { role, seat: None, mesa: Some(mesa.number) },
            closed: false,
        },
        enrols: Some(person.record_digest()),
        organisation: ShortText::parse("Municipio").unwrap(),
        mode: AttendanceMode::InRoom,
        consent: Consent { notice: None, name_public: false },
        by_code: false,
        link: None,
        at: server::clock::now(),
    };
    let session = sign_in.session;
    let room = server.state().rooms.get(mesa.exercise).await.unwrap();
    let commands = vec![ServerCommand::People(people::ServerCommand::SignIn(Box::new(sign_in)))];
    let people = vec![person];
    room.ask(|reply| room::Request::Enter { commands, people, by: None, reply })
        .await
        .unwrap()
        .unwrap();
    let used = server::clock::now() - i64::try_from(hours * 60 * 60 * 1_000).unwrap();
    server.store().note_use(mesa.exercise, session, used).await.unwrap();
    secret.text
}

#[tokio::test]
async fn sessions_of_the_facilitation_last_thirty_days_and_at_the_table_as_long_as_a_cookie() {
    let server = Server::start(Stage::Live).await;
    let mesa = server.ways.mesa_id;
    let own = format!("/ejercicio/{mesa}");
    for (role, days, hours, status) in [
        (Role::Facilitator, 29, 0, 200),
        (Role::Facilitator, 29, 11, 200),
        (Role::Facilitator, 29, 13, 403),
        (Role::CoFacilitator, 1, 13, 403),
        (Role::Rapporteur, 1, 13, 403),
        (Role::Facilitator, 31, 0, 403),
        (Role::CoFacilitator, 31, 0, 403),
        (Role::Rapporteur, 31, 0, 403),
        (Role::Participant, 31, 0, 200),
        (Role::Participant, 399, 13, 200),
        (Role::Participant, 401, 0, 403),
    ] {
        let cookie = came_in(&server, mesa, role, days, hours).await;
        let page = get(server.address, &own, Some(&cookie)).await;
        assert_eq!(page.status, status, "{role:?} after {days} days and {hours} hours");
        let origin = format!("http://{}", server.address);
        let mut socket =
            open_socket(server.address, server.ways.mesa_id, Some(&cookie), Some(&origin))
                .await
                .unwrap();
        if status == 403 {
            assert_eq!(close_code(&mut socket).await, Some(4001), "{role:?} after {days} days");
        }
    }
}

#[tokio::test]
async fn a_phone_that_nobody_uses_is_signed_out_once_the_exercise_is_over() {
    let server = Server::start(Stage::Empty).await;
    let secret = server::service::setup::issue_link(server.store()).await.unwrap();
    let over = super::setup::form().replace("inicia=2027-01-04", "inicia=2019-01-04");
    let made = post(server.address, &format!("/crear/{secret}"), over, None).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let exercise = super::support::location(&made).split('/').nth(2).unwrap().parse().unwrap();
    let mesa = MesaId { exercise, number: MesaNumber(1) };
    let own = format!("/ejercicio/{mesa}");
    for (days, status) in [(29, 200), (31, 403)] {
        let cookie = came_in(&server, mesa, Role::Participant, 300, days * 24).await;
        for _ in 0..2 {
            let page = get(server.address, &own, Some(&cookie)).await;
            assert_eq!(page.status, status, "{days} days without use");
        }
    }
}

#[tokio::test]
async fn use_is_noted_once_an_hour_and_every_node_knows_of_it() {
    let server = Server::start(Stage::Live).await;
    let mesa = server.ways.mesa_id;
    let own = format!("/ejercicio/{mesa}");
    let (second, _) = server.second().await;
    let cookie = came_in(&server, mesa, Role::Facilitator, 3, 11).await;
    assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    let state = server.store().load(mesa.exercise).await.unwrap().unwrap().state;
    let session = *state.registry.sessions.keys().next().unwrap();
    let noted = async || server.store().last_use(mesa.exercise, session).await.unwrap().unwrap();
    let soon = async {
        while server::clock::now() - noted().await > 60_000 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(super::support::SOON, soon).await.expect("noted soon");
    let first = noted().await;
    for _ in 0..5 {
        assert_eq!(get(server.address, &own, Some(&cookie)).await.status, 200);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(noted().await, first, "not for each page");
    // Another node reads that it was used, and not only when it began.
    server.store().note_use(mesa.exercise, session, server::clock::now()).await.unwrap();
    assert_eq!(get(second, &own, Some(&cookie)).await.status, 200);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_connection_ends_with_its_session_also_while_it_is_open() {
    let lasting = server::lasting::Lasting {
        facilitation: Duration::from_secs(3),
        ..server::lasting::Lasting::default()
    };
    let server = Server::start_with(Stage::Live, Settings { lasting, ..Settings::default() }).await;
    let mut leads = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let ana = server.device(server.seat(0), "Ana").await;
    assert_eq!(close_code(&mut leads.socket).await, Some(4001));
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    assert_eq!(get(server.address, &own, leads.cookie.as_deref()).await.status, 403);
    assert_eq!(get(server.address, &own, ana.cookie.as_deref()).await.status, 200);
}

#[tokio::test]
async fn a_browser_forgets_the_facilitation_after_a_week_without_a_page() {
    let server = Server::start(Stage::Live).await;
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    let week = "Max-Age=604800;";
    let link = &server.ways.facilitator_url;
    let came_in = post(server.address, link, "nombre=Fabiola", None).await;
    assert!(header(&came_in, "set-cookie").unwrap().contains(week), "{}", came_in.head);
    let page = get(server.address, &own, came_in.cookie.as_deref()).await;
    assert_eq!((page.status, page.cookie), (200, None), "it was just set");
    let session = self::came_in(&server, server.ways.mesa_id, Role::Facilitator, 2, 1).await;
    let page = get(server.address, &format!("{own}/conducir"), Some(&session)).await;
    assert_eq!((page.status, page.cookie), (200, Some(session)));
    assert!(page.head.contains(week), "{}", page.head);
    let at_the_table = post(server.address, server.seat(0), "nombre=Ana", None).await;
    let cookie = header(&at_the_table, "set-cookie").unwrap();
    assert!(cookie.contains("Max-Age=34560000;"), "{cookie}");
    let page = get(server.address, &own, at_the_table.cookie.as_deref()).await;
    assert_eq!((page.status, page.cookie), (200, None));
}
