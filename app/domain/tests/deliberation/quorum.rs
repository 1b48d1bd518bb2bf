//! Who is present against the quorum, by sector and by how they attend.

use domain::exercise::{SeatKind, Sector};
use domain::people::attendance::AttendanceMode::{self, Assisted, InRoom, Remote};
use domain::people::quorum::Quorum;
use domain::{Actor, ActorId, ActorNumber, Event, PersonId, Phase, Seat, SeatId};
use domain::{exercise, people};
use uuid::Uuid;

use crate::mesa::{AtMesa, HERE, OTHER_SEAT, SEAT, mesa, short};

/// The alternate's seat of the second organisation, and the seat of one that doesn't sign.
const ALTERNATE: SeatId = SeatId(Uuid::from_u128(0xC003));
const GUEST: SeatId = SeatId(Uuid::from_u128(0xC004));

fn described(state: &mut AtMesa, actor: Actor) {
    state.apply(&Event::Exercise(exercise::Event::ActorDescribed(Box::new(actor))));
}

/// A university, a public institution with two seats, and a college that doesn't sign.
fn three_organisations() -> AtMesa {
    let mut state = mesa(Phase::Introduction);
    let mut second = state.actors[1].as_ref().clone();
    second.seats.push(Seat { id: ALTERNATE, kind: SeatKind::Alternate });
    described(&mut state, second);
    let guest = Actor {
        id: ActorId(Uuid::from_u128(0xD009)),
        number: ActorNumber(3),
        organisation: short("Colegio"),
        sector: Sector::Academia,
        signs: false,
        seats: vec![Seat { id: GUEST, kind: SeatKind::Holder }],
        acting: None,
        withdrawn: false,
    };
    described(&mut state, guest);
    state
}

fn arrives(state: &mut AtMesa, who: u128, seat: Option<SeatId>, mode: AttendanceMode) {
    state.apply(&Event::People(people::Event::Arrived {
        mesa: HERE,
        person: PersonId(Uuid::from_u128(who)),
        organisation: short("Vecinos"),
        seat,
        mode,
        at: 1,
    }));
}

#[test]
fn an_organisation_counts_once_whoever_came_for_it() {
    type Came<'a> = &'a [(Option<SeatId>, AttendanceMode)];
    // Who came; how many organisations that are: by sector (academia, public), by mode.
    let table: [(Came<'_>, [u16; 2], [u16; 3]); 8] = [
        (&[], [0, 0], [0, 0, 0]),
        (&[(Some(SEAT), InRoom)], [1, 0], [1, 0, 0]),
        (&[(None, InRoom)], [0, 0], [0, 0, 0]),
        (&[(Some(GUEST), InRoom)], [0, 0], [0, 0, 0]),
        (&[(Some(SEAT), InRoom), (Some(SEAT), Remote)], [1, 0], [1, 0, 0]),
        (&[(Some(ALTERNATE), Remote)], [0, 1], [0, 1, 0]),
        // Who acts for it says how it attends.
        (&[(Some(ALTERNATE), Remote), (Some(OTHER_SEAT), Assisted)], [0, 1], [0, 0, 1]),
        (&[(Some(SEAT), InRoom), (Some(OTHER_SEAT), Assisted)], [1, 1], [1, 0, 1]),
    ];
    for (came, [academia, public], modes) in table {
        let mut state = three_organisations();
        for (who, (seat, mode)) in (1..).zip(came) {
            arrives(&mut state, who, *seat, *mode);
        }
        let quorum = Quorum::of(&state);
        assert_eq!(
            quorum.by_sector,
            [(Sector::Academia, academia, 1), (Sector::PublicInstitution, public, 1)],
            "{came:?}"
        );
        assert_eq!(quorum.by_mode.map(|(_, count)| count), modes, "{came:?}");
        assert_eq!((quorum.present, quorum.required), (academia + public, 2), "{came:?}");
        assert_eq!(quorum.is_met(), academia + public == 2, "{came:?}");
    }
}

#[test]
fn who_left_or_takes_no_part_any_more_does_not_count() {
    let mut state = three_organisations();
    arrives(&mut state, 1, Some(SEAT), InRoom);
    arrives(&mut state, 2, Some(OTHER_SEAT), InRoom);
    assert!(Quorum::of(&state).is_met());
    state.apply(&Event::People(people::Event::Left {
        mesa: HERE,
        person: PersonId(Uuid::from_u128(1)),
        at: 2,
    }));
    assert_eq!((Quorum::of(&state).present, Quorum::of(&state).is_met()), (1, false));
    arrives(&mut state, 1, Some(SEAT), Remote);
    assert!(Quorum::of(&state).is_met(), "back again");
    let gone = Actor { withdrawn: true, ..state.actors[1].as_ref().clone() };
    described(&mut state, gone);
    let quorum = Quorum::of(&state);
    assert_eq!((quorum.present, quorum.by_sector), (1, vec![(Sector::Academia, 1, 1)]));
}

#[test]
fn without_an_agreed_number_it_is_always_met() {
    let mut state = three_organisations();
    let mut card = state.0.card.as_deref().unwrap().clone();
    card.quorum = 0;
    state.apply(&Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card))));
    assert!(Quorum::of(&state).is_met());
}

#[test]
fn only_the_facilitation_counts() {
    let mut state = three_organisations();
    arrives(&mut state, 1, Some(SEAT), InRoom);
    let seen = |viewer| Quorum::of(&state.for_viewer(viewer)).present;
    assert_eq!(seen(domain::Viewer::Facilitation(HERE)), 1);
    assert_eq!(seen(domain::Viewer::Seat(HERE)), 0);
    assert_eq!(seen(domain::Viewer::Public), 0);
}
