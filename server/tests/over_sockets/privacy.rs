use domain::deliberation;
use domain::{Command, ItemKind, TextField};
use server::service::sample::Stage;
use sync::wire::ClientFrame;

use super::support::{Server, close_code, get, here, shown};

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
    let person = here(&facilitator.replica).deliberation.items[&item].author.unwrap();
    facilitator.command(Command::Deliberation(deliberation::Command::Remove { item }));
    facilitator.settled().await;
    follower.until(|replica| replica.view().item(item).is_some_and(|item| item.removed)).await;
    assert_eq!(follower.text(item, TextField::Title), "");

    let mut late = server.follower().await;
    late.settled().await;
    let page = get(server.address, &format!("/publica/{}", server.ways.exercise_id), None).await;
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

    facilitator.command(Command::Deliberation(deliberation::Command::Restore { item }));
    facilitator.settled().await;
    follower.until_text(item, TextField::Title, "Insulto").await;
}

#[tokio::test]
async fn names_reach_the_facilitation_and_nobody_else_at_the_table() {
    let server = Server::start(Stage::Live).await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let _ana = server.device(server.seat(0), "Anastasia").await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 3).await;
    let arrived = facilitator.replica.position().unwrap().seq;
    beto.until(|replica| replica.position().is_some_and(|at| at.seq >= arrived)).await;
    assert!(here(&beto.replica).people.attendees.is_empty());
    while !facilitator
        .roster
        .iter()
        .any(|present| present.name == "Anastasia" && present.devices == 1)
    {
        facilitator.take_one().await;
    }
    assert!(!holds(&beto.received, b"Anastasia"));
    assert!(beto.roster.is_empty());
}

#[tokio::test]
async fn hostile_markup_is_text_on_every_page() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "%3Cimg+src%3Dx+onerror%3Dalert%281%29%3E").await;
    let hostile = "</title></textarea><script>alert(1)</script>\"'><!><img src=x onerror=alert(2)>";
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
        format!("/publica/{}", mesa.exercise),
        format!("/ejercicio/{mesa}"),
        format!("/ejercicio/{mesa}/problemas"),
        format!("/ejercicio/{mesa}/compromisos"),
        format!("/ejercicio/{mesa}/problema/{problem}"),
        format!("/ejercicio/{mesa}/compromiso/{commitment}"),
        server.ways.projector_url.clone(),
    ] {
        let page = get(server.address, &path, cookie.as_deref()).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text.contains("<script>alert"), "{path}");
        assert!(!page.text.contains("<img src=x"), "{path}");
        // Leptos's own markers look the same, and only those are removed.
        assert!(!page.text.contains("<!>") && page.text.matches("<!--").count() == 0, "{path}");
    }
}

#[tokio::test]
async fn who_is_writing_is_told_at_the_table_by_first_name_and_kept_nowhere() {
    let server = Server::start(Stage::Live).await;
    let mut ana = server.device(server.seat(0), "Anastasia Domínguez Rey").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let mut follower = server.follower().await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 3).await;
    let arrived = facilitator.replica.position().unwrap().seq;
    beto.until(|replica| replica.position().is_some_and(|at| at.seq >= arrived)).await;
    assert!(here(&beto.replica).people.attendees.is_empty());
    let before = beto.replica.position().unwrap();
    let item = *shown(&beto.replica).deliberation.problems.first().unwrap();
    let unknown = domain::ItemId(uuid::Uuid::now_v7());
    for (item, field) in [
        (unknown, TextField::Statement),
        // A problem doesn't have this field.
        (item, TextField::BudgetNote),
        (item, TextField::Statement),
        // Too soon after the previous one.
        (item, TextField::Causes),
    ] {
        ana.say(&ClientFrame::Writing { item, field }).await;
    }
    for device in [&mut beto, &mut facilitator] {
        while device.writing.is_empty() {
            device.take_one().await;
        }
    }
    // A later change still reaches everyone.
    ana.type_at(item, TextField::Place, 0, "x");
    ana.settled().await;
    for device in [&mut beto, &mut facilitator, &mut follower] {
        device
            .until(|replica| {
                replica
                    .view()
                    .item(item)
                    .is_some_and(|item| item.text(TextField::Place).starts_with('x'))
            })
            .await;
    }
    for device in [&beto, &facilitator] {
        let told: Vec<_> = device
            .writing
            .iter()
            .map(|writing| (writing.name.as_str(), writing.item, writing.field))
            .collect();
        assert_eq!(told, [("Anastasia", item, TextField::Statement)]);
    }
    assert!(!holds(&beto.received, "Domínguez".as_bytes()));
    assert!(!holds(&follower.received, b"Anastasia"));
    assert_eq!(
        beto.replica.position().unwrap().seq,
        before.seq + 1,
        "only the letter is in the log"
    );
    // A follower may not send that.
    follower.say(&ClientFrame::Writing { item, field: TextField::Statement }).await;
    assert_eq!(close_code(&mut follower.socket).await, Some(4001));
}
