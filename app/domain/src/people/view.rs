//! Which audience gets to know who was let in, came and left.

use super::Event;
use crate::audience::Audience;

pub(crate) fn sees(event: &Event, audience: Audience) -> bool {
    match event {
        Event::LinkIssued { .. }
        | Event::PersonEnrolled { .. }
        | Event::SessionOpened { .. }
        | Event::SessionClosed { .. } => false,
        // Who came, when and how, and what they allowed: the facilitation keeps that list, nobody
        // else.
        Event::Arrived { .. }
        | Event::Left { .. }
        | Event::NoticeAccepted { .. }
        | Event::NamePublicSet { .. } => audience == Audience::Facilitation,
    }
}
