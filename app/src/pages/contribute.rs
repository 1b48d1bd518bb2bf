//! The screen for contributing about an item or the mesa: the kind, a large box, one button. What
//! is typed stays on the device until it is sent.

use domain::people::attendance::AttendanceMode;
use domain::permission::may_assist;
use domain::{ContributionKind, ItemId, ItemKind, Role, SeatId};
use leptos::prelude::*;

use crate::address;
use crate::components::ScreenHeading;
use crate::components::remark::{RemarkBox, Writing, draft_name};
use crate::erased::{Show, effect, memo, reactive};
use crate::navigation::Navigation;
use crate::state::Live;
use crate::state::unsent::{CONTRIBUTION, SPEAKER};
use crate::text::{name, voice};

/// The screen. Another item is another text: the box is created anew.
#[component]
pub fn ContributeScreen(
    /// The item; none: the mesa as a whole.
    target: Option<ItemId>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    // The seat on whose behalf the person writes, if any.
    let on_behalf = RwSignal::new(None::<SeatId>);
    // Kept like the text, so that switching to another problem, or a reload, doesn't attribute the
    // words to somebody else.
    effect(move || {
        if ready.get() {
            on_behalf.set(live.drafts.read(SPEAKER).parse().ok());
        }
    });
    let role = live.me().role;
    let kinds = live.contribution_kinds_of(Signal::derive(move || {
        if on_behalf.get().is_some() { Role::Actor } else { role }
    }));
    let about = memo(move || {
        let state = view.read();
        let item = target.and_then(|id| state.item(id)).filter(|item| state.is_visible(item));
        item.map(|item| {
            (name::numbered(&state, item), name::title(item), address::of(live.mesa(), item))
        })
    });
    let back = move || {
        about.read().as_ref().map_or_else(|| address::now(live.mesa()), |(_, _, href)| href.clone())
    };
    let draft = draft_name(CONTRIBUTION, target.map(|target| target.0));
    let kind_draft = StoredValue::new(format!("{draft}.clase"));
    let writing = Writing::new(live, draft);
    let chosen = RwSignal::new(None::<ContributionKind>);
    let kind = memo(move || {
        let kinds = kinds.read();
        chosen.get().filter(|kind| kinds.contains(kind)).or_else(|| preferred(&kinds))
    });
    effect(move || {
        if ready.get() {
            let kept = kind_draft.with_value(|name| live.drafts.read(name));
            chosen.set(ContributionKind::ALL.into_iter().find(|kind| voice::kind(*kind) == kept));
        }
    });
    let choose = move |kind: ContributionKind| {
        chosen.set(Some(kind));
        kind_draft.with_value(|name| live.drafts.keep(name, voice::kind(kind)));
    };
    let navigation = expect_context::<Navigation>();
    let send = move |_| {
        let Some(kind) = kind.get_untracked() else { return };
        if let Some(text) = writing.take() {
            let item = live.contribute(
                on_behalf.get_untracked(),
                about.read_untracked().is_some().then_some(target).flatten(),
                kind,
                text,
            );
            live.note_sent(item);
            writing.sent();
            live.drafts.keep(SPEAKER, "");
            kind_draft.with_value(|name| live.drafts.keep(name, ""));
            navigation.go(&address::voice(live.mesa()));
        }
    };
    view! {
        <a class="link back" href=back>{voice::BACK}</a>
        <ScreenHeading text=voice::WRITE/>
        {speakers(on_behalf)}
        <About target about=Signal::derive(move || about.get().map(|(number, title, _)| format!("{number}. {title}"))) writing/>
        <Show when=move || kinds.read().is_empty()>
            <p class="read-only" role="status">{voice::NOT_NOW}</p>
        </Show>
        <Show when=move || { kinds.read().len() > 1 }>
            <fieldset class="field-options kinds">
                <legend class="field-label">{voice::WHICH_KIND}</legend>
                {reactive(move || kinds.get().into_iter().map(|each| view! {
                    <label class="field-option">
                        <input
                            type="radio"
                            name="clase"
                            disabled=move || !ready.get()
                            prop:checked=move || kind.get() == Some(each)
                            on:change=move |_| choose(each)
                        />
                        <span><b>{voice::kind(each)}</b>": " {voice::kind_hint(each)}</span>
                    </label>
                }).collect_view())}
            </fieldset>
        </Show>
        <RemarkBox writing label=voice::YOUR_TEXT rows=4/>
        <p class="secondary">{voice::WHO_SEES}</p>
        <button type="button" class="action screen-action" disabled=move || !ready.get() || kind.get().is_none() on:click=send>
            {voice::SEND}
        </button>
    }
    .into_any()
}

