//! Answers of an authority that `openssl` plays: what holds, and what is wrong with the others.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../tests/support/authority.rs"]
#[allow(dead_code)]
mod authority;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use authority::{Authority, NAME, P256, P384, RSA, Setup, verified};
use stamp::{Authorities, NoAuthorities, Query, Refusal, Stamp, Wrong, accepted, read};

const DIGEST: [u8; 32] = [7; 32];

fn query() -> Query {
    Query::new(DIGEST, [9; 8])
}

fn roots(authority: &Authority) -> Authorities {
    Authorities::from_pem(&std::fs::read(authority.root()).unwrap()).unwrap()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[test]
fn a_stamp_holds_whatever_it_is_signed_with() {
    let setups = [
        Setup::default(),
        Setup { key: RSA, hash: "sha512", named_by: "sha1", ..Setup::default() },
        Setup { key: P384, hash: "sha384", between: true, fractions: 0, ..Setup::default() },
        Setup { key: RSA, hash: "sha384", between: true, fractions: 6, ..Setup::default() },
    ];
    for setup in setups {
        let authority = Authority::new(&setup);
        let asked = now();
        let answer = authority.answer(&query().to_der());
        let stamp = accepted(&answer, &query(), Some(&roots(&authority)))
            .unwrap_or_else(|wrong| panic!("{setup:?}: {wrong}"));
        assert_eq!((stamp.authority.as_str(), stamp.trusted), (NAME, Some(true)));
        assert!((asked - 1_000..=now()).contains(&stamp.at), "{setup:?}: {}", stamp.at);
        let untold = Stamp { trusted: None, ..stamp.clone() };
        assert_eq!(accepted(&answer, &query(), None), Ok(untold.clone()));
        assert_eq!(read(&answer, &DIGEST, None), Ok(untold));
        // openssl says the same.
        let path = authority.file("kept.tsr");
        std::fs::write(&path, &answer).unwrap();
        let digest: String = DIGEST.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(verified(&path, &digest, &authority.root()), "{setup:?}");
        assert!(!verified(&path, &"0a".repeat(32), &authority.root()));
    }
}

#[test]
fn a_stamp_of_something_else_or_by_somebody_else_is_named() {
    let (authority, stranger) =
        (Authority::new(&Setup::default()), Authority::new(&Setup::default()));
    let answer = authority.answer(&query().to_der());
    let roots = roots(&authority);
    let with = |query: &Query| accepted(&answer, query, Some(&roots));
    assert_eq!(with(&Query::new([8; 32], [9; 8])), Err(Wrong::OtherImprint));
    assert_eq!(with(&Query::new(DIGEST, [10; 8])), Err(Wrong::OtherNonce));
    // An answer without the number, as to a question that had none.
    let digest: String = DIGEST.iter().map(|byte| format!("{byte:02x}")).collect();
    let ask = ["ts", "-query", "-digest", &digest, "-sha256", "-cert", "-no_nonce"];
    authority.openssl(&[&ask[..], &["-out", "none.tsq"]].concat());
    let none = authority.answer(&std::fs::read(authority.file("none.tsq")).unwrap());
    assert_eq!(accepted(&none, &query(), Some(&roots)), Err(Wrong::OtherNonce));
    assert!(read(&none, &DIGEST, Some(&roots)).is_ok());

    let other = stranger.answer(&query().to_der());
    assert_eq!(accepted(&other, &query(), Some(&roots)), Err(Wrong::Untrusted));
    assert_eq!(read(&other, &DIGEST, Some(&roots)).unwrap().trusted, Some(false));
    // Without the certificate nobody can verify it.
    authority.openssl(&["ts", "-query", "-digest", &digest, "-sha256", "-out", "bare.tsq"]);
    let bare = authority.answer(&std::fs::read(authority.file("bare.tsq")).unwrap());
    assert_eq!(read(&bare, &DIGEST, Some(&roots)), Err(Wrong::Certificate));
}

#[test]
fn only_a_certificate_for_stamps_signs_them() {
    let authority = Authority::new(&Setup::default());
    let answer = authority.answer(&query().to_der());
    let roots = roots(&authority);
    let again = authority.signed_by("signer", &answer);
    assert!(accepted(&again, &query(), Some(&roots)).is_ok(), "the authority may sign so");
    authority.request("web", P256, "/CN=mesa.test");
    authority.issue("web", Some("ca"), "web", 20);
    let web = authority.signed_by("web", &answer);
    assert_eq!(accepted(&web, &query(), Some(&roots)), Err(Wrong::Certificate));
    assert_eq!(accepted(&web, &query(), None), Err(Wrong::Certificate));
    // One that has run out when it signs.
    authority.issue("signer", Some("ca"), "stamps", 0);
    std::thread::sleep(Duration::from_millis(2_100));
    let late = authority.answer(&query().to_der());
    assert_eq!(accepted(&late, &query(), None), Err(Wrong::Certificate));
}

#[test]
fn a_refusal_says_its_number() {
    let authority = Authority::new(&Setup { stamps: "sha512", ..Setup::default() });
    let answer = authority.answer(&query().to_der());
    let refused = Wrong::Refused(Refusal { status: 2, reason: Some(0) });
    assert_eq!(accepted(&answer, &query(), None), Err(refused), "it doesn't know SHA-256");
    // systemFailure is the twenty-sixth reason; waiting has none.
    let failed = [0x30, 12, 0x30, 10, 2, 1, 2, 3, 5, 6, 0, 0, 0, 0x40];
    let refused = Wrong::Refused(Refusal { status: 2, reason: Some(25) });
    assert_eq!(accepted(&failed, &query(), None), Err(refused));
    let waiting = Wrong::Refused(Refusal { status: 3, reason: None });
    assert_eq!(accepted(&[0x30, 5, 0x30, 3, 2, 1, 3], &query(), None), Err(waiting));
    // Granted, and nothing in it.
    let empty = Wrong::Refused(Refusal { status: 0, reason: None });
    assert_eq!(accepted(&[0x30, 5, 0x30, 3, 2, 1, 0], &query(), None), Err(empty));
}

#[test]
fn no_changed_answer_holds() {
    let authority = Authority::new(&Setup::default());
    let answer = authority.answer(&query().to_der());
    let roots = roots(&authority);
    let good = accepted(&answer, &query(), Some(&roots)).unwrap();
    let (mut refused, mut same) = (0, 0);
    for place in 0..answer.len() {
        for bit in [0, 3, 7] {
            let mut changed = answer.clone();
            changed[place] ^= 1 << bit;
            match accepted(&changed, &query(), Some(&roots)) {
                Err(_) => refused += 1,
                // The status (0 or 1) and what isn't signed.
                Ok(stamp) => {
                    assert_eq!(stamp, good, "byte {place}, bit {bit}");
                    same += 1;
                }
            }
        }
    }
    assert!(same < refused / 50, "{refused} refused, {same} the same");
    for end in 0..answer.len() {
        assert!(accepted(&answer[..end], &query(), None).is_err(), "{end} bytes");
    }
    let longer = [&answer[..], &[0]].concat();
    assert_eq!(accepted(&longer, &query(), None), Err(Wrong::NotAnAnswer));
    for no in [&b""[..], b"<html>", &[0x30; 70_000], &[0xff; 40]] {
        assert_eq!(accepted(no, &query(), None), Err(Wrong::NotAnAnswer));
    }
}

#[test]
fn a_file_of_authorities_has_certificates() {
    assert_eq!(Authorities::from_pem(b"hola"), Err(NoAuthorities::None));
    let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(Authorities::from_pem(broken), Err(NoAuthorities::Unusable));
}
