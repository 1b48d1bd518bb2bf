//! Advice beside a field while somebody writes in it: one piece at a time, the most useful first,
//! computed on the device. It never blocks, and it takes no place above or in the control.

use std::time::Duration;

use domain::ItemId;
use domain::deliberation::advice::{self, Advice, Given, Place, Words};
use domain::exercise::Sector;
use domain::{Item, ItemKind, Mesa, TextField};
use leptos::prelude::*;

use crate::browser::left_alone;
use crate::erased::{effect, memo, reactive};
use crate::state::Live;
use crate::text::advice as words;

/// Screen readers are told once the person pauses.
const PAUSE: Duration = Duration::from_millis(1500);

/// The advice on the item of a sheet; a context of its fields.
#[derive(Clone, Copy)]
pub struct Advising {
    item: ItemId,
    given: Memo<Vec<Given>>,
    /// What the person doesn't want to be told again.
    left: RwSignal<Vec<(ItemId, Place, Advice)>>,
}

impl Advising {
    /// For the sheet of an item. Who may not edit it isn't advised.
    pub fn of(live: Live, item: ItemId, editable: Signal<bool>) -> Self {
        let view = live.view();
        let given = memo(move || {
            let state = view.read();
            match state.item(item) {
                Some(item) if editable.get() && state.is_visible(item) => {
                    advice::of_one(&state, item)
                }
                _ => Vec::new(),
            }
        });
        Self { item, given, left: RwSignal::new(left_alone::all()) }
    }

    /// How many pieces there are, left alone or not.
    pub fn count(self) -> usize {
        self.given.read().len()
    }

    fn leave(self, place: Place, advice: Advice) {
        left_alone::leave((self.item, place, advice));
        self.left.set(left_alone::all());
    }

    fn is_left(self, place: Place, advice: Advice) -> bool {
        self.left.read().iter().any(|(item, where_to, what)| {
            *item == self.item && *where_to == place && what.is_like(advice)
        })
    }
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    advice: Advice,
    /// The words that it is about.
    found: String,
    /// An example from this very mesa.
    example: Option<String>,
}

impl Piece {
    fn said(&self) -> words::Said {
        words::said(self.advice, &self.found, self.example.as_deref())
    }
}

/// The advice on one field.
#[derive(Clone, Copy)]
pub(super) struct Advised {
    advising: Advising,
    place: Place,
    all: Memo<Vec<Piece>>,
    turn: RwSignal<usize>,
}

impl Advised {
    /// On this field of the sheet's item, if the sheet advises and the item is its own. `typed` is
    /// what stands in the control and wasn't taken yet.
    pub fn of(item: ItemId, place: Place, typed: Option<RwSignal<Option<String>>>) -> Option<Self> {
        let advising = use_context::<Advising>().filter(|advising| advising.item == item)?;
        let view = expect_context::<Live>().view();
        let all = memo(move || {
            let given = advising.given.read();
            let state = view.read();
            let Some(item) = state.item(item) else { return Vec::new() };
            let typed = typed.and_then(|typed| typed.get());
            let advice = match &typed {
                Some(typed) => advice::of_field(&state, item, place, Some(typed)),
                None => given
                    .iter()
                    .filter(|given| given.place == place)
                    .map(|given| given.advice)
                    .collect(),
            };
            let written = typed.as_deref().unwrap_or_else(|| advice::written(item, place));
            advice
                .into_iter()
                .filter(|advice| !advising.is_left(place, *advice))
                .map(|advice| {
                    let found = advice.words().map(|words| words.of(written).to_owned());
                    let found = found.unwrap_or_default();
                    Piece { advice, found, example: of_this_mesa(&state, item, advice) }
                })
                .collect::<Vec<_>>()
        });
        Some(Self { advising, place, all, turn: RwSignal::new(0) })
    }

