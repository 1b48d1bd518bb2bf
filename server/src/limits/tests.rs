//! Limits: what slows what, and what it leaves alone.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::*;

fn place(number: u8) -> Place {
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)).into()
}

async fn tries(limits: &Limits, place: Place, right: bool) -> Result<Option<()>, Wait> {
    let found = limits.code(place, async { Ok::<_, Infallible>(right.then_some(())) }).await;
    found.unwrap_or_else(|never| match never {})
}

#[test]
fn a_session_counts_by_itself_and_an_invented_cookie_by_its_address() {
    let limits = Limits::new(count(10));
    let (own, invented) = (Digest([1; 32]), Digest([2; 32]));
    limits.recognise(own);
    for _ in 0..10 {
        limits.request(place(1), Some(invented)).unwrap();
    }
    assert_eq!(limits.request(place(1), Some(Digest([3; 32]))).unwrap_err().seconds(), 6);
    assert!(limits.request(place(1), None).is_err());
    assert!(limits.request(place(2), None).is_ok());
    for _ in 0..OF_SESSION.0.get() {
        limits.request(place(1), Some(own)).unwrap();
    }
    assert!(limits.request(place(1), Some(own)).is_err());
}

#[tokio::test]
async fn wrong_codes_slow_codes_even_right_ones_and_right_ones_count_for_nothing() {
    let limits = Limits::new(PER_ADDRESS);
    for _ in 0..1_000 {
        assert_eq!(tries(&limits, place(1), true).await, Ok(Some(())));
    }
    for _ in 0..CODES_OF_PLACE.0.get() {
        assert_eq!(tries(&limits, place(1), false).await, Ok(None));
    }
    assert_eq!(tries(&limits, place(1), true).await.unwrap_err().seconds(), 2);
    assert_eq!(tries(&limits, place(2), true).await, Ok(Some(())), "another address");
    assert!(limits.request(place(1), None).is_ok(), "nothing but codes");
}

#[tokio::test]
async fn tries_at_the_same_moment_are_counted_one_by_one() {
    let limits = Limits::new(PER_ADDRESS);
    let slow = || async {
        tokio::task::yield_now().await;
        Ok::<Option<()>, Infallible>(None)
    };
    let all = futures_util::future::join_all((0..500).map(|_| limits.code(place(1), slow())));
    let looked_at = all.await.into_iter().filter(|tried| matches!(tried, Ok(Ok(None)))).count();
    assert_eq!(looked_at, CODES_OF_PLACE.0.get() as usize);
}

#[tokio::test]
async fn from_many_addresses_codes_are_slowed_for_the_whole_server() {
    let limits = Limits::new(PER_ADDRESS);
    let mut looked_at = 0;
    for number in 0..2_000_u128 {
        let network = IpAddr::V6(Ipv6Addr::from_bits(0x2001_0db8 << 96 | number << 64)).into();
        looked_at += u32::from(tries(&limits, network, false).await.is_ok());
    }
    // A few more while the test takes its time.
    assert!((CODES.0.get()..CODES.0.get() + 100).contains(&looked_at), "{looked_at}");
    // Per year, at the rate that is left: less than a hundredth of seven letters of 29.
    let per_year = u64::from(CODES.1.get()) * 60 * 60 * 24 * 365;
    assert!(per_year * 100 < 29_u64.pow(7));
}

#[tokio::test]
async fn guesses_at_one_account_are_slowed_from_wherever_they_come() {
    let limits = Limits::new(PER_ADDRESS);
    let (hers, his) = (Digest([1; 32]), Digest([2; 32]));
    let mut looked_at = 0;
    for number in 0..200 {
        looked_at += u32::from(limits.passphrase(place(number), hers).await.is_ok());
    }
    assert_eq!(looked_at, PASSPHRASES_OF_ACCOUNT.0.get());
    assert_eq!(limits.passphrase(place(201), hers).await.unwrap_err().seconds(), 30);
    assert!(limits.passphrase(place(201), his).await.is_ok(), "another account");
    // At this rate the weakest passphrase that is taken, of 10⁸ guesses, lasts many years.
    let per_year = u64::from(PASSPHRASES_OF_ACCOUNT.1.get()) * 60 * 24 * 365;
    assert!(10_u64.pow(8) / per_year > 50);
}

#[test]
fn links_for_another_passphrase_end_for_one_account_without_a_word_and_for_an_address_with_one() {
    let limits = Limits::new(PER_ADDRESS);
    let sent = (0..10).filter(|_| limits.reset(place(1), Digest([1; 32])) == Ok(true)).count();
    assert_eq!(sent, RESETS_OF_ACCOUNT.0.get() as usize);
    assert_eq!(limits.reset(place(2), Digest([1; 32])), Ok(false));
    assert_eq!(limits.reset(place(2), Digest([2; 32])), Ok(true), "another account");
    let asked = (0..50).filter(|_| limits.reset(place(1), Digest([3; 32])).is_ok()).count();
    assert_eq!(asked, RESETS_OF_PLACE.0.get() as usize - 10);
}

#[test]
fn what_has_recovered_is_forgotten() {
    // A minute's worth is recovered within a millisecond.
    let limits = Limits::new(count(1_000_000));
    for number in 0..20_000_u128 {
        let network = IpAddr::V6(Ipv6Addr::from_bits(0x2001_0db8 << 96 | number << 64)).into();
        limits.request(network, None).unwrap();
    }
    assert!(limits.0.by_place.len() < 3 * TIDY_AFTER as usize, "{}", limits.0.by_place.len());
    for number in 0..KNOWN + 5 {
        let mut cookie = [0; 32];
        cookie[..8].copy_from_slice(&number.to_le_bytes());
        limits.recognise(Digest(cookie));
    }
    assert!(locked(&limits.0.known).len() <= KNOWN);
}

#[tokio::test]
async fn frames_beyond_the_limit_are_late_and_not_lost() {
    let limits = Limits::new(PER_ADDRESS);
    let (one, other) = (SessionId(uuid::Uuid::from_u128(1)), SessionId(uuid::Uuid::from_u128(2)));
    for _ in 0..FRAMES.0.get() {
        limits.frame(one).await;
    }
    let until = limits.0.frames.check_key(&one).unwrap_err();
    assert!(wait(&until).0 <= Duration::from_secs(1) / FRAMES.1.get());
    assert!(limits.0.frames.check_key(&other).is_ok());
}
