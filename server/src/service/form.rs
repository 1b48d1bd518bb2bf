//! Reading the forms of the preparation: each field becomes a value, or a problem is noted.

use std::collections::BTreeMap;

use app::page::form::{AGENDA_ROWS, Field, Form, Problem};
use app::text::form::{SECTORS, ZONES};
use domain::codes::{Coded, Parsed};
use domain::deliberation::choice::Category;
use domain::deliberation::period::year_from;
use domain::exercise::{AgendaItem, Axis, MOST_OWN, NoticeText, Quota, Sector, SectorName};
use domain::pack::{DayKind, MOST_DAYS, NoticeRule};
use domain::text::alphabet::folded;
use domain::{Date, ExerciseCard, MesaCard, Millis, Phase, ShortText};

use super::template;
use crate::clock;
use crate::composed::composed;

/// Most commitments that a quota may ask for in a category.
const MOST_COMMITMENTS: u16 = 50;
/// Greatest quorum.
const MOST_ACTORS: u16 = 200;
/// Most minutes of an item of the agenda.
const MOST_MINUTES: u16 = 600;
/// Most axes of a reference plan.
const MOST_AXES: usize = 30;

/// The fields of a quota and their categories.
pub const QUOTA: [(Field, Category); 4] = [
    (Field::FollowTheMoney, Category::FollowTheMoney),
    (Field::NationalPlan, Category::NationalPlanAligned),
    (Field::Local, Category::LocalProblem),
    (Field::Proactive, Category::Proactive),
];

/// What of a posted form belongs to these fields.
pub fn typed(
    posted: &std::collections::HashMap<String, String>,
    fields: impl IntoIterator<Item = Field>,
) -> BTreeMap<Field, String> {
    fields
        .into_iter()
        .filter_map(|field| Some((field, posted.get(field.name().as_ref())?.clone())))
        .collect()
}

/// A form while it is read.
pub struct Reading {
    /// The form, with the problems found so far.
    pub form: Form,
}

impl Reading {
    /// Begins to read.
    pub fn new(typed: BTreeMap<Field, String>) -> Self {
        Self { form: Form { typed, problems: BTreeMap::new() } }
    }

    /// Notes what is wrong with a field, unless something is noted already.
    pub fn note(&mut self, field: Field, problem: Problem) {
        self.form.problems.entry(field).or_insert(problem);
    }

    /// Whether nothing is wrong so far.
    pub fn is_fine(&self) -> bool {
        self.form.problems.is_empty()
    }

    fn text(&self, field: Field) -> &str {
        self.form.text(field).trim()
    }

    /// A short text that may be empty.
    pub fn optional(&mut self, field: Field) -> ShortText {
        match ShortText::parse(&composed(self.text(field))) {
            Ok(text) => text,
            Err(_) => {
                self.note(field, Problem::NotPlain);
                ShortText::default()
            }
        }
    }

    /// A short text that mustn't be empty.
    pub fn line(&mut self, field: Field) -> ShortText {
        let line = self.optional(field);
        if line.is_empty() {
            self.note(field, Problem::Missing);
        }
        line
    }

    /// What a field holds; otherwise the problem is noted.
    fn read<T>(
        &mut self,
        field: Field,
        problem: Problem,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(field);
        let (empty, found) = (text.is_empty(), read(text));
        if found.is_none() {
            self.note(field, if empty { Problem::Missing } else { problem });
        }
        found
    }

    fn day(&mut self, field: Field) -> Option<Date> {
        self.read(field, Problem::NotADay, day)
    }

    /// A number up to `most`.
    fn count(&mut self, field: Field, most: u16) -> Option<u16> {
        self.read(field, Problem::NotACount { most }, |text| {
            text.parse().ok().filter(|count| *count <= most)
        })
    }

    /// One of a list, by its code.
    pub fn choice<T: Parsed>(&mut self, field: Field) -> Option<T> {
        self.read(field, Problem::NotAChoice, T::parse)
    }

    /// A mail address that may be empty, in small letters.
    pub fn mail(&mut self, field: Field) -> Option<String> {
        let text = composed(self.text(field)).to_lowercase();
        if text.is_empty() {
            return None;
        }
        if is_mail(&text) {
            return Some(text);
        }
        self.note(field, Problem::NotAnAddress);
        None
    }

