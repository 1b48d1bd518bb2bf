//! The information pack: what is sent by whom, what is refused, who opened it, and the mesa that doesn't
//! begin without it.

use domain::deliberation::check;
use domain::pack::{Entry, FileKind, NoticeRule};
use domain::{
    Command, Digest, ExerciseCard, Finding, MesaCard, Phase, Remark, ServerCommand, conduct,
    exercise,
};
use server::app_state::Settings;
use server::service::entry::enter;
use server::service::sample::Stage;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::sections::text_of;
use super::support::{Device, FIRST, Response, Server, ask, encoded, get, here, location, post};

const MINUTE: i64 = 60 * 1_000;
const DAY: i64 = 24 * 60 * MINUTE;
const KIT: &str = "Kit  de capacidades 2º (versión final).PDF";

pub struct Mesa {
    pub server: Server,
    pub lead: Device,
}

impl Mesa {
    /// A mesa that meets so many days from now, of an exercise whose rule is ten days.
    pub async fn in_days(days: i64) -> Self {
        Self::with(days, Settings::default()).await
    }

    pub async fn with(days: i64, settings: Settings) -> Self {
        let server = Server::start_with(Stage::Empty, settings).await;
        let exercise = server.ways.exercise_id;
        let state = server.store().load(exercise).await.unwrap().unwrap().state;
        let card = state.card.as_deref().unwrap().clone();
        let amended = ExerciseCard { notice: Some(NoticeRule::USUAL), ..card };
        let mesa = state.mesa(FIRST).unwrap().card.as_deref().unwrap().clone();
        // A form has whole minutes.
        let starts_at = (server::clock::now() / MINUTE) * MINUTE + days * DAY;
        let moved = MesaCard { starts_at, ends_at: starts_at + DAY / 8, ..mesa };
        for command in [
            exercise::ServerCommand::AmendExercise(Box::new(amended)),
            exercise::ServerCommand::AmendMesa { mesa: FIRST, card: Box::new(moved) },
        ] {
            enter(server.store(), exercise, &ServerCommand::Exercise(command)).await.unwrap();
        }
        let mut lead = server.device(&server.ways.facilitator_url, "Fabiola").await;
        lead.change_phase(Phase::Preparation).await;
        lead.until(|replica| {
            here(replica).conduct.notice.is_some_and(|notice| notice.due == starts_at - 10 * DAY)
        })
        .await;
        Self { server, lead }
    }

    pub fn page(&self) -> String {
        format!("/ejercicio/{}/mesa/1/expediente", self.server.ways.exercise_id)
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Response {
        get(self.server.address, path, cookie).await
    }

    fn upload(
        &self,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
        cookie: Option<&str>,
    ) -> (Vec<u8>, String) {
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend_from_slice(
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"archivo\"; filename=\"{name}\"\r\n\
                 Content-Type: text/html\r\n\r\n"
            )
            .as_bytes(),
        );
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let headers = format!(
            "Cookie: mesa_sesion={}\r\nOrigin: http://{}\r\nContent-Type: multipart/form-data; boundary=x\r\n",
            cookie.unwrap_or_default(),
            self.server.address
        );
        (body, headers)
    }

    pub async fn send(
        &self,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
        cookie: Option<&str>,
    ) -> Response {
        let (body, headers) = self.upload(fields, file, cookie);
        let path = format!("{}/archivo", self.page());
        ask(self.server.address, "POST", &path, &body, &headers).await
    }

    async fn say(&self, fields: &[(&str, &str)], cookie: Option<&str>) -> Response {
        let body = encoded(fields.iter().copied());
        post(self.server.address, &self.page(), body, cookie).await
    }

    async fn open(&self, file: u16, cookie: Option<&str>) -> Response {
        post(self.server.address, &format!("{}/{file}", self.page()), "", cookie).await
    }

    pub async fn pack(&self) -> domain::pack::State {
        let loaded = self.server.store().load(self.server.ways.exercise_id).await;
        loaded.unwrap().unwrap().state.pack.as_ref().clone()
    }

    /// Answers every entry that has no answer, as the facilitation does.
    pub async fn answer_the_rest(&self) {
        let pack = self.pack().await;
        let lead = self.lead.cookie.as_deref();
        for entry in Entry::ALL.iter().filter(|entry| !pack.answers(**entry)) {
            let code = domain::codes::Coded::code(entry);
            let said =
                self.say(&[("entrada", code), ("razon", "No se hizo este año.")], lead).await;
            assert_eq!(said.status, 303, "{}", said.text);
        }
    }

