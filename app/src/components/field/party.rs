//! An institution: one at the table, or another one by name.

use std::sync::Arc;

use domain::deliberation::advice::Place;
use domain::deliberation::choice::Party;
use domain::{ActorNumber, ItemId};
use leptos::prelude::*;

use super::advice::Advised;
use super::frame::{FieldId, Frame, FrameProps, Kind};
use super::input::{Line, List};
use super::short::take_text;
use super::unfinished::Unfinished;
use crate::erased::{Show, memo};
use crate::state::{Before, Live, SaveState};
use crate::text::{name, status};

/// An institution that leads or accompanies.
#[component]
pub fn PartyField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The value.
    #[prop(into)]
    value: Signal<Party>,
    /// Called with a new value.
    #[prop(into)]
    on_set: Callback<Party>,
    /// Its save state.
    #[prop(into)]
    status: Signal<SaveState>,
    /// Whether it may be changed.
    #[prop(into)]
    editable: Signal<bool>,
    /// The previous value, one tap away.
    #[prop(optional)]
    before: Option<Before>,
    /// A hint, shown while the list is open.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Where advice on it belongs: its item, and which field of that.
    #[prop(optional_no_strip)]
    about: Option<(ItemId, Place)>,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let id = FieldId::new();
    let typed = RwSignal::new(None);
    let advised = about.and_then(|(item, place)| Advised::of(item, place, Some(typed)));
    let (unfinished, open) = (Unfinished::of(&label), RwSignal::new(false));
    unfinished.reopen(open);
    let shown = Signal::derive(move || name::party(&view.read(), &value.get()).unwrap_or_default());
    let actors = memo(move || {
        view.read()
            .actors
            .iter()
            .map(|actor| (actor.number, actor.organisation.to_string()))
            .collect::<Vec<_>>()
    });
    // The list's last entry opens a line to write in; nothing is set until it contains a name.
    let writing = RwSignal::new(unfinished.left().is_some());
    let children = move || {
        let locked = Signal::derive(move || !editable.get());
        let labels = Signal::derive(move || {
            let actors = actors.get().into_iter().map(|(_, organisation)| organisation);
            std::iter::once(status::NO_PARTY.to_owned())
                .chain(actors)
                .chain([status::OTHER_PARTY.to_owned()])
                .collect::<Vec<_>>()
        });
        let chosen = Signal::derive(move || {
            if writing.get() { actors.read().len() + 1 } else { line(&value.get(), &actors.read()) }
        });
        let on_pick = Callback::new(move |picked: usize| {
            let party = match picked.checked_sub(1) {
                None => Some(Party::Unnamed),
                Some(place) => {
                    actors.read_untracked().get(place).map(|(number, _)| Party::Actor(*number))
                }
            };
            writing.set(party.is_none());
            if let Some(party) = party {
                on_set.run(party);
            }
        });
        let named =
            memo(
                move || {
                    if let Party::Named(name) = value.get() { Some(name.to_string()) } else { None }
                },
            );
        let by_name = Signal::derive(move || writing.get() || named.read().is_some());
        let other = FieldId::new();
        view! {
            <List id chosen labels on_pick locked/>
            <Show when=move || by_name.get()>
                <Line
                    id=other
                    value=Signal::derive(move || named.get().unwrap_or_default())
                    take=take_text(Callback::new(move |text| on_set.run(Party::Named(text))))
                    locked
                    unfinished
                    typed
                    name=status::OTHER_PARTY.to_owned()
                />
            </Show>
        }
        .into_any()
    };
    Frame(FrameProps {
        kind: Kind::Control,
        id,
        label,
        status,
        editable,
        open,
        value: shown,
        empty: status::NOT_CHOSEN,
        hint,
        before,
        writers: None,
        apart: None,
        unfinished: Some(unfinished),
        advised,
        on_close: Some(Callback::new(move |()| writing.set(false))),
        children: Arc::new(children),
    })
}

/// The index in the list of a party.
fn line(party: &Party, actors: &[(ActorNumber, String)]) -> usize {
    match party {
        Party::Unnamed => 0,
        Party::Actor(number) => {
            actors.iter().position(|(other, _)| other == number).map_or(0, |place| place + 1)
        }
        Party::Named(_) => actors.len() + 1,
    }
}

#[cfg(test)]
mod tests {
    use domain::ShortText;

    use super::*;

    #[test]
    fn a_party_stands_on_its_line() {
        let actors =
            [(ActorNumber(3), "Contraloría".to_owned()), (ActorNumber(1), "Colectivo".to_owned())];
        assert_eq!(line(&Party::Unnamed, &actors), 0);
        assert_eq!(line(&Party::Actor(ActorNumber(1)), &actors), 2);
        assert_eq!(line(&Party::Actor(ActorNumber(9)), &actors), 0);
        assert_eq!(line(&Party::Named(ShortText::default()), &actors), 3);
    }
}
