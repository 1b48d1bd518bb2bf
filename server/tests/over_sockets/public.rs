//! What the public reads without a script: the plan at a glance, its year, its folded parts; and
//! the home page with its exercises.

use std::collections::BTreeSet;

use domain::agreement::{Command as Agreeing, Reason, Stance};
use domain::{
    Assignment, Command, ItemKind, Phase, Remark, ServerCommand, ShortText, StreamId, TextField,
    deliberation, exercise,
};
use server::service::entry::Ledger;
use server::service::sample::Stage;
use server::service::setup::open_mesa;
use time::macros::date;
use uuid::Uuid;

use super::agreement::{facilitator, go};
use super::support::{FIRST, Server, get, here, post};

async fn page(server: &Server) -> String {
    let page = get(server.address, &format!("/publica/{}", server.ways.exercise_id), None).await;
    assert_eq!(page.status, 200, "{}", page.head);
    page.text
}

/// The values of an attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text of a page, without its elements; what ends a line in it ends one here.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, main)| main);
    let texts = body.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
    let texts = texts.map(|(_, text)| text).filter(|text| !text.trim().is_empty());
    texts.collect::<Vec<_>>().join("|")
}

/// Each id is there once, and each link within the page leads somewhere.
fn assert_leads_everywhere(html: &str) {
    let ids = values(html, "id");
    let known: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id is there twice: {ids:?}");
    for link in values(html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(known.contains(link), "#{link} leads nowhere");
    }
}

#[tokio::test]
async fn a_neighbour_reads_who_answers_and_by_when_before_unfolding_anything() {
    let server = Server::start(Stage::Agreed).await;
    let html = page(&server).await;
    assert_leads_everywhere(&html);
    let said = words(&html);
    for there in [
        "Plan de Acción Local · Valle Hondo",
        "La mesa acuerda sus compromisos: los textos todavía cambian.",
        "5 compromisos",
        "2. Agua limpia a la vista|Responde: |Comisión Estatal del Agua|Última fecha: 15/09/2027|En redacción",
        "Cuota completa",
        "Ver las 27 actividades como lista",
    ] {
        assert!(said.contains(there), "«{there}» in {said}");
    }
    // That is before everything that is folded, and all of that is closed.
    let (before, _) = html.split_once("<details").unwrap();
    assert!(before.contains("Última fecha: 15/09/2027"));
    // Five commitments, eight problems, the list of the year.
    assert_eq!(html.matches("<details class=").count(), 14);
    assert!(!html.contains("<details open") && !html.contains(" open=\"\""));
    let cards = values(&html, "href");
    let cards = cards.iter().filter(|href| href.starts_with("#compromiso-")).count();
    assert_eq!(cards, 5);
    // Nothing is frozen: there is no document, nobody was asked.
    assert!(!html.contains("plan-publico.pdf") && !said.contains("Quién está conforme"));
    server.verify_clean().await;
}

