//! What a browser keeps: values under keys, some of them damaged. A part that begins with `T` is
//! such a value, any other one is the bytes inside of one.

use domain::{conduct, deliberation, people};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use domain::{Command, CommandId, Exercise, ItemId, Patch, TextField, Viewer};
use sync::kept::{is_held, read, written};
use sync::outbox::Row;
use sync::packed::{PackedSnapshot, pack};
use sync::receipt::{Change, Receipt};
use sync::wire::{
    ClientFrame, Continuity, Position, Resume, ServerFrame, Snapshot, Tag, Welcome, decode, encode,
};
use sync::{Effect, Replica, StoredCommand};
use uuid::Uuid;

use super::reading::read_all;
use super::{BETWEEN, parts, reads_back};
use crate::seeds::{self, COMMITMENT, FIELD, HERE, PERSON, PROBLEM, STREAM, command};

const AT: Position = Position { seq: 70, tag: Tag([1, 2, 3, 4]) };
const TAB: Uuid = Uuid::from_u128(6);

static STATE: LazyLock<Exercise> =
    LazyLock::new(|| seeds::state().for_viewer(Viewer::Facilitation(HERE)));

pub fn check(bytes: &[u8]) -> usize {
    let values: Vec<String> = parts(bytes).into_iter().map(value).collect();
    let found = values
        .iter()
        .filter_map(|text| read::<StoredCommand>(text))
        .inspect(reads_back)
        .collect::<Vec<_>>();
    let receipts = values
        .iter()
        .filter_map(|text| read::<Receipt>(text))
        .inspect(reads_back)
        .collect::<Vec<_>>();
    for value in &values {
        is_held(value, TAB);
    }
    for stored in &found {
        let text = written(Some(stored.holder), stored);
        assert!(
            is_held(&text, stored.holder) && read::<StoredCommand>(&text).as_ref() == Some(stored)
        );
        stored.made_on();
    }
    for receipt in &receipts {
        assert_eq!(read::<Receipt>(&written(None, receipt)).as_ref(), Some(receipt));
        assert!(!receipt.key().to_string().is_empty());
    }
    let count = found.len() + receipts.len();
    for continuity in [Continuity::Unbroken, Continuity::MarkLost, Continuity::PositionLost] {
        for now in [0, i64::MAX] {
            open(&values, receipts.clone(), continuity, now);
        }
    }
    count
}

fn value(part: &[u8]) -> String {
    match part.strip_prefix(b"T") {
        Some(text) => String::from_utf8_lossy(text).into_owned(),
        None => format!("1||{}", BASE64.encode(part)),
    }
}

/// Valid entries under unique ids, of the same person and stream.
fn sound() -> Vec<StoredCommand> {
    let commands = [
        Command::Deliberation(deliberation::Command::Patch {
            item: COMMITMENT,
            field: FIELD,
            base: 40,
            patch: Patch::splice(0, 0, "sobre todo "),
        }),
        Command::Deliberation(deliberation::Command::Patch {
            item: COMMITMENT,
            field: FIELD,
            base: 40,
            patch: Patch::splice(3, 2, "ñ"),
        }),
        Command::Conduct(conduct::Command::SetDoor { open: false }),
        Command::People(people::Command::NoteAttendance { person: PERSON, there: false }),
        Command::Deliberation(deliberation::Command::Patch {
            item: PROBLEM,
            field: TextField::Causes,
            base: 70,
            patch: Patch::splice(0, 0, "sequía"),
        }),
    ];
    let row = Row { replica: Uuid::from_u128(0x51A7_0001 << 64), number: 1 };
    (0..)
        .zip(commands)
        .map(|(number, given)| {
            stored(CommandId(Uuid::from_u128((0x51A7_0002 << 80) + number)), row, given)
        })
        .collect()
}

fn stored(id: CommandId, row: Row, given: Command) -> StoredCommand {
    let order = u64::from(id.0.as_bytes()[15]);
    let holder = row.replica;
    StoredCommand {
        id,
        stream: STREAM,
        mesa: HERE,
        person: PERSON,
        row,
        order,
        holder,
        made_at: 10,
        on_behalf: None,
        sent: false,
        tag: Some(AT.tag),
        command: given,
    }
}

