//! What the log has of people: nothing, at whatever detail.

use std::io;
use std::sync::{Arc, Mutex};

use domain::{ItemKind, TextField};
use server::logging;
use server::service::sample::Stage;

use super::support::{Server, ask, get, post};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_names_texts_and_addresses_are_in_no_log() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter(logging::filter(Some("trace")))
        .with_writer(move || writer.clone())
        .init();
    let server = Server::start(Stage::Live).await;
    let code = format!("/entrar/{}", server.ways.join_code);
    let mut ana = server.device(server.seat(0), "Anastasia").await;
    let mut guest = server.device(&code, "Celedonia").await;
    let item = ana.add(ItemKind::Problem, None);
    ana.type_at(item, TextField::Title, 0, "Obsidiana");
    ana.settled().await;
    // Refused, malformed and from elsewhere: what is most likely logged.
    guest.add(ItemKind::Problem, None);
    guest.settled().await;
    let wrong = "0123456789abcdef0123456789abcdef";
    get(server.address, &format!("/enlace/{wrong}"), None).await;
    post(server.address, "/entrar", "codigo=QWERTYU", None).await;
    post(server.address, &code, "nombre=Dorotea%07&organizacion=Zapateria", None).await;
    let cookie = format!("Cookie: mesa_sesion={wrong}\r\nX-Forwarded-For: 203.0.113.9\r\n");
    ask(server.address, "POST", "/salir", b"secreto=Filomena", &cookie).await;
    ask(server.address, "GET", "/nada?nombre=Filomena", b"", &cookie).await;
    let secret = server.seat(0).rsplit('/').next().unwrap().to_owned();
    let session = ana.cookie.clone().unwrap();
    let join_code = server.ways.join_code.clone();
    drop((ana, guest));
    server.stop().await;

    tracing::info!("the log is written");
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(log.contains("the log is written"));
    for private in [
        &secret,
        &session,
        &join_code,
        wrong,
        "Anastasia",
        "Celedonia",
        "Obsidiana",
        "Dorotea",
        "Zapateria",
        "Filomena",
        "QWERTYU",
        "203.0.113.9",
        "127.0.0.1",
    ] {
        let line = log.lines().find(|line| line.contains(private));
        assert_eq!(line, None, "{private}");
    }
}
