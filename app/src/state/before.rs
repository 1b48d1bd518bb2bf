//! The previous value of a short field, one tap away (section 4).

use domain::decide::decide;
use domain::deliberation;
use domain::judge::Context;
use domain::{Assignment, Command, ItemId, PersonId};
use leptos::prelude::*;
use uuid::Uuid;

use super::Live;
use crate::erased::memo;
use crate::text::value;

/// The previous value of a short field, and how to restore it.
#[derive(Clone, Copy)]
pub struct Before {
    /// What it said; none when there was no other value, or it wouldn't be accepted now.
    pub words: Signal<Option<String>>,
    /// Sets it again, by an ordinary change.
    pub put_back: Callback<()>,
}

impl Live {
    /// The previous value of the field that `like` sets.
    pub fn before(&self, item: ItemId, like: Assignment) -> Before {
        let live = *self;
        let (view, me) = (self.view(), self.me());
        let kept = memo(move || {
            let state = view.read();
            let known = state.item(item)?;
            let value = known
                .replaced(&like)
                .filter(|before| known.details.value(&like).as_ref() != Some(*before))?
                .clone();
            let context = Context {
                person: me.person.unwrap_or(PersonId(Uuid::nil())),
                seat: me.seat,
                role: me.role,
                now: 0,
                since: &[],
            };
            let put_back =
                Command::Deliberation(deliberation::Command::Assign { item, value: value.clone() });
            live.with_exercise(|exercise| decide(exercise, me.mesa, &put_back, &context).is_ok())
                .then_some(value)
        });
        let words = memo(move || {
            let words = kept.read().as_ref().map(|before| value::assigned(&view.read(), before));
            words.filter(|words| !words.trim().is_empty())
        });
        let put_back = Callback::new(move |()| {
            if let Some(value) = kept.get_untracked() {
                live.submit(Command::Deliberation(deliberation::Command::Assign { item, value }));
            }
        });
        Before { words: words.into(), put_back }
    }
}
