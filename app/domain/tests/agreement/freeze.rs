//! Versions: when there is another one, and what it has.

use domain::agreement::{Became, Event as Agreed, Version};
use domain::project::project;
use domain::{Command, Event, ItemKind, MesaNumber, Phase, Projected, Viewer, deliberation};

use crate::table::Table;

fn versions(table: &Table) -> Vec<u16> {
    table.exercise.plan.versions.iter().map(|version| version.number).collect()
}

#[test]
fn the_read_out_begins_with_a_version_of_the_plan() {
    let mut table = Table::new();
    assert!(versions(&table).is_empty());
    let events = table.go(Phase::ReadOut);
    let names: Vec<_> = events.iter().map(Event::name).collect();
    assert_eq!(names, ["phase_changed", "plan_frozen", "commitment_read_out"]);
    let version = table.exercise.plan.version().unwrap();
    assert_eq!((version.number, version.at), (1, table.now));
    let items: Vec<_> = version.commitments.iter().map(|frozen| frozen.item).collect();
    assert_eq!(items, table.commitments);
}

#[test]
fn going_back_and_changing_a_word_makes_another_version_in_which_only_that_text_differs() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::ReadOut);
    assert_eq!(versions(&table), [1, 2]);
    let [one, two] = &table.exercise.plan.versions[..] else { panic!("two versions") };
    let same = |at: usize| one.commitments[at] == two.commitments[at];
    assert_eq!([same(0), same(1), same(2)], [true, false, true]);
}

#[test]
fn what_became_of_each_commitment_is_said_also_where_nothing_did() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    let remove = deliberation::Command::Remove { item: table.commitments[2] };
    table.lead(Command::Deliberation(remove)).unwrap();
    let new = crate::mesa::item(77);
    let add = deliberation::Command::Add { item: new, kind: ItemKind::Commitment, parent: None };
    table.lead(Command::Deliberation(add)).unwrap();
    table.go(Phase::ReadOut);
    let plan = &table.exercise.plan;
    let became = |version, at: usize| plan.became(version, table.commitments[at]);
    assert_eq!((became(1, 0), plan.number_before(1)), (None, None), "the first has none before");
    assert_eq!((became(2, 0), plan.number_before(2)), (Some(Became::Same), Some(1)));
    assert!(matches!(became(2, 1), Some(Became::Changed(_))));
    assert_eq!(plan.became(2, new), Some(Became::New));
    assert_eq!((became(2, 2), plan.gone(2), plan.gone(1)), (None, vec![3], vec![]));
}

#[test]
fn what_did_not_change_is_still_the_same_version() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    table.go(Phase::Agreements);
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    table.go(Phase::ReadOut);
    assert_eq!(versions(&table), [1]);
}

#[test]
fn a_plan_that_skips_its_read_out_is_frozen_all_the_same() {
    let mut table = Table::new();
    let events = table.go(Phase::Conformity);
    let names: Vec<_> = events.iter().map(Event::name).collect();
    assert_eq!(names, ["phase_changed", "plan_frozen", "commitment_read_out", "conformity_asked"]);
}

#[test]
fn devices_get_the_version_without_its_text() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    let frozen = table.log.iter().find(|event| event.name() == "plan_frozen").unwrap();
    let Event::Agreement(Agreed::Frozen(version)) = frozen else { panic!("a version") };
    assert!(version.text.is_some(), "the log has its text");
    for viewer in [Viewer::Facilitation(MesaNumber(1)), Viewer::Public] {
        let sent = project(frozen, &table.exercise, viewer);
        let expected = Agreed::Frozen(Box::new(Version { text: None, ..*version.clone() }));
        assert_eq!(sent, Projected::Event(Event::Agreement(expected)));
    }
}
