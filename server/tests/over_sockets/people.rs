//! The people and their seats: who came in twice, the code on a card, invitations in the queue, the
//! exercise's own sectors.

use domain::people::quorum::Quorum;
use domain::{Command, ItemKind, Phase, TextField, people};
use server::room::INVITATION;
use server::service::sample::Stage;

use super::edge::header;
use super::prepare::Prepared;
use super::support::{Device, FIRST, Response, Server, ask, get, here, location, post, shown};

#[tokio::test]
async fn who_came_in_twice_is_one_until_they_are_parted_and_both_devices_go_on() {
    let server = Server::start(Stage::Live).await;
    let door = format!("/entrar/{}", server.ways.join_code);
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let mut phone = server.device(&door, "Ana Robles").await;
    let mut laptop = server.device(server.seat(0), "Ana Lucía Robles Díaz").await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 3).await;
    let seated = |device: &Device, seat: bool| {
        // Who came last: the facilitator has no seat either.
        let mut all = here(&device.replica).people.attendees.iter();
        let found = all.rfind(|(person, known)| {
            known.seat.is_some() == seat && Some(**person) != device.replica.me().person
        });
        *found.unwrap().0
    };
    let (twice, one) = (seated(&facilitator, false), seated(&facilitator, true));
    // A problem of each; participants edit only their own.
    let problem = phone.add(ItemKind::Problem, None);
    phone.type_at(problem, TextField::Title, 0, "Fugas");
    phone.settled().await;
    facilitator.command(Command::People(people::Command::Merge { person: twice, with: one }));
    facilitator.settled().await;
    facilitator.until(|replica| here(replica).people.counted().count() == 2).await;
    assert_eq!(here(&facilitator.replica).people.one(twice), one, "who has the seat is counted");
    let named = |device: &Device, name: &str| {
        device.roster.iter().filter(|present| present.name == name).count()
    };
    while named(&facilitator, "Ana Lucía Robles Díaz") < 2 {
        facilitator.take_one().await;
    }
    // Their devices learn it; a follower doesn't.
    phone.until(|replica| here(replica).people.are_one(twice, one)).await;
    assert!(here(&phone.replica).people.attendees.is_empty());
    let mut follower = server.follower().await;
    follower.until(|replica| replica.is_joined()).await;
    assert!(here(&follower.replica).people.merged.is_empty());
    // Both go on, also after a lost connection, with the rights that each has.
    phone.reconnect(server.address).await;
    phone.type_at(problem, TextField::Title, 5, " de agua");
    laptop.type_at(problem, TextField::Statement, 0, "Cada día.");
    phone.settled().await;
    laptop.settled().await;
    assert!(phone.refused.is_empty() && laptop.refused.is_empty());
    laptop.until_text(problem, TextField::Title, "Fugas de agua").await;
    let author = shown(&laptop.replica).item(problem).unwrap().author;
    assert_eq!(author, Some(twice), "who added it stays who added it");
    // What the phone says of its attendance is said for the person.
    let own = format!("/ejercicio/{}/asistencia", server.ways.mesa_id);
    post(server.address, &own, "modo=distancia&aviso=1", phone.cookie.as_deref()).await;
    facilitator
        .until(|replica| {
            let known = &here(replica).people.attendees[&one];
            known.mode == domain::people::attendance::AttendanceMode::Remote
        })
        .await;
    assert_eq!(Quorum::of(here(&facilitator.replica)).present, 1);
    // Parted, each is themselves again.
    facilitator.command(Command::People(people::Command::Part { person: twice }));
    facilitator.settled().await;
    facilitator.until(|replica| here(replica).people.counted().count() == 3).await;
    while named(&facilitator, "Ana Robles") == 0 {
        facilitator.take_one().await;
    }
    laptop.until(|replica| !here(replica).people.are_one(twice, one)).await;
    assert!(facilitator.refused.is_empty());
    server.verify_clean().await;
    // A server that starts anew folds the same.
    let state = server.state().rooms.look_anew(server.ways.exercise_id).await.unwrap().unwrap().0;
    assert!(state.mesa(FIRST).unwrap().people.merged.is_empty());
}

