//! The sheet of a problem.

use domain::deliberation::choice::Origin;
use domain::{Assignment, ItemId, ItemKind, TextField};
use leptos::prelude::*;

use super::standing::{Outcome, Standing};
use super::{Part, Sheet, Texts};
use crate::address;
use crate::components::Contributions;
use crate::components::field::{Bound, BoundChoice, Fields};
use crate::components::proposals::Proposals;
use crate::erased::Show;
use crate::state::Live;
use crate::text::{field, name, sheet, voice};

const EVIDENCE: &[Bound] = &[Bound::line(field::EVIDENCE_SOURCE, Assignment::EvidenceSource)];

/// All fields of a problem.
#[component]
pub fn ProblemSheet(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let editable = live.editable(item);
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
                <Fields item editable fields=EVIDENCE/>
                <BoundChoice
                    item
                    label=field::ORIGIN
                    editable
                    options=origins
                    set=Assignment::Origin
                    read=|value| if let Assignment::Origin(origin) = value { *origin } else { None }
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
