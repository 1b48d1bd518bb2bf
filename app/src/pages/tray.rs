//! What is still on this device, and refused texts: with the reason, to be copied or dismissed.

use domain::{Command, ItemId};
use leptos::prelude::*;

use crate::address;
use crate::components::ScreenHeading;
use crate::components::field::CopyButton;
use crate::components::remark::draft_name;
use crate::components::unsent::UnsentTexts;
use crate::erased::{Show, memo, reactive};
use crate::navigation::Navigation;
use crate::state::unsent::CONTRIBUTION;
use crate::state::{Live, RefusedText, written};
use crate::text::{name, tray};

/// The screen at `/ejercicio/:exercise/mesa/:number/textos`.
#[component]
pub fn TrayScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let (waiting, refused, unsent) = (live.outbox.waiting(), live.outbox.refused(), live.unsent());
    let nothing = move || {
        let words =
            if unsent.read().is_empty() { tray::NOTHING_WAITING } else { tray::REST_WAITING };
        view! { <p class="secondary">{words}</p> }
    };
    view! {
        <div class="screen-head">
            <ScreenHeading text=tray::HEADING/>
            <p class="secondary">{tray::LEAD}</p>
        </div>
        <UnsentTexts/>
        <Show when=move || !refused.read().is_empty()>
            <section id="pendientes" class="screen-head" aria-labelledby="rechazados">
                <h2 id="rechazados">{tray::REFUSED}</h2>
                <ul class="tray-list">
                    {reactive(move || refused.get().into_iter().map(|refused| view! { <Refused refused/> }).collect_view())}
                </ul>
            </section>
        </Show>
        <section class="screen-head" aria-labelledby="en-camino">
            <h2 id="en-camino">{tray::WAITING}</h2>
            <Show when=move || !waiting.read().is_empty() fallback=nothing>
                <ul class="rows">{reactive(move || waiting.get().into_iter().map(|command| view! { <Waiting command/> }).collect_view())}</ul>
            </Show>
        </section>
    }
    .into_any()
}

/// An item's name, with its kind and number.
fn called(live: Live, id: Option<ItemId>) -> Option<String> {
    let state = live.view();
    let state = state.read();
    let item = state.item(id?)?;
    Some(format!("{}: {}", name::numbered(&state, item), name::title(item)))
}

#[component]
fn Refused(
    /// The refused text.
    refused: RefusedText,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let item = refused.item();
    let about = move || called(live, item);
    let href = move || {
        let view = live.view();
        item.and_then(|id| view.read().item(id).map(|item| address::of(live.mesa(), item)))
    };
    let id = refused.id;
    let written = refused.said();
    let has_text = !written.is_empty();
    let (copied, said) = (written.clone(), StoredValue::new(written.clone()));
    let (kinds, navigation) = (live.contribution_kinds(), expect_context::<Navigation>());
    // Continues on the contribution screen, after any draft there.
    let contribute = move |_| {
        let draft = draft_name(CONTRIBUTION, item.map(|item| item.0));
        let begun = live.drafts.read(&draft);
        let text = said.with_value(|said| {
            if begun.is_empty() { said.clone() } else { format!("{begun}\n{said}") }
        });
        live.drafts.keep(&draft, &text);
        navigation.go(&address::contribute(live.mesa(), item));
    };
    let (sentence, sent_again, late) = (refused.sentence(), refused.sent_again, refused.clone());
    let muted = refused.is_muted();
    // Checked for each one: its item may be editable again or not.
    let goes = memo(move || live.may_go(&late));
    view! {
        <li class="card">
            {reactive(move || about().map(|about| view! { <h3>{about}</h3> }))}
            <p>{reactive(move || match (sent_again, goes.get()) {
                (true, _) => tray::SENT_AGAIN.to_owned(),
                (false, true) if !muted => tray::MAY_GO.to_owned(),
                (false, _) => sentence.clone(),
            })}</p>
            {has_text.then(|| view! {
                <p class="card-eyebrow">{tray::WRITTEN}</p>
                <p class="tray-text" translate="no">{written}</p>
            })}
            // That page comes from the server and not from the program.
            {muted.then(|| view! { <a class="link" href=address::writing(live.mesa()) rel="external">{tray::WHY}</a> })}
            <div class="buttons">
                <Show when=move || goes.get()>
                    <button type="button" class="button" data-tone="accent" on:click=move |_| live.send_again(id)>{tray::SEND_AGAIN}</button>
                </Show>
                {has_text.then(|| view! { <CopyButton text=copied/> })}
                {(has_text && !sent_again).then(|| view! {
                    <Show when=move || !kinds.read().is_empty()>
                        <button type="button" class="button" on:click=contribute>{tray::SEND_AS_CONTRIBUTION}</button>
                    </Show>
                })}
                {reactive(move || href().map(|href| view! { <a class="link" href=href>{tray::GO}</a> }))}
                <button type="button" class="button" on:click=move |_| live.dismiss(id)>{tray::DISMISS}</button>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Waiting(
    /// The unanswered command.
    command: Command,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (item, written) = (command.item(), written(&command));
    view! {
        <li class="row-link">
            <span class="row-title">{tray::command(&command)}</span>
            <span class="secondary">{reactive(move || called(live, item))}</span>
            <span class="lasting-text" translate="no">{written.clone()}</span>
            {(!written.is_empty()).then(|| view! { <CopyButton text=written/> })}
        </li>
    }
    .into_any()
}
