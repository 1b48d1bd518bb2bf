//! Consultations as people's programs write them: from the bytes of a file to what was counted.

#![allow(clippy::unwrap_used)]

use domain::pack::results::{Counted, GroupBy, Question, QuestionKind};
use proptest::prelude::*;
use roster::read_up_to;
use tally::{Column, MOST_ROWS, Mapping, count};

fn counted(bytes: &[u8]) -> (Mapping, Counted) {
    let table = read_up_to(bytes, MOST_ROWS).unwrap();
    let mapping = Mapping::guess(&table);
    let counted = count(&table, &mapping);
    (mapping, counted)
}

fn rows(question: &Question) -> Vec<(&str, u32)> {
    question.rows.iter().map(|row| (row.label.as_str(), row.count)).collect()
}

fn means(question: &Question) -> Vec<(&str, u32, u32)> {
    let row = |row: &domain::pack::results::Row| (row.count, row.mean.unwrap());
    question.rows.iter().map(|one| (one.label.as_str(), row(one).0, row(one).1)).collect()
}

fn rest(question: &Question) -> Vec<(&str, u32)> {
    question.rest.iter().map(|rest| (rest.text.as_str(), rest.count)).collect()
}

/// Gender, locality, what matters most (several), a mark.
const ANSWERS: [[&str; 4]; 8] = [
    ["Mujer", "Centro", "Agua, drenaje y alcantarillado, Seguridad pública", "8,9"],
    ["Hombre", "Centro", "Seguridad pública", "7"],
    ["Mujer", "El Salto", "Agua, drenaje y alcantarillado", "9,5"],
    ["Mujer", "Centro", "Educación, Seguridad pública", "10"],
    ["Hombre", "El Salto", "Agua, drenaje y alcantarillado, Educación", "6"],
    ["Hombre", "Centro", "Educación, los baches de mi calle", "8"],
    ["Mujer", "El Salto", "Seguridad pública", ""],
    ["Hombre", "Centro", "Agua, drenaje y alcantarillado, Educación, Seguridad pública", "no sé"],
];

const IMPORTANT: [(&str, u32); 3] =
    [("Seguridad pública", 5), ("Agua, drenaje y alcantarillado", 4), ("Educación", 3)];

fn semicolons(header: Option<&str>) -> String {
    let lines = ANSWERS.iter().map(|answer| answer.join(";"));
    header.map(str::to_owned).into_iter().chain(lines).collect::<Vec<_>>().join("\r\n")
}

#[test]
fn semicolons_without_headings() {
    let (mapping, counted) = counted(semicolons(None).as_bytes());
    assert!(!mapping.headed);
    assert_eq!(mapping.columns[0], Some(Column::Group(GroupBy::Gender)));
    assert_eq!(mapping.columns[2..], [Some(Column::Several), Some(Column::Mark)]);
    assert_eq!(counted.people, Some(8));
    let several = counted.questions.iter().find(|one| one.kind == QuestionKind::Several).unwrap();
    assert_eq!(several.answered, 8);
    let found = rows(several);
    assert!(found.contains(&("Agua, drenaje y alcantarillado", 4)), "{found:?}");
    assert!(found.contains(&("Seguridad pública", 5)), "{found:?}");
    let marks = counted.questions.iter().find(|one| one.kind == QuestionKind::Mark).unwrap();
    assert_eq!(means(marks), [("D", 6, 823)]);
    assert_eq!(rest(marks), [("no sé", 1)]);
}

#[test]
fn options_that_hold_commas_are_counted_against_the_list() {
    let text = semicolons(Some("Sexo;Localidad;¿Qué importa más?;Calificación del servicio"));
    let table = read_up_to(text.as_bytes(), MOST_ROWS).unwrap();
    let mut mapping = Mapping::guess(&table);
    assert!(mapping.headed);
    mapping.options[2] = IMPORTANT.iter().map(|(option, _)| (*option).to_owned()).collect();
    let counted = count(&table, &mapping);
    let question = &counted.questions[0];
    assert_eq!(question.title.as_str(), "¿Qué importa más?");
    assert_eq!(
        rows(question),
        [("Seguridad pública", 5), ("Agua, drenaje y alcantarillado", 4), ("Educación", 4)]
    );
    assert_eq!(rest(question), [("los baches de mi calle", 1)]);
    let marks = &counted.questions[1];
    assert_eq!(means(marks), [("Calificación del servicio", 6, 823)]);
    assert_eq!(rest(marks), [("no sé", 1)]);
    assert_eq!(marks.rows[0].spread.first(), Some(&(600, 1)));
    assert!(marks.rows[0].spread.contains(&(890, 1)), "8,9 is 8.9");
}

#[test]
fn a_mark_of_byte_order_changes_nothing() {
    let text = semicolons(Some("Sexo;Localidad;¿Qué importa más?;Calificación"));
    let marked = format!("\u{FEFF}{text}");
    assert_eq!(counted(marked.as_bytes()), counted(text.as_bytes()));
    assert_eq!(counted(marked.as_bytes()).0.titles[0], "Sexo");
}

