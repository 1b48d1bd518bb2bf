//! Eight sign in the same moment; one declines, one is marked absent while it signs, one signs on
//! two devices, and the server is killed while the document is set, signed and sealed.

use std::collections::BTreeMap;
use std::process::{Command as Program, Stdio};
use std::sync::Arc;
use std::time::Duration;

use domain::agreement::signing::{
    Command as Signs, Drawing, Event as Signed, Hand, Mark, Noted, Point, Rejection as Refused,
    Seal,
};
use domain::agreement::{self, Reason};
use domain::{
    ActorNumber, Command, CommandId, Digest, Event, Exercise, Phase, Rejection, ShortText,
};
use futures_util::{TryStreamExt as _, future::join_all};
use sha2::{Digest as _, Sha256};
use store::{Record, Store};
use sync::Replica;
use tokio::time::Instant;

use super::{Device, SEATS, Table, change_phase, pump};

/// What was asked for, and the seal that came of it.
pub struct Signing {
    version: u16,
    /// What each command was about, and whether it was refused.
    asked: BTreeMap<CommandId, (ActorNumber, bool)>,
    seal: Seal,
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn drawn(number: u16) -> Hand {
    let line = |place: u16| {
        let wave = |at: u16| -> Point { (200 + at * 60, 300 + place * 20 + (at % 5) * 90) };
        Some(Arc::new(Drawing::new(vec![(0..40).map(wave).collect()]).unwrap()))
    };
    Hand::Drawn { initials: line(number), signature: line(number + 10) }
}

fn typed(name: &str) -> Hand {
    Hand::Typed(ShortText::parse(name).unwrap())
}

/// The reason of somebody who declines.
fn reason(place: usize) -> Reason {
    Reason::parse(&format!("Falta el padrón QZ{place}")).unwrap()
}

fn signing(command: Signs) -> Command {
    Command::Agreement(agreement::Command::Signing(command))
}

fn is_set(replica: &Replica) -> bool {
    let plan = &replica.confirmed().plan;
    let last = plan.version().map(|version| version.number);
    plan.round().is_some_and(|round| Some(round.version) == last && round.pages.is_some())
}

fn is_sealed(replica: &Replica) -> bool {
    replica.confirmed().plan.round().is_some_and(|round| round.seal.is_some())
}

impl Table {
    /// The last version is signed and sealed.
    pub(super) async fn sign(&mut self, turn: usize) {
        // The server dies while it sets the document.
        change_phase(&mut self.lead, Phase::Signing);
        let deadline = self.deadline();
        pump(&mut self.lead, deadline).await;
        self.kill().await;
        for device in self.devices() {
            device.until(is_set).await;
        }
        let round = self.plan().round().unwrap();
        let (version, pages) = (round.version, round.pages.unwrap());
        let mut asked = self.all_at_once(version, pages, turn);
        let deadline = self.deadline();
        let everybody = self.devices().map(|device| pump(device, deadline));
        join_all(everybody).await;
        self.kill().await;
        // And twice while it seals it.
        for wait in [30, 300] {
            pump(&mut self.lead, Instant::now() + Duration::from_millis(wait)).await;
            self.kill().await;
        }
        self.lead.until(is_sealed).await;
        let seal = self.plan().round().unwrap().seal.unwrap();
        for device in self.devices() {
            for kept in std::mem::take(&mut device.kept) {
                asked.get_mut(&kept.id).unwrap().1 = true;
            }
            // Who was marked as absent may come when everything is sealed.
            let late = [Refused::AlreadySigned, Refused::NotOpen].map(Rejection::from);
            let refused = std::mem::take(&mut device.refused);
            assert!(refused.iter().all(|refusal| late.contains(refusal)), "{refused:?}");
        }
        let whole = self.file(version, "plan.pdf").await;
        assert_eq!(digest(&whole), seal.document, "what is sealed is what anybody gets");
        self.is_in_the_document(&whole);
        self.signings.push(Signing { version, asked, seal });
    }