/// Opens a page on what is kept, with the valid entries among the rest.
fn open(values: &[String], receipts: Vec<Receipt>, continuity: Continuity, now: i64) {
    let state = STATE.clone();
    let me = seeds::me(TAB);
    let mut replica = Replica::new(STREAM, me, Some(Snapshot { at: AT, state: state.clone() }));
    let (one, other) = values.split_at(values.len() / 2);
    let sound = sound();
    let kept: Vec<String> =
        sound.iter().map(|stored| written(Some(stored.holder), stored)).collect();
    let all = one.iter().chain(&kept).chain(other);
    let mut effects = replica.restore(all.filter_map(|text| read(text)).collect());
    effects.extend(replica.remember(receipts, now));
    replica.edit(
        COMMITMENT,
        FIELD,
        &Patch::splice(1, 1, "z"),
        CommandId(Uuid::from_u128(0x51A7_0003 << 80)),
        now,
    );
    still_there(&replica, &sound, &effects);

    assert!(decode::<ClientFrame>(&replica.hello()).is_ok());
    let snapshot = Snapshot { at: Position { seq: 80, ..AT }, state };
    let resume = Resume::Snapshot(PackedSnapshot::new(pack(&snapshot), Vec::new()));
    let welcome = Welcome {
        version: 3,
        now: 7,
        answers: Vec::new(),
        continuity,
        resume,
        histories: Vec::new(),
    };
    effects.extend(replica.receive(&encode(&ServerFrame::Welcome(Box::new(welcome)))).unwrap());
    if effects.contains(&Effect::Restored) {
        let mut number = 0x51A7_0004 << 80;
        let mut id = || {
            number += 1;
            CommandId(Uuid::from_u128(number))
        };
        effects.extend(replica.bring_back(&mut id, now));
    }
    still_there(&replica, &sound, &effects);
    let (more, frames) = replica.outgoing();
    effects.extend(more);
    assert!(
        frames.iter().all(|frame| decode::<ClientFrame>(frame).is_ok()),
        "the server can't read what goes out"
    );
    for effect in &effects {
        match effect {
            Effect::Save(stored) => reads_back(stored.as_ref()),
            Effect::Remember(receipt) => reads_back(receipt.as_ref()),
            _ => {}
        }
    }
    read_all(replica.view());
    let taken: Vec<_> = replica.unanswered().map(|stored| stored.id).collect();
    replica.let_go(&taken);
    assert_eq!(replica.unanswered().count(), 0);
}

/// The valid entries wait, or were returned to their author.
fn still_there(replica: &Replica, sound: &[StoredCommand], effects: &[Effect]) {
    for entry in sound {
        let handed_back = effects.iter().find_map(|effect| match effect {
            Effect::Refused { command, .. } if command.id == entry.id => Some(command.as_ref()),
            _ => None,
        });
        let there = replica.unanswered().find(|stored| stored.id == entry.id).or(handed_back);
        match (&entry.command, there.map(|stored| &stored.command)) {
            (
                Command::Deliberation(deliberation::Command::Patch { patch, .. }),
                Some(Command::Deliberation(deliberation::Command::Patch { patch: kept, .. })),
            ) => {
                assert_eq!(
                    kept.insertions().collect::<String>(),
                    patch.insertions().collect::<String>()
                );
            }
            // What was typed after something that was refused is returned with it; what was typed
            // in its place, on a page whose position the server lost, goes out as a full text.
            (Command::Deliberation(deliberation::Command::Patch { patch, .. }), None) => {
                let with_it = |effect: &Effect| matches!(effect, Effect::Refused { command, .. } if command.text() == entry.text());
                let as_full_text = |stored: &StoredCommand| match &stored.command {
                    Command::Deliberation(deliberation::Command::Recover {
                        item,
                        field,
                        full_text,
                        ..
                    }) => {
                        Some((*item, *field)) == entry.text()
                            && patch.insertions().all(|text| full_text.contains(text))
                    }
                    _ => false,
                };
                let there = effects.iter().any(with_it) || replica.unanswered().any(as_full_text);
                assert!(there, "{:?} is neither waiting nor handed back", entry.command);
            }
            (given, there) => assert_eq!(Some(given), there),
        }
    }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let row = |number| Row { replica: Uuid::from_u128(7), number };
    let commands: Vec<_> = (1..)
        .zip(seeds::commands())
        .map(|(number, given)| stored(command(number), row(0), given))
        .collect();
    let receipt = |seq, change| Receipt {
        stream: STREAM,
        mesa: HERE,
        person: PERSON,
        seq,
        mark: AT,
        made_at: 10,
        change,
    };
    let text = |item: ItemId, tab| Change::Text {
        item,
        field: FIELD,
        tab: Uuid::from_u128(tab),
        full_text: "Agua potable".to_owned(),
        ancestors: vec![1, 2, u64::MAX],
    };
    let mut receipts = vec![
        receipt(60, text(COMMITMENT, 6)),
        receipt(61, text(COMMITMENT, 7)),
        receipt(62, text(PROBLEM, 6)),
    ];
    receipts.extend((1..).zip(seeds::commands()).map(|(number, given)| {
        receipt(number, Change::Command { id: command(number as u128), command: given })
    }));
    let later = stored(
        command(60),
        row(1),
        Command::Deliberation(deliberation::Command::Patch {
            item: COMMITMENT,
            field: FIELD,
            base: 9,
            patch: Patch::splice(1, 0, "é"),
        }),
    );
    let mut all: Vec<_> = commands.iter().map(encode).chain(receipts.iter().map(encode)).collect();
    let texts = [
        written(Some(TAB), &later),
        written(None, &receipts[0]),
        "1|x|y".to_owned(),
        String::new(),
    ];
    all.push(all[..6].join(BETWEEN));
    all.push(
        commands[4..7]
            .iter()
            .chain([&later])
            .map(encode)
            .chain(receipts[..3].iter().map(encode))
            .collect::<Vec<_>>()
            .join(BETWEEN),
    );
    all.push(texts.map(|text| format!("T{text}").into_bytes()).join(BETWEEN));
    all.push(encode(&Exercise::default()));
    all
}
