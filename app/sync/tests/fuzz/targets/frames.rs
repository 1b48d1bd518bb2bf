//! Bytes from the network: each part on its own as a frame of either side, and all of them in turn
//! into a replica with waiting commands.

use domain::deliberation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use domain::{
    Command, CommandId, Exercise, Patch, Projected, Rejection, TextField, Viewer, project,
};
use serde::de::DeserializeOwned;
use sync::packed::{PackedSnapshot, pack};
use sync::wire::{
    Answer, CLIENT_FRAME_LIMIT, ClientFrame, CommandFrame, Continuity, Events, Hello, HelloRefusal,
    History, Outcome, Pending, Position, Present, Resume, ServerFrame, Snapshot, Tag, Welcome,
    WireEvent, Writing, decode, encode, to_wire,
};
use sync::{Effect, Replica};
use uuid::Uuid;

use super::reading::read_all;
use super::{BETWEEN, parts, reads_back};
use crate::seeds::{self, COMMITMENT, DEVICE, FIELD, HERE, PERSON, PROBLEM, SEAT, STREAM, command};

/// The most memory that decoding may take: a constant whatever the lengths claim, plus so much for
/// each byte of input.
const ROOM: u64 = 8 << 20;
const ROOM_FOR_A_BYTE: u64 = 512;
const AT: Position = Position { seq: 70, tag: Tag([1, 2, 3, 4]) };

static STATE: LazyLock<Exercise> =
    LazyLock::new(|| seeds::state().for_viewer(Viewer::Facilitation(HERE)));

pub fn check(bytes: &[u8]) -> usize {
    let parts = parts(bytes);
    let mut read = 0;
    for part in &parts {
        read += usize::from(one::<ClientFrame>(part)) + usize::from(one::<ServerFrame>(part));
    }
    if read > 0 {
        follow(&parts, false);
        follow(&parts, true);
    }
    read
}

fn one<T: DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) -> bool {
    let mut frame = None;
    let cost = allocation_counter::measure(|| frame = decode::<T>(bytes).ok());
    let room = ROOM + ROOM_FOR_A_BYTE * bytes.len() as u64;
    assert!(
        cost.bytes_max <= room,
        "{} bytes of memory for a frame of {}",
        cost.bytes_max,
        bytes.len()
    );
    frame.as_ref().inspect(|frame| reads_back(*frame)).is_some()
}

/// A replica, what was written in it, and the server's answers to that.
struct Device {
    replica: Replica,
    written: BTreeMap<CommandId, Command>,
    answered: BTreeSet<CommandId>,
    lost: bool,
}

fn device(joined: bool) -> Device {
    let me = seeds::me(Uuid::from_u128(6));
    let mut replica = Replica::new(STREAM, me, Some(Snapshot { at: AT, state: STATE.clone() }));
    replica.edit(COMMITMENT, FIELD, &Patch::splice(5, 3, "más "), command(1), 10);
    replica.edit(PROBLEM, TextField::Statement, &Patch::splice(0, 0, "¡"), command(2), 11);
    for (number, given) in (3..).zip(seeds::commands()) {
        if given.item() != Some(COMMITMENT)
            || !matches!(given, Command::Deliberation(deliberation::Command::Patch { .. }))
        {
            replica.submit(given, command(number), 12);
        }
    }
    replica.hello();
    if joined {
        replica.receive(&encode(&welcome(Vec::new(), Resume::Tail(Vec::new())))).unwrap();
        replica.outgoing();
        replica.edit(COMMITMENT, FIELD, &Patch::splice(0, 1, "Á"), command(90), 13);
    }
    let written = replica.unanswered().map(|stored| (stored.id, stored.command.clone())).collect();
    Device { replica, written, answered: BTreeSet::new(), lost: false }
}

