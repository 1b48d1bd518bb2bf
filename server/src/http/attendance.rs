//! A person's own attendance, and the privacy notice.

use app::address;
use app::page::plain::PlainPage;
use app::pages::plain::attendance::code;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::people::attendance::AttendanceMode;
use domain::permission::{Scope, permitted};
use domain::{Action, Phase};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::export::{ExportError, File, download};
use super::extract::{Facilitates, InExercise, SignedIn};
use crate::app_state::AppState;
use crate::service::attendance::{self, mesa_link};
use crate::service::own_data;
use crate::service::record::{self, Asked};

/// The form's fields. What isn't understood stays as it was.
#[derive(Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    modo: String,
    #[serde(default)]
    publico: String,
    #[serde(default)]
    aviso: String,
}

impl From<Chosen> for attendance::Chosen {
    fn from(form: Chosen) -> Self {
        use AttendanceMode::{Assisted, InRoom, Remote};
        let mode = [InRoom, Remote, Assisted].into_iter().find(|mode| code(*mode) == form.modo);
        Self { mode, name_public: !form.publico.is_empty(), notice: form.aviso.parse().ok() }
    }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia`.
pub(super) async fn own(State(state): State<AppState>, me: SignedIn) -> Result<Page, Refused> {
    shown(&state, me, None).await
}

/// `POST` to the same address.
pub(super) async fn own_posted(
    State(state): State<AppState>,
    me: SignedIn,
    Form(chosen): Form<Chosen>,
) -> Result<Page, Refused> {
    shown(&state, me, Some(chosen)).await
}

/// The fields of a correction.
#[derive(Default, Deserialize)]
pub(super) struct Corrected {
    #[serde(default)]
    nombre: String,
    #[serde(default)]
    organizacion: String,
}

/// `POST /ejercicio/{exercise}/mesa/{number}/asistencia/correccion`; asked for, it is the page with
/// the form.
pub(super) async fn corrected(
    State(state): State<AppState>,
    me: SignedIn,
    Form(corrected): Form<Corrected>,
) -> Result<Response, Refused> {
    let SignedIn { there, session } = me;
    let said =
        attendance::Corrected { name: corrected.nombre, organisation: corrected.organizacion };
    let own =
        attendance::correct(&state, there.mesa, &there.exercise, session.person, said).await?;
    let own = own.ok_or(Refused::SignInFirst)?;
    let status = match own.problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok((status, Page::from(PlainPage::Attendance(own))).into_response())
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia/mis-datos.json`.
pub(super) async fn own_data(
    State(state): State<AppState>,
    me: SignedIn,
) -> Result<Response, Refused> {
    let viewer = me.viewer();
    let SignedIn { there, session } = me;
    let exercise = there.mesa.exercise;
    let kept =
        own_data::own_data(&state.store, exercise, &there.exercise, session.person, viewer).await?;
    let bytes = serde_json::to_vec_pretty(&kept).map_err(ExportError::Json)?;
    let (name, media_type) = (address::OWN_DATA.to_owned(), "application/json");
    Ok(download(File { name, media_type, bytes }))
}

/// The fields of the forms that erase a record.
#[derive(Default, Deserialize)]
pub(super) struct Erased {
    #[serde(default)]
    persona: String,
    #[serde(default)]
    borrar: String,
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia/personas`.
pub(super) async fn records(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
) -> Result<Page, Refused> {
    kept(&state, &me, None).await
}

/// `POST` to the same address.
pub(super) async fn records_posted(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    Form(form): Form<Erased>,
) -> Result<Page, Refused> {
    let person = form.persona.parse().ok();
    let asked = person.map(|person| Asked { person, erase: !form.borrar.is_empty() });
    kept(&state, &me, asked).await
}

async fn kept(state: &AppState, me: &SignedIn, asked: Option<Asked>) -> Result<Page, Refused> {
    let there = (me.there.mesa, &*me.there.exercise);
    if permitted(Action::Conduct, Phase::Closed, me.role()) == Scope::Nothing {
        return Err(Refused::NotForYou);
    }
    let kept = record::records(state, there, me.session.person, me.session.grant, asked).await?;
    Ok(Page::from(PlainPage::Records(Box::new(kept))))
}

async fn shown(state: &AppState, me: SignedIn, chosen: Option<Chosen>) -> Result<Page, Refused> {
    let SignedIn { there, session } = me;
    let own =
        attendance::own(state, there.mesa, &there.exercise, session.person, chosen.map(Into::into))
            .await?;
    Ok(Page::from(PlainPage::Attendance(own.ok_or(Refused::SignInFirst)?)))
}

/// `GET /aviso/{exercise}/mesa/{number}`.
pub(super) async fn privacy(there: InExercise) -> Page {
    Page::from(PlainPage::Privacy {
        mesa: mesa_link(&there.exercise, there.mesa),
        notice: there.exercise.notices.last().cloned(),
    })
}