/// The choice of the speaker: the facilitation writes for people who can't.
fn speakers(on_behalf: RwSignal<Option<SeatId>>) -> Option<AnyView> {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let choices = move || {
        let state = view.read();
        // Whoever attends with help comes first.
        let helped = |actor: &domain::Actor| {
            state.people.counted().find_map(|(_, attendee)| {
                let seat = attendee.seat.filter(|_| attendee.mode == AttendanceMode::Assisted)?;
                actor.seats.iter().any(|own| own.id == seat).then_some(seat)
            })
        };
        let seat = |actor: &std::sync::Arc<domain::Actor>| {
            let helped = helped(actor);
            let organisation = match helped {
                Some(_) => format!("{} · {}", actor.organisation, voice::WITH_HELP),
                None => actor.organisation.to_string(),
            };
            let seat = helped.or_else(|| Some(actor.seats.first()?.id))?;
            Some((helped.is_none(), seat, organisation))
        };
        let taking_part = state.actors.iter().filter(|actor| !actor.withdrawn);
        let mut seats: Vec<_> = taking_part.filter_map(seat).collect();
        seats.sort_by_key(|(alone, ..)| *alone);
        let chosen = on_behalf.get();
        let choice = |(_, seat, organisation): (bool, SeatId, String)| {
            view! { <option value=seat.to_string() selected=chosen == Some(seat) translate="no">{organisation}</option> }
        };
        seats.into_iter().map(choice).collect_view()
    };
    may_assist(live.me().role).then(|| {
        view! {
            <div class="about-choice">
                <label class="field-label" for="quien">{voice::WHO_SAYS}</label>
                <select
                    class="field-control"
                    id="quien"
                    autocomplete="off"
                    disabled=move || !ready.get()
                    on:change=move |event| {
                        let seat = event_target_value(&event);
                        live.drafts.keep(SPEAKER, &seat);
                        on_behalf.set(seat.parse().ok());
                    }
                >
                    <option value="">{voice::I_SAY}</option>
                    {reactive(choices)}
                </select>
            </div>
        }
        .into_any()
    })
}

/// What it is about, with links to say it about another problem: the text is carried along.
#[component]
fn About(
    /// The item; none: the mesa as a whole.
    target: Option<ItemId>,
    /// The item's name.
    about: Signal<Option<String>>,
    /// The text.
    writing: Writing,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, navigation) =
        (live.view(), live.condition.ready(), expect_context::<Navigation>());
    let is_problem = move || {
        target.is_none_or(|target| {
            view.read().item(target).is_some_and(|item| item.kind() == ItemKind::Problem)
        })
    };
    let choices = move || {
        let state = view.read();
        let row = |item: &std::sync::Arc<domain::Item>| {
            let (id, words) =
                (item.id, format!("{}. {}", name::numbered(&state, item), name::title(item)));
            view! { <option value=id.to_string() selected=target == Some(id) translate="no">{words}</option> }
        };
        state.visible(ItemKind::Problem, None).map(row).collect_view()
    };
    let picked = move |event: leptos::ev::Event| {
        let about = event_target_value(&event).parse::<ItemId>().ok();
        if about != target {
            writing.carry_to(draft_name(CONTRIBUTION, about.map(|about| about.0)));
            navigation.go(&address::contribute(live.mesa(), about));
        }
    };
    view! {
        <p class="about">
            <span class="secondary">{voice::ABOUT}": "</span>
            <span translate=move || about.read().is_some().then_some("no")>
                {reactive(move || about.get().unwrap_or_else(|| voice::ABOUT_MESA.to_owned()))}
            </span>
        </p>
        <Show when=is_problem>
            <div class="about-choice">
                <label class="field-label" for="sobre">{voice::ABOUT_WHICH}</label>
                <select class="field-control" id="sobre" autocomplete="off" disabled=move || !ready.get() on:change=picked>
                    <option value="" selected=target.is_none()>{voice::ABOUT_MESA}</option>
                    {reactive(choices)}
                </select>
            </div>
        </Show>
    }
    .into_any()
}

/// The kind that most people come for, where it is allowed.
fn preferred(kinds: &[ContributionKind]) -> Option<ContributionKind> {
    kinds
        .iter()
        .copied()
        .find(|kind| *kind == ContributionKind::Contribution)
        .or_else(|| kinds.first().copied())
}
