//! Links with their secret in the fragment.

use server::service::sample::Stage;
use server::service::setup;

use super::edge::header;
use super::support::{Response, Server, ask, get, post};

/// The cookie of an opened link, and the address that it is for.
fn opened(response: &Response) -> (String, String) {
    assert_eq!(response.status, 303, "{}", response.text);
    let cookie = header(response, "set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let path = cookie.split("Path=").nth(1).and_then(|rest| rest.split(';').next()).unwrap();
    assert_eq!(header(response, "location"), Some(path));
    (cookie.split(';').next().unwrap().to_owned(), path.to_owned())
}

async fn with(server: &Server, method: &str, path: &str, cookie: &str, body: &str) -> Response {
    let headers = format!("Origin: http://{}\r\nCookie: {cookie}\r\n", server.address);
    ask(server.address, method, path, body.as_bytes(), &headers).await
}

#[tokio::test]
async fn a_link_s_secret_is_posted_once_and_is_in_no_address_after_that() {
    let server = Server::start(Stage::Live).await;
    let secret = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    let (ana, beto) = (secret(server.seat(0)), secret(server.seat(1)));
    // What the link leads to knows nothing, and offers the code.
    let page = get(server.address, "/enlace", None).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("name=\"codigo\"") && page.text.contains("location.hash"));
    let open = async |secret: &str| {
        opened(&post(server.address, "/enlace", format!("secreto={secret}"), None).await)
    };
    let ((to_ana, at_ana), (to_beto, at_beto)) = (open(&ana).await, open(&beto).await);
    assert!(at_ana != at_beto && !at_ana.contains(&ana) && !at_beto.contains(&beto));
    let both = format!("{to_ana}; {to_beto}");
    let [hers, his] = [0, 1].map(|seat| server.ways.seats[seat].organisation.clone());
    for (cookies, path, shows) in
        [(&to_ana, &at_ana, &hers), (&both, &at_ana, &hers), (&both, &at_beto, &his)]
    {
        let door = with(&server, "GET", path, cookies, "").await;
        assert!(door.status == 200 && door.text.contains(shows.as_str()), "{path} {}", door.text);
        assert!(!door.text.contains(&ana) && !door.text.contains(&beto));
    }
    // Without its cookie, or with another's, the address is worth nothing.
    for cookie in ["a=b", &to_beto] {
        let nothing = with(&server, "GET", &at_ana, cookie, "").await;
        assert!(nothing.status == 404 && nothing.text.contains("name=\"codigo\""));
        assert_eq!(with(&server, "POST", &at_ana, cookie, "nombre=Eva").await.status, 404);
    }
    let came_in = with(&server, "POST", &at_ana, &to_ana, "nombre=Ana").await;
    let session = came_in.cookie.clone().expect("a session");
    assert!(!came_in.head.contains(&ana));
    assert!(came_in.head.contains(&format!("mesa_enlace=; Path={at_ana}; Max-Age=0")));
    // Back in the browser, she is where she came to.
    let back = get(server.address, &at_ana, Some(&session)).await;
    let own = format!("/ejercicio/{}", server.ways.mesa_id);
    assert_eq!((back.status, header(&back, "location")), (303, Some(own.as_str())));

    // The projector's, by either address, and the administrator's.
    let projector = secret(&server.ways.projector_url);
    let posted = format!("secreto={projector}");
    let (cookie, path) = opened(&post(server.address, "/proyector", posted, None).await);
    assert_eq!(with(&server, "GET", &path, &cookie, "").await.status, 200);
    let by_door = get(server.address, &format!("/enlace/{projector}"), None).await;
    assert_eq!(opened(&by_door).1, path);
    let admin = setup::issue_link(server.store()).await.unwrap();
    let posted = format!("secreto={admin}");
    let (cookie, path) = opened(&post(server.address, "/crear", posted, None).await);
    assert_eq!(with(&server, "GET", &path, &cookie, "").await.status, 200);
    for wrong in ["", "nada", "%0d%0aSet-Cookie:+a=b", &"g".repeat(32)] {
        let posted = post(server.address, "/enlace", format!("secreto={wrong}"), None).await;
        assert_eq!((posted.status, header(&posted, "set-cookie")), (404, None), "{wrong}");
    }
}

#[tokio::test]
async fn who_prepares_sees_how_long_links_last_and_ends_them() {
    let server = Server::start(Stage::Live).await;
    let at = server.address;
    let leads = server.sign_in(&server.ways.facilitator_url, "Fabiola").await;
    let mesa = server.ways.mesa_id;
    let lost = server::service::entry::issue_facilitator_link(server.store(), mesa).await.unwrap();
    let thief = server.sign_in(&format!("/enlace/{lost}"), "Eva").await;
    let ana = server.sign_in(server.seat(0), "Ana").await;
    let staff = format!("/ejercicio/{}/preparar/personas", server.ways.exercise_id);
    let end = format!("{staff}/terminar");
    let shown = get(at, &staff, Some(&leads)).await;
    assert_eq!(shown.text.matches("Sirve hasta el ").count(), 3, "{}", shown.text);
    let id_of = async |secret: &str| {
        let link = server.store().link(server::clock::digest_of(secret)).await.unwrap().unwrap();
        assert!(link.expires.is_some() || link.grant.seat.is_some(), "{link:?}");
        link.link
    };
    let lost_id = id_of(&lost).await;
    for other in [None, Some(ana.as_str())] {
        assert_eq!(post(at, &end, format!("enlace={lost_id}"), other).await.status, 403);
    }
    // Without being asked to, who came in by it stays.
    let own = format!("/ejercicio/{mesa}");
    let projector = server.ways.projector_url.clone();
    let projector_id = id_of(projector.rsplit('/').next().unwrap()).await;
    for id in [lost_id, projector_id] {
        assert_eq!(post(at, &end, format!("enlace={id}"), Some(&leads)).await.status, 303);
    }
    let page = get(at, &format!("/enlace/{lost}"), None).await;
    assert_eq!(page.status, 410, "{}", page.text);
    assert_eq!(get(at, &projector, None).await.status, 410);
    assert_eq!(get(at, &own, Some(&thief)).await.status, 200);
    let out = format!("enlace={lost_id}&salen=si");
    assert_eq!(post(at, &end, out, Some(&leads)).await.status, 303);
    for (cookie, status) in [(&thief, 403), (&leads, 200), (&ana, 200)] {
        assert_eq!(get(at, &own, Some(cookie)).await.status, status);
    }
    let shown = get(at, &staff, Some(&leads)).await;
    assert_eq!(shown.text.matches("Sirve hasta el ").count(), 1, "{}", shown.text);
    // A seat's link is none of them.
    let seat = id_of(server.seat(0).rsplit('/').next().unwrap()).await;
    assert_eq!(post(at, &end, format!("enlace={seat}"), Some(&leads)).await.status, 404);
    server.verify_clean().await;
}
