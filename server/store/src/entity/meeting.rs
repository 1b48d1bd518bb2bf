//! Exercises, plans, mesas, who sits at them and who was let in; derived from the log.

/// An exercise.
pub(crate) mod exercise {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "exercise")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        pub id: Uuid,
        pub name: String,
        pub state: String,
        pub municipality: String,
        pub guarantor: String,
        pub reference_plan: String,
        pub axes: String,
        pub quota: String,
        pub starts: TimeDate,
        pub ends: TimeDate,
        pub decision_rule: String,
        pub quorum: i64,
        pub time_zone: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A plan.
pub(crate) mod plan {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        pub exercise_id: Uuid,
        pub mesas: String,
        pub phase: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A mesa.
pub(crate) mod mesa {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "mesa")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        pub exercise_id: Uuid,
        pub plan_id: Uuid,
        pub exercise_name: String,
        pub municipality: String,
        pub number: i64,
        pub theme: String,
        pub venue: String,
        pub mode: String,
        pub starts_at: i64,
        pub ends_at: i64,
        pub plan_starts: TimeDate,
        pub plan_ends: TimeDate,
        pub axes: String,
        pub phase: String,
        pub door_open: bool,
        pub shown: String,
        pub shown_item_id: Option<Uuid>,
        pub join_code: Option<String>,
        pub quota: String,
        pub agenda: String,
        pub met_from: Option<i64>,
        pub met_to: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An organisation at the table.
pub(crate) mod actor {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "actor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: i64,
        pub organisation: String,
        pub sector: String,
        pub signs: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A seat of an actor.
pub(crate) mod seat {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "seat")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub actor_id: Uuid,
        pub kind: String,
        pub position: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Someone who came.
pub(crate) mod attendee {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attendee")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub organisation: String,
        pub seat_id: Option<Uuid>,
        pub mode: String,
        pub notice_version: Option<i64>,
        pub notice_at: Option<i64>,
        pub name_public: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A while that someone was at a mesa.
pub(crate) mod stay {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "stay")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub from_at: i64,
        pub to_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version of an exercise's privacy notice.
pub(crate) mod privacy_notice {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "privacy_notice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub short_text: String,
        pub full_text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A place in an exercise's row of logos.
pub(crate) mod logo {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "logo")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: i64,
        pub name: Option<String>,
        pub image: Option<Vec<u8>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A signed-in device's session.
pub(crate) mod session {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: Uuid,
        pub token: Vec<u8>,
        pub role: String,
        pub seat_id: Option<Uuid>,
        pub closed: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The device of a session.
pub(crate) mod device {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "device")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: Uuid,
        pub id: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A link that was given out.
pub(crate) mod link {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub token: Vec<u8>,
        pub role: String,
        pub seat_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
