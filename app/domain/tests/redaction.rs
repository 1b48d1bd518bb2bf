//! A phrase redacted from what people typed outside of long texts, and what stays as it is.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::deliberation::choice::{Feasibility, Party, ProblemState};
use domain::deliberation::finding::Finding;
use domain::exercise::sections::{definitions, entries};
use domain::exercise::{Logo, NoticeText, PrivacyNotice, Sections};
use domain::pack::results::{Counted, Group, GroupBy, Grouping, Question, QuestionKind, Rest, Row};
use domain::pack::{self, Absence, By, Entry, FileKind};
use domain::people::attendance::AttendanceMode;
use domain::text::free::Part;
use domain::text::redact::Trail;
use domain::{
    Alias, Assignment, ContributionKind, Event, ItemKind, PersonId, Phase, Response,
    ResponseStatus, Role, ShortText,
};
use domain::{conduct, deliberation, exercise, people, veil};
use mesa::{HERE, NOW, add, assign, card, item, person, remark, short};
use proptest::prelude::*;

fn as_it_is(character: char, part: &mut dyn FnMut(char)) {
    part(character);
}

fn contributed(text: &str) -> Event {
    Event::Deliberation(deliberation::Event::Contributed {
        mesa: HERE,
        item: item(1),
        alias: Alias(0),
        target: None,
        kind: ContributionKind::Question,
        text: remark(text),
        actor: None,
        author: Some(person(Role::Actor)),
        at: NOW,
    })
}

fn assigned(value: Assignment) -> Event {
    Event::Deliberation(deliberation::Event::Assigned { item: item(1), value })
}

fn arrived(person: PersonId, organisation: &str) -> Event {
    Event::People(people::Event::Arrived {
        mesa: HERE,
        person,
        organisation: short(organisation),
        seat: None,
        mode: AttendanceMode::InRoom,
        at: NOW,
    })
}

fn said(event: &Event) -> &str {
    match event {
        Event::Deliberation(deliberation::Event::Contributed { text, .. }) => text.as_str(),
        Event::People(people::Event::Arrived { organisation, .. }) => organisation.as_str(),
        _ => panic!("{event:?}"),
    }
}

/// Every event in which somebody's words stand, each with these.
fn everywhere(words: &str) -> Vec<(Part, Event)> {
    let text = || short(words);
    let answer = |reason| Response { status: ResponseStatus::Adopted, reason, change: None };
    let values = [
        Assignment::EvidenceSource(text()),
        Assignment::ProblemState(ProblemState::Discarded(text())),
        Assignment::IndicatorUnit(text()),
        Assignment::IndicatorBaseline(text()),
        Assignment::IndicatorTarget(text()),
        Assignment::IndicatorPeriod(text()),
        Assignment::Lead(Party::Named(text())),
        Assignment::Counterpart(Party::Named(text())),
        Assignment::Feasibility(Feasibility::ConfirmedBy(text())),
        Assignment::Feasibility(Feasibility::WithReservations(text())),
        Assignment::ResponsiblePost(text()),
        Assignment::ResponsiblePerson(text()),
        Assignment::CoResponsible(text()),
        Assignment::ProposedBy(text()),
    ];
    let mut all: Vec<_> = values.map(|value| (Part::Value, assigned(value))).into();
    all.extend([
        (Part::Contribution, contributed(words)),
        (Part::Reason, assigned(Assignment::Response(answer(Some(remark(words)))))),
        (
            Part::Reason,
            Event::Conduct(
                HERE,
                conduct::Event::CheckOverridden {
                    finding: Finding::NoDueDate(item(1)),
                    reason: remark(words),
                    at: NOW,
                },
            ),
        ),
        (Part::Organisation, arrived(person(Role::Actor), words)),
    ]);
    let by = By { person: person(Role::Facilitator), seat: None };
    let file = pack::File {
        number: 1,
        entry: Entry::Studies,
        name: text(),
        kind: FileKind::Pdf,
        size: 7,
        digest: mesa::TOKEN,
        at: NOW,
        by,
        replaces: None,
        end: None,
    };
    let note = domain::conduct::notes::Note {
        id: domain::NoteId(uuid::Uuid::nil()),
        text: remark(words),
        by: person(Role::Facilitator),
        at: NOW,
    };
    let muted = domain::conduct::moderation::Mute {
        person: person(Role::Actor),
        reason: remark(words),
        by: person(Role::Facilitator),
        at: NOW,
        appeal: None,
    };
    let absence = Absence { entry: Entry::Studies, reason: remark(words), at: NOW, by };
    all.extend([
        (Part::PackFile, Event::Pack(pack::Event::Sent(Box::new(file)))),
        (Part::Reason, Event::Conduct(HERE, conduct::Event::Muted(muted))),
        (
            Part::Reason,
            Event::Conduct(
                HERE,
                conduct::Event::Appealed { person: person(Role::Actor), text: remark(words) },
            ),
        ),
        (Part::Note, Event::Conduct(HERE, conduct::Event::NoteWritten(note))),
        (Part::Reason, Event::Pack(pack::Event::Absent(Box::new(absence)))),
        (
            Part::Reason,
            Event::Pack(pack::Event::Withdrawn { file: 1, reason: remark(words), at: NOW }),
        ),
        (Part::Consultation, Event::Pack(pack::Event::Counted(Box::new(results(text()))))),
        (
            Part::Consultation,
            Event::Conduct(HERE, conduct::Event::ChartChosen(Box::new(chart(text())))),
        ),
    ]);
    let (title, statement) = (text(), None);
    let author = person(Role::Actor);
    let problem = veil::Veiled { item: item(2), author, title, statement };
    let written = veil::Event::Written { problem: Some(problem), count: 1 };
    all.push((Part::Veiled, Event::Veil(HERE, written)));
    all
}

