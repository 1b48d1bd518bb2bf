//! Which organisations are at a mesa now, against the quorum that the exercise agreed on
//! (sections 2 and 4). An organisation counts once, whoever came in its seats.

use super::attendance::{AttendanceMode, Attendee};
use crate::exercise::{Actor, Sector};
use crate::mesa::Mesa;

/// The organisations that sign the plan: who of them is at a mesa.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// How many are present.
    pub present: u16,
    /// How many have to be; 0: no number was agreed on.
    pub required: u16,
    /// By sector, in the order in which the sectors' first organisations are listed: the sector,
    /// how many of its organisations are present, how many it has.
    pub by_sector: Vec<(Sector, u16, u16)>,
    /// Those that are present, by how they attend: in the room, at a distance, with help. An
    /// organisation attends as whoever acts for it, or else as its other seat.
    pub by_mode: [(AttendanceMode, u16); 3],
}

impl Quorum {
    /// Counts the organisations at a mesa. Only the facilitation has the list of who came: for
    /// anybody else nobody is present.
    pub fn of(mesa: &Mesa) -> Self {
        let mut quorum = Self {
            required: mesa.exercise.as_ref().map_or(0, |card| card.quorum),
            present: 0,
            by_sector: Vec::new(),
            by_mode: AttendanceMode::ALL.map(|mode| (mode, 0)),
        };
        for actor in mesa.actors.iter().filter(|actor| actor.signs && !actor.withdrawn) {
            let attends = attends(mesa, actor);
            let there = u16::from(attends.is_some());
            quorum.present += there;
            match quorum.by_sector.iter_mut().find(|(sector, ..)| *sector == actor.sector) {
                Some((_, present, total)) => (*present, *total) = (*present + there, *total + 1),
                None => quorum.by_sector.push((actor.sector, there, 1)),
            }
            for (mode, count) in &mut quorum.by_mode {
                *count += u16::from(attends == Some(*mode));
            }
        }
        quorum
    }

    /// Whether enough are present.
    pub fn is_met(&self) -> bool {
        self.present >= self.required
    }
}

/// How an organisation attends; none: nobody in its seats is there.
fn attends(mesa: &Mesa, actor: &Actor) -> Option<AttendanceMode> {
    let sits = |attendee: &Attendee| {
        attendee.seat.is_some_and(|seat| actor.seats.iter().any(|own| own.id == seat))
    };
    let mut there: Vec<&Attendee> = mesa
        .people
        .counted()
        .filter(|(person, attendee)| sits(attendee) && mesa.people.is_there(*person))
        .map(|(_, attendee)| attendee)
        .collect();
    there.sort_by_key(|attendee| !attendee.seat.is_some_and(|seat| actor.acts_by(seat)));
    there.first().map(|attendee| attendee.mode)
}
