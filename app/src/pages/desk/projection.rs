//! What is projected, with its content, and the buttons that change it.

use domain::deliberation::choice::Category;
use domain::deliberation::finding::Found;
use domain::deliberation::item::Details;
use domain::pack::Bar;
use domain::{Finding, Item, ItemKind, Mesa, Shown, TextField, deliberation::check};
use leptos::prelude::*;

use super::conducts;
use super::sequence::{Stage, called};
use super::wall::{HoldButton, WallPart};
use crate::address;
use crate::components::CategoryMark;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{
    chart, check as words, clicker, conduct, count, date, desk, list, name, priority,
};

/// What is projected, the buttons that change it, links to its other views.
#[component]
pub fn Projection(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts, place) = (live.view(), conducts(live), stage.place());
    let ready = stage.ready();
    let in_the_room = memo(move || called(live, &view.read(), &stage.shown.read()));
    let charted = memo(move || view.read().conduct.chart.is_some());
    let heading = move || if stage.is_paused() { conduct::PREPARED } else { desk::SHOWN };
    view! {
        <section class="screen-head" aria-labelledby="proyectado">
            <h2 id="proyectado" class="desk-eyebrow">
                {heading}
                <span class="place">{reactive(move || place.get().map(|place| format!(" · {place}")))}</span>
            </h2>
            <Show when=move || stage.is_paused()>
                <p class="offline" role="status">{reactive(move || conduct::paused(&in_the_room.read()))}</p>
            </Show>
            <p class="visually-hidden" aria-live="polite">{reactive(move || conduct::projected(&in_the_room.read()))}</p>
            <Pointed stage/>
            <Show when=move || conducts.get()><WallPart stage/></Show>
            <Show when=move || conducts.get()>
                <div class="buttons desk-steps">
                    <Step stage forward=false/>
                    <Step stage forward=true/>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| stage.toggle_pause()>
                        {reactive(move || if stage.is_paused() { conduct::RESUME } else { conduct::PAUSE })}
                    </button>
                </div>
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        aria-pressed=move || if *stage.shown.read() == Shown::Agreement { "true" } else { "false" }
                        disabled=move || !ready.get()
                        on:click=move |_| stage.show(Shown::Agreement)
                    >
                        {desk::SHOW_AGREEMENT}
                    </button>
                    <Show when=move || charted.get()>
                        <button
                            type="button"
                            class="button"
                            aria-pressed=move || if *stage.shown.read() == Shown::Chart { "true" } else { "false" }
                            disabled=move || !ready.get()
                            on:click=move |_| stage.show(Shown::Chart)
                        >
                            {chart::SHOW}
                        </button>
                    </Show>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| stage.toggle_blank()>
                        {reactive(move || blank_label(stage))}
                    </button>
                    <HoldButton stage/>
                </div>
            </Show>
            <div class="buttons">
                // Followed by the browser itself: the router would only change the address.
                <a class="link desk-jump" href="#elegir" rel="external">{desk::CHOOSE}</a>
                <a class="link" href=address::projector(live.mesa()) rel="external" target="_blank">{desk::PROJECTOR}</a>
                <a class="link" href=address::as_attendee(live.mesa()) rel="external" target="_blank">{desk::AS_ATTENDEE}</a>
                <a class="link" href=address::clicker(live.mesa())>{clicker::OPEN}</a>
                <a class="link" href=address::public_mesa(live.mesa()) rel="external">{desk::PUBLIC}</a>
                <a class="link" href=address::results(live.mesa()) rel="external">{chart::RESULTS}</a>
                <a class="link" href=address::waiting(live.mesa()) rel="external">{desk::WAITING}</a>
                <a class="link" href=address::prepare(live.mesa().exercise) rel="external">{desk::SEATS}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The label of the blank button: what it does now.
pub(super) fn blank_label(stage: Stage) -> &'static str {
    if stage.is_blank() { conduct::UNBLANK } else { desk::SHOW_BLANK }
}

/// A line of what is projected.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    text: String,
    side: Option<String>,
    missing: Option<String>,
}

/// What is projected, as the desk shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Content {
    category: Option<Option<Category>>,
    number: Option<String>,
    title: String,
    facts: Vec<String>,
    lines: Vec<Line>,
    /// What is missing in it as a whole.
    missing: Vec<String>,
    href: Option<String>,
}

fn content(live: Live, state: &Mesa, shown: &Shown) -> Content {
    let visible = |id| state.item(id).filter(|item| state.is_visible(item));
    match shown {
        Shown::Blank => Content { title: desk::BLANK.to_owned(), ..Content::default() },
        Shown::Agreement => {
            let line = |item: &std::sync::Arc<Item>| Line {
                text: name::with_number(state.number(item), &name::title(item)),
                side: Some(count::activities(
                    state.visible(ItemKind::Activity, Some(item.id)).count(),
                )),
                missing: None,
            };
            let lines = state.visible(ItemKind::Commitment, None).map(line).collect();
            Content { title: desk::AGREEMENT.to_owned(), lines, ..Content::default() }
        }
        Shown::Chart => of_chart(state),
        Shown::Item(id) => match visible(*id) {
            Some(item) => of_item(live, state, item),
            None => Content { title: desk::BLANK.to_owned(), ..Content::default() },
        },
        Shown::Priority => Content { title: priority::HEADING.to_owned(), ..Content::default() },
    }
}