    async fn notice(&mut self, holds: impl Fn(domain::pack::Notice) -> bool) {
        self.lead.until(|replica| here(replica).conduct.notice.is_some_and(&holds)).await;
    }
}

#[tokio::test]
async fn each_sender_sends_its_part_and_only_a_person_s_tap_is_a_receipt() {
    let mut mesa = Mesa::in_days(20).await;
    let guarantor = mesa.server.sign_in(mesa.server.seat(0), "Ana").await;
    let council = mesa.server.sign_in(mesa.server.seat(3), "Beto").await;
    let (guarantor, council) = (Some(guarantor.as_str()), Some(council.as_str()));
    let lead = mesa.lead.cookie.clone();
    let kit = b"%PDF-1.7\nthe kit".as_slice();
    let sent = mesa.send(&[("entrada", "capacity_kit")], (KIT, kit), guarantor).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(location(&sent).ends_with("/expediente?enviado=1#capacity_kit"), "{}", location(&sent));
    // The other's part is the other's.
    let csv = "colonia;solicitudes\nÁnimas;63\n".as_bytes();
    let table = ("Solicitudes.CSV", csv);
    let studies = [("entrada", "studies")];
    assert_eq!(mesa.send(&studies, table, guarantor).await.status, 403);
    assert_eq!(mesa.send(&studies, table, council).await.status, 303);
    // Identical bytes change nothing, and it is said.
    let same = mesa.send(&[("entrada", "capacity_kit")], ("otro nombre.pdf", kit), guarantor).await;
    assert!(location(&same).ends_with("?igual=1#capacity_kit"), "{}", location(&same));
    let page = mesa.get(&location(&same).replace("#capacity_kit", ""), guarantor).await;
    for said in [
        KIT,
        "ya estaba en este punto",
        "se cumple",
        "Sin abrir",
        "Quedan 9 días",
        "10 días naturales",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains("Quién lo abrió"), "that is for those who lead");
    mesa.notice(|notice| (notice.missing, notice.late, notice.files) == (7, 0, 2)).await;
    // Reading, by whomever and however often, is no receipt.
    let file = format!("{}/1", mesa.page());
    let kept = mesa.get(&file, council).await;
    assert_eq!(kept.body, kit);
    let head = kept.head.to_ascii_lowercase();
    for said in [
        "content-disposition: attachment",
        "filename*=utf-8''kit%20%20de%20capacidades%202%c2%ba",
        "x-content-type-options: nosniff",
        "sandbox",
        "content-type: application/pdf",
    ] {
        assert!(head.contains(said), "{said}: {head}");
    }
    let headers = format!("Cookie: mesa_sesion={}\r\n", council.unwrap());
    ask(mesa.server.address, "HEAD", &file, b"", &headers).await;
    ask(mesa.server.address, "HEAD", &mesa.page(), b"", &headers).await;
    assert_eq!(mesa.pack().await.opened, []);
    let opened = mesa.open(1, council).await;
    assert_eq!((opened.status, location(&opened)), (303, file.clone()));
    mesa.open(1, council).await;
    assert_eq!(mesa.pack().await.opened.len(), 1, "the first counts");
    let desk = mesa.get(&mesa.page(), lead.as_deref()).await;
    for said in ["Quién lo abrió", "Abrió 1 de 2", "0 de 8 organizaciones lo abrieron todo"] {
        assert!(desk.text.contains(said), "{said}: {}", desk.text);
    }
    // A picture is shown, and nothing in it runs.
    let png = b"\x89PNG\r\n\x1a\n and so on".as_slice();
    mesa.send(&[("entrada", "studies")], ("Gráfica.JPG", png), council).await;
    let shown = mesa.get(&format!("{}/3", mesa.page()), council).await;
    let head = shown.head.to_ascii_lowercase();
    assert!(head.contains("disposition: inline") && head.contains("image/png"), "{head}");
    assert!(head.contains("default-src 'none'; sandbox"), "{head}");
    mesa.server.verify_clean().await;
}

