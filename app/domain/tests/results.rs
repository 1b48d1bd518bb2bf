//! Results of a consultation: counted in a file of the pack that stands, bounded, and what the projector
//! shows of them.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::decide_server;
use domain::pack::results::{
    Counted, FEWEST_PEOPLE, Group, GroupBy, Grouping, MOST_OPTIONS, MOST_RESULTS, Question,
    QuestionKind, Rest, Row,
};
use domain::pack::{self, Chart, Entry, FileKind, MOST_BARS, Receipt, ToCount};
use domain::{
    Audience, Command, Digest, Event, Phase, Rejection, Role, ServerCommand, Shown, Viewer, conduct,
};
use mesa::{AtMesa, HERE, act, person, short};

/// A mesa in a phase.
fn exercise(to: Phase) -> AtMesa {
    let mut state = AtMesa::default();
    mesa::events_before().iter().for_each(|event| state.apply(event));
    let command = Command::Conduct(conduct::Command::ChangePhase { to });
    act(&mut state, Role::Facilitator, command).unwrap();
    state
}

fn by() -> pack::By {
    pack::By { person: person(Role::Facilitator), seat: None }
}

fn row(label: &str, count: u32, parts: Vec<Vec<Option<u32>>>) -> Row {
    Row { label: short(label), count, mean: None, spread: Vec::new(), parts }
}

fn counted(options: usize) -> Counted {
    let rows = (0..options)
        .map(|at| row(&format!("Opción {at}"), 40 - at as u32, vec![vec![Some(3), None]]));
    let group = |name, people| Group { name: short(name), people };
    let groups = vec![group("Mujer", 20), group("Hombre", FEWEST_PEOPLE)];
    Counted {
        people: Some(40),
        groupings: vec![Grouping { by: GroupBy::Gender, groups }],
        questions: vec![Question {
            title: short("¿Qué falta?"),
            kind: QuestionKind::Several,
            answered: 40,
            rows: rows.collect(),
            rest: vec![Rest { text: short("los baches"), count: 2 }],
            rest_beside: 1,
        }],
    }
}

fn ask(state: &mut AtMesa, command: pack::ServerCommand) -> Result<Vec<Event>, Rejection> {
    let events = decide_server(&state.0, &ServerCommand::Pack(command))?;
    events.iter().for_each(|event| state.apply(event));
    Ok(events)
}

fn send(state: &mut AtMesa, bytes: u8, replaces: Option<u16>) {
    let receipt = Receipt {
        entry: Entry::WebConsultation,
        name: short("consulta.csv"),
        kind: FileKind::Text,
        size: 9,
        digest: Digest([bytes; 32]),
        at: 1,
        by: by(),
        replaces,
    };
    ask(state, pack::ServerCommand::Send(Box::new(receipt))).unwrap();
}

fn count(state: &mut AtMesa, file: u16, counted: Counted) -> Result<usize, Rejection> {
    let digest = Digest([u8::try_from(file).unwrap(); 32]);
    let what = ToCount { file, digest, at: 2, by: by(), counted };
    ask(state, pack::ServerCommand::Count(Box::new(what))).map(|events| events.len())
}

#[test]
fn a_file_that_stands_is_counted_once_and_anew() {
    let mut state = exercise(Phase::Preparation);
    assert_eq!(count(&mut state, 1, counted(3)), Err(Rejection::UnknownValue), "no such file");
    send(&mut state, 1, None);
    assert_eq!(count(&mut state, 1, counted(3)), Ok(1));
    assert_eq!(count(&mut state, 1, counted(3)), Ok(0), "the same");
    assert_eq!(count(&mut state, 1, counted(2)), Ok(1));
    let numbers: Vec<_> = state.0.pack.shown_results().map(|one| one.number).collect();
    assert_eq!(numbers, [2], "in place of what was counted before");
    send(&mut state, 2, Some(1));
    assert_eq!(state.0.pack.shown_results().count(), 0, "the file no longer stands");
    assert_eq!(count(&mut state, 1, counted(3)), Err(Rejection::UnknownValue));
    assert_eq!(count(&mut state, 2, counted(3)), Ok(1));
    let drop = || pack::ServerCommand::DropCount { results: 3 };
    assert_eq!(ask(&mut state, drop()).unwrap().len(), 1);
    assert_eq!(ask(&mut state, drop()).unwrap(), []);
    assert_eq!(state.0.pack.shown_results().count(), 0);
}

#[test]
fn what_is_kept_is_bounded() {
    let mut state = exercise(Phase::Preparation);
    send(&mut state, 1, None);
    let small = |counted: &mut Counted| counted.groupings[0].groups[1].people -= 1;
    let apart = |counted: &mut Counted| counted.questions[0].rows[0].parts = Vec::new();
    let unnamed = |counted: &mut Counted| counted.questions[0].rows[0].label = short("");
    let nothing = |counted: &mut Counted| counted.questions.clear();
    let full = |counted: &mut Counted| *counted = self::counted(MOST_OPTIONS + 1);
    let spoil: [fn(&mut Counted); 5] = [small, apart, unnamed, nothing, full];
    for spoil in spoil {
        let mut what = counted(3);
        spoil(&mut what);
        assert_eq!(count(&mut state, 1, what), Err(Rejection::UnknownValue));
    }
    for file in 1..=u16::try_from(MOST_RESULTS).unwrap() + 1 {
        if file > 1 {
            send(&mut state, u8::try_from(file).unwrap(), None);
        }
        let kept = count(&mut state, file, counted(MOST_OPTIONS));
        if usize::from(file) > MOST_RESULTS {
            assert!(matches!(kept, Err(Rejection::TooMany { .. })), "{kept:?}");
        } else {
            assert_eq!(kept, Ok(1));
        }
    }
}

#[test]
fn the_projector_shows_what_was_chosen_until_the_read_out() {
    let mut state = exercise(Phase::Agreements);
    let show = |shown| Command::Conduct(conduct::Command::Show { shown });
    assert!(act(&mut state, Role::Facilitator, show(Shown::Chart)).is_err(), "none was chosen");
    let chart = Chart::of(&counted(MOST_BARS + 2).questions[0]);
    assert_eq!((chart.bars.len(), chart.beside, chart.full), (MOST_BARS, 2, 40));
    assert_eq!(chart.bars[0].length(chart.kind, chart.full), 1_000);
    assert_eq!(chart.bars[4].length(chart.kind, chart.full), 900);
    let command =
        ServerCommand::Conduct(HERE, conduct::ServerCommand::ChooseChart(Box::new(chart.clone())));
    let events = decide_server(&state.0, &command).unwrap();
    assert_eq!(events.len(), 1);
    events.iter().for_each(|event| state.apply(event));
    assert_eq!(decide_server(&state.0, &command).unwrap(), []);
    assert_ne!(state.conduct.shown, Shown::Chart, "whoever has the wall shows it");
    act(&mut state, Role::Facilitator, show(Shown::Chart)).unwrap();
    assert_eq!(state.conduct.shown, Shown::Chart);
    for role in [Role::Projector, Role::Actor] {
        let seen = state.0.for_viewer(Viewer::new(role, HERE));
        let conduct = &seen.mesa(HERE).unwrap().conduct;
        assert_eq!(conduct.chart.as_deref(), Some(&chart), "{:?}", Audience::of(role));
        assert_eq!(*seen.pack, pack::State::default());
    }
    act(&mut state, Role::Facilitator, show(Shown::Blank)).unwrap();
    act(&mut state, Role::Facilitator, show(Shown::Chart)).unwrap();
    assert_eq!(state.conduct.shown, Shown::Chart);
}
