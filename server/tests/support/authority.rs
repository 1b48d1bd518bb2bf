//! A time-stamping authority on this machine, played by `openssl`: no code of the program is in it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use tempfile::TempDir;

/// How it is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What the key of its certificate is, as `openssl req -newkey` has it.
    pub key: &'static [&'static str],
    /// With what it hashes before it signs.
    pub hash: &'static str,
    /// With what it names its certificate; `sha1` is the older form.
    pub named_by: &'static str,
    /// Whether another certificate stands between the root and its own.
    pub between: bool,
    /// Digits of fractions of its seconds, 0 to 6.
    pub fractions: u8,
    /// What it stamps: `sha256`, or else it refuses this program's questions.
    pub stamps: &'static str,
    /// How many days its certificate lasts.
    pub days: u32,
}

pub const RSA: &[&str] = &["-newkey", "rsa:2048"];
pub const P256: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
pub const P384: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];

impl Default for Setup {
    fn default() -> Self {
        Self {
            key: P256,
            hash: "sha256",
            named_by: "sha256",
            between: false,
            fractions: 3,
            stamps: "sha256",
            days: 30,
        }
    }
}

/// What it is called.
pub const NAME: &str = "Sellos de Tiempo Ñandú";

/// The authority, with its keys in a folder.
#[derive(Debug)]
pub struct Authority {
    folder: TempDir,
    /// It numbers its answers in a file.
    one_at_a_time: Mutex<()>,
}

impl Authority {
    pub fn new(setup: &Setup) -> Self {
        let authority = Self { folder: TempDir::new().unwrap(), one_at_a_time: Mutex::default() };
        let mut configuration = String::from(
            "[req]\nprompt=no\ndistinguished_name=name\nutf8=yes\nstring_mask=utf8only\n[name]\nO=Prueba\n\
             [ca]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n\
             [stamps]\nbasicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n\
             [web]\nbasicConstraints=CA:false\nextendedKeyUsage=serverAuth\n\
             [tsa]\ndefault_tsa=one\n[one]\ndefault_policy=1.2.3.4.1\nordering=yes\ntsa_name=yes\naccuracy=secs:1,millisecs:500\n",
        );
        let (hash, stamps, named_by) = (setup.hash, setup.stamps, setup.named_by);
        let folder = authority.folder.path().display();
        let _ = write!(
            configuration,
            "serial={folder}/serial\nsigner_cert={folder}/signer.pem\nsigner_key={folder}/signer.key\n\
             signer_digest={hash}\ndigests={stamps}\ness_cert_id_alg={named_by}\n\
             clock_precision_digits={}\n",
            setup.fractions
        );
        if setup.between {
            let _ = writeln!(configuration, "certs={folder}/between.pem");
        }
        std::fs::write(authority.file("configuration"), configuration).unwrap();
        authority.request("ca", P256, "/CN=Autoridad de Prueba");
        authority.issue("ca", None, "ca", 60);
        let issuer = if setup.between {
            authority.request("between", P256, "/CN=Autoridad Intermedia");
            authority.issue("between", Some("ca"), "ca", 50);
            "between"
        } else {
            "ca"
        };
        authority.request("signer", setup.key, &format!("/O=Prueba/CN={NAME}"));
        authority.issue("signer", Some(issuer), "stamps", setup.days);
        authority
    }

    /// A file of its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The root's certificate.
    pub fn root(&self) -> PathBuf {
        self.file("ca.pem")
    }

