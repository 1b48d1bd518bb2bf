//! Numbers in words.

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

fn below_thousand(number: u32) -> String {
    let (hundreds, rest) = ((number / 100) as usize, number % 100);
    let small = match rest {
        0..30 => SMALL[rest as usize].to_owned(),
        _ if rest % 10 == 0 => TENS[(rest / 10) as usize].to_owned(),
        _ => format!("{} y {}", TENS[(rest / 10) as usize], SMALL[(rest % 10) as usize]),
    };
    match (hundreds, rest) {
        (0, _) => small,
        (1, 0) => "cien".to_owned(),
        (_, 0) => HUNDREDS[hundreds].to_owned(),
        _ => format!("{} {small}", HUNDREDS[hundreds]),
    }
}

/// The number in words, as it is counted: "veintiuno". From a million on in figures.
pub fn count(number: u32) -> String {
    match number {
        0..1000 => below_thousand(number),
        1000..1_000_000 => {
            let thousands = match number / 1000 {
                1 => "mil".to_owned(),
                many => format!("{} mil", shortened(below_thousand(many))),
            };
            match number % 1000 {
                0 => thousands,
                rest => format!("{thousands} {}", below_thousand(rest)),
            }
        }
        _ => number.to_string(),
    }
}

/// "uno" before what it counts: "veintiún", "treinta y un".
fn shortened(word: String) -> String {
    match word.strip_suffix("veintiuno") {
        Some(head) => format!("{head}veintiún"),
        None => word.strip_suffix("uno").map(|head| format!("{head}un")).unwrap_or(word),
    }
}

/// The number before a masculine noun.
fn masculine(number: u32) -> String {
    shortened(count(number))
}

/// The number before a feminine noun: "veintiuna", "doscientas".
pub fn feminine(number: u32) -> String {
    let word = count(number);
    let word = word.strip_suffix("uno").map(|head| format!("{head}una")).unwrap_or(word);
    word.replace("cientos", "cientas").replace("quinientos", "quinientas")
}

/// The word with a capital letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "un compromiso", "cinco compromisos".
pub fn commitments(number: usize) -> String {
    match number {
        1 => "un compromiso".to_owned(),
        _ => format!("{} compromisos", masculine(small(number))),
    }
}

/// "una actividad", "veintisiete actividades".
pub fn activities(number: usize) -> String {
    match number {
        1 => "una actividad".to_owned(),
        _ => format!("{} actividades", feminine(small(number))),
    }
}

/// "un actor", "ocho actores".
pub fn signers_who(number: usize) -> String {
    match number {
        1 => "un actor".to_owned(),
        _ => format!("{} actores", masculine(small(number))),
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled() {
        for (number, word) in [
            (0, "cero"),
            (16, "dieciséis"),
            (21, "veintiuno"),
            (31, "treinta y uno"),
            (100, "cien"),
            (101, "ciento uno"),
            (999, "novecientos noventa y nueve"),
            (1000, "mil"),
            (2026, "dos mil veintiséis"),
            (21_000, "veintiún mil"),
        ] {
            assert_eq!(count(number), word);
        }
        assert_eq!(feminine(231), "doscientas treinta y una");
        assert_eq!(feminine(521), "quinientas veintiuna");
        assert_eq!(commitments(21), "veintiún compromisos");
        assert_eq!(activities(1), "una actividad");
    }
}
