//! The binary `mesa`: reads the order, does it, says in Spanish what happened.

use app::pages::address;
use domain::exercise;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::exercise::{Image, ImageError, LOGO_BYTES, Logo, NoticeText};
use domain::text::words::cleaned;
use domain::{MesaId, ServerCommand, StreamId};
use server::app_state::{AppState, Settings};
use server::command_line::{
    AddMesa, Backup, Demo, Failure, HELP, LinkFacilitator, Order, PublishNotice, PutLogo, Redact, Restore, Serve, parse,
};
use server::composed::composed;
use server::demo::{self, DemoError, Ways};
use server::http::assets::Site;
use server::mesas::{self, AddError};
use server::text_file::{self, Saved};
use server::{announce, http, listen, metrics, operate};
use store::{Location, Report, Store, StoreError};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("MESA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let order = match parse(std::env::args_os().skip(1), |name| std::env::var_os(name).filter(|value| !value.is_empty())) {
        Ok(order) => order,
        Err(misunderstood) => {
            eprintln!("mesa: {misunderstood}. La ayuda: mesa --help");
            return ExitCode::from(2);
        }
    };
    let done = match order {
        Order::Help => {
            print!("{HELP}");
            Ok(())
        }
        Order::Version => {
            println!("mesa {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        Order::Serve(serve) => self::serve(serve).await,
        Order::Demo(demo) => load_demo(demo).await,
        Order::AddMesa(mesa) => add_mesa(mesa).await,
        Order::Notice(notice) => publish_notice(notice).await,
        Order::Logo(logo) => put_logo(logo).await,
        Order::LinkFacilitator(link) => link_facilitator(link).await,
        Order::Redact(redact) => self::redact(redact).await,
        Order::Verify(location) => verify(&location).await,
        Order::Backup(backup) => back_up(backup).await,
        Order::Restore(restore) => self::restore(restore).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("mesa: {failure}");
            ExitCode::from(if matches!(failure, Failure::NotEmpty) { 3 } else { 1 })
        }
    }
}

async fn serve(order: Serve) -> Result<(), Failure> {
    let store = Store::open(&order.location).await?;
    let site = match &order.site {
        Some(folder) => Site::from_folder(folder).map_err(Failure::Site)?,
        None => Site::embedded(),
    };
    if site.assets().is_none() {
        tracing::warn!("el sitio no está compilado: las páginas se leen, pero no se puede escribir en ellas");
    }
    let listener = TcpListener::bind(order.address).await.map_err(|error| Failure::Listen(order.address, error))?;
    let address = listener.local_addr().map_err(|error| Failure::Listen(order.address, error))?;
    let phones = announce::lan_addresses(address);
    let phone_url = order.public_url.clone().or_else(|| phones.first().cloned());
    let settings = Settings { public_url: order.public_url, phone_url: phone_url.clone() };
    if order.announce {
        show_ways_in(&store, address, &phones, phone_url.as_deref()).await?;
    } else {
        println!("Mesa Abierta escucha en http://{address}");
    }
    if let (Location::Sqlite(folder), Some(phone_url)) = (&order.location, &phone_url)
        && let Some(before) = announce::remember_address(folder, phone_url)
    {
        eprintln!("\n¡ATENCIÓN! La dirección para los teléfonos cambió: antes era {before} y ahora es {phone_url}.");
        eprintln!("Lo que alguien escribió sin conexión sigue en su teléfono bajo la dirección anterior.");
        eprintln!("Si puedes, vuelve a darle a esta laptop la dirección anterior y reinicia.\n");
    }
    let state = AppState::new(store.clone(), site, settings);
    if let Some(address) = order.metrics {
        let listener = TcpListener::bind(address).await.map_err(|error| Failure::Listen(address, error))?;
        state.tracker.spawn(metrics::serve(listener, state.metrics.clone(), state.shutdown.clone()));
    }
    let shutdown = state.shutdown.clone();
    tokio::spawn(async move {
        ended().await;
        println!("Cerrando: se termina de guardar…");
        shutdown.cancel();
    });
    listen::serve(listener, http::router(state.clone()), state.shutdown.clone(), state.tracker.clone()).await;
    store.close().await;
    Ok(())
}

/// Ctrl+C or a polite request to end.
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
            // Without one of the two signals the other still ends it.
            let _ = interrupted.await;
        }
    }
}

