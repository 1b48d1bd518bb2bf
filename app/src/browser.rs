//! What only the browser can do: the socket, the outbox in local storage and IndexedDB, the other
//! tabs, copying, reporting a crash of the program. It drives the replica of [`Live`] and puts what
//! it learns into that handle's signals.

use domain::deliberation;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use domain::{
    Command, CommandId, ItemId, Mesa, MesaNumber, Patch, Rejection, Role, SeatId, TextField,
};
use leptos::prelude::*;
use sync::{Effect, Replica, StoredCommand};
use uuid::Uuid;

pub(crate) mod along;
mod asking;
mod clock;
mod composed;
mod copy;
pub(crate) mod draft;
mod failure;
pub(crate) mod ink;
mod late;
mod leaving;
pub(crate) mod left_alone;
mod listen;
mod mirror;
pub(crate) mod navigate;
mod outbox;
pub(crate) mod overlay;
mod page_life;
pub mod parts;
pub(crate) mod sheet;
mod socket;
mod stream;
mod tabs;
mod writers;

pub(crate) use asking::ask;
pub(crate) use clock::Clock;
use clock::{hear_server, set_server, shift_server};
pub(crate) use composed::composed;
pub use copy::{copy, is_selecting};
pub use failure::install as announce_failures;
pub(crate) use late::send_again;
pub(crate) use leaving::{kept_elsewhere, wipe};
use socket::Link;

thread_local! {
    /// The link to the server, once the page is live.
    static LINK: RefCell<Option<Rc<Link>>> = const { RefCell::new(None) };
}

fn link() -> Option<Rc<Link>> {
    LINK.with_borrow(Clone::clone)
}

/// The path that the page is at.
pub(crate) use navigate::path;

use crate::state::{Live, RefusedText, TextChange};

/// How long the page waits for what IndexedDB has, if it doesn't answer.
const MIRROR_WAIT: Duration = Duration::from_secs(2);

/// Restores what was kept, listens to the page's life and connects.
pub(crate) fn start(live: Live) {
    // A page that panicked while it was taken over says so and stays as it is: readable, the outbox
    // untouched.
    if std::thread::panicking() || link().is_some() {
        return;
    }
    let link = Link::new(live);
    LINK.set(Some(Rc::clone(&link)));
    if live.me().person.is_none() {
        return begin(&link);
    }
    live.condition.storage_problem.set(!outbox::open());
    // Both copies of what was kept are merged before anything is typed, rendered or sent: the local
    // storage of a browser that died may be some seconds old, in the middle of a sentence.
    let slow = Rc::clone(&link);
    let waiting = set_timeout_with_handle(move || put_back(&slow, None), MIRROR_WAIT).ok();
    let settled = move || settled(live);
    outbox::open_mirror(
        move |found| {
            if let Some(waiting) = waiting {
                waiting.clear();
            }
            if live.condition.ready.get_untracked() {
                leaving::note_mirrored(live, &found);
                tabs::bring_in(&link, found.commands())
            } else {
                put_back(&link, Some(&found))
            }
        },
        settled,
    );
}

/// Restores what was kept; of two copies `found` wins over local storage.
fn put_back(link: &Rc<Link>, found: Option<&outbox::Found>) {
    let live = link.live();
    if let Some(found) = found {
        leaving::note_mirrored(live, found);
    }
    let (mesa, person) = (live.mesa(), live.me().person);
    let mut refused = found.map(outbox::Found::refused).unwrap_or_default();
    for kept in outbox::refused() {
        if refused.iter().all(|other| other.id != kept.id) {
            refused.push(kept);
        }
    }
    refused.retain(|kept| Some(kept.person) == person && kept.mesa == mesa);
    refused.sort_by_key(|kept| kept.at);
    live.outbox.refused.set(refused);
    let mine = live.drafts.key("");
    let mut drafts: BTreeMap<_, _> = draft::all(&mine).into_iter().collect();
    drafts.extend(found.map(|found| found.drafts(&mine)).unwrap_or_default());
    live.drafts.told.set(drafts);
    let mut commands = found.map(outbox::Found::commands).unwrap_or_default();
    for kept in outbox::commands() {
        if commands.iter().all(|other| other.id != kept.id) {
            commands.push(kept);
        }
    }
    // Before anything can be typed, because what is typed comes after it.
    step(live, |replica| replica.restore(commands));
    // Also without a connection: a person's own contributions are read from them.
    step(live, |replica| replica.remember(outbox::receipts(), clock::now()));
    begin(link);
}

