//! A text and two patches of it, from the log (JSON) or a frame (postcard).

use domain::{conduct, deliberation};
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::permission::{Phase, Role};
use domain::text::patch::{STEP_LIMIT, Step, Tie, scalars};
use domain::text::recover::{fingerprint, recovery};
use domain::{Command, CommandId, Context, Event, Exercise, ItemKind, Mesa, Patch, decide};
use sync::editor::difference;
use sync::rebase::{Waiting, join, over, over_own, through_history, without};
use sync::wire::{decode, encode};
use sync::{EditorBuffer, wire};
use uuid::Uuid;

use super::{reads_back, reads_back_from_the_log};
use crate::seeds::{COMMITMENT, FIELD, HERE, PERSON};

pub fn check(bytes: &[u8]) -> usize {
    let read = serde_json::from_slice(bytes).ok().or_else(|| decode(bytes).ok());
    let Some((text, one, two)): Option<(String, Patch, Patch)> = read else { return 0 };
    for patch in [&one, &two] {
        is_sound(patch);
        alone(&text, patch);
    }
    together(&text, &one, &two);
    waiting(&text, &one, &two);
    recovered(&text, &one, &two);
    on_the_server(&text, &one, &two);
    1
}

/// A patch that a device or the server may keep, send and read again.
fn is_sound(patch: &Patch) {
    assert!(patch.steps().len() <= STEP_LIMIT, "{} steps", patch.steps().len());
    reads_back(patch);
    reads_back_from_the_log(patch);
}

fn alone(text: &str, patch: &Patch) {
    let after = patch.apply(text);
    let inverse = patch.invert(text);
    assert_eq!(after.is_ok(), inverse.is_ok());
    for at in [0, 1, 7, u32::MAX - 1, u32::MAX] {
        let moved = patch.map_position(at);
        if let Ok(after) = &after
            && at <= scalars(text)
        {
            assert!(moved <= scalars(after), "a caret at {at} comes to {moved}");
        }
    }
    let (Ok(after), Ok(inverse)) = (after, inverse) else { return };
    is_sound(&inverse);
    assert_eq!(inverse.apply(&after).as_deref(), Ok(text));
    let spliced = difference(text, &after, Some(3));
    is_sound(&spliced);
    assert_eq!(spliced.apply(text).as_ref(), Ok(&after));
}

fn together(text: &str, one: &Patch, two: &Patch) {
    let (one_after, two_after) = Patch::transform_pair(one, two);
    assert_eq!(two.after(one), two_after);
    if let (Ok(first), Ok(second)) = (one.apply(text), two.apply(text)) {
        is_sound(&one_after);
        is_sound(&two_after);
        let both = two_after.apply(&first);
        assert!(both.is_ok());
        assert_eq!(both, one_after.apply(&second), "the two ways lead to different texts");
        let composed = one.compose(&two_after);
        is_sound(&composed);
        assert_eq!(composed.apply(text), both);
    }
    let composed = one.compose(two);
    if let Some(after) = one.apply(text).ok().and_then(|after| two.apply(&after).ok()) {
        is_sound(&composed);
        assert_eq!(composed.apply(text), Ok(after));
    }
}

/// A device keeps them waiting.
fn waiting(text: &str, one: &Patch, two: &Patch) {
    let command = |number| CommandId(Uuid::from_u128(number));
    let row = |first: &Patch, second: &Patch| {
        let waiting = |number, base, patch: &Patch| Waiting {
            command: command(number),
            base,
            patch: patch.clone(),
        };
        vec![waiting(1, 0, first), waiting(2, 1, second)]
    };
    let written = |row: &[Waiting]| {
        row.iter().flat_map(|waiting| waiting.patch.insertions()).collect::<String>()
    };
    let history = [(1, two.clone()), (2, one.clone()), (u64::MAX, two.clone())];
    for applied in [None, Some(1), Some(2)] {
        through_history(row(one, two), &history, |id| applied.filter(|_| id == command(1)));
    }
    let mut kept = through_history(row(one, two), &history, |_| None);
    assert_eq!(written(&kept), written(&row(one, two)), "something that was written is lost");
    join(&mut kept, row(two, one));
    assert_eq!(
        written(&kept),
        written(&row(one, two)) + &written(&row(two, one)),
        "something that was written is lost"
    );
    let mut patches = [one.clone(), two.clone()];
    over_own(two, patches.iter_mut(), 1);
    without(one, text, patches.iter_mut());
    over(one, patches.iter_mut());

    let mut editor = EditorBuffer::new(text);
    editor.incoming(one);
    if let Ok(value) = two.apply(text)
        && one.apply(text).is_ok()
    {
        editor.typed(&value, Some(2));
        assert_eq!(editor.shown(), value);
        let held = editor.has_held();
        assert_eq!(editor.release().is_some(), held, "what others wrote doesn't fit any more");
    }
}

