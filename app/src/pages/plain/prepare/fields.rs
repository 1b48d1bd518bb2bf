//! What the lists of the preparation's forms offer.

use domain::MesaNumber;
use domain::codes::{Coded, Parsed};
use domain::exercise::{Sector, SectorName};
use domain::pack::DayKind;

use super::super::form::{Choices, choices};
use crate::text::{form, name, pack, prepare};

/// The zones.
pub fn zones() -> Choices {
    form::ZONES.iter().map(|(zone, place)| ((*zone).to_owned(), (*place).to_owned())).collect()
}

/// The ways of meeting.
pub fn modes() -> Choices {
    choices(form::MODES, |mode| mode.code().to_owned(), |mode| form::mode(mode).to_owned())
}

/// Which days of a notice count.
pub fn day_kinds() -> Choices {
    let code = |kind: DayKind| kind.code().to_owned();
    choices(DayKind::VALUES.iter().copied(), code, |kind| pack::day_kind(kind).to_owned())
}

/// The decision rules.
pub fn decision_rules() -> Choices {
    choices(form::RULES, |rule| rule.code().to_owned(), |rule| form::rule(rule).to_owned())
}

/// The exercise's sectors.
pub fn sectors(listed: &[SectorName]) -> Choices {
    let choice =
        |named: &SectorName| (named.sector.code().to_owned(), named.name.as_str().to_owned());
    listed.iter().map(choice).collect()
}

/// What a sector is called in the exercise.
pub fn sector(listed: &[SectorName], sector: Sector) -> String {
    let named = listed.iter().find(|named| named.sector == sector);
    named.map(|named| named.name.to_string()).unwrap_or_default()
}

/// The phases of an agenda's items, and none.
pub fn agenda_phases() -> Choices {
    let phases = choices(
        form::AGENDA_PHASES,
        |phase| phase.code().to_owned(),
        |phase| name::phase(phase).to_owned(),
    );
    std::iter::once((String::new(), prepare::NO_PHASE.to_owned())).chain(phases).collect()
}

/// The roles of those who prepare and facilitate.
pub fn roles() -> Choices {
    choices(form::ROLES, |role| role.code().to_owned(), |role| form::role(role).to_owned())
}

/// All mesas, and each.
pub fn mesas(mesas: &[(MesaNumber, String)]) -> Choices {
    let each =
        mesas.iter().map(|(number, theme)| (number.to_string(), prepare::mesa(*number, theme)));
    std::iter::once((String::new(), prepare::ALL_MESAS.to_owned())).chain(each).collect()
}