#[tokio::test]
async fn another_file_in_its_place_begins_its_clock_anew_and_says_so() {
    let mut mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.clone();
    let lead = lead.as_deref();
    let seat = mesa.server.sign_in(mesa.server.seat(6), "Carla").await;
    let criteria = [("entrada", "minimum_criteria")];
    mesa.send(&criteria, ("Criterios.pdf", b"%PDF-1.7\none"), lead).await;
    mesa.open(1, Some(&seat)).await;
    let instead = [("entrada", "minimum_criteria"), ("reemplaza", "1")];
    let sent = mesa.send(&instead, ("Criterios v2.pdf", b"%PDF-1.7\ntwo"), lead).await;
    assert!(location(&sent).contains("?enviado=2"), "{}", sent.text);
    let page = mesa.get(&mesa.page(), Some(&seat)).await;
    for said in ["Criterios v2.pdf", "Cambió", "reemplazado"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(mesa.get(&format!("{}/1", mesa.page()), lead).await.status, 404);
    let gone = mesa.send(&instead, ("Criterios v3.pdf", b"%PDF-1.7\nthree"), lead).await;
    assert!(gone.status == 422 && gone.text.contains("ya no está"), "{}", gone.text);
    // Withdrawing needs its reason, which everybody reads.
    let without = mesa.say(&[("retira", "2"), ("razon", " ")], lead).await;
    assert!(without.status == 422 && without.text.contains("Hace falta la razón"));
    assert_eq!(mesa.say(&[("retira", "2"), ("razon", "x")], Some(&seat)).await.status, 403);
    let withdrawn = mesa.say(&[("retira", "2"), ("razon", "Traía un teléfono")], lead).await;
    assert_eq!(withdrawn.status, 303);
    assert!(mesa.get(&mesa.page(), Some(&seat)).await.text.contains("retirado: Traía un teléfono"));
    mesa.notice(|notice| (notice.missing, notice.files) == (9, 0)).await;
    mesa.server.verify_clean().await;
}

#[tokio::test]
async fn what_could_run_is_refused_in_words_and_nothing_of_it_is_kept() {
    let mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.as_deref();
    let large = [&b"%PDF-1.7\n"[..], &vec![b' '; 50 * 1024 * 1024]].concat();
    let entry = [("entrada", "studies")];
    for (name, file, said) in [
        ("plan.pdf", &b"<html><script>alert(1)</script>"[..], "páginas web"),
        ("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        ("plan.pdf", b"MZ\x90\0\x03 a program", "no es de una clase que se acepte"),
        ("plan.docx", b"PK\x03\x04 and no directory", "no es de una clase que se acepte"),
        ("plan.pdf", b"", "No se eligió ningún archivo"),
        ("grande.pdf", &large, "pasa de 50 MB"),
    ] {
        let answer = mesa.send(&entry, (name, file), lead).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text);
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
        let digest = Digest(Sha256::digest(file).into());
        assert!(mesa.server.store().blob(digest).await.unwrap().is_none(), "{name}");
    }
    // The connection ends in between.
    let (body, headers) = mesa.upload(&entry, ("medio.pdf", &large[..1_000_000]), lead);
    let mut stream = TcpStream::connect(mesa.server.address).await.unwrap();
    let head = format!(
        "POST {}/archivo HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\n\r\n",
        mesa.page(),
        mesa.server.address,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..500_000]).await.unwrap();
    drop(stream);
    // What is fine is taken, also without a name that says so.
    let fine = mesa.send(&entry, ("", b"colonia,folios\nCentro,7\n"), lead).await;
    assert_eq!(fine.status, 303, "{}", fine.text);
    let pack = mesa.pack().await;
    let kinds: Vec<_> = pack.files.iter().map(|file| (file.kind, file.name.as_str())).collect();
    assert_eq!(kinds, [(FileKind::Text, "texto o tabla")]);
    mesa.server.verify_clean().await;
}

