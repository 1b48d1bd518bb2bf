//! A plan frozen, read out, agreed to and signed: an event and a command of every kind.

use std::sync::Arc;

use domain::agreement::signing::{
    Command as Signing, Drawing, Event as Signed, Hand, Mark, Noted, Scan, ScanKind, Seal,
};
use domain::agreement::{
    Change, Command as Agreeing, Event as Agreed, Fate, FrozenCommitment, Piece, Reason, Said,
    Stance, Version,
};
use domain::conduct;
use domain::exercise::SeatKind;
use domain::permission::Phase;
use domain::{ActorNumber, Command, Digest, Event};

use super::{COMMITMENT, HERE, PERSON, opened, remark, seated, short};

const ONE: ActorNumber = ActorNumber(1);
const TWO: ActorNumber = ActorNumber(2);

fn reason() -> Reason {
    Reason::parse("Que no lleve nombres").unwrap()
}

fn stances() -> [Stance; 4] {
    let (reserve, against) = (Stance::AgreeWithReservation(reason()), Stance::Disagree(reason()));
    [Stance::Agree, reserve, against, Stance::Abstain]
}

fn drawn() -> Hand {
    let line = |y| Drawing::new(vec![vec![(100, y), (900, y + 77)], vec![(3, y)]]).ok();
    Hand::Drawn { initials: line(300).map(Arc::new), signature: line(400).map(Arc::new) }
}

fn noted() -> [Noted; 4] {
    [Noted::Fingerprint, Noted::Refused(reason()), Noted::Absent, Noted::Paper]
}

fn frozen(number: u16) -> Event {
    let piece = |fate, words: &str| Piece { fate, words: words.to_owned() };
    let pieces =
        vec![piece(Fate::Field, "Objetivo"), piece(Fate::Kept, "Agua"), piece(Fate::Put, "limpia")];
    let sections = if number > 1 { pieces.clone() } else { Vec::new() };
    let changes = (number > 1).then_some(Change { commitment: COMMITMENT, pieces });
    let version = Version {
        number,
        at: 9_000,
        digest: Digest([11; 32]),
        commitments: vec![FrozenCommitment { item: COMMITMENT, digest: Digest([12; 32]) }],
        changes: changes.into_iter().collect(),
        sections,
        text: Some("{}".into()),
    };
    Event::Agreement(Agreed::Frozen(Box::new(version)))
}

fn phase(to: Phase) -> Event {
    Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: 9_100 })
}

/// What follows the read-out.
pub fn events() -> Vec<Event> {
    let said = |stance| Agreed::Stated {
        actor: ONE,
        version: 1,
        said: vec![Said { commitment: COMMITMENT, stance }],
        assisted: false,
        at: 9_200,
    };
    let agreed = [
        Agreed::ReadOut { commitment: Some(COMMITMENT), at: 9_050 },
        Agreed::ReadOut { commitment: None, at: 9_060 },
        Agreed::ReaderChosen { reader: Some(PERSON) },
        Agreed::Asked { version: 1, entitled: vec![ONE, TWO], secret: false, at: 9_100 },
        said(None),
    ];
    let closed = [
        Agreed::Reminded { at: 9_210 },
        Agreed::MissingNamed { named: true },
        Agreed::Closed { reason: Some(remark("Se hizo tarde")), at: 9_220 },
    ];
    let agreed = agreed.into_iter().chain(stances().map(Some).map(said)).chain(closed);
    let mut events = vec![frozen(1), phase(Phase::Conformity)];
    events.extend(agreed.map(Event::Agreement));
    events.push(phase(Phase::Signing));
    events.extend(signed().into_iter().map(Agreed::Signing).map(Event::Agreement));
    events.extend([phase(Phase::ReadOut), frozen(2)]);
    events
}

fn signed() -> Vec<Signed> {
    let mark = |actor, mark| Signed::Marked { actor, mark };
    let with = |hand, pages| Mark::Signed {
        hand,
        capacity: SeatKind::Holder,
        person: Some(PERSON),
        assisted: false,
        pages,
        at: 9_300,
    };
    let declined = Mark::Declined {
        reason: reason(),
        capacity: SeatKind::Alternate,
        person: None,
        assisted: true,
        at: 9_310,
    };
    let base = Digest([13; 32]);
    let scan = Scan {
        file: base,
        name: short("Firmas º.pdf"),
        kind: ScanKind::Pdf,
        pages: 2,
        initialled: Some(vec![2]),
        at: 9_325,
    };
    let mut events = vec![
        Signed::Opened { version: 1, actors: vec![ONE, TWO], at: 9_290 },
        Signed::PagesSet { pages: 7, base },
        mark(TWO, declined),
        mark(TWO, with(Hand::Typed(short("Rosa Ñúñez")), 7)),
        mark(ONE, with(drawn(), 7)),
        Signed::MarkTaken { actor: TWO },
    ];
    events.extend(noted().map(|noted| mark(TWO, Mark::Noted { noted, at: 9_320 })));
    events.extend([
        Signed::PagesSet { pages: 8, base },
        Signed::Consented { actor: ONE, pages: 8, at: 9_330 },
        Signed::WitnessNamed { actor: TWO, name: Some(short("Eva Luna")) },
        Signed::ScanAttached { version: 1, scan },
        Signed::InitialsDeclared { version: 1, file: base, initialled: vec![1, 2] },
        Signed::ScanDetached { version: 1, file: base },
        Signed::Closed { reason: remark("Nadie más vino"), at: 9_340 },
        Signed::Sealed { seal: Seal { document: Digest([14; 32]), pages: 8, at: 9_350 } },
    ]);
    events
}

/// A small state of nothing but that.
pub fn family() -> Vec<Event> {
    let mut events = vec![opened(HERE, "Agua"), seated(1, Vec::new())];
    events.extend(self::events());
    events
}

/// A command of every kind.
pub fn commands() -> Vec<Command> {
    let state = |stance| Agreeing::State { version: 1, stances: vec![(COMMITMENT, stance)] };
    let sign = |hand| Signing::Sign { version: 1, pages: 8, hand };
    let mut signing = vec![
        sign(drawn()),
        sign(Hand::Typed(short("Rosa Ñúñez"))),
        Signing::Consent { version: 1, pages: 8 },
        Signing::Decline { version: 1, reason: reason() },
        Signing::Note { actor: TWO, noted: None },
        Signing::Close { reason: remark("Nadie más vino") },
    ];
    signing.extend(noted().map(|noted| Signing::Note { actor: ONE, noted: Some(noted) }));
    let mut agreeing = vec![
        Agreeing::ReadOut { commitment: Some(COMMITMENT) },
        Agreeing::ChooseReader { reader: Some(PERSON) },
        Agreeing::Remind,
        Agreeing::NameMissing { named: true },
        Agreeing::Close { reason: Some(remark("Se hizo tarde")) },
    ];
    agreeing.extend(stances().map(state));
    agreeing.extend(signing.into_iter().map(Agreeing::Signing));
    agreeing.into_iter().map(Command::Agreement).collect()
}
