//! Signing the plan: what is signed, page by page; drawn or typed, with the consent to so many pages;
//! or declined with a reason. Loaded when somebody signs.

mod hand;
mod outcome;
mod pad;
mod sheets;
mod strokes;

use domain::agreement::signing::Mark;
use domain::exercise::SeatKind;
use domain::permission::may_assist;
use domain::{Actor, ActorNumber, Audience, Phase, Role, SeatId};
use leptos::prelude::*;

use crate::components::ScreenHeading;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::signing as words;

use hand::Hand;
use outcome::{Before, Decline, Outcome, Sealed};
use sheets::{Sheets, What};

/// For whom somebody signs, and how it is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The actor.
    actor: ActorNumber,
    /// In what capacity.
    capacity: SeatKind,
    /// The seat for which a helper's device is used; none: the person's own.
    on_behalf: Option<SeatId>,
}

impl Signer {
    /// Whoever acts for an actor, by this seat of it.
    fn of(actor: &Actor, seat: SeatId, helped: bool) -> Option<Self> {
        let own = actor.seats.iter().find(|own| own.id == seat && actor.acts_by(seat))?;
        let on_behalf = helped.then_some(seat);
        Some(Self { actor: actor.number, capacity: own.kind, on_behalf })
    }
}

/// What the screen is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing is being signed.
    Before,
    /// A version is.
    Open,
    /// It was.
    Sealed,
}

/// The screen at `/ejercicio/:exercise/mesa/:number/firmar`.
#[component]
pub fn SigningScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, me) = (live.view(), live.me());
    let stage = memo(move || {
        let state = view.read();
        match state.plan.round() {
            Some(round) if round.seal.is_some() => Stage::Sealed,
            Some(_) if state.conduct.phase == Phase::Signing => Stage::Open,
            Some(_) | None => Stage::Before,
        }
    });
    let chosen = RwSignal::new(None::<ActorNumber>);
    let (seat, helps) = (me.seat, may_assist(me.role) && me.seat.is_none());
    // Who has no seat gets the public copy alone, which has no pages here.
    let whole = me.role == Role::Actor || Audience::of(me.role) == Audience::Facilitation;
    // Whose slot the person has, although another of its seats may act for it now.
    let own = memo(move || {
        let state = view.read();
        let round = state.plan.round()?;
        let number = match seat {
            Some(seat) => state.actor_of(seat)?.number,
            None => chosen.get()?,
        };
        round.slots.contains_key(&number).then_some(number)
    });
    let signer = memo(move || {
        let state = view.read();
        let actor = state.actor(own.get()?)?;
        let acting = actor.seats.iter().find(|other| actor.acts_by(other.id)).map(|it| it.id);
        Signer::of(actor, seat.or(acting)?, seat.is_none())
    });
    let organisation = memo(move || {
        let state = view.read();
        Some(state.actor(own.get()?)?.organisation.to_string())
    });
    let slot = move || match (signer.get(), own.get()) {
        (Some(signer), _) => view! { <Slot signer organisation/> }.into_any(),
        (None, Some(_)) => view! { <p>{words::NOT_ACTING}</p><Sheets reads=false/> }.into_any(),
        (None, None) if whole => {
            view! { {(!helps).then(|| view! { <p>{words::NOT_YOU}</p> })}<Sheets reads=false/> }
                .into_any()
        }
        (None, None) => view! { <p>{words::NOT_YOU}</p> }.into_any(),
    };
    view! {
        <div class="screen-head">
            <ScreenHeading text=words::HEADING/>
            <What whole/>
        </div>
        {reactive(move || match stage.get() {
            Stage::Before => view! { <p role="status">{words::NOT_OPEN}</p> }.into_any(),
            Stage::Open => view! {
                {helps.then(|| view! { <Helped chosen/> })}
                {reactive(slot)}
            }
            .into_any(),
            Stage::Sealed => view! {
                <Sealed/>
                {reactive(move || signer.get().map(|signer| view! { <Outcome signer focused=false/> }))}
            }
            .into_any(),
        })}
    }
    .into_any()
}

/// The slot of an actor: to be signed, or what became of it.
#[component]
fn Slot(
    /// For whom.
    signer: Signer,
    /// The name of its organisation.
    organisation: Memo<Option<String>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let kind = signer.on_behalf.is_none().then_some(signer.capacity);
    // Who has the seat for which a helper's device is used isn't known here.
    let name = live.member().map(|member| member.name).filter(|_| kind.is_some());
    // Nothing else takes a form away in which somebody draws.
    let signs = memo(move || {
        let state = view.read();
        let round = state.plan.round().filter(|round| round.is_open());
        round.is_some_and(|round| !round.mark(signer.actor).is_some_and(Mark::is_signature))
    });
    let again = memo(move || {
        let state = view.read();
        let round = state.plan.round().filter(|round| round.is_open());
        round.is_some_and(|round| round.must_consent_again(signer.actor))
    });
    // Whether the form was shown: what it came to takes its place, and the focus.
    let asked = StoredValue::new(false);
    let draw = move || {
        if signs.get() {
            asked.set_value(true);
            let name = name.clone();
            view! {
                <p class="secondary">
                    {words::signs_for(kind)} " " <b translate="no">{reactive(move || organisation.get())}</b> "."
                    {name.map(|name| view! { " " {words::PRINTED} " " <b translate="no">{name}</b> "." })}
                </p>
                <Before signer/>
                <Sheets reads=true/>
                <Hand signer/>
                <Decline signer/>
            }
            .into_any()
        } else {
            view! {
                <Outcome signer focused=asked.get_value()/>
                <Sheets reads=false/>
                <Show when=move || again.get()>
                    <Decline signer/>
                </Show>
            }
            .into_any()
        }
    };
    reactive(draw).into_any()
}

/// The choice of the organisation that signs on a helper's device.
#[component]
fn Helped(chosen: RwSignal<Option<ActorNumber>>) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let names = memo(move || {
        let state = view.read();
        let slots = state.plan.round().into_iter().flat_map(|round| round.slots.keys());
        let name =
            |number: &ActorNumber| Some((*number, state.actor(*number)?.organisation.to_string()));
        slots.filter_map(name).collect::<Vec<_>>()
    });
    let choice = move |(number, organisation): (ActorNumber, String)| {
        view! { <option value=number.0.to_string() selected=chosen.get_untracked() == Some(number) translate="no">{organisation}</option> }
    };
    view! {
        <div class="about-choice">
            <label class="field-label" for="por-quien-firma">{words::CHOOSE}</label>
            <select
                class="field-control"
                id="por-quien-firma"
                autocomplete="off"
                disabled=move || !ready.get()
                on:change=move |event| chosen.set(event_target_value(&event).parse().ok().map(ActorNumber))
            >
                <option value="">{words::NOBODY}</option>
                {reactive(move || names.get().into_iter().map(choice).collect_view())}
            </select>
            <Show when=move || chosen.get().is_some()>
                <p class="secondary">{words::HELPED}</p>
            </Show>
        </div>
    }
    .into_any()
}
