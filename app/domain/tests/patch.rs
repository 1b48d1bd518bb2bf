//! Properties of text patches, for any text and any pair of people.

#![allow(clippy::unwrap_used)]

use domain::Patch;
use domain::text::patch::{PatchError, Step, Tie, scalars};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("a"),
            Just("ñ"),
            Just("e\u{301}"),
            Just("👩🏽‍👧"),
            Just("ש"),
            Just("\n"),
            Just("x")
        ],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

/// A patch that applies to a text of `length` scalars.
fn patch_for(length: u32) -> impl Strategy<Value = Patch> {
    let tie = prop_oneof![Just(Tie::Free), Just(Tie::Before), (1..4_u32).prop_map(Tie::After)];
    proptest::collection::vec((0..3_u8, 0..6_u32, text(), tie), 0..6).prop_map(move |steps| {
        let mut left = length;
        let mut out = Vec::new();
        for (kind, count, inserted, tie) in steps {
            match kind {
                0 => out.push(Step::Insert(inserted, tie)),
                1 => {
                    out.push(Step::Retain(count.min(left)));
                    left -= count.min(left);
                }
                _ => {
                    out.push(Step::Delete(count.min(left)));
                    left -= count.min(left);
                }
            }
        }
        Patch::try_from(out).unwrap()
    })
}

fn text_and_two() -> impl Strategy<Value = (String, Patch, Patch)> {
    text().prop_flat_map(|text| {
        let length = scalars(&text);
        (Just(text), patch_for(length), patch_for(length))
    })
}

proptest! {
    #[test]
    fn two_changes_of_one_text_meet_in_the_same_text((text, earlier, late) in text_and_two()) {
        let (earlier_after, late_after) = Patch::transform_pair(&earlier, &late);
        let one_way = late_after.apply(&earlier.apply(&text).unwrap()).unwrap();
        let other_way = earlier_after.apply(&late.apply(&text).unwrap()).unwrap();
        prop_assert_eq!(&one_way, &other_way);
        for inserted in earlier.insertions().chain(late.insertions()) {
            prop_assert!(one_way.contains(inserted), "«{}» was lost", inserted);
        }
    }

    #[test]
    fn composing_is_applying_one_after_the_other((text, first, second) in text().prop_flat_map(|text| {
        let length = scalars(&text);
        (Just(text), patch_for(length))
    }).prop_flat_map(|(text, first)| {
        let after = scalars(&first.apply(&text).unwrap());
        (Just(text), Just(first), patch_for(after))
    })) {
        let stepwise = second.apply(&first.apply(&text).unwrap()).unwrap();
        prop_assert_eq!(first.compose(&second).apply(&text).unwrap(), stepwise);
    }

    #[test]
    fn an_inverse_gives_the_text_back((text, patch, _) in text_and_two()) {
        let inverse = patch.invert(&text).unwrap();
        prop_assert_eq!(inverse.apply(&patch.apply(&text).unwrap()).unwrap(), text);
    }

    #[test]
    fn a_patch_reads_back_from_the_log_and_from_a_frame((_, patch, _) in text_and_two()) {
        let json = serde_json::to_string(&patch).unwrap();
        prop_assert_eq!(serde_json::from_str::<Patch>(&json).unwrap(), patch.clone());
        let frame = postcard::to_stdvec(&patch).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Patch>(&frame).unwrap(), patch);
    }

    #[test]
    fn a_caret_stays_with_its_words((text, patch, _) in text_and_two(), at in 0..20_u32) {
        let at = at.min(scalars(&text));
        let moved = patch.map_position(at);
        prop_assert!(moved <= scalars(&patch.apply(&text).unwrap()));
    }
}

#[test]
fn what_the_server_took_first_stands_left() {
    let ana = Patch::splice(1, 0, "A");
    let beto = Patch::splice(1, 0, "B");
    assert_eq!(beto.after(&ana).apply(&ana.apply("xy").unwrap()).unwrap(), "xABy");
}

/// The result of two concurrent changes of a text, the second one late.
fn meeting(text: &str, earlier: &Patch, late: &Patch) -> String {
    let (earlier_after, late_after) = Patch::transform_pair(earlier, late);
    let met = late_after.apply(&earlier.apply(text).unwrap()).unwrap();
    assert_eq!(earlier_after.apply(&late.apply(text).unwrap()).unwrap(), met);
    met
}

