//! To whom the letter of a job goes, and what it says: looked up when its turn comes.

use std::sync::Arc;

use ::document::Pdf;
use app::page::mail::{Fault, Kind};
use app::page::pack::About;
use app::page::reminder::Missing;
use app::text::pack::letter as pack_words;
use app::text::{invitation, letter as words, reminder as reminder_words};
use domain::agreement::VersionNumber;
use domain::codes::Parsed;
use domain::{Exercise, MesaId, MesaNumber, Millis, SeatId, Seq, ServerCommand};
use serde::de::DeserializeOwned;
use store::{Job, NewPerson};

use super::jobs::{
    INVITATION, InvitationJob, PACK, PLAN, PackJob, PlanJob, REMINDER, RESET, ReminderJob,
    ResetJob, TrialJob,
};
use super::message::{Attachment, Letter};
use super::{FileName, Mail};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room::Request;
use crate::service::document::{self, DocumentError, Source, folio};
use crate::service::pack::{self, reminders};
use crate::service::prepare::actors::entered_in;
use crate::service::prepare::invitations;
use crate::service::{account, dispatch, reminder};

/// How long somebody waits for a link to choose another passphrase, ms: later it would surprise them.
const RESET_WITHIN: Millis = 30 * 60 * 1_000;

/// Why there is no letter.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Nobody needs it any more.
    Needless,
    /// It can't be sent.
    Refused(Fault),
    /// It can't be written now.
    Later(Fault),
}

impl From<Unexpected> for Stopped {
    fn from(error: Unexpected) -> Self {
        tracing::warn!(%error, "a letter can't be written now");
        Self::Later(Fault::Here)
    }
}

impl From<store::StoreError> for Stopped {
    fn from(error: store::StoreError) -> Self {
        Unexpected::from(error).into()
    }
}

/// To whom a letter goes.
pub(super) struct Recipient {
    /// Their record, with name and address.
    pub(super) record: NewPerson,
    seen: Arc<Exercise>,
    seq: Seq,
    errand: Errand,
}

#[derive(Clone, Copy)]
enum Errand {
    Invitation(SeatId),
    Plan { version: VersionNumber, full: bool, signed: bool },
    Reset,
    Trial,
    Reminder { missing: Missing, version: VersionNumber, seat: SeatId },
    Pack { mesa: MesaNumber, about: About, seat: SeatId },
}

/// The kind of a job's letter.
pub(super) fn kind(job: &Job) -> Kind {
    match job.kind.as_str() {
        INVITATION => Kind::Invitation,
        PLAN => Kind::Plan,
        RESET => Kind::Reset,
        REMINDER => Kind::Reminder,
        PACK => Kind::Pack,
        _ => Kind::Trial,
    }
}

fn data<T: DeserializeOwned>(job: &Job) -> Result<T, Stopped> {
    serde_json::from_slice(&job.payload).map_err(|error| {
        tracing::error!(%error, kind = %job.kind, "a job's data can't be read");
        Stopped::Refused(Fault::Here)
    })
}

/// Finds them. Consumes nothing.
pub(super) async fn recipient(state: &AppState, job: &Job) -> Result<Recipient, Stopped> {
    let Some((seen, at)) = state.rooms.look_anew(job.stream).await? else {
        return Err(Stopped::Needless);
    };
    let staff = |person| seen.registry.staff.get(&person).copied().flatten().is_some();
    let (person, errand) = match kind(job) {
        Kind::Invitation => {
            let InvitationJob { seat, person } = data(job)?;
            let invited = seen.registry.invited.get(&seat) == Some(&person);
            let needs = invited && entered_in(&seen, seat).is_none();
            (needs.then_some(person), Errand::Invitation(seat))
        }
        Kind::Plan => {
            let PlanJob { version, signed, person, .. } = data(job)?;
            match (signed, dispatch::is_signed(&seen, version)) {
                // It was signed meanwhile: whoever sends asks for that one.
                (false, true) => return Err(Stopped::Needless),
                (true, false) => return Err(Stopped::Later(Fault::NoFile)),
                (true, true) | (false, false) => {}
            }
            let found = dispatch::recipients(&seen).remove(&person);
            let full = found.ok_or(Stopped::Refused(Fault::Gone))?.full;
            (Some(person), Errand::Plan { version, full, signed })
        }
        Kind::Reset => {
            let ResetJob { person, at } = data(job)?;
            let waits = clock::now() - at < RESET_WITHIN;
            (Some(person).filter(|person| waits && staff(*person)), Errand::Reset)
        }
        Kind::Reminder => {
            let ReminderJob { missing, version, seat, person, .. } = data(job)?;
            let missing = Missing::parse(&missing).ok_or(Stopped::Refused(Fault::Here))?;
            let needs = reminder::is_missing(&seen, missing, version, seat, person);
            (needs.then_some(person), Errand::Reminder { missing, version, seat })
        }
        Kind::Pack => {
            let job: PackJob = data(job)?;
            let about = About::parse(&job.about).ok_or(Stopped::Refused(Fault::Here))?;
            let needs = reminders::is_needed(&seen, &job, about);
            let PackJob { mesa, seat, person, .. } = job;
            (needs.then_some(person), Errand::Pack { mesa, about, seat })
        }
        Kind::Trial => {
            let TrialJob { person } = data(job)?;
            (Some(person).filter(|person| staff(*person)), Errand::Trial)
        }
    };
    let person = person.ok_or(Stopped::Needless)?;
    let record = state.store.people(&[person]).await?.remove(&person).ok_or(Stopped::Needless)?;
    Ok(Recipient { record, seen, seq: at.seq, errand })
}

