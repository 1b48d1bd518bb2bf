//! Single situations of a replica, frame by frame.

#![allow(clippy::unwrap_used)]

use domain::deliberation;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{
    Alias, Command, CommandId, DeviceId, Event, Exercise, ItemId, ItemKind, Mesa, MesaNumber,
    Patch, PersonId, Projected, Role, StreamId, TextField,
};
use sync::wire::{
    Aliased, Answer, CLIENT_FRAME_LIMIT, ClientFrame, CommandFrame, Continuity, Events, Outcome,
    Position, Resume, ServerFrame, Snapshot, Tag, Welcome, WireEvent, decode, encode, in_place_of,
};
use sync::{Effect, Me, Replica, StoredCommand};
use uuid::Uuid;

const STREAM: StreamId = StreamId(Uuid::from_u128(1));
const HERE: MesaNumber = MesaNumber(1);
const ITEM: ItemId = ItemId(Uuid::from_u128(2));
const FIELD: TextField = TextField::Statement;

fn command(id: u128) -> CommandId {
    CommandId(Uuid::from_u128(id))
}

/// A mesa in which somebody wrote "agua" as a problem's statement, at seq 2.
fn mesa() -> Snapshot {
    let mesa = Mesa { number: HERE, ..Mesa::default() };
    let mut state =
        Exercise { mesas: BTreeMap::from([(HERE, Arc::new(mesa))]), ..Exercise::default() };
    state.apply(&Event::Deliberation(deliberation::Event::ItemAdded {
        mesa: HERE,
        item: ITEM,
        alias: Alias(0),
        kind: ItemKind::Problem,
        parent: None,
        author: None,
    }));
    state.apply(&Event::Deliberation(deliberation::Event::TextPatched {
        item: ITEM,
        field: FIELD,
        patch: Patch::splice(0, 0, "agua"),
    }));
    Snapshot { at: Position { seq: 2, tag: Tag::default() }, state }
}

fn tab(id: u128) -> Replica {
    let person = Some(PersonId(Uuid::from_u128(3)));
    let me = Me {
        mesa: HERE,
        person,
        role: Role::Facilitator,
        seat: None,
        device: DeviceId(Uuid::from_u128(4)),
        replica: Uuid::from_u128(id),
    };
    Replica::new(STREAM, me, Some(mesa()))
}

fn patched(first: u64, patch: Patch) -> Events {
    let what = Aliased(Projected::Event(Event::Deliberation(deliberation::Event::TextPatched {
        item: in_place_of(Alias(0)),
        field: FIELD,
        patch,
    })));
    Events { first, tag: Tag::default(), events: vec![WireEvent { by: 0, what }] }
}

/// Joins with a tail; returns the replica's effects.
fn join(replica: &mut Replica, answers: Vec<Answer>, tail: Vec<Events>) -> Vec<Effect> {
    replica.hello();
    let welcome = Welcome {
        version: 3,
        now: 0,
        answers,
        continuity: Continuity::Unbroken,
        resume: Resume::Tail(tail),
        histories: Vec::new(),
    };
    replica.receive(&encode(&ServerFrame::Welcome(Box::new(welcome)))).unwrap()
}

fn applied(id: u128, seq: u64) -> Answer {
    Answer { command: command(id), outcome: Outcome::Applied { seq } }
}

fn text(replica: &Replica) -> &str {
    replica.view().item(ITEM).unwrap().text(FIELD)
}

fn saved(effects: &[Effect]) -> Vec<StoredCommand> {
    let saved = |effect: &Effect| {
        if let Effect::Save(stored) = effect { Some(stored.as_ref().clone()) } else { None }
    };
    effects.iter().filter_map(saved).collect()
}

fn sent(frames: &[Vec<u8>]) -> Vec<CommandFrame> {
    let command_frame = |bytes: &Vec<u8>| {
        if let ClientFrame::Command(frame) = decode(bytes).unwrap() {
            frame
        } else {
            panic!("a hello")
        }
    };
    frames.iter().map(command_frame).collect()
}

