//! Signing: one outcome a slot, in the order of the stream, and a seal over what everybody saw.

use std::sync::Arc;

use domain::agreement::signing::{
    Command, Drawing, Event as Signing, Hand, Mark, Noted, Rejection as Refused, Round,
    ScanCommand, ServerCommand,
};
use domain::agreement::{self, Reason};
use domain::exercise::SeatKind;
use domain::project::project;
use domain::{
    ActorNumber, Digest, Event, MesaNumber, Phase, Rejection, Role, SeatId, Viewer, decide_server,
};

use crate::mesa::{remark, short};
use crate::table::{Table, reason, suplente, titular};

pub const PAGES: u16 = 9;
const BASE: Digest = Digest([3; 32]);

fn drawn() -> Hand {
    let line = |y| Some(Arc::new(Drawing::new(vec![vec![(100, y), (900, y + 77)]]).unwrap()));
    Hand::Drawn { initials: line(1_011), signature: line(1_022) }
}

/// Version 1 can be signed, and its document has [`PAGES`] pages.
pub fn signing() -> Table {
    let mut table = Table::new();
    table.go(Phase::Conformity);
    table.go(Phase::Signing);
    set_pages(&mut table, PAGES);
    table
}

pub fn round(table: &Table) -> &Round {
    table.exercise.plan.round().unwrap()
}

fn server(table: &mut Table, command: ServerCommand) -> Result<Vec<Event>, Rejection> {
    let decided = decide_server(&table.exercise, &domain::ServerCommand::Signing(command))?;
    table.enter(decided.clone());
    Ok(decided)
}

fn set_pages(table: &mut Table, pages: u16) {
    set(table, pages, BASE).unwrap();
}

fn set(table: &mut Table, pages: u16, base: Digest) -> Result<Vec<Event>, Rejection> {
    let (version, changes) = (round(table).version, round(table).changes);
    server(table, ServerCommand::SetPages { version, changes, pages, base })
}

fn seal(table: &mut Table, changes: u32) -> Result<Vec<Event>, Rejection> {
    let (version, pages) = (round(table).version, round(table).pages.unwrap_or(0));
    let document = Digest([7; 32]);
    server(table, ServerCommand::Seal { version, changes, document, pages, at: 5 })
}

/// Enters what a facilitation does with a scan.
pub fn scan(table: &mut Table, command: ScanCommand) -> Result<Vec<Event>, Rejection> {
    let version = round(table).version;
    server(table, ServerCommand::Scan { version, command })
}

/// All slots are noted and the document is sealed.
pub fn sealed() -> Table {
    let mut table = signing();
    for actor in 1..=4 {
        note(&mut table, actor, Some(Noted::Paper)).unwrap();
    }
    let changes = round(&table).changes;
    seal(&mut table, changes).unwrap();
    table
}

fn by(table: &mut Table, seat: SeatId, command: Command) -> Result<Vec<Event>, Rejection> {
    table.act(Role::Actor, Some(seat), None, of(command))
}

fn of(command: Command) -> domain::Command {
    domain::Command::Agreement(agreement::Command::Signing(command))
}

fn sign(table: &mut Table, seat: SeatId) -> Result<Vec<Event>, Rejection> {
    by(table, seat, Command::Sign { version: 1, pages: PAGES, hand: drawn() })
}

fn note(table: &mut Table, actor: u16, noted: Option<Noted>) -> Result<Vec<Event>, Rejection> {
    table.lead(of(Command::Note { actor: ActorNumber(actor), noted }))
}

fn mark(table: &Table, actor: u16) -> Option<&Mark> {
    round(table).mark(ActorNumber(actor))
}

fn open(table: &Table) -> Vec<u16> {
    round(table).open().map(|actor| actor.0).collect()
}

fn refused(reason: Refused) -> Result<Vec<Event>, Rejection> {
    Err(reason.into())
}

