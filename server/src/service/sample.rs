//! The sample exercise: a fictional state with eight problems and five commitments, for trying
//! everything out. It goes through the same rules and the same log as what people write.

use app::address;
use domain::decide::decide;
use domain::deliberation::choice::{ItemKind, Party};
use domain::judge::Context;
use domain::people::registry::Grant;
use domain::{
    Actor, ActorId, ActorNumber, Assignment, Command, ItemId, MesaId, MesaNumber, Patch, PersonId,
    Phase, Rejection, Role, Seat, SeatId, ServerCommand, StreamId, TextField,
};
use domain::{conduct, deliberation, exercise};
use serde::{Deserialize, Serialize};
use store::{AppendError, Store, StoreError};

use crate::clock;
use crate::service::document::DocumentError;
use crate::service::entry::{Ledger, issue};
use crate::service::plan;
use crate::service::sealing::SealingError;

mod content;
mod pack;
mod sections;
mod signed;
use content::{ACTORS, COMMITMENTS, PROBLEMS};
pub use signed::sign;

/// The mesa of the sample.
const FIRST: MesaNumber = MesaNumber(1);

/// How much of the sample is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The exercise, its mesa and seats.
    Empty,
    /// Also the eight problems, and the information pack, which came in time.
    #[default]
    Live,
    /// Also the five commitments.
    Agreed,
    /// Also the read-out, with the plan frozen as its version 1.
    Frozen,
    /// Also agreed to; [`sign`] has it signed.
    Signed,
}

/// Why the sample can't be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The store isn't empty: it is left unchanged.
    #[error("the store isn't empty")]
    NotEmpty,
    /// The rules reject a part of the sample.
    #[error("the sample breaks a rule: {0}")]
    Rejected(#[from] Rejection),
    /// A document can't be set.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The plan can't be sealed.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// The store failed.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The links into the sample. Secrets exist only here: the store has their digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// The facilitator's link.
    pub facilitator_url: String,
    /// The address in the QR code.
    pub join_url: String,
    /// The join code.
    pub join_code: String,
    /// The projector's page.
    pub projector_url: String,
    /// The public page.
    pub public_url: String,
    /// The exercise.
    pub exercise_id: StreamId,
    /// The mesa, as addresses name it: the exercise and its number.
    pub mesa_id: MesaId,
    /// A personal link for each seat.
    pub seats: Vec<SeatWay>,
}

impl Ways {
    /// The links into a mesa; `secrets` are the facilitator's and the projector's.
    pub(crate) fn new(
        base: &str,
        mesa: MesaId,
        code: String,
        secrets: (&str, &str),
        seats: Vec<SeatWay>,
    ) -> Self {
        let (facilitator, projector) = secrets;
        Self {
            facilitator_url: format!("{base}{}", address::link(facilitator)),
            join_url: format!("{base}/entrar/{code}"),
            join_code: code,
            projector_url: format!("{base}{}", address::LinkTo::Projector.with(projector)),
            public_url: format!("{base}{}", address::public(mesa.exercise)),
            exercise_id: mesa.exercise,
            mesa_id: mesa,
            seats,
        }
    }
}

/// A seat's personal link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatWay {
    /// The organisation.
    pub organisation: String,
    /// The link.
    pub url: String,
}

