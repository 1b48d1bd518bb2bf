//! A consultation's spreadsheet: counted by its sender, read by everybody at the mesa, and made a problem or
//! a chart on the wall by who leads.

use domain::deliberation::choice::Origin;
use domain::pack::results::QuestionKind;
use domain::people::registry::Grant;
use domain::{Command, ItemKind, Phase, Role, Shown, TextField, conduct};
use server::service::entry::{enter, new_link};

use super::pack::Mesa;
use super::support::{FIRST, Response, encoded, here, location, post};

/// Twelve answers in Windows-1252, without headings: an option with commas, somebody's own words.
fn answers() -> Vec<u8> {
    let mut text = String::new();
    for at in 0..12 {
        let gender = if at % 2 == 0 { "Mujer" } else { "Hombre" };
        let chosen = match at {
            0..=6 => "Agua, drenaje y alcantarillado, Educación",
            7 => "Educación, los baches de mi calle",
            _ => "Seguridad",
        };
        text += &format!("{gender};Centro;{chosen};8,9\r\n");
    }
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

fn count(mesa: &Mesa, file: u16) -> String {
    format!("{}/{file}/resultados", mesa.page())
}

fn results(mesa: &Mesa) -> String {
    mesa.page().replace("/expediente", "/resultados")
}

/// What the form says when the columns are what they are.
const COLUMNS: [(&str, &str); 15] = [
    ("titulos-antes", "no"),
    ("columna-0", "genero"),
    ("columna-0-antes", "genero"),
    ("titulo-0", ""),
    ("columna-1", ""),
    ("columna-1-antes", "localidad"),
    ("titulo-1", ""),
    ("columna-2", "varias"),
    ("columna-2-antes", "varias"),
    ("titulo-2", "¿Qué falta en tu colonia?"),
    ("opciones-2", "Agua, drenaje y alcantarillado\r\nEducación\r\nSeguridad"),
    ("columna-3", "calificacion"),
    ("columna-3-antes", "calificacion"),
    ("titulo-3", "Servicio de agua"),
    ("nada", ""),
];

async fn say(mesa: &Mesa, path: &str, fields: &[(&str, &str)], cookie: Option<&str>) -> Response {
    post(mesa.server.address, path, encoded(fields.iter().copied()), cookie).await
}

#[tokio::test]
async fn a_consultation_is_counted_read_and_made_a_problem_and_a_chart() {
    let mut mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.clone();
    let lead = lead.as_deref();
    let guarantor = mesa.server.sign_in(mesa.server.seat(0), "Ana").await;
    let council = mesa.server.sign_in(mesa.server.seat(3), "Beto").await;
    let (guarantor, council) = (Some(guarantor.as_str()), Some(council.as_str()));
    let entry = [("entrada", "web_consultation")];
    assert_eq!(mesa.send(&entry, ("Consulta.csv", &answers()), council).await.status, 303);
    let path = count(&mesa, 1);
    assert!(mesa.get(&mesa.page(), council).await.text.contains(&path), "the sender is offered it");
    assert!(!mesa.get(&mesa.page(), guarantor).await.text.contains(&path));
    for (cookie, status) in [(None, 403), (guarantor, 403), (council, 200), (lead, 200)] {
        assert_eq!(mesa.get(&path, cookie).await.status, status);
    }
    let guessed = mesa.get(&path, council).await;
    for said in [
        "Windows-1252",
        "punto y coma",
        "12 filas con algo escrito",
        "Agua, drenaje y alcantarillado",
        "Género de la persona",
        "8.9",
    ] {
        assert!(guessed.text.contains(said), "{said}: {}", guessed.text);
    }
    assert_eq!(mesa.pack().await.results, [], "nothing is kept by looking");
    let chosen = say(&mesa, &path, &COLUMNS, council).await;
    for said in
        ["¿Qué falta en tu colonia?", "Resto sin reconocer: 1 respuesta", "los baches de mi calle"]
    {
        assert!(chosen.text.contains(said), "{said}: {}", chosen.text);
    }
    let keep = [&COLUMNS[..], &[("guarda", "si")]].concat();
    assert_eq!(say(&mesa, &path, &keep, guarantor).await.status, 403);
    let kept = say(&mesa, &path, &keep, council).await;
    assert_eq!((kept.status, location(&kept)), (303, format!("{}?guardado", results(&mesa))));
    let pack = mesa.pack().await;
    let counted = &pack.results[0].counted;
    assert_eq!((counted.people, pack.results[0].digest), (Some(12), pack.files[0].digest));
    let rows: Vec<_> = counted.questions[0]
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.count, row.parts[0].clone()))
        .collect();
    assert_eq!(
        rows,
        [
            ("Educación", 8, vec![Some(4), Some(4)]),
            ("Agua, drenaje y alcantarillado", 7, vec![Some(3), Some(4)]),
            ("Seguridad", 4, vec![Some(2), Some(2)]),
        ]
    );
    assert_eq!(counted.questions[1].kind, QuestionKind::Mark);
    assert_eq!(counted.questions[1].rows[0].mean, Some(890));
    // Everybody at the mesa reads it, and nobody else.
    let page = mesa.get(&results(&mesa), guarantor).await;
    for said in ["7 · 58 %", "Respondieron 12 personas", "Por género", "Hombre (6)", "<svg"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(
        !page.text.contains("Hacerlo problema") && !page.text.contains("Mostrar en la pantalla")
    );
    assert_eq!(mesa.get(&results(&mesa), None).await.status, 403);
    // One tap makes a row a problem, once.
    let row = [("problema", "1-0-1")];
    assert_eq!(say(&mesa, &results(&mesa), &row, council).await.status, 403);
    let tapped = say(&mesa, &results(&mesa), &row, lead).await;
    assert!(location(&tapped).contains("?problema="), "{}", tapped.text);
    assert!(location(&say(&mesa, &results(&mesa), &row, lead).await).contains("?conocido="));
    let state =
        mesa.server.store().load(mesa.server.ways.exercise_id).await.unwrap().unwrap().state;
    let problems: Vec<_> =
        state.mesa(FIRST).unwrap().visible(ItemKind::Problem, None).cloned().collect();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].text(TextField::Title), "Agua, drenaje y alcantarillado");
    assert_eq!(
        problems[0].text(TextField::Evidence),
        "Consulta: «¿Qué falta en tu colonia?». «Agua, drenaje y alcantarillado» lo eligieron 7 de 12 personas (58 %)."
    );
    let problem = problems[0].as_problem().unwrap();
    assert_eq!(problem.origin, Some(Origin::ConsultationWeb));
    assert_eq!(problem.evidence_source.as_str(), "Consulta en la página web: Consulta.csv");
    let page = mesa.get(&results(&mesa), lead).await;
    assert!(page.text.contains("Ya es un problema") && page.text.contains("Hacerlo problema"));
    // The wall shows what who conducts chose, to everybody.
    let follower = mesa.server.follower().await;
    assert_eq!(here(&follower.replica).conduct.chart, None);
    assert_eq!(say(&mesa, &results(&mesa), &[("proyecta", "1-1")], guarantor).await.status, 403);
    let shown = say(&mesa, &results(&mesa), &[("proyecta", "1-1")], lead).await;
    assert_eq!(location(&shown), format!("{}?proyectado", results(&mesa)));
    mesa.lead.until(|replica| here(replica).conduct.shown == Shown::Chart).await;
    let follower = mesa.server.follower().await;
    let chart = here(&follower.replica).conduct.chart.clone().unwrap();
    assert_eq!((chart.bars[0].label.as_str(), chart.bars[0].mean), ("Servicio de agua", Some(890)));
    // Who leads beside them doesn't show anything while somebody has the wall.
    mesa.lead.command(Command::Conduct(conduct::Command::TakeWall { taken: true }));
    mesa.lead.settled().await;
    let (issue, secret) =
        new_link(Grant { role: Role::CoFacilitator, seat: None, mesa: Some(FIRST) });
    enter(mesa.server.store(), mesa.server.ways.exercise_id, &issue).await.unwrap();
    let helper = mesa.server.sign_in(&format!("/enlace/{}", secret.text), "Carlos").await;
    let refused = say(&mesa, &results(&mesa), &[("proyecta", "1-0")], Some(&helper)).await;
    assert!(location(&refused).ends_with("?pantalla-tomada"), "{}", refused.text);
    let state =
        mesa.server.store().load(mesa.server.ways.exercise_id).await.unwrap().unwrap().state;
    let chart = state.mesa(FIRST).unwrap().conduct.chart.clone().unwrap();
    assert_eq!(chart.bars[0].label.as_str(), "Servicio de agua", "the chart is the one before");
    // Once the mesa began the sender is too late, and who conducts isn't.
    mesa.answer_the_rest().await;
    mesa.lead.change_phase(Phase::Analysis).await;
    assert_eq!(mesa.get(&path, council).await.status, 403);
    assert_eq!(say(&mesa, &results(&mesa), &[("quita", "1")], council).await.status, 403);
    assert_eq!(say(&mesa, &results(&mesa), &[("quita", "1")], lead).await.status, 303);
    assert_eq!(mesa.pack().await.results, []);
    mesa.server.verify_clean().await;
}