/// One of the things that may happen while it is signed; refused most of the time.
pub fn turn(table: &mut Table, actor: u16, what: u8) {
    let Some(round) = table.exercise.plan.round() else { return };
    let (version, pages) = (round.version, round.pages.unwrap_or(1));
    let seat = titular(actor);
    let _ = match what {
        0 | 1 => by(table, seat, Command::Sign { version, pages, hand: drawn() }),
        2 => by(table, seat, Command::Consent { version, pages }),
        7 => {
            serve(table, u16::from(pages == PAGES));
            let pages = table.exercise.plan.round().and_then(|round| round.pages).unwrap_or(1);
            by(table, seat, Command::Consent { version, pages })
        }
        3 => by(table, seat, Command::Decline { version, reason: reason("No") }),
        4 => note(table, actor, Some(Noted::Paper)),
        5 => note(table, actor, Some(Noted::Absent)),
        6 => note(table, actor, None),
        _ if actor == 1 => table.lead(of(Command::Close { reason: remark("Se hizo tarde") })),
        _ => sign(table, seat),
    };
}

/// What the server does meanwhile: it sets the document, and seals it when it can.
pub fn serve(table: &mut Table, what: u16) {
    let Some(round) = table.exercise.plan.round() else { return };
    let (version, changes) = (round.version, round.changes);
    let _ = match what {
        0 | 1 => {
            let pages = PAGES + what;
            server(table, ServerCommand::SetPages { version, changes, pages, base: BASE })
        }
        _ => seal(table, changes),
    };
}

#[test]
fn going_to_sign_opens_a_slot_for_each_actor_that_signs() {
    let table = signing();
    assert_eq!(open(&table), [1, 2, 3, 4]);
    assert_eq!((round(&table).version, round(&table).pages), (1, Some(PAGES)));
}

#[test]
fn a_slot_is_signed_once_by_who_acts_and_it_is_said_in_what_capacity() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    assert_eq!(sign(&mut table, titular(1)), refused(Refused::AlreadySigned));
    assert!(sign(&mut table, suplente(2)).is_err(), "the titular acts");
    table.replace(2);
    sign(&mut table, suplente(2)).unwrap();
    let capacity = |actor| match mark(&table, actor) {
        Some(Mark::Signed { capacity, .. }) => Some(*capacity),
        _ => None,
    };
    assert_eq!(capacity(1), Some(SeatKind::Holder));
    assert_eq!(capacity(2), Some(SeatKind::Alternate));
    table.replace(1);
    assert_eq!(sign(&mut table, suplente(1)), refused(Refused::AlreadySigned), "one a slot");
    assert_eq!(open(&table), [3, 4]);
}

#[test]
fn what_says_nothing_is_no_signature() {
    let mut table = signing();
    let mut with = |hand| {
        let command = Command::Sign { version: 1, pages: PAGES, hand };
        by(&mut table, titular(1), command)
    };
    let drawing = Drawing::new(vec![vec![(1, 1)]]).ok().map(Arc::new);
    assert_eq!(with(Hand::Typed(short(" "))), refused(Refused::Blank));
    let half = Hand::Drawn { initials: None, signature: drawing };
    assert_eq!(with(half), refused(Refused::Blank));
    assert!(with(Hand::Typed(short("Rosa Elena Ñúñez"))).is_ok());
}

#[test]
fn nobody_signs_other_pages_than_the_document_has() {
    let mut table = Table::new();
    table.go(Phase::Signing);
    assert_eq!(sign(&mut table, titular(1)), refused(Refused::OtherPages), "it isn't set yet");
    set_pages(&mut table, PAGES + 1);
    assert_eq!(sign(&mut table, titular(1)), refused(Refused::OtherPages));
    let other = Command::Sign { version: 2, pages: PAGES + 1, hand: drawn() };
    assert_eq!(by(&mut table, titular(1), other), refused(Refused::OtherVersion));
}

