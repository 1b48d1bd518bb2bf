//! Letting people in: the join code lets participants in while the door is open, a personal link
//! leads to its seat.

use app::page::plain::{Door, DoorProblem, Known, Signs};
use domain::agreement::signing::Round;
use domain::people::SignIn;
use domain::people::attendance::AttendanceMode;
use domain::people::name::are_of_one;
use domain::people::registry::{Grant, LinkEnd, Session};
use domain::text::words::WordsError;
use domain::{
    Audience, DeviceId, Digest, Exercise, LinkId, Mesa, MesaId, MesaNumber, Millis, PersonId,
    Phase, Rejection, Role, ServerCommand, SessionId, ShortText, StreamId, Viewer, people,
};
use store::{NewPerson, OpenSession};

use super::attendance::{self, Chosen, mesa_link};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room::{Request, RoomEnded, RoomHandle};

/// The mesa that is assumed when an exercise has none yet.
const FIRST: MesaNumber = MesaNumber(1);

/// What someone uses to come in.
pub enum Key {
    /// The join code on the projector.
    Code(String),
    /// The secret of a link, or the code of its seat.
    Link(String),
    /// A session of somebody who prepares or facilitates, who comes to a mesa.
    Session(MesaId),
    /// The facilitation's tap, while the door is closed.
    Admitted {
        /// The mesa.
        mesa: MesaId,
        /// Who admits them.
        by: PersonId,
    },
}

/// Who is signed in on a browser: one cookie, with a session for each mesa that they came to.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Their open sessions.
    pub sessions: Vec<OpenSession>,
    /// Digest of the cookie's secret.
    pub token: Option<Digest>,
    /// Digest of the secret of a projector's link that was opened on it.
    pub projects: Option<Digest>,
}

impl Browser {
    /// Their latest session at a mesa. Whoever belongs to another mesa of the exercise has none
    /// there.
    pub fn session_at(&self, mesa: MesaId) -> Option<&OpenSession> {
        let viewer =
            |session: &OpenSession| Viewer::new(session.grant.role_at(mesa.number), mesa.number);
        self.sessions
            .iter()
            .rfind(|session| session.stream == mesa.exercise && viewer(session) != Viewer::Public)
    }

    /// Whether they may see what the public sees of an exercise: anybody may unless that is off,
    /// and who belongs to it or shows it on a screen may then, too.
    pub fn follows(&self, exercise: StreamId, seen: &Exercise) -> bool {
        !seen.registry.closed_to_followers
            || self.comes_to(exercise)
            || self.projects.is_some_and(|token| {
                let now = clock::now();
                let valid = |link: &domain::people::registry::Link| {
                    let lasts = link.expires.is_none_or(|expires| expires > now);
                    link.token == token && link.ended.is_none() && lasts
                };
                seen.registry.links.values().any(valid)
            })
    }

    /// Whether they came to a mesa of an exercise.
    pub fn comes_to(&self, exercise: StreamId) -> bool {
        self.sessions.iter().any(|session| session.stream == exercise)
    }
}

/// What someone typed at the door.
#[derive(Clone, Debug, Default)]
pub struct Newcomer {
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// The name that the door announced for them; none when it hasn't yet.
    pub shown: Option<String>,
    /// Whether they only ask what they would be called.
    pub only_asks: bool,
    /// How they attend and what they allow.
    pub chosen: Chosen,
}

/// The result of a visit to the door.
pub enum Admission {
    /// No mesa has that code.
    UnknownCode,
    /// That link was never issued.
    UnknownLink,
    /// That link ended then.
    EndedLink(LinkEnd),
    /// They have no session with which they may come in.
    SignInFirst,
    /// The link is a projector's.
    Projector,
    /// The door is closed: they wait until they are admitted.
    Waits(MesaId, Box<Newcomer>),
    /// They get the door's form.
    Door(Box<Door>),
    /// They are inside with `role`; `secret` is the new cookie's, if there is one.
    Inside {
        /// The mesa.
        mesa: MesaId,
        /// Their role there.
        role: Role,
        /// The secret for the cookie.
        secret: Option<String>,
    },
}

