//! Dividing points among the problems, on a phone; and what it came to.

use std::collections::BTreeMap;

use domain::priority::{Command as Priority, Share};
use domain::{Command, ItemId};
use leptos::prelude::*;

use crate::address;
use crate::components::field::SaveLabel;
use crate::components::{Ranking, ScreenHeading};
use crate::erased::{ForItems, Show, effect, memo, reactive};
use crate::state::priority::Divided;
use crate::state::{Live, SaveState};
use crate::text::{name, priority as words};

/// The screen at `/ejercicio/:exercise/mesa/:number/puntos`.
#[component]
pub fn PointsScreen() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let open = memo(move || view.read().priority.open.as_ref().map(|open| open.number));
    let divides = live.divides_for();
    let divides = memo(move || divides.read().is_some());
    live.follow_divided();
    reactive(move || match (open.get(), divides.get()) {
        (Some(number), true) => view! { <Dividing number/> }.into_any(),
        (Some(_), false) => view! { <Waiting/> }.into_any(),
        (None, _) => view! { <Result/> }.into_any(),
    })
    .into_any()
}

/// How many organisations divided theirs.
#[component]
fn Count() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let words = memo(move || {
        let state = view.read();
        let given = state.priority.open.as_ref().map_or(0, |open| open.count());
        words::count(given, state.prioritising().count())
    });
    view! { <p class="secondary">{reactive(move || words.get())}</p> }.into_any()
}

/// For who has no points.
#[component]
fn Waiting() -> impl IntoView {
    let live = expect_context::<Live>();
    view! {
        <div class="screen-head">
            <ScreenHeading text=words::HEADING/>
            <p>{words::NOT_YOURS}</p>
            <Count/>
        </div>
        <a class="action screen-action" href=address::problems(live.mesa())>{words::READ_PROBLEMS}</a>
    }
    .into_any()
}

/// What the last one came to.
#[component]
fn Result() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let any = memo(move || !view.read().priority.closed.is_empty());
    view! {
        <div class="screen-head">
            <ScreenHeading text=Signal::derive(move || if any.get() { words::FIRST } else { words::HEADING }.to_owned())/>
            <Show when=move || !any.get()><p>{words::NOTHING}</p></Show>
        </div>
        <Ranking/>
        <a class="action screen-action" href=address::problems(live.mesa())>{words::READ_PROBLEMS}</a>
    }
    .into_any()
}

/// Name of the draft with what was tapped and not sent yet.
fn draft(number: u16) -> String {
    format!("puntos.{number}")
}

/// The draft's text, and back. What isn't readable any more is as if nothing had been tapped.
fn to_text(picked: &BTreeMap<ItemId, u8>) -> String {
    picked.iter().map(|(item, points)| format!("{item}:{points}")).collect::<Vec<_>>().join(" ")
}

fn of_text(text: &str) -> BTreeMap<ItemId, u8> {
    let part = |part: &str| {
        let (item, points) = part.split_once(':')?;
        Some((item.parse().ok()?, points.parse().ok()?))
    };
    text.split(' ').filter_map(part).collect()
}

/// What was tapped.
#[derive(Clone, Copy)]
struct Picking {
    live: Live,
    number: u16,
    picked: RwSignal<BTreeMap<ItemId, u8>>,
    /// Whether something was tapped that wasn't sent.
    touched: RwSignal<bool>,
    /// The problems that can be chosen.
    problems: Memo<Vec<ItemId>>,
    /// How many points there are.
    points: Memo<u8>,
    /// How many of them are left.
    left: Memo<u8>,
}

impl Picking {
    fn new(live: Live, number: u16) -> Self {
        let (view, divided) = (live.view(), live.divided());
        let problems = memo(move || {
            let state = view.read();
            let open = state.priority.open.iter().flat_map(|open| open.problems.iter().copied());
            open.filter(|id| state.is_choosable(*id)).collect::<Vec<_>>()
        });
        let points = memo(move || view.read().priority.open.as_ref().map_or(0, |open| open.points));
        let (picked, touched) = (RwSignal::new(BTreeMap::new()), RwSignal::new(false));
        let left = memo(move || {
            let (problems, picked) = (problems.read(), picked.read());
            let used = problems.iter().filter_map(|id| picked.get(id)).map(|n| u32::from(*n));
            u8::try_from(u32::from(points.get()).saturating_sub(used.sum())).unwrap_or(0)
        });
        // What is at the mesa, until something else is tapped here.
        let known = move || match divided.get() {
            Divided::So(share) => Some(share.into_iter().collect::<BTreeMap<_, _>>()),
            Divided::NotYet | Divided::Elsewhere => None,
        };
        picked.set(untrack(known).unwrap_or_default());
        let ready = live.condition.ready();
        let mut begun = false;
        effect(move || {
            let known = known();
            if !ready.get() {
                return;
            }
            if !begun {
                begun = true;
                let kept = of_text(&live.drafts.read(&draft(number)));
                if !kept.is_empty() {
                    picked.set(kept);
                    touched.set(true);
                }
            }
            if let Some(known) = known.filter(|_| !touched.get_untracked()) {
                picked.set(known);
            }
        });
        Self { live, number, picked, touched, problems, points, left }
    }

