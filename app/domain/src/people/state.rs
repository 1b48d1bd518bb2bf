//! The people of a mesa: state folded from its events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attendance::Attendee;
use crate::PersonId;

/// The people of a mesa.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who came in.
    pub attendees: BTreeMap<PersonId, Attendee>,
}
