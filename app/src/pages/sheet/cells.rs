//! Activities copied from a spreadsheet: what was pasted is read as it is pasted, shown as it would
//! be, and added with one tap. It stays on the device until then.

use domain::deliberation::cells::{self, CellError, Row};
use domain::deliberation::choice::Party;
use domain::deliberation::decide::{ACTIVITY_LIMIT, may_add};
use domain::{Assignment, Command, ItemId, ItemKind, Mesa, Patch, TextField, deliberation};
use leptos::html;
use leptos::prelude::*;

use crate::composed::composed;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{cells as words, date, name};

/// What was read of what was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Seen {
    /// Nothing is there.
    #[default]
    Nothing,
    /// So many activities.
    Rows(Vec<Row>),
    /// It can't be taken.
    Problem(String),
}

fn seen(typed: &str, there: usize, period: (domain::Date, domain::Date)) -> Seen {
    match cells::read(typed, period) {
        Ok(rows) if rows.is_empty() => Seen::Nothing,
        Ok(rows) if there + rows.len() > ACTIVITY_LIMIT as usize => {
            Seen::Problem(words::too_many(there, rows.len(), ACTIVITY_LIMIT))
        }
        Ok(rows) => Seen::Rows(rows),
        Err(error @ (CellError::TextTooLong { .. } | CellError::ResponsibleTooLong { .. })) => {
            Seen::Problem(words::error(error))
        }
    }
}

/// Adds an activity with what was read of it.
fn add(live: Live, state: &Mesa, commitment: ItemId, row: Row) {
    let item = live.add(ItemKind::Activity, Some(commitment));
    let assign = |value| {
        live.submit(Command::Deliberation(deliberation::Command::Assign { item, value }));
    };
    for (field, text) in
        [(TextField::Title, row.activity), (TextField::Deliverable, row.deliverable)]
    {
        if !text.is_empty() {
            live.edit(item, field, Patch::splice(0, 0, &text));
        }
    }
    if !row.responsible.is_empty() {
        // One of the organisations at the table leads it; anybody else is a post.
        let called = row.responsible.as_str().to_lowercase();
        let actor = state
            .actors
            .iter()
            .filter(|actor| !actor.withdrawn)
            .find(|actor| actor.organisation.as_str().to_lowercase() == called);
        assign(match actor {
            Some(actor) => Assignment::Lead(Party::Actor(actor.number)),
            None => Assignment::ResponsiblePost(row.responsible),
        });
    }
    if row.due.is_some() {
        assign(Assignment::Due(row.due));
    }
}

/// The button, then the box with what is read of it.
#[component]
pub fn Pasting(
    /// The commitment.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, role, ready) = (live.view(), live.me().role, live.condition.ready());
    let allowed = memo(move || {
        let state = view.read();
        let there = state.item(item).is_some_and(|item| state.is_visible(item));
        there && may_add(state.conduct.phase, role, ItemKind::Activity)
    });
    let (open, told) = (RwSignal::new(false), RwSignal::new(None::<usize>));
    let done = Callback::new(move |rows: Option<usize>| {
        told.set(rows);
        open.set(false);
    });
    view! {
        <p role="status" class="cells-added">{reactive(move || told.get().map(words::added))}</p>
        <Show when=move || allowed.get()>
            {reactive(move || if open.get() {
                view! { <CellsBox item done/> }.into_any()
            } else {
                view! {
                    <div class="buttons">
                        <button
                            type="button"
                            class="button"
                            disabled=move || !ready.get()
                            on:click=move |_| {
                                told.set(None);
                                open.set(true);
                            }
                        >
                            {words::OPEN}
                        </button>
                    </div>
                }
                .into_any()
            })}
        </Show>
    }
    .into_any()
}

