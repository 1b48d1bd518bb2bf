//! The plan frozen, read out, agreed to and set as a document.

use domain::agreement::verdict::Outcome;
use domain::agreement::{Command as Agreeing, Reason, Stance, State};
use domain::{Command, Phase, Rejection, TextField, conduct};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};

use super::support::{Device, Server, get, here};

pub async fn facilitator(server: &Server) -> Device {
    server.device(&server.ways.facilitator_url.clone(), "Fabiola").await
}

pub async fn go(device: &mut Device, to: Phase) {
    device.command(Command::Conduct(conduct::Command::ChangePhase { to }));
    device.settled().await;
    device.until(|replica| here(replica).conduct.phase == to).await;
}

fn plan(device: &Device) -> &State {
    &device.replica.confirmed().plan
}

fn say(device: &mut Device, stances: impl IntoIterator<Item = (usize, Stance)>) {
    let version = plan(device).version().unwrap();
    let of = |at: usize| version.commitments[at].item;
    let stances = stances.into_iter().map(|(at, stance)| (of(at), stance)).collect();
    let state = Agreeing::State { version: version.number, stances };
    device.command(Command::Agreement(state));
}

fn all() -> impl Iterator<Item = (usize, Stance)> {
    (0..5).map(|at| (at, Stance::Agree))
}

fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

fn sha(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The canonical text of a version, as anybody gets it.
async fn canonical(server: &Server, version: u16) -> String {
    let path = format!("/plan/{}/{version}/plan.json", server.ways.exercise_id);
    let answer = get(server.address, &path, None).await;
    assert_eq!(answer.status, 200, "{}", answer.head);
    answer.text
}

#[tokio::test]
async fn what_is_frozen_is_what_anybody_can_hash_again() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    go(&mut facilitator, Phase::ReadOut).await;
    facilitator.until(|replica| !replica.confirmed().plan.versions.is_empty()).await;
    let version = plan(&facilitator).version().unwrap().clone();
    assert!(version.text.is_none(), "devices get no canonical text");
    let text = canonical(&server, 1).await;
    assert_eq!(sha(&text), version.digest.to_string());
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let commitments = read["commitments"].as_array().unwrap();
    assert_eq!(commitments.len(), 5);
    // Each commitment by itself, without its number.
    for (commitment, frozen) in commitments.iter().zip(&version.commitments) {
        let mut alone = commitment.clone();
        alone.as_object_mut().unwrap().remove("number");
        assert_eq!(sha(&serde_json::to_string(&alone).unwrap()), frozen.digest.to_string());
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn a_keystroke_is_in_the_version_or_with_its_author_never_half() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut writer = server.device(server.seat(4), "Wendy").await;
    let item = here(&writer.replica).deliberation.commitments[0];
    for round in 1..=6_u16 {
        // Both at once: the room's order decides.
        let words = format!(" palabra{round}");
        writer.type_at(item, TextField::Description, 0, &words);
        facilitator.command(Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut }));
        writer.settled().await;
        facilitator.settled().await;
        let last = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
        let text = last.plan.version().unwrap().text.clone().unwrap();
        let refused = writer
            .refused
            .iter()
            .any(|refusal| matches!(refusal, Rejection::NotAllowed { phase: Phase::ReadOut, .. }));
        assert_ne!(text.contains(words.trim()), refused, "round {round}");
        let kept =
            writer.kept.iter().any(|kept| format!("{:?}", kept.command).contains(words.trim()));
        assert_eq!(kept, refused, "what isn't in the version is kept by its author");
        (writer.refused, writer.kept) = Default::default();
        go(&mut facilitator, Phase::Agreements).await;
        writer.until(|replica| here(replica).conduct.phase == Phase::Agreements).await;
    }
    server.verify_clean().await;
}

#[tokio::test]
async fn one_changed_word_asks_again_for_that_commitment_and_shows_the_difference() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut seat = server.device(server.seat(0), "Ana").await;
    go(&mut facilitator, Phase::Conformity).await;
    seat.until(|replica| replica.confirmed().plan.open_question().is_some()).await;
    say(&mut seat, all());
    seat.settled().await;
    assert_eq!(seat.refused, []);
    go(&mut facilitator, Phase::Agreements).await;
    let item = here(&facilitator.replica).deliberation.commitments[3];
    facilitator.type_at(item, TextField::Objective, 0, "Treinta ");
    facilitator.settled().await;
    go(&mut facilitator, Phase::Conformity).await;
    seat.until(|replica| replica.confirmed().plan.versions.len() == 2).await;
    let plan = plan(&seat);
    let actor = plan.answers.keys().next().copied().unwrap();
    assert_eq!(plan.unanswered(actor).collect::<Vec<_>>(), [item]);
    let change = &plan.version().unwrap().changes;
    assert_eq!(change.len(), 1);
    assert!(change[0].pieces.iter().any(|piece| piece.words.contains("Treinta")));
    let page = get(server.address, &format!("/plan/{}", server.ways.exercise_id), None).await;
    assert!(page.text.contains("Treinta") && page.text.contains("sin cambios"), "{}", page.text);
    server.verify_clean().await;
}

