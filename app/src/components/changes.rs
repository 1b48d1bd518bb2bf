//! What the last version of the plan says otherwise than the one before it, and what it says as
//! before.

use domain::ItemId;
use domain::agreement::{Became, Piece};
use leptos::prelude::*;

use super::difference;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::agreement as words;

/// What became of a commitment, of its own or of the plan's sections.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Since {
    Same,
    New,
    Changed(Vec<Piece>),
}

impl From<Became<'_>> for Since {
    fn from(became: Became<'_>) -> Self {
        match became {
            Became::Same => Self::Same,
            Became::New => Self::New,
            Became::Changed(pieces) => Self::Changed(pieces.to_vec()),
        }
    }
}

/// Words that changed, among those around them.
pub fn pieces(pieces: Vec<Piece>) -> AnyView {
    let pieces = pieces.into_iter().map(difference::piece).collect_view();
    view! { <p class="changed changed-words">{pieces}</p> }.into_any()
}

/// What became of a commitment since the version before; nothing in the first version.
#[component]
pub fn CommitmentSince(
    /// The commitment.
    id: ItemId,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let since = memo(move || {
        let plan = &view.read().plan;
        let version = plan.version()?.number;
        Some((plan.number_before(version)?, Since::from(plan.became(version, id)?)))
    });
    reactive(move || {
        since.get().map(|(before, since)| {
            let said = match since {
                Since::Same => words::same_since(before),
                Since::New => words::new_since(before),
                Since::Changed(changed) => {
                    return view! {
                        <p class="card-eyebrow">{words::changed_since(before)}</p>
                        {pieces(changed)}
                    }
                    .into_any();
                }
            };
            view! { <p class="secondary">{said}</p> }.into_any()
        })
    })
    .into_any()
}

/// All that the last version says otherwise, folded; nothing in the first version.
#[component]
pub fn VersionSince() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let all = memo(move || {
        let plan = &view.read().plan;
        let version = plan.version()?;
        let before = plan.number_before(version.number)?;
        let since = |id| Some((id, Since::from(plan.became(version.number, id)?)));
        let each = version.commitments.iter().filter_map(|frozen| since(frozen.item));
        let gone = plan.gone(version.number);
        Some((before, each.collect::<Vec<_>>(), gone, version.sections.clone()))
    });
    let row = move |(title, since): (String, Since)| {
        let (said, changed) = match since {
            Since::Same => (words::SAME, None),
            Since::New => (words::NEW, None),
            Since::Changed(changed) => (words::OTHERWISE, (!changed.is_empty()).then_some(changed)),
        };
        view! {
            <li>
                <span><b translate="no">{title}</b> " " <span class="secondary">{said}</span></span>
                {changed.map(pieces)}
            </li>
        }
    };
    let body = move || {
        let (before, each, gone, sections) = all.get()?;
        let titled = (1..).zip(each);
        let titled =
            titled.map(|(number, (id, since))| (format!("{number}. {}", live.title_of(id)), since));
        let sections = if sections.is_empty() { Since::Same } else { Since::Changed(sections) };
        let gone = (!gone.is_empty()).then(|| words::gone(&gone, before));
        Some(view! {
            <details class="card">
                <summary>{words::changed_since(before)}</summary>
                <ul class="outcomes">
                    {titled.map(row).collect_view()}
                    {gone.map(|gone| view! { <li class="secondary">{gone}</li> })}
                    {row((words::SECTIONS.to_owned(), sections))}
                </ul>
            </details>
        })
    };
    reactive(body).into_any()
}
