//! What the document can't show as it was written, for whoever is about to freeze the texts.

use app::address;
use app::page::plan::{BeforeFreeze, Unshown};
use app::text::{field, form, name};
use document::{Fonts, Style, Trouble, prepare};
use domain::{Exercise, Item, ItemKind, MesaId, TextField};

use super::prepare::sections;

/// Looks at every text of the plan in every style that a document has.
pub fn before_freeze(fonts: &Fonts, exercise: &Exercise, mesa: MesaId) -> BeforeFreeze {
    let items = exercise.mesas.values().flat_map(|there| {
        let at = MesaId { number: there.number, ..mesa };
        let seen = there.deliberation.items.values().filter(|item| there.is_visible(item));
        let of_the_plan = seen.filter(|item| {
            matches!(item.kind(), ItemKind::Problem | ItemKind::Commitment | ItemKind::Activity)
        });
        of_the_plan.map(move |item| (at, item))
    });
    let sections = sections::said(&exercise.sections).flat_map(|(of, text)| {
        let href = address::prepare_part(mesa.exercise, "secciones");
        let mut found = Vec::new();
        look(fonts, &text, (&form::label(of), &href), &mut found);
        found
    });
    let unshown = items.flat_map(|(at, item)| of_item(fonts, at, item)).chain(sections).collect();
    BeforeFreeze { mesa, unshown }
}

fn of_item(fonts: &Fonts, mesa: MesaId, item: &Item) -> Vec<Unshown> {
    let mut found: Vec<Unshown> = Vec::new();
    for of in TextField::of(item.kind()) {
        let place = format!("{} · {}", name::title(item), field::long(*of, item.kind()));
        look(fonts, item.text(*of), (&place, &address::of(mesa, item)), &mut found);
    }
    found
}

/// Looks at a text; `at` is its place in words, and where it can be changed. What was found already
/// isn't said twice.
fn look(fonts: &Fonts, text: &str, at: (&str, &str), found: &mut Vec<Unshown>) {
    let text = prepare(text);
    let styles = Style::ALL.into_iter().map(|style| (text.as_str(), style));
    for missing in fonts.unshowable(styles) {
        let known = found
            .iter()
            .any(|other| other.word == missing.word && other.character == missing.character);
        if known {
            continue;
        }
        found.push(Unshown {
            place: at.0.to_owned(),
            href: at.1.to_owned(),
            word: missing.word,
            character: missing.character,
            stand_in: (missing.trouble == Trouble::NotShown).then_some(missing.stand_in),
        });
    }
}
