//! Lists of problems as people's programs write them.

#![allow(clippy::unwrap_used)]

use diagnosis::{Column, Columns, Entry, Known, Part, Preview, Standing, preview};
use domain::TextField;
use roster::read;

fn shown(text: &str, known: &[Known]) -> Preview {
    let table = read(text.as_bytes()).unwrap();
    let preview = preview(&table, &Columns::guess(&table), known);
    // The count shown is the count made.
    let made = |of: fn(&Entry) -> usize| preview.entries.iter().map(of).sum::<usize>();
    assert_eq!(preview.counts.problems, made(|entry| usize::from(entry.known.is_none())));
    assert_eq!(preview.counts.solutions, made(|entry| entry.solutions.len()));
    assert_eq!(preview.counts.drafts, made(|entry| entry.drafts.len()));
    preview
}

const LIST: &str = "Problema;Criterios mínimos;Soluciones;Compromisos preliminares;Fuente\r\n\
    Fugas de agua en el Centro;Atender en 48 horas;Mapa de fugas;Publicar el mapa, cada mes;Consulta web\r\n\
    ;Decir el costo;Cuadrilla nocturna;;\r\n\
    ;;;;\r\n\
    Calles sin luz;;Censo de luminarias;;\r\n";

#[test]
fn a_problem_goes_on_in_the_rows_below() {
    let preview = shown(LIST, &[]);
    let counts = preview.counts;
    assert_eq!((counts.rows, counts.empty, counts.left), (3, 1, 0));
    assert_eq!((counts.problems, counts.solutions, counts.drafts), (2, 3, 1));
    let first = &preview.entries[0];
    assert_eq!(
        first.texts,
        [(TextField::MinimumCriteria, "Atender en 48 horas\nDecir el costo".to_owned())]
    );
    assert_eq!(first.solutions, ["Mapa de fugas", "Cuadrilla nocturna"]);
    assert_eq!(
        (first.drafts.as_slice(), first.source.as_str()),
        (&["Publicar el mapa, cada mes".to_owned()][..], "Consulta web")
    );
}

#[test]
fn without_headings_it_goes_by_the_order() {
    let preview = shown("Fugas de agua;Atender pronto;Mapa\nCalles sin luz;;Censo\n", &[]);
    assert_eq!((preview.counts.problems, preview.counts.solutions), (2, 2));
    let table = read(LIST.as_bytes()).unwrap();
    let columns = Columns::guess(&table);
    assert!(columns.headed);
    assert_eq!(columns.held[4], Some(Column::Source));
}

#[test]
fn what_the_mesa_has_stays_and_gets_what_is_new() {
    let known = Known {
        title: "FUGAS DE AGUA EN EL CENTRO".to_owned(),
        solutions: vec!["Mapa de fugas.".to_owned()],
        drafts: Vec::new(),
    };
    let preview = shown(LIST, &[known]);
    let counts = preview.counts;
    assert_eq!((counts.problems, counts.solutions, counts.drafts), (1, 2, 1));
    assert_eq!(preview.entries[0].known, Some(0));
    assert_eq!(preview.entries[0].texts, [], "its own texts stay");
    let standing =
        |text: &str| preview.lines.iter().find(|line| line.text == text).unwrap().standing;
    assert_eq!(standing("Mapa de fugas"), Standing::Same);
    assert_eq!(standing("Atender en 48 horas"), Standing::Stays);
    assert_eq!(standing("Cuadrilla nocturna"), Standing::New);
}

#[test]
fn what_can_t_be_added_is_said() {
    let long = "a".repeat(501);
    let text = format!("Problema;Solución\n;Sin problema\n{long};Nada\nFugas;Mapa\nfugas;MAPA\n");
    let preview = shown(&text, &[]);
    let lines: Vec<_> =
        preview.lines.iter().map(|line| (line.row, line.part, line.standing)).collect();
    assert_eq!(
        lines,
        [
            (2, Part::Solution, Standing::NoProblem),
            (3, Part::Problem, Standing::TooLong(1)),
            (3, Part::Solution, Standing::NoProblem),
            (4, Part::Problem, Standing::New),
            (4, Part::Solution, Standing::New),
            (5, Part::Solution, Standing::Repeated),
        ]
    );
    assert_eq!((preview.counts.ready(), preview.counts.left), (2, 4));
}
