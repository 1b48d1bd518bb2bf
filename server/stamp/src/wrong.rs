//! Why an answer is no stamp.

/// Why an answer is no stamp of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It isn't an answer of RFC 3161, or is longer than one may be.
    #[error("not an answer of a time-stamping authority")]
    NotAnAnswer,
    /// The authority refuses.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// It stamps something else.
    #[error("a stamp of something else")]
    OtherImprint,
    /// It answers another question, or repeats an older answer.
    #[error("the answer to another question")]
    OtherNonce,
    /// The signature doesn't hold, or covers something else.
    #[error("the signature doesn't hold")]
    Signature,
    /// It is signed in a way that this program doesn't verify.
    #[error("signed in an unknown way")]
    Algorithm,
    /// The signer's certificate isn't in it, isn't for stamps alone, or wasn't valid at that time.
    #[error("signed with a certificate that isn't for stamps")]
    Certificate,
    /// No chain leads from the signer's certificate to an authority that is trusted.
    #[error("signed by an authority that isn't trusted")]
    Untrusted,
}

/// A refusal, by the numbers of RFC 3161, 2.4.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `PKIStatus`.
    pub status: u8,
    /// The first reason of `PKIFailureInfo`, if one is given.
    pub reason: Option<u8>,
}
