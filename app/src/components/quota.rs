//! The quota board: a filled piece for each commitment, a dashed one for each that is missing, by
//! category, and a sentence that says the same.

use domain::deliberation::quota::QuotaRow;
use domain::{QuotaBoard, Standing};
use leptos::prelude::*;

use super::category::{attribute, shape};
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::{name, quota};

/// Most pieces in a row; the sentence has the exact number.
const PIECES: u32 = 12;

/// The board of the mesa in the context.
#[component]
pub fn Quota(
    /// All in one line, without the names of the categories.
    #[prop(optional)]
    line: bool,
    /// The whole plan's, not as one of its mesas sees it.
    #[prop(optional)]
    of_plan: bool,
) -> impl IntoView {
    let view = expect_context::<Live>().view();
    let board = memo(move || QuotaBoard::of(&view.read()));
    let others = memo(move || view.read().siblings.clone());
    let elsewhere =
        memo(move || quota::all_elsewhere(&board.read(), &others.read()).filter(|_| line));
    let met = move || if board.read().is_met() { "met" } else { "short" };
    view! {
        <div class="quota" data-line=line.then_some("")>
            <ul>{reactive(move || board.read().rows.iter().map(|row| drawn(*row, line, of_plan, &others.read())).collect_view())}</ul>
            <p class="quota-sentence" data-state=met role="status">{reactive(move || quota::sentence(&board.read()))}</p>
            {reactive(move || elsewhere.get().map(|words| view! { <p class="quota-elsewhere">{words}</p> }))}
        </div>
    }
    .into_any()
}

fn drawn(row: QuotaRow, line: bool, of_plan: bool, others: &[Standing]) -> AnyView {
    let elsewhere = quota::elsewhere(row, others).filter(|_| !of_plan);
    let filled = row.have.min(PIECES);
    let dashed = row.missing().min(PIECES - filled);
    let pieces = (0..filled).map(|_| true).chain((0..dashed).map(|_| false));
    view! {
        <li data-category=attribute(Some(row.category))>
            <span class="quota-pieces" aria-hidden="true">
                {pieces.map(|is_there| piece(row, is_there)).collect_view()}
            </span>
            {(!line).then(|| view! { <span class="quota-name" aria-hidden="true">{name::category(row.category)}</span> })}
            <span class="visually-hidden">{quota::row(row)}</span>
            {of_plan.then(|| view! { <span class="quota-elsewhere" aria-hidden="true">{quota::tally(row)}</span> })}
            {elsewhere.map(|elsewhere| {
                let tally = (!line).then(|| view! { <span aria-hidden="true">{quota::tally(row)}</span> });
                view! { <span class=if line { "visually-hidden" } else { "quota-elsewhere" }>{tally} " · " {elsewhere}</span> }
            })}
        </li>
    }
    .into_any()
}

fn piece(row: QuotaRow, is_there: bool) -> impl IntoView {
    view! {
        <svg viewBox="-1 -1 14 14" class="quota-piece" data-there=is_there.then_some("") focusable="false">
            <path d=shape(Some(row.category))></path>
        </svg>
    }
}
