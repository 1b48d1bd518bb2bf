//! Documents of an exercise as they were handed out: what each was made from, and the SHA-256 of
//! its bytes, which are a file ([`Store::blob`]). What was frozen isn't set again: who asks for the
//! same gets the same bytes, also from a later program with other fonts. A row never changes and
//! none goes, so that every file of a version is known; only of drafts, whose bytes aren't kept, the
//! oldest are forgotten.

use domain::{Digest, Millis, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::queue::{self, NewJob};
use crate::tables::blob as blobs;
use crate::tables::document::{Column, Entity, Model};
use crate::{blob, log, tally, write};

/// How many drafts of an exercise are known.
const DRAFTS: u64 = 64;
/// How many different documents of one kind an exercise has at most, without those that are sealed:
/// the address that a document bears comes from outside.
const OF_A_KIND: u64 = 256;

/// The kinds of document that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Before the freeze.
    Draft,
    /// To be signed on paper.
    Paper,
    /// With everything.
    Full,
    /// As it may be published.
    Public,
}

impl DocumentKind {
    const ALL: [Self; 4] = [Self::Draft, Self::Paper, Self::Full, Self::Public];

    fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Paper => "paper",
            Self::Full => "full",
            Self::Public => "public",
        }
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id, a new one.
    pub id: Uuid,
    /// Its kind.
    pub kind: DocumentKind,
    /// The version of the plan; a draft has none.
    pub version: Option<u16>,
    /// SHA-256 of what it was made from.
    pub request: Digest,
    /// SHA-256 of its bytes.
    pub file: Digest,
    /// How many pages it has.
    pub pages: u32,
    /// When it was made, ms since the epoch.
    pub made_at: Millis,
    /// Its seal, as canonical JSON; none: it isn't sealed.
    pub seal: Option<String>,
}

impl Store {
    /// Makes a document known that isn't sealed; of one that is no draft the bytes have to be
    /// stored. Returns whether it is known now: one that was is once more, and an exercise that has
    /// too many different ones keeps no more of that kind.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and [`StoreError::NotFound`] when there is no such stream.
    pub async fn keep_document(
        &self,
        stream: StreamId,
        document: &Document,
    ) -> Result<bool, StoreError> {
        let row = row(stream, document);
        let transaction = self.begin().await?;
        // Whoever makes documents of an exercise known does so one after the other.
        crate::append::current(&transaction, stream).await?.ok_or(StoreError::NotFound)?;
        let (keeps, known) = match document.kind {
            DocumentKind::Draft => (DRAFTS, forget_drafts(&transaction, &row).await?),
            DocumentKind::Paper | DocumentKind::Full | DocumentKind::Public => {
                (OF_A_KIND, of_a_kind(&row).count(&transaction).await?)
            }
        };
        let same = of_a_kind(&row)
            .filter(Column::Request.eq(row.request.clone()))
            .filter(Column::File.eq(row.file.clone()));
        let was_known = same.count(&transaction).await? > 0;
        let keep = !was_known && known < keeps;
        if keep {
            insert(&transaction, stream, row).await?;
        }
        transaction.commit().await?;
        Ok(was_known || keep)
    }

    /// Makes a sealed document known, whose bytes are stored, together with the next line of the
    /// file of seals, which `line` makes from the number and the text of the last one, and with jobs
    /// that its seal causes.
    ///
    /// # Errors
    /// As [`Store::keep_document`].
    pub async fn keep_sealed(
        &self,
        stream: StreamId,
        document: &Document,
        line: impl Fn(Option<(u64, &str)>) -> String + Send + Sync,
        jobs: &[NewJob],
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        crate::append::current(&transaction, stream).await?.ok_or(StoreError::NotFound)?;
        insert(&transaction, stream, row(stream, document)).await?;
        queue::enqueue(&transaction, stream, jobs).await?;
        crate::seals::add_line(&transaction, &line).await?;
        Ok(transaction.commit().await?)
    }

