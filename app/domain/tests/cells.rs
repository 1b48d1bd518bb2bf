//! Activities copied from a spreadsheet.

#![allow(clippy::unwrap_used)]

use domain::Date;
use domain::deliberation::cells::{CellError, Row, day, read};
use domain::text::words::SHORT_LIMIT;
use time::macros::date;

/// The plan of the sample.
const PERIOD: (Date, Date) = (date!(2026 - 10 - 01), date!(2027 - 09 - 30));

fn rows(text: &str) -> Vec<Row> {
    read(text, PERIOD).unwrap()
}

/// The rows as activity, deliverable, responsible and day.
fn told(text: &str) -> Vec<(String, String, String, Option<Date>)> {
    let tell = |row: Row| (row.activity, row.deliverable, row.responsible.to_string(), row.due);
    rows(text).into_iter().map(tell).collect()
}

fn one(
    activity: &str,
    deliverable: &str,
    responsible: &str,
    due: Option<Date>,
) -> (String, String, String, Option<Date>) {
    (activity.to_owned(), deliverable.to_owned(), responsible.to_owned(), due)
}

#[test]
fn cells_of_a_spreadsheet_are_activity_responsible_and_day() {
    let pasted = "Inventario de contratos 2024-26\tDirección de Programas\t30/10/2026\r\n\
                  Mapa de entregas por escuela\tDirección de Programas\t31 de marzo de 2027\r\n";
    let expected = [
        one(
            "Inventario de contratos 2024-26",
            "",
            "Dirección de Programas",
            Some(date!(2026 - 10 - 30)),
        ),
        one(
            "Mapa de entregas por escuela",
            "",
            "Dirección de Programas",
            Some(date!(2027 - 03 - 31)),
        ),
    ];
    assert_eq!(told(pasted), expected);
    // The same with semicolons, and with the numbers of the rows.
    let numbered = "1.1;Inventario de contratos 2024-26;Dirección de Programas;30/10/2026\n\
                    1.2;Mapa de entregas por escuela;Dirección de Programas;31/03/2027";
    assert_eq!(told(numbered), expected);
    // A semicolon in a cell isn't between cells.
    assert_eq!(told("Uno; y dos\tAlguien")[0], one("Uno; y dos", "", "Alguien", None));
}

#[test]
fn names_of_columns_say_what_each_has() {
    let pasted = "No.\tFecha límite\tActividad\tEntregable o medio de verificación\tResponsable\tNotas\n\
                  1\t15/01/2027\tRuta piloto\tcalendario publicado\tJefatura de Limpia\tcon 3 colonias";
    let expected = one(
        "Ruta piloto con 3 colonias",
        "calendario publicado",
        "Jefatura de Limpia",
        Some(date!(2027 - 01 - 15)),
    );
    assert_eq!(told(pasted), [expected]);
    // An activity that begins with such a word is none.
    let sentence = "Actividades de difusión en las tres cabeceras\tDirección General";
    assert_eq!(told(sentence).len(), 1);
}

#[test]
fn a_list_of_lines_is_a_list_of_activities() {
    let lines = "Censo georreferenciado\n\n  Comités vecinales  \n";
    assert_eq!(
        told(lines),
        [one("Censo georreferenciado", "", "", None), one("Comités vecinales", "", "", None)]
    );
    assert!(rows("").is_empty() && rows(" \n\t\t\n").is_empty() && rows(";;\n;").is_empty());
}

#[test]
fn line_ends_and_quotes_within_a_cell_belong_to_its_words() {
    let pasted = "\"Taller a 120 docentes,\ncon \"\"listas\"\"\"\tFormación Docente\t30/04/2027\nCifras\t\t15/07/2027";
    assert_eq!(
        told(pasted),
        [
            one(
                "Taller a 120 docentes, con \"listas\"",
                "",
                "Formación Docente",
                Some(date!(2027 - 04 - 30))
            ),
            one("Cifras", "", "", Some(date!(2027 - 07 - 15))),
        ]
    );
    assert_eq!(
        told("Tubo de 3\" de ancho\tObras")[0],
        one("Tubo de 3\" de ancho", "", "Obras", None)
    );
    assert_eq!(told("\"Sin cerrar\tObras")[0], one("\"Sin cerrar", "", "Obras", None));
}

#[test]
fn days_are_read_as_people_write_them() {
    let thirtieth = Some(date!(2026 - 10 - 30));
    for written in [
        "30/10/2026",
        "30-10-2026",
        "30.10.2026",
        "30/10/26",
        "2026-10-30",
        "2026-10-30 00:00:00",
        "30 de octubre de 2026",
        "30 de octubre del 2026",
        "30 oct 2026",
        "30-oct-26",
        "30 Oct. 2026",
        "viernes 30 de octubre de 2026",
        "vie, 30 oct 2026",
        "30 de octubre",
        "30/10",
        "el 30 de octubre",
    ] {
        assert_eq!(day(written, PERIOD), thirtieth, "{written}");
    }
    assert_eq!(day("5 de septiembre", PERIOD), Some(date!(2027 - 09 - 05)));
    assert_eq!(day("5 set 2027", PERIOD), Some(date!(2027 - 09 - 05)));
    assert_eq!(day("5 sept. 2027", PERIOD), Some(date!(2027 - 09 - 05)));
    assert_eq!(day("1 de mayo de 2027", PERIOD), Some(date!(2027 - 05 - 01)));
    for written in [
        "",
        "31/02/2027",
        "octubre de 2026",
        "pronto",
        "3.1",
        "12",
        "30 de brumario de 2026",
        "30/13/2026",
        "1/2/345",
    ] {
        assert_eq!(day(written, PERIOD), None, "{written}");
    }
    // In a plan of two years a day without one is either.
    assert_eq!(day("30 de octubre", (date!(2026 - 10 - 01), date!(2028 - 09 - 30))), None);
    assert_eq!(day("30 de octubre", (Date::MIN, Date::MAX)), None);
}

#[test]
fn what_is_no_day_within_the_time_stays_with_the_words() {
    let pasted = "Actividad\tFecha\nCierre de 9 tiraderos\tfin de junio\nReporte anual\t31/12/2028";
    let rows = rows(pasted);
    assert_eq!(rows[0].activity, "Cierre de 9 tiraderos (fin de junio)");
    assert_eq!((rows[0].due, rows[0].unread.as_deref()), (None, Some("fin de junio")));
    assert_eq!(rows[1].activity, "Reporte anual (31/12/2028)");
    assert_eq!((rows[1].due, rows[1].unread.as_deref()), (None, Some("31/12/2028")));
}

#[test]
fn what_does_not_fit_is_named_by_its_row() {
    let long = "a".repeat(501);
    let pasted = format!("Corta\n{long}");
    assert_eq!(read(&pasted, PERIOD), Err(CellError::TextTooLong { row: 2, limit: 500 }));
    let post = "a".repeat(SHORT_LIMIT + 1);
    let pasted = format!("Corta\t{post}");
    assert_eq!(
        read(&pasted, PERIOD),
        Err(CellError::ResponsibleTooLong { row: 1, limit: SHORT_LIMIT })
    );
}

#[test]
fn every_word_that_was_copied_is_somewhere() {
    let pasted = "a1\tb2\tc3\td4\te5\n\tb6\t\tc7\n30/10/2026\tx8\ty9";
    let told = format!("{:?}", rows(pasted));
    for word in ["a1", "b2", "c3", "d4", "e5", "b6", "c7", "x8", "y9"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}
