//! The information pack: until when it is due, what it comes to for a mesa, and who may send and opened it.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::decide_server;
use domain::deliberation::check;
use domain::exercise::Sector;
use domain::pack::holidays::{is_business, is_rest_day};
use domain::pack::{
    self, By, DayKind, End, Entry, FileKind, MOST_FILES, Notice, NoticeRule, Receipt, Sender,
    may_send,
};
use domain::{
    Command, Digest, Event, Finding, Phase, Rejection, Role, ServerCommand, Viewer, conduct,
    exercise,
};
use mesa::{AtMesa, HERE, OTHER_SEAT, SEAT, act, day, mesa, person, remark, short};

/// When the pack is due in these tests, ms since the epoch.
const DUE: i64 = 1_000_000;

/// A mesa that is being prepared.
fn preparing() -> AtMesa {
    let mut state = AtMesa::default();
    mesa::events_before().iter().for_each(|event| state.apply(event));
    state
}

fn by() -> By {
    By { person: person(Role::Facilitator), seat: None }
}

fn receipt(entry: Entry, bytes: u8, at: i64) -> Receipt {
    Receipt {
        entry,
        name: short("Kit  de capacidades 2º.PDF"),
        kind: FileKind::Pdf,
        size: 12_345,
        digest: Digest([bytes; 32]),
        at,
        by: by(),
        replaces: None,
    }
}

/// Decides a command and what follows of it.
fn ask(state: &mut AtMesa, command: pack::ServerCommand) -> Result<Vec<Event>, Rejection> {
    let mut events = decide_server(&state.0, &ServerCommand::Pack(command))?;
    events.iter().for_each(|event| state.apply(event));
    let follows = pack::follow(&state.0, |_| Some(DUE));
    follows.iter().for_each(|event| state.apply(event));
    events.extend(follows);
    Ok(events)
}

fn send(state: &mut AtMesa, receipt: Receipt) -> Result<Vec<Event>, Rejection> {
    ask(state, pack::ServerCommand::Send(Box::new(receipt)))
}

fn declare(state: &mut AtMesa, entry: Entry, reason: Option<&str>, at: i64) -> Vec<Event> {
    let reason = reason.map(remark);
    ask(state, pack::ServerCommand::Declare { entry, reason, at, by: by() }).unwrap()
}

/// Sends everything that is owed, before it is due.
fn complete(state: &mut AtMesa) {
    for (bytes, entry) in (1..).zip(Entry::ALL) {
        send(state, receipt(entry, bytes, DUE - 1)).unwrap();
    }
}

fn notice(state: &AtMesa) -> (u8, u8, u8) {
    let notice = state.conduct.notice.unwrap();
    (notice.missing, notice.late, notice.files)
}

fn begin(state: &mut AtMesa) -> Result<Vec<Event>, Rejection> {
    let to = Phase::Introduction;
    act(state, Role::Facilitator, Command::Conduct(conduct::Command::ChangePhase { to }))
}

#[test]
fn ten_calendar_days_are_ten_days() {
    for (mesa, due) in [
        ((2026, 11, 20), (2026, 11, 10)),
        ((2026, 3, 5), (2026, 2, 23)),
        ((2028, 3, 5), (2028, 2, 24)),
        ((2027, 1, 4), (2026, 12, 25)),
    ] {
        let of = |(year, month, of_month)| day(year, month, of_month);
        assert_eq!(NoticeRule::USUAL.day_before(of(mesa)), Some(of(due)), "{mesa:?}");
    }
}

#[test]
fn business_days_leave_out_weekends_and_days_of_rest() {
    let rule = |days| NoticeRule { days, kind: DayKind::Business };
    for (days, mesa, due, why) in [
        (10, (2026, 10, 30), (2026, 10, 16), "two weekends"),
        (10, (2026, 11, 20), (2026, 11, 5), "two weekends, and the Monday of the Revolution"),
        (1, (2026, 11, 17), (2026, 11, 13), "over that Monday to the Friday"),
        (1, (2026, 11, 16), (2026, 11, 13), "the mesa's own day isn't counted, even at rest"),
        (2, (2026, 2, 4), (2026, 1, 30), "the first Monday of February, not the fifth"),
        (1, (2026, 3, 17), (2026, 3, 13), "the third Monday of March, not the twenty-first"),
        (1, (2026, 5, 4), (2026, 4, 30), "the first of May was a Friday"),
        (1, (2026, 9, 17), (2026, 9, 15), "independence"),
        (1, (2030, 10, 2), (2030, 9, 30), "another federal government begins"),
        (1, (2026, 10, 2), (2026, 10, 1), "none begins"),
        (1, (2026, 12, 28), (2026, 12, 24), "Christmas on a Friday"),
        (1, (2027, 1, 4), (2026, 12, 31), "New Year on a Friday"),
    ] {
        let of = |(year, month, of_month)| day(year, month, of_month);
        assert_eq!(rule(days).day_before(of(mesa)), Some(of(due)), "{why}");
    }
}

