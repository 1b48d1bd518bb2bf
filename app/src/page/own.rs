//! What of a mesa's secrets is the viewer's own. Frames are the same for everybody of a kind, so it isn't
//! in them: it is in the page, and comes from an address of its own when another device changed it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::veil::Veiled;
use domain::{Millis, priority};
use serde::{Deserialize, Serialize};

/// What is the viewer's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// How their organisation divided its points.
    pub share: Option<priority::Own>,
    /// The problems that they wrote alone, and since when that is done.
    pub alone: Option<(Millis, Vec<Veiled>)>,
}

impl Own {
    /// As a line of text.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(sync::wire::encode(self))
    }

    /// From such a line; none: it is something else, as a page of an error is.
    pub fn of_text(text: &str) -> Option<Self> {
        sync::wire::decode(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem_author() -> domain::PersonId {
        "01936d3e-0000-7000-8000-000000000003".parse().expect("a person")
    }

    #[test]
    fn what_is_one_s_own_is_read_back_and_nothing_else_is() {
        let problem = "01936d3e-0000-7000-8000-000000000002".parse().expect("an item");
        let share = priority::Own { number: 2, times: 1, share: vec![(problem, 4)] };
        let (title, author) = ("Baches".to_owned(), problem_author());
        let title = domain::ShortText::parse(&title).expect("a title");
        let alone = Veiled { item: problem, author, title, statement: None };
        let alone = Some((7, vec![alone]));
        for own in [Own::default(), Own { share: Some(share), alone }] {
            assert_eq!(Own::of_text(&own.to_text()), Some(own));
        }
        for other in ["", "?", "<!DOCTYPE html>", "AQ"] {
            assert_eq!(Own::of_text(other), None, "{other}");
        }
    }
}