fn of_chart(state: &Mesa) -> Content {
    let Some(shown) = state.conduct.chart.as_deref() else { return Content::default() };
    let line = |bar: &Bar| Line {
        text: bar.label.to_string(),
        side: Some(chart::bar(shown.kind, bar.count, bar.mean, shown.answered)),
        missing: None,
    };
    Content {
        title: chart::title(shown.title.as_str(), shown.kind),
        facts: vec![chart::about(shown.kind, shown.answered)],
        lines: shown.bars.iter().map(line).collect(),
        ..Content::default()
    }
}

fn of_item(live: Live, state: &Mesa, item: &Item) -> Content {
    let open: Vec<Finding> = check::findings(state)
        .into_iter()
        .filter(Found::is_open)
        .map(|found| found.finding)
        .collect();
    let about = |id| open.iter().filter(move |finding| finding.item() == Some(id));
    let written = |field| Some(item.text(field).trim().to_owned()).filter(|text| !text.is_empty());
    let facts = match &item.details {
        Details::Commitment(commitment) => {
            let parties =
                [name::party(state, &commitment.lead), name::party(state, &commitment.counterpart)];
            let parties = parties.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            [
                written(TextField::Objective),
                written(TextField::Indicator),
                Some(parties).filter(|text| !text.is_empty()),
            ]
        }
        Details::Problem(_) => [
            written(TextField::Statement),
            written(TextField::Affected),
            written(TextField::Evidence),
        ],
        Details::Activity(_)
        | Details::Solution(_)
        | Details::DraftCommitment(_)
        | Details::Contribution(_) => [None, None, None],
    };
    let line = |activity: &std::sync::Arc<Item>| {
        let missing = about(activity.id).filter_map(words::mark).collect::<Vec<_>>().join(" · ");
        Line {
            text: name::title(activity),
            side: activity.as_activity().and_then(|activity| activity.due).map(date::date),
            missing: Some(missing).filter(|words| !words.is_empty()),
        }
    };
    Content {
        category: item.as_commitment().map(|commitment| commitment.category),
        number: Some(name::numbered(state, item)),
        title: name::title(item),
        facts: facts.into_iter().flatten().collect(),
        lines: state.visible(ItemKind::Activity, Some(item.id)).map(line).collect(),
        missing: about(item.id).map(|finding| words::sentence(state, finding)).collect(),
        href: Some(address::of(live.mesa(), item)),
    }
}

#[component]
fn Pointed(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, pointed) = (live.view(), stage.pointed());
    let content = memo(move || content(live, &view.read(), &pointed.read()));
    let href = memo(move || content.read().href.clone());
    let drawn = move || {
        let Content { category, number, title, facts, lines, missing, href: _ } = content.get();
        let line = |Line { text, side, missing }: Line| {
            view! {
                <li>
                    <span translate="no">{text}</span>
                    <span class="line-side">
                        {side.map(|side| view! { <span class="date">{side}</span> })}
                        {missing.map(|missing| view! { <span class="missing">{missing}</span> })}
                    </span>
                </li>
            }
        };
        view! {
            {category.map(|category| view! { <CategoryMark category/> })}
            <p class="card-eyebrow">{number}</p>
            <h3 class="desk-title" translate="no">{title}</h3>
            {facts.into_iter().map(|fact| view! { <p class="desk-fact" translate="no">{fact}</p> }).collect_view()}
            {missing.into_iter().map(|missing| view! { <p class="missing">{missing}</p> }).collect_view()}
            <ol class="desk-lines">{lines.into_iter().map(line).collect_view()}</ol>
        }
    };
    view! {
        <div class="card" data-paused=move || stage.is_paused().then_some("")>
            {drawn}
            <Show when=move || href.read().is_some()>
                <a class="link" href=move || href.get()>{desk::OPEN}</a>
            </Show>
        </div>
    }
    .into_any()
}

/// Projects the next or the previous item.
#[component]
pub(super) fn Step(
    /// The stage.
    stage: Stage,
    /// Whether it is the next one.
    forward: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), stage.ready());
    let target = stage.beside(forward);
    let word = if forward { desk::NEXT } else { desk::PREVIOUS };
    let label = memo(move || match target.get() {
        Some(shown @ Shown::Item(_)) if forward => {
            list::of(word, &called(live, &view.read(), &shown))
        }
        Some(Shown::Item(_) | Shown::Agreement | Shown::Blank | Shown::Chart | Shown::Priority)
        | None => word.to_owned(),
    });
    view! {
        <button
            type="button"
            class="button step"
            data-tone=forward.then_some("accent")
            disabled=move || !ready.get() || target.read().is_none()
            on:click=move |_| {
                if let Some(shown) = target.get_untracked() {
                    stage.show(shown);
                }
            }
        >
            <span>{reactive(move || label.get())}</span>
        </button>
    }
    .into_any()
}
