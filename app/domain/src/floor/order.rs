//! The order that is suggested for those who wait: first who hasn't spoken, the room and those at a
//! distance in turn, then whose sector spoke least. It is only ever a suggestion.

use super::Entry;
use crate::mesa::Mesa;
use crate::people::attendance::AttendanceMode;
use crate::{EntryId, Millis};

/// The suggested order of those who wait. Whoever is alike stays in the order of the list.
pub fn suggested(mesa: &Mesa, now: Millis) -> Vec<EntryId> {
    let is_remote = |entry: &Entry| entry.mode == AttendanceMode::Remote;
    let spoken = mesa.spoken(now);
    let mut sectors = mesa.spoken_by_sector(now);
    let mut last = mesa.floor.turn.as_ref().map(|turn| is_remote(&turn.entry));
    let mut rest: Vec<&Entry> = mesa.floor.waiting.iter().collect();
    let mut order = Vec::with_capacity(rest.len());
    // Each who is called is counted with a turn of the usual length, so that a sector with several
    // on the list doesn't speak all at once.
    let turn = Millis::from(mesa.floor.turn_minutes()) * super::timer::MINUTE;
    while !rest.is_empty() {
        let rank = |entry: &&Entry| {
            let one = entry.who.person.map(|person| mesa.people.one(person));
            let is_theirs = |who: &super::Who| {
                (who.person.is_some() && who.person == one)
                    || (who.actor.is_some() && who.actor == entry.who.actor)
                    || (who.name.is_some() && who.name == entry.who.name)
            };
            let own = spoken.iter().filter(|spoke| is_theirs(&spoke.who));
            let own: Millis = own.map(|spoke| spoke.time).fold(0, Millis::saturating_add);
            let sector = mesa.sector_of(&entry.who);
            let of_sector = sectors.iter().find(|(other, ..)| *other == sector);
            let of_sector = of_sector.map_or(0, |(_, _, time)| *time);
            (own > 0, last == Some(is_remote(entry)), of_sector, own)
        };
        let Some((place, _)) = rest.iter().enumerate().min_by_key(|(_, entry)| rank(entry)) else {
            break;
        };
        let entry = rest.remove(place);
        last = Some(is_remote(entry));
        let sector = mesa.sector_of(&entry.who);
        match sectors.iter_mut().find(|(other, ..)| *other == sector) {
            Some((_, _, time)) => *time = time.saturating_add(turn),
            None => sectors.push((sector, 1, turn)),
        }
        order.push(entry.id);
    }
    order
}
