//! The information pack of the sample: small files made from its own problems and commitments, which came in
//! time, and one entry of which there is nothing.

use domain::exercise::ServerCommand as Change;
use domain::pack::{By, Entry, FileKind, NoticeRule, Receipt, ServerCommand};
use domain::{ExerciseCard, Millis, PersonId, Rejection, Remark, SeatId};
use futures_util::stream;
use store::{PutError, Store};
use time::macros::datetime;

use super::content::{self, COMMITMENTS, PROBLEMS};
use super::{Ledger, SampleError};
use crate::clock;

/// When the first file came: two weeks before the mesa.
const CAME: Millis = datetime!(2026-08-20 15:30 UTC).unix_timestamp() * 1_000;
/// How long after the one before each of the others came.
const APART: Millis = 7 * 60 * 1_000;

/// Agrees on the notice, and sends everything.
pub(super) async fn send(ledger: &mut Ledger, store: &Store) -> Result<(), SampleError> {
    let card = ExerciseCard { notice: Some(NoticeRule::USUAL), ..content::exercise() };
    let amend = Change::AmendExercise(Box::new(card));
    ledger.enter(&domain::ServerCommand::Exercise(amend))?;
    for (place, (entry, name, text)) in (0..).zip(files()) {
        let at = CAME + place * APART;
        let by = By { person: PersonId(clock::new_id()), seat: seat(ledger, entry) };
        let command = match text {
            Some(text) => {
                let size = text.len() as u64;
                let parts = stream::iter([Ok::<_, std::io::Error>(text.into_bytes())]);
                let kept = Box::pin(store.put_blob(clock::new_id(), at, size, parts)).await;
                let blob = kept.map_err(not_kept)?;
                ServerCommand::Send(Box::new(Receipt {
                    entry,
                    name: content::short(name),
                    kind: FileKind::Text,
                    size,
                    digest: blob.digest,
                    at,
                    by,
                    replaces: None,
                }))
            }
            None => {
                let reason = Some(Remark::parse(name).map_err(|_| Rejection::ReasonNeeded)?);
                ServerCommand::Declare { entry, reason, at, by }
            }
        };
        ledger.enter(&domain::ServerCommand::Pack(command))?;
    }
    Ok(())
}

fn not_kept(error: PutError) -> SampleError {
    match error {
        PutError::Store(error) => error.into(),
        PutError::TooLarge { .. } | PutError::Source(_) | PutError::Spoiled => {
            store::StoreError::NotFound.into()
        }
    }
}

/// A seat of the organisation that sends an entry.
fn seat(ledger: &Ledger, entry: Entry) -> Option<SeatId> {
    let sector = entry.sender().sector();
    let name = "Ayuntamiento de Valle Hondo";
    let actors = || ledger.state().actors.iter().filter(|actor| actor.sector == sector);
    let council = actors().find(|actor| actor.organisation.as_str() == name);
    let actor = council.or_else(|| actors().next())?;
    actor.seats.first().map(|seat| seat.id)
}

/// What each entry has: a file's name and text, or why there is none.
fn files() -> [(Entry, &'static str, Option<String>); 9] {
    [
        (Entry::CapacityKit, "Kit de capacidades.txt", Some(kit())),
        (Entry::Problems, "Problemas del evento de arranque.csv", Some(problems())),
        (Entry::MinimumCriteria, "Criterios mínimos.txt", Some(criteria())),
        (Entry::Solutions, "Soluciones propuestas.csv", Some(solutions())),
        (Entry::DraftCommitments, "Compromisos preliminares.csv", Some(commitments())),
        (Entry::WindowConsultation, "Consulta en ventanilla.csv", Some(evidence("ventanilla"))),
        (
            Entry::WebConsultation,
            "La página del ayuntamiento no tuvo encuesta este año; se preguntó en ventanilla.",
            None,
        ),
        (Entry::RecurrentRequests, "Solicitudes recurrentes.csv", Some(evidence("solicitudes"))),
        (Entry::Studies, "Estadísticas y estudios.csv", Some(evidence(""))),
    ]
}

fn kit() -> String {
    "Kit de capacidades\n\nQué es una mesa de diálogo: gobierno, organismo garante, sociedad civil, academia y sector privado \
     revisan problemas y acuerdan compromisos de un año.\n\nUn compromiso es puntual, realizable y medible: dice qué se \
     entrega, quién responde y hasta cuándo.\n"
        .to_owned()
}

fn criteria() -> String {
    "Criterios mínimos\n\n1. La información se publica en datos abiertos.\n2. Se entiende sin ser especialista.\n3. Cada quien \
     sabe a quién reclamar.\n4. No se piden ni se publican datos personales.\n"
        .to_owned()
}

/// A line of a table: what has a comma or a quotation mark is quoted.
fn line(cells: &[&str]) -> String {
    let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

fn problems() -> String {
    let rows = PROBLEMS.iter().map(|one| line(&[one.title, one.affected, one.place]));
    line(&["Problema", "A quién afecta", "Dónde"]) + &rows.collect::<String>()
}

/// Where something is known from, of the problems whose evidence names a source.
fn evidence(source: &str) -> String {
    let known = PROBLEMS.iter().filter(|one| one.evidence.contains(source));
    let rows = known.map(|one| line(&[one.title, one.evidence]));
    line(&["Problema", "Qué se sabe"]) + &rows.collect::<String>()
}

fn solutions() -> String {
    let rows =
        COMMITMENTS.iter().map(|one| line(&[PROBLEMS[one.problem - 1].title, one.objective]));
    line(&["Problema", "Qué se propone"]) + &rows.collect::<String>()
}

fn commitments() -> String {
    let rows = COMMITMENTS.iter().map(|one| line(&[one.title, one.lead, one.indicator]));
    line(&["Compromiso preliminar", "Quién respondería", "Cómo se mediría"])
        + &rows.collect::<String>()
}
