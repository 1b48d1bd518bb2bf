//! The history of a long text, for people at the table: what each wrote in one go, with insertions
//! and deletions marked, and a button that restores a wording. Restoring is a change like any
//! other: it is logged under the person's name, what others are writing meanwhile stays, and it can
//! be undone in turn.

use std::sync::Arc;

use app::address;
use app::page::plain::{PieceKind, TextAuthor, TextHistory, TextVersion};
use domain::codes::Coded;
use domain::deliberation;
use domain::text::patch::Step;
use domain::{
    Audience, Command, Event, Exercise, Item, ItemId, MesaId, Millis, Patch, PersonId, Rejection,
    Role, Seq, TextField, Viewer,
};
use store::{OpenSession, Record};

use super::attendance::mesa_link;
use super::command;
use crate::app_state::{AppState, Unexpected};
use crate::clock;

/// Changes by one person within this time of the last one are one version, ms.
const TOGETHER: Millis = 3 * 60 * 1_000;
/// Versions on a page.
const ON_A_PAGE: usize = 20;

/// A text that the asker may see.
pub struct Wording {
    mesa: MesaId,
    session: OpenSession,
    exercise: Arc<Exercise>,
    seq: Seq,
    item: ItemId,
    field: TextField,
}

impl Wording {
    /// A text of a mesa, by its item and its code, at `seq`; none when the asker can't see it.
    pub fn find(
        mesa: MesaId,
        exercise: Arc<Exercise>,
        seq: Seq,
        session: OpenSession,
        item: ItemId,
        field: &str,
    ) -> Option<Self> {
        let here = exercise.mesa(mesa.number)?;
        let known = here.item(item).filter(|item| here.is_visible(item))?;
        let field =
            TextField::of(known.kind()).iter().copied().find(|known| known.code() == field)?;
        // Names of sessions are looked up in the full state; only what the viewer may see is shown.
        let viewer = Viewer::new(session.grant.role_at(mesa.number), mesa.number);
        exercise.for_viewer(viewer).item(item)?;
        Some(Self { mesa, session, exercise, seq, item, field })
    }

    fn item(&self) -> Option<&Item> {
        self.exercise.item(self.item).map(|item| &**item)
    }

    /// The address of its sheet.
    pub fn sheet(&self) -> String {
        self.item().map_or_else(|| address::now(self.mesa), |item| address::of(self.mesa, item))
    }

    /// The changes up to the position at which the state was read.
    async fn changes(&self, state: &AppState) -> Result<Vec<Record>, Unexpected> {
        let mut records =
            state.store.text_records(self.mesa.exercise, self.item, self.field, 0).await?;
        records.retain(|record| record.seq <= self.seq);
        Ok(records)
    }

    /// Its history, the newest change before `before` first; `problem` says why a wording wasn't
    /// restored.
    ///
    /// # Errors
    /// [`Unexpected`].
    pub async fn history(
        &self,
        state: &AppState,
        before: Option<Seq>,
        problem: Option<Rejection>,
    ) -> Result<TextHistory, Unexpected> {
        let zone =
            self.exercise.card.as_ref().map(|card| card.time_zone.to_string()).unwrap_or_default();
        let changes = self.changes(state).await?;
        let people_since =
            changes.iter().find(|record| record.person.is_some()).map(|record| record.seq);
        let mut versions = versions(&changes);
        let all = versions.len();
        versions.retain(|version| before.is_none_or(|before| version.last.seq < before));
        let from_now = versions.len() == all;
        versions.reverse();
        let older = (versions.len() > ON_A_PAGE).then(|| versions[ON_A_PAGE - 1].last.seq);
        versions.truncate(ON_A_PAGE);
        let named: Vec<_> =
            versions.iter().filter_map(|version| self.may_be_named(version.last)).collect();
        let names = state.store.names(&named).await?;
        let shown = |version: &Version| TextVersion {
            seq: version.last.seq,
            at: clock::day_and_time(&zone, version.last.at),
            name: self.may_be_named(version.last).and_then(|person| names.get(&person).cloned()),
            by: self.author(version.last, people_since),
            pieces: pieces(&version.before, &version.patch),
        };
        Ok(TextHistory {
            mesa: mesa_link(&self.exercise, self.mesa),
            kind: self.item().map_or(domain::ItemKind::Problem, Item::kind),
            title: self
                .item()
                .map(|item| item.text(TextField::Title).to_owned())
                .unwrap_or_default(),
            field: self.field,
            sheet: self.sheet(),
            versions: versions.iter().map(shown).collect(),
            from_now,
            older,
            problem,
        })
    }

    /// The author, if they consented to their name in the record (section 4) and wrote it for
    /// themselves.
    fn may_be_named(&self, record: &Record) -> Option<PersonId> {
        let person = record.person.filter(|_| record.on_behalf.is_none())?;
        let mesa = self.exercise.mesa(self.mesa.number)?;
        let person = mesa.people.one(person);
        mesa.people.attendees.get(&person).filter(|attendee| attendee.name_public).map(|_| person)
    }

    /// `people_since`: the seq at which people began to write.
    fn author(&self, record: &Record, people_since: Option<Seq>) -> TextAuthor {
        let seat = record.on_behalf.or(record.seat);
        if let Some(actor) = seat.and_then(|seat| self.exercise.actor_of(seat)) {
            return TextAuthor::Organisation(actor.organisation.to_string());
        }
        let Some(person) = record.person else {
            let later = people_since.is_some_and(|since| since < record.seq);
            return if later { TextAuthor::Redacted } else { TextAuthor::Prepared };
        };
        let sessions =
            self.exercise.registry.sessions.values().filter(|session| session.person == person);
        let mut roles: Vec<_> =
            sessions.map(|session| session.grant.role_at(self.mesa.number)).collect();
        roles.retain(|role| Audience::of(*role) != Audience::Public);
        let leads = roles.iter().find(|role| Audience::of(**role) == Audience::Facilitation);
        TextAuthor::Role(leads.or(roles.first()).copied().unwrap_or(Role::Participant))
    }

