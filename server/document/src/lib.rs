//! Documents of an exercise as PDF: the Plan de Acción Local, set by typst from data alone.
//!
//! Plain data in, bytes out. Nothing here knows the rest of the program, and nothing is read or
//! written but what a child process gets and gives back. What people wrote is data for the
//! templates, never source; no text can stop a document ([`prepare`], [`Fonts::unshowable`]).

mod attendance;
mod child;
mod compile;
mod date;
mod drawing;
mod failure;
mod fonts;
mod letters;
mod logo;
mod minutes;
mod pal;
mod plan;
mod renderer;
mod request;
mod scan;
mod seal;
mod text;
mod user;
mod world;

pub use attendance::{AttendanceList, Attendee, attendance_list};
pub use child::{ChildError, run_child};
pub use compile::Pdf;
pub use date::{Date, Moment};
pub use failure::Failure;
pub use fonts::Fonts;
pub use letters::{Missing, Style, Trouble, prepare};
pub use minutes::*;
pub use pal::{pal, sheets};
pub use plan::*;
pub use renderer::{RenderError, Renderer, Workshop};
pub use request::Request;
pub use scan::{ScanPage, scan_page};
pub use seal::Seal;
