//! Seals stamped by a time-stamping authority on this machine: who has the plan verifies when it was
//! sealed, what is no stamp is named and not kept, and no crash makes two of one.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use app::page::verify::StampFault;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use seal::{Digest, Entry, Head};
use server::app_state::Settings;
use server::mail::Password;
use server::service::document::{Kind, Source};
use server::service::sample::Stage;
use server::service::sealing::{self, ToSeal};
use server::stamping::{self, Configuration, Pace, STAMP, Stamping};
use store::{JobStatus, Location, Store};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::authority::{Authority, NAME, Setup, verified};
use super::coding::dechunked;
use super::support::{Server, get};
use super::tsa::{Act, Tsa};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");

fn authority() -> Arc<Authority> {
    Arc::new(Authority::new(&Setup::default()))
}

/// A configuration that doesn't wait long.
fn named(url: &str, authorities: &Path) -> Configuration {
    let ms = Duration::from_millis;
    let pace =
        Pace { step: ms(3_000), look: ms(30), first: ms(60), longest: ms(60), refused: ms(60) };
    let authorities = Some(authorities.to_owned());
    Configuration { url: url.parse().unwrap(), user: None, authorities, pace }
}

fn asking(address: SocketAddr, authorities: &Path) -> Settings {
    let named = named(&format!("http://{address}/tsr"), authorities);
    Settings { stamping: Some(Stamping::new(named).unwrap()), ..Settings::default() }
}

/// A plan that is sealed, where nobody is asked yet.
struct Sealed {
    server: Server,
    /// The sealed file.
    pdf: Vec<u8>,
    /// SHA-256 of its seal.
    seal: Digest,
}

impl Sealed {
    async fn new(settings: Settings) -> Self {
        let server = Server::start_with(Stage::Frozen, settings).await;
        let stream = server.ways.exercise_id;
        let loaded = server.store().load(stream).await.unwrap().unwrap();
        let head = Head { seq: loaded.head.seq, hash: Digest(loaded.head.hash.0) };
        let to_seal = ToSeal { version: 1, signers: Vec::new(), head, at: 1_790_382_000_000 };
        let source = Source { exercise: &loaded.state, stream, base: "http://mesa.test", now: 0 };
        let renderer = server::service::document::renderer(Some(MESA.into()));
        let document = sealing::seal(server.store(), &renderer, &source, to_seal).await.unwrap();
        let pdf = source.make(server.store(), &renderer, Kind::Full(1)).await.unwrap();
        assert_eq!(document.file.0, Digest::of(&pdf.bytes).0);
        let seal = Digest::of(document.seal.unwrap());
        Self { pdf: pdf.bytes.clone(), seal, server }
    }

    async fn kept(&self) -> Option<Vec<u8>> {
        self.server.store().stamp(domain::Digest(self.seal.0)).await.unwrap()
    }

    async fn job(&self) -> JobStatus {
        let jobs = self.server.store().jobs(self.server.ways.exercise_id, STAMP).await.unwrap();
        assert_eq!(jobs.len(), 1);
        jobs.into_values().next().unwrap()
    }

