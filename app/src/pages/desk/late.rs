//! Texts that arrived after their phase had closed: whose and where, never what they say. And the
//! server's pauses.

use domain::conduct;
use std::collections::BTreeMap;

use domain::deliberation::decide::{may_add, may_contribute};
use domain::{Command, LatePart, Mesa, Pause, PersonId, Role};
use leptos::prelude::*;
use sync::wire::Present;

use super::conducts;
use crate::address;
use crate::erased::{Show, memo, reactive};
use crate::page::Zone;
use crate::state::Live;
use crate::text::{date, desk, late, name, status};

/// How long a pause of the server is shown, ms.
const TOLD_FOR: i64 = 3 * 3_600_000;

/// Late texts of one person in one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    /// All of them.
    prints: Vec<u64>,
    who: String,
    what: String,
    about: Option<String>,
    href: Option<String>,
    at: Option<String>,
}

fn rows(live: Live, state: &Mesa, roster: &[Present]) -> Vec<Row> {
    let name_of = |person: PersonId| {
        roster.iter().find(|present| present.person == person).map(|present| present.name.clone())
    };
    let mut rows: Vec<(PersonId, LatePart, Row)> = Vec::new();
    for one in &state.conduct.late {
        if let Some((.., row)) =
            rows.iter_mut().find(|(person, part, _)| *person == one.person && *part == one.part)
        {
            row.prints.push(one.print);
            continue;
        }
        let item = one.part.item().and_then(|id| state.item(*id));
        let row = Row {
            prints: vec![one.print],
            who: name_of(one.person)
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| desk::UNNAMED.to_owned()),
            what: late::what(&one.part, item.map(|item| item.kind())),
            about: item
                .map(|item| format!("{}: {}", name::numbered(state, item), name::title(item))),
            href: item.map(|item| address::of(live.mesa(), item)),
            at: live.clocks.zone().map(|zone| date::time_of_day(zone.time_of_day(one.at))),
        };
        rows.push((one.person, one.part, row));
    }
    rows.into_iter().map(|(.., row)| row).collect()
}

/// Whether anybody at the mesa may write the late texts in the present phase.
fn may_come(state: &Mesa) -> bool {
    let taken = |part: &LatePart| {
        let of_kind =
            |kind| Role::ALL.into_iter().any(|role| may_add(state.conduct.phase, role, kind));
        match part {
            LatePart::Text { item, .. } | LatePart::Value { item } => {
                state.item(*item).is_some_and(|item| match item.as_contribution() {
                    Some(said) => Role::ALL
                        .into_iter()
                        .any(|role| may_contribute(state.conduct.phase, role, said.kind)),
                    None => of_kind(item.kind()),
                })
            }
            LatePart::Addition { kind, .. } => of_kind(*kind),
            LatePart::Contribution { kind, .. } => {
                Role::ALL.into_iter().any(|role| may_contribute(state.conduct.phase, role, *kind))
            }
        }
    };
    state.conduct.late.iter().any(|late| taken(&late.part))
}

/// The late texts, while there are any.
#[component]
pub fn LatePanel() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready, conducts) =
        (live.view(), live.roster(), live.condition.ready(), conducts(live));
    let late = memo(move || rows(live, &view.read(), &roster.read()));
    let any = memo(move || !late.read().is_empty());
    let open = memo(move || may_come(&view.read()));
    let asked = memo(move || view.read().conduct.late.iter().all(|late| late.asked));
    let forget = move |row: &Row| {
        let (prints, label) =
            (row.prints.clone(), status::of(late::FORGET, &format!("{}, {}", row.who, row.what)));
        view! {
            <Show when=move || conducts.get()>
                {
                    let prints = prints.clone();
                    view! {
                        <button
                            type="button"
                            class="link"
                            aria-label=label.clone()
                            disabled=move || !ready.get()
                            on:click=move |_| prints.iter().for_each(|print| live.submit(Command::Conduct(conduct::Command::SettleLate { print: *print })))
                        >
                            {late::FORGET}
                        </button>
                    }
                }
            </Show>
        }
    };
    view! {
        <div role="status"><Show when=move || any.get()><p class="visually-hidden">{reactive(move || late::heading(late.read().len()))}</p></Show></div>
        <Show when=move || any.get()>
            <section class="card late" aria-labelledby="llegaron-tarde">
                <h2 id="llegaron-tarde">{reactive(move || late::heading(late.read().len()))}</h2>
                <p class="secondary">{late::LEAD}</p>
                <ul class="people">
                    <For each=move || late.get() key=Row::clone let(row)>
                        <li>
                            <span><b>{row.who.clone()}</b> " · " {row.what.clone()}</span>
                            {row.about.clone().map(|about| view! { <a class="link" href=row.href.clone()>{about}</a> })}
                            <span class="late-end"><span class="secondary">{row.at.clone()}</span>{forget(&row)}</span>
                        </li>
                    </For>
                </ul>
                <Show when=move || open.get() fallback=move || view! { <p>{reactive(move || late::closed(view.read().conduct.phase))}</p> }>
                    <Show when=move || asked.get()>
                        <p>{late::ASKED}</p>
                    </Show>
                    <Show when=move || conducts.get()>
                        <div class="buttons">
                            <button
                                type="button"
                                class="button"
                                data-tone=move || (!asked.get()).then_some("accent")
                                disabled=move || !ready.get()
                                on:click=move |_| live.submit(Command::Conduct(conduct::Command::AskLate))
                            >
                                {late::ASK}
                            </button>
                        </div>
                    </Show>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

fn said(pause: &Pause, zone: Option<Zone>) -> String {
    let time = |zone: Zone, at| date::time_of_day(zone.time_of_day(at));
    late::pause(pause.kind, zone.map(|zone| (time(zone, pause.from), time(zone, pause.to))))
}

/// The server's pause, until it is dismissed.
#[component]
pub fn PausePanel() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, now) = (live.view(), live.clocks.minutes());
    let seen = RwSignal::new(BTreeMap::<i64, ()>::new());
    let told = memo(move || {
        let (state, seen, now) = (view.read(), seen.read(), now.get());
        let recent = |pause: &&Pause| now - pause.to < TOLD_FOR && !seen.contains_key(&pause.from);
        state.conduct.pauses.iter().filter(recent).copied().collect::<Vec<_>>()
    });
    view! {
        <div role="status">
            <Show when=move || !told.read().is_empty()>
                <div class="way-back paused">
                    <div>
                        {reactive(move || told.get().iter().map(|pause| view! { <p><b>{said(pause, live.clocks.zone())}</b></p> }).collect_view())}
                        <p>{late::PAUSE_LEAD}</p>
                    </div>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| seen.update(|seen| seen.extend(told.get_untracked().iter().map(|pause| (pause.from, ()))))
                    >
                        {late::PAUSE_SEEN}
                    </button>
                </div>
            </Show>
        </div>
    }
    .into_any()
}
