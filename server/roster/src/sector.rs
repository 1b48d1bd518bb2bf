//! Which sector a cell names, and which one an organisation's name suggests. The words are those
//! that lists use; what people read is written elsewhere.

use domain::exercise::Sector;
use domain::text::alphabet::folded;

use crate::near;

use Sector::{
    Academia, Citizens, CivilSociety, Facilitation, Guarantor, PrivateSector, PublicInstitution,
};

/// All sectors, in the order in which they are offered.
pub(crate) const ALL: [Sector; 7] =
    [Guarantor, PublicInstitution, Facilitation, CivilSociety, Academia, PrivateSector, Citizens];

/// What lists call the sectors, with accents; compared folded.
const CALLED: [(&str, Sector); 39] = [
    ("organismo garante", Guarantor),
    ("garante", Guarantor),
    ("órgano garante", Guarantor),
    ("autoridad garante", Guarantor),
    ("guarantor", Guarantor),
    ("institución pública", PublicInstitution),
    ("instituciones públicas", PublicInstitution),
    ("gobierno", PublicInstitution),
    ("gobierno estatal", PublicInstitution),
    ("gobierno municipal", PublicInstitution),
    ("gobierno federal", PublicInstitution),
    ("sector público", PublicInstitution),
    ("público", PublicInstitution),
    ("dependencia", PublicInstitution),
    ("public institution", PublicInstitution),
    ("facilitación", Facilitation),
    ("facilitador", Facilitation),
    ("facilitadora", Facilitation),
    ("facilitación (STL)", Facilitation),
    ("STL", Facilitation),
    ("secretariado técnico local", Facilitation),
    ("sociedad civil", CivilSociety),
    ("sociedad civil organizada", CivilSociety),
    ("organización de la sociedad civil", CivilSociety),
    ("OSC", CivilSociety),
    ("ONG", CivilSociety),
    ("civil society", CivilSociety),
    ("academia", Academia),
    ("académico", Academia),
    ("sector académico", Academia),
    ("sector privado", PrivateSector),
    ("privado", PrivateSector),
    ("iniciativa privada", PrivateSector),
    ("empresarial", PrivateSector),
    ("sector empresarial", PrivateSector),
    ("ciudadanía", Citizens),
    ("ciudadano", Citizens),
    ("ciudadana", Citizens),
    ("citizens", Citizens),
];

/// What a cell says of the sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Nothing.
    Nothing,
    /// This one.
    Sector(Sector),
    /// Something else, perhaps a misspelling of the word, which means the sector.
    Unclear(Option<(&'static str, Sector)>),
}

/// What a cell says of the sector.
pub(crate) fn said(text: &str) -> Said {
    let text = folded(text);
    if text.is_empty() {
        return Said::Nothing;
    }
    if let Some((_, sector)) = CALLED.iter().find(|(called, _)| folded(called) == text) {
        return Said::Sector(*sector);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let nearly = |called: &str| {
        let called = folded(called);
        let mut called = called.split(' ');
        words.iter().all(|word| called.next().is_some_and(|called| near::words(word, called)))
            && called.next().is_none()
    };
    Said::Unclear(CALLED.iter().find(|(called, _)| nearly(called)).copied())
}

/// Words at which a name is recognised, before the more general ones of the next line.
const SUGGESTED: [(&[&str], Sector); 6] = [
    (&["transparencia", "garante"], Guarantor),
    (&["universidad", "tecnologico", "facultad", "escuela", "investigacion"], Academia),
    (&["camara", "empresarial", "empresarios", "coparmex", "canaco", "canacintra"], PrivateSector),
    (
        &["colectivo", "asociacion", "fundacion", "red", "civil", "ac", "organizacion", "frente"],
        CivilSociety,
    ),
    (&["vecinos", "vecinal", "ciudadano", "ciudadana", "ciudadanos"], Citizens),
    (
        &[
            "secretaria",
            "contraloria",
            "ayuntamiento",
            "direccion",
            "gobierno",
            "municipio",
            "comision",
            "instituto",
            "congreso",
            "fiscalia",
            "regiduria",
            "sindicatura",
            "oficialia",
        ],
        PublicInstitution,
    ),
];

/// The sector that an organisation's name suggests. Only ever a suggestion.
pub(crate) fn suggested(organisation: &str) -> Option<Sector> {
    let name = folded(organisation);
    SUGGESTED
        .iter()
        .find(|(words, _)| name.split(' ').any(|word| words.contains(&word)))
        .map(|(_, sector)| *sector)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_in_the_words_of_lists() {
        for (text, expected) in [
            ("", Said::Nothing),
            ("Gobierno ", Said::Sector(PublicInstitution)),
            ("INSTITUCION PUBLICA", Said::Sector(PublicInstitution)),
            ("Facilitación (STL)", Said::Sector(Facilitation)),
            ("o.s.c.", Said::Unclear(None)),
            ("govierno ", Said::Unclear(Some(("gobierno", PublicInstitution)))),
            ("sosiedad civil", Said::Unclear(Some(("sociedad civil", CivilSociety)))),
            ("acadmia", Said::Unclear(Some(("academia", Academia)))),
            ("Agricultura", Said::Unclear(None)),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn every_sector_has_its_own_word() {
        for sector in ALL {
            assert!(CALLED.iter().any(|(_, called)| *called == sector), "{sector:?}");
        }
    }

    #[test]
    fn names_suggest_a_sector() {
        for (name, sector) in [
            ("Instituto de Transparencia de Sierra Clara", Some(Guarantor)),
            ("Contraloría del Estado", Some(PublicInstitution)),
            ("Universidad Estatal", Some(Academia)),
            ("Colectivo de Madres y Padres", Some(CivilSociety)),
            ("Consejo Empresarial", Some(PrivateSector)),
            ("Regantes del Norte", None),
        ] {
            assert_eq!(suggested(name), sector, "{name}");
        }
    }
}
