//! How long sessions last: in any case from when they began, and without use. When each was used
//! last is kept in the store, to the hour, so that it holds on every node and after a restart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Audience, Millis, SessionId, StreamId};
use store::{OpenSession, Store, StoreError};

/// How often it is noted that a session is used, at most.
const NOTED_EVERY: Duration = HOUR;
/// Sessions whose last note is remembered; of others the store is asked.
const KNOWN: usize = 100_000;
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// Of who prepares or facilitates, from when they came in.
    pub facilitation: Duration,
    /// The same without use. A page that stays open is use.
    pub facilitation_idle: Duration,
    /// At the table, from when they came in.
    pub table: Duration,
    /// The same without use, once the exercise is over: people come back for the signing months
    /// after the mesa, and what they didn't send yet is theirs alone.
    pub table_idle: Duration,
}

impl Default for Lasting {
    fn default() -> Self {
        Self {
            facilitation: 30 * DAY,
            facilitation_idle: 12 * HOUR,
            // The longest that browsers keep a cookie.
            table: 400 * DAY,
            table_idle: 30 * DAY,
        }
    }
}

/// A session's moments, ms since the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// When it began.
    pub began: Millis,
    /// When it was used last.
    pub used: Millis,
    /// When its exercise is over; none: that isn't known.
    pub exercise_ends: Option<Millis>,
}

impl Lasting {
    /// Whether a session has lasted as long as it may.
    pub fn is_over(&self, audience: Audience, moments: Moments, now: Millis) -> bool {
        let Moments { began, used, exercise_ends } = moments;
        if now - began > self.in_all(audience) {
            return true;
        }
        match audience {
            Audience::Facilitation => now - used > millis(self.facilitation_idle),
            Audience::Seats | Audience::Public => {
                exercise_ends.is_some_and(|ends| now - used.max(ends) > millis(self.table_idle))
            }
        }
    }

    /// How long a session lasts from when it began, ms.
    pub fn in_all(&self, audience: Audience) -> Millis {
        millis(match audience {
            Audience::Facilitation => self.facilitation,
            Audience::Seats | Audience::Public => self.table,
        })
    }

    /// How often it is noted that a session is used, ms.
    fn noted_every(&self) -> Millis {
        millis(NOTED_EVERY.min(self.facilitation_idle / 4).min(self.table_idle / 4))
    }
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

/// When a session began, ms since the epoch, which its id says.
pub fn began(session: &OpenSession) -> Option<Millis> {
    let (seconds, nanos) = session.session.0.get_timestamp()?.to_unix();
    Some(Millis::try_from(seconds).ok()? * 1_000 + Millis::from(nanos / 1_000_000))
}

/// When sessions were used. Clones share it.
#[derive(Clone, Debug)]
pub struct Uses(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    lasting: Lasting,
    /// When each session's use was noted by this node.
    noted: Mutex<HashMap<SessionId, Millis>>,
}

impl Uses {
    /// Nothing is known yet.
    pub fn new(store: Store, lasting: Lasting) -> Self {
        Self(Arc::new(Inner { store, lasting, noted: Mutex::default() }))
    }

    /// How long sessions last.
    pub fn lasting(&self) -> &Lasting {
        &self.0.lasting
    }

    /// When a session was used last, ms since the epoch: at least when it began.
    ///
    /// # Errors
    /// What the store says.
    pub async fn last(&self, session: &OpenSession, now: Millis) -> Result<Millis, StoreError> {
        let noted = self.locked().get(&session.session).copied();
        if let Some(noted) = noted.filter(|noted| self.is_recent(*noted, now)) {
            return Ok(noted);
        }
        let kept = self.0.store.last_use(session.stream, session.session).await?;
        Ok(kept.max(noted).max(began(session)).unwrap_or(Millis::MIN))
    }

    /// A session is used now. That is written when it wasn't for a while, and nobody waits for it.
    pub fn note(&self, stream: StreamId, session: SessionId, now: Millis) {
        let mut noted = self.locked();
        if noted.get(&session).is_some_and(|noted| self.is_recent(*noted, now)) {
            return;
        }
        if noted.len() >= KNOWN {
            noted.clear();
        }
        noted.insert(session, now);
        drop(noted);
        let store = self.0.store.clone();
        tokio::spawn(async move {
            // The session is idle an hour earlier than it should be, then.
            if let Err(error) = store.note_use(stream, session, now).await {
                tracing::warn!(%error, "the use of a session isn't noted");
            }
        });
    }

    fn is_recent(&self, noted: Millis, now: Millis) -> bool {
        now - noted < self.0.lasting.noted_every()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Millis>> {
        self.0.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: Millis = 60 * 60 * 1_000;
    const DAYS: Millis = 24 * HOURS;

    #[test]
    fn a_session_ends_without_use_and_in_any_case() {
        let lasting = Lasting::default();
        let now = 1_000 * DAYS;
        let is_over = |audience, began: Millis, used: Millis, ends: Option<Millis>| {
            let exercise_ends = ends.map(|ends| now - ends);
            let moments = Moments { began: now - began, used: now - used, exercise_ends };
            lasting.is_over(audience, moments, now)
        };
        for (audience, began, used, ends, over) in [
            (Audience::Facilitation, 0, 0, None, false),
            (Audience::Facilitation, 11 * HOURS, 11 * HOURS, None, false),
            (Audience::Facilitation, 13 * HOURS, 13 * HOURS, None, true),
            (Audience::Facilitation, 29 * DAYS, HOURS, None, false),
            (Audience::Facilitation, 30 * DAYS, 0, None, false),
            (Audience::Facilitation, 30 * DAYS + 1, 0, None, true),
            // At the table as long as the exercise lasts, and a while after it.
            (Audience::Seats, 300 * DAYS, 300 * DAYS, None, false),
            (Audience::Seats, 300 * DAYS, 300 * DAYS, Some(-DAYS), false),
            (Audience::Seats, 300 * DAYS, 300 * DAYS, Some(29 * DAYS), false),
            (Audience::Seats, 300 * DAYS, 300 * DAYS, Some(31 * DAYS), true),
            (Audience::Seats, 300 * DAYS, 29 * DAYS, Some(90 * DAYS), false),
            (Audience::Seats, 300 * DAYS, 31 * DAYS, Some(90 * DAYS), true),
            (Audience::Seats, 401 * DAYS, 0, None, true),
        ] {
            assert_eq!(is_over(audience, began, used, ends), over, "{audience:?} {began} {used}");
        }
    }
}