#[tokio::test]
async fn the_year_is_drawn_with_all_its_dates_and_listed_by_date() {
    let server = Server::start(Stage::Agreed).await;
    let html = page(&server).await;
    assert_eq!(html.matches("<circle").count(), 27);
    assert!(html.contains("<title id=\"anio-titulo\">El año del plan</title>"));
    assert!(html.contains("27 actividades de 5 compromisos, de oct 2026 a sep 2027."));
    let (_, list) = html.split_once("class=\"year-list\"").unwrap();
    let (list, _) = list.split_once("</ol>").unwrap();
    let days: Vec<_> = list
        .split("<span class=\"date\">")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!((days.len(), days[0], days[26]), (27, "30/10/2026", "20/09/2027"));
    let sorted = |day: &&str| day.rsplit('/').map(str::to_owned).collect::<Vec<_>>();
    assert!(days.is_sorted_by_key(sorted), "{days:?}");
    assert!(words(list).contains("26/02/2027|2.3 Primera publicación"), "{}", words(list));

    // What changes at the table changes here: a date more, and one that is gone.
    let mut leads = facilitator(&server).await;
    let commitment = here(&leads.replica).deliberation.commitments[4];
    let activity = leads.add(ItemKind::Activity, Some(commitment));
    leads.type_at(activity, TextField::Title, 0, "Feria de <resultados>");
    let due = Assignment::Due(Some(date!(2027 - 09 - 30)));
    leads.command(Command::Deliberation(deliberation::Command::Assign {
        item: activity,
        value: due,
    }));
    let gone = here(&leads.replica).deliberation.commitments[0];
    leads.command(Command::Deliberation(deliberation::Command::Remove { item: gone }));
    leads.settled().await;
    let html = page(&server).await;
    assert_eq!(html.matches("<circle").count(), 22);
    let said = words(&html);
    assert!(said.contains("30/09/2027|4.6 Feria de &lt;resultados&gt;"), "{said}");
    assert!(said.contains("1. Agua limpia a la vista|Responde: "), "{said}");
    assert!(said.contains("4. Secundarias en paz|Responde: "), "{said}");
    assert_leads_everywhere(&html);
    server.verify_clean().await;
}

#[tokio::test]
async fn several_mesas_are_one_plan_with_its_numbers() {
    let server = Server::start(Stage::Agreed).await;
    let second = server.another_mesa("Movilidad y banquetas").await;
    let mut leads = server.device_at(second.mesa_id, &second.facilitator_url, "Gema").await;
    go(&mut leads, Phase::Agreements).await;
    let commitment = leads.add(ItemKind::Commitment, None);
    leads.type_at(commitment, TextField::Title, 0, "Banquetas para todas");
    leads.settled().await;
    let html = page(&server).await;
    assert_leads_everywhere(&html);
    let said = words(&html);
    assert!(said.contains("Sus mesas están en curso"), "{said}");
    assert!(said.contains("6 compromisos"), "{said}");
    // In its card and where it is unfolded.
    assert_eq!(said.matches("6. Banquetas para todas").count(), 2, "{said}");
    assert!(said.contains("Responde: |todavía sin responsable|Última fecha: 30/09/2027"));
    server.verify_clean().await;
}

#[tokio::test]
async fn who_is_conforme_is_said_as_far_as_it_may_be() {
    let server = Server::start(Stage::Frozen).await;
    let html = page(&server).await;
    let document = format!("/plan/{}/1/plan-publico.pdf", server.ways.exercise_id);
    assert!(html.contains(&document), "the document is offered");
    let said = words(&html);
    assert!(said.contains("Se lee en voz alta la versión 1, congelada el "), "{said}");
    assert_eq!(said.matches("Texto congelado").count(), 5);

    let mut leads = facilitator(&server).await;
    let mut seat = server.device(server.seat(5), "Beto").await;
    go(&mut leads, Phase::Conformity).await;
    seat.until(|replica| replica.confirmed().plan.open_question().is_some()).await;
    let version = seat.replica.confirmed().plan.version().unwrap().clone();
    let reason = Reason::parse("Falta el presupuesto de <2027>").unwrap();
    let stances = version.commitments.iter().enumerate().map(|(at, frozen)| {
        let said =
            if at == 2 { Stance::AgreeWithReservation(reason.clone()) } else { Stance::Agree };
        (frozen.item, said)
    });
    let stances = stances.collect();
    seat.command(Command::Agreement(Agreeing::State { version: 1, stances }));
    seat.settled().await;
    assert_eq!(seat.refused, []);
    let said = words(&page(&server).await);
    assert!(said.contains("Consejo Empresarial| ya respondió"), "{said}");
    assert!(said.contains("respondieron 1 de 8 organizaciones"), "{said}");
    assert!(!said.contains("presupuesto de") && !said.contains("con reserva en el 3"), "{said}");

    let why = Remark::parse("Se acabó el tiempo").unwrap();
    leads.command(Command::Agreement(Agreeing::Close { reason: Some(why) }));
    leads.settled().await;
    let html = page(&server).await;
    let said = words(&html);
    for there in [
        "Consejo Empresarial| conforme con 4, con reserva en el 3",
        "Contraloría del Estado| falta su respuesta",
        "1 de 8 organizaciones, con todo o con reservas",
        "Consejo Empresarial, conforme con reserva: «Falta el presupuesto de &lt;2027&gt;»",
        "Sin quórum",
    ] {
        assert!(said.contains(there), "«{there}» in {said}");
    }
    assert_leads_everywhere(&html);
    server.verify_clean().await;
}