    /// The period of a plan: a year, unless its end is given.
    fn period(&mut self) -> Option<(Date, Date)> {
        let starts = self.day(Field::Starts);
        let last = starts.map(year_from);
        let ends = if self.text(Field::Ends).is_empty() { last } else { self.day(Field::Ends) };
        let (starts, ends, last) = (starts?, ends?, last?);
        if ends < starts {
            self.note(Field::Ends, Problem::EndsBefore);
        } else if ends > last {
            self.note(Field::Ends, Problem::OverAYear);
        }
        Some((starts, ends))
    }

    /// The card of an exercise; `sectors` where the form has none. None: something is wrong.
    pub fn exercise(
        &mut self,
        sample: bool,
        sectors: Option<Vec<SectorName>>,
    ) -> Option<ExerciseCard> {
        let name = self.line(Field::Name);
        let state = self.line(Field::State);
        let municipality = self.line(Field::Municipality);
        let guarantor = self.line(Field::Guarantor);
        let period = self.period();
        let known = |text: &str| {
            ZONES.iter().find(|(zone, _)| *zone == text).and_then(|_| ShortText::parse(text).ok())
        };
        let time_zone = self.read(Field::Zone, Problem::NotAChoice, known);
        let language = self.optional(Field::Language);
        let reference_plan = self.optional(Field::ReferencePlan);
        let axes = self.axes();
        let sectors = sectors.unwrap_or_else(|| self.sectors());
        let decision_rule = self.choice(Field::DecisionRule);
        let quorum = self.count(Field::Quorum, MOST_ACTORS);
        let secret_conformity = !self.text(Field::Secret).is_empty();
        let notice = self.notice_rule();
        let quota = QUOTA
            .into_iter()
            .filter_map(|(field, category)| {
                let minimum = u8::try_from(self.count(field, MOST_COMMITMENTS)?).ok()?;
                (minimum > 0).then_some(Quota { category, minimum })
            })
            .collect();
        let (starts, ends) = period?;
        let (time_zone, decision_rule, quorum) = (time_zone?, decision_rule?, quorum?);
        self.is_fine().then_some(ExerciseCard {
            name,
            state,
            municipality,
            guarantor,
            reference_plan,
            axes,
            quota,
            sectors,
            starts,
            ends,
            decision_rule,
            quorum,
            secret_conformity,
            time_zone,
            language,
            sample,
            notice,
        })
    }

    /// How long before a mesa everybody has the information pack; none: nothing is agreed on.
    fn notice_rule(&mut self) -> Option<NoticeRule> {
        if matches!(self.text(Field::NoticeDays), "" | "0") {
            return None;
        }
        let days = self.count(Field::NoticeDays, MOST_DAYS.into());
        let kind: Option<DayKind> = self.choice(Field::NoticeKind);
        Some(NoticeRule { days: u8::try_from(days?).ok().filter(|days| *days > 0)?, kind: kind? })
    }

    /// The sectors that have a name, those that every exercise begins with first.
    fn sectors(&mut self) -> Vec<SectorName> {
        let mut sectors: Vec<SectorName> = Vec::new();
        let usual = SECTORS.into_iter();
        let own = (1..=MOST_OWN).map(Sector::Own);
        for sector in usual.chain(own) {
            let place = Field::sectors().find(|field| field.sector() == Some(sector));
            let Some(field) = place else { continue };
            let name = self.optional(field);
            let same = |other: &SectorName| folded(other.name.as_str()) == folded(name.as_str());
            if name.is_empty() {
                continue;
            }
            if sectors.iter().any(same) {
                self.note(field, Problem::Taken);
            }
            sectors.push(SectorName { sector, name });
        }
        if sectors.is_empty() {
            self.note(Field::SectorName(0), Problem::Missing);
        }
        sectors
    }

