//! Running the commands.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::exercise::{ImageError, LOGO_BYTES, NoticeText};
use domain::text::words::cleaned;
use domain::{MesaId, StreamId};
use store::{Location, Store, StoreError};
use tokio::net::TcpListener;

use super::commands::{
    AddMesa, Anonymise, Backup, Command, Demo, LinkAdministrator, LinkFacilitator, PublishNotice,
    PutLogo, Redact, ResetPassphrase, Restore, Serve, SetDocument, What, Who,
};
use super::{Failure, verify};
use crate::app_state::{AppState, Settings};
use crate::composed::composed;
use crate::http::assets::Site;
use crate::service::document::{self, Kind, Source};
use crate::service::logo::LogoError;
use crate::service::open_mesa::OpenError;
use crate::service::record::{self, Enrolled};
use crate::service::sample::{SampleError, Stage, Ways};
use crate::service::{account, entry, logo, notice, open_mesa, sample, server_key, setup};
use crate::stamping::Stamping;
use crate::text::{HELP, terminal, verifying};
use crate::text_file::{self, Saved};
use crate::tls::Tls;
use crate::{announce, clock, http, listen, metrics};

/// Runs a command.
///
/// # Errors
/// [`Failure`], whose text is in Spanish.
pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Help => print!("{HELP}"),
        Command::Version => println!("mesa {}", env!("CARGO_PKG_VERSION")),
        Command::Serve(command) => serve(*command).await?,
        Command::Demo(command) => load_sample(command).await?,
        Command::AddMesa(command) => add_mesa(command).await?,
        Command::Notice(command) => publish_notice(command).await?,
        Command::Logo(command) => put_logo(command).await?,
        Command::LinkAdministrator(command) => link_administrator(command).await?,
        Command::ResetPassphrase(command) => reset_passphrase(command).await?,
        Command::LinkFacilitator(command) => link_facilitator(command).await?,
        Command::Redact(command) => redact(command).await?,
        Command::Anonymise(command) => anonymise(command).await?,
        Command::Verify(location) => verify::verify_store(&location).await?,
        Command::VerifyFile(command) => verify::verify_file(command).await?,
        Command::ShowKey(location) => verify::show_key(&location).await?,
        Command::ReplaceKey(location) => verify::replace_key(&location).await?,
        Command::Backup(command) => back_up(command).await?,
        Command::Restore(command) => restore(command).await?,
        Command::Document(command) => set_document(command).await?,
    }
    Ok(())
}

async fn serve(command: Serve) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let key = server_key::key(&store).await?.public();
    let sealing = verifying::fingerprint(&key.fingerprint());
    let site = match &command.site {
        Some(folder) => Site::from_folder(folder).map_err(Failure::Site)?,
        None => Site::embedded(),
    };
    let tls = match command.tls {
        Some((certificate, key)) => {
            Some(Arc::new(Tls::from_files(certificate, key).map_err(Failure::Tls)?))
        }
        None => None,
    };
    let stamping = command.stamping.map(Stamping::new).transpose()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let listener = TcpListener::bind(command.address)
        .await
        .map_err(|error| Failure::Listen(command.address, error))?;
    if site.assets().is_none() {
        tracing::warn!(
            "the site isn't built: pages can be read, and nothing can be written in them"
        );
    }
    let address = listener.local_addr().map_err(|error| Failure::Listen(command.address, error))?;
    let phones = announce::lan_addresses(scheme, address);
    let phone_url = command.public_url.clone().or_else(|| phones.first().cloned());
    let local = format!("{scheme}://localhost:{}", address.port());
    let settings = Settings {
        public_url: command.public_url,
        phone_url: phone_url.clone(),
        local_url: Some(local.clone()),
        trusted_proxies: command.trusted_proxies,
        per_address: command.per_address,
        lasting: command.lasting,
        mail: command.mail,
        stamping,
        scanner: command.scanner,
        tls,
        ..Settings::default()
    };
    if command.announce {
        show_ways_in(&store, &local, &phones, phone_url.as_deref()).await?;
        println!("{sealing}");
    } else {
        // In one piece: whoever waits for the first line may not wait for more.
        let listening = terminal::listening(scheme, address) + "\n" + &sealing + "\n";
        print!("{listening}");
        if store.mesas().await?.is_empty() {
            println!("{}", setup_link(&store, phone_url.as_deref().unwrap_or(&local)).await?);
        }
    }
    if let (Location::Sqlite(folder), Some(phone_url)) = (&command.location, &phone_url)
        && let Some(before) = announce::remember_address(folder, phone_url)
    {
        eprintln!("{}", terminal::address_changed(&before, phone_url));
    }
    let state = AppState::new(store.clone(), site, settings);
    if let Some(address) = command.metrics {
        let listener =
            TcpListener::bind(address).await.map_err(|error| Failure::Listen(address, error))?;
        state.tracker.spawn(metrics::serve(
            listener,
            state.metrics.clone(),
            state.shutdown.clone(),
        ));
    }
    let shutdown = state.shutdown.clone();
    tokio::spawn(async move {
        ended().await;
        println!("{}", terminal::ENDING);
        shutdown.cancel();
    });
    listen::serve(listener, http::router(state.clone()), state).await;
    store.close().await;
    Ok(())
}

