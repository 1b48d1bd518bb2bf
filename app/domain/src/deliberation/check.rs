//! The blocking checks of section 5: what must be in order before the agreements are read out. The
//! facilitator may override a finding with a reason. Advice, which never blocks, isn't here.

use super::finding::{Finding, Found};
use super::period::year_from;
use crate::Date;
use crate::deliberation::choice::{ItemKind, Party};
use crate::deliberation::commitment::Commitment;
use crate::deliberation::item::Item;
use crate::deliberation::quota::QuotaBoard;
use crate::mesa::Mesa;
use crate::permission::Phase;

/// All findings, overridden or not: the notice of a mesa that hasn't begun, then commitment by
/// commitment in the order of the plan, each with its activities, then the plan's quota, then its
/// other mesas.
pub fn findings(state: &Mesa) -> Vec<Found<'_>> {
    let mut findings: Vec<_> = notice(state).into_iter().collect();
    for item in state.visible(ItemKind::Commitment, None) {
        if let Some(commitment) = item.as_commitment() {
            of_commitment(state, item, commitment, &mut findings);
        }
    }
    let short = QuotaBoard::of(state).rows.into_iter().filter(|row| !row.is_met());
    findings.extend(
        short.map(|row| Finding::QuotaShort { category: row.category, missing: row.missing() }),
    );
    let not_ready = state.siblings.iter().filter(|sibling| sibling.phase < Phase::Agreements);
    findings.extend(not_ready.map(|sibling| Finding::MesaNotReady { number: sibling.number }));
    let overridden = |finding: &Finding| {
        state.conduct.overrides.iter().find(|granted| granted.finding.covers(finding))
    };
    findings
        .into_iter()
        .map(|finding| Found { overridden: overridden(&finding), finding })
        .collect()
}

/// How many findings block the read-out.
pub fn open(state: &Mesa) -> usize {
    findings(state).iter().filter(|found| found.is_open()).count()
}

/// The findings that block going to a phase: a mesa begins when its notice was kept (line A3), the
/// read-out needs the others resolved or overridden (section 5).
pub fn in_the_way_of(state: &Mesa, to: Phase) -> Vec<Finding> {
    let reads_out = !state.conduct.phase.is_of_the_plan() && to.is_of_the_plan();
    let begins = to != Phase::Preparation;
    let blocks = |finding: &Finding| if finding.is_about_the_notice() { begins } else { reads_out };
    if !reads_out && notice(state).is_none() {
        return Vec::new();
    }
    let open = findings(state).into_iter().filter(Found::is_open).map(|found| found.finding);
    open.filter(blocks).collect()
}

/// What isn't in order with the notice of a mesa that is being prepared.
fn notice(state: &Mesa) -> Option<Finding> {
    let conduct = &state.conduct;
    let notice = conduct.notice.filter(|notice| !notice.is_kept())?;
    (conduct.phase == Phase::Preparation)
        .then_some(Finding::NoticeNotKept { missing: notice.missing, late: notice.late })
}

fn of_commitment(state: &Mesa, item: &Item, commitment: &Commitment, findings: &mut Vec<Finding>) {
    let plan = state.plan_period();
    let id = item.id;
    if commitment.category.is_none() {
        findings.push(Finding::NoCategory(id));
    }
    if state.deliberation.problems_of(commitment).next().is_none() {
        findings.push(Finding::NoProblem(id));
    }
    if lie_outside([commitment.starts, commitment.ends], plan) {
        findings.push(Finding::DateOutside(id));
    }
    if matches!((commitment.starts, commitment.ends), (Some(starts), Some(ends)) if ends > year_from(starts))
    {
        findings.push(Finding::LongerThanAYear(id));
    }
    let period = (commitment.starts.unwrap_or(plan.0), commitment.ends.unwrap_or(plan.1));
    let mut activities = 0;
    for part in state.visible(ItemKind::Activity, Some(id)) {
        activities += 1;
        let Some(activity) = part.as_activity() else { continue };
        if !is_named(&activity.lead) && activity.responsible_post.is_empty() {
            findings.push(Finding::NoResponsible(part.id));
        }
        if activity.due.is_none() {
            findings.push(Finding::NoDueDate(part.id));
        }
        if lie_outside([activity.starts, activity.due], period) {
            findings.push(Finding::DateOutside(part.id));
        }
    }
    if activities == 0 {
        findings.push(Finding::NoActivity(id));
    }
}

fn is_named(party: &Party) -> bool {
    match party {
        Party::Unnamed => false,
        Party::Actor(_) => true,
        Party::Named(name) => !name.is_empty(),
    }
}

/// Whether a date is outside the period, or the second is before the first.
fn lie_outside(dates: [Option<Date>; 2], (from, to): (Date, Date)) -> bool {
    let outside = dates.iter().flatten().any(|date| *date < from || *date > to);
    outside || matches!(dates, [Some(starts), Some(ends)] if ends < starts)
}