#[test]
fn when_the_document_gets_another_page_who_consented_is_asked_again() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    note(&mut table, 2, Some(Noted::Fingerprint)).unwrap();
    let why = Reason::parse(&"No se nos consultó. ".repeat(90)).unwrap();
    by(&mut table, titular(3), Command::Decline { version: 1, reason: why }).unwrap();
    note(&mut table, 4, Some(Noted::Absent)).unwrap();
    assert!(round(&table).is_complete());
    set_pages(&mut table, PAGES + 1);
    assert_eq!(open(&table), [1]);
    let changes = round(&table).changes;
    assert_eq!(seal(&mut table, changes), refused(Refused::OtherPages));
    let consent = |pages| Command::Consent { version: 1, pages };
    assert_eq!(by(&mut table, titular(1), consent(PAGES)), refused(Refused::OtherPages));
    by(&mut table, titular(1), consent(PAGES + 1)).unwrap();
    assert_eq!(by(&mut table, titular(1), consent(PAGES + 1)), Ok(vec![]));
    assert!(matches!(
        mark(&table, 1),
        Some(Mark::Signed { hand: Hand::Drawn { initials: Some(_), .. }, .. })
    ));
    let changes = round(&table).changes;
    seal(&mut table, changes).unwrap();
}

#[test]
fn when_the_document_says_something_else_on_as_many_pages_they_are_asked_too() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    assert_eq!(set(&mut table, PAGES, BASE), Ok(vec![]));
    set(&mut table, PAGES, Digest([4; 32])).unwrap();
    assert!(round(&table).must_consent_again(ActorNumber(1)));
}

#[test]
fn a_node_that_sets_the_document_late_changes_nothing_that_was_signed() {
    let mut table = Table::new();
    table.go(Phase::Signing);
    // Two nodes see the signing begin, and somebody comes before the second sets its document.
    let (version, changes) = (round(&table).version, round(&table).changes);
    set_pages(&mut table, PAGES);
    sign(&mut table, titular(1)).unwrap();
    for (pages, base) in [(PAGES, Digest([4; 32])), (PAGES + 1, BASE)] {
        let late = ServerCommand::SetPages { version, changes, pages, base };
        assert_eq!(server(&mut table, late), refused(Refused::OtherPages));
    }
    assert!(!round(&table).must_consent_again(ActorNumber(1)));
    assert_eq!((round(&table).pages, round(&table).base), (Some(PAGES), Some(BASE)));
    let same = ServerCommand::SetPages { version, changes, pages: PAGES, base: BASE };
    assert_eq!(server(&mut table, same), Ok(vec![]));
}

#[test]
fn who_asked_again_may_also_refuse() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    let decline = || Command::Decline { version: 1, reason: reason("Ya no es lo mismo") };
    assert_eq!(by(&mut table, titular(1), decline()), refused(Refused::AlreadySigned));
    set_pages(&mut table, PAGES + 1);
    by(&mut table, titular(1), decline()).unwrap();
    assert_eq!(by(&mut table, titular(1), decline()), Ok(vec![]), "the same changes nothing");
}

#[test]
fn who_is_asked_again_after_it_was_closed_may_refuse_too_and_it_ends() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    set_pages(&mut table, PAGES + 1);
    table.lead(of(Command::Close { reason: remark("Se hizo tarde") })).unwrap();
    assert_eq!(open(&table), [1]);
    let decline = || Command::Decline { version: 1, reason: reason("Ya no es lo mismo") };
    assert_eq!(by(&mut table, titular(2), decline()), refused(Refused::NotOpen), "absent");
    by(&mut table, titular(1), decline()).unwrap();
    assert_eq!(by(&mut table, titular(1), decline()), refused(Refused::NotOpen));
    assert!(round(&table).is_complete());
    let changes = round(&table).changes;
    seal(&mut table, changes).unwrap();
}

#[test]
fn signing_and_being_noted_as_absent_at_once_has_one_outcome_in_the_stream_s_order() {
    let mut first = signing();
    sign(&mut first, titular(1)).unwrap();
    assert_eq!(note(&mut first, 1, Some(Noted::Absent)), refused(Refused::AlreadySigned));
    let mut second = signing();
    note(&mut second, 1, Some(Noted::Absent)).unwrap();
    sign(&mut second, titular(1)).unwrap();
    for table in [&first, &second] {
        assert!(mark(table, 1).unwrap().is_signature());
    }
}

