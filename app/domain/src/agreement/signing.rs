//! Signing a frozen version (line D7 of section 1): a slot for each actor, who draws initials and
//! signature once, types a name, signs on paper, refuses or is absent; and the seal that ends it.
//! What is drawn is a simple electronic signature (section 2, facts 8 and 9).

pub(super) mod apply;
mod command;
pub(super) mod decide;
mod drawing;
mod event;
pub(super) mod free;
mod rejection;
mod scan;
mod state;
pub(super) mod view;

pub use command::{Command, ServerCommand};
pub(crate) use decide::decide_server;
pub use drawing::{BOX, Drawing, DrawingError, MOST_POINTS, MOST_STROKES, Point};
pub use event::Event;
pub use rejection::Rejection;
pub use scan::{MOST_SCAN_PAGES, MOST_SCANS, Scan, ScanCommand, ScanKind, Scanned};
pub use state::{By, Hand, Mark, Noted, Round, Seal, Slot};
