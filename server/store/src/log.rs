//! Rows of the log: records to rows and back.

use domain::codes::Coded;
use domain::event::EVENT_VERSION;
use domain::{CommandId, Digest, Event, ItemId, PersonId, SeatId, Seq, StreamId, TextField};
use domain::{conduct, deliberation};

use crate::chain::{self, Head, Header};
use crate::error::Damage;
use crate::record::{NewRecord, Record, upcast};
use crate::tables::event;

/// The rows of a batch, chained to the stream's head, and the head after them.
pub(crate) fn rows(
    stream: StreamId,
    expected: Head,
    records: &[NewRecord],
) -> (Vec<event::Model>, Head) {
    let mut head = expected;
    let rows = records
        .iter()
        .map(|record| {
            let payload = serde_json::to_vec(&record.event)
                .expect("events are plain data and always serialise");
            let content = chain::content_hash(&record.salt, &payload);
            let header = Header {
                stream,
                seq: head.seq + 1,
                name: record.event.name(),
                version: EVENT_VERSION,
                at: record.at,
                seat: record.seat,
                person: record.person,
                on_behalf: record.on_behalf,
                command: record.command,
                part: record.part,
                client_at: record.client_at,
            };
            head = Head { seq: header.seq, hash: chain::hash(head.hash, &header, content) };
            let (item, field) = subject(&record.event);
            event::Model {
                stream_id: stream.0,
                seq: number(head.seq),
                name: header.name.to_owned(),
                version: i64::from(header.version),
                at: header.at,
                seat_id: header.seat.map(|seat| seat.0),
                person_id: header.person.map(|person| person.0),
                on_behalf_id: header.on_behalf.map(|seat| seat.0),
                command_id: header.command.0,
                part: i64::from(header.part),
                client_at: header.client_at,
                item_id: item.map(|item| item.0),
                field: field.map(|field| field.code().to_owned()),
                salt: record.salt.to_vec(),
                payload,
                content_hash: content.0.to_vec(),
                hash: head.hash.0.to_vec(),
            }
        })
        .collect();
    (rows, head)
}

/// What an event is about: the columns by which events are found.
pub(crate) fn subject(event: &Event) -> (Option<ItemId>, Option<TextField>) {
    match event {
        Event::Deliberation(event) => {
            let field = if let deliberation::Event::TextPatched { field, .. } = event {
                Some(*field)
            } else {
                None
            };
            (Some(event.item()), field)
        }
        Event::Conduct(
            _,
            conduct::Event::CheckOverridden { finding, .. }
            | conduct::Event::OverrideWithdrawn { finding },
        ) => (finding.item(), None),
        Event::Conduct(..)
        | Event::People(_)
        | Event::Exercise(_)
        | Event::Pack(_)
        | Event::Agreement(_)
        | Event::Floor(..)
        | Event::Priority(..)
        | Event::Veil(..)
        | Event::Redacted { .. } => (None, None),
    }
}

/// The row's header, as the chain covers it; none when a number is out of the range that is ever
/// written.
pub(crate) fn header(row: &event::Model) -> Option<Header<'_>> {
    Some(Header {
        stream: StreamId(row.stream_id),
        seq: row.seq.try_into().ok()?,
        name: &row.name,
        version: row.version.try_into().ok()?,
        at: row.at,
        seat: row.seat_id.map(SeatId),
        person: row.person_id.map(PersonId),
        on_behalf: row.on_behalf_id.map(SeatId),
        command: CommandId(row.command_id),
        part: row.part.try_into().ok()?,
        client_at: row.client_at,
    })
}

/// Reads a row.
pub(crate) fn record(row: &event::Model) -> Result<Record, Damage> {
    let header = header(row).ok_or(Damage::Column { table: "event", column: "version" })?;
    let event = upcast(header.name, header.version, header.at, &row.payload)
        .map_err(|source| Damage::Event { seq: header.seq, source })?;
    Ok(Record {
        seq: header.seq,
        hash: digest(&row.hash, "event", "hash")?,
        event,
        command: header.command,
        part: header.part,
        at: header.at,
        person: header.person,
        seat: header.seat,
        on_behalf: header.on_behalf,
        client_at: header.client_at,
    })
}

/// The value of a digest's column.
pub(crate) fn digest(
    bytes: &[u8],
    table: &'static str,
    column: &'static str,
) -> Result<Digest, Damage> {
    bytes.try_into().map(Digest).map_err(|_| Damage::Column { table, column })
}

/// A seq as its column stores it. No stream reaches the end of `i64`.
pub(crate) fn number(seq: Seq) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// A seq from its column.
pub(crate) fn seq(value: i64, table: &'static str, column: &'static str) -> Result<Seq, Damage> {
    value.try_into().map_err(|_| Damage::Column { table, column })
}
