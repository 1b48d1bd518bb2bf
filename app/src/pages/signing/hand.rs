//! Signing: drawn or typed, as equals, then the consent to so many pages. What is drawn or typed
//! stays on the device until the server has the signature.

use std::sync::Arc;

use domain::agreement::Command as Agreeing;
use domain::agreement::signing::{Command as Signing, Hand as With};
use domain::{Command, ShortText};
use leptos::html;
use leptos::prelude::*;

use super::Signer;
use super::pad::{Ink, Pad, draft};
use crate::composed::composed;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::drawing::{self, Doubt, Drawn};
use crate::text::{refusal, signing as words};

/// Whether a command is a signature.
pub fn is_signature(command: &Command) -> bool {
    matches!(command, Command::Agreement(Agreeing::Signing(Signing::Sign { .. })))
}

/// A name being typed. Cheap to copy.
#[derive(Clone, Copy)]
struct Name {
    live: Live,
    signer: Signer,
    line: NodeRef<html::Input>,
}

impl Name {
    fn typed(self) -> String {
        let line = self.line.get_untracked();
        line.map_or_else(|| self.live.drafts.read(&self.draft()), |line| line.value())
    }

    fn draft(self) -> String {
        draft(NAME, self.signer.actor)
    }

    fn changed(self) {
        if let Some(line) = self.line.get_untracked() {
            self.live.drafts.keep(&self.draft(), &line.value());
        }
    }

    fn parsed(self) -> Result<ShortText, Doubt> {
        match ShortText::parse(&composed(&self.typed())) {
            Ok(name) if name.is_empty() => Err(Doubt::NoName),
            Ok(name) => Ok(name),
            Err(_) => Err(Doubt::BadName),
        }
    }
}

/// Draft of a name.
const NAME: &str = "nombre";

/// Forgets what was drawn and typed to sign for an actor.
pub fn forget(live: Live, signer: Signer) {
    for what in [Drawn::Initials.name(), Drawn::Signature.name(), NAME] {
        let name = draft(what, signer.actor);
        if !live.drafts.read(&name).is_empty() {
            live.drafts.keep(&name, "");
        }
    }
}

/// The two ways of signing, and the consent.
#[component]
pub fn Hand(
    /// For whom.
    signer: Signer,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    let (initials, signature) = (
        Ink::new(live, Drawn::Initials, signer.actor),
        Ink::new(live, Drawn::Signature, signer.actor),
    );
    let name = Name { live, signer, line: NodeRef::new() };
    let typing = RwSignal::new(false);
    let doubts = RwSignal::new(Vec::<Doubt>::new());
    effect(move || {
        if ready.get() {
            initials.put_back();
            signature.put_back();
            let typed = !live.drafts.read(&name.draft()).is_empty();
            typing.set(typed && untrack(|| initials.is_blank() && signature.is_blank()));
        }
    });
    // What was asked about isn't any more.
    effect(move || {
        initials.track();
        signature.track();
        typing.track();
        doubts.set(Vec::new());
    });
    let hand = move || -> Result<With, Vec<Doubt>> {
        if typing.get_untracked() {
            return name.parsed().map(With::Typed).map_err(|doubt| vec![doubt]);
        }
        match (initials.drawing(), signature.drawing()) {
            (Some(initials), Some(signature)) => Ok(With::Drawn {
                initials: Some(Arc::new(initials)),
                signature: Some(Arc::new(signature)),
            }),
            _ => Err(Vec::new()),
        }
    };
    let sign = Callback::new(move |(pages, version, sure): (u16, u16, bool)| {
        let doubted: Vec<_> = match typing.get_untracked() {
            true => Vec::new(),
            false => [initials, signature].into_iter().filter_map(Ink::doubt).collect(),
        };
        let stops = doubted.iter().any(|doubt| doubt.stops());
        if stops || (!sure && !doubted.is_empty()) {
            return doubts.set(doubted);
        }
        let hand = match hand() {
            Ok(hand) => hand,
            Err(wrong) => return doubts.set(wrong),
        };
        doubts.set(Vec::new());
        // What was refused before is what is sent now.
        let refused = live.outbox.refused().get_untracked();
        let before = refused.iter().filter(|refused| is_signature(&refused.command));
        before.for_each(|refused| live.dismiss(refused.id));
        let command = Signing::Sign { version, pages, hand };
        live.submit_for(signer.on_behalf, Command::Agreement(Agreeing::Signing(command)));
    });
    let mend = Callback::new(move |doubt: Doubt| match doubt {
        Doubt::Blank(what) | Doubt::Slight(what) | Doubt::Cut(what) => match what {
            Drawn::Initials => initials.show(),
            Drawn::Signature => signature.show(),
        },
        Doubt::NoName | Doubt::BadName => {
            if let Some(line) = name.line.get_untracked() {
                // Fails only when it is gone, which needs no focus.
                let _ = line.focus();
            }
        }
    });
    let refused = live.outbox.refused();
    let problem = memo(move || {
        let refused = refused.read();
        let last = refused.iter().rev().find(|one| is_signature(&one.command));
        last.map(|one| refusal::sentence(&one.rejection))
    });
    let way = move |types: bool, label: &'static str| {
        view! {
            <label class="field-option">
                <input
                    type="radio"
                    name="como-firmas"
                    autocomplete="off"
                    prop:checked=move || typing.get() == types
                    on:change=move |_| typing.set(types)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <section class="screen-head" aria-labelledby="tu-mano">
            <h2 id="tu-mano">{words::HAND}</h2>
            <fieldset class="field-options signing-ways">
                <legend class="secondary">{words::HOW}</legend>
                {way(false, words::DRAW)}
                {way(true, words::TYPE)}
            </fieldset>
            // Both stay: who looks at the other way loses nothing.
            <div class="signing-pads" hidden=move || typing.get()>
                <Pad ink=initials/>
                <Pad ink=signature/>
            </div>
            <div hidden=move || !typing.get()>
                <Typed name/>
            </div>
            <p class="secondary">{words::OTHER_WAYS}</p>
        </section>
        <section class="screen-head" aria-labelledby="consentimiento">
            <h2 id="consentimiento">{words::CONSENT}</h2>
            <div role="alert">
                {reactive(move || problem.get().map(|problem| view! { <p class="field-problem">{problem}</p> }))}
            </div>
            <Consent typing sign mend doubts/>
            <p class="secondary">{words::IS}</p>
            <p class="secondary">{words::IS_NOT}</p>
        </section>
    }
    .into_any()
}

