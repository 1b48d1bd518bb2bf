//! Refused texts, kept for their author until dismissed.

use domain::agreement::signing;
use domain::{
    Assignment, Command, CommandId, ItemId, MesaId, Millis, PersonId, Rejection, TextField,
};
use domain::{agreement, conduct, deliberation, floor, veil};
use serde::{Deserialize, Serialize};
use sync::StoredCommand;

use crate::text::{date, status};

/// Refusals of one text within this time are shown as one.
const TOGETHER: Millis = 60_000;

/// A refused text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedText {
    /// The refused command; the first, when several of one text follow one another.
    pub id: CommandId,
    /// The mesa.
    pub mesa: MesaId,
    /// Its author.
    pub person: PersonId,
    /// The device's clock when it was refused.
    pub at: Millis,
    /// The command.
    pub command: Command,
    /// Why it wasn't accepted.
    pub rejection: Rejection,
    /// What was written, for people; empty when nothing was (a deletion, a choice from a list).
    pub written: String,
    /// The full text with it, as its author saw it; empty for what isn't a long text.
    pub full_text: String,
    /// The refused commands where the phase refused them or their author's writing was paused, to be
    /// sent again.
    pub commands: Vec<StoredCommand>,
    /// How often the facilitation had asked for late texts when this was refused.
    pub asks: u32,
    /// Whether it was sent again since, because the facilitation asked.
    pub sent_again: bool,
}

impl RefusedText {
    /// A refused command; `full_text` is the text it belongs to as its author saw it, `asks` how
    /// often late texts had been asked for, `at` the device's clock.
    pub fn new(
        command: &StoredCommand,
        rejection: Rejection,
        full_text: &str,
        asks: u32,
        at: Millis,
    ) -> Self {
        // What may be accepted another time, unchanged.
        let for_now = matches!(
            rejection,
            Rejection::NotAllowed { .. } | Rejection::Conduct(conduct::Rejection::Muted)
        );
        Self {
            commands: if for_now && command.command.is_written() {
                vec![command.clone()]
            } else {
                Vec::new()
            },
            asks,
            sent_again: false,
            id: command.id,
            mesa: MesaId { exercise: command.stream, number: command.mesa },
            person: command.person,
            at,
            command: command.command.clone(),
            rejection,
            written: written(&command.command),
            full_text: full_text.to_owned(),
        }
    }

    /// Whether it was refused because its author's writing is paused.
    pub fn is_muted(&self) -> bool {
        self.rejection == Rejection::Conduct(conduct::Rejection::Muted)
    }

    /// Whether it was refused because of the phase, or because its author's writing is paused, and
    /// hasn't been sent again.
    pub fn is_late(&self) -> bool {
        !self.commands.is_empty() && !self.sent_again
    }

    /// Whether this is `earlier`, sent again and refused again.
    pub fn was(&self, earlier: &Self) -> bool {
        earlier.sent_again && earlier.commands.iter().any(|command| command.id.again() == self.id)
    }

    /// What its author wrote, to be read and copied: the whole text as they saw it. Of several that
    /// were refused one after the other no view of it had everything: then each piece follows.
    pub fn said(&self) -> String {
        if self.full_text.is_empty() {
            self.written.clone()
        } else if self.commands.len() > 1 && !self.full_text.contains(&self.written) {
            format!("{}\n\n{}", self.full_text, self.written)
        } else {
            self.full_text.clone()
        }
    }

    /// What happened, what was kept, what to do next.
    pub fn sentence(&self) -> String {
        if self.written.is_empty() && self.full_text.is_empty() {
            crate::text::refusal::sentence(&self.rejection)
        } else {
            status::rejection(&self.rejection)
        }
    }

    /// The item that it was about.
    pub fn item(&self) -> Option<ItemId> {
        self.command.item()
    }

    /// The long text that it was about.
    pub fn text(&self) -> Option<(ItemId, TextField)> {
        if let Command::Deliberation(deliberation::Command::Patch { item, field, .. })
        | Command::Deliberation(deliberation::Command::Recover { item, field, .. }) =
            &self.command
        {
            Some((*item, *field))
        } else {
            None
        }
    }

    /// Joins a later refusal that belongs to the same piece of writing.
    ///
    ///
    /// # Errors
    /// The later refusal, when it has to be kept on its own.
    pub fn join(&mut self, later: Self) -> Result<(), Box<Self>> {
        let same =
            self.text().is_some() && self.text() == later.text() && self.person == later.person;
        if !same || self.sent_again || later.at - self.at > TOGETHER {
            return Err(Box::new(later));
        }
        self.written.push_str(&later.written);
        // When the first was refused the screen still showed everything; after that its part is
        // gone.
        if later.full_text.len() > self.full_text.len() {
            self.full_text = later.full_text;
        }
        self.at = later.at;
        self.commands.extend(later.commands);
        Ok(())
    }
}

