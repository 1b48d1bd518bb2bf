//! The sheet of a problem.

use domain::deliberation::item::Origin;
use domain::{Assignment, ItemId, ItemKind, ShortText, TextField};
use leptos::prelude::*;

use super::standing::{Outcome, Standing};
use super::{Part, Sheet, Texts};
use crate::address;
use crate::components::Contributions;
use crate::components::field::{ChoiceField, ShortField};
use crate::components::proposals::Proposals;
use crate::erased::Show;
use crate::state::Live;
use crate::text::{field, name, sheet, voice};

/// All that is known of a problem.
#[component]
pub fn ProblemSheet(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (editable, problem) = (live.editable(item), live.problem(item));
    let kind = ItemKind::Problem;
    let kinds = live.contribution_kinds();
    let origins = Origin::ALL.map(|origin| (origin, name::origin(origin).to_owned())).to_vec();
    view! {
        <Sheet item kind>
            <Outcome item/>
            <Part id="parte-problema" heading=sheet::PROBLEM>
                <Texts item kind editable fields=&[TextField::Title, TextField::Statement, TextField::Affected, TextField::Place]/>
            </Part>
            <Part id="parte-causas" heading=sheet::CAUSES>
                <Texts item kind editable fields=&[TextField::Causes, TextField::Effects, TextField::MinimumCriteria]/>
            </Part>
            <Part id="parte-evidencia" heading=sheet::EVIDENCE>
                <Texts item kind editable fields=&[TextField::Evidence]/>
                <ShortField
                    label=field::EVIDENCE_SOURCE
                    editable
                    value=Signal::derive(move || problem.read().evidence_source.clone())
                    on_set=live.assigning(item, Assignment::EvidenceSource)
                    before=live.before(item, Assignment::EvidenceSource(ShortText::default()))
                    status=live.assign_status(item, |value| matches!(value, Assignment::EvidenceSource(_)))
                />
                <ChoiceField
                    label=field::ORIGIN
                    editable
                    value=Signal::derive(move || problem.read().origin)
                    options=origins
                    on_set=live.assigning(item, Assignment::Origin)
                    before=live.before(item, Assignment::Origin(None))
                    status=live.assign_status(item, |value| matches!(value, Assignment::Origin(_)))
                />
            </Part>
            <Proposals kind=ItemKind::Solution problem=item/>
            <Proposals kind=ItemKind::DraftCommitment problem=item/>
            <Part id="parte-avance" heading=sheet::PROGRESS>
                <Standing item/>
            </Part>
            <Contributions target=item/>
        </Sheet>
        <Show when=move || !kinds.read().is_empty()>
            <a class="action screen-action" href=address::contribute(live.mesa(), Some(item))>{voice::CONTRIBUTE}</a>
        </Show>
    }
    .into_any()
}