fn follow(parts: &[&[u8]], joined: bool) {
    let mut device = device(joined);
    for part in parts {
        device.hear(part);
    }
    read_all(device.replica.view());
    // Whatever came, a valid server's snapshot repairs it.
    device.replica.disconnected();
    device.replica.hello();
    let anew = Resume::Snapshot(PackedSnapshot::new(
        pack(&Snapshot { at: Position { seq: 90, ..AT }, state: STATE.clone() }),
        Vec::new(),
    ));
    device.hear(&encode(&welcome(Vec::new(), anew)));
    assert!(device.replica.is_joined() && device.replica.confirmed() == &*STATE);
    device.lets_go_out();
    read_all(device.replica.view());
}

impl Device {
    fn hear(&mut self, bytes: &[u8]) {
        if let Ok(frame) = decode::<ServerFrame>(bytes) {
            match &frame {
                ServerFrame::Answer(answer) => drop(self.answered.insert(answer.command)),
                ServerFrame::Welcome(welcome) => {
                    self.answered.extend(welcome.answers.iter().map(|answer| answer.command));
                    self.lost |= welcome.continuity != Continuity::Unbroken;
                }
                _ => {}
            }
        }
        let before: BTreeSet<_> = self.replica.unanswered().map(|stored| stored.id).collect();
        let heard = self.replica.receive(bytes);
        self.keeps_what_was_written();
        match heard {
            Ok(effects) => {
                let forgotten = effects.iter().filter_map(|effect| {
                    if let Effect::Forget(id) = effect { Some(*id) } else { None }
                });
                let forgotten: BTreeSet<_> = forgotten.collect();
                let now: BTreeSet<_> = self.replica.unanswered().map(|stored| stored.id).collect();
                assert!(
                    before.difference(&now).all(|id| forgotten.contains(id)),
                    "dropped, and still kept on disk"
                );
                if effects.contains(&Effect::Restored) {
                    let mut next = 100;
                    let mut id = || {
                        next += 1;
                        command(next)
                    };
                    self.replica.bring_back(&mut id, 20);
                    self.replica.hello();
                }
                self.lets_go_out();
            }
            Err(_) => {
                self.replica.disconnected();
                self.replica.hello();
            }
        }
    }

    /// Unanswered commands still wait, with their content.
    fn keeps_what_was_written(&self) {
        if self.lost {
            return;
        }
        for (id, given) in self.written.iter().filter(|(id, _)| !self.answered.contains(id)) {
            let kept = self.replica.unanswered().find(|stored| stored.id == *id);
            let kept = kept.map(|stored| &stored.command);
            match (given, kept) {
                (
                    Command::Deliberation(deliberation::Command::Patch { patch, .. }),
                    Some(Command::Deliberation(deliberation::Command::Patch {
                        patch: kept, ..
                    })),
                ) => {
                    assert_eq!(
                        kept.insertions().collect::<String>(),
                        patch.insertions().collect::<String>()
                    );
                }
                (given, kept) => assert_eq!(Some(given), kept),
            }
        }
    }

    fn lets_go_out(&mut self) {
        let (_, frames) = self.replica.outgoing();
        for frame in frames {
            assert!(decode::<ClientFrame>(&frame).is_ok(), "the server can't read what goes out");
        }
    }
}

fn welcome(answers: Vec<Answer>, resume: Resume) -> ServerFrame {
    let (version, now, continuity, histories) = (3, 7, Continuity::Unbroken, Vec::new());
    ServerFrame::Welcome(Box::new(Welcome { version, now, answers, continuity, resume, histories }))
}

