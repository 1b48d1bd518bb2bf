//! Folding events into the state. Total: an event that doesn't fit (which [`decide`](crate::decide::decide) never makes)
//! changes nothing, so that no log can crash a reader.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::decide::year_from;
use crate::event::Event;
use crate::field::{Assignment, TextField};
use crate::item::{Activity, Commitment, Details, Item, ItemKind, Party, Problem};
use crate::patch::Patch;
use crate::state::{Attendee, State};
use crate::{Alias, ItemId, ShortText};

impl State {
    /// The state after one more event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::PlanOpened(card) => self.plan = Some(Arc::new(card.as_ref().clone())),
            Event::MesaGathered { mesa } => self.mesas.push(*mesa),
            Event::MesaOpened(card) => self.mesa = Some(Arc::new(card.as_ref().clone())),
            Event::ActorSeated(actor) => self.actors.push(Arc::new(actor.as_ref().clone())),
            Event::JoinCodeSet { code } => Arc::make_mut(&mut self.registry).join_code = code.clone(),
            Event::LinkIssued { link, issued } => {
                Arc::make_mut(&mut self.registry).links.insert(*link, issued.clone());
            }
            Event::PersonEnrolled { person, record } => {
                Arc::make_mut(&mut self.registry).people.insert(*person, *record);
            }
            Event::SessionOpened { session, opened } => {
                Arc::make_mut(&mut self.registry).sessions.insert(*session, opened.clone());
            }
            Event::SessionClosed { session } => {
                if let Some(session) = Arc::make_mut(&mut self.registry).sessions.get_mut(session) {
                    session.closed = true;
                }
            }
            Event::Arrived { person, organisation, seat, mode } => {
                let attendee = Attendee { organisation: organisation.clone(), seat: *seat, mode: *mode };
                self.attendees.insert(*person, attendee);
            }
            Event::DoorSet { open } => self.door_open = *open,
            Event::PhaseChanged { to } => self.phase = *to,
            Event::ShownChanged { shown } => self.shown = shown.clone(),
            Event::ItemAdded { item, alias, kind, parent, author } => self.add(*item, *alias, *kind, *parent, *author),
            Event::ItemRemoved { item } => self.change(*item, |item| item.removed = true),
            Event::ItemRestored { item } => self.change(*item, |item| item.removed = false),
            Event::ItemMoved { item, after } => self.reorder(*item, *after),
            Event::TextPatched { item, field, patch } => self.patch(*item, *field, patch),
            Event::Assigned { item, value } => self.change(*item, |item| assign(&mut item.details, value)),
        }
    }

    pub(crate) fn change(&mut self, id: ItemId, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(&id) {
            change(Arc::make_mut(item));
        }
    }

    /// Changes a long text; what doesn't fit changes nothing.
    pub fn patch(&mut self, id: ItemId, field: TextField, patch: &Patch) {
        self.change(id, |item| {
            if let Ok(text) = patch.apply(item.text(field)) {
                item.texts.insert(field, text);
            }
        });
    }

    fn add(&mut self, id: ItemId, alias: Alias, kind: ItemKind, parent: Option<ItemId>, author: Option<crate::PersonId>) {
        let details = match kind {
            ItemKind::Problem => Details::Problem(Problem::default()),
            ItemKind::Commitment => {
                // The plan's period, as far as a commitment may last.
                let period = self.mesa.as_ref().map(|mesa| (mesa.plan_starts, mesa.plan_ends.min(year_from(mesa.plan_starts))));
                Details::Commitment(Commitment {
                    starts: period.map(|(starts, _)| starts),
                    ends: period.map(|(_, ends)| ends),
                    ..Commitment::default()
                })
            }
            ItemKind::Activity => {
                let Some(commitment) = parent else { return };
                Details::Activity(Activity {
                    commitment,
                    lead: Party::Unnamed,
                    responsible_post: ShortText::default(),
                    responsible_person: ShortText::default(),
                    co_responsible: ShortText::default(),
                    starts: None,
                    due: None,
                })
            }
        };
        // A device shows what it added before the server numbered it: its own numbers follow those it knows.
        if alias.0 as usize == self.aliases.len() {
            self.aliases.push(id);
        }
        self.list_mut(kind, parent, |list| list.push(id));
        let item = Item { id, alias, author, removed: false, texts: BTreeMap::new(), details };
        self.items.insert(id, Arc::new(item));
    }

    fn reorder(&mut self, id: ItemId, after: Option<ItemId>) {
        let Some((kind, parent)) = self.items.get(&id).map(|item| (item.kind(), item.parent())) else { return };
        self.list_mut(kind, parent, |list| {
            list.retain(|other| *other != id);
            let place = after.and_then(|after| list.iter().position(|other| *other == after)).map_or(0, |place| place + 1);
            list.insert(place, id);
        });
    }

    fn list_mut(&mut self, kind: ItemKind, parent: Option<ItemId>, change: impl FnOnce(&mut Vec<ItemId>)) {
        match (kind, parent) {
            (ItemKind::Problem, _) => change(&mut self.problems),
            (ItemKind::Commitment, _) => change(&mut self.commitments),
            (ItemKind::Activity, Some(parent)) => self.change(parent, |item| {
                if let Details::Commitment(commitment) = &mut item.details {
                    change(&mut commitment.activities);
                }
            }),
            (ItemKind::Activity, None) => {}
        }
    }
}