    /// The axes, one a line; a number in front is dropped, the place in the list counts.
    fn axes(&mut self) -> Vec<Axis> {
        let text = composed(self.text(Field::Axes));
        let lines = text.lines().map(without_number).filter(|line| !line.is_empty());
        let axes: Option<Vec<_>> = (1_u8..)
            .zip(lines)
            .map(|(number, line)| Some(Axis { number, name: ShortText::parse(line).ok()? }))
            .collect();
        match axes {
            Some(axes) if axes.len() <= MOST_AXES => axes,
            _ => {
                self.note(Field::Axes, Problem::NotPlain);
                Vec::new()
            }
        }
    }

    /// The card of a mesa, whose hours are by the clock of `zone`; `agenda` when the form has none.
    /// None: something is wrong.
    pub fn mesa(&mut self, zone: &str, agenda: Option<Vec<AgendaItem>>) -> Option<MesaCard> {
        let theme = self.line(Field::Theme);
        let venue = self.line(Field::Venue);
        let day = self.day(Field::Day);
        let from = self.read(Field::From, Problem::NotATime, time);
        let to = self.read(Field::To, Problem::NotATime, time);
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            self.note(Field::To, Problem::EndsBefore);
        }
        let mode = self.choice(Field::Mode);
        let agenda = agenda.or_else(|| self.agenda());
        let at = |time| clock::moment(zone, day, time);
        let (starts_at, ends_at): (Millis, Millis) = match (at(from), at(to)) {
            (Some(from), Some(to)) => (from, to),
            _ => {
                self.note(Field::Day, Problem::NotADay);
                return None;
            }
        };
        let (mode, agenda) = (mode?, agenda?);
        self.is_fine().then_some(MesaCard { theme, venue, mode, starts_at, ends_at, agenda })
    }

    fn agenda(&mut self) -> Option<Vec<AgendaItem>> {
        let mut agenda = Vec::new();
        for row in 1..=AGENDA_ROWS {
            let (phase, title, minutes) =
                (Field::AgendaPhase(row), Field::AgendaTitle(row), Field::AgendaMinutes(row));
            if self.text(title).is_empty() && self.text(minutes).is_empty() {
                continue;
            }
            let title = self.line(title);
            let minutes = self.count(minutes, MOST_MINUTES);
            let phase: Option<Phase> = self.choice(phase);
            if let (Some(phase), Some(minutes)) = (phase, minutes) {
                agenda.push(AgendaItem { phase, title, minutes });
            }
        }
        self.is_fine().then_some(agenda)
    }

    /// A text of a notice.
    pub fn notice(&mut self, field: Field) -> Option<NoticeText> {
        let text = composed(self.text(field)).replace("\r\n", "\n");
        if text.is_empty() {
            self.note(field, Problem::Missing);
            return None;
        }
        let parsed = NoticeText::parse(&text).ok();
        if parsed.is_none() {
            self.note(field, Problem::NotPlain);
        }
        parsed
    }
}

/// The fields of an exercise's card, as they are typed.
pub fn of_exercise(card: &ExerciseCard) -> BTreeMap<Field, String> {
    let date = app::text::date::machine_date;
    let axes: Vec<_> = card.axes.iter().map(|axis| axis.name.to_string()).collect();
    let mut typed: BTreeMap<_, _> = [
        (Field::Name, card.name.to_string()),
        (Field::State, card.state.to_string()),
        (Field::Municipality, card.municipality.to_string()),
        (Field::Guarantor, card.guarantor.to_string()),
        (Field::Starts, date(card.starts)),
        (Field::Ends, date(card.ends)),
        (Field::Zone, card.time_zone.to_string()),
        (Field::Language, card.language.to_string()),
        (Field::ReferencePlan, card.reference_plan.to_string()),
        (Field::Axes, axes.join("\n")),
        (Field::DecisionRule, card.decision_rule.code().to_owned()),
        (Field::Quorum, card.quorum.to_string()),
    ]
    .into();
    for field in Field::sectors() {
        let name = field.sector().and_then(|sector| card.sector_name(sector));
        typed.extend(name.map(|name| (field, name.to_owned())));
    }
    for (field, category) in QUOTA {
        let minimum = card.quota.iter().find(|quota| quota.category == category);
        typed.insert(field, minimum.map_or(0, |quota| quota.minimum).to_string());
    }
    let rule = card.notice.unwrap_or(NoticeRule { days: 0, ..NoticeRule::USUAL });
    typed.insert(Field::NoticeDays, rule.days.to_string());
    typed.insert(Field::NoticeKind, rule.kind.code().to_owned());
    if card.secret_conformity {
        typed.insert(Field::Secret, "si".to_owned());
    }
    typed
}