/// Loads the sample into an empty store. `base` is the base address of links, as
/// `http://localhost:3000`.
///
/// # Errors
/// [`SampleError`]; nothing is written when the store isn't empty.
pub async fn load(store: &Store, stage: Stage, base: &str) -> Result<Ways, SampleError> {
    if !store.mesas().await?.is_empty() {
        return Err(SampleError::NotEmpty);
    }
    let mesa = MesaId { exercise: StreamId(clock::new_id()), number: FIRST };
    let mut ledger = Ledger::new(mesa.exercise);
    ledger.enter(&ServerCommand::Exercise(exercise::ServerCommand::OpenExercise(Box::new(
        content::exercise(),
    ))))?;
    let (short, full) = content::notice();
    ledger
        .enter(&ServerCommand::Exercise(exercise::ServerCommand::PublishNotice { short, full }))?;
    ledger.enter(&ServerCommand::Exercise(exercise::ServerCommand::WriteSections(Box::new(
        sections::sections(),
    ))))?;
    ledger.enter(&ServerCommand::Exercise(exercise::ServerCommand::OpenMesa {
        mesa: FIRST,
        card: Box::new(content::mesa()),
    }))?;
    let join_code = clock::join_code();
    ledger.enter(&ServerCommand::Conduct(
        FIRST,
        conduct::ServerCommand::SetJoinCode(content::short(&join_code)),
    ))?;
    let mut seats = Vec::new();
    for (number, (organisation, sector)) in (1..).zip(ACTORS) {
        let seat = Seat { id: SeatId(clock::new_id()), kind: domain::exercise::SeatKind::Holder };
        let seat_id = seat.id;
        let actor = Actor {
            id: ActorId(clock::new_id()),
            number: ActorNumber(number),
            organisation: content::short(organisation),
            sector,
            signs: true,
            seats: vec![seat],
            acting: None,
            withdrawn: false,
        };
        ledger
            .enter(&ServerCommand::Exercise(exercise::ServerCommand::SeatActor(Box::new(actor))))?;
        // A seat is the same at every mesa.
        let token = issue(
            &mut ledger,
            Grant { role: Role::Actor, seat: Some(seat_id), mesa: Some(FIRST) },
        )?;
        seats.push(SeatWay {
            organisation: organisation.to_owned(),
            url: format!("{base}{}", address::link(&token)),
        });
    }
    let facilitator =
        issue(&mut ledger, Grant { role: Role::Facilitator, seat: None, mesa: Some(FIRST) })?;
    let projector =
        issue(&mut ledger, Grant { role: Role::Projector, seat: None, mesa: Some(FIRST) })?;

    if stage >= Stage::Live {
        pack::send(&mut ledger, store).await?;
    }
    let mut writer =
        Writer { ledger: &mut ledger, stream: mesa.exercise, person: PersonId(clock::new_id()) };
    writer.command(Command::Conduct(conduct::Command::SetDoor { open: true }))?;
    writer.command(Command::Conduct(conduct::Command::ChangePhase {
        to: if stage == Stage::Empty { Phase::Analysis } else { Phase::Agreements },
    }))?;
    if stage >= Stage::Live {
        let problems = writer.problems()?;
        if stage >= Stage::Agreed {
            writer.commitments(&problems)?;
        }
        if stage >= Stage::Frozen {
            let to = Phase::ReadOut;
            writer.command(Command::Conduct(conduct::Command::ChangePhase { to }))?;
        }
    }
    ledger.write(store).await?;
    Ok(Ways::new(base, mesa, join_code, (&facilitator, &projector), seats))
}

/// Writes the sample's texts as a facilitator would.
struct Writer<'a> {
    ledger: &'a mut Ledger,
    stream: StreamId,
    person: PersonId,
}

