//! Who may come in, which mesas there are, what people are called: the queries on relational rows.

use std::collections::BTreeMap;

use domain::codes::Parsed;
use domain::people::registry::Grant;
use domain::{DeviceId, Digest, LinkId, PersonId, Role, SeatId, SessionId, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::tables::{exercise, link, mesa, person, session};

/// Most ids in one query.
const PEOPLE_PER_QUERY: usize = 1_000;

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The stream that it is of.
    pub stream: StreamId,
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// What they are.
    pub role: Role,
    /// In which seat.
    pub seat: Option<SeatId>,
}

/// A link that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedLink {
    /// The stream that it is of.
    pub stream: StreamId,
    /// Its id.
    pub link: LinkId,
    /// What it grants.
    pub grant: Grant,
}

/// A mesa in a list of mesas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaSummary {
    /// Its stream.
    pub stream: StreamId,
    /// The plan's stream.
    pub plan: StreamId,
    /// Its number in the exercise, from 1.
    pub number: u16,
    /// Its theme.
    pub theme: String,
    /// Name of its exercise.
    pub exercise_name: String,
    /// The municipality.
    pub municipality: String,
}

impl Store {
    /// The open session of a cookie, by the digest of its secret.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn session(&self, token: Digest) -> Result<Option<SignedIn>, StoreError> {
        let found = session::Entity::find()
            .filter(session::Column::Token.eq(token.0.to_vec()))
            .filter(session::Column::Closed.eq(false))
            .one(&self.reader)
            .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(SignedIn {
            stream: StreamId(row.stream_id),
            session: SessionId(row.id),
            person: PersonId(row.person_id),
            device: DeviceId(row.device_id),
            role: role(&row.role, "session")?,
            seat: row.seat_id.map(SeatId),
        }))
    }

    /// The link of a secret, by its digest.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn link(&self, token: Digest) -> Result<Option<IssuedLink>, StoreError> {
        let found = link::Entity::find().filter(link::Column::Token.eq(token.0.to_vec())).one(&self.reader).await?;
        let Some(row) = found else { return Ok(None) };
        let grant = Grant { role: role(&row.role, "link")?, seat: row.seat_id.map(SeatId) };
        Ok(Some(IssuedLink { stream: StreamId(row.stream_id), link: LinkId(row.id), grant }))
    }

    /// The mesa whose join code it is, exactly as it was set.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn mesa_by_code(&self, code: &str) -> Result<Option<StreamId>, StoreError> {
        let found = mesa::Entity::find().filter(mesa::Column::JoinCode.eq(code)).one(&self.reader).await?;
        Ok(found.map(|row| StreamId(row.stream_id)))
    }

    /// Every mesa, by exercise and number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn mesas(&self) -> Result<Vec<MesaSummary>, StoreError> {
        let rows = mesa::Entity::find()
            .order_by_asc(mesa::Column::PlanId)
            .order_by_asc(mesa::Column::Number)
            .order_by_asc(mesa::Column::StreamId)
            .all(&self.reader)
            .await?;
        let summary = |row: mesa::Model| {
            Ok(MesaSummary {
                stream: StreamId(row.stream_id),
                plan: StreamId(row.plan_id),
                number: row.number.try_into().map_err(|_| Damage::Column { table: "mesa", column: "number" })?,
                theme: row.theme,
                exercise_name: row.exercise_name,
                municipality: row.municipality,
            })
        };
        rows.into_iter().map(summary).collect()
    }

    /// IANA name of the time zone of a plan's exercise.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and [`StoreError::Unavailable`].
    pub async fn time_zone(&self, plan: StreamId) -> Result<String, StoreError> {
        let row = exercise::Entity::find_by_id(plan.0).one(&self.reader).await?;
        Ok(row.ok_or(StoreError::NotFound)?.time_zone)
    }

    /// What people are called; who isn't known is left out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn names(&self, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, StoreError> {
        let mut names = BTreeMap::new();
        for people in people.chunks(PEOPLE_PER_QUERY) {
            let rows: Vec<(Uuid, String)> = person::Entity::find()
                .select_only()
                .columns([person::Column::Id, person::Column::Name])
                .filter(person::Column::Id.is_in(people.iter().map(|person| person.0)))
                .into_tuple()
                .all(&self.reader)
                .await?;
            names.extend(rows.into_iter().map(|(id, name)| (PersonId(id), name)));
        }
        Ok(names)
    }

    /// The person who sits in a seat: that of its latest session, closed ones too (session ids are UUIDv7, in order of time).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn person_in_seat(&self, stream: StreamId, seat: SeatId) -> Result<Option<PersonId>, StoreError> {
        let found = session::Entity::find()
            .filter(session::Column::StreamId.eq(stream.0))
            .filter(session::Column::SeatId.eq(seat.0))
            .order_by_desc(session::Column::Id)
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| PersonId(row.person_id)))
    }
}

fn role(code: &str, table: &'static str) -> Result<Role, Damage> {
    Role::parse(code).ok_or(Damage::Column { table, column: "role" })
}
