//! Creating an exercise: the administrator's link, the form, and the first events.
//!
//! The link is the first event of the stream that the exercise will be: who has its secret may open
//! the exercise there, once. Nothing else keeps it.

use std::collections::BTreeMap;

use app::page::setup::{Setup, SetupField, SetupProblem};
use app::text::setup::ZONES;
use domain::decide::decide;
use domain::deliberation::choice::Category;
use domain::deliberation::period::year_from;
use domain::exercise::{DecisionRule, MeetingMode, NoticeText, Quota};
use domain::judge::Context;
use domain::people::registry::Grant;
use domain::{
    Command, Date, ExerciseCard, MesaCard, MesaId, MesaNumber, PersonId, Rejection, Role,
    ServerCommand, ShortText, StreamId, conduct, exercise,
};
use store::{AppendError, Store, StoreError};

use super::entry::{self, EntryError, Ledger, issue};
use super::template;
use crate::clock;
use crate::composed::composed;

/// The first mesa of an exercise.
const FIRST: MesaNumber = MesaNumber(1);
/// How often it is tried while others have the same code.
const ATTEMPTS: u32 = 20;
/// Most commitments that a quota may ask for in a category.
const MOST: u8 = 50;

const NOTICE_SHORT: &str = include_str!("setup/aviso-breve.txt");
const NOTICE_FULL: &str = include_str!("setup/aviso.txt");

/// What an exercise is opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    exercise: ExerciseCard,
    mesa: MesaCard,
    notice: (NoticeText, NoticeText),
}

/// Why an exercise can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The link was used: there is an exercise.
    #[error("the exercise is open")]
    Used,
    /// The first events can't be entered.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Issues an administrator's link; the earlier ones stay valid until one of them is used. Works
/// while a server runs. Returns the link's secret.
///
/// # Errors
/// [`EntryError`].
pub async fn issue_link(store: &Store) -> Result<String, EntryError> {
    let (command, secret) =
        entry::new_link(Grant { role: Role::Administrator, seat: None, mesa: None });
    if let Some(stream) = store.unopened().await? {
        entry::enter(store, stream, &command).await?;
        return Ok(secret.text);
    }
    let mut ledger = Ledger::new(StreamId(clock::new_id()));
    ledger.enter(&command)?;
    match ledger.write(store).await {
        Ok(()) => Ok(secret.text),
        Err(AppendError::Store(error)) => Err(error.into()),
        Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {
            Err(EntryError::Busy)
        }
    }
}

/// The stream that an administrator's link opens, and whether its exercise is open already. None:
/// no such link.
///
/// # Errors
/// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
pub async fn find(store: &Store, secret: &str) -> Result<Option<(StreamId, bool)>, StoreError> {
    let Some(link) = store.link(clock::digest_of(secret)).await? else { return Ok(None) };
    if link.grant.role != Role::Administrator {
        return Ok(None);
    }
    let loaded = store.load(link.stream).await?.ok_or(StoreError::NotFound)?;
    Ok(Some((link.stream, loaded.state.card.is_some())))
}

/// The form as it is shown first: what most exercises have is filled in. `today` is the server's.
pub fn blank(today: Date) -> Setup {
    let starts = app::text::date::machine_date(today);
    let filled = [
        (SetupField::Starts, starts.as_str()),
        (SetupField::Zone, ZONES[0].0),
        (SetupField::From, "10:00"),
        (SetupField::To, "14:00"),
        (SetupField::Mode, "hibrida"),
        (SetupField::FollowTheMoney, "1"),
        (SetupField::NationalPlan, "2"),
        (SetupField::Local, "2"),
        (SetupField::Proactive, "0"),
    ];
    let typed = filled.map(|(field, text)| (field, text.to_owned())).into();
    Setup { typed, ..Setup::default() }
}

