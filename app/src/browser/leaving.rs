//! Leaving a device to others: everything that it keeps of one person in one exercise is deleted,
//! and all of their tabs accept no more input.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::{CommandId, MesaId, PersonId, StreamId};
use leptos::prelude::*;
use sync::StoredCommand;

use super::{draft, is_settled, outbox, step};
use crate::state::unsent::is_text;
use crate::state::{Live, RefusedText};

/// How often, and how many times at most, to check whether the deletion is on disk.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const LOOKS: u32 = 40;

thread_local! {
    /// What the mirror had of this person at other mesas of the exercise when the page was opened:
    /// local storage may have been too full for it.
    static MIRRORED: RefCell<Elsewhere> = const { RefCell::new(Elsewhere::new()) };
}

/// What is kept of a person at mesas that the page doesn't show and so can't send.
#[derive(Clone)]
struct Elsewhere {
    commands: BTreeSet<CommandId>,
    refused: BTreeSet<CommandId>,
    /// By their full keys.
    drafts: BTreeSet<String>,
}

impl Elsewhere {
    const fn new() -> Self {
        Self { commands: BTreeSet::new(), refused: BTreeSet::new(), drafts: BTreeSet::new() }
    }

    fn note(
        &mut self,
        live: Live,
        commands: &[StoredCommand],
        refused: &[RefusedText],
        drafts: impl Iterator<Item = String>,
    ) {
        let (here, person) = (live.mesa(), live.me().person);
        let Some(person) = person else { return };
        let is_elsewhere = |mesa: MesaId| mesa.exercise == here.exercise && mesa != here;
        let of = |stored: &&StoredCommand| {
            stored.person == person
                && is_elsewhere(MesaId { exercise: stored.stream, number: stored.mesa })
        };
        self.commands.extend(commands.iter().filter(of).map(|stored| stored.id));
        let of = |kept: &&RefusedText| kept.person == person && is_elsewhere(kept.mesa);
        self.refused.extend(refused.iter().filter(of).map(|kept| kept.id));
        let (mine, of_person) = (live.drafts.key(""), format!(".{person}."));
        let of = |name: &String| name.contains(&of_person) && !name.starts_with(&mine);
        self.drafts.extend(drafts.filter(of));
    }

    /// How many texts that is, counted like [`Live::begun`].
    fn texts(&self) -> usize {
        let drafts =
            self.drafts.iter().filter(|name| is_text(name.rsplit('.').next().unwrap_or("")));
        self.commands.len() + self.refused.len() + drafts.count()
    }
}

/// Notes what the mirror has of other mesas.
pub(super) fn note_mirrored(live: Live, found: &outbox::Found) {
    let of_exercise = of_exercise(live);
    let drafts =
        found.drafts(&of_exercise).into_iter().map(|(name, _)| of_exercise.clone() + &name);
    MIRRORED.with_borrow_mut(|kept| kept.note(live, &found.commands(), &found.refused(), drafts));
}

fn elsewhere(live: Live) -> Elsewhere {
    let of_exercise = of_exercise(live);
    let drafts = draft::all(&of_exercise).into_iter().map(|(name, _)| of_exercise.clone() + &name);
    let mut all = MIRRORED.with_borrow(Clone::clone);
    all.note(live, &outbox::commands(), &outbox::refused(), drafts);
    all
}

/// How many of the viewer's texts are kept here for other mesas of the exercise; a page of those
/// mesas sends them.
pub(crate) fn kept_elsewhere(live: Live) -> usize {
    elsewhere(live).texts()
}

fn of_exercise(live: Live) -> String {
    format!("{}/mesa/", live.mesa().exercise)
}

/// Deletes it all; what others keep here stays. `gone` is called once the deletion is on disk: a
/// page that unloads earlier would leave what is only in IndexedDB for the next page to find.
pub(crate) fn wipe(live: Live, gone: Callback<()>) {
    forget(live);
    if let Some(person) = live.me().person {
        outbox::give_up(person);
    }
    when_settled(gone, LOOKS);
}

/// Ends the page for the person, who left the device in this tab or another one, and deletes what
/// the device keeps of them. What another tab keeps before it hears of that, it deletes itself.
pub(super) fn forget(live: Live) {
    let Some(person) = live.me().person else { return };
    let exercise = live.mesa().exercise;
    live.condition.ready.set(false);
    if let Some(link) = super::link() {
        link.give_up();
    }
    // Also what only the page knows: a full local storage doesn't have it all. Deleting twice does
    // no harm.
    let Elsewhere { commands: others, refused, mut drafts } = elsewhere(live);
    let mut commands: Vec<_> =
        live.replica.with_value(|replica| replica.unanswered().map(|stored| stored.id).collect());
    let of_stream =
        |person_of: PersonId, stream: StreamId| person_of == person && stream == exercise;
    let kept = outbox::commands().into_iter().filter(|kept| of_stream(kept.person, kept.stream));
    commands.extend(kept.map(|kept| kept.id).chain(others));
    step(live, |replica| replica.let_go(&commands));
    commands.into_iter().for_each(outbox::forget);
    live.outbox
        .refused
        .with_untracked(|here| here.iter().for_each(|kept| outbox::forget_refused(kept.id)));
    let kept =
        outbox::refused().into_iter().filter(|kept| of_stream(kept.person, kept.mesa.exercise));
    kept.map(|kept| kept.id).chain(refused).for_each(outbox::forget_refused);
    for receipt in outbox::receipts().iter().filter(|kept| of_stream(kept.person, kept.stream)) {
        outbox::forget_receipt(receipt.key());
    }
    let mine = live.drafts.key("");
    drafts.extend(draft::all(&mine).into_iter().map(|(name, _)| mine.clone() + &name));
    drafts.extend(live.drafts.told.with_untracked(|drafts| {
        drafts.keys().map(|name| live.drafts.key(name)).collect::<Vec<_>>()
    }));
    draft::forget(drafts.into_iter());
    if let Ok(Some(door)) = window().session_storage() {
        // What was typed at the door. Fails only for a storage that keeps nothing anyway.
        let _ = door.clear();
    }
    live.outbox.refused.update(Vec::clear);
    live.drafts.told.update(BTreeMap::clear);
    live.outbox.waiting.notify();
}

fn when_settled(gone: Callback<()>, looks: u32) {
    // Never at once: deletions are handed to IndexedDB at the end of this task.
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