/// The line for a name.
#[component]
fn Typed(name: Name) -> impl IntoView {
    let ready = name.live.condition.ready();
    effect(move || {
        if ready.get()
            && let Some(line) = name.line.get()
            && line.value().is_empty()
        {
            line.set_value(&name.live.drafts.read(&name.draft()));
        }
    });
    view! {
        <div class="remark">
            <label class="field-label" for="nombre-que-firma">{words::NAME}</label>
            <input
                class="field-control"
                id="nombre-que-firma"
                node_ref=name.line
                type="text"
                autocomplete="name"
                autocapitalize="words"
                spellcheck="false"
                aria-describedby="nombre-que-firma-nota"
                disabled=move || !ready.get()
                on:input=move |_| name.changed()
            />
            <p class="field-note" id="nombre-que-firma-nota">{words::NAME_NOTE}</p>
        </div>
    }
    .into_any()
}

/// The consent in words, the button that gives it, and what is asked before.
#[component]
fn Consent(
    /// Whether a name is typed.
    typing: RwSignal<bool>,
    /// Signs so many pages of a version; whether what may be wrong is meant so.
    sign: Callback<(u16, u16, bool)>,
    /// Leads to where something is mended.
    mend: Callback<Doubt>,
    /// What may be wrong.
    doubts: RwSignal<Vec<Doubt>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let set = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        Some((round.pages?, round.version))
    });
    let asks = memo(move || {
        let doubts = doubts.read();
        !doubts.is_empty() && !doubts.iter().any(|doubt| doubt.stops())
    });
    let question = NodeRef::<html::Div>::new();
    effect(move || {
        if !doubts.read().is_empty()
            && let Some(question) = question.get()
        {
            // Fails only when it is gone, which needs no focus.
            let _ = question.focus();
        }
    });
    let back = move |_| {
        let first = doubts.read_untracked().first().copied();
        doubts.set(Vec::new());
        if let Some(first) = first {
            mend.run(first);
        }
    };
    let give = move |sure: bool| {
        if let Some((pages, version)) = set.get_untracked() {
            sign.run((pages, version, sure));
        }
    };
    let said = move || match set.get() {
        Some((pages, version)) => words::consent(pages, version, !typing.get()),
        None => words::NO_PAGES.to_owned(),
    };
    let label = move || match set.get() {
        Some((pages, _)) => words::sign(pages),
        None => words::SIGN_LATER.to_owned(),
    };
    let sentences = move || {
        let sentence = |doubt: &Doubt| view! { <p>{doubt.sentence()}</p> };
        doubts.read().iter().map(sentence).collect_view()
    };
    view! {
        <p id="lo-que-firmas">{reactive(said)}</p>
        <Show when=move || !doubts.read().is_empty()>
            <div class="question" role="alert" tabindex="-1" node_ref=question>
                {reactive(sentences)}
                <Show
                    when=move || asks.get()
                    fallback=move || view! {
                        <button type="button" class="button" on:click=back>{drawing::TO_THE_BOX}</button>
                    }
                >
                    <p>{drawing::AS_IT_IS}</p>
                    <div class="buttons">
                        <button type="button" class="button" on:click=back>{drawing::DRAW_AGAIN}</button>
                        <button type="button" class="button" data-tone="accent" on:click=move |_| give(true)>
                            {drawing::SIGN_SO}
                        </button>
                    </div>
                </Show>
            </div>
        </Show>
        <button
            type="button"
            class="action"
            aria-describedby="lo-que-firmas"
            disabled=move || !ready.get() || set.get().is_none()
            on:click=move |_| give(false)
        >
            {reactive(label)}
        </button>
    }
    .into_any()
}
