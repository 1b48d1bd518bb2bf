//! Texts that were refused because their phase had closed, once the mesa has gone back.

use domain::Context;
use domain::conduct::coming_late::may_go;
use domain::conduct::late::print;
use domain::{Command, CommandId};
use domain::{conduct, deliberation};
use leptos::prelude::*;

use super::{Live, RefusedText};

impl Live {
    /// Whether a refused text would be accepted by now, as far as the page knows.
    pub fn may_go(&self, refused: &RefusedText) -> bool {
        let me = self.me();
        self.view.track();
        let Some(person) = me.person else { return false };
        let context = Context { person, seat: me.seat, role: me.role, now: 0, since: &[] };
        let goes = |one: &RefusedText| {
            self.with_exercise(|exercise| {
                one.commands.iter().all(|stored| {
                    may_go(exercise, stored.mesa, &stored.command, &context, stored.on_behalf)
                })
            })
        };
        // What was written in a new item goes with it.
        let adds = |one: &RefusedText| {
            matches!(one.command, Command::Deliberation(deliberation::Command::Add { .. }))
                && one.item() == refused.item()
        };
        refused.is_late()
            && (goes(refused)
                || self
                    .outbox
                    .refused
                    .read()
                    .iter()
                    .any(|one| adds(one) && one.is_late() && goes(one)))
    }

    /// Sends a refused text again, once the mesa has gone back to a phase that accepts it. Does
    /// nothing on the server.
    pub fn send_again(&self, id: CommandId) {
        crate::browser::send_again(*self, id);
    }

    /// Tells the mesa not to wait for a refused text any more.
    pub(super) fn give_up_late(&self, id: CommandId) {
        let prints: Vec<_> = self.outbox.refused.with_untracked(|refused| {
            let given_up = refused.iter().filter(|other| other.id == id && other.is_late());
            given_up.flat_map(|other| &other.commands).map(|stored| print(stored.id)).collect()
        });
        prints.into_iter().for_each(|print| {
            self.submit(Command::Conduct(conduct::Command::SettleLate { print }))
        });
    }
}