#[tokio::test]
async fn the_answers_are_told_when_the_question_is_closed_and_the_rule_decides() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut follower = server.follower().await;
    let mut seats = Vec::new();
    for place in 0..6 {
        seats.push(server.device(server.seat(place), "Persona").await);
    }
    go(&mut facilitator, Phase::Conformity).await;
    for (place, seat) in seats.iter_mut().enumerate() {
        seat.until(|replica| replica.confirmed().plan.open_question().is_some()).await;
        let reserve = Stance::AgreeWithReservation(reason("Que el registro no lleve nombres"));
        let against = Stance::Disagree(reason("No hay presupuesto"));
        match place {
            0 => say(
                seat,
                all().map(|(at, said)| (at, if at == 4 { reserve.clone() } else { said })),
            ),
            1 => say(
                seat,
                all().map(|(at, said)| (at, if at == 2 { against.clone() } else { said })),
            ),
            _ => say(seat, all()),
        }
        seat.settled().await;
    }
    facilitator.until(|replica| replica.confirmed().plan.missing().count() == 2).await;
    follower.until(|replica| replica.confirmed().plan.missing().count() == 2).await;
    let reasons = |device: &Device| {
        let given = plan(device).answers.values().flat_map(|given| given.values());
        given.filter_map(|given| given.stance.as_ref()?.reason()).count()
    };
    assert_eq!((reasons(&facilitator), reasons(&follower)), (2, 0), "the desk reads them at once");
    assert!(!String::from_utf8_lossy(&follower.received).contains("No hay presupuesto"));
    let why = domain::Remark::parse("Se acabó el tiempo").unwrap();
    facilitator.command(Command::Agreement(Agreeing::Close { reason: Some(why) }));
    facilitator.settled().await;
    let closed = |state: &State| state.question.as_ref().is_some_and(|it| it.closed.is_some());
    follower.until(|replica| closed(&replica.confirmed().plan)).await;
    let seen = follower.replica.confirmed();
    let card = seen.card.clone().unwrap();
    let outcomes: Vec<_> = seen
        .plan
        .version()
        .unwrap()
        .commitments
        .iter()
        .map(|frozen| seen.plan.verdict(frozen.item, &card).outcome)
        .collect();
    use Outcome::{Adopted, NotAdopted};
    assert_eq!(outcomes, [Adopted, Adopted, NotAdopted, Adopted, Adopted]);
    server.verify_clean().await;
}

#[tokio::test]
async fn the_document_of_an_older_version_says_who_agreed_to_that_text() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut seat = server.device(server.seat(0), "Ana").await;
    let cookie = facilitator.cookie.clone();
    let exercise = server.ways.exercise_id;
    let document = async |version: u16| {
        let path = format!("/plan/{exercise}/{version}/plan.pdf");
        super::sections::text_of(&get(server.address, &path, cookie.as_deref()).await)
    };
    let ask = async |facilitator: &mut Device, seat: &mut Device, version: u16, reserve: &str| {
        go(facilitator, Phase::Conformity).await;
        let asked = |state: &State| {
            state.open_question().is_some_and(|question| question.version == version)
        };
        seat.until(|replica| asked(&replica.confirmed().plan)).await;
        let reserve = Stance::AgreeWithReservation(reason(reserve));
        say(seat, all().map(|(at, said)| (at, if at == 3 { reserve.clone() } else { said })));
        seat.settled().await;
        assert_eq!(seat.refused, []);
        let why = domain::Remark::parse("Se acabó el tiempo").unwrap();
        facilitator.command(Command::Agreement(Agreeing::Close { reason: Some(why) }));
        facilitator.settled().await;
        go(facilitator, Phase::Agreements).await;
    };
    ask(&mut facilitator, &mut seat, 1, "Que el camión pase los lunes").await;
    let item = here(&facilitator.replica).deliberation.commitments[3];
    facilitator.type_at(item, TextField::Objective, 0, "Treinta ");
    facilitator.settled().await;
    go(&mut facilitator, Phase::ReadOut).await;
    let older = document(1).await;
    assert!(older.contains("«Que el camión pase los lunes»"), "{older}");
    assert!(
        !document(2).await.contains("Que el camión pase los lunes"),
        "it said so of another text"
    );
    ask(&mut facilitator, &mut seat, 2, "Que el censo sea público").await;
    let (older, newer) = (document(1).await, document(2).await);
    assert!(older.contains("«Que el camión pase los lunes»"), "{older}");
    assert!(!older.contains("Que el censo sea público") && !older.contains("Treinta"), "{older}");
    assert!(newer.contains("«Que el censo sea público»") && newer.contains("Treinta"), "{newer}");
    assert!(!older.contains("sobre este mismo texto"), "each version was asked about");
    server.verify_clean().await;
}

