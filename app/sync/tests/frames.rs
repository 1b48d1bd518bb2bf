//! The encoding: small, the same for everybody who reads it, and harmless when it is damaged.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::text::patch::Tie;
use domain::{
    Alias, Command, CommandId, DeviceId, Event, Exercise, ItemId, ItemKind, Mesa, MesaNumber,
    Patch, PersonId, Projected, Role, Seq, StreamId, TextField,
};
use domain::{conduct, deliberation, people};
use proptest::prelude::*;
use sync::packed::{PackedSnapshot, pack};
use sync::receipt::Change;
use sync::wire::{
    Aliased, Answer, ClientFrame, CommandFrame, Continuity, Events, Hello, Outcome, Position,
    Resume, ServerFrame, Snapshot, Tag, Welcome, WireEvent, Writing, decode, encode, in_place_of,
};
use sync::{Me, Replica, StoredCommand};
use uuid::Uuid;

const STREAM: StreamId = StreamId(Uuid::from_u128(1));
const HERE: MesaNumber = MesaNumber(1);
const ITEM: ItemId = ItemId(Uuid::from_u128(2));

fn state() -> Exercise {
    let mesa = Mesa { number: HERE, ..Mesa::default() };
    let mut state =
        Exercise { mesas: BTreeMap::from([(HERE, Arc::new(mesa))]), ..Exercise::default() };
    state.apply(&Event::Deliberation(deliberation::Event::ItemAdded {
        mesa: HERE,
        item: ITEM,
        alias: Alias(0),
        kind: ItemKind::Commitment,
        parent: None,
        author: None,
    }));
    let patch = Patch::splice(0, 0, &"agua limpia ".repeat(120));
    state.apply(&Event::Deliberation(deliberation::Event::TextPatched {
        item: ITEM,
        field: TextField::Description,
        patch,
    }));
    state
}

fn replica() -> Replica {
    let person = Some(PersonId(Uuid::from_u128(3)));
    let me = Me {
        mesa: HERE,
        person,
        role: Role::Actor,
        seat: None,
        device: DeviceId(Uuid::from_u128(4)),
        replica: Uuid::from_u128(5),
    };
    let mut replica = Replica::new(
        STREAM,
        me,
        Some(Snapshot { at: Position { seq: 2, tag: Tag([1; 4]) }, state: state() }),
    );
    replica.edit(
        ITEM,
        TextField::Description,
        &Patch::splice(3, 2, "é"),
        CommandId(Uuid::from_u128(6)),
        0,
    );
    replica.hello();
    replica
}

fn frames() -> Vec<Vec<u8>> {
    let events = |first| {
        let patch = Patch::splice(900, 0, "diez letra");
        let what =
            Aliased(Projected::Event(Event::Deliberation(deliberation::Event::TextPatched {
                item: in_place_of(Alias(0)),
                field: TextField::Description,
                patch,
            })));
        Events { first, tag: Tag([9; 4]), events: vec![WireEvent { by: 8, what }] }
    };
    let answer =
        Answer { command: CommandId(Uuid::from_u128(6)), outcome: Outcome::Applied { seq: 4 } };
    let welcome = |resume| {
        ServerFrame::Welcome(Box::new(Welcome {
            version: 3,
            now: 7,
            answers: vec![answer.clone()],
            continuity: Continuity::default(),
            resume,
            histories: Vec::new(),
        }))
    };
    let snapshot = Snapshot { at: Position { seq: 5, tag: Tag([2; 4]) }, state: state() };
    [
        welcome(Resume::Tail(vec![events(3)])),
        welcome(Resume::Snapshot(PackedSnapshot::new(pack(&snapshot), Vec::new()))),
        ServerFrame::Events(events(3)),
        ServerFrame::Answer(answer.clone()),
        ServerFrame::Heartbeat { now: 1 },
        ServerFrame::Resync,
        ServerFrame::Roster(Vec::new()),
        ServerFrame::Writing(Writing {
            person: PersonId(Uuid::from_u128(1)),
            name: "Ana".to_owned(),
            item: ItemId(Uuid::from_u128(2)),
            field: TextField::Title,
        }),
    ]
    .iter()
    .map(encode)
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_are_no_frame_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<ClientFrame>(&bytes);
        let _ = decode::<ServerFrame>(&bytes);
        let _ = replica().receive(&bytes);
    }

    #[test]
    fn a_damaged_frame_never_brings_a_replica_down(
        which in 0..6_usize,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        joined in any::<bool>(),
    ) {
        let mut bytes = frames()[which].clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len() - if which % 2 == 0 { cut.index(bytes.len()) } else { 0 });
        let mut replica = replica();
        if joined {
            replica.receive(&frames()[0]).unwrap();
        }
        let _ = replica.receive(&bytes);
        replica.edit(ITEM, TextField::Description, &Patch::splice(0, 0, "a"), CommandId(Uuid::from_u128(7)), 0);
        let _ = replica.outgoing();
        let _ = replica.hello();
    }

    #[test]
    fn a_submitted_patch_reads_back_as_it_was(at in 0..2_000_u32, removed in 0..20_u32, inserted in "\\PC{0,20}", again in any::<bool>()) {
        let given = domain::Command::Deliberation(deliberation::Command::Patch { item: ITEM, field: TextField::Title, base: 300, patch: Patch::splice(at, removed, &inserted) });
        let frame = ClientFrame::Command(CommandFrame { mesa: HERE, id: CommandId(Uuid::from_u128(8)), again, on_behalf: None, client_at: -1, command: given });
        prop_assert_eq!(decode::<ClientFrame>(&encode(&frame)), Ok(frame));
    }
}

