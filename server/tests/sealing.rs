//! Documents that stay what they were: stored when they are first made, sealed when the plan is
//! signed, and verified by whoever has the file, with the binary as an operator runs it.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use domain::agreement::signing::{Round, Seal};
use domain::{Exercise, StreamId};
use seal::{Capacity, Head, Signer, Standing};
use server::service::document::{Kind, Source, renderer};
use server::service::sample::{self, Stage};
use server::service::sealing::{self, ToSeal};
use server::service::server_key;
use store::{DocumentKind, Location, Store};
use tempfile::TempDir;

const MESA: &str = env!("CARGO_BIN_EXE_mesa");
const SEALED_AT: i64 = 1_790_382_000_000;

/// The sample with its plan frozen.
struct Frozen {
    folder: TempDir,
    store: Store,
    stream: StreamId,
    exercise: Exercise,
    head: Head,
}

impl Frozen {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&Location::Sqlite(folder.path().to_owned())).await.unwrap();
        let ways = sample::load(&store, Stage::Frozen, "http://mesa.test").await.unwrap();
        let loaded = store.load(ways.exercise_id).await.unwrap().unwrap();
        let head = Head { seq: loaded.head.seq, hash: seal::Digest(loaded.head.hash.0) };
        Self { folder, store, stream: ways.exercise_id, exercise: loaded.state, head }
    }

    fn source(&self) -> Source<'_> {
        let (exercise, stream) = (&self.exercise, self.stream);
        Source { exercise, stream, base: "http://mesa.test", now: SEALED_AT }
    }

    async fn made(&self, program: &str, kind: Kind) -> Arc<document::Pdf> {
        let renderer = renderer(Some(program.into()));
        self.source().make(&self.store, &renderer, kind).await.unwrap()
    }

    fn to_seal(&self) -> ToSeal {
        let signer = |number, organisation: &str, standing, capacity| Signer {
            number,
            organisation: organisation.to_owned(),
            standing,
            capacity,
            at: Some(SEALED_AT - 1),
        };
        let signers = vec![
            signer(1, "Contraloría del Estado", Standing::Signed, Some(Capacity::Holder)),
            signer(2, "Consejo Empresarial", Standing::Refused, None),
        ];
        ToSeal { version: 1, signers, head: self.head, at: SEALED_AT }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// `mesa …` with the data of this store.
    fn mesa(&self, arguments: &[&str]) -> Output {
        let data = self.folder.path().to_str().unwrap();
        Command::new(MESA).args(arguments).args(["--data", data]).output().unwrap()
    }
}

/// `mesa verify FILE --key KEY`, where there is no store.
fn by_key(file: &Path, key: &str) -> Output {
    let nowhere = TempDir::new().unwrap();
    let mut mesa = Command::new(MESA);
    mesa.current_dir(nowhere.path()).arg("verify").arg(file).args(["--key", key]);
    let output = mesa.output().unwrap();
    assert_eq!(std::fs::read_dir(nowhere.path()).unwrap().count(), 0, "no store is made");
    output
}

fn said(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(error))
}

#[tokio::test]
async fn a_frozen_document_is_given_again_and_not_made_again() {
    let frozen = Frozen::new().await;
    // A program that makes none, as one with other fonts would make others.
    let none = "/bin/false";
    for (kind, known) in [
        (Kind::Full(1), DocumentKind::Full),
        (Kind::Public(1), DocumentKind::Public),
        (Kind::Paper(1), DocumentKind::Paper),
    ] {
        let first = frozen.made(MESA, kind).await;
        assert_eq!(frozen.made(none, kind).await, first, "{kind:?}");
        let documents = frozen.store.documents(frozen.stream).await.unwrap();
        let of_kind: Vec<_> = documents.iter().filter(|one| one.kind == known).collect();
        assert_eq!(of_kind.len(), 1);
        assert_eq!(of_kind[0].file.0, seal::Digest::of(&first.bytes).0);
        assert_eq!((of_kind[0].version, of_kind[0].pages as usize), (Some(1), first.pages));
    }
    // What it is made from changes: another one beside the old one.
    let renderer = renderer(Some(MESA.into()));
    let elsewhere = Source { base: "http://192.168.1.5:3000", ..frozen.source() };
    let other = elsewhere.make(&frozen.store, &renderer, Kind::Public(1)).await.unwrap();
    let first = frozen.made(none, Kind::Public(1)).await;
    assert_ne!(other.bytes, first.bytes);
    assert_eq!(frozen.store.documents(frozen.stream).await.unwrap().len(), 4);
    // Of a draft only the digest is known.
    let draft = frozen.made(MESA, Kind::Draft).await;
    let file = domain::Digest(seal::Digest::of(&draft.bytes).0);
    assert_eq!(frozen.store.documents_of(file).await.unwrap().len(), 1);
    assert_eq!(frozen.store.blob(file).await.unwrap(), None);
    assert_eq!(frozen.store.verify().await.unwrap().differences, []);
}

#[tokio::test]
async fn of_two_that_were_sealed_in_one_moment_the_one_counts_with_which_the_signing_ended() {
    let mut frozen = Frozen::new().await;
    let renderer = renderer(Some(MESA.into()));
    let seal_at = async |base: &str| {
        let source = Source { base, ..frozen.source() };
        sealing::seal(&frozen.store, &renderer, &source, frozen.to_seal()).await.unwrap()
    };
    // Two nodes, each with what it saw; the room took the first one's word.
    let first = seal_at("http://mesa.test").await;
    let second = seal_at("http://192.168.1.5:3000").await;
    assert_ne!(first.file, second.file);
    let seal = Seal { document: first.file, pages: 9, at: SEALED_AT };
    Arc::make_mut(&mut frozen.exercise.plan).rounds.push(Round {
        version: 1,
        opened: SEALED_AT - 9,
        slots: [].into(),
        pages: Some(9),
        base: None,
        closed: None,
        changes: 1,
        seal: Some(seal),
        scans: Vec::new(),
    });
    let given = frozen.made("/bin/false", Kind::Full(1)).await;
    assert_eq!(seal::Digest::of(&given.bytes).0, first.file.0);
}

