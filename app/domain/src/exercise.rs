//! What is set before anyone sits down: the exercise with its plan, the mesas, the actors and their seats (section 4).

use serde::{Deserialize, Serialize};

use crate::item::Category;
use crate::permission::Phase;
use crate::{ActorId, ActorNumber, Date, ExerciseId, Millis, SeatId, ShortText, StreamId};

/// Sector of an actor (section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sector {
    /// Organismo garante.
    Guarantor,
    /// Institución pública.
    PublicInstitution,
    /// Facilitación (secretariado técnico local).
    Facilitation,
    /// Sociedad civil.
    CivilSociety,
    /// Academia.
    Academia,
    /// Sector privado.
    PrivateSector,
    /// Ciudadanía.
    Citizens,
}

/// Which of an actor's seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeatKind {
    /// Titular.
    Holder,
    /// Suplente.
    Alternate,
}

/// A seat of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Titular or suplente.
    pub kind: SeatKind,
}

/// An organisation at the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Its number in this stream.
    pub number: ActorNumber,
    /// Its name.
    pub organisation: ShortText,
    /// Its sector.
    pub sector: Sector,
    /// Whether it signs the plan.
    pub signs: bool,
    /// Its seats.
    pub seats: Vec<Seat>,
}

/// How many commitments of a category a plan needs at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// The category.
    pub category: Category,
    /// The least number.
    pub minimum: u8,
}

impl Quota {
    /// What the process asks for (D2 to D4): one that makes public procurement transparent, two aligned with the national plan,
    /// two that solve local problems. The template of an exercise that brings none of its own.
    pub const TEMPLATE: [Self; 3] = [
        Self { category: Category::FollowTheMoney, minimum: 1 },
        Self { category: Category::NationalPlanAligned, minimum: 2 },
        Self { category: Category::LocalProblem, minimum: 2 },
    ];
}

/// An item of a mesa's agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The phase in which it is dealt with.
    pub phase: Phase,
    /// What is dealt with.
    pub title: ShortText,
    /// For how long, in minutes.
    pub minutes: u16,
}

/// An axis of the reference plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// Its number, from 1.
    pub number: u8,
    /// Its name.
    pub name: ShortText,
}

/// How the actors decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecisionRule {
    /// Nobody is against.
    Consensus,
    /// More than half.
    SimpleMajority,
    /// Two thirds.
    QualifiedMajority,
}

/// The exercise and its plan: what opens a plan's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCard {
    /// The exercise.
    pub exercise: ExerciseId,
    /// Its name.
    pub name: ShortText,
    /// The state of the federation.
    pub state: ShortText,
    /// The municipality.
    pub municipality: ShortText,
    /// The guarantor body.
    pub guarantor: ShortText,
    /// The national plan that commitments are aligned with.
    pub reference_plan: ShortText,
    /// Its axes.
    pub axes: Vec<Axis>,
    /// The quota template; a minimum, data and not code (section 2, fact 3).
    pub quota: Vec<Quota>,
    /// First day of the plan.
    pub starts: Date,
    /// Last day of the plan, inclusive.
    pub ends: Date,
    /// How the actors decide.
    pub decision_rule: DecisionRule,
    /// Least number of actors present.
    pub quorum: u16,
    /// IANA name of the exercise's time zone.
    pub time_zone: ShortText,
}

/// How a mesa meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingMode {
    /// Everyone in the room.
    InPerson,
    /// Nobody in the room.
    Remote,
    /// Both.
    Hybrid,
}

/// A mesa: what opens a mesa's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesaCard {
    /// The exercise it belongs to.
    pub exercise: ExerciseId,
    /// The plan that it feeds.
    pub plan: StreamId,
    /// Name of the exercise, as screens head it.
    pub exercise_name: ShortText,
    /// The municipality.
    pub municipality: ShortText,
    /// Its number in the exercise, from 1.
    pub number: u16,
    /// Its theme.
    pub theme: ShortText,
    /// Where it meets.
    pub venue: ShortText,
    /// How it meets.
    pub mode: MeetingMode,
    /// Scheduled start, ms since the epoch.
    pub starts_at: Millis,
    /// Scheduled end, ms since the epoch.
    pub ends_at: Millis,
    /// First day of the plan, for the checks of dates.
    pub plan_starts: Date,
    /// Last day of the plan, inclusive.
    pub plan_ends: Date,
    /// Axes of the reference plan, for the pick-list.
    pub axes: Vec<Axis>,
    /// The exercise's quota template, for the board.
    pub quota: Vec<Quota>,
    /// The agenda, in order.
    pub agenda: Vec<AgendaItem>,
}