#[test]
fn a_frame_followed_by_something_is_no_frame() {
    let mut bytes = encode(&ServerFrame::Heartbeat { now: 1 });
    assert!(decode::<ServerFrame>(&bytes).is_ok());
    bytes.push(0);
    assert!(decode::<ServerFrame>(&bytes).is_err());
}

#[test]
fn lengths_that_promise_gigabytes_cost_nothing() {
    let hello = Hello {
        versions: sync::wire::VERSIONS.to_vec(),
        stream: STREAM,
        mesa: HERE,
        device: DeviceId(Uuid::nil()),
        at: None,
        marks: Vec::new(),
        pending: Vec::new(),
    };
    let mut bytes = encode(&ClientFrame::Hello(hello));
    // The count of pending commands, at the end: four thousand million.
    bytes.pop();
    bytes.extend([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
    assert!(decode::<ClientFrame>(&bytes).is_err());
}

#[test]
fn ten_characters_reach_a_reader_in_a_few_bytes() {
    let size = |first, at, removed| {
        let patch = Patch::splice(at, removed, "diez letra");
        let what =
            Aliased(Projected::Event(Event::Deliberation(deliberation::Event::TextPatched {
                item: in_place_of(Alias(12)),
                field: TextField::Description,
                patch,
            })));
        encode(&ServerFrame::Events(Events {
            first,
            tag: Tag([9; 4]),
            events: vec![WireEvent { by: 8, what }],
        }))
        .len()
    };
    let (typical, long, replacing) =
        (size(3_000, 900, 0), size(20_000_000, 7_900, 0), size(3_000, 900, 10));
    println!(
        "events frame of a ten-character edit: {typical} bytes; late in a long text {long}; that replaces ten {replacing}"
    );
    assert!(typical <= 30 && long <= 33 && replacing <= 31);
}

#[test]
fn a_step_of_a_patch_is_one_number_and_its_text() {
    let at_place = |tie| Patch::splice(900, 10, "diez letra").tied(|_| Some(tie));
    for (tie, number) in [
        (Tie::Free, vec![1]),
        (Tie::After(31), vec![125]),
        (Tie::After(32), vec![0x81, 1]),
        (Tie::Before, vec![3]),
    ] {
        let bytes = [&[3, 0x90, 28][..], &number, &[10], b"diez letra", &[42]].concat();
        assert_eq!(encode(&at_place(tie)), bytes);
        assert_eq!(decode::<Patch>(&bytes), Ok(at_place(tie)));
    }
    // Not beyond what is before it.
    assert_eq!(
        Patch::splice(3, 0, "a").tied(|_| Some(Tie::After(9))),
        Patch::splice(3, 0, "a").tied(|_| Some(Tie::After(3)))
    );
    for (at, removed, inserted) in
        [(0, 1, ""), (1, 0, "a"), (u32::MAX - 2, 1, "b"), (0, u32::MAX, "")]
    {
        let patch = Patch::splice(at, removed, inserted);
        assert_eq!(decode::<Patch>(&encode(&patch)), Ok(patch));
    }
    // An unknown kind of step, and a step without content.
    for broken in [&[1, 3][..], &[1, 7], &[1, 1], &[1]] {
        assert!(decode::<Patch>(broken).is_err(), "{broken:?}");
    }
}

#[test]
fn seqs_at_the_end_of_the_numbers_do_not_overflow() {
    for (first, events) in [
        (0, Vec::new()),
        (0, vec![WireEvent { by: 0, what: Aliased::HIDDEN }; 9]),
        (Seq::MAX, Vec::new()),
    ] {
        let mut replica = replica();
        replica.receive(&frames()[0]).unwrap();
        let _ = replica.receive(&encode(&ServerFrame::Events(Events {
            first,
            tag: Tag::default(),
            events: events.clone(),
        })));
        let snapshot =
            Snapshot { at: Position { seq: Seq::MAX, tag: Tag::default() }, state: state() };
        let resume = Resume::Snapshot(PackedSnapshot::new(pack(&snapshot), Vec::new()));
        let welcome = Welcome {
            version: 3,
            now: 0,
            answers: Vec::new(),
            continuity: Continuity::default(),
            resume,
            histories: Vec::new(),
        };
        replica.hello();
        replica.receive(&encode(&ServerFrame::Welcome(Box::new(welcome)))).unwrap();
        let _ = replica.receive(&encode(&ServerFrame::Events(Events {
            first: Seq::MAX,
            tag: Tag::default(),
            events,
        })));
    }
}

#[test]
fn frames_that_repeat_or_skip_events_change_nothing() {
    let mut replica = replica();
    replica.receive(&frames()[0]).unwrap();
    let before = replica.view().clone();
    replica.receive(&frames()[2]).unwrap();
    assert_eq!(replica.view(), &before);
    let skipped = ServerFrame::Events(Events {
        first: 9,
        tag: Tag::default(),
        events: vec![WireEvent { by: 0, what: Aliased::HIDDEN }],
    });
    assert!(replica.receive(&encode(&skipped)).is_err());
    assert_eq!(replica.view(), &before);
}

/// Later programs read what a phone keeps too: a command's number never changes.
#[test]
fn a_stored_wish_is_read_for_ever() {
    let item = ItemId(Uuid::nil());
    let value = domain::Assignment::EvidenceSource(domain::ShortText::parse("INEGI").unwrap());
    let (title, text) = (TextField::Title, domain::Remark::parse("No").unwrap());
    let finding = domain::Finding::NoDueDate(item);
    // The number of its area, then its own within that.
    let of_deliberation = [
        deliberation::Command::Add { item, kind: ItemKind::Problem, parent: None },
        deliberation::Command::Remove { item },
        deliberation::Command::Restore { item },
        deliberation::Command::Move { item, after: None },
        deliberation::Command::Patch { item, field: title, base: 0, patch: Patch::identity() },
        deliberation::Command::Recover {
            item,
            field: title,
            full_text: String::new(),
            ancestors: Vec::new(),
        },
        deliberation::Command::Assign { item, value },
        deliberation::Command::Contribute {
            item,
            target: None,
            kind: domain::ContributionKind::Question,
            text: text.clone(),
        },
        deliberation::Command::Hide { item, hidden: true },
    ];
    let of_conduct = [
        conduct::Command::Show { shown: domain::Shown::Blank },
        conduct::Command::ChangePhase { to: domain::Phase::Agreements },
        conduct::Command::SetDoor { open: true },
        conduct::Command::OverrideCheck { finding, reason: text },
        conduct::Command::WithdrawOverride { finding },
        conduct::Command::AskLate,
        conduct::Command::SettleLate { print: 0 },
        conduct::Command::TakeWall { taken: true },
        conduct::Command::HoldWall { held: true },
        conduct::Command::LineUp { item, first: true },
        conduct::Command::LeaveOut { item },
        conduct::Command::WriteNote { note: domain::NoteId(Uuid::nil()), text: None },
        conduct::Command::Mute { person: domain::PersonId(Uuid::nil()), reason: None },
    ];
    let person = domain::PersonId(Uuid::nil());
    let of_people = [
        people::Command::NoteAttendance { person, there: true },
        people::Command::Merge { person, with: person },
        people::Command::Part { person },
    ];
    let areas: [Vec<Command>; 3] = [
        of_deliberation.map(Command::Deliberation).to_vec(),
        of_conduct.map(Command::Conduct).to_vec(),
        of_people.map(Command::People).to_vec(),
    ];
    for (area, commands) in (0..).zip(areas) {
        for (number, given) in (0..).zip(commands) {
            assert_eq!(encode(&given)[..2], [area, number], "{given:?}");
        }
    }
}

/// Packed once and sent to everyone, with the events since.
#[test]
fn a_packed_snapshot_is_the_snapshot_and_what_happened_since() {
    let snapshot = Snapshot { at: Position { seq: 2, tag: Tag([1; 4]) }, state: state() };
    let packed = pack(&snapshot);
    assert!(
        packed.len() * 3 < encode(&snapshot).len(),
        "{} of {}",
        packed.len(),
        encode(&snapshot).len()
    );
    assert_eq!(PackedSnapshot::new(packed.clone(), Vec::new()).unpack().as_ref(), Ok(&snapshot));
    let more = |first| {
        let what =
            Aliased(Projected::Event(Event::Deliberation(deliberation::Event::TextPatched {
                item: in_place_of(Alias(0)),
                field: TextField::Description,
                patch: Patch::splice(0, 0, "El "),
            })));
        Events { first, tag: Tag([2; 4]), events: vec![WireEvent { by: 0, what }] }
    };
    let now = PackedSnapshot::new(packed.clone(), vec![more(3), more(4)]).unpack().unwrap();
    assert_eq!(now.at, Position { seq: 4, tag: Tag([2; 4]) });
    assert!(now.state.item(ITEM).unwrap().text(TextField::Description).starts_with("El El agua"));
    // A tail that leaves an event out, repeats one, or is empty.
    for tail in
        [vec![more(4)], vec![more(3), more(3)], vec![Events { events: Vec::new(), ..more(3) }]]
    {
        assert!(PackedSnapshot::new(packed.clone(), tail).unpack().is_err());
    }
    // A length that no such bytes can have is refused before anything is allocated.
    let promised = [&u32::MAX.to_le_bytes()[..], &packed[4..]].concat();
    for bytes in [promised, packed[..packed.len() / 2].to_vec(), vec![0; 4], Vec::new(), vec![1, 0]]
    {
        assert!(PackedSnapshot::new(bytes, Vec::new()).unpack().is_err());
    }
}

#[test]
fn a_long_frame_comes_in_parts() {
    let snapshot = Snapshot { at: Position { seq: 2, tag: Tag([1; 4]) }, state: state() };
    let resume = Resume::Snapshot(PackedSnapshot::new(pack(&snapshot), Vec::new()));
    let welcome = Welcome {
        version: 4,
        now: 0,
        answers: Vec::new(),
        continuity: Continuity::Unbroken,
        resume,
        histories: Vec::new(),
    };
    let full = encode(&ServerFrame::Welcome(Box::new(welcome)));
    let parts = |bytes: &[u8], size: usize| {
        let count = bytes.len().div_ceil(size);
        let part = |(number, bytes): (usize, &[u8])| {
            encode(&ServerFrame::Part { more: number + 1 < count, bytes: bytes.to_vec() })
        };
        bytes.chunks(size).enumerate().map(part).collect::<Vec<_>>()
    };
    let me = Me {
        mesa: HERE,
        person: None,
        role: Role::Follower,
        seat: None,
        device: DeviceId(Uuid::from_u128(4)),
        replica: Uuid::from_u128(5),
    };
    let fresh = || {
        let mut replica = Replica::new(STREAM, me.clone(), None);
        replica.hello();
        replica
    };
    for size in [1, 7, 60, 10_000] {
        let mut replica = fresh();
        let parts = parts(&full, size);
        let (last, before) = parts.split_last().unwrap();
        for part in before {
            assert_eq!(replica.receive(part), Ok(Vec::new()));
        }
        assert!(!replica.receive(last).unwrap().is_empty());
        assert_eq!(replica.view(), &snapshot.state);
    }
    // Parts from an earlier connection aren't continued.
    let mut replica = fresh();
    replica.receive(&parts(&full, 60)[0]).unwrap();
    replica.hello();
    for part in parts(&full, 60) {
        replica.receive(&part).unwrap();
    }
    assert_eq!(replica.view(), &snapshot.state);
    // Parts aren't nested.
    let nested = encode(&ServerFrame::Part {
        more: false,
        bytes: encode(&ServerFrame::Part { more: false, bytes: full }),
    });
    assert!(fresh().receive(&nested).is_err());
}

/// What was contributed on behalf of a seat is kept with the seat; entries from before that was
/// possible are read as before.
#[test]
fn a_receipt_knows_whose_words_they_are() {
    let given = Command::Deliberation(deliberation::Command::Restore { item: ItemId(Uuid::nil()) });
    let stored = |on_behalf| StoredCommand {
        id: CommandId(Uuid::from_u128(1)),
        stream: STREAM,
        mesa: HERE,
        person: PersonId(Uuid::from_u128(2)),
        row: sync::outbox::Row { replica: Uuid::nil(), number: 0 },
        order: 1,
        holder: Uuid::nil(),
        made_at: 0,
        on_behalf,
        sent: true,
        tag: None,
        command: given.clone(),
    };
    let seat = domain::SeatId(Uuid::from_u128(3));
    for on_behalf in [None, Some(seat)] {
        let change = Change::of_command(&stored(on_behalf));
        assert_eq!(change.command(), Some((CommandId(Uuid::from_u128(1)), &given, on_behalf)));
        assert_eq!(decode::<Change>(&encode(&change)).as_ref(), Ok(&change));
        assert_eq!(encode(&change)[0], if on_behalf.is_some() { 2 } else { 0 });
    }
}

/// A device passes over these bytes instead of reading them.
#[test]
fn an_empty_registry_is_as_many_zeros_as_it_has_fields() {
    let empty = domain::people::registry::Registry::default();
    assert_eq!(encode(&empty), [0; domain::people::registry::EMPTY_BYTES]);
}
