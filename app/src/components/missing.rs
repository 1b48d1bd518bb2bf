//! What a commitment and its activities still need before the read-out, each with a link to where
//! it is filled in.

use domain::deliberation::check::findings;
use domain::deliberation::finding::Found;
use domain::{Finding, ItemId, Mesa};
use leptos::prelude::*;

use crate::address;
use crate::components::field::Advising;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{advice, missing, name};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    words: String,
    href: String,
    /// The facilitation's reason for an override.
    passed: Option<String>,
}

/// What a commitment needs.
#[component]
pub fn Missing(
    /// The commitment.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let advising = use_context::<Advising>();
    let lines = memo(move || {
        let state = view.read();
        findings(&state)
            .iter()
            .filter_map(|found| line(live, &state, item, found))
            .collect::<Vec<_>>()
    });
    view! {
        <section class="missing-box" aria-labelledby="parte-falta" data-empty=move || lines.read().is_empty().then_some("")>
            <h2 id="parte-falta">{missing::HEADING}</h2>
            <Show when=move || lines.read().is_empty()>
                <p>{missing::NOTHING}</p>
            </Show>
            <ul>
                {reactive(move || {
                    let lines = lines.get().into_iter();
                    lines
                        .map(|line| {
                            let to = line.href.clone();
                            // Within the page the browser follows the link itself: the router would
                            // only change the address.
                            let rel = to.starts_with('#').then_some("external");
                            view! {
                                <li>
                                    <a class="link" href=to rel=rel>{line.words}</a>
                                    {line.passed.map(|reason| view! { <p class="secondary">{missing::overridden(&reason)}</p> })}
                                </li>
                            }
                        })
                        .collect_view()
                })}
            </ul>
            {advising.map(|advising| view! {
                <Show when=move || advising.count() != 0>
                    <p class="secondary">{reactive(move || advice::count(advising.count()))}</p>
                </Show>
            })}
        </section>
    }
    .into_any()
}

fn line(live: Live, state: &Mesa, commitment: ItemId, found: &Found<'_>) -> Option<Line> {
    let about = found.finding.item()?;
    let item = state.item(about)?;
    let passed = found.overridden.map(|granted| granted.reason.as_str().to_owned());
    if about == commitment {
        let words = missing::of_commitment(&found.finding).to_owned();
        return Some(Line { words, href: place(&found.finding).to_owned(), passed });
    }
    (item.parent() == Some(commitment)).then(|| Line {
        words: missing::of_activity(
            &found.finding,
            &format!("{}. {}", name::numbered(state, item), name::title(item)),
        ),
        href: address::of(live.mesa(), item),
        passed,
    })
}

/// Where on the commitment's sheet a finding is fixed.
fn place(finding: &Finding) -> &'static str {
    match finding {
        Finding::NoCategory(_)
        | Finding::QuotaShort { .. }
        | Finding::MesaNotReady { .. }
        | Finding::NoticeNotKept { .. } => "#parte-compromiso",
        Finding::NoProblem(_) => "#parte-responde",
        Finding::NoActivity(_) | Finding::NoResponsible(_) | Finding::NoDueDate(_) => {
            "#parte-actividades"
        }
        Finding::DateOutside(_) | Finding::LongerThanAYear(_) => "#parte-fechas",
    }
}
