//! Advice on a mesa as a whole: what a commitment lacks, and where it is said (section 5).

use std::time::{Duration, Instant};

use domain::deliberation::advice::{self, Advice, Given, Place};
use domain::deliberation::check;
use domain::deliberation::choice::{Category, Component, Feasibility, Party, ProblemState};
use domain::{
    ActorNumber, Assignment, Command, Date, Finding, ItemId, ItemKind, Patch, Phase, TextField,
    deliberation,
};

use super::{F, agreed};
use crate::mesa::{AtMesa, act, add, assign, day, item, mesa, short, write};

fn put(state: &mut AtMesa, item: ItemId, field: TextField, text: &str) {
    let before = state.item(item).unwrap().text(field).chars().count();
    let patch = Patch::splice(0, u32::try_from(before).unwrap(), text);
    write(state, F, item, field, patch).unwrap();
}

/// A commitment of which nothing is said.
fn good(state: &mut AtMesa, number: u128) -> ItemId {
    let id = add(state, F, number, ItemKind::Commitment, None);
    put(state, id, TextField::Title, "Agua limpia a la vista");
    put(state, id, TextField::Objective, "Publicar cada mes los resultados de cloro residual");
    put(state, id, TextField::Indicator, "Localidades con resultado publicado");
    for value in [
        Assignment::Component { component: Component::Transparency, present: true },
        Assignment::IndicatorUnit(short("localidades")),
        Assignment::IndicatorTarget(short("14")),
        Assignment::Counterpart(Party::Actor(ActorNumber(1))),
    ] {
        assign(state, F, id, value).unwrap();
    }
    id
}

fn deed(state: &mut AtMesa, number: u128, of: ItemId, due: Date) -> ItemId {
    let id = add(state, F, number, ItemKind::Activity, Some(of));
    put(state, id, TextField::Title, "Segundo recorrido");
    put(state, id, TextField::Deliverable, "Acta y fotos");
    assign(state, F, id, Assignment::Due(Some(due))).unwrap();
    id
}

fn at(item: ItemId, place: Place, advice: Advice) -> Given {
    Given { item, place, advice }
}

#[test]
fn a_commitment_without_anything_is_told_what_it_lacks() {
    let mut state = mesa(Phase::Agreements);
    let id = add(&mut state, F, 1, ItemKind::Commitment, None);
    assert_eq!(advice::of(&state), [], "nobody has begun it");
    put(&mut state, id, TextField::Title, "Agua limpia a la vista");
    assert_eq!(
        advice::of(&state),
        [
            at(id, Place::Components, Advice::NoComponent),
            at(id, Place::Target, Advice::IndicatorWithoutNumber),
            at(id, Place::Counterpart, Advice::NoCounterpart),
        ]
    );
    let id = good(&mut state, 2);
    assert!(advice::of(&state).iter().all(|given| given.item != id));
}

#[test]
fn an_indicator_needs_a_number_and_its_unit() {
    let mut state = mesa(Phase::Agreements);
    let id = good(&mut state, 1);
    let said = |state: &mut AtMesa, unit: &str, target: &str, what: &str| {
        put(state, id, TextField::Indicator, what);
        assign(state, F, id, Assignment::IndicatorUnit(short(unit))).unwrap();
        assign(state, F, id, Assignment::IndicatorTarget(short(target))).unwrap();
        advice::of(state).into_iter().map(|given| (given.place, given.advice)).collect::<Vec<_>>()
    };
    let number = (Place::Target, Advice::IndicatorWithoutNumber);
    let unit = (Place::Unit, Advice::IndicatorWithoutUnit);
    assert_eq!(said(&mut state, "localidades", "", "Localidades con resultado"), [number]);
    assert_eq!(said(&mut state, "localidades", "más que antes", "Localidades"), [number]);
    assert_eq!(said(&mut state, "", "14", "Con resultado publicado"), [unit]);
    assert_eq!(said(&mut state, "%", "100", "Con resultado publicado"), []);
    assert_eq!(said(&mut state, "", "14 localidades", "Con resultado publicado"), []);
    assert_eq!(said(&mut state, "", "100 %", "Con resultado publicado"), []);
    assert_eq!(said(&mut state, "", "100", "Porcentaje de localidades"), []);
    assert_eq!(said(&mut state, "", "", "Que 14 localidades tengan resultado"), []);
}

