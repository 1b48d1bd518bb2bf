//! The Plan de Acción Local: what the templates get, from a [`Plan`].

mod calendar;
mod sheet;
mod signing;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use typst::foundations::Bytes;

use crate::compile::{self, Form, Job, Pdf};
use crate::date::Date;
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::logo;
use crate::plan::{Category, Edition, MOST_SIGNERS, Plan, Problem};
use crate::seal;
use crate::text;
use crate::user::{User, paragraph_texts};

/// Sets a plan. The same plan gives the same bytes.
///
/// # Errors
///
/// More than [`MOST_SIGNERS`] signers, a code that isn't the canonical text's, a day that there
/// isn't; or what the typesetter refuses or warns of.
pub fn pal(fonts: &Fonts, plan: &Plan) -> Result<Pdf, Failure> {
    set(fonts, plan, Form::Pdf)
}

/// Sets a plan as pictures of its pages, for screens: a JSON list of SVG.
///
/// # Errors
///
/// As [`pal`].
pub fn sheets(fonts: &Fonts, plan: &Plan) -> Result<Pdf, Failure> {
    set(fonts, plan, Form::Sheets)
}

fn set(fonts: &Fonts, plan: &Plan, form: Form) -> Result<Pdf, Failure> {
    check(plan)?;
    let user = User::new(fonts);
    let (mut files, logos) = logo::logos(&user, &plan.logos);
    if let Some(stamp) = plan.edition.stamp() {
        files.push(("plan.json".to_owned(), Bytes::from_string(stamp.canonical.clone())));
    }
    let ident = match plan.edition.stamp() {
        Some(stamp) => format!("{}-{}", stamp.folio, stamp.version),
        None => format!("{}-{}", plan.exercise.name, plan.edition.moment().ms),
    };
    let mut data = view(&user, plan)?;
    data["logos"] = logos.into();
    compile::set(
        fonts,
        Job { form, template: "pal.typ", data, files, ident, moment: plan.edition.moment() },
    )
}

fn check(plan: &Plan) -> Result<(), Failure> {
    if plan.signers.len() > MOST_SIGNERS {
        return Err(Failure::TooManySigners { signers: plan.signers.len() });
    }
    plan.edition.stamp().map_or(Ok(()), seal::check_stamp)?;
    seal::check_days(days(plan).into_iter())
}

fn days(plan: &Plan) -> Vec<Date> {
    let mut days = vec![plan.period.from, plan.period.to];
    days.extend(plan.closing.signed);
    days.extend(plan.mesas.iter().filter_map(|mesa| mesa.date));
    for commitment in &plan.commitments {
        days.extend(commitment.period.iter().flat_map(|period| [period.from, period.to]));
        days.extend(commitment.activities.iter().flat_map(|one| [one.start, one.due]).flatten());
    }
    days
}

