//! A stream as a room has it, and short helpers to fill one.

use domain::*;
use store::{Append, AppendError, Head, NewAnswer, NewJob, NewPerson, NewRecord, Store};
use uuid::Uuid;

/// The mesa under test.
pub const FIRST: MesaNumber = MesaNumber(1);

pub fn short(text: &str) -> ShortText {
    ShortText::parse(text).expect("a short text")
}

pub fn remark(text: &str) -> Remark {
    Remark::parse(text).expect("a remark")
}

pub fn item() -> ItemId {
    ItemId(Uuid::now_v7())
}

pub fn command() -> CommandId {
    CommandId(Uuid::now_v7())
}

pub fn digest(text: &str) -> Digest {
    store::chain::content_hash(b"test", text.as_bytes())
}

/// A stream as a room has it: its head and its state.
#[derive(Clone, Debug)]
pub struct Line {
    pub stream: StreamId,
    pub head: Head,
    pub state: Exercise,
    pub events: Vec<Event>,
    pub person: Option<PersonId>,
    pub seat: Option<SeatId>,
}

impl Line {
    pub fn new() -> Self {
        let stream = StreamId(Uuid::now_v7());
        let (head, state) = (Head::start(stream), Exercise::default());
        Self { stream, head, state, events: Vec::new(), person: None, seat: None }
    }

    /// The mesa under test.
    pub fn here(&self) -> &Mesa {
        self.state.mesa(FIRST).expect("a mesa")
    }

    pub fn record(&self, event: Event, command: CommandId, part: u16) -> NewRecord {
        NewRecord {
            event,
            command,
            part,
            at: 1_790_000_000_000 + i64::try_from(self.head.seq).expect("a short log"),
            person: self.person,
            seat: self.seat,
            on_behalf: self.seat,
            client_at: self.person.map(|_| 1_790_000_000_000),
            salt: *Uuid::new_v4().as_bytes(),
        }
    }

    /// Appends the events of one command.
    pub async fn say(&mut self, store: &Store, events: Vec<Event>) -> CommandId {
        let id = command();
        let records =
            (0..).zip(events).map(|(part, event)| self.record(event, id, part)).collect::<Vec<_>>();
        self.append(store, &records, &[], &[]).await.expect("an appended batch");
        id
    }

    pub async fn append(
        &mut self,
        store: &Store,
        records: &[NewRecord],
        people: &[NewPerson],
        answers: &[NewAnswer],
    ) -> Result<Head, AppendError> {
        self.append_with(store, records, people, answers, &[]).await
    }

    pub async fn append_with(
        &mut self,
        store: &Store,
        records: &[NewRecord],
        people: &[NewPerson],
        answers: &[NewAnswer],
        jobs: &[NewJob],
    ) -> Result<Head, AppendError> {
        let mut after = self.state.clone();
        records.iter().for_each(|record| after.apply(&record.event));
        let (stream, expected) = (self.stream, self.head);
        let batch = Append { stream, expected, records, after: &after, people, answers, jobs };
        self.head = store.append(batch).await?;
        self.state = after;
        self.events.extend(records.iter().map(|record| record.event.clone()));
        Ok(self.head)
    }

    pub async fn add(&mut self, store: &Store, kind: ItemKind, parent: Option<ItemId>) -> ItemId {
        let id = item();
        let alias = Alias(u32::try_from(self.state.aliases.len()).expect("few items"));
        self.say(
            store,
            vec![Event::Deliberation(deliberation::Event::ItemAdded {
                mesa: FIRST,
                item: id,
                alias,
                kind,
                parent,
                author: self.person,
            })],
        )
        .await;
        id
    }

    pub async fn write(
        &mut self,
        store: &Store,
        item: ItemId,
        field: TextField,
        text: &str,
    ) -> CommandId {
        let end = text::patch::scalars(self.state.item(item).expect("an item").text(field));
        self.say(
            store,
            vec![Event::Deliberation(deliberation::Event::TextPatched {
                item,
                field,
                patch: Patch::splice(end, 0, text),
            })],
        )
        .await
    }

    pub async fn assign(&mut self, store: &Store, item: ItemId, values: Vec<Assignment>) {
        self.say(
            store,
            values
                .into_iter()
                .map(|value| Event::Deliberation(deliberation::Event::Assigned { item, value }))
                .collect(),
        )
        .await;
    }
}
