//! Points that organisations divided: once closed, and once still open.

use domain::priority::Event as Happened;
use domain::{ActorNumber, Event, ItemId};
use store::Store;

use crate::world::{FIRST, Line};

/// A result, and another round of points in which one organisation gave its own.
pub(super) async fn choose(store: &Store, mesa: &mut Line, problems: &[ItemId]) {
    let at = 1_790_000_000_000;
    let opened = Happened::Opened { problems: problems.to_vec(), points: 5, at };
    let given = |number, points| Happened::Given {
        actor: ActorNumber(number),
        share: Some(vec![(problems[0], points)]),
    };
    let events = vec![
        opened.clone(),
        given(1, 2),
        given(1, 5),
        Happened::Closed { at, sums: problems.iter().map(|problem| (*problem, 5)).collect() },
        opened.clone(),
        Happened::Cancelled,
        opened,
        given(2, 3),
    ];
    mesa.say(store, events.into_iter().map(|event| Event::Priority(FIRST, event)).collect()).await;
}