    /// The field's id.
    pub fn anchor(self) -> &'static str {
        words::anchor(self.place)
    }

    /// The piece that is shown now, with its number and how many there are.
    fn current(self) -> Option<(Piece, usize, usize)> {
        let all = self.all.read();
        let place = self.turn.get().checked_rem(all.len())?;
        Some((all.get(place)?.clone(), place + 1, all.len()))
    }

    /// The passage that it is about, if that isn't a whole sentence.
    pub fn passage(self) -> Option<Words> {
        let (Piece { advice, .. }, ..) = self.current()?;
        if matches!(advice, Advice::LongSentence { .. }) { None } else { advice.words() }
    }
}

/// What others of this mesa wrote in such a field, as an example; none for most advice.
fn of_this_mesa(state: &Mesa, item: &Item, advice: Advice) -> Option<String> {
    match advice {
        Advice::GenericResponsible(_) => activities(state, item)
            .filter_map(|other| other.as_activity().map(|activity| &activity.responsible_post))
            .find(|post| !post.is_empty())
            .map(ToString::to_string),
        Advice::NoDeliverable if item.kind() == ItemKind::Activity => activities(state, item)
            .map(|other| other.text(TextField::Deliverable).trim())
            .find(|deliverable| !deliverable.is_empty())
            .map(ToOwned::to_owned),
        Advice::NoCounterpart => state
            .actors
            .iter()
            .find(|actor| actor.sector == Sector::CivilSociety)
            .map(|actor| actor.organisation.to_string()),
        _ => None,
    }
}

/// The other activities, those of the same commitment first.
fn activities<'a>(state: &'a Mesa, item: &'a Item) -> impl Iterator<Item = &'a Item> {
    let own = item.parent();
    let others = state.visible(ItemKind::Commitment, None).map(|commitment| Some(commitment.id));
    own.into_iter()
        .map(Some)
        .chain(others.filter(move |other| *other != own))
        .flat_map(|commitment| state.visible(ItemKind::Activity, commitment))
        .map(AsRef::as_ref)
        .filter(|other| other.id != item.id)
}

/// The box beside a field. While the field is open it has its buttons, and is told to screen readers
/// after a pause.
pub(super) fn beside(advised: Advised, open: Signal<bool>) -> AnyView {
    let current = memo(move || advised.current());
    let told = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(waiting) = waiting.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    };
    on_cleanup(stop);
    effect(move || {
        stop();
        let said = current.get().filter(|_| open.get()).map(|(piece, ..)| {
            let said = piece.said();
            format!("{} {} {}", said.what, said.why, words::example(&said.example))
        });
        if said.is_none() && told.read_untracked().is_empty() {
            return;
        }
        let tell = move || {
            told.try_set(said.clone().unwrap_or_default());
        };
        waiting.set_value(set_timeout_with_handle(tell, PAUSE).ok());
    });
    view! {
        {reactive(move || current.get().map(|shown| drawn(advised, open, shown)))}
        <p class="visually-hidden" role="status">{reactive(move || told.get())}</p>
    }
    .into_any()
}

fn drawn(
    advised: Advised,
    open: Signal<bool>,
    (piece, place, all): (Piece, usize, usize),
) -> AnyView {
    let (said, advice) = (piece.said(), piece.advice);
    let leave = move |_| advised.advising.leave(advised.place, advice);
    let next = move |_| advised.turn.update(|turn| *turn = place);
    let buttons = move || {
        open.get().then(|| {
            view! {
                <div class="advice-ways">
                    <button type="button" class="link" on:click=leave>{words::LEAVE}</button>
                    {(all > 1).then(|| view! {
                        <button type="button" class="link" on:click=next>{words::another(place, all)}</button>
                    })}
                </div>
            }
        })
    };
    view! {
        <div class="advice">
            <p><b>{said.what}</b> " " {said.why}</p>
            <p>{words::example(&said.example)}</p>
            {reactive(buttons)}
        </div>
    }
    .into_any()
}

/// The box below something of a sheet that isn't a field of its own.
#[component]
pub fn AdviceOn(
    /// The item.
    item: ItemId,
    /// What it is about.
    place: Place,
) -> impl IntoView {
    Advised::of(item, place, None).map(|advised| beside(advised, Signal::stored(true)))
}