#[tokio::test]
async fn nobody_but_who_leads_merges() {
    let server = Server::start(Stage::Live).await;
    let mut facilitator = server.device(&server.ways.facilitator_url, "Fabiola").await;
    let mut ana = server.device(server.seat(0), "Ana").await;
    facilitator.until(|replica| here(replica).people.attendees.len() == 2).await;
    let all: Vec<_> = here(&facilitator.replica).people.attendees.keys().copied().collect();
    ana.command(Command::People(people::Command::Merge { person: all[0], with: all[1] }));
    ana.settled().await;
    assert_eq!(ana.refused.len(), 1);
    facilitator.change_phase(Phase::Analysis).await;
    assert_eq!(here(&facilitator.replica).people.counted().count(), 2);
}

/// The codes on the cards for everybody.
async fn codes(at: &Prepared) -> Vec<String> {
    let cards = at.post("/tarjetas", &[("quien", "todos")]).await;
    let codes = cards.text.split("seat-code\"").skip(1);
    codes
        .map(|rest| rest.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned())
        .collect()
}

/// The cookie and the address to which a typed code leads.
fn opened(response: &Response) -> (String, String) {
    assert_eq!(response.status, 303, "{}", response.text);
    let cookie = header(response, "set-cookie").unwrap();
    (cookie.split(';').next().unwrap().to_owned(), location(response))
}

#[tokio::test]
async fn the_code_on_a_card_leads_to_its_seat_and_ends_with_the_link() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "Berta Luna").await;
    let first = codes(&at).await;
    assert_eq!(first.len(), 2);
    assert!(first.iter().all(|code| code.len() == 9 && code.as_bytes()[4] == b'-'), "{first:?}");
    assert!(get(address, "/enlace", None).await.text.contains("código de tu tarjeta"));
    // As people type it; the code is in no address after that.
    let typed = format!("codigo=+{}+", first[0].to_lowercase().replace('-', "+"));
    let (cookie, path) = opened(&post(address, "/entrar", typed, None).await);
    assert!(!path.contains(&first[0].replace('-', "")), "{path}");
    let with = async |method: &str, body: &str| {
        let headers = format!("Origin: http://{address}\r\nCookie: {cookie}\r\n");
        ask(address, method, &path, body.as_bytes(), &headers).await
    };
    for method in ["HEAD", "GET", "GET"] {
        let door = with(method, "").await;
        assert_eq!(door.status, 200, "{}", door.text);
        assert!(method == "HEAD" || door.text.contains("Ana Ríos"), "{}", door.text);
    }
    assert!(
        at.state().await.registry.sessions.values().all(|session| session.grant.seat.is_none())
    );
    let inside = with("POST", "modo=sala").await;
    assert_eq!(inside.status, 303, "{}", inside.text);
    let session = inside.cookie.clone().expect("a session");
    let ana = Device::connect(address, at.mesa(), Some(session)).await;
    assert!(ana.refused.is_empty());
    // New cards take its place: the old code says so, the new one works.
    let second = codes(&at).await;
    assert!(second.iter().all(|code| !first.contains(code)));
    let (old, there) =
        opened(&post(address, "/entrar", format!("codigo={}", first[1]), None).await);
    let headers = format!("Cookie: {old}\r\n");
    let replaced = ask(address, "GET", &there, b"", &headers).await;
    assert!(replaced.status == 410 && replaced.text.contains("reemplaz"), "{}", replaced.text);
    let (new, there) =
        opened(&post(address, "/entrar", format!("codigo={}", second[1]), None).await);
    let door = ask(address, "GET", &there, b"", &format!("Cookie: {new}\r\n")).await;
    assert!(door.status == 200 && door.text.contains("Berta Luna"), "{}", door.text);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn a_link_that_was_replaced_says_when() {
    let at = Prepared::new().await;
    at.add("Colectivo de Agua", "Ana Ríos", "").await;
    let first = at.cards("todos").await;
    at.cards("todos").await;
    let old = get(at.server.address, &first[0], None).await;
    assert_eq!(old.status, 410);
    let today = server::clock::today();
    let day = app::text::date::date(today);
    assert!(old.text.contains("reemplaz") && old.text.contains(&day), "{day}: {}", old.text);
}