pub fn seeds() -> Vec<Vec<u8>> {
    let mut all = client_seeds();
    let run = |first, what: Vec<Projected>| {
        let events =
            what.into_iter().map(|what| WireEvent { by: 1, what: to_wire(&STATE, what) }).collect();
        Events { first, tag: Tag([9; 4]), events }
    };
    let mut state = STATE.clone();
    let mut all_events = vec![Projected::Hidden; 2];
    for event in seeds::of_a_mesa().iter().chain(&seeds::of_another_mesa()) {
        state.apply(event);
        all_events.push(project::project(event, &state, Viewer::Public));
    }
    all_events.extend([
        Projected::Forgotten(COMMITMENT),
        Projected::Revealed(
            STATE
                .mesas
                .values()
                .flat_map(|mesa| mesa.deliberation.items.values())
                .cloned()
                .collect(),
        ),
    ]);
    // The event that confirms the first command, as it was written.
    let own = domain::Event::Deliberation(deliberation::Event::TextPatched {
        item: COMMITMENT,
        field: FIELD,
        patch: Patch::splice(5, 3, "más "),
    });
    let own = run(71, vec![Projected::Event(own)]);
    let applied =
        |number, seq| Answer { command: command(number), outcome: Outcome::Applied { seq } };
    let refused =
        Answer { command: command(2), outcome: Outcome::Refused(Rejection::TooMany { limit: 3 }) };
    let sequences = [
        vec![ServerFrame::Events(run(71, all_events.clone()))],
        vec![
            ServerFrame::Answer(applied(1, 71)),
            ServerFrame::Events(own.clone()),
            ServerFrame::Answer(refused.clone()),
        ],
        vec![welcome(
            vec![applied(1, 71), refused],
            Resume::Tail(vec![own.clone(), run(72, all_events)]),
        )],
        vec![
            ServerFrame::Welcome(Box::new(Welcome {
                version: 3,
                now: 7,
                answers: vec![
                    applied(2, 75),
                    Answer { command: command(4), outcome: Outcome::Unchanged { seq: 76 } },
                ],
                continuity: Continuity::Unbroken,
                resume: Resume::Snapshot(PackedSnapshot::new(
                    pack(&Snapshot { at: Position { seq: 80, ..AT }, state: STATE.clone() }),
                    Vec::new(),
                )),
                histories: vec![History {
                    item: COMMITMENT,
                    field: FIELD,
                    patches: vec![(75, Patch::splice(3, 4, "x"))],
                }],
            })),
            ServerFrame::Answer(applied(1, 81)),
        ],
        vec![ServerFrame::Welcome(Box::new(Welcome {
            version: 3,
            now: 7,
            answers: vec![applied(3, 2)],
            continuity: Continuity::PositionLost,
            resume: Resume::Snapshot(PackedSnapshot::new(
                pack(&Snapshot { at: Position { seq: 2, ..AT }, state: Exercise::default() }),
                Vec::new(),
            )),
            histories: Vec::new(),
        }))],
        vec![
            ServerFrame::Roster(vec![Present {
                person: PERSON,
                name: "Ana".to_owned(),
                devices: 2,
                heard: Some(1),
                others: vec![2, 3],
            }]),
            ServerFrame::Heartbeat { now: -1 },
            ServerFrame::Writing(Writing {
                person: PERSON,
                name: "Ana".to_owned(),
                item: PROBLEM,
                field: FIELD,
            }),
            ServerFrame::Refused(HelloRefusal::Stream),
        ],
    ];
    all.extend(
        sequences.iter().map(|frames| frames.iter().map(encode).collect::<Vec<_>>().join(BETWEEN)),
    );
    all
}

fn client_seeds() -> Vec<Vec<u8>> {
    let hello = Hello {
        versions: vec![3, 2],
        stream: STREAM,
        mesa: HERE,
        device: DEVICE,
        at: Some(AT),
        marks: vec![AT, Position::default()],
        pending: vec![
            Pending { command: command(1), text: Some((COMMITMENT, FIELD, 70)) },
            Pending { command: command(3), text: None },
        ],
    };
    let command_frame = |(number, given)| CommandFrame {
        mesa: HERE,
        id: command(number),
        again: true,
        on_behalf: Some(SEAT),
        client_at: -5,
        command: given,
    };
    let mut frames =
        vec![ClientFrame::Hello(hello), ClientFrame::Writing { item: PROBLEM, field: FIELD }];
    frames.extend((1..).zip(seeds::commands()).map(command_frame).map(ClientFrame::Command));
    let all: Vec<_> = frames.iter().map(encode).collect();
    assert!(all.iter().all(|frame| frame.len() <= CLIENT_FRAME_LIMIT));
    all
}
