//! Extractors: which exercise a request is about, who sent it, whether they facilitate.

use std::sync::Arc;

use app::address::Screen;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::{Audience, Exercise, MesaId, MesaNumber, Role, StreamId, Viewer};
use store::OpenSession;
use sync::wire::{Position, Snapshot};

use super::answer::Refused;
use super::limit::Renewal;
use super::session;
use crate::app_state::AppState;
use crate::service::admit::Browser;

/// The mesa that an address names by `{exercise}` and `{number}`, and its exercise's state. Without
/// a number it is the first mesa.
pub(super) struct InExercise {
    pub(super) mesa: MesaId,
    pub(super) exercise: Arc<Exercise>,
    pub(super) at: Position,
}

impl InExercise {
    /// Loads a mesa of an exercise.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when there is none.
    pub(super) async fn look(
        state: &AppState,
        exercise: StreamId,
        number: Option<MesaNumber>,
    ) -> Result<Self, Refused> {
        let number = match number {
            Some(number) => number,
            None => {
                let (seen, _) = state.rooms.look(exercise).await?.ok_or(Refused::NotFound)?;
                *seen.mesas.keys().next().ok_or(Refused::NotFound)?
            }
        };
        let mesa = MesaId { exercise, number };
        let (seen, at) = state.rooms.look_at(mesa).await?.ok_or(Refused::NotFound)?;
        Ok(Self { mesa, exercise: seen, at })
    }

    /// The exercise as a viewer may see it.
    pub(super) fn snapshot(&self, viewer: Viewer) -> Box<Snapshot> {
        Box::new(Snapshot { at: self.at, state: self.exercise.for_viewer(viewer) })
    }
}

impl FromRequestParts<AppState> for InExercise {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let named =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Refused::NotFound)?;
        let named = |wanted| named.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
        let exercise = named("exercise").and_then(|id| id.parse().ok()).ok_or(Refused::NotFound)?;
        let number = match named("number") {
            Some(number) => Some(MesaNumber::read(number).ok_or(Refused::NotFound)?),
            None => None,
        };
        Self::look(state, exercise, number).await
    }
}

/// A person with a session at the mesa that the address names.
pub(super) struct SignedIn {
    pub(super) there: InExercise,
    pub(super) session: OpenSession,
}

impl SignedIn {
    /// Their role at the mesa.
    pub(super) fn role(&self) -> Role {
        self.session.grant.role_at(self.there.mesa.number)
    }

    pub(super) fn viewer(&self) -> Viewer {
        Viewer::new(self.role(), self.there.mesa.number)
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let there = InExercise::from_request_parts(parts, state).await?;
        let browser = Browser::from_request_parts(parts, state).await?;
        match browser.session_at(there.mesa) {
            Some(session) => Ok(Self { session: session.clone(), there }),
            None if browser.comes_to(there.mesa.exercise) => Err(Refused::Elsewhere(there.mesa)),
            None => Err(Refused::SignInFirst),
        }
    }
}

/// A person who facilitates the mesa that the address names.
pub(super) struct Facilitates(pub(super) SignedIn);

impl FromRequestParts<AppState> for Facilitates {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        if Audience::of(signed_in.role()) == Audience::Facilitation {
            Ok(Self(signed_in))
        } else {
            Err(Refused::NotForYou)
        }
    }
}

/// A person who prepares the exercise that the address names: as a whole, or only a mesa.
pub(super) struct Prepares {
    pub(super) stream: StreamId,
    pub(super) exercise: Arc<Exercise>,
    pub(super) session: OpenSession,
}

impl Prepares {
    /// Whether they may change what concerns the whole exercise, or a mesa.
    ///
    /// # Errors
    /// [`Refused::NotForYou`].
    pub(super) fn may(&self, mesa: Option<MesaNumber>) -> Result<(), Refused> {
        let may = self.session.grant.prepares(&self.exercise, mesa);
        if may { Ok(()) } else { Err(Refused::NotForYou) }
    }
}

impl FromRequestParts<AppState> for Prepares {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let named =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Refused::NotFound)?;
        let named = named.iter().find(|(name, _)| *name == "exercise").map(|(_, value)| value);
        let stream: StreamId = named.and_then(|id| id.parse().ok()).ok_or(Refused::NotFound)?;
        let browser = Browser::from_request_parts(parts, state).await?;
        let (exercise, _) = state.rooms.look(stream).await?.ok_or(Refused::NotFound)?;
        let theirs = || browser.sessions.iter().filter(|session| session.stream == stream);
        let prepares =
            |session: &&OpenSession| session.grant.prepares(&exercise, session.grant.mesa);
        match theirs().find(prepares) {
            Some(session) => Ok(Self { stream, session: session.clone(), exercise }),
            None if theirs().next().is_some() => Err(Refused::NotForYou),
            None => Err(Refused::SignInFirst),
        }
    }
}

/// A person who prepares the exercise as a whole, its people and staff included.
pub(super) struct PreparesAll(Prepares);

impl std::ops::Deref for PreparesAll {
    type Target = Prepares;

    fn deref(&self) -> &Prepares {
        &self.0
    }
}

impl FromRequestParts<AppState> for PreparesAll {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let prepares = Prepares::from_request_parts(parts, state).await?;
        prepares.may(None)?;
        Ok(Self(prepares))
    }
}

/// A screen that the address names.
pub(super) struct Shown(pub(super) Screen);

impl FromRequestParts<AppState> for Shown {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Refused> {
        Screen::at(parts.uri.path()).map(|(_, screen)| Self(screen)).ok_or(Refused::NotFound)
    }
}

impl FromRequestParts<AppState> for Browser {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let browser = session::browser(state, &parts.headers).await?;
        if let Some(Renewal(renewal)) = parts.extensions.get()
            && let Some(cookie) = session::renewed(&parts.headers, &browser, &state.settings)
        {
            // Asked for twice in one request it is the same.
            let _ = renewal.set(cookie);
        }
        Ok(browser)
    }
}