#[tokio::test]
async fn wrong_codes_of_seats_are_slowed_whichever_way_they_are_tried() {
    let at = Prepared::new().await;
    let address = at.server.address;
    at.add("Colectivo de Agua", "Ana Ríos", "").await;
    let code = codes(&at).await.remove(0).replace('-', "");
    let link = at.cards("todos").await.remove(0);
    let mut tries = 0;
    // In turns: typed, in the path of a link, and in the cookie of an opened one.
    let status = loop {
        let guess = format!("AAAA{:04}", 3333 + tries % 7).replace(['0', '1', '2', '5'], "B");
        let answer = match tries % 2 {
            0 => post(address, "/entrar", format!("codigo={guess}"), None).await,
            _ => get(address, &format!("/enlace/{guess}"), None).await,
        };
        tries += 1;
        if answer.status != 404 || tries > 300 {
            break answer.status;
        }
    };
    assert_eq!(status, 429, "after {tries} tries");
    assert_eq!(post(address, "/entrar", format!("codigo={code}"), None).await.status, 429);
    assert_eq!(get(address, &link, None).await.status, 200, "a link isn't a code");
}

#[tokio::test]
async fn an_invitation_is_a_row_of_the_queue_once_and_again_when_the_address_was_corrected() {
    let at = Prepared::new().await;
    at.add("Colectivo de Agua", "Ana Ríos", "Berta Luna").await;
    let page = at.get("/invitaciones").await;
    for said in ["Invitar a 1 persona", "1 persona sin correo", "Hola, Ana Ríos:", "como titular"]
    {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let queue = async || at.server.store().jobs(at.exercise, INVITATION).await.unwrap();
    assert!(queue().await.is_empty());
    for _ in 0..2 {
        assert_eq!(at.post("/invitaciones", &[("invita", "si")]).await.status, 303);
        assert_eq!(queue().await.len(), 1);
    }
    let page = at.get("/invitaciones").await;
    assert!(page.text.contains("1 invitación por enviar"), "{}", page.text);
    assert!(!page.text.contains("Invitar a"), "{}", page.text);
    let list = at.get("/actores").await;
    assert!(list.text.contains("invitación por enviar"), "{}", list.text);
    assert!(list.text.contains("sin correo: imprime su tarjeta"), "{}", list.text);
    // The row has neither a name nor an address.
    let now = server::clock::now();
    let store = at.server.store();
    let job = store.claim_job(uuid::Uuid::now_v7(), now, now + 1_000).await.unwrap().unwrap();
    let payload = String::from_utf8_lossy(&job.payload).into_owned();
    assert!(!payload.contains("Ana") && !payload.contains("example.org"), "{payload}");
    assert!(!job.key.contains("example.org"));
    assert!(store.finish_job(&job, now).await.unwrap());
    assert!(at.get("/actores").await.text.contains("invitación enviada el"));
    // A corrected address is written to, too.
    let corrected = [
        ("organizacion", "Colectivo de Agua"),
        ("sector", "civil_society"),
        ("firma", "si"),
        ("titular", "Ana Ríos"),
        ("correo-titular", "ana.rios@example.org"),
        ("suplente", "Berta Luna"),
        ("telefono-suplente", "951 123 4567"),
    ];
    assert_eq!(at.post("/actores/1", &corrected).await.status, 303);
    assert!(at.get("/invitaciones").await.text.contains("Invitar a 1 persona"));
    at.post("/invitaciones", &[("invita", "si")]).await;
    assert_eq!(queue().await.len(), 2);
    // Who came in isn't written to.
    let link = at.cards("sin-entrar").await.remove(0);
    assert_eq!(post(at.server.address, &link, "modo=sala", None).await.status, 303);
    let list = at.get("/actores").await;
    assert!(!list.text.contains("invitación por enviar"), "{}", list.text);
    at.server.verify_clean().await;
}

#[tokio::test]
async fn an_exercise_has_sectors_of_its_own_in_its_forms_imports_and_data() {
    let at = Prepared::new().await;
    let page = at.get("/datos").await;
    assert!(page.text.contains("name=\"sector-civil_society\""), "{}", page.text);
    // The fields of the form as they are, with other sectors.
    let typed: Vec<(String, String)> = app::page::form::Field::EXERCISE
        .into_iter()
        .chain(app::page::form::Field::sectors())
        .filter_map(|field| {
            let name = field.name().into_owned();
            let value = match name.as_str() {
                "sector-civil_society" => "Organizaciones".to_owned(),
                "sector-own_1" => "Pueblos originarios".to_owned(),
                "sector-facilitation" => String::new(),
                _ => value_of(&page, &name)?,
            };
            Some((name, value))
        })
        .collect();
    let fields: Vec<_> =
        typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = at.post("/datos", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let form = at.get("/actores/nueva").await;
    assert!(form.text.contains("Pueblos originarios") && form.text.contains("Organizaciones"));
    assert!(!form.text.contains("Facilitación"), "{}", form.text);
    let added = at
        .post(
            "/actores/nueva",
            &[("organizacion", "Consejo de la Sierra"), ("sector", "own_1"), ("firma", "si")],
        )
        .await;
    assert_eq!(added.status, 303, "{}", added.text);
    let other = [("organizacion", "STL"), ("sector", "facilitation"), ("firma", "si")];
    assert_eq!(at.post("/actores/nueva", &other).await.status, 422, "not one of its sectors");
    // A list names them, and what it doesn't know offers them.
    let list =
        "Organización\tSector\tTitular\nRed\tpueblos orijinarios\tEva\nOtra\tsindicato\tFélix\n";
    let looked = at.post("/actores/pegar", &[("lista", list), ("mira", "si")]).await;
    assert!(looked.text.contains("¿Pueblos originarios?"), "{}", looked.text);
    assert!(looked.text.contains(">Organizaciones</button>"), "{}", looked.text);
    assert!(!looked.text.contains(">Facilitación</button>"), "{}", looked.text);
    // One that an organisation has stays.
    let without = fields.iter().filter(|(name, _)| *name != "sector-own_1").copied();
    let without: Vec<_> = without.chain([("sector-own_1", "")]).collect();
    let kept = at.post("/datos", &without).await;
    assert!(kept.status == 422 && kept.text.contains("hay organizaciones de ese sector"));
    at.server.verify_clean().await;
}

/// The value of a field of a page: of an input, a list or a text of several lines.
fn value_of(page: &Response, name: &str) -> Option<String> {
    let at = page.text.find(&format!("name=\"{name}\""))?;
    let start = page.text[..at].rfind('<')?;
    let tag = &page.text[start..start + page.text[start..].find('>')?];
    let after = &page.text[start + tag.len() + 1..];
    if tag.starts_with("<select") {
        let list = after.split("</select>").next()?;
        let chosen = list.split("<option").find(|option| option.contains(" selected"))?;
        return chosen.split("value=\"").nth(1)?.split('"').next().map(str::to_owned);
    }
    if tag.starts_with("<textarea") {
        return after.split("</textarea>").next().map(|text| text.trim().to_owned());
    }
    let value = tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Some(value.unwrap_or_default().to_owned())
}