    fn of(self, id: ItemId) -> u8 {
        self.picked.read().get(&id).copied().unwrap_or(0)
    }

    fn add(self, id: ItemId, less: bool) {
        let (of, left) = (untrack(move || self.of(id)), self.left.get_untracked());
        let points = if less { of.saturating_sub(1) } else { of.saturating_add(left.min(1)) };
        if points == of {
            return;
        }
        self.picked.update(|picked| {
            picked.insert(id, points);
            picked.retain(|_, points| *points > 0);
        });
        self.touched.set(true);
        let text = self.picked.with_untracked(to_text);
        self.live.drafts.note(&draft(self.number), &text);
    }

    /// As it would be sent.
    fn share(self) -> Share {
        let (problems, picked) = (self.problems.read(), self.picked.read());
        problems.iter().filter_map(|id| Some((*id, *picked.get(id)?))).collect()
    }

    fn send(self) {
        let share = untrack(move || self.share());
        if share.is_empty() {
            return;
        }
        self.touched.set(false);
        self.live.drafts.note(&draft(self.number), "");
        self.live.note_divided(self.number, share.clone());
        let give = Priority::Give { number: self.number, share };
        self.live.submit(Command::Priority(give));
    }
}

/// The problems with their points, and the button that sends them.
#[component]
fn Dividing(
    /// The prioritisation.
    number: u16,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let picking = Picking::new(live, number);
    let Picking { touched, problems, points, left, .. } = picking;
    let (ready, divided, divides) = (live.condition.ready(), live.divided(), live.divides_for());
    let status =
        live.outbox.state(|command| matches!(command, Command::Priority(Priority::Give { .. })));
    let standing = move || match (&*divided.read(), touched.get(), status.get()) {
        (Divided::NotYet, _, _) => None,
        (Divided::Elsewhere, _, _) => Some(words::ELSEWHERE),
        (Divided::So(_), true, _) => Some(words::CHANGED),
        (Divided::So(_), false, SaveState::Saved) => Some(words::SENT),
        (Divided::So(_), false, _) => Some(words::SENT_LATER),
    };
    let lead = move || divides.get().map(|(_, organisation)| words::lead(&organisation));
    // The same twice would change nothing; after a reload what was tapped may be what was sent.
    let nothing = memo(move || {
        let share = picking.share();
        let same = matches!(&*divided.read(), Divided::So(known) if *known == share);
        share.is_empty() || same
    });
    view! {
        <div class="screen-head">
            <ScreenHeading text=Signal::derive(move || words::heading(points.get()))/>
            <p translate="no">{reactive(lead)}</p>
            <div class="field-head">
                <p role="status">{reactive(standing)}</p>
                <Show when=move || *divided.read() != Divided::NotYet><SaveLabel status/></Show>
            </div>
            <Count/>
        </div>
        <p class="points-left" aria-live="polite">{reactive(move || words::left(left.get(), points.get()))}</p>
        <ul class="points">
            <ForItems each=problems let(id)>
                <Row id picking/>
            </ForItems>
        </ul>
        <button
            type="button"
            class="action screen-action"
            disabled=move || !ready.get() || nothing.get()
            on:click=move |_| picking.send()
        >
            {words::SEND}
        </button>
    }
    .into_any()
}

/// A problem with its points.
#[component]
fn Row(id: ItemId, picking: Picking) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let title = memo(move || {
        let state = view.read();
        let item = state.item(id);
        let title = item.map(|item| name::with_number(state.number(item), &name::title(item)));
        title.unwrap_or_default()
    });
    let href = move || view.read().item(id).map(|item| address::of(live.mesa(), item));
    let button = move |less: bool| {
        let off = memo(move || if less { picking.of(id) == 0 } else { picking.left.get() == 0 });
        view! {
            <button
                type="button"
                class="button points-button"
                aria-label=move || words::of(less, &title.read())
                aria-disabled=move || off.get().then_some("true")
                disabled=move || !ready.get()
                on:click=move |_| picking.add(id, less)
            >
                {if less { words::LESS } else { words::MORE }}
            </button>
        }
        .into_any()
    };
    view! {
        <li class="points-row">
            <a class="link" translate="no" href=href>{reactive(move || title.get())}</a>
            {button(true)}
            <b class="points-count" aria-hidden="true">{reactive(move || picking.of(id))}</b>
            <span class="visually-hidden" aria-live="polite">{reactive(move || words::points(picking.of(id).into()))}</span>
            {button(false)}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tapped_is_read_back() {
        let item = |number: u128| ItemId(uuid::Uuid::from_u128(number));
        let picked = BTreeMap::from([(item(1), 3), (item(7), 1)]);
        assert_eq!(of_text(&to_text(&picked)), picked);
        for other in ["", "x", "x:1", "01936d3e-0000-7000-8000-000000000002:300"] {
            assert_eq!(of_text(other), BTreeMap::new(), "{other}");
        }
    }
}
