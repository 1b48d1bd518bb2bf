//! A question of a consultation as bars: what the projector shows of it.

use serde::{Deserialize, Serialize};

use super::results::{Hundredths, Question, QuestionKind};
use crate::ShortText;
use crate::text::free::{Part, Visit};

/// Most bars of a chart.
pub const MOST_BARS: usize = 8;

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What was asked; empty where nothing says it.
    pub title: ShortText,
    /// How it was answered.
    pub kind: QuestionKind,
    /// How many people answered.
    pub answered: u32,
    /// What a bar reaches at most: people, or a mark.
    pub full: u32,
    /// The bars.
    pub bars: Vec<Bar>,
    /// How many more rows there are.
    pub beside: u32,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What it stands for.
    pub label: ShortText,
    /// How many people.
    pub count: u32,
    /// The mean of their marks.
    pub mean: Option<Hundredths>,
}

impl Chart {
    /// Of a question: its first rows.
    pub fn of(question: &Question) -> Self {
        let bars = question.rows.iter().take(MOST_BARS).map(|row| Bar {
            label: row.label.clone(),
            count: row.count,
            mean: row.mean,
        });
        let beside = question.rows.len().saturating_sub(MOST_BARS);
        Self {
            title: question.title.clone(),
            kind: question.kind,
            answered: question.answered,
            full: question.full(),
            bars: bars.collect(),
            beside: u32::try_from(beside).unwrap_or(u32::MAX),
        }
    }

    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        visit(Part::Consultation, &mut self.title);
        self.bars.iter_mut().for_each(|bar| visit(Part::Consultation, &mut bar.label));
    }
}

impl Bar {
    /// How long it is, of a thousand.
    pub fn length(&self, kind: QuestionKind, full: u32) -> u32 {
        let value = match kind {
            QuestionKind::One | QuestionKind::Several => self.count,
            QuestionKind::Mark => self.mean.unwrap_or_default(),
        };
        let of = u64::from(value).saturating_mul(1_000) / u64::from(full.max(1));
        u32::try_from(of.min(1_000)).unwrap_or(1_000)
    }
}
