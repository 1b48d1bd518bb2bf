//! The steps of a patch.

/// Most steps a patch may have: more than the longest text has room for (each scalar retained or
/// deleted, with an insertion before it), because a patch gains steps when it is transformed, and
/// the result has to be readable again.
pub const STEP_LIMIT: usize = 20_000;

/// One step of a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Leave this many scalars.
    Retain(u32),
    /// Put this text in.
    Insert(String, Tie),
    /// Take this many scalars out.
    Delete(u32),
}

/// What an insertion belongs to: of two at one place, the one that continues the text before the
/// place stands left, the one that continues the text behind it stands right. The letters of one
/// run (what someone types without moving the caret) have one writer, so two insertions at one
/// place are never tied to the same letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// This many scalars directly before it, in the old text, are of the same run. At least one.
    After(u32),
    /// It begins a run.
    #[default]
    Free,
    /// What is directly behind it is of the same run (a keyboard corrects the first letter of a
    /// word).
    Before,
}

impl Tie {
    /// Tied to `count` scalars before it; free for 0.
    pub fn after(count: u32) -> Self {
        if count == 0 { Self::Free } else { Self::After(count) }
    }

    /// Of two insertions at one place the one with the lower rank stands left.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::After(_) => 0,
            Self::Free => 1,
            Self::Before => 2,
        }
    }
}

/// Why a patch isn't valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// Reaches beyond the end of the text.
    #[error("the patch reaches beyond the end of the text")]
    OutOfRange,
    /// More than [`STEP_LIMIT`] steps, or lengths that overflow.
    #[error("the patch has too many steps")]
    TooManySteps,
}

/// Number of Unicode scalars, saturating.
pub fn scalars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

pub(super) fn split(text: &str, count: u32) -> Result<(&str, &str), PatchError> {
    if count == 0 {
        return Ok(("", text));
    }
    let mut indices = text.char_indices();
    // The scalar after the last kept one; none when the text ends exactly there.
    match indices.nth(count as usize - 1) {
        Some((start, character)) => Ok(text.split_at(start + character.len_utf8())),
        None => Err(PatchError::OutOfRange),
    }
}

pub(super) fn prefix(text: &str, count: u32) -> &str {
    split(text, count).map_or(text, |(kept, _)| kept)
}