/// Waits for SIGINT (Ctrl+C) or SIGTERM.
async fn ended() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            // If one of the two signals can't be listened for, the other still works.
            let _ = interrupted.await;
        }
    }
}

async fn show_ways_in(
    store: &Store,
    local: &str,
    phones: &[String],
    phone_url: Option<&str>,
) -> Result<(), Failure> {
    let qr = phone_url.map(announce::qr_terminal).unwrap_or_default();
    let others: Vec<&str> =
        phones.iter().map(String::as_str).filter(|other| Some(*other) != phone_url).collect();
    println!("{}", terminal::serving(local, phone_url.map(|url| (url, qr.as_str())), &others));
    for mesa in store.mesas().await? {
        let secret = entry::issue_facilitator_link(store, mesa.mesa).await?;
        println!("{}", terminal::mesa(&mesa, local, phone_url.unwrap_or(local), &secret));
    }
    println!("{}", setup_link(store, phone_url.unwrap_or(local)).await?);
    println!("{}", terminal::TO_END);
    Ok(())
}

/// A link that creates an exercise, as the terminal shows it.
async fn setup_link(store: &Store, base: &str) -> Result<String, Failure> {
    let url = format!("{base}{}", app::address::setup(&setup::issue_link(store).await?));
    Ok(terminal::setup(&url, &announce::qr_terminal(&url)))
}

async fn load_sample(command: Demo) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let mut loaded = sample::load(&store, command.stage, &command.url).await;
    if let Ok(ways) = &loaded
        && command.stage == Stage::Signed
    {
        let renderer = document::renderer(None);
        if let Err(error) = sample::sign(&store, &renderer, ways.mesa_id, &command.url).await {
            loaded = Err(error);
        }
    }
    store.close().await;
    let ways = loaded.map_err(|error| match error {
        SampleError::NotEmpty => Failure::NotEmpty,
        error => Failure::Sample(error),
    })?;
    show_ways(&ways, command.json, true);
    Ok(())
}

fn show_ways(ways: &Ways, json: bool, is_sample: bool) {
    if json {
        println!("{}", serde_json::to_string(ways).expect("links are plain text"));
    } else {
        println!("{}", terminal::ways(ways, is_sample));
    }
}

async fn add_mesa(command: AddMesa) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let opened = open_mesa::open_mesa(&store, command.exercise, &command.theme, &command.url).await;
    let failure = match opened {
        Ok(ways) => {
            store.close().await;
            show_ways(&ways, command.json, false);
            return Ok(());
        }
        Err(OpenError::UnknownExercise) => {
            let exercises = exercises(&store).await?;
            if exercises.is_empty() {
                Failure::NoMesa
            } else {
                Failure::UnknownExercise(listed(&exercises))
            }
        }
        Err(OpenError::Closed(phase)) => Failure::PlanClosed(phase),
        Err(error) => Failure::OpenMesa(error),
    };
    store.close().await;
    Err(failure)
}

