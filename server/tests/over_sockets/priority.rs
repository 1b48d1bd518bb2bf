//! Points over real sockets: divided without a network, changed, in secret until they are closed, the
//! same for everybody then, after a restart, too.

use app::page::{Content, META_NAME, Own, PageData};
use domain::priority::{Command as Priority, Event as Happened, Given, Share, State};
use domain::{
    ActorNumber, Command, Event, ItemId, ItemKind, Phase, Projected, Rejection, SeatId, Shown,
    priority,
};
use server::service::sample::Stage;
use sync::wire::{encode, to_wire};

use super::agreement::{facilitator, go};
use super::support::{Device, FIRST, Server, get, shown};

fn say(device: &mut Device, command: Priority) {
    device.command(Command::Priority(command));
}

fn state(device: &Device) -> &State {
    &shown(&device.replica).priority
}

fn problems(device: &Device) -> Vec<ItemId> {
    shown(&device.replica).visible(ItemKind::Problem, None).map(|item| item.id).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

async fn kept(server: &Server) -> State {
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    state.mesa(FIRST).unwrap().priority.as_ref().clone()
}

/// What a page carries for the program.
async fn page(server: &Server, path: &str, cookie: Option<&str>) -> PageData {
    let text = get(server.address, path, cookie).await.text;
    let meta = text.split_once(&format!("name=\"{META_NAME}\" content=\"")).unwrap().1;
    let meta = meta.split_once('"').unwrap().0;
    PageData::from_meta(&meta.replace("&amp;", "&")).unwrap()
}

/// How points were divided, in whatever a page carries of the exercise.
fn shares(page: &PageData) -> usize {
    let (snapshot, own) = match &page.content {
        Content::Mesa { snapshot, own, .. } => (snapshot, own.share.iter().count()),
        Content::Projector { snapshot, .. } | Content::Public { snapshot, .. } => (snapshot, 0),
        Content::Plain(_) => panic!("a plain page"),
    };
    let open = snapshot.state.mesas.values().filter_map(|mesa| mesa.priority.open.as_ref());
    let given = open.flat_map(|open| open.given.values());
    own + given.filter(|given: &&Given| given.share.is_some()).count()
}

async fn opened(device: &mut Device) -> u16 {
    device.until(|replica| shown(replica).priority.open.is_some()).await;
    state(device).open.as_ref().unwrap().number
}

async fn until_given(device: &mut Device, expected: usize) {
    let count = |state: &State| state.open.as_ref().map_or(0, |open| open.count());
    device.until(|replica| count(&shown(replica).priority) == expected).await;
}

#[tokio::test]
async fn points_are_a_secret_of_the_log_until_they_are_closed() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    lead.change_phase(Phase::Analysis).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    let mut beto = server.device(server.seat(1), "Beto").await;
    let mut pedro = server.device(&format!("/entrar/{}", server.ways.join_code), "Pedro").await;
    let mut wall = server.follower().await;
    say(&mut lead, Priority::Open { points: 9 });
    lead.settled().await;
    assert_eq!(lead.refused, []);
    for device in [&mut ana, &mut beto, &mut pedro, &mut wall] {
        assert_eq!(opened(device).await, 1);
    }
    assert_eq!(shown(&wall.replica).conduct.shown, Shown::Priority);
    let [one, two, three] = problems(&lead)[..3] else { panic!("three problems") };

    // Without a network it is kept, and counts when they return.
    ana.replica.disconnected();
    let first: Share = vec![(one, 4), (two, 3), (three, 2)];
    say(&mut ana, Priority::Give { number: 1, share: first.clone() });
    assert_eq!(ana.replica.unanswered().count(), 1);
    let second: Share = vec![(three, 7), (one, 2)];
    say(&mut beto, Priority::Give { number: 1, share: second.clone() });
    beto.settled().await;
    ana.reconnect(server.address).await;
    ana.settled().await;
    // Sent once more, as after a lost answer, it counts once; changed, the last one does.
    let changed: Share = vec![(one, 3), (two, 3), (three, 3)];
    for share in [&first, &changed] {
        say(&mut ana, Priority::Give { number: 1, share: share.clone() });
    }
    ana.settled().await;
    assert_eq!((&ana.refused, &beto.refused), (&vec![], &vec![]));
    for device in [&mut lead, &mut ana, &mut beto, &mut pedro, &mut wall] {
        until_given(device, 2).await;
        assert!(state(device).open.as_ref().unwrap().given.values().all(|it| it.share.is_none()));
    }
    // Who has no organisation gives none, and nobody more than there are.
    say(&mut pedro, Priority::Give { number: 1, share: second.clone() });
    say(&mut beto, Priority::Give { number: 1, share: vec![(one, 10)] });
    pedro.settled().await;
    beto.settled().await;
    assert!(matches!(pedro.refused[..], [Rejection::NotAllowed { .. }]));
    let too_many = Rejection::Priority(priority::Rejection::WrongPoints { points: 9 });
    assert_eq!(beto.refused.last(), Some(&too_many));

    // The log has it.
    let open = kept(&server).await.open.unwrap();
    assert_eq!(open.given[&ActorNumber(1)].share, Some(changed.clone()));
    assert_eq!(open.given[&ActorNumber(2)].share, Some(second.clone()));
    // No frame to anybody has: neither what was sent to who was there nor a late snapshot.
    let mut late_lead = facilitator(&server).await;
    let mut late = server.follower().await;
    until_given(&mut late_lead, 2).await;
    until_given(&mut late, 2).await;
    let (stored, _) = server.state().rooms.look(server.ways.exercise_id).await.unwrap().unwrap();
    for share in [&first, &changed, &second] {
        let told = Happened::Given { actor: ActorNumber(1), share: Some(share.clone()) };
        let told = to_wire(&stored, Projected::Event(Event::Priority(FIRST, told)));
        // As a frame would carry it (by aliases), and as a snapshot would (by ids).
        let frame = encode(&told);
        let in_a_frame = frame[frame.len() - 2 * share.len()..].to_vec();
        for needle in [in_a_frame, encode(share)] {
            for (what, device) in [
                ("who leads", &lead),
                ("their own author", &ana),
                ("another author", &beto),
                ("a participant", &pedro),
                ("the wall", &wall),
                ("a late desk", &late_lead),
                ("a late follower", &late),
            ] {
                assert!(!holds(&device.received, &needle), "{what} was sent {share:?}");
            }
        }
    }
    // Nor has a page, but their author's own.
    let mesa = server.ways.mesa_id;
    let screens = ["", "/conducir", "/puntos"].map(|screen| format!("/ejercicio/{mesa}{screen}"));
    for screen in &screens {
        assert_eq!(shares(&page(&server, screen, lead.cookie.as_deref()).await), 0, "{screen}");
    }
    for device in [&pedro] {
        assert_eq!(shares(&page(&server, &screens[2], device.cookie.as_deref()).await), 0);
    }
    assert_eq!(shares(&page(&server, &server.ways.projector_url.clone(), None).await), 0);
    assert_eq!(shares(&page(&server, &format!("/publica/{}", mesa.exercise), None).await), 0);
    let own = page(&server, &screens[2], ana.cookie.as_deref()).await;
    assert_eq!(shares(&own), 1);
    let path = format!("/ejercicio/{mesa}/propio");
    for (device, expected) in
        [(&ana, Some(&changed)), (&beto, Some(&second)), (&pedro, None), (&lead, None)]
    {
        let answer = get(server.address, &path, device.cookie.as_deref()).await;
        assert!(answer.head.to_lowercase().contains("cache-control: no-store"), "{}", answer.head);
        let own = Own::of_text(&answer.text).unwrap();
        assert_eq!(own.share.as_ref().map(|own| &own.share), expected);
    }
    assert_ne!(get(server.address, &path, None).await.status, 200);

    say(&mut lead, Priority::Close { number: 1 });
    assert!(state(&lead).closed.is_empty(), "the desk doesn't know the sums before the answer");
    lead.settled().await;
    let expected = vec![(three, 10), (one, 5), (two, 3)];
    for device in [&mut lead, &mut ana, &mut beto, &mut pedro, &mut wall, &mut late] {
        device.until(|replica| !shown(replica).priority.closed.is_empty()).await;
        let outcome = &state(device).closed[0];
        assert_eq!(outcome.sums[..3], expected);
        assert_eq!((outcome.gave.len(), outcome.missing.len()), (2, 6));
    }
    say(&mut ana, Priority::Give { number: 1, share: first });
    ana.settled().await;
    let closed = Rejection::Priority(priority::Rejection::NotOpen);
    assert_eq!(ana.refused.last(), Some(&closed));
    server.verify_clean().await;
}

