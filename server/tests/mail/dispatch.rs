//! The plan to every inbox: who received it, who didn't and why.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{Command, PersonId, Phase, TextField, conduct};
use server::mail::{Configuration, PLAN};
use server::service::document::{Kind, Source};
use server::service::sample::Stage;

use super::smtp::{Act, Setup, Smtp};
use super::support::{Device, here};
use super::town::{Town, by, parts};

#[tokio::test]
async fn eleven_of_twelve_receive_it_and_the_twelfth_has_a_reason() {
    let smtp = Smtp::start(Setup::default()).await;
    smtp.act("rechaza@x.test", [Act::ToAddress("550 5.1.1 <rechaza@x.test>: unknown user")]);
    let later = Act::ToAddress("450 4.2.0 <luego@x.test> greylisted");
    smtp.act("luego@x.test", [later.clone(), later]);
    smtp.act("corta@x.test", [Act::CutAtData]);
    let later = Act::ToText("451 4.3.0 try again");
    smtp.act("texto@x.test", [later]);
    let addresses = [
        "ana@x.test",
        "luego@x.test",
        "corta@x.test",
        "texto@x.test",
        "dura@x.test\u{A0}",
        // Two people have one mailbox.
        "ambos@x.test",
        "ambos@x.test",
        "rechaza@x.test",
        "b@x.test",
        "c@x.test",
        "d@x.test",
        "e@x.test",
    ];
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    let page = town.get(&town.dispatch()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Enviar el plan a 12 personas"), "{}", page.text);
    assert!(!page.text.contains("recibieron"), "nothing was asked for yet");
    assert_eq!(smtp.conversations(), 0, "looking sends nothing");

    town.send().await;
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await;
    assert!(page.text.contains("11 de 12 recibieron"), "{}", page.text);
    assert!(
        page.text.contains("no se envió: esa dirección no existe (550 5.1.1)"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Persona Núñez 7"));
    assert!(page.text.contains("value=\"rechaza@x.test\""), "to be corrected there");
    let mut to: BTreeMap<String, usize> = BTreeMap::new();
    for letter in smtp.taken() {
        assert_eq!(letter.from, "mesa@mesa.test");
        *to.entry(letter.to).or_default() += 1;
    }
    assert_eq!(to.len(), 10);
    assert_eq!((to["ambos@x.test"], to["dura@x.test"], to["luego@x.test"]), (2, 1, 1));

    // What was asked to come later came as the same letter.
    let ids: Vec<String> = smtp
        .letters()
        .into_iter()
        .filter(|letter| letter.to == "texto@x.test")
        .map(|letter| parts(&letter.text)[0].header("Message-ID").to_owned())
        .collect();
    assert!(ids.len() == 2 && ids[0] == ids[1] && ids[0].ends_with("@mesa.test>"), "{ids:?}");

    // Sent again, only that one goes.
    let count = smtp.taken().len();
    let again = town.post(&town.dispatch(), &[("version", "1"), ("envia", "si")]).await;
    assert!(again.text.contains("No había nada más que enviar"), "{}", again.text);
    let again = town.post(&town.dispatch(), &[("version", "1"), ("reenvia", "si")]).await;
    assert!(again.text.contains("Se pidió 1 envío"), "{}", again.text);
    town.until_settled(PLAN).await;
    assert_eq!(smtp.taken().len(), count + 1, "the address is taken by now");
    assert!(town.get(&town.dispatch()).await.text.contains("12 de 12 recibieron"));
    town.server.verify_clean().await;
}

#[tokio::test]
async fn an_address_that_cannot_be_one_stops_nobody_and_is_corrected_there() {
    let smtp = Smtp::start(Setup::default()).await;
    let addresses = ["juan@@x.test", "rosa@peña.test", "", "ana@x.test"];
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    town.send().await;
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("1 de 4 lo recibió"), "{page}");
    for said in [
        "no se envió: su correo está mal escrito",
        "no se envió: su correo lleva acentos o eñes",
        "no tiene correo",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let correct = async |place: usize, mail: &str| {
        let person = town.people[place].to_string();
        let fields = [("version", "1"), ("persona", person.as_str()), ("correo", mail)];
        town.post(&town.dispatch(), &fields).await
    };
    let wrong = correct(0, "juan@@x.test").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("Eso no es una dirección"), "{}", wrong.text);
    assert!(wrong.text.contains("value=\"juan@@x.test\""), "what was typed comes back");
    assert_eq!(correct(0, " Juan@x.test\u{A0}").await.status, 200);
    assert_eq!(correct(1, "rosa@pena.test").await.status, 200);
    assert_eq!(correct(2, "luz@x.test").await.status, 200);
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("4 de 4 recibieron"), "{page}");
    let mut to: Vec<String> = smtp.taken().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["ana@x.test", "juan@x.test", "luz@x.test", "rosa@pena.test"]);
    let record = town.server.store().people(&town.people[..1]).await.unwrap();
    assert_eq!(record[&town.people[0]].mail.as_deref(), Some("juan@x.test"));
    town.server.verify_clean().await;
}

