//! Queries on the relational rows: links and sessions, the list of mesas, people's names.

use std::collections::BTreeMap;

use domain::codes::Parsed;
use domain::people::registry::{Grant, LinkEnd};
use domain::{
    DeviceId, Digest, LinkId, MesaId, MesaNumber, Millis, PersonId, Role, SeatId, SessionId,
    StreamId,
};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::tables::{exercise, link, mesa, person, session, stream};

/// Most ids in one query.
const PEOPLE_PER_QUERY: usize = 1_000;

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Its stream.
    pub stream: StreamId,
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// On which device.
    pub device: DeviceId,
    /// Their role, seat and mesas.
    pub grant: Grant,
}

/// An issued link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedLink {
    /// Its stream.
    pub stream: StreamId,
    /// Its id.
    pub link: LinkId,
    /// What it grants.
    pub grant: Grant,
    /// Whose passphrase is chosen with it; none: it leads to a door.
    pub person: Option<PersonId>,
    /// Until when it is valid, ms since the epoch; none: until it is ended.
    pub expires: Option<Millis>,
    /// Its end; none while it wasn't ended.
    pub ended: Option<LinkEnd>,
}

impl IssuedLink {
    /// Its end, if it is no longer valid at `now`.
    pub fn end(&self, now: Millis) -> Option<LinkEnd> {
        let expired = self.expires.filter(|expires| *expires <= now);
        self.ended.or(expired.map(|at| LinkEnd { at, replaced: false }))
    }
}

/// A mesa in a list of mesas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MesaSummary {
    /// Its id.
    pub mesa: MesaId,
    /// Its theme.
    pub theme: String,
    /// Name of its exercise.
    pub exercise_name: String,
    /// The municipality.
    pub municipality: String,
}

