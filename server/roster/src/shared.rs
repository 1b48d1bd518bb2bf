//! The addresses: one for each person, and nobody else's.

use std::collections::BTreeMap;

use crate::doubt::{Answer, Answers, Doubt, Offer, Other, Topic};
use crate::lines::{Line, key};
use crate::mail::{self, Hosts, Said};
use crate::people::Matched;
use crate::seat::Seat;

/// Finds the address in every row's cell.
pub(crate) fn settle_addresses(lines: &mut [Line], known: &[Seat], answers: &Answers) {
    let mut hosts = Hosts::default();
    lines.iter().for_each(|line| hosts.count(&line.mail));
    known.iter().for_each(|seat| hosts.count(&seat.mail));
    for line in lines.iter_mut().filter(|line| !line.left_out) {
        let mut given = std::mem::take(&mut line.mail);
        let mut said = mail::said(&given, &hosts);
        let answer = answers.of(line.place, Topic::Mail);
        match (answer, &said) {
            (_, Said::Nothing | Said::Address(_)) | (None, _) => {}
            (Some(Answer::Take(written)), _) => {
                given.clone_from(written);
                said = match mail::said(written, &hosts) {
                    // Who wrote or chose it has seen it.
                    Said::Doubtful { possible: true, .. } => Said::Address(written.clone()),
                    said => said,
                };
            }
            (Some(Answer::Blank), _) => said = Said::Nothing,
            (Some(Answer::Keep), Said::Doubtful { possible: true, .. }) => {
                said = Said::Address(given.clone());
            }
            (Some(_), _) => {}
        }
        line.draft.mail.clone_from(&given);
        let answers = |answers: Vec<Answer>| answers.into_iter().map(Offer::Answer);
        match said {
            Said::Nothing => line.draft.mail.clear(),
            Said::Address(address) => {
                line.draft.mail.clone_from(&address);
                line.mail = address;
            }
            Said::Several(addresses) => {
                let mut offers: Vec<_> = answers(
                    addresses
                        .into_iter()
                        .filter(|address| mail::is_address(address))
                        .map(Answer::Take)
                        .collect(),
                )
                .collect();
                offers.push(Offer::Write);
                offers.extend(answers(vec![Answer::Blank, Answer::LeaveOut]));
                line.ask_here(Topic::Mail, Doubt::SeveralAddresses { given }, offers);
            }
            Said::Doubtful { likely, possible } => {
                let mut offers: Vec<_> =
                    answers(likely.iter().cloned().map(Answer::Take).collect()).collect();
                offers.extend(possible.then_some(Offer::Answer(Answer::Keep)));
                offers.push(Offer::Write);
                offers.extend(answers(vec![Answer::Blank, Answer::LeaveOut]));
                line.ask_here(Topic::Mail, Doubt::Address { given, likely }, offers);
            }
        }
    }
}

/// Asks where an address that is new for somebody is another person's, too. Two people of one name
/// may be one.
pub(crate) fn settle_shared(
    lines: &mut [Line],
    matched: &[Matched],
    known: &[Seat],
    answers: &Answers,
) {
    let small = |mail: &str| mail.to_ascii_lowercase();
    // Whose the address has been all along.
    let settled = |line: &Line, at: usize| {
        matched[at].known.is_some_and(|seat| known[seat].mail.eq_ignore_ascii_case(&line.mail))
    };
    let mut holders: BTreeMap<String, Vec<(String, Other)>> = BTreeMap::new();
    let mut hold = |mail: &str, person: &str, organisation: &str, row: Option<u32>| {
        if !mail.is_empty() && !person.is_empty() {
            let (person, organisation) = (person.to_owned(), organisation.to_owned());
            let other = Other { person, organisation, row };
            holders.entry(small(mail)).or_default().push((key(&other.person), other));
        }
    };
    for (at, seat) in known.iter().enumerate() {
        let Some(row) = matched.iter().position(|line| line.known == Some(at)) else {
            hold(&seat.mail, &seat.person, &seat.organisation, None);
            continue;
        };
        let line = &lines[row];
        let person = if line.person.is_empty() { &seat.person } else { &line.person };
        let stays = line.mail.is_empty() && key(person) == key(&seat.person);
        if stays || line.mail.eq_ignore_ascii_case(&seat.mail) {
            hold(&seat.mail, person, &seat.organisation, Some(line.place.row));
        }
    }
    for (at, line) in lines.iter_mut().enumerate() {
        let counts = !line.left_out && matched[at].repeats.is_none() && !line.person.is_empty();
        if !counts || line.mail.is_empty() || settled(line, at) {
            continue;
        }
        let me = key(&line.person);
        let others = |mail: &str| -> Vec<Other> {
            let holders = holders.get(&small(mail)).map_or(&[][..], Vec::as_slice);
            holders.iter().filter(|(key, _)| *key != me).map(|(_, other)| other.clone()).collect()
        };
        let mut with = others(&line.mail);
        match answers.of(line.place, Topic::SharedMail) {
            Some(Answer::Keep) => with.clear(),
            Some(Answer::Blank) if !with.is_empty() => {
                line.mail.clear();
                with.clear();
            }
            Some(Answer::Take(other)) if !with.is_empty() && mail::is_address(other) => {
                line.mail.clone_from(other);
                with = others(other);
            }
            _ => {}
        }
        line.draft.mail.clone_from(&line.mail);
        if with.is_empty() {
            if !line.mail.is_empty() {
                let (person, organisation) = (line.person.clone(), &line.draft.organisation);
                let other =
                    Other { person, organisation: organisation.clone(), row: Some(line.place.row) };
                holders.entry(small(&line.mail)).or_default().push((me, other));
            }
        } else {
            let answers = [Answer::Keep, Answer::Blank].map(Offer::Answer);
            let mut offers = answers.to_vec();
            offers.extend([Offer::Write, Offer::Answer(Answer::LeaveOut)]);
            let doubt = Doubt::SharedMail { mail: line.mail.clone(), with };
            line.ask_here(Topic::SharedMail, doubt, offers);
        }
    }
}
