//! Who is at a mesa, after its events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attendance::Attendee;
use crate::PersonId;

/// Who is at a mesa.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who came.
    pub attendees: BTreeMap<PersonId, Attendee>,
}