#[tokio::test]
async fn points_are_there_after_a_restart_and_the_minutes_say_what_they_came_to() {
    let server = Server::start(Stage::Agreed).await;
    let mut lead = facilitator(&server).await;
    lead.change_phase(Phase::Analysis).await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    say(&mut lead, Priority::Open { points: 3 });
    lead.settled().await;
    opened(&mut ana).await;
    let problems = problems(&lead);
    say(&mut ana, Priority::Give { number: 1, share: vec![(problems[4], 3)] });
    ana.settled().await;
    // A helper types for a seat.
    let seat: SeatId = server_seat(&server, 2).await;
    let share = vec![(problems[4], 1), (problems[1], 2)];
    lead.command_for(seat, Command::Priority(Priority::Give { number: 1, share }));
    lead.settled().await;
    assert_eq!(lead.refused, []);
    let before = kept(&server).await;
    assert_eq!(before.open.as_ref().unwrap().count(), 2);
    let ways = server.ways.clone();
    let folder = server.stop().await;

    let server = Server::on_folder(folder, ways).await;
    assert_eq!(kept(&server).await, before);
    lead.reconnect(server.address).await;
    say(&mut lead, Priority::Close { number: 1 });
    lead.settled().await;
    let closed = kept(&server).await.closed;
    assert_eq!(closed[0].sums[..2], [(problems[4], 4), (problems[1], 2)]);
    go(&mut lead, Phase::Agreements).await;
    let path = format!("/plan/{}/mesa/1/minuta.pdf", server.ways.exercise_id);
    let answer = get(server.address, &path, lead.cookie.as_deref()).await;
    assert_eq!(answer.status, 200, "{}", answer.head);
    server.verify_clean().await;
}

async fn server_seat(server: &Server, number: u16) -> SeatId {
    let state = server.store().load(server.ways.exercise_id).await.unwrap().unwrap().state;
    state.actors.iter().find(|actor| actor.number == ActorNumber(number)).unwrap().seats[0].id
}
