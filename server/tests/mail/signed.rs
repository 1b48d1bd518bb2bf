//! The signed plan in every inbox, and what the desk says of it.

use domain::people::registry::Grant;
use domain::{Role, SeatId};
use server::mail::PLAN;
use server::service::entry::{Ledger, issue};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};

use super::smtp::{Act, Setup, Smtp};
use super::support::{encoded, get, post};
use super::town::{Town, by, parts};

#[tokio::test]
async fn who_had_the_frozen_plan_gets_the_signed_one_too_with_who_signed_and_how() {
    let smtp = Smtp::start(Setup::default()).await;
    let addresses = ["ana@x.test", "b@x.test", "", "", "", "", "", "", "invitada@x.test"];
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("Versión 1, congelada el ") && page.contains("va sin firmas"), "{page}");
    town.send().await;
    smtp.until_taken(3).await;
    town.until_settled(PLAN).await;
    town.sign().await;
    let page = town.until_said(&town.dispatch(), "Versión 1, firmada el ").await.text;
    assert!(page.contains("Enviar el plan a 3 personas"), "{page}");
    assert!(!page.contains("recibieron") && !page.contains("va sin firmas"), "{page}");
    assert!(!page.contains("plan-papel.pdf"), "nothing is left to be signed on paper");

    town.send().await;
    let letters = smtp.until_taken(6).await;
    town.until_settled(PLAN).await;
    let of = |to: &str| -> Vec<_> {
        let theirs = letters.iter().filter(|letter| letter.to == to);
        theirs.map(|letter| parts(&letter.text)).collect()
    };
    let ana = of("ana@x.test");
    let [before, signed] = &ana[..] else { panic!("{} letters", ana.len()) };
    assert_ne!(before[0].header("Message-ID"), signed[0].header("Message-ID"));
    assert!(!before[1].text().contains("firmó") && !before[1].text().contains("verificar"));
    let exercise = town.server.ways.exercise_id;
    let verify = format!("http://localhost:3000/verificar/{exercise}");
    let sealed = town.sealed().await;
    let says = [
        "Cómo firmó cada organización (7 de 8 firmas):",
        "Instituto de Transparencia de Sierra Clara: firmó su titular",
        "Colectivo de Madres y Padres: firmó Rosa Elena Ñúñez Martínez, titular, con su nombre escrito",
        "Consejo Empresarial: se negó a firmar y escribió por qué: «",
        "Colegio de Arquitectos: firmó en papel",
        &sealed,
    ];
    let (text, html) = (signed[1].text(), signed[2].text());
    for said in says {
        assert!(text.contains(said), "{said}: {text}");
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(text.contains(&format!("\n{verify}\n")), "{text}");
    assert!(html.contains(&format!("<a href=\"{verify}\">")), "{html}");
    assert_eq!(html.matches("<li>").count(), 8, "{html}");
    assert_eq!(get(town.server.address, &format!("/verificar/{exercise}"), None).await.status, 200);

    // Byte for byte what was sealed.
    let digest = |bytes: &[u8]| -> String {
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert_eq!(digest(&signed[3].body), sealed);
    let star = signed[3].parameter("Content-Disposition", "filename*").unwrap();
    assert!(star.contains("Local%20firmado%20"), "{star}");
    // Who doesn't sign gets the public copy, and no name that was typed.
    let other = of("invitada@x.test").pop().unwrap();
    assert_ne!(digest(&other[3].body), sealed);
    assert!(other[1].text().contains("firmó su titular, con su nombre escrito"));
    assert!(!other[1].text().contains("Rosa Elena") && other[1].text().contains(&sealed));
    town.server.verify_clean().await;
}

#[tokio::test]
async fn what_waits_while_the_plan_is_signed_does_not_go_without_signatures() {
    let closed = Smtp::start(Setup::default()).await;
    let address = closed.address;
    drop(closed);
    let town = Town::new(Stage::Frozen, Some(by(address)), &["ana@x.test"]).await;
    town.send().await;
    town.until_said(&town.dispatch(), "Por ahora no sale ningún correo").await;
    town.sign().await;
    let smtp = Smtp::start_at(address, Setup::default()).await;
    town.until_settled(PLAN).await;
    let page = town.until_said(&town.dispatch(), "Enviar el plan a 1 persona").await.text;
    assert!(!page.contains("lo recibió"), "{page}");
    assert!(smtp.letters().is_empty());
    town.send().await;
    let letters = smtp.until_taken(1).await;
    assert!(parts(&letters[0].text)[1].text().contains("Cómo firmó cada organización"));
}

#[tokio::test]
async fn the_desk_says_how_the_sending_stands() {
    let smtp = Smtp::start(Setup::default()).await;
    smtp.act("rechaza@x.test", [Act::ToAddress("550 5.1.1 unknown user")]);
    smtp.act("duda@x.test", [Act::CutAfterText]);
    let addresses = ["ana@x.test", "rechaza@x.test", "duda@x.test", ""];
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    assert_eq!(town.at_desk().await[..2], ["waits", "Se envía cuando el plan esté firmado."]);
    town.sign().await;
    let to = town.dispatch();
    town.until_said(&format!("{to}/estado"), "going").await;
    let told = town.at_desk().await;
    assert_eq!(
        told,
        [
            "going",
            "Sin enviar: lo esperan 4 personas, 3 con correo.",
            "Enviar el plan firmado",
            &to,
            ""
        ]
    );
    town.send().await;
    town.until_settled(PLAN).await;
    let told = town.at_desk().await;
    let said = "1 de 4 lo recibió. 1 no se pudo enviar. 1 incierto. 1 sin correo.";
    assert_eq!(told, ["going", said, "Ver a quién no le llegó y por qué", &to, ""]);
    for (place, mail) in [(1, "otra@x.test"), (3, "luz@x.test")] {
        let person = town.people[place].to_string();
        let fields = [("version", "1"), ("persona", person.as_str()), ("correo", mail)];
        town.post(&to, &fields).await;
    }
    let person = town.people[2].to_string();
    town.post(&to, &[("version", "1"), ("otra-vez", &person)]).await;
    town.until_settled(PLAN).await;
    let told = town.at_desk().await;
    assert_eq!(told, ["done", "4 de 4 recibieron.", "Ver quién lo recibió", &to, ""]);
    // Only the facilitation is told: no seat, and nobody from outside.
    let state = format!("{to}/estado");
    assert_eq!(get(town.server.address, &state, None).await.status, 403);
    let card = town.card().await;
    let body = encoded([("nombre", "Ana"), ("organizacion", "")].into_iter());
    let entered = post(town.server.address, &card, body, None).await;
    let seat = entered.cookie.unwrap();
    assert_eq!(get(town.server.address, &state, Some(&seat)).await.status, 403);
}

#[tokio::test]
async fn without_a_mail_server_or_the_right_to_send_the_desk_leads_elsewhere() {
    let town = Town::new(Stage::Frozen, None, &["ana@x.test"]).await;
    town.sign().await;
    let state = format!("{}/estado", town.dispatch());
    town.until_said(&state, "going").await;
    let told = town.at_desk().await;
    assert!(told[1].contains("no tiene correo: descarga el plan, imprímelo"), "{told:?}");
    assert_eq!(told[2..4], ["Descargarlo, imprimirlo o compartirlo", &town.dispatch()]);
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("Descargar el plan firmado") && page.contains("/1/plan.pdf"), "{page}");
    // Who writes the minutes sees the desk, and doesn't send.
    let (store, mesa) = (town.server.store(), town.server.ways.mesa_id);
    let mut ledger = Ledger::load(store, mesa.exercise).await.unwrap();
    let grant = Grant { role: Role::Rapporteur, seat: None::<SeatId>, mesa: Some(mesa.number) };
    let secret = issue(&mut ledger, grant).unwrap();
    ledger.write(store).await.unwrap();
    let body = encoded([("nombre", "Rita"), ("organizacion", "")].into_iter());
    let entered = post(town.server.address, &format!("/enlace/{secret}"), body, None).await;
    let cookie = entered.cookie.unwrap();
    let told = get(town.server.address, &state, Some(&cookie)).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let lines: Vec<&str> = told.text.split('\n').collect();
    assert!(lines[1].ends_with(" Lo envía quien prepara el ejercicio."), "{lines:?}");
    assert_eq!(lines[3], format!("/plan/{}", mesa.exercise));
    assert_eq!(get(town.server.address, &town.dispatch(), Some(&cookie)).await.status, 403);
}
