use domain::Command;
use domain::conduct;
use server::service::sample::Stage;

use super::support::{Device, Server, ask, get, here, location, open_socket, post, request};

#[tokio::test]
async fn the_code_lets_people_in_while_the_door_is_open() {
    let server = Server::start(Stage::Empty).await;
    let path = format!("/entrar/{}", server.ways.join_code);
    let typed = post(
        server.address,
        "/entrar",
        &format!("codigo={}", server.ways.join_code.to_lowercase()),
        None,
    )
    .await;
    assert_eq!(typed.status, 303);
    assert!(typed.head.contains(&path), "{}", typed.head);
    let mut guest = server.device(&path, "Celia").await;
    guest.settled().await;

    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    facilitator.command(Command::Conduct(conduct::Command::SetDoor { open: false }));
    facilitator.settled().await;
    // Who comes now waits, and comes in by one tap of the facilitation.
    let at = server.address;
    let knock = async |name: &str| {
        let late =
            post(at, &path, &format!("nombre={name}&organizacion=Barrio&visto="), None).await;
        assert_eq!((late.status, location(&late)), (303, format!("{path}/espera")));
        assert!(late.cookie.is_none(), "no session yet");
        let secret = late.head.split("mesa_espera=").nth(1).and_then(|rest| rest.get(..32));
        format!("Cookie: mesa_espera={}\r\n", secret.expect("a secret"))
    };
    let waits = async |cookie: &str| ask(at, "GET", &format!("{path}/espera"), b"", cookie).await;
    let (dora, eva) = (knock("Dora").await, knock("Eva").await);
    assert!(waits(&dora).await.text.contains("Ya avisamos que esperas"));
    assert!(waits(&dora).await.head.to_lowercase().contains("refresh: 4"));
    let list = format!("/ejercicio/{}/espera", server.ways.mesa_id);
    for nobody in [None, guest.cookie.as_deref()] {
        assert_eq!(get(at, &list, nobody).await.status, 403);
        assert_eq!(post(at, &list, "persona=x&admite=si", nobody).await.status, 403);
    }
    let leads = facilitator.cookie.clone();
    let shown = get(at, &list, leads.as_deref()).await;
    assert!(shown.text.contains("Dora") && shown.text.contains("Eva"), "{}", shown.text);
    let ids = shown.text.split("name=\"persona\" value=\"").skip(1);
    let ids: Vec<_> = ids.filter_map(|rest| rest.get(..36)).collect();
    for (id, admits) in ids.iter().zip(["si", "no"]) {
        let body = format!("persona={id}&admite={admits}");
        assert_eq!(post(at, &list, &body, leads.as_deref()).await.status, 303);
    }
    let inside = waits(&dora).await;
    assert_eq!(location(&inside), format!("/ejercicio/{}", server.ways.mesa_id));
    let dora = Device::connect(at, server.ways.mesa_id, inside.cookie).await;
    assert!(dora.refused.is_empty());
    assert_eq!(location(&waits(&eva).await), path, "turned away");
    assert!(get(at, &list, leads.as_deref()).await.text.contains("Nadie espera"));
    // People who were in stay in.
    guest.reconnect(server.address).await;
    let back = get(server.address, &path, guest.cookie.as_deref()).await;
    assert_eq!(back.status, 303);
    server.verify_clean().await;
}

#[tokio::test]
async fn the_same_device_comes_back_as_the_same_person_and_a_personal_link_is_one_attendance() {
    let server = Server::start(Stage::Live).await;
    let cookie = server.sign_in(server.seat(2), "Elsa").await;
    let again = post(server.address, server.seat(2), "nombre=Otra", Some(&cookie)).await;
    assert_eq!((again.status, again.cookie), (303, None));
    // Her tablet.
    server.sign_in(server.seat(2), "Elsa").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 2).await;
    facilitator.settled().await;
    assert_eq!(here(&facilitator.replica).people.attendees.len(), 2);
}

#[tokio::test]
async fn twenty_phones_at_once_are_twenty_people() {
    let server = Server::start(Stage::Live).await;
    let path = format!("/entrar/{}", server.ways.join_code);
    let joins = (0..20).map(|index| {
        let (server, path) = (&server, &path);
        async move { server.device(path, &format!("P{index}")).await }
    });
    let mut devices = futures_util::future::join_all(joins).await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 21).await;
    while facilitator.roster.iter().filter(|present| present.devices == 1).count() < 21 {
        facilitator.take_one().await;
    }
    assert!(facilitator.roster.iter().any(|present| present.name == "P7"));
    for device in &mut devices {
        device.settled().await;
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach_of_scripts_and_kept_only_as_a_digest() {
    let server = Server::start(Stage::Live).await;
    let response = post(server.address, server.seat(0), "nombre=Ana", None).await;
    let line = response
        .head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("set-cookie"))
        .unwrap()
        .to_owned();
    assert!(
        line.contains("HttpOnly") && line.contains("SameSite=Lax") && line.contains("Path=/"),
        "{line}"
    );
    let secret = response.cookie.unwrap();
    assert_eq!(secret.len(), 32);
    let folder = server.stop().await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "the secret is on disk"
        );
    }
}

#[tokio::test]
async fn only_our_own_pages_may_open_sockets_or_change_anything() {
    let server = Server::start(Stage::Live).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let mesa = server.ways.mesa_id;
    for origin in [
        None,
        Some("http://evil.example"),
        Some("null"),
        Some("https://127.0.0.1"),
        Some("http://127.0.0.1"),
    ] {
        assert!(
            open_socket(server.address, mesa, Some(&cookie), origin).await.is_err(),
            "{origin:?}"
        );
        let posted = request(server.address, "POST", "/salir", "", Some(&cookie), origin).await;
        assert_eq!(posted.status, 403, "{origin:?}");
    }
    let good = format!("http://{}", server.address);
    assert!(open_socket(server.address, mesa, Some(&cookie), Some(&good)).await.is_ok());
}

#[tokio::test]
async fn signing_out_ends_what_the_session_may_do() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let left = post(server.address, "/salir", "", ana.cookie.as_deref()).await;
    assert_eq!(left.status, 303);
    tokio::time::timeout(std::time::Duration::from_secs(2), ana.until_closed())
        .await
        .expect("the connection ends");
    let page =
        get(server.address, &format!("/ejercicio/{}", server.ways.mesa_id), ana.cookie.as_deref())
            .await;
    assert_eq!(page.status, 403);
}

#[tokio::test]
async fn bad_input_at_the_door_gets_a_sentence_and_keeps_what_was_typed() {
    let server = Server::start(Stage::Live).await;
    let path = format!("/entrar/{}", server.ways.join_code);
    let empty =
        post(server.address, &path, "nombre=+++&organizacion=Vecinas+%3Cscript%3E", None).await;
    assert_eq!(empty.status, 422);
    assert!(
        empty.text.contains("Vecinas &lt;script&gt;") || empty.text.contains("Vecinas &lt;script>"),
        "kept and escaped"
    );
    let bidi = post(server.address, &path, "nombre=Ana%E2%80%AE", None).await;
    assert_eq!(bidi.status, 422);
    let long = post(server.address, &path, &format!("nombre={}", "a".repeat(500)), None).await;
    assert_eq!(long.status, 422);
    let huge = post(server.address, &path, &format!("nombre={}", "a".repeat(100_000)), None).await;
    assert_eq!(huge.status, 413);
    for path in ["/enlace/nada", "/proyector/nada", "/publica/nada", "/mesa/nada", "/nada"] {
        assert_eq!(get(server.address, path, None).await.status, 404, "{path}");
    }
}