/// What a command would have written, for people.
pub fn written(command: &Command) -> String {
    match command {
        Command::Deliberation(deliberation::Command::Patch { patch, .. }) => {
            patch.insertions().collect::<Vec<_>>().join(" … ")
        }
        Command::Deliberation(deliberation::Command::Recover { full_text, .. }) => {
            full_text.clone()
        }
        Command::Deliberation(deliberation::Command::Assign { value, .. }) => assigned(value),
        Command::Deliberation(deliberation::Command::Contribute { text, .. }) => text.to_string(),
        Command::Conduct(
            conduct::Command::WriteNote { text: Some(text), .. }
            | conduct::Command::Mute { reason: Some(text), .. },
        ) => text.to_string(),
        Command::Conduct(conduct::Command::OverrideCheck { reason, .. })
        | Command::Agreement(agreement::Command::Close { reason: Some(reason) }) => {
            reason.to_string()
        }
        Command::Agreement(agreement::Command::State { stances, .. }) => {
            let reasons = stances.iter().filter_map(|(_, stance)| stance.reason());
            reasons.map(agreement::Reason::as_str).collect::<Vec<_>>().join("\n\n")
        }
        Command::Agreement(agreement::Command::Signing(command)) => signed(command),
        Command::Floor(command) => of_the_floor(command),
        Command::Veil(veil::Command::Write { title, statement, .. }) => {
            let statement = statement.iter().map(ToString::to_string);
            [title.to_string()].into_iter().chain(statement).collect::<Vec<_>>().join("\n\n")
        }
        Command::Deliberation(deliberation::Command::Add { .. })
        | Command::Deliberation(deliberation::Command::Remove { .. })
        | Command::Deliberation(deliberation::Command::Restore { .. })
        | Command::Deliberation(deliberation::Command::Move { .. })
        | Command::Conduct(conduct::Command::Show { .. })
        | Command::Conduct(conduct::Command::ChangePhase { .. })
        | Command::Conduct(conduct::Command::SetDoor { .. })
        | Command::People(_)
        | Command::Priority(_)
        | Command::Veil(
            veil::Command::Draw | veil::Command::Withdraw { .. } | veil::Command::Lift,
        )
        | Command::Deliberation(deliberation::Command::Hide { .. })
        | Command::Conduct(conduct::Command::WithdrawOverride { .. })
        | Command::Conduct(conduct::Command::AskLate)
        | Command::Conduct(
            conduct::Command::SettleLate { .. }
            | conduct::Command::TakeWall { .. }
            | conduct::Command::HoldWall { .. }
            | conduct::Command::LineUp { .. }
            | conduct::Command::LeaveOut { .. }
            | conduct::Command::WriteNote { text: None, .. }
            | conduct::Command::Mute { reason: None, .. },
        )
        | Command::Agreement(
            agreement::Command::ReadOut { .. }
            | agreement::Command::ChooseReader { .. }
            | agreement::Command::Remind
            | agreement::Command::NameMissing { .. }
            | agreement::Command::Close { reason: None },
        ) => String::new(),
    }
}

/// What a command about the floor has in words.
fn of_the_floor(command: &floor::Command) -> String {
    match command {
        floor::Command::Add { whom: floor::Added::Named(name), .. } => name.to_string(),
        floor::Command::CloseRound { reason: Some(reason) } => reason.to_string(),
        floor::Command::Ask { .. }
        | floor::Command::Withdraw
        | floor::Command::Add { .. }
        | floor::Command::Remove { .. }
        | floor::Command::Move { .. }
        | floor::Command::Call { .. }
        | floor::Command::End { .. }
        | floor::Command::SetMinutes { .. }
        | floor::Command::Start { .. }
        | floor::Command::Stop
        | floor::Command::Extend { .. }
        | floor::Command::OpenRound { .. }
        | floor::Command::Mark { .. }
        | floor::Command::Pass
        | floor::Command::CloseRound { reason: None } => String::new(),
    }
}

