//! Who prepares and facilitates: passphrases, and signing in with one on any device.
//!
//! A passphrase is kept as an argon2id hash in the person's record. Hashing takes a tenth of a
//! second of a core and 19 MiB, so few run at the same time, and none on the threads that serve.

use std::sync::LazyLock;

use app::page::form::Problem;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::people::registry::{Grant, Link, Session};
use domain::{
    Audience, DeviceId, Digest, Exercise, LinkId, Millis, PersonId, Rejection, ServerCommand,
    SessionId, StreamId, people,
};
use store::{Account, NewJob, NewPerson, Store, StoreError};
use tokio::sync::Semaphore;

use super::entry::{EntryError, Ledger};
use crate::app_state::{AppState, Unexpected};
use crate::clock::{self, Secret};
use crate::mail::{self, ResetJob, reset_key};
use crate::room::Request;

/// Fewest characters of a passphrase.
const SHORTEST: usize = 12;
/// Most bytes of one: hashing more is work for nothing.
const LONGEST: usize = 1_024;
/// Least strength by zxcvbn, 0 to 4: at least 10⁸ guesses.
const STRENGTH: zxcvbn::Score = zxcvbn::Score::Three;
/// Words that guessers try first here.
const LOCAL_WORDS: [&str; 10] = [
    "mesa abierta",
    "gobierno abierto",
    "contraseña",
    "municipio",
    "ayuntamiento",
    "transparencia",
    "facilitador",
    "facilitadora",
    "presidencia",
    "mexico",
];
/// How many passphrases are hashed at the same time.
const AT_ONCE: usize = 2;
/// How long a link for choosing a passphrase is valid when it is sent, ms.
pub const INVITATION: Millis = 7 * 24 * 60 * 60 * 1_000;
/// How long when it is shown to the operator, or sent to who forgot theirs, ms.
pub const RESET: Millis = 10 * 60 * 1_000;

static HASHING: Semaphore = Semaphore::const_new(AT_ONCE);
/// What a passphrase is compared with when nobody has that mail: it takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hashed("nobody has this passphrase"));

/// Argon2id with the parameters that OWASP gives as least: 19 MiB, two passes, one lane.
fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1_024, 2, 1, None).expect("these parameters are valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hashed(passphrase: &str) -> String {
    let salt = SaltString::encode_b64(&clock::salt()).expect("16 bytes are a salt");
    let hash = argon().hash_password(passphrase.as_bytes(), &salt);
    hash.expect("the parameters and the salt are valid").to_string()
}

/// Whether a passphrase may be chosen; `known` are words that guessers know of the person.
///
/// # Errors
/// Why it may not.
pub fn check(passphrase: &str, known: &[&str]) -> Result<(), Problem> {
    if passphrase.is_empty() {
        return Err(Problem::Missing);
    }
    if passphrase.len() > LONGEST {
        return Err(Problem::NotPlain);
    }
    if passphrase.chars().count() < SHORTEST {
        return Err(Problem::TooShort);
    }
    let words: Vec<&str> = LOCAL_WORDS.iter().chain(known).copied().collect();
    // Beyond this length nothing gets weaker, and estimating is quadratic.
    let start: String = passphrase.chars().take(64).collect();
    if zxcvbn::zxcvbn(&start, &words).score() < STRENGTH {
        return Err(Problem::TooCommon);
    }
    Ok(())
}

/// Hashes a passphrase, as a PHC string.
pub async fn hash(passphrase: String) -> String {
    let _one = HASHING.acquire().await.expect("never closed");
    tokio::task::spawn_blocking(move || hashed(&passphrase)).await.expect("hashing doesn't panic")
}

async fn fits(passphrase: String, hash: String) -> bool {
    let _one = HASHING.acquire().await.expect("never closed");
    let compare = move || {
        let parsed = PasswordHash::new(&hash).ok();
        let compared = parsed.map(|hash| argon().verify_password(passphrase.as_bytes(), &hash));
        matches!(compared, Some(Ok(())))
    };
    tokio::task::spawn_blocking(compare).await.expect("comparing doesn't panic")
}

