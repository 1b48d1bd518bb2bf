//! Who spoke at a mesa, and a round that was closed with somebody pending.

use domain::floor::{Entry, Event as Happened, Mark, Who};
use domain::people::attendance::AttendanceMode;
use domain::{ActorNumber, EntryId, Event};
use store::Store;
use uuid::Uuid;

use crate::world::{FIRST, Line, remark, short};

/// A round in which one spoke and another didn't, and somebody who still waits.
pub(super) async fn speak(store: &Store, mesa: &mut Line, name: &str) {
    let at = 1_790_000_000_000;
    let (one, two) = (EntryId(Uuid::now_v7()), EntryId(Uuid::now_v7()));
    let speaker = Who { person: mesa.person, actor: Some(ActorNumber(1)), name: None };
    let named = Who { name: Some(short(&format!("Doña Lupe de {name}"))), ..Who::default() };
    let asked = |id, who| Happened::Asked(Entry { id, who, mode: AttendanceMode::InRoom });
    let events = vec![
        Happened::RoundOpened { about: None, at },
        asked(one, speaker.clone()),
        asked(two, named),
        Happened::Called { entry: one, at, minutes: 3 },
        Happened::TurnExtended,
        Happened::Spoke { who: speaker, time: 130_000 },
        Happened::Marked { actor: ActorNumber(1), mark: Some(Mark::Spoke) },
        Happened::Ended,
        Happened::RoundClosed {
            at,
            pending: vec![ActorNumber(2)],
            reason: Some(remark(&format!("No vino nadie de {name}"))),
        },
    ];
    mesa.say(store, events.into_iter().map(|event| Event::Floor(FIRST, event)).collect()).await;
}
