//! People's names, mails, phones and passphrases; nothing else in the store has them.

use sea_orm::entity::prelude::*;

/// A person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub salt: Vec<u8>,
    pub name: String,
    pub mail: Option<String>,
    pub phone: Option<String>,
    /// Of who prepares or facilitates: the passphrase's hash, as a PHC string.
    pub passphrase: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
