//! Letters as a mail server and a reader of mail see them that have nothing of this project: aiosmtpd
//! and Python's standard library.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use domain::StreamId;
use serde_json::Value;
use server::mail::{Attachment, FileName, Letter, PLAN, Parts, judged};
use server::service::document::{Kind, Source};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};

use super::town::{Town, by};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/outside.py");
const TWO_NAMES: &str = "duplicate parameter name; duplicate ignored";
const SEALED: &str = "Plan de Acción Local firmado – Valle Hondo, versión 1 (PAL-2026-";
const PUBLIC: &str = "Plan de Acción Local, copia pública – Valle Hondo, versión 1 (PAL-2026-";

/// A Python with aiosmtpd, or nothing when there is none here.
fn python() -> Option<String> {
    let python = std::env::var("MESA_VERIFIER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import aiosmtpd"]).output();
    if there.is_ok_and(|there| there.status.success()) {
        return Some(python);
    }
    let required = std::env::var("MESA_REQUIRE_VERIFIER").is_ok_and(|value| value == "1");
    assert!(!required, "MESA_REQUIRE_VERIFIER=1, but {python} has no package aiosmtpd");
    eprintln!("skipped: {python} has no package aiosmtpd (MESA_VERIFIER_PYTHON names another)");
    None
}

/// The mail server; it ends with its value.
struct Outside {
    child: Child,
    address: SocketAddr,
    letters: Arc<Mutex<Vec<Value>>>,
}

impl Drop for Outside {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Outside {
    fn start(python: &str) -> Self {
        let mut command = Command::new(python);
        command.args([SCRIPT, "serve"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        let port = first["port"].as_u64().unwrap().try_into().unwrap();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&letters);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, address: SocketAddr::from(([127, 0, 0, 1], port)), letters }
    }