#[tokio::test]
async fn a_plan_is_sealed_once_and_whoever_has_it_knows_what_it_is() {
    let frozen = Frozen::new().await;
    let unsigned = frozen.made(MESA, Kind::Full(1)).await;
    let key = server_key::key(&frozen.store).await.unwrap().public();
    let renderer = renderer(Some(MESA.into()));
    let seal_it = async || {
        sealing::seal(&frozen.store, &renderer, &frozen.source(), frozen.to_seal()).await.unwrap()
    };
    let document = seal_it().await;
    assert_eq!(seal_it().await, document, "asked again, it is the same one");
    let signed = frozen.made("/bin/false", Kind::Full(1)).await;
    assert!(signed.bytes.starts_with(&unsigned.bytes), "the document that was read, and its seal");
    assert_eq!(document.file.0, seal::Digest::of(&signed.bytes).0);
    let read = seal::read(&signed.bytes).unwrap();
    assert_eq!(Some(&read), sealing::seal_of(&document).as_ref());
    assert_eq!(read.by(&[key]), Ok(()));
    let facts = &read.statement.facts;
    let version = frozen.exercise.plan.version_numbered(1).unwrap();
    assert_eq!(facts.text_digest.0, version.digest.0);
    assert_eq!((facts.head, &facts.signers), (frozen.head, &frozen.to_seal().signers));
    assert!(facts.folio.starts_with("PAL-2026-"), "{}", facts.folio);

    let lines = frozen.store.seal_lines(0, 10).await.unwrap();
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let lines = seal::check_log(&lines.join("\n")).unwrap();
    assert_eq!(lines.len(), 2, "the key, and the seal");
    assert_eq!(lines[1].entry, seal::Entry::of(&signed.bytes, &read));

    let (draft, public) =
        (frozen.made(MESA, Kind::Draft).await, frozen.made(MESA, Kind::Public(1)).await);
    let mut changed = signed.bytes.clone();
    changed[1_000] ^= 1;
    let cases = [
        (frozen.file("firmado.pdf", &signed.bytes), true, "Es el plan firmado"),
        (frozen.file("congelado.pdf", &unsigned.bytes), true, "Es el texto congelado, sin firmas"),
        (frozen.file("borrador.pdf", &draft.bytes), true, "Es un borrador"),
        (frozen.file("publico.pdf", &public.bytes), true, "Es la versión pública"),
        (frozen.file("cambiado.pdf", &changed), false, "se cambió después de sellarse"),
        (frozen.file("otro.pdf", b"%PDF-1.7\n"), false, "No lleva sello"),
        (frozen.file("nota.txt", b"hola"), false, "No es un PDF"),
    ];
    let alone = [true, false, false, false, false, false, false];
    for ((path, holds, what), holds_alone) in cases.iter().zip(alone) {
        let output = frozen.mesa(&["verify", path.to_str().unwrap()]);
        assert_eq!(output.status.success(), *holds, "{what}: {}", said(&output));
        assert!(said(&output).contains(what), "{what}: {}", said(&output));
        let output = by_key(path, &key.to_string());
        assert_eq!(output.status.success(), holds_alone, "{what}: {}", said(&output));
    }
    let output = by_key(&cases[0].0, &key.to_string());
    assert!(said(&output).contains("Consejo Empresarial: se negó a firmar"), "{}", said(&output));
    let output = by_key(&cases[0].0, &"0a".repeat(32));
    assert!(!output.status.success());
    assert!(said(&output).contains("otro servidor"), "{}", said(&output));
    assert_eq!(frozen.store.verify().await.unwrap().differences, []);
}

#[tokio::test]
async fn a_replaced_key_is_shown_and_what_it_sealed_still_holds() {
    let frozen = Frozen::new().await;
    let renderer = renderer(Some(MESA.into()));
    sealing::seal(&frozen.store, &renderer, &frozen.source(), frozen.to_seal()).await.unwrap();
    let signed = frozen.made("/bin/false", Kind::Full(1)).await;
    let path = frozen.file("firmado.pdf", &signed.bytes);
    let first = server_key::key(&frozen.store).await.unwrap().public();
    let shown = said(&frozen.mesa(&["key", "show"]));
    assert!(shown.contains(&first.to_string()) && shown.contains(&first.fingerprint()), "{shown}");
    let replaced = frozen.mesa(&["key", "replace"]);
    assert!(replaced.status.success(), "{}", said(&replaced));
    let second = server_key::key(&frozen.store).await.unwrap().public();
    assert_ne!(first, second);
    let shown = said(&frozen.mesa(&["key", "show"]));
    let places = [second, first].map(|key| shown.find(&key.to_string()).unwrap());
    assert!(places[0] < places[1], "{shown}");
    let output = frozen.mesa(&["verify", path.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!by_key(&path, &second.to_string()).status.success());
    assert!(by_key(&path, &first.to_string()).status.success());
    // Nothing secret is told.
    for secret in frozen.store.server_keys().await.unwrap().into_iter().filter_map(|it| it.secret) {
        let secret = seal::Digest(secret).to_string();
        assert!(!shown.contains(&secret) && !said(&replaced).contains(&secret));
    }
}
