//! Short fields bound to their item: a sheet lists them.

use domain::deliberation::advice::Place;
use domain::deliberation::choice::Party;
use domain::{Assignment, Date, ItemId, ShortText};
use leptos::prelude::*;

use super::choice::ChoiceField;
use super::date::DateField;
use super::party::PartyField;
use super::short::ShortField;
use crate::state::Live;

/// A short field: its label and how it is set. How it is read follows from that.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    label: &'static str,
    set: Set,
}

#[derive(Clone, Copy, Debug)]
enum Set {
    Line(fn(ShortText) -> Assignment),
    Day(fn(Option<Date>) -> Assignment),
    Party(fn(Party) -> Assignment),
}

impl Bound {
    /// A line of text.
    pub const fn line(label: &'static str, set: fn(ShortText) -> Assignment) -> Self {
        Self { label, set: Set::Line(set) }
    }

    /// A day within the item's period.
    pub const fn day(label: &'static str, set: fn(Option<Date>) -> Assignment) -> Self {
        Self { label, set: Set::Day(set) }
    }

    /// An institution.
    pub const fn party(label: &'static str, set: fn(Party) -> Assignment) -> Self {
        Self { label, set: Set::Party(set) }
    }
}

/// Short fields of an item, listed together.
#[component]
pub fn Fields(
    /// The item.
    item: ItemId,
    /// The fields, in order.
    fields: &'static [Bound],
    /// Whether they may be changed.
    editable: Signal<bool>,
) -> impl IntoView {
    fields.iter().map(|field| drawn(*field, item, editable)).collect_view()
}

fn drawn(Bound { label, set }: Bound, item: ItemId, editable: Signal<bool>) -> AnyView {
    let live = expect_context::<Live>();
    let like = match set {
        Set::Line(set) => set(ShortText::default()),
        Set::Day(set) => set(None),
        Set::Party(set) => set(Party::Unnamed),
    };
    let value = live.assigned(item, like.clone());
    let about = Place::of(&like).map(|place| (item, place));
    let before = live.before(item, like.clone());
    let status = live.field_status(item, like);
    match set {
        Set::Line(set) => {
            let value = Signal::derive(move || {
                value.read().as_ref().and_then(Assignment::line).cloned().unwrap_or_default()
            });
            view! { <ShortField label editable value on_set=live.assigning(item, set) before status about/> }.into_any()
        }
        Set::Day(set) => {
            let value = Signal::derive(move || value.read().as_ref().and_then(Assignment::day));
            view! { <DateField label editable value on_set=live.assigning(item, set) before period=live.period(item) status/> }.into_any()
        }
        Set::Party(set) => {
            let value = Signal::derive(move || {
                value.read().as_ref().and_then(Assignment::party).cloned().unwrap_or(Party::Unnamed)
            });
            view! { <PartyField label editable value on_set=live.assigning(item, set) before status about/> }.into_any()
        }
    }
}

/// One of several words, or none.
#[component]
pub fn BoundChoice<T>(
    /// The item.
    item: ItemId,
    /// Its label.
    label: &'static str,
    /// The options.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    /// How it is set.
    set: fn(Option<T>) -> Assignment,
    /// How it is read.
    read: fn(&Assignment) -> Option<T>,
    /// Whether it may be changed.
    editable: Signal<bool>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let live = expect_context::<Live>();
    let like = set(None);
    let chosen = live.assigned(item, like.clone());
    let value = Signal::derive(move || chosen.read().as_ref().and_then(read));
    let before = live.before(item, like.clone());
    let status = live.field_status(item, like);
    view! { <ChoiceField label editable value options on_set=live.assigning(item, set) before status/> }.into_any()
}