impl Store {
    /// The open sessions of a cookie, by the digest of its secret: all in one exercise, one for
    /// each mesa that its bearer came to.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn sessions(&self, token: Digest) -> Result<Vec<OpenSession>, StoreError> {
        let query = session::Entity::find()
            .filter(session::Column::Token.eq(token.0.to_vec()))
            .filter(session::Column::Closed.eq(false))
            .order_by_asc(session::Column::Id);
        let mut sessions = Vec::new();
        for row in query.all(&self.reader).await? {
            sessions.push(OpenSession {
                stream: StreamId(row.stream_id),
                session: SessionId(row.id),
                person: PersonId(row.person_id),
                device: DeviceId(row.device_id),
                grant: grant(&row.role, row.seat_id, row.mesa, "session")?,
            });
        }
        Ok(sessions)
    }

    /// The link with a secret, ended or not, by the secret's digest.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn link(&self, token: Digest) -> Result<Option<IssuedLink>, StoreError> {
        self.link_where(link::Column::Token, token).await
    }

    /// The link to which a seat's code leads, ended or not, by the code's digest.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn link_by_code(&self, code: Digest) -> Result<Option<IssuedLink>, StoreError> {
        self.link_where(link::Column::Code, code).await
    }

    async fn link_where(
        &self,
        column: link::Column,
        digest: Digest,
    ) -> Result<Option<IssuedLink>, StoreError> {
        let found =
            link::Entity::find().filter(column.eq(digest.0.to_vec())).one(&self.reader).await?;
        let Some(row) = found else { return Ok(None) };
        let grant = grant(&row.role, row.seat_id, row.mesa, "link")?;
        let ended = row.ended_at.map(|at| LinkEnd { at, replaced: row.replaced });
        Ok(Some(IssuedLink {
            stream: StreamId(row.stream_id),
            link: LinkId(row.id),
            grant,
            person: row.person_id.map(PersonId),
            expires: row.expires_at,
            ended,
        }))
    }

    /// The mesa with this join code, exactly as it was set.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn mesa_by_code(&self, code: &str) -> Result<Option<MesaId>, StoreError> {
        let found =
            mesa::Entity::find().filter(mesa::Column::JoinCode.eq(code)).one(&self.reader).await?;
        found.map(|row| mesa_id(&row)).transpose()
    }

    /// Every mesa, by exercise and number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn mesas(&self) -> Result<Vec<MesaSummary>, StoreError> {
        let exercises = exercise::Entity::find().all(&self.reader).await?;
        let exercises: BTreeMap<Uuid, exercise::Model> =
            exercises.into_iter().map(|row| (row.stream_id, row)).collect();
        let query = mesa::Entity::find()
            .order_by_asc(mesa::Column::StreamId)
            .order_by_asc(mesa::Column::Number);
        let mut mesas = Vec::new();
        for row in query.all(&self.reader).await? {
            let exercise = exercises
                .get(&row.stream_id)
                .ok_or(Damage::Column { table: "mesa", column: "stream_id" })?;
            mesas.push(MesaSummary {
                mesa: mesa_id(&row)?,
                theme: row.theme,
                exercise_name: exercise.name.clone(),
                municipality: exercise.municipality.clone(),
            });
        }
        Ok(mesas)
    }

    /// A stream in which no exercise was opened yet. None: there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn unopened(&self) -> Result<Option<StreamId>, StoreError> {
        let opened =
            Query::select().column(exercise::Column::StreamId).from(exercise::Entity).take();
        let found = stream::Entity::find()
            .select_only()
            .column(stream::Column::Id)
            .filter(stream::Column::Id.not_in_subquery(opened))
            .order_by_asc(stream::Column::Id)
            .into_tuple::<Uuid>()
            .one(&self.reader)
            .await?;
        Ok(found.map(StreamId))
    }

    /// IANA name of the time zone of an exercise.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and [`StoreError::Unavailable`].
    pub async fn time_zone(&self, exercise: StreamId) -> Result<String, StoreError> {
        let row = exercise::Entity::find_by_id(exercise.0).one(&self.reader).await?;
        Ok(row.ok_or(StoreError::NotFound)?.time_zone)
    }

    /// People's names; unknown people, and those who were anonymised, are left out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn names(
        &self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, String>, StoreError> {
        let mut names = BTreeMap::new();
        for people in people.chunks(PEOPLE_PER_QUERY) {
            let rows: Vec<(Uuid, String)> = person::Entity::find()
                .select_only()
                .columns([person::Column::Id, person::Column::Name])
                .filter(person::Column::Id.is_in(people.iter().map(|person| person.0)))
                .filter(person::Column::Name.ne(""))
                .into_tuple()
                .all(&self.reader)
                .await?;
            names.extend(rows.into_iter().map(|(id, name)| (PersonId(id), name)));
        }
        Ok(names)
    }

    /// The person in a seat: that of its latest session, closed ones included (session ids are
    /// UUIDv7, sorted by time).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn person_in_seat(
        &self,
        mesa: MesaId,
        seat: SeatId,
    ) -> Result<Option<PersonId>, StoreError> {
        let found = session::Entity::find()
            .filter(session::Column::StreamId.eq(mesa.exercise.0))
            .filter(
                Condition::any()
                    .add(session::Column::Mesa.is_null())
                    .add(session::Column::Mesa.eq(i64::from(mesa.number.0))),
            )
            .filter(session::Column::SeatId.eq(seat.0))
            .order_by_desc(session::Column::Id)
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| PersonId(row.person_id)))
    }
}

pub(crate) fn grant(
    role: &str,
    seat: Option<Uuid>,
    mesa: Option<i64>,
    table: &'static str,
) -> Result<Grant, Damage> {
    let damaged = |column| Damage::Column { table, column };
    let number = |number: i64| number.try_into().map(MesaNumber).map_err(|_| damaged("mesa"));
    let role = Role::parse(role).ok_or(damaged("role"))?;
    Ok(Grant { role, seat: seat.map(SeatId), mesa: mesa.map(number).transpose()? })
}

fn mesa_id(row: &mesa::Model) -> Result<MesaId, StoreError> {
    let number =
        row.number.try_into().map_err(|_| Damage::Column { table: "mesa", column: "number" })?;
    Ok(MesaId { exercise: StreamId(row.stream_id), number: MesaNumber(number) })
}