#[test]
fn days_of_rest_are_those_of_the_law() {
    let at_rest = |year| {
        let first = day(year, 1, 1).to_julian_day();
        let days = (0..365 + i32::from(year % 4 == 0))
            .filter_map(|of_year| domain::Date::from_julian_day(first + of_year).ok());
        days.filter(|day| is_rest_day(*day))
            .map(|day| (u8::from(day.month()), day.day()))
            .collect::<Vec<_>>()
    };
    assert_eq!(at_rest(2026), [(1, 1), (2, 2), (3, 16), (5, 1), (9, 16), (11, 16), (12, 25)]);
    assert_eq!(at_rest(2027), [(1, 1), (2, 1), (3, 15), (5, 1), (9, 16), (11, 15), (12, 25)]);
    let with_october = [(1, 1), (2, 5), (3, 18), (5, 1), (9, 16), (10, 1), (11, 18), (12, 25)];
    assert_eq!(at_rest(2024), with_october);
    assert!(at_rest(2018).contains(&(12, 1)) && !at_rest(2018).contains(&(10, 1)));
    assert!(!is_business(day(2026, 11, 14)) && !is_business(day(2026, 11, 16)));
    assert!(is_business(day(2026, 11, 20)), "the holiday itself moved to the Monday");
}

#[test]
fn a_rule_has_days() {
    for (days, possible) in [(0, false), (1, true), (60, true), (61, false)] {
        let mut state = preparing();
        let card = domain::ExerciseCard {
            notice: Some(NoticeRule { days, kind: DayKind::Calendar }),
            ..mesa::exercise()
        };
        let amend = exercise::ServerCommand::AmendExercise(Box::new(card));
        let decided = decide_server(&state.0, &ServerCommand::Exercise(amend));
        assert_eq!(decided.is_ok(), possible, "{days}");
        decided.unwrap_or_default().iter().for_each(|event| state.apply(event));
    }
}

#[test]
fn what_comes_before_the_moment_is_in_time_and_what_comes_at_it_is_late() {
    for (at, late) in [(DUE - 1, 0), (DUE, 1), (DUE + 1, 1)] {
        let mut state = preparing();
        send(&mut state, receipt(Entry::Studies, 1, at)).unwrap();
        assert_eq!(notice(&state), (8, late, 1), "{at}");
    }
}

#[test]
fn without_a_rule_nothing_is_counted_and_nothing_waits() {
    let mut state = preparing();
    assert_eq!(pack::follow(&state.0, |_| None), []);
    begin(&mut state).unwrap();
}

#[test]
fn a_mesa_begins_when_all_came_in_time() {
    let mut state = preparing();
    let known = pack::follow(&state.0, |_| Some(DUE));
    let expected = Notice { due: DUE, missing: 9, late: 0, files: 0 };
    assert_eq!(
        known,
        [Event::Conduct(HERE, conduct::Event::NoticeCounted { notice: Some(expected) })]
    );
    known.iter().for_each(|event| state.apply(event));
    assert_eq!(pack::follow(&state.0, |_| Some(DUE)), [], "said once");
    let refused = begin(&mut state);
    assert_eq!(refused, Err(conduct::Rejection::ChecksOpen { open: 1 }.into()));
    complete(&mut state);
    assert_eq!(notice(&state), (0, 0, 9));
    assert_eq!(check::in_the_way_of(&state, Phase::Introduction), []);
    begin(&mut state).unwrap();
}

#[test]
fn a_declaration_answers_an_entry_and_has_its_own_clock() {
    let mut state = preparing();
    declare(&mut state, Entry::WebConsultation, Some("El municipio no tiene página."), DUE - 1);
    assert_eq!(notice(&state), (8, 0, 0));
    let same =
        declare(&mut state, Entry::WebConsultation, Some("El municipio no tiene página."), DUE + 1);
    assert_eq!(same, [], "said in time already");
    declare(&mut state, Entry::WebConsultation, Some("No tiene página."), DUE + 1);
    assert_eq!(notice(&state), (8, 1, 0));
    declare(&mut state, Entry::WebConsultation, None, DUE + 2);
    assert_eq!(notice(&state), (9, 0, 0));
    declare(&mut state, Entry::Studies, Some("No hay."), DUE - 1);
    send(&mut state, receipt(Entry::Studies, 1, DUE - 1)).unwrap();
    assert_eq!(state.0.pack.absence(Entry::Studies), None, "there is something after all");
    let refused = pack::ServerCommand::Declare {
        entry: Entry::Studies,
        reason: Some(remark("No hay.")),
        at: DUE - 1,
        by: by(),
    };
    assert_eq!(ask(&mut state, refused), Err(Rejection::UnknownValue));
}

