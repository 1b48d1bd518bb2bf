//! The texts that somebody typed in events about the exercise.

use super::Event;
use super::card::{Actor, ExerciseCard, Logo, MesaCard, PrivacyNotice};
use super::sections::Sections;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::ExerciseDescribed(card) => of_exercise(card, visit),
            Self::MesaDescribed { mesa: _, card } => of_mesa(card, visit),
            Self::ActorDescribed(actor) => of_actor(actor, visit),
            Self::NoticePublished(notice) => {
                let PrivacyNotice { version: _, short, full } = &mut **notice;
                visit(Part::Notice, short);
                visit(Part::Notice, full);
            }
            Self::LogoSet { place: _, logo } => {
                if let Some(Logo { name, image: _ }) = logo.as_deref_mut() {
                    visit(Part::Logo, name);
                }
            }
            Self::SectionsWritten(sections) => of_sections(sections, visit),
        }
    }
}

fn of_exercise(card: &mut ExerciseCard, visit: &mut Visit<'_>) {
    let ExerciseCard {
        name,
        state,
        municipality,
        guarantor,
        reference_plan,
        axes,
        quota: _,
        sectors,
        starts: _,
        ends: _,
        decision_rule: _,
        quorum: _,
        secret_conformity: _,
        time_zone: _,
        language,
        sample: _,
        notice: _,
    } = card;
    for text in [name, state, municipality, guarantor, reference_plan, language] {
        visit(Part::Exercise, text);
    }
    axes.iter_mut().for_each(|axis| visit(Part::Exercise, &mut axis.name));
    sectors.iter_mut().for_each(|sector| visit(Part::Exercise, &mut sector.name));
}

fn of_sections(sections: &mut Sections, visit: &mut Visit<'_>) {
    let Sections {
        context,
        how_it_was_made,
        legal_framework,
        definitions,
        strategic_objective,
        specific_objectives,
        measurement,
    } = sections;
    let passages = [context, how_it_was_made, strategic_objective, measurement];
    for passage in passages.into_iter().flatten() {
        visit(Part::Exercise, passage);
    }
    for entry in legal_framework.iter_mut().chain(specific_objectives) {
        visit(Part::Exercise, entry);
    }
    for definition in definitions {
        visit(Part::Exercise, &mut definition.term);
        visit(Part::Exercise, &mut definition.meaning);
    }
}

fn of_mesa(card: &mut MesaCard, visit: &mut Visit<'_>) {
    let MesaCard { theme, venue, mode: _, starts_at: _, ends_at: _, agenda } = card;
    visit(Part::Mesa, theme);
    visit(Part::Mesa, venue);
    agenda.iter_mut().for_each(|point| visit(Part::Mesa, &mut point.title));
}

fn of_actor(actor: &mut Actor, visit: &mut Visit<'_>) {
    let Actor {
        id: _,
        number: _,
        organisation,
        sector: _,
        signs: _,
        seats: _,
        acting: _,
        withdrawn: _,
    } = actor;
    visit(Part::Actor, organisation);
}