/// The accounts that a mail address and a passphrase fit. Takes the same time when there are none.
///
/// # Errors
/// [`StoreError`].
pub async fn find(store: &Store, mail: &str, passphrase: &str) -> Result<Vec<Account>, StoreError> {
    if passphrase.len() > LONGEST {
        return Ok(Vec::new());
    }
    let accounts = store.accounts(mail).await?;
    let mut fitting = Vec::new();
    if accounts.is_empty() {
        fits(passphrase.to_owned(), NOBODY.clone()).await;
    }
    for account in accounts {
        let hash = account.record.passphrase.clone().unwrap_or_else(|| NOBODY.clone());
        let chosen = account.record.passphrase.is_some();
        if fits(passphrase.to_owned(), hash).await && chosen {
            fitting.push(account);
        }
    }
    Ok(fitting)
}

/// A new session of somebody who prepares or facilitates: the command that opens it, and the
/// secret of its cookie.
pub fn new_session(person: PersonId, grant: Grant) -> (ServerCommand, Secret) {
    let secret = clock::secret();
    let opened = Session {
        person,
        device: DeviceId(clock::new_id()),
        token: secret.digest,
        grant,
        closed: false,
    };
    let session = SessionId(clock::new_id());
    let open = ServerCommand::People(people::ServerCommand::OpenSession { session, opened });
    (open, secret)
}

/// Opens a session on this device; none: they lost their role meanwhile.
///
/// # Errors
/// [`Unexpected`].
pub async fn sign_in(state: &AppState, account: &Account) -> Result<Option<Secret>, Unexpected> {
    let (open, secret) = new_session(account.record.id, account.grant);
    let room = state.rooms.get(account.stream).await?;
    let commands = vec![open];
    let entered =
        room.ask(|reply| Request::Enter { commands, people: Vec::new(), by: None, reply }).await?;
    Ok(entered.is_ok().then_some(secret))
}

/// A link with which a person chooses a passphrase, once and until it expires: the command that
/// issues it, and its secret.
pub fn new_link(person: PersonId, grant: Grant, expires: Millis) -> (ServerCommand, Secret) {
    let secret = clock::secret();
    let issued = Link {
        token: secret.digest,
        code: None,
        grant,
        person: Some(person),
        expires: Some(expires),
        ended: None,
    };
    let link = LinkId(clock::new_id());
    (ServerCommand::People(people::ServerCommand::IssueLink { link, issued }), secret)
}

/// A valid link for choosing a passphrase.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// The exercise's stream.
    pub stream: StreamId,
    /// The link.
    pub link: LinkId,
    /// Whose passphrase it is.
    pub person: PersonId,
}

/// The link with a secret; none when it isn't such a link, or no longer valid. Looking consumes
/// nothing.
///
/// # Errors
/// [`StoreError`].
pub async fn chooser(store: &Store, secret: &str) -> Result<Option<Chooser>, StoreError> {
    let link = store.link(clock::digest_of(secret)).await?;
    let valid = link.filter(|link| link.end(clock::now()).is_none());
    Ok(valid.and_then(|link| {
        Some(Chooser { stream: link.stream, link: link.link, person: link.person? })
    }))
}

/// Stores the chosen passphrase, ends the link and the person's other sessions as facilitation, and
/// opens a new one; the result is the new cookie's secret. None: the link isn't valid any longer.
///
/// # Errors
/// [`Unexpected`].
pub async fn choose(
    state: &AppState,
    chooser: &Chooser,
    passphrase: String,
) -> Result<Option<Secret>, Unexpected> {
    let Some(record) = state.store.people(&[chooser.person]).await?.remove(&chooser.person) else {
        return Ok(None);
    };
    let Some((seen, _)) = state.rooms.look_anew(chooser.stream).await? else { return Ok(None) };
    let Some(grant) = seen.registry.staff.get(&chooser.person).copied().flatten() else {
        return Ok(None);
    };
    // The room notices when two choose with one link: ending it twice changes nothing.
    let link = seen.registry.links.get(&chooser.link);
    if link.is_none_or(|link| link.ended.is_some()) {
        return Ok(None);
    }
    let record = NewPerson { passphrase: Some(hash(passphrase).await), ..record };
    let at = clock::now();
    let (open, secret) = new_session(chooser.person, grant);
    let mut commands = vec![
        ServerCommand::People(people::ServerCommand::UseLink { link: chooser.link, at }),
        amend(&record),
    ];
    commands.extend(sign_out_staff(&seen, chooser.person, at));
    commands.push(open);
    let room = state.rooms.get(chooser.stream).await?;
    let people = vec![record];
    let entered = room.ask(|reply| Request::Enter { commands, people, by: None, reply }).await?;
    Ok(entered.is_ok().then_some(secret))
}

