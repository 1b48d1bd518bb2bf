//! Where someone says something about an item or the mesa: what kind it is, a large box, one button. What is typed stays on the
//! device until it is sent.

use domain::{ContributionKind, ItemId};
use leptos::prelude::*;

use super::address;
use crate::components::ScreenHeading;
use crate::components::remark::{RemarkBox, Writing, draft_name};
use crate::erased::{Show, effect, memo, reactive};
use crate::navigation::Navigation;
use crate::state::Live;
use crate::text::{name, voice};

/// The box for it. Another item is another text: the box is made anew.
#[component]
pub fn ContributeScreen(
    /// What it is about; none: the mesa as a whole.
    target: Option<ItemId>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, kinds) = (live.view(), live.ready(), live.contribution_kinds());
    let about = memo(move || {
        let state = view.read();
        let item = target.and_then(|id| state.item(id)).filter(|item| state.is_visible(item));
        item.map(|item| (name::numbered(&state, item), name::title(item), address::of(live.mesa(), item)))
    });
    let back = move || about.read().as_ref().map_or_else(|| address::now(live.mesa()), |(_, _, href)| href.clone());
    let draft = draft_name("aporte", target.map(|target| target.0));
    let kind_draft = StoredValue::new(format!("{draft}.clase"));
    let writing = Writing::new(live, draft);
    let chosen = RwSignal::new(None::<ContributionKind>);
    let kind = memo(move || {
        let kinds = kinds.read();
        chosen.get().filter(|kind| kinds.contains(kind)).or_else(|| preferred(&kinds))
    });
    effect(move || {
        if ready.get() {
            let kept = kind_draft.with_value(|name| live.draft(name));
            chosen.set(ContributionKind::ALL.into_iter().find(|kind| voice::kind(*kind) == kept));
        }
    });
    let choose = move |kind: ContributionKind| {
        chosen.set(Some(kind));
        kind_draft.with_value(|name| live.keep_draft(name, voice::kind(kind)));
    };
    let navigation = expect_context::<Navigation>();
    let send = move |_| {
        let Some(kind) = kind.get_untracked() else { return };
        if let Some(text) = writing.take() {
            live.contribute(about.read_untracked().is_some().then_some(target).flatten(), kind, text);
            writing.sent();
            kind_draft.with_value(|name| live.keep_draft(name, ""));
            navigation.go(&address::voice(live.mesa()));
        }
    };
    view! {
        <a class="link back" href=back>{voice::BACK}</a>
        <ScreenHeading text=voice::WRITE/>
        <p class="about">
            <span class="secondary">{voice::ABOUT}": "</span>
            {reactive(move || match &*about.read() {
                Some((number, title, _)) => format!("{number}. {title}"),
                None => voice::ABOUT_MESA.to_owned(),
            })}
        </p>
        <Show when=move || kinds.read().is_empty()>
            <p class="read-only" role="status">{voice::NOT_NOW}</p>
        </Show>
        <Show when=move || { kinds.read().len() > 1 }>
            <fieldset class="field-options kinds">
                <legend class="field-label">{voice::WHICH_KIND}</legend>
                <For each=move || kinds.get() key=|kind| voice::kind(*kind) let(each)>
                    <label class="field-option">
                        <input
                            type="radio"
                            name="clase"
                            autocomplete="off"
                            disabled=move || !ready.get()
                            prop:checked=move || kind.get() == Some(each)
                            on:change=move |_| choose(each)
                        />
                        <span><b>{voice::kind(each)}</b>": " {voice::kind_hint(each)}</span>
                    </label>
                </For>
            </fieldset>
        </Show>
        <RemarkBox writing label=voice::YOUR_TEXT rows=8/>
        <p class="secondary">{voice::WHO_SEES}</p>
        <button type="button" class="action screen-action" disabled=move || !ready.get() || kind.get().is_none() on:click=send>
            {voice::SEND}
        </button>
    }
    .into_any()
}

/// What most people come to say, where it can be said.
fn preferred(kinds: &[ContributionKind]) -> Option<ContributionKind> {
    kinds.iter().copied().find(|kind| *kind == ContributionKind::Contribution).or_else(|| kinds.first().copied())
}
