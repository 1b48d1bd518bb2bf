//! Drafts that were begun, or typed and can't be taken as they are: kept on the device, not sent.

use domain::{ItemId, MesaId};
use leptos::prelude::*;

use super::Live;
use crate::address;
use crate::erased::memo;

/// Name of the draft of a contribution about the mesa; about an item, its id follows after a dot.
pub const CONTRIBUTION: &str = "aporte";
/// Name of the draft of the seat on whose behalf it is written: a seat's id.
pub const SPEAKER: &str = "quien";
/// Prefix of the name of what a short field can't take; its page's path and its label follow.
pub const FIELD: &str = "campo.";

/// Such a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// The text.
    pub text: String,
    /// The address where it can be continued.
    pub href: String,
}

impl Live {
    /// All of them on this device.
    pub fn unsent(&self) -> Memo<Vec<Unsent>> {
        let (drafts, mesa) = (self.drafts.told, self.mesa());
        memo(move || {
            let drafts = drafts.read();
            drafts
                .iter()
                .filter_map(|(name, text)| {
                    Some(Unsent { text: text.clone(), href: place(mesa, name)? })
                })
                .collect()
        })
    }

    /// How many texts on this device were begun and aren't at the mesa: those above, and reasons of
    /// answers.
    pub fn begun(&self) -> Memo<usize> {
        let drafts = self.drafts.told;
        memo(move || drafts.read().keys().filter(|name| is_text(name)).count())
    }

    /// Deletes all that the device keeps of the viewer; calls back once nothing of it is on disk.
    /// Does nothing on the server.
    pub fn wipe(&self, gone: Callback<()>) {
        crate::browser::wipe(*self, gone);
    }
}

/// Whether a draft with this name is text, not its speaker or its kind.
pub(crate) fn is_text(name: &str) -> bool {
    name != SPEAKER && !name.ends_with(".clase") && !name.starts_with("puntos.")
}

/// Where a draft is being written; none for what only belongs to another draft.
fn place(mesa: MesaId, name: &str) -> Option<String> {
    if let Some(field) = name.strip_prefix(FIELD) {
        return field.split('.').next().map(str::to_owned);
    }
    let about = name.strip_prefix(CONTRIBUTION)?;
    let item = match about.strip_prefix('.') {
        None if about.is_empty() => None,
        None => return None,
        Some(item) => Some(item.parse::<ItemId>().ok()?),
    };
    Some(address::contribute(mesa, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_found_again_where_it_was_written() {
        let mesa: MesaId = "01936d3e-0000-7000-8000-000000000001/mesa/1".parse().expect("a mesa");
        let item = "01936d3e-0000-7000-8000-000000000002";
        assert_eq!(place(mesa, "aporte"), Some(format!("/ejercicio/{mesa}/aportar")));
        assert_eq!(
            place(mesa, &format!("aporte.{item}")),
            Some(format!("/ejercicio/{mesa}/aportar/{item}"))
        );
        assert_eq!(
            place(mesa, &format!("campo./ejercicio/{mesa}/problema/{item}.Fuente")),
            Some(format!("/ejercicio/{mesa}/problema/{item}"))
        );
        for other in ["aporte.clase", &format!("aporte.{item}.clase"), "aportes", "respuesta.x", ""]
        {
            assert_eq!(place(mesa, other), None, "{other}");
        }
    }
}