/// Results of a consultation whose every word is the same.
fn results(text: ShortText) -> pack::Results {
    let row = Row {
        label: text.clone(),
        count: 1,
        mean: None,
        spread: Vec::new(),
        parts: vec![vec![Some(1)]],
    };
    let question = Question {
        title: text.clone(),
        kind: QuestionKind::One,
        answered: 1,
        rows: vec![row],
        rest: vec![Rest { text: text.clone(), count: 1 }],
        rest_beside: 0,
    };
    let groups = vec![Group { name: text, people: 5 }];
    pack::Results {
        number: 1,
        file: 1,
        digest: mesa::TOKEN,
        at: NOW,
        by: By { person: person(Role::Facilitator), seat: None },
        counted: Counted {
            people: Some(1),
            groupings: vec![Grouping { by: GroupBy::Locality, groups }],
            questions: vec![question],
        },
    }
}

fn chart(text: ShortText) -> pack::Chart {
    pack::Chart::of(&results(text).counted.questions[0])
}

#[test]
fn whatever_people_typed_is_filled_and_still_parses() {
    let words = "la de Calle Luna 8";
    let events = everywhere(words);
    let mut trail = Trail::new("calle\u{A0}LUNA 8", as_it_is);
    for (seq, (_, event)) in (1..).zip(&events) {
        trail.follow(seq, event);
    }
    assert_eq!(trail.events().count(), events.len());
    assert!(trail.remaining().is_empty(), "no long text has it");
    for (seq, (part, event)) in (1..).zip(&events) {
        let filled = trail.filled(seq, event).unwrap();
        let json = serde_json::to_string(&filled).unwrap();
        assert!(json.contains("la de ████████████") && !json.contains("Luna"), "{part:?}: {json}");
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), filled);
        assert_eq!(
            json.replace("████████████", "Calle Luna 8"),
            serde_json::to_string(event).unwrap()
        );
    }
    let expected = [
        (Part::Contribution, 1),
        (Part::Reason, 6),
        (Part::Value, 14),
        (Part::Organisation, 1),
        (Part::PackFile, 1),
        (Part::Veiled, 1),
        (Part::Note, 1),
        (Part::Consultation, 2),
    ];
    assert_eq!(trail.parts(), &expected.into());
    // Nothing else is touched.
    for (seq, (_, event)) in (1..).zip(everywhere("la de Calle Sol 8")) {
        let mut trail = Trail::new("calle luna 8", as_it_is);
        trail.follow(seq, &event);
        assert_eq!(trail.filled(seq, &event), None);
    }
}