/// Lets in whoever comes with a key and says who they are; without a newcomer it shows the door.
/// Who is inside already comes back, who came to another mesa of the exercise isn't asked who they
/// are.
///
/// # Errors
/// [`Unexpected`].
pub async fn admit(
    state: &AppState,
    key: &Key,
    browser: &Browser,
    newcomer: Option<Newcomer>,
) -> Result<Admission, Unexpected> {
    let Opened { mesa, grant, by_code, link, by } = match opened(state, key, browser).await? {
        Ok(opened) => opened,
        Err(no_door) => return Ok(no_door),
    };
    let Some((mut seen, _)) = state.rooms.look_at(mesa).await? else {
        return Ok(Admission::UnknownLink);
    };
    // The command line, or another node, may have issued it a moment ago.
    if link.is_some_and(|link| !seen.registry.links.contains_key(&link))
        && let Some((now, _)) = state.rooms.look_anew(mesa.exercise).await?
    {
        seen = now;
    }
    let Some(there) = seen.mesa(mesa.number) else { return Ok(Admission::UnknownLink) };
    // Who signed in with a passphrase has a session, and comes to a mesa only now.
    let attends = |session: &&OpenSession| there.people.attendees.contains_key(&session.person);
    let here = browser.session_at(mesa).filter(attends);
    if let Some(session) = here.filter(|session| by_code || session.grant == grant) {
        return Ok(Admission::Inside {
            mesa,
            role: session.grant.role_at(mesa.number),
            secret: None,
        });
    }
    // Anybody may use the code; a link belongs to its seat or role.
    let is_of_one =
        |s: &&OpenSession| by_code || (s.grant.role, s.grant.seat) == (grant.role, grant.seat);
    // A personal link belongs to one person: on a second device it is the same person, and anybody
    // else isn't that person.
    let invited = grant.seat.and_then(|seat| seen.registry.invited.get(&seat).copied());
    let sitting = match grant.seat {
        Some(_) if invited.is_some() => invited,
        Some(seat) => named(state, state.store.person_in_seat(mesa, seat).await?).await?,
        None => None,
    };
    let known = browser
        .sessions
        .iter()
        .filter(|session| session.stream == mesa.exercise)
        .find(is_of_one)
        .filter(|known| sitting.is_none_or(|sitting| sitting == known.person));

    let room = state.rooms.get(mesa.exercise).await?;
    let mut door = door(&seen, there, mesa, &grant);
    if by_code && !there.conduct.door_open {
        door.problem = Some(DoorProblem::Closed);
    }
    let person_known = known.map(|known| known.person).or(invited);
    if let Some(known) = known {
        door.known = Some(who(state, &seen, known).await?);
    } else if let Some(invited) = invited {
        let name = state.store.names(&[invited]).await?.remove(&invited).unwrap_or_default();
        let organisation = door.organisation.clone().unwrap_or_default();
        door.known = Some(Known { name, organisation, at: mesa, invited: true });
    }
    let Some(mut newcomer) = newcomer else {
        if let (Some(person), Some(who)) = (person_known, &door.known) {
            door.called = Some(call(&room, mesa, person, &who.name, &who.organisation).await?);
        }
        return Ok(Admission::Door(Box::new(door)));
    };
    if let Some(who) = &door.known {
        who.name.clone_into(&mut newcomer.name);
        who.organisation.clone_into(&mut newcomer.organisation);
    }
    newcomer.name.clone_into(&mut door.typed_name);
    newcomer.organisation.clone_into(&mut door.typed_organisation);
    newcomer.chosen.put_into(&mut door.choices);
    let (name, organisation) =
        match (door.problem, checked(&newcomer, door.organisation.as_deref())) {
            (None, Ok(checked)) => checked,
            // Nothing is wrong but that the door is closed.
            (Some(DoorProblem::Closed), Ok(_)) if !newcomer.only_asks => {
                // Once they are admitted nothing more is asked.
                let newcomer = Newcomer { shown: None, ..newcomer };
                return Ok(Admission::Waits(mesa, Box::new(newcomer)));
            }
            (problem, checked) => {
                // While the form only asks, what is still incomplete isn't an error.
                door.problem = problem.or(checked.err()).filter(|_| !newcomer.only_asks);
                return Ok(Admission::Door(Box::new(door)));
            }
        };
    let sitting = known.map(|known| known.person).or(sitting);
    let person = sitting.unwrap_or_else(|| PersonId(clock::new_id()));
    // They come in having read what they will be called; if another of the same name comes in
    // meanwhile, their name only gets longer.
    let called = call(&room, mesa, person, name.as_str(), organisation.as_str()).await?;
    if newcomer.only_asks || newcomer.shown.is_some_and(|shown| !are_of_one(&shown, &called)) {
        (door.called, door.confirms) = (Some(called), !newcomer.only_asks);
        return Ok(Admission::Door(Box::new(door)));
    }
    // Sessions at several mesas share the device's cookie.
    let (device, token, secret) = match known.zip(browser.token) {
        Some((known, token)) => (known.device, token, None),
        None => {
            let secret = clock::secret();
            (DeviceId(clock::new_id()), secret.digest, Some(secret.text))
        }
    };
    let people: Vec<_> = match sitting {
        Some(_) => Vec::new(),
        None => vec![NewPerson {
            id: person,
            salt: clock::salt(),
            name: name.into(),
            mail: None,
            phone: None,
            passphrase: None,
        }],
    };
    let sign_in = ServerCommand::People(people::ServerCommand::SignIn(Box::new(SignIn {
        mesa: mesa.number,
        session: SessionId(clock::new_id()),
        opened: Session { person, device, token, grant, closed: false },
        enrols: people.first().map(NewPerson::record_digest),
        organisation,
        mode: door.choices.mode,
        consent: newcomer.chosen.consent(&door.choices),
        by_code,
        link,
        at: clock::now(),
    })));
    match room.ask(|reply| Request::Enter { commands: vec![sign_in], people, by, reply }).await? {
        Ok(()) => Ok(Admission::Inside { mesa, role: grant.role_at(mesa.number), secret }),
        Err(Rejection::People(people::Rejection::DoorClosed)) => {
            door.problem = Some(DoorProblem::Closed);
            Ok(Admission::Door(Box::new(door)))
        }
        Err(rejection) => {
            tracing::warn!(%rejection, "a sign-in was refused");
            Ok(Admission::UnknownLink)
        }
    }
}