#[component]
fn CellsBox(
    /// The commitment.
    item: ItemId,
    /// Called when the box closes, with how many were added.
    done: Callback<Option<usize>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let area = NodeRef::<html::Textarea>::new();
    let draft = StoredValue::new(format!("celdas.{item}"));
    let typed = RwSignal::new(String::new());
    // Once: what is put back is what was there when the box was left.
    effect(move || {
        if let Some(area) = area.get() {
            let kept = draft.with_value(|name| live.drafts.read(name));
            area.set_value(&kept);
            typed.set(kept);
            // Fails only when the box is gone, which needs no focus.
            let _ = area.focus();
        }
    });
    let changed = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let value = area.value();
        draft.with_value(|name| live.drafts.keep(name, &value));
        typed.set(value);
    };
    let period = memo(move || {
        let state = view.read();
        let plan = state.plan_period();
        let commitment = state.item(item).and_then(|item| item.as_commitment());
        commitment.map_or(plan, |commitment| {
            (commitment.starts.unwrap_or(plan.0), commitment.ends.unwrap_or(plan.1))
        })
    });
    let there = memo(move || view.read().deliberation.list(ItemKind::Activity, Some(item)).len());
    let seen = memo(move || seen(&composed(&typed.read()), there.get(), period.get()));
    let count = memo(move || if let Seen::Rows(rows) = &*seen.read() { rows.len() } else { 0 });
    let problem =
        move || if let Seen::Problem(problem) = seen.get() { Some(problem) } else { None };
    let rows = move || {
        let Seen::Rows(rows) = seen.get() else { return Vec::new() };
        rows.into_iter().map(preview).collect()
    };
    let add_all = move |_| {
        let Seen::Rows(rows) = seen.get_untracked() else { return };
        let (state, count) = (view.get_untracked(), rows.len());
        rows.into_iter().for_each(|row| add(live, &state, item, row));
        draft.with_value(|name| live.drafts.keep(name, ""));
        done.run(Some(count));
    };
    view! {
        <div class="question cells">
            <label class="field-label" for="celdas">{words::BOX}</label>
            <p id="celdas-nota" class="note">{words::HINT}</p>
            <textarea
                id="celdas"
                class="field-control"
                rows="5"
                lang="es"
                autocomplete="off"
                spellcheck="false"
                node_ref=area
                aria-describedby="celdas-nota celdas-aviso"
                on:input=changed
            ></textarea>
            <p id="celdas-aviso" role="alert" class="missing">{reactive(problem)}</p>
            <Show when=move || { count.get() > 0 }>
                <h3>{words::READ}</h3>
                <ol class="cells-read">{reactive(move || { let rows: Vec<AnyView> = rows(); rows })}</ol>
            </Show>
            <div class="buttons">
                <button type="button" class="button" on:click=move |_| done.run(None)>{words::CLOSE}</button>
                <Show when=move || { count.get() > 0 }>
                    <button type="button" class="button" data-tone="accent" disabled=move || !ready.get() on:click=add_all>
                        {reactive(move || words::add(count.get()))}
                    </button>
                </Show>
            </div>
        </div>
    }
    .into_any()
}

/// An activity as it would be.
fn preview(row: Row) -> AnyView {
    let Row { activity, deliverable, responsible, due, unread } = row;
    let title =
        if activity.is_empty() { name::untitled(ItemKind::Activity).to_owned() } else { activity };
    let responsible = match responsible.is_empty() {
        true => view! { <span class="missing">{words::NO_RESPONSIBLE}</span> }.into_any(),
        false => view! { <span translate="no">{responsible.to_string()}</span> }.into_any(),
    };
    let due = match due {
        Some(due) => view! { <span class="date">{date::date(due)}</span> }.into_any(),
        None => view! { <span class="missing">{words::NO_DUE}</span> }.into_any(),
    };
    view! {
        <li>
            <b translate="no">{title}</b>
            <span class="secondary">{responsible} " · " {due}</span>
            {(!deliverable.is_empty()).then(|| view! { <span class="secondary" translate="no">"→ " {deliverable}</span> })}
            {unread.map(|unread| view! { <span class="missing">{words::unread(&unread)}</span> })}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const PERIOD: (domain::Date, domain::Date) = (date!(2026 - 10 - 01), date!(2027 - 09 - 30));

    #[test]
    fn what_does_not_fit_says_so_and_what_does_is_counted() {
        assert_eq!(seen("", 0, PERIOD), Seen::Nothing);
        let rows = |count: usize| vec!["Censo\tObras"; count].join("\n");
        assert!(matches!(seen(&rows(24), 3, PERIOD), Seen::Rows(rows) if rows.len() == 24));
        let full = seen(&rows(98), 3, PERIOD);
        assert!(matches!(full, Seen::Problem(words) if words.contains("100")));
        let long = seen(&"a".repeat(501), 0, PERIOD);
        assert!(matches!(long, Seen::Problem(words) if words.contains("renglón 1")));
    }
}
