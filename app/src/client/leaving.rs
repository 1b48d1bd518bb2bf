//! What a device keeps of one person at one mesa is taken away: they leave it to others.

use leptos::prelude::*;

use super::{draft, outbox, step};
use crate::state::Live;

/// Forgets it all; what others keep here stays.
pub(crate) fn wipe(live: Live) {
    let Some(person) = live.me().person else { return };
    let mesa = live.mesa();
    let commands = outbox::commands().into_iter().filter(|kept| kept.person == person && kept.stream == mesa);
    let commands: Vec<_> = commands.map(|kept| kept.command).collect();
    step(live, |replica| replica.let_go(&commands));
    commands.into_iter().for_each(outbox::forget);
    for kept in outbox::refused().into_iter().filter(|kept| kept.person == person && kept.mesa == mesa) {
        outbox::forget_refused(kept.id);
    }
    for receipt in outbox::receipts().into_iter().filter(|receipt| receipt.person == person && receipt.stream == mesa) {
        outbox::forget_receipt(receipt.key());
    }
    let drafts = live.draft_name("");
    for (name, _) in draft::all(&drafts) {
        draft::keep(&format!("{drafts}{name}"), "");
    }
    live.refused.update(Vec::clear);
    live.waiting.notify();
}
