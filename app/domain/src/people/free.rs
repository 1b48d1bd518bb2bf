//! The texts that somebody typed in events about people. Names aren't there.

use super::Event;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Arrived { organisation, .. } => visit(Part::Organisation, organisation),
            Self::LinkIssued { .. }
            | Self::LinkEnded { .. }
            | Self::Invited { .. }
            | Self::RoleGiven { .. }
            | Self::FollowersLetIn { .. }
            | Self::PersonEnrolled { .. }
            | Self::PersonAnonymised { .. }
            | Self::InvitationAsked { .. }
            | Self::SessionOpened { .. }
            | Self::SessionClosed { .. }
            | Self::Left { .. }
            | Self::NoticeAccepted { .. }
            | Self::NamePublicSet { .. }
            | Self::EntriesMerged { .. }
            | Self::EntriesParted { .. } => {}
        }
    }
}
