//! The information pack in the minutes: what was sent by whom and when, whether the notice was kept, and who
//! had opened it when the mesa began.

use app::page::pack::{Gone, Stamp};
use app::text::pack as words;
use document::{PackLine, PackReport};
use domain::pack::{By, End, Entry, File};
use domain::{Mesa, Millis, Phase};

use super::Source;
use crate::clock;
use crate::service::pack::{actors, organisation, reader};

impl Source<'_> {
    /// The pack of a mesa; none: nothing was agreed on and nothing was sent.
    pub(super) fn pack(&self, mesa: &Mesa) -> Option<PackReport> {
        let pack = &self.exercise.pack;
        let notice = mesa.conduct.notice;
        if notice.is_none() && pack.files.is_empty() && pack.absent.is_empty() {
            return None;
        }
        let due = notice.map(|notice| notice.due);
        let rule = self.exercise.card.as_deref().and_then(|card| card.notice);
        let until = due.and_then(|due| clock::day_and_time(self.zone(), due)).zip(rule);
        let until = until.map(|(due, rule)| words::asked_for(due, self.zone(), rule));
        let kept = notice.map(|notice| words::kept(notice.missing, notice.late));
        Some(PackReport {
            standing: until.into_iter().chain(kept).collect(),
            sent: Entry::ALL.iter().flat_map(|entry| self.pack_lines(*entry, due)).collect(),
            opened: self.opened(mesa),
        })
    }

    fn pack_lines(&self, entry: Entry, due: Option<Millis>) -> Vec<PackLine> {
        let pack = &self.exercise.pack;
        let files = pack.files.iter().filter(|file| file.entry == entry);
        let mut lines: Vec<_> = files.map(|file| self.pack_file(file, due)).collect();
        lines.extend(pack.absence(entry).map(|absence| PackLine {
            entry: words::entry(entry).to_owned(),
            what: words::nothing(absence.reason.as_str()),
            by: self.sender(absence.by),
            when: self.stamp_of(absence.at, due).map(words::said).unwrap_or_default(),
        }));
        if lines.is_empty() {
            lines.push(PackLine {
                entry: words::entry(entry).to_owned(),
                what: words::MISSING.to_owned(),
                by: String::new(),
                when: String::new(),
            });
        }
        lines
    }

    fn pack_file(&self, file: &File, due: Option<Millis>) -> PackLine {
        let gone = file.end.as_ref().map(|end| match end {
            End::Replaced { .. } => Gone::Replaced,
            End::Withdrawn { reason, .. } => Gone::Withdrawn(reason.to_string()),
        });
        let gone = gone.map(|gone| format!(" ({})", words::gone(&gone))).unwrap_or_default();
        PackLine {
            entry: words::entry(file.entry).to_owned(),
            what: format!("{}{gone}", file.name),
            by: self.sender(file.by),
            when: self.stamp_of(file.at, due).map(words::stamp).unwrap_or_default(),
        }
    }

    fn sender(&self, by: By) -> String {
        organisation(self.exercise, by).unwrap_or_else(|| words::BY_FACILITATION.to_owned())
    }

    fn stamp_of(&self, at: Millis, due: Option<Millis>) -> Option<Stamp> {
        let moment = |at| clock::day_and_time(self.zone(), at);
        let due = due.and_then(|due| Some((moment(due)?, at < due)));
        Some(Stamp { at: moment(at)?, due })
    }

    /// Who had opened the pack when the mesa began.
    fn opened(&self, mesa: &Mesa) -> Vec<String> {
        let mut phases = mesa.conduct.phases.iter();
        let began = phases.find(|start| start.phase != Phase::Preparation).map(|start| start.at);
        let before = (self.zone(), began.unwrap_or(Millis::MAX));
        let readers = actors(self.exercise).map(|actor| reader(self.exercise, actor, before));
        words::readers(&readers.collect::<Vec<_>>())
    }
}
