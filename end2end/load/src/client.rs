//! One device: joins, follows, and, as an editor, writes in an open loop. It notes when it showed
//! each event.

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use domain::{CommandId, Mesa, Role, Seq};
use futures_util::SinkExt;
use sync::connection::{LOOK_EVERY, Lost};
use sync::wire::{Answer, Outcome as Answered, ServerFrame, decode};
use sync::{Effect, Replica};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior};
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::arguments::Arguments;
use crate::clock;
use crate::connect;
use crate::editor::{self, Editor, Input};
use crate::failure::Failure;
use crate::fresh::greet;
use crate::link::{Heard, Link};
use crate::links::Links;
use crate::outcome::{Outcome, Progress};
use crate::plan::{Pace, Plan};
use crate::texts;

/// What all clients do at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// They join.
    Joining,
    /// Editors write, from this moment on.
    Writing(Instant),
    /// Edits in transit arrive.
    Draining,
    /// They leave.
    Ended,
}

/// What all clients share.
pub struct Shared {
    /// What to measure, and where.
    pub arguments: Rc<Arguments>,
    /// The links.
    pub links: Rc<Links>,
    /// How this crowd behaves.
    pub plan: Plan,
    /// The present phase.
    pub phase: watch::Receiver<Phase>,
    /// Whether the network is up.
    pub network: watch::Receiver<bool>,
    /// Limits how many join at a time.
    pub door: Semaphore,
    /// The start; arrivals count from here.
    pub began: Instant,
    /// Distinguishes this run's texts from an earlier one's.
    pub run: u64,
}

/// Runs a client until the end.
pub async fn run(
    shared: Rc<Shared>,
    number: usize,
    is_witness: bool,
    progress: Rc<Progress>,
) -> Result<Outcome, Failure> {
    let is_editor = number < shared.plan.editors;
    tokio::time::sleep_until(shared.plan.arrives(number, shared.began)).await;
    let mut client = {
        let _turn = shared.door.acquire().await.map_err(|_| Failure::Closed)?;
        join(&shared, number, is_editor, is_witness).await?
    };
    client.report(&progress);
    let (mut phase, mut network) = (shared.phase.clone(), shared.network.clone());
    let mut writes: Option<Interval> = None;
    let mut looks = tokio::time::interval(Duration::from_millis(LOOK_EVERY.unsigned_abs()));
    // A client that joins later sees the announced phase.
    phase.mark_changed();
    loop {
        if client.has_written_all() {
            writes = None;
            progress.done_writing.set(true);
        }
        let is_eager = client.is_eager();
        tokio::select! {
            heard = client.link.hear() => {
                if !client.hear(heard, &progress).await? {
                    return Ok(client.outcome());
                }
            }
            due = tick(&mut writes) => client.write(due).await?,
            () = std::future::ready(()), if is_eager => client.write(Instant::now()).await?,
            _ = looks.tick(), if shared.plan.reconnects => client.look(),
            changed = network.changed() => {
                changed.map_err(|_| Failure::Closed)?;
                let reaches = shared.plan.reaches(is_editor, *network.borrow_and_update());
                if !reaches {
                    client.link.leave_open();
                    client.lose(Lost::Broken);
                }
            }
            changed = phase.changed() => {
                changed.map_err(|_| Failure::Closed)?;
                match *phase.borrow_and_update() {
                    Phase::Joining => {}
                    Phase::Writing(from) => {
                        client.outcome.bytes = 0;
                        progress.done_writing.set(false);
                        writes = rhythm(&shared.plan, number, from).filter(|_| is_editor);
                        client.may_write = is_editor;
                    }
                    Phase::Draining => {
                        writes = None;
                        client.may_write = false;
                        progress.done_writing.set(true);
                    }
                    Phase::Ended => return Ok(client.outcome()),
                }
            }
        }
        client.report(&progress);
    }
}

/// Each editor writes at its own even rate, out of phase with the others.
fn rhythm(plan: &Plan, number: usize, from: Instant) -> Option<Interval> {
    let Pace::Even(rate) = plan.pace else { return None };
    let every = Duration::from_secs_f64(1.0 / rate);
    let share = u32::try_from(number).unwrap_or(0);
    // An editor that joins later begins then.
    let first =
        (from + every * share / u32::try_from(plan.editors).unwrap_or(1)).max(Instant::now());
    let mut interval = tokio::time::interval_at(first, every);
    // Open loop: missed ticks are made up for.
    interval.set_missed_tick_behavior(MissedTickBehavior::Burst);
    Some(interval)
}

