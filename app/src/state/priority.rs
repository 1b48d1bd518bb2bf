//! The points that the viewer's organisation divides, and what a prioritisation came to.

use domain::priority::{Outcome, Own, Share};
use domain::{ActorNumber, ItemId, Mesa};
use leptos::prelude::*;

use super::Live;
use crate::address;
use crate::browser;
use crate::erased::{effect, memo};
use crate::page;
use crate::state::Status;
use crate::text::name;

/// How the viewer's organisation divided its points in the open prioritisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Divided {
    /// It didn't yet.
    NotYet,
    /// So.
    So(Share),
    /// On another device: what it said isn't here.
    Elsewhere,
}

/// A problem in a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which.
    pub id: ItemId,
    /// Its number and title.
    pub title: String,
    /// What it got.
    pub points: u32,
}

/// The problems of a result that are still there, most points first.
pub fn ranked(state: &Mesa, outcome: &Outcome) -> Vec<Ranked> {
    let row = |(id, points): &(ItemId, u32)| {
        let item = state.item(*id).filter(|item| state.is_visible(item))?;
        let title = name::with_number(state.number(item), &name::title(item));
        Some(Ranked { id: *id, title, points: *points })
    };
    outcome.sums.iter().filter_map(row).collect()
}

impl Live {
    /// The organisation whose points the viewer divides, with its name; none: they have none.
    pub fn divides_for(&self) -> Memo<Option<(ActorNumber, String)>> {
        let (view, seat) = (self.view(), self.me().seat);
        memo(move || {
            let (state, seat) = (view.read(), seat?);
            let actor = state.actor_of(seat).filter(|actor| actor.acts_by(seat))?;
            Some((actor.number, actor.organisation.to_string()))
        })
    }

    /// How it did: what waits here, otherwise what is known of it.
    pub fn divided(&self) -> Memo<Divided> {
        let (view, seat, own) = (self.view(), self.me().seat, self.own);
        memo(move || {
            let state = view.read();
            let given = || {
                let open = state.priority.open.as_ref()?;
                Some((open.number, open.given.get(&state.actor_of(seat?)?.number)?))
            };
            let Some((number, given)) = given() else { return Divided::NotYet };
            let own = own.read();
            let known = own.share.as_ref();
            let known = known.filter(|own| (own.number, own.times) == (number, given.times));
            match given.share.as_ref().or_else(|| known.map(|own| &own.share)) {
                Some(share) => Divided::So(share.clone()),
                None => Divided::Elsewhere,
            }
        })
    }

    /// Notes how points were divided here: what comes back from the server is without it.
    pub fn note_divided(&self, number: u16, share: Share) {
        let given = self.view().with_untracked(|state| {
            let open = state.priority.open.as_ref()?;
            let actor = state.actor_of(self.me().seat?)?.number;
            Some(open.given.get(&actor).map_or(0, |given| given.times))
        });
        let times = given.unwrap_or(0).saturating_add(1);
        self.own.update(|own| own.share = Some(Own { number, times, share }));
    }

    /// Asks the server how points were divided on another device, whenever that isn't known here.
    pub fn follow_divided(&self) {
        let (own, mesa, divided) = (self.own, self.mesa(), self.divided());
        let connection = self.condition.connection();
        effect(move || {
            if *divided.read() == Divided::Elsewhere && connection.get() == Status::Connected {
                let then = move |text: Option<String>| {
                    if let Some(told) = text.as_deref().and_then(page::Own::of_text) {
                        // Fails when the screen was left meanwhile.
                        let _ = own.try_set(told);
                    }
                };
                browser::ask(address::own(mesa), Box::new(then));
            }
        });
    }
}
