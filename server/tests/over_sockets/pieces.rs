//! Files of the pack that come piece by piece, and what a virus scanner says of them.

use std::net::SocketAddr;

use domain::Digest;
use server::app_state::Settings;
use server::scanner::Scanner;
use sha2::{Digest as _, Sha256};
use store::PIECE_BYTES;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::pack::Mesa;
use super::support::{Response, ask, encoded, post};

/// Harmless letters that scanners agree to find, put together so that none finds them here.
const FOUND: &str = concat!("EICAR", "-STANDARD-", "ANTIVIRUS-TEST-FILE");

async fn put(mesa: &Mesa, path: &str, bytes: &[u8], cookie: Option<&str>) -> Response {
    let headers = format!(
        "Cookie: mesa_sesion={}\r\nOrigin: http://{}\r\nContent-Type: application/octet-stream\r\n",
        cookie.unwrap_or_default(),
        mesa.server.address
    );
    ask(mesa.server.address, "POST", path, bytes, &headers).await
}

async fn begin(mesa: &Mesa, entry: &str, bytes: usize, cookie: Option<&str>) -> Response {
    let bytes = bytes.to_string();
    let body = encoded([("entrada", entry), ("nombre", "Estudio  2º.PDF"), ("bytes", &bytes)]);
    post(mesa.server.address, &format!("{}/subida", mesa.page()), body, cookie).await
}

#[tokio::test]
async fn a_file_comes_piece_by_piece_and_goes_on_where_it_was() {
    let mesa = Mesa::in_days(20).await;
    let council = mesa.server.sign_in(mesa.server.seat(3), "Beto").await;
    let guarantor = mesa.server.sign_in(mesa.server.seat(0), "Ana").await;
    let (council, guarantor) = (Some(council.as_str()), Some(guarantor.as_str()));
    let file: Vec<u8> = b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain((0..2_600_000_u32).map(|at| (at % 251) as u8))
        .collect();
    let begun = begin(&mesa, "studies", file.len(), council).await;
    assert_eq!(begun.status, 200, "{}", begun.text);
    let upload = format!("{}/subida/{}", mesa.page(), begun.text);
    let piece = |number: usize| &file[number * PIECE_BYTES..(number + 1) * PIECE_BYTES];
    let kept = async || mesa.get(&upload, council).await.text;
    assert_eq!(kept().await, "0");
    for number in [0, 0, 1] {
        let sent = put(&mesa, &format!("{upload}/{number}"), piece(number), council).await;
        assert_eq!(sent.status, 204, "{}", sent.text);
    }
    assert_eq!(kept().await, "2");
    assert!(mesa.pack().await.files.is_empty(), "it isn't there before its end");
    let about = "entrada=studies&nombre=Estudio%20%202%C2%BA.PDF";
    let end = format!("{upload}?{about}");
    let rest = &file[2 * PIECE_BYTES..];
    let ended = put(&mesa, &end, rest, council).await;
    assert_eq!(ended.status, 200, "{}", ended.text);
    assert_eq!(ended.text, format!("{}?enviado=1#studies", mesa.page()));
    let pack = mesa.pack().await;
    let kept = &pack.files[0];
    assert_eq!((kept.name.as_str(), kept.size), ("Estudio  2º.PDF", file.len() as u64));
    assert_eq!(kept.digest, Digest(Sha256::digest(&file).into()));
    assert_eq!(mesa.get(&format!("{}/1", mesa.page()), council).await.body, file);
    // It has ended; the same bytes once more are said to be there.
    let late = put(&mesa, &end, rest, council).await;
    assert!(late.status == 422 && late.text.contains("se cortó"), "{}", late.text);
    let small = begin(&mesa, "problems", 20, guarantor).await.text;
    let small = format!("{}/subida/{small}?entrada=problems&nombre=a.csv", mesa.page());
    assert_eq!(put(&mesa, &small, b"colonia,folios\n", guarantor).await.status, 200);

    // What isn't taken is told as soon as it can be known.
    for (name, answer, said) in [
        ("large", begin(&mesa, "studies", 60_000_000, council).await, "pasa de 50 MB"),
        ("short", put(&mesa, &format!("{upload}/3"), b"short", council).await, "se cortó"),
        ("far", put(&mesa, &format!("{upload}/50"), piece(0), council).await, "se cortó"),
    ] {
        assert!(answer.status == 422 && answer.text.contains(said), "{name}: {}", answer.text);
    }
    let page = [&b"<!DOCTYPE html>"[..], &vec![b' '; PIECE_BYTES - 15]].concat();
    let begun = begin(&mesa, "studies", 2 * PIECE_BYTES, council).await.text;
    let upload = format!("{}/subida/{begun}", mesa.page());
    let refused = put(&mesa, &format!("{upload}/0"), &page, council).await;
    assert!(refused.status == 422 && refused.text.contains("páginas web"), "{}", refused.text);
    let ended = put(&mesa, &format!("{upload}?{about}"), b"<svg></svg>", council).await;
    assert!(ended.status == 422 && ended.text.contains("SVG"), "{}", ended.text);

    // Who doesn't send this part sends none of its pieces.
    assert_eq!(begin(&mesa, "studies", 9, guarantor).await.status, 403);
    let guest = format!("/entrar/{}", mesa.server.ways.join_code);
    let guest = mesa.server.sign_in(&guest, "Pedro").await;
    for cookie in [None, Some(guest.as_str())] {
        assert_eq!(begin(&mesa, "studies", 9, cookie).await.status, 403);
        assert_eq!(put(&mesa, &format!("{upload}/1"), piece(1), cookie).await.status, 403);
        assert_eq!(mesa.get(&upload, cookie).await.status, 403);
        assert_eq!(put(&mesa, &format!("{upload}?{about}"), b"x", cookie).await.status, 403);
    }
    mesa.server.verify_clean().await;
}

