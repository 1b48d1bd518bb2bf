//! What people do with a frozen plan, and that each of them is heard once.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::agreement::signing::{
    Command as Signing, Drawing, Event as Signed, Hand, Mark, Noted, Round,
};
use domain::agreement::{Command as Agreeing, Event as Agreed, Reason, Stance, State};
use domain::{ActorNumber, Command, CommandId, Event, Exercise, Remark, Role};
use sync::wire::Outcome;

use super::{SEATS, World, short};

fn reason(number: u64) -> Reason {
    Reason::parse(&format!("Por {number}")).unwrap()
}

fn drawn() -> Hand {
    let line = |y| Drawing::new(vec![vec![(100, y), (900, y + 77)]]).ok().map(Arc::new);
    Hand::Drawn { initials: line(300), signature: line(400) }
}

impl World {
    /// Somebody reads out, answers, signs, or notes who signs otherwise.
    pub(super) fn agree(&mut self, device: usize, tab: usize) {
        let plan = self.devices[device].tabs[tab].replica.view().plan.clone();
        let leads = self.devices[device].speaker.role == Role::Facilitator;
        let helps = leads && self.random.chance(40);
        let seat = helps.then(|| SEATS[self.random.below(2)]);
        let command = if leads && !helps { self.leading(&plan) } else { self.acting(&plan) };
        let Some(command) = command.map(Command::Agreement) else { return };
        let (id, now) = (CommandId(self.fresh()), self.clock());
        if !self.devices[device].reads_only {
            self.said.insert(id, command.clone());
        }
        let replica = &mut self.devices[device].tabs[tab].replica;
        let effects = replica.submit_for(seat, command, id, now);
        self.devices[device].perform(tab, effects);
    }

    fn leading(&mut self, plan: &State) -> Option<Agreeing> {
        let commitments = &plan.version()?.commitments;
        let one = self.random.pick(commitments).map(|frozen| frozen.item);
        let actor = ActorNumber(1 + u16::from(self.random.chance(50)));
        let why = || Remark::parse("Se hizo tarde").unwrap();
        let noted =
            [Noted::Absent, Noted::Paper, Noted::Fingerprint, Noted::Refused(reason(self.made))];
        Some(match self.random.below(12) {
            0 | 1 => Agreeing::ReadOut { commitment: one },
            2 => Agreeing::NameMissing { named: self.random.chance(50) },
            3 => Agreeing::Remind,
            4..=6 => Agreeing::Close { reason: Some(why()) },
            7 => Agreeing::Signing(Signing::Close { reason: why() }),
            _ => {
                let noted = self.random.pick(&noted).filter(|_| self.random.chance(80)).cloned();
                Agreeing::Signing(Signing::Note { actor, noted })
            }
        })
    }

    fn acting(&mut self, plan: &State) -> Option<Agreeing> {
        let version = plan.version()?;
        let round = plan.round().filter(|round| round.version == version.number);
        if let Some(round) = round.filter(|_| self.random.chance(80)) {
            return Some(Agreeing::Signing(self.signing(round)));
        }
        let said = version.commitments.iter().filter(|_| self.random.chance(70));
        let said: Vec<_> = said.map(|frozen| frozen.item).collect();
        let stances = said.into_iter().map(|item| (item, self.stance())).collect();
        Some(Agreeing::State { version: version.number, stances })
    }

    fn stance(&mut self) -> Stance {
        match self.random.below(4) {
            0 => Stance::Agree,
            1 => Stance::AgreeWithReservation(reason(self.made)),
            2 => Stance::Disagree(reason(self.made)),
            _ => Stance::Abstain,
        }
    }

    fn signing(&mut self, round: &Round) -> Signing {
        let (version, pages) = (round.version, round.pages.unwrap_or(7));
        match self.random.below(8) {
            0 | 1 => Signing::Sign { version, pages, hand: Hand::Typed(short("Rosa Ñúñez")) },
            2..=4 => Signing::Sign { version, pages, hand: drawn() },
            5 | 6 => Signing::Consent { version, pages },
            _ => Signing::Decline { version, reason: reason(self.made) },
        }
    }

    /// Everything that was said is in the log once, changed nothing, or was handed back whole; a
    /// slot that was signed isn't marked again.
    pub(super) fn judge_plan(&self) {
        if self.restored == 0 {
            self.judge_what_was_said();
        }
        let mut state = Exercise::default();
        for event in &self.server.events {
            if let Event::Agreement(Agreed::Signing(Signed::Marked { actor, mark })) = event {
                judge_mark(state.plan.round().unwrap(), *actor, mark);
            }
            state.apply(event);
        }
        assert_eq!(state, self.server.state);
        for round in &self.server.state.plan.rounds {
            assert!(round.seal.is_none() || round.is_complete(), "sealed with an open slot");
        }
    }

    fn judge_what_was_said(&self) {
        let mut entered: BTreeMap<CommandId, &Event> = BTreeMap::new();
        for (command, event) in self.server.applied.iter().zip(&self.server.events) {
            if let Some(id) = command.filter(|id| self.said.contains_key(id)) {
                assert!(entered.insert(id, event).is_none(), "{event:?} is there twice");
            }
        }
        let handed_back: BTreeMap<_, _> = self
            .devices
            .iter()
            .flat_map(|device| &device.handed_back)
            .map(|stored| (stored.id, &stored.command))
            .collect();
        for (id, said) in &self.said {
            match (self.server.outcome(*id), entered.get(id)) {
                (Some(Outcome::Applied { .. }), Some(event)) => judge_event(said, event),
                (Some(Outcome::Unchanged { .. }), None) => {}
                (Some(Outcome::Refused(rejection)), None) => {
                    assert_eq!(handed_back.get(id), Some(&said), "{rejection}");
                    continue;
                }
                (outcome, event) => panic!("{said:?}: {outcome:?} and {event:?}"),
            }
            assert!(!handed_back.contains_key(id), "{said:?} is handed back and taken");
        }
    }
}

fn judge_mark(round: &Round, actor: ActorNumber, mark: &Mark) {
    let Some(before) = round.mark(actor).filter(|before| before.is_signature()) else { return };
    let declines = matches!(mark, Mark::Declined { .. }) && round.must_consent_again(actor);
    let corrected = matches!((before, mark), (Mark::Noted { .. }, Mark::Noted { .. }));
    assert!(declines || corrected, "{mark:?} in the place of {before:?}");
}

/// What is in the log is what was sent.
fn judge_event(said: &Command, event: &Event) {
    let (Command::Agreement(said), Event::Agreement(event)) = (said, event) else {
        panic!("{event:?} comes from {said:?}")
    };
    match (said, event) {
        (Agreeing::State { stances, .. }, Agreed::Stated { said, .. }) => {
            for one in said {
                let stance = one.stance.clone().expect("the log has it");
                assert!(stances.contains(&(one.commitment, stance)), "{one:?} wasn't said");
            }
        }
        (
            Agreeing::Signing(Signing::Sign { hand, .. }),
            Agreed::Signing(Signed::Marked { mark: Mark::Signed { hand: kept, .. }, .. }),
        ) => assert_eq!(hand, kept),
        _ => {}
    }
}
