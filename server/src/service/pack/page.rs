//! The page of a mesa's information pack: what stands, until when it is due, and who opened it.

use std::collections::BTreeSet;

use app::page::pack::{Done, Gone, Pack, Part, Reader, Row, Sent, Stamp, Term};
use app::page::prepare::Moment;
use domain::deliberation::check;
use domain::pack::{By, End, Entry, File, FileNumber, Sender};
use domain::{Actor, Audience, Exercise, Mesa, MesaId, MesaNumber, Millis, Phase, SeatId};

use super::results::{is_table, may_count};
use super::{Asker, due};
use crate::clock;
use crate::service::bringing::may_bring;

/// Milliseconds of a day.
const DAY: Millis = 24 * 60 * 60 * 1_000;

/// The page of a mesa.
pub fn page(seen: &Exercise, mesa: MesaId, who: Asker, now: Millis, done: Option<Done>) -> Pack {
    let leads = Audience::of(who.role) == Audience::Facilitation;
    let there = seen.mesa(mesa.number);
    let theme = there.and_then(|mesa| mesa.card.as_deref()).map(|card| card.theme.to_string());
    let opened: BTreeSet<_> = seen
        .pack
        .opened
        .iter()
        .filter(|one| one.by.seat.is_none())
        .map(|one| one.by.person)
        .collect();
    let view = View { seen, mesa, zone: zone(seen), due: due(seen, mesa.number), who };
    Pack {
        mesa,
        name: seen.card.as_deref().map(|card| card.name.to_string()).unwrap_or_default(),
        theme: theme.unwrap_or_default(),
        term: there.and_then(|mesa| view.term(mesa, now)),
        senders: Sender::ALL.map(|sender| view.part(mesa.number, sender)).into(),
        readers: if leads { view.readers() } else { Vec::new() },
        others: opened.len(),
        leads,
        brings: may_bring(seen, mesa, who.role),
        results: seen.pack.shown_results().next().is_some(),
        done,
    }
}

pub(super) fn zone(seen: &Exercise) -> &str {
    seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str())
}

/// What a page is made from.
struct View<'a> {
    seen: &'a Exercise,
    mesa: MesaId,
    zone: &'a str,
    due: Option<Millis>,
    who: Asker,
}

impl View<'_> {
    fn moment(&self, at: Millis) -> Option<Moment> {
        clock::day_and_time(self.zone, at)
    }

    fn term(&self, mesa: &Mesa, now: Millis) -> Option<Term> {
        let rule = self.seen.card.as_deref()?.notice?;
        let due = self.due?;
        let counted = mesa.conduct.notice?;
        let finding =
            check::findings(mesa).into_iter().find(|one| one.finding.is_about_the_notice());
        let waived = finding.and_then(|found| found.overridden);
        let waived = waived.map(|granted| granted.reason.to_string());
        let begun = mesa.conduct.phase != Phase::Preparation;
        Some(Term {
            due: self.moment(due)?,
            meets: self.moment(mesa.card.as_deref()?.starts_at)?,
            rule,
            zone: self.zone.to_owned(),
            left: (now < due).then(|| (due - now) / DAY),
            begun,
            missing: counted.missing,
            late: counted.late,
            waived,
        })
    }

    fn stamp(&self, at: Millis) -> Option<Stamp> {
        let due = self.due.and_then(|due| Some((self.moment(due)?, at < due)));
        Some(Stamp { at: self.moment(at)?, due })
    }

    fn part(&self, mesa: MesaNumber, sender: Sender) -> Part {
        let organisations = actors(self.seen).filter(|actor| actor.sector == sender.sector());
        let organisations: Vec<_> =
            organisations.map(|actor| actor.organisation.to_string()).collect();
        Part {
            sender,
            organisations: organisations.join(" · "),
            may_send: self.who.may_send(self.seen, mesa, sender),
            entries: sender.entries().map(|entry| self.row(entry)).collect(),
        }
    }

    fn row(&self, entry: Entry) -> Row {
        let pack = &self.seen.pack;
        let absence = pack.absence(entry);
        let gone = pack.files.iter().filter(|file| file.entry == entry).filter_map(|file| {
            let gone = match file.end.as_ref()? {
                End::Replaced { .. } => Gone::Replaced,
                End::Withdrawn { reason, .. } => Gone::Withdrawn(reason.to_string()),
            };
            Some((file.name.to_string(), gone))
        });
        Row {
            entry,
            files: pack.of(entry).map(|file| self.sent(file)).collect(),
            absence: absence.map(|said| (said.reason.to_string(), self.stamp(said.at))),
            gone: gone.collect(),
        }
    }

    fn sent(&self, file: &File) -> Sent {
        let has_opened = |number| self.seen.pack.has_opened(self.who.person, number);
        Sent {
            number: file.number,
            name: file.name.to_string(),
            kind: file.kind,
            size: file.size,
            stamp: self.stamp(file.at),
            by: organisation(self.seen, file.by),
            replaces: file.replaces.is_some(),
            opened: has_opened(file.number),
            opened_before: file.replaces.is_some_and(has_opened),
            bringable: file.entry.sender() == Sender::Guarantor
                && is_table(file.kind)
                && may_bring(self.seen, self.mesa, self.who.role),
            countable: file.entry.sender() == Sender::PublicInstitution
                && is_table(file.kind)
                && may_count(self.seen, self.mesa, self.who, file.entry),
        }
    }

    fn readers(&self) -> Vec<Reader> {
        actors(self.seen).map(|actor| reader(self.seen, actor, (self.zone, Millis::MAX))).collect()
    }
}

/// The organisations that take part.
pub fn actors(seen: &Exercise) -> impl Iterator<Item = &Actor> {
    seen.actors.iter().map(AsRef::as_ref).filter(|actor| !actor.withdrawn)
}

/// The organisation for which somebody did something; none: they lead or prepare.
pub fn organisation(seen: &Exercise, by: By) -> Option<String> {
    by.seat.and_then(|seat| seen.actor_of(seat)).map(|actor| actor.organisation.to_string())
}

/// How much an organisation had opened of what stands, before a moment.
pub fn reader(seen: &Exercise, actor: &Actor, (zone, before): (&str, Millis)) -> Reader {
    let pack = &seen.pack;
    let theirs = |seat: Option<SeatId>| actor.seats.iter().any(|own| Some(own.id) == seat);
    let openings: Vec<_> = pack
        .opened
        .iter()
        .filter(|one| one.at < before && theirs(one.by.seat))
        .filter(|one| pack.standing().any(|file| file.number == one.file))
        .collect();
    let files: BTreeSet<FileNumber> = openings.iter().map(|one| one.file).collect();
    let last = openings.iter().map(|one| one.at).max();
    Reader {
        organisation: actor.organisation.to_string(),
        opened: files.len(),
        of: pack.standing().count(),
        last: last.and_then(|at| clock::day_and_time(zone, at)),
        reminded: None,
    }
}
