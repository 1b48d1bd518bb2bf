use domain::{Command, ItemKind, TextField};
use server::demo::Stage;

use super::support::{Server, get};

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn the_public_gets_neither_names_nor_people_nor_deleted_texts() {
    let server = Server::start(Stage::Agreed).await;
    let mut follower = server.follower().await;
    let mut ana = server.device(server.seat(0), "Anastasia").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let item = ana.add(ItemKind::Problem, None);
    ana.type_at(item, TextField::Title, 0, "Insulto");
    ana.settled().await;
    facilitator.until(|replica| replica.view().item(item).is_some()).await;
    let person = facilitator.replica.confirmed().items[&item].author.unwrap();
    facilitator.wish(Command::Remove { item });
    facilitator.settled().await;
    follower.until(|replica| replica.view().item(item).is_some_and(|item| item.removed)).await;
    assert_eq!(follower.text(item, TextField::Title), "");

    let mut late = server.follower().await;
    late.settled().await;
    let page = get(server.address, &format!("/publica/{}", server.ways.mesa_id), None).await;
    let projector = get(server.address, &server.ways.projector_url, None).await;
    for (what, bytes) in [("frames", &follower.received), ("late snapshot", &late.received)] {
        assert!(!holds(bytes, b"Anastasia"), "{what}");
        assert!(!holds(bytes, person.0.as_bytes()), "{what}");
        assert!(!holds(bytes, server.ways.join_code.as_bytes()), "{what}");
    }
    assert!(!holds(&late.received, b"Insulto"));
    assert_eq!((page.status, projector.status), (200, 200));
    for text in [&page.text, &projector.text] {
        assert!(!text.contains("Anastasia") && !text.contains("Insulto"));
    }
    assert!(!page.text.contains(&server.ways.join_code));

    facilitator.wish(Command::Restore { item });
    facilitator.settled().await;
    follower.until_text(item, TextField::Title, "Insulto").await;
}

#[tokio::test]
async fn names_reach_the_facilitation_and_nobody_else_at_the_table() {
    let server = Server::start(Stage::Live).await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let _ana = server.device(server.seat(0), "Anastasia").await;
    beto.until(|replica| replica.confirmed().attendees.len() == 3).await;
    while !facilitator.roster.iter().any(|present| present.name == "Anastasia" && present.devices == 1) {
        facilitator.take_one().await;
    }
    assert!(!holds(&beto.received, b"Anastasia"));
    assert!(beto.roster.is_empty());
}

#[tokio::test]
async fn hostile_markup_is_text_on_every_page() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E").await;
    let hostile = "</title></textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let problem = ana.add(ItemKind::Problem, None);
    let commitment = ana.add(ItemKind::Commitment, None);
    for field in TextField::of(ItemKind::Problem) {
        ana.type_at(problem, *field, 0, hostile);
    }
    for field in TextField::of(ItemKind::Commitment) {
        ana.type_at(commitment, *field, 0, hostile);
    }
    ana.settled().await;
    assert!(ana.refused.is_empty());
    let mesa = server.ways.mesa_id;
    let cookie = ana.cookie.clone();
    for path in [
        format!("/publica/{mesa}"),
        format!("/mesa/{mesa}"),
        format!("/mesa/{mesa}/problemas"),
        format!("/mesa/{mesa}/compromisos"),
        format!("/mesa/{mesa}/problema/{problem}"),
        format!("/mesa/{mesa}/compromiso/{commitment}"),
        server.ways.projector_url.clone(),
    ] {
        let page = get(server.address, &path, cookie.as_deref()).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text.contains("<script>alert"), "{path}");
        assert!(!page.text.contains("<img src=x"), "{path}");
    }
}