#[test]
fn windows_1252_reads_alike() {
    let text = semicolons(Some("Sexo;Localidad;¿Qué importa más?;Calificación"));
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!unmappable);
    assert_eq!(counted(&bytes), counted(text.as_bytes()));
}

#[test]
fn decomposed_accents_in_capitals_are_the_same_option() {
    let text = "¿Que\u{301} falta?\n\
        \"EDUCACIO\u{301}N, AGUA, DRENAJE Y ALCANTARILLADO\"\n\
        \"Educación, Agua, drenaje y alcantarillado\"\n\
        \"EDUCACIÓN\"\n\
        \"AGUA, DRENAJE Y ALCANTARILLADO\"\n\
        \"Educacio\u{301}n\"\n";
    let (mapping, counted) = counted(text.as_bytes());
    assert_eq!(mapping.columns, [Some(Column::Several)]);
    assert_eq!(mapping.titles[0], "¿Qué falta?");
    assert_eq!(
        rows(&counted.questions[0]),
        [("Educación", 4), ("AGUA, DRENAJE Y ALCANTARILLADO", 3)]
    );
    assert_eq!(counted.questions[0].rest, []);
}

#[test]
fn seven_hundred_and_fifty_two_empty_rows_are_nobody() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, heading) in (0..).zip(["Sexo", "Localidad", "¿Qué importa más?", "Calificación"]) {
        sheet.write(0, at, heading).unwrap();
    }
    for (row, answer) in (753..).zip(ANSWERS) {
        for (at, cell) in (0..).zip(answer) {
            sheet.write(row, at, cell).unwrap();
        }
    }
    sheet.write_blank(2_000, 3, &rust_xlsxwriter::Format::new().set_bold()).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (_, counted) = counted(&bytes);
    assert_eq!(counted.people, Some(8));
    let text = ANSWERS.map(|answer| answer.join(";")).join("\n");
    let text =
        format!("Sexo;Localidad;¿Qué importa más?;Calificación\n{}{text}\n", ";;;\n".repeat(752));
    assert_eq!(self::counted(text.as_bytes()).1, counted);
}

#[test]
fn a_table_of_options_with_their_counts() {
    let text = "Consulta en ventanilla 2026,\n\
        Tema,Menciones\n\
        \"Agua, drenaje y alcantarillado\",\"1,204\"\n\
        Seguridad pública,987\n\
        Otro,muchos\n\
        Total,1500\n";
    let (mapping, counted) = counted(text.as_bytes());
    assert_eq!(mapping.columns, [Some(Column::Option), Some(Column::Count)]);
    let question = &counted.questions[0];
    assert_eq!((counted.people, question.answered), (None, 1_500));
    assert_eq!(question.kind, QuestionKind::Several, "more than there are people");
    assert_eq!(
        rows(question),
        [("Agua, drenaje y alcantarillado", 1_204), ("Seguridad pública", 987)]
    );
    assert_eq!(rest(question), [("Otro muchos", 1)]);
}

#[test]
fn questions_one_below_the_other() {
    let text = "Pregunta;Respuesta;Personas\n¿Hay agua?;Sí;30\n;No;12\n¿Hay luz?;Sí;40\n;No;2\n";
    let (_, counted) = counted(text.as_bytes());
    let titles: Vec<_> = counted.questions.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["¿Hay agua?", "¿Hay luz?"]);
    assert_eq!(rows(&counted.questions[1]), [("Sí", 40), ("No", 2)]);
}

#[test]
fn commitments_and_marks_are_a_matrix() {
    let text = "Compromiso;Promedio;Respuestas\nCompras abiertas;8,9;40\nAgua en línea;7.25;38\n";
    let (_, given) = counted(text.as_bytes());
    assert_eq!(
        means(&given.questions[0]),
        [("Compras abiertas", 40, 890), ("Agua en línea", 38, 725)]
    );
    let text = "Compromiso;1;2;3;4;5\nCompras abiertas;0;1;2;3;4\nAgua en línea;5;0;0;0;5\n";
    let (_, counts) = counted(text.as_bytes());
    let matrix = &counts.questions[0];
    assert_eq!(means(matrix), [("Compras abiertas", 10, 400), ("Agua en línea", 10, 300)]);
    assert_eq!(matrix.rows[1].spread, [(100, 5), (500, 5)]);
    assert_eq!(matrix.full(), 500);
    let text = "Marca temporal,Califica cada compromiso [Compras abiertas],Califica cada compromiso [Agua en línea]\n\
        2026-11-02 10:00,\"8,9\",10\n2026-11-02 10:05,7,\n2026-11-02 10:09,9,8\n";
    let (_, people) = counted(text.as_bytes());
    assert_eq!(people.questions.len(), 1);
    assert_eq!(people.questions[0].title.as_str(), "Califica cada compromiso");
    assert_eq!(
        means(&people.questions[0]),
        [("Compras abiertas", 3, 830), ("Agua en línea", 2, 900)]
    );
}

