//! The Spanish that the documents say of themselves. What templates print without computing it is
//! in `templates/words.typ`.

mod date;
mod minutes;
mod number;
mod pal;

pub use date::{clock, column, compact, day, day_spelled, period};
pub use minutes::*;
pub use number::{activities, capital, commitments, feminine, signers_who};
pub use pal::*;

/// `a`, `a y b`, `a, b y c`; `e` before a name that begins with the sound of i.
pub fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    let Some((last, rest)) = items.split_last() else { return String::new() };
    if rest.is_empty() {
        return (*last).to_owned();
    }
    let start: String = last.chars().take(3).collect::<String>().to_lowercase();
    let sounds_i = (start.starts_with('i') || start.starts_with('í') || start.starts_with("hi"))
        && !start.starts_with("hie")
        && !start.starts_with("hia");
    format!("{} {} {last}", rest.join(", "), if sounds_i { "e" } else { "y" })
}

/// The parts that say something, joined.
pub fn joined(parts: &[&str], between: &str) -> String {
    let said: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|p| !p.is_empty()).collect();
    said.join(between)
}

/// The text with a full stop at its end, unless it ends a sentence already or says nothing.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        None => String::new(),
        Some('.' | '!' | '?' | '…' | '»') => text.to_owned(),
        Some(_) => format!("{text}."),
    }
}

/// The text cut at a word so that it has at most `most` letters, with "…" when something is
/// missing.
pub fn cut(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let head: String = flat.chars().take(most.saturating_sub(1)).collect();
    let whole = match head.rfind(' ') {
        Some(at) if head[..at].chars().count() * 2 >= most => &head[..at],
        _ => head.as_str(),
    };
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// The text cut like [`cut`], counting capitals and wide letters as the sans face sets them: one
/// for an average small letter.
pub fn cut_to_width(text: &str, most: f64) -> String {
    let wide = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ' ' | '\'' => 0.55,
        'm' | 'w' | 'M' | 'W' | '@' => 1.6,
        _ if letter.is_uppercase() || letter.is_ascii_digit() => 1.2,
        _ if letter.is_ascii() || ('\u{c0}'..'\u{250}').contains(&letter) => 1.0,
        _ => 1.9,
    };
    let mut width = 0.0;
    let fits = text.chars().take_while(|letter| {
        width += wide(*letter);
        width <= most
    });
    cut(text, fits.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_spanish_joins_them() {
        assert_eq!(list([]), "");
        assert_eq!(list(["Contraloría"]), "Contraloría");
        assert_eq!(list(["Contraloría", "Instituto"]), "Contraloría e Instituto");
        assert_eq!(list(["A", "B", "Colegio"]), "A, B y Colegio");
        assert_eq!(list(["Agua", "Hielo"]), "Agua y Hielo");
    }

    #[test]
    fn what_is_cut_is_cut_at_a_word() {
        assert_eq!(cut("Colegio de Arquitectos", 22), "Colegio de Arquitectos");
        assert_eq!(cut("Red de Comités Comunitarios de Agua", 22), "Red de Comités…");
        assert_eq!(cut("Otorrinolaringológicamente", 10), "Otorrinol…");
    }
}
