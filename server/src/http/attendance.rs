//! A person's own attendance, and the privacy notice.

use app::page::plain::PlainPage;
use app::pages::plain::attendance::code;
use axum::Form;
use axum::extract::State;
use domain::people::attendance::AttendanceMode;
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::{InExercise, SignedIn};
use crate::app_state::AppState;
use crate::service::attendance::{self, mesa_link};

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
