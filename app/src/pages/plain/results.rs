//! The results of consultations: each question as a table with a bar in each row, by which they can be
//! read on a narrow screen and on paper. Plain HTML that works without a program.

use domain::pack::results::{Counted, Grouping, Question, QuestionKind, Row};
use leptos::prelude::*;

use crate::address;
use crate::components::bar;
use crate::page::results::{Done, ResultsPage, Set};
use crate::text::{chart, results as words};

/// The page.
#[component]
pub fn ResultsView(
    /// What is on it.
    page: ResultsPage,
) -> impl IntoView {
    let (back, label) = if page.leads {
        (address::desk(page.mesa), words::DESK)
    } else {
        (address::now(page.mesa), words::BACK)
    };
    let said = page.done.as_ref().map(|done| {
        let words = words::done(done);
        let link = match done {
            Done::Problem(item) | Done::Known(item) => {
                Some(address::sheet(page.mesa, domain::ItemKind::Problem, None, *item))
            }
            Done::Kept
            | Done::Dropped
            | Done::Projected
            | Done::WallTaken
            | Done::NoProblem => None,
        };
        match done {
            Done::NoProblem | Done::WallTaken => {
                view! { <p class="entry-error" role="alert">{words}</p> }.into_any()
            }
            _ => view! {
                <p class="sent" role="status">
                    {words}
                    {link.map(|link| view! { " " <a class="link" href=link>{words::IS_PROBLEM}</a> })}
                </p>
            }
            .into_any(),
        }
    });
    let empty = page.sets.is_empty().then(|| view! { <p class="empty">{words::NOTHING}</p> });
    view! {
        <main id="contenido" class="entry pack results">
            <header class="entry-head">
                <p class="secondary" translate="no">{page.name.clone()} " · " {page.theme.clone()}</p>
                <h1>{words::HEADING}</h1>
                <p>{words::LEAD}</p>
            </header>
            {said}
            {empty}
            {page.sets.iter().map(|set| self::set(&page, set)).collect_view()}
            <a class="button" href=address::pack(page.mesa)>{words::TO_PACK}</a>
            <a class="button" href=back>{label}</a>
        </main>
    }
    .into_any()
}

fn set(page: &ResultsPage, set: &Set) -> AnyView {
    let id = format!("resultados-{}", set.number);
    let questions = set.counted.questions.iter().enumerate();
    let questions = questions.map(|(at, asked)| {
        let taps = Taps { page, set, question: at };
        question(&set.counted, asked, &format!("{id}-{at}"), Some(&taps))
    });
    let changing = set.may_count.then(|| {
        view! {
            <a class="button" href=address::count(page.mesa, set.file)>{words::COUNT_AGAIN}</a>
            <details>
                <summary>{words::DROP}</summary>
                <form class="dispatch-correction" method="post" action=address::results(page.mesa)>
                    <p class="note">{words::DROP_LEAD}</p>
                    <button class="button" data-tone="bad" name="quita" value=set.number.to_string()>{words::DROP}</button>
                </form>
            </details>
        }
    });
    view! {
        <section class="card results-set" aria-labelledby=id.clone()>
            <header class="entry-head">
                <h2 id=id.clone() translate="no">{set.name.clone()}</h2>
                <p class="secondary">{crate::text::pack::entry(set.entry)} ". " {words::source(set)}</p>
                {(!set.counted.groupings.is_empty()).then(|| view! { <p class="secondary">{words::SMALL}</p> })}
            </header>
            {questions.collect_view()}
            <p class="secondary">{words::digest(&set.digest)}</p>
            {changing}
        </section>
    }
    .into_any()
}

/// What whoever reads can do with a question and its rows.
struct Taps<'a> {
    page: &'a ResultsPage,
    set: &'a Set,
    question: usize,
}

impl Taps<'_> {
    fn named(&self, row: Option<usize>) -> String {
        let (set, question) = (self.set.number, self.question);
        match row {
            Some(row) => format!("{set}-{question}-{row}"),
            None => format!("{set}-{question}"),
        }
    }

    fn of_row(&self, at: usize, label: &str) -> Option<AnyView> {
        let became = self
            .set
            .problems
            .iter()
            .find(|(question, row, _)| (*question, *row) == (self.question, at));
        if let Some((.., item)) = became {
            let href = address::sheet(self.page.mesa, domain::ItemKind::Problem, None, *item);
            return Some(view! { <a class="link" href=href>{words::IS_PROBLEM}</a> }.into_any());
        }
        let said = format!("{}: {label}", words::TO_PROBLEM);
        self.page.adds.then(|| {
            view! {
                <form method="post" action=address::results(self.page.mesa)>
                    <button class="button" name="problema" value=self.named(Some(at)) aria-label=said>{words::TO_PROBLEM}</button>
                </form>
            }
            .into_any()
        })
    }

    fn of_question(&self) -> Option<AnyView> {
        self.page.conducts.then(|| {
            view! {
                <form method="post" action=address::results(self.page.mesa)>
                    <button class="button" name="proyecta" value=self.named(None)>{words::PROJECT}</button>
                    <p class="note">{words::PROJECT_LEAD}</p>
                </form>
            }
            .into_any()
        })
    }
}

