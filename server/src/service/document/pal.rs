//! The plan as a document: from the canonical text of a version, with who agreed to it.

use app::text::{agreement as words, form, name};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use document::{
    Activity, Category, Closing, Commitment, Conformity, Edition, Groups, Indicator, Logo, Mesa,
    Participant, Period, PictureKind, Plan, Problem, Request, SectorCount, Voice,
};
use domain::agreement::verdict::Outcome;
use domain::agreement::{Stance, Version};
use domain::codes::Parsed;
use domain::deliberation::choice::{Component, Origin};
use domain::exercise::{DecisionRule, ImageKind, SeatKind};
use domain::{Actor, Exercise, ExerciseCard, ItemId, ItemKind};
use serde_json::Value;
use store::{Store, StoreError};

use super::people::People;
use super::{Kind, Source, day, sections};
use crate::clock;
use crate::service::plan::canonical;

/// The logos that a document can show, in their order.
pub(super) async fn logos(store: &Store, exercise: &Exercise) -> Result<Vec<Logo>, StoreError> {
    let mut logos = Vec::new();
    for logo in exercise.logos.values().flatten() {
        let kind = match logo.image.kind {
            ImageKind::Png => PictureKind::Png,
            ImageKind::Jpeg => PictureKind::Jpeg,
            ImageKind::WebP => continue,
        };
        let Some(bytes) = store.whole_blob(logo.image.digest).await? else { continue };
        let bytes = STANDARD.encode(bytes);
        logos.push(Logo { name: logo.name.to_string(), kind, bytes });
    }
    Ok(logos)
}

