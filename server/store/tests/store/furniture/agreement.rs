//! The plan frozen, agreed to and signed, before the mesa goes back.

use std::sync::Arc;

use domain::agreement::signing::{
    Drawing, Event as Signed, Hand, Mark, Noted, Scan, ScanKind, Seal,
};
use domain::agreement::{Event as Agreed, FrozenCommitment, Reason, Said, Stance, Version};
use domain::exercise::SeatKind;
use domain::{ActorNumber, Event, ItemId, Phase, conduct};
use store::Store;

use crate::world::{FIRST, Line, digest, remark, short};

const AT: i64 = 1_790_000_000_000;

async fn go(store: &Store, mesa: &mut Line, to: Phase, follows: Vec<Agreed>) {
    let phase = Event::Conduct(FIRST, conduct::Event::PhaseChanged { to, at: AT });
    let follows = follows.into_iter().map(Event::Agreement);
    mesa.say(store, [phase].into_iter().chain(follows).collect()).await;
}

/// A version with a reserve that names `name`, and a signing of all kinds with its seal.
pub async fn agree(store: &Store, mesa: &mut Line, name: &str, commitments: &[ItemId]) {
    let text = format!("{{\"commitments\":{}}}", commitments.len());
    let frozen = |item: &ItemId| FrozenCommitment { item: *item, digest: digest("one") };
    let version = Version {
        number: 1,
        at: AT,
        digest: digest(&text),
        commitments: commitments.iter().map(frozen).collect(),
        changes: Vec::new(),
        sections: Vec::new(),
        text: Some(text.into()),
    };
    let one = ActorNumber(1);
    let read = Agreed::ReadOut { commitment: Some(commitments[0]), at: AT };
    go(store, mesa, Phase::ReadOut, vec![Agreed::Frozen(Box::new(version)), read]).await;
    let asked = Agreed::Asked { version: 1, entitled: vec![one], secret: true, at: AT };
    go(store, mesa, Phase::Conformity, vec![asked]).await;
    let reserve = Reason::parse(&format!("Que lo vea {name}")).expect("a reason");
    let stances = [Stance::AgreeWithReservation(reserve), Stance::Abstain];
    let said = commitments.iter().zip(stances);
    let said = said.map(|(item, stance)| Said { commitment: *item, stance: Some(stance) });
    let stated =
        Agreed::Stated { actor: one, version: 1, said: said.collect(), assisted: false, at: AT };
    mesa.say(store, vec![Event::Agreement(stated)]).await;
    let closed = Agreed::Closed { reason: None, at: AT };
    let signed = signed(mesa).map(Agreed::Signing);
    go(store, mesa, Phase::Signing, [closed].into_iter().chain(signed).collect()).await;
    go(store, mesa, Phase::Agreements, Vec::new()).await;
}

fn signed(mesa: &Line) -> impl Iterator<Item = Signed> + use<> {
    let line = |y| Drawing::new(vec![vec![(100, y), (900, y + 77)]]).ok().map(Arc::new);
    let drawn = Hand::Drawn { initials: line(300), signature: line(400) };
    let (actors, base) = (vec![ActorNumber(1), ActorNumber(2)], digest("what it says"));
    let mark = |actor, mark| Signed::Marked { actor: ActorNumber(actor), mark };
    let by = |hand| Mark::Signed {
        hand,
        capacity: SeatKind::Holder,
        person: mesa.person,
        assisted: false,
        pages: 7,
        at: AT,
    };
    let noted = |noted| Mark::Noted { noted, at: AT };
    let declined = Mark::Declined {
        reason: Reason::parse("Falta el padrón").expect("a reason"),
        capacity: SeatKind::Alternate,
        person: mesa.person,
        assisted: true,
        at: AT,
    };
    let typed = Hand::Typed(short("Rosa Elena Ñúñez"));
    let seal = Seal { document: digest("the document"), pages: 8, at: AT };
    let scan = Scan {
        file: base,
        name: short("Firmas º del día.pdf"),
        kind: ScanKind::Pdf,
        pages: 1,
        initialled: None,
        at: AT,
    };
    [
        Signed::Opened { version: 1, actors, at: AT },
        Signed::PagesSet { pages: 7, base },
        mark(2, declined),
        mark(2, by(typed)),
        mark(1, noted(Noted::Absent)),
        Signed::MarkTaken { actor: ActorNumber(1) },
        mark(1, by(drawn)),
        Signed::PagesSet { pages: 8, base },
        Signed::Consented { actor: ActorNumber(1), pages: 8, at: AT },
        Signed::WitnessNamed { actor: ActorNumber(2), name: Some(short("Eva Luna")) },
        Signed::ScanAttached { version: 1, scan },
        Signed::InitialsDeclared { version: 1, file: base, initialled: vec![1] },
        Signed::Closed { reason: remark("Se hizo tarde"), at: AT },
        Signed::Sealed { seal },
    ]
    .into_iter()
}
