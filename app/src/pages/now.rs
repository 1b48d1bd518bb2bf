//! What happens now: the phase and what it asks for, what is projected, the person's own
//! contributions, counts, who the person is here.

use domain::deliberation::decide::may_add;
use domain::permission::{Action, Scope, permitted};
use domain::{Command, EntryId, ItemKind, Mesa, Phase, ResponseStatus, Shown, TextField, floor};
use leptos::prelude::*;
use uuid::Uuid;

use crate::address;
use crate::components::{CategoryMark, Leaving, PhaseTimer, ScreenHeading, UnsentNote};
use crate::erased::{Show, memo, reactive};
use crate::parts;
use crate::state::{Live, Status};
use crate::text::{floor as words_of_floor, list, name, now, pack, priority, veil, voice};

/// The screen at `/ejercicio/:exercise/mesa/:number`.
#[component]
pub fn NowScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let mesa = live.mesa();
    let phase = memo(move || view.read().conduct.phase);
    let agrees = memo(move || phase.get().is_of_the_plan());
    let floor = memo(move || view.read().floor.is_in_use());
    let count = move |kind| view.read().visible(kind, None).count();
    let signed = memo(move || signed(live));
    let entered =
        live.member().map(|member| now::entered_as(&member.name, name::role(member.role)));
    view! {
        <div class="screen-head">
            <ScreenHeading text=Signal::derive(move || now::heading(phase.get(), signed.get()).to_owned())/>
            <p class="secondary">{reactive(move || now::guidance(phase.get(), signed.get()))}</p>
            <PhaseTimer/>
        </div>
        <UnsentNote/>
        <PackLine/>
        {reactive(move || if agrees.get() { parts::agreeing() } else { view! { <ShownCard/> }.into_any() })}
        <PointsCard/>
        <AloneCard/>
        <Show when=move || !agrees.get() && floor.get()>{parts::floor()}</Show>
        <OwnVoice/>
        <section aria-labelledby="contenido-mesa" class="screen-head">
            <h2 id="contenido-mesa">{now::CONTENT}</h2>
            <div class="counts">
                <a href=address::problems(mesa)>
                    <b>{reactive(move || count(ItemKind::Problem))}</b>
                    " "
                    <span>{list::heading(ItemKind::Problem)}</span>
                </a>
                <a href=address::commitments(mesa)>
                    <b>{reactive(move || count(ItemKind::Commitment))}</b>
                    " "
                    <span>{list::heading(ItemKind::Commitment)}</span>
                </a>
            </div>
        </section>
        <PhaseAction/>
        // After the action, which is at the thumb: it never half covers small links at first.
        <div class="oneself">
            <p class="secondary">{entered}</p>
            // That page comes from the server and not from the program.
            <Show when=move || live.condition.connection().get() == Status::Connected>
                <a class="link" href=address::attendance(mesa)>{now::ATTENDANCE}</a>
            </Show>
            <Leaving/>
        </div>
    }
    .into_any()
}

/// What a signature is still missing from, as far as the person is concerned.
fn signed(live: Live) -> now::Signed {
    let (view, seat) = (live.view(), live.me().seat);
    let state = view.read();
    let Some(round) = state.plan.round() else { return now::Signed::Open };
    let actor = seat.and_then(|seat| state.actor_of(seat));
    match actor {
        _ if round.seal.is_some() => now::Signed::Sealed,
        Some(actor) if round.has_signed(actor.number) => now::Signed::Own,
        Some(_) | None => now::Signed::Open,
    }
}

/// How much there is to be read before the mesa, with the way to it.
#[component]
fn PackLine() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let words = memo(move || {
        let conduct = &view.read().conduct;
        (conduct.phase <= Phase::Analysis).then(|| pack::line(conduct.notice)).flatten()
    });
    // That page comes from the server and not from the program.
    view! {
        <Show when=move || words.read().is_some() && live.condition.connection().get() == Status::Connected>
            <a class="link" href=address::pack(live.mesa()) rel="external">{reactive(move || words.get())}</a>
        </Show>
    }
    .into_any()
}

/// That the person's organisation has points to divide, or that others do.
#[component]
fn PointsCard() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, divides) = (live.view(), live.divides_for());
    let card = memo(move || {
        let state = view.read();
        let open = state.priority.open.as_ref()?;
        Some(match &*divides.read() {
            Some((actor, organisation)) if open.given.contains_key(actor) => {
                (priority::given(organisation), priority::CHANGE)
            }
            Some((_, organisation)) => {
                (priority::asked(organisation, open.points), priority::DIVIDE)
            }
            None => {
                let of = state.prioritising().count();
                (priority::count(open.count(), of), priority::READ_PROBLEMS)
            }
        })
    });
    view! {
        <Show when=move || card.read().is_some()>
            <section class="card" aria-labelledby="puntos">
                <h2 id="puntos" class="card-eyebrow">{priority::HEADING}</h2>
                <p translate="no">{reactive(move || card.get().map(|(words, _)| words))}</p>
                <a class="button" href=address::points(live.mesa())>{reactive(move || card.get().map(|(_, link)| link))}</a>
            </section>
        </Show>
    }
    .into_any()
}

