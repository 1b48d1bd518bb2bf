//! What the screens are drawn from, as signals: the mesa, what of it is the person's own and still
//! unsent, the connection. The same on the server (where nothing ever moves) and in the browser;
//! nothing here touches the browser.

mod ask;
mod before;
mod clocks;
mod condition;
mod drafts;
mod follow;
mod late;
pub mod live;
mod outbox;
mod refused;
mod save;
pub mod unsent;
mod writers;

pub use before::Before;
pub use clocks::Clocks;
pub use condition::Condition;
pub use drafts::Drafts;
pub use follow::TextChange;
pub use live::{Following, Live};
pub use outbox::Outbox;
pub use refused::{RefusedText, written};
pub use save::SaveState;
pub use sync::connection::Status;
pub use unsent::Unsent;
pub use writers::Writers;
