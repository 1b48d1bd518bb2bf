//! Mutates encoded values so that most of each stays the same and the damage is deep inside.

use crate::random::Random;

/// Numbers near limits.
const NUMBERS: [u64; 15] = [
    0,
    1,
    2,
    3,
    127,
    128,
    255,
    300,
    0xFFFF,
    i32::MAX as u64,
    u32::MAX as u64 - 1,
    u32::MAX as u64,
    i64::MAX as u64,
    u64::MAX - 1,
    u64::MAX,
];
/// Numbers and words of JSON.
const TOKENS: [&str; 14] = [
    "0",
    "-1",
    "1",
    "-4294967295",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "1e9",
    "null",
    "\"\"",
    "[]",
    "{}",
    "\"ñ👩🏽‍👧\"",
    "true",
];

/// A mutation of one of `all`, with parts of others.
pub fn mutated(random: &mut Random, all: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = all[random.below(all.len())].clone();
    for _ in 0..1 + random.below(3) {
        let other = &all[random.below(all.len())];
        if bytes.first().is_some_and(|first| b"[{".contains(first)) && random.chance(75) {
            change_json(random, &mut bytes, other);
        } else {
            change(random, &mut bytes, other);
        }
    }
    bytes.truncate(1 << 16);
    bytes
}

fn change(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = random.below(bytes.len());
    let end = (at + 1 + random.below(24)).min(bytes.len());
    match random.below(11) {
        0 | 1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        2 if at < bytes.len() => {
            bytes[at] = bytes[at].wrapping_add(if random.below(2) == 0 { 1 } else { 255 })
        }
        3 if at < bytes.len() => bytes[at] = random.next().to_le_bytes()[0],
        4 | 5 => {
            // Replaces a number or a length by another one.
            let old = bytes[at..].iter().take(9).take_while(|byte| **byte >= 0x80).count();
            let old = (old + 1).min(bytes.len() - at);
            bytes.splice(at..at + old, varint(random.pick(&NUMBERS).copied().unwrap_or_default()));
        }
        6 => drop(bytes.drain(at..end)),
        7 => {
            let copy = bytes[at..end].to_vec();
            let place = random.below(bytes.len() + 1);
            bytes.splice(place..place, copy);
        }
        8 => bytes.truncate(at),
        9 => {
            let from = random.below(other.len());
            let part = other[from..].iter().take(1 + random.below(64)).copied();
            bytes.splice(at..end, part);
        }
        _ => {
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len())..]);
        }
    }
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
    bytes
}

fn change_json(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    let (ours, theirs) = (tokens(bytes), tokens(other));
    let Some((at, end)) = random.pick(&ours).copied() else { return };
    // Mostly an id by an id, a string by a string and a number by a number.
    let kind = |token: &[u8]| {
        (token[0] == b'"', token.len() == 38, token[0].is_ascii_digit() || token[0] == b'-')
    };
    let ours_is = kind(&bytes[at..end]);
    let alike = |all: &[u8], found: Vec<(usize, usize)>| -> Vec<_> {
        found.into_iter().filter(|(from, to)| kind(&all[*from..*to]) == ours_is).collect()
    };
    let token = match random.below(8) {
        0 | 1 => random
            .pick(&TOKENS.map(str::as_bytes))
            .copied()
            .filter(|token| kind(token) == ours_is)
            .map(<[u8]>::to_vec),
        2 => random.pick(&TOKENS).map(|token| token.as_bytes().to_vec()),
        3 | 4 => random.pick(&alike(other, theirs)).map(|(from, to)| other[*from..*to].to_vec()),
        5 | 6 => random.pick(&alike(bytes, ours)).map(|(from, to)| bytes[*from..*to].to_vec()),
        _ => Some([&bytes[at..end], b",", &bytes[at..end]].concat()),
    };
    if let Some(token) = token {
        bytes.splice(at..end, token);
    }
}

/// The positions of the strings, numbers and words of a JSON text.
fn tokens(json: &[u8]) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < json.len() {
        let start = at;
        at += 1;
        match json[start] {
            b'"' => {
                while at < json.len() && json[at] != b'"' {
                    at += 1 + usize::from(json[at] == b'\\');
                }
                at = (at + 1).min(json.len());
                found.push((start, at));
            }
            b'[' | b']' | b'{' | b'}' | b',' | b':' | b' ' => {}
            _ => {
                while at < json.len() && !b"[]{},:\" ".contains(&json[at]) {
                    at += 1;
                }
                found.push((start, at));
            }
        }
    }
    found
}

/// Minimises a failing input, by removing piece after piece while it still fails.
pub fn minimised(mut bytes: Vec<u8>, fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut piece = bytes.len().div_ceil(2).max(1);
    let mut left = 4_000;
    loop {
        let mut at = 0;
        while at < bytes.len() && left > 0 {
            let mut shorter = bytes.clone();
            shorter.drain(at..(at + piece).min(bytes.len()));
            left -= 1;
            if fails(&shorter) {
                bytes = shorter;
            } else {
                at += piece;
            }
        }
        if piece == 1 || left == 0 {
            return bytes;
        }
        piece = piece.div_ceil(2);
    }
}