#[test]
fn what_was_written_before_a_deletion_goes_out_before_it_after_a_reload_too() {
    let mut first = tab(10);
    let mut kept = saved(&first.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5));
    // The clock was set back in between.
    kept.extend(saved(&first.submit(
        Command::Deliberation(deliberation::Command::Remove { item: ITEM }),
        command(21),
        1,
    )));

    let mut second = tab(11);
    second.restore(kept);
    join(&mut second, Vec::new(), Vec::new());
    let (_, frames) = second.outgoing();
    assert!(matches!(
        sent(&frames)[..],
        [CommandFrame { command: Command::Deliberation(deliberation::Command::Patch { .. }), .. }]
    ));
}

#[test]
fn a_page_opened_later_takes_over_and_the_first_one_lets_go() {
    let mut first = tab(10);
    let kept = saved(&first.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5));
    let mut second = tab(11);
    let taken = saved(&second.restore(kept));
    assert!(taken.iter().all(|stored| stored.holder == second.me().replica));

    let effects = first.let_go(&[command(20)]);
    assert_eq!(
        effects,
        [Effect::TextChanged { item: ITEM, field: FIELD, patch: Patch::splice(4, 7, "") }]
    );
    assert_eq!((text(&first), first.unanswered().count()), ("agua", 0));
    join(&mut second, Vec::new(), Vec::new());
    assert_eq!(text(&second), "agua limpia");
}

#[test]
fn of_two_pages_changes_the_later_one_may_turn_out_to_be_the_first_in_the_log() {
    let one = saved(&tab(10).edit(ITEM, FIELD, &Patch::splice(0, 0, "El "), command(20), 1));
    let other = saved(&tab(11).edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(21), 2));
    let mut third = tab(12);
    third.restore(one.into_iter().chain(other).collect());
    join(&mut third, Vec::new(), Vec::new());
    assert_eq!(text(&third), "El agua limpia");
    third.disconnected();

    // The second page's frame had arrived after all.
    join(&mut third, vec![applied(21, 3)], vec![patched(3, Patch::splice(4, 0, " limpia"))]);
    assert_eq!(text(&third), "El agua limpia");
    let (_, frames) = third.outgoing();
    let expected = Command::Deliberation(deliberation::Command::Patch {
        item: ITEM,
        field: FIELD,
        base: 3,
        patch: Patch::splice(0, 0, "El "),
    });
    assert_eq!(
        sent(&frames).into_iter().map(|frame| frame.command).collect::<Vec<_>>(),
        [expected]
    );
}

#[test]
fn typing_joins_what_was_not_sent_and_never_outgrows_a_frame() {
    let mut replica = tab(10);
    let paragraph = "á".repeat(CLIENT_FRAME_LIMIT / 20);
    for at in 0..11_u128 {
        replica.edit(ITEM, FIELD, &Patch::splice(0, 0, &paragraph), command(20 + at), 0);
    }
    assert!(
        (2..11).contains(&replica.unanswered().count()),
        "more than a frame holds is several commands, not one for each key"
    );
    for at in 0..900 {
        replica.edit(ITEM, FIELD, &Patch::splice(at * 3, 1, "x"), command(100 + u128::from(at)), 0);
    }
    join(&mut replica, Vec::new(), Vec::new());
    while replica.unanswered().count() > 0 {
        let (_, frames) = replica.outgoing();
        assert!(frames.iter().all(|frame| frame.len() <= CLIENT_FRAME_LIMIT));
        let [frame] = &sent(&frames)[..] else {
            panic!("one patch of a text is under way at a time")
        };
        let Command::Deliberation(deliberation::Command::Patch { patch, .. }) = &frame.command
        else {
            panic!("not a patch")
        };
        let seq = replica.position().unwrap().seq + 1;
        let answer = Answer { command: frame.id, outcome: Outcome::Applied { seq } };
        replica.receive(&encode(&ServerFrame::Answer(answer))).unwrap();
        replica.receive(&encode(&ServerFrame::Events(patched(seq, patch.clone())))).unwrap();
    }
    assert_eq!(text(&replica).chars().filter(|c| *c == 'x').count(), 900);
}

#[test]
fn a_refused_change_is_handed_back_and_what_was_written_after_it_stays_in_its_place() {
    let mut replica = tab(10);
    join(&mut replica, Vec::new(), Vec::new());
    replica.edit(ITEM, FIELD, &Patch::splice(0, 0, "El "), command(20), 0);
    replica.outgoing();
    replica.edit(ITEM, FIELD, &Patch::splice(7, 0, " limpia"), command(21), 0);
    let outcome =
        Outcome::Refused(domain::Rejection::Deliberation(deliberation::Rejection::RemovedItem));
    let effects = replica
        .receive(&encode(&ServerFrame::Answer(Answer { command: command(20), outcome })))
        .unwrap();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Refused { command: stored, .. } if stored.id == command(20))));
    assert!(effects.contains(&Effect::Forget(command(20))));
    assert_eq!(text(&replica), "agua limpia");
}