/// The fields of a mesa's card, as they are typed, by the clock of `zone`.
pub fn of_mesa(card: &MesaCard, zone: &str) -> BTreeMap<Field, String> {
    let starts = clock::day_and_time(zone, card.starts_at);
    let ends = clock::day_and_time(zone, card.ends_at);
    let hour = |at: Option<(Date, (u8, u8))>| {
        at.map(|(_, time)| app::text::date::time_of_day(time)).unwrap_or_default()
    };
    let day = starts.map(|(day, _)| app::text::date::machine_date(day)).unwrap_or_default();
    let mut typed: BTreeMap<_, _> = [
        (Field::Theme, card.theme.to_string()),
        (Field::Venue, card.venue.to_string()),
        (Field::Day, day),
        (Field::From, hour(starts)),
        (Field::To, hour(ends)),
        (Field::Mode, card.mode.code().to_owned()),
    ]
    .into();
    typed.extend(of_agenda(&card.agenda));
    typed
}

/// The fields of an agenda.
pub fn of_agenda(agenda: &[AgendaItem]) -> BTreeMap<Field, String> {
    (1..=AGENDA_ROWS)
        .zip(agenda)
        .flat_map(|(row, item)| {
            [
                (Field::AgendaPhase(row), item.phase.code().to_owned()),
                (Field::AgendaTitle(row), item.title.to_string()),
                (Field::AgendaMinutes(row), item.minutes.to_string()),
            ]
        })
        .collect()
}

/// What most exercises have, to be filled in beforehand; `today` is the server's.
pub fn usual(today: Date) -> BTreeMap<Field, String> {
    let axes: Vec<_> = template::axes().iter().map(|axis| axis.name.to_string()).collect();
    [
        (Field::Starts, app::text::date::machine_date(today)),
        (Field::Zone, ZONES[0].0.to_owned()),
        (Field::Language, template::LANGUAGE.to_owned()),
        (Field::ReferencePlan, template::reference_plan().to_string()),
        (Field::Axes, axes.join("\n")),
        (Field::DecisionRule, domain::exercise::DecisionRule::Consensus.code().to_owned()),
        (Field::Quorum, "0".to_owned()),
        (Field::From, "10:00".to_owned()),
        (Field::To, "14:00".to_owned()),
        (Field::Mode, domain::exercise::MeetingMode::Hybrid.code().to_owned()),
        (Field::FollowTheMoney, "1".to_owned()),
        (Field::NationalPlan, "2".to_owned()),
        (Field::Local, "2".to_owned()),
        (Field::Proactive, "0".to_owned()),
        (Field::NoticeDays, NoticeRule::USUAL.days.to_string()),
        (Field::NoticeKind, NoticeRule::USUAL.kind.code().to_owned()),
    ]
    .into()
}

/// A line without the number in front of it: "3. Pobreza" is "Pobreza".
fn without_number(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')', ' ']);
    if numbered { rest.trim_start_matches(['.', ')', ' ']) } else { line }
}

/// Whether a text looks like a mail address: one `@`, a name before it, a domain with a dot after.
pub fn is_mail(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    let Some((name, domain)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    text.len() <= 254
        && text.chars().all(plain)
        && !name.is_empty()
        && !domain.contains('@')
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-'))
        && labels.last().is_some_and(|last| last.chars().count() >= 2)
}

/// A day as browsers post it (2027-09-24) or as people write it (24/09/2027).
fn day(text: &str) -> Option<Date> {
    let (parts, year_first): (Vec<_>, _) = match text.split_once('-') {
        Some(_) => (text.split('-').collect(), true),
        None => (text.split('/').collect(), false),
    };
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if year_first { (first, last) } else { (last, first) };
    let month = time::Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let year = year.parse::<i32>().ok().filter(|year| (2000..=2200).contains(year))?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

/// Hour and minute: 10:00.
fn time(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.split_once(':')?;
    // Some browsers add the seconds.
    let minute = minute.split(':').next()?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
#[path = "form/tests.rs"]
mod tests;