#[test]
fn a_name_is_only_a_name_where_the_objective_says_what_is_done() {
    let mut state = mesa(Phase::Agreements);
    let id = good(&mut state, 1);
    put(&mut state, id, TextField::Title, "Fomento a la transparencia");
    assert_eq!(advice::of(&state), []);
    put(&mut state, id, TextField::Objective, "Promover la transparencia en el municipio");
    let given: Vec<_> = advice::of(&state).into_iter().map(|given| given.place).collect();
    assert_eq!(given, [TextField::Title, TextField::Objective].map(Place::Text));
    let objective = state.item(id).unwrap();
    let words = advice::of(&state)[1].advice.words().unwrap();
    assert_eq!(words.of(objective.text(TextField::Objective)), "Promover");
}

#[test]
fn an_activity_says_what_is_delivered_in_one_of_its_two_texts() {
    let mut state = mesa(Phase::Agreements);
    let of = good(&mut state, 1);
    let id = deed(&mut state, 2, of, day(2027, 3, 31));
    assert_eq!(advice::of(&state), []);
    put(&mut state, id, TextField::Deliverable, "");
    let deliverable = Place::Text(TextField::Deliverable);
    assert_eq!(advice::of(&state), [at(id, deliverable, Advice::NoDeliverable)]);
    put(&mut state, id, TextField::Title, "Censo georreferenciado");
    assert_eq!(advice::of(&state), []);
    put(&mut state, id, TextField::Title, "Dar seguimiento a los vecinos");
    let given = advice::of(&state);
    assert_eq!(given.len(), 1, "one thing at a time: {given:?}");
    assert!(matches!(given[0].advice, Advice::OnlySoftVerbs(_)));
    put(&mut state, id, TextField::Deliverable, "Minuta");
    assert_eq!(advice::of(&state), []);
}

#[test]
fn activities_are_at_most_six_and_not_all_at_the_end() {
    let mut state = mesa(Phase::Agreements);
    let of = good(&mut state, 1);
    let late = Place::Activities;
    deed(&mut state, 2, of, day(2027, 9, 15));
    assert_eq!(advice::of(&state), [], "one activity has one date");
    deed(&mut state, 3, of, day(2027, 9, 1));
    assert_eq!(advice::of(&state), [at(of, late, Advice::AllDueInLastMonth)]);
    assign(&mut state, F, item(3), Assignment::Due(Some(day(2027, 8, 31)))).unwrap();
    assert_eq!(advice::of(&state), []);
    for number in 4..8 {
        deed(&mut state, number, of, day(2027, 3, 1));
    }
    assert_eq!(advice::of(&state), []);
    deed(&mut state, 8, of, day(2027, 3, 1));
    assert_eq!(advice::of(&state), [at(of, late, Advice::TooManyActivities { count: 7 })]);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(8) }))
        .unwrap();
    assert_eq!(advice::of(&state), []);
}

#[test]
fn problems_come_first_and_discarded_ones_are_left_alone() {
    let mut state = mesa(Phase::Agreements);
    let problem = add(&mut state, F, 1, ItemKind::Problem, None);
    put(&mut state, problem, TextField::Title, "Falta de una aplicación móvil");
    let commitment = good(&mut state, 2);
    assign(&mut state, F, commitment, Assignment::Counterpart(Party::Unnamed)).unwrap();
    let items: Vec<_> = advice::of(&state).into_iter().map(|given| given.item).collect();
    assert_eq!(items, [problem, commitment]);
    let discarded = Assignment::ProblemState(ProblemState::Discarded(short("No es un problema")));
    assign(&mut state, F, problem, discarded).unwrap();
    assert_eq!(advice::of(&state).len(), 1);
}

