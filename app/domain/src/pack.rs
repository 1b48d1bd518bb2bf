//! The information pack (*expediente previo*, lines A1 to A3 of section 1): what two senders owe everybody
//! before a mesa, until when, and who opened it. No device folds it: its page is drawn by the server, and
//! mesas are told what it comes to ([`Notice`]).

mod apply;
mod chart;
pub mod checklist;
pub mod clock;
mod command;
mod decide;
mod event;
mod follow;
mod free;
pub mod holidays;
mod notice;
pub mod results;
mod state;

pub use chart::{Bar, Chart, MOST_BARS};
pub use checklist::{Entry, Sender};
pub use clock::{DayKind, MOST_DAYS, NoticeRule};
pub use command::{Receipt, ServerCommand, ToCount};
pub(crate) use decide::decide_server;
pub use decide::{MOST_FILES, MOST_SENT, may_send};
pub use event::Event;
pub use follow::follow;
pub use notice::Notice;
pub use results::Results;
#[cfg(target_arch = "wasm32")]
pub(crate) use state::pass_over;
pub use state::{Absence, By, EMPTY_BYTES, End, File, FileKind, FileNumber, Opening, State};
