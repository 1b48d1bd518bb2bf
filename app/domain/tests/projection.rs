//! What each audience gets: the folded events give the projected state, and nothing private is in
//! the bytes.
//! For any history.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::{conduct, deliberation, exercise, people, priority, veil};
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::conduct::wall::Wall;
use domain::project::project;
use domain::{
    ContributionKind, Event, Exercise, Item, ItemId, Mesa, MesaNumber, Phase, Projected, Role,
    TextField, Viewer,
};
use mesa::{
    AtMesa, CALLED, CODE, HERE, IN_THE_DOCUMENT, IN_THE_PACK, NOTED, OTHER, PAUSED_FOR, TOKEN,
    VEILED, history, person, steps,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

const VIEWERS: [Viewer; 5] = [
    Viewer::Facilitation(HERE),
    Viewer::Facilitation(OTHER),
    Viewer::Seat(HERE),
    Viewer::Seat(OTHER),
    Viewer::Public,
];
/// All viewers but the facilitation of [`HERE`].
const OTHERS: [Viewer; 4] =
    [Viewer::Facilitation(OTHER), Viewer::Seat(HERE), Viewer::Seat(OTHER), Viewer::Public];

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Every form in which a token may appear in bytes.
fn secrets() -> Vec<Vec<u8>> {
    vec![
        TOKEN.0[..8].to_vec(),
        TOKEN.to_string().as_bytes()[..16].to_vec(),
        CODE.as_bytes().to_vec(),
    ]
}

fn both_encodings<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = postcard::to_stdvec(value).unwrap();
    bytes.extend(serde_json::to_vec(value).unwrap());
    bytes
}

fn mesas(state: &AtMesa) -> impl Iterator<Item = &Arc<Mesa>> {
    state.0.mesas.values()
}

/// What an audience may know of texts that are hidden from it now: what was written while they
/// weren't.
fn hidden_texts(state: &AtMesa) -> BTreeMap<(ItemId, TextField), String> {
    let hidden = mesas(state)
        .flat_map(|mesa| mesa.deliberation.items.values().filter(|item| !mesa.is_visible(item)));
    hidden
        .flat_map(|item| item.texts.iter().map(|(field, text)| ((item.id, *field), text.clone())))
        .collect()
}

/// The words of a mesa's hidden contributions, and the reasons of their answers.
fn hidden_remarks(state: &AtMesa, number: MesaNumber) -> Vec<String> {
    let contributions = mesas(state)
        .filter(|mesa| mesa.number == number)
        .flat_map(|mesa| mesa.deliberation.items.values())
        .filter_map(|item| item.as_contribution())
        .filter(|contribution| contribution.hidden);
    contributions
        .flat_map(|c| c.text.iter().chain(&c.response.reason))
        .map(ToString::to_string)
        .collect()
}