#[test]
fn what_is_being_typed_is_judged_instead_of_what_is_there() {
    let mut state = mesa(Phase::Agreements);
    let of = good(&mut state, 1);
    let id = deed(&mut state, 2, of, day(2027, 3, 31));
    let activity = state.item(id).unwrap();
    let advice =
        advice::of_field(&state, activity, Place::Post, Some("las autoridades competentes"));
    assert!(matches!(advice[..], [Advice::GenericResponsible(_)]));
    assert_eq!(advice::of_field(&state, activity, Place::Post, Some("Jefatura de Limpia")), []);
    assert_eq!(advice::of_field(&state, activity, Place::Post, None), []);
}

#[test]
fn feasibility_is_pending_until_somebody_is_named() {
    let mut state = mesa(Phase::Agreements);
    let id = good(&mut state, 1);
    let pending =
        |state: &AtMesa| state.deliberation.unconfirmed().map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(pending(&state), [id]);
    for (value, stays) in [
        (Feasibility::ConfirmedBy(short("")), true),
        (Feasibility::ConfirmedBy(short("Tesorería")), false),
        (Feasibility::WithReservations(short("")), true),
        (Feasibility::WithReservations(short("Depende del presupuesto 2027")), false),
    ] {
        assign(&mut state, F, id, Assignment::Feasibility(value.clone())).unwrap();
        assert_eq!(!pending(&state).is_empty(), stays, "{value:?}");
    }
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: id })).unwrap();
    assert_eq!(pending(&state), []);
}

#[test]
fn the_other_bad_examples_of_section_5_are_the_checks() {
    let mut state = mesa(Phase::Agreements);
    let problem = add(&mut state, F, 1, ItemKind::Problem, None);
    for (number, category) in [
        (10, Category::FollowTheMoney),
        (20, Category::FollowTheMoney),
        (30, Category::LocalProblem),
    ] {
        agreed(&mut state, number, category, problem);
    }
    let short = Finding::QuotaShort { category: Category::LocalProblem, missing: 1 };
    let found: Vec<_> = check::findings(&state).into_iter().map(|found| found.finding).collect();
    assert_eq!(found, [short]);
    let late = Assignment::Due(Some(day(2027, 10, 1)));
    assert!(assign(&mut state, F, item(11), late).is_err(), "after the plan's end");
}

#[test]
fn words_are_told_in_scalars_whatever_stands_before_them() {
    let ends = day(2027, 9, 30);
    for text in
        ["🌵 ñandú: se publicará periódicamente", "Se publicara\u{301} perio\u{301}dicamente"]
    {
        let place = Place::Text(TextField::Description);
        let advice = advice::of_text(ItemKind::Commitment, place, text, ends);
        let words = advice[0].words().unwrap().of(text);
        assert!(words.starts_with('p') && words.ends_with("dicamente"), "{words}");
    }
}

#[test]
fn a_plan_of_24_commitments_takes_a_moment() {
    const LONG: &str = "Establecer los mecanismos de coordinación que permitan publicar en datos abiertos \
        la información de los programas sociales, con la participación de la academia y el sector privado. ";
    let mut state = mesa(Phase::Agreements);
    for number in 0..24 {
        let of = good(&mut state, number * 10 + 1);
        for field in [TextField::Description, TextField::Contribution, TextField::ExpectedResult] {
            put(&mut state, of, field, &LONG.repeat(3));
        }
        for part in 2..8 {
            deed(&mut state, number * 10 + part, of, day(2027, 3, 1));
        }
    }
    let took = |run: &dyn Fn() -> usize| {
        let took = (0..20).map(|_| {
            let begun = Instant::now();
            std::hint::black_box(run());
            begun.elapsed()
        });
        took.min().unwrap()
    };
    let whole = took(&|| advice::of(&state).len());
    let commitment = state.item(item(1)).unwrap();
    let longest = LONG.repeat(30);
    let place = Place::Text(TextField::Description);
    let field = took(&|| advice::of_field(&state, commitment, place, Some(&longest)).len());
    println!("24 commitments: {whole:?}; a field of {} letters: {field:?}", longest.len());
    assert!(whole < Duration::from_millis(5), "{whole:?}");
    assert!(field < Duration::from_millis(1), "{field:?}");
}