/// The questions of what would be kept.
pub(super) fn outcome(counted: &Counted) -> AnyView {
    let questions = counted.questions.iter().enumerate();
    let drawn =
        questions.map(|(at, asked)| question(counted, asked, &format!("pregunta-{at}"), None));
    view! { <div class="results-set">{drawn.collect_view()}</div> }.into_any()
}

fn question(counted: &Counted, question: &Question, id: &str, taps: Option<&Taps<'_>>) -> AnyView {
    let kind = question.kind;
    let title = chart::title(question.title.as_str(), kind);
    let (first, second) = match kind {
        QuestionKind::Mark => (words::COMMITMENT, words::MEAN),
        QuestionKind::One | QuestionKind::Several => (words::OPTION, words::FIGURE),
    };
    let full = question.full();
    let length = |row: &Row| {
        let bar = domain::pack::Bar { label: row.label.clone(), count: row.count, mean: row.mean };
        bar.length(kind, full)
    };
    let row = |(at, row): (usize, &Row)| {
        let label = row.label.to_string();
        let figure = chart::bar(kind, row.count, row.mean, question.answered);
        let said = format!("{label}: {figure}");
        let tap = taps.and_then(|taps| taps.of_row(at, &label));
        let spread = (!row.spread.is_empty()).then(|| {
            view! { <span class="secondary">{words::spread(row)}</span> }
        });
        view! {
            <tr>
                <th scope="row" translate="no">{label}</th>
                <td class="results-figure">{figure}</td>
                <td class="results-bar">
                    <div role="img" aria-label=said>{bar(length(row))}</div>
                    {spread}
                </td>
                {tap.map(|tap| view! { <td class="results-tap">{tap}</td> })}
            </tr>
        }
    };
    let has_taps = taps.is_some_and(|taps| taps.page.adds || !taps.set.problems.is_empty());
    let groupings = counted.groupings.iter().enumerate();
    let groupings = groupings.map(|(at, grouping)| apart(question, grouping, at)).collect_view();
    let rest = (question.unrecognised() > 0).then(|| rest(question));
    view! {
        <section class="results-question" aria-labelledby=id.to_owned()>
            <h3 id=id.to_owned() translate="no">{title}</h3>
            <p class="secondary">{chart::about(kind, question.answered)}</p>
            <table class="results-table" aria-labelledby=id.to_owned()>
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        <th scope="col">{second}</th>
                        <th scope="col">{words::BAR}</th>
                        {has_taps.then(|| view! { <th scope="col">{words::TAP}</th> })}
                    </tr>
                </thead>
                <tbody>{question.rows.iter().enumerate().map(row).collect_view()}</tbody>
            </table>
            {rest}
            {groupings}
            {taps.and_then(Taps::of_question)}
        </section>
    }
    .into_any()
}

fn rest(question: &Question) -> AnyView {
    let each = question.rest.iter().map(|rest| {
        view! { <li translate="no">{words::rest_of(rest.text.as_str(), rest.count)}</li> }
    });
    let beside = (question.rest_beside > 0)
        .then(|| view! { <p class="secondary">{words::rest_beside(question.rest_beside)}</p> });
    view! {
        <details>
            <summary>{words::rest(question)}</summary>
            <ul class="results-rest">{each.collect_view()}</ul>
            {beside}
        </details>
    }
    .into_any()
}

/// What each group answered.
fn apart(question: &Question, grouping: &Grouping, by: usize) -> AnyView {
    let label = words::by(grouping.by);
    let heads = (0..grouping.groups.len()).map(|at| {
        view! { <th scope="col" translate="no">{words::group(grouping, at)}</th> }
    });
    let rows = question.rows.iter().map(|row| {
        let cells = (0..grouping.groups.len())
            .map(|at| view! { <td>{words::part(question, row, grouping, (by, at))}</td> });
        view! {
            <tr>
                <th scope="row" translate="no">{row.label.to_string()}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <details>
            <summary>{label}</summary>
            <div class="results-scroll" role="region" aria-label=label tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words::OPTION}</th>
                            {heads.collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