async fn show_ways_in(store: &Store, address: SocketAddr, phones: &[String], phone_url: Option<&str>) -> Result<(), Failure> {
    let local = format!("http://localhost:{}", address.port());
    println!("\nMesa Abierta está sirviendo. En esta máquina: {local}");
    match phone_url {
        Some(url) => {
            println!("Para los teléfonos: {url}\n\n{}", announce::qr_terminal(url));
            for other in phones.iter().filter(|other| *other != url) {
                println!("También: {other}");
            }
        }
        None => println!("No hay red para teléfonos: conecta esta máquina a una y reinicia, o usa --addr 0.0.0.0:3000."),
    }
    for mesa in store.mesas().await? {
        let secret = operate::issue_facilitator_link(store, mesa.mesa).await?;
        println!("\nMesa {} · {}", mesa.mesa.number, mesa.theme);
        println!("  Facilitación (no lo compartas): {local}/enlace/{secret}");
        println!("  Página pública: {}{}", phone_url.unwrap_or(&local), address::public(mesa.mesa));
    }
    println!("\nPara terminar: Ctrl+C.");
    Ok(())
}

async fn load_demo(order: Demo) -> Result<(), Failure> {
    let store = Store::open(&order.location).await?;
    let ways = demo::load(&store, order.stage, &order.url).await;
    store.close().await;
    let ways = match ways {
        Ok(ways) => ways,
        Err(DemoError::NotEmpty) => return Err(Failure::NotEmpty),
        Err(error) => return Err(Failure::Demo(error)),
    };
    show_ways(&ways, order.json, "Ejercicio de ejemplo cargado.");
    Ok(())
}

fn show_ways(ways: &Ways, json: bool, done: &str) {
    if json {
        println!("{}", serde_json::to_string(ways).expect("links are plain text"));
        return;
    }
    println!("{done} Guarda estos enlaces: no se pueden volver a mostrar.\n");
    println!("  Facilitación:   {}", ways.facilitator_url);
    println!("  Entrada:        {}  (código {})", ways.join_url, ways.join_code);
    println!("  Proyector:      {}", ways.projector_url);
    println!("  Página pública: {}", ways.public_url);
    for seat in &ways.seats {
        println!("  {}: {}", seat.organisation, seat.url);
    }
}

async fn add_mesa(order: AddMesa) -> Result<(), Failure> {
    let store = Store::open(&order.location).await?;
    let added = mesas::add(&store, order.exercise, &order.theme, &order.url).await;
    let failure = match added {
        Ok(ways) => {
            store.close().await;
            show_ways(&ways, order.json, "Mesa abierta.");
            return Ok(());
        }
        Err(AddError::UnknownExercise) => {
            let exercises: BTreeSet<_> =
                store.mesas().await?.into_iter().map(|mesa| format!("  {}  {}", mesa.mesa.exercise, mesa.exercise_name)).collect();
            match exercises.is_empty() {
                true => Failure::NoMesa,
                false => Failure::UnknownExercise(exercises.into_iter().collect::<Vec<_>>().join("\n")),
            }
        }
        Err(AddError::Closed(phase)) => Failure::PlanClosed(app::text::name::phase(phase)),
        Err(error) => Failure::Add(error),
    };
    store.close().await;
    Err(failure)
}

async fn publish_notice(order: PublishNotice) -> Result<(), Failure> {
    let (short, full) = (notice_text(order.short)?, notice_text(order.full)?);
    let store = Store::open(&order.location).await?;
    let exercise = which_exercise(&store, order.exercise).await?;
    let state = operate::enter(&store, exercise, &ServerCommand::Exercise(exercise::ServerCommand::PublishNotice { short, full })).await?;
    store.close().await;
    println!("El aviso de privacidad es ahora la versión {}.", state.notices.last().map_or(0, |notice| notice.version));
    Ok(())
}

/// The text of a notice's file; says when it wasn't saved as most are.
fn notice_text(path: PathBuf) -> Result<NoticeText, Failure> {
    let (text, saved) = match text_file::read(&at_most(&path, text_file::BYTES)?) {
        Ok(read) => read,
        Err(why) => return Err(Failure::NoText(path, why)),
    };
    match saved {
        Saved::Utf8 => {}
        Saved::Utf16 => println!("{}: leído como UTF-16.", path.display()),
        Saved::Windows1252 => println!("{}: leído como Windows-1252.", path.display()),
    }
    NoticeText::parse(&cleaned(&composed(&text))).map_err(|error| Failure::Notice(path, error))
}

/// The bytes of a file; of one that has more than `limit`, one more.
fn at_most(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| Failure::File(path.to_owned(), error))
}

