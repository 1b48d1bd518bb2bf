//! Rebasing one text's waiting patches onto what happened meanwhile.

use domain::{CommandId, Patch, Seq};

/// A waiting patch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its command.
    pub command: CommandId,
    /// The seq it was made at.
    pub base: Seq,
    /// The change, to the text at `base` with the replica's own earlier waiting patches applied.
    pub patch: Patch,
}

/// Transforms one incoming patch over the waiting ones, and them over it. Returns what it does to
/// the text that the person sees.
pub fn over<'a>(incoming: &Patch, waiting: impl Iterator<Item = &'a mut Patch>) -> Patch {
    waiting.fold(incoming.clone(), |incoming, patch| {
        let (incoming_after, patch_after) = Patch::transform_pair(&incoming, patch);
        *patch = patch_after;
        incoming_after
    })
}

/// The server took the waiting patch at `own` as `taken`, before those that wait in front of it
/// (another tab sent it): they come after it from here on. Returns whether that leaves the text
/// that the person sees as it is; the waiting patch is done then. Otherwise (two insertions at one
/// place change their order) its change is in that text twice, and [`without`] has to take it out.
pub fn over_own<'a>(
    taken: &Patch,
    waiting: impl Iterator<Item = &'a mut Patch>,
    own: usize,
) -> bool {
    let mut waiting = waiting;
    let taken = over(taken, waiting.by_ref().take(own));
    match waiting.next() {
        Some(patch) if *patch == taken => true,
        Some(patch) => {
            over(&taken, std::iter::once(patch).chain(waiting));
            false
        }
        None => false,
    }
}

/// Carries one row of waiting patches of a text over its history. `history` holds the patches that
/// the server took, oldest first; `applied` says which of the waiting ones are among them, by seq.
/// Applied patches are dropped, the rest is rebased onto the history's end. An applied one that
/// can't be told apart from what it met stays, for [`without`] to take out.
pub fn through_history(
    mut waiting: Vec<Waiting>,
    history: &[(Seq, Patch)],
    applied: impl Fn(CommandId) -> Option<Seq>,
) -> Vec<Waiting> {
    for (seq, patch) in history {
        let mut before = waiting.iter_mut().filter(|w| w.base < *seq);
        if let Some(own) = before.position(|w| applied(w.command) == Some(*seq)) {
            let patches = waiting.iter_mut().filter(|w| w.base < *seq).map(|w| &mut w.patch);
            if over_own(patch, patches, own) {
                waiting.retain(|w| applied(w.command) != Some(*seq));
            }
        } else {
            over(patch, waiting.iter_mut().filter(|w| w.base < *seq).map(|w| &mut w.patch));
        }
    }
    waiting
}

/// Joins the waiting patches of several replicas (tabs) of one text, all based on the same seq,
/// into one sequence.
pub fn join(first: &mut Vec<Waiting>, mut second: Vec<Waiting>) {
    let before = first.iter().fold(Patch::identity(), |sum, w| sum.compose(&w.patch));
    over(&before, second.iter_mut().map(|w| &mut w.patch));
    first.append(&mut second);
}

/// Takes a waiting patch out (it was refused, or turned out to be applied already): `rest` are
/// those made after it, `text` is what it was applied to. Returns what that does to the text that
/// the person sees.
pub fn without<'a>(patch: &Patch, text: &str, rest: impl Iterator<Item = &'a mut Patch>) -> Patch {
    match patch.invert(text) {
        Ok(inverse) => over(&inverse, rest),
        Err(_) => Patch::identity(),
    }
}