/// A text of the canonical one.
fn said(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u32 {
    value.as_u64().and_then(|number| number.try_into().ok()).unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A day of the canonical text.
fn date(value: &Value) -> Option<document::Date> {
    let mut parts = value.as_str()?.split('-');
    Some(document::Date {
        year: parts.next()?.parse().ok()?,
        month: parts.next()?.parse().ok()?,
        day: parts.next()?.parse().ok()?,
    })
}

fn period(value: &Value) -> Option<Period> {
    Some(Period { from: date(&value["starts"])?, to: date(&value["ends"])? })
}

impl Source<'_> {
    /// The plan as it stands, before it is frozen.
    pub(super) fn draft(&self, people: &People) -> Option<Request> {
        let next = self.exercise.plan.version().map_or(1, |last| last.number.saturating_add(1));
        let text = canonical(self.exercise, self.stream, next, self.now).text;
        let text: Value = serde_json::from_str(&text).ok()?;
        let edition = Edition::Draft { made: self.moment(self.now) };
        self.plan_of(&text, None, edition, people, Vec::new())
    }

    /// A copy of a version.
    pub(super) fn plan(&self, kind: Kind, people: &People, logos: Vec<Logo>) -> Option<Request> {
        let (Kind::Full(version) | Kind::Public(version) | Kind::Paper(version)) = kind else {
            return None;
        };
        let version = self.version(version)?;
        let stamp = self.stamp(version)?;
        let text: Value = serde_json::from_str(&stamp.canonical).ok()?;
        let edition = match kind {
            Kind::Full(_) => Edition::Full { stamp },
            Kind::Paper(_) => Edition::Paper { stamp },
            _ => Edition::Public { stamp },
        };
        self.plan_of(&text, Some(version), edition, people, logos)
    }

    fn plan_of(
        &self,
        text: &Value,
        version: Option<&Version>,
        edition: Edition,
        people: &People,
        logos: Vec<Logo>,
    ) -> Option<Request> {
        let card = self.exercise.card.as_deref()?;
        let public = matches!(edition, Edition::Public { .. });
        let problems: Vec<(String, Problem)> = self.problems(text);
        let rules = rules(text, card);
        let commitments = list(&text["commitments"])
            .map(|commitment| {
                let id = said(&commitment["id"]).parse().ok();
                let conformity = id.zip(version);
                let conformity =
                    conformity.and_then(|(id, version)| self.conformity(id, version, rules));
                Commitment { conformity, ..self.commitment(commitment, &problems) }
            })
            .collect();
        let round = version.and_then(|version| self.exercise.plan.round_of(version.number));
        let facilitates = self.exercise.actors.iter().find(|actor| {
            actor.sector == domain::exercise::Sector::Facilitation && !actor.withdrawn
        });
        Some(Request::Pal(Box::new(Plan {
            edition,
            exercise: self.exercise()?,
            period: period(&text["exercise"])?,
            logos,
            context: sections::texts(text, "context"),
            how_it_was_made: sections::texts(text, "how_it_was_made"),
            mesas: self.exercise.mesas.values().filter_map(|mesa| self.mesa(mesa)).collect(),
            participants: self.participants(people, public),
            rule: format!("{}. {}", form::rule(rules.0), words::quorum(rules.1)),
            legal_framework: sections::texts(text, "legal_framework"),
            definitions: sections::definitions(text),
            strategic_objective: sections::texts(text, "strategic_objective"),
            specific_objectives: sections::texts(text, "specific_objectives"),
            problems: problems.into_iter().map(|(_, problem)| problem).collect(),
            commitments,
            measurement: sections::texts(text, "measurement"),
            closing: Closing {
                place: format!("{}, {}", card.municipality, card.state),
                signed: round.map(|round| self.moment(round.opened).date()),
                facilitated_by: facilitates
                    .map(|actor| actor.organisation.to_string())
                    .unwrap_or_default(),
            },
            signers: self.signers(round, people, public),
            certificates: Vec::new(),
        })))
    }

    fn mesa(&self, mesa: &domain::Mesa) -> Option<Mesa> {
        let card = mesa.card.as_deref()?;
        let mut attendance: Vec<SectorCount> = Vec::new();
        for attendee in mesa.people.attendees.values() {
            let actor = attendee.seat.and_then(|seat| mesa.actor_of(seat));
            let sector = self.sector(actor.map(|actor| actor.sector));
            match attendance.iter_mut().find(|count| count.sector == sector) {
                Some(count) => count.people += 1,
                None => attendance.push(SectorCount { sector, people: 1 }),
            }
        }
        Some(Mesa {
            number: mesa.number.0.into(),
            theme: card.theme.to_string(),
            place: card.venue.to_string(),
            date: clock::day_and_time(self.zone(), card.starts_at).map(|(on, _)| day(on)),
            mode: form::mode(card.mode).to_lowercase(),
            attendance,
        })
    }

    fn participants(&self, people: &People, public: bool) -> Vec<Participant> {
        let taking_part = self.exercise.actors.iter().filter(|actor| !actor.withdrawn);
        let row = |actor: &std::sync::Arc<Actor>| {
            let of = |kind| {
                let seat = actor.seats.iter().find(|seat| seat.kind == kind);
                seat.map(|seat| people.in_seat(self.exercise, seat, public)).unwrap_or_default()
            };
            Participant {
                organisation: actor.organisation.to_string(),
                sector: self.sector(Some(actor.sector)),
                holder: of(SeatKind::Holder),
                alternate: of(SeatKind::Alternate),
                contact: (!public).then(|| people.contact(self.exercise, actor)).flatten(),
            }
        };
        taking_part.map(row).collect()
    }

    /// The problems, by their ids.
    fn problems(&self, text: &Value) -> Vec<(String, Problem)> {
        let several = self.exercise.mesas.len() > 1;
        let problem = |it: &Value| {
            let id = said(&it["id"]);
            let of = list(&text["commitments"])
                .filter(|commitment| list(&commitment["problems"]).any(|other| said(other) == id))
                .map(|commitment| number(&commitment["number"]));
            let source = said(&it["evidence_source"]);
            let evidence = [said(&it["evidence"]), source];
            let evidence: Vec<_> = evidence.into_iter().filter(|part| !part.is_empty()).collect();
            let own = number(&it["number"]);
            let numbered =
                if several { format!("P{}.{own}", number(&it["mesa"])) } else { format!("P{own}") };
            let problem = Problem {
                number: numbered,
                title: said(&it["title"]),
                statement: said(&it["statement"]),
                affected: said(&it["affected"]),
                place: said(&it["place"]),
                evidence: evidence.join(" · "),
                origin: Origin::parse(&said(&it["origin"]))
                    .map(name::origin)
                    .unwrap_or_default()
                    .to_owned(),
                commitments: of.collect(),
            };
            (id, problem)
        };
        list(&text["problems"]).map(problem).collect()
    }

    fn commitment(&self, it: &Value, problems: &[(String, Problem)]) -> Commitment {
        let own = number(&it["number"]);
        let answers = |id: &Value| {
            let found = problems.iter().find(|(other, _)| *other == said(id));
            found.map(|(_, problem)| format!("{}. {}", problem.number, problem.title))
        };
        let components = list(&it["components"])
            .filter_map(|code| Component::parse(code.as_str()?))
            .map(|component| name::component(component).to_owned());
        let lead = said(&it["lead"]["name"]);
        let axis = &it["axis"];
        Commitment {
            number: own,
            category: category(&said(&it["category"])),
            title: titled(said(&it["title"]), ItemKind::Commitment),
            objective: said(&it["objective"]),
            description: said(&it["description"]),
            contribution: said(&it["contribution"]),
            result: said(&it["expected_result"]),
            indicator: Indicator {
                what: said(&it["indicator"]["what"]),
                unit: said(&it["indicator"]["unit"]),
                baseline: said(&it["indicator"]["baseline"]),
                target: said(&it["indicator"]["target"]),
                period: said(&it["indicator"]["period"]),
            },
            components: components.collect(),
            axis: axis["name"].as_str().map(|name| format!("{}. {name}", axis["number"])),
            counterpart: said(&it["civil_counterpart"]["name"]),
            period: period(it),
            feasibility: words::feasibility(
                &said(&it["feasibility"]),
                &said(&it["feasibility_note"]),
            ),
            budget: said(&it["budget_note"]),
            sdg: it["sdg"]
                .as_u64()
                .and_then(|goal| goal.try_into().ok())
                .map(name::sdg)
                .unwrap_or_default(),
            problems: list(&it["problems"]).filter_map(answers).collect(),
            activities: list(&it["activities"])
                .map(|activity| self::activity(activity, own, &lead))
                .collect(),
            conformity: None,
            lead,
        }
    }

    /// Who agreed to the text that a commitment has in a version, once the question about that text
    /// was closed, by the rule and quorum of that version.
    pub(super) fn conformity(
        &self,
        id: ItemId,
        version: &Version,
        (rule, quorum): (DecisionRule, u16),
    ) -> Option<Conformity> {
        let inquiry = self.exercise.plan.closed_about(version.number, id)?;
        let verdict = inquiry.verdict(id, rule, quorum);
        if verdict.outcome == Outcome::Open {
            return None;
        }
        let mut groups = Groups::default();
        for number in &inquiry.question.entitled {
            let Some(actor) = self.exercise.actors.iter().find(|actor| actor.number == *number)
            else {
                continue;
            };
            let organisation = actor.organisation.to_string();
            let stance = inquiry.given(*number, id).and_then(|given| given.stance.as_ref());
            match stance {
                Some(Stance::Agree) => groups.agree.push(organisation),
                Some(Stance::AgreeWithReservation(reason)) => {
                    groups
                        .with_reservation
                        .push(Voice { organisation, text: reason.as_str().to_owned() });
                }
                Some(Stance::Disagree(reason)) => {
                    groups.disagree.push(Voice { organisation, text: reason.as_str().to_owned() });
                }
                Some(Stance::Abstain) => groups.abstain.push(organisation),
                None => groups.unanswered.push(organisation),
            }
        }
        let asked = inquiry.question.version;
        Some(Conformity {
            adopted: verdict.outcome == Outcome::Adopted,
            rule: words::why(&verdict),
            asked_with: (asked != version.number).then_some(asked.into()),
            groups,
        })
    }
}

/// The decision rule and the quorum that a canonical text names; the exercise's present ones where
/// it names none.
pub(super) fn rules(text: &Value, card: &ExerciseCard) -> (DecisionRule, u16) {
    let exercise = &text["exercise"];
    let rule = exercise["decision_rule"].as_str().and_then(DecisionRule::parse);
    let quorum = exercise["quorum"].as_u64().and_then(|quorum| quorum.try_into().ok());
    (rule.unwrap_or(card.decision_rule), quorum.unwrap_or(card.quorum))
}

fn category(code: &str) -> Category {
    match domain::deliberation::choice::Category::parse(code) {
        Some(domain::deliberation::choice::Category::FollowTheMoney) => Category::FollowTheMoney,
        Some(domain::deliberation::choice::Category::NationalPlanAligned) => Category::NationalPlan,
        Some(domain::deliberation::choice::Category::LocalProblem) => Category::Local,
        Some(domain::deliberation::choice::Category::Proactive) | None => Category::Proactive,
    }
}

fn activity(it: &Value, commitment: u32, lead: &str) -> Activity {
    let own = said(&it["lead"]["name"]);
    Activity {
        number: format!("{commitment}.{}", number(&it["number"])),
        text: titled(said(&it["title"]), ItemKind::Activity),
        deliverable: said(&it["deliverable"]),
        lead: if own == lead { String::new() } else { own },
        post: said(&it["responsible_post"]),
        person: String::new(),
        co_responsible: said(&it["co_responsible"]),
        start: date(&it["starts"]),
        due: date(&it["due_date"]),
    }
}

/// A title, or what stands for one that nobody wrote.
fn titled(title: String, kind: ItemKind) -> String {
    if title.trim().is_empty() { name::untitled(kind).to_owned() } else { title }
}
