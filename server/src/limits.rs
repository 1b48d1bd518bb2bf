//! How often something may be asked. A session counts by itself, because a whole room comes from
//! one address; without one the address counts, generously. Wrong join codes and links are counted
//! apart, and slow down nothing but themselves.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{Digest, SessionId};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::state::keyed::DefaultKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::client::Place;

/// How many connections an address may have at once, and how many requests without a session at
/// once and in each minute, unless the operator says otherwise. A phone that comes in makes some
/// fifteen, and a room of 65 behind one address comes in within a minute.
pub const PER_ADDRESS: NonZeroU32 = count(2_000);

/// Requests of a session at once, and then in each second.
const OF_SESSION: (NonZeroU32, NonZeroU32) = (count(600), count(20));
/// Frames of a session at once, and then in each second. A device that comes back sends all that
/// waited, [`sync::wire::PENDING_LIMIT`] at most.
const FRAMES: (NonZeroU32, NonZeroU32) = (count(4_000), count(50));
/// Wrong codes of an address at once, and then in each minute: a full room makes some mistakes.
const CODES_OF_PLACE: (NonZeroU32, NonZeroU32) = (count(100), count(30));
/// Wrong codes of everybody at once, and then in each second. At this rate it takes a hundred years
/// to try the codes that there are.
const CODES: (NonZeroU32, NonZeroU32) = (count(600), count(5));
/// Wrong links of an address at once, and then in each minute.
const LINKS_OF_PLACE: (NonZeroU32, NonZeroU32) = (count(60), count(30));
/// Passphrases from an address at once, and then in each minute, right ones too.
const PASSPHRASES: (NonZeroU32, NonZeroU32) = (count(30), count(10));
/// Passphrases for one mail address from everywhere at once, and then in each minute. Whether there
/// is such an account makes no difference.
const PASSPHRASES_OF_ACCOUNT: (NonZeroU32, NonZeroU32) = (count(20), count(2));
/// Links for choosing another passphrase that are asked for from an address at once, and then in
/// each minute.
const RESETS_OF_PLACE: (NonZeroU32, NonZeroU32) = (count(20), count(5));
/// The same for one mail address at once, and then in each hour: beyond that nothing is sent, and
/// nobody is told.
const RESETS_OF_ACCOUNT: (NonZeroU32, NonZeroU32) = (count(3), count(6));
/// Passphrases that are compared at the same time: each takes a core and much memory.
const COMPARING: usize = 2;
/// Sessions that are remembered; they are recognised again at their next page.
const KNOWN: usize = 100_000;
/// What has recovered is forgotten after so many requests.
const TIDY_AFTER: u32 = 4_096;

const fn count(count: u32) -> NonZeroU32 {
    match NonZeroU32::new(count) {
        Some(count) => count,
        None => NonZeroU32::MIN,
    }
}

/// How long to wait until something may be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(Duration);

impl Wait {
    /// In whole seconds, at least one.
    pub fn seconds(self) -> u64 {
        (self.0.as_secs() + u64::from(self.0.subsec_nanos() > 0)).max(1)
    }
}

type Informed<K, S> = RateLimiter<K, S, DefaultClock, StateInformationMiddleware>;
type Negative = NotUntil<<DefaultClock as Clock>::Instant>;

/// The counts. Clones share them.
#[derive(Clone)]
pub struct Limits(Arc<Counts>);

