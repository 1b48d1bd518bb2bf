//! The sheet of an activity.

use domain::deliberation::item::Party;
use domain::{Assignment, ItemId, ItemKind, ShortText, TextField};
use leptos::prelude::*;

use super::{Part, Sheet, Texts};
use crate::components::field::{DateField, PartyField, ShortField};
use crate::state::Live;
use crate::text::{field, sheet};

/// All that is known of an activity.
#[component]
pub fn ActivitySheet(
    /// The activity.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (editable, activity) = (live.editable(item), live.activity(item));
    let kind = ItemKind::Activity;
    view! {
        <Sheet item kind>
            <Part id="parte-actividad" heading=sheet::ACTIVITY>
                <Texts item kind editable fields=&[TextField::Title, TextField::Deliverable]/>
            </Part>
            <Part id="parte-quien" heading=sheet::PEOPLE>
                <PartyField
                    label=field::LEAD
                    editable
                    value=Signal::derive(move || activity.read().lead.clone())
                    on_set=live.assigning(item, Assignment::Lead)
                    before=live.before(item, Assignment::Lead(Party::Unnamed))
                    status=live.assign_status(item, |value| matches!(value, Assignment::Lead(_)))
                />
                <ShortField
                    label=field::RESPONSIBLE_POST
                    editable
                    value=Signal::derive(move || activity.read().responsible_post.clone())
                    on_set=live.assigning(item, Assignment::ResponsiblePost)
                    before=live.before(item, Assignment::ResponsiblePost(ShortText::default()))
                    status=live.assign_status(item, |value| matches!(value, Assignment::ResponsiblePost(_)))
                />
                <ShortField
                    label=field::RESPONSIBLE_PERSON
                    editable
                    value=Signal::derive(move || activity.read().responsible_person.clone())
                    on_set=live.assigning(item, Assignment::ResponsiblePerson)
                    before=live.before(item, Assignment::ResponsiblePerson(ShortText::default()))
                    status=live.assign_status(item, |value| matches!(value, Assignment::ResponsiblePerson(_)))
                />
                <ShortField
                    label=field::CO_RESPONSIBLE
                    editable
                    value=Signal::derive(move || activity.read().co_responsible.clone())
                    on_set=live.assigning(item, Assignment::CoResponsible)
                    before=live.before(item, Assignment::CoResponsible(ShortText::default()))
                    status=live.assign_status(item, |value| matches!(value, Assignment::CoResponsible(_)))
                />
            </Part>
            <Part id="parte-fechas" heading=sheet::DATES>
                <DateField
                    label=field::STARTS
                    editable
                    value=Signal::derive(move || activity.read().starts)
                    on_set=live.assigning(item, Assignment::Starts)
                    before=live.before(item, Assignment::Starts(None))
                    period=live.period(item)
                    status=live.assign_status(item, |value| matches!(value, Assignment::Starts(_)))
                />
                <DateField
                    label=field::DUE
                    editable
                    value=Signal::derive(move || activity.read().due)
                    on_set=live.assigning(item, Assignment::Due)
                    before=live.before(item, Assignment::Due(None))
                    period=live.period(item)
                    status=live.assign_status(item, |value| matches!(value, Assignment::Due(_)))
                />
            </Part>
        </Sheet>
    }
    .into_any()
}
