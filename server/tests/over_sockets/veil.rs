//! Problems that each writes alone, over real sockets: in nobody else's frames, pages, histories and
//! files, on all devices of their author, and shown together with text and author.

use app::page::{Content, META_NAME, Own, PageData};
use domain::codes::Coded;
use domain::veil::{Command as Behind, Rejection as Refused, Veiled};
use domain::{
    Command, ItemId, ItemKind, Phase, Rejection, Remark, ShortText, TextField, deliberation, people,
};
use server::service::sample::Stage;
use uuid::Uuid;

use super::agreement::facilitator;
use super::support::{Device, FIRST, Server, get, shown};

/// What they say; nobody else has it before it is shown.
const WORDS: [&str; 3] = ["Farolas rotas", "Perros sueltos", "Ruido de madrugada"];

fn write(device: &mut Device, problem: ItemId, title: &str) {
    let title = ShortText::parse(title).unwrap();
    let statement = Remark::parse(&format!("{title}, y nadie responde")).ok();
    device.command(Command::Veil(Behind::Write { problem, title, statement }));
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn waiting(device: &Device) -> Vec<Veiled> {
    let veil = shown(&device.replica).veil.drawn.clone();
    veil.map(|veil| veil.problems).unwrap_or_default()
}

async fn until_count(device: &mut Device, expected: u16) {
    let count = |replica: &sync::Replica| shown(replica).veil.drawn.as_ref().map(|it| it.count);
    device.until(|replica| count(replica) == Some(expected)).await;
}

/// What somebody's pages and their address of their own have of it.
async fn own(server: &Server, device: &Device) -> Vec<Veiled> {
    let path = format!("/ejercicio/{}/propio", server.ways.mesa_id);
    let answer = get(server.address, &path, device.cookie.as_deref()).await;
    Own::of_text(&answer.text).unwrap().alone.map(|(_, problems)| problems).unwrap_or_default()
}

#[tokio::test]
async fn what_each_writes_alone_reaches_nobody_else_before_all_are_shown() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    lead.change_phase(Phase::Introduction).await;
    let mut ana = server.device(server.seat(0), "Anastasia").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut pedro = server.device(&format!("/entrar/{}", server.ways.join_code), "Pedro").await;
    let mut wall = server.follower().await;
    let before = problems_file(&server).await;
    lead.command(Command::Veil(Behind::Draw));
    lead.settled().await;
    for device in [&mut ana, &mut beto, &mut pedro, &mut wall] {
        until_count(device, 0).await;
    }
    let [one, two, three] = std::array::from_fn(|_| ItemId(Uuid::now_v7()));

    // Without a network it is kept, and shown to its author.
    ana.replica.disconnected();
    write(&mut ana, one, WORDS[0]);
    assert_eq!(waiting(&ana).len(), 1);
    write(&mut beto, two, WORDS[1]);
    write(&mut pedro, three, WORDS[2]);
    beto.settled().await;
    pedro.settled().await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    // Written anew it stays one.
    write(&mut ana, one, "Farolas rotas en la calle 5");
    ana.settled().await;
    for device in [&ana, &beto, &pedro] {
        assert_eq!(device.refused, []);
    }
    for device in [&mut lead, &mut ana, &mut beto, &mut pedro, &mut wall] {
        until_count(device, 3).await;
        assert_eq!(waiting(device), [], "the confirmed state has none, its author's neither");
    }
    // Somebody's problem isn't shown before the others, whatever their device does.
    let open = ItemId(Uuid::now_v7());
    let add = deliberation::Command::Add { item: open, kind: ItemKind::Problem, parent: None };
    beto.command(Command::Deliberation(add));
    beto.settled().await;
    assert_eq!(beto.refused.pop(), Some(Rejection::Veil(Refused::Drawn)));
    // Nobody takes back another's.
    beto.command(Command::Veil(Behind::Withdraw { problem: one }));
    beto.settled().await;
    assert!(matches!(beto.refused.pop(), Some(Rejection::NotAllowed { .. })));

    // Its author has it on every device: what another one asks for is theirs alone.
    let mut second = server.device(server.seat(0), "Anastasia").await;
    until_count(&mut second, 3).await;
    assert_eq!(own(&server, &ana).await[0].title.as_str(), "Farolas rotas en la calle 5");
    assert_eq!(own(&server, &beto).await[0].item, two);
    assert_eq!(own(&server, &pedro).await[0].item, three);
    assert_eq!(own(&server, &lead).await, []);

    // Frames of whoever was there, and of late comers of every kind.
    let mut late_lead = facilitator(&server).await;
    let mut late = server.follower().await;
    until_count(&mut late_lead, 3).await;
    until_count(&mut late, 3).await;
    for (what, device) in [
        ("the desk", &lead),
        ("a late desk", &late_lead),
        ("its author", &ana),
        ("another author", &beto),
        ("a participant", &pedro),
        ("the wall", &wall),
        ("a late follower", &late),
        ("another device of its author", &second),
    ] {
        for words in WORDS {
            assert!(!holds(&device.received, words.as_bytes()), "{what} was sent «{words}»");
        }
        for id in [one, two, three] {
            assert!(!holds(&device.received, id.0.as_bytes()), "{what} was sent an id");
        }
    }
    // Pages, histories and files.
    let mesa = server.ways.mesa_id;
    let history =
        |id: ItemId| format!("/ejercicio/{mesa}/historia/{id}/{}", TextField::Title.code());
    let screens = ["", "/problemas", "/conducir", "/a-solas", "/mi-voz"];
    for path in screens.iter().map(|screen| format!("/ejercicio/{mesa}{screen}")) {
        let page = get(server.address, &path, lead.cookie.as_deref()).await;
        assert_eq!(page.status, 200, "{path}");
        WORDS.iter().for_each(|words| assert!(!page.text.contains(words), "{path}: {words}"));
    }
    for path in screens.iter().filter(|it| **it != "/conducir") {
        let path = format!("/ejercicio/{mesa}{path}");
        let page = get(server.address, &path, beto.cookie.as_deref()).await;
        assert!(!page.text.contains(WORDS[0]) && !page.text.contains(WORDS[2]), "{path}");
    }
    for device in [&lead, &ana, &beto] {
        let page = get(server.address, &history(one), device.cookie.as_deref()).await;
        assert!(page.status == 404 && !page.text.contains(WORDS[0]));
    }
    let own_file = format!("/ejercicio/{mesa}/asistencia/mis-datos.json");
    for (device, theirs) in [(&ana, 0), (&beto, 1), (&pedro, 2)] {
        let file = get(server.address, &own_file, device.cookie.as_deref()).await.text;
        for (place, words) in WORDS.iter().enumerate() {
            assert_eq!(file.contains(words), place == theirs, "{words} in the file of {theirs}");
        }
    }
    let file = get(server.address, &own_file, lead.cookie.as_deref()).await.text;
    assert!(WORDS.iter().all(|words| !file.contains(words)));
    for path in [
        format!("/publica/{}", mesa.exercise),
        server.ways.projector_url.clone(),
        format!("/publico/{mesa}/datos.json"),
        format!("/ejercicio/{}/preparar/archivo/ejercicio.json", mesa.exercise),
    ] {
        let page = get(server.address, &path, lead.cookie.as_deref()).await;
        assert!(WORDS.iter().all(|words| !page.text.contains(words)), "{path}");
    }
    assert_eq!(problems_file(&server).await, before);
    let page =
        get(server.address, &format!("/ejercicio/{mesa}/a-solas"), ana.cookie.as_deref()).await;
    let meta = page.text.split_once(&format!("name=\"{META_NAME}\" content=\"")).unwrap().1;
    let meta = meta.split_once('"').unwrap().0.replace("&amp;", "&");
    let Content::Mesa { own, .. } = PageData::from_meta(&meta).unwrap().content else {
        panic!("a page of the mesa")
    };
    assert_eq!(own.alone.unwrap().1.len(), 1, "the page has its author's own");

    // All at once, with text and author.
    lead.command(Command::Veil(Behind::Lift));
    lead.settled().await;
    assert_eq!(lead.refused, []);
    let titles = ["Farolas rotas en la calle 5", WORDS[1], WORDS[2]];
    for device in [&mut lead, &mut ana, &mut beto, &mut pedro, &mut wall, &mut late] {
        device.until(|replica| shown(replica).veil.drawn.is_none()).await;
        for (id, title) in [one, two, three].into_iter().zip(titles) {
            device.until_text(id, TextField::Title, title).await;
        }
    }
    let authors = |device: &Device| {
        [one, two, three].map(|id| shown(&device.replica).item(id).unwrap().author)
    };
    assert_eq!(authors(&wall), [None; 3], "the public doesn't learn who");
    assert_eq!(authors(&beto), authors(&lead));
    let people = shown(&lead.replica).people.attendees.clone();
    let who = authors(&lead)[0].unwrap();
    assert!(people.contains_key(&who) && authors(&lead).iter().all(Option::is_some));
    // The changes of the text are their author's, not the facilitation's.
    let page = get(server.address, &history(one), beto.cookie.as_deref()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains(&server.ways.seats[0].organisation), "{}", page.text);
    // From here on it is like any other: somebody else writes in it.
    beto.type_at(two, TextField::Title, 0, "Muchos: ");
    beto.settled().await;
    wall.until_text(two, TextField::Title, "Muchos: Perros sueltos").await;
    server.verify_clean().await;
}