#[test]
fn people_are_told_apart_where_they_are_enough() {
    let line = |gender: &str, place: &str, age: u32, answer: &str| {
        format!("{gender},{place},{age},{answer}\n")
    };
    let mut text = "Género,Localidad,Edad,¿Cuál es el problema?\n".to_owned();
    for at in 0..12 {
        text += &line("Mujer", if at < 6 { "Centro" } else { "El Salto" }, 20 + at * 3, "Agua");
        text += &line("HOMBRE", ["Centro", "Rancho Nuevo"][usize::from(at == 0)], 61, "Luz");
    }
    text += &line("No binario", "Otra", 15, "Luz");
    let (_, counted) = counted(text.as_bytes());
    let groups = |by: GroupBy| -> Vec<(String, u32)> {
        let found = counted.groupings.iter().find(|one| one.by == by).unwrap();
        found.groups.iter().map(|group| (group.name.to_string(), group.people)).collect()
    };
    let named = |names: &[(&str, u32)]| -> Vec<(String, u32)> {
        names.iter().map(|(name, people)| ((*name).to_owned(), *people)).collect()
    };
    assert_eq!(
        groups(GroupBy::Gender),
        named(&[("HOMBRE", 12), ("Mujer", 12)]),
        "one isn't told apart"
    );
    assert_eq!(groups(GroupBy::Locality), named(&[("Centro", 17), ("El Salto", 6)]));
    assert_eq!(groups(GroupBy::Age), named(&[("30–44", 5), ("60+", 12), ("", 8)]));
    let water = counted.questions[0].rows.iter().find(|row| row.label.as_str() == "Agua").unwrap();
    assert_eq!(water.parts[0], [Some(0), Some(12)]);
}

#[test]
fn a_comment_that_everybody_writes_differently_is_no_question() {
    let mut text = "Sexo;Localidad;Comentario libre;¿Volverías?\n".to_owned();
    for at in 0..30 {
        text += &format!("Mujer;Centro;Lo que pienso del número {at};{}\n", ["Sí", "No"][at % 2]);
    }
    let (mapping, counted) = counted(text.as_bytes());
    assert_eq!(mapping.columns[2], None);
    assert_eq!(counted.questions.len(), 1);
    assert!(counted.is_possible());
}

#[test]
fn more_questions_than_there_may_be_are_not_left_out_in_silence() {
    let line = |cell: &str| [cell; 41].join(";");
    let text = [line("¿Sí o no?"), line("Sí"), line("No"), line("Sí")].join("\n");
    let (_, counted) = counted(text.as_bytes());
    assert_eq!(counted.questions.len(), 41);
    assert!(!counted.is_possible());
}

/// Cells of all kinds, with separators.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "Agua",
        "drenaje y alcantarillado",
        "EDUCACIO\u{301}N",
        "educación",
        "Luz",
        "",
        ",",
        " ; ",
    ];
    let word = prop::sample::select(words.to_vec());
    prop_oneof![
        prop::collection::vec(word, 1..4).prop_map(|words| words.join(", ")),
        prop::sample::select(vec!["8,9", "7", "1.204", "Mujer", "Hombre", "45", "60+", "no sé"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    /// Whatever a file holds and its columns are taken for: no answer is dropped, and no group is small.
    #[test]
    fn nothing_is_dropped(
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..5), 1..40),
        kinds in prop::collection::vec(prop::option::of(prop::sample::select(Column::ALL.to_vec())), 5),
        guesses: bool,
        headed: bool,
    ) {
        let quoted = |cell: &String| format!("\"{cell}\"");
        let lines = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join("\t"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let Ok(table) = read_up_to(text.as_bytes(), MOST_ROWS) else { return Ok(()) };
        let mut mapping = Mapping::guess(&table);
        if !guesses {
            mapping = Mapping::titled(&table, headed);
            let held = kinds.into_iter().chain(std::iter::repeat(None));
            mapping.columns = held.take(mapping.columns.len()).collect();
            mapping.find_options(&table);
        }
        let counted = count(&table, &mapping);
        prop_assert!(counted.questions.is_empty() || counted.is_possible(), "{counted:?}");
        for question in &counted.questions {
            let chosen: u32 = question.rows.iter().map(|row| row.count).sum();
            let rest = question.unrecognised();
            match question.kind {
                QuestionKind::One if counted.people.is_some() => {
                    prop_assert_eq!(chosen + rest, question.answered);
                }
                QuestionKind::Several if counted.people.is_some() => {
                    prop_assert!(chosen + rest >= question.answered);
                }
                _ => {}
            }
            for row in question.rows.iter().filter(|_| question.kind != QuestionKind::Mark) {
                for parts in &row.parts {
                    let parts: u32 = parts.iter().flatten().sum();
                    prop_assert!(parts <= row.count);
                }
            }
        }
    }
}
