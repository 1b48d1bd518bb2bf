//! Which words are likely a misspelling of each other.

/// Longer words aren't compared.
const LONGEST: usize = 40;
/// Most words of a name that are compared.
const MOST_WORDS: usize = 16;

/// Words that names of organisations leave out at will.
const SMALL: [&str; 14] =
    ["de", "del", "la", "las", "el", "los", "y", "e", "en", "para", "por", "a", "the", "of"];

/// Whether two folded words are nearly the same: one letter in four to eight, two in longer ones.
/// What has a digit is never near.
pub(crate) fn words(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (a, b) = (one.chars().count(), other.chars().count());
    let (short, long) = (a.min(b), a.max(b));
    let most = if short >= 9 { 2 } else { 1 };
    short >= 4
        && long <= LONGEST
        && long - short <= most
        && !one.chars().chain(other.chars()).any(char::is_numeric)
        && strsim::osa_distance(one, other) <= most
}

/// A folded name, cut into words once, to be compared with many.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    words: Vec<String>,
    joined: String,
}

impl Name {
    /// Of a folded text.
    pub fn new(folded: &str) -> Self {
        let words = folded.split(' ').filter(|word| !SMALL.contains(word));
        Self {
            words: words.take(MOST_WORDS).map(str::to_owned).collect(),
            joined: folded.replace(' ', ""),
        }
    }

    /// Whether two names may be one: all words of the shorter are, nearly, in the longer
    /// ("Contralria" and "Contraloría del Estado"), or only the spaces differ.
    pub fn is_near(&self, other: &Self) -> bool {
        let (short, long) =
            if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        self.joined == other.joined
            || (short.words.iter().any(|word| word.chars().count() >= 5)
                && short.words.iter().all(|word| long.words.iter().any(|long| words(word, long))))
    }
}

#[cfg(test)]
mod tests {
    use domain::text::alphabet::folded;

    use super::*;

    #[test]
    fn names_that_may_be_one() {
        for (one, other, near) in [
            ("Contralria", "Contraloría del Estado", true),
            ("Contraloría", "Contraloría del Estado", true),
            ("Contra loría del Estado", "Contraloría del Estado", true),
            ("Univercidad Estatal", "Universidad Estatal", true),
            ("Colegio Arquitectos", "Colegio de Arquitectos", true),
            ("Colegio de Abogados", "Colegio de Arquitectos", false),
            ("Escuela Secundaria 12", "Escuela Secundaria 13", false),
            ("Regantes del Norte", "Regantes del Sur", false),
            ("Secretaría de Salud", "Secretaría de Desarrollo Social", false),
            ("ONG", "ONG", true),
            ("", "Contraloría", false),
        ] {
            let is_near = Name::new(&folded(one)).is_near(&Name::new(&folded(other)));
            assert_eq!(is_near, near, "{one} / {other}");
        }
    }

    #[test]
    fn short_words_and_numbers_are_themselves() {
        assert!(words("govierno", "gobierno") && words("titluar", "titular"));
        assert!(!words("sur", "sor") && !words("lote12", "lote13"));
    }
}
