//! What a commitment says otherwise than the version that was answered about.

use domain::ItemId;
use domain::agreement::Piece;
use leptos::prelude::*;

use crate::components::changes;
use crate::state::Live;
use crate::text::agreement as words;

/// The changed words of a commitment since a version, newest version last; nothing when there are
/// none.
#[component]
pub fn Differences(
    /// The commitment.
    id: ItemId,
    /// The version that was answered about.
    since: u16,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let state = view.get_untracked();
    let later = state.plan.versions.iter().filter(|version| version.number > since);
    let changes = later.flat_map(|version| &version.changes);
    let pieces: Vec<Piece> =
        changes.filter(|change| change.commitment == id).flat_map(|it| it.pieces.clone()).collect();
    (!pieces.is_empty())
        .then(|| {
            view! {
                <div>
                    <p class="card-eyebrow">{words::CHANGED}</p>
                    {changes::pieces(pieces)}
                </div>
            }
        })
        .into_any()
}
