//! An activity of a commitment: its typed short fields (section 4). Its long texts are kept with
//! the item.

use serde::{Deserialize, Serialize};

use super::choice::Party;
use super::field::Assignment;
use crate::{Date, ItemId, ShortText};

/// An activity's short fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The commitment it belongs to.
    pub commitment: ItemId,
    /// Lead institution.
    pub lead: Party,
    /// Post of the person responsible.
    pub responsible_post: ShortText,
    /// Name of the person responsible.
    pub responsible_person: ShortText,
    /// Who shares the responsibility.
    pub co_responsible: ShortText,
    /// First day.
    pub starts: Option<Date>,
    /// Due date.
    pub due: Option<Date>,
}

impl Activity {
    /// A new activity.
    pub fn of(commitment: ItemId) -> Self {
        Self {
            commitment,
            lead: Party::Unnamed,
            responsible_post: ShortText::default(),
            responsible_person: ShortText::default(),
            co_responsible: ShortText::default(),
            starts: None,
            due: None,
        }
    }

    pub(super) fn assign(&mut self, value: &Assignment) {
        match value {
            Assignment::Lead(party) => self.lead = party.clone(),
            Assignment::ResponsiblePost(text) => self.responsible_post = text.clone(),
            Assignment::ResponsiblePerson(text) => self.responsible_person = text.clone(),
            Assignment::CoResponsible(text) => self.co_responsible = text.clone(),
            Assignment::Starts(date) => self.starts = *date,
            Assignment::Due(date) => self.due = *date,
            _ => {}
        }
    }

    /// The value of the field that `like` sets; none for a switch, or when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        match like {
            Assignment::Lead(_) => Some(Assignment::Lead(self.lead.clone())),
            Assignment::ResponsiblePost(_) => {
                Some(Assignment::ResponsiblePost(self.responsible_post.clone()))
            }
            Assignment::ResponsiblePerson(_) => {
                Some(Assignment::ResponsiblePerson(self.responsible_person.clone()))
            }
            Assignment::CoResponsible(_) => {
                Some(Assignment::CoResponsible(self.co_responsible.clone()))
            }
            Assignment::Starts(_) => Some(Assignment::Starts(self.starts)),
            Assignment::Due(_) => Some(Assignment::Due(self.due)),
            _ => None,
        }
    }
}