/// That problems are written alone now, with the way to it.
#[component]
pub(super) fn AloneCard() -> impl IntoView {
    let live = expect_context::<Live>();
    let alone = live.writes_alone();
    view! {
        <Show when=move || alone.get()>
            <section class="card" aria-labelledby="en-privado">
                <h2 id="en-privado" class="card-eyebrow">{veil::HEADING}</h2>
                <p>{veil::CARD}</p>
                <a class="button" href=address::alone(live.mesa())>{veil::WRITE}</a>
            </section>
        </Show>
    }
    .into_any()
}

/// What the action at the thumb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Contribute,
    EditCommitments,
    ReadProblems,
    ReadCommitments,
}

/// The action of a phase, by whether the person may contribute and write commitments in it.
fn act(phase: Phase, contributes: bool, writes: bool) -> Act {
    match phase {
        Phase::Preparation | Phase::Introduction | Phase::Analysis => {
            if contributes {
                Act::Contribute
            } else {
                Act::ReadProblems
            }
        }
        Phase::Agreements if writes => Act::EditCommitments,
        Phase::Agreements if contributes => Act::Contribute,
        Phase::Agreements
        | Phase::ReadOut
        | Phase::Conformity
        | Phase::Signing
        | Phase::FollowUp
        | Phase::Closed => Act::ReadCommitments,
    }
}

/// The action at the thumb, and if that isn't to contribute, a link to do so beside it.
#[component]
fn PhaseAction() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, role, kinds) = (live.view(), live.me().role, live.contribution_kinds());
    let act = memo(move || {
        let phase = view.read().conduct.phase;
        act(phase, !kinds.read().is_empty(), may_add(phase, role, ItemKind::Commitment))
    });
    let contribute =
        memo(move || address::contribute(live.mesa(), shown_to_talk_about(&view.read())));
    let href = move || match act.get() {
        Act::Contribute => contribute.get(),
        Act::EditCommitments | Act::ReadCommitments => address::commitments(live.mesa()),
        Act::ReadProblems => address::problems(live.mesa()),
    };
    let words = move || match act.get() {
        Act::Contribute => voice::CONTRIBUTE,
        Act::EditCommitments => now::EDIT_COMMITMENTS,
        Act::ReadCommitments if view.read().conduct.phase > Phase::Agreements => {
            now::READ_COMMITMENTS
        }
        Act::ReadCommitments => now::OPEN_COMMITMENTS,
        Act::ReadProblems => now::OPEN_PROBLEMS,
    };
    let beside = move || {
        let kinds = kinds.read();
        let only_objections = kinds.iter().all(|kind| *kind == domain::ContributionKind::Objection);
        let words = if only_objections { voice::OBJECT } else { voice::CONTRIBUTE };
        (!kinds.is_empty() && act.get() != Act::Contribute).then(
            || view! { <a class="button beside-action" href=move || contribute.get()>{words}</a> },
        )
    };
    // Where an answer or a signature is asked for above, that is what is to be done.
    let calm =
        memo(move || matches!(view.read().conduct.phase, Phase::Conformity | Phase::Signing));
    let (asks, ready) = (may_ask(live), live.condition.ready());
    // While each organisation is asked to speak, that is what the thumb finds.
    let first = memo(move || asks.get() && view.read().floor.round().is_some());
    let ask = move |class: &'static str| {
        let submit = move |_| {
            let entry = EntryId(Uuid::now_v7());
            live.submit(Command::Floor(floor::Command::Ask { entry }));
        };
        view! {
            <button type="button" class=class disabled=move || !ready.get() on:click=submit>{words_of_floor::ASK_FOR_IT}</button>
        }
    };
    view! {
        {reactive(beside)}
        {reactive(move || match (asks.get(), first.get()) {
            (true, true) => view! {
                <a class="button beside-action" href=href>{reactive(words)}</a>
                {ask("action screen-action")}
            }
            .into_any(),
            (true, false) => view! {
                {ask("button beside-action")}
                <a class="action screen-action" href=href>{reactive(words)}</a>
            }
            .into_any(),
            (false, _) if calm.get() => view! { <a class="button beside-action" href=href>{reactive(words)}</a> }.into_any(),
            (false, _) => view! { <a class="action screen-action" href=href>{reactive(words)}</a> }.into_any(),
        })}
    }
    .into_any()
}

