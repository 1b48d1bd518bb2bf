//! What the minutes say of the information pack.

use domain::pack::NoticeRule;

use super::{days, moment, not_kept};
use crate::page::pack::Reader;
use crate::page::prepare::Moment;
use crate::text::form;

/// Until when a pack was asked for, in the minutes.
pub fn asked_for(due: Moment, zone: &str, rule: NoticeRule) -> String {
    format!(
        "La regla pide que todos lo tengan antes del {} (hora de: {}), {} antes de la mesa.",
        moment(due),
        form::zone(zone),
        days(rule)
    )
}

/// Whether the notice was kept, in the minutes.
pub fn kept(missing: u8, late: u8) -> String {
    match not_kept(missing, late) {
        None => "Se cumplió: todo estaba y llegó a tiempo.".to_owned(),
        Some(what) => format!("No se cumplió. {what}."),
    }
}

/// That there was nothing of an entry, in the minutes.
pub fn nothing(reason: &str) -> String {
    format!("No hay: {reason}")
}

/// Who had opened how much, in the minutes: a sentence each for all, a part and nothing.
pub fn readers(readers: &[Reader]) -> Vec<String> {
    let named = |heading: &str, which: &dyn Fn(&Reader) -> bool, counts: bool| {
        let named: Vec<_> = readers
            .iter()
            .filter(|reader| reader.of > 0 && which(reader))
            .map(|reader| match counts {
                true => format!("{} ({} de {})", reader.organisation, reader.opened, reader.of),
                false => reader.organisation.clone(),
            })
            .collect();
        (!named.is_empty()).then(|| format!("{heading}: {}.", named.join("; ")))
    };
    let all = |reader: &Reader| reader.opened >= reader.of;
    let part = |reader: &Reader| reader.opened > 0 && reader.opened < reader.of;
    [
        named("Al empezar la mesa lo habían abierto todo", &all, false),
        named("Una parte", &part, true),
        named("Sin abrir", &|reader| reader.opened == 0, false),
    ]
    .into_iter()
    .flatten()
    .collect()
}