/// Returns when the tick was due.
async fn tick(writes: &mut Option<Interval>) -> Instant {
    match writes {
        Some(interval) => interval.tick().await,
        None => std::future::pending().await,
    }
}

/// When an input counts as made: when it was due, even if this tool was late. The lateness of a
/// clock of whole milliseconds isn't counted as delay.
fn made_at(due: Instant, now: Instant) -> Instant {
    const GRAIN: Duration = Duration::from_millis(2);
    if now > due + GRAIN { due } else { now }
}

async fn join(
    shared: &Rc<Shared>,
    number: usize,
    is_editor: bool,
    is_witness: bool,
) -> Result<Client, Failure> {
    let Shared { arguments, links, plan, .. } = &**shared;
    let cookie = if is_editor {
        let link = links.seats.get(number % links.seats.len().max(1)).ok_or(Failure::NoSeats)?;
        Some(connect::sit_down(arguments, link, number).await?)
    } else {
        None
    };
    if let Some(cookie) = &cookie {
        for path in &plan.pages {
            connect::weigh(arguments, path, Some(cookie)).await?;
        }
    }
    let mut socket = connect::socket(arguments, links, cookie.as_deref()).await?;
    let mut replica = connect::replica(links, is_editor.then_some(Role::Actor));
    let asked = Instant::now();
    greet(&mut socket, &mut replica).await?;
    let joined_in = asked.elapsed();
    let texts = texts::texts(texts::shown(&replica));
    let editor = match texts.get(number / plan.per_text % texts.len().max(1)) {
        Some(text) if is_editor => {
            Some(Editor::new(shared.run, plan.first + number, *text, texts::shown(&replica)))
        }
        Some(_) => None,
        None => return Err(Failure::NoTexts),
    };
    let base = replica.position().map_or(0, |at| at.seq);
    let outcome = Outcome {
        number,
        is_editor,
        joined_in,
        answered_at: None,
        returned_at: Vec::new(),
        base,
        arrivals: Vec::new(),
        bytes: 0,
        inputs: Vec::new(),
        confirmed: HashMap::new(),
        refused: None,
        markers: HashMap::new(),
        gone: false,
        state: Mesa::default(),
    };
    let link = Link::new(
        Rc::clone(shared),
        cookie,
        socket,
        shared.run.wrapping_mul(4_096).wrapping_add(number as u64),
    );
    Ok(Client {
        shared: Rc::clone(shared),
        link,
        replica,
        editor,
        is_witness,
        outcome,
        may_write: false,
    })
}

struct Client {
    shared: Rc<Shared>,
    link: Link,
    replica: Replica,
    editor: Option<Editor>,
    is_witness: bool,
    outcome: Outcome,
    may_write: bool,
}

impl Client {
    fn seq(&self) -> Seq {
        self.replica.position().map_or(0, |at| at.seq)
    }

    fn report(&self, progress: &Progress) {
        progress.joined.set(self.replica.is_joined());
        progress.seq.set(self.seq());
        progress.unanswered.set(self.replica.unanswered().count());
    }

    fn outcome(self) -> Outcome {
        Outcome { state: texts::shown(&self.replica).clone(), ..self.outcome }
    }

    /// Whether it wrote as much as the plan allows.
    fn has_written_all(&self) -> bool {
        self.editor.as_ref().is_some_and(|editor| editor.written() >= self.shared.plan.most)
    }

    /// Whether the plan lets editors write as fast as they are answered, and everything is
    /// answered.
    fn is_eager(&self) -> bool {
        let may_write =
            self.may_write && self.shared.plan.pace == Pace::Answered && !self.has_written_all();
        may_write && self.replica.unanswered().next().is_none()
    }