    /// Restores the text after `seq` by undoing the later changes, one by one: what others write
    /// meanwhile stays with the words around it.
    ///
    /// # Errors
    /// [`Unexpected`].
    pub async fn bring_back(
        &self,
        state: &AppState,
        seq: Seq,
    ) -> Result<Result<(), Rejection>, Unexpected> {
        let (mut wanted, mut later) = (String::new(), Patch::identity());
        for record in &self.changes(state).await? {
            match &record.event {
                Event::Deliberation(deliberation::Event::TextPatched { patch, .. })
                    if record.seq > seq =>
                {
                    later = later.compose(patch)
                }
                _ => wanted = patched(&wanted, record),
            }
        }
        let Ok(patch) = later.invert(&wanted) else {
            return Ok(Err(Rejection::Deliberation(deliberation::Rejection::PatchOutOfRange)));
        };
        if patch.is_identity() {
            return Ok(Ok(()));
        }
        let command = Command::Deliberation(deliberation::Command::Patch {
            item: self.item,
            field: self.field,
            base: self.seq,
            patch,
        });
        command::give(state, self.mesa, &self.session, command).await
    }
}

/// What someone wrote in one go.
struct Version<'a> {
    before: String,
    patch: Patch,
    last: &'a Record,
}

fn patched(text: &str, record: &Record) -> String {
    let Event::Deliberation(deliberation::Event::TextPatched { patch, .. }) = &record.event else {
        return text.to_owned();
    };
    // The log has only patches that fit.
    patch.apply(text).unwrap_or_else(|_| text.to_owned())
}

/// The text's versions, oldest first.
fn versions(records: &[Record]) -> Vec<Version<'_>> {
    let mut versions: Vec<Version<'_>> = Vec::new();
    let mut text = String::new();
    for record in records {
        let Event::Deliberation(deliberation::Event::TextPatched { patch, .. }) = &record.event
        else {
            continue;
        };
        match versions.last_mut() {
            Some(version) if goes_on(version.last, record) => {
                version.patch = version.patch.compose(patch);
                version.last = record;
            }
            _ => {
                versions.push(Version { before: text.clone(), patch: patch.clone(), last: record })
            }
        }
        text = patched(&text, record);
    }
    versions
}

fn goes_on(last: &Record, next: &Record) -> bool {
    let same = |record: &Record| (record.person, record.seat, record.on_behalf);
    same(last) == same(next) && (0..TOGETHER).contains(&(next.at - last.at))
}

/// A text piece by piece, with a patch's insertions and deletions.
fn pieces(before: &str, patch: &Patch) -> Vec<(PieceKind, String)> {
    let mut rest = before.chars();
    let mut take = |count: u32| rest.by_ref().take(count as usize).collect::<String>();
    let mut pieces: Vec<_> = patch
        .steps()
        .iter()
        .map(|step| match step {
            Step::Retain(count) => (PieceKind::Kept, take(*count)),
            Step::Insert(text, _) => (PieceKind::Inserted, text.clone()),
            Step::Delete(count) => (PieceKind::Deleted, take(*count)),
        })
        .collect();
    pieces.push((PieceKind::Kept, take(u32::MAX)));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(seq: Seq, at: Millis, person: u128, patch: Patch) -> Record {
        let item = ItemId(uuid::Uuid::from_u128(1));
        Record {
            seq,
            hash: domain::Digest([0; 32]),
            event: Event::Deliberation(deliberation::Event::TextPatched {
                item,
                field: TextField::Description,
                patch,
            }),
            command: domain::CommandId(uuid::Uuid::from_u128(u128::from(seq))),
            part: 0,
            at,
            person: Some(domain::PersonId(uuid::Uuid::from_u128(person))),
            seat: None,
            on_behalf: None,
            client_at: None,
        }
    }

    #[test]
    fn what_one_wrote_in_one_go_is_one_version() {
        let records = [
            record(1, 0, 1, Patch::splice(0, 0, "agua")),
            record(4, 60_000, 1, Patch::splice(4, 0, " limpia")),
            record(5, 61_000, 2, Patch::splice(5, 6, "potable")),
            record(6, 62_000, 1, Patch::splice(0, 1, "A")),
            record(9, 62_000 + TOGETHER, 1, Patch::splice(12, 0, ".")),
        ];
        let versions = versions(&records);
        let read: Vec<_> = versions
            .iter()
            .map(|v| (v.last.seq, v.patch.apply(&v.before).expect("fits")))
            .collect();
        let expected =
            [(4, "agua limpia"), (5, "agua potable"), (6, "Agua potable"), (9, "Agua potable.")];
        assert_eq!(read, expected.map(|(seq, text)| (seq, text.to_owned())));
    }

    #[test]
    fn pieces_say_what_was_put_in_and_taken_out() {
        use PieceKind::{Deleted, Inserted, Kept};
        let read = pieces("agua limpia, é", &Patch::splice(5, 6, "potable"));
        let expected = [(Kept, "agua "), (Inserted, "potable"), (Deleted, "limpia"), (Kept, ", é")];
        assert_eq!(read, expected.map(|(kind, text)| (kind, text.to_owned())));
        assert_eq!(pieces("", &Patch::splice(0, 0, "a")), [(Inserted, "a".to_owned())]);
    }
}