/// A scanner that speaks as clamd does (INSTREAM), and finds one thing.
async fn scanner() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut command = [0; 10];
            stream.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut seen = Vec::new();
            loop {
                let length = stream.read_u32().await.unwrap();
                if length == 0 {
                    break;
                }
                let mut part = vec![0; usize::try_from(length).unwrap()];
                stream.read_exact(&mut part).await.unwrap();
                seen.extend(part);
            }
            let found = seen.windows(FOUND.len()).any(|part| part == FOUND.as_bytes());
            let answer = if found { "stream: Eicar-Signature FOUND\0" } else { "stream: OK\0" };
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn what_a_virus_scanner_finds_or_does_not_look_at_is_not_added() {
    let settings = Settings {
        scanner: Some(Scanner::Tcp(scanner().await.to_string())),
        ..Settings::default()
    };
    let mesa = Mesa::with(20, settings).await;
    let lead = mesa.lead.cookie.as_deref();
    let entry = [("entrada", "studies")];
    let fine = mesa.send(&entry, ("a.csv", b"colonia,folios\nCentro,7\n"), lead).await;
    assert_eq!(fine.status, 303, "{}", fine.text);
    let bad = format!("colonia,folios\n{FOUND},7\n");
    let refused = mesa.send(&entry, ("b.csv", bad.as_bytes()), lead).await;
    assert!(refused.status == 422 && refused.text.contains("algo dañino"), "{}", refused.text);
    // The other way in is no way around it.
    let id = begin(&mesa, "studies", bad.len(), lead).await.text;
    let end = format!("{}/subida/{id}?entrada=studies&nombre=b.csv", mesa.page());
    let refused = put(&mesa, &end, bad.as_bytes(), lead).await;
    assert!(refused.status == 422 && refused.text.contains("algo dañino"), "{}", refused.text);
    assert_eq!(mesa.pack().await.files.len(), 1);
    mesa.server.verify_clean().await;

    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let settings =
        Settings { scanner: Some(Scanner::Tcp(nobody.to_string())), ..Settings::default() };
    let mesa = Mesa::with(20, settings).await;
    let refused = mesa.send(&entry, ("a.csv", b"a,b\n1,2\n"), mesa.lead.cookie.as_deref()).await;
    assert!(refused.status == 422 && refused.text.contains("antivirus"), "{}", refused.text);
    assert!(mesa.pack().await.files.is_empty());
}
