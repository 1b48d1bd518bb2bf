//! The optional sections of the plan's document: what they may be, and until when they change.

use domain::decide::decide_server;
use domain::exercise::sections::{
    Definition, ENTRY_LIMIT, Entry, ListError, MOST_ENTRIES, PASSAGE_LIMIT, Passage, definitions,
    entries,
};
use domain::exercise::{Sections, ServerCommand as Change};
use domain::text::words::WordsError;
use domain::{Event, Phase, Rejection, Role, ServerCommand, conduct};

use crate::mesa::{AtMesa, HERE, NOW, mesa, short};

fn write(state: &mut AtMesa, sections: &Sections) -> Result<usize, Rejection> {
    let write = Change::WriteSections(Box::new(sections.clone()));
    let events = decide_server(&state.0, &ServerCommand::Exercise(write))?;
    events.iter().for_each(|event| state.apply(event));
    Ok(events.len())
}

fn go(state: &mut AtMesa, to: Phase) {
    state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: NOW }));
}

fn laws(text: &str) -> Sections {
    Sections { legal_framework: entries(text).unwrap(), ..Sections::default() }
}

fn said(list: &[Entry]) -> Vec<&str> {
    list.iter().map(Entry::as_str).collect()
}

#[test]
fn a_list_has_an_entry_a_line_without_its_mark() {
    let pasted =
        "1. Ley General de Aguas\r\n\r\n  2) Bando municipal\n• Agenda 2030\n- Acuerdo 12\n";
    let expected = ["Ley General de Aguas", "Bando municipal", "Agenda 2030", "Acuerdo 12"];
    assert_eq!(said(&entries(pasted).unwrap()), expected);
    // What belongs to the words stays.
    let kept = "6.º constitucional\n2030 es la meta\n-5 % de fugas\n*nota";
    assert_eq!(said(&entries(kept).unwrap()), kept.lines().collect::<Vec<_>>());
    assert_eq!(entries(" \n\t\n"), Ok(Vec::new()));
}

#[test]
fn a_definition_is_a_word_a_colon_and_what_it_means() {
    let found = definitions("1. Acta: documento: con firmas\n\nPAL : plan local").unwrap();
    let of = |term: &str, meaning: &str| Definition {
        term: short(term),
        meaning: Entry::parse(meaning).unwrap(),
    };
    assert_eq!(found, [of("Acta", "documento: con firmas"), of("PAL", "plan local")]);
    for (text, line) in [("Acta", 1), ("PAL: plan\n\nActa:", 3), ("PAL: plan\n: plan", 2)] {
        assert_eq!(definitions(text), Err(ListError::NoMeaning { line }), "{text}");
    }
}

#[test]
fn what_is_too_long_or_not_plain_is_told_with_its_line() {
    let long = "ñ".repeat(ENTRY_LIMIT);
    assert!(entries(&long).is_ok());
    let error = WordsError::TooLong { limit: ENTRY_LIMIT };
    let too_long = Err(ListError::Line { line: 2, error });
    assert_eq!(entries(&format!("Ley\n{long}x")), too_long);
    let error = WordsError::Forbidden;
    assert_eq!(entries("pago\u{202E}total"), Err(ListError::Line { line: 1, error }));
    let lines = |count| vec!["Ley"; count].join("\n");
    assert_eq!(entries(&lines(MOST_ENTRIES)).map(|list| list.len()), Ok(MOST_ENTRIES));
    assert_eq!(entries(&lines(MOST_ENTRIES + 1)), Err(ListError::TooMany));
    assert!(Passage::parse(&"ñ".repeat(PASSAGE_LIMIT)).is_ok());
    assert!(Passage::parse(&"ñ".repeat(PASSAGE_LIMIT + 1)).is_err());
    assert_eq!(Entry::parse("dos\nrenglones"), Err(WordsError::Forbidden));
}

#[test]
fn the_sections_change_until_the_read_out_and_again_after_going_back() {
    let mut nothing = AtMesa::default();
    assert_eq!(write(&mut nothing, &laws("Ley")), Err(Rejection::UnknownValue), "no exercise");
    let mut state = mesa(Phase::Agreements);
    assert_eq!(write(&mut state, &laws("Ley")), Ok(1));
    assert_eq!(write(&mut state, &laws("Ley")), Ok(0), "the same");
    go(&mut state, Phase::ReadOut);
    for phase in [Phase::ReadOut, Phase::Conformity, Phase::Signing, Phase::Closed] {
        go(&mut state, phase);
        let fixed = Rejection::NotAllowed { role: Role::Administrator, phase };
        assert_eq!(write(&mut state, &laws("Otra")), Err(fixed));
        assert_eq!(write(&mut state, &laws("Ley")), Ok(0), "the same changes nothing");
    }
    assert_eq!(said(&state.0.sections.legal_framework), ["Ley"]);
    go(&mut state, Phase::Agreements);
    assert_eq!(write(&mut state, &Sections::default()), Ok(1));
    assert_eq!(*state.0.sections, Sections::default());
}

#[test]
fn a_list_that_no_form_would_give_is_refused() {
    let mut state = mesa(Phase::Preparation);
    let entry = Entry::parse("Ley").unwrap();
    let many = vec![entry.clone(); MOST_ENTRIES + 1];
    let defined = |term| vec![Definition { term: short(term), meaning: entry.clone() }];
    for wrong in [
        Sections { legal_framework: many.clone(), ..Sections::default() },
        Sections { specific_objectives: many, ..Sections::default() },
        Sections { definitions: defined(""), ..Sections::default() },
        Sections { definitions: defined("a: b"), ..Sections::default() },
    ] {
        assert_eq!(write(&mut state, &wrong), Err(Rejection::UnknownValue), "{wrong:?}");
    }
}
