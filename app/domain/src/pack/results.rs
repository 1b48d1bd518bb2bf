//! Results of a consultation: what was answered, counted. The rows of people aren't kept, only how many
//! they are.

use serde::{Deserialize, Serialize};

use super::state::{By, FileNumber};
use crate::text::free::{Part, Visit};
use crate::{Digest, Millis, ShortText};

/// Most questions of a file.
pub const MOST_QUESTIONS: usize = 40;
/// Most options of a question, and most commitments of a matrix.
pub const MOST_OPTIONS: usize = 40;
/// Most groups by which answers are told apart, of each kind.
pub const MOST_GROUPS: usize = 12;
/// Most texts of a question that match no option and are kept one by one.
pub const MOST_RESTS: usize = 40;
/// Most marks that are told apart in a distribution.
pub const MOST_MARKS: usize = 12;
/// Most files with results at a time.
pub const MOST_RESULTS: usize = 20;
/// A group of fewer people isn't told apart: what they answered could be found out.
pub const FEWEST_PEOPLE: u32 = 5;
/// The highest mark.
pub const HIGHEST_MARK: u32 = 100;

/// Number of results in their exercise, from 1, in the order in which they were counted.
pub type ResultsNumber = u16;

/// A mark in hundredths: 8.9 is 890.
pub type Hundredths = u32;

/// The results of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// Their number.
    pub number: ResultsNumber,
    /// The file.
    pub file: FileNumber,
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// When they were counted, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who had them counted.
    pub by: By,
    /// What was counted.
    pub counted: Counted,
}

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many people answered; none: the file holds counts and not people.
    pub people: Option<u32>,
    /// How the people are told apart.
    pub groupings: Vec<Grouping>,
    /// The questions, in the order of the file.
    pub questions: Vec<Question>,
}

/// By what people are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GroupBy {
    /// Their gender.
    Gender,
    /// Where they live.
    Locality,
    /// Their age.
    Age,
}

/// The groups of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouping {
    /// By what.
    pub by: GroupBy,
    /// The groups.
    pub groups: Vec<Group>,
}

/// A group of at least [`FEWEST_PEOPLE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name; empty: those of groups that are too small.
    pub name: ShortText,
    /// How many people.
    pub people: u32,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QuestionKind {
    /// With one option.
    One,
    /// With several options.
    Several,
    /// With a mark for each row.
    Mark,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked; empty where the file doesn't say it.
    pub title: ShortText,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many people answered it.
    pub answered: u32,
    /// The options with how often they were chosen, or what was marked.
    pub rows: Vec<Row>,
    /// What matches no option, the most frequent first.
    pub rest: Vec<Rest>,
    /// How many more answers match none.
    pub rest_beside: u32,
}

/// An option, or what was marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it says.
    pub label: ShortText,
    /// How many people chose it, or gave it a mark.
    pub count: u32,
    /// The mean of its marks; none: it has options or no marks.
    pub mean: Option<Hundredths>,
    /// How many gave which mark, lowest first.
    pub spread: Vec<(Hundredths, u32)>,
    /// For each grouping and group: how many chose it, or the mean of their marks, none without one.
    pub parts: Vec<Vec<Option<u32>>>,
}

/// An answer that matches no option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// What it says.
    pub text: ShortText,
    /// How often.
    pub count: u32,
}

impl Question {
    /// How many answers match no option.
    pub fn unrecognised(&self) -> u32 {
        self.rest.iter().fold(self.rest_beside, |sum, rest| sum.saturating_add(rest.count))
    }

    /// The highest that a bar of it can reach: of a mark the next usual scale, else everybody.
    pub fn full(&self) -> u32 {
        match self.kind {
            QuestionKind::One | QuestionKind::Several => self.answered.max(1),
            QuestionKind::Mark => {
                let marks = self.rows.iter().flat_map(|row| {
                    row.mean.into_iter().chain(row.spread.iter().map(|(mark, _)| *mark))
                });
                let highest = marks.max().unwrap_or_default();
                [500, 1_000].into_iter().find(|full| highest <= *full).unwrap_or(100 * HIGHEST_MARK)
            }
        }
    }

    fn is_possible(&self, groupings: &[Grouping]) -> bool {
        let fits = |row: &Row| {
            !row.label.is_empty()
                && row.spread.len() <= MOST_MARKS
                && row.mean.is_none_or(|mean| mean <= HIGHEST_MARK * 100)
                && row.parts.iter().map(Vec::len).eq(groupings.iter().map(|by| by.groups.len()))
        };
        (1..=MOST_OPTIONS).contains(&self.rows.len())
            && self.rest.len() <= MOST_RESTS
            && self.rows.iter().all(fits)
    }
}

impl Counted {
    /// Whether it can be kept: something, and no more than there may be.
    pub fn is_possible(&self) -> bool {
        let fits = |by: &Grouping| {
            by.groups.len() <= MOST_GROUPS
                && by.groups.iter().all(|group| group.people >= FEWEST_PEOPLE)
        };
        (1..=MOST_QUESTIONS).contains(&self.questions.len())
            && self.groupings.len() <= 3
            && self.groupings.iter().all(fits)
            && self.questions.iter().all(|question| question.is_possible(&self.groupings))
    }

    pub(super) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        let groups = self.groupings.iter_mut().flat_map(|by| &mut by.groups);
        groups.for_each(|group| visit(Part::Consultation, &mut group.name));
        for question in &mut self.questions {
            visit(Part::Consultation, &mut question.title);
            question.rows.iter_mut().for_each(|row| visit(Part::Consultation, &mut row.label));
            question.rest.iter_mut().for_each(|rest| visit(Part::Consultation, &mut rest.text));
        }
    }
}