/// The generated histories cover what the properties below are about, so that none of them holds
/// vacuously.
#[test]
fn the_histories_have_everything_in_them() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for _ in 0..900 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        for (event, after) in history(&steps) {
            *seen.entry(event.name()).or_default() += 1;
            let mut note = |what, holds| *seen.entry(what).or_default() += usize::from(holds);
            let contributions =
                || after.deliberation.items.values().filter_map(|item| item.as_contribution());
            note("read out or later", after.conduct.phase >= Phase::ReadOut);
            note("an objection", contributions().any(|c| c.kind == ContributionKind::Objection));
            note("hidden", contributions().any(|c| c.hidden));
            note(
                "hidden and answered",
                contributions().any(|c| c.hidden && c.response.reason.is_some()),
            );
            let hidden = |item: &Arc<Item>| item.as_contribution().is_some_and(|c| c.hidden);
            note(
                "hidden and deleted",
                after.deliberation.items.values().any(|item| item.removed && hidden(item)),
            );
            note(
                "deleted with parts",
                after.deliberation.items.values().any(|item| {
                    !item.removed && !after.is_visible(item) && item.as_solution().is_some()
                }),
            );
            note(
                "merged",
                after
                    .deliberation
                    .problems
                    .iter()
                    .any(|problem| after.deliberation.counts_for(*problem) != *problem),
            );
            note("overridden", !after.conduct.overrides.is_empty());
            note("has siblings", !after.siblings.is_empty());
            let other = after.0.mesa(OTHER);
            note(
                "written at another mesa",
                other.is_some_and(|mesa| {
                    mesa.deliberation.items.values().any(|item| !item.texts.is_empty())
                }),
            );
            note(
                "hidden at another mesa",
                other.is_some_and(|mesa| mesa.deliberation.items.values().any(hidden)),
            );
            note(
                "opened while the plan is read out",
                matches!(event, Event::Exercise(exercise::Event::MesaDescribed { .. }))
                    && after.conduct.phase >= Phase::ReadOut,
            );
            note(
                "replaced",
                after.deliberation.items.values().any(|item| !item.replaced.is_empty()),
            );
        }
    }
    let expected = [
        "item_added",
        "item_removed",
        "item_restored",
        "item_moved",
        "text_patched",
        "assigned",
        "contributed",
        "hidden_set",
        "check_overridden",
        "override_withdrawn",
        "phase_changed",
        "shown_changed",
        "arrived",
        "left",
        "came_late",
        "late_asked",
        "late_settled",
        "stood_still",
        "notice_accepted",
        "name_public_set",
        "entries_merged",
        "entries_parted",
        "sections_written",
        "read out or later",
        "an objection",
        "hidden",
        "hidden and answered",
        "hidden and deleted",
        "deleted with parts",
        "merged",
        "overridden",
        "replaced",
        "has siblings",
        "written at another mesa",
        "hidden at another mesa",
        "opened while the plan is read out",
        "plan_frozen",
        "commitment_read_out",
        "conformity_asked",
        "conformity_stated",
        "signing_opened",
        "signing_pages_set",
        "signature_marked",
        "floor_asked",
        "floor_unlisted",
        "floor_moved",
        "floor_called",
        "floor_spoke",
        "floor_ended",
        "turn_minutes_set",
        "clock_set",
        "turn_extended",
        "round_opened",
        "round_marked",
        "round_closed",
        "wall_taken",
        "wall_held",
        "lined_up",
        "left_out",
        "note_written",
        "note_erased",
        "muted",
        "mute_lifted",
        "clock_moved",
        "priority_opened",
        "priority_given",
        "priority_closed",
        "priority_cancelled",
        "veil_drawn",
        "veiled_written",
        "veiled_withdrawn",
        "veil_lifted",
    ];
    for what in expected {
        assert!(seen.get(what).is_some_and(|times| *times >= 20), "{what}: {seen:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_what_an_audience_got_gives_what_it_may_see(steps in steps()) {
        let history = history(&steps);
        for viewer in VIEWERS {
            let mut seen = AtMesa::default();
            for (event, after) in &history {
                seen.apply_projected(&project(event, &after.0, viewer));
                prop_assert_eq!(&seen, &after.for_viewer(viewer));
            }
        }
    }

    #[test]
    fn a_late_comer_s_snapshot_continues_like_everyone_s(steps in steps(), from in any::<prop::sample::Index>()) {
        let history = history(&steps);
        let from = from.index(history.len());
        for viewer in VIEWERS {
            let mut seen = history[from].1.for_viewer(viewer);
            for (event, after) in &history[from + 1..] {
                seen.apply_projected(&project(event, &after.0, viewer));
            }
            prop_assert_eq!(&seen, &history.last().unwrap().1.for_viewer(viewer));
        }
    }

    #[test]
    fn no_secret_of_the_registry_is_sent_to_anybody(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                let event = both_encodings(&project(event, &after.0, viewer));
                let snapshot = both_encodings(&after.for_viewer(viewer));
                for secret in secrets() {
                    prop_assert!(!holds(&event, &secret), "a secret is in an event for {viewer:?}");
                    prop_assert!(!holds(&snapshot, &secret), "a secret is in a snapshot for {viewer:?}");
                }
            }
        }
    }

    #[test]
    fn the_sections_of_the_document_are_sent_to_no_device(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                let mut sent = both_encodings(&project(event, &after.0, viewer));
                sent.extend(both_encodings(&after.for_viewer(viewer)));
                prop_assert!(!holds(&sent, IN_THE_DOCUMENT.as_bytes()), "{viewer:?}");
                prop_assert!(!holds(&sent, IN_THE_PACK.as_bytes()), "{viewer:?}");
            }
        }
    }

    #[test]
    fn the_public_learns_neither_who_came_nor_who_wrote(steps in steps()) {
        for (event, after) in &history(&steps) {
            let mut sent = both_encodings(&project(event, &after.0, Viewer::Public));
            sent.extend(both_encodings(&after.for_viewer(Viewer::Public)));
            for role in Role::ALL {
                prop_assert!(!holds(&sent, person(role).0.as_bytes()), "the {role:?}'s id is public");
                prop_assert!(!holds(&sent, person(role).to_string().as_bytes()), "the {role:?}'s id is public");
            }
            prop_assert!(!holds(&sent, "ORGANIZACIÓN DE QUIEN VINO".as_bytes()), "an attendee's organisation is public");
        }
    }

    #[test]
    fn who_came_and_what_they_allowed_is_for_the_facilitation_of_that_mesa_alone(steps in steps()) {
        for (event, after) in &history(&steps) {
            let at = if let Event::People(event) = event { event.mesa() } else { None };
            for viewer in VIEWERS {
                let told = |mesa: MesaNumber| viewer == Viewer::Facilitation(mesa);
                // That two are one is told to the whole mesa: what either added is the other's own.
                let merges = matches!(event, Event::People(people::Event::EntriesMerged { .. } | people::Event::EntriesParted { .. }));
                let sits = |mesa: MesaNumber| told(mesa) || (merges && viewer == Viewer::Seat(mesa));
                prop_assert!(at.is_none_or(sits) || project(event, &after.0, viewer) == Projected::Hidden);
                for (seen, mesa) in mesas(&after.for_viewer(viewer)).zip(mesas(after)) {
                    let right = if told(mesa.number) { seen.people.attendees == mesa.people.attendees } else { seen.people.attendees.is_empty() };
                    prop_assert!(right, "{viewer:?}");
                    let sits = told(mesa.number) || viewer == Viewer::Seat(mesa.number);
                    let merged = if sits { seen.people.merged == mesa.people.merged } else { seen.people.merged.is_empty() };
                    prop_assert!(merged, "{viewer:?}");
                }
            }
        }
    }

    #[test]
    fn how_long_each_spoke_and_what_they_were_called_is_for_their_facilitation(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                for (seen, mesa) in mesas(&after.for_viewer(viewer)).zip(mesas(after)) {
                    let spoke = if viewer == Viewer::Facilitation(mesa.number) { &mesa.floor.spoke[..] } else { &[] };
                    prop_assert_eq!(&seen.floor.spoke[..], spoke);
                    // The order, the turn and the clocks are everybody's.
                    let order = |mesa: &Mesa| mesa.floor.waiting.iter().map(|entry| entry.id).collect::<Vec<_>>();
                    prop_assert_eq!(order(seen), order(mesa));
                    prop_assert_eq!(seen.floor.turn.as_ref().map(|turn| turn.timer), mesa.floor.turn.as_ref().map(|turn| turn.timer));
                    prop_assert_eq!(seen.floor.clock, mesa.floor.clock);
                }
                let leads = [HERE, OTHER].map(Viewer::Facilitation).contains(&viewer);
                let mut sent = both_encodings(&project(event, &after.0, viewer));
                sent.extend(both_encodings(&after.for_viewer(viewer)));
                prop_assert!(leads || !holds(&sent, CALLED.as_bytes()), "{viewer:?} got what somebody was called");
            }
        }
    }

    #[test]
    fn how_an_organisation_divided_its_points_is_sent_to_nobody(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                let sent = project(event, &after.0, viewer);
                let told = matches!(sent, Projected::Event(Event::Priority(_, priority::Event::Given { share: Some(_), .. })));
                prop_assert!(!told, "{viewer:?}");
                for (seen, mesa) in mesas(&after.for_viewer(viewer)).zip(mesas(after)) {
                    let given = seen.priority.open.iter().flat_map(|open| open.given.values());
                    prop_assert!(given.map(|given| &given.share).all(Option::is_none), "{viewer:?}");
                    prop_assert_eq!(&seen.priority.closed, &mesa.priority.closed);
                }
            }
        }
    }

    #[test]
    fn what_is_behind_the_veil_is_sent_to_nobody_before_it_is_lifted(steps in steps()) {
        let mut lifted = [HERE, OTHER].map(|_| false);
        for (event, after) in &history(&steps) {
            if let Event::Veil(mesa, veil::Event::Lifted) = event {
                lifted[usize::from(*mesa == OTHER)] = true;
            }
            for viewer in VIEWERS {
                let snapshot = after.for_viewer(viewer);
                for (seen, mesa) in mesas(&snapshot).zip(mesas(after)) {
                    let count = |mesa: &Mesa| mesa.veil.drawn.as_ref().map(|veil| veil.count);
                    prop_assert_eq!(count(seen), count(mesa));
                    let held = mesa.veil.drawn.as_ref().map_or(0, |veil| veil.problems.len());
                    prop_assert_eq!(usize::from(count(mesa).unwrap_or(0)), held);
                    prop_assert!(seen.veil.drawn.iter().all(|veil| veil.problems.is_empty()), "{viewer:?}");
                }
                if lifted == [false, false] {
                    let mut sent = both_encodings(&project(event, &after.0, viewer));
                    sent.extend(both_encodings(&snapshot));
                    prop_assert!(!holds(&sent, VEILED.as_bytes()), "{viewer:?}");
                }
            }
        }
    }

    #[test]
    fn who_leads_the_wall_what_comes_next_and_the_notes_are_for_their_facilitation(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                for (seen, mesa) in mesas(&after.for_viewer(viewer)).zip(mesas(after)) {
                    if viewer == Viewer::Facilitation(mesa.number) {
                        prop_assert_eq!(&seen.conduct.wall, &mesa.conduct.wall);
                        prop_assert_eq!(&seen.conduct.notes, &mesa.conduct.notes);
                        prop_assert_eq!(&seen.conduct.muted, &mesa.conduct.muted);
                    } else {
                        prop_assert!(seen.conduct.notes.is_empty() && seen.conduct.muted.is_empty());
                        let held = mesa.conduct.wall.held;
                        prop_assert_eq!(&seen.conduct.wall, &Wall { held, ..Wall::default() });
                    }
                }
                let leads = [HERE, OTHER].map(Viewer::Facilitation).contains(&viewer);
                let mut sent = both_encodings(&project(event, &after.0, viewer));
                sent.extend(both_encodings(&after.for_viewer(viewer)));
                prop_assert!(leads || !holds(&sent, NOTED.as_bytes()), "{viewer:?} got a private note");
                prop_assert!(leads || !holds(&sent, PAUSED_FOR.as_bytes()), "{viewer:?} got why somebody may not write");
            }
        }
    }

    #[test]
    fn late_texts_are_for_their_facilitation_and_the_call_for_them_is_for_their_mesa(steps in steps()) {
        for (event, after) in &history(&steps) {
            for viewer in VIEWERS {
                if let Event::Conduct(at, conduct::Event::CameLate(_) | conduct::Event::LateSettled { .. } | conduct::Event::StoodStill(_)) = event {
                    prop_assert!(viewer == Viewer::Facilitation(*at) || project(event, &after.0, viewer) == Projected::Hidden);
                }
                if let Event::Conduct(at, conduct::Event::LateAsked | conduct::Event::NoticeCounted { .. }) = event {
                    let theirs = [Viewer::Facilitation(*at), Viewer::Seat(*at)].contains(&viewer);
                    let expected = if theirs { Projected::Event(event.clone()) } else { Projected::Hidden };
                    prop_assert_eq!(project(event, &after.0, viewer), expected);
                }
                for (seen, mesa) in mesas(&after.for_viewer(viewer)).zip(mesas(after)) {
                    if viewer == Viewer::Facilitation(mesa.number) {
                        prop_assert!(seen.conduct.late == mesa.conduct.late && seen.conduct.pauses == mesa.conduct.pauses);
                    } else {
                        prop_assert!(seen.conduct.late.is_empty() && seen.conduct.pauses.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn of_another_mesa_nobody_gets_more_than_the_public(steps in steps()) {
        for (event, after) in &history(&steps) {
            let public = after.for_viewer(Viewer::Public);
            for viewer in [Viewer::Facilitation(OTHER), Viewer::Seat(OTHER)] {
                // What is agreed on is the exercise's, and not that mesa's.
                let mut seen = after.for_viewer(viewer);
                seen.0.plan = Arc::clone(&public.0.plan);
                let seen: Exercise = postcard::from_bytes(&postcard::to_stdvec(&seen.0).unwrap()).unwrap();
                prop_assert_eq!(seen.mesa(HERE), public.0.mesa(HERE));
                if domain::project::mesa_of(event, &after.0) == Some(HERE) {
                    prop_assert_eq!(project(event, &after.0, viewer), project(event, &after.0, Viewer::Public));
                }
            }
        }
    }

    #[test]
    fn the_public_s_snapshot_has_no_deleted_text(steps in steps()) {
        for (_, after) in &history(&steps) {
            let public = after.for_viewer(Viewer::Public);
            for (seen, mesa) in mesas(&public).zip(mesas(after)) {
                prop_assert!(seen.deliberation.items.values().filter(|item| !mesa.is_visible(item)).all(|item| item.texts.is_empty()));
            }
            let snapshot = both_encodings(&public);
            let visible = mesas(after).flat_map(|mesa| mesa.deliberation.items.values().filter(|item| mesa.is_visible(item)));
            let shown: String = visible.flat_map(|item| item.texts.values()).cloned().collect();
            for text in hidden_texts(after).values().filter(|text| text.len() >= 6 && !shown.contains(text.as_str())) {
                prop_assert!(!holds(&snapshot, text.as_bytes()), "«{text}» was deleted and is public");
            }
        }
    }

    #[test]
    fn a_hidden_contribution_is_in_nothing_that_others_than_its_facilitation_get(steps in steps()) {
        let mut hidden: Vec<String> = Vec::new();
        for (event, after) in &history(&steps) {
            // What was hidden before this event isn't in what is sent of it, unless the event shows
            // it again.
            let shown_again = matches!(event, Event::Deliberation(deliberation::Event::HiddenSet { .. } | deliberation::Event::ItemRestored { .. }));
            let here = hidden_remarks(after, HERE);
            for viewer in OTHERS {
                let snapshot = both_encodings(&after.for_viewer(viewer));
                let sent = if shown_again { Vec::new() } else { both_encodings(&project(event, &after.0, viewer)) };
                for text in &here {
                    prop_assert!(!holds(&snapshot, text.as_bytes()), "{text} is hidden and in a snapshot");
                    let was_hidden = hidden.contains(text);
                    prop_assert!(!was_hidden || !holds(&sent, text.as_bytes()), "{text} is hidden and sent to {viewer:?}: {event:?}");
                }
            }
            hidden = here;
        }
    }

    #[test]
    fn the_facilitation_reads_what_it_hid(steps in steps()) {
        for (_, after) in &history(&steps) {
            for mesa in [HERE, OTHER] {
                let snapshot = both_encodings(&after.for_viewer(Viewer::Facilitation(mesa)));
                for text in hidden_remarks(after, mesa) {
                    prop_assert!(holds(&snapshot, text.as_bytes()));
                }
            }
        }
    }

    #[test]
    fn what_was_replaced_is_not_in_what_the_public_gets(steps in steps()) {
        for (_, after) in &history(&steps) {
            prop_assert!(mesas(&after.for_viewer(Viewer::Public)).flat_map(|mesa| mesa.deliberation.items.values()).all(|item| item.replaced.is_empty()));
        }
    }

    #[test]
    fn nothing_happens_to_a_deleted_item_before_the_public_s_eyes(steps in steps()) {
        let history = history(&steps);
        for pair in history.windows(2) {
            let [(_, before), (event, after)] = pair else { continue };
            let sent = project(event, &after.0, Viewer::Public);
            if let Projected::Event(Event::Deliberation(deliberation::Event::TextPatched { item, .. } | deliberation::Event::Assigned { item, .. })) | Projected::Assigned { item, .. } = &sent {
                let mesa = before.0.mesa_of(*item).unwrap();
                prop_assert!(mesa.is_visible(mesa.item(*item).unwrap()));
            }
        }
    }
}
