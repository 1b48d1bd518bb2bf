//! Charts of a consultation, on the wall and on its pages.

use domain::pack::results::{Hundredths, QuestionKind};

use super::count::counted;

/// A question whose file doesn't say what was asked.
pub const UNNAMED: &str = "Consulta pública";
/// Marks without a common question.
pub const MARKS: &str = "Calificaciones";
/// Before what a chart shows, on the desk.
pub const CHART: &str = "Gráfica de la consulta";
/// Link to the results, from the desk.
pub const RESULTS: &str = "Resultados de la consulta";
/// Shows the chart again.
pub const SHOW: &str = "Gráfica";

/// What was asked.
pub fn title(title: &str, kind: QuestionKind) -> String {
    match (title, kind) {
        ("", QuestionKind::Mark) => MARKS.to_owned(),
        ("", QuestionKind::One | QuestionKind::Several) => UNNAMED.to_owned(),
        (title, _) => title.to_owned(),
    }
}

/// Who answered, and how.
pub fn about(kind: QuestionKind, answered: u32) -> String {
    let people = counted(answered as usize, "persona", "personas");
    let verb = if answered == 1 { "Respondió" } else { "Respondieron" };
    match kind {
        QuestionKind::One => format!("{verb} {people}."),
        QuestionKind::Several => format!("{verb} {people}; cada una podía elegir varias opciones."),
        QuestionKind::Mark if answered == 0 => "Promedio de las calificaciones.".to_owned(),
        QuestionKind::Mark => format!("{verb} {people}. Promedio de sus calificaciones."),
    }
}

/// A number of people with a space for thousands: "1 204".
pub fn number(number: u32) -> String {
    if number < 1_000 {
        number.to_string()
    } else {
        format!("{} {:03}", number / 1_000, number % 1_000)
    }
}

/// A mark: "8.9".
pub fn mark(mark: Hundredths) -> String {
    match (mark / 100, mark % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

/// How many of all: "34 %".
pub fn percent(count: u32, of: u32) -> String {
    let of = u64::from(of.max(1));
    format!("{} %", (u64::from(count) * 100 + of / 2) / of)
}

/// What a bar says: "34 personas, 28 %" or "8.9".
pub fn bar(kind: QuestionKind, count: u32, mean: Option<Hundredths>, answered: u32) -> String {
    match (kind, mean) {
        (QuestionKind::Mark, Some(mean)) => self::mark(mean),
        (QuestionKind::Mark, None) => "sin calificaciones".to_owned(),
        (QuestionKind::One | QuestionKind::Several, _) => {
            format!("{} · {}", number(count), percent(count, answered))
        }
    }
}

/// What isn't drawn.
pub fn beside(rows: u32) -> String {
    format!("Y {} más.", counted(rows as usize, "renglón", "renglones"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_read() {
        assert_eq!((mark(890), mark(800), mark(725)), ("8.9".into(), "8".into(), "7.25".into()));
        assert_eq!((number(987), number(1_204)), ("987".into(), "1 204".into()));
        assert_eq!((percent(1, 3), percent(0, 0)), ("33 %".into(), "0 %".into()));
    }
}
