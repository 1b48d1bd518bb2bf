//! Recovering words that the server lost: it was restored from an older backup, and a device still
//! knows what a text said when the server acknowledged it.
//!
//! The device can't send its old patches again, because the texts that they are based on are lost
//! too. It sends the full text, and the room, which takes one command after another, inserts what
//! is missing: twenty phones that all know the same text recover it once.

use crate::Patch;
use crate::text::patch::scalars;

/// Most fingerprints that a recovery may carry.
pub const ANCESTOR_LIMIT: usize = 256;
/// Most comparisons of words; for longer texts only the common beginning and end are found.
const WORK_LIMIT: usize = 4_000_000;

/// A text's fingerprint (FNV-1a): tells whether the server's text is an earlier version of the lost
/// one. Not for security.
pub fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The patch that makes `current` say what `lost` says. When `current` is one of the earlier
/// versions of `lost` (`ancestors`), it becomes `lost`; otherwise somebody has written since, and
/// nothing is deleted: what is missing is inserted where it was.
pub fn recovery(current: &str, lost: &str, ancestors: &[u64]) -> Patch {
    let takes_out = ancestors.contains(&fingerprint(current));
    let (now, then) = (words(current), words(lost));
    let (head, tail) = ends_in_common(&now, &then);
    let (now_middle, then_middle) = (&now[head..now.len() - tail], &then[head..then.len() - tail]);

    let mut patch = Patch::identity();
    let mut at = now[..head].iter().map(|word| scalars(word)).sum::<u32>();
    let mut before = head.checked_sub(1).map_or("", |last| now[last]);
    let steps = compare(now_middle, then_middle);
    let steps = if takes_out { steps } else { keep_together(steps) };
    for (index, step) in steps.iter().enumerate() {
        match step {
            Step::Extra(word) if takes_out => {
                patch = patch.compose(&Patch::splice(at, scalars(word), ""))
            }
            Step::Both(word) | Step::Extra(word) => {
                at += scalars(word);
                before = word;
            }
            Step::Missing(word) => {
                // A space between words of two people.
                let after = match steps[index + 1..]
                    .iter()
                    .find(|step| !(takes_out && matches!(step, Step::Extra(_))))
                {
                    Some(Step::Both(after) | Step::Extra(after)) => after,
                    Some(Step::Missing(_)) => "",
                    None => now.get(now.len() - tail).unwrap_or(&""),
                };
                let lone = [gap(before, word), word, gap(word, after)].concat();
                patch = patch.compose(&Patch::splice(at, 0, &lone));
                at += scalars(&lone);
                before = word;
            }
        }
    }
    patch
}

/// The patch from one wording of a text to another (a diff by words): words that both have stay
/// where they are, and carets with them.
pub fn rewording(old: &str, new: &str) -> Patch {
    let (old, new) = (words(old), words(new));
    let (head, tail) = ends_in_common(&old, &new);
    let mut patch = Patch::identity();
    let mut at = old[..head].iter().map(|word| scalars(word)).sum::<u32>();
    let steps = compare(&old[head..old.len() - tail], &new[head..new.len() - tail]);
    for chunk in steps.chunk_by(|one, next| one.is_common() == next.is_common()) {
        let Stretch { now, then, is_common } = Stretch::of(chunk);
        let (now, then): (Vec<char>, Vec<char>) =
            (now.concat().chars().collect(), then.concat().chars().collect());
        if !is_common {
            // Most of a changed word stays too.
            let (head, tail) = ends_in_common(&now, &then);
            let inserted: String = then[head..then.len() - tail].iter().collect();
            patch = patch.compose(&Patch::splice(
                at + length(head),
                length(now.len() - head - tail),
                &inserted,
            ));
        }
        at += length(then.len());
    }
    patch
}

fn length(scalars: usize) -> u32 {
    u32::try_from(scalars).unwrap_or(u32::MAX)
}

