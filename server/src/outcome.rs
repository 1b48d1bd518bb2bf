//! What became of a command, between the store's words and the wire's.

use store::Outcome as Stored;
use sync::wire::Outcome;

/// As a frame carries it.
pub fn to_wire(outcome: Stored) -> Outcome {
    match outcome {
        Stored::Applied { seq } => Outcome::Applied { seq },
        Stored::Unchanged { seq } => Outcome::Unchanged { seq },
        Stored::Refused(rejection) => Outcome::Refused(rejection),
    }
}

/// As the store keeps it.
pub fn to_store(outcome: Outcome) -> Stored {
    match outcome {
        Outcome::Applied { seq } => Stored::Applied { seq },
        Outcome::Unchanged { seq } => Stored::Unchanged { seq },
        Outcome::Refused(rejection) => Stored::Refused(rejection),
    }
}
