//! The sectors of an exercise: its own names, and which may go.

use domain::decide::decide_server;
use domain::exercise::{Sector, SectorName, ServerCommand as Change};
use domain::{Actor, Phase, Rejection, ServerCommand};

use crate::mesa::{AtMesa, exercise, mesa, short};

fn enter(state: &mut AtMesa, change: Change) -> Result<usize, Rejection> {
    let events = decide_server(&state.0, &ServerCommand::Exercise(change))?;
    events.iter().for_each(|event| state.apply(event));
    Ok(events.len())
}

fn listed(names: &[(Sector, &str)]) -> Change {
    let named = |(sector, name): &(Sector, &str)| SectorName { sector: *sector, name: short(name) };
    let sectors = names.iter().map(named).collect();
    Change::AmendExercise(Box::new(domain::ExerciseCard { sectors, ..exercise() }))
}

fn moved(state: &AtMesa, to: Sector, withdrawn: bool) -> Change {
    let actor = Actor { sector: to, withdrawn, ..state.actors[0].as_ref().clone() };
    Change::AmendActor(Box::new(actor))
}

const PUBLIC: (Sector, &str) = (Sector::PublicInstitution, "Dependencias");

#[test]
fn a_sector_goes_when_no_organisation_that_takes_part_has_it() {
    let mut state = mesa(Phase::Preparation);
    let native = (Sector::Own(1), "Pueblos originarios");
    assert_eq!(enter(&mut state, listed(&[PUBLIC, native])), Err(Rejection::UnknownValue));
    let both = [(Sector::Academia, "Universidades"), PUBLIC, native];
    assert_eq!(enter(&mut state, listed(&both)), Ok(1));
    let card = state.0.card.clone().unwrap();
    assert_eq!(card.sector_name(Sector::Academia), Some("Universidades"));
    assert_eq!(card.sector_name(Sector::Citizens), None);
    let citizens = moved(&state, Sector::Citizens, false);
    assert_eq!(enter(&mut state, citizens), Err(Rejection::UnknownValue), "not one of its own");
    let native_now = moved(&state, Sector::Own(1), false);
    assert_eq!(enter(&mut state, native_now), Ok(1));
    assert_eq!(enter(&mut state, listed(&[PUBLIC, native])), Ok(1));
    // Who no longer takes part doesn't keep its sector.
    assert_eq!(enter(&mut state, listed(&[PUBLIC])), Err(Rejection::UnknownValue));
    let gone = moved(&state, Sector::Own(1), true);
    assert_eq!(enter(&mut state, gone), Ok(1));
    assert_eq!(enter(&mut state, listed(&[PUBLIC])), Ok(1));
    let back = moved(&state, Sector::Own(1), false);
    assert_eq!(enter(&mut state, back), Err(Rejection::UnknownValue));
}

#[test]
fn a_list_has_each_sector_once_with_a_name() {
    let full = [(Sector::Academia, "Academia"), PUBLIC];
    for wrong in [
        &[][..],
        &[full[0], full[1], (Sector::Academia, "Otra")],
        &[full[0], full[1], (Sector::Own(1), "")],
        &[full[0], full[1], (Sector::Own(0), "Cero")],
        &[full[0], full[1], (Sector::Own(13), "Trece")],
    ] {
        let mut state = mesa(Phase::Preparation);
        assert_eq!(enter(&mut state, listed(wrong)), Err(Rejection::UnknownValue), "{wrong:?}");
    }
}