/// Signs a browser out; it has deleted what it kept by then. Signing out twice changes nothing.
///
/// # Errors
/// [`Unexpected`].
pub async fn leave(state: &AppState, browser: &Browser) -> Result<(), Unexpected> {
    let Some(exercise) = browser.sessions.first().map(|session| session.stream) else {
        return Ok(());
    };
    let room = state.rooms.get(exercise).await?;
    let at = clock::now();
    let sign_out = |s: &OpenSession| {
        ServerCommand::People(people::ServerCommand::SignOut { session: s.session, at })
    };
    let commands = browser.sessions.iter().map(sign_out).collect();
    if let Err(rejection) =
        room.ask(|reply| Request::Enter { commands, people: Vec::new(), by: None, reply }).await?
    {
        tracing::warn!(%rejection, "a device that leaves was not signed in");
    }
    Ok(())
}

/// What a key gives access to.
struct Opened {
    mesa: MesaId,
    grant: Grant,
    by_code: bool,
    link: Option<LinkId>,
    /// Who admits them.
    by: Option<PersonId>,
}

async fn opened(
    state: &AppState,
    key: &Key,
    browser: &Browser,
) -> Result<Result<Opened, Admission>, Unexpected> {
    let secret = match key {
        Key::Code(code) => {
            let mesa = state.store.mesa_by_code(&clock::typed_code(code)).await?;
            let grant = |mesa: MesaId| Grant {
                role: Role::Participant,
                seat: None,
                mesa: Some(mesa.number),
            };
            return Ok(mesa
                .map(|mesa| Opened {
                    mesa,
                    grant: grant(mesa),
                    by_code: true,
                    link: None,
                    by: None,
                })
                .ok_or(Admission::UnknownCode));
        }
        Key::Admitted { mesa, by } => {
            let grant = Grant { role: Role::Participant, seat: None, mesa: Some(mesa.number) };
            let (mesa, by) = (*mesa, Some(*by));
            return Ok(Ok(Opened { mesa, grant, by_code: false, link: None, by }));
        }
        Key::Session(mesa) => {
            let session = browser.sessions.iter().find(|session| {
                session.stream == mesa.exercise
                    && session.grant.is_for(mesa.number)
                    && Audience::of(session.grant.role) == Audience::Facilitation
            });
            let opened =
                |grant| Opened { mesa: *mesa, grant, by_code: false, link: None, by: None };
            return Ok(session.map(|session| opened(session.grant)).ok_or(Admission::SignInFirst));
        }
        Key::Link(secret) => secret,
    };
    let digest = clock::digest_of(secret);
    let found = if clock::is_seat_code(secret) {
        state.store.link_by_code(digest).await?
    } else {
        state.store.link(digest).await?
    };
    let Some(link) = found else {
        return Ok(Err(Admission::UnknownLink));
    };
    if let Some(end) = link.end(clock::now()) {
        return Ok(Err(Admission::EndedLink(end)));
    }
    // They open an exercise, or choose a passphrase, and let nobody in.
    if link.grant.role == Role::Administrator || link.person.is_some() {
        return Ok(Err(Admission::UnknownLink));
    }
    if link.grant.role == Role::Projector {
        return Ok(Err(Admission::Projector));
    }
    let number = match link.grant.mesa {
        Some(number) => Some(number),
        None => state
            .rooms
            .look(link.stream)
            .await?
            .and_then(|(seen, _)| seen.mesas.keys().next().copied()),
    };
    let opened = |number| Opened {
        mesa: MesaId { exercise: link.stream, number },
        grant: link.grant,
        by_code: false,
        link: Some(link.link),
        by: None,
    };
    Ok(number.map(opened).ok_or(Admission::UnknownLink))
}

