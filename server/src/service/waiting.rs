//! People who come by the code while the door is closed wait here until the facilitation admits
//! them with one tap. Like presence it is only told, never kept: after a restart their page knocks
//! again. Each node knows who waits at its own door.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Digest, MesaId, Millis, PersonId};
use uuid::Uuid;

use super::admit::Newcomer;
use crate::clock::{self, Secret};

/// Most people who wait at a mesa.
const MOST: usize = 200;
/// Whose page hasn't asked for this long has gone, ms.
const SILENCE: Millis = 30_000;

/// Everybody who waits.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<Mutex<HashMap<MesaId, Vec<Knock>>>>);

/// Somebody who waits.
#[derive(Clone, Debug)]
struct Knock {
    id: Uuid,
    token: Digest,
    newcomer: Newcomer,
    since: Millis,
    heard: Millis,
    answer: Option<Answer>,
}

/// What the facilitation answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Admitted(PersonId),
    TurnedAway,
}

/// How it stands with somebody who knocked.
#[derive(Clone, Debug)]
pub enum Standing {
    /// They wait; the name that they gave.
    Waits(String),
    /// They may come in: what they gave at the door, and who admitted them.
    Admitted(Box<Newcomer>, PersonId),
    /// They were turned away, have gone, or never knocked.
    Nobody,
}

/// Somebody in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Under what they are answered.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// Since when, ms since the epoch.
    pub since: Millis,
}

impl Waiting {
    fn all(&self) -> MutexGuard<'_, HashMap<MesaId, Vec<Knock>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody knocks; the secret by which their page asks. None: too many wait.
    pub fn knock(&self, mesa: MesaId, newcomer: Newcomer, now: Millis) -> Option<Secret> {
        let mut all = self.all();
        let here = all.entry(mesa).or_default();
        here.retain(|knock| now - knock.heard <= SILENCE);
        if here.len() >= MOST {
            return None;
        }
        let secret = clock::secret();
        here.push(Knock {
            id: clock::new_id(),
            token: secret.digest,
            newcomer,
            since: now,
            heard: now,
            answer: None,
        });
        Some(secret)
    }

    /// How it stands with somebody, whose page asks now. Who is admitted or turned away is told
    /// once.
    pub fn standing(&self, mesa: MesaId, token: Digest, now: Millis) -> Standing {
        let mut all = self.all();
        let Some(here) = all.get_mut(&mesa) else { return Standing::Nobody };
        let Some(at) = here.iter().position(|knock| knock.token == token) else {
            return Standing::Nobody;
        };
        here[at].heard = now;
        match here[at].answer {
            None => Standing::Waits(here[at].newcomer.name.clone()),
            Some(Answer::Admitted(by)) => {
                Standing::Admitted(Box::new(here.remove(at).newcomer), by)
            }
            Some(Answer::TurnedAway) => {
                here.remove(at);
                Standing::Nobody
            }
        }
    }

    /// Who waits, first who came first.
    pub fn list(&self, mesa: MesaId, now: Millis) -> Vec<Listed> {
        let mut all = self.all();
        let Some(here) = all.get_mut(&mesa) else { return Vec::new() };
        here.retain(|knock| now - knock.heard <= SILENCE);
        let waits = here.iter().filter(|knock| knock.answer.is_none());
        waits
            .map(|knock| Listed {
                id: knock.id,
                name: knock.newcomer.name.clone(),
                organisation: knock.newcomer.organisation.clone(),
                since: knock.since,
            })
            .collect()
    }

    /// Answers somebody; nothing happens when they don't wait any more.
    pub fn answer(&self, mesa: MesaId, id: Uuid, by: PersonId, admits: bool) {
        let mut all = self.all();
        let knock =
            all.get_mut(&mesa).and_then(|here| here.iter_mut().find(|knock| knock.id == id));
        if let Some(knock) = knock {
            let answer = if admits { Answer::Admitted(by) } else { Answer::TurnedAway };
            knock.answer = Some(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{MesaNumber, StreamId};

    use super::*;

    fn newcomer(name: &str) -> Newcomer {
        Newcomer { name: name.to_owned(), ..Newcomer::default() }
    }

    #[test]
    fn each_one_waits_until_they_are_answered_or_go() {
        let waiting = Waiting::default();
        let at = |number| MesaId { exercise: StreamId(Uuid::nil()), number: MesaNumber(number) };
        let ana = waiting.knock(at(1), newcomer("Ana"), 0).unwrap().digest;
        let eva = waiting.knock(at(1), newcomer("Eva"), 1).unwrap().digest;
        let names = |now| -> Vec<String> {
            waiting.list(at(1), now).into_iter().map(|listed| listed.name).collect()
        };
        assert_eq!(names(2), ["Ana", "Eva"]);
        assert!(waiting.list(at(2), 2).is_empty());
        assert!(matches!(waiting.standing(at(2), ana, 2), Standing::Nobody));
        let by = PersonId(Uuid::nil());
        let first = waiting.list(at(1), 2)[0].id;
        waiting.answer(at(1), first, by, true);
        assert_eq!(names(3), ["Eva"]);
        assert!(matches!(waiting.standing(at(1), ana, 3), Standing::Admitted(..)));
        assert!(matches!(waiting.standing(at(1), ana, 4), Standing::Nobody), "told once");
        assert!(matches!(waiting.standing(at(1), eva, 20_000), Standing::Waits(_)));
        assert_eq!(names(50_000), ["Eva"]);
        assert_eq!(names(50_001), Vec::<String>::new(), "her page was closed");
    }

    #[test]
    fn a_crowd_at_the_door_is_bounded() {
        let waiting = Waiting::default();
        let at = MesaId { exercise: StreamId(Uuid::nil()), number: MesaNumber(1) };
        for _ in 0..MOST {
            assert!(waiting.knock(at, newcomer("x"), 0).is_some());
        }
        assert!(waiting.knock(at, newcomer("x"), 0).is_none());
        assert!(waiting.knock(at, newcomer("x"), SILENCE + 1).is_some());
    }
}
