//! Save states of what was typed.

/// The save state of something that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The server has it, on disk.
    Saved,
    /// In transit.
    Saving,
    /// Kept here until the server can be reached.
    OnThisDevice,
    /// Refused, or kept nowhere but on the screen: the person has to look.
    NotKept,
}

impl SaveState {
    /// Its value in a `data-state` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::OnThisDevice => "device",
            Self::NotKept => "lost",
        }
    }

    /// The save state that follows from the facts.
    pub(super) fn of(known: Known) -> Self {
        match known {
            Known { refused: true, .. } => Self::NotKept,
            Known { waiting: false, .. } => Self::Saved,
            Known { flowing: true, .. } => Self::Saving,
            Known { storable: false, .. } => Self::NotKept,
            Known { .. } => Self::OnThisDevice,
        }
    }
}

/// The facts about something that was typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Part of it isn't answered.
    pub waiting: bool,
    /// Part of it was refused, and the person hasn't dismissed that.
    pub refused: bool,
    /// The server is connected and answers.
    pub flowing: bool,
    /// The device can keep it.
    pub storable: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Known = Known { waiting: false, refused: false, flowing: true, storable: true };

    #[test]
    fn saved_is_said_only_of_what_was_answered() {
        assert_eq!(SaveState::of(QUIET), SaveState::Saved);
        assert_eq!(SaveState::of(Known { flowing: false, ..QUIET }), SaveState::Saved);
        assert_eq!(SaveState::of(Known { waiting: true, ..QUIET }), SaveState::Saving);
        assert_eq!(
            SaveState::of(Known { waiting: true, flowing: false, ..QUIET }),
            SaveState::OnThisDevice
        );
    }

    #[test]
    fn what_is_kept_nowhere_is_said_to_be() {
        let nowhere = Known { waiting: true, flowing: false, storable: false, ..QUIET };
        assert_eq!(SaveState::of(nowhere), SaveState::NotKept);
        assert_eq!(SaveState::of(Known { refused: true, ..QUIET }), SaveState::NotKept);
    }
}