/// What a command about signing has in words: a drawing has none.
fn signed(command: &signing::Command) -> String {
    match command {
        signing::Command::Sign { hand: signing::Hand::Typed(name), .. } => name.to_string(),
        signing::Command::Decline { reason, .. }
        | signing::Command::Note { noted: Some(signing::Noted::Refused(reason)), .. } => {
            reason.to_string()
        }
        signing::Command::Close { reason } => reason.to_string(),
        signing::Command::Witness { name, .. } => {
            name.as_ref().map(ToString::to_string).unwrap_or_default()
        }
        signing::Command::Sign { hand: signing::Hand::Drawn { .. }, .. }
        | signing::Command::Consent { .. }
        | signing::Command::Note { .. } => String::new(),
    }
}

fn assigned(value: &Assignment) -> String {
    match value {
        Assignment::Starts(Some(day))
        | Assignment::Ends(Some(day))
        | Assignment::Due(Some(day)) => date::date(*day),
        other => other.words().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Patch, Phase, Role};
    use uuid::Uuid;

    use super::*;

    fn refused(id: u128, at: Millis, inserted: &str, full_text: &str) -> RefusedText {
        let command = Command::Deliberation(deliberation::Command::Patch {
            item: ItemId(Uuid::from_u128(1)),
            field: TextField::Statement,
            base: 7,
            patch: Patch::splice(4, 0, inserted),
        });
        RefusedText {
            id: CommandId(Uuid::from_u128(id)),
            mesa: MesaId {
                exercise: domain::StreamId(Uuid::from_u128(2)),
                number: domain::MesaNumber(1),
            },
            person: PersonId(Uuid::from_u128(3)),
            at,
            written: written(&command),
            command,
            rejection: Rejection::NotAllowed { role: Role::Actor, phase: Phase::ReadOut },
            full_text: full_text.to_owned(),
            commands: Vec::new(),
            asks: 0,
            sent_again: false,
        }
    }

    #[test]
    fn what_was_typed_in_one_go_is_refused_as_one() {
        let mut first = refused(10, 1_000, "lim", "agualimpia");
        assert_eq!(first.join(refused(11, 1_050, "pia", "aguapia")), Ok(()));
        assert_eq!((first.written.as_str(), first.full_text.as_str()), ("limpia", "agualimpia"));
        assert!(first.join(refused(12, 99_000, "x", "agua")).is_err());
        assert_eq!(first.said(), "agualimpia");
    }

    #[test]
    fn what_is_refused_while_it_is_being_typed_is_kept_letter_by_letter() {
        let stored = |id| StoredCommand {
            id: CommandId(Uuid::from_u128(id)),
            stream: domain::StreamId(Uuid::from_u128(2)),
            mesa: domain::MesaNumber(1),
            person: PersonId(Uuid::from_u128(3)),
            row: sync::outbox::Row { replica: Uuid::nil(), number: 0 },
            order: 1,
            holder: Uuid::nil(),
            made_at: 0,
            on_behalf: None,
            sent: true,
            tag: None,
            command: Command::Conduct(conduct::Command::AskLate),
        };
        let of = |id, inserted, full_text| RefusedText {
            commands: vec![stored(id)],
            ..refused(id, 1_000, inserted, full_text)
        };
        // Each refusal takes its letters out of what the author sees.
        let mut first = of(10, "C", "agua C");
        assert_eq!(first.join(of(11, "on mues", "agua on mues")), Ok(()));
        assert_eq!(first.join(of(12, "tras", "agua tras")), Ok(()));
        assert!(first.said().contains("Con muestras"), "{}", first.said());
    }

    #[test]
    fn what_was_written_about_signing_is_kept() {
        let reason = "Falta el presupuesto de 2027.";
        let why = || agreement::Reason::parse(reason).expect("a reason");
        let commands = [
            signing::Command::Decline { version: 1, reason: why() },
            signing::Command::Note {
                actor: domain::ActorNumber(2),
                noted: Some(signing::Noted::Refused(why())),
            },
            signing::Command::Close { reason: domain::Remark::parse(reason).expect("a remark") },
        ];
        for command in commands {
            let command = Command::Agreement(agreement::Command::Signing(command));
            assert_eq!(written(&command), reason, "{command:?}");
        }
    }

    #[test]
    fn a_refused_value_reads_as_it_was_written() {
        let item = ItemId(Uuid::from_u128(1));
        let day = time::macros::date!(2028 - 01 - 05);
        assert_eq!(
            written(&Command::Deliberation(deliberation::Command::Assign {
                item,
                value: Assignment::Due(Some(day))
            })),
            "05/01/2028"
        );
        assert_eq!(written(&Command::Deliberation(deliberation::Command::Remove { item })), "");
    }
}