async fn put_logo(order: PutLogo) -> Result<(), Failure> {
    let logo = match order.logo {
        Some((name, path)) => {
            let image = Image::parse(at_most(&path, LOGO_BYTES)?).map_err(|error| match error {
                ImageError::TooLarge => Failure::ImageTooLarge(path),
                ImageError::Unknown => Failure::NoImage(path),
            })?;
            Some(Box::new(Logo { name, image }))
        }
        None => None,
    };
    let store = Store::open(&order.location).await?;
    let exercise = which_exercise(&store, order.exercise).await?;
    let state =
        operate::enter(&store, exercise, &ServerCommand::Exercise(exercise::ServerCommand::SetLogo { place: order.place, logo })).await?;
    store.close().await;
    println!("El ejercicio tiene ahora {} logotipos.", state.logos.values().flatten().count());
    Ok(())
}

async fn which_exercise(store: &Store, asked: Option<StreamId>) -> Result<StreamId, Failure> {
    let exercises: BTreeMap<_, _> = store.mesas().await?.into_iter().map(|mesa| (mesa.mesa.exercise, mesa.exercise_name)).collect();
    let list = || exercises.iter().map(|(exercise, name)| format!("  {exercise}  {name}")).collect::<Vec<_>>().join("\n");
    match asked {
        Some(exercise) if exercises.contains_key(&exercise) => Ok(exercise),
        Some(_) if !exercises.is_empty() => Err(Failure::UnknownExercise(list())),
        Some(_) | None => match exercises.len() {
            0 => Err(Failure::NoMesa),
            1 => Ok(*exercises.keys().next().expect("there is one")),
            _ => Err(Failure::WhichExercise(list())),
        },
    }
}

async fn link_facilitator(order: LinkFacilitator) -> Result<(), Failure> {
    let store = Store::open(&order.location).await?;
    let mesa = which_mesa(&store, order.mesa).await?;
    let secret = operate::issue_facilitator_link(&store, mesa).await?;
    println!("{}/enlace/{secret}", order.url);
    store.close().await;
    Ok(())
}

async fn which_mesa(store: &Store, asked: Option<MesaId>) -> Result<MesaId, Failure> {
    let mesas = store.mesas().await?;
    match (asked, mesas.as_slice()) {
        (Some(mesa), _) => Ok(mesa),
        (None, []) => Err(Failure::NoMesa),
        (None, [only]) => Ok(only.mesa),
        (None, several) => {
            let list: Vec<_> = several.iter().map(|mesa| format!("  {}  mesa {}, {}", mesa.mesa, mesa.mesa.number, mesa.theme)).collect();
            Err(Failure::WhichMesa(list.join("\n")))
        }
    }
}

async fn redact(order: Redact) -> Result<(), Failure> {
    let store = Store::open(&order.location).await?;
    let exercise = which_exercise(&store, order.exercise).await?;
    let redacted = operate::redact(&store, exercise, &order.text).await?;
    store.close().await;
    println!("Se tachó en {} hechos y en {} textos de ahora.", redacted.events, redacted.texts);
    Ok(())
}

async fn verify(location: &Location) -> Result<(), Failure> {
    // What is looked at isn't touched: nothing is made or migrated.
    let store = Store::open_existing(location).await?;
    let report = store.verify().await.map_err(|error| match error {
        StoreError::Outdated => Failure::Outdated,
        error => Failure::Store(error),
    })?;
    store.close().await;
    show(&report);
    if report.differences.is_empty() { Ok(()) } else { Err(Failure::Differences) }
}

async fn back_up(order: Backup) -> Result<(), Failure> {
    let size = Store::back_up(&order.location, &order.to, order.replace).await.map_err(Failure::Backup)?;
    println!(
        "El respaldo está en {} y pesa {} KiB. Para revisarlo y ponerlo en otra carpeta: mesa restore",
        order.to.display(),
        size.div_ceil(1024)
    );
    Ok(())
}

async fn restore(order: Restore) -> Result<(), Failure> {
    let report = Store::restore(&order.from, &order.location).await.map_err(Failure::Restore)?;
    show(&report);
    if !report.differences.is_empty() {
        return Err(Failure::RestoredDiffering);
    }
    println!("El respaldo se restauró.");
    Ok(())
}

/// What a check found.
fn show(report: &Report) {
    for difference in &report.differences {
        println!("{difference}");
    }
    println!(
        "Se revisaron {} cadenas, {} hechos y {} renglones: {} diferencias.",
        report.streams,
        report.events,
        report.rows,
        report.differences.len()
    );
}
