//! Answers to commands: for those that changed something they follow from the log, the others are
//! stored beside it, a bounded number.

use std::collections::{BTreeMap, BTreeSet};

use domain::{CommandId, Millis, PersonId, Rejection, Seq, SessionId, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::error::{Damage, StoreError};
use crate::log;
use crate::open::Store;
use crate::tables::{answer, event};
use crate::tally;
use crate::write;

/// Most answers kept per session outside the log; older ones are dropped.
const ANSWERS_PER_SESSION: u64 = 500;
/// Most ids in one query.
const COMMANDS_PER_QUERY: usize = 500;

const UNCHANGED: &str = "unchanged";
const REFUSED: &str = "refused";

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the log; its first event is at `seq`.
    Applied {
        /// The seq.
        seq: Seq,
    },
    /// It changed nothing; the stream was at `seq` then. Stored in the answer table, like a
    /// refusal.
    Unchanged {
        /// The stream's seq.
        seq: Seq,
    },
    /// It was refused.
    Refused(Rejection),
}

/// An answer to store beside the log, to a command that was refused or changed nothing. For an
/// applied command there is none: the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAnswer {
    /// The command.
    pub command: CommandId,
    /// The session that sent it; the newest 500 answers of each session are kept.
    pub session: Option<SessionId>,
    /// Who sent it.
    pub person: PersonId,
    /// When it was answered, ms since the epoch.
    pub at: Millis,
    /// The result.
    pub outcome: Outcome,
}

/// The answer to an earlier command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The command.
    pub command: CommandId,
    /// Who sent it, and may have the answer. None: the server itself.
    pub person: Option<PersonId>,
    /// The result.
    pub outcome: Outcome,
}

impl Store {
    /// The answers to those of the commands that were taken before, in no particular order: from
    /// the log, and from those stored beside it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn answers(
        &self,
        stream: StreamId,
        commands: &[CommandId],
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut found = BTreeMap::new();
        for commands in commands.chunks(COMMANDS_PER_QUERY) {
            let ids = || commands.iter().map(|command| command.0);
            let logged: Vec<(Uuid, Option<Uuid>, i64)> = event::Entity::find()
                .select_only()
                .columns([event::Column::CommandId, event::Column::PersonId, event::Column::Seq])
                .filter(event::Column::StreamId.eq(stream.0))
                .filter(event::Column::CommandId.is_in(ids()))
                .order_by_desc(event::Column::Part)
                .into_tuple()
                .all(&self.reader)
                .await?;
            for (command, person, seq) in logged {
                // Its first event is the last row here, and wins.
                let outcome = Outcome::Applied { seq: log::seq(seq, "event", "seq")? };
                let recorded =
                    Recorded { command: CommandId(command), person: person.map(PersonId), outcome };
                found.insert(recorded.command, recorded);
            }
            let kept = answer::Entity::find()
                .filter(answer::Column::StreamId.eq(stream.0))
                .filter(answer::Column::CommandId.is_in(ids()))
                .all(&self.reader)
                .await?;
            for row in kept {
                let recorded = Recorded {
                    command: CommandId(row.command_id),
                    person: Some(PersonId(row.person_id)),
                    outcome: outcome(&row)?,
                };
                found.insert(recorded.command, recorded);
            }
        }
        Ok(found.into_values().collect())
    }
}

/// Stores answers, and deletes each session's oldest beyond [`ANSWERS_PER_SESSION`].
pub(crate) async fn keep(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    answers: &[NewAnswer],
) -> Result<(), DbErr> {
    let added: Vec<answer::Model> =
        answers.iter().filter_map(|answer| row(stream, answer)).collect();
    if added.is_empty() {
        return Ok(());
    }
    write::insert::<answer::Entity>(transaction, &added).await?;
    let mut dropped = Vec::new();
    for session in added.iter().map(|row| row.session_id).collect::<BTreeSet<_>>() {
        let of_session = match session {
            Some(session) => answer::Column::SessionId.eq(session),
            None => answer::Column::SessionId.is_null(),
        };
        let oldest = answer::Entity::find()
            .filter(answer::Column::StreamId.eq(stream.0))
            .filter(of_session)
            .order_by_desc(answer::Column::At)
            .order_by_desc(answer::Column::CommandId)
            .offset(ANSWERS_PER_SESSION)
            .limit(COMMANDS_PER_QUERY as u64)
            .all(transaction)
            .await?;
        dropped.extend(oldest);
    }
    if !dropped.is_empty() {
        answer::Entity::delete_many()
            .filter(answer::Column::StreamId.eq(stream.0))
            .filter(answer::Column::CommandId.is_in(dropped.iter().map(|row| row.command_id)))
            .exec(transaction)
            .await?;
    }
    tally::change(transaction, tally::ANSWERS, stream, |tally| {
        added.iter().for_each(|row| tally.add(row));
        dropped.iter().for_each(|row| tally.remove(row));
    })
    .await
}

/// The row of an answer; none for an applied command.
fn row(stream: StreamId, answer: &NewAnswer) -> Option<answer::Model> {
    let (outcome, seq, rejection) = match &answer.outcome {
        Outcome::Applied { .. } => return None,
        Outcome::Unchanged { seq } => (UNCHANGED, Some(log::number(*seq)), None),
        Outcome::Refused(rejection) => {
            let rejection = serde_json::to_string(rejection)
                .expect("rejections are plain data and always serialise");
            (REFUSED, None, Some(rejection))
        }
    };
    Some(answer::Model {
        stream_id: stream.0,
        command_id: answer.command.0,
        session_id: answer.session.map(|session| session.0),
        person_id: answer.person.0,
        at: answer.at,
        outcome: outcome.to_owned(),
        seq,
        rejection,
    })
}

fn outcome(row: &answer::Model) -> Result<Outcome, Damage> {
    match (row.outcome.as_str(), row.seq, row.rejection.as_deref()) {
        (UNCHANGED, Some(seq), None) => {
            Ok(Outcome::Unchanged { seq: log::seq(seq, "answer", "seq")? })
        }
        (REFUSED, None, Some(rejection)) => serde_json::from_str(rejection)
            .map(Outcome::Refused)
            .map_err(|_| Damage::Column { table: "answer", column: "rejection" }),
        _ => Err(Damage::Column { table: "answer", column: "outcome" }),
    }
}
