//! What the viewer wrote alone.

use domain::veil::{Command as Behind, Veiled};
use domain::{Audience, Command, ItemId, PersonId, Remark, ShortText};
use leptos::prelude::*;
use uuid::Uuid;

use super::Live;
use crate::address;
use crate::browser;
use crate::erased::{effect, memo};
use crate::page;
use crate::state::Status;

impl Live {
    /// Whether the viewer writes problems alone now; what the facilitation adds is shown.
    pub fn writes_alone(&self) -> Memo<bool> {
        let (view, role) = (self.view(), self.me().role);
        memo(move || {
            let drawn = view.read().veil.drawn.is_some();
            drawn && Audience::of(role) == Audience::Seats
        })
    }

    /// What the viewer wrote alone: what waits here, and what is known of the rest.
    pub fn alone(&self) -> Memo<Vec<Veiled>> {
        let (view, person, own) = (self.view(), self.me().person, self.own);
        memo(move || {
            let (state, own) = (view.read(), own.read());
            let Some((veil, person)) = state.veil.drawn.as_ref().zip(person) else {
                return Vec::new();
            };
            let known = own.alone.iter().filter(|(at, _)| *at == veil.at);
            let mut all: Vec<_> = known.flat_map(|(_, problems)| problems.clone()).collect();
            for waiting in state.own_veiled(person) {
                match all.iter_mut().find(|other| other.item == waiting.item) {
                    Some(other) => *other = waiting,
                    None => all.push(waiting),
                }
            }
            all
        })
    }

    /// Writes a problem alone, or one of them anew.
    pub fn write_alone(
        &self,
        problem: Option<ItemId>,
        title: ShortText,
        statement: Option<Remark>,
    ) {
        let problem = problem.unwrap_or(ItemId(Uuid::now_v7()));
        let author = self.me().person.unwrap_or(PersonId(Uuid::nil()));
        let written =
            Veiled { item: problem, author, title: title.clone(), statement: statement.clone() };
        self.note_alone(problem, Some(written));
        self.submit(Command::Veil(Behind::Write { problem, title, statement }));
    }

    /// Takes one back.
    pub fn withdraw_alone(&self, problem: ItemId) {
        self.note_alone(problem, None);
        self.submit(Command::Veil(Behind::Withdraw { problem }));
    }

    /// Notes it here: what comes back from the server is without it.
    fn note_alone(&self, problem: ItemId, written: Option<Veiled>) {
        let at = self.view().with_untracked(|state| state.veil.drawn.as_ref().map(|veil| veil.at));
        let Some(at) = at else { return };
        self.own.update(|own| {
            let known = own.alone.take().filter(|(of, _)| *of == at);
            let mut all = known.map(|(_, problems)| problems).unwrap_or_default();
            let place = all.iter().position(|other| other.item == problem);
            match (place, written) {
                (Some(place), Some(written)) => all[place] = written,
                (Some(place), None) => drop(all.remove(place)),
                (None, Some(written)) => all.push(written),
                (None, None) => {}
            }
            own.alone = Some((at, all));
        });
    }

    /// Asks the server what the viewer wrote on other devices, once the page is connected and nothing
    /// of it waits here.
    pub fn follow_alone(&self) {
        let (live, own, mesa) = (*self, self.own, self.mesa());
        let connection = self.condition.connection();
        let waits = self.outbox.state(|command| matches!(command, Command::Veil(_)));
        effect(move || {
            let settled = waits.get() == super::SaveState::Saved;
            if settled && connection.get() == Status::Connected {
                let then = move |text: Option<String>| {
                    let told = text.as_deref().and_then(page::Own::of_text);
                    let idle = live.replica.try_with_value(|replica| {
                        !replica.is_waiting(|command| matches!(command, Command::Veil(_)))
                    });
                    if let Some(told) = told.filter(|_| idle == Some(true)) {
                        // Fails when the screen was left meanwhile.
                        let _ = own.try_set(told);
                    }
                };
                browser::ask(address::own(mesa), Box::new(then));
            }
        });
    }
}
