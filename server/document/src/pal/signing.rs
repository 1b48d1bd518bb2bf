//! The boxes in the margin and the blocks at the foot.

use serde_json::{Value, json};

use crate::drawing;
use crate::plan::{Edition, Note, Plan, Signer, Standing};
use crate::text;
use crate::user::User;

/// A reason longer than this goes under *Constancias*.
const MOST_OF_REASON: usize = 170;
/// From this many blocks on, their dates are short.
const MANY: usize = 10;

/// How the copy shows a signature.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// An empty place for a pen.
    Empty,
    /// Words instead of drawings: a published drawing can be copied.
    Words,
    /// As it stands.
    Whole,
}

fn shown(plan: &Plan) -> Shown {
    match plan.edition {
        Edition::Draft { .. } | Edition::Paper { .. } => Shown::Empty,
        Edition::Public { .. } => Shown::Words,
        Edition::Full { .. } => Shown::Whole,
    }
}

/// The sentence over the signatures, and what is signed.
pub fn closing(user: &User, plan: &Plan) -> Value {
    let (before, after) = text::closing_sentence(plan);
    json!({
        "intro": text::closing(plan),
        "what": user.rich(&text::what_is_signed(plan)),
        "before": before,
        "after": user.spaced(&after),
    })
}

/// The boxes, in the order of the signers.
pub fn boxes(user: &User, plan: &Plan) -> Vec<Value> {
    let shown = shown(plan);
    plan.signers.iter().map(|signer| initials(user, signer, shown)).collect()
}

fn initials(user: &User, signer: &Signer, shown: Shown) -> Value {
    let name = match signer.short_name.trim() {
        "" => signer.organisation.as_str(),
        name => name,
    };
    let mut drawn = None;
    let word = match (&signer.standing, shown) {
        (_, Shown::Empty) | (Standing::Pending, _) => None,
        (Standing::Signed { .. }, Shown::Words) | (Standing::Typed { .. }, _) => {
            Some(text::INITIALLED)
        }
        (Standing::Signed { initials, .. }, Shown::Whole) => {
            drawn = drawing::strokes(initials, &drawing::MARGIN);
            drawn.is_none().then_some(text::INITIALLED)
        }
        (Standing::Fingerprint { .. }, _) => Some(text::FINGERPRINT_BELOW),
        (Standing::Refused { .. }, _) => Some(text::REFUSED_BELOW),
        (Standing::Absent { .. }, _) => Some(text::ABSENT),
        (Standing::Paper { .. }, Shown::Words) => Some(text::INITIALLED_ON_PAPER),
        (Standing::Paper { .. }, Shown::Whole) => Some(text::ON_PAPER),
    };
    json!({
        "number": signer.number,
        "caption": user.line(&text::cut_to_width(name, 42.0)),
        "caption-short": user.line(&text::cut_to_width(name, 22.0)),
        "drawing": drawn,
        "word": word,
        "corner": matches!((&signer.standing, shown), (Standing::Paper { .. }, Shown::Whole)),
    })
}

/// The blocks, in the order of the signers.
pub fn blocks(user: &User, plan: &Plan) -> Vec<Value> {
    let shown = shown(plan);
    let short = plan.signers.len() >= MANY;
    plan.signers
        .iter()
        .map(|signer| {
            json!({
                "number": signer.number,
                "organisation": user.rich(&signer.organisation),
                "person": user.rich(&signer.person),
                "post": user.rich(&text::post(&signer.post, signer.capacity)),
                "how": if shown == Shown::Empty { "".into() } else { user.rich(&how(&signer.standing, short)) },
                "over": over_line(user, signer, shown),
            })
        })
        .collect()
}

/// What takes the most room of what is usually said under a name; nothing where a pen fills it in.
pub fn how_room(user: &User, plan: &Plan) -> Value {
    let at = plan.edition.moment();
    match shown(plan) {
        Shown::Empty => "".into(),
        Shown::Words | Shown::Whole => {
            let noted = Note { by: text::LONGEST_NOTE.to_owned(), at };
            user.rich(&how(&Standing::Absent { noted }, plan.signers.len() >= MANY))
        }
    }
}

fn how(standing: &Standing, short: bool) -> String {
    let noted =
        |how: &str, note: &Note| format!("{how} {}, {}", note.by.trim(), text::at(note.at, short));
    match standing {
        Standing::Pending => String::new(),
        Standing::Signed { at, how, .. } | Standing::Typed { at, how, .. } => {
            text::joined(&[how, &text::at(*at, short)], ", ")
        }
        Standing::Fingerprint { noted: note } => noted(text::FINGERPRINT_BEFORE, note),
        Standing::Refused { noted: note, .. }
        | Standing::Absent { noted: note }
        | Standing::Paper { noted: note } => noted(text::NOTED_BY, note),
    }
}

fn over_line(user: &User, signer: &Signer, shown: Shown) -> Value {
    let words = |said: &str| json!({ "kind": "words", "said": said });
    match (&signer.standing, shown) {
        (_, Shown::Empty) | (Standing::Pending, _) => json!({ "kind": "none" }),
        (Standing::Signed { .. }, Shown::Words) => words(text::SIGNED),
        (Standing::Signed { signature, .. }, Shown::Whole) => {
            match drawing::strokes(signature, &drawing::FOOT) {
                None => words(text::SIGNED),
                Some(svg) => json!({
                    "kind": "drawing",
                    "svg": svg,
                    "alt": user.line(&text::drawn_by(&signer.organisation)),
                }),
            }
        }
        (Standing::Typed { .. }, Shown::Words) => words(text::SIGNED),
        (Standing::Typed { name, .. }, Shown::Whole) => json!({
            "kind": "typed",
            "said": user.rich(name),
        }),
        (Standing::Fingerprint { .. }, Shown::Words) => words(text::PRESSED),
        (Standing::Fingerprint { .. }, Shown::Whole) => json!({ "kind": "oval" }),
        (Standing::Refused { reason, .. }, _) if is_long(reason) => {
            words(text::REFUSED_SEE_STATEMENTS)
        }
        (Standing::Refused { reason, .. }, _) => json!({
            "kind": "refusal",
            "said": text::REFUSED,
            "reason": user.rich(reason),
        }),
        (Standing::Absent { .. }, _) => words(text::ABSENT_THEN),
        (Standing::Paper { .. }, _) => words(text::SIGNED_ON_PAPER),
    }
}

fn is_long(reason: &str) -> bool {
    reason.trim().chars().count() > MOST_OF_REASON || reason.trim().contains('\n')
}

/// Reasons for refusing that don't fit over a line.
pub fn statements(user: &User, plan: &Plan) -> Vec<Value> {
    if shown(plan) == Shown::Empty {
        return Vec::new();
    }
    plan.signers
        .iter()
        .filter_map(|signer| match &signer.standing {
            Standing::Refused { reason, .. } if is_long(reason) => Some(json!({
                "who": user.rich(&format!("{}. {}", signer.number, signer.organisation)),
                "said": user.paragraphs(&text::refusal(reason)),
            })),
            _ => None,
        })
        .collect()
}
