//! The changes of a text, and restoring an earlier wording.

use domain::codes::Coded;
use domain::deliberation;
use domain::{Command, ItemId, MesaId, TextField};
use server::service::sample::Stage;

use super::support::{Response, Server, get, post, shown};

fn page(mesa: MesaId, item: ItemId, field: TextField) -> String {
    format!("/ejercicio/{mesa}/historia/{item}/{}", field.code())
}

/// The places of the versions that can be restored, newest first.
fn places(page: &Response) -> Vec<u64> {
    page.text
        .split("name=\"seq\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn an_earlier_wording_stands_there_again_and_what_others_write_meanwhile_stays() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    let field = TextField::Objective;
    let first = ana.text(item, field);
    ana.type_at(item, field, 0, "Uno. ");
    ana.settled().await;
    beto.until_text(item, field, &format!("Uno. {first}")).await;
    let end = u32::try_from(beto.text(item, field).chars().count()).unwrap();
    beto.type_at(item, field, end, " Dos & <b>tres</b>.");
    beto.settled().await;

    let address = page(server.ways.mesa_id, item, field);
    let cookie = ana.cookie.clone().unwrap();
    let shown = get(server.address, &address, Some(&cookie)).await;
    assert_eq!(shown.status, 200, "{}", shown.text);
    let (by_beto, by_ana) = (
        shown.text.find(&server.ways.seats[1].organisation),
        shown.text.find(&server.ways.seats[0].organisation),
    );
    assert!(by_beto.is_some() && by_beto < by_ana, "newest first: {}", shown.text);
    for part in [
        ">Uno. <",
        "añadido: ",
        "> Dos &amp; &lt;b&gt;tres&lt;/b&gt;.<",
        "Al preparar la mesa",
        "Así está ahora.",
        "Cambios de «Objetivo»",
    ] {
        assert!(shown.text.contains(part), "{part} in {}", shown.text);
    }
    let places = places(&shown);
    assert_eq!(places.len(), 2, "what stands there can't be brought back: {}", shown.text);

    // Beto is behind and keeps writing while Ana restores the first wording.
    beto.type_at(item, field, 0, "¡");
    let back = post(server.address, &address, &format!("seq={}", places[1]), Some(&cookie)).await;
    assert_eq!(back.status, 303, "{}", back.text);
    assert!(
        back.head
            .to_lowercase()
            .contains(&format!("location: /ejercicio/{}/compromiso/{item}", server.ways.mesa_id)),
        "{}",
        back.head
    );
    beto.settled().await;
    let both = format!("¡{first}");
    beto.until_text(item, field, &both).await;
    ana.until_text(item, field, &both).await;

    // That is an ordinary change: it is in the history, and can be reverted.
    let after = get(server.address, &address, Some(&cookie)).await;
    assert!(after.text.contains("quitado: "), "{}", after.text);
    let wanted = self::places(&after)
        .into_iter()
        .find(|place| *place == places[0])
        .expect("Ana's first version");
    post(server.address, &address, &format!("seq={wanted}"), Some(&cookie)).await;
    ana.until_text(item, field, &format!("Uno. {first}")).await;
    // Restoring the present wording isn't an error.
    assert_eq!(
        post(server.address, &address, &format!("seq={wanted}"), Some(&cookie)).await.status,
        303
    );
    server.verify_clean().await;
}

#[tokio::test]
async fn only_who_sits_there_reads_it_and_only_who_may_write_goes_back() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut lead = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    ana.type_at(item, TextField::Title, 0, "Secreto: ");
    ana.settled().await;
    let address = page(server.ways.mesa_id, item, TextField::Title);
    let stranger = get(server.address, &address, None).await;
    assert!(stranger.status == 403 && !stranger.text.contains("Secreto"), "{}", stranger.text);
    assert_eq!(post(server.address, &address, "seq=1", None).await.status, 403);
    // Someone at another mesa of the exercise.
    let other = server.another_mesa("Movilidad").await;
    let caro = server.sign_in(&other.seats[0].url, "Caro").await;
    let sent_on = get(server.address, &address, Some(&caro)).await;
    assert!(sent_on.status == 303 && !sent_on.text.contains("Secreto"), "{}", sent_on.text);
    let cookie = ana.cookie.clone().unwrap();
    let elsewhere = page(other.mesa_id, item, TextField::Title);
    assert_eq!(get(server.address, &elsewhere, Some(&caro)).await.status, 404);
    // A text, an item or a number that doesn't exist.
    for nothing in [
        page(server.ways.mesa_id, item, TextField::Causes),
        page(server.ways.mesa_id, ItemId(uuid::Uuid::now_v7()), TextField::Title),
        format!("/ejercicio/{}/historia/{item}/999", server.ways.mesa_id),
        format!("/ejercicio/{}/historia/nada/0", server.ways.mesa_id),
    ] {
        let status = get(server.address, &nothing, Some(&cookie)).await.status;
        assert_eq!(status, 404, "{nothing}");
    }

    // A participant reads commitments and can't write them: the request is refused in a sentence,
    // and nothing changes.
    let participant = server.sign_in(&format!("/entrar/{}", server.ways.join_code), "Pía").await;
    let places = places(&get(server.address, &address, Some(&participant)).await);
    let before = ana.text(item, TextField::Title);
    let refused =
        post(server.address, &address, &format!("seq={}", places[0]), Some(&participant)).await;
    assert!(
        refused.text.contains("no puedes hacer este cambio"),
        "{}: {}",
        refused.status,
        refused.text
    );
    lead.until_text(item, TextField::Title, &before).await;
    // A deleted item has no history page any more.
    lead.command(Command::Deliberation(deliberation::Command::Remove { item }));
    lead.settled().await;
    assert_eq!(lead.refused, []);
    assert_eq!(get(server.address, &address, Some(&cookie)).await.status, 404);
}

#[tokio::test]
async fn a_long_past_is_read_page_by_page() {
    let server = Server::start(Stage::Agreed).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let item = shown(&ana.replica).deliberation.commitments[0];
    for turn in 0..48 {
        let writer = if turn % 2 == 0 { &mut ana } else { &mut beto };
        writer.type_at(item, TextField::Title, 0, "a");
        writer.settled().await;
    }
    let cookie = ana.cookie.clone().unwrap();
    let address = page(server.ways.mesa_id, item, TextField::Title);
    let (mut seen, mut next) = (Vec::new(), Some(address.clone()));
    let mut pages = 0;
    while let Some(address_of) = next {
        let shown = get(server.address, &address_of, Some(&cookie)).await;
        seen.extend(places(&shown));
        pages += 1;
        next = shown
            .text
            .split("href=\"?antes=")
            .nth(1)
            .map(|rest| format!("{address}?antes={}", rest.split('"').next().unwrap()));
    }
    assert_eq!(pages, 3);
    assert!(seen.len() >= 48 && seen.is_sorted_by(|one, next| one > next), "{seen:?}");
}
