//! Presence: which devices are connected, when each was last heard, and which went silent or left.

use domain::{conduct, floor};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{MesaNumber, Millis, Pause, PersonId, ServerCommand, SessionId, Viewer};
use sync::wire::{Present, ServerFrame};
use tokio::sync::oneshot;

use super::{Connection, Room, RoomFailure, Work};
use crate::clock;

/// A device that wasn't heard for this long isn't here, even if its connection is open: it answers
/// every ten seconds.
const QUIET: Millis = 25_000;
/// Most other devices of a person that the facilitation is told of besides the connected one.
const OTHERS_LIMIT: usize = 4;

/// When a connection was last heard, by the server's clock; shared by its conversation and its
/// room.
#[derive(Clone, Debug)]
pub struct Heard(Arc<AtomicI64>);

impl Heard {
    /// Heard now for the first time.
    pub fn now() -> Self {
        Self(Arc::new(AtomicI64::new(clock::now())))
    }

    /// Heard now.
    pub fn again(&self) {
        self.0.store(clock::now(), Ordering::Relaxed);
    }

    fn at(&self) -> Millis {
        self.0.load(Ordering::Relaxed)
    }
}

/// The person whose device connects.
#[derive(Clone, Debug)]
pub struct Coming {
    /// The person.
    pub person: PersonId,
    /// The device's session: several tabs have the same one.
    pub session: SessionId,
    /// When it was last heard.
    pub heard: Heard,
}

#[derive(Debug)]
struct Open {
    connection: Connection,
    session: SessionId,
    heard: Heard,
    /// Whether it counted as here when the facilitation was last told.
    here: bool,
}

/// The devices of the people who came in, as far as this process has seen them.
#[derive(Debug, Default)]
pub(super) struct Presence {
    open: BTreeMap<PersonId, Vec<Open>>,
    /// When the devices that are no longer connected were last heard.
    gone: BTreeMap<PersonId, BTreeMap<SessionId, Millis>>,
    /// When the server last resumed after a pause: before that nobody could be heard.
    resumed: Millis,
}

impl Presence {
    pub(super) fn come(&mut self, coming: Coming, connection: Connection) {
        let Coming { person, session, heard } = coming;
        self.open.entry(person).or_default().push(Open { connection, session, heard, here: true });
    }

    pub(super) fn leave(&mut self, person: PersonId, connection: Connection) {
        let Some(open) = self.open.get_mut(&person) else { return };
        let Some(place) = open.iter().position(|open| open.connection == connection) else {
            return;
        };
        let Open { session, heard, .. } = open.swap_remove(place);
        if open.is_empty() {
            self.open.remove(&person);
        }
        let last = self.gone.entry(person).or_default().entry(session).or_insert(Millis::MIN);
        *last = heard.at().max(*last);
    }

    /// Whether a device of theirs has a connection.
    pub(super) fn is_connected(&self, person: PersonId) -> bool {
        self.open.contains_key(&person)
    }

    /// The server resumes after a pause: everybody gets the time anew to be heard.
    pub(super) fn resume(&mut self, now: Millis) {
        self.resumed = now;
    }

    /// Whether somebody went silent or was heard again since the last call.
    pub(super) fn changed(&mut self, now: Millis) -> bool {
        let resumed = self.resumed;
        let mut changed = false;
        for open in self.open.values_mut().flatten() {
            let here = is_here(open, resumed, now);
            changed |= std::mem::replace(&mut open.here, here) != here;
        }
        changed
    }

    /// What the facilitation is told of a person; `is_open` says whether a session wasn't signed
    /// out.
    fn of(
        &self,
        person: PersonId,
        name: String,
        now: Millis,
        is_open: impl Fn(&SessionId) -> bool,
    ) -> Present {
        let open = self.open.get(&person).map_or(&[][..], Vec::as_slice);
        let mut last: BTreeMap<SessionId, Millis> =
            self.gone.get(&person).cloned().unwrap_or_default();
        for silent in open.iter().filter(|open| !is_here(open, self.resumed, now)) {
            let known = last.entry(silent.session).or_insert(Millis::MIN);
            *known = silent.heard.at().max(*known);
        }
        let mut here: Vec<_> = open
            .iter()
            .filter(|open| is_here(open, self.resumed, now))
            .map(|open| open.session)
            .collect();
        here.sort_unstable();
        here.dedup();
        let heard = last.values().max().copied().filter(|_| here.is_empty());
        let away = last
            .iter()
            .filter(|(session, _)| !here.is_empty() && !here.contains(session) && is_open(session));
        let mut others: Vec<_> = away.map(|(_, at)| *at).collect();
        others.sort_unstable_by_key(|at| std::cmp::Reverse(*at));
        others.truncate(OTHERS_LIMIT);
        Present {
            person,
            name,
            devices: u16::try_from(here.len()).unwrap_or(u16::MAX),
            heard,
            others,
        }
    }
}

fn is_here(open: &Open, resumed: Millis, now: Millis) -> bool {
    now.saturating_sub(open.heard.at().max(resumed)) <= QUIET
}

impl Room {
    /// Notes who went silent, and who was heard again.
    pub(super) fn look_who_is_here(&mut self) {
        let now = clock::now();
        for here in self.here.values_mut() {
            here.roster_changed |= here.presence.changed(now);
        }
    }

    /// The server stood still: notes it for the facilitation, and counts nobody as gone for their
    /// silence meanwhile.
    pub(super) async fn go_on_after(&mut self, pause: Pause) -> Result<(), RoomFailure> {
        let now = clock::now();
        self.here.values_mut().for_each(|here| here.presence.resume(now));
        tracing::warn!(stream = %self.stream, from = pause.from, to = pause.to, kind = ?pause.kind, "the server stood still");
        let note = |mesa: &MesaNumber| {
            ServerCommand::Conduct(*mesa, conduct::ServerCommand::NotePause(pause))
        };
        let commands: Vec<_> = self.state.mesas.keys().map(note).collect();
        let (reply, _) = oneshot::channel();
        self.commit(vec![Work::Enter { commands, people: Vec::new(), by: None, reply }]).await
    }

