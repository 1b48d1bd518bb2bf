//! One transaction: everything that queued is decided, written, and only then answered.

use domain::{conduct, deliberation, people};
use std::collections::BTreeSet;
use std::time::Instant;

use domain::conduct::coming_late::{came_late, is_late_addition, settled_by};
use domain::decide::{decide_for, decide_server};
use domain::people::registry::Session;
use domain::{
    Command, CommandId, Event, Exercise, ItemId, Millis, Patch, PersonId, Rejection, SeatId, Seq,
    TextField,
};
use store::{Append, AppendError, NewAnswer, NewPerson, NewRecord, StoreError};
use sync::wire::{Answer, CommandFrame, Outcome};

use super::jobs;
use super::publish::Committed;
use super::{ANSWERS_LENGTH, Issuer, Room, RoomFailure, Work};
use crate::clock;
use crate::service::{pack, plan};

/// How often a batch is decided again because another process appended first.
const ATTEMPTS: u32 = 20;

/// What one transaction writes, and what is published once it is on disk.
pub(super) struct Draft {
    pub(super) state: Exercise,
    seq: Seq,
    records: Vec<NewRecord>,
    people: Vec<NewPerson>,
    answers: Vec<NewAnswer>,
    patches: Vec<(Seq, ItemId, TextField, Patch)>,
    outcomes: Vec<Told>,
}

/// What came of a piece of work.
enum Told {
    Command(CommandId, PersonId, Outcome),
    Entry(Result<(), Rejection>),
}

