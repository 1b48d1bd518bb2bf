//! What is signed on paper: the scan that is sent, what is declared of its pages, and who sees it.

use domain::agreement::signing::{Noted, Scanned};
use domain::{ActorNumber, Digest};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::signing::{document, note, round, to_be_signed, until_round};
use super::support::{Device, Response, Server, ask, encoded, get, location, post};

struct Desk {
    server: Server,
    lead: Device,
}

impl Desk {
    async fn new() -> Self {
        let server = Server::start(Stage::Frozen).await;
        let lead = to_be_signed(&server).await;
        Self { server, lead }
    }

    fn page(&self) -> String {
        format!("/ejercicio/{}/mesa/1/papel", self.server.ways.exercise_id)
    }

    fn scan(&self, file: &str) -> String {
        format!("/plan/{}/1/escaneo/{file}", self.server.ways.exercise_id)
    }

    async fn get(&self, path: &str) -> Response {
        get(self.server.address, path, self.lead.cookie.as_deref()).await
    }

    async fn send(&self, name: &str, file: &[u8], cookie: Option<&str>) -> Response {
        let (body, headers) = self.upload(name, file, cookie);
        ask(self.server.address, "POST", &format!("{}/archivo", self.page()), &body, &headers).await
    }

    fn upload(&self, name: &str, file: &[u8], cookie: Option<&str>) -> (Vec<u8>, String) {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1\r\n\
             --x\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let headers = format!(
            "Cookie: mesa_sesion={}\r\nOrigin: http://{}\r\nContent-Type: multipart/form-data; boundary=x\r\n",
            cookie.unwrap_or_default(),
            self.server.address
        );
        (body, headers)
    }

    async fn mine(&self, name: &str, file: &[u8]) -> Response {
        self.send(name, file, self.lead.cookie.as_deref()).await
    }

    async fn declare(&self, file: &str, fields: &[(&str, &str)]) -> Response {
        let known = [("version", "1"), ("escaneo", file)];
        let body = encoded(known.iter().chain(fields).copied());
        post(self.server.address, &self.page(), body, self.lead.cookie.as_deref()).await
    }
}