/// The lengths of the common beginning and, behind that, the common end of two sequences.
fn ends_in_common<T: PartialEq>(one: &[T], other: &[T]) -> (usize, usize) {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let tail = one[head..]
        .iter()
        .rev()
        .zip(other[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (head, tail)
}

fn gap(one: &str, other: &str) -> &'static str {
    let joins = one.ends_with(char::is_alphanumeric) && other.starts_with(char::is_alphanumeric);
    if joins { " " } else { "" }
}

/// Fewer common words than these, between others that differ, are a coincidence: two people both
/// write "de la".
const IN_COMMON: usize = 3;

/// Keeps what two people wrote in place of each other in one piece each, one after the other,
/// instead of mixing it word by word: coincidental common words within it count for both.
fn keep_together(steps: Vec<Step<'_>>) -> Vec<Step<'_>> {
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    for chunk in steps.chunk_by(|one, next| one.is_common() == next.is_common()) {
        stretches.push(Stretch::of(chunk));
        // The result may join with what is before it.
        while let [.., before, between, last] = &mut stretches[..]
            && between.is_common
            && between.words() < IN_COMMON
            && (before.is_mixed() || last.is_mixed())
        {
            for further in [between, last] {
                before.now.append(&mut further.now);
                before.then.append(&mut further.then);
            }
            stretches.truncate(stretches.len() - 2);
        }
    }
    stretches.into_iter().flat_map(Stretch::steps).collect()
}

/// A stretch that both texts have, or what each of them has instead.
struct Stretch<'a> {
    now: Vec<&'a str>,
    then: Vec<&'a str>,
    is_common: bool,
}

impl<'a> Stretch<'a> {
    fn of(steps: &[Step<'a>]) -> Self {
        let is_common = steps.first().is_some_and(Step::is_common);
        let (mut now, mut then) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Both(word) => {
                    now.push(*word);
                    then.push(*word);
                }
                Step::Extra(word) => now.push(word),
                Step::Missing(word) => then.push(word),
            }
        }
        Self { now, then, is_common }
    }

    /// Whether each text has something that the other doesn't.
    fn is_mixed(&self) -> bool {
        !self.is_common && !self.now.is_empty() && !self.then.is_empty()
    }

    fn words(&self) -> usize {
        self.now.iter().filter(|word| word.starts_with(char::is_alphanumeric)).count()
    }

    fn steps(self) -> Vec<Step<'a>> {
        if self.is_common {
            return self.now.into_iter().map(Step::Both).collect();
        }
        self.now
            .into_iter()
            .map(Step::Extra)
            .chain(self.then.into_iter().map(Step::Missing))
            .collect()
    }
}

enum Step<'a> {
    Both(&'a str),
    /// Only in the lost text.
    Missing(&'a str),
    /// Only in the server's text.
    Extra(&'a str),
}

impl Step<'_> {
    fn is_common(&self) -> bool {
        matches!(self, Self::Both(_))
    }
}

/// Words, and every other character by itself.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first.is_alphanumeric() {
            true => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after;
    }
    words
}