/// Writes it: makes the link that it carries, or the document, which is attached up to so many bytes.
pub(super) async fn letter(
    state: &AppState,
    job: &Job,
    to: &Recipient,
    attached: usize,
) -> Result<Letter, Stopped> {
    let base = state.settings.base();
    let card = to.seen.card.as_deref();
    let exercise = card.map(|card| card.name.to_string()).unwrap_or_default();
    match to.errand {
        Errand::Invitation(seat) => {
            let ways = invitations::new_ways(state, job.stream, &to.seen, seat, &base).await?;
            let ways = ways.ok_or(Stopped::Needless)?;
            let found = invitations::seats(&to.seen).find(|(_, found)| found.id == seat);
            let (actor, seat) = found.ok_or(Stopped::Needless)?;
            let of = (actor, seat.kind);
            let said = invitations::letter(job.stream, &to.seen, &base, of, &to.record, ways);
            Ok(plain(invitation::subject(&said), invitation::body(&said)))
        }
        Errand::Plan { version, full, signed } => {
            plan(state, job, to, (version, full, signed), attached).await
        }
        Errand::Reset => {
            let grant = to.seen.registry.staff.get(&to.record.id).copied().flatten();
            let grant = grant.ok_or(Stopped::Needless)?;
            let expires = clock::now() + account::RESET;
            let (issue, secret) = account::new_link(to.record.id, grant, expires);
            enter(state, job, vec![issue]).await?;
            let link = format!("{base}{}", app::address::choose_passphrase(&secret.text));
            let text = words::reset(&to.record.name, &exercise, &link);
            Ok(plain(words::RESET_SUBJECT.to_owned(), text))
        }
        Errand::Reminder { missing, version, seat } => {
            let ways = invitations::new_ways(state, job.stream, &to.seen, seat, &base).await?;
            let ways = ways.ok_or(Stopped::Needless)?;
            let actor = to.seen.actor_of(seat).ok_or(Stopped::Needless)?;
            let said = reminder_words::Reminder {
                missing,
                version,
                person: to.record.name.clone(),
                organisation: actor.organisation.to_string(),
                exercise,
                municipality: card.map(|card| card.municipality.to_string()).unwrap_or_default(),
                guarantor: card.map(|card| card.guarantor.to_string()).unwrap_or_default(),
                link: ways.link,
                enter: format!("{base}{}", app::address::ENTER),
                code: ways.code,
                page: format!("{base}{}", app::address::plan(job.stream)),
            };
            Ok(plain(reminder_words::subject(&said), reminder_words::body(&said)))
        }
        Errand::Pack { mesa, about, seat } => {
            let actor = to.seen.actor_of(seat).ok_or(Stopped::Needless)?;
            let table = to.seen.mesa(mesa).and_then(|mesa| mesa.card.as_deref());
            let moment =
                |at| clock::day_and_time(card.map_or("UTC", |it| it.time_zone.as_str()), at);
            let mesa = MesaId { exercise: job.stream, number: mesa };
            let said = pack_words::Letter {
                about,
                missing: reminders::misses(&to.seen, about, actor),
                person: to.record.name.clone(),
                organisation: actor.organisation.to_string(),
                exercise,
                municipality: card.map(|card| card.municipality.to_string()).unwrap_or_default(),
                guarantor: card.map(|card| card.guarantor.to_string()).unwrap_or_default(),
                due: pack::due(&to.seen, mesa.number).and_then(moment),
                meets: table.and_then(|table| moment(table.starts_at)),
                page: format!("{base}{}", app::address::pack(mesa)),
                enter: format!("{base}{}", app::address::ENTER),
            };
            Ok(plain(pack_words::subject(&said), pack_words::body(&said)))
        }
        Errand::Trial => {
            let text = words::trial(&to.record.name, &exercise, &base);
            Ok(plain(words::TRIAL_SUBJECT.to_owned(), text))
        }
    }
}