    /// The server's clock was set: what is left of running times stays.
    pub(super) async fn move_clocks(&mut self, by: Millis) -> Result<(), RoomFailure> {
        let command = floor::ServerCommand::ClockMoved { by, at: clock::now() };
        let move_all = |mesa: &MesaNumber| ServerCommand::Floor(*mesa, command.clone());
        let commands: Vec<_> = self.state.mesas.keys().map(move_all).collect();
        let (reply, _) = oneshot::channel();
        self.commit(vec![Work::Enter { commands, people: Vec::new(), by: None, reply }]).await
    }

    pub(super) fn publish_rosters(&mut self) {
        let changed = self
            .here
            .iter_mut()
            .filter_map(|(mesa, here)| std::mem::take(&mut here.roster_changed).then_some(*mesa));
        for mesa in changed.collect::<Vec<_>>() {
            self.publish_roster(mesa);
        }
    }

    fn publish_roster(&mut self, number: MesaNumber) {
        let (Some(mesa), Some(here)) = (self.state.mesa(number), self.here.get(&number)) else {
            return;
        };
        let now = clock::now();
        let sessions = &self.state.registry.sessions;
        let is_open =
            |session: &SessionId| sessions.get(session).is_some_and(|session| !session.closed);
        // Devices say of an attendee who isn't in the roster that they have no name.
        let present = |person: &PersonId| {
            let name = self.names.get(&mesa.people.one(*person))?.clone();
            Some(here.presence.of(*person, name, now, is_open))
        };
        let present = mesa.people.attendees.keys().filter_map(present).collect();
        self.outgoing.aside(Viewer::Facilitation(number), &ServerFrame::Roster(present));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ANA: PersonId = PersonId(Uuid::from_u128(1));
    const PHONE: SessionId = SessionId(Uuid::from_u128(2));
    const LAPTOP: SessionId = SessionId(Uuid::from_u128(3));

    fn connect(presence: &mut Presence, number: u128, session: SessionId, at: Millis) -> Heard {
        let heard = Heard(Arc::new(AtomicI64::new(at)));
        presence.come(
            Coming { person: ANA, session, heard: heard.clone() },
            Connection(Uuid::from_u128(number)),
        );
        heard
    }

    fn told(presence: &Presence, now: Millis) -> (u16, Option<Millis>, Vec<Millis>) {
        let Present { devices, heard, others, .. } = presence.of(ANA, String::new(), now, |_| true);
        (devices, heard, others)
    }

    #[test]
    fn a_device_that_lost_its_network_silently_was_last_heard_when_it_was() {
        let mut presence = Presence::default();
        let heard = connect(&mut presence, 10, PHONE, 1_000);
        assert_eq!(told(&presence, 26_000), (1, None, Vec::new()));
        assert!(!presence.changed(26_000));
        assert!(presence.changed(26_001));
        assert_eq!(told(&presence, 26_001), (0, Some(1_000), Vec::new()));
        // It comes back without having noticed that it was away.
        heard.0.store(40_000, Ordering::Relaxed);
        assert!(presence.changed(41_000));
        assert_eq!(told(&presence, 41_000), (1, None, Vec::new()));
        presence.leave(ANA, Connection(Uuid::from_u128(10)));
        assert_eq!(told(&presence, 90_000), (0, Some(40_000), Vec::new()));
    }

    #[test]
    fn two_tabs_are_one_device_and_a_second_device_is_told_of_apart() {
        let mut presence = Presence::default();
        connect(&mut presence, 10, PHONE, 1_000);
        connect(&mut presence, 11, PHONE, 2_000);
        let laptop = connect(&mut presence, 12, LAPTOP, 2_000);
        assert_eq!(told(&presence, 3_000), (2, None, Vec::new()));
        presence.leave(ANA, Connection(Uuid::from_u128(10)));
        assert_eq!(told(&presence, 3_000), (2, None, Vec::new()), "its other tab is there");
        presence.leave(ANA, Connection(Uuid::from_u128(11)));
        laptop.0.store(60_000, Ordering::Relaxed);
        assert_eq!(told(&presence, 61_000), (1, None, vec![2_000]));
        assert!(
            presence.of(ANA, String::new(), 61_000, |session| *session != PHONE).others.is_empty(),
            "a signed-out phone holds nothing"
        );
        presence.leave(ANA, Connection(Uuid::from_u128(12)));
        assert_eq!(told(&presence, 62_000), (0, Some(60_000), Vec::new()));
        connect(&mut presence, 13, PHONE, 70_000);
        assert_eq!(told(&presence, 71_000), (1, None, vec![60_000]));
    }

    #[test]
    fn after_a_pause_of_the_server_nobody_is_gone_before_they_could_be_heard() {
        let mut presence = Presence::default();
        let heard = connect(&mut presence, 10, PHONE, 1_000);
        let now = 1_000 + 25 * 60_000;
        presence.resume(now);
        assert!(!presence.changed(now + 25_000));
        assert_eq!(told(&presence, now + 25_000), (1, None, Vec::new()));
        assert!(presence.changed(now + 25_001), "who didn't come back then is gone");
        assert_eq!(told(&presence, now + 25_001), (0, Some(1_000), Vec::new()));
        heard.0.store(now + 30_000, Ordering::Relaxed);
        assert!(presence.changed(now + 30_001));
    }
}