/// The longest common subsequence, and what is between.
fn compare<'a>(now: &[&'a str], then: &[&'a str]) -> Vec<Step<'a>> {
    let width = then.len() + 1;
    if now.len().saturating_mul(then.len()) > WORK_LIMIT {
        return now
            .iter()
            .map(|word| Step::Extra(word))
            .chain(then.iter().map(|word| Step::Missing(word)))
            .collect();
    }
    let mut common = vec![0_u16; (now.len() + 1) * width];
    for i in (0..now.len()).rev() {
        for j in (0..then.len()).rev() {
            common[i * width + j] = if now[i] == then[j] {
                common[(i + 1) * width + j + 1].saturating_add(1)
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut steps = Vec::with_capacity(now.len() + then.len());
    loop {
        match (now.get(i), then.get(j)) {
            (None, None) => return steps,
            (Some(a), Some(b)) if a == b => {
                steps.push(Step::Both(a));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), _)
                if j == then.len() || common[(i + 1) * width + j] >= common[i * width + j + 1] =>
            {
                steps.push(Step::Extra(a));
                i += 1;
            }
            (_, Some(b)) => {
                steps.push(Step::Missing(b));
                j += 1;
            }
            (Some(_), None) => return steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn after(current: &str, lost: &str, ancestors: &[u64]) -> String {
        recovery(current, lost, ancestors).apply(current).expect("a recovery fits its text")
    }

    #[test]
    fn a_text_that_nobody_touched_since_becomes_the_lost_one() {
        let ancestors = [fingerprint("Agua limpia en 9 localidades")];
        assert_eq!(
            after("Agua limpia en 9 localidades", "Agua potable en 14 localidades", &ancestors),
            "Agua potable en 14 localidades"
        );
    }

    #[test]
    fn what_was_written_since_stays_and_what_was_lost_comes_back() {
        let text = after("Agua limpia para todas", "Agua limpia y medida", &[]);
        for word in ["Agua", "limpia", "para", "todas", "y", "medida"] {
            assert_eq!(text.matches(word).count(), 1, "{word} in {text}");
        }
    }

    #[test]
    fn what_two_people_wrote_at_one_place_is_not_mixed_word_by_word() {
        let (ana, beto) = (
            "los vecinos del oriente piden agua de la red",
            "LA ESCUELA NUMERO DOCE de la colonia",
        );
        assert_eq!(after(beto, ana, &[]), format!("{beto} {ana}"));
        let (ana, beto) = (format!("Se acuerda: {ana}."), format!("Se acuerda: {beto}."));
        assert_eq!(
            after(&beto, &ana, &[]),
            "Se acuerda: LA ESCUELA NUMERO DOCE de la colonia los vecinos del oriente piden agua de la red."
        );
        // What they certainly have in common appears once.
        let text = after("uno dos tres cuatro cinco X", "Y dos tres cuatro cinco seis", &[]);
        assert_eq!(text.matches("dos tres cuatro cinco").count(), 1, "{text}");
    }

    #[test]
    fn what_is_there_already_is_not_put_in_twice() {
        assert!(recovery("Agua limpia", "Agua limpia", &[]).is_identity());
        assert!(recovery("Agua limpia y medida", "Agua medida", &[]).is_identity());
    }

    #[test]
    fn texts_too_long_to_compare_are_both_kept() {
        let (one, two) = ("uno ".repeat(2_000), "dos ".repeat(2_000));
        let text = after(&one, &two, &[]);
        assert_eq!((text.matches("uno").count(), text.matches("dos").count()), (2_000, 2_000));
    }

    #[test]
    fn a_wording_becomes_another_word_by_word() {
        let patch = rewording("Agua limpia para todas", "El agua muy limpia y medida para todas");
        assert_eq!(
            patch.apply("Agua limpia para todas"),
            Ok("El agua muy limpia y medida para todas".to_owned())
        );
        // A caret behind "limpia" stays there, and one within a word that grew too.
        assert_eq!(patch.map_position(11), 18);
        assert_eq!(rewording("unos", "unos, dos"), Patch::splice(4, 0, ", dos"));
        assert_eq!(rewording("a compromisos b", "aa compromiso bb").map_position(12), 13);
    }

    proptest! {
        #[test]
        fn a_rewording_gives_the_other_wording(old in "[ab ]{0,12}|\\PC{0,12}", new in "[ab ]{0,12}|\\PC{0,12}") {
            prop_assert_eq!(rewording(&old, &new).apply(&old), Ok(new));
        }

        #[test]
        fn no_word_of_either_is_missing_afterwards(current in "[ab ]{0,12}|\\PC{0,12}", lost in "[ab ]{0,12}|\\PC{0,12}") {
            let text = after(&current, &lost, &[]);
            for word in words(&current).into_iter().chain(words(&lost)) {
                prop_assert!(text.contains(word), "{word:?} is missing in {text:?}");
            }
            // Recovering it again changes nothing.
            prop_assert!(recovery(&text, &lost, &[]).is_identity());
        }

        #[test]
        fn an_ancestor_becomes_exactly_the_lost_text(current in "\\PC{0,20}", lost in "\\PC{0,20}") {
            prop_assert_eq!(after(&current, &lost, &[fingerprint(&current)]), lost);
        }
    }
}
