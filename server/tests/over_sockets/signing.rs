//! The plan signed: slots in one order, pages as they were seen, and the sealed document.

use std::sync::Arc;

use domain::agreement::signing::{
    Command as Signing, Drawing, Hand, Mark, Noted, Point, Rejection as Refused, Round,
};
use domain::agreement::{self, Reason};
use domain::{ActorNumber, Command, Phase, Rejection, Remark, ShortText, conduct};
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};

use super::support::{Device, Server, get, here};

/// What somebody draws: another line for each number.
fn drawing(number: u16) -> Arc<Drawing> {
    let wave = |at: u16| -> Point { (200 + at * 60, 300 + number * 10 + (at % 5) * 90) };
    Arc::new(Drawing::new(vec![(0..40).map(wave).collect()]).unwrap())
}

fn drawn(number: u16) -> Hand {
    Hand::Drawn { initials: Some(drawing(number)), signature: Some(drawing(number + 20)) }
}

fn signing(device: &mut Device, command: Signing) {
    device.command(Command::Agreement(agreement::Command::Signing(command)));
}

pub fn round(device: &Device) -> &Round {
    device.replica.confirmed().plan.round().unwrap()
}

fn sign(device: &mut Device, hand: Hand) {
    let (version, pages) = (round(device).version, round(device).pages.unwrap());
    signing(device, Signing::Sign { version, pages, hand });
}

pub async fn until_round(device: &mut Device, wanted: impl Fn(&Round) -> bool) {
    device.until(|replica| replica.confirmed().plan.round().is_some_and(&wanted)).await;
}

/// The facilitation's device, with the plan waiting to be signed.
pub async fn to_be_signed(server: &Server) -> Device {
    let mut lead = server.device(&server.ways.facilitator_url.clone(), "Fabiola").await;
    for to in [Phase::Conformity, Phase::Signing] {
        lead.command(Command::Conduct(conduct::Command::ChangePhase { to }));
        lead.settled().await;
        lead.until(|replica| here(replica).conduct.phase == to).await;
    }
    until_round(&mut lead, |round| round.pages.is_some()).await;
    lead
}

/// Notes what became of a slot.
pub fn note(lead: &mut Device, actor: ActorNumber, noted: Noted) {
    signing(lead, Signing::Note { actor, noted: Some(noted) });
}

async fn seats(server: &Server, count: usize) -> Vec<Device> {
    let mut seats = Vec::new();
    for place in 0..count {
        let mut seat = server.device(server.seat(place), "Persona").await;
        until_round(&mut seat, |round| round.pages.is_some()).await;
        seats.push(seat);
    }
    seats
}

pub async fn document(server: &Server, lead: &Device, file: &str) -> Vec<u8> {
    let path = format!("/plan/{}/1/{file}", server.ways.exercise_id);
    let answer = get(server.address, &path, lead.cookie.as_deref()).await;
    assert_eq!(answer.status, 200, "{file}: {} {}", answer.head, answer.text);
    answer.body
}

#[tokio::test]
async fn eight_slots_of_all_kinds_at_once_end_in_one_sealed_document() {
    let server = Server::start(Stage::Frozen).await;
    let mut lead = to_be_signed(&server).await;
    let mut seats = seats(&server, 8).await;
    let before = document(&server, &lead, "plan.pdf").await;
    // All at the same moment: the room's order decides, and each slot has one outcome.
    for (place, seat) in (0..).zip(&mut seats) {
        match place {
            4 => sign(seat, Hand::Typed(ShortText::parse("Rosa Elena Ñúñez").unwrap())),
            5 => {
                let reason = Reason::parse("Falta la zona industrial").unwrap();
                signing(seat, Signing::Decline { version: 1, reason });
            }
            6 | 7 => {}
            _ => sign(seat, drawn(place)),
        }
    }
    for (actor, noted) in [(7, Noted::Paper), (8, Noted::Absent), (1, Noted::Absent)] {
        signing(&mut lead, Signing::Note { actor: ActorNumber(actor), noted: Some(noted) });
    }
    for seat in &mut seats {
        seat.settled().await;
    }
    lead.settled().await;
    until_round(&mut lead, |round| round.seal.is_some()).await;
    let sealed = round(&lead).clone();
    assert_eq!(sealed.slots.len(), 8);
    assert_eq!(sealed.signatures(), 6);
    assert!(matches!(sealed.mark(ActorNumber(1)), Some(Mark::Signed { .. })), "theirs counts");
    let whole = document(&server, &lead, "plan.pdf").await;
    assert_eq!(seal_of(&whole), sealed.seal.unwrap().document.to_string());
    assert!(whole != before && whole.len() > before.len(), "the drawings are in it");
    // It stays as it is, and so do the others' copies.
    assert_eq!(document(&server, &lead, "plan.pdf").await, whole);
    assert!(document(&server, &lead, "plan-publico.pdf").await.starts_with(b"%PDF-"));
    // Nobody got a drawing or a typed name.
    for device in seats.iter().chain([&lead]) {
        let got = String::from_utf8_lossy(&device.received);
        assert!(!got.contains("Rosa Elena"), "a typed name is in the frames");
    }
    server.verify_clean().await;
}

