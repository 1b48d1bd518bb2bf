//! A question for conformity with what was answered to it: the present one, or one that was closed
//! before another was asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::{Given, Question, State, Version, VersionNumber};
use crate::{ActorNumber, ItemId};

/// What each actor said of each commitment, last.
pub type Answers = BTreeMap<ActorNumber, BTreeMap<ItemId, Given>>;

/// A question that was closed before the present one. It stays as it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The question.
    pub question: Question,
    /// The answers when it was closed.
    pub answers: Answers,
}

/// A question with its answers, about the texts of one version.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// The question.
    pub question: &'a Question,
    answers: &'a Answers,
    about: &'a Version,
    versions: &'a [Version],
}

impl<'a> Inquiry<'a> {
    /// What an actor said of the text that a commitment has in the version that was asked about; none
    /// when they didn't answer, or said it of another text.
    pub fn given(&self, actor: ActorNumber, commitment: ItemId) -> Option<&'a Given> {
        about(self.versions, self.about, self.answers, actor, commitment)
    }
}

/// What an actor said of the text that a commitment has in a version.
pub(super) fn about<'a>(
    versions: &[Version],
    version: &Version,
    answers: &'a Answers,
    actor: ActorNumber,
    commitment: ItemId,
) -> Option<&'a Given> {
    let given = answers.get(&actor)?.get(&commitment)?;
    let said_of = versions.iter().find(|version| version.number == given.version)?;
    (version.text_of(commitment)? == said_of.text_of(commitment)?).then_some(given)
}

impl State {
    /// The present question about the texts of the last version; none: nobody was asked yet.
    pub fn inquiry(&self) -> Option<Inquiry<'_>> {
        Some(Inquiry {
            question: self.question.as_ref()?,
            answers: &self.answers,
            about: self.version()?,
            versions: &self.versions,
        })
    }

    /// The closed question in which the text was agreed to that a commitment has in a version: the
    /// version's own, or for a version that was followed by another one the last that was about the
    /// same text. None: nobody was asked about that text, or answers are still taken.
    pub fn closed_about(&self, version: VersionNumber, commitment: ItemId) -> Option<Inquiry<'_>> {
        let text = self.version_numbered(version)?.text_of(commitment)?;
        let before = self.told.iter().map(|told| (&told.question, &told.answers));
        let present = self.question.iter().map(|question| (question, &self.answers));
        let closed = before.chain(present).filter(|(question, _)| question.closed.is_some());
        let all: Vec<_> = closed
            .filter_map(|(question, answers)| {
                let about = self.version_numbered(question.version)?;
                let inquiry = Inquiry { question, answers, about, versions: &self.versions };
                (about.text_of(commitment)? == text).then_some(inquiry)
            })
            .collect();
        let is_last = self.version().is_some_and(|last| last.number == version);
        if is_last {
            let present = self.question.as_ref()?;
            let own = present.version == version && present.closed.is_some();
            return all.last().filter(|_| own).copied();
        }
        let own = all.iter().rfind(|inquiry| inquiry.question.version == version);
        own.or(all.last()).copied()
    }

    /// Keeps the present question, if it was closed, before another one is asked. Of a version only
    /// the last is kept.
    pub(super) fn keep_told(&mut self) {
        let Some(question) = self.question.take_if(|question| question.closed.is_some()) else {
            return;
        };
        self.told.retain(|told| told.question.version != question.version);
        self.told.push(std::sync::Arc::new(Told { question, answers: self.answers.clone() }));
    }
}