fn begin(link: &Rc<Link>) {
    link.live().condition.ready.set(true);
    page_life::follow(link);
    tabs::follow(link);
    link.open();
    late::follow(link.live());
}

/// Everything that was kept is on disk.
fn settled(live: Live) {
    live.outbox.waiting.notify();
    // What local storage has no room for is kept in IndexedDB.
    if live.condition.storage_problem.get_untracked() && mirror::is_working() {
        live.condition.storage_problem.set(false);
    }
}

/// Whether everything that was kept is on disk.
pub(crate) fn is_settled() -> bool {
    mirror::is_settled()
}

/// Lets go of what another tab has taken over. Called before anything is added to what waits, and
/// before it is sent.
pub(crate) fn let_go(live: Live) {
    let Some(link) = link() else { return };
    let ids: Vec<_> =
        live.replica.with_value(|replica| replica.unanswered().map(|stored| stored.id).collect());
    if ids.is_empty() || !outbox::is_open() {
        return;
    }
    let me = live.me().replica;
    // What couldn't be kept couldn't be taken over either.
    let taken: Vec<_> = ids
        .into_iter()
        .filter(|id| !link.unkept.borrow().contains(id) && !outbox::is_held(*id, me))
        .collect();
    if !taken.is_empty() {
        step(live, |replica| replica.let_go(&taken));
        live.outbox.waiting.notify();
    }
}

pub(crate) fn submit(live: Live, on_behalf: Option<SeatId>, command: Command) {
    if !live.condition.ready.get_untracked() {
        return;
    }
    let_go(live);
    step(live, |replica| {
        replica.submit_for(on_behalf, command, CommandId(Uuid::now_v7()), clock::now())
    });
}

pub(crate) fn edit(live: Live, item: ItemId, field: TextField, patch: &Patch) {
    if !live.condition.ready.get_untracked() {
        return;
    }
    let_go(live);
    step(live, |replica| replica.edit(item, field, patch, CommandId(Uuid::now_v7()), clock::now()));
    if let Some(link) = link() {
        link.writing(item, field);
    }
}

pub(crate) fn set_aside(live: Live, id: CommandId, item: ItemId, field: TextField, text: &str) {
    let Some(person) = live.me().person.filter(|_| live.condition.ready.get_untracked()) else {
        return;
    };
    let kept = RefusedText {
        id,
        mesa: live.mesa(),
        person,
        at: clock::now(),
        command: Command::Deliberation(deliberation::Command::Patch {
            item,
            field,
            base: 0,
            patch: Patch::splice(0, 0, text),
        }),
        rejection: Rejection::Deliberation(deliberation::Rejection::TextTooLong {
            limit: field.limit(),
        }),
        written: text.to_owned(),
        full_text: String::new(),
        commands: Vec::new(),
        asks: 0,
        sent_again: false,
    };
    keep_refused(live, &kept);
    live.outbox.refused.update(|refused| {
        refused.retain(|other| other.id != id);
        refused.push(kept);
    });
}

pub(crate) fn dismissed(id: CommandId) {
    outbox::forget_refused(id);
}

/// Lets the replica do something and applies the effects.
pub(crate) fn step(live: Live, act: impl FnOnce(&mut Replica) -> Vec<Effect>) {
    let Ok(()) = try_step(live, |replica| Ok::<_, Infallible>(act(replica)));
}