    async fn until_stamped(&self) -> Vec<u8> {
        for _ in 0..400 {
            if let (Some(answer), Some(_)) = (self.kept().await, self.job().await.done_at) {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("not stamped: {:?}", self.job().await);
    }

    async fn until_fails(&self, fault: StampFault) {
        for _ in 0..400 {
            if self.job().await.last_error.as_deref().map(stamping::fault) == Some(fault) {
                assert_eq!(self.kept().await, None, "{fault:?}");
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not {fault:?}: {:?}", self.job().await);
    }

    /// The page of this file.
    async fn page(&self) -> String {
        let path = format!("/verificar/{}", Digest::of(&self.pdf));
        get(self.server.address, &path, None).await.text
    }

    async fn lines(&self) -> Vec<Entry> {
        let seals = get(self.server.address, "/sellos", None).await;
        let text = String::from_utf8(dechunked(&seals.body)).unwrap();
        seal::check_log(&text).unwrap().into_iter().map(|line| line.entry).collect()
    }

    /// The file, where a program of the operator or of a stranger finds it.
    fn file(&self) -> PathBuf {
        let path = self.server.folder.path().join("plan.pdf");
        std::fs::write(&path, &self.pdf).unwrap();
        path
    }

    /// The database's file.
    fn database(&self) -> String {
        let location = Location::Sqlite(self.server.folder.path().to_owned());
        location.file().unwrap().display().to_string()
    }

    fn mesa(&self, arguments: &[&str]) -> String {
        let data = self.server.folder.path().to_str().unwrap();
        let output = Command::new(MESA).args(arguments).args(["--data", data]).output().unwrap();
        said(&output)
    }
}

fn said(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(error))
}

#[tokio::test]
async fn whoever_has_the_plan_and_its_stamp_verifies_when_it_was_sealed() {
    let authority = authority();
    let tsa = Tsa::start(&authority, Act::Answer).await;
    let sealed = Sealed::new(asking(tsa.address, &authority.root())).await;
    let answer = sealed.until_stamped().await;
    assert_eq!(tsa.asked(), 1);
    let head = &tsa.heads()[0];
    assert!(head.starts_with("POST /tsr HTTP/1.1"), "{head}");
    assert!(head.contains("application/timestamp-query"), "{head}");

    // What the page says, and the proof behind its link.
    let page = sealed.page().await;
    let stamped = format!("Sellado de tiempo por {NAME} el ");
    assert!(page.contains(&stamped) && !page.contains("Aquí no se comprobó"), "{page}");
    let link = format!("/sellos/{}.tsr", sealed.seal);
    assert!(page.contains(&link), "{page}");
    let proof = get(sealed.server.address, &link, None).await;
    assert!(proof.head.contains("application/timestamp-reply"), "{}", proof.head);
    assert!(proof.head.contains("attachment"), "{}", proof.head);
    assert_eq!(proof.body, answer);
    for none in ["/sellos/abc.tsr", &link[..link.len() - 4], &link.replace(".tsr", ".pdf")] {
        assert_eq!(get(sealed.server.address, none, None).await.status, 404, "{none}");
    }

    // It is listed where every seal is.
    let lines = sealed.lines().await;
    let last = lines.last().unwrap();
    let Entry::Stamp { seal, answer: listed, stamped_at } = last else { panic!("{last:?}") };
    assert_eq!((*seal, *listed), (sealed.seal, Digest::of(&answer)));
    assert!((server::clock::now() - stamped_at).abs() < 60_000, "{stamped_at}");
    assert_eq!(lines.len(), 3, "the key, the seal and its stamp");

    // Two strangers: one with the documentation alone, one with the program and no data.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("plan.pdf"), &sealed.pdf).unwrap();
    let tsr = folder.path().join("seal.tsr");
    std::fs::write(&tsr, &answer).unwrap();
    std::fs::copy(authority.root(), folder.path().join("ca.pem")).unwrap();
    as_documented(folder.path());
    assert!(verified(&tsr, &sealed.seal.to_string(), &authority.root()));
    with_the_program(&sealed, folder.path());
    sealed.server.verify_clean().await;
    let checked = sealed.mesa(&["verify"]);
    assert!(checked.contains("Se comprobó 1 sello de tiempo."), "{checked}");
    // Without the authority's certificate nobody says that it was checked.
    let file = sealed.file();
    let told = sealed.mesa(&["verify", file.to_str().unwrap()]);
    assert!(told.contains(&stamped) && told.contains("Aquí no se comprobó"), "{told}");
}

/// Runs the commands of `docs/verifying.md` as they stand there.
fn as_documented(folder: &Path) {
    let text = include_str!("../../../docs/verifying.md");
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).collect();
    let with = |block: &&&str| block.contains("openssl ts -verify");
    let block = blocks.iter().find(with).unwrap().split("```").next().unwrap();
    let run = |folder: &Path| {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", block]).current_dir(folder).output().unwrap()
    };
    let output = run(folder);
    assert!(output.status.success() && said(&output).contains("OK"), "{}", said(&output));
    // Of a plan in which one digit of the seal is another one it isn't the stamp.
    let plan = folder.join("plan.pdf");
    let bytes = std::fs::read(&plan).unwrap();
    let mut other = bytes.clone();
    let at = other.windows(11).rposition(|part| part == b"\"signature\"").unwrap() + 14;
    other[at] = if other[at] == b'0' { b'1' } else { b'0' };
    std::fs::write(&plan, other).unwrap();
    assert!(!run(folder).status.success());
    std::fs::write(&plan, bytes).unwrap();
}

/// `mesa verify plan.pdf --key … --stamp …`, where there is no store.
fn with_the_program(sealed: &Sealed, folder: &Path) {
    let key = seal::read(&sealed.pdf).unwrap().statement.key.to_string();
    let verify = |stamp: &str, authorities: &Path| {
        let mut mesa = Command::new(MESA);
        mesa.current_dir(folder).args(["verify", "plan.pdf", "--key", &key, "--stamp", stamp]);
        let output = mesa.arg("--stamp-ca").arg(authorities).output().unwrap();
        (output.status.success(), said(&output))
    };
    let (good, told) = verify("seal.tsr", Path::new("ca.pem"));
    assert!(good && told.contains(&format!("Sellado de tiempo por {NAME} el ")), "{told}");
    let stranger = authority();
    let (good, told) = verify("seal.tsr", &stranger.root());
    assert!(!good && told.contains("ninguna autoridad de las que se confía"), "{told}");
    let other = stranger.answer(&stranger.question(&"0a".repeat(32)));
    std::fs::write(folder.join("other.tsr"), other).unwrap();
    let (good, told) = verify("other.tsr", &stranger.root());
    assert!(!good && told.contains("selló otra cosa"), "{told}");
    let (good, told) = verify("plan.pdf", &stranger.root());
    assert!(!good && told.contains("no es un sello de tiempo"), "{told}");
    let (good, told) = verify("seal.tsr", Path::new("plan.pdf"));
    assert!(!good && told.contains("certificado"), "{told}");
}

#[tokio::test]
async fn a_seal_waits_for_the_network_and_is_stamped_once_it_is_there() {
    let authority = authority();
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let sealed = Sealed::new(asking(address, &authority.root())).await;
    sealed.until_fails(StampFault::Unreachable).await;
    let waits = "espera a la red: no se pudo llegar a la autoridad";
    let page = sealed.page().await;
    assert!(page.contains("Es el plan firmado") && page.contains(waits), "{page}");
    let file = sealed.file();
    let told = sealed.mesa(&["verify", file.to_str().unwrap()]);
    assert!(told.contains("El sello es bueno") && told.contains(waits), "{told}");
    assert!(!sealed.mesa(&["verify"]).contains("sellos de tiempo"), "there are none");
    assert!(sealed.job().await.attempts > 0);
    let tsa = Tsa::start_at(address, &authority, Act::Answer, None).await;
    sealed.until_stamped().await;
    assert_eq!(tsa.asked(), 1);
    assert!(sealed.page().await.contains("Sellado de tiempo por"));
    sealed.server.verify_clean().await;
}

#[tokio::test]
async fn what_is_no_stamp_of_the_seal_is_named_and_not_kept() {
    let (authority, stranger) = (authority(), authority());
    let refuses = Arc::new(Authority::new(&Setup { stamps: "sha512", ..Setup::default() }));
    let tsa = Tsa::start(&authority, Act::Status(503)).await;
    let mut named = named(&format!("http://{}/tsr", tsa.address), &authority.root());
    named.pace.step = Duration::from_secs(1);
    let stamping = Some(Stamping::new(named).unwrap());
    let sealed = Sealed::new(Settings { stamping, ..Settings::default() }).await;
    sealed.until_fails(StampFault::Http(503)).await;
    let long: &[u8] = Box::leak(vec![0x30; 200_000].into_boxed_slice());
    for (act, fault) in [
        (Act::Status(302), StampFault::Http(302)),
        (Act::Say(b"<html>Acepta los terminos de esta red</html>"), StampFault::NotAnAnswer),
        (Act::SomethingElse, StampFault::OtherImprint),
        (Act::Say(long), StampFault::NotAnAnswer),
        (Act::OtherQuestion, StampFault::OtherNonce),
        (Act::Cut, StampFault::Cut),
        (Act::Silence, StampFault::Late),
    ] {
        tsa.act(act);
        sealed.until_fails(fault).await;
    }
    for (by, fault, named) in [
        (&stranger, StampFault::Untrusted, "ninguna autoridad de las que se confía"),
        (&refuses, StampFault::Refused(2, Some(0)), "se negó: no acepta SHA-256"),
    ] {
        tsa.answers_by(by);
        tsa.act(Act::Answer);
        sealed.until_fails(fault).await;
        let page = sealed.page().await;
        assert!(page.contains("todavía no está") && page.contains(named), "{page}");
    }
    assert_eq!(sealed.lines().await.len(), 2, "nothing of it is listed");
    tsa.answers_by(&authority);
    sealed.until_stamped().await;
    assert_eq!(sealed.lines().await.len(), 3);
    sealed.server.verify_clean().await;
}

#[tokio::test]
async fn without_an_authority_nobody_is_asked_and_a_later_one_is() {
    let sealed = Sealed::new(Settings::default()).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(sealed.job().await.attempts, 0);
    let page = sealed.page().await;
    assert!(page.contains("este servidor no lo pide a nadie"), "{page}");
    // Two programs that ask begin at the same moment.
    let authority = authority();
    let tsa = Tsa::start(&authority, Act::Answer).await;
    let location = Location::Sqlite(sealed.server.folder.path().to_owned());
    let mut others = Vec::new();
    for _ in 0..2 {
        let store = Store::open(&location).await.unwrap();
        let settings = asking(tsa.address, &authority.root());
        let state = server::app_state::AppState::new(store, Default::default(), settings);
        stamping::spawn(&state);
        others.push(state);
    }
    sealed.until_stamped().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(tsa.asked(), 1);
    assert_eq!(sealed.lines().await.len(), 3);
    for state in others {
        state.shutdown.cancel();
    }
    sealed.server.verify_clean().await;
}

#[tokio::test]
async fn an_authority_behind_a_password_is_asked_over_tls_alone() {
    let authority = authority();
    let folder = tempfile::tempdir().unwrap();
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let tls = Some(TlsAcceptor::from(Arc::new(config)));
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let tsa = Tsa::start_at(any, &authority, Act::Answer, tls).await;
    let url = format!("https://localhost:{}/", tsa.address.port());
    let user = Some(("mesa".to_owned(), Password("s3cr3t0".to_owned())));
    // The machine's certificate isn't vouched for.
    let unknown = Configuration { user: user.clone(), ..named(&url, &authority.root()) };
    let stamping = Some(Stamping::new(unknown).unwrap());
    let sealed = Sealed::new(Settings { stamping, ..Settings::default() }).await;
    sealed.until_fails(StampFault::Unprotected).await;
    assert_eq!(tsa.heads(), Vec::<String>::new(), "nothing was said");
    sealed.server.shutdown();
    // It is, beside the authority's.
    let both = folder.path().join("both.pem");
    let root = std::fs::read_to_string(authority.root()).unwrap();
    std::fs::write(&both, root + &cert.pem()).unwrap();
    let settings = Some(Stamping::new(Configuration { user, ..named(&url, &both) }).unwrap());
    let settings = Settings { stamping: settings, ..Settings::default() };
    let sealed = Sealed::new(settings).await;
    sealed.until_stamped().await;
    // "mesa:s3cr3t0".
    let head = &tsa.heads()[0];
    assert!(head.contains("Basic bWVzYTpzM2NyM3Qw\r\n"), "{head}");
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The binary on a folder, asking an authority.
fn serve(folder: &Path, tsa: SocketAddr, authorities: &Path) -> Running {
    let mut command = Command::new(MESA);
    command
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(folder)
        .env("MESA_TSA_URL", format!("http://{tsa}/"))
        .env("MESA_TSA_CA", authorities)
        .env("MESA_TSA_TIMEOUT", "2")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Running(command.spawn().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_an_answer_and_its_keeping_there_is_one_stamp_in_the_end() {
    let authority = authority();
    let tsa = Tsa::start(&authority, Act::Wait).await;
    let sealed = Sealed::new(Settings::default()).await;
    let file = sealed.database();
    let folder = sealed.server.folder.path();
    let mut running = serve(folder, tsa.address, &authority.root());
    tsa.until_asked(1).await;
    // Nobody else can write: the answer comes, and can't be kept.
    let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{file}?mode=rw"));
    options.max_connections(1);
    let beside = sea_orm::Database::connect(options).await.unwrap();
    let run = async |statement| {
        sea_orm::ConnectionTrait::execute_unprepared(&beside, statement).await.unwrap();
    };
    run("BEGIN IMMEDIATE").await;
    tsa.goes_on();
    tsa.until_read(1).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    running.0.kill().unwrap();
    running.0.wait().unwrap();
    run("ROLLBACK").await;
    beside.close().await.unwrap();
    assert_eq!(sealed.kept().await, None, "it was killed before");
    tsa.act(Act::Answer);
    let _running = serve(folder, tsa.address, &authority.root());
    let answer = sealed.until_stamped().await;
    assert_eq!(tsa.asked(), 2, "the answer that was lost, and the one that stays");
    assert!(stamp::read(&answer, &sealed.seal.0, None).is_ok());
    assert_eq!(sealed.lines().await.len(), 3);
    sealed.server.verify_clean().await;
}

#[tokio::test]
async fn killed_after_the_keeping_nobody_is_asked_again() {
    let authority = authority();
    let tsa = Tsa::start(&authority, Act::Answer).await;
    let sealed = Sealed::new(Settings::default()).await;
    // As it is when the program died before it noted that the job is done.
    let answer = authority.answer(&authority.question(&sealed.seal.to_string()));
    let stamp = stamp::read(&answer, &sealed.seal.0, None).unwrap();
    let (seal, at) = (sealed.seal, stamp.at);
    let entry = Entry::Stamp { seal, answer: Digest::of(&answer), stamped_at: at };
    let line = |last: Option<(u64, &str)>| seal::Line::after(last, at, entry.clone());
    let kept = sealed.server.store().keep_stamp(domain::Digest(seal.0), &answer, line).await;
    assert!(kept.unwrap());
    let _running = serve(sealed.server.folder.path(), tsa.address, &authority.root());
    assert_eq!(sealed.until_stamped().await, answer);
    assert_eq!(tsa.asked(), 0);
    assert_eq!(sealed.lines().await.len(), 3);
}

#[tokio::test]
async fn a_stamp_that_was_changed_in_the_data_is_named() {
    let authority = authority();
    let tsa = Tsa::start(&authority, Act::Answer).await;
    let sealed = Sealed::new(asking(tsa.address, &authority.root())).await;
    let answer = sealed.until_stamped().await;
    let file = sealed.database();
    let beside = sea_orm::Database::connect(format!("sqlite://{file}?mode=rw")).await.unwrap();
    let other: String = answer.iter().rev().map(|byte| format!("{byte:02x}")).collect();
    let change = format!("UPDATE stamp SET answer = X'{other}'");
    sea_orm::ConnectionTrait::execute_unprepared(&beside, &change).await.unwrap();
    beside.close().await.unwrap();
    assert!(sealed.page().await.contains("Su sello de tiempo está dañado"));
    let told = sealed.mesa(&["verify"]);
    let named = format!("El sello de tiempo del sello {} falta", sealed.seal);
    assert!(told.contains(&named) && told.contains("1 diferencias"), "{told}");
}

#[test]
fn a_file_without_authorities_is_named_when_it_starts() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.pem");
    std::fs::write(&broken, "hola").unwrap();
    let nowhere = folder.path().join("nowhere.pem");
    for (authorities, what) in [(&broken, "no tiene ningún certificado"), (&nowhere, "no existe")]
    {
        let mut mesa = Command::new(MESA);
        mesa.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(folder.path());
        mesa.env("MESA_TSA_URL", "http://tsa.test/").env("MESA_TSA_CA", authorities);
        let output = mesa.output().unwrap();
        let told = said(&output);
        assert!(!output.status.success() && told.contains(what), "{told}");
        assert!(told.contains("MESA_TSA_CA"), "{told}");
    }
}