#[test]
fn an_item_is_added_before_what_was_written_in_it_whatever_the_clock_said() {
    let new = ItemId(Uuid::from_u128(90));
    let mut first = tab(10);
    let mut kept = saved(&first.submit(
        Command::Deliberation(deliberation::Command::Add {
            item: new,
            kind: ItemKind::Problem,
            parent: None,
        }),
        command(20),
        1_000,
    ));
    // Another tab took the addition over and wrote in it; then the clock was set back.
    let mut second = tab(11);
    second.restore(kept.clone());
    let written = saved(&second.edit(new, FIELD, &Patch::splice(0, 0, "agua"), command(21), 5));
    kept.extend(written);
    let mut third = tab(12);
    third.restore(kept);
    join(&mut third, Vec::new(), Vec::new());
    let (_, frames) = third.outgoing();
    let kinds: Vec<_> = sent(&frames)
        .into_iter()
        .map(|frame| {
            matches!(frame.command, Command::Deliberation(deliberation::Command::Add { .. }))
        })
        .collect();
    assert_eq!(kinds, [true, false]);
}

fn apart(replica: &Replica) -> usize {
    replica.apart().count()
}

#[test]
fn a_page_without_a_network_shows_in_its_place_what_was_written_on_what_the_page_shows() {
    let mut first = tab(10);
    let mut kept = saved(&first.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5));
    kept.extend(saved(&tab(11).edit(ITEM, FIELD, &Patch::splice(0, 0, "El "), command(21), 6)));
    let mut second = tab(12);
    let taken = saved(&second.restore(kept));
    assert_eq!((text(&second), apart(&second)), ("El agua limpia", 0));
    // A page that is opened after this one finds the same state.
    let mut third = tab(13);
    third.restore(
        BTreeMap::from_iter(taken.into_iter().map(|stored| (stored.id, stored)))
            .into_values()
            .collect(),
    );
    assert_eq!((text(&third), apart(&third)), ("El agua limpia", 0));
    // It is typed on, and goes out as it is once the server reports what happened meanwhile: the
    // first had arrived.
    third.edit(ITEM, FIELD, &Patch::splice(14, 0, "."), command(22), 7);
    join(
        &mut third,
        vec![applied(20, 3)],
        vec![patched(3, Patch::splice(4, 0, " limpia")), patched(4, Patch::splice(0, 0, "¡"))],
    );
    assert_eq!(text(&third).replace('¡', ""), "El agua limpia.");
    assert_eq!(third.unanswered().count(), 1);
}

#[test]
fn what_was_written_on_a_later_moment_than_the_page_shows_waits_beside_it_with_all_its_patches() {
    let mut first = tab(10);
    let on_the_old =
        saved(&first.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5));
    let mut other = tab(11);
    join(&mut other, Vec::new(), vec![patched(3, Patch::splice(0, 0, "El "))]);
    let on_the_new =
        saved(&other.edit(ITEM, FIELD, &Patch::splice(7, 0, " clara"), command(21), 6));
    let mut second = tab(12);
    second.restore(on_the_old.into_iter().chain(on_the_new).collect());
    assert_eq!((text(&second), apart(&second)), ("agua", 2));
}

#[test]
fn what_was_written_in_an_item_that_nobody_else_knows_stands_in_it() {
    let new = ItemId(Uuid::from_u128(90));
    let mut first = tab(10);
    let add = first.submit(
        Command::Deliberation(deliberation::Command::Add {
            item: new,
            kind: ItemKind::Problem,
            parent: None,
        }),
        command(20),
        1,
    );
    join(&mut first, Vec::new(), vec![patched(3, Patch::splice(0, 0, "El "))]);
    let mut kept = saved(&add);
    kept.extend(saved(&first.edit(new, FIELD, &Patch::splice(0, 0, "agua"), command(21), 2)));
    let mut second = tab(11);
    second.restore(kept.clone());
    assert_eq!((second.view().item(new).unwrap().text(FIELD), apart(&second)), ("agua", 0));
    // Once it has been sent others may have written in it too.
    kept[0].sent = true;
    let mut third = tab(12);
    third.restore(kept);
    assert_eq!((third.view().item(new).unwrap().text(FIELD), apart(&third)), ("", 1));
}