    fn letters(&self) -> Vec<Value> {
        self.letters.lock().unwrap().clone()
    }
}

/// A message as Python reads it.
fn read(python: &str, message: &[u8]) -> Value {
    let mut command = Command::new(python);
    command.args([SCRIPT, "read"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(message).unwrap();
    let mut read = String::new();
    child.stdout.take().unwrap().read_to_string(&mut read).unwrap();
    assert!(child.wait().unwrap().success());
    serde_json::from_str(&read).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirteen_of_sixteen_receive_the_signed_plan_from_a_server_of_others() {
    let Some(python) = python() else { return };
    let outside = Outside::start(&python);
    let addresses = [
        "ana@x.test",
        "rechaza@x.test",
        "luego@x.test",
        "texto@x.test",
        "corta@x.test",
        "calla@x.test",
        "rosa@peña.test",
        "duda@x.test",
        // These don't sign.
        "i@x.test",
        "j@x.test",
        "k@x.test",
        "l@x.test",
        "m@x.test",
        "n@x.test",
        "o@x.test",
        "p@x.test",
    ];
    let town = Town::new(Stage::Frozen, Some(by(outside.address)), &addresses).await;
    town.sign().await;
    town.until_said(&town.dispatch(), "Enviar el plan a 16 personas").await;
    town.send().await;
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("13 de 16 recibieron"), "{page}");
    assert!(page.contains("no se envió: esa dirección no existe (550 5.1.1)"), "{page}");
    assert_eq!(page.matches("incierto:").count(), 2, "{page}");

    let letters = outside.letters();
    let mut to: Vec<&str> = letters.iter().map(|one| one["rcpt"][0].as_str().unwrap()).collect();
    to.sort_unstable();
    let lost = ["rechaza@x.test", "corta@x.test", "duda@x.test"];
    let mut expected: Vec<&str> =
        addresses.into_iter().filter(|address| !lost.contains(address)).collect();
    expected.sort_unstable();
    assert_eq!(to, expected, "each once");

    let (stream, state) = (town.server.ways.exercise_id, town.server.state());
    let (seen, _) = state.rooms.look_anew(stream).await.unwrap().unwrap();
    let source = Source {
        exercise: &seen,
        stream,
        base: "http://localhost:3000",
        now: server::clock::now(),
    };
    let public = source.make(&state.store, &state.documents, Kind::Public(1)).await.unwrap();
    let (sealed, public) = (town.sealed().await, hex(&public.bytes));
    for letter in &letters {
        let address = letter["rcpt"][0].as_str().unwrap();
        let signs = addresses.iter().position(|one| *one == address).unwrap() < 8;
        let (digest, name) = if signs { (&sealed, SEALED) } else { (&public, PUBLIC) };
        assert_eq!(letter["from"], "mesa@mesa.test");
        assert_eq!(letter["to"][0][1], address);
        assert!(letter["to"][0][0].as_str().unwrap().starts_with("Persona Núñez "), "{letter}");
        assert!(letter["subject"].as_str().unwrap().starts_with("Plan de Acción Local firmado, "));
        // Of the name's two forms Python takes the first, which is the one with all its letters.
        assert_eq!(letter["defects"], serde_json::json!([TWO_NAMES]));
        assert!(letter["longest_line"].as_u64().unwrap() <= 998, "{letter}");
        for part in ["text", "html"] {
            let said = letter[part].as_str().unwrap();
            assert!(said.contains("Colegio de Arquitectos: firmó en papel"), "{said}");
        }
        let [file] = &letter["attachments"].as_array().unwrap()[..] else { panic!("{letter}") };
        assert_eq!(
            (&file["type"], &file["sha256"]),
            (&"application/pdf".into(), &digest.as_str().into())
        );
        let read = file["by_standard"].as_str().unwrap();
        assert!(read.starts_with(name) && read.ends_with(").pdf"), "{read}");
        let ascii: String = name.replace('ó', "o").replace('ú', "u").replace('–', "-");
        for reader in ["by_older_parser", "by_filename", "by_name"] {
            let read = file[reader].as_str().unwrap();
            assert!(read.starts_with(&ascii) && read.ends_with(").pdf"), "{reader}: {read}");
        }
    }
    town.server.verify_clean().await;
}

#[test]
fn nothing_that_people_wrote_makes_a_header_or_a_part_for_python_either() {
    let Some(python) = python() else { return };
    let pdf = Arc::new(document::Pdf { bytes: b"%PDF-1.7\r\n.\r\n--x\n".to_vec(), pages: 1 });
    let message = |hostile: &str| {
        let name = FileName::new(hostile, "pdf");
        let letter = Letter {
            subject: hostile.to_owned(),
            text: format!("Hola:\n\n{hostile}\n"),
            attachment: Some(Attachment { name, pdf: Arc::clone(&pdf) }),
        };
        let parts = Parts {
            from: &"Mesa Abierta <mesa@example.org>".parse().unwrap(),
            to: (hostile, &judged("ana@example.org").unwrap()),
            letter: &letter,
            key: (StreamId(uuid::Uuid::nil()), hostile),
            at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
        };
        read(&python, &parts.message().unwrap())
    };
    let plain = message("Ana");
    for hostile in [
        "Ana\r\nBcc: otra@example.org",
        "Ana\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>",
        "Ana\u{2028}X-Otra: 1\u{85}X-Otra: 2\u{b}X-Otra: 3",
        "\"Ana\" <otra@example.org>, Luz",
        "=?utf-8?q?Ana=0D=0ABcc=3A_otra=40example.org?=",
        "a\"; filename=\"otro.exe",
        "Ñandú — «Añélo»; versión 2",
        &"Federación de Comités Comunitarios ".repeat(40),
    ] {
        let seen = message(hostile);
        assert_eq!(seen["headers"], plain["headers"], "{hostile:?}: {seen}");
        assert_eq!(seen["to"].as_array().unwrap().len(), 1, "{hostile:?}: {seen}");
        assert_eq!(seen["to"][0][1], "ana@example.org", "{hostile:?}: {seen}");
        let [file] = &seen["attachments"].as_array().unwrap()[..] else { panic!("{seen}") };
        assert_eq!(file["sha256"], plain["attachments"][0]["sha256"], "{hostile:?}");
        let name = FileName::new(hostile, "pdf");
        assert_eq!(file["by_standard"], name.own.as_str(), "{hostile:?}");
        for reader in ["by_filename", "by_name"] {
            assert_eq!(file[reader], name.ascii.as_str(), "{hostile:?}");
        }
    }
}