/// Checks the form.
///
/// # Errors
/// What is wrong, by field.
pub fn check(
    typed: &BTreeMap<SetupField, String>,
) -> Result<Opening, BTreeMap<SetupField, SetupProblem>> {
    let mut form = Reading { typed, problems: BTreeMap::new() };
    let name = form.line(SetupField::Name);
    let state = form.line(SetupField::State);
    let municipality = form.line(SetupField::Municipality);
    let guarantor = form.line(SetupField::Guarantor);
    let starts = form.day(SetupField::Starts);
    let zone = form.zone();
    let theme = form.line(SetupField::Theme);
    let venue = form.line(SetupField::Venue);
    let day = form.day(SetupField::Day);
    let (from, to) = (form.time(SetupField::From), form.time(SetupField::To));
    let mode = form.mode();
    let quota = form.quota();
    let (address, contact) =
        (form.optional(SetupField::Address), form.optional(SetupField::Contact));
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        form.problems.insert(SetupField::To, SetupProblem::EndsBefore);
    }
    if !form.problems.is_empty() {
        return Err(form.problems);
    }
    let at = |day, time| clock::moment(zone.as_str(), day, time);
    let (Some(starts_at), Some(ends_at)) = (at(day, from), at(day, to)) else {
        return Err([(SetupField::Day, SetupProblem::NotADay)].into());
    };
    let (Some(starts), Some(mode)) = (starts, mode) else { return Err(form.problems) };
    let notice = |template: &str| {
        let text = template
            .replace("{garante}", guarantor.as_str())
            .replace("{municipio}", municipality.as_str())
            .replace("{domicilio}", &with("con domicilio en ", &address))
            .replace("{derechos}", &with("en ", &contact));
        NoticeText::parse(text.trim())
    };
    let (Ok(short), Ok(full)) = (notice(NOTICE_SHORT), notice(NOTICE_FULL)) else {
        return Err([(SetupField::Address, SetupProblem::NotPlain)].into());
    };
    Ok(Opening {
        exercise: ExerciseCard {
            name,
            state,
            municipality,
            guarantor,
            reference_plan: template::reference_plan(),
            axes: template::axes(),
            quota,
            starts,
            ends: year_from(starts),
            decision_rule: DecisionRule::Consensus,
            quorum: 0,
            time_zone: zone,
        },
        mesa: MesaCard { theme, venue, mode, starts_at, ends_at, agenda: template::agenda() },
        notice: (short, full),
    })
}

fn with(before: &str, text: &ShortText) -> String {
    if text.is_empty() { String::new() } else { format!("{before}{text}") }
}

/// Opens the exercise that an administrator's link is for: its card, its notice, its first mesa with
/// an open door. Returns the mesa and the secret of its facilitator's link.
///
/// # Errors
/// [`SetupError`].
pub async fn open(
    store: &Store,
    stream: StreamId,
    opening: &Opening,
) -> Result<(MesaId, String), SetupError> {
    for _ in 0..ATTEMPTS {
        let mut ledger = Ledger::load(store, stream).await.map_err(EntryError::from)?;
        if ledger.state().card.is_some() {
            return Err(SetupError::Used);
        }
        let secret = enter(&mut ledger, opening).map_err(EntryError::from)?;
        match ledger.write(store).await {
            Ok(()) => return Ok((MesaId { exercise: stream, number: FIRST }, secret)),
            // Somebody pressed twice, or another mesa has that code.
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(EntryError::from(error).into()),
        }
    }
    Err(EntryError::Busy.into())
}

fn enter(ledger: &mut Ledger, opening: &Opening) -> Result<String, Rejection> {
    let Opening { exercise: card, mesa, notice: (short, full) } = opening.clone();
    let own = |command| ServerCommand::Exercise(command);
    ledger.enter(&own(exercise::ServerCommand::OpenExercise(Box::new(card))))?;
    ledger.enter(&own(exercise::ServerCommand::PublishNotice { short, full }))?;
    ledger.enter(&own(exercise::ServerCommand::OpenMesa { mesa: FIRST, card: Box::new(mesa) }))?;
    let code = ShortText::parse(&clock::join_code()).map_err(|_| Rejection::UnknownValue)?;
    ledger.enter(&ServerCommand::Conduct(FIRST, conduct::ServerCommand::SetJoinCode(code)))?;
    let secret = issue(ledger, Grant { role: Role::Facilitator, seat: None, mesa: Some(FIRST) })?;
    let person = PersonId(clock::new_id());
    let context =
        Context { person, seat: None, role: Role::Facilitator, now: clock::now(), since: &[] };
    let open_door = Command::Conduct(conduct::Command::SetDoor { open: true });
    ledger.add(decide(ledger.state(), FIRST, &open_door, &context)?);
    Ok(secret)
}

/// The form while it is read.
struct Reading<'a> {
    typed: &'a BTreeMap<SetupField, String>,
    problems: BTreeMap<SetupField, SetupProblem>,
}

