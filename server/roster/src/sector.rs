//! Which sector a cell names, and which one an organisation's name suggests. The words are those
//! that lists use; what people read is written elsewhere.

use domain::exercise::{Sector, SectorName};
use domain::text::alphabet::folded;

use crate::near;

use Sector::{
    Academia, Citizens, CivilSociety, Facilitation, Guarantor, PrivateSector, PublicInstitution,
};

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
    Unclear(Option<(String, Sector)>),
}

/// Whether a cell has a sector in the words of lists, perhaps misspelt.
pub(crate) fn names_one(text: &str) -> bool {
    let said = among(text, &CALLED);
    matches!(said, Said::Sector(_) | Said::Unclear(Some(_)))
}

/// Whether a cell has exactly such a word.
pub(crate) fn is_one(text: &str) -> bool {
    matches!(among(text, &CALLED), Said::Sector(_))
}

/// What a cell says of the sector: one of the exercise's, by the name that it has there, or in the
/// words of lists.
pub(crate) fn said(text: &str, sectors: &[SectorName]) -> Said {
    let has = |sector: Sector| sectors.iter().any(|named| named.sector == sector);
    let own = sectors.iter().map(|named| (named.name.as_str(), named.sector));
    let called = CALLED.into_iter().filter(|(_, sector)| has(*sector));
    among(text, &own.chain(called).collect::<Vec<_>>())
}

fn among(text: &str, named: &[(&str, Sector)]) -> Said {
    let text = folded(text);
    if text.is_empty() {
        return Said::Nothing;
    }
    if let Some((_, sector)) = named.iter().find(|(called, _)| folded(called) == text) {
        return Said::Sector(*sector);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let nearly = |called: &str| {
        let called = folded(called);
        let mut called = called.split(' ');
        words.iter().all(|word| called.next().is_some_and(|called| near::words(word, called)))
            && called.next().is_none()
    };
    let near = named.iter().find(|(called, _)| nearly(called));
    Said::Unclear(near.map(|(called, sector)| ((*called).to_owned(), *sector)))
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

fn suggestion(organisation: &str) -> Option<Sector> {
    let name = folded(organisation);
    SUGGESTED
        .iter()
        .find(|(words, _)| name.split(' ').any(|word| words.contains(&word)))
        .map(|(_, sector)| *sector)
}

/// Whether a text reads like the name of an organisation of some sector.
pub(crate) fn suggests_one(text: &str) -> bool {
    suggestion(text).is_some()
}

/// The sector of the exercise that an organisation's name suggests. Only ever a suggestion.
pub(crate) fn suggested(organisation: &str, sectors: &[SectorName]) -> Option<Sector> {
    suggestion(organisation).filter(|sector| sectors.iter().any(|named| named.sector == *sector))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sector: Sector, name: &str) -> SectorName {
        SectorName { sector, name: domain::ShortText::parse(name).unwrap() }
    }

    /// Those that every exercise begins with.
    fn usual() -> Vec<SectorName> {
        [
            Guarantor,
            PublicInstitution,
            Facilitation,
            CivilSociety,
            Academia,
            PrivateSector,
            Citizens,
        ]
        .map(|sector| named(sector, &format!("{sector:?}")))
        .to_vec()
    }

    #[test]
    fn an_exercise_has_its_own_sectors_and_names() {
        let sectors = [
            named(PublicInstitution, "Dependencias del municipio"),
            named(Sector::Own(1), "Pueblos originarios"),
        ];
        let likely = |text: &str, sector| Said::Unclear(Some((text.to_owned(), sector)));
        for (text, expected) in [
            ("pueblos ORIGINARIOS", Said::Sector(Sector::Own(1))),
            ("Pueblos orijinarios", likely("Pueblos originarios", Sector::Own(1))),
            ("dependencias del municipio", Said::Sector(PublicInstitution)),
            ("gobierno", Said::Sector(PublicInstitution)),
            ("academia", Said::Unclear(None)),
        ] {
            assert_eq!(said(text, &sectors), expected, "{text}");
        }
        assert_eq!(suggested("Universidad Estatal", &sectors), None, "it has no such sector");
        assert_eq!(suggested("Contraloría", &sectors), Some(PublicInstitution));
    }

    #[test]
    fn sectors_in_the_words_of_lists() {
        let likely = |text: &str, sector| Said::Unclear(Some((text.to_owned(), sector)));
        for (text, expected) in [
            ("", Said::Nothing),
            ("Gobierno ", Said::Sector(PublicInstitution)),
            ("INSTITUCION PUBLICA", Said::Sector(PublicInstitution)),
            ("Facilitación (STL)", Said::Sector(Facilitation)),
            ("o.s.c.", Said::Unclear(None)),
            ("govierno ", likely("gobierno", PublicInstitution)),
            ("sosiedad civil", likely("sociedad civil", CivilSociety)),
            ("acadmia", likely("Academia", Academia)),
            ("Agricultura", Said::Unclear(None)),
        ] {
            assert_eq!(said(text, &usual()), expected, "{text}");
        }
    }

    #[test]
    fn every_sector_has_its_own_word() {
        for SectorName { sector, .. } in usual() {
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
            assert_eq!(suggested(name, &usual()), sector, "{name}");
        }
    }
}
