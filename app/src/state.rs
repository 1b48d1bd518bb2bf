//! The state of the screens, as signals: the mesa, what the person wrote and hasn't been sent, the
//! connection. The same on the server (where it never changes) and in the browser; nothing here
//! touches the browser.

mod ask;
mod before;
mod clocks;
mod condition;
mod drafts;
mod follow;
mod late;
pub mod live;
mod outbox;
pub mod outline;
pub mod plan;
pub mod priority;
mod refused;
mod save;
pub mod unsent;
mod veil;
mod writers;

pub use before::Before;
pub use clocks::Clocks;
pub use condition::Condition;
pub use drafts::Drafts;
pub use follow::TextChange;
pub use live::{Following, Live};
pub use outbox::Outbox;
pub use plan::Call;
pub use refused::{RefusedText, written};
pub use save::SaveState;
pub use sync::connection::Status;
pub use unsent::Unsent;
pub use writers::Writers;
