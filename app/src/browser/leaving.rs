//! What a device keeps of one person in one exercise is taken away: they leave it to others. Every
//! tab of theirs takes nothing from then on.

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;

use super::{draft, is_settled, outbox, step};
use crate::state::Live;

/// How often it is looked whether the disk has followed, and how many times at most.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const LOOKS: u32 = 40;

/// Forgets it all; what others keep here stays. `gone` is called once the disk has followed: a page
/// that unloads before would leave behind what is only in IndexedDB, for the next page to find.
pub(crate) fn wipe(live: Live, gone: Callback<()>) {
    forget(live);
    if let Some(person) = live.me().person {
        outbox::give_up(person);
    }
    when_settled(gone, LOOKS);
}

/// Ends the page for the person, who left the device in this tab or another one, and takes away
/// what the device keeps of them. What another tab keeps before it heard of it, that one takes away
/// itself.
pub(super) fn forget(live: Live) {
    let Some(person) = live.me().person else { return };
    let exercise = live.mesa().exercise;
    live.ready.set(false);
    if let Some(link) = super::link() {
        link.give_up();
    }
    // What the page holds too: a full local storage doesn't have it all. What stands in both is
    // forgotten twice.
    let mut commands: Vec<_> =
        live.replica.with_value(|replica| replica.unanswered().map(|stored| stored.id).collect());
    commands.extend(
        outbox::commands()
            .into_iter()
            .filter(|kept| kept.person == person && kept.stream == exercise)
            .map(|kept| kept.id),
    );
    step(live, |replica| replica.let_go(&commands));
    commands.into_iter().for_each(outbox::forget);
    live.refused
        .with_untracked(|refused| refused.iter().for_each(|kept| outbox::forget_refused(kept.id)));
    for kept in outbox::refused()
        .into_iter()
        .filter(|kept| kept.person == person && kept.mesa.exercise == exercise)
    {
        outbox::forget_refused(kept.id);
    }
    for receipt in outbox::receipts()
        .into_iter()
        .filter(|receipt| receipt.person == person && receipt.stream == exercise)
    {
        outbox::forget_receipt(receipt.key());
    }
    let of_exercise = format!("{exercise}/mesa/");
    let of_person = format!(".{person}.");
    let kept = draft::all(&of_exercise).into_iter().map(|(name, _)| format!("{of_exercise}{name}"));
    let mut drafts: Vec<String> = kept.filter(|name| name.contains(&of_person)).collect();
    drafts.extend(live.drafts.with_untracked(|drafts| {
        drafts.keys().map(|name| live.draft_name(name)).collect::<Vec<_>>()
    }));
    draft::forget(drafts.into_iter());
    if let Ok(Some(door)) = window().session_storage() {
        // What was typed at the door. Refused only by a storage that keeps nothing anyway.
        let _ = door.clear();
    }
    live.refused.update(Vec::clear);
    live.drafts.update(BTreeMap::clear);
    live.waiting.notify();
}

fn when_settled(gone: Callback<()>, looks: u32) {
    // Never at once: what is to be deleted is handed over when this step of the browser ends.
    set_timeout(
        move || {
            if is_settled() || looks == 0 {
                gone.run(());
            } else {
                when_settled(gone, looks - 1);
            }
        },
        LOOK_EVERY,
    );
}
