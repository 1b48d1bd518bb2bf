//! What the operator reads, in Spanish. Everything that people at a mesa read is in `app::text`.

mod difference;
mod failure;
mod help;
mod misunderstood;
pub mod terminal;
pub mod verifying;

pub use difference::difference;
pub use help::HELP;

/// The answer to a request from another site's page.
pub const NOT_FROM_HERE: &str =
    "Esta solicitud no viene de una página de esta mesa. Abre la mesa otra vez e inténtalo ahí.\n";
/// The answer of `/healthz` when the store can't be read.
pub const STORE_DOWN: &str = "el almacén no responde\n";
