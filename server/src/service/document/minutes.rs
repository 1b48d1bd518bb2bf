//! The minutes of a mesa, from the record.

use std::sync::Arc;

use app::text::{agreement as words, check, document as document_words, form, name, quota, voice};
use document::{
    AgendaItem, Asked, Contribution, Minutes, Objection, Request, Seal, SectorAttendance,
    Signatory, Span, Version, Waiver,
};
use domain::people::attendance::AttendanceMode;
use domain::{
    ContributionKind, Item, ItemKind, Mesa, MesaNumber, Millis, Phase, QuotaBoard, ResponseStatus,
    Role,
};

use super::people::People;
use super::{Source, day};
use crate::clock;

const MINUTE: i64 = 60_000;

impl Source<'_> {
    /// Sealed with the last version of the plan, if there is one; a draft until then.
    pub(super) fn seal(&self) -> Seal {
        let stamp = self.exercise.plan.version().and_then(|version| self.stamp(version));
        match stamp {
            Some(stamp) => Seal::Sealed { stamp },
            None => Seal::Draft { made: self.moment(self.now) },
        }
    }

    /// The minutes of a mesa; none when there is no such mesa.
    pub(super) fn minutes(&self, number: MesaNumber, people: &People) -> Option<Request> {
        let mesa = self.exercise.mesa(number)?;
        let card = mesa.card.as_deref()?;
        let exercise = self.exercise.card.as_deref()?;
        let people_of = |role| {
            let these = self.exercise.people_as(number, role).into_iter();
            these.filter_map(|person| people.name(person)).collect::<Vec<_>>().join(", ")
        };
        let (facilitator, rapporteur) = (people_of(Role::Facilitator), people_of(Role::Rapporteur));
        let question = self.exercise.plan.question.as_ref();
        let asked = question.map_or(0, |question| question.entitled.len());
        let signatory = |role: Role, person: &str| Signatory {
            role: name::role(role).to_owned(),
            person: person.to_owned(),
            organisation: String::new(),
        };
        Some(Request::Minutes(Box::new(Minutes {
            seal: self.seal(),
            exercise: self.exercise()?,
            logo: None,
            number: number.0.into(),
            theme: card.theme.to_string(),
            convener: exercise.guarantor.to_string(),
            place: card.venue.to_string(),
            date: clock::day_and_time(self.zone(), card.starts_at).map(|(on, _)| day(on))?,
            mode: form::mode(card.mode).to_lowercase(),
            planned: Some(self.span(card.starts_at, card.ends_at)),
            actual: self.actual(mesa),
            read_out: self.read_out(mesa),
            quorum: words::quorum_of(exercise.quorum, asked),
            facilitator: facilitator.clone(),
            rapporteur: rapporteur.clone(),
            attendance: self.attended(mesa),
            agenda: self.agenda(mesa),
            pack: self.pack(mesa),
            waivers: self.waivers(mesa),
            contributions: self.contributions(mesa),
            speakers: self.speakers(mesa, people),
            speaking: self.speaking(mesa),
            rounds: self.rounds(mesa),
            priorities: self.priorities(mesa),
            objections: self.objections(mesa),
            versions: self.versions(),
            conformity: self.asked(),
            agreements: vec![quota::sentence(&QuotaBoard::of(mesa))],
            signatories: vec![
                signatory(Role::Facilitator, &facilitator),
                signatory(Role::Rapporteur, &rapporteur),
            ],
        })))
    }

    fn span(&self, from: Millis, to: Millis) -> Span {
        Span { from: self.moment(from), to: self.moment(to) }
    }

    /// From the first phase after the preparation to the last change of phase.
    fn actual(&self, mesa: &Mesa) -> Option<Span> {
        let met = mesa.conduct.phases.iter().filter(|start| start.phase != Phase::Preparation);
        let from = met.clone().map(|start| start.at).min()?;
        let to = met.map(|start| start.at).max()?;
        (to > from).then(|| self.span(from, to))
    }

    /// The last read-out, to where the mesa went from it.
    fn read_out(&self, mesa: &Mesa) -> Option<Span> {
        let phases = &mesa.conduct.phases;
        let place = phases.iter().rposition(|start| start.phase == Phase::ReadOut)?;
        let to = phases.get(place + 1)?;
        Some(self.span(phases[place].at, to.at))
    }

    fn agenda(&self, mesa: &Mesa) -> Vec<AgendaItem> {
        let planned = mesa.card.iter().flat_map(|card| &card.agenda);
        let item = |item: &domain::AgendaItem| {
            let began = mesa.conduct.phases.iter().find(|start| start.phase == item.phase);
            let spent = mesa.spent_in(item.phase, self.now) / MINUTE;
            AgendaItem {
                title: item.title.to_string(),
                began: began.map(|start| self.moment(start.at)),
                planned_minutes: Some(item.minutes.into()),
                actual_minutes: began.and_then(|_| spent.try_into().ok()),
            }
        };
        planned.map(item).collect()
    }

    fn waivers(&self, mesa: &Mesa) -> Vec<Waiver> {
        let passed = mesa.conduct.overrides.iter().map(|granted| Waiver {
            what: check::sentence(mesa, &granted.finding),
            reason: granted.reason.to_string(),
            by: name::role(Role::Facilitator).to_owned(),
            at: Some(self.moment(granted.at)),
        });
        let closed = self.exercise.plan.question.iter().filter_map(|question| {
            Some(Waiver {
                what: words::CLOSED_EARLY.to_owned(),
                reason: question.closed_because.as_ref()?.to_string(),
                by: name::role(Role::Facilitator).to_owned(),
                at: question.closed.map(|at| self.moment(at)),
            })
        });
        let unsigned = self.exercise.plan.rounds.iter().filter_map(|round| {
            let (reason, at) = round.closed.as_ref()?;
            Some(Waiver {
                what: document_words::signing_closed(round.version),
                reason: reason.to_string(),
                by: name::role(Role::Facilitator).to_owned(),
                at: Some(self.moment(*at)),
            })
        });
        passed.chain(closed).chain(unsigned).collect()
    }

    fn said(&self, mesa: &Mesa, objections: bool) -> Vec<Arc<Item>> {
        let said = mesa.visible(ItemKind::Contribution, None).filter(|item| {
            item.as_contribution().is_some_and(|said| {
                !said.hidden && (said.kind == ContributionKind::Objection) == objections
            })
        });
        said.cloned().collect()
    }

    fn contributions(&self, mesa: &Mesa) -> Vec<Contribution> {
        let row = |item: &Arc<Item>| {
            let said = item.as_contribution()?;
            let phase = mesa.conduct.phases.iter().rfind(|start| start.at <= said.at);
            Some(Contribution {
                phase: name::phase(phase.map_or(Phase::Analysis, |start| start.phase)).to_owned(),
                who: who(mesa, said),
                kind: voice::kind(said.kind).to_lowercase(),
                text: said.text.as_ref()?.to_string(),
                answer: voice::status(said.response.status).to_owned(),
                reason: said.response.reason.as_ref().map(ToString::to_string).unwrap_or_default(),
            })
        };
        self.said(mesa, false).iter().filter_map(row).collect()
    }

    fn objections(&self, mesa: &Mesa) -> Vec<Objection> {
        let row = |item: &Arc<Item>| {
            let said = item.as_contribution()?;
            let about = said.target.and_then(|target| self.exercise.item(target));
            let answered = said.response.status != ResponseStatus::Pending;
            let reason = said.response.reason.as_ref().map(ToString::to_string).unwrap_or_default();
            Some(Objection {
                who: who(mesa, said),
                about: about.map(|item| name::title(item)).unwrap_or_default(),
                text: said.text.as_ref()?.to_string(),
                answer: if answered {
                    format!("{}. {reason}", voice::status(said.response.status))
                } else {
                    String::new()
                },
                at: Some(self.moment(said.at)),
            })
        };
        self.said(mesa, true).iter().filter_map(row).collect()
    }

    fn versions(&self) -> Vec<Version> {
        let version = |version: &domain::agreement::Version| Version {
            number: version.number.into(),
            frozen: self.moment(version.at),
            code: version.digest.to_string(),
            note: words::changed_in(version.changes.len(), !version.sections.is_empty()),
        };
        self.exercise.plan.versions.iter().map(version).collect()
    }

    fn asked(&self) -> Vec<Asked> {
        let Some(version) = self.exercise.plan.version() else { return Vec::new() };
        let Some(card) = self.exercise.card.as_deref() else { return Vec::new() };
        let rules = (card.decision_rule, card.quorum);
        let asked = (1..).zip(&version.commitments).filter_map(|(number, frozen)| {
            Some(Asked {
                number,
                title: self.exercise.item(frozen.item).map(|item| name::title(item))?,
                conformity: self.conformity(frozen.item, version, rules)?,
            })
        });
        asked.collect()
    }

    /// Who came, by sector and by how they took part.
    fn attended(&self, mesa: &Mesa) -> Vec<SectorAttendance> {
        let mut counts: Vec<SectorAttendance> = Vec::new();
        for attendee in mesa.people.attendees.values() {
            let actor = attendee.seat.and_then(|seat| mesa.actor_of(seat));
            let sector = self.sector(actor.map(|actor| actor.sector));
            let place =
                counts.iter().position(|count| count.sector == sector).unwrap_or_else(|| {
                    counts.push(SectorAttendance { sector, in_room: 0, remote: 0, assisted: 0 });
                    counts.len() - 1
                });
            let count = &mut counts[place];
            match attendee.mode {
                AttendanceMode::InRoom => count.in_room += 1,
                AttendanceMode::Remote => count.remote += 1,
                AttendanceMode::Assisted => count.assisted += 1,
            }
        }
        counts
    }
}

/// An organisation with a seat, or that they speak for none.
fn who(mesa: &Mesa, said: &domain::Contribution) -> String {
    let actor = said.actor.and_then(|number| mesa.actor(number));
    actor.map_or_else(|| words::OTHERS.to_owned(), |actor| actor.organisation.to_string())
}