#[tokio::test]
async fn who_does_not_take_part_gets_nothing_and_a_participant_only_reads() {
    let mesa = Mesa::in_days(20).await;
    let lead = mesa.lead.cookie.as_deref();
    let door = format!("/entrar/{}", mesa.server.ways.join_code);
    let guest = mesa.server.sign_in(&door, "Pedro").await;
    mesa.send(&[("entrada", "studies")], ("Estudio.pdf", b"%PDF-1.7\n"), lead).await;
    let file = format!("{}/1", mesa.page());
    for path in [&mesa.page(), &file] {
        assert_eq!(mesa.get(path, None).await.status, 403, "{path}");
        assert_eq!(mesa.get(path, Some(&guest)).await.status, 200, "{path}");
    }
    assert_eq!(mesa.open(1, None).await.status, 403);
    let entry = [("entrada", "studies")];
    for cookie in [Some(guest.as_str()), None] {
        let sent = mesa.send(&entry, ("a.pdf", b"%PDF-1.7\n"), cookie).await;
        assert_eq!(sent.status, 403);
        let said = mesa.say(&[("entrada", "problems"), ("razon", "No hay")], cookie).await;
        assert_eq!(said.status, 403);
    }
    let public = mesa.server.follower().await;
    assert_eq!(here(&public.replica).conduct.notice, None);
    assert_eq!(mesa.open(77, Some(&guest)).await.status, 404);
}

#[tokio::test]
async fn a_mesa_within_the_ten_days_begins_with_a_reason_that_stands_in_its_minutes() {
    let mut mesa = Mesa::in_days(5).await;
    let lead = mesa.lead.cookie.clone();
    let lead = lead.as_deref();
    mesa.send(&[("entrada", "capacity_kit")], (KIT, b"%PDF-1.7\n"), lead).await;
    mesa.answer_the_rest().await;
    mesa.notice(|notice| (notice.missing, notice.late) == (0, 9)).await;
    let page = mesa.get(&mesa.page(), lead).await;
    for said in ["no se cumple", "sin una dispensa con su razón", "Ya pasó esa hora"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    mesa.lead.try_phase(Phase::Introduction).await;
    assert_eq!(
        mesa.lead.refused,
        [conduct::Rejection::ChecksOpen { open: 1 }.into()],
        "it doesn't begin"
    );
    mesa.lead.refused.clear();
    let finding = check::findings(here(&mesa.lead.replica))[0].finding;
    assert_eq!(finding, Finding::NoticeNotKept { missing: 0, late: 9 });
    let reason = Remark::parse("Todas las organizaciones dijeron que ya lo leyeron.").unwrap();
    let waive = conduct::Command::OverrideCheck { finding, reason };
    mesa.lead.command(Command::Conduct(waive));
    mesa.lead.settled().await;
    mesa.lead.change_phase(Phase::Introduction).await;
    // What comes later isn't counted for a mesa that began.
    let path = format!("/plan/{}/mesa/1/minuta.pdf", mesa.server.ways.exercise_id);
    let minutes = mesa.get(&path, lead).await;
    let text = text_of(&minutes);
    for said in [
        "Expediente previo",
        "No se cumplió",
        "Kit de capacidades 2º",
        "Todas las organizaciones dijeron que ya lo leyeron.",
        "9 archivos llegaron después del plazo",
        "Sin abrir",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    mesa.server.verify_clean().await;
}

#[tokio::test]
async fn another_hour_or_rule_is_another_due_time_for_everybody() {
    let mut mesa = Mesa::in_days(20).await;
    let exercise = mesa.server.ways.exercise_id;
    let lead = mesa.lead.cookie.clone();
    mesa.send(&[("entrada", "studies")], ("Estudio.pdf", b"%PDF-1.7\n"), lead.as_deref()).await;
    mesa.notice(|notice| notice.late == 0 && notice.files == 1).await;
    let state = mesa.server.store().load(exercise).await.unwrap().unwrap().state;
    let card = state.mesa(FIRST).unwrap().card.as_deref().unwrap().clone();
    let sooner = MesaCard { starts_at: card.starts_at - 15 * DAY, ..card };
    let amend = exercise::ServerCommand::AmendMesa { mesa: FIRST, card: Box::new(sooner) };
    enter(mesa.server.store(), exercise, &ServerCommand::Exercise(amend)).await.unwrap();
    mesa.notice(|notice| notice.late == 1).await;
    let none = ExerciseCard { notice: None, ..state.card.as_deref().unwrap().clone() };
    let amend = exercise::ServerCommand::AmendExercise(Box::new(none));
    enter(mesa.server.store(), exercise, &ServerCommand::Exercise(amend)).await.unwrap();
    mesa.lead.until(|replica| here(replica).conduct.notice.is_none()).await;
    mesa.lead.change_phase(Phase::Introduction).await;
    mesa.server.verify_clean().await;
}