fn recovered(text: &str, one: &Patch, two: &Patch) {
    let (Ok(now), Ok(lost)) = (one.apply(text), two.apply(text)) else { return };
    for ancestors in [&[][..], &[fingerprint(&now)]] {
        let patch = recovery(&now, &lost, ancestors);
        is_sound(&patch);
        let after = patch.apply(&now);
        assert!(after.is_ok_and(|after| ancestors.is_empty() || after == lost));
    }
}

/// The patches that go into the log can be read again.
fn on_the_server(text: &str, one: &Patch, two: &Patch) {
    let mesa = Mesa {
        number: HERE,
        conduct: Arc::new(conduct::State { phase: Phase::Agreements, ..conduct::State::default() }),
        ..Mesa::default()
    };
    let mut state =
        Exercise { mesas: BTreeMap::from([(HERE, Arc::new(mesa))]), ..Exercise::default() };
    let alias = domain::Alias(0);
    state.apply(&Event::Deliberation(deliberation::Event::ItemAdded {
        mesa: HERE,
        item: COMMITMENT,
        alias,
        kind: ItemKind::Commitment,
        parent: None,
        author: None,
    }));
    state.patch(COMMITMENT, FIELD, &Patch::splice(0, 0, text));
    state.patch(COMMITMENT, FIELD, one);
    let since = [one.clone()];
    let context =
        Context { person: PERSON, seat: None, role: Role::Facilitator, now: 0, since: &since };
    let recover = one.insertions().chain(two.insertions()).collect();
    let commands = [
        Command::Deliberation(deliberation::Command::Patch {
            item: COMMITMENT,
            field: FIELD,
            base: 0,
            patch: two.clone(),
        }),
        Command::Deliberation(deliberation::Command::Recover {
            item: COMMITMENT,
            field: FIELD,
            full_text: recover,
            ancestors: vec![1],
        }),
    ];
    for given in commands {
        for event in decide(&state, HERE, &given, &context).unwrap_or_default() {
            reads_back_from_the_log(&event);
            let projected = domain::project::project(&event, &state, domain::Viewer::Seat(HERE));
            reads_back(&wire::WireEvent { by: 0, what: wire::to_wire(&state, projected) });
            let mut after = state.clone();
            after.apply(&event);
            let after = after.item(COMMITMENT).map_or("", |item| item.text(FIELD));
            let before = state.item(COMMITMENT).map_or("", |item| item.text(FIELD));
            assert!(scalars(after) <= FIELD.limit().max(scalars(before)));
        }
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let patch = |steps: Vec<Step>| Patch::try_from(steps).unwrap();
    let (insert, retain, delete) =
        (|text: &str| Step::Insert(text.to_owned(), Tie::Free), Step::Retain, Step::Delete);
    let text = "Agua limpia 👩🏽‍👧 cada\ndía";
    let pairs = [
        (Patch::splice(5, 6, "potable"), Patch::splice(5, 0, "muy ")),
        (Patch::splice(0, 4, ""), Patch::splice(2, 9, "é")),
        (
            patch(vec![retain(3), insert("x"), delete(2), retain(4), insert("ש"), delete(1)]),
            patch(vec![delete(7), retain(2), insert("\n")]),
        ),
        (
            patch(vec![insert("a"), retain(1), insert("b"), retain(1), insert("c")]),
            patch(vec![insert("y"), delete(2), insert("z")]),
        ),
        (Patch::identity(), patch(vec![retain(u32::MAX - 2), insert("xy")])),
        (patch(vec![delete(u32::MAX)]), patch(vec![insert("xy"), retain(u32::MAX - 2)])),
    ];
    let mut all: Vec<_> = pairs.iter().map(|(one, two)| encode(&(text, one, two))).collect();
    all.extend(pairs.iter().map(|(one, two)| serde_json::to_vec(&(text, one, two)).unwrap()));
    all
}
