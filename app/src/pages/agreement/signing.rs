//! Whether one's organisation has signed, with the way to do so; afterwards the way to the plan.

use domain::ActorNumber;
use domain::agreement::signing::{Mark, Round};
use domain::permission::may_assist;
use leptos::prelude::*;

use crate::address;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::{signing as words, slots};

/// How one's organisation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
    /// It doesn't sign, or somebody else acts for it.
    NotAsked,
    /// Its slot is open, or it may still sign.
    Open,
    /// It is to consent again.
    Again,
    /// It signed, in whatever way.
    Signed,
    /// It declined, and may still sign.
    Declined,
}

/// How an actor stands for whom the viewer acts.
fn own(round: &Round, actor: Option<ActorNumber>) -> Own {
    let Some(actor) = actor.filter(|actor| round.slots.contains_key(actor)) else {
        return Own::NotAsked;
    };
    match round.mark(actor) {
        Some(_) if round.must_consent_again(actor) => Own::Again,
        Some(mark) if mark.is_signature() => Own::Signed,
        Some(Mark::Declined { .. }) => Own::Declined,
        Some(_) | None => Own::Open,
    }
}

/// The card, while a version is signed or once it was.
#[component]
pub fn Signing() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, me) = (live.view(), live.me());
    let seat = me.seat;
    let helps = may_assist(me.role) && seat.is_none();
    let sealed = memo(move || {
        let state = view.read();
        let over = state.plan.round().is_some_and(|round| round.seal.is_some());
        state.plan.signed().filter(|_| over).and_then(|round| Some((round.version, round.seal?)))
    });
    let stands = memo(move || {
        let state = view.read();
        let actor = seat.and_then(|seat| Some((seat, state.actor_of(seat)?)));
        let actor = actor.filter(|(seat, actor)| actor.acts_by(*seat));
        state.plan.round().map(|round| own(round, actor.map(|(_, actor)| actor.number)))
    });
    let counted = memo(move || view.read().plan.round().map(slots::counted));
    let ends = memo(move || view.read().plan.round().is_some_and(Round::is_complete));
    let go = move |label: &'static str, class: &'static str| {
        view! { <a class=class href=address::sign(live.mesa())>{label}</a> }.into_any()
    };
    let plan = move |label: &'static str, class: &'static str| {
        let href = address::plan(live.mesa().exercise);
        view! { <a class=class href=href rel="external">{label}</a> }.into_any()
    };
    let mine = move |own: Own| {
        let (says, link) = match own {
            Own::NotAsked if helps => ("", go(words::GO_HELP, "button beside-action")),
            Own::NotAsked if seat.is_some() => (words::NOT_YOU, go(words::GO_READ, "link")),
            Own::NotAsked => (words::NOT_YOU, plan(slots::SEE_PLAN, "link")),
            Own::Open => (words::NOW_OPEN, go(words::GO_SIGN, "action")),
            Own::Again => (words::NOW_AGAIN, go(words::GO_CONSENT, "action")),
            Own::Signed => (words::NOW_SIGNED, go(words::GO_SEE, "link")),
            Own::Declined => (words::NOW_DECLINED, go(words::GO_READ, "link")),
        };
        view! {
            {(!says.is_empty()).then(|| view! { <p><b>{says}</b></p> })}
            {link}
        }
        .into_any()
    };
    let body = move || {
        match sealed.get() {
        Some((version, seal)) => {
            let when = words::moment(live.clocks.moment(seal.at));
            view! {
                <p><b>{slots::SEALED}</b></p>
                <p>{slots::sealed_when(version, seal.pages, &when)}</p>
                {plan(slots::DOCUMENT, "action")}
            }
            .into_any()
        }
        None => view! {
            {reactive(move || stands.get().map(mine))}
            <p class="secondary">
                {reactive(move || if ends.get() { Some(slots::SEALING.to_owned()) } else { counted.get() })}
            </p>
        }
        .into_any(),
    }
    };
    view! {
        <section class="card" aria-labelledby="firma-del-plan">
            <h2 id="firma-del-plan" class="card-eyebrow">{words::NOW}</h2>
            {reactive(body)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use domain::agreement::signing::{Hand, Noted, Slot};
    use domain::exercise::SeatKind;

    use super::*;

    fn round(mark: Option<Mark>) -> Round {
        Round {
            version: 1,
            opened: 0,
            slots: [(ActorNumber(3), Slot { mark, witness: None })].into(),
            pages: Some(10),
            base: None,
            closed: None,
            changes: 0,
            seal: None,
            scans: Vec::new(),
        }
    }

    fn signed(pages: u16) -> Option<Mark> {
        let hand = Hand::Drawn { initials: None, signature: None };
        let capacity = SeatKind::Holder;
        Some(Mark::Signed { hand, capacity, person: None, assisted: false, pages, at: 0 })
    }

    #[test]
    fn who_acts_for_an_actor_is_led_to_what_it_still_owes() {
        let own = |mark| own(&round(mark), Some(ActorNumber(3)));
        let noted = |noted| Some(Mark::Noted { noted, at: 0 });
        assert_eq!(own(None), Own::Open);
        assert_eq!(own(signed(10)), Own::Signed);
        assert_eq!(own(signed(9)), Own::Again);
        assert_eq!(own(noted(Noted::Absent)), Own::Open);
        assert_eq!(own(noted(Noted::Paper)), Own::Signed);
        for other in [None, Some(ActorNumber(4))] {
            assert_eq!(super::own(&round(None), other), Own::NotAsked);
        }
    }
}
