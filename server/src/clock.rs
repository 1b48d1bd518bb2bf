//! Where time, ids and secrets come from. All other code gets them as arguments.

use std::time::{SystemTime, UNIX_EPOCH};

use app::page::Zone;
use domain::pack::NoticeRule;
use domain::{Date, Digest, Millis};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The letters of codes that people read aloud: none looks or sounds like another.
const CODE_LETTERS: &[u8; 29] = b"ABCDEFGHJKLMNPQRTUVWXYZ346789";

/// Now, ms since the epoch.
pub fn now() -> Millis {
    // A clock before 1970 or past the year 292 million is a broken machine; the log's order doesn't
    // depend on it.
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX))
}

/// Milliseconds since the machine started, those in which it slept included; none where the system
/// doesn't tell.
pub fn since_boot() -> Option<Millis> {
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, rest) = uptime.split_once('.')?;
    let hundredths: Millis = rest.get(..2)?.parse().ok()?;
    Some(seconds.parse::<Millis>().ok()?.checked_mul(1_000)? + hundredths * 10)
}

/// A time zone's offsets from a moment on; none when there is no zone of that name.
pub fn zone(name: &str, now: Millis) -> Option<Zone> {
    let zone = TimeZone::get(name).ok()?;
    let now = Timestamp::from_millisecond(now).ok()?;
    let next = zone.following(now).next();
    let change = next.map(|next| (next.timestamp().as_millisecond(), next.offset().seconds()));
    Some(Zone { ahead: zone.to_offset(now).seconds(), change })
}

/// Date, hour and minute in a time zone; none when there is no zone of that name.
pub fn day_and_time(name: &str, at: Millis) -> Option<(Date, (u8, u8))> {
    let local = TimeZone::get(name).ok()?.to_datetime(Timestamp::from_millisecond(at).ok()?);
    let month = time::Month::try_from(u8::try_from(local.month()).ok()?).ok()?;
    let day = Date::from_calendar_date(local.year().into(), month, u8::try_from(local.day()).ok()?)
        .ok()?;
    Some((day, (u8::try_from(local.hour()).ok()?, u8::try_from(local.minute()).ok()?)))
}

/// A time of day in a time zone, ms since the epoch; none when there is no such zone, day or time.
/// Of a time that the clock skips or repeats, the one that follows or comes first.
pub fn moment(zone: &str, day: Option<Date>, time: Option<(u8, u8)>) -> Option<Millis> {
    let (day, (hour, minute)) = (day?, time?);
    let (year, month) =
        (i16::try_from(day.year()).ok()?, i8::try_from(u8::from(day.month())).ok()?);
    let date = jiff::civil::Date::new(year, month, i8::try_from(day.day()).ok()?).ok()?;
    let time = jiff::civil::Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0).ok()?;
    let zone = TimeZone::get(zone).ok()?;
    Some(zone.to_zoned(date.to_datetime(time)).ok()?.timestamp().as_millisecond())
}

/// When something is due that a rule wants so many days before a moment, at the same hour of its place, ms since
/// the epoch; none when there is no zone of that name.
pub fn days_before(zone: &str, at: Millis, rule: NoticeRule) -> Option<Millis> {
    let (day, hour) = day_and_time(zone, at)?;
    moment(zone, rule.day_before(day), Some(hour))
}

