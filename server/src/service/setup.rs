//! Creating an exercise: the administrator's link, the form, and the first events.
//!
//! The link is the first event of the stream that the exercise will be: who has its secret may open
//! the exercise there, once. Nothing else keeps it.

use std::collections::BTreeMap;

use app::page::form::{Field, Form};
use domain::exercise::NoticeText;
use domain::people::registry::Grant;
use domain::{
    Actor, Date, ExerciseCard, MesaCard, MesaNumber, PersonId, Rejection, Role, ServerCommand,
    ShortText, StreamId, conduct, exercise,
};
use store::{AppendError, NewPerson, Store, StoreError};

use super::account;
use super::entry::{self, EntryError, Ledger};
use super::form::{Reading, usual};
use super::prepare::actors::with_seats;
use super::prepare::archive::Archive;
use super::template;
use crate::clock::{self, Secret};

/// The first mesa of an exercise.
const FIRST: MesaNumber = MesaNumber(1);
/// How often it is tried while others have the same code.
const ATTEMPTS: u32 = 20;

/// What an exercise is opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    exercise: ExerciseCard,
    mesa: MesaCard,
    notice: (NoticeText, NoticeText),
    creator: Creator,
    /// The other mesas, the organisations and the sections of the plan, when it follows on another exercise.
    archive: Option<Archive>,
}

/// Who creates it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Creator {
    name: ShortText,
    mail: String,
    passphrase: String,
}

/// Why an exercise can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The link was used: there is an exercise.
    #[error("the exercise is open")]
    Used,
    /// The first events can't be entered.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Issues an administrator's link; the earlier ones stay valid until one of them is used. Works
/// while a server runs. Returns the link's secret.
///
/// # Errors
/// [`EntryError`].
pub async fn issue_link(store: &Store) -> Result<String, EntryError> {
    let (command, secret) =
        entry::new_link(Grant { role: Role::Administrator, seat: None, mesa: None });
    if let Some(stream) = store.unopened().await? {
        entry::enter(store, stream, &command).await?;
        return Ok(secret.text);
    }
    let mut ledger = Ledger::new(StreamId(clock::new_id()));
    ledger.enter(&command)?;
    match ledger.write(store).await {
        Ok(()) => Ok(secret.text),
        Err(AppendError::Store(error)) => Err(error.into()),
        Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {
            Err(EntryError::Busy)
        }
    }
}

/// The stream that an administrator's link opens, and whether its exercise is open already. None:
/// no such link.
///
/// # Errors
/// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
pub async fn find(store: &Store, secret: &str) -> Result<Option<(StreamId, bool)>, StoreError> {
    let Some(link) = store.link(clock::digest_of(secret)).await? else { return Ok(None) };
    if link.grant.role != Role::Administrator || link.person.is_some() {
        return Ok(None);
    }
    let loaded = store.load(link.stream).await?.ok_or(StoreError::NotFound)?;
    Ok(Some((link.stream, loaded.state.card.is_some())))
}

/// The form as it is shown first: what most exercises have is filled in. `today` is the server's.
pub fn blank(today: Date) -> Form {
    Form { typed: usual(today), ..Form::default() }
}

/// Checks the form; `archive` is the exercise that it follows on.
///
/// # Errors
/// The form with what is wrong, by field.
pub fn check(typed: BTreeMap<Field, String>, archive: Option<Archive>) -> Result<Opening, Form> {
    let mut form = Reading::new(typed);
    let sectors = archive.as_ref().map_or_else(template::sectors, Archive::sectors);
    let exercise = form.exercise(false, Some(sectors));
    let zone = form.form.text(Field::Zone).to_owned();
    let agenda = archive.as_ref().and_then(Archive::agenda).unwrap_or_else(template::agenda);
    let mesa = form.mesa(&zone, Some(agenda));
    let (address, contact) = (form.optional(Field::Address), form.optional(Field::Contact));
    let name = form.line(Field::OwnName);
    let mail = form.mail(Field::Mail);
    if mail.is_none() {
        form.note(Field::Mail, app::page::form::Problem::Missing);
    }
    let passphrase = form.form.text(Field::Passphrase).to_owned();
    let known = [name.as_str(), form.form.text(Field::Mail), form.form.text(Field::Municipality)];
    if let Err(problem) = account::check(&passphrase, &known) {
        form.note(Field::Passphrase, problem);
    }
    let (Some(exercise), Some(mesa), Some(mail), true) = (exercise, mesa, mail, form.is_fine())
    else {
        return Err(form.form);
    };
    let kept = archive.as_ref().and_then(Archive::notice);
    let notice = match kept {
        Some(notice) => Ok((notice.short.clone(), notice.full.clone())),
        None => template::notice(&exercise, &address, &contact),
    };
    match notice {
        Ok(notice) => {
            let creator = Creator { name, mail, passphrase };
            Ok(Opening { exercise, mesa, notice, creator, archive })
        }
        Err(_) => {
            form.note(Field::Address, app::page::form::Problem::NotPlain);
            Err(form.form)
        }
    }
}

