//! What people at the table wrote; derived from the log.

/// A problem.
pub(crate) mod problem {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "problem")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub title: String,
        pub statement: String,
        pub affected: String,
        pub place: String,
        pub causes: String,
        pub effects: String,
        pub evidence: String,
        pub evidence_source: String,
        pub minimum_criteria: String,
        pub origin: Option<String>,
        pub state: String,
        pub merged_into_id: Option<Uuid>,
        pub discard_reason: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A commitment.
pub(crate) mod commitment {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "commitment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub title: String,
        pub category: Option<String>,
        pub problems: String,
        pub objective: String,
        pub description: String,
        pub contribution: String,
        pub expected_result: String,
        pub indicator: String,
        pub indicator_unit: String,
        pub indicator_baseline: String,
        pub indicator_target: String,
        pub indicator_period: String,
        pub components: String,
        pub axis: Option<i64>,
        pub lead_actor: Option<i64>,
        pub lead_name: Option<String>,
        pub counterpart_actor: Option<i64>,
        pub counterpart_name: Option<String>,
        pub starts: Option<TimeDate>,
        pub ends: Option<TimeDate>,
        pub feasibility: String,
        pub feasibility_by: Option<String>,
        pub budget_note: String,
        pub sdg: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// An activity.
pub(crate) mod activity {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "activity")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub title: String,
        pub commitment_id: Uuid,
        pub deliverable: String,
        pub lead_actor: Option<i64>,
        pub lead_name: Option<String>,
        pub responsible_post: String,
        pub responsible_person: String,
        pub co_responsible: String,
        pub starts: Option<TimeDate>,
        pub due: Option<TimeDate>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A solution.
pub(crate) mod solution {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "solution")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub title: String,
        pub problem_id: Uuid,
        pub proposed_by: String,
        pub state: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A preliminary commitment.
pub(crate) mod draft_commitment {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "draft_commitment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub title: String,
        pub problem_id: Uuid,
        pub origin: Option<String>,
        pub becomes_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A contribution with its response.
pub(crate) mod contribution {
    use sea_orm::entity::prelude::*;

    /// A row.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "contribution")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub stream_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub alias: i64,
        pub position: i64,
        pub author_id: Option<Uuid>,
        pub removed: bool,
        pub target_id: Option<Uuid>,
        pub kind: String,
        pub text: String,
        pub actor: Option<i64>,
        pub at: i64,
        pub hidden: bool,
        pub response: String,
        pub response_reason: Option<String>,
        pub response_change_id: Option<Uuid>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