fn assign(details: &mut Details, value: &Assignment) {
    match details {
        Details::Problem(problem) => assign_problem(problem, value),
        Details::Commitment(commitment) => assign_commitment(commitment, value),
        Details::Activity(activity) => assign_activity(activity, value),
    }
}

fn assign_problem(problem: &mut Problem, value: &Assignment) {
    match value {
        Assignment::Origin(origin) => problem.origin = *origin,
        Assignment::EvidenceSource(source) => problem.evidence_source = source.clone(),
        Assignment::ProblemState(state) => problem.state = state.clone(),
        _ => {}
    }
}

fn assign_commitment(commitment: &mut Commitment, value: &Assignment) {
    match value {
        Assignment::Category(category) => commitment.category = *category,
        Assignment::Problem { problem, linked } => {
            commitment.problems.retain(|other| other != problem);
            if *linked {
                commitment.problems.push(*problem);
            }
        }
        Assignment::Axis(axis) => commitment.axis = *axis,
        Assignment::IndicatorUnit(text) => commitment.indicator.unit = text.clone(),
        Assignment::IndicatorBaseline(text) => commitment.indicator.baseline = text.clone(),
        Assignment::IndicatorTarget(text) => commitment.indicator.target = text.clone(),
        Assignment::IndicatorPeriod(text) => commitment.indicator.period = text.clone(),
        Assignment::Component { component, present: true } => {
            commitment.components.insert(*component);
        }
        Assignment::Component { component, present: false } => {
            commitment.components.remove(component);
        }
        Assignment::Lead(party) => commitment.lead = party.clone(),
        Assignment::Counterpart(party) => commitment.counterpart = party.clone(),
        Assignment::Starts(date) => commitment.starts = *date,
        Assignment::Ends(date) => commitment.ends = *date,
        Assignment::Feasibility(feasibility) => commitment.feasibility = feasibility.clone(),
        Assignment::Sdg(goal) => commitment.sdg = *goal,
        _ => {}
    }
}

fn assign_activity(activity: &mut Activity, value: &Assignment) {
    match value {
        Assignment::Lead(party) => activity.lead = party.clone(),
        Assignment::ResponsiblePost(text) => activity.responsible_post = text.clone(),
        Assignment::ResponsiblePerson(text) => activity.responsible_person = text.clone(),
        Assignment::CoResponsible(text) => activity.co_responsible = text.clone(),
        Assignment::Starts(date) => activity.starts = *date,
        Assignment::Due(date) => activity.due = *date,
        _ => {}
    }
}