impl Reading<'_> {
    fn text(&self, field: SetupField) -> &str {
        self.typed.get(&field).map_or("", String::as_str).trim()
    }

    fn optional(&mut self, field: SetupField) -> ShortText {
        ShortText::parse(&composed(self.text(field))).unwrap_or_else(|_| {
            self.problems.insert(field, SetupProblem::NotPlain);
            ShortText::default()
        })
    }

    fn line(&mut self, field: SetupField) -> ShortText {
        let line = self.optional(field);
        if line.is_empty() {
            self.problems.entry(field).or_insert(SetupProblem::Missing);
        }
        line
    }

    /// What a field holds; otherwise the problem is noted.
    fn read<T>(
        &mut self,
        field: SetupField,
        problem: SetupProblem,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(field);
        let (empty, found) = (text.is_empty(), read(text));
        if found.is_none() {
            self.problems.insert(field, if empty { SetupProblem::Missing } else { problem });
        }
        found
    }

    fn day(&mut self, field: SetupField) -> Option<Date> {
        self.read(field, SetupProblem::NotADay, day)
    }

    fn time(&mut self, field: SetupField) -> Option<(u8, u8)> {
        self.read(field, SetupProblem::NotATime, time)
    }

    fn zone(&mut self) -> ShortText {
        let known = |text: &str| {
            ZONES.iter().find(|(zone, _)| *zone == text).and_then(|_| ShortText::parse(text).ok())
        };
        self.read(SetupField::Zone, SetupProblem::NotAChoice, known).unwrap_or_default()
    }

    fn mode(&mut self) -> Option<MeetingMode> {
        self.read(SetupField::Mode, SetupProblem::NotAChoice, |text| match text {
            "hibrida" => Some(MeetingMode::Hybrid),
            "sala" => Some(MeetingMode::InPerson),
            "distancia" => Some(MeetingMode::Remote),
            _ => None,
        })
    }

    fn quota(&mut self) -> Vec<Quota> {
        let fields = [
            (SetupField::FollowTheMoney, Category::FollowTheMoney),
            (SetupField::NationalPlan, Category::NationalPlanAligned),
            (SetupField::Local, Category::LocalProblem),
            (SetupField::Proactive, Category::Proactive),
        ];
        let count = |text: &str| text.parse().ok().filter(|count: &u8| *count <= MOST);
        fields
            .into_iter()
            .filter_map(|(field, category)| {
                let minimum = self.read(field, SetupProblem::NotACount, count)?;
                (minimum > 0).then_some(Quota { category, minimum })
            })
            .collect()
    }
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
mod tests {
    use time::macros::date;

    use super::*;

    fn filled() -> BTreeMap<SetupField, String> {
        let mut typed = blank(date!(2027 - 01 - 04)).typed;
        for (field, text) in [
            (SetupField::Name, "Gobierno Abierto Río Claro 2027"),
            (SetupField::State, "Oaxaca"),
            (SetupField::Municipality, "Río Claro"),
            (SetupField::Guarantor, "Órgano Garante de Oaxaca"),
            (SetupField::Theme, "Agua"),
            (SetupField::Venue, "Casa de la cultura"),
            (SetupField::Day, "2027-02-18"),
        ] {
            typed.insert(field, text.to_owned());
        }
        typed
    }

    #[test]
    fn a_filled_form_is_an_exercise_of_a_year_with_its_mesa_at_the_hour_of_its_place() {
        let mut typed = filled();
        typed.insert(SetupField::Zone, "America/Tijuana".to_owned());
        let opening = check(&typed).expect("nothing is missing");
        assert_eq!(opening.exercise.starts, date!(2027 - 01 - 04));
        assert_eq!(opening.exercise.ends, date!(2028 - 01 - 03));
        assert_eq!(opening.exercise.quota, Quota::TEMPLATE);
        // 10:00 in Tijuana, in winter, is 18:00 UTC.
        assert_eq!(opening.mesa.starts_at, 1_802_973_600_000);
        assert_eq!(opening.mesa.ends_at - opening.mesa.starts_at, 4 * 3_600_000);
        let (short, full) = opening.notice;
        for text in [short.as_str(), full.as_str()] {
            assert!(text.contains("Río Claro") && !text.contains(['{', '}']), "{text}");
        }
    }

    #[test]
    fn what_is_missing_or_no_sense_is_named_field_by_field() {
        let problems = check(&blank(date!(2027 - 01 - 04)).typed).unwrap_err();
        let missing = [
            SetupField::Name,
            SetupField::State,
            SetupField::Municipality,
            SetupField::Guarantor,
            SetupField::Theme,
            SetupField::Venue,
            SetupField::Day,
        ];
        assert_eq!(problems, missing.map(|field| (field, SetupProblem::Missing)).into());
        for (field, text, problem) in [
            (SetupField::Name, "a\u{7}", SetupProblem::NotPlain),
            (SetupField::Starts, "31/02/2027", SetupProblem::NotADay),
            (SetupField::Day, "mañana", SetupProblem::NotADay),
            (SetupField::From, "25:00", SetupProblem::NotATime),
            (SetupField::To, "09:59", SetupProblem::EndsBefore),
            (SetupField::Zone, "America/Macondo", SetupProblem::NotAChoice),
            (SetupField::Mode, "otra", SetupProblem::NotAChoice),
            (SetupField::Local, "51", SetupProblem::NotACount),
            (SetupField::Proactive, "-1", SetupProblem::NotACount),
        ] {
            let mut typed = filled();
            typed.insert(field, text.to_owned());
            assert_eq!(check(&typed).unwrap_err(), [(field, problem)].into(), "{field:?}: {text}");
        }
        let mut typed = filled();
        typed.insert(SetupField::Day, "18/02/2027".to_owned());
        assert!(check(&typed).is_ok(), "a day as people write it");
    }
}
