//! The whole server over real sockets: several devices, each with the replica that browsers run.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "over_sockets/agreement.rs"]
mod agreement;
#[path = "over_sockets/attacks.rs"]
mod attacks;
#[path = "over_sockets/attendance.rs"]
mod attendance;
#[path = "support/authority.rs"]
#[allow(dead_code)]
mod authority;
#[path = "over_sockets/bringing.rs"]
mod bringing;
#[path = "over_sockets/coding.rs"]
mod coding;
#[path = "over_sockets/doors.rs"]
mod doors;
#[path = "over_sockets/edge.rs"]
mod edge;
#[path = "over_sockets/editing.rs"]
mod editing;
#[path = "over_sockets/endings.rs"]
mod endings;
#[path = "over_sockets/floor.rs"]
mod floor;
#[path = "over_sockets/history.rs"]
mod history;
#[path = "over_sockets/import.rs"]
mod import;
#[path = "over_sockets/late.rs"]
mod late;
#[path = "over_sockets/leading.rs"]
mod leading;
#[path = "over_sockets/links.rs"]
mod links;
#[path = "over_sockets/logged.rs"]
mod logged;
#[path = "over_sockets/mesas.rs"]
mod mesas;
#[path = "over_sockets/metrics.rs"]
mod metrics;
#[path = "over_sockets/names.rs"]
mod names;
#[path = "over_sockets/own_data.rs"]
mod own_data;
#[path = "over_sockets/pack.rs"]
mod pack;
#[path = "over_sockets/paper.rs"]
mod paper;
#[path = "over_sockets/people.rs"]
mod people;
#[path = "over_sockets/pieces.rs"]
mod pieces;
#[path = "over_sockets/prepare.rs"]
mod prepare;
#[path = "over_sockets/priority.rs"]
mod priority;
#[path = "over_sockets/privacy.rs"]
mod privacy;
#[path = "over_sockets/public.rs"]
mod public;
#[path = "over_sockets/reading.rs"]
mod reading;
#[path = "over_sockets/redacted.rs"]
mod redacted;
#[path = "over_sockets/restored.rs"]
mod restored;
#[path = "over_sockets/results.rs"]
mod results;
#[path = "over_sockets/rights.rs"]
mod rights;
#[path = "over_sockets/sections.rs"]
mod sections;
#[path = "over_sockets/setup.rs"]
mod setup;
#[path = "over_sockets/signing.rs"]
mod signing;
#[path = "over_sockets/slow.rs"]
mod slow;
#[path = "over_sockets/stamps.rs"]
mod stamps;
#[path = "over_sockets/streams.rs"]
mod streams;
#[path = "over_sockets/support.rs"]
mod support;
#[path = "over_sockets/tls.rs"]
mod tls;
#[path = "support/tsa.rs"]
mod tsa;
#[path = "over_sockets/two_nodes.rs"]
mod two_nodes;
#[path = "over_sockets/veil.rs"]
mod veil;
#[path = "over_sockets/verify.rs"]
mod verify;
