//! Who led the wall of a mesa, what waited to be shown, and private notes.

use domain::conduct::Event as Happened;
use domain::conduct::moderation::Mute;
use domain::conduct::notes::Note;
use domain::{Event, ItemId, NoteId, PersonId};
use store::Store;
use uuid::Uuid;

use crate::world::{FIRST, Line, remark};

/// A wall that somebody has, an item that waits, a note that stays and one that was erased.
pub(super) async fn lead(store: &Store, mesa: &mut Line, name: &str, problems: &[ItemId]) {
    let by = mesa.person.unwrap_or(PersonId(Uuid::nil()));
    let (stays, goes) = (NoteId(Uuid::now_v7()), NoteId(Uuid::now_v7()));
    let written = |id, text: String| {
        Happened::NoteWritten(Note { id, text: remark(&text), by, at: 1_790_000_000_000 })
    };
    let events = vec![
        Happened::WallTaken { by: Some(by) },
        Happened::LinedUp { item: problems[1], first: false },
        Happened::LinedUp { item: problems[0], first: true },
        Happened::LeftOut { item: problems[1] },
        Happened::WallHeld { held: true },
        written(stays, format!("Preguntar a {name} por la fecha")),
        written(goes, format!("{name} llega tarde")),
        Happened::NoteErased { note: goes },
        Happened::Muted(Mute {
            person: by,
            reason: remark(&format!("Insultó a {name}")),
            by,
            at: 1_790_000_000_000,
            appeal: None,
        }),
        Happened::Appealed { person: by, text: remark(&format!("No fui yo, fue {name}")) },
        Happened::MuteLifted { person: by },
    ];
    mesa.say(store, events.into_iter().map(|event| Event::Conduct(FIRST, event)).collect()).await;
}
