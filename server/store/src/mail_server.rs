//! By which mail server an exercise sends its letters, where it isn't the operator's. Beside the log,
//! which would keep the password for ever.

use domain::{Millis, PersonId, StreamId};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::tables::mail_server::{Entity, Model};
use crate::write;

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected: `starttls`, `tls` or `none`.
    pub security: String,
    /// User and password; none: it isn't asked for them.
    pub user: Option<(String, String)>,
    /// The sender of every letter: `Name <address>` or an address.
    pub sender: String,
}

impl std::fmt::Debug for MailServer {
    /// Without the password, so that it is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailServer").field("host", &self.host).finish_non_exhaustive()
    }
}

impl Store {
    /// The mail server of an exercise; none: it has none of its own.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn mail_server(&self, stream: StreamId) -> Result<Option<MailServer>, StoreError> {
        Entity::find_by_id(stream.0).one(&self.reader).await?.map(read).transpose()
    }

    /// Whether any exercise has one of its own.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has_mail_servers(&self) -> Result<bool, StoreError> {
        Ok(Entity::find().count(&self.reader).await? > 0)
    }

    /// Sets the mail server of an exercise in place of the one before; none: it has none of its own
    /// any more. `by` is who does, at a moment (ms).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_mail_server(
        &self,
        stream: StreamId,
        server: Option<&MailServer>,
        by: PersonId,
        at: Millis,
    ) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        Entity::delete_by_id(stream.0).exec(&transaction).await?;
        if let Some(server) = server {
            let (login, password) = server.user.clone().unzip();
            let row = Model {
                stream_id: stream.0,
                host: server.host.clone(),
                port: i64::from(server.port),
                security: server.security.clone(),
                login,
                password,
                sender: server.sender.clone(),
                set_by: by.0,
                set_at: at,
            };
            write::insert::<Entity>(&transaction, &[row]).await?;
        }
        transaction.commit().await?;
        // The password before isn't left in pages that are free now.
        self.forget_freed_pages().await
    }
}

fn read(row: Model) -> Result<MailServer, StoreError> {
    let damaged = |_| StoreError::Damaged(Damage::Column { table: "mail_server", column: "port" });
    let port = u16::try_from(row.port).map_err(damaged)?;
    Ok(MailServer {
        host: row.host,
        port,
        security: row.security,
        user: row.login.zip(row.password),
        sender: row.sender,
    })
}