/// The person, unless they were anonymised: nobody can be them again.
async fn named(state: &AppState, person: Option<PersonId>) -> Result<Option<PersonId>, Unexpected> {
    let Some(person) = person else { return Ok(None) };
    Ok(state.store.names(&[person]).await?.contains_key(&person).then_some(person))
}

/// Who is signed in on this browser, with the mesa of that session.
async fn who(state: &AppState, seen: &Exercise, known: &OpenSession) -> Result<Known, Unexpected> {
    let person = known.person;
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    let number = known.grant.mesa.or_else(|| seen.mesas.keys().next().copied()).unwrap_or(FIRST);
    let there = seen.mesa(number).and_then(|mesa| mesa.people.attendees.get(&person));
    let anywhere = || seen.mesas.values().find_map(|mesa| mesa.people.attendees.get(&person));
    let organisation = there.or_else(anywhere).map(|known| known.organisation.to_string());
    let at = MesaId { exercise: known.stream, number };
    let organisation = organisation.unwrap_or_default();
    Ok(Known { name, organisation, at, invited: false })
}

/// What someone would be called at a mesa.
async fn call(
    room: &RoomHandle,
    mesa: MesaId,
    person: PersonId,
    name: &str,
    organisation: &str,
) -> Result<String, RoomEnded> {
    let (name, organisation) = (name.to_owned(), organisation.to_owned());
    room.ask(|reply| Request::Call { mesa: mesa.number, person, name, organisation, reply }).await
}

/// From when on who comes to sign isn't taken to be in the room in which the signing began, in ms.
const LATER: Millis = 6 * 3_600_000;

fn signs(seen: &Exercise, there: &Mesa, grant: &Grant) -> Signs {
    let actor = grant.seat.and_then(|seat| seen.actor_of(seat));
    let Some(actor) = actor.filter(|actor| actor.signs && !actor.withdrawn) else {
        return Signs::Never;
    };
    let open = seen.plan.round().filter(|round| round.is_open());
    let asked =
        |round: &Round| round.slots.contains_key(&actor.number) && !round.has_signed(actor.number);
    match open.is_some_and(asked) && there.conduct.phase == Phase::Signing {
        true => Signs::Now,
        false => Signs::Later,
    }
}

fn door(seen: &Exercise, there: &Mesa, mesa: MesaId, grant: &Grant) -> Door {
    let signs = signs(seen, there, grant);
    let mut choices = attendance::choices(there, seen.notices.last().cloned(), None);
    let began = there.conduct.phases.last().map_or(0, |start| start.at);
    if signs == Signs::Now
        && clock::now().saturating_sub(began) > LATER
        && choices.modes.contains(&AttendanceMode::Remote)
    {
        choices.mode = AttendanceMode::Remote;
    }
    Door {
        mesa: mesa_link(seen, mesa),
        choices,
        signs,
        role: grant.role,
        organisation: grant
            .seat
            .and_then(|seat| seen.actor_of(seat))
            .map(|actor| actor.organisation.to_string()),
        known: None,
        typed_name: String::new(),
        typed_organisation: String::new(),
        called: None,
        confirms: false,
        problem: None,
    }
}

fn checked(
    newcomer: &Newcomer,
    seat_of: Option<&str>,
) -> Result<(ShortText, ShortText), DoorProblem> {
    let not_plain = |_: WordsError| DoorProblem::NotPlain;
    let name = ShortText::parse(&composed(&newcomer.name)).map_err(not_plain)?;
    let organisation = ShortText::parse(&composed(seat_of.unwrap_or(&newcomer.organisation)))
        .map_err(not_plain)?;
    if name.is_empty() { Err(DoorProblem::NameMissing) } else { Ok((name, organisation)) }
}