fn view(user: &User, plan: &Plan) -> Result<Value, Failure> {
    let exercise = &plan.exercise;
    let public = matches!(plan.edition, Edition::Public { .. });
    let contacts = matches!(plan.edition, Edition::Full { .. })
        && plan.participants.iter().any(|one| one.contact.is_some());
    Ok(json!({
        "draft": matches!(plan.edition, Edition::Draft { .. }),
        "attached": plan.edition.stamp().is_some(),
        "edition": text::edition(&plan.edition),
        "head": user.line(&text::cut(&exercise.name, 60)),
        "meta": seal::meta(user, text::PLAN, exercise, plan.edition.stamp()),
        "stamp": seal::foot(user, plan.edition.stamp())?,
        "place": user.rich(&text::cut(&text::place(&exercise.municipality, &exercise.state), 300)),
        "cover": {
            "count": text::cover_count(plan),
            // One page, whatever somebody called the exercise.
            "exercise": user.rich(&text::cut(&exercise.name, 300)),
            "agreement": user.rich(&text::cover_agreement(plan)),
        },
        "legend": legend(plan),
        "numerals": numerals(plan),
        "context": user.all_paragraphs(&plan.context),
        "how-it-was-made": user.all_paragraphs(&plan.how_it_was_made),
        "mesas": plan.mesas.iter().map(|mesa| json!({
            "number": mesa.number,
            "theme": user.rich(&mesa.theme),
            "place": user.rich(&mesa.place),
            "date": mesa.date.map(text::day).unwrap_or_default(),
            "mode": user.rich(&mesa.mode),
            "sectors": user.line(&text::sectors(&mesa.attendance)),
            "people": mesa.attendance.iter().map(|one| u64::from(one.people)).sum::<u64>(),
        })).collect::<Vec<_>>(),
        "participants": plan.participants.iter().map(|one| {
            let contact = one.contact.as_deref().filter(|_| contacts).unwrap_or_default();
            json!({
                "organisation": user.rich(&one.organisation),
                "sector": user.rich(&one.sector),
                "holder": user.rich(&one.holder),
                "alternate": user.rich(&one.alternate),
                "contact": user.rich(contact),
                "mail": mail(contact),
            })
        }).collect::<Vec<_>>(),
        "alternates": plan.participants.iter().any(|one| !one.alternate.trim().is_empty()),
        "contacts": contacts,
        "rule": user.rich(&plan.rule),
        "legal": user.entries(&plan.legal_framework),
        "definitions": plan.definitions.iter().map(|one| json!({
            "term": user.rich(&one.term),
            "meaning": user.rich(&one.meaning),
        })).collect::<Vec<_>>(),
        "strategic": user.all_paragraphs(&plan.strategic_objective),
        "specific": user.entries(&plan.specific_objectives),
        "problems-said": text::problems(plan),
        "problems": plan.problems.iter().map(|one| problem(user, plan, one)).collect::<Vec<_>>(),
        "commitments": plan.commitments.iter().enumerate()
            .map(|(place, one)| sheet::view(user, plan, one, place, public))
            .collect::<Vec<_>>(),
        "measurement": user.all_paragraphs(&plan.measurement),
        "months": calendar::months(plan),
        "calendar-as-figure": calendar::is_figure(plan),
        "calendar-said": text::calendar(plan),
        "closing": signing::closing(user, plan),
        "boxes": signing::boxes(user, plan),
        "blocks": signing::blocks(user, plan),
        "how-room": signing::how_room(user, plan),
        "statements": signing::statements(user, plan),
        "certificates": user.all_paragraphs(&plan.certificates),
        "page-words": (0..1000).map(text::feminine).collect::<Vec<_>>(),
    }))
}

/// What isn't a plain mail address is no link.
fn mail(contact: &str) -> Option<String> {
    let contact = contact.trim();
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "@.-_+".contains(letter);
    let (before, after) = contact.split_once('@')?;
    let plain = contact.len() <= 254
        && contact.chars().all(allowed)
        && !before.is_empty()
        && after.contains('.')
        && !after.contains('@');
    plain.then(|| format!("mailto:{contact}"))
}

/// The categories that the plan has, in the order of the quota.
fn legend(plan: &Plan) -> Vec<Value> {
    Category::ALL
        .into_iter()
        .map(|category| {
            let count = plan.commitments.iter().filter(|one| one.category == category).count();
            (category, count)
        })
        .filter(|(_, count)| *count > 0)
        .map(|(category, count)| {
            json!({
                "category": code(category),
                "name": text::category(category),
                "count": count,
            })
        })
        .collect()
}

/// How the templates name a category.
fn code(category: Category) -> &'static str {
    match category {
        Category::FollowTheMoney => "money",
        Category::NationalPlan => "national",
        Category::Local => "local",
        Category::Proactive => "proactive",
    }
}

/// Roman numerals of the sections that are there.
fn numerals(plan: &Plan) -> Value {
    let objectives = [&plan.strategic_objective, &plan.specific_objectives];
    let mut numerals = ["I", "II", "III", "IV", "V", "VI", "VII"].into_iter();
    let mut next = |there: bool| if there { numerals.next() } else { None };
    json!({
        "introduction": next(true),
        "legal": next(!paragraph_texts(&plan.legal_framework).is_empty()),
        "definitions": next(!plan.definitions.is_empty()),
        "objectives": next(objectives.iter().any(|texts| !paragraph_texts(texts).is_empty())),
        "problems": next(true),
        "measurement": next(true),
        "closing": next(true),
    })
}

fn problem(user: &User, plan: &Plan, problem: &Problem) -> Value {
    let answered: BTreeSet<u32> = problem.commitments.iter().copied().collect();
    let commitments: Vec<Value> = plan
        .commitments
        .iter()
        .filter(|one| answered.contains(&one.number))
        .map(|one| json!({ "number": one.number, "category": code(one.category) }))
        .collect();
    json!({
        "number": user.rich(&problem.number),
        "title": user.rich(&problem.title),
        "statement": user.rich(&problem.statement),
        "affected": user.rich(&text::joined(&[&problem.affected, &problem.place], ", ")),
        "evidence": user.rich(&text::joined(&[&problem.evidence, &problem.origin], "; ")),
        "commitments": commitments,
    })
}
