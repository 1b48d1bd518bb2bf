//! The links with which one leads a mesa or shows it on a screen, without a passphrase: who prepares
//! sees until when they are valid, and ends them.

use app::page::prepare::StaffLink;
use domain::people::registry::{Grant, LinkEnd, Session};
use domain::{Audience, Exercise, LinkId, Millis, PersonId, Role, ServerCommand, StreamId, people};

use super::{enter, made_at, zone};
use crate::app_state::{AppState, Unexpected};
use crate::clock;

/// Whether such links lead to the facilitation or to a projector. One that creates an exercise is
/// none of them.
fn concerns(grant: &Grant) -> bool {
    let leads = Audience::of(grant.role) == Audience::Facilitation;
    (leads && grant.role != Role::Administrator) || grant.role == Role::Projector
}

/// Those that are valid at `now`, ms since the epoch; the oldest first.
pub fn list(seen: &Exercise, now: Millis) -> Vec<StaffLink> {
    let zone = zone(seen);
    let valid = seen.registry.links.iter().filter(|(_, link)| {
        concerns(&link.grant)
            && link.person.is_none()
            && link.ended.is_none()
            && link.expires.is_none_or(|expires| expires > now)
    });
    valid
        .map(|(id, link)| StaffLink {
            link: *id,
            grant: link.grant,
            made: made_at(zone, id.0),
            until: link.expires.and_then(|until| clock::day_and_time(zone, until)),
        })
        .collect()
}

/// Ends such a link; with `signs_out` also the sessions of everybody who came in by a link of that
/// role and mesa, for a session doesn't know its link. The result is whether there is such a link.
///
/// # Errors
/// [`Unexpected`].
pub async fn end(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    link: LinkId,
    signs_out: bool,
) -> Result<bool, Unexpected> {
    let known = seen.registry.links.get(&link);
    let Some(known) = known.filter(|known| concerns(&known.grant) && known.person.is_none()) else {
        return Ok(false);
    };
    let at = clock::now();
    let ended = LinkEnd { at, replaced: false };
    let mut commands = vec![ServerCommand::People(people::ServerCommand::EndLink { link, ended })];
    if signs_out {
        // Who has a role of their own came in with it.
        let came = |session: &Session| {
            !session.closed
                && session.grant == known.grant
                && session.person != by
                && seen.registry.staff.get(&session.person).copied().flatten().is_none()
        };
        let sessions = seen.registry.sessions.iter().filter(|(_, session)| came(session));
        commands.extend(sessions.map(|(session, _)| {
            ServerCommand::People(people::ServerCommand::SignOut { session: *session, at })
        }));
    }
    Ok(enter(state, stream, by, commands, Vec::new()).await?.is_ok())
}