    /// Handles what the connection delivers. Returns whether to go on.
    async fn hear(&mut self, heard: Heard, progress: &Progress) -> Result<bool, Failure> {
        match heard {
            Heard::Frame(bytes) => self.receive(&bytes).await?,
            Heard::Alive => {}
            Heard::Open => {
                let hello = self.replica.hello();
                self.put_out([hello]).await?;
            }
            Heard::Broken(how) if self.shared.plan.reconnects => self.lose(how),
            Heard::Broken(_) => {
                self.outcome.gone = true;
                progress.gone.set(true);
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The connection is lost; schedules another attempt.
    fn lose(&mut self, how: Lost) {
        self.replica.disconnected();
        self.link.open_later(how);
    }

    /// What a page checks each second.
    fn look(&mut self) {
        let due = self.link.look(self.replica.unanswered().next().is_some());
        if due.give_up {
            self.lose(Lost::Broken);
        }
        if due.reopen {
            self.replica.disconnected();
            self.link.open_now();
        }
    }

    fn answer(&mut self, answer: Answer) {
        self.outcome.answered_at.get_or_insert_with(Instant::now);
        self.link.answered();
        match answer.outcome {
            Answered::Applied { seq } => {
                self.outcome.confirmed.insert(answer.command, seq);
            }
            Answered::Unchanged { .. } => {}
            Answered::Refused(rejection) => self.outcome.refused = Some(rejection),
        }
    }

    async fn receive(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let header = if bytes.len() < 126 { 2 } else { 4 };
        self.outcome.bytes += bytes.len() as u64 + header;
        if self.editor.is_some() {
            match decode(bytes) {
                Ok(ServerFrame::Answer(answer)) => self.answer(answer),
                Ok(ServerFrame::Welcome(welcome)) => {
                    welcome.answers.into_iter().for_each(|answer| self.answer(answer))
                }
                _ => {}
            }
        }
        let before = self.seq();
        let effects = match self.replica.receive(bytes) {
            Ok(effects) => effects,
            Err(_) if self.shared.plan.reconnects && !self.link.faulty() => {
                self.lose(Lost::Broken);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        let after = self.seq();
        if after > before {
            let now = u32::try_from(self.shared.began.elapsed().as_micros()).unwrap_or(u32::MAX);
            self.outcome.arrivals.extend((before..after).map(|_| now));
        }
        for effect in effects {
            match effect {
                Effect::TextChanged { item, field, patch } => {
                    if let Some(editor) =
                        self.editor.as_mut().filter(|editor| editor.text() == (item, field))
                    {
                        editor.others(&patch);
                    }
                    if self.is_witness {
                        for marker in patch.insertions().flat_map(editor::markers) {
                            *self.outcome.markers.entry(marker.to_owned()).or_default() += 1;
                        }
                    }
                }
                Effect::Joined { .. } => {
                    self.link.joined();
                    self.outcome.returned_at.push(Instant::now());
                }
                Effect::Greet => {
                    let hello = self.replica.hello();
                    self.put_out([hello]).await?;
                }
                Effect::Ended(refusal) => return Err(Failure::Refused(refusal)),
                _ => {}
            }
        }
        self.send().await
    }

    /// Writes one input. It waits for nothing: earlier ones may still be in transit, the replica
    /// combines them.
    async fn write(&mut self, due: Instant) -> Result<(), Failure> {
        let Some(editor) = &mut self.editor else { return Ok(()) };
        let at = made_at(due, Instant::now());
        let (patch, edit) = editor.next(texts::shown(&self.replica));
        let (item, field) = editor.text();
        let effects =
            self.replica.edit(item, field, &patch, CommandId(Uuid::now_v7()), clock::now());
        let carries = |effect: &Effect| {
            if let Effect::Save(stored) = effect { Some(stored.id) } else { None }
        };
        if let Some(command) = effects.iter().rev().find_map(carries) {
            self.outcome.inputs.push(Input { at, command, edit });
        }
        self.send().await
    }

    async fn send(&mut self) -> Result<(), Failure> {
        let (_, frames) = self.replica.outgoing();
        self.put_out(frames).await
    }

    async fn put_out(&mut self, frames: impl IntoIterator<Item = Vec<u8>>) -> Result<(), Failure> {
        let Some(socket) = self.link.socket() else { return Ok(()) };
        for frame in frames {
            match socket.send(Message::Binary(frame.into())).await {
                Ok(()) => {}
                // The link will report that it is broken.
                Err(_) if self.shared.plan.may_break => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_that_is_late_counts_from_when_it_was_due() {
        let due = Instant::now();
        let after = |milliseconds| due + Duration::from_millis(milliseconds);
        assert_eq!(made_at(due, after(1)), after(1));
        assert_eq!(made_at(due, after(50)), due);
    }
}