/// A moment in a time zone (RFC 3339, to the second); none when there is no zone of that name.
pub fn written(zone: &str, at: Millis) -> Option<String> {
    let local = Timestamp::from_millisecond(at).ok()?.in_tz(zone).ok()?;
    Some(local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// Today by UTC.
pub fn today() -> Date {
    let day = |at| day_and_time("UTC", at).map(|(day, _)| day);
    day(now()).unwrap_or(Date::MIN)
}

/// A new id.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Sixteen random bytes.
pub fn salt() -> [u8; 16] {
    // Two version-4 ids hold 244 random bits; hashing mixes their fixed bits away.
    let mut hasher = Sha256::new();
    hasher.update(Uuid::new_v4().as_bytes());
    hasher.update(Uuid::new_v4().as_bytes());
    let digest: [u8; 32] = hasher.finalize().into();
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest[..16]);
    salt
}

/// Thirty-two random bytes: what a key is made from.
pub fn key_secret() -> [u8; 32] {
    // Three version-4 ids hold 366 bits from the system's source of randomness; hashing mixes their
    // fixed bits away.
    let mut hasher = Sha256::new();
    (0..3).for_each(|_| hasher.update(Uuid::new_v4().as_bytes()));
    hasher.finalize().into()
}

/// Eight random bytes, by which an answer is known to be to one's own question.
pub fn nonce() -> [u8; 8] {
    let mut nonce = [0; 8];
    nonce.copy_from_slice(&salt()[..8]);
    nonce
}

/// A secret of 128 random bits and the digest that is kept of it.
#[derive(Clone, Debug)]
pub struct Secret {
    /// 32 hexadecimal digits, for the person.
    pub text: String,
    /// The digest, which is all that the store keeps.
    pub digest: Digest,
}

/// A new secret.
pub fn secret() -> Secret {
    let text: String = salt().iter().map(|byte| format!("{byte:02x}")).collect();
    let digest = digest_of(&text);
    Secret { text, digest }
}

/// The digest that is kept of a secret.
pub fn digest_of(secret: &str) -> Digest {
    Digest(Sha256::digest(secret.as_bytes()).into())
}

/// A code of seven letters and digits, as `K7M4QXP`: 34 bits.
pub fn join_code() -> String {
    letters(7)
}

/// Letters of a seat's code: one more than a room's, so that none is both.
const SEAT_CODE: usize = 8;

/// A code of eight letters and digits for a seat, as `K7M4QXPR`: 38 bits.
pub fn seat_code() -> String {
    letters(SEAT_CODE)
}

/// Whether a text, as [`typed_code`] returns it, has the form of a seat's code.
pub fn is_seat_code(text: &str) -> bool {
    text.len() == SEAT_CODE && text.bytes().all(|letter| CODE_LETTERS.contains(&letter))
}

fn letters(count: usize) -> String {
    let letter = |byte: &u8| char::from(CODE_LETTERS[usize::from(*byte) % CODE_LETTERS.len()]);
    salt().iter().take(count).map(letter).collect()
}

/// Letters that stand for some bytes, none of which looks like another: the same for the same.
pub fn letters_of(bytes: &[u8], count: usize) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let letter = |byte: &u8| char::from(CODE_LETTERS[usize::from(*byte) % CODE_LETTERS.len()]);
    digest.iter().take(count).map(letter).collect()
}

/// A code as people read it: `K7M-4QXP`, and of a seat `K7M4-QXPR`.
pub fn grouped_code(code: &str) -> String {
    let parts = code.split_at_checked(code.len() / 2);
    parts.map_or_else(|| code.to_owned(), |(one, two)| format!("{one}-{two}"))
}