#[test]
fn the_same_bytes_do_not_begin_the_clock_again_and_others_do() {
    let mut state = preparing();
    complete(&mut state);
    let again = send(&mut state, receipt(Entry::CapacityKit, 1, DUE + 5)).unwrap();
    assert_eq!(again, []);
    let same = Receipt { replaces: Some(1), ..receipt(Entry::CapacityKit, 1, DUE + 5) };
    assert_eq!(send(&mut state, same).unwrap(), []);
    assert_eq!(notice(&state), (0, 0, 9));
    let other = Receipt { replaces: Some(1), ..receipt(Entry::CapacityKit, 99, DUE + 5) };
    send(&mut state, other).unwrap();
    assert_eq!(notice(&state), (0, 1, 9), "only its own clock");
    let first = state.0.pack.file(1).unwrap();
    assert_eq!(first.end, Some(End::Replaced { with: 10 }));
    assert_eq!(first.name.as_str(), "Kit  de capacidades 2º.PDF");
    let gone = Receipt { replaces: Some(1), ..receipt(Entry::CapacityKit, 98, DUE + 6) };
    assert_eq!(send(&mut state, gone), Err(Rejection::UnknownValue), "it was replaced before");
    let elsewhere = Receipt { replaces: Some(10), ..receipt(Entry::Problems, 97, DUE + 6) };
    assert_eq!(send(&mut state, elsewhere), Err(Rejection::UnknownValue));
}

#[test]
fn what_is_withdrawn_is_missing() {
    let mut state = preparing();
    complete(&mut state);
    let withdraw = |file| pack::ServerCommand::Withdraw {
        file,
        reason: remark("Traía datos personales"),
        at: DUE - 1,
    };
    assert!(!ask(&mut state, withdraw(9)).unwrap().is_empty());
    assert_eq!(notice(&state), (1, 0, 8));
    assert_eq!(ask(&mut state, withdraw(9)).unwrap(), []);
    assert_eq!(ask(&mut state, withdraw(77)), Err(Rejection::UnknownValue));
    send(&mut state, receipt(Entry::Studies, 9, DUE + 1)).unwrap();
    assert_eq!(notice(&state), (0, 1, 9), "it comes anew");
}

#[test]
fn a_waiver_has_a_reason_covers_what_was_seen_and_stays() {
    let mut state = preparing();
    complete(&mut state);
    let late = Receipt { replaces: Some(2), ..receipt(Entry::Problems, 70, DUE + 1) };
    send(&mut state, late).unwrap();
    let finding = Finding::NoticeNotKept { missing: 0, late: 1 };
    let waive = |finding| {
        Command::Conduct(conduct::Command::OverrideCheck {
            finding,
            reason: remark("Todos dijeron que ya lo leyeron"),
        })
    };
    for role in [Role::CoFacilitator, Role::Rapporteur, Role::Actor] {
        assert!(act(&mut state, role, waive(finding)).is_err(), "{role:?}");
    }
    act(&mut state, Role::Facilitator, waive(finding)).unwrap();
    assert_eq!(check::in_the_way_of(&state, Phase::Introduction), []);
    let another = Receipt { replaces: Some(3), ..receipt(Entry::MinimumCriteria, 71, DUE + 2) };
    send(&mut state, another).unwrap();
    let worse = Finding::NoticeNotKept { missing: 0, late: 2 };
    assert_eq!(check::in_the_way_of(&state, Phase::Introduction), [worse]);
    act(&mut state, Role::Facilitator, waive(worse)).unwrap();
    begin(&mut state).unwrap();
    // From here on it isn't asked any more, and what was decided isn't taken back.
    let withdraw = Command::Conduct(conduct::Command::WithdrawOverride { finding: worse });
    assert!(act(&mut state, Role::Facilitator, withdraw).is_err());
    send(&mut state, receipt(Entry::Solutions, 72, DUE + 3)).unwrap();
    assert_eq!(notice(&state), (0, 2, 9), "as it stood when the mesa began");
    assert!(check::findings(&state).iter().all(|found| !found.finding.is_about_the_notice()));
    let back = conduct::Command::ChangePhase { to: Phase::Preparation };
    act(&mut state, Role::Facilitator, Command::Conduct(back)).unwrap();
    begin(&mut state).unwrap();
    assert_eq!(state.conduct.overrides.len(), 1, "nothing is worse than was waived");
}

