//! After a commit: the state moves on, and every kind of viewer gets one encoded frame, shared by
//! its connections.

use domain::{agreement, deliberation, people};
use std::sync::Arc;

use domain::people::registry::Session;
use domain::project::{mesa_of, project_at};
use domain::{
    Audience, Event, Exercise, MesaNumber, PersonId, Projected, SeatId, Seq, SessionId, Viewer,
};
use store::{Head, Record};
use sync::wire::{WireEvent, to_wire};
use tokio::time::Instant;

use super::{PATCHES_LENGTH, Recent, Room, RoomFailure, SNAPSHOT_EVERY, TAIL_LENGTH};

/// An event that is on disk.
pub(super) struct Committed {
    pub(super) seq: Seq,
    pub(super) seat: Option<SeatId>,
    pub(super) event: Event,
}

/// An event as the viewers of each kind get it.
#[derive(Debug)]
pub(crate) struct Published {
    /// Its mesa; none: an event of the exercise, the same for every mesa.
    pub(crate) mesa: Option<MesaNumber>,
    /// Whether it concerns the plan, and no mesa.
    pub(crate) of_the_plan: bool,
    /// By audience, in the order of [`Audience::ALL`].
    pub(crate) wire: [WireEvent; Audience::ALL.len()],
}

impl Published {
    fn new(event: &Event, after: &Exercise, by: u16) -> Self {
        let wire = |audience| {
            let projected = project_at(event, after, audience);
            // Who writes alone isn't told.
            let alone = matches!(projected, Projected::Event(Event::Veil(..)));
            let by = if alone || matches!(projected, Projected::Hidden) { 0 } else { by };
            WireEvent { by, what: to_wire(after, projected) }
        };
        let of_the_plan = matches!(event, Event::Agreement(_));
        Self { mesa: mesa_of(event, after), of_the_plan, wire: Audience::ALL.map(wire) }
    }

    /// The event as this viewer gets it.
    pub(crate) fn to(&self, viewer: Viewer) -> &WireEvent {
        let [facilitation, seats, public] = &self.wire;
        let at_its_mesa = || self.mesa.map_or(Audience::Public, |mesa| viewer.at(mesa));
        match if self.of_the_plan { viewer.of_the_plan() } else { at_its_mesa() } {
            Audience::Facilitation => facilitation,
            Audience::Seats => seats,
            Audience::Public => public,
        }
    }
}

impl Room {
    /// Applies committed events and publishes them. `head` is the stream's head after them.
    pub(super) fn publish(&mut self, committed: Vec<Committed>, head: Head) {
        let Some(first) = committed.first().map(|one| one.seq) else { return };
        let mut new = Vec::with_capacity(committed.len());
        for Committed { seq, seat, event } in committed {
            self.state.apply(&event);
            let by =
                seat.and_then(|seat| self.state.actor_of(seat)).map_or(0, |actor| actor.number.0);
            let published = Published::new(&event, &self.state, by);
            self.packed.retain(|viewer, _| !published.to(*viewer).what.withdraws());
            // Only the end of a frame is a position that a device can name when it comes back.
            let tag = (seq == head.seq).then(|| head.hash.into());
            new.push(Recent { seq, tag, published });
            match event {
                Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) => {
                    self.patches.push_back((seq, item, field, patch))
                }
                Event::People(
                    people::Event::Arrived { mesa, .. }
                    | people::Event::EntriesMerged { mesa, .. }
                    | people::Event::EntriesParted { mesa, .. },
                ) => {
                    let here = self.here.entry(mesa).or_default();
                    (here.roster_changed, here.called) = (true, None);
                }
                Event::People(people::Event::SessionClosed { session }) => {
                    self.cut(|id, _| id == session);
                    self.call_all_anew();
                }
                Event::People(people::Event::RoleGiven { person, .. }) => {
                    self.cut(|_, session| session.person == person);
                }
                Event::People(people::Event::FollowersLetIn { open: false }) => {
                    self.outgoing.end(Viewer::Public);
                }
                Event::People(people::Event::PersonAnonymised { person, .. }) => {
                    self.names.remove(&person);
                    self.call_all_anew();
                }
                Event::Agreement(agreement::Event::Signing(_)) => {
                    self.around.signings.ring(self.stream);
                }
                Event::People(people::Event::Left { mesa, .. }) => {
                    self.here.entry(mesa).or_default().called = None
                }
                _ => {}
            }
        }
        self.head = head;
        self.outgoing.take(
            first,
            head.hash.into(),
            &new.iter().map(|recent| &recent.published).collect::<Vec<_>>(),
        );
        self.recent.extend(new);
        while self.recent.len() > TAIL_LENGTH {
            self.recent.pop_front();
        }
        while self.patches.len() > PATCHES_LENGTH {
            if let Some((seq, ..)) = self.patches.pop_front() {
                self.patches_since = seq;
            }
        }
        self.outgoing.flush(Instant::now());
        self.keep_snapshot();
    }

    /// Ends the connections of some sessions.
    fn cut(&mut self, which: impl Fn(SessionId, &Session) -> bool) {
        let sessions = &self.state.registry.sessions;
        self.cuts.retain(|id, cut| {
            let cuts = sessions.get(id).is_some_and(|session| which(*id, session));
            if cuts {
                cut.cancel();
            }
            !cuts
        });
    }

    /// Who is here, or what they are called, has changed at some mesa.
    fn call_all_anew(&mut self) {
        self.here.values_mut().for_each(|here| (here.roster_changed, here.called) = (true, None));
    }

    fn keep_snapshot(&mut self) {
        if self.head.seq < self.snapshot_seq + SNAPSHOT_EVERY {
            return;
        }
        self.snapshot_seq = self.head.seq;
        let (store, stream, head, state) =
            (self.store.clone(), self.stream, self.head, Arc::new(self.state.clone()));
        tokio::spawn(async move {
            if let Err(error) = store.write_snapshot(stream, head, &state).await {
                tracing::warn!(%stream, %error, "no state snapshot was written; the next start folds more events");
            }
        });
    }

    /// Loads what others appended, and publishes it.
    ///
    /// # Errors
    /// [`RoomFailure::Redacted`] when earlier events aren't any more what the state was folded from.
    pub(super) async fn catch_up(&mut self) -> Result<(), RoomFailure> {
        loop {
            let records = self.store.records(self.stream, self.head.seq, 500).await?;
            let Some(last) = records.last() else { return Ok(()) };
            let head = Head { seq: last.seq, hash: last.hash };
            if records.iter().any(|record| matches!(record.event, Event::Redacted { .. })) {
                return Err(RoomFailure::Redacted);
            }
            let new: Vec<_> = records.iter().filter_map(|record| named(&record.event)).collect();
            if !new.is_empty() {
                self.names.extend(self.store.names(&new).await?);
            }
            self.publish(records.into_iter().map(committed).collect(), head);
        }
    }
}

/// Whose name may be new.
fn named(event: &Event) -> Option<PersonId> {
    match event {
        Event::People(
            people::Event::Arrived { person, .. } | people::Event::PersonEnrolled { person, .. },
        ) => Some(*person),
        _ => None,
    }
}

fn committed(record: Record) -> Committed {
    Committed { seq: record.seq, seat: record.on_behalf.or(record.seat), event: record.event }
}
