//! Giving organisations their seats, and making personal links for them.

use app::page::setup::{SeatCard, SeatProblem, SeatedActor, Seats};
use domain::exercise::{SeatKind, Sector};
use domain::people::registry::Grant;
use domain::text::alphabet::folded;
use domain::{
    Actor, ActorId, ActorNumber, Exercise, MesaId, Role, Seat, SeatId, ServerCommand, ShortText,
    exercise,
};

use super::attendance::mesa_link;
use super::entry::new_link;
use crate::announce::qr_svg;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room::Request;

/// Most organisations of an exercise.
const MOST: usize = 200;

/// What was typed of an organisation.
#[derive(Clone, Debug)]
pub struct Typed {
    /// Its name.
    pub organisation: String,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs the plan.
    pub signs: bool,
}

/// The seats as a page shows them.
pub fn seats(seen: &Exercise, mesa: MesaId) -> Seats {
    let actor = |actor: &std::sync::Arc<Actor>| SeatedActor {
        organisation: actor.organisation.to_string(),
        sector: actor.sector,
        signs: actor.signs,
    };
    Seats {
        mesa: mesa_link(seen, mesa),
        actors: seen.actors.iter().map(actor).collect(),
        typed: String::new(),
        problem: None,
        cards: Vec::new(),
    }
}

/// Gives an organisation a seat; otherwise says why it has none. Of two people who add at the same
/// moment the later one gets the next number.
///
/// # Errors
/// [`Unexpected`].
pub async fn add(
    state: &AppState,
    mesa: MesaId,
    typed: &Typed,
) -> Result<Result<(), SeatProblem>, Unexpected> {
    let Ok(organisation) = ShortText::parse(&composed(&typed.organisation)) else {
        return Ok(Err(SeatProblem::NotPlain));
    };
    if organisation.is_empty() {
        return Ok(Err(SeatProblem::Missing));
    }
    let room = state.rooms.get(mesa.exercise).await?;
    for _ in 0..20 {
        let Some((seen, _)) = state.rooms.look(mesa.exercise).await? else { break };
        let same = |actor: &std::sync::Arc<Actor>| {
            folded(actor.organisation.as_str()) == folded(organisation.as_str())
        };
        if seen.actors.iter().any(same) {
            return Ok(Err(SeatProblem::Known));
        }
        if seen.actors.len() >= MOST {
            return Ok(Err(SeatProblem::Full));
        }
        let last = seen.actors.iter().map(|actor| actor.number.0).max().unwrap_or(0);
        let actor = Actor {
            id: ActorId(clock::new_id()),
            number: ActorNumber(last + 1),
            organisation: organisation.clone(),
            sector: typed.sector,
            signs: typed.signs,
            seats: vec![Seat { id: SeatId(clock::new_id()), kind: SeatKind::Holder }],
        };
        let seat = ServerCommand::Exercise(exercise::ServerCommand::SeatActor(Box::new(actor)));
        let entered = room
            .ask(|reply| Request::Enter { commands: vec![seat], people: Vec::new(), reply })
            .await?;
        if entered.is_ok() {
            return Ok(Ok(()));
        }
    }
    Ok(Err(SeatProblem::Full))
}

/// Makes a new personal link to a mesa for each seat, in the order of the actors; the earlier ones
/// stay valid. `base` is what the links begin with.
///
/// # Errors
/// [`Unexpected`].
pub async fn make_links(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    base: &str,
) -> Result<Vec<SeatCard>, Unexpected> {
    let room = state.rooms.get(mesa.exercise).await?;
    let (mut commands, mut cards) = (Vec::new(), Vec::new());
    for (actor, seat) in
        seen.actors.iter().flat_map(|actor| actor.seats.iter().map(move |seat| (actor, seat)))
    {
        let grant = Grant { role: Role::Actor, seat: Some(seat.id), mesa: Some(mesa.number) };
        let (command, secret) = new_link(grant);
        commands.push(command);
        let url = format!("{base}/enlace/{}", secret.text);
        cards.push(SeatCard {
            organisation: actor.organisation.to_string(),
            qr_svg: qr_svg(&url),
            url,
        });
    }
    match room.ask(|reply| Request::Enter { commands, people: Vec::new(), reply }).await? {
        Ok(()) => Ok(cards),
        Err(rejection) => {
            tracing::warn!(%rejection, "links for seats were refused");
            Ok(Vec::new())
        }
    }
}
