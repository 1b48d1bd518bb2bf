//! Keys, how one replaces another, and the file of all seals.

use seal::{Digest, Entry, Key, KeyRecord, Line, LogError, canonical, check_log, sealed};

use crate::page::{TEXT, facts, key, pdf};

#[test]
fn a_key_is_known_by_its_fingerprint_and_keeps_its_secret() {
    let public = key(1).public();
    // RFC 8032's key for the secret of 32 ones is known to every implementation.
    assert_eq!(
        public.to_string(),
        "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c"
    );
    assert_eq!(public.fingerprint().len(), 39);
    assert_eq!(public.to_string().parse::<seal::PublicKey>(), Ok(public));
    assert!("8A88".parse::<seal::PublicKey>().is_err());
    assert!(!format!("{:?}", key(1)).contains(&"01".repeat(32)));
}

#[test]
fn both_keys_confirm_that_one_replaces_the_other() {
    let first = KeyRecord::new(&key(1), None, 10);
    let second = KeyRecord::new(&key(2), Some(&key(1)), 20);
    assert!(first.holds() && second.holds());
    // Nobody brings a key of theirs in without the one before.
    let mut alone = second.clone();
    alone.replaced_signature = None;
    assert!(!alone.holds());
    let mut other = KeyRecord::new(&key(3), Some(&key(3)), 20);
    other.change.replaces = Some(key(1).public());
    assert!(!other.holds());
    let mut later = second;
    later.change.at += 1;
    assert!(!later.holds());
}

fn file() -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |at, entry| {
        let number = lines.len() as u64;
        let before = lines.last().map(|line| (number, line.as_str()));
        let line = Line::after(before, at, entry);
        lines.push(line);
    };
    let seal_with = |key: &Key| {
        let (file, seal) = sealed(&pdf(2, TEXT), facts(2, TEXT), key).unwrap();
        Entry::of(&file, &seal)
    };
    add(1, Entry::Key { record: KeyRecord::new(&key(1), None, 1) });
    add(2, seal_with(&key(1)));
    add(3, seal_with(&key(1)));
    add(4, Entry::Key { record: KeyRecord::new(&key(2), Some(&key(1)), 4) });
    add(5, seal_with(&key(2)));
    let (_, seal) = sealed(&pdf(2, TEXT), facts(2, TEXT), &key(2)).unwrap();
    add(6, stamp(Digest::of(canonical(&seal))));
    add(7, seal_with(&key(2)));
    lines
}

fn stamp(seal: Digest) -> Entry {
    Entry::Stamp { seal, answer: Digest::of("an answer"), stamped_at: 5 }
}

#[test]
fn the_file_of_seals_holds_together() {
    let lines = check_log(&file().join("\n")).unwrap();
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(check_log(""), Ok(Vec::new()));
}

#[test]
fn nothing_is_taken_out_of_the_file_of_seals_or_put_into_it() {
    let whole = file();
    for place in 0..whole.len() - 1 {
        let mut less = whole.clone();
        less.remove(place);
        assert!(check_log(&less.join("\n")).is_err(), "without line {}", place + 1);
        let mut swapped = whole.clone();
        swapped.swap(place, place + 1);
        assert!(check_log(&swapped.join("\n")).is_err(), "lines {place} and the next exchanged");
    }
    let text = whole.join("\n");
    let last = text.rfind('\n').unwrap();
    for place in 0..last {
        let mut flipped = text.clone().into_bytes();
        flipped[place] ^= 1;
        let Ok(flipped) = String::from_utf8(flipped) else { continue };
        assert!(check_log(&flipped).is_err(), "byte {place}");
    }
}

#[test]
fn a_file_of_seals_says_where_it_goes_wrong() {
    let (mut number, mut dated, mut foreign) = (file(), file(), file());
    number[1] = number[1].replace("\"number\":2", "\"number\":7");
    assert_eq!(check_log(&number.join("\n")), Err(LogError::Number(2)));
    dated[1] = dated[1].replace("\"at\":2", "\"at\":1");
    assert_eq!(check_log(&dated.join("\n")), Err(LogError::Before(3)));
    foreign.truncate(4);
    let (sealed_file, seal) = sealed(&pdf(2, TEXT), facts(2, TEXT), &key(1)).unwrap();
    let late = Line::after(Some((4, &foreign[3])), 5, Entry::of(&sealed_file, &seal));
    foreign.push(late);
    assert_eq!(check_log(&foreign.join("\n")), Err(LogError::OtherKey(5)));
    let mut taken = file();
    taken.truncate(1);
    let record = KeyRecord::new(&key(3), Some(&key(2)), 2);
    taken.push(Line::after(Some((1, &taken[0])), 2, Entry::Key { record }));
    assert_eq!(check_log(&taken.join("\n")), Err(LogError::Key(2)));
    // A stamp of something that wasn't sealed, and a second one.
    let (mut nothing, mut twice) = (file(), file());
    nothing.push(Line::after(Some((7, &nothing[6])), 8, stamp(Digest::of("nothing"))));
    assert_eq!(check_log(&nothing.join("\n")), Err(LogError::Stamp(8)));
    let (_, seal) = sealed(&pdf(2, TEXT), facts(2, TEXT), &key(2)).unwrap();
    let again = stamp(Digest::of(canonical(&seal)));
    twice.push(Line::after(Some((7, &twice[6])), 8, again));
    assert_eq!(check_log(&twice.join("\n")), Err(LogError::Stamp(8)));
    assert_eq!(check_log("{}"), Err(LogError::Unreadable(1)));
}