fn belonging(patch: Patch, tie: Tie) -> Patch {
    patch.tied(|_| Some(tie))
}

#[test]
fn what_goes_on_with_a_word_stands_beside_it_whoever_was_first() {
    let goes_on = belonging(Patch::splice(3, 0, "d"), Tie::After(3));
    let begins = Patch::splice(3, 0, "X");
    // (text, one, other, both)
    let cases = [
        ("abc", goes_on.clone(), begins.clone(), "abcdX"),
        // c is replaced, or deleted and something else inserted there, while d is typed.
        ("abc", goes_on.clone(), Patch::splice(2, 1, "X"), "abdX"),
        ("abc", goes_on.clone(), Patch::splice(1, 2, "X"), "adX"),
        ("abc", goes_on.clone(), Patch::splice(2, 1, ""), "abd"),
        ("abcef", goes_on.clone(), Patch::splice(2, 3, "X"), "abdX"),
        // Somebody wrote inside the word: what follows stays where it was typed.
        ("abc", goes_on.clone(), Patch::splice(2, 0, "X"), "abXcd"),
        // The first letter of a word is replaced while somebody writes before it.
        ("a b", belonging(Patch::splice(2, 1, "B"), Tie::Before), Patch::splice(2, 0, "X"), "a XB"),
    ];
    for (text, one, other, both) in cases {
        assert_eq!(meeting(text, &one, &other), both, "{one:?} {other:?}");
        assert_eq!(meeting(text, &other, &one), both, "{other:?} {one:?}");
    }
    // Nothing is left that it continues: then it is like any other insertion.
    let all = Patch::splice(0, 3, "X");
    assert_eq!(
        (meeting("abc", &all, &goes_on), meeting("abc", &goes_on, &all)),
        ("Xd".to_owned(), "Xd".to_owned())
    );
}

#[test]
fn how_much_a_letter_goes_on_with_is_carried_along() {
    let reach = |patch: &Patch| match patch.steps() {
        [.., Step::Insert(_, Tie::After(count))] => *count,
        _ => 0,
    };
    let late = belonging(Patch::splice(5, 0, "f"), Tie::After(4));
    for (earlier, left) in [
        (Patch::splice(4, 1, ""), 3),
        (Patch::splice(0, 1, ""), 4),
        (Patch::splice(1, 4, ""), 0),
        (Patch::splice(3, 0, "X"), 2),
        (Patch::splice(2, 1, "X"), 2),
        (Patch::splice(0, 0, "X"), 4),
        (Patch::splice(5, 0, "X"), 4),
    ] {
        assert_eq!(reach(&late.after(&earlier)), left, "{earlier:?}");
    }
    // Typed one after the other: the second continues the first.
    let word = belonging(Patch::splice(5, 0, "f"), Tie::After(4))
        .compose(&belonging(Patch::splice(6, 0, "g"), Tie::After(5)));
    assert_eq!(word, belonging(Patch::splice(5, 0, "fg"), Tie::After(4)));
    // Deleted and typed again.
    let again =
        Patch::splice(4, 1, "").compose(&belonging(Patch::splice(4, 0, "x"), Tie::After(3)));
    assert_eq!(again, belonging(Patch::splice(4, 1, "x"), Tie::After(3)));
    // In front of earlier typing: it belongs where that belongs.
    let before = belonging(Patch::splice(2, 0, "ola"), Tie::After(1))
        .compose(&belonging(Patch::splice(2, 0, "h"), Tie::Before));
    assert_eq!(before, belonging(Patch::splice(2, 0, "hola"), Tie::After(1)));
}

#[test]
fn what_a_patch_becomes_by_others_can_be_read_again() {
    // Somebody deletes every word of a text while somebody else inserts one into each.
    let places = 1_000;
    let everywhere = |steps: [Step; 2]| Patch::try_from(vec![steps; places].concat()).unwrap();
    let taken_out = everywhere([Step::Delete(3), Step::Retain(1)]);
    let put_in = everywhere([Step::Insert("x".to_owned(), Tie::Free), Step::Retain(4)]);
    let put_in = Patch::try_from([&[Step::Retain(2)], put_in.steps()].concat()).unwrap();
    let late = taken_out.after(&put_in);
    assert!(late.steps().len() > 3_000);
    let json = serde_json::to_string(&late).unwrap();
    assert_eq!(serde_json::from_str::<Patch>(&json).unwrap(), late);
    assert_eq!(postcard::from_bytes::<Patch>(&postcard::to_stdvec(&late).unwrap()).unwrap(), late);
}