#[tokio::test]
async fn other_letters_go_where_the_mail_server_knows_them() {
    let smtp = Smtp::start(Setup { utf8: true, ..Setup::default() }).await;
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &["rosa@peña.test"]).await;
    town.send().await;
    let letters = smtp.until_taken(1).await;
    assert_eq!(letters[0].to, "rosa@peña.test");
    let mail = smtp.commands().into_iter().find(|line| line.starts_with("MAIL")).unwrap();
    assert!(mail.contains("SMTPUTF8"), "{mail}");
}

#[tokio::test]
async fn each_gets_their_own_copy_with_a_name_that_every_program_reads() {
    let smtp = Smtp::start(Setup::default()).await;
    let mut addresses = vec!["firma@x.test"];
    addresses.extend(["a@x.test"; 7]);
    // The ninth organisation doesn't sign.
    addresses.push("invitada@x.test");
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    town.send().await;
    let letters = smtp.until_taken(9).await;
    let of = |to: &str| {
        let letter = letters.iter().find(|letter| letter.to == to).unwrap();
        parts(&letter.text)
    };
    let (signs, other) = (of("firma@x.test"), of("invitada@x.test"));
    for (letter, state) in [(&signs, " sin firmas"), (&other, ", copia pública")] {
        let ascii = state.replace('ú', "u");
        let [own, text, html, file] = &letter[..] else { panic!("{} parts", letter.len()) };
        assert!(own.header("To").ends_with("@x.test>"), "{}", own.header("To"));
        assert!(
            own.header("Subject").is_ascii() && own.header("From").contains("<mesa@mesa.test>")
        );
        assert_eq!(own.header("Auto-Submitted"), "auto-generated");
        assert!(text.header("Content-Type").starts_with("text/plain"));
        assert!(text.text().contains("Hola, Persona Núñez"), "{}", text.text());
        assert!(html.header("Content-Type").starts_with("text/html"));
        assert!(html.text().contains("<p>Hola, Persona Núñez"), "{}", html.text());
        assert!(file.body.starts_with(b"%PDF-"));
        let star = file.parameter("Content-Disposition", "filename*").unwrap();
        let star = star.strip_prefix("UTF-8''").unwrap();
        let star = percent_encoding::percent_decode_str(star).decode_utf8().unwrap();
        assert!(
            star.starts_with(&format!(
                "Plan de Acción Local{state} – Valle Hondo, versión 1 (PAL-2026-"
            )),
            "{star}"
        );
        let plain = file.parameter("Content-Type", "name").unwrap();
        assert!(
            plain.starts_with(&format!(
                "Plan de Accion Local{ascii} - Valle Hondo, version 1 (PAL-2026-"
            )),
            "{plain}"
        );
        assert_eq!(file.parameter("Content-Disposition", "filename"), Some(plain));
    }
    let (stream, state) = (town.server.ways.exercise_id, town.server.state());
    let (seen, _) = state.rooms.look(stream).await.unwrap().unwrap();
    let base = "http://localhost:3000";
    let source = Source { exercise: &seen, stream, base, now: server::clock::now() };
    for (kind, sent) in [(Kind::Full(1), &signs), (Kind::Public(1), &other)] {
        let set = source.make(&state.store, &state.documents, kind).await.unwrap();
        assert!(set.bytes == sent[3].body, "{kind:?}");
    }
    assert_ne!(signs[3].body.len(), other[3].body.len());
}

#[tokio::test]
async fn a_large_file_is_fetched_and_not_attached() {
    let smtp = Smtp::start(Setup::default()).await;
    let small = Configuration { attached: 1_000, ..by(smtp.address) };
    let town = Town::new(Stage::Frozen, Some(small), &["ana@x.test"]).await;
    town.send().await;
    let letters = smtp.until_taken(1).await;
    let letter = parts(&letters[0].text);
    assert_eq!(letter.len(), 3, "no file");
    let exercise = town.server.ways.exercise_id;
    let way = format!("http://localhost:3000/plan/{exercise}/1/plan.pdf");
    assert!(letter[1].text().contains(&way), "{}", letter[1].text());
    assert!(letter[2].text().contains(&format!("<a href=\"{way}\">")), "{}", letter[2].text());
}

