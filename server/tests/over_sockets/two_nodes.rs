//! Two nodes on one database at the same moment: what follows from a phase follows once, a slot has
//! one outcome, and there is one seal.

use domain::agreement::signing::{
    Command as Signing, Event as Signed, Hand, Rejection as Refused, Round,
};
use domain::agreement::{self, Command as Agreeing, State};
use domain::{Command, Event, Phase, Rejection, Remark, SeatId, ShortText, conduct};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};

use super::support::{Device, Server, get, here};

fn plan(device: &Device) -> &State {
    &device.replica.confirmed().plan
}

async fn both(pair: &mut [Device; 2], command: impl Fn() -> Command) {
    for device in pair.iter_mut() {
        device.command(command());
    }
    settled(pair).await;
}

async fn settled(pair: &mut [Device; 2]) {
    let [one, other] = pair;
    tokio::join!(one.settled(), other.settled());
}

async fn until(pair: &mut [Device; 2], holds: impl Fn(&State) -> bool) {
    for device in pair.iter_mut() {
        device.until(|replica| holds(&replica.confirmed().plan)).await;
    }
    assert_eq!(plan(&pair[0]), plan(&pair[1]));
}

async fn go(pair: &mut [Device; 2], to: Phase) {
    both(pair, || Command::Conduct(conduct::Command::ChangePhase { to })).await;
    for device in pair.iter_mut() {
        device.until(|replica| here(replica).conduct.phase == to).await;
    }
}

fn round(state: &State) -> Option<&Round> {
    state.round()
}

fn signing(command: Signing) -> Command {
    Command::Agreement(Agreeing::Signing(command))
}

#[tokio::test]
async fn two_nodes_freeze_close_and_sign_the_same_once() {
    let Some(server) = Server::start_on_postgres(Stage::Agreed).await else { return };
    let (second, _) = server.second().await;
    let one = server.device(&server.ways.facilitator_url.clone(), "Fabiola").await;
    let other = Device::connect(second, server.ways.mesa_id, one.cookie.clone()).await;
    let mut pair = [one, other];

    go(&mut pair, Phase::Conformity).await;
    until(&mut pair, |plan| plan.open_question().is_some()).await;
    assert_eq!(plan(&pair[0]).versions.len(), 1);
    let why = || Some(Remark::parse("Se hizo tarde").unwrap());
    both(&mut pair, || Command::Agreement(Agreeing::Close { reason: why() })).await;
    until(&mut pair, |plan| plan.question.as_ref().is_some_and(|it| it.closed.is_some())).await;
    go(&mut pair, Phase::Signing).await;
    until(&mut pair, |plan| round(plan).is_some_and(|round| round.pages.is_some())).await;

    // Two helpers sign for the same actor, one at each node.
    let (version, pages) = round(plan(&pair[0])).map(|it| (it.version, it.pages)).unwrap();
    let pages = pages.unwrap();
    let actors = pair[0].replica.confirmed().actors.clone();
    let seats: Vec<SeatId> = actors.iter().map(|actor| actor.seats[0].id).collect();
    for seat in &seats {
        for (device, name) in pair.iter_mut().zip(["Úrsula", "Dionisio"]) {
            let hand = Hand::Typed(ShortText::parse(name).unwrap());
            device.command_for(*seat, signing(Signing::Sign { version, pages, hand }));
        }
    }
    settled(&mut pair).await;
    until(&mut pair, |plan| round(plan).is_some_and(|round| round.seal.is_some())).await;

    let refused: Vec<_> = pair.iter().flat_map(|device| &device.refused).collect();
    let signed = Rejection::from(Refused::AlreadySigned);
    assert!(refused.iter().all(|refusal| **refusal == signed), "{refused:?}");
    assert_eq!(refused.len(), seats.len(), "one of two hands a slot");
    let exercise = server.ways.exercise_id;
    let records = server.store().records(exercise, 0, u64::MAX >> 1).await.unwrap();
    let often = |name: &str| records.iter().filter(|record| record.event.name() == name).count();
    let once = ["plan_frozen", "conformity_asked", "conformity_closed", "signing_opened"];
    for name in once.into_iter().chain(["signing_pages_set", "plan_sealed"]) {
        assert_eq!(often(name), 1, "{name}");
    }
    assert_eq!(often("signature_marked"), seats.len());
    let marks = records.iter().filter_map(|record| match &record.event {
        Event::Agreement(agreement::Event::Signing(Signed::Marked { actor, .. })) => Some(*actor),
        _ => None,
    });
    let marks: std::collections::BTreeSet<_> = marks.collect();
    assert_eq!(marks.len(), seats.len());

    let seal = round(plan(&pair[0])).unwrap().seal.unwrap();
    let path = format!("/plan/{exercise}/1/plan.pdf");
    let mut documents = Vec::new();
    for (address, device) in [(server.address, &pair[0]), (second, &pair[1])] {
        let answer = get(address, &path, device.cookie.as_deref()).await;
        assert_eq!(answer.status, 200, "{} {}", answer.head, answer.text);
        documents.push(answer.body);
    }
    assert_eq!(documents[0], documents[1], "the same document at both");
    let digest: [u8; 32] = Sha256::digest(&documents[0]).into();
    assert_eq!(seal.document, domain::Digest(digest));
    server.verify_clean().await;
}