/// A code as someone typed it: without hyphens and spaces, in capitals.
pub fn typed_code(text: &str) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(16)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::pack::DayKind;

    use super::*;

    #[test]
    fn secrets_are_128_bits_and_never_alike() {
        let (one, other) = (secret(), secret());
        assert_eq!(one.text.len(), 32);
        assert_ne!(one.text, other.text);
        assert_eq!(one.digest, digest_of(&one.text));
    }

    #[test]
    fn zones_are_known_with_their_next_change() {
        let (november, hour) = (1_795_392_000_000, 3_600);
        // Mexico gave up summer time in 2022; the border kept it.
        assert_eq!(
            zone("America/Mexico_City", november),
            Some(Zone { ahead: -6 * hour, change: None })
        );
        let tijuana = Zone { ahead: -8 * hour, change: Some((1_805_018_400_000, -7 * hour)) };
        assert_eq!(zone("America/Tijuana", november), Some(tijuana));
        assert_eq!(zone("America/Macondo", november), None);
    }

    #[test]
    fn a_moment_is_a_day_and_time_of_its_place() {
        let new_year = time::macros::date!(2027 - 01 - 01);
        let eve = time::macros::date!(2026 - 12 - 31);
        // 1 January 2027, 05:59 and 06:00 UTC.
        assert_eq!(day_and_time("America/Mexico_City", 1_798_783_199_999), Some((eve, (23, 59))));
        assert_eq!(
            day_and_time("America/Mexico_City", 1_798_783_200_000),
            Some((new_year, (0, 0)))
        );
        assert_eq!(day_and_time("America/Macondo", 0), None);
    }

    #[test]
    fn a_pack_is_due_days_before_at_the_hour_of_its_place() {
        let calendar = NoticeRule::USUAL;
        let business = NoticeRule { kind: DayKind::Business, ..calendar };
        let at = |zone, (month, day), time| {
            let month = time::Month::try_from(month).ok();
            let day = month.and_then(|month| Date::from_calendar_date(2026, month, day).ok());
            moment(zone, day, Some(time)).unwrap()
        };
        let (center, juarez, tijuana) =
            ("America/Mexico_City", "America/Ciudad_Juarez", "America/Tijuana");
        for (zone, rule, mesa, time, due, utc) in [
            (center, calendar, (11, 20), (10, 0), (11, 10), "2026-11-10T16:00:00+00:00"),
            // The Monday of the Revolution and two weekends.
            (center, business, (11, 20), (10, 0), (11, 5), "2026-11-05T16:00:00+00:00"),
            // A day of the place isn't the same day in UTC.
            (tijuana, calendar, (11, 20), (18, 30), (11, 10), "2026-11-11T02:30:00+00:00"),
            // On the day on which the clock goes back: after it, and in the hour that comes twice.
            (juarez, calendar, (11, 11), (10, 0), (11, 1), "2026-11-01T17:00:00+00:00"),
            (juarez, calendar, (11, 11), (1, 30), (11, 1), "2026-11-01T07:30:00+00:00"),
            // The clock goes back in between: the hour is the same, the ten days are an hour longer.
            (juarez, calendar, (11, 5), (10, 0), (10, 26), "2026-10-26T16:00:00+00:00"),
            // In the hour that is skipped, when the clock goes forward.
            (juarez, calendar, (3, 18), (2, 30), (3, 8), "2026-03-08T09:30:00+00:00"),
        ] {
            let found = days_before(zone, at(zone, mesa, time), rule).unwrap();
            assert_eq!(written("UTC", found).as_deref(), Some(utc), "{zone} {mesa:?}");
            assert_eq!(found, at(zone, due, time), "{zone} {mesa:?}");
        }
        assert_eq!(days_before("America/Macondo", 0, calendar), None);
        // The table of the process: sent the day before, a minute before, at the hour, a minute after.
        let due = days_before(center, at(center, (11, 20), (10, 0)), calendar).unwrap();
        for (day, time, kept) in
            [(9, (23, 59), true), (10, (9, 59), true), (10, (10, 0), false), (10, (10, 1), false)]
        {
            assert_eq!(at(center, (11, day), time) < due, kept, "{day} {time:?}");
        }
    }

    #[test]
    fn a_code_is_found_as_people_type_it() {
        let code = join_code();
        assert!(CODE_LETTERS.len().pow(u32::try_from(code.len()).unwrap()) > 1 << 30);
        assert!(code.bytes().all(|letter| CODE_LETTERS.contains(&letter)));
        for alike in ["O0", "IL1", "S5", "Z2"] {
            let both = alike.bytes().filter(|letter| CODE_LETTERS.contains(letter));
            assert!(both.count() < 2, "{alike}");
        }
        assert_eq!(grouped_code("K7M4QXP"), "K7M-4QXP");
        let seat = seat_code();
        assert!(is_seat_code(&seat) && !is_seat_code(&code));
        assert!(!is_seat_code("K7M4QXP1") && !is_seat_code("K7M4QXP "));
        assert_eq!(grouped_code("K7M4QXPR"), "K7M4-QXPR");
        assert_eq!(typed_code(" k7m4-qxpr "), "K7M4QXPR");
        assert_eq!(typed_code(&format!(" {} ", grouped_code(&code).to_lowercase())), code);
    }
}