/// The command that stores another record of a person.
pub fn amend(record: &NewPerson) -> ServerCommand {
    let digest: Digest = record.record_digest();
    ServerCommand::People(people::ServerCommand::AmendPerson { person: record.id, record: digest })
}

fn sign_out_staff(seen: &Exercise, person: PersonId, at: Millis) -> Vec<ServerCommand> {
    let leads = |session: &Session| Audience::of(session.grant.role) == Audience::Facilitation;
    let sessions = seen.registry.sessions_of(person).filter(|(_, session)| leads(session));
    sessions
        .map(|(session, _)| ServerCommand::People(people::ServerCommand::SignOut { session, at }))
        .collect()
}

/// Issues a link for choosing a passphrase to who has a mail address, in every exercise where they
/// have a role; works while a server runs. The result is each exercise's stream and the secret.
///
/// # Errors
/// [`EntryError`].
pub async fn reset(store: &Store, mail: &str) -> Result<Vec<(StreamId, String)>, EntryError> {
    let mut links = Vec::new();
    for account in store.accounts(mail).await? {
        let expires = clock::now() + RESET;
        let (command, secret) = new_link(account.record.id, account.grant, expires);
        super::entry::enter(store, account.stream, &command).await?;
        links.push((account.stream, secret.text));
    }
    Ok(links)
}

/// Asks for letters with a link for choosing another passphrase, to whoever prepares or facilitates
/// with this mail address.
///
/// # Errors
/// [`StoreError`].
pub async fn forgotten(state: &AppState, address: &str) -> Result<(), StoreError> {
    let at = clock::now();
    for account in state.store.accounts(address).await? {
        let (id, data) = (clock::new_id(), ResetJob { person: account.record.id, at });
        let job = NewJob {
            id,
            key: reset_key(id),
            kind: mail::RESET.to_owned(),
            payload: serde_json::to_vec(&data).expect("ids always serialise"),
            due_at: at,
        };
        state.store.enqueue_jobs(account.stream, &[job]).await?;
    }
    state.mail.wake();
    Ok(())
}

/// Enrols who creates an exercise, gives them its facilitation, and opens their session.
///
/// # Errors
/// [`Rejection`].
pub fn enrol_creator(
    ledger: &mut Ledger,
    record: NewPerson,
    grant: Grant,
) -> Result<Secret, Rejection> {
    let give = people::ServerCommand::GiveRole {
        person: record.id,
        enrols: Some(record.record_digest()),
        grant: Some(grant),
        at: clock::now(),
    };
    ledger.enter(&ServerCommand::People(give))?;
    let (open, secret) = new_session(record.id, grant);
    ledger.enter(&open)?;
    ledger.person(record);
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_long_and_not_what_guessers_try_first() {
        for (passphrase, problem) in [
            ("", Problem::Missing),
            ("corta", Problem::TooShort),
            ("contraseña12", Problem::TooCommon),
            ("123456789012", Problem::TooCommon),
            ("passwordpassword", Problem::TooCommon),
            ("gobierno abierto", Problem::TooCommon),
            ("qwertyuiop12", Problem::TooCommon),
            ("aaaaaaaaaaaaaaaaaaaa", Problem::TooCommon),
            ("Fabiola Cruz Ríos", Problem::TooCommon),
        ] {
            let known = ["Fabiola Cruz Ríos", "fabiola@example.org"];
            assert_eq!(check(passphrase, &known), Err(problem), "{passphrase}");
        }
        assert_eq!(check(&"x9 ".repeat(400), &[]), Err(Problem::NotPlain));
        for passphrase in
            ["burro tinta lunes farol", "Mi perra ladra en ñahñu", "ãé漢字 tren gris bota"]
        {
            assert_eq!(check(passphrase, &[]), Ok(()), "{passphrase}");
        }
    }

    #[tokio::test]
    async fn a_hash_fits_its_passphrase_only() {
        let hash = hash("burro tinta lunes farol".to_owned()).await;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("burro tinta lunes farol".to_owned(), hash.clone()).await);
        for other in ["Burro tinta lunes farol", "burro tinta lunes farol ", ""] {
            assert!(!fits(other.to_owned(), hash.clone()).await, "{other}");
        }
        assert!(!fits("x".to_owned(), "no hash".to_owned()).await);
    }
}