#[tokio::test]
async fn what_can_t_be_counted_says_so() {
    let mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.as_deref();
    let entry = [("entrada", "studies")];
    for (name, file) in [
        ("Estudio.pdf", &b"%PDF-1.7\n"[..]),
        ("Notas.txt", b"Lo que dijo la gente en la plaza.\n"),
        ("Largo.csv", "a;b\n".repeat(20_001).as_bytes()),
    ] {
        assert_eq!(mesa.send(&entry, (name, file), lead).await.status, 303, "{name}");
    }
    assert_eq!(mesa.get(&count(&mesa, 1), lead).await.status, 404, "no table");
    let keep = [("titulos-antes", "no"), ("columna-0", ""), ("guarda", "si")];
    let nothing = say(&mesa, &count(&mesa, 2), &keep, lead).await;
    assert!(nothing.status == 422 && nothing.text.contains("Ninguna columna es una pregunta"));
    let long = mesa.get(&count(&mesa, 3), lead).await;
    assert!(long.status == 422 && long.text.contains("más de 20 000 filas"), "{}", long.text);
    for unknown in ["1-0-0", "x", "1-9-9", ""] {
        let fields = [("problema", unknown)];
        assert_eq!(say(&mesa, &results(&mesa), &fields, lead).await.status, 404, "{unknown}");
    }
    assert_eq!(mesa.pack().await.results, []);
}
