//! Which audience sees who was let in, came and left.

use super::Event;
use crate::audience::Audience;

pub(crate) fn sees(event: &Event, audience: Audience) -> bool {
    match event {
        Event::LinkIssued { .. }
        | Event::LinkEnded { .. }
        | Event::Invited { .. }
        | Event::RoleGiven { .. }
        | Event::FollowersLetIn { .. }
        | Event::PersonEnrolled { .. }
        | Event::PersonAnonymised { .. }
        | Event::InvitationAsked { .. }
        | Event::SessionOpened { .. }
        | Event::SessionClosed { .. } => false,
        // Who came, when and how, and what they consented to: only the facilitation has that list.
        Event::Arrived { .. }
        | Event::Left { .. }
        | Event::NoticeAccepted { .. }
        | Event::NamePublicSet { .. } => audience == Audience::Facilitation,
        // What either of them added is the other's own: their devices decide so, too.
        Event::EntriesMerged { .. } | Event::EntriesParted { .. } => audience != Audience::Public,
    }
}