#[tokio::test]
async fn a_version_that_was_only_read_out_says_who_agreed_to_the_same_text_later() {
    let server = Server::start(Stage::Agreed).await;
    let mut facilitator = facilitator(&server).await;
    let mut seat = server.device(server.seat(0), "Ana").await;
    go(&mut facilitator, Phase::ReadOut).await;
    go(&mut facilitator, Phase::Agreements).await;
    let item = here(&facilitator.replica).deliberation.commitments[3];
    facilitator.type_at(item, TextField::Objective, 0, "Treinta ");
    facilitator.settled().await;
    go(&mut facilitator, Phase::Conformity).await;
    seat.until(|replica| replica.confirmed().plan.open_question().is_some()).await;
    say(&mut seat, all());
    seat.settled().await;
    let why = domain::Remark::parse("Se acabó el tiempo").unwrap();
    facilitator.command(Command::Agreement(Agreeing::Close { reason: Some(why) }));
    facilitator.settled().await;
    let path = format!("/plan/{}/1/plan-publico.pdf", server.ways.exercise_id);
    let older = super::sections::text_of(&get(server.address, &path, None).await);
    let said = "Se manifestó sobre este mismo texto en la versión 2.";
    assert_eq!(older.matches(said).count(), 4, "all but the one that changed: {older}");
}

#[tokio::test]
async fn documents_are_set_for_whom_they_may_be() {
    let server = Server::start(Stage::Frozen).await;
    let exercise = server.ways.exercise_id;
    let cookie = server.sign_in(&server.ways.facilitator_url.clone(), "Fabiola").await;
    let path = |file: &str| format!("/plan/{exercise}/{file}");
    let public = get(server.address, &path("1/plan-publico.pdf"), None).await;
    assert_eq!(public.status, 200, "{} {}", public.head, public.text);
    assert!(public.body.starts_with(b"%PDF-"), "a document");
    let again = get(server.address, &path("1/plan-publico.pdf"), None).await;
    assert_eq!(public.body, again.body, "the same bytes");
    for file in [
        "1/plan.pdf",
        "1/plan-papel.pdf",
        "borrador.pdf",
        "mesa/1/minuta.pdf",
        "mesa/1/asistencia.pdf",
    ] {
        assert_eq!(get(server.address, &path(file), None).await.status, 403, "{file}");
        let full = get(server.address, &path(file), Some(&cookie)).await;
        assert_eq!(full.status, 200, "{file}: {} {}", full.head, full.text);
        assert!(full.body.starts_with(b"%PDF-"), "{file}");
    }
    for file in ["2/plan-publico.pdf", "1/otro.pdf", "mesa/9/minuta.pdf"] {
        assert_eq!(get(server.address, &path(file), Some(&cookie)).await.status, 404, "{file}");
    }
}

#[tokio::test]
async fn two_nodes_freeze_once() {
    let Some(server) = Server::start_on_postgres(Stage::Agreed).await else { return };
    let (second, _) = server.second().await;
    let mut one = facilitator(&server).await;
    let cookie = one.cookie.clone();
    let mut other = Device::connect(second, server.ways.mesa_id, cookie).await;
    for device in [&mut one, &mut other] {
        device.command(Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut }));
    }
    one.settled().await;
    other.settled().await;
    for device in [&mut one, &mut other] {
        device.until(|replica| replica.confirmed().plan.versions.len() == 1).await;
    }
    assert_eq!(plan(&one).versions, plan(&other).versions);
    server.verify_clean().await;
}
