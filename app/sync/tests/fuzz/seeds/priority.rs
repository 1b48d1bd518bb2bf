//! Which problems come first: an event and a command of every kind.

use domain::priority::{Command as Priority, Event as Happened};
use domain::{ActorNumber, Command, Event, Shown, conduct};

use super::{HERE, PROBLEM};

pub(super) fn events() -> Vec<Event> {
    let opened = |at| Happened::Opened { problems: vec![PROBLEM], points: 5, at };
    let events = [
        opened(8_400),
        Happened::Cancelled,
        opened(8_410),
        Happened::Given { actor: ActorNumber(1), share: Some(vec![(PROBLEM, 3)]) },
        Happened::Given { actor: ActorNumber(2), share: None },
        Happened::Closed { at: 8_420, sums: vec![(PROBLEM, 300)] },
        opened(8_430),
        Happened::Given { actor: ActorNumber(1), share: Some(vec![(PROBLEM, 5)]) },
    ];
    let show = conduct::Event::ShownChanged { shown: Shown::Priority };
    let events = events.into_iter().map(|event| Event::Priority(HERE, event));
    events.chain([Event::Conduct(HERE, show)]).collect()
}

pub(super) fn commands() -> Vec<Command> {
    let commands = [
        Priority::Open { points: 5 },
        Priority::Give { number: 2, share: vec![(PROBLEM, 4)] },
        Priority::Close { number: 2 },
        Priority::Cancel { number: 2 },
    ];
    commands.map(Command::Priority).to_vec()
}
