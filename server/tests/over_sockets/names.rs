//! Names at the table: unambiguous among those who are here, shown at the door, and no longer than
//! needed.

use domain::TextField;
use domain::codes::Coded;
use server::service::sample::Stage;
use sync::wire::ClientFrame;

use super::support::{Device, Response, Server, get, post, shown};

fn door(server: &Server) -> String {
    format!("/entrar/{}", server.ways.join_code)
}

fn holds(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// The name that the door shows, and the value that its form sends of it.
fn called(door: &Response) -> (Option<String>, String) {
    let between = |from: &str, to: &str| {
        door.text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found)
    };
    let line = between("<b translate=\"no\">", "</b>").map(|line| line.replace("<!>", ""));
    let line = line.map(|line| line.trim_start_matches('«').trim_end_matches('»').to_owned());
    (line, between("name=\"visto\" value=\"", "\"").unwrap_or_default().to_owned())
}

/// The names of writers that this device was sent, from the first that isn't known yet.
async fn told(device: &mut Device, known: usize) -> String {
    while device.writing.len() <= known {
        device.take_one().await;
    }
    device.writing[known].name.clone()
}

#[tokio::test]
async fn two_who_have_the_same_first_name_are_told_apart_as_soon_as_both_are_here() {
    let server = Server::start(Stage::Live).await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = *shown(&beto.replica).deliberation.problems.first().unwrap();
    let mut one = server.device(&door(&server), "Lic. MARÍA GÓMEZ LUNA").await;
    one.say(&ClientFrame::Writing { item, field: TextField::Statement }).await;
    assert_eq!(told(&mut beto, 0).await, "María");

    // She is still here when another María joins: from then on she has the initial.
    let mut other = server.device(&door(&server), "López Rey, María").await;
    assert_eq!(told(&mut beto, 1).await, "María G.");
    other.say(&ClientFrame::Writing { item, field: TextField::Causes }).await;
    assert_eq!(told(&mut beto, 2).await, "María L.");

    // People who left aren't taken into account.
    post(server.address, "/salir", "", other.cookie.as_deref()).await;
    drop(other);
    tokio::time::timeout(super::support::SOON, async {
        let mut known = 3;
        loop {
            one.say(&ClientFrame::Writing { item, field: TextField::Effects }).await;
            if told(&mut beto, known).await == "María" {
                return;
            }
            known += 1;
        }
    })
    .await
    .expect("she is the only María again");
    for surname in ["Gómez", "GÓMEZ", "Luna", "LUNA", "López", "Rey"] {
        assert!(!holds(&beto.received, surname), "{surname}");
    }
}

#[tokio::test]
async fn the_door_says_what_one_will_be_called_before_one_is_in() {
    let server = Server::start(Stage::Live).await;
    let door = door(&server);
    let first = get(server.address, &door, None).await;
    assert!(first.text.contains("En la mesa te verán como…"), "{}", first.text);
    assert_eq!(called(&first), (None, String::new()));

    // A request while the form is being filled in; nobody joins by it, and it shows no error yet.
    let asked = post(
        server.address,
        &door,
        "nombre=Lic.+Ana+Robles&organizacion=Vecindad&visto=&mirar=",
        None,
    )
    .await;
    assert_eq!((asked.status, &asked.cookie), (200, &None));
    assert_eq!(called(&asked), (Some("Ana".to_owned()), "Ana".to_owned()));
    let nothing = post(server.address, &door, "nombre=&organizacion=&visto=&mirar=", None).await;
    assert_eq!((nothing.status, called(&nothing)), (200, (None, String::new())));
    assert!(!nothing.text.contains("Falta tu nombre"));

    // Sent without having shown the name, the form comes back with it; sent again, the person is
    // in.
    let shown =
        post(server.address, &door, "nombre=Ana+Robles&organizacion=Vecindad&visto=", None).await;
    assert_eq!((shown.status, &shown.cookie), (200, &None));
    assert_eq!(called(&shown).1, "Ana");
    assert!(
        shown.text.contains("toca Entrar otra vez") && shown.text.contains("value=\"Ana Robles\""),
        "{}",
        shown.text
    );
    let entered =
        post(server.address, &door, "nombre=Ana+Robles&organizacion=Vecindad&visto=Ana", None)
            .await;
    assert_eq!(entered.status, 303);

    // If the name has changed since it was shown, the new one is shown first.
    let changed =
        post(server.address, &door, "nombre=Ana+Soto&organizacion=Barrio&visto=Beto", None).await;
    assert_eq!((changed.status, called(&changed).1), (200, "Ana S.".to_owned()));
    // Another Ana was shown "Ana" a moment ago, before there were two: she isn't stopped at the
    // door.
    let late =
        post(server.address, &door, "nombre=Ana+Soto&organizacion=Barrio&visto=Ana", None).await;
    assert_eq!(late.status, 303);
    // Identical names are distinguished by organisation, which is escaped in the markup.
    let same = post(
        server.address,
        &door,
        "nombre=Ana+Robles&organizacion=%3Ci%3E%22&visto=&mirar=",
        None,
    )
    .await;
    assert_eq!(called(&same).0.as_deref(), Some("Ana R. (&lt;i&gt;\")"));
    assert!(!same.text.contains("<i>"), "{}", same.text);
    server.verify_clean().await;
}

#[tokio::test]
async fn a_personal_link_on_a_second_device_says_who_sits_there() {
    let server = Server::start(Stage::Live).await;
    server.sign_in(server.seat(2), "Elsa Ruiz").await;
    let again = post(server.address, server.seat(2), "nombre=Otra&visto=&mirar=", None).await;
    assert_eq!(called(&again).1, "Elsa");
}

#[tokio::test]
async fn changes_name_who_allowed_it_and_nobody_else() {
    let server = Server::start(Stage::Agreed).await;
    let enter = async |path: &str, body: &str| {
        let cookie = post(server.address, path, body, None).await.cookie;
        Device::connect(server.address, server.ways.mesa_id, cookie).await
    };
    let mut ana = enter(server.seat(0), "nombre=Ana+Robles+D%C3%ADaz&publico=si&aviso=1").await;
    let mut beto = enter(server.seat(1), "nombre=Beto+Luna+Paz&aviso=1").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    for device in [&mut ana, &mut beto] {
        device.type_at(item, TextField::Objective, 0, "Uno. ");
        device.settled().await;
    }
    let page = format!(
        "/ejercicio/{}/historia/{item}/{}",
        server.ways.mesa_id,
        TextField::Objective.code()
    );
    let pia = server.sign_in(&door(&server), "Pía").await;
    let shown = get(server.address, &page, Some(&pia)).await;
    let organisation = |seat: usize| server.ways.seats[seat].organisation.clone();
    assert!(
        shown.text.contains(&format!("Ana Robles Díaz · {}", organisation(0))),
        "{}",
        shown.text
    );
    assert!(
        shown.text.contains(&organisation(1))
            && !shown.text.contains("Beto")
            && !shown.text.contains("Luna"),
        "{}",
        shown.text
    );
    // The permission can be withdrawn.
    let own = format!("/ejercicio/{}/asistencia", server.ways.mesa_id);
    post(server.address, &own, "modo=sala&aviso=1", ana.cookie.as_deref()).await;
    let shown = get(server.address, &page, Some(&pia)).await;
    assert!(
        shown.text.contains(&organisation(0)) && !shown.text.contains("Robles"),
        "{}",
        shown.text
    );
}
