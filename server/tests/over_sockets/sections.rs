//! The optional sections of the plan's document: written by who prepares, frozen with the plan, set
//! in its document.

use std::io::Write as _;

use domain::Phase;
use domain::agreement::Fate;
use domain::exercise::sections::{ENTRY_LIMIT, MOST_ENTRIES};
use server::service::sample::Stage;

use super::prepare::Prepared;
use super::support::{Response, Server, encoded, get, location, post};

const FIELDS: [&str; 7] =
    ["contexto", "construccion", "marco", "definiciones", "estrategico", "especificos", "medicion"];

/// The form with these texts, the others empty.
fn form<'a>(texts: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let text = |field: &str| texts.iter().find(|(name, _)| *name == field).map_or("", |it| it.1);
    let fields = FIELDS.map(|field| (field, text(field))).into_iter();
    fields.chain(texts.iter().copied().filter(|(name, _)| !FIELDS.contains(name))).collect()
}

/// What a document says, in the order in which it is read.
pub fn text_of(document: &Response) -> String {
    assert_eq!(document.status, 200, "{}", document.head);
    let mut file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
    file.write_all(&document.body).unwrap();
    let mut program = std::process::Command::new("pdftotext");
    let output = program.args(["-enc", "UTF-8"]).arg(file.path()).arg("-").output();
    let output = output.expect("apt-get install poppler-utils");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headings of a document after its cover, each after the one before it.
fn come_in_order(text: &str, headings: &[&str]) {
    let mut rest = text;
    for heading in headings {
        let at = rest.find(heading).unwrap_or_else(|| panic!("{heading}: {rest}"));
        rest = &rest[at + heading.len()..];
    }
}

#[tokio::test]
async fn what_is_wrong_comes_back_beside_its_field_and_nothing_typed_is_lost() {
    let at = Prepared::new().await;
    let before = at.get("/secciones").await;
    assert_eq!(before.status, 200);
    for said in ["Marco normativo", "Una ley, norma o acuerdo por renglón.", "Son opcionales"] {
        assert!(before.text.contains(said), "{said}");
    }
    assert!(at.get("").await.text.contains("el documento del plan sale sin ellas"));
    let long = format!("Ley de Aguas\n\n{}", "ñ".repeat(ENTRY_LIMIT + 1));
    let many = vec!["Abrir el gasto"; MOST_ENTRIES + 1].join("\n");
    let wrong = form(&[
        ("contexto", "Lo que pasa en <Río Claro>."),
        ("marco", &long),
        ("definiciones", "Acta: lo que se firma\r\nContraparte"),
        ("especificos", &many),
        ("medicion", "Cada dos meses\u{202E}."),
    ]);
    let back = at.post("/secciones", &wrong).await;
    assert_eq!(back.status, 422);
    for said in [
        "Marco normativo, renglón 3: caben 400 letras.",
        "Definiciones, renglón 2: escribe la palabra, dos puntos y lo que significa.",
        "Objetivos específicos: caben 40 renglones.",
        "Medición: tiene caracteres que no se pueden mostrar",
        // What was typed, right and wrong.
        "Lo que pasa en &lt;Río Claro",
        "Contraparte",
        &long,
        &many,
    ] {
        assert!(back.text.contains(said), "{said}");
    }
    assert_eq!(back.text.matches("aria-invalid=\"true\"").count(), 4);
    assert_eq!(*at.state().await.sections, Default::default(), "nothing of it is saved");
    let right = form(&[
        ("contexto", "Lo que pasa.\n\nY por qué."),
        ("marco", "1. Ley de Aguas\n2. Bando municipal"),
        ("definiciones", "Acta: lo que se firma"),
    ]);
    let saved = at.post("/secciones", &right).await;
    assert_eq!((saved.status, location(&saved)), (303, at.address("/secciones?guardado")));
    let state = at.state().await;
    let laws: Vec<_> = state.sections.legal_framework.iter().map(|law| law.as_str()).collect();
    assert_eq!(laws, ["Ley de Aguas", "Bando municipal"]);
    assert_eq!(state.sections.definitions[0].meaning.as_str(), "lo que se firma");
    assert_eq!(state.sections.measurement, None);
    let shown = at.get("/secciones").await;
    assert!(shown.text.contains("Ley de Aguas\nBando municipal"), "{}", shown.text);
    let overview = at.get("").await;
    let said = "En el documento del plan: contexto, marco normativo, definiciones.";
    assert!(overview.text.contains(said), "{}", overview.text);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn a_frozen_plan_keeps_its_sections_and_a_change_makes_another_version() {
    let server = Server::start(Stage::Agreed).await;
    let at = server.address;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let cookie = facilitator.cookie.clone();
    let exercise = server.ways.exercise_id;
    let address = format!("/ejercicio/{exercise}/preparar/secciones");
    let file =
        async |name: &str| get(at, &format!("/plan/{exercise}/{name}"), cookie.as_deref()).await;
    let send = async |texts: &[(&str, &str)]| {
        post(at, &address, encoded(form(texts)), cookie.as_deref()).await
    };
    let state = async || server.store().load(exercise).await.unwrap().unwrap().state;
    let first = [("marco", "Ley de Aguas"), ("medicion", "Se revisa cada dos meses.")];
    assert_eq!(send(&first).await.status, 303, "before any version nothing is asked");
    assert!(text_of(&file("borrador.pdf").await).contains("Ley de Aguas"));
    facilitator.change_phase(Phase::ReadOut).await;

    let fixed = get(at, &address, cookie.as_deref()).await;
    assert!(fixed.text.contains("congeladas con la versión 1"), "{}", fixed.text);
    let other = [("marco", "Bando municipal"), ("medicion", "Se revisa cada dos meses.")];
    let refused = send(&other).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Marco normativo: está congelado con el plan"));
    assert!(refused.text.contains("Bando municipal") && !refused.text.contains("Medición: está"));
    assert_eq!(send(&first).await.status, 303, "the same changes nothing");

    facilitator.change_phase(Phase::Agreements).await;
    let asked = send(&other).await;
    assert_eq!(asked.status, 422);
    for said in ["La versión 1 del plan está congelada", "Marco normativo dice otra cosa"] {
        assert!(asked.text.contains(said), "{said}");
    }
    assert_eq!(state().await.sections.legal_framework[0].as_str(), "Ley de Aguas");
    let confirmed = [other[0], other[1], ("confirma", "si")];
    assert_eq!(send(&confirmed).await.status, 303);
    assert_eq!(state().await.plan.versions.len(), 1);
    // The draft is of the present, the version of what was frozen.
    let draft = text_of(&file("borrador.pdf").await);
    assert!(draft.contains("Bando municipal") && !draft.contains("Ley de Aguas"));
    let frozen = text_of(&file("1/plan.pdf").await);
    assert!(frozen.contains("Ley de Aguas") && !frozen.contains("Bando municipal"));

    facilitator.change_phase(Phase::ReadOut).await;
    let versions = state().await.plan.versions.clone();
    let [one, two] = &versions[..] else { panic!("{versions:?}") };
    assert_eq!(one.commitments, two.commitments, "who agreed to them needn't be asked again");
    assert!(one.digest != two.digest && two.changes.is_empty());
    assert!(one.sections.is_empty(), "the first has nothing to be compared with");
    let said: Vec<_> =
        two.sections.iter().map(|piece| (piece.fate, piece.words.as_str())).collect();
    let expected = [
        (Fate::Field, "Marco normativo"),
        (Fate::Taken, "Ley de Aguas"),
        (Fate::Put, "Bando municipal"),
    ];
    assert_eq!(said, expected);
    // Devices get it with the version, the page and programs ask for it.
    facilitator.until(|replica| replica.confirmed().plan.versions.len() == 2).await;
    assert_eq!(facilitator.replica.confirmed().plan.versions[1].sections, two.sections);
    let page = get(at, &format!("/plan/{exercise}"), None).await.text;
    for said in ["Secciones del documento", "Bando municipal", "Ley de Aguas", "sin cambios"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(file("1/cambios.json").await.status, 404);
    let changes: serde_json::Value =
        serde_json::from_str(&file("2/cambios.json").await.text).unwrap();
    assert_eq!((&changes["version"], &changes["before"]), (&2.into(), &1.into()));
    assert_eq!(changes["sections"]["became"], "changed");
    let put = serde_json::json!({ "fate": "put", "words": "Bando municipal" });
    assert_eq!(changes["sections"]["pieces"][2], put);
    let commitments = changes["commitments"].as_array().unwrap();
    assert_eq!(commitments.len(), two.commitments.len());
    assert!(
        commitments
            .iter()
            .all(|it| it["became"] == "same" && it["pieces"] == serde_json::json!([]))
    );
    for (version, law) in [(1, "Ley de Aguas"), (2, "Bando municipal")] {
        let text = file(&format!("{version}/plan.json")).await.text;
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["sections"]["legal_framework"], serde_json::json!([law]));
        assert_eq!(read["sections"]["context"], "");
        assert!(text_of(&file(&format!("{version}/plan.pdf")).await).contains(law));
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn the_sections_come_in_the_document_in_their_order_with_the_numerals_of_those_that_are_there()
 {
    let server = Server::start(Stage::Frozen).await;
    let path = format!("/plan/{}/1/plan-publico.pdf", server.ways.exercise_id);
    let text = text_of(&get(server.address, &path, None).await);
    let expected = [
        "I Introducción",
        "En Valle Hondo las preguntas que más se repiten",
        "II Marco normativo",
        "artículo 6.º",
        "III Definiciones",
        "Contraparte",
        "IV Objetivos",
        "Que las decisiones públicas que más pesan",
        "V Problemáticas y compromisos",
        "VI Medición",
        "El Secretariado Técnico Local revisa cada dos meses",
        "VII Cierre y firmas",
    ];
    come_in_order(&text, &expected);
    // Without them the numerals follow on.
    let empty = Prepared::new().await;
    let path = format!("/plan/{}/borrador.pdf", empty.exercise);
    let draft = async || text_of(&get(empty.server.address, &path, Some(&empty.cookie)).await);
    come_in_order(&draft().await, &["I Introducción", "II Problemáticas", "III Medición"]);
    let only = form(&[("especificos", "Abrir el gasto\nPublicar el agua")]);
    assert_eq!(empty.post("/secciones", &only).await.status, 303);
    let expected = ["I Introducción", "II Objetivos", "Abrir el gasto", "III Problemáticas"];
    come_in_order(&draft().await, &expected);
}

#[tokio::test]
async fn what_no_font_shows_is_told_before_the_freeze_with_the_way_to_it() {
    let at = Prepared::new().await;
    let texts = form(&[("definiciones", "Letra: la 中 del lema")]);
    assert_eq!(at.post("/secciones", &texts).await.status, 303);
    let desk = format!("/ejercicio/{}", at.mesa());
    let inside =
        post(at.server.address, &format!("{desk}/entrar"), "modo=sala", Some(&at.cookie)).await;
    assert_eq!(inside.status, 303, "{}", inside.text);
    let page = format!("{desk}/antes-de-la-lectura");
    let page = get(at.server.address, &page, Some(&at.cookie)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for said in ["中", "Definiciones", &at.address("/secciones")] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}
