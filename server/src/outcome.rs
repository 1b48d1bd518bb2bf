//! Translates a command's outcome between the store's type and the wire's.

use store::Outcome as Stored;
use sync::wire::Outcome;

/// The wire's form.
pub fn to_wire(outcome: Stored) -> Outcome {
    match outcome {
        Stored::Applied { seq } => Outcome::Applied { seq },
        Stored::Unchanged { seq } => Outcome::Unchanged { seq },
        Stored::Refused(rejection) => Outcome::Refused(rejection),
    }
}

/// The store's form.
pub fn to_store(outcome: Outcome) -> Stored {
    match outcome {
        Outcome::Applied { seq } => Stored::Applied { seq },
        Outcome::Unchanged { seq } => Stored::Unchanged { seq },
        Outcome::Refused(rejection) => Stored::Refused(rejection),
    }
}