fn seal_of(document: &[u8]) -> String {
    Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_reason_that_adds_a_page_asks_those_again_who_had_consented() {
    let server = Server::start(Stage::Frozen).await;
    let mut lead = to_be_signed(&server).await;
    let mut seats = seats(&server, 2).await;
    let pages = round(&lead).pages.unwrap();
    sign(&mut seats[0], drawn(1));
    seats[0].settled().await;
    let reason = Reason::parse(&"No se nos consultó sobre la ruta piloto. ".repeat(110)).unwrap();
    signing(&mut seats[1], Signing::Decline { version: 1, reason });
    seats[1].settled().await;
    until_round(&mut seats[0], |round| round.pages.is_some_and(|now| now > pages)).await;
    assert!(round(&seats[0]).must_consent_again(ActorNumber(1)));
    let why = Remark::parse("Se hizo tarde").unwrap();
    signing(&mut lead, Signing::Close { reason: why });
    lead.settled().await;
    let more = round(&seats[0]).pages.unwrap();
    signing(&mut seats[0], Signing::Consent { version: 1, pages });
    seats[0].settled().await;
    assert_eq!(seats[0].refused, [Rejection::from(Refused::OtherPages)]);
    assert!(round(&lead).seal.is_none(), "it waits for the one who is asked again");
    signing(&mut seats[0], Signing::Consent { version: 1, pages: more });
    seats[0].settled().await;
    until_round(&mut lead, |round| round.seal.is_some()).await;
    assert_eq!(round(&lead).seal.unwrap().pages, more);
    server.verify_clean().await;
}

#[tokio::test]
async fn the_pages_are_pictures_for_who_may_have_the_whole_document() {
    let server = Server::start(Stage::Frozen).await;
    let mut lead = to_be_signed(&server).await;
    let cookie = server.sign_in(server.seat(0), "Ana").await;
    let (pages, changes) = (round(&lead).pages.unwrap(), round(&lead).changes);
    let path = |page: u16| app::address::plan_sheet(server.ways.exercise_id, 1, changes, page);
    for page in 1..=pages {
        let picture = get(server.address, &path(page), Some(&cookie)).await;
        assert_eq!(picture.status, 200, "{page}: {}", picture.head);
        assert!(picture.text.starts_with("<svg"), "{page}: {:.80}", picture.text);
        assert!(picture.head.contains("image/svg+xml") && picture.head.contains("sandbox"));
    }
    for page in [0, pages + 1] {
        assert_eq!(get(server.address, &path(page), Some(&cookie)).await.status, 404, "{page}");
    }
    assert_eq!(get(server.address, &path(1), None).await.status, 403);
    let before = get(server.address, &path(1), Some(&cookie)).await.text;
    let mut seat = server.device(server.seat(1), "Beto").await;
    until_round(&mut seat, |round| round.pages.is_some()).await;
    sign(&mut seat, drawn(3));
    seat.settled().await;
    let now = round(&lead).changes;
    until_round(&mut lead, |round| round.changes > now || round.signatures() == 1).await;
    let after = app::address::plan_sheet(server.ways.exercise_id, 1, round(&lead).changes, 1);
    let after = get(server.address, &after, Some(&cookie)).await.text;
    assert_ne!(before, after, "the initials are on the first page");
}

#[tokio::test]
async fn who_comes_later_changes_nothing_that_others_signed() {
    let server = Server::start(Stage::Frozen).await;
    let mut lead = to_be_signed(&server).await;
    let base = round(&lead).base;
    let mut late = seats(&server, 3).await;
    sign(&mut late[2], drawn(2));
    late[2].settled().await;
    until_round(&mut lead, |round| round.signatures() == 1).await;
    let why = Remark::parse("Los demás no vinieron").unwrap();
    signing(&mut lead, Signing::Close { reason: why });
    lead.settled().await;
    until_round(&mut lead, |round| round.seal.is_some()).await;
    assert_eq!(round(&lead).base, base);
    server.verify_clean().await;
}