impl Writer<'_> {
    fn command(&mut self, command: Command) -> Result<(), Rejection> {
        let context = Context {
            person: self.person,
            seat: None,
            role: Role::Facilitator,
            now: clock::now(),
            since: &[],
        };
        let mut events = decide(self.ledger.state(), FIRST, &command, &context)?;
        plan::follow(self.ledger.state(), self.stream, &mut events, context.now);
        self.ledger.add(events);
        Ok(())
    }

    fn add(&mut self, kind: ItemKind, parent: Option<ItemId>) -> Result<ItemId, Rejection> {
        let item = ItemId(clock::new_id());
        self.command(Command::Deliberation(deliberation::Command::Add { item, kind, parent }))?;
        Ok(item)
    }

    fn text(&mut self, item: ItemId, field: TextField, text: &str) -> Result<(), Rejection> {
        let patch = Patch::splice(0, 0, text);
        self.command(Command::Deliberation(deliberation::Command::Patch {
            item,
            field,
            base: 0,
            patch,
        }))
    }

    fn assign(&mut self, item: ItemId, value: Assignment) -> Result<(), Rejection> {
        self.command(Command::Deliberation(deliberation::Command::Assign { item, value }))
    }

    fn party(&self, name: &str) -> Party {
        let seated =
            self.ledger.state().actors.iter().find(|actor| actor.organisation.as_str() == name);
        seated
            .map_or_else(|| Party::Named(content::short(name)), |actor| Party::Actor(actor.number))
    }

    fn problems(&mut self) -> Result<Vec<ItemId>, Rejection> {
        let mut ids = Vec::new();
        for problem in &PROBLEMS {
            let item = self.add(ItemKind::Problem, None)?;
            self.text(item, TextField::Title, problem.title)?;
            self.text(item, TextField::Affected, problem.affected)?;
            self.text(item, TextField::Place, problem.place)?;
            self.text(item, TextField::Evidence, problem.evidence)?;
            self.assign(item, Assignment::Origin(Some(problem.origin)))?;
            ids.push(item);
        }
        Ok(ids)
    }

    fn commitments(&mut self, problems: &[ItemId]) -> Result<(), Rejection> {
        for sample in &COMMITMENTS {
            let item = self.add(ItemKind::Commitment, None)?;
            self.text(item, TextField::Title, sample.title)?;
            self.text(item, TextField::Objective, sample.objective)?;
            self.text(item, TextField::Indicator, sample.indicator)?;
            self.assign(item, Assignment::Category(Some(sample.category)))?;
            self.assign(
                item,
                Assignment::Problem { problem: problems[sample.problem - 1], linked: true },
            )?;
            self.assign(item, Assignment::Axis(sample.axis))?;
            for component in sample.components {
                self.assign(item, Assignment::Component { component: *component, present: true })?;
            }
            let lead = self.party(sample.lead);
            self.assign(item, Assignment::Lead(lead.clone()))?;
            let counterpart = self.party(sample.counterpart);
            self.assign(item, Assignment::Counterpart(counterpart))?;
            self.assign(item, Assignment::IndicatorUnit(content::short(sample.unit)))?;
            self.assign(item, Assignment::IndicatorBaseline(content::short(sample.baseline)))?;
            self.assign(item, Assignment::IndicatorTarget(content::short(sample.target)))?;
            self.assign(item, Assignment::IndicatorPeriod(content::short(sample.period)))?;
            for activity in sample.activities {
                let id = self.add(ItemKind::Activity, Some(item))?;
                self.text(id, TextField::Title, activity.text)?;
                self.text(id, TextField::Deliverable, activity.deliverable)?;
                self.assign(id, Assignment::Lead(lead.clone()))?;
                self.assign(id, Assignment::ResponsiblePost(content::short(activity.post)))?;
                self.assign(id, Assignment::Due(Some(activity.due)))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::deliberation::{advice, check};
    use domain::{Exercise, Mesa, QuotaBoard};

    use super::*;

    async fn sample(stage: Stage) -> (Exercise, Arc<Mesa>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&store::Location::Sqlite(folder.path().to_owned())).await.unwrap();
        let ways = load(&store, stage, "").await.unwrap();
        let loaded = store.load(ways.exercise_id).await.unwrap().unwrap();
        store.close().await;
        let mesa = Arc::clone(loaded.state.mesa(FIRST).unwrap());
        (loaded.state, mesa)
    }

    #[tokio::test]
    async fn the_five_commitments_pass_checks_and_advice_and_meet_the_quota() {
        let (exercise, state) = sample(Stage::Agreed).await;
        assert_eq!(check::findings(&state), []);
        assert_eq!(advice::of(&state), []);
        let board = QuotaBoard::of(&state);
        assert_eq!(state.visible(ItemKind::Commitment, None).count(), 5);
        assert_eq!((board.is_met(), board.extra(), board.uncategorised), (true, 0, 0));
        let context = Context {
            person: PersonId(clock::new_id()),
            seat: None,
            role: Role::Facilitator,
            now: 0,
            since: &[],
        };
        let read_out = Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut });
        assert_eq!(decide(&exercise, FIRST, &read_out, &context).unwrap().len(), 1);
    }

    #[tokio::test]
    async fn before_there_is_a_commitment_the_whole_quota_is_missing() {
        let (_, state) = sample(Stage::Live).await;
        let board = QuotaBoard::of(&state);
        assert_eq!((board.missing(), check::open(&state)), (5, 3));
    }

    #[tokio::test]
    async fn the_agenda_takes_two_and_a_half_hours_as_the_mesa_is_scheduled() {
        let (_, state) = sample(Stage::Empty).await;
        let mesa = state.card.as_deref().unwrap();
        let minutes: i64 = mesa.agenda.iter().map(|item| i64::from(item.minutes)).sum();
        assert_eq!((minutes, mesa.ends_at - mesa.starts_at), (150, 150 * 60_000));
    }
}
