//! The server's judgement: a command becomes events or a typed refusal. Pure; the same code tells a screen what to offer.

use crate::Command;
use crate::ServerCommand;
use crate::event::Event;
use crate::judge::{Context, Judge};
use crate::permission::{Role, may_assist};
use crate::rejection::Rejection;
use crate::state::State;
use crate::{SeatId, conduct, deliberation, exercise, people};

/// What a command comes to. No event: it changes nothing, and is answered as applied.
///
/// # Errors
/// [`Rejection`] says why it is refused; the state stays as it is.
pub fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let judge = Judge { state, context };
    Ok(match command {
        Command::Deliberation(command) => all(deliberation::decide::decide(&judge, command)?, Event::Deliberation),
        Command::Conduct(command) => all(conduct::decide::decide(&judge, command)?, Event::Conduct),
        Command::People(command) => all(people::decide::decide(&judge, command)?, Event::People),
    })
}

/// The same for someone who says what a person in a seat tells them (section 3: a helper acts on behalf of several seats): the
/// facilitation, for what is said at the mesa. What the seat's own actor may say then is said, in its name.
///
/// # Errors
/// [`Rejection::NotOnBehalf`] for anyone else, anything else, or a seat that there isn't; otherwise as [`decide`].
pub fn decide_for(state: &State, command: &Command, context: &Context<'_>, on_behalf: Option<SeatId>) -> Result<Vec<Event>, Rejection> {
    let Some(seat) = on_behalf else { return decide(state, command, context) };
    if !may_assist(context.role)
        || !matches!(command, Command::Deliberation(deliberation::Command::Contribute { .. }))
        || state.actor_of(seat).is_none()
    {
        return Err(Rejection::NotOnBehalf);
    }
    decide(state, command, &Context { seat: Some(seat), role: Role::Actor, ..*context })
}

/// What the server's own command comes to.
///
/// # Errors
/// [`Rejection`] when it doesn't fit: a door that is closed, a link that isn't known, an id in use.
pub fn register(state: &State, command: &ServerCommand) -> Result<Vec<Event>, Rejection> {
    Ok(match command {
        ServerCommand::Exercise(command) => all(exercise::decide::register(state, command)?, Event::Exercise),
        ServerCommand::People(command) => all(people::decide::register(state, command)?, Event::People),
        ServerCommand::Conduct(command) => all(conduct::decide::register(state, command), Event::Conduct),
    })
}

fn all<E>(events: Vec<E>, of_area: impl Fn(E) -> Event) -> Vec<Event> {
    events.into_iter().map(of_area).collect()
}