/// Whether the person may ask for the floor and hasn't.
fn may_ask(live: Live) -> Memo<bool> {
    let (view, me) = (live.view(), live.me());
    memo(move || {
        let state = view.read();
        let allowed = permitted(Action::AskFloor, state.conduct.phase, me.role) != Scope::Nothing;
        let speaks =
            |person| state.floor.turn.as_ref().is_some_and(|turn| state.is_of(&turn.entry, person));
        let free = |person| state.own_entry(person).is_none() && !speaks(person);
        allowed && me.person.is_some_and(free)
    })
}

/// The projected item, if it is one that people contribute about.
fn shown_to_talk_about(state: &Mesa) -> Option<domain::ItemId> {
    let Shown::Item(id) = state.conduct.shown else { return None };
    let item = state.item(id).filter(|item| state.is_visible(item))?;
    matches!(item.kind(), ItemKind::Problem | ItemKind::Commitment).then_some(id)
}

/// The person's contributions that wait for an answer or have one.
#[component]
fn OwnVoice() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, own) = (live.view(), live.own(ItemKind::Contribution));
    let counts = memo(move || {
        let (state, own) = (view.read(), own.read());
        let all = own
            .iter()
            .filter_map(|id| state.item(*id).filter(|item| !item.removed)?.as_contribution());
        let (waiting, answered): (Vec<_>, Vec<_>) =
            all.partition(|said| said.response.status == ResponseStatus::Pending);
        (waiting.len(), answered.len())
    });
    let words = move || {
        let (waiting, answered) = counts.get();
        voice::waiting(waiting)
            .into_iter()
            .chain(voice::answered(answered))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <Show when=move || counts.get() != (0, 0)>
            <a class="link" href=address::voice(live.mesa())>{reactive(words)}</a>
        </Show>
    }
    .into_any()
}

/// What is projected, with a link to it.
#[component]
fn ShownCard() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let item = memo(move || {
        let state = view.read();
        match state.conduct.shown {
            Shown::Item(id) => state.item(id).filter(|item| state.is_visible(item)).cloned(),
            Shown::Agreement | Shown::Blank | Shown::Chart | Shown::Priority => None,
        }
    });
    let category = memo(move || {
        item.read().as_ref().and_then(|item| item.as_commitment()).map(|c| c.category)
    });
    let body = move || match &*item.read() {
        Some(item) => {
            let rest = [
                TextField::Statement,
                TextField::Affected,
                TextField::Objective,
                TextField::Deliverable,
            ];
            let rest = rest
                .into_iter()
                .map(|field| item.text(field).trim())
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned();
            view! {
                {category.get().map(|category| view! { <CategoryMark category/> })}
                <p class="card-eyebrow">{name::numbered(&view.read(), item)}</p>
                <h3 class="shown-title" translate="no">{name::title(item)}</h3>
                {(!rest.is_empty()).then(|| view! { <p class="shown-text" translate="no">{rest}</p> })}
                <a class="link" href=address::of(live.mesa(), item)>{now::READ}</a>
            }
            .into_any()
        }
        None => {
            let shown = view.read().conduct.shown.clone();
            let agreement = shown == Shown::Agreement;
            let chart = shown == Shown::Chart;
            let points = shown == Shown::Priority && view.read().priority.open.is_none();
            view! {
                <p>{now::shown(&shown)}</p>
                {chart.then(|| view! { <a class="link" href=address::results(live.mesa()) rel="external">{now::READ_RESULTS}</a> })}
                {agreement.then(|| view! { <a class="link" href=address::commitments(live.mesa())>{now::READ_AGREEMENT}</a> })}
                {points.then(|| view! { <a class="link" href=address::points(live.mesa())>{priority::SEE_RESULT}</a> })}
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="proyectado">
            <h2 id="proyectado" class="card-eyebrow">{now::SHOWN}</h2>
            {reactive(body)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_an_action_that_can_be_done() {
        assert_eq!(act(Phase::Analysis, true, true), Act::Contribute);
        assert_eq!(act(Phase::Analysis, false, false), Act::ReadProblems);
        assert_eq!(act(Phase::Agreements, true, true), Act::EditCommitments);
        assert_eq!(act(Phase::Agreements, true, false), Act::Contribute);
        assert_eq!(act(Phase::Agreements, false, false), Act::ReadCommitments);
        assert_eq!(act(Phase::ReadOut, true, false), Act::ReadCommitments);
    }
}