#[test]
fn what_was_noted_by_mistake_is_taken_back_and_what_somebody_did_stays() {
    let mut table = signing();
    note(&mut table, 1, Some(Noted::Refused(reason("Lo dijo de viva voz")))).unwrap();
    assert_eq!(
        note(&mut table, 1, Some(Noted::Refused(reason("Lo dijo de viva voz")))),
        Ok(vec![])
    );
    note(&mut table, 1, None).unwrap();
    assert_eq!(mark(&table, 1), None);
    assert_eq!(note(&mut table, 1, None), Ok(vec![]));
    by(&mut table, titular(1), Command::Decline { version: 1, reason: reason("No") }).unwrap();
    assert_eq!(note(&mut table, 1, None), refused(Refused::AlreadySigned));
    sign(&mut table, titular(1)).unwrap();
}

#[test]
fn a_helper_s_device_signs_for_a_seat_and_it_is_said() {
    let mut table = signing();
    let command = || of(Command::Sign { version: 1, pages: PAGES, hand: drawn() });
    table.act(Role::Rapporteur, None, Some(titular(1)), command()).unwrap();
    let signed = mark(&table, 1).unwrap();
    assert!(matches!(signed, Mark::Signed { assisted: true, person: None, .. }), "{signed:?}");
    let actor = table.act(Role::Actor, Some(titular(2)), Some(titular(3)), command());
    assert_eq!(actor, Err(Rejection::NotOnBehalf));
}

#[test]
fn only_the_facilitator_notes_and_closes_and_only_while_it_is_signed() {
    let mut table = signing();
    let noted = || of(Command::Note { actor: ActorNumber(1), noted: Some(Noted::Paper) });
    let close = || of(Command::Close { reason: remark("Se hizo tarde") });
    for role in [Role::CoFacilitator, Role::Rapporteur, Role::Actor, Role::Participant] {
        assert!(table.act(role, None, None, noted()).is_err(), "{role:?}");
    }
    for role in [Role::Rapporteur, Role::Actor, Role::Participant, Role::Follower] {
        assert!(table.act(role, None, None, close()).is_err(), "{role:?}");
    }
    table.go(Phase::FollowUp);
    assert!(sign(&mut table, titular(1)).is_err());
    assert!(table.lead(noted()).is_err());
}

#[test]
fn closing_makes_who_is_missing_absent_and_then_only_the_seal_is_missing() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    table.lead(of(Command::Close { reason: remark("Se hizo tarde") })).unwrap();
    assert!(round(&table).is_complete());
    assert!(matches!(mark(&table, 2), Some(Mark::Noted { noted: Noted::Absent, .. })));
    assert_eq!(sign(&mut table, titular(2)), refused(Refused::NotOpen));
    let changes = round(&table).changes;
    assert_eq!(seal(&mut table, changes - 1), refused(Refused::OtherPages), "an older document");
    seal(&mut table, changes).unwrap();
    assert_eq!(seal(&mut table, changes + 1), refused(Refused::NotOpen));
    assert_eq!(table.exercise.plan.signed().map(|round| round.version), Some(1));
}

#[test]
fn going_back_and_coming_again_goes_on_and_a_new_text_has_its_own_signing() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    table.go(Phase::Conformity);
    table.go(Phase::Signing);
    assert_eq!(open(&table), [2, 3, 4]);
    for actor in 2..=4 {
        note(&mut table, actor, Some(Noted::Paper)).unwrap();
    }
    let changes = round(&table).changes;
    seal(&mut table, changes).unwrap();
    table.go(Phase::Agreements);
    table.write(0, "Otra palabra");
    table.go(Phase::Signing);
    assert_eq!((round(&table).version, open(&table)), (2, vec![1, 2, 3, 4]));
    assert_eq!(table.exercise.plan.signed().map(|round| round.version), Some(1), "it stays");
}