/// Another exercise on the same server, with one mesa.
async fn another_exercise(server: &Server, name: &str, municipality: &str, theme: &str) {
    let sample = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    let short = |text: &str| ShortText::parse(text).unwrap();
    let mut card = sample.card.as_deref().unwrap().clone();
    (card.name, card.municipality, card.sample) = (short(name), short(municipality), false);
    let mut mesa = sample.mesa(FIRST).unwrap().card.as_deref().unwrap().clone();
    mesa.theme = short(theme);
    let mut ledger = Ledger::new(StreamId(Uuid::now_v7()));
    let open = exercise::ServerCommand::OpenExercise(Box::new(card));
    ledger.enter(&ServerCommand::Exercise(open)).unwrap();
    open_mesa(&mut ledger, FIRST, mesa).unwrap();
    ledger.write(server.store()).await.unwrap();
}

#[tokio::test]
async fn the_home_page_has_a_card_for_each_exercise_and_searches_when_there_are_many() {
    let server = Server::start(Stage::Empty).await;
    server.another_mesa("Movilidad").await;
    let at = |path: &'static str| get(server.address, path, None);
    let one = at("/?q=nada").await;
    let card = format!("href=\"/publica/{}\"", server.ways.exercise_id);
    assert_eq!(one.text.matches(&card).count(), 1, "two mesas are one exercise");
    assert!(one.text.contains("Mesa 2 · Movilidad") && one.text.contains("Valle Hondo"));
    assert!(!one.text.contains("name=\"q\""), "one needs no search");
    for place in ["Ixtlán", "Juchitán", "Zaachila", "Etla", "Tehuantepec", "Tuxtepec", "Nochixtlán"]
    {
        another_exercise(&server, &format!("Gobierno Abierto {place}"), place, "Agua").await;
    }
    assert!(!at("/").await.text.contains("name=\"q\""), "nor do eight");
    another_exercise(&server, "Peñas de <Río>", "Río Claro", "Niñez y cuidados").await;
    let nine = at("/").await;
    assert_eq!(nine.text.matches("home-card").count(), 10, "the list, and nine cards");
    assert!(nine.text.contains("method=\"get\"") && nine.text.contains("Peñas de &lt;Río&gt;"));
    for (asked, found) in
        [("ixtlan", "Ixtlán"), ("JUCHIT%C3%81N", "Juchitán"), ("penas+ninez", "Río Claro")]
    {
        let page = get(server.address, &format!("/?q={asked}"), None).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains("1 de 9 ejercicios."), "{asked}");
        assert_eq!(page.text.matches("home-card").count(), 2, "{asked}");
        assert!(page.text.contains(found), "{asked}");
    }
    let none = at("/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert!(none.text.contains("Ninguno de los 9 ejercicios tiene esas palabras."));
    assert!(!none.text.contains("<script>alert"), "what was asked for is text");
    // What isn't a search shows everything, and an unknown code does, too.
    for odd in ["/?q=%FF&q=dos", "/?otra=cosa"] {
        let page = get(server.address, odd, None).await;
        assert_eq!((page.status, page.text.matches("home-card").count()), (200, 10), "{odd}");
    }
    let code = post(server.address, "/entrar", "codigo=ZZZ", None).await;
    assert_eq!((code.status, code.text.matches("home-card").count()), (404, 10));
}
