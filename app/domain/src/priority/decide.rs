//! Deciding commands about which problems come first.

use super::state::{Given, Prioritisation, Share};
use super::{Command, Event, Rejection};
use crate::deliberation::choice::ItemKind;
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::{ItemId, Shown, conduct};

/// Most points that an organisation may have.
pub const POINTS_LIMIT: u8 = 20;
/// Most prioritisations that a mesa may open.
pub const CLOSED_LIMIT: u16 = 20;

/// Decides a person's command. While it is opened and when it is closed, the wall shows it.
pub(crate) fn decide(
    judge: &Judge<'_>,
    command: &Command,
) -> Result<Vec<crate::Event>, crate::Rejection> {
    match command {
        Command::Open { points } => judge.open_priority(*points),
        Command::Give { number, share } => judge.give(*number, share),
        Command::Close { number } => judge.close_priority(*number),
        Command::Cancel { number } => {
            judge.require(Action::Conduct, None)?;
            Ok(when(judge.open(*number).is_ok(), judge.of_mesa(Event::Cancelled)))
        }
    }
}

impl Judge<'_> {
    fn of_mesa(&self, event: Event) -> crate::Event {
        crate::Event::Priority(self.mesa.number, event)
    }

    /// The event, and that the wall shows it, unless somebody else leads that.
    fn on_the_wall(&self, event: Event) -> Vec<crate::Event> {
        let conduct = &self.mesa.conduct;
        let changes = conduct.shown != Shown::Priority || conduct.wall.held;
        let shown = conduct::Event::ShownChanged { shown: Shown::Priority };
        let show = when(
            changes && self.require_wall().is_ok(),
            crate::Event::Conduct(self.mesa.number, shown),
        );
        [self.of_mesa(event)].into_iter().chain(show).collect()
    }

    fn open(&self, number: u16) -> Result<&Prioritisation, Rejection> {
        let open = self.mesa.priority.open.as_ref();
        open.filter(|open| open.number == number).ok_or(Rejection::NotOpen)
    }

    fn open_priority(&self, points: u8) -> Result<Vec<crate::Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        if !Action::GivePoints.is_open_in(self.mesa.conduct.phase) {
            return Err(self.not_allowed());
        }
        let priority = &self.mesa.priority;
        if priority.open.is_some() {
            return Err(Rejection::AlreadyOpen.into());
        }
        if !(1..=POINTS_LIMIT).contains(&points) {
            return Err(Rejection::WrongPoints { points: POINTS_LIMIT }.into());
        }
        if priority.opened >= CLOSED_LIMIT {
            return Err(crate::Rejection::TooMany { limit: CLOSED_LIMIT.into() });
        }
        let all = self.mesa.visible(ItemKind::Problem, None).map(|item| item.id);
        let problems: Vec<ItemId> = all.filter(|id| self.mesa.is_choosable(*id)).collect();
        if problems.len() < 2 {
            return Err(Rejection::TooFewProblems.into());
        }
        Ok(self.on_the_wall(Event::Opened { problems, points, at: self.context.now }))
    }

    fn give(&self, number: u16, share: &Share) -> Result<Vec<crate::Event>, crate::Rejection> {
        let own = self.context.seat.and_then(|seat| Some((seat, self.mesa.actor_of(seat)?)));
        let Some((_, actor)) = own.filter(|(seat, actor)| actor.acts_by(*seat)) else {
            return Err(self.not_allowed());
        };
        self.require(Action::GivePoints, None)?;
        let open = self.open(number)?;
        let mut named = std::collections::BTreeSet::new();
        // One that was merged or discarded since was chosen by a device that didn't know yet.
        let fits = |(item, points): &(ItemId, u8)| *points > 0 && open.problems.contains(item);
        if !share.iter().all(|one| fits(one) && named.insert(one.0)) {
            return Err(Rejection::NotChoosable.into());
        }
        let sum: u32 = share.iter().map(|(_, points)| u32::from(*points)).sum();
        if sum == 0 || sum > open.points.into() {
            return Err(Rejection::WrongPoints { points: open.points }.into());
        }
        let same = |given: &Given| given.share.as_ref() == Some(share);
        let changes = !open.given.get(&actor.number).is_some_and(same);
        let given = Event::Given { actor: actor.number, share: Some(share.clone()) };
        Ok(when(changes, self.of_mesa(given)))
    }

    /// A device doesn't know who gave what: there nothing changes before the server's answer.
    fn close_priority(&self, number: u16) -> Result<Vec<crate::Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let Ok(open) = self.open(number) else { return Ok(Vec::new()) };
        if open.given.is_empty() {
            return Err(Rejection::NobodyGave.into());
        }
        if open.given.values().any(|given| given.share.is_none()) {
            return Ok(Vec::new());
        }
        let sums = self.sums(open);
        Ok(self.on_the_wall(Event::Closed { at: self.context.now, sums }))
    }

    /// What each problem got, most first, and in their order where they got the same. What was given to
    /// one that was merged since counts for the other; to one that was deleted or discarded, for none.
    /// Of an organisation that doesn't take part any more nothing counts.
    fn sums(&self, open: &Prioritisation) -> Vec<(ItemId, u32)> {
        let mut sums: Vec<(ItemId, u32)> = Vec::new();
        let mut add = |problem: ItemId, points: u32| {
            let counted = self.mesa.deliberation.counts_for(problem);
            if !self.mesa.is_choosable(counted) {
                return;
            }
            match sums.iter_mut().find(|(other, _)| *other == counted) {
                Some((_, sum)) => *sum = sum.saturating_add(points),
                None => sums.push((counted, points)),
            }
        };
        open.problems.iter().for_each(|problem| add(*problem, 0));
        let asked: Vec<_> = self.mesa.prioritising().collect();
        let counted = open.given.iter().filter(|(actor, _)| asked.contains(actor));
        for (item, points) in counted.flat_map(|(_, given)| given.share.iter().flatten()) {
            add(*item, (*points).into());
        }
        sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
        sums
    }
}
