//! Problems from a spreadsheet: looked at, taken, taken back; by who leads alone.

use domain::deliberation::choice::Origin;
use domain::people::registry::Grant;
use domain::{ItemKind, Mesa as State, Role, TextField};
use server::service::entry::{enter, new_link};

use super::pack::Mesa;
use super::support::{FIRST, Response, encoded, post};

const LIST: &str = "Problema;Criterios mínimos;Soluciones;Compromisos preliminares;Fuente\r\n\
    Fugas de agua en el Centro;Atender en 48 horas;Mapa de fugas;Publicar el mapa, cada mes;Consulta web\r\n\
    ;Decir el costo;Cuadrilla nocturna;;\r\n\
    ;;;;\r\n\
    Calles sin luz;;Censo de luminarias;;\r\n";

fn here(mesa: &Mesa) -> String {
    mesa.page().replace("/expediente", "/importar")
}

async fn say(mesa: &Mesa, fields: &[(&str, &str)], cookie: Option<&str>) -> Response {
    post(mesa.server.address, &here(mesa), encoded(fields.iter().copied()), cookie).await
}

async fn state(mesa: &Mesa) -> State {
    let loaded = mesa.server.store().load(mesa.server.ways.exercise_id).await;
    loaded.unwrap().unwrap().state.mesa(FIRST).unwrap().as_ref().clone()
}

fn titles(state: &State, kind: ItemKind) -> Vec<String> {
    let problems: Vec<_> = state.visible(ItemKind::Problem, None).map(|item| item.id).collect();
    let of = |parent| {
        let items = state.visible(kind, parent);
        items.map(|item| item.text(TextField::Title).to_owned()).collect::<Vec<_>>()
    };
    match kind {
        ItemKind::Problem => of(None),
        _ => problems.into_iter().flat_map(|problem| of(Some(problem))).collect(),
    }
}

#[tokio::test]
async fn a_list_is_looked_at_taken_and_taken_back() {
    let mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.clone();
    let lead = lead.as_deref();
    let guarantor = mesa.server.sign_in(mesa.server.seat(0), "Ana").await;
    let guarantor = Some(guarantor.as_str());
    let sent = mesa.send(&[("entrada", "problems")], ("Problemas.csv", LIST.as_bytes()), guarantor);
    assert_eq!(sent.await.status, 303);
    let path = format!("{}?archivo=1", here(&mesa));
    for cookie in [None, guarantor] {
        assert_eq!(mesa.get(&path, cookie).await.status, 403);
        assert_eq!(say(&mesa, &[("lista", LIST), ("agrega", "si")], cookie).await.status, 403);
    }
    let pack = mesa.get(&mesa.page(), lead).await;
    assert!(pack.text.contains("importar?archivo=1"), "who leads is offered it");
    assert!(!mesa.get(&mesa.page(), guarantor).await.text.contains("importar"));
    let looked = mesa.get(&path, lead).await;
    for said in [
        "3 filas: 2 problemas, 3 soluciones, 1 compromiso preliminar",
        "1 fila sin nada",
        "Publicar el mapa, cada mes",
        "Agregar 2 problemas",
    ] {
        assert!(looked.text.contains(said), "{said}: {}", looked.text);
    }
    assert_eq!(
        titles(&state(&mesa).await, ItemKind::Problem),
        [""; 0],
        "nothing is kept by looking"
    );
    let taken = say(&mesa, &[("lista", LIST), ("agrega", "si")], lead).await;
    let said = "Se agregó: 2 problemas, 3 soluciones, 1 compromiso preliminar.";
    assert!(taken.text.contains(said), "{}", taken.text);
    let state_after = state(&mesa).await;
    assert_eq!(
        titles(&state_after, ItemKind::Problem),
        ["Fugas de agua en el Centro", "Calles sin luz"]
    );
    assert_eq!(
        titles(&state_after, ItemKind::Solution),
        ["Mapa de fugas", "Cuadrilla nocturna", "Censo de luminarias"]
    );
    assert_eq!(titles(&state_after, ItemKind::DraftCommitment), ["Publicar el mapa, cada mes"]);
    let first = state_after.visible(ItemKind::Problem, None).next().unwrap().clone();
    assert_eq!(first.text(TextField::MinimumCriteria), "Atender en 48 horas\nDecir el costo");
    let problem = first.as_problem().unwrap();
    assert_eq!(problem.origin, Some(Origin::KickoffEvent));
    assert_eq!(problem.evidence_source.as_str(), "Consulta web");
    // The same list once more adds nothing; with one more solution, that.
    let again = say(&mesa, &[("lista", LIST), ("agrega", "si")], lead).await;
    assert!(again.text.contains("3 filas: nada nuevo"), "{}", again.text);
    let more = format!("{LIST}Calles sin luz;;Focos solares;;\r\n");
    let more = say(&mesa, &[("lista", &more), ("agrega", "si")], lead).await;
    assert!(more.text.contains("Se agregó: 1 solución."), "{}", more.text);
    // Another meaning of a column, as it was chosen.
    let fields = [("lista", "Baches\nRuido\n"), ("columna-0", "9"), ("mira", "si")];
    let chosen = say(&mesa, &fields, lead).await;
    assert!(chosen.text.contains("Falta el problema"), "{}", chosen.text);
    // One step takes it back.
    let undo = taken.text.split("name=\"deshacer\" value=\"").nth(1).unwrap();
    let undo = undo.split('"').next().unwrap();
    assert_eq!(say(&mesa, &[("deshacer", "x")], lead).await.status, 404);
    let undone = say(&mesa, &[("deshacer", undo)], lead).await;
    assert!(undone.text.contains("Se deshizo"), "{}", undone.text);
    assert_eq!(titles(&state(&mesa).await, ItemKind::Problem), [""; 0]);
    // Who leads and may not write texts is told so.
    let (issue, secret) =
        new_link(Grant { role: Role::CoFacilitator, seat: None, mesa: Some(FIRST) });
    enter(mesa.server.store(), mesa.server.ways.exercise_id, &issue).await.unwrap();
    let helper = mesa.server.sign_in(&format!("/enlace/{}", secret.text), "Carlos").await;
    let closed = mesa.get(&here(&mesa), Some(&helper)).await;
    assert!(closed.status == 200 && closed.text.contains("Ahora no se pueden agregar problemas"));
    let fields = [("lista", LIST), ("agrega", "si")];
    assert_eq!(say(&mesa, &fields, Some(&helper)).await.status, 403);
    mesa.server.verify_clean().await;
}