/// Opens the exercise that an administrator's link is for: its card, its notice, its first mesa with
/// an open door, who facilitates it. Returns the secret of their session's cookie.
///
/// # Errors
/// [`SetupError`].
pub async fn open(
    store: &Store,
    stream: StreamId,
    opening: &Opening,
) -> Result<Secret, SetupError> {
    let passphrase = account::hash(opening.creator.passphrase.clone()).await;
    for _ in 0..ATTEMPTS {
        let mut ledger = Ledger::load(store, stream).await.map_err(EntryError::from)?;
        if ledger.state().card.is_some() {
            return Err(SetupError::Used);
        }
        let secret = enter(&mut ledger, opening, &passphrase).map_err(EntryError::from)?;
        match ledger.write(store).await {
            Ok(()) => return Ok(secret),
            // Somebody pressed twice, or another mesa has that code.
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(EntryError::from(error).into()),
        }
    }
    Err(EntryError::Busy.into())
}

fn enter(ledger: &mut Ledger, opening: &Opening, passphrase: &str) -> Result<Secret, Rejection> {
    let Opening { exercise: card, mesa, notice: (short, full), creator, archive } = opening.clone();
    let own = |command| ServerCommand::Exercise(command);
    ledger.enter(&own(exercise::ServerCommand::OpenExercise(Box::new(card))))?;
    ledger.enter(&own(exercise::ServerCommand::PublishNotice { short, full }))?;
    let (starts_at, ends_at) = (mesa.starts_at, mesa.ends_at);
    open_mesa(ledger, FIRST, mesa)?;
    if let Some(archive) = archive {
        // Their days aren't known yet either.
        for (number, other) in (FIRST.0 + 1..).zip(archive.other_mesas()) {
            let card = MesaCard { starts_at, ends_at, ..other.clone() };
            open_mesa(ledger, MesaNumber(number), card)?;
        }
        for archived in archive.actors() {
            let actor = Actor {
                organisation: archived.organisation.clone(),
                sector: archived.sector,
                signs: archived.signs,
                ..with_seats(ledger.state(), None)
            };
            ledger.enter(&own(exercise::ServerCommand::SeatActor(Box::new(actor))))?;
        }
        let sections = Box::new(archive.sections().clone());
        ledger.enter(&own(exercise::ServerCommand::WriteSections(sections)))?;
    }
    let record = NewPerson {
        id: PersonId(clock::new_id()),
        salt: clock::salt(),
        name: creator.name.into(),
        mail: Some(creator.mail),
        phone: None,
        passphrase: Some(passphrase.to_owned()),
    };
    // Who prepares an exercise leads it, until others are named.
    let grant = Grant { role: Role::Facilitator, seat: None, mesa: None };
    account::enrol_creator(ledger, record, grant)
}

/// Opens a mesa with a code of its own and an open door.
///
/// # Errors
/// [`Rejection`].
pub fn open_mesa(ledger: &mut Ledger, number: MesaNumber, card: MesaCard) -> Result<(), Rejection> {
    let card = Box::new(card);
    let open = exercise::ServerCommand::OpenMesa { mesa: number, card };
    ledger.enter(&ServerCommand::Exercise(open))?;
    let code = ShortText::parse(&clock::join_code()).map_err(|_| Rejection::UnknownValue)?;
    ledger.enter(&ServerCommand::Conduct(number, conduct::ServerCommand::SetJoinCode(code)))?;
    ledger.enter(&ServerCommand::Conduct(number, conduct::ServerCommand::OpenDoor))
}
