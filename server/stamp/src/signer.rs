//! Who signed a stamp: that the signature holds, and that the certificate is for stamps.

use cms::cert::x509::Certificate;
use cms::cert::x509::attr::Attribute;
use cms::cert::x509::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};
use cms::cert::x509::name::Name;
use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::asn1::{Any, ObjectIdentifier, OctetStringRef};
use der::{Decode, Encode, Tag, Tagged};
use ring::digest::{self, Algorithm};
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::{EndEntityCert, ring as algorithms};

use crate::forms::{
    SHA256, SHA384, SHA512, Signed, SigningCertificate, SigningCertificateV2, TST_INFO,
};
use crate::wrong::Wrong;

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// `id-kp-timeStamping`.
const FOR_STAMPS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
/// Most letters of a name that are shown.
const NAME_LETTERS: usize = 120;

/// Whose signature holds.
pub(crate) struct Signer {
    certificate: Certificate,
    /// As it is written.
    bytes: Vec<u8>,
    /// The other certificates in the answer.
    others: Vec<Vec<u8>>,
}

impl Signer {
    /// The signer of a content at a moment, ms since the epoch, once the signature is verified.
    pub(crate) fn of(signed: &Signed, content: &[u8], at: i64) -> Result<Self, Wrong> {
        // RFC 3161, 2.4.2: by the authority and nobody else.
        let [info] = signed.signers.as_slice() else { return Err(Wrong::Signature) };
        let mut others: Vec<Vec<u8>> = Vec::new();
        let mut found = None;
        for any in signed.certificates.iter().flat_map(|all| all.iter()) {
            let bytes = any.to_der().map_err(|_| Wrong::NotAnAnswer)?;
            match Certificate::from_der(&bytes) {
                Ok(certificate) if found.is_none() && is(&certificate, &info.sid) => {
                    found = Some((certificate, bytes));
                }
                // One in another form may still be needed by nobody.
                _ => others.push(bytes),
            }
        }
        let (certificate, bytes) = found.ok_or(Wrong::Certificate)?;
        let signer = Self { certificate, bytes, others };
        signer.verify(info, content)?;
        signer.is_for_stamps(at)?;
        Ok(signer)
    }

    /// The certificate, DER.
    pub(crate) fn certificate(&self) -> &[u8] {
        &self.bytes
    }

    /// The others, DER.
    pub(crate) fn others(&self) -> &[Vec<u8>] {
        &self.others
    }

    /// What the certificate calls its subject.
    pub(crate) fn name(&self) -> String {
        let subject = &self.certificate.tbs_certificate.subject;
        let named = |kind| named(subject, kind);
        let name = named(COMMON_NAME).or_else(|| named(ORGANISATION));
        let name = name.unwrap_or_else(|| subject.to_string());
        let shown = |letter: &char| !letter.is_control();
        name.trim().chars().filter(shown).take(NAME_LETTERS).collect()
    }

    /// Verifies that this certificate's key signed the attributes, and these name the content and
    /// this certificate.
    fn verify(&self, info: &SignerInfo, content: &[u8]) -> Result<(), Wrong> {
        let hash = hash(&info.digest_alg)?;
        let attributes = info.signed_attrs.as_ref().ok_or(Wrong::Signature)?;
        let named = |kind| {
            let mut of_kind = attributes.iter().filter(|attribute| attribute.oid == kind);
            match (of_kind.next(), of_kind.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        };
        let kind = named(CONTENT_TYPE).and_then(one).ok_or(Wrong::Signature)?;
        if kind.decode_as::<ObjectIdentifier>() != Ok(TST_INFO) {
            return Err(Wrong::Signature);
        }
        let digest = named(MESSAGE_DIGEST).and_then(one).ok_or(Wrong::Signature)?;
        let digest = digest.decode_as::<OctetStringRef<'_>>().map_err(|_| Wrong::Signature)?;
        if digest.as_bytes() != digest::digest(hash, content).as_ref() {
            return Err(Wrong::Signature);
        }
        // That the certificate wasn't exchanged for another one with the same key.
        let newer = named(SIGNING_CERTIFICATE_V2).and_then(one).map(|it| self.is_named_by_v2(it));
        let older = named(SIGNING_CERTIFICATE).and_then(one).map(|it| self.is_named_by_v1(it));
        if !newer.or(older).unwrap_or(false) {
            return Err(Wrong::Signature);
        }
        let message = attributes.to_der().map_err(|_| Wrong::Signature)?;
        let certificate = CertificateDer::from(&self.bytes[..]);
        let key = EndEntityCert::try_from(&certificate).map_err(|_| Wrong::Certificate)?;
        let candidates = candidates(&info.signature_algorithm, hash)?;
        let signature = info.signature.as_bytes();
        let tried = candidates.iter().map(|way| key.verify_signature(*way, &message, signature));
        let other_key = |error: &webpki::Error| {
            matches!(error, webpki::Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_))
        };
        let mut known = false;
        for result in tried {
            match result {
                Ok(()) => return Ok(()),
                Err(error) => known |= !other_key(&error),
            }
        }
        Err(if known { Wrong::Signature } else { Wrong::Algorithm })
    }

