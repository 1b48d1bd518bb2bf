//! The mesa as pure data and rules: commands ([`Command`]), events ([`Event`]), who may do what
//! ([`permission`]), and what each viewer sees ([`project`](mod@project)). An [`Exercise`] has
//! mesas, people and a plan; [`decide()`](decide::decide) turns a command into events, and
//! [`apply`] folds those into the state.
//!
//! By area: [`exercise`], [`people`], [`conduct`] (leading a mesa), [`floor`] (who speaks),
//! [`deliberation`] (what is written and said), [`priority`] (which problems come first), [`veil`]
//! (what each writes alone), [`agreement`] (the frozen plan, and who agrees to it) and [`pack`] (what everybody has before a mesa) each have their command,
//! event, rejection, decide, apply and view; [`text`] is what long texts are made of.
//!
//! No I/O, no clock, no randomness: time, ids and the person's role come in as arguments. The
//! browser, the server, the load tool and the tests all run this same code. References such as
//! "section 3" mean the sections of `docs/process.md`.

pub mod agreement;
pub mod apply;
pub mod audience;
pub mod codes;
pub mod command;
pub mod conduct;
pub mod decide;
pub mod deliberation;
pub mod event;
pub mod exercise;
pub mod floor;
pub mod ids;
pub mod judge;
pub mod mesa;
pub mod pack;
pub mod people;
pub mod permission;
pub mod priority;
pub mod project;
pub mod projected;
pub mod rejection;
pub mod text;
pub mod veil;

pub use audience::{Audience, Viewer};
pub use command::{Command, ServerCommand};
pub use conduct::late::{Late, LatePart, Pause, PauseKind};
pub use conduct::shown::Shown;
pub use decide::{decide, decide_server};
pub use deliberation::activity::Activity;
pub use deliberation::choice::{ItemKind, Response, ResponseStatus, SolutionState};
pub use deliberation::commitment::Commitment;
pub use deliberation::contribution::{Contribution, ContributionKind};
pub use deliberation::field::{Assignment, TextField};
pub use deliberation::finding::Finding;
pub use deliberation::item::{Details, Item};
pub use deliberation::problem::Problem;
pub use deliberation::quota::QuotaBoard;
pub use deliberation::solution::{DraftCommitment, Solution};
pub use event::Event;
pub use exercise::{Actor, AgendaItem, Exercise, ExerciseCard, MesaCard, Quota, Seat, Standing};
pub use ids::*;
pub use judge::Context;
pub use mesa::Mesa;
pub use permission::{Action, Phase, Role};
pub use projected::Projected;
pub use rejection::Rejection;
pub use text::patch::Patch;
pub use text::words::{Remark, ShortText};

/// A calendar day, without a time zone.
pub type Date = time::Date;
