//! What happens now: the phase and what it asks, what is projected, how much there is, who one is here.

use domain::{ItemKind, Phase, Shown};
use leptos::prelude::*;

use super::address;
use crate::components::{CategoryMark, ScreenHeading};
use crate::state::Live;
use crate::text::{list, name, now};

/// The screen at `/mesa/:mesa`.
#[component]
pub fn NowScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let mesa = live.mesa();
    let phase = Memo::new(move |_| view.read().phase);
    let count = move |kind| view.read().visible(kind, None).count();
    let problems_first = move || phase.get() < Phase::Agreements;
    let entered = live.member().map(|member| now::entered_as(&member.name, name::role(member.role)));
    view! {
        <div class="screen-head">
            <ScreenHeading text=Signal::derive(move || now::heading(phase.get()).to_owned())/>
            <p class="secondary">{move || now::guidance(phase.get())}</p>
        </div>
        <ShownCard/>
        <section aria-labelledby="contenido-mesa" class="screen-head">
            <h2 id="contenido-mesa">{now::CONTENT}</h2>
            <div class="counts">
                <a href=address::problems(mesa)>
                    <b>{move || count(ItemKind::Problem)}</b>
                    " "
                    <span>{list::heading(ItemKind::Problem)}</span>
                </a>
                <a href=address::commitments(mesa)>
                    <b>{move || count(ItemKind::Commitment)}</b>
                    " "
                    <span>{list::heading(ItemKind::Commitment)}</span>
                </a>
            </div>
        </section>
        <p class="secondary">{entered}</p>
        <form method="post" action=address::LEAVE>
            <button class="link">{now::LEAVE}</button>
        </form>
        <a class="action screen-action" href=move || if problems_first() { address::problems(mesa) } else { address::commitments(mesa) }>
            {move || if problems_first() { now::OPEN_PROBLEMS } else { now::OPEN_COMMITMENTS }}
        </a>
    }
    .into_any()
}

/// What the projector shows, with the way to it.
#[component]
fn ShownCard() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let item = Memo::new(move |_| {
        let state = view.read();
        match state.shown {
            Shown::Item(id) => state.item(id).filter(|item| state.is_visible(item)).cloned(),
            Shown::Agreement | Shown::Blank => None,
        }
    });
    let category = Memo::new(move |_| item.read().as_ref().and_then(|item| item.as_commitment()).map(|c| c.category));
    let body = move || match &*item.read() {
        Some(item) => view! {
            {category.get().map(|category| view! { <CategoryMark category/> })}
            <p class="card-eyebrow">{name::numbered(&view.read(), item)}</p>
            <h3>{name::title(item)}</h3>
            <a class="link" href=address::of(live.mesa(), item)>{now::READ}</a>
        }
        .into_any(),
        None => {
            let shown = view.read().shown.clone();
            let agreement = shown == Shown::Agreement;
            view! {
                <p>{now::shown(&shown)}</p>
                {agreement.then(|| view! { <a class="link" href=address::commitments(live.mesa())>{now::READ_AGREEMENT}</a> })}
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="proyectado">
            <h2 id="proyectado" class="card-eyebrow">{now::SHOWN}</h2>
            {body}
        </section>
    }
    .into_any()
}
