//! Writing problems alone, on a phone: the form, and one's own.

use domain::text::words::{WordsError, cleaned_line};
use domain::veil::Command as Behind;
use domain::{Command, ItemId, Remark, ShortText};
use leptos::prelude::*;

use crate::address;
use crate::components::field::SaveLabel;
use crate::components::remark::{RemarkBox, Writing};
use crate::components::{Asked, ScreenHeading};
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{priority, status, veil as words};

/// The screen at `/ejercicio/:exercise/mesa/:number/a-solas`.
#[component]
pub fn AloneScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let drawn = memo(move || view.read().veil.drawn.is_some());
    live.follow_alone();
    view! {
        <Show when=move || drawn.get() fallback=move || view! { <NotNow/> }>
            <Writings/>
        </Show>
    }
    .into_any()
}

/// Nobody writes alone.
#[component]
fn NotNow() -> impl IntoView {
    let live = expect_context::<Live>();
    view! {
        <div class="screen-head">
            <ScreenHeading text=words::HEADING/>
            <p>{words::NOT_NOW}</p>
        </div>
        <a class="action screen-action" href=address::problems(live.mesa())>{priority::READ_PROBLEMS}</a>
    }
    .into_any()
}

/// A title: a line that says something.
fn title(typed: &str) -> Result<ShortText, WordsError> {
    let title = ShortText::parse(&cleaned_line(typed))?;
    if title.is_empty() { Err(WordsError::Empty) } else { Ok(title) }
}

/// The form, and what was written with it.
#[component]
fn Writings() -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let all = live.alone();
    let ids = memo(move || all.read().iter().map(|problem| problem.item).collect::<Vec<_>>());
    let changed = RwSignal::new(None::<ItemId>);
    let says = Writing::new(live, "a-solas.titulo".to_owned());
    let more = Writing::new(live, "a-solas.detalle".to_owned());
    let empty = move || {
        changed.set(None);
        says.sent();
        more.sent();
    };
    let keep = move |_| {
        let Some(title) = says.take_as(title) else { return };
        let statement = if more.is_empty() {
            None
        } else {
            let Some(statement) = more.take() else { return };
            Some(statement)
        };
        live.write_alone(changed.get_untracked(), title, statement);
        empty();
    };
    let change = Callback::new(move |id: ItemId| {
        let problem = all.read_untracked().iter().find(|problem| problem.item == id).cloned();
        let Some(problem) = problem else { return };
        changed.set(Some(id));
        more.fill(problem.statement.as_ref().map_or("", Remark::as_str));
        says.fill(problem.title.as_str());
    });
    view! {
        <div class="screen-head">
            <ScreenHeading text=words::HEADING/>
            <p>{words::LEAD}</p>
        </div>
        <RemarkBox writing=says label=words::TITLE rows=2/>
        <RemarkBox writing=more label=words::STATEMENT rows=4/>
        <div class="buttons">
            <button type="button" class="button" data-tone="accent" disabled=move || !ready.get() on:click=keep>
                {reactive(move || if changed.get().is_some() { words::KEEP_ANEW } else { words::KEEP })}
            </button>
            <Show when=move || changed.get().is_some()>
                <button type="button" class="link" on:click=move |_| empty()>{words::LEAVE}</button>
            </Show>
        </div>
        <Show when=move || !ids.read().is_empty()>
            <section class="screen-head" aria-labelledby="a-solas">
                <h2 id="a-solas">{words::OWN}</h2>
                <ul class="tray-list">
                    <ForItems each=ids let(id)>
                        <Own id change/>
                    </ForItems>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

/// One of one's own.
#[component]
fn Own(id: ItemId, change: Callback<ItemId>) -> impl IntoView {
    let live = expect_context::<Live>();
    let (all, ready) = (live.alone(), live.condition.ready());
    let problem = memo(move || all.read().iter().find(|problem| problem.item == id).cloned());
    let title = memo(move || problem.get().map(|it| it.title.to_string()).unwrap_or_default());
    let statement = move || problem.get().and_then(|it| it.statement).map(|it| it.to_string());
    let save = live.outbox.state(move |command| {
        matches!(command, Command::Veil(Behind::Write { problem, .. } | Behind::Withdraw { problem }) if *problem == id)
    });
    view! {
        <li class="card">
            <div class="field-head">
                <b translate="no">{reactive(move || title.get())}</b>
                <SaveLabel status=save/>
            </div>
            {reactive(move || statement().map(|text| view! { <p class="lasting-text" translate="no">{text}</p> }))}
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    aria-label=move || status::of(words::CHANGE, &title.read())
                    disabled=move || !ready.get()
                    on:click=move |_| change.run(id)
                >
                    {words::CHANGE}
                </button>
                <Asked words=words::WITHDRAW on_confirm=Callback::new(move |()| live.withdraw_alone(id))/>
            </div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_line_that_says_something() {
        assert_eq!(
            title(" Los baches\nde la calle 5 ").map(|it| it.to_string()).as_deref(),
            Ok("Los baches de la calle 5")
        );
        assert_eq!(title(" \n "), Err(WordsError::Empty));
        assert!(matches!(title(&"a".repeat(241)), Err(WordsError::TooLong { .. })));
    }
}