struct Counts {
    by_session: DefaultKeyedRateLimiter<Digest>,
    by_place: DefaultKeyedRateLimiter<Place>,
    links: DefaultKeyedRateLimiter<Place>,
    passphrases: DefaultKeyedRateLimiter<Place>,
    accounts: DefaultKeyedRateLimiter<Digest>,
    resets: DefaultKeyedRateLimiter<Place>,
    resets_of_account: DefaultKeyedRateLimiter<Digest>,
    comparing: Semaphore,
    frames: DefaultKeyedRateLimiter<SessionId>,
    codes: Codes,
    /// Digests of the cookies that were found in the store.
    known: Mutex<HashSet<Digest>>,
    /// Requests since the last tidying.
    asked: AtomicU32,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

impl Limits {
    /// Nothing was asked yet. An address may make `per_address` requests without a session at once,
    /// and as many in each minute.
    pub fn new(per_address: NonZeroU32) -> Self {
        Self(Arc::new(Counts {
            by_session: RateLimiter::keyed(per_second(OF_SESSION)),
            by_place: RateLimiter::keyed(per_minute((per_address, per_address))),
            links: RateLimiter::keyed(per_minute(LINKS_OF_PLACE)),
            passphrases: RateLimiter::keyed(per_minute(PASSPHRASES)),
            accounts: RateLimiter::keyed(per_minute(PASSPHRASES_OF_ACCOUNT)),
            resets: RateLimiter::keyed(per_minute(RESETS_OF_PLACE)),
            resets_of_account: RateLimiter::keyed(per_hour(RESETS_OF_ACCOUNT)),
            comparing: Semaphore::new(COMPARING),
            frames: RateLimiter::keyed(per_second(FRAMES)),
            codes: Codes::new(),
            known: Mutex::default(),
            asked: AtomicU32::new(0),
        }))
    }

    /// Counts a request. Of a cookie that wasn't recognised its address counts: anybody can make
    /// one up.
    ///
    /// # Errors
    /// [`Wait`] when there were too many.
    pub fn request(&self, place: Place, cookie: Option<Digest>) -> Result<(), Wait> {
        let counts = &self.0;
        if counts.asked.fetch_add(1, Ordering::Relaxed) >= TIDY_AFTER {
            counts.asked.store(0, Ordering::Relaxed);
            self.tidy();
        }
        match cookie.filter(|cookie| locked(&counts.known).contains(cookie)) {
            Some(cookie) => counts.by_session.check_key(&cookie),
            None => counts.by_place.check_key(&place),
        }
        .map_err(|until| wait(&until))
    }

    /// The store has open sessions for this cookie.
    pub fn recognise(&self, cookie: Digest) {
        let mut known = locked(&self.0.known);
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(cookie);
    }

    /// Looks up a join code. Who tried too many wrong ones is told to wait without being told
    /// whether this one is right; otherwise waiting would slow nobody who guesses.
    ///
    /// # Errors
    /// Those of `find`.
    pub async fn code<T, E>(
        &self,
        place: Place,
        find: impl Future<Output = Result<Option<T>, E>>,
    ) -> Result<Result<Option<T>, Wait>, E> {
        let codes = &self.0.codes;
        if let Some(wait) = codes.shut_to(place) {
            return Ok(Err(wait));
        }
        // One after the other: tries at the same moment would all be made before the first counts.
        let _turn = codes.turn.lock().await;
        if let Some(wait) = codes.shut_to(place) {
            return Ok(Err(wait));
        }
        let found = find.await?;
        if found.is_none() {
            codes.was_wrong(place);
        }
        Ok(Ok(found))
    }

    /// Counts a link that was never issued. Those that were are always taken: there is no guessing
    /// 128 bits.
    ///
    /// # Errors
    /// [`Wait`] when there were too many.
    pub fn wrong_link(&self, place: Place) -> Result<(), Wait> {
        self.0.links.check_key(&place).map_err(|until| wait(&until))
    }

    /// Counts a passphrase for the account with this digest of a mail address, before it is looked
    /// at, and waits for its turn: what it returns is held while it is compared.
    ///
    /// # Errors
    /// [`Wait`] when there were too many.
    pub async fn passphrase(
        &self,
        place: Place,
        account: Digest,
    ) -> Result<SemaphorePermit<'_>, Wait> {
        self.0.passphrases.check_key(&place).map_err(|until| wait(&until))?;
        self.0.accounts.check_key(&account).map_err(|until| wait(&until))?;
        Ok(self.0.comparing.acquire().await.expect("it is never closed"))
    }

