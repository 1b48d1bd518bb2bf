//! What is there, what is missing, in order, and what each date allows.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::page::prepare::{MesaStep, Overview, Progress, SeatsStep};
use crate::text::date::{date, weekday};
use crate::text::{pack, petition, prepare as words};

/// A step: its name, how far it is, what there is, and where it is continued.
struct Step {
    heading: String,
    progress: Progress,
    said: String,
    link: (String, &'static str),
    more: Option<(String, &'static str)>,
}

/// The overview.
pub(super) fn overview(exercise: StreamId, overview: Overview) -> AnyView {
    let steps = steps(exercise, &overview);
    let done = steps.iter().filter(|step| step.progress == Progress::Done).count();
    let all = steps.len();
    // One button stands out: the next useful step.
    let next = steps.iter().position(|step| step.progress != Progress::Done);
    let pack = overview.pack.map(|step| {
        let late = step.left.is_none() && step.missing + step.late > 0;
        let class = if late { "prepare-clock prepare-late" } else { "prepare-clock" };
        let href = address::pack(domain::MesaId { exercise, number: step.mesa });
        view! { <p class=class>{words::pack(&step)} " " <a class="link" href=href>{pack::SHOW}</a></p> }
    });
    let petitions = (overview.petitions > 0).then(|| {
        let href = address::prepare_part(exercise, "solicitudes");
        view! { <p class="prepare-clock"><a href=href>{petition::open(overview.petitions)}</a></p> }
    });
    let rows = steps.into_iter().enumerate().map(|(place, step)| row(step, next == Some(place)));
    view! {
        <p class="secondary">{words::today(&overview, done, all)}</p>
        <div class="prepare-overview">
            <div class="prepare-steps">
                {pack}
                {petitions}
                <ul class="card rows">{rows.collect_view()}</ul>
            </div>
            <div>
                {dates(&overview)}
                {followers(exercise, overview.followers)}
            </div>
        </div>
    }
    .into_any()
}

fn steps(exercise: StreamId, overview: &Overview) -> Vec<Step> {
    let of = |path: &str| address::prepare_part(exercise, path);
    let step = |heading: &str, progress, said, path: &str, label| Step {
        heading: heading.to_owned(),
        progress,
        said,
        link: (of(path), label),
        more: None,
    };
    let data = if overview.quorum == 0 { Progress::Partly } else { Progress::Done };
    let mut steps =
        vec![step(words::DATA_HEADING, data, words::data_step(overview), "datos", words::REVIEW)];
    steps.extend(overview.mesas.iter().map(|mesa| mesa_step(exercise, mesa)));
    let seats = &overview.seats;
    steps.push(step(
        words::ACTORS,
        actors_progress(seats),
        words::seats_step(seats),
        "actores",
        words::COMPLETE_SEATS,
    ));
    let invited = match (seats.actors, seats.without_link()) {
        (0, _) => Progress::Nothing,
        (_, 0) => Progress::Done,
        _ if seats.linked == 0 => Progress::Nothing,
        _ => Progress::Partly,
    };
    let cards = words::CARDS;
    steps.push(step(
        words::INVITATIONS,
        invited,
        words::invitations_step(seats),
        "tarjetas",
        cards,
    ));
    let notice = match overview.notice {
        None => Progress::Nothing,
        Some((_, true)) => Progress::Partly,
        Some((_, false)) => Progress::Done,
    };
    let said = words::notice_step(overview.notice);
    steps.push(step(words::NOTICE_HEADING, notice, said, "aviso", words::REVIEW));
    let logos = if overview.logos == 0 { Progress::Nothing } else { Progress::Done };
    let said = words::logos_step(overview.logos);
    steps.push(step(words::LOGOS, logos, said, "logotipos", words::REVIEW));
    // One person alone is enough, but who falls ill is missed.
    let staff = if overview.staff < 2 { Progress::Partly } else { Progress::Done };
    let said = words::staff_step(overview.staff);
    steps.push(step(words::STAFF, staff, said, "personas", words::INVITE_STAFF));
    let written = &overview.sections;
    let sections = if written.is_empty() { Progress::Nothing } else { Progress::Done };
    let said = words::sections_step(written);
    steps.push(step(words::SECTIONS_OF_THE_PLAN, sections, said, "secciones", words::REVIEW));
    steps
}

fn mesa_step(exercise: StreamId, mesa: &MesaStep) -> Step {
    let complete = mesa.missing.is_empty() && mesa.led;
    let number = mesa.number;
    Step {
        heading: words::mesa(number, &mesa.theme),
        progress: if complete { Progress::Done } else { Progress::Partly },
        said: words::mesa_step(mesa),
        link: (address::prepare_part(exercise, &format!("mesa/{number}")), words::REVIEW),
        more: Some((address::desk(domain::MesaId { exercise, number }), words::CONDUCT)),
    }
}

fn actors_progress(seats: &SeatsStep) -> Progress {
    if seats.actors == 0 {
        Progress::Nothing
    } else if seats.without_holder + seats.without_mail > 0 {
        Progress::Partly
    } else {
        Progress::Done
    }
}

fn row(step: Step, next: bool) -> impl IntoView {
    let class = match step.progress {
        Progress::Nothing => "prepare-mark prepare-nothing",
        Progress::Partly => "prepare-mark prepare-partly",
        Progress::Done => "prepare-mark prepare-done",
    };
    let (href, label) = step.link;
    view! {
        <li class="prepare-step">
            <span class=class role="img" aria-label=words::progress(step.progress)></span>
            <div>
                <h2 class="row-title">{step.heading}</h2>
                <p class="secondary">{step.said}</p>
            </div>
            <p class="prepare-buttons">
                <a class=if next { "action" } else { "button" } href=href>{label}</a>
                {step.more.map(|(href, label)| view! { <a class="button" href=href rel="external">{label}</a> })}
            </p>
        </li>
    }
}

fn followers(exercise: StreamId, on: bool) -> AnyView {
    let (said, label) = if on {
        (words::FOLLOWERS_ON, words::SWITCH_OFF)
    } else {
        (words::FOLLOWERS_OFF, words::SWITCH_ON)
    };
    view! {
        <form class="prepare-dates" method="post" action=address::prepare_part(exercise, "publica")>
            <h2>{words::FOLLOWERS}</h2>
            <p class="secondary">{said}</p>
            <button class="button" name="abierta" value=if on { "no" } else { "si" }>{label}</button>
        </form>
    }
    .into_any()
}

fn dates(overview: &Overview) -> AnyView {
    let mut dates = vec![(overview.today, words::TODAY.to_owned())];
    if let Some(step) = overview.pack {
        dates.push((step.due.0, words::pack_date(step.mesa)));
    }
    for mesa in &overview.mesas {
        if let Some((day, from, to)) = mesa.meets {
            dates.push((day, words::mesa_date(mesa.number, from, to)));
        }
    }
    dates.push((overview.period.0, words::PLAN_BEGINS.to_owned()));
    dates.push((overview.period.1, words::PLAN_ENDS.to_owned()));
    dates.sort_by_key(|(day, _)| *day);
    let today = overview.today;
    let each = |(day, said): (domain::Date, String)| {
        view! {
            <li class:prepare-past=move || day < today>
                <b>{weekday(day)}" "{date(day)}</b>
                <span class="secondary">{said}</span>
            </li>
        }
    };
    view! {
        <section class="prepare-dates" aria-labelledby="fechas">
            <h2 id="fechas">{words::DATES}</h2>
            <ul>{dates.into_iter().map(each).collect_view()}</ul>
        </section>
    }
    .into_any()
}
