//! Deciding: a command becomes events or a typed rejection. Pure; screens call the same code to
//! know what to offer.

use crate::Command;
use crate::ServerCommand;
use crate::agreement::signing::Command as Signing;
use crate::event::Event;
use crate::exercise::Exercise;
use crate::judge::{Context, Judge};
use crate::permission::{Role, may_assist};
use crate::rejection::Rejection;
use crate::{
    MesaNumber, SeatId, agreement, conduct, deliberation, exercise, floor, pack, people, priority,
    veil,
};

/// Decides a command at a mesa. No events: it changes nothing, and is answered as applied.
///
/// # Errors
/// [`Rejection`]; the state stays as it is.
pub fn decide(
    exercise: &Exercise,
    mesa: MesaNumber,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Rejection> {
    let judge =
        Judge { exercise, mesa: exercise.mesa(mesa).ok_or(Rejection::UnknownMesa)?, context };
    if command.is_written() {
        judge.require_voice()?;
    }
    Ok(match command {
        Command::Deliberation(command) => {
            all(deliberation::decide::decide(&judge, command)?, Event::Deliberation)
        }
        Command::Conduct(command) => {
            all(conduct::decide::decide(&judge, command)?, |event| Event::Conduct(mesa, event))
        }
        Command::People(command) => all(people::decide::decide(&judge, command)?, Event::People),
        Command::Agreement(command) => {
            all(agreement::decide::decide(&judge, command)?, Event::Agreement)
        }
        Command::Floor(command) => {
            all(floor::decide::decide(&judge, command)?, |event| Event::Floor(mesa, event))
        }
        Command::Priority(command) => priority::decide::decide(&judge, command)?,
        Command::Veil(command) => veil::decide::decide(&judge, command)?,
    })
}

/// The same on behalf of a seat (section 3: a helper acts for several seats). Only the facilitation
/// may do it, and only for contributions, points, conformity and signing; the seat's actor has to be
/// allowed the same, and is its author.
///
/// # Errors
/// [`Rejection::NotOnBehalf`] for anyone else, any other command, or an unknown seat; otherwise as
/// [`decide`].
pub fn decide_for(
    exercise: &Exercise,
    mesa: MesaNumber,
    command: &Command,
    context: &Context<'_>,
    on_behalf: Option<SeatId>,
) -> Result<Vec<Event>, Rejection> {
    let Some(seat) = on_behalf else { return decide(exercise, mesa, command, context) };
    let said = matches!(
        command,
        Command::Deliberation(deliberation::Command::Contribute { .. })
            | Command::Priority(priority::Command::Give { .. })
            | Command::Agreement(
                agreement::Command::State { .. }
                    | agreement::Command::Signing(
                        Signing::Sign { .. }
                            | Signing::Consent { .. }
                            | Signing::Decline { .. }
                            | Signing::Witness { .. }
                    )
            )
    );
    if !may_assist(context.role) || !said || exercise.actor_of(seat).is_none() {
        return Err(Rejection::NotOnBehalf);
    }
    let context = Context { seat: Some(seat), role: Role::Actor, ..*context };
    let mut events = decide(exercise, mesa, command, &context)?;
    for event in &mut events {
        if let Event::Agreement(event) = event {
            event.set_assisted();
        }
    }
    Ok(events)
}

/// Decides the server's own command.
///
/// # Errors
/// [`Rejection`] when it doesn't fit: a closed door, an unknown link, an id in use.
pub fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, Rejection> {
    Ok(match command {
        ServerCommand::Exercise(command) => {
            all(exercise::decide::decide_server(exercise, command)?, Event::Exercise)
        }
        ServerCommand::People(command) => {
            all(people::decide::decide_server(exercise, command)?, Event::People)
        }
        ServerCommand::Conduct(mesa, command) => {
            all(conduct::decide::decide_server(exercise, *mesa, command)?, |event| {
                Event::Conduct(*mesa, event)
            })
        }
        ServerCommand::Signing(command) => {
            all(agreement::signing::decide_server(exercise, command)?, |event| {
                Event::Agreement(agreement::Event::Signing(event))
            })
        }
        ServerCommand::Floor(mesa, command) => {
            all(floor::decide::decide_server(exercise, *mesa, command)?, |event| {
                Event::Floor(*mesa, event)
            })
        }
        ServerCommand::Pack(command) => all(pack::decide_server(exercise, command)?, Event::Pack),
    })
}

fn all<E>(events: Vec<E>, of_area: impl Fn(E) -> Event) -> Vec<Event> {
    events.into_iter().map(of_area).collect()
}
