//! How a device and the server keep one text: the frames they exchange ([`wire`]), the device's
//! side of it ([`Replica`]), what it must keep to lose nothing ([`StoredCommand`]), the editor of
//! one field ([`EditorBuffer`]), when a connection is tried again ([`connection`]), and what time the
//! server has ([`clock`]).
//!
//! Sans-IO: bytes and storage go in and out as values. The browser, the load tool and the tests run
//! this same code.

pub mod clock;
pub mod connection;
pub mod editor;
pub mod kept;
pub mod outbox;
pub mod packed;
pub mod rebase;
pub mod receipt;
pub mod replica;
mod undo;
pub mod wire;

pub use editor::EditorBuffer;
pub use outbox::StoredCommand;
pub use receipt::{Receipt, ReceiptKey};
pub use replica::{Effect, Me, Replica};
pub use wire::{ClientFrame, ServerFrame};
