//! Files and texts that the operator brings, as the binary reads them: in any encoding, and refused
//! in Spanish.

#![allow(clippy::unwrap_used, missing_docs)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command as Program, Output};

use server::service::sample::Ways;
use store::{Location, Store};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const SHORT: &str = "Ayuntamiento de Valle Hondo — tus datos: «solo» para la mesa.";
/// As a word processor saves it: padded lines, a form feed, bullets.
const FULL: &str = "AVISO   DE    PRIVACIDAD\r\n\r\n• Nombre,  teléfono y  organización\r\n– Niñas y niños: no\r\n\u{C}Domicilio.";
const FULL_READ: &str =
    "AVISO DE PRIVACIDAD\n\n• Nombre, teléfono y organización\n– Niñas y niños: no\n\nDomicilio.";

fn mesa<S: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Output {
    Program::new(MESA).args(arguments).arg("--data").arg(folder).output().unwrap()
}

/// Text in an encoding, by the name that the program has for it.
fn saved(encoding: &str, text: &str) -> Vec<u8> {
    let units = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    match encoding {
        "UTF-8" => text.as_bytes().to_vec(),
        "UTF-8 con marca" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "UTF-16 LE" => units(b"\xFF\xFE", u16::to_le_bytes),
        "UTF-16 BE" => units(b"\xFE\xFF", u16::to_be_bytes),
        "Windows-1252" => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        other => panic!("no such encoding: {other}"),
    }
}

#[tokio::test]
async fn a_notice_is_read_in_every_encoding_and_says_which_when_it_is_not_the_usual() {
    let folder = tempfile::tempdir().unwrap();
    let files = tempfile::tempdir().unwrap();
    let made = mesa(folder.path(), ["demo", "--stage", "empty", "--json"]);
    let ways: Ways = serde_json::from_slice(&made.stdout).unwrap();
    let (short, full) = (files.path().join("breve.txt"), files.path().join("aviso.txt"));
    let cases = [
        ("UTF-8", ""),
        ("UTF-8 con marca", ""),
        ("UTF-16 LE", "UTF-16"),
        ("UTF-16 BE", "UTF-16"),
        ("Windows-1252", "Windows-1252"),
    ];
    for (encoding, said) in cases {
        // A different text each time, so that each is another version.
        std::fs::write(&short, saved(encoding, &format!("{SHORT} {encoding}"))).unwrap();
        std::fs::write(&full, saved(encoding, FULL)).unwrap();
        let done = mesa(
            folder.path(),
            [
                OsStr::new("notice"),
                OsStr::new("--short"),
                short.as_os_str(),
                OsStr::new("--full"),
                full.as_os_str(),
            ],
        );
        assert!(done.status.success(), "{encoding}: {}", String::from_utf8_lossy(&done.stderr));
        let output = String::from_utf8_lossy(&done.stdout).into_owned();
        let lines: Vec<_> = output.lines().filter(|line| line.contains("leído como")).collect();
        let expected: Vec<_> =
            [&short, &full].map(|file| format!("{}: leído como {said}.", file.display())).into();
        assert_eq!(lines, if said.is_empty() { Vec::new() } else { expected }, "{encoding}");

        let store = Store::open(&Location::Sqlite(folder.path().to_owned())).await.unwrap();
        let plan = store.load(ways.exercise_id).await.unwrap().unwrap().state;
        let notice = plan.notices.last().unwrap();
        assert_eq!(notice.short.as_str(), format!("{SHORT} {encoding}"));
        assert_eq!(notice.full.as_str(), FULL_READ, "{encoding}");
        store.close().await;
    }
}

#[test]
fn what_cannot_be_read_is_refused_in_spanish_and_publishes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = tempfile::tempdir().unwrap();
    assert!(mesa(folder.path(), ["demo", "--stage", "empty", "--json"]).status.success());
    let (good, bad) = (files.path().join("breve.txt"), files.path().join("aviso.txt"));
    std::fs::write(&good, SHORT).unwrap();
    let refused = |arguments: &[&OsStr], words: &str| {
        let done = mesa(folder.path(), arguments);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success(), "{words}");
        assert!(said.contains(words), "{said} lacks {words}");
        for english in ["os error", "No such", "stream", "valid", "not ", "the ", "argument"] {
            assert!(!said.contains(english), "{said}");
        }
    };
    let [notice, logo, short, full, place, name, file] =
        ["notice", "logo", "--short", "--full", "--place", "--name", "--file"].map(OsStr::new);
    let with_full = |path: &Path, words: &str| {
        refused(&[notice, short, good.as_os_str(), full, path.as_os_str()], words)
    };
    let cases: [(&[u8], &str); 8] = [
        (b"PK\x03\x04\x14\0\x06\0", "es un documento de un procesador de textos"),
        (b"{\\rtf1\\ansi Aviso}", "es un documento de un procesador de textos"),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", "es un PDF"),
        (b"<!DOCTYPE html><p>Aviso</p>", "es una página web"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "no es un texto"),
        (b"\xFF\xFEA\0v\0i", "es un texto dañado"),
        (b"informaci\xC3\xB3n y a\xC3\xB1o, ni\xC3ez", "es un texto dañado"),
        (b" \n \n", "Falta escribir algo"),
    ];
    for (bytes, words) in cases {
        std::fs::write(&bad, bytes).unwrap();
        with_full(&bad, words);
    }
    std::fs::write(&bad, vec![b'a'; 2 * 1024 * 1024]).unwrap();
    with_full(&bad, "pesa más de 1024 KiB");
    with_full(files.path(), "es una carpeta");
    with_full(&files.path().join("otro.txt"), "no existe");
    with_full(&good.join("aviso.txt"), "una parte de la ruta no es una carpeta");

    let one = OsStr::new("1");
    refused(
        &[logo, place, one, name, OsStr::new("Municipio"), file, good.as_os_str()],
        "no es una imagen PNG, JPEG ni WebP",
    );
    refused(
        &[logo, place, one, name, OsStr::new("Municipio"), file, bad.as_os_str()],
        "pesa más de 64 KiB",
    );
    refused(
        &[logo, place, one, name, OsStr::new("Municipio"), file, files.path().as_os_str()],
        "es una carpeta",
    );
    refused(
        &[logo, place, one, name, OsStr::from_bytes(b"Educaci\xF3n"), file, good.as_os_str()],
        "--name no está en UTF-8",
    );
    refused(
        &[OsStr::new("redact"), OsStr::new("--text"), OsStr::from_bytes(b"ni\xF1ez")],
        "--text no está en UTF-8",
    );
    refused(&[OsStr::new("demo")], "Ya hay datos");
    refused(
        &[OsStr::new("serve"), OsStr::new("--addr"), OsStr::new("192.0.2.1:3000")],
        "esta máquina no tiene esa dirección",
    );
    let done =
        Program::new(MESA).arg("verify").arg("--data").arg(good.as_os_str()).output().unwrap();
    assert!(
        String::from_utf8_lossy(&done.stderr).contains("ahí no está"),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}
