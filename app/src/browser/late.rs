//! Sends again what was refused because its phase had closed: when its author taps, or by itself
//! when the facilitation asked; then its author is told.

use domain::CommandId;
use leptos::prelude::*;

use super::{keep_refused, outbox, step};
use crate::erased::effect;
use crate::state::{Live, RefusedText};

/// When the facilitation asks, sends again what the mesa would accept by now.
pub(super) fn follow(live: Live) {
    effect(move || {
        let asks = live.view.read().conduct.late_asks;
        let asked = |refused: &RefusedText| {
            refused.is_late() && !refused.is_muted() && refused.asks < asks && live.may_go(refused)
        };
        let asked: Vec<_> = live
            .outbox
            .refused
            .read()
            .iter()
            .filter(|refused| asked(refused))
            .map(|refused| refused.id)
            .collect();
        if !asked.is_empty() {
            // After the screens have been told of the request.
            set_timeout(move || go(live, &asked, true), std::time::Duration::ZERO);
        }
    });
}

/// Sends a refused text again because its author wants it; if it is in a new item, with everything
/// written in that.
pub(crate) fn send_again(live: Live, id: CommandId) {
    let ids = live.outbox.refused.with_untracked(|refused| {
        let item = refused.iter().find(|one| one.id == id).and_then(RefusedText::item);
        let there = item.is_none_or(|item| live.view.read_untracked().item(item).is_some());
        let belongs = |other: &&RefusedText| other.id == id || (!there && other.item() == item);
        refused
            .iter()
            .filter(|other| other.is_late())
            .filter(belongs)
            .map(|other| other.id)
            .collect::<Vec<_>>()
    });
    go(live, &ids, false);
}

/// Authors who send it themselves aren't told; otherwise they are told until they have seen it.
fn go(live: Live, ids: &[CommandId], tell: bool) {
    let mut commands = Vec::new();
    let mut sent = Vec::new();
    live.outbox.refused.update_untracked(|refused| {
        for one in refused.iter_mut().filter(|one| one.is_late() && ids.contains(&one.id)) {
            one.sent_again = true;
            commands.extend(one.commands.iter().cloned());
            sent.push(one.clone());
        }
        refused.retain(|one| tell || !sent.contains(one));
    });
    if commands.is_empty() {
        return;
    }
    // Kept as waiting before it is deleted as refused: a page that ends in between sends it again
    // under the same id.
    step(live, |replica| replica.send_again(commands));
    for one in &sent {
        if tell {
            keep_refused(live, one);
        } else {
            outbox::forget_refused(one.id);
        }
    }
    live.outbox.refused.notify();
}