#[test]
fn what_was_set_up_for_all_to_read_stays_and_is_told_of() {
    let name = short("Rosa Luna");
    let mut exercise = mesa::exercise();
    exercise.axes[0].name = name.clone();
    let mut of_mesa = card();
    of_mesa.agenda[0].title = name.clone();
    let notice = PrivacyNotice {
        version: 1,
        short: NoticeText::parse("Con Rosa Luna.").unwrap(),
        full: NoticeText::parse("Rosa\nLuna, Unidad de Transparencia.").unwrap(),
    };
    let image = domain::exercise::Image {
        digest: mesa::TOKEN,
        kind: domain::exercise::ImageKind::Png,
        size: 7,
    };
    let actor = |name: &domain::ShortText| {
        let Some(Event::Exercise(exercise::Event::ActorDescribed(mut actor))) =
            mesa::events_before().into_iter().nth(2)
        else {
            panic!("an actor")
        };
        actor.organisation = name.clone();
        exercise::Event::ActorDescribed(actor)
    };
    let events = [
        exercise::Event::ExerciseDescribed(Box::new(exercise)),
        exercise::Event::MesaDescribed { mesa: HERE, card: Box::new(of_mesa) },
        actor(&name),
        exercise::Event::NoticePublished(Box::new(notice)),
        exercise::Event::LogoSet { place: 1, logo: Some(Box::new(Logo { name, image })) },
        exercise::Event::SectionsWritten(Box::new(Sections {
            legal_framework: entries("Ley Rosa Luna").unwrap(),
            definitions: definitions("Casa Rosa Luna: la de Rosa Luna").unwrap(),
            ..Sections::default()
        })),
    ]
    .map(Event::Exercise);
    let mut trail = Trail::new("rosa luna", as_it_is);
    for (seq, event) in (1..).zip(&events) {
        trail.follow(seq, event);
        assert_eq!(trail.filled(seq, event), None);
    }
    assert_eq!(trail.events().count(), 0);
    let expected = [Part::Mesa, Part::Actor, Part::Logo, Part::Notice].map(|part| (part, 1));
    // Of the exercise: its card and the sections of its plan.
    let expected = expected.into_iter().chain([(Part::Exercise, 2)]);
    assert_eq!(trail.parts(), &expected.collect());
}

#[test]
fn a_redacted_value_is_also_gone_from_what_could_be_taken_back() {
    let mut before = mesa::mesa(Phase::Agreements);
    let problem = add(&mut before, Role::Facilitator, 1, ItemKind::Problem, None);
    let mut events: Vec<Event> = mesa::events_before();
    events
        .push(Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::Agreements, at: 0 }));
    events.push(Event::Deliberation(deliberation::Event::ItemAdded {
        mesa: HERE,
        item: problem,
        alias: Alias(0),
        kind: ItemKind::Problem,
        parent: None,
        author: Some(person(Role::Facilitator)),
    }));
    for source in ["dice Rosa Luna", "censo"] {
        let value = Assignment::EvidenceSource(short(source));
        events.extend(assign(&mut before, Role::Facilitator, problem, value).unwrap());
    }
    let mut trail = Trail::new("rosa luna", as_it_is);
    let mut after = mesa::AtMesa::default();
    for (seq, event) in (1..).zip(&events) {
        trail.follow(seq, event);
    }
    for (seq, event) in (1..).zip(&events) {
        after.apply(&trail.filled(seq, event).unwrap_or_else(|| event.clone()));
    }
    let item = after.item(problem).unwrap();
    assert_eq!(item.replaced, [Assignment::EvidenceSource(short("dice █████████"))]);
    assert_eq!(item.as_problem().unwrap().evidence_source, short("censo"));
}

proptest! {
    #[test]
    fn filled_words_are_as_long_and_without_the_phrase(
        words in "[ab ]{0,12}[ab][\u{2060}\u{FE0F}ab \n]{0,12}",
        phrase in "[ab]{1,2}( [ab]{1,2})?",
    ) {
        for (part, event) in [
            (Part::Contribution, contributed(&words)),
            (Part::Organisation, arrived(person(Role::Actor), &words)),
        ] {
            let mut trail = Trail::new(&phrase, as_it_is);
            trail.follow(1, &event);
            let Some(filled) = trail.filled(1, &event) else { continue };
            prop_assert!(trail.parts().contains_key(&part));
            let mut again = Trail::new(&phrase, as_it_is);
            again.follow(1, &filled);
            prop_assert_eq!(again.events().count(), 0, "{:?}", filled);
            let json = serde_json::to_string(&filled).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Event>(&json).unwrap(), &filled);
            prop_assert_eq!(said(&event).chars().count(), said(&filled).chars().count());
        }
    }
}
