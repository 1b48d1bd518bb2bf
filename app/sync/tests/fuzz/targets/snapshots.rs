//! A stream's state, as a device receives it (postcard, in a frame) and as the store keeps it
//! (JSON): decoding fails, or the state can be read, judged and changed.

use domain::permission::Role;
use domain::{CommandId, Context, Exercise, Patch, PersonId, Viewer, decide, project};
use sync::Replica;
use sync::wire::{Position, Snapshot, Tag, decode, encode};
use uuid::Uuid;

use super::reading::read_all;
use super::{reads_back, reads_back_from_the_log};
use crate::seeds::{self, COMMITMENT, FIELD, HERE, OTHER, PERSON, SEAT, STREAM};

pub fn check(bytes: &[u8]) -> usize {
    let sent = decode::<Snapshot>(bytes).ok();
    let kept = serde_json::from_slice::<Exercise>(bytes).ok();
    let mut read = 0;
    for snapshot in
        sent.into_iter().chain(kept.map(|state| Snapshot { at: Position::default(), state }))
    {
        read += 1;
        reads_back(&snapshot);
        reads_back_from_the_log(&snapshot.state);
        read_all(&snapshot.state);
        go_on(&snapshot.state);
        take_up(snapshot);
    }
    read
}

/// What a server does with a state that it loaded.
fn go_on(state: &Exercise) {
    for role in [Role::Facilitator, Role::Actor] {
        for now in [0, i64::MAX] {
            let context = Context { person: PERSON, seat: Some(SEAT), role, now, since: &[] };
            for command in seeds::commands() {
                for mesa in [HERE, OTHER] {
                    let mut after = state.clone();
                    for event in decide(state, mesa, &command, &context).unwrap_or_default() {
                        after.apply(&event);
                    }
                }
            }
        }
    }
    let mut after = state.clone();
    for event in seeds::of_a_mesa().iter().chain(&seeds::of_another_mesa()) {
        after.apply(event);
        for viewer in [Viewer::Facilitation(HERE), Viewer::Seat(HERE), Viewer::Public] {
            std::hint::black_box(project::project(event, &after, viewer));
        }
    }
    read_all(&after);
}

/// What a device does with a snapshot.
fn take_up(snapshot: Snapshot) {
    let me = seeds::me(Uuid::from_u128(6));
    let mut replica = Replica::new(STREAM, me, Some(snapshot));
    replica.edit(
        COMMITMENT,
        FIELD,
        &Patch::splice(2, 1, "x"),
        CommandId(Uuid::from_u128(50)),
        i64::MAX,
    );
    for (number, given) in (51..).zip(seeds::commands()) {
        replica.submit(given, CommandId(Uuid::from_u128(number)), i64::MIN);
    }
    read_all(replica.view());
    replica.hello();
    let here = replica.position().unwrap_or_default();
    assert_eq!(replica.unanswered().count(), 1 + seeds::commands().len(), "at {here:?}");
    assert_eq!(replica.me().person, Some(PersonId(Uuid::from_u128(3))));
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut states =
        vec![seeds::state(), seeds::folded(&seeds::of_another_mesa()), Exercise::default()];
    // Small ones too, in which a single mutation matters.
    states.extend(seeds::families().iter().map(|events| seeds::folded(events)));
    let mut all = Vec::new();
    for state in states {
        all.push(serde_json::to_vec(&state).unwrap());
        let state = state.for_viewer(Viewer::Facilitation(HERE));
        all.push(encode(&Snapshot { at: Position { seq: 70, tag: Tag([1, 2, 3, 4]) }, state }));
    }
    all
}
