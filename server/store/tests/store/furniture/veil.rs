//! Problems that somebody wrote alone: one that was taken back, and two that wait.

use domain::veil::{Event as Happened, Veiled};
use domain::{Event, ItemId, PersonId};
use store::Store;
use uuid::Uuid;

use crate::world::{FIRST, Line, remark, short};

pub(super) async fn write_alone(store: &Store, mesa: &mut Line, name: &str) {
    let author = mesa.person.unwrap_or(PersonId(Uuid::now_v7()));
    let written = |item, title: &str, count| {
        let (title, statement) = (short(&format!("{title} de {name}")), remark("Y nadie responde"));
        let problem = Veiled { item, author, title, statement: Some(statement) };
        Happened::Written { problem: Some(problem), count }
    };
    let [one, two, three] = std::array::from_fn(|_| ItemId(Uuid::now_v7()));
    let events = vec![
        Happened::Drawn { at: 1_790_000_000_000 },
        written(one, "La luz", 1),
        written(two, "El agua", 2),
        Happened::Withdrawn { problem: Some(one), count: 1 },
        written(three, "El ruido", 2),
        written(three, "El ruido de noche", 2),
    ];
    mesa.say(store, events.into_iter().map(|event| Event::Veil(FIRST, event)).collect()).await;
}