async fn publish_notice(command: PublishNotice) -> Result<(), Failure> {
    let (short, full) = (notice_text(command.short)?, notice_text(command.full)?);
    let store = Store::open(&command.location).await?;
    let exercise = which_exercise(&store, command.exercise).await?;
    let version = notice::publish(&store, exercise, short, full).await?;
    store.close().await;
    println!("{}", terminal::notice_published(version));
    Ok(())
}

/// The text of a notice's file; prints its encoding when it isn't UTF-8.
fn notice_text(path: PathBuf) -> Result<NoticeText, Failure> {
    let (text, saved) = match text_file::read(&at_most(&path, text_file::BYTES)?) {
        Ok(read) => read,
        Err(why) => return Err(Failure::NoText(path, why)),
    };
    match saved {
        Saved::Utf8 => {}
        Saved::Utf16 => println!("{}", terminal::read_as(&path, "UTF-16")),
        Saved::Windows1252 => println!("{}", terminal::read_as(&path, "Windows-1252")),
    }
    NoticeText::parse(&cleaned(&composed(&text))).map_err(|error| Failure::Notice(path, error))
}

/// The bytes of a file, at most `limit` and one more.
pub(super) fn at_most(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path)
        .and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| Failure::File(path.to_owned(), error))
}

async fn put_logo(command: PutLogo) -> Result<(), Failure> {
    let (logo, path) = match command.logo {
        Some((name, path)) => (Some((name, at_most(&path, LOGO_BYTES)?)), path),
        None => (None, PathBuf::new()),
    };
    let store = Store::open(&command.location).await?;
    let exercise = which_exercise(&store, command.exercise).await?;
    let put = logo::put(&store, exercise, command.place, logo).await;
    store.close().await;
    let count = put.map_err(|error| match error {
        LogoError::Image(ImageError::TooLarge) => Failure::ImageTooLarge(path),
        LogoError::Image(ImageError::Unknown) => Failure::NoImage(path),
        LogoError::Put(error) => Failure::Keep(error),
        LogoError::Entry(error) => Failure::Entry(error),
    })?;
    println!("{}", terminal::logos(count));
    Ok(())
}

async fn exercises(store: &Store) -> Result<BTreeMap<StreamId, String>, StoreError> {
    Ok(store
        .mesas()
        .await?
        .into_iter()
        .map(|mesa| (mesa.mesa.exercise, mesa.exercise_name))
        .collect())
}

fn listed(exercises: &BTreeMap<StreamId, String>) -> String {
    exercises
        .iter()
        .map(|(exercise, name)| format!("  {exercise}  {name}"))
        .collect::<Vec<_>>()
        .join("\n")
}

async fn which_exercise(store: &Store, asked: Option<StreamId>) -> Result<StreamId, Failure> {
    let exercises = exercises(store).await?;
    match asked {
        Some(exercise) if exercises.contains_key(&exercise) => Ok(exercise),
        Some(_) if !exercises.is_empty() => Err(Failure::UnknownExercise(listed(&exercises))),
        Some(_) | None => match exercises.len() {
            0 => Err(Failure::NoMesa),
            1 => Ok(*exercises.keys().next().expect("there is one")),
            _ => Err(Failure::WhichExercise(listed(&exercises))),
        },
    }
}

async fn link_facilitator(command: LinkFacilitator) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let mesa = which_mesa(&store, command.mesa).await?;
    let secret = entry::issue_facilitator_link(&store, mesa).await?;
    println!("{}{}", command.url, app::address::link(&secret));
    store.close().await;
    Ok(())
}

async fn link_administrator(command: LinkAdministrator) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let secret = setup::issue_link(&store).await?;
    println!("{}{}", command.url, app::address::setup(&secret));
    store.close().await;
    Ok(())
}

async fn reset_passphrase(command: ResetPassphrase) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let links = account::reset(&store, &command.mail).await?;
    store.close().await;
    if links.is_empty() {
        return Err(Failure::NobodyWithMail(command.mail));
    }
    for (_, secret) in links {
        println!("{}{}", command.url, app::address::choose_passphrase(&secret));
    }
    Ok(())
}