/// The same for actions that can fail. What has to be kept is kept before anything is sent; the
/// screen is updated last.
pub(crate) fn try_step<E>(
    live: Live,
    act: impl FnOnce(&mut Replica) -> Result<Vec<Effect>, E>,
) -> Result<(), E> {
    let Some(before) = live.view.try_get_untracked() else { return Ok(()) };
    let acted = live.replica.try_update_value(|replica| {
        let clock_moved = |replica: &Replica| {
            let mesa = replica.confirmed().mesa(live.mesa().number);
            mesa.map_or(0, |mesa| mesa.floor.moved)
        };
        let moved_before = clock_moved(replica);
        let mut effects = act(replica);
        let shifted = clock_moved(replica).saturating_sub(moved_before);
        let (kept, frames) = replica.outgoing();
        if let Ok(effects) = &mut effects {
            effects.extend(kept);
        }
        let shown = replica.view().mesa(live.mesa().number);
        // The wall stands still: what comes meanwhile is shown when it moves again.
        let is_wall = replica.me().role == Role::Projector;
        let stands = |shown: &Mesa| is_wall && before.conduct.wall.held && shown.conduct.wall.held;
        let view = shown.filter(|shown| **shown != before && !stands(shown)).cloned();
        let others: Vec<_> = live.others.with_value(|others| {
            let seen = |(number, view): &(MesaNumber, RwSignal<Arc<Mesa>>)| {
                Some((*view, Arc::clone(replica.view().mesa(*number)?)))
            };
            others.iter().filter_map(seen).collect()
        });
        (effects, frames, view, others, shifted)
    });
    let Some((effects, frames, view, others, shifted)) = acted else { return Ok(()) };

    let failed = effects.as_ref().err().is_some();
    let (effects, error) = match effects {
        Ok(effects) => (effects, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let moved = keep(live, &effects, &before);
    let link = link();
    if let Some(link) = &link {
        link.send(&frames);
    }

    // The server's clock was set: what is left of a running time stays.
    if shifted != 0 {
        shift_server(shifted);
    }
    if let Some(view) = view.filter(|_| !live.held.get_value()) {
        live.view.set(view);
    }
    for (view, seen) in others {
        // A mesa's `Arc` is the same until it changes; a part of the page that is gone has no view.
        if view.try_with_untracked(|before| !Arc::ptr_eq(before, &seen)) == Some(true) {
            view.set(seen);
        }
    }
    if moved {
        live.outbox.waiting.notify();
    }
    // Editors are told last and once, when the view is final: they compare themselves with it.
    let (mut replaced, mut restored, mut reconnect) = (failed, false, false);
    let mut changed: BTreeMap<(ItemId, TextField), Patch> = BTreeMap::new();
    for effect in effects {
        match effect {
            Effect::TextChanged { item, field, patch } => {
                let sum = changed.entry((item, field)).or_default();
                *sum = sum.compose(&patch);
            }
            Effect::Replaced => replaced = true,
            Effect::Roster(present) => live.roster.set(present),
            Effect::Writing(writing) => writers::heard(live.writers, writing),
            Effect::Joined { now } => {
                set_server(now);
                link.iter().for_each(|link| link.joined());
            }
            Effect::Alive { now } => hear_server(now),
            Effect::Ended(refusal) => link.iter().for_each(|link| link.ended(refusal)),
            Effect::Forget(_) => link.iter().for_each(|link| link.answered()),
            Effect::Restored => restored = true,
            Effect::Reconnect => reconnect = true,
            Effect::Greet => link.iter().for_each(|link| link.greet()),
            Effect::Save(_)
            | Effect::Refused { .. }
            | Effect::Remember(_)
            | Effect::Unremember(_) => {}
        }
    }
    for (text, patch) in changed {
        live.followers.tell(text, &TextChange::Patched(patch));
    }
    if replaced {
        let view = live.view.get_untracked();
        for (item, field) in live.followers.texts() {
            let text = view.item(item).map_or("", |item| item.text(field)).to_owned();
            live.followers.tell((item, field), &TextChange::Replaced(text));
        }
    }
    if reconnect {
        link.iter().for_each(|link| link.open());
    }
    if restored {
        bring_back(live);
    }
    error.map_or(Ok(()), Err)
}

/// The server was restored from a backup: sends again what it lost.
fn bring_back(live: Live) {
    step(live, |replica| replica.bring_back(|| CommandId(Uuid::now_v7()), clock::now()));
}

/// Keeps and forgets what the effects say. Returns whether anything that waits changed.
fn keep(live: Live, effects: &[Effect], before: &Mesa) -> bool {
    let mut moved = false;
    let mut full = false;
    for (place, effect) in effects.iter().enumerate() {
        match effect {
            Effect::Refused { command, rejection } => {
                moved = true;
                let full_text = command
                    .text()
                    .and_then(|(item, field)| Some(before.item(item)?.text(field)))
                    .unwrap_or_default();
                refused(
                    live,
                    RefusedText::new(
                        command,
                        rejection.clone(),
                        full_text,
                        live.with_exercise(|exercise| {
                            exercise.mesa(command.mesa).map_or(0, |mesa| mesa.conduct.late_asks)
                        }),
                        clock::now(),
                    ),
                );
            }
            Effect::Save(command) => {
                moved = true;
                let overtaken = effects[place + 1..].iter().any(|later| match later {
                    Effect::Save(other) => other.id == command.id,
                    Effect::Forget(other) => *other == command.id,
                    _ => false,
                });
                if !overtaken {
                    full |= !keep_command(command);
                }
            }
            Effect::Forget(command) => {
                moved = true;
                outbox::forget(*command);
            }
            Effect::Remember(receipt) => outbox::keep_receipt(receipt),
            Effect::Unremember(key) => outbox::forget_receipt(*key),
            Effect::TextChanged { .. }
            | Effect::Replaced
            | Effect::Restored
            | Effect::Reconnect
            | Effect::Greet
            | Effect::Roster(_)
            | Effect::Writing(_)
            | Effect::Joined { .. }
            | Effect::Alive { .. }
            | Effect::Ended(_) => {}
        }
    }
    // Before rendering: on a busy phone that takes longer than the next key.
    mirror::write();
    if full {
        live.condition.storage_problem.set(true);
    } else if moved && live.condition.storage_problem.get_untracked() {
        // There may be room again: everything that waits is tried again.
        let all_kept = outbox::open()
            && live.replica.with_value(|replica| replica.unanswered().all(keep_command));
        live.condition.storage_problem.set(!all_kept);
    }
    moved
}

/// Keeps a command; notes it if that fails.
fn keep_command(command: &StoredCommand) -> bool {
    let kept = outbox::keep(command).is_ok();
    if let Some(link) = link() {
        let mut unkept = link.unkept.borrow_mut();
        if kept {
            unkept.remove(&command.id)
        } else {
            unkept.insert(command.id)
        };
    }
    kept
}

fn refused(live: Live, later: RefusedText) {
    let kept = live.outbox.refused.try_update(|refused| {
        // It was sent again, and was again too late.
        refused
            .extract_if(.., |earlier| later.was(earlier))
            .for_each(|earlier| outbox::forget_refused(earlier.id));
        let joined = match refused.last_mut() {
            Some(last) => last.join(later),
            None => Err(Box::new(later)),
        };
        if let Err(alone) = joined {
            refused.push(*alone);
        }
        refused.last().cloned()
    });
    if let Some(kept) = kept.flatten() {
        keep_refused(live, &kept);
    }
}

fn keep_refused(live: Live, kept: &RefusedText) {
    if outbox::keep_refused(kept).is_err() {
        live.condition.storage_problem.set(true);
    }
}