    /// The newest document that was made from this and is no draft and not sealed, and whose bytes
    /// are stored.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn document(
        &self,
        stream: StreamId,
        request: Digest,
    ) -> Result<Option<Document>, StoreError> {
        let rows = Entity::find()
            .filter(Column::StreamId.eq(stream.0))
            .filter(Column::Request.eq(request.0.to_vec()))
            .filter(Column::Seal.is_null())
            .filter(Column::Kind.ne(DocumentKind::Draft.code()))
            .order_by_desc(Column::MadeAt)
            .all(&self.reader)
            .await?;
        for row in rows {
            let (_, document) = read(row)?;
            if self.blob(document.file).await?.is_some() {
                return Ok(Some(document));
            }
        }
        Ok(None)
    }

    /// The documents of an exercise, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn documents(&self, stream: StreamId) -> Result<Vec<Document>, StoreError> {
        let rows = Entity::find()
            .filter(Column::StreamId.eq(stream.0))
            .order_by_asc(Column::MadeAt)
            .order_by_asc(Column::Id)
            .all(&self.reader)
            .await?;
        rows.into_iter().map(|row| Ok(read(row)?.1)).collect()
    }

    /// The documents whose bytes have this SHA-256, with their exercises.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn documents_of(
        &self,
        file: Digest,
    ) -> Result<Vec<(StreamId, Document)>, StoreError> {
        let rows = Entity::find()
            .filter(Column::File.eq(file.0.to_vec()))
            .order_by_desc(Column::MadeAt)
            .all(&self.reader)
            .await?;
        rows.into_iter().map(|row| Ok(read(row)?)).collect()
    }
}

/// Erases the bytes of a stream's documents that aren't sealed, because what was erased elsewhere
/// may stand in them. That they were handed out stays known.
pub(crate) async fn forget(
    transaction: &DatabaseTransaction,
    stream: StreamId,
) -> Result<(), DbErr> {
    let rows = Entity::find()
        .filter(Column::StreamId.eq(stream.0))
        .filter(Column::Kind.ne(DocumentKind::Draft.code()))
        .all(transaction)
        .await?;
    let (sealed, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.seal.is_some());
    for row in rows {
        if sealed.iter().any(|sealed| sealed.file == row.file) {
            continue;
        }
        let file = blobs::Entity::find()
            .filter(blobs::Column::Digest.eq(row.file))
            .lock_exclusive()
            .one(transaction)
            .await?;
        if let Some(file) = file {
            blob::remove(transaction, &file).await?;
        }
    }
    Ok(())
}

/// The documents of the same exercise and kind that aren't sealed.
fn of_a_kind(row: &Model) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::StreamId.eq(row.stream_id))
        .filter(Column::Kind.eq(row.kind.clone()))
        .filter(Column::Seal.is_null())
}

/// Makes room for another draft; returns how many are left.
async fn forget_drafts(transaction: &DatabaseTransaction, new: &Model) -> Result<u64, DbErr> {
    let mut drafts = of_a_kind(new)
        .order_by_asc(Column::MadeAt)
        .order_by_asc(Column::Id)
        .all(transaction)
        .await?;
    let most = usize::try_from(DRAFTS).unwrap_or(usize::MAX).saturating_sub(1);
    let old: Vec<Model> = drafts.drain(..drafts.len().saturating_sub(most)).collect();
    if !old.is_empty() {
        Entity::delete_many()
            .filter(Column::StreamId.eq(new.stream_id))
            .filter(Column::Id.is_in(old.iter().map(|row| row.id)))
            .exec(transaction)
            .await?;
        tally::change(transaction, tally::DOCUMENTS, StreamId(new.stream_id), |tally| {
            old.iter().for_each(|row| tally.remove(row));
        })
        .await?;
    }
    Ok(drafts.len() as u64)
}

async fn insert(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    row: Model,
) -> Result<(), DbErr> {
    write::insert::<Entity>(transaction, std::slice::from_ref(&row)).await?;
    tally::change(transaction, tally::DOCUMENTS, stream, |tally| tally.add(&row)).await
}

fn row(stream: StreamId, document: &Document) -> Model {
    Model {
        stream_id: stream.0,
        id: document.id,
        kind: document.kind.code().to_owned(),
        version: document.version.map(i64::from),
        request: document.request.0.to_vec(),
        file: document.file.0.to_vec(),
        pages: document.pages.into(),
        made_at: document.made_at,
        seal: document.seal.clone(),
    }
}

fn read(row: Model) -> Result<(StreamId, Document), Damage> {
    let damaged = |column| Damage::Column { table: "document", column };
    let kind = DocumentKind::ALL.into_iter().find(|kind| kind.code() == row.kind);
    let version = row.version.map(u16::try_from).transpose();
    let document = Document {
        id: row.id,
        kind: kind.ok_or_else(|| damaged("kind"))?,
        version: version.map_err(|_| damaged("version"))?,
        request: log::digest(&row.request, "document", "request")?,
        file: log::digest(&row.file, "document", "file")?,
        pages: row.pages.try_into().map_err(|_| damaged("pages"))?,
        made_at: row.made_at,
        seal: row.seal,
    };
    Ok((StreamId(row.stream_id), document))
}
