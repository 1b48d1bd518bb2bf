//! Private notes of the facilitation, on the devices of the desk alone.

use domain::conduct::{Command as Conduct, notes::Note};
use domain::{Command, NoteId};
use leptos::prelude::*;
use uuid::Uuid;

use super::conducts;
use crate::components::Asked;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{ForIds, Show, memo, reactive};
use crate::state::Live;
use crate::text::{date, desk, list, wall as words};

/// The part of the desk.
#[component]
pub fn NotesPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let notes =
        memo(move || view.read().conduct.notes.iter().map(|note| note.id.0).collect::<Vec<_>>());
    // One box at a time: the one of a new note, or the one of the note that is changed.
    let changing = RwSignal::new(None::<NoteId>);
    let writing = Writing::new(live, "nota".to_owned());
    let keep = move |_| {
        let Some(text) = writing.take() else { return };
        writing.sent();
        let note = NoteId(Uuid::now_v7());
        live.submit(Command::Conduct(Conduct::WriteNote { note, text: Some(text) }));
    };
    view! {
        <section class="screen-head" aria-labelledby="notas">
            <h2 id="notas">{words::NOTES}</h2>
            <p class="secondary">{words::NOTES_LEAD}</p>
            <ul class="notes">
                <ForIds each=notes let(id)><NoteRow id=NoteId(id) changing/></ForIds>
            </ul>
            <Show when=move || conducts.get() && changing.get().is_none()>
                <RemarkBox writing label=words::NOTE rows=2/>
                <div class="buttons">
                    <button type="button" class="button" disabled=move || !ready.get() on:click=keep>{words::KEEP}</button>
                </div>
            </Show>
        </section>
    }
    .into_any()
}

/// A note.
#[component]
fn NoteRow(
    /// Its id.
    id: NoteId,
    /// Which note is changed.
    changing: RwSignal<Option<NoteId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready, conducts) =
        (live.view(), live.roster(), live.condition.ready(), conducts(live));
    let note = memo(move || view.read().conduct.notes.iter().find(|note| note.id == id).cloned());
    let text =
        memo(move || note.read().as_ref().map(|note| note.text.to_string()).unwrap_or_default());
    let by = move || {
        let Note { by, at, .. } = note.get()?;
        let roster = roster.read();
        let known = roster.iter().find(|present| view.read().people.are_one(present.person, by));
        let name = known.map_or(desk::UNNAMED, |present| present.name.as_str()).to_owned();
        let time = live.clocks.zone().map(|zone| date::time_of_day(zone.time_of_day(at)));
        Some([Some(name), time].into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    let open = memo(move || changing.get() == Some(id) && conducts.get());
    let erase = Callback::new(move |()| {
        live.submit(Command::Conduct(Conduct::WriteNote { note: id, text: None }));
    });
    view! {
        <li>
            <p class="note-text" translate="no">{reactive(move || text.get())}</p>
            <p class="secondary">{reactive(by)}</p>
            <Show when=move || conducts.get() && !open.get()>
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        aria-label=move || list::of(words::CHANGE, &text.read())
                        disabled=move || !ready.get()
                        on:click=move |_| changing.set(Some(id))
                    >
                        {words::CHANGE}
                    </button>
                    <Asked words=words::ERASE on_confirm=erase/>
                </div>
            </Show>
            <Show when=move || open.get()><Changing id changing/></Show>
        </li>
    }
    .into_any()
}

/// The box of a note that is changed.
#[component]
fn Changing(
    /// Its id.
    id: NoteId,
    /// Which note is changed.
    changing: RwSignal<Option<NoteId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let before = view.read_untracked().conduct.notes.iter().find(|note| note.id == id).cloned();
    let before = before.map(|note| note.text.to_string()).unwrap_or_default();
    let writing = Writing::of(live, format!("nota.{id}"), before);
    let close = move || {
        writing.sent();
        changing.set(None);
    };
    let keep = move |_| {
        let Some(text) = writing.take() else { return };
        close();
        live.submit(Command::Conduct(Conduct::WriteNote { note: id, text: Some(text) }));
    };
    view! {
        <RemarkBox writing label=words::NOTE_AGAIN rows=3/>
        <div class="buttons">
            <button type="button" class="button" on:click=move |_| close()>{words::LEAVE}</button>
            <button type="button" class="button" data-tone="accent" disabled=move || !ready.get() on:click=keep>{words::KEEP}</button>
        </div>
    }
    .into_any()
}
