//! What people do besides writing.

use domain::{conduct, deliberation};
use std::sync::Arc;

use domain::deliberation::choice::{Category, Component, Feasibility, Party, ProblemState};
use domain::{
    ActorNumber, Assignment, Command, CommandId, ContributionKind, ItemId, ItemKind, NoteId, Phase,
    Remark, Response, ResponseStatus, Shown, SolutionState, deliberation::check,
};

use super::{World, short};

fn remark(text: &str) -> Remark {
    Remark::parse(text).unwrap()
}

impl World {
    /// Everything that isn't a text: adding, deleting, restoring, moving, assigning.
    pub(super) fn command(&mut self, device: usize, tab: usize) {
        self.devices[device].notice(tab);
        let mesa = self.devices[device].tabs[tab].mesa();
        if mesa.conduct.phase.is_of_the_plan() && self.random.chance(80) {
            return self.agree(device, tab);
        }
        if self.random.chance(15) {
            return self.floor(device, tab);
        }
        if self.veils && self.random.chance(75) {
            return self.write_alone(device, tab);
        }
        if self.prioritises && self.random.chance(75) {
            return self.prioritise(device, tab);
        }
        let items: Vec<_> = mesa.deliberation.items.values().cloned().collect();
        let Some(item) = self.random.pick(&items).map(Arc::clone) else { return };
        let other = self.random.pick(&items).map(|item| item.id);
        let yes = self.random.chance(50);
        let kind = item.kind();
        let new = ItemId(self.fresh());
        let name = short(if yes { "Oficialía Mayor" } else { "" });
        let remark = remark(&format!("Digo {}", self.made));
        let given = match self.random.below(22) {
            0 => Command::Deliberation(deliberation::Command::Add {
                item: new,
                kind: ItemKind::Problem,
                parent: None,
            }),
            1 => Command::Deliberation(deliberation::Command::Add {
                item: new,
                kind: ItemKind::Commitment,
                parent: None,
            }),
            2 => Command::Deliberation(deliberation::Command::Add {
                item: new,
                kind: ItemKind::Activity,
                parent: Some(item.id),
            }),
            3 => Command::Deliberation(deliberation::Command::Remove { item: item.id }),
            4 | 5 => Command::Deliberation(deliberation::Command::Restore { item: item.id }),
            6 => Command::Deliberation(deliberation::Command::Move {
                item: item.id,
                after: other.filter(|_| yes),
            }),
            7 => Command::Conduct(conduct::Command::Show {
                shown: if yes { Shown::Item(item.id) } else { Shown::Agreement },
            }),
            8 => Command::Conduct(match new.0.as_u128() % 6 {
                0 => conduct::Command::TakeWall { taken: yes },
                1 => conduct::Command::HoldWall { held: yes },
                2 => conduct::Command::LineUp { item: item.id, first: yes },
                3 => conduct::Command::LeaveOut { item: item.id },
                4 => {
                    conduct::Command::WriteNote { note: NoteId(new.0), text: yes.then_some(remark) }
                }
                _ => conduct::Command::SetDoor { open: yes },
            }),
            9 => Command::Deliberation(deliberation::Command::Add {
                item: new,
                kind: if yes { ItemKind::Solution } else { ItemKind::DraftCommitment },
                parent: Some(item.id),
            }),
            10 | 11 => {
                let kinds = ContributionKind::ALL;
                Command::Deliberation(deliberation::Command::Contribute {
                    item: new,
                    target: other.filter(|_| yes),
                    kind: *self.random.pick(&kinds).unwrap(),
                    text: remark,
                })
            }
            12 | 13 => {
                let contributions = &mesa.deliberation.contributions;
                Command::Deliberation(deliberation::Command::Hide {
                    item: self.random.pick(contributions).copied().unwrap_or(item.id),
                    hidden: !self.random.chance(30),
                })
            }
            14 => match mesa.conduct.overrides.first() {
                Some(granted) => Command::Conduct(conduct::Command::WithdrawOverride {
                    finding: granted.finding,
                }),
                None => Command::Conduct(conduct::Command::SetDoor { open: yes }),
            },
            15 => match check::findings(&mesa).first() {
                Some(found) => Command::Conduct(conduct::Command::OverrideCheck {
                    finding: found.finding,
                    reason: remark,
                }),
                None => Command::Conduct(conduct::Command::SetDoor { open: yes }),
            },
            _ => {
                let value = match (kind, self.random.below(4)) {
                    (ItemKind::Problem, 0) => Assignment::EvidenceSource(name),
                    (ItemKind::Problem, 1) => Assignment::ProblemState(
                        other.map_or(ProblemState::Proposed, ProblemState::MergedInto),
                    ),
                    (ItemKind::Problem, _) => {
                        Assignment::ProblemState(ProblemState::Discarded(name))
                    }
                    (ItemKind::Commitment, 0) => {
                        Assignment::Category(yes.then_some(Category::LocalProblem))
                    }
                    (ItemKind::Commitment, 1) => {
                        Assignment::Component { component: Component::Innovation, present: yes }
                    }
                    (ItemKind::Commitment, 2) => {
                        Assignment::Problem { problem: other.unwrap_or(new), linked: yes }
                    }
                    (ItemKind::Commitment, _) => {
                        Assignment::Feasibility(Feasibility::ConfirmedBy(name))
                    }
                    (ItemKind::Activity, 0) => Assignment::Lead(Party::Actor(ActorNumber(1))),
                    (ItemKind::Activity, _) => Assignment::ResponsiblePost(name),
                    (ItemKind::Solution, 0) => Assignment::ProposedBy(name),
                    (ItemKind::Solution, _) => Assignment::SolutionState(if yes {
                        SolutionState::Adopted
                    } else {
                        SolutionState::SetAside
                    }),
                    (ItemKind::DraftCommitment, _) => Assignment::Becomes(other.filter(|_| yes)),
                    (ItemKind::Contribution, _) => {
                        let status =
                            if yes { ResponseStatus::NotAdopted } else { ResponseStatus::Pending };
                        Assignment::Response(Response {
                            status,
                            reason: Some(remark),
                            change: other.filter(|_| yes),
                        })
                    }
                };
                Command::Deliberation(deliberation::Command::Assign { item: item.id, value })
            }
        };
        let (command, now) = (CommandId(self.fresh()), self.clock());
        let effects = self.devices[device].tabs[tab].replica.submit(given, command, now);
        self.devices[device].perform(tab, effects);
    }