    /// `openssl …` in its folder; what it printed.
    pub fn openssl(&self, arguments: &[&str]) -> String {
        let output = Command::new("openssl")
            .current_dir(self.folder.path())
            .args(arguments)
            .output()
            .expect("openssl, which end2end/scripts/tools.sh installs");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "openssl {arguments:?}: {}", said(&output.stderr));
        said(&output.stdout)
    }

    /// A key and the request for its certificate.
    pub fn request(&self, name: &str, key: &[&str], subject: &str) {
        let (out, request) = (format!("{name}.key"), format!("{name}.csr"));
        let mut arguments = vec!["req", "-config", "configuration", "-utf8", "-nodes"];
        arguments.extend(["-subj", subject, "-keyout", &out, "-out", &request]);
        arguments.extend(key);
        self.openssl(&arguments);
    }

    /// A certificate for a request, by an issuer or by itself.
    pub fn issue(&self, name: &str, issuer: Option<&str>, kind: &str, days: u32) {
        let (request, out) = (format!("{name}.csr"), format!("{name}.pem"));
        let issuer = issuer.map(|issuer| (format!("{issuer}.pem"), format!("{issuer}.key")));
        let (own, days) = (format!("{name}.key"), days.to_string());
        let mut arguments = vec!["x509", "-req", "-in", &request, "-out", &out, "-days", &days];
        arguments.extend(["-extfile", "configuration", "-extensions", kind]);
        match &issuer {
            Some((certificate, key)) => {
                arguments.extend(["-CA", certificate, "-CAkey", key, "-CAcreateserial"]);
            }
            None => arguments.extend(["-signkey", &own]),
        }
        self.openssl(&arguments);
    }

    /// Somebody's question about a SHA-256, with a number of their own.
    pub fn question(&self, digest: &str) -> Vec<u8> {
        let _one = self.one_at_a_time.lock().unwrap();
        let ask = ["ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", "other.tsq"];
        self.openssl(&ask);
        std::fs::read(self.file("other.tsq")).unwrap()
    }

    /// Its answer to a question.
    pub fn answer(&self, query: &[u8]) -> Vec<u8> {
        let _one = self.one_at_a_time.lock().unwrap();
        let serial = self.file("serial");
        if !serial.exists() {
            std::fs::write(&serial, "01\n").unwrap();
        }
        let (asked, answered) = (self.file("asked.tsq"), self.file("answered.tsr"));
        std::fs::write(&asked, query).unwrap();
        let (asked, out) = (asked.to_str().unwrap(), answered.to_str().unwrap());
        let reply = ["ts", "-reply", "-config", "configuration", "-section", "one"];
        self.openssl(&[&reply[..], &["-queryfile", asked, "-out", out]].concat());
        std::fs::read(answered).unwrap()
    }

    /// An answer with the same content, signed by somebody whose certificate is `name`.
    pub fn signed_by(&self, name: &str, answer: &[u8]) -> Vec<u8> {
        std::fs::write(self.file("good.tsr"), answer).unwrap();
        self.openssl(&["ts", "-reply", "-in", "good.tsr", "-token_out", "-out", "good.tst"]);
        let content = ["-noverify", "-binary", "-out", "content.der"];
        let verify = ["cms", "-verify", "-inform", "DER", "-in", "good.tst"];
        self.openssl(&[&verify[..], &content].concat());
        let (certificate, key) = (format!("{name}.pem"), format!("{name}.key"));
        let sign = ["cms", "-sign", "-in", "content.der", "-binary", "-nodetach", "-cades"];
        let by = ["-signer", &certificate, "-inkey", &key, "-outform", "DER", "-out", "other.tst"];
        let kind = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-md", "sha256"];
        self.openssl(&[&sign[..], &by, &kind].concat());
        let wrap = ["ts", "-reply", "-in", "other.tst", "-token_in", "-out", "other.tsr"];
        self.openssl(&wrap);
        std::fs::read(self.file("other.tsr")).unwrap()
    }
}

/// Whether `openssl ts -verify` takes an answer for a SHA-256, with the certificates of a file.
pub fn verified(answer: &Path, digest: &str, authorities: &Path) -> bool {
    let mut openssl = Command::new("openssl");
    openssl.args(["ts", "-verify", "-digest", digest, "-in"]).arg(answer);
    let output = openssl.arg("-CAfile").arg(authorities).output().unwrap();
    output.status.success()
}
