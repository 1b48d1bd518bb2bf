//! Whatever is changed is refused, and named as what it is.

use proptest::prelude::*;
use seal::{Change, Key, ReadError, Seal, read, sealed};

use crate::page::{TEXT, facts, key, pdf, sealed_pages};

#[test]
fn every_flipped_bit_is_noticed() {
    let (file, _) = sealed_pages();
    let before = pdf(2, TEXT).len();
    for place in 0..file.len() {
        for bit in 0..8 {
            let mut flipped = file.clone();
            flipped[place] ^= 1 << bit;
            let error = read(&flipped).expect_err(&format!("bit {bit} of byte {place}"));
            if (5..before).contains(&place) {
                assert!(matches!(error, ReadError::Changed(_)), "{place}: {error}");
            } else if place >= before {
                assert!(!matches!(error, ReadError::Changed(_) | ReadError::NotAPdf), "{error}");
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_cut_put_in_or_exchanged_is_noticed(
        from in 0_usize..4_000,
        length in 0_usize..400,
        new in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let (file, _) = sealed_pages();
        let from = from.min(file.len());
        let to = (from + length).min(file.len());
        let changed = [&file[..from], &new, &file[to..]].concat();
        prop_assert_eq!(read(&changed).is_ok(), changed == file);
    }

    #[test]
    fn no_bytes_at_all_make_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
        let mark = b"%PDF-1.7\n1 0 obj\n<</Type/MesaSeal/Length ";
        prop_assert!(read(&[&mark[..], &bytes].concat()).is_err());
    }
}

#[test]
fn every_end_that_is_cut_off_is_noticed() {
    let (file, _) = sealed_pages();
    for length in 0..file.len() {
        assert!(read(&file[..length]).is_err(), "{length}");
    }
}

#[test]
fn what_is_added_after_the_seal_is_told() {
    let (file, _) = sealed_pages();
    let update = b"\n8 0 obj\n<<>>\nendobj\nxref\n8 1\n0000000000 00000 n \ntrailer\n<<>>\n%%EOF\n";
    let added = [&file[..], update].concat();
    assert_eq!(read(&added), Err(ReadError::Added { bytes: update.len() }));
    assert_eq!(read(&[&file[..], b"\n"].concat()), Err(ReadError::Added { bytes: 1 }));
}

/// The update as it was, moved after another document with all its places right.
fn moved(to: &[u8], file: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(file[pdf(2, TEXT).len()..].to_vec()).unwrap();
    let (seal, _) = text.split_once("xref\n").unwrap();
    let table = String::from_utf8_lossy(to).lines().rev().nth(1).unwrap().to_owned();
    let end = format!(
        "xref\n7 1\n{:010} 00000 n \ntrailer\n<</Size 8/Root 1 0 R/ID[(a\\)b)(c)]/Prev {table}>>\nstartxref\n{}\n%%EOF\n",
        to.len() + 1,
        to.len() + seal.len()
    );
    [to, seal.as_bytes(), end.as_bytes()].concat()
}

#[test]
fn a_seal_holds_for_no_other_document() {
    let (file, _) = sealed_pages();
    assert_eq!(read(&moved(&pdf(2, TEXT), &file)).map(|_| ()), Ok(()), "moved where it was");
    let changes = [
        (pdf(1, TEXT), Change::Pages { sealed: 2, found: 1 }),
        (pdf(3, TEXT), Change::Pages { sealed: 2, found: 3 }),
        (pdf(2, "{\"commitments\":[],\"version\":3}"), Change::Text),
    ];
    for (other, change) in changes {
        assert_eq!(read(&moved(&other, &file)), Err(ReadError::Changed(change)));
    }
    let same_text = String::from_utf8_lossy(&pdf(2, TEXT)).replace("0 0 612 792", "0 0 792 612");
    let same_text =
        [&pdf(2, TEXT)[..15], &same_text.as_bytes()[same_text.find("1 0 obj").unwrap()..]];
    let other = same_text.concat();
    assert_eq!(read(&moved(&other, &file)), Err(ReadError::Changed(Change::Bytes)));
}

#[test]
fn a_seal_of_another_server_is_another_s() {
    let (_, mine) = sealed_pages();
    let (theirs, seal) = sealed(&pdf(2, TEXT), facts(2, TEXT), &key(2)).unwrap();
    assert_eq!(read(&theirs), Ok(seal.clone()), "it is whole");
    assert_eq!(seal.by(&[key(1).public()]), Err(ReadError::OtherKey(key(2).public())));
    assert_eq!(seal.by(&[]), Err(ReadError::OtherKey(key(2).public())));
    // Their signature under our key, or our statement under theirs.
    for forged in [
        Seal { signature: seal.signature, ..mine.clone() },
        Seal { statement: seal.statement.clone(), ..mine.clone() },
    ] {
        assert_eq!(read(&with(&forged, &key(1))), Err(ReadError::Forged));
    }
}

#[test]
fn what_a_seal_says_can_not_be_changed() {
    let (_, seal) = sealed_pages();
    let edits: [fn(&mut Seal); 5] = [
        |seal| seal.statement.facts.version = 3,
        |seal| seal.statement.facts.signers.truncate(1),
        |seal| seal.statement.facts.signers[1].standing = seal::Standing::Signed,
        |seal| seal.statement.facts.sealed_at += 1,
        |seal| seal.statement.facts.head.seq += 1,
    ];
    for edit in edits {
        let mut edited = seal.clone();
        edit(&mut edited);
        assert_eq!(read(&with(&edited, &key(1))), Err(ReadError::Forged));
    }
    let mut later = seal;
    later.statement.form = 2;
    assert_eq!(read(&with(&later, &key(1))), Err(ReadError::OtherForm(2)));
}

/// A file with another seal in the place of its own.
fn with(seal: &Seal, key: &Key) -> Vec<u8> {
    let (file, own) = sealed(&pdf(2, TEXT), facts(2, TEXT), key).unwrap();
    let (own, other) = (seal::canonical(&own), seal::canonical(seal));
    let text: Vec<u8> = file[pdf(2, TEXT).len()..].to_vec();
    let text = String::from_utf8(text).unwrap();
    let text = text
        .replace(&own, &other)
        .replace(&format!("/Length {}", own.len()), &format!("/Length {}", other.len()));
    [&pdf(2, TEXT)[..], text.as_bytes()].concat()
}

#[test]
fn what_is_no_sealed_document_is_told_apart() {
    assert_eq!(read(b""), Err(ReadError::NotAPdf));
    assert_eq!(read(b"PK\x03\x04"), Err(ReadError::NotAPdf));
    assert_eq!(read(&pdf(2, TEXT)), Err(ReadError::NoSeal));
}