#[tokio::test]
async fn what_nobody_knows_is_uncertain_and_goes_again_only_by_hand() {
    let smtp = Smtp::start(Setup::default()).await;
    smtp.act("duda@x.test", [Act::CutAfterText]);
    let addresses = ["ana@x.test", "duda@x.test", "luz@x.test"];
    let town = Town::new(Stage::Frozen, Some(by(smtp.address)), &addresses).await;
    town.send().await;
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("2 de 3 recibieron") && page.contains("incierto:"), "{page}");
    for button in ["envia", "reenvia"] {
        town.post(&town.dispatch(), &[("version", "1"), (button, "si")]).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(smtp.letters().len(), 3, "nothing goes by itself");
    let person = town.people[1].to_string();
    town.post(&town.dispatch(), &[("version", "1"), ("otra-vez", &person)]).await;
    town.until_settled(PLAN).await;
    assert!(town.get(&town.dispatch()).await.text.contains("3 de 3 recibieron"));
    assert_eq!(smtp.letters().len(), 4);
    let stranger = PersonId(uuid::Uuid::now_v7()).to_string();
    let none = town.post(&town.dispatch(), &[("version", "1"), ("otra-vez", &stranger)]).await;
    assert!(none.text.contains("No había nada"), "{}", none.text);
}

#[tokio::test]
async fn the_next_version_goes_to_everybody_again_and_an_old_page_sends_nothing() {
    let smtp = Smtp::start(Setup::default()).await;
    let town =
        Town::new(Stage::Frozen, Some(by(smtp.address)), &["ana@x.test", "luz@x.test"]).await;
    town.send().await;
    town.until_settled(PLAN).await;
    let link = town.server.ways.facilitator_url.clone();
    let mut facilitator: Device = town.server.device(&link, "Carlos").await;
    let go = |to| Command::Conduct(conduct::Command::ChangePhase { to });
    facilitator.command(go(Phase::Agreements));
    facilitator.until(|replica| here(replica).conduct.phase == Phase::Agreements).await;
    let item = here(&facilitator.replica).deliberation.commitments[0];
    facilitator.type_at(item, TextField::Objective, 0, "Treinta ");
    facilitator.settled().await;
    facilitator.command(go(Phase::ReadOut));
    facilitator.until(|replica| replica.confirmed().plan.versions.len() == 2).await;
    let old = town.post(&town.dispatch(), &[("version", "1"), ("envia", "si")]).await;
    assert_eq!(old.status, 409);
    assert!(old.text.contains("se congeló otra versión"), "{}", old.text);
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("Versión 2") && page.contains("Enviar el plan a 2 personas"), "{page}");
    town.post(&town.dispatch(), &[("version", "2"), ("envia", "si")]).await;
    town.until_settled(PLAN).await;
    assert_eq!(smtp.taken().len(), 4);
    let ids: std::collections::BTreeSet<String> = smtp
        .taken()
        .iter()
        .map(|letter| parts(&letter.text)[0].header("Message-ID").to_owned())
        .collect();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn without_a_mail_server_the_page_says_so_and_offers_other_ways() {
    let town = Town::new(Stage::Frozen, None, &["ana@x.test"]).await;
    let page = town.get(&town.dispatch()).await.text;
    for said in [
        "no tiene configurado el correo",
        "/1/plan.pdf",
        "/1/plan-publico.pdf",
        "/1/plan-papel.pdf",
        "Enlace para compartir",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("name=\"envia\"") && !page.contains("name=\"correo\""), "{page}");
    // Asked for all the same, nothing waits for a mail server that may come one day.
    town.post(&town.dispatch(), &[("version", "1"), ("envia", "si")]).await;
    assert!(town.jobs(PLAN).await.is_empty());
}

#[tokio::test]
async fn without_a_connection_it_waits_says_so_and_goes_when_there_is_one() {
    let closed = Smtp::start(Setup::default()).await;
    let address = closed.address;
    drop(closed);
    let town = Town::new(Stage::Frozen, Some(by(address)), &["ana@x.test", "luz@x.test"]).await;
    town.send().await;
    let page = town.until_said(&town.dispatch(), "Por ahora no sale ningún correo").await;
    assert!(page.text.contains("no hay conexión con el servidor de correo"), "{}", page.text);
    assert!(page.text.contains("0 de 2 recibieron"), "{}", page.text);
    let smtp = Smtp::start_at(address, Setup::default()).await;
    smtp.until_taken(2).await;
    town.until_settled(PLAN).await;
    let page = town.get(&town.dispatch()).await.text;
    assert!(page.contains("2 de 2 recibieron") && !page.contains("no sale ningún"), "{page}");
}

#[tokio::test]
async fn before_there_is_a_version_there_is_nothing_to_send() {
    let town = Town::new(Stage::Agreed, None, &["ana@x.test"]).await;
    let page = town.get(&town.dispatch()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Todavía no hay nada que enviar"), "{}", page.text);
    let sent = town.post(&town.dispatch(), &[("version", "1"), ("envia", "si")]).await;
    assert_eq!(sent.status, 409);
}
