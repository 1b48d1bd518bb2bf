//! The sheet of an activity.

use domain::{Assignment, ItemId, ItemKind, TextField};
use leptos::prelude::*;

use super::{Part, Sheet, Texts};
use crate::components::field::{Bound, Fields};
use crate::state::Live;
use crate::text::{field, sheet};

const WHO: &[Bound] = &[
    Bound::party(field::LEAD, Assignment::Lead),
    Bound::line(field::RESPONSIBLE_POST, Assignment::ResponsiblePost),
    Bound::line(field::RESPONSIBLE_PERSON, Assignment::ResponsiblePerson),
    Bound::line(field::CO_RESPONSIBLE, Assignment::CoResponsible),
];
const DATES: &[Bound] =
    &[Bound::day(field::STARTS, Assignment::Starts), Bound::day(field::DUE, Assignment::Due)];

/// All fields of an activity.
#[component]
pub fn ActivitySheet(
    /// The activity.
    item: ItemId,
) -> impl IntoView {
    let editable = expect_context::<Live>().editable(item);
    let kind = ItemKind::Activity;
    view! {
        <Sheet item kind>
            <Part id="parte-actividad" heading=sheet::ACTIVITY>
                <Texts item kind editable fields=&[TextField::Title, TextField::Deliverable]/>
            </Part>
            <Part id="parte-quien" heading=sheet::PEOPLE>
                <Fields item editable fields=WHO/>
            </Part>
            <Part id="parte-fechas" heading=sheet::DATES>
                <Fields item editable fields=DATES/>
            </Part>
        </Sheet>
    }
    .into_any()
}