#[tokio::test]
async fn a_scan_is_kept_as_it_is_shown_page_by_page_and_says_what_is_declared() {
    let mut desk = Desk::new().await;
    note(&mut desk.lead, ActorNumber(7), Noted::Paper);
    desk.lead.settled().await;
    // Its own copy for paper, signed and scanned.
    let mut file = document(&desk.server, &desk.lead, "plan-papel.pdf").await;
    file.extend_from_slice(b"\n% signed, and scanned\n");
    let digest = Digest(Sha256::digest(&file).into()).to_string();
    let sent = desk.mine("Firmas  º del día.pdf", &file).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(location(&sent).ends_with(&format!("/papel?guardado={digest}#declarar")));
    until_round(&mut desk.lead, |round| round.scans.len() == 1).await;
    let pages = round(&desk.lead).scans[0].pages;
    let of = round(&desk.lead).pages;
    assert_eq!(Some(pages), of);
    let page = desk.get(&location(&sent).replace("#declarar", "")).await;
    for said in ["Firmas  º del día.pdf", "quedó guardado", "Nadie ha dicho", "Hoja 1 de"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    // As it was sent, to be kept; and each page as a picture in which nothing runs.
    let kept = desk.get(&desk.scan(&digest)).await;
    assert_eq!(kept.body, file);
    let head = kept.head.to_ascii_lowercase();
    assert!(head.contains("content-disposition: attachment") && head.contains("sandbox"), "{head}");
    for number in [1, pages] {
        let picture = desk.get(&format!("{}/{number}.jpg", desk.scan(&digest))).await;
        assert_eq!(picture.status, 200, "{}", picture.text);
        assert!(picture.body.starts_with(&[0xFF, 0xD8, 0xFF]), "a JPEG");
    }
    for missing in ["0.jpg", &format!("{}.jpg", pages + 1), "1.svg"] {
        assert_eq!(desk.get(&format!("{}/{missing}", desk.scan(&digest))).await.status, 404);
    }
    // Pages are declared one by one, or all; the plan's page says no more than that.
    let plan = format!("/plan/{}", desk.server.ways.exercise_id);
    let some = desk.declare(&digest, &[("hoja", "1"), ("hoja", "2"), ("declara", "si")]).await;
    assert_eq!(some.status, 303, "{}", some.text);
    assert!(desk.get(&plan).await.text.contains(&format!("2 de {pages} páginas llevan rúbricas")));
    desk.declare(&digest, &[("todas", "si")]).await;
    assert!(desk.get(&plan).await.text.contains("rubricado en cada hoja"));
    until_round(&mut desk.lead, |round| {
        round.scanned() == Some(Scanned { pages, initialled: pages, of })
    })
    .await;
    // Who has it can ask what it is.
    let asked = format!("/verificar/{}?sha256={digest}", desk.server.ways.exercise_id);
    assert!(desk.get(&asked).await.text.contains("Es un escaneo de la copia firmada en papel"));
    let twice = desk.mine("otra vez.pdf", &file).await;
    assert_eq!(twice.status, 422);
    assert!(twice.text.contains("Ese mismo archivo ya está guardado"), "{}", twice.text);
    desk.declare(&digest, &[("quita", "si")]).await;
    until_round(&mut desk.lead, |round| round.scans.is_empty()).await;
    assert_eq!(desk.get(&desk.scan(&digest)).await.status, 404);
    desk.server.verify_clean().await;
}

#[tokio::test]
async fn what_is_no_scan_is_refused_in_words_and_nothing_of_it_is_kept() {
    let desk = Desk::new().await;
    let large = [&b"%PDF-1.7\n"[..], &vec![b' '; 30 * 1024 * 1024]].concat();
    for (name, file, said) in [
        (
            "plan.pdf",
            &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
            "no es un PDF ni una foto",
        ),
        ("plan.pdf", b"", "No se eligió ningún archivo"),
        ("plan.pdf", b"%PDF-1.7\nnothing else", "dañado o incompleto"),
        ("foto.png", b"\x89PNG\r\n\x1a\nnothing else", "dañado o incompleto"),
        ("grande.pdf", &large, "pasa de 30 MB"),
    ] {
        let answer = desk.mine(name, file).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text);
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
    }
    // HEIC is kept, and a JPEG is asked for.
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1 and so on";
    assert_eq!(desk.mine("IMG_0012.HEIC", heic).await.status, 303);
    let page = desk.get(&desk.page()).await;
    assert!(
        page.text.contains("IMG_0012.HEIC") && page.text.contains("como JPEG"),
        "{}",
        page.text
    );
    // The connection ends in between.
    let (body, headers) =
        desk.upload("medio.pdf", &large[..1_000_000], desk.lead.cookie.as_deref());
    let mut stream = TcpStream::connect(desk.server.address).await.unwrap();
    let head = format!(
        "POST {}/archivo HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\n\r\n",
        desk.page(),
        desk.server.address,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..500_000]).await.unwrap();
    drop(stream);
    let loaded = desk.server.store().load(desk.server.ways.exercise_id).await.unwrap().unwrap();
    assert_eq!(loaded.state.plan.round().unwrap().scans.len(), 1, "the HEIC alone");
    desk.server.verify_clean().await;
}

#[tokio::test]
async fn who_does_not_lead_attaches_nothing_and_the_public_sees_no_scan() {
    let desk = Desk::new().await;
    let file = document(&desk.server, &desk.lead, "plan-papel.pdf").await;
    let digest = Digest(Sha256::digest(&file).into()).to_string();
    let seat = desk.server.device(desk.server.seat(0), "Rosa").await;
    for cookie in [seat.cookie.as_deref(), None] {
        assert_eq!(desk.send("plan.pdf", &file, cookie).await.status, 403);
        assert_eq!(get(desk.server.address, &desk.page(), cookie).await.status, 403);
    }
    assert_eq!(desk.mine("Rosa Elena.pdf", &file).await.status, 303);
    let of = |cookie: Option<&str>| {
        let (address, path) = (desk.server.address, desk.scan(&digest));
        let cookie = cookie.map(str::to_owned);
        async move { get(address, &path, cookie.as_deref()).await.status }
    };
    assert_eq!(of(seat.cookie.as_deref()).await, 200, "who signs may read what was signed");
    assert_eq!(of(None).await, 403);
    let plan = format!("/plan/{}", desk.server.ways.exercise_id);
    let seen = get(desk.server.address, &plan, None).await;
    assert!(seen.text.contains("El escaneo trae") && !seen.text.contains("Rosa Elena"));
    let posted = encoded([("version", "1"), ("escaneo", digest.as_str()), ("todas", "si")]);
    let path = desk.page();
    let declared = post(desk.server.address, &path, posted, seat.cookie.as_deref()).await;
    assert_eq!(declared.status, 403);
}