    pub(super) fn change_phase(&mut self) {
        let to = match self.random.below(20) {
            0 => Phase::ReadOut,
            1 | 2 => Phase::Conformity,
            3 | 4 => Phase::Signing,
            _ => Phase::Agreements,
        };
        if !self.devices[0].tabs.is_empty() {
            self.devices[0].notice(0);
            // Findings are in the way of the read-out until they are overridden.
            let mesa = self.devices[0].tabs[0].mesa();
            let open: Vec<_> = check::findings(&mesa)
                .into_iter()
                .filter(|found| found.is_open())
                .map(|found| found.finding)
                .collect();
            let pass = |finding| {
                Command::Conduct(conduct::Command::OverrideCheck {
                    finding,
                    reason: remark("Se acordó así"),
                })
            };
            let mut then = Vec::new();
            if to == Phase::Agreements {
                then.extend(mesa.conduct.overrides.first().map(|granted| {
                    Command::Conduct(conduct::Command::WithdrawOverride {
                        finding: granted.finding,
                    })
                }));
                let hidden = !self.random.chance(30);
                then.extend(self.random.pick(&mesa.deliberation.contributions).map(|item| {
                    Command::Deliberation(deliberation::Command::Hide { item: *item, hidden })
                }));
            }
            let passes = if to > Phase::Agreements { open } else { Vec::new() };
            for given in passes
                .into_iter()
                .map(pass)
                .chain([Command::Conduct(conduct::Command::ChangePhase { to })])
                .chain(then)
            {
                let command = CommandId(self.fresh());
                let effects = self.devices[0].tabs[0].replica.submit(given, command, 0);
                self.devices[0].perform(0, effects);
            }
        }
    }
}
