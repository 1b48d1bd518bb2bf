//! The mesa as pure data and rules: what can be said to it ([`Command`]), what then is true ([`Event`]), who may say it
//! ([`permission`]), and what each audience gets to see of it ([`project`](mod@project)).
//!
//! No I/O, no clock, no randomness: time, ids and the person's role come in as arguments. The browser, the server, the
//! load tool and the tests all run this same code. References such as "section 3" mean the sections of the process
//! description that the README summarises.

pub mod alphabet;
pub mod apply;
pub mod attendance;
pub mod check;
pub mod codes;
pub mod command;
pub mod contribution;
pub mod decide;
pub mod event;
pub mod exercise;
pub mod field;
pub mod ids;
pub mod item;
pub mod late;
pub mod name;
pub mod patch;
pub mod permission;
pub mod project;
pub mod quota;
pub mod recover;
pub mod redact;
pub mod registry;
pub mod rejection;
pub mod solution;
pub mod state;
pub mod timing;
pub mod together;
pub mod turnout;
pub mod words;

pub use check::Finding;
pub use command::{Command, Registration};
pub use contribution::{Contribution, ContributionKind, Response, ResponseStatus};
pub use decide::{Context, decide, register};
pub use event::Event;
pub use exercise::{Actor, AgendaItem, MesaCard, PlanCard, Quota, Seat};
pub use field::{Assignment, TextField};
pub use ids::*;
pub use item::{Activity, Commitment, Details, Item, ItemKind, Problem};
pub use late::{Late, LatePart, Pause, PauseKind};
pub use patch::Patch;
pub use permission::{Action, Phase, Role};
pub use project::{Audience, Projected};
pub use quota::QuotaBoard;
pub use rejection::Rejection;
pub use solution::{DraftCommitment, Solution, SolutionState};
pub use state::{Shown, State};
pub use together::{PlanMove, Standing};
pub use words::{Remark, ShortText};

/// A calendar day, without a time zone.
pub type Date = time::Date;