async fn problems_file(server: &Server) -> String {
    let path = format!("/publico/{}/problemas.csv", server.ways.mesa_id);
    get(server.address, &path, None).await.text
}

#[tokio::test]
async fn what_is_written_alone_is_there_after_a_restart_and_one_author_is_one() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    lead.change_phase(Phase::Introduction).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut pedro = server.device(&format!("/entrar/{}", server.ways.join_code), "Ana Paula").await;
    lead.command(Command::Veil(Behind::Draw));
    lead.settled().await;
    until_count(&mut ana, 0).await;
    until_count(&mut pedro, 0).await;
    let problem = ItemId(Uuid::now_v7());
    write(&mut pedro, problem, WORDS[0]);
    pedro.settled().await;
    let named = |device: &Device, name: &str| {
        device.roster.iter().find(|present| present.name == name).map(|present| present.person)
    };
    while named(&lead, "Ana").is_none() || named(&lead, "Ana Paula").is_none() {
        lead.take_one().await;
    }
    let people = ["Ana", "Ana Paula"].map(|name| named(&lead, name).unwrap());
    let merge = people::Command::Merge { person: people[1], with: people[0] };
    lead.command(Command::People(merge));
    lead.settled().await;
    let ways = server.ways.clone();
    let folder = server.stop().await;

    let server = Server::on_folder(folder, ways).await;
    for device in [&mut lead, &mut ana, &mut pedro] {
        device.reconnect(server.address).await;
        until_count(device, 1).await;
    }
    assert_eq!(own(&server, &ana).await.len(), 1, "who came in twice is one author");
    lead.command(Command::Veil(Behind::Lift));
    lead.settled().await;
    ana.until_text(problem, TextField::Title, WORDS[0]).await;
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    assert_eq!(state.mesa(FIRST).unwrap().item(problem).unwrap().author, Some(people[1]));
    server.verify_clean().await;
}