fn plain(subject: String, text: String) -> Letter {
    Letter { subject, text, attachment: None }
}

/// Enters the server's own commands.
async fn enter(state: &AppState, job: &Job, commands: Vec<ServerCommand>) -> Result<(), Stopped> {
    let room = state.rooms.get(job.stream).await?;
    let entered =
        room.ask(|reply| Request::Enter { commands, people: Vec::new(), by: None, reply }).await;
    let entered = entered.map_err(Unexpected::from)?;
    entered.map_err(|_| Stopped::Needless)
}

async fn plan(
    state: &AppState,
    job: &Job,
    to: &Recipient,
    (version, full, signed): (VersionNumber, bool, bool),
    attached: usize,
) -> Result<Letter, Stopped> {
    let (seen, base) = (&to.seen, state.settings.base());
    let frozen = seen.plan.version_numbered(version).ok_or(Stopped::Needless)?;
    let card = seen.card.as_deref().ok_or(Stopped::Needless)?;
    let kind = if full { document::Kind::Full(version) } else { document::Kind::Public(version) };
    let pdf = pdf(state, job, to, kind, &base).await?;
    let folio = folio(seen, job.stream);
    let name = words::plan_file(card.municipality.as_str(), &folio, version, full, signed);
    let name = FileName::new(&name, "pdf");
    let fits = pdf.bytes.len() <= attached;
    let file = if full { app::address::PLAN_PDF } else { app::address::PUBLIC_PDF };
    let said = words::PlanLetter {
        person: to.record.name.clone(),
        exercise: card.name.to_string(),
        municipality: card.municipality.to_string(),
        guarantor: card.guarantor.to_string(),
        version,
        frozen: clock::day_and_time(card.time_zone.as_str(), frozen.at).map(|(day, _)| day),
        folio,
        code: frozen.digest.to_string(),
        attached: fits.then(|| name.own.clone()),
        file: format!("{base}{}", app::address::plan_file(job.stream, version, file)),
        page: format!("{base}{}", app::address::plan(job.stream)),
        full,
        signed: signatures(state, job, to, version, full, &base).await?,
    };
    let attachment = fits.then_some(Attachment { name, pdf });
    Ok(Letter { subject: words::plan_subject(&said), text: words::plan(&said), attachment })
}

/// How a version was signed, with the names that a copy may have; none: it isn't.
async fn signatures(
    state: &AppState,
    job: &Job,
    to: &Recipient,
    version: VersionNumber,
    full: bool,
    base: &str,
) -> Result<Option<words::Signed>, Stopped> {
    let seen = &to.seen;
    let round = seen.plan.round_of(version);
    let (Some(round), Some(seal)) = (round, round.and_then(|round| round.seal)) else {
        return Ok(None);
    };
    let source = Source { exercise: seen, stream: job.stream, base, now: clock::now() };
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    Ok(Some(words::Signed {
        day: clock::day_and_time(zone, seal.at).map(|(day, _)| day),
        code: seal.document.to_string(),
        signers: source.signed_by(&state.store, round, !full).await?,
        closed: round.closed.as_ref().map(|(reason, _)| reason.to_string()),
        verify: format!("{base}{}", app::address::verify(Some(job.stream))),
    }))
}

/// The document, set once for all who get the same.
async fn pdf(
    state: &AppState,
    job: &Job,
    to: &Recipient,
    kind: document::Kind,
    base: &str,
) -> Result<Arc<Pdf>, Stopped> {
    let Mail(shared) = &state.mail;
    let which = (job.stream, to.seq, kind);
    if let Some(pdf) = shared.papers.get(which) {
        return Ok(pdf);
    }
    let source = Source { exercise: &to.seen, stream: job.stream, base, now: clock::now() };
    match source.make(&state.store, &state.documents, kind).await {
        Ok(pdf) => {
            shared.papers.put(which, Arc::clone(&pdf));
            Ok(pdf)
        }
        Err(DocumentError::NotFound) => Err(Stopped::Refused(Fault::NoFile)),
        Err(error) => {
            tracing::warn!(%error, "a document for a letter can't be made now");
            Err(Stopped::Later(Fault::NoFile))
        }
    }
}