fn refused(id: u128) -> Vec<u8> {
    let rejection =
        domain::Rejection::NotAllowed { role: Role::Actor, phase: domain::Phase::ReadOut };
    encode(&ServerFrame::Answer(Answer {
        command: command(id),
        outcome: Outcome::Refused(rejection),
    }))
}

fn given_back(effects: &[Effect]) -> Vec<StoredCommand> {
    let given = |effect: &Effect| {
        if let Effect::Refused { command, .. } = effect {
            Some(command.as_ref().clone())
        } else {
            None
        }
    };
    effects.iter().filter_map(given).collect()
}

/// What was typed on while its beginning was in transit means nothing without it.
#[test]
fn what_comes_too_late_is_given_back_with_all_that_was_typed_on() {
    let mut replica = tab(10);
    join(&mut replica, Vec::new(), Vec::new());
    replica.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5);
    assert_eq!(sent(&replica.outgoing().1).len(), 1);
    // A letter is deleted, and more is written after it.
    replica.edit(ITEM, FIELD, &Patch::splice(10, 1, "ísima"), command(21), 6);
    assert_eq!(text(&replica), "agua limpiísima");
    let effects = replica.receive(&refused(20)).unwrap();
    assert_eq!(text(&replica), "agua");
    assert!(
        effects.contains(&Effect::Forget(command(20)))
            && effects.contains(&Effect::Forget(command(21)))
    );
    let kept = given_back(&effects);
    let [
        StoredCommand {
            command: Command::Deliberation(deliberation::Command::Patch { base: 2, patch, .. }),
            ..
        },
    ] = &kept[..]
    else {
        panic!("{kept:?}")
    };
    assert_eq!(patch.apply("agua").as_deref(), Ok("agua limpiísima"));
    assert!(replica.outgoing().1.is_empty(), "nothing of it goes out by itself");

    // The mesa went back; someone else wrote before and after it.
    replica.receive(&encode(&ServerFrame::Events(patched(3, Patch::splice(0, 0, "El "))))).unwrap();
    let effects = replica.send_again(kept.clone());
    assert_eq!(effects.last(), Some(&Effect::Reconnect));
    assert!(replica.outgoing().1.is_empty(), "not before it is placed");
    replica.hello();
    let patches = vec![(3, Patch::splice(0, 0, "El "))];
    let welcome = Welcome {
        version: 3,
        now: 0,
        answers: Vec::new(),
        continuity: Continuity::Unbroken,
        resume: Resume::Tail(Vec::new()),
        histories: vec![sync::wire::History { item: ITEM, field: FIELD, patches }],
    };
    replica.receive(&encode(&ServerFrame::Welcome(Box::new(welcome)))).unwrap();
    assert_eq!(text(&replica), "El agua limpiísima");
    let again = sent(&replica.outgoing().1);
    assert!(
        matches!(again[..], [CommandFrame { again: true, id, .. }] if id == command(20).again())
    );
    // A retry, or another tab, asks for the same.
    assert!(saved(&replica.send_again(kept)).is_empty());
}

/// What was sent already gets its own answer.
#[test]
fn what_is_under_way_beside_it_is_not_given_back_with_it() {
    let mut first = tab(10);
    join(&mut first, Vec::new(), Vec::new());
    let mut kept = saved(&first.edit(ITEM, FIELD, &Patch::splice(4, 0, " limpia"), command(20), 5));
    let mut other = tab(11);
    join(&mut other, Vec::new(), Vec::new());
    kept.extend(saved(&other.edit(ITEM, FIELD, &Patch::splice(0, 0, "El "), command(21), 6)));
    kept.iter_mut().for_each(|stored| stored.sent = true);
    let mut heir = tab(12);
    heir.restore(kept);
    join(&mut heir, Vec::new(), Vec::new());
    let effects = heir.receive(&refused(20)).unwrap();
    assert_eq!(
        given_back(&effects).iter().map(|stored| stored.id).collect::<Vec<_>>(),
        [command(20)]
    );
    assert_eq!(text(&heir), "El agua");
    assert_eq!(heir.unanswered().count(), 1);
}