#[test]
fn drawings_and_typed_names_are_in_nobody_s_bytes_and_persons_in_no_public_ones() {
    let mut table = signing();
    sign(&mut table, titular(1)).unwrap();
    let hand = Hand::Typed(short("Rosa Elena"));
    by(&mut table, titular(2), Command::Sign { version: 1, pages: PAGES, hand }).unwrap();
    let log = table.log.clone();
    let mut state = domain::Exercise::default();
    let history: Vec<_> = log
        .iter()
        .map(|event| {
            state.apply(event);
            (event, state.clone())
        })
        .collect();
    let own = |event: &&(&Event, domain::Exercise)| {
        let signing = |event| matches!(event, agreement::Event::Signing(Signing::Marked { .. }));
        matches!(event.0, Event::Agreement(event) if signing(event.clone()))
    };
    assert_eq!(history.iter().filter(own).count(), 2);
    let mesa = MesaNumber(1);
    for viewer in [Viewer::Facilitation(mesa), Viewer::Seat(mesa), Viewer::Public] {
        let mut seen = domain::Exercise::default();
        for (event, after) in &history {
            let got = project(event, after, viewer);
            let mut sent = serde_json::to_string(&got).unwrap();
            seen.apply_projected(&got);
            assert_eq!(seen, after.for_viewer(viewer));
            sent.push_str(&serde_json::to_string(&seen.plan).unwrap());
            for secret in ["1088", "1099", "Rosa Elena"] {
                assert!(!sent.contains(secret), "{viewer:?} gets {secret}: {sent}");
            }
            let person = serde_json::to_string(&crate::mesa::person(Role::Actor)).unwrap();
            assert!(viewer != Viewer::Public || !sent.contains(&person));
        }
    }
}

#[test]
fn a_witness_is_named_before_the_mark_and_stands_with_what_needs_one() {
    let mut table = signing();
    let name = |table: &mut Table, actor: u16, name: Option<&str>| {
        let name = name.map(short);
        table.lead(of(Command::Witness { actor: ActorNumber(actor), name }))
    };
    let witness = |table: &Table, actor: u16| {
        let slot = &round(table).slots[&ActorNumber(actor)];
        slot.witnessed().map(ToString::to_string)
    };
    name(&mut table, 1, Some("Eva Luna")).unwrap();
    assert_eq!(witness(&table, 1), None, "nothing to witness yet");
    note(&mut table, 1, Some(Noted::Fingerprint)).unwrap();
    assert_eq!(witness(&table, 1).as_deref(), Some("Eva Luna"));
    let before = round(&table).changes;
    assert_eq!(name(&mut table, 1, Some("Eva Luna")), Ok(Vec::new()));
    name(&mut table, 1, Some("Eva Luna Ruiz")).unwrap();
    assert!(round(&table).changes > before, "the document says it");
    // What was noted was a mistake, and so is who saw it.
    note(&mut table, 1, None).unwrap();
    note(&mut table, 1, Some(Noted::Paper)).unwrap();
    assert_eq!(witness(&table, 1), None);
    // An actor names its own, nobody another's; what its own device drew has none.
    let own = Command::Witness { actor: ActorNumber(2), name: Some(short("Félix Mar")) };
    by(&mut table, titular(2), own.clone()).unwrap();
    assert!(by(&mut table, titular(3), own).is_err());
    sign(&mut table, titular(2)).unwrap();
    assert_eq!(witness(&table, 2), None);
    name(&mut table, 3, Some("")).unwrap();
    let typed = Hand::Typed(short("Rosa Ñúñez"));
    by(&mut table, titular(3), Command::Sign { version: 1, pages: PAGES, hand: typed }).unwrap();
    assert_eq!(witness(&table, 3), None);
    name(&mut table, 3, Some("Gabriela Sol")).unwrap();
    assert_eq!(witness(&table, 3).as_deref(), Some("Gabriela Sol"));
    let public = table.exercise.for_viewer(Viewer::Public);
    assert!(!format!("{:?}", public.plan.rounds).contains("Gabriela"));
    assert_eq!(name(&mut table, 9, None), refused(Refused::NoSlot));
}
