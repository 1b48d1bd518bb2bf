//! Which time-stamping authority the operator names.

use std::path::PathBuf;

use axum::http::Uri;
use axum::http::uri::Scheme;

use super::values::{credentials, given, span};
use super::{Expected, Misunderstood};
use crate::stamping;

/// Longest time that a time-stamping authority may take to answer, in seconds.
const LONGEST_ANSWER: u32 = 600;

/// Who is asked to stamp seals, from the environment alone, as the mail server. None: nobody is named.
pub(super) fn stamping(
    variable: &impl Fn(&str) -> Result<Option<String>, Misunderstood>,
) -> Result<Option<stamping::Configuration>, Misunderstood> {
    let wrong =
        |option, value: String, expected| Misunderstood::BadValue { option, value, expected };
    let given = |name: &str| -> Result<Option<String>, Misunderstood> {
        Ok(given(variable, name)?.map(|text| text.trim().to_owned()))
    };
    let Some(text) = given("MESA_TSA_URL")? else { return Ok(None) };
    let usable = |url: &Uri| {
        // A user in the address would be in every list of processes and every log.
        matches!(url.scheme_str(), Some("http" | "https"))
            && url.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && url.host().is_some_and(|host| !host.is_empty())
    };
    let url = text.parse::<Uri>().ok().filter(usable);
    let url = url.ok_or_else(|| wrong("MESA_TSA_URL", text.clone(), Expected::Authority))?;
    let user = credentials(variable, "MESA_TSA_USER", "MESA_TSA_PASSWORD")?;
    if user.is_some() && url.scheme() != Some(&Scheme::HTTPS) {
        return Err(wrong("MESA_TSA_URL", text, Expected::Protected));
    }
    let usual = stamping::Pace::default();
    let step = given("MESA_TSA_TIMEOUT")?
        .map(|text| span("MESA_TSA_TIMEOUT", text, LONGEST_ANSWER, 1))
        .transpose()?;
    Ok(Some(stamping::Configuration {
        url,
        user,
        authorities: given("MESA_TSA_CA")?.map(PathBuf::from),
        pace: stamping::Pace { step: step.unwrap_or(usual.step), ..usual },
    }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::cli::{Command, parse};

    fn serve(given: &[(&str, &str)]) -> Result<Option<stamping::Configuration>, String> {
        let read = parse(["serve".into()], |name| {
            given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into())
        });
        match read {
            Ok(Command::Serve(serve)) => Ok(serve.stamping),
            Ok(_) => panic!("serve"),
            Err(misunderstood) => Err(misunderstood.to_string()),
        }
    }

    #[test]
    fn an_authority_is_named_by_the_environment_and_its_password_is_repeated_nowhere() {
        assert_eq!(serve(&[]), Ok(None));
        assert_eq!(serve(&[("MESA_TSA_URL", " ")]), Ok(None));
        assert_eq!(serve(&[("MESA_TSA_CA", "ca.pem")]), Ok(None), "nobody is asked");
        let named = serve(&[
            ("MESA_TSA_URL", " https://tsa.x.mx:8443/tsr?a=1 "),
            ("MESA_TSA_CA", "ca.pem"),
            ("MESA_TSA_USER", "mesa"),
            ("MESA_TSA_PASSWORD", "s3cr3t0"),
            ("MESA_TSA_TIMEOUT", "5"),
        ]);
        let named = named.unwrap().unwrap();
        assert_eq!(named.url.to_string(), "https://tsa.x.mx:8443/tsr?a=1");
        assert_eq!(named.authorities, Some("ca.pem".into()));
        assert_eq!(named.pace.step, Duration::from_secs(5));
        assert!(named.user.is_some() && !format!("{named:?}").contains("s3cr3t0"));
        let plain = serve(&[("MESA_TSA_URL", "http://[::1]:3001")]).unwrap().unwrap();
        assert_eq!((plain.url.host(), plain.user), (Some("[::1]"), None));
    }

    #[test]
    fn what_cannot_be_asked_is_named() {
        let http = ("MESA_TSA_URL", "http://tsa.x.mx/tsr");
        let https = ("MESA_TSA_URL", "https://tsa.x.mx/tsr");
        let user = [("MESA_TSA_USER", "mesa"), ("MESA_TSA_PASSWORD", "s3cr3t0")];
        for wrong in ["tsa.x.mx", "/tsr", "ftp://tsa.x.mx", "http://", "http://a:b@tsa.x.mx", "ñ"]
        {
            let refused = serve(&[("MESA_TSA_URL", wrong)]).unwrap_err();
            assert!(refused.contains("http:// o https://"), "{wrong}: {refused}");
        }
        for (given, said) in [
            (&[http, user[0], user[1]][..], "https://, porque se entra con contraseña"),
            (&[https, user[0]], "falta MESA_TSA_PASSWORD"),
            (&[https, user[1]], "falta MESA_TSA_USER"),
            (&[https, ("MESA_TSA_TIMEOUT", "0")], "de 1 a 600"),
        ] {
            let refused = serve(given).unwrap_err();
            assert!(refused.contains(said) && !refused.contains("s3cr3t0"), "{refused}");
        }
    }
}