async fn which_mesa(store: &Store, asked: Option<MesaId>) -> Result<MesaId, Failure> {
    let mesas = store.mesas().await?;
    match (asked, mesas.as_slice()) {
        (Some(mesa), _) => Ok(mesa),
        (None, []) => Err(Failure::NoMesa),
        (None, [only]) => Ok(only.mesa),
        (None, several) => Err(Failure::WhichMesa(
            several.iter().map(terminal::choice).collect::<Vec<_>>().join("\n"),
        )),
    }
}

async fn redact(command: Redact) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let exercise = which_exercise(&store, command.exercise).await?;
    let redacted = entry::redact(&store, exercise, &command.text).await?;
    store.close().await;
    println!("{}", terminal::redacted(&redacted));
    Ok(())
}

async fn anonymise(command: Anonymise) -> Result<(), Failure> {
    let store = Store::open(&command.location).await?;
    let exercise = which_exercise(&store, command.exercise).await?;
    let people = record::enrolled(&store, exercise).await?;
    let list = |people: &[&Enrolled]| {
        people.iter().map(|person| terminal::person(person)).collect::<Vec<_>>().join("\n")
    };
    let found: Vec<&Enrolled> = match &command.who {
        Some(Who::Id(id)) => people.iter().filter(|person| person.id == *id).collect(),
        Some(Who::Name(name)) => people.iter().filter(|person| person.name == *name).collect(),
        None => Vec::new(),
    };
    match found[..] {
        [person] => {
            let stands = record::anonymise(&store, exercise, person).await?;
            store.close().await;
            println!("{}", terminal::anonymised(&person.name, stands));
            Ok(())
        }
        [] => Err(Failure::WhoIsThere(list(&people.iter().collect::<Vec<_>>()))),
        _ => Err(Failure::WhichPerson(list(&found))),
    }
}

async fn set_document(command: SetDocument) -> Result<(), Failure> {
    // No store is made; one that there is keeps the document.
    Store::open_existing(&command.location).await?.close().await;
    let store = Store::open(&command.location).await?;
    let (exercise, kind) = match command.what {
        What::Plan { exercise, version, public } => {
            let exercise = which_exercise(&store, exercise).await?;
            let loaded = store.load(exercise).await?.ok_or(Failure::NoMesa)?;
            let last = loaded.state.plan.version().map(|version| version.number);
            let kind = match version.or(last) {
                Some(version) if public => Kind::Public(version),
                Some(version) => Kind::Full(version),
                None => Kind::Draft,
            };
            (exercise, kind)
        }
        What::Minutes(mesa) => {
            let mesa = which_mesa(&store, mesa).await?;
            (mesa.exercise, Kind::Minutes(mesa.number))
        }
        What::Attendance(mesa) => {
            let mesa = which_mesa(&store, mesa).await?;
            (mesa.exercise, Kind::Attendance(mesa.number))
        }
    };
    let loaded = store.load(exercise).await?.ok_or(Failure::NoMesa)?;
    let (now, base) = (clock::now(), command.url.as_str());
    let source = Source { exercise: &loaded.state, stream: exercise, base, now };
    let made = source.make(&store, &document::renderer(None), kind).await;
    store.close().await;
    let pdf = made.map_err(Failure::Document)?;
    std::fs::write(&command.out, &pdf.bytes)
        .map_err(|error| Failure::File(command.out.clone(), error))?;
    println!("{}", terminal::document(&command.out, pdf.pages));
    Ok(())
}

async fn back_up(command: Backup) -> Result<(), Failure> {
    let size = Store::back_up(&command.location, &command.to, command.replace)
        .await
        .map_err(Failure::Backup)?;
    println!("{}", terminal::backed_up(&command.to, size));
    Ok(())
}

async fn restore(command: Restore) -> Result<(), Failure> {
    let report =
        Store::restore(&command.from, &command.location).await.map_err(Failure::Restore)?;
    println!("{}", terminal::report(&report));
    if !report.differences.is_empty() {
        return Err(Failure::RestoredDiffering);
    }
    println!("{}", terminal::RESTORED);
    Ok(())
}