    /// Counts a link for choosing another passphrase that is asked for with this digest of a mail
    /// address. The result is whether it is sent, if there is such an account.
    ///
    /// # Errors
    /// [`Wait`] when there were too many from the address.
    pub fn reset(&self, place: Place, account: Digest) -> Result<bool, Wait> {
        self.0.resets.check_key(&place).map_err(|until| wait(&until))?;
        Ok(self.0.resets_of_account.check_key(&account).is_ok())
    }

    /// Counts a frame, and waits when there were too many: a frame may carry what somebody typed,
    /// so it is late rather than lost.
    pub async fn frame(&self, session: SessionId) {
        while let Err(until) = self.0.frames.check_key(&session) {
            tokio::time::sleep(wait(&until).0).await;
        }
    }

    /// Forgets what has recovered.
    fn tidy(&self) {
        let counts = &self.0;
        counts.by_session.retain_recent();
        counts.by_session.shrink_to_fit();
        for by_place in [&counts.by_place, &counts.links, &counts.passphrases, &counts.resets] {
            by_place.retain_recent();
            by_place.shrink_to_fit();
        }
        for by_account in [&counts.accounts, &counts.resets_of_account] {
            by_account.retain_recent();
            by_account.shrink_to_fit();
        }
        counts.frames.retain_recent();
        counts.frames.shrink_to_fit();
        counts.codes.by_place.retain_recent();
        counts.codes.by_place.shrink_to_fit();
    }
}

/// Wrong tries of join codes.
struct Codes {
    by_place: Informed<Place, DefaultKeyedStateStore<Place>>,
    all: Informed<NotKeyed, InMemoryState>,
    shut: Mutex<Shut>,
    turn: tokio::sync::Mutex<()>,
}

/// Until when no code is looked at.
#[derive(Default)]
struct Shut {
    all: Option<Instant>,
    places: HashMap<Place, Instant>,
}

impl Codes {
    fn new() -> Self {
        Self {
            by_place: RateLimiter::keyed(per_minute(CODES_OF_PLACE)).with_middleware(),
            all: RateLimiter::direct(per_second(CODES)).with_middleware(),
            shut: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    fn shut_to(&self, place: Place) -> Option<Wait> {
        let shut = locked(&self.shut);
        let until = shut.all.into_iter().chain(shut.places.get(&place).copied()).max()?;
        until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).map(Wait)
    }

    fn was_wrong(&self, place: Place) {
        let (of_place, of_all) = (spent(self.by_place.check_key(&place)), spent(self.all.check()));
        let now = Instant::now();
        let mut shut = locked(&self.shut);
        shut.places.retain(|_, until| *until > now);
        if let Some(wait) = of_place {
            shut.places.insert(place, now + wait);
        }
        if let Some(wait) = of_all {
            shut.all = Some(now + wait);
        }
    }
}

/// How long nothing more may be tried; none while something may.
fn spent(checked: Result<StateSnapshot, Negative>) -> Option<Duration> {
    match checked {
        Ok(left) if left.remaining_burst_capacity() > 0 => None,
        Ok(left) => Some(left.quota().replenish_interval()),
        Err(until) => Some(wait(&until).0),
    }
}

fn wait(until: &Negative) -> Wait {
    Wait(until.wait_time_from(DefaultClock::default().now()))
}

fn per_second((burst, rate): (NonZeroU32, NonZeroU32)) -> Quota {
    Quota::per_second(rate).allow_burst(burst)
}

fn per_minute((burst, rate): (NonZeroU32, NonZeroU32)) -> Quota {
    Quota::per_minute(rate).allow_burst(burst)
}

fn per_hour((burst, rate): (NonZeroU32, NonZeroU32)) -> Quota {
    Quota::per_hour(rate).allow_burst(burst)
}

/// What is behind a lock. A count stays usable when a thread that held it panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
