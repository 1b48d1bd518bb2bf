//! Judging an answer.

use cms::content_info::ContentInfo;
use der::asn1::OctetStringRef;
use der::{Decode, Encode};

use crate::authorities::Authorities;
use crate::forms::{Info, Response, SHA256, SIGNED_DATA, Signed, TST_INFO, moment};
use crate::query::Query;
use crate::signer::Signer;
use crate::wrong::{Refusal, Wrong};

/// Longest answer, in bytes: one with a long chain has ten thousand.
pub const LONGEST: usize = 64 * 1024;

/// What an answer says that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When, by the authority's clock, ms since the epoch.
    pub at: i64,
    /// What the signer's certificate calls the authority.
    pub authority: String,
    /// Whether a chain leads to an authority that is trusted; none: none was named.
    pub trusted: Option<bool>,
}

/// The stamp in the answer to a question. With authorities, one of them stands behind it.
///
/// # Errors
/// [`Wrong`].
pub fn accepted(
    answer: &[u8],
    query: &Query,
    authorities: Option<&Authorities>,
) -> Result<Stamp, Wrong> {
    let (stamp, nonce) = judged(answer, &query.digest, authorities)?;
    if nonce.as_deref() != Some(query.nonce.as_bytes()) {
        return Err(Wrong::OtherNonce);
    }
    if stamp.trusted == Some(false) {
        return Err(Wrong::Untrusted);
    }
    Ok(stamp)
}

/// The stamp of a SHA-256 in an answer that was kept. Whether an authority that is trusted stands
/// behind it is said and not demanded.
///
/// # Errors
/// [`Wrong`], all but [`Wrong::OtherNonce`] and [`Wrong::Untrusted`].
pub fn read(
    answer: &[u8],
    digest: &[u8; 32],
    authorities: Option<&Authorities>,
) -> Result<Stamp, Wrong> {
    judged(answer, digest, authorities).map(|(stamp, _)| stamp)
}

/// A stamp, with the number that the question had.
fn judged(
    answer: &[u8],
    digest: &[u8; 32],
    authorities: Option<&Authorities>,
) -> Result<(Stamp, Option<Vec<u8>>), Wrong> {
    if answer.len() > LONGEST {
        return Err(Wrong::NotAnAnswer);
    }
    // Bytes after it are refused here too.
    let response = Response::from_der(answer).map_err(|_| Wrong::NotAnAnswer)?;
    let granted = matches!(response.status.status, 0 | 1);
    let token = response.token.filter(|_| granted).ok_or(Wrong::Refused(Refusal {
        status: response.status.status,
        reason: response.status.reasons.and_then(|bits| {
            let first = bits.bits().position(|bit| bit)?;
            u8::try_from(first).ok()
        }),
    }))?;
    let signed = signed(&token)?;
    let content = signed.content.econtent.as_ref().ok_or(Wrong::NotAnAnswer)?;
    let content: OctetStringRef<'_> = content.decode_as().map_err(|_| Wrong::NotAnAnswer)?;
    let info = Info::from_der(content.as_bytes()).map_err(|_| Wrong::NotAnAnswer)?;
    let critical = |info: &Info<'_>| info.extensions.iter().flatten().any(|one| one.critical);
    if info.version != 1 || critical(&info) {
        return Err(Wrong::NotAnAnswer);
    }
    if info.imprint.algorithm.oid != SHA256 || info.imprint.digest.as_bytes() != digest {
        return Err(Wrong::OtherImprint);
    }
    let at = moment(&info.at)?;
    let signer = Signer::of(&signed, content.as_bytes(), at)?;
    let trusted =
        authorities.map(|authorities| authorities.trust(signer.certificate(), signer.others(), at));
    let stamp = Stamp { at, authority: signer.name(), trusted };
    Ok((stamp, info.nonce.map(|nonce| nonce.as_bytes().to_vec())))
}

fn signed(token: &ContentInfo) -> Result<Signed, Wrong> {
    if token.content_type != SIGNED_DATA {
        return Err(Wrong::NotAnAnswer);
    }
    let bytes = token.content.to_der().map_err(|_| Wrong::NotAnAnswer)?;
    let signed = Signed::from_der(&bytes).map_err(|_| Wrong::NotAnAnswer)?;
    if signed.content.econtent_type != TST_INFO {
        return Err(Wrong::NotAnAnswer);
    }
    Ok(signed)
}
