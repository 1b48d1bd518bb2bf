//! The tables that are the record: the log and what is kept beside it.

/// A stream and where it ends.
pub(crate) mod stream {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stream")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub kind: String,
        pub head_seq: i64,
        pub head_hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An event of the log.
pub(crate) mod event {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub name: String,
        pub version: i64,
        pub at: i64,
        pub seat_id: Option<Uuid>,
        pub person_id: Option<Uuid>,
        pub on_behalf_id: Option<Uuid>,
        pub command_id: Uuid,
        pub part: i64,
        pub client_at: Option<i64>,
        pub item_id: Option<Uuid>,
        pub field: Option<String>,
        pub salt: Vec<u8>,
        pub payload: Vec<u8>,
        pub content_hash: Vec<u8>,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An answer to a command that left no event.
pub(crate) mod answer {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub command_id: Uuid,
        pub session_id: Option<Uuid>,
        pub person_id: Uuid,
        pub at: i64,
        pub outcome: String,
        pub seq: Option<i64>,
        pub rejection: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stream's state at a place in its log.
pub(crate) mod state_snapshot {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "state_snapshot")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub hash: Vec<u8>,
        pub version: i64,
        pub state: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A person's record.
pub(crate) mod person {
    use sea_orm::entity::prelude::*;

    /// A row.
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
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Number and sum of a table's rows.
pub(crate) mod tally {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "tally")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub table_name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        pub row_count: i64,
        pub sum: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A migration that was applied.
pub(crate) mod migration {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "seaql_migrations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: String,
        pub applied_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