    fn is_named_by_v2(&self, value: &Any) -> bool {
        let Ok(named) = value.decode_as::<SigningCertificateV2<'_>>() else { return false };
        named.certificates.first().is_some_and(|id| {
            let hash = id.algorithm.as_ref().map_or(Ok(&digest::SHA256), hash);
            hash.is_ok_and(|hash| {
                digest::digest(hash, &self.bytes).as_ref() == id.digest.as_bytes()
            })
        })
    }

    fn is_named_by_v1(&self, value: &Any) -> bool {
        let Ok(named) = value.decode_as::<SigningCertificate<'_>>() else { return false };
        let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &self.bytes);
        named.certificates.first().is_some_and(|id| digest.as_ref() == id.digest.as_bytes())
    }

    /// RFC 3161, 2.3: for stamps and nothing else, and that is critical.
    fn is_for_stamps(&self, at: i64) -> Result<(), Wrong> {
        let tbs = &self.certificate.tbs_certificate;
        let usage = tbs.get::<ExtendedKeyUsage>().map_err(|_| Wrong::Certificate)?;
        let only = usage.is_some_and(|(critical, usage)| critical && usage.0 == [FOR_STAMPS]);
        let from = tbs.validity.not_before.to_unix_duration().as_millis();
        let until = tbs.validity.not_after.to_unix_duration().as_millis();
        let valid = u128::try_from(at).is_ok_and(|at| (from..until + 1_000).contains(&at));
        if only && valid { Ok(()) } else { Err(Wrong::Certificate) }
    }
}

/// Whether a certificate is the one that a signature names.
fn is(certificate: &Certificate, named: &SignerIdentifier) -> bool {
    let tbs = &certificate.tbs_certificate;
    match named {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            named.issuer == tbs.issuer && named.serial_number == tbs.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(named) => {
            let own = tbs.get::<SubjectKeyIdentifier>();
            own.is_ok_and(|own| own.is_some_and(|(_, own)| own == *named))
        }
    }
}

/// The one value of an attribute.
fn one(attribute: &Attribute) -> Option<&Any> {
    match attribute.values.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

fn hash(algorithm: &AlgorithmIdentifierOwned) -> Result<&'static Algorithm, Wrong> {
    match algorithm.oid {
        SHA256 => Ok(&digest::SHA256),
        SHA384 => Ok(&digest::SHA384),
        SHA512 => Ok(&digest::SHA512),
        _ => Err(Wrong::Algorithm),
    }
}

/// The ways of verifying a signature, one for each kind of key.
fn candidates(
    algorithm: &AlgorithmIdentifierOwned,
    hash: &'static Algorithm,
) -> Result<Vec<&'static dyn SignatureVerificationAlgorithm>, Wrong> {
    let rsa = |hash: &'static Algorithm| {
        if *hash == digest::SHA256 {
            vec![algorithms::RSA_PKCS1_2048_8192_SHA256]
        } else if *hash == digest::SHA384 {
            vec![algorithms::RSA_PKCS1_2048_8192_SHA384]
        } else {
            vec![algorithms::RSA_PKCS1_2048_8192_SHA512]
        }
    };
    Ok(match algorithm.oid {
        RSA => rsa(hash),
        RSA_SHA256 => rsa(&digest::SHA256),
        RSA_SHA384 => rsa(&digest::SHA384),
        RSA_SHA512 => rsa(&digest::SHA512),
        ECDSA_SHA256 => vec![algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256],
        ECDSA_SHA384 => vec![algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384],
        ED25519 => vec![algorithms::ED25519],
        RSA_PSS => {
            // Only with the parameters that everybody uses.
            let written = algorithm.to_der().map_err(|_| Wrong::Algorithm)?;
            let known = [
                algorithms::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
                algorithms::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
                algorithms::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
            ];
            let same = |way: &&dyn SignatureVerificationAlgorithm| {
                written.ends_with(way.signature_alg_id().as_ref())
            };
            known.into_iter().filter(|way| same(way)).collect()
        }
        _ => return Err(Wrong::Algorithm),
    })
}

fn named(name: &Name, kind: ObjectIdentifier) -> Option<String> {
    let parts = name.0.iter().flat_map(|part| part.0.iter());
    let value = parts.filter(|part| part.oid == kind).map(|part| &part.value).next()?;
    match value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::VisibleString => {
            Some(String::from_utf8_lossy(value.value()).into_owned())
        }
        Tag::TeletexString => Some(value.value().iter().map(|byte| char::from(*byte)).collect()),
        Tag::BmpString => {
            let pairs = value.value().chunks_exact(2);
            let units: Vec<u16> =
                pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            Some(String::from_utf16_lossy(&units))
        }
        _ => None,
    }
}
