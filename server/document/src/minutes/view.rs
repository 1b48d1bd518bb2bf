//! Minutes for the templates.

use serde_json::{Value, json};

use super::data::{Minutes, PackLine, PackReport, SectorAttendance, Spoke};
use crate::failure::Failure;
use crate::plan::Conformity;
use crate::seal;
use crate::text;
use crate::user::User;

/// The most who sign at the foot.
const MOST_SIGNATORIES: usize = 4;

/// Everything that `minutes.typ` reads.
pub fn view(user: &User, minutes: &Minutes) -> Result<Value, Failure> {
    Ok(json!({
        "draft": minutes.seal.stamp().is_none(),
        "attached": minutes.seal.stamp().is_some(),
        "edition": text::seal(&minutes.seal),
        "head": user.line(&text::cut(&minutes.exercise.name, 60)),
        "meta": seal::meta(user, text::MINUTES, &minutes.exercise, minutes.seal.stamp()),
        "stamp": seal::foot(user, minutes.seal.stamp())?,
        "boxes": [],
        "title": text::minutes_title(minutes.number),
        "theme": user.rich(&minutes.theme),
        "facts": facts(user, minutes),
        "attendance": minutes.attendance.iter().map(|one| sector(user, one)).collect::<Vec<_>>(),
        "total": total(&minutes.attendance),
        "agenda": minutes.agenda.iter().map(|item| json!({
            "began": item.began.map(text::clock).unwrap_or_default(),
            "title": user.rich(&item.title),
            "planned": item.planned_minutes.map(text::minutes_long).unwrap_or_default(),
            "actual": item.actual_minutes.map(text::minutes_long).unwrap_or_default(),
        })).collect::<Vec<_>>(),
        "pack": minutes.pack.as_ref().map(|pack| self::pack(user, pack)),
        "waivers": minutes.waivers.iter().map(|one| json!({
            "what": user.rich(&one.what),
            "reason": user.paragraphs(&one.reason),
            "by": user.rich(&text::noted(&one.by, one.at)),
        })).collect::<Vec<_>>(),
        "contributions": minutes.contributions.iter().map(|one| json!({
            "phase": user.rich(&one.phase),
            "who": user.rich(&one.who),
            "kind": user.rich(&one.kind),
            "text": user.rich(&one.text),
            "answer": user.rich(&one.answer),
            "reason": user.rich(&one.reason),
        })).collect::<Vec<_>>(),
        "speakers": minutes.speakers.iter().map(|one| spoke(user, one)).collect::<Vec<_>>(),
        "speaking": minutes.speaking.iter().map(|one| spoke(user, one)).collect::<Vec<_>>(),
        "rounds": minutes.rounds.iter().map(|one| json!({
            "about": user.rich(&one.about),
            "spoke": user.rich(&one.spoke.join(", ")),
            "passed": user.rich(&one.passed.join(", ")),
            "pending": user.rich(&one.pending.join(", ")),
            "reason": user.rich(&one.reason),
        })).collect::<Vec<_>>(),
        "priorities": minutes.priorities.iter().map(|one| json!({
            "standing": user.entries(&one.standing),
            "closed": text::at(one.at, false),
            "sums": one.sums.iter().map(|(problem, points)| json!({
                "problem": user.rich(problem),
                "points": points,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "objections": minutes.objections.iter().map(|one| json!({
            "about": user.rich(&text::joined(&[&one.who, &one.about], " · ")),
            "said": user.paragraphs(&one.text),
            "whose": user.rich(&text::objection(one.at)),
            "answer": user.rich(&one.answer),
        })).collect::<Vec<_>>(),
        "versions": minutes.versions.iter().map(|one| json!({
            "number": one.number,
            "frozen": text::at(one.frozen, false),
            "code": user.line(&text::short_code(&one.code)),
            "note": user.rich(&one.note),
        })).collect::<Vec<_>>(),
        "conformity": minutes.conformity.iter().map(|one| json!({
            "number": one.number,
            "title": user.rich(&one.title),
            "tally": text::tally_line(&one.conformity.groups),
            "adopted": user.rich(&text::adopted(one.conformity.adopted, &one.conformity.rule)),
        })).collect::<Vec<_>>(),
        "voices": minutes.conformity.iter()
            .flat_map(|one| voices(user, one.number, &one.conformity))
            .collect::<Vec<_>>(),
        "agreements": user.entries(&minutes.agreements),
        "signatories": minutes.signatories.iter().take(MOST_SIGNATORIES).map(|one| json!({
            "role": user.rich(&one.role),
            "person": user.rich(&one.person),
            "organisation": user.rich(&one.organisation),
        })).collect::<Vec<_>>(),
    }))
}

fn facts(user: &User, minutes: &Minutes) -> Vec<Value> {
    let span = |span: Option<super::Span>| {
        span.map(|span| text::span(span.from, span.to)).unwrap_or_default()
    };
    let date = text::joined(&[&text::day(minutes.date), &minutes.mode], ", ");
    [
        (text::CONVENES, minutes.convener.clone()),
        (text::PLACE, minutes.place.clone()),
        (text::DATE, date),
        (text::PLANNED_HOURS, span(minutes.planned)),
        (text::ACTUAL_HOURS, span(minutes.actual)),
        (text::QUORUM, minutes.quorum.clone()),
        (text::FACILITATES, minutes.facilitator.clone()),
        (text::WRITES, minutes.rapporteur.clone()),
        (text::READ_OUT, span(minutes.read_out)),
    ]
    .into_iter()
    .filter(|(_, said)| !said.trim().is_empty())
    .map(|(label, said)| json!({ "label": label, "said": user.rich(&said) }))
    .collect()
}

fn pack(user: &User, pack: &PackReport) -> Value {
    let sent = |one: &PackLine| {
        json!({
            "entry": user.rich(&one.entry),
            "what": user.rich(&one.what),
            "by": user.rich(&one.by),
            "when": user.rich(&one.when),
        })
    };
    json!({
        "standing": user.entries(&pack.standing),
        "sent": pack.sent.iter().map(sent).collect::<Vec<_>>(),
        "opened": user.entries(&pack.opened),
    })
}

fn sector(user: &User, one: &SectorAttendance) -> Value {
    json!({
        "sector": user.rich(&one.sector),
        "in-room": one.in_room,
        "remote": one.remote,
        "assisted": one.assisted,
    })
}

fn spoke(user: &User, one: &Spoke) -> Value {
    json!({
        "who": user.rich(&one.who),
        "turns": one.turns,
        "time": text::time_spoken(one.seconds),
    })
}

fn total(attendance: &[SectorAttendance]) -> Value {
    let sum = |count: fn(&SectorAttendance) -> u32| -> u64 {
        attendance.iter().map(|one| u64::from(count(one))).sum()
    };
    json!({
        "in-room": sum(|one| one.in_room),
        "remote": sum(|one| one.remote),
        "assisted": sum(|one| one.assisted),
    })
}

/// What was said with a reservation or against, verbatim.
fn voices(user: &User, number: u32, conformity: &Conformity) -> Vec<Value> {
    let reserved = conformity.groups.with_reservation.iter();
    let against = conformity.groups.disagree.iter();
    reserved
        .map(|voice| (voice, text::reservation_of(&voice.organisation)))
        .chain(against.map(|voice| (voice, text::disagreement_of(&voice.organisation))))
        .map(|(voice, whose)| {
            json!({
                "about": text::commitment_number(number),
                "said": user.paragraphs(&voice.text),
                "whose": user.rich(&whose),
            })
        })
        .collect()
}
