//! Which exercises the home page shows: all of them, or those with the words that are searched for.

use app::page::plain::{ExerciseLink, Home};
use domain::text::alphabet::{folded, place};
use store::MesaSummary;

/// Most exercises that are shown without a search.
pub const FEW: usize = 8;
/// Most letters of a search that count.
const ASKED: usize = 120;

/// The home page of a server with these mesas, given by exercise and number.
pub fn home(mesas: Vec<MesaSummary>, asked: &str, unknown_code: bool) -> Home {
    let mut exercises = by_exercise(mesas);
    let all = exercises.len();
    let search = (all > FEW).then(|| asked.trim().chars().take(ASKED).collect::<String>());
    if let Some(asked) = &search {
        let words = words(asked);
        exercises.retain(|exercise| has(exercise, &words));
    }
    exercises.sort_by_cached_key(|exercise| place(&exercise.name));
    Home { exercises, all, search, unknown_code }
}

fn by_exercise(mesas: Vec<MesaSummary>) -> Vec<ExerciseLink> {
    let mut exercises: Vec<ExerciseLink> = Vec::new();
    for MesaSummary { mesa, theme, exercise_name, municipality } in mesas {
        let own = (mesa.number, theme);
        match exercises.last_mut().filter(|last| last.exercise == mesa.exercise) {
            Some(last) => last.mesas.push(own),
            None => exercises.push(ExerciseLink {
                exercise: mesa.exercise,
                name: exercise_name,
                municipality,
                mesas: vec![own],
            }),
        }
    }
    exercises
}

/// The words of a text, without capitals and accents; ñ is found by n, as many type it.
fn words(text: &str) -> Vec<String> {
    let folded = folded(text).replace('ñ', "n");
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether an exercise has all of these words, or words that begin with them, in its name, its
/// municipality or its themes.
fn has(exercise: &ExerciseLink, asked: &[String]) -> bool {
    let themes = exercise.mesas.iter().map(|(_, theme)| theme.as_str());
    let texts = [exercise.name.as_str(), exercise.municipality.as_str()].into_iter().chain(themes);
    let own: Vec<String> = texts.flat_map(words).collect();
    asked.iter().all(|asked| own.iter().any(|word| word.starts_with(asked)))
}

#[cfg(test)]
mod tests {
    use domain::{MesaId, MesaNumber, StreamId};
    use uuid::Uuid;

    use super::*;

    fn mesa(exercise: u128, number: u16, (name, place, theme): (&str, &str, &str)) -> MesaSummary {
        let exercise = StreamId(Uuid::from_u128(exercise));
        MesaSummary {
            mesa: MesaId { exercise, number: MesaNumber(number) },
            theme: theme.to_owned(),
            exercise_name: name.to_owned(),
            municipality: place.to_owned(),
        }
    }

    fn nine() -> Vec<MesaSummary> {
        let mut mesas = vec![
            mesa(1, 1, ("Zacatlán 2026", "Zacatlán", "Agua")),
            mesa(1, 2, ("Zacatlán 2026", "Zacatlán", "Niñez y cuidados")),
            mesa(2, 1, ("Álamos 2026", "Peña Grande", "Movilidad")),
        ];
        mesas.extend((3..10).map(|id| mesa(id, 1, ("Municipio", "San Juan", "Residuos"))));
        mesas
    }

    fn names(home: &Home) -> Vec<&str> {
        home.exercises.iter().map(|exercise| exercise.name.as_str()).collect()
    }

    #[test]
    fn up_to_eight_exercises_are_all_shown_whatever_is_asked_for() {
        let few: Vec<_> = nine().into_iter().take(9).collect();
        let shown = home(few, "nada de esto", false);
        assert_eq!((shown.all, shown.search.is_none()), (8, true));
        assert_eq!(names(&shown)[..2], ["Álamos 2026", "Municipio"], "in Spanish order");
        assert_eq!(shown.exercises.last().unwrap().mesas.len(), 2, "an exercise is one card");
    }

    #[test]
    fn more_are_searched_without_accents_and_capitals_by_the_beginnings_of_words() {
        let cases: [(&str, &[&str]); 9] = [
            ("zacatlan", &["Zacatlán 2026"]),
            ("ZACATLA\u{301}N", &["Zacatlán 2026"]),
            ("ninez", &["Zacatlán 2026"]),
            ("NIÑ cuid", &["Zacatlán 2026"]),
            ("pena", &["Álamos 2026"]),
            ("alamos", &["Álamos 2026"]),
            ("zacatlan movilidad", &[]),
            ("catlan", &[]),
            ("2026", &["Álamos 2026", "Zacatlán 2026"]),
        ];
        for (asked, found) in cases {
            let shown = home(nine(), asked, false);
            assert_eq!(names(&shown), found, "{asked}");
            assert_eq!((shown.all, shown.search.as_deref()), (9, Some(asked)));
        }
        for nothing in ["", "  ", "¿?"] {
            assert_eq!(home(nine(), nothing, true).exercises.len(), 9, "{nothing:?}");
        }
        let endless = home(nine(), &"a".repeat(10_000), false);
        assert_eq!(endless.search.map(|asked| asked.len()), Some(ASKED));
    }
}