#[test]
fn each_sender_sends_its_own_part_while_the_mesa_is_prepared() {
    let mut state = preparing();
    // Organisation 1 becomes the guarantor; 2 is a public institution.
    let mut actor = state.0.actors[0].as_ref().clone();
    actor.sector = Sector::Guarantor;
    state.apply(&Event::Exercise(exercise::Event::ActorDescribed(Box::new(actor))));
    let may = |role, seat, sender| may_send(&state.0, Phase::Preparation, (role, seat), sender);
    for sender in Sender::ALL {
        assert!(may(Role::Facilitator, None, sender) && may(Role::Administrator, None, sender));
        for role in [Role::CoFacilitator, Role::Rapporteur, Role::Participant, Role::Follower] {
            assert!(!may(role, None, sender), "{role:?}");
        }
        let guarantor = sender == Sender::Guarantor;
        assert_eq!(may(Role::Actor, Some(SEAT), sender), guarantor);
        assert_eq!(may(Role::Actor, Some(OTHER_SEAT), sender), !guarantor);
        assert!(!may(Role::Actor, None, sender));
        let later = (Role::Facilitator, None);
        assert!(!may_send(&state.0, Phase::Introduction, later, sender));
    }
}

#[test]
fn a_receipt_is_a_person_s_first_tap() {
    let mut state = preparing();
    complete(&mut state);
    let tap = |role, file, at| pack::ServerCommand::Open {
        file,
        by: By { person: person(role), seat: mesa::seat(role) },
        at,
    };
    assert_eq!(ask(&mut state, tap(Role::Actor, 1, 5)).unwrap().len(), 1);
    assert_eq!(ask(&mut state, tap(Role::Actor, 1, 6)).unwrap(), []);
    assert_eq!(ask(&mut state, tap(Role::Participant, 1, 7)).unwrap().len(), 1);
    assert_eq!(ask(&mut state, tap(Role::Actor, 77, 8)), Err(Rejection::UnknownValue));
    let opened: Vec<_> = state.0.pack.opened.iter().map(|opening| opening.at).collect();
    assert_eq!(opened, [5, 7]);
    // Of another file in its place nothing was opened yet.
    let other = Receipt { replaces: Some(1), ..receipt(Entry::CapacityKit, 50, 9) };
    send(&mut state, other).unwrap();
    assert!(!state.0.pack.has_opened(person(Role::Actor), 10));
}

#[test]
fn there_are_not_endlessly_many_files() {
    let mut state = preparing();
    for bytes in 0..u8::try_from(MOST_FILES).unwrap() {
        send(&mut state, receipt(Entry::Studies, bytes, 1)).unwrap();
    }
    let more = send(&mut state, receipt(Entry::Studies, 200, 1));
    assert_eq!(more, Err(Rejection::TooMany { limit: 60 }));
    let instead = Receipt { replaces: Some(1), ..receipt(Entry::Studies, 200, 1) };
    assert!(send(&mut state, instead).is_ok());
}

#[test]
fn devices_get_no_file_and_the_public_no_count() {
    let mut state = preparing();
    complete(&mut state);
    for viewer in [Viewer::Facilitation(HERE), Viewer::Seat(HERE), Viewer::Public] {
        let seen = state.for_viewer(viewer);
        assert_eq!(*seen.0.pack, pack::State::default(), "{viewer:?}");
        assert_eq!(seen.conduct.notice.is_some(), viewer != Viewer::Public);
    }
    let empty = postcard::to_stdvec(&pack::State::default()).unwrap();
    assert_eq!(empty, [0; pack::EMPTY_BYTES]);
}

#[test]
fn what_was_not_in_time_stands_in_the_way_of_every_other_phase() {
    let mut state = preparing();
    let known = pack::follow(&state.0, |_| Some(DUE));
    known.iter().for_each(|event| state.apply(event));
    let finding = Finding::NoticeNotKept { missing: 9, late: 0 };
    assert_eq!(check::in_the_way_of(&state, Phase::Preparation), []);
    for to in [Phase::Introduction, Phase::Analysis, Phase::Agreements] {
        assert_eq!(check::in_the_way_of(&state, to), [finding]);
    }
    assert!(check::in_the_way_of(&state, Phase::ReadOut).len() > 1, "with what blocks that");
    let under_way = mesa(Phase::Analysis);
    assert_eq!(pack::follow(&under_way.0, |_| Some(DUE)), [], "a mesa under way is as it was");
}
