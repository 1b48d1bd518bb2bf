//! All routes of the server, in one router.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::Redirect;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::app_state::AppState;

mod account;
mod answer;
pub mod assets;
mod attendance;
mod bringing;
mod coding;
mod creating;
mod dispatch;
mod door;
mod drawing;
mod export;
mod extract;
mod file;
mod history;
mod limit;
mod link;
mod live;
mod logo;
mod origin;
mod pack;
mod pages;
mod paper;
mod petition;
mod pieces;
mod plan;
mod prepare;
mod reminder;
mod results;
mod session;
mod verify;
mod waiting;

use answer::Refused;
pub use export::ExportError;

/// Longest form that is accepted, in bytes.
const FORM_LIMIT: usize = 16 * 1024;

/// The router.
pub fn router(state: AppState) -> Router {
    // Pages are rendered on this runtime. The call fails when another router of this process has
    // set it already.
    let _ = any_spawner::Executor::init_tokio();
    let times = state.settings.times;
    let compressed = CompressionLayer::new().compress_when(
        SizeAbove::new(512)
            .and(NotForContentType::new("font/").and(NotForContentType::new("image/")))
            .and(NotForContentType::new(export::XLSX)),
    );
    let pages = Router::new()
        .route("/", get(pages::start))
        .route("/entrar", get(pages::start).post(door::find_posted))
        .route("/entrar/{code}", get(door::by_code).post(door::by_code_posted))
        .route("/enlace", get(link::page).post(link::posted))
        .route("/crear", get(link::page).post(link::posted))
        .route("/proyector", get(link::page).post(link::posted))
        .route("/frase", get(link::page).post(link::posted))
        .route("/enlace/{secret}", get(door::by_link).post(door::by_link_posted))
        .route("/entrar/cuenta", get(account::form).post(account::posted))
        .route("/entrar/cuenta/otra-frase", get(account::forgotten).post(account::forgotten_posted))
        .route("/frase/{secret}", get(account::choose).post(account::choose_posted))
        .route(
            "/crear/{secret}",
            get(creating::form)
                .post(creating::posted)
                .layer(DefaultBodyLimit::max(creating::FORM_LIMIT)),
        )
        .route("/entrar/{code}/espera", get(waiting::waits))
        .route(
            "/ejercicio/{exercise}/mesa/{number}/espera",
            get(waiting::list).post(waiting::answer),
        )
        .route("/salir", post(door::leave))
        .route("/ejercicio/{exercise}/mesa/{number}", get(pages::mesa))
        .route("/ejercicio/{exercise}/mesa/{number}/{*screen}", get(pages::mesa))
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia",
            get(attendance::own).post(attendance::own_posted),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia/correccion",
            get(attendance::own).post(attendance::corrected),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia/solicitud",
            get(petition::page).post(petition::posted),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia/escritura",
            get(petition::writing).post(petition::appealed),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia/mis-datos.json",
            get(attendance::own_data),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/asistencia/personas",
            get(attendance::records).post(attendance::records_posted),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/entrar",
            get(door::by_session).post(door::by_session_posted),
        )
        .route("/ejercicio/{exercise}/mesa/{number}/propio", get(pages::own))
        .nest("/ejercicio/{exercise}/preparar", prepare::routes())
        .route(
            "/ejercicio/{exercise}/mesa/{number}/historia/{item}/{field}",
            get(history::read).post(history::bring_back),
        )
        .route("/proyector/{secret}", get(pages::projector_by_link))
        .route("/proyector/{exercise}/mesa/{number}", get(pages::projector))
        .route("/asistente/{exercise}/mesa/{number}", get(pages::as_attendee))
        .route("/asistente/{exercise}/mesa/{number}/{*screen}", get(pages::as_attendee))
        .route("/publica/{exercise}", get(pages::public))
        .route("/publica/{exercise}/mesa/{number}", get(pages::public_mesa))
        .route("/publico/{exercise}/mesa/{number}/{file}", get(export::export))
        .route("/plan/{exercise}", get(plan::versions))
        .route("/plan/{exercise}/borrador.pdf", get(plan::draft))
        .route("/plan/{exercise}/mesa/{number}/{file}", get(plan::of_mesa))
        .route("/plan/{exercise}/{version}/{file}", get(plan::file))
        .route("/plan/{exercise}/{version}/hoja/{page}", get(plan::sheet))
        .route("/plan/{exercise}/{version}/escaneo/{file}", get(paper::file))
        .route("/plan/{exercise}/{version}/escaneo/{file}/{page}", get(paper::picture))
        .route("/ejercicio/{exercise}/mesa/{number}/expediente", get(pack::page).post(pack::posted))
        .route(
            "/ejercicio/{exercise}/mesa/{number}/expediente/{which}",
            get(pack::file).post(pack::open),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/expediente/{which}/resultados",
            get(results::count)
                .post(results::count_posted)
                .layer(DefaultBodyLimit::max(results::FORM_LIMIT)),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/importar",
            get(bringing::page)
                .post(bringing::posted)
                .layer(DefaultBodyLimit::max(prepare::LIST_LIMIT)),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/importar/archivo",
            post(bringing::file_posted)
                .layer(DefaultBodyLimit::max(roster::MOST_BYTES + 16 * 1024)),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/resultados",
            get(results::page).post(results::posted),
        )
        .route("/ejercicio/{exercise}/mesa/{number}/papel", get(paper::page).post(paper::posted))
        .route("/ejercicio/{exercise}/mesa/{number}/antes-de-la-lectura", get(plan::before_freeze))
        .route(
            "/ejercicio/{exercise}/mesa/{number}/envio",
            get(dispatch::page).post(dispatch::posted),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/recordar",
            get(reminder::page).post(reminder::posted),
        )
        .route("/ejercicio/{exercise}/mesa/{number}/envio/estado", get(dispatch::at_desk))
        .route("/verificar", get(verify::any))
        .route("/verificar/{what}", get(verify::one))
        .route("/sellos", get(verify::seals))
        .route("/sellos/{file}", get(verify::stamp))
        .route("/aviso/{exercise}/mesa/{number}", get(attendance::privacy))
        .route("/logo/{exercise}/{place}", get(logo::logo))
        .route("/sw.js", get(assets::worker))
        .fallback(elsewhere)
        .layer(middleware::from_fn_with_state(state.clone(), limit::count))
        .layer(middleware::from_fn_with_state(state.clone(), answer::draw))
        .layer(compressed);
    // Files may take minutes where the network is slow.
    let scans = Router::new()
        .route("/ejercicio/{exercise}/mesa/{number}/papel/archivo", post(paper::upload))
        .layer(DefaultBodyLimit::max(paper::UPLOAD_LIMIT))
        .layer(RequestBodyLimitLayer::new(paper::UPLOAD_LIMIT));
    let packs = Router::new()
        .route("/ejercicio/{exercise}/mesa/{number}/expediente/archivo", post(pack::upload))
        .layer(DefaultBodyLimit::max(pack::UPLOAD_LIMIT))
        .layer(RequestBodyLimitLayer::new(pack::UPLOAD_LIMIT));
    let pieces = Router::new()
        .route("/ejercicio/{exercise}/mesa/{number}/expediente/subida", post(pieces::begin))
        .route(
            "/ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}",
            get(pieces::kept).post(pieces::end),
        )
        .route(
            "/ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}/{piece}",
            post(pieces::piece),
        )
        .layer(DefaultBodyLimit::max(pieces::LIMIT))
        .layer(RequestBodyLimitLayer::new(pieces::LIMIT));
    let uploads = scans
        .merge(packs)
        .merge(pieces)
        .layer(middleware::from_fn_with_state(state.clone(), limit::count))
        .layer(middleware::from_fn_with_state(state.clone(), answer::draw))
        .layer(RequestBodyTimeoutLayer::new(times.body))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, times.upload));
    let frames = Router::new()
        .route("/frames", post(live::begin))
        .route("/frames/{name}", get(live::follow).post(live::receive))
        .route("/ws", get(live::open))
        .layer(DefaultBodyLimit::max(sync::wire::CLIENT_FRAME_LIMIT))
        .layer(middleware::from_fn_with_state(state.clone(), limit::count));
    Router::new()
        .route("/healthz", get(healthz))
        .merge(frames)
        .route("/pkg/{*path}", get(assets::asset))
        .route("/fonts/{*path}", get(assets::asset))
        .route("/favicon.svg", get(assets::asset))
        .merge(pages)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        // What is announced to be longer than the longest form is refused before it is read.
        .layer(RequestBodyLimitLayer::new(prepare::LIST_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(times.body))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, times.request))
        .merge(uploads)
        .layer(middleware::from_fn_with_state(state.clone(), origin::guard))
        .with_state(state)
}

/// Whether the server can answer: its store can be read.
async fn healthz(
    axum::extract::State(state): axum::extract::State<AppState>,
) -> (StatusCode, &'static str) {
    match state.store.is_empty().await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the store can't be read");
            (StatusCode::SERVICE_UNAVAILABLE, crate::text::STORE_DOWN)
        }
    }
}

/// The answer to an unknown address; one with a trailing slash is redirected to the address
/// without.
async fn elsewhere(uri: Uri) -> Result<Redirect, Refused> {
    let path = uri.path().trim_end_matches('/');
    let is_ours = uri.path().ends_with('/') && path.starts_with('/') && !path.starts_with("//");
    if is_ours { Ok(Redirect::permanent(path)) } else { Err(Refused::NotFound) }
}