#[test]
fn the_log_form_is_short_and_readable() {
    let patch = Patch::splice(5, 3, "texto");
    assert_eq!(serde_json::to_string(&patch).unwrap(), r#"[5,"texto",-3]"#);
    assert_eq!(
        serde_json::to_string(&belonging(patch.clone(), Tie::After(4))).unwrap(),
        r#"[5,["texto",4],-3]"#
    );
    assert_eq!(
        serde_json::to_string(&belonging(patch, Tie::Before)).unwrap(),
        r#"[5,["texto",-1],-3]"#
    );
}

#[test]
fn a_patch_beyond_the_end_is_refused_and_nothing_panics() {
    assert_eq!(
        Patch::splice(4, 0, "a").apply("ñandú".get(..4).unwrap()),
        Err(PatchError::OutOfRange)
    );
    assert_eq!(Patch::splice(0, u32::MAX, "").apply("abc"), Err(PatchError::OutOfRange));
    assert_eq!(
        Patch::try_from(vec![Step::Retain(u32::MAX), Step::Delete(2)]),
        Err(PatchError::TooManySteps)
    );
}

#[test]
fn a_caret_moves_with_what_is_put_in_or_taken_out_before_it() {
    assert_eq!(Patch::splice(0, 0, "hola ").map_position(3), 8);
    assert_eq!(Patch::splice(3, 0, "hola ").map_position(3), 3);
    assert_eq!(Patch::splice(0, 2, "").map_position(3), 1);
    assert_eq!(Patch::splice(1, 9, "").map_position(3), 1);
    assert_eq!(Patch::splice(7, 2, "z").map_position(3), 3);
}

/// Every patch of a text of so many scalars that inserts nothing or one of `letters` into each gap
/// and keeps or deletes each scalar.
fn every_patch(length: u32, letters: [&str; 2]) -> Vec<Patch> {
    let mut patches = vec![Vec::new()];
    for place in 0..=length {
        let mut longer = Vec::new();
        for steps in &patches {
            for inserted in ["", letters[0], letters[1]] {
                let mut steps: Vec<Step> = Clone::clone(steps);
                let tie = if inserted == letters[1] { Tie::After(2) } else { Tie::Free };
                steps.push(Step::Insert(inserted.to_owned(), tie));
                if place == length {
                    longer.push(steps);
                    continue;
                }
                for step in [Step::Retain(1), Step::Delete(1)] {
                    longer.push([&steps[..], &[step]].concat());
                }
            }
        }
        patches = longer;
    }
    patches.into_iter().map(|steps| Patch::try_from(steps).unwrap()).collect()
}

#[test]
fn every_two_changes_of_every_short_text_meet_in_the_same_text() {
    let mut pairs = 0;
    for text in ["", "a", "aé", "aé👩"] {
        let length = scalars(text);
        let lates = every_patch(length, ["y", "ש"]);
        for earlier in every_patch(length, ["x", "ñ"]) {
            let after_earlier = earlier.apply(text).unwrap();
            for late in &lates {
                let (earlier_after, late_after) = Patch::transform_pair(&earlier, late);
                let one_way = late_after.apply(&after_earlier).unwrap();
                assert_eq!(
                    one_way,
                    earlier_after.apply(&late.apply(text).unwrap()).unwrap(),
                    "{text:?} {earlier:?} {late:?}"
                );
                let inserted = earlier
                    .insertions()
                    .chain(late.insertions())
                    .map(|text| text.chars().count())
                    .sum::<usize>();
                let letters =
                    one_way.chars().filter(|letter| ['x', 'ñ', 'y', 'ש'].contains(letter)).count();
                assert_eq!(letters, inserted, "{text:?} {earlier:?} {late:?}");
                pairs += 1;
            }
        }
    }
    assert_eq!(pairs, 3 * 3 + 18 * 18 + 108 * 108 + 648 * 648);
}