    /// Everybody asks for something before anything is sent: the stream's order decides.
    fn all_at_once(
        &mut self,
        version: u16,
        pages: u16,
        turn: usize,
    ) -> BTreeMap<CommandId, (ActorNumber, bool)> {
        let mut asked = BTreeMap::new();
        let sign = |hand| signing(Signs::Sign { version, pages, hand });
        let mut note = |device: &mut Device, actor: usize, command| {
            let actor = ActorNumber(u16::try_from(actor).unwrap());
            asked.insert(device.command(command), (actor, false));
        };
        for (place, device) in self.seats.iter_mut().enumerate() {
            let number = u16::try_from(place + turn).unwrap();
            let command = match place {
                2 => sign(typed("Xóchitl Ñúñez")),
                5 | 7 => signing(Signs::Decline { version, reason: reason(place) }),
                _ => sign(drawn(number)),
            };
            note(device, place + 1, command);
        }
        note(&mut self.second, 1, sign(typed("Zenaida Ibarra")));
        // Absent while it signs, on paper while it declines, and one who comes a moment later.
        for (actor, noted) in [(7, Noted::Absent), (8, Noted::Paper), (4, Noted::Absent)] {
            let noting = Signs::Note { actor: ActorNumber(actor), noted: Some(noted) };
            note(&mut self.lead, usize::from(actor), signing(noting));
        }
        asked
    }

    /// The names and reasons that count are in the document, and the others aren't.
    fn is_in_the_document(&self, whole: &[u8]) {
        let text = text_of(whole);
        let round = self.plan().round().unwrap();
        let mark = |actor| round.mark(ActorNumber(actor)).unwrap();
        assert!(text.contains("Xóchitl"), "{text}");
        let typed = matches!(mark(1), Mark::Signed { hand: Hand::Typed(_), .. });
        assert_eq!(text.contains("Zenaida"), typed, "one of two hands: {text}");
        for place in [5, 7] {
            let number = u16::try_from(place + 1).unwrap();
            let declined = matches!(mark(number), Mark::Declined { .. });
            assert_eq!(text.contains(&format!("QZ{place}")), declined, "{text}");
        }
    }
}

/// The text of a document, as poppler reads it.
fn text_of(document: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, document).unwrap();
    let read = Program::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::inherit())
        .output()
        .expect("poppler's pdftotext");
    assert!(read.status.success());
    String::from_utf8(read.stdout).unwrap()
}

impl Signing {
    /// Each slot has one outcome, the first that was accepted in the stream's order, and each command
    /// was accepted once or refused.
    pub fn judge(&self, state: &Exercise, records: &[Record]) {
        let round = state.plan.round_of(self.version).unwrap();
        assert_eq!((round.seal, round.slots.len()), (Some(self.seal), SEATS));
        let mut outcomes: BTreeMap<ActorNumber, &Mark> = BTreeMap::new();
        for record in records {
            let Event::Agreement(agreement::Event::Signing(event)) = &record.event else {
                continue;
            };
            let Signed::Marked { actor, mark } = event else { continue };
            let Some((asked, refused)) = self.asked.get(&record.command) else { continue };
            assert_eq!((asked, refused), (actor, &false), "{mark:?}");
            if let Some(before) = outcomes.insert(*actor, mark) {
                let absent = matches!(before, Mark::Noted { noted: Noted::Absent, .. });
                assert!(absent, "{actor:?}: {mark:?} in the place of {before:?}");
            }
        }
        for (actor, slot) in &round.slots {
            assert_eq!(slot.mark.as_ref(), outcomes.get(actor).copied(), "{actor:?}");
        }
        for (command, (actor, refused)) in &self.asked {
            let entered = records.iter().filter(|record| record.command == *command).count();
            assert_eq!(entered, usize::from(!refused), "{actor:?}");
        }
        let seals = records.iter().filter(|record| {
            matches!(&record.event, Event::Agreement(agreement::Event::Signing(Signed::Sealed { seal })) if *seal == self.seal)
        });
        assert_eq!(seals.count(), 1, "it is sealed once");
    }

    /// The sealed document is in the store.
    pub async fn is_kept(&self, store: &Store) {
        let blob = store.blob(self.seal.document).await.unwrap().expect("it is kept");
        let pieces: Vec<Vec<u8>> =
            store.read_blob(&blob, 0..blob.size).into_stream().try_collect().await.unwrap();
        assert_eq!(digest(&pieces.concat()), self.seal.document);
    }
}
