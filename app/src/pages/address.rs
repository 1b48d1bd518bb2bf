//! Addresses of the screens, so that links and routes agree.

use domain::{Item, ItemId, ItemKind, StreamId};

/// The start.
pub const HOME: &str = "/";
/// Where the code is posted, as `codigo`.
pub const ENTER: &str = "/entrar";

/// Signs this device out, when posted to.
pub const LEAVE: &str = "/salir";

/// The commitments and their activities as a table.
pub const COMMITMENTS_CSV: &str = "compromisos.csv";
/// The problems as a table.
pub const PROBLEMS_CSV: &str = "problemas.csv";
/// All that is public as JSON.
pub const DATA_JSON: &str = "datos.json";

/// A mesa's public page.
pub fn public(mesa: StreamId) -> String {
    format!("/publica/{mesa}")
}

/// A file of the mesa's open data.
pub fn export(mesa: StreamId, file: &str) -> String {
    format!("/publico/{mesa}/{file}")
}

/// The projector, for the facilitation of the mesa.
pub fn projector(mesa: StreamId) -> String {
    format!("/proyector/{mesa}")
}

/// What happens now.
pub fn now(mesa: StreamId) -> String {
    format!("/mesa/{mesa}")
}

/// The problems.
pub fn problems(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/problemas")
}

/// The commitments.
pub fn commitments(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/compromisos")
}

/// Where something is said: about an item, or about the mesa as a whole.
pub fn contribute(mesa: StreamId, about: Option<ItemId>) -> String {
    match about {
        Some(item) => format!("/mesa/{mesa}/aportar/{item}"),
        None => format!("/mesa/{mesa}/aportar"),
    }
}

/// What one said, with the answers.
pub fn voice(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/mi-voz")
}

/// What is still on this device.
pub fn texts(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/textos")
}

/// The facilitator's desk.
pub fn desk(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/conducir")
}

/// The clicker: the projection led with two large buttons.
pub fn clicker(mesa: StreamId) -> String {
    format!("/mesa/{mesa}/control")
}

/// An item's sheet; a new item has one before the mesa knows it.
pub fn sheet(mesa: StreamId, kind: ItemKind, parent: Option<ItemId>, item: ItemId) -> String {
    match (kind, parent) {
        (ItemKind::Problem, _) => format!("/mesa/{mesa}/problema/{item}"),
        (ItemKind::Activity, Some(commitment)) => format!("/mesa/{mesa}/compromiso/{commitment}/actividad/{item}"),
        // They are read on the sheet of their problem.
        (ItemKind::Solution | ItemKind::DraftCommitment, Some(problem)) => format!("/mesa/{mesa}/problema/{problem}"),
        (ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution, _) => problems(mesa),
        (ItemKind::Commitment | ItemKind::Activity, _) => format!("/mesa/{mesa}/compromiso/{item}"),
    }
}

/// The sheet of an item of the mesa.
pub fn of(mesa: StreamId, item: &Item) -> String {
    sheet(mesa, item.kind(), item.parent(), item.id)
}