impl Room {
    pub(super) async fn commit(&mut self, mut work: Vec<Work>) -> Result<(), RoomFailure> {
        self.remember_sent_twice(&work).await?;
        for _ in 0..ATTEMPTS {
            let draft = self.decide_all(&work).await?;
            if draft.records.is_empty() && draft.answers.is_empty() {
                self.tell(work, draft.outcomes);
                return Ok(());
            }
            let following: Vec<_> = draft.records.iter().filter_map(jobs::following).collect();
            let began = Instant::now();
            let appended = self
                .store
                .append(Append {
                    stream: self.stream,
                    expected: self.head,
                    records: &draft.records,
                    after: &draft.state,
                    people: &draft.people,
                    answers: &draft.answers,
                    jobs: &following,
                })
                .await;
            match appended {
                Ok(head) => {
                    self.around.metrics.committed(began.elapsed(), draft.records.len());
                    for person in draft.people {
                        self.names.insert(person.id, person.name);
                    }
                    // Answers go first, so that a device recognises its own events.
                    self.tell(work, draft.outcomes);
                    let first = self.head.seq + 1;
                    let committed = (first..)
                        .zip(draft.records)
                        .map(|(seq, r)| Committed {
                            seq,
                            seat: r.on_behalf.or(r.seat),
                            event: r.event,
                        })
                        .collect();
                    if head.seq >= first {
                        self.around.teller.tell(self.stream, head.seq);
                        self.publish(committed, head);
                    }
                    return Ok(());
                }
                Err(AppendError::Conflict(_)) => self.catch_up().await?,
                Err(AppendError::Duplicate) => {
                    let ids: Vec<_> =
                        work.iter().filter_map(|w| w.frame()).map(|frame| frame.id).collect();
                    self.remember(&ids).await?;
                    self.catch_up().await?;
                }
                // Only the server's own commands contain ids and secrets that can be in use
                // already: they are refused, the rest goes on.
                Err(AppendError::Taken) => work = refuse_entries(work)?,
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
        Err(RoomFailure::Contended)
    }

    /// Loads the answers of commands that may have been sent before and aren't in memory.
    async fn remember_sent_twice(&mut self, work: &[Work]) -> Result<(), StoreError> {
        let again = work
            .iter()
            .filter_map(|w| w.frame())
            .filter(|s| s.again && !self.answers.contains_key(&s.id));
        let ids: Vec<_> = again.map(|frame| frame.id).collect();
        if ids.is_empty() { Ok(()) } else { self.remember(&ids).await }
    }

    async fn remember(&mut self, ids: &[CommandId]) -> Result<(), StoreError> {
        for recorded in self.store.answers(self.stream, ids).await? {
            let person = recorded.person.unwrap_or(PersonId(uuid::Uuid::nil()));
            self.keep_answer(recorded.command, person, crate::outcome::to_wire(recorded.outcome));
        }
        Ok(())
    }

    fn keep_answer(&mut self, command: CommandId, person: PersonId, outcome: Outcome) {
        self.fences.remove(&(command, person));
        if self.answers.insert(command, (person, outcome)).is_none() {
            self.answer_order.push_back(command);
        }
        while self.answer_order.len() > ANSWERS_LENGTH {
            if let Some(oldest) = self.answer_order.pop_front() {
                self.answers.remove(&oldest);
            }
        }
    }

    async fn decide_all(&self, work: &[Work]) -> Result<Draft, StoreError> {
        let now = clock::now();
        let mut draft = Draft {
            state: self.state.clone(),
            seq: self.head.seq,
            records: Vec::new(),
            people: Vec::new(),
            answers: Vec::new(),
            patches: Vec::new(),
            outcomes: Vec::with_capacity(work.len()),
        };
        let mut taken = BTreeSet::new();
        for piece in work {
            let told = match piece {
                Work::Command { frame, issuer, .. } => {
                    let known = self.answers.get(&frame.id);
                    let outcome = match known {
                        Some((person, outcome)) if *person == issuer.person => outcome.clone(),
                        Some(_) => Outcome::Refused(Rejection::NotYours),
                        None if !taken.insert(frame.id) => {
                            earlier_in(&draft.outcomes, frame.id, issuer.person)
                        }
                        None => self.decide_one(&mut draft, frame, issuer, now).await?,
                    };
                    Told::Command(frame.id, issuer.person, outcome)
                }
                Work::Enter { commands, people, by, .. } => {
                    Told::Entry(enter(&mut draft, commands, people, *by, now))
                }
            };
            draft.outcomes.push(told);
        }
        Ok(draft)
    }

    async fn decide_one(
        &self,
        draft: &mut Draft,
        frame: &CommandFrame,
        issuer: &Issuer,
        now: Millis,
    ) -> Result<Outcome, StoreError> {
        // A role that changed since the device connected holds from its next command on.
        let grant = session_of(&draft.state, issuer).map_or(issuer.grant, |session| session.grant);
        let issuer = &Issuer { grant, ..*issuer };
        let decided = match self.judge(draft, frame, issuer, now).await? {
            Ok(events) if !events.is_empty() => {
                let seq = draft.seq + 1;
                let mut by = (issuer.person, issuer.grant.seat);
                for (part, event) in (0..).zip(events) {
                    by = written_by(&draft.state, &event, by);
                    draft.push(event, |event| NewRecord {
                        event,
                        command: frame.id,
                        part,
                        at: now,
                        person: Some(by.0),
                        seat: by.1,
                        on_behalf: frame.on_behalf,
                        client_at: Some(frame.client_at),
                        salt: clock::salt(),
                    });
                }
                draft.settle_late(frame, issuer, now);
                return Ok(Outcome::Applied { seq });
            }
            Ok(_) => {
                let seq = draft.seq;
                draft.settle_late(frame, issuer, now);
                Outcome::Unchanged { seq }
            }
            Err(rejection) => {
                Outcome::Refused(self.refuse(draft, frame, issuer, rejection, now).await?)
            }
        };
        draft.answers.push(NewAnswer {
            command: frame.id,
            session: Some(issuer.session),
            person: issuer.person,
            at: now,
            outcome: crate::outcome::to_store(decided.clone()),
        });
        Ok(decided)
    }

    async fn judge(
        &self,
        draft: &Draft,
        frame: &CommandFrame,
        issuer: &Issuer,
        now: Millis,
    ) -> Result<Result<Vec<Event>, Rejection>, StoreError> {
        if session_of(&draft.state, issuer).is_none() {
            return Ok(Err(Rejection::People(people::Rejection::UnknownGrant)));
        }
        if matches!(frame.command, Command::Deliberation(deliberation::Command::Patch { base, .. }) if base > draft.seq)
        {
            return Ok(Err(Rejection::Deliberation(deliberation::Rejection::BaseAhead)));
        }
        let since = self.since(draft, &frame.command).await?;
        let context = issuer.context(frame.mesa, now, &since);
        let mut decided =
            decide_for(&draft.state, frame.mesa, &frame.command, &context, frame.on_behalf);
        if let Ok(events) = &mut decided {
            plan::follow(&draft.state, self.stream, events, now);
        }
        if decided.as_ref().is_ok_and(|events| !events.is_empty())
            && let Command::Deliberation(deliberation::Command::Recover {
                item,
                field,
                full_text,
                ..
            }) = &frame.command
        {
            let withheld = self.withheld(draft, *item, *field, full_text).await?;
            return Ok(withheld.unwrap_or(decided));
        }
        Ok(decided)
    }

    /// The answer to a refused command. One that is only too late for the phase is noted, because
    /// the facilitation may go back; the event isn't the command's own, which had no effect.
    async fn refuse(
        &self,
        draft: &mut Draft,
        frame: &CommandFrame,
        issuer: &Issuer,
        rejection: Rejection,
        now: Millis,
    ) -> Result<Rejection, StoreError> {
        match (&rejection, frame.command.item()) {
            // Something written in an item that was itself refused as late is late with it.
            (Rejection::Deliberation(deliberation::Rejection::UnknownItem), Some(item)) => {
                let mesa = draft
                    .state
                    .mesa(frame.mesa)
                    .filter(|mesa| is_late_addition(mesa, item, issuer.person));
                let Some(mesa) = mesa else { return Ok(rejection) };
                return Ok(Rejection::NotAllowed {
                    role: issuer.grant.role_at(frame.mesa),
                    phase: mesa.conduct.phase,
                });
            }
            (Rejection::NotAllowed { .. }, _) => {}
            _ => return Ok(rejection),
        }
        let since = self.since(draft, &frame.command).await?;
        let context = issuer.context(frame.mesa, now, &since);
        if let Some(late) =
            came_late(&draft.state, frame.mesa, frame.id, &frame.command, &context, frame.on_behalf)
        {
            draft.note(Event::Conduct(frame.mesa, conduct::Event::CameLate(late)), issuer, now);
        }
        Ok(rejection)
    }

    /// For a patch: the patches of its text since it was made.
    async fn since(&self, draft: &Draft, command: &Command) -> Result<Vec<Patch>, StoreError> {
        match command {
            Command::Deliberation(deliberation::Command::Patch { item, field, base, .. }) => {
                self.patches_since(draft, *item, *field, *base).await
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The patches of a text after a seq, oldest first: from memory, or from the log when they are
    /// older.
    pub(super) async fn patches_since(
        &self,
        draft: &Draft,
        item: ItemId,
        field: TextField,
        base: Seq,
    ) -> Result<Vec<Patch>, StoreError> {
        let mut patches = Vec::new();
        if base < self.patches_since {
            let old = self.store.patches(self.stream, item, field, base).await?;
            patches.extend(
                old.into_iter()
                    .filter(|(seq, ..)| *seq <= self.patches_since)
                    .map(|(_, _, patch)| patch),
            );
        }
        let recent = self.patches.iter().chain(&draft.patches);
        patches.extend(
            recent
                .filter(|(seq, i, f, _)| *seq > base && *i == item && *f == field)
                .map(|(.., patch)| patch.clone()),
        );
        Ok(patches)
    }

    fn tell(&mut self, work: Vec<Work>, outcomes: Vec<Told>) {
        for (piece, told) in work.into_iter().zip(outcomes) {
            match (piece, told) {
                (Work::Command { answers, .. }, Told::Command(command, person, outcome)) => {
                    if let Outcome::Refused(rejection) = &outcome {
                        self.around.metrics.refused(rejection);
                    }
                    // Who sent somebody else's command gets no answer kept in its place.
                    let owner = self.answers.get(&command).map(|(owner, _)| *owner);
                    if owner.is_none_or(|owner| owner == person) {
                        self.keep_answer(command, person, outcome.clone());
                    }
                    // A socket that doesn't fetch its answers asks for them when it comes back.
                    let _ = answers.try_send(Answer { command, outcome });
                }
                (Work::Enter { reply, .. }, Told::Entry(result)) => {
                    // Fails when the requester has gone.
                    let _ = reply.send(result);
                }
                (Work::Command { .. }, Told::Entry(_))
                | (Work::Enter { .. }, Told::Command(..)) => {}
            }
        }
    }
}

impl Work {
    pub(super) fn frame(&self) -> Option<&CommandFrame> {
        if let Self::Command { frame, .. } = self { Some(frame) } else { None }
    }

    /// Whether it is one of these commands, sent by this person.
    pub(super) fn is_of(&self, person: PersonId, commands: &[CommandId]) -> bool {
        matches!(self, Self::Command { frame, issuer, .. }
            if issuer.person == person && commands.contains(&frame.id))
    }
}

impl Draft {
    /// Adds an event to the batch.
    fn push(&mut self, event: Event, envelope: impl FnOnce(Event) -> NewRecord) {
        self.seq += 1;
        self.state.apply(&event);
        if let Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) = &event
        {
            self.patches.push((self.seq, *item, *field, patch.clone()));
        }
        self.records.push(envelope(event));
    }

    /// Adds an event that follows from someone's command but isn't what they asked for.
    fn note(&mut self, event: Event, issuer: &Issuer, now: Millis) {
        self.push(event, |event| NewRecord {
            event,
            command: CommandId(clock::new_id()),
            part: 0,
            at: now,
            person: Some(issuer.person),
            seat: issuer.grant.seat,
            on_behalf: None,
            client_at: None,
            salt: clock::salt(),
        });
    }

    /// This command brings a late text to the mesa after all.
    fn settle_late(&mut self, frame: &CommandFrame, issuer: &Issuer, now: Millis) {
        let settled =
            self.state.mesa(frame.mesa).and_then(|mesa| settled_by(mesa, frame.id, issuer.person));
        if let Some(event) = settled {
            self.note(event, issuer, now);
        }
    }
}

/// Whose an event of a command is: its issuer's. What somebody wrote alone stays theirs when the
/// facilitation shows it, and so does each text of it, which follows.
fn written_by(
    state: &Exercise,
    event: &Event,
    by: (PersonId, Option<SeatId>),
) -> (PersonId, Option<SeatId>) {
    match event {
        Event::Deliberation(deliberation::Event::ItemAdded { author: Some(author), .. })
            if *author != by.0 =>
        {
            let mut sessions = state.registry.sessions.values();
            let seat = sessions
                .find_map(|session| session.grant.seat.filter(|_| session.person == *author));
            (*author, seat)
        }
        _ => by,
    }
}

/// The open session that a command comes from.
fn session_of<'a>(state: &'a Exercise, issuer: &Issuer) -> Option<&'a Session> {
    state.registry.sessions.get(&issuer.session).filter(|session| !session.closed)
}

fn enter(
    draft: &mut Draft,
    commands: &[domain::ServerCommand],
    people: &[NewPerson],
    by: Option<PersonId>,
    now: Millis,
) -> Result<(), Rejection> {
    let mut after = draft.state.clone();
    let mut entries = Vec::new();
    for command in commands {
        for event in decide_server(&after, command)? {
            after.apply(&event);
            entries.push((event, by.or(command.person()), command.seat()));
        }
    }
    entries.extend(pack::follow(&after).into_iter().map(|event| (event, by, None)));
    let command = CommandId(clock::new_id());
    for (part, (event, person, seat)) in (0..).zip(entries) {
        draft.push(event, |event| NewRecord {
            event,
            command,
            part,
            at: now,
            person,
            seat,
            on_behalf: None,
            client_at: None,
            salt: clock::salt(),
        });
    }
    draft.people.extend_from_slice(people);
    Ok(())
}

fn refuse_entries(work: Vec<Work>) -> Result<Vec<Work>, RoomFailure> {
    let before = work.len();
    let mut rest = Vec::with_capacity(before);
    for piece in work {
        match piece {
            Work::Enter { reply, .. } => {
                // Fails when the requester has gone.
                let _ = reply.send(Err(Rejection::IdTaken));
            }
            frame @ Work::Command { .. } => rest.push(frame),
        }
    }
    if rest.len() < before { Ok(rest) } else { Err(RoomFailure::Contended) }
}

/// The same command twice in one batch gets the answer of the first.
fn earlier_in(outcomes: &[Told], command: CommandId, issuer: PersonId) -> Outcome {
    outcomes
        .iter()
        .find_map(|told| match told {
            Told::Command(id, person, outcome) if *id == command && *person == issuer => {
                Some(outcome.clone())
            }
            Told::Command(..) | Told::Entry(_) => None,
        })
        .unwrap_or(Outcome::Refused(Rejection::NotYours))
}
