//! Every Spanish word that people read, in one place: names of the domain's values, labels of
//! fields, the sentences of each screen. Plain words, buttons that say what they do, errors that
//! say what happened and what to do next. No markup here and no rules; what was typed by people
//! never passes through.

pub mod advice;
pub mod agreement;
pub mod along;
#[cfg(feature = "ssr")]
pub mod as_attendee;
pub mod attendance;
#[cfg(feature = "ssr")]
pub mod bringing;
pub mod cells;
pub mod chart;
pub mod check;
pub mod clicker;
pub mod conduct;
pub mod count;
pub mod date;
pub mod desk;
#[cfg(feature = "ssr")]
pub mod dispatch;
pub mod document;
pub mod drawing;
pub mod entry;
pub mod error;
pub mod export;
pub mod field;
pub mod floor;
pub mod form;
pub mod history;
#[cfg(feature = "ssr")]
pub mod invitation;
pub mod late;
#[cfg(feature = "ssr")]
pub mod letter;
pub mod link;
pub mod list;
#[cfg(feature = "ssr")]
pub mod mail;
pub mod mesas;
pub mod missing;
pub mod moderation;
pub mod name;
pub mod now;
#[cfg(feature = "ssr")]
pub mod own_data;
pub mod pack;
pub mod paper;
#[cfg(feature = "ssr")]
pub mod paste;
pub mod petition;
#[cfg(feature = "ssr")]
pub mod plan;
#[cfg(feature = "ssr")]
pub mod prepare;
pub mod priority;
pub mod projector;
pub mod public;
pub mod quota;
#[cfg(feature = "ssr")]
pub mod records;
pub mod refusal;
#[cfg(feature = "ssr")]
pub mod reminder;
#[cfg(feature = "ssr")]
pub mod results;
pub mod sheet;
pub mod signing;
pub mod slots;
#[cfg(feature = "ssr")]
pub mod stamp;
pub mod status;
pub mod surround;
#[cfg(feature = "ssr")]
pub mod title;
pub mod tray;
pub mod value;
pub mod veil;
#[cfg(feature = "ssr")]
pub mod verify;
pub mod voice;
#[cfg(feature = "ssr")]
pub mod waiting;
pub mod wall;

/// The product's name.
pub const PRODUCT: &str = "Mesa Abierta";

/// A button that asks once more before it acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// What the button says.
    pub label: &'static str,
    /// What is asked, with what would change.
    pub question: &'static str,
    /// The answer that acts.
    pub yes: &'static str,
    /// The answer that doesn't.
    pub no: &'static str,
}
