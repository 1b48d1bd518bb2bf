//! The forms of RFC 3161 and RFC 5816 that are read and written here, as DER.

use cms::cert::x509::ext::Extensions;
use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use cms::content_info::ContentInfo;
use cms::signed_data::{EncapsulatedContentInfo, SignerInfo};
use der::asn1::{Any, BitString, Int, ObjectIdentifier, OctetString, SequenceRef, SetOfVec};
use der::{DateTime, Sequence, Tag, Tagged};

use crate::wrong::Wrong;

/// `id-sha256`.
pub(crate) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// `id-sha384`.
pub(crate) const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
/// `id-sha512`.
pub(crate) const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
/// `id-signedData`.
pub(crate) const SIGNED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// `id-ct-TSTInfo`.
pub(crate) const TST_INFO: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// `TimeStampReq`, with what is asked here.
#[derive(Sequence)]
pub(crate) struct Request {
    pub(crate) version: u8,
    pub(crate) imprint: Imprint,
    pub(crate) nonce: Int,
    #[asn1(default = "no")]
    pub(crate) certificates: bool,
}

/// `MessageImprint`.
#[derive(Sequence)]
pub(crate) struct Imprint {
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    pub(crate) digest: OctetString,
}

/// `TimeStampResp`.
#[derive(Sequence)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) token: Option<ContentInfo>,
}

/// `PKIStatusInfo`.
#[derive(Sequence)]
pub(crate) struct Status {
    pub(crate) status: u8,
    /// What the authority says in words; whoever operates the server gets its numbers.
    pub(crate) words: Option<Vec<Any>>,
    pub(crate) reasons: Option<BitString>,
}

/// `SignedData`. Certificates stay as they were written: their signatures and digests are over these
/// very bytes.
#[derive(Sequence)]
pub(crate) struct Signed {
    pub(crate) version: u8,
    pub(crate) digests: SetOfVec<AlgorithmIdentifierOwned>,
    pub(crate) content: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true", constructed = "true")]
    pub(crate) certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true", constructed = "true")]
    pub(crate) revocations: Option<SetOfVec<Any>>,
    pub(crate) signers: SetOfVec<SignerInfo>,
}

/// `TSTInfo`.
#[derive(Sequence)]
pub(crate) struct Info<'a> {
    pub(crate) version: u8,
    pub(crate) policy: ObjectIdentifier,
    pub(crate) imprint: Imprint,
    pub(crate) serial: Int,
    pub(crate) at: Any,
    pub(crate) accuracy: Option<SequenceRef<'a>>,
    #[asn1(default = "no")]
    pub(crate) ordering: bool,
    pub(crate) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(crate) authority: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true", constructed = "true")]
    pub(crate) extensions: Option<Extensions>,
}

/// `SigningCertificate`.
#[derive(Sequence)]
pub(crate) struct SigningCertificate<'a> {
    pub(crate) certificates: Vec<CertificateId<'a>>,
    pub(crate) policies: Option<SequenceRef<'a>>,
}

/// `ESSCertID`.
#[derive(Sequence)]
pub(crate) struct CertificateId<'a> {
    pub(crate) digest: OctetString,
    pub(crate) issuer: Option<SequenceRef<'a>>,
}

/// `SigningCertificateV2`.
#[derive(Sequence)]
pub(crate) struct SigningCertificateV2<'a> {
    pub(crate) certificates: Vec<CertificateIdV2<'a>>,
    pub(crate) policies: Option<SequenceRef<'a>>,
}

/// `ESSCertIDv2`.
#[derive(Sequence)]
pub(crate) struct CertificateIdV2<'a> {
    pub(crate) algorithm: Option<AlgorithmIdentifierOwned>,
    pub(crate) digest: OctetString,
    pub(crate) issuer: Option<SequenceRef<'a>>,
}

/// SHA-256 as an algorithm of imprints.
pub(crate) fn sha256() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: SHA256, parameters: Some(Any::null()) }
}

fn no() -> bool {
    false
}

/// A `GeneralizedTime` as RFC 3161 writes it, which may have fractions of a second: ms since the
/// epoch.
pub(crate) fn moment(time: &Any) -> Result<i64, Wrong> {
    let moment = || {
        let text = std::str::from_utf8(time.value()).ok()?.strip_suffix('Z')?;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
        if whole.len() != 14 || fraction.is_empty() || !digits(whole) || !digits(fraction) {
            return None;
        }
        let part = |at: usize| whole[at..at + 2].parse::<u8>().ok();
        let year = whole[..4].parse().ok()?;
        let second =
            DateTime::new(year, part(4)?, part(6)?, part(8)?, part(10)?, part(12)?).ok()?;
        let millis: String = fraction.chars().chain("00".chars()).take(3).collect();
        let whole = i64::try_from(second.unix_duration().as_secs()).ok()?.checked_mul(1_000)?;
        whole.checked_add(millis.parse().ok()?)
    };
    if time.tag() != Tag::GeneralizedTime {
        return Err(Wrong::NotAnAnswer);
    }
    moment().ok_or(Wrong::NotAnAnswer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_may_have_fractions_and_nothing_else() {
        let read = |text: &str| moment(&Any::new(Tag::GeneralizedTime, text.as_bytes()).unwrap());
        assert_eq!(read("20260918182000Z"), Ok(1_789_755_600_000));
        assert_eq!(read("20260918182000.5Z"), Ok(1_789_755_600_500));
        assert_eq!(read("20260918182000.123456Z"), Ok(1_789_755_600_123));
        for wrong in [
            "",
            "Z",
            "20260918182000",
            "20260918182000.Z",
            "20260918182000,5Z",
            "20261318182000Z",
            "202609181820Z",
            "20260918182000+00Z",
            "2026091818200ñZ",
        ] {
            assert_eq!(read(wrong), Err(Wrong::NotAnAnswer), "{wrong}");
        }
        let utc = Any::new(Tag::UtcTime, "20260918182000Z".as_bytes()).unwrap();
        assert_eq!(moment(&utc), Err(Wrong::NotAnAnswer));
    }
}
