//! The page about mail, and the mail server that an exercise sets on it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use app::page::form::{Field, Form, Problem};
use app::page::mail::{MailPage, Security};
use domain::codes::Coded;
use domain::{Exercise, PersonId, StreamId};
use lettre::message::Mailbox;
use store::{MailServer, StoreError};

use super::form::Reading;
use super::trial;
use crate::app_state::AppState;
use crate::clock;
use crate::mail::Configuration;

/// Longest name of a server (RFC 1035), user or password, in bytes.
const LONGEST: usize = 240;

/// The page; `own` is who reads it. What was typed comes back in `form`; none: it shows what is set.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    own: PersonId,
    form: Option<Form>,
) -> Result<MailPage, StoreError> {
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let record = state.store.people(&[own]).await?.remove(&own);
    let set = state.mail.of(&state.store, stream).await?;
    let form = match form {
        Some(form) => form,
        None => Form { typed: typed(state.store.mail_server(stream).await?), ..Form::default() },
    };
    Ok(MailPage {
        own_server: set.as_ref().is_some_and(|(_, own)| *own),
        sending: set.as_ref().map(|(configuration, _)| configuration.shown()),
        form,
        post: state.mail.post(&state.store, stream, zone).await?,
        own: record.and_then(|record| record.mail),
        trials: trial::list(state, stream, zone).await?,
        failures: state.mail.failures(stream, zone),
    })
}

/// What is set, as it is typed; the password isn't shown.
fn typed(set: Option<MailServer>) -> BTreeMap<Field, String> {
    let Some(MailServer { host, port, security, user, sender }) = set else {
        return [(Field::MailSecurity, Security::default().code().to_owned())].into();
    };
    [
        (Field::MailHost, host),
        (Field::MailPort, port.to_string()),
        (Field::MailSecurity, security),
        (Field::MailUser, user.map(|(user, _)| user).unwrap_or_default()),
        (Field::MailSender, sender),
    ]
    .into()
}

/// Sets the exercise's mail server. What is wrong comes back in the form, and nothing changes.
///
/// # Errors
/// [`StoreError`].
pub async fn save(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    typed: BTreeMap<Field, String>,
) -> Result<Result<(), Form>, StoreError> {
    let before = state.store.mail_server(stream).await?;
    let server = match read(typed, before.as_ref()) {
        Ok(server) => server,
        Err(form) => return Ok(Err(form)),
    };
    state.store.set_mail_server(stream, Some(&server), by, clock::now()).await?;
    state.mail.changed(stream);
    Ok(Ok(()))
}

/// Takes it away: letters go by the operator's, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn remove(state: &AppState, stream: StreamId, by: PersonId) -> Result<(), StoreError> {
    state.store.set_mail_server(stream, None, by, clock::now()).await?;
    state.mail.changed(stream);
    Ok(())
}

/// The mail server of a form. A password that isn't typed stays only for the same server and user, so
/// that nobody has it sent elsewhere who doesn't know it; and without protection none goes out.
fn read(typed: BTreeMap<Field, String>, before: Option<&MailServer>) -> Result<MailServer, Form> {
    let mut reading = Reading::new(typed);
    let host = reading.line(Field::MailHost).to_string().to_lowercase();
    if !host.is_empty() && !is_host(&host) {
        reading.note(Field::MailHost, Problem::NotAServer);
    }
    let security: Option<Security> = reading.choice(Field::MailSecurity);
    let security = security.unwrap_or_default();
    let port = match reading.form.text(Field::MailPort).trim() {
        "" => Configuration::usual_port(security),
        text => text.parse().ok().filter(|port| *port > 0).unwrap_or_else(|| {
            reading.note(Field::MailPort, Problem::NotACount { most: u16::MAX });
            0
        }),
    };
    let user = reading.optional(Field::MailUser).to_string();
    let password = reading.form.text(Field::MailPassword).to_owned();
    let sender = reading.line(Field::MailSender).to_string();
    let is_sender = |sender: &str| {
        sender.parse::<Mailbox>().is_ok_and(|mailbox| mailbox.email.to_string().is_ascii())
    };
    if !sender.is_empty() && !is_sender(&sender) {
        reading.note(Field::MailSender, Problem::NotASender);
    }
    let kept = before.and_then(|before| {
        let (known, kept) = before.user.clone()?;
        let same = (&before.host, before.port, before.security.as_str(), &known)
            == (&host, port, security.code(), &user);
        same.then_some(kept)
    });
    if password.len() > LONGEST || password.chars().any(char::is_control) {
        reading.note(Field::MailPassword, Problem::NotPlain);
    }
    let user = match (user.is_empty(), password.is_empty(), kept) {
        (true, true, _) => None,
        (true, false, _) => {
            reading.note(Field::MailUser, Problem::Missing);
            None
        }
        (false, false, _) => Some((user, password)),
        (false, true, Some(kept)) => Some((user, kept)),
        (false, true, None) => {
            let known = before.is_some_and(|before| before.user.is_some());
            let problem = if known { Problem::TypeAgain } else { Problem::Missing };
            reading.note(Field::MailPassword, problem);
            None
        }
    };
    if user.is_some() && security == Security::None && !is_this_machine(&host) {
        reading.note(Field::MailSecurity, Problem::Unprotected);
    }
    if !reading.is_fine() {
        return Err(reading.form);
    }
    Ok(MailServer { host, port, security: security.code().to_owned(), user, sender })
}

/// Whether a text can be the name or address of a server.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        !label.is_empty() && label.len() < 64 && label.chars().all(plain) && !label.starts_with('-')
    };
    text.parse::<IpAddr>().is_ok() || text.len() <= LONGEST && text.split('.').all(label)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(Field, &str)]) -> BTreeMap<Field, String> {
        let usual = [
            (Field::MailHost, "smtp.example.org"),
            (Field::MailSecurity, "starttls"),
            (Field::MailPort, ""),
            (Field::MailUser, ""),
            (Field::MailPassword, ""),
            (Field::MailSender, "Mesa Abierta <mesa@example.org>"),
        ];
        let all = usual.iter().chain(fields);
        all.map(|(field, text)| (*field, (*text).to_owned())).collect()
    }

    #[test]
    fn a_mail_server_is_read_as_people_type_it() {
        let server = read(form(&[(Field::MailHost, " SMTP.Example.org ")]), None).unwrap();
        assert_eq!(
            (server.host.as_str(), server.port, server.user),
            ("smtp.example.org", 587, None)
        );
        let tls = [
            (Field::MailSecurity, "tls"),
            (Field::MailUser, "mesa"),
            (Field::MailPassword, " a b "),
        ];
        let server = read(form(&tls), None).unwrap();
        assert_eq!(server.port, 465);
        assert_eq!(server.user, Some(("mesa".to_owned(), " a b ".to_owned())));
        assert_eq!(read(form(&[(Field::MailPort, "2525")]), None).unwrap().port, 2_525);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (wrong, at, problem) in [
            ((Field::MailHost, ""), Field::MailHost, Problem::Missing),
            ((Field::MailHost, "http://x.mx"), Field::MailHost, Problem::NotAServer),
            ((Field::MailHost, "smtp .x.mx"), Field::MailHost, Problem::NotAServer),
            ((Field::MailHost, "smtp..x.mx"), Field::MailHost, Problem::NotAServer),
            ((Field::MailSecurity, "ssl"), Field::MailSecurity, Problem::NotAChoice),
            ((Field::MailPort, "0"), Field::MailPort, Problem::NotACount { most: u16::MAX }),
            ((Field::MailPort, "70000"), Field::MailPort, Problem::NotACount { most: u16::MAX }),
            ((Field::MailSender, "mesa"), Field::MailSender, Problem::NotASender),
            ((Field::MailSender, "mesa@peña.test"), Field::MailSender, Problem::NotASender),
            ((Field::MailPassword, "s3cr3t0"), Field::MailUser, Problem::Missing),
            ((Field::MailUser, "mesa"), Field::MailPassword, Problem::Missing),
        ] {
            let form = read(form(&[wrong]), None).unwrap_err();
            assert_eq!(form.problems.get(&at), Some(&problem), "{wrong:?}");
        }
    }

    #[test]
    fn a_kept_password_goes_to_no_other_server_and_over_no_open_line() {
        let user = [(Field::MailUser, "mesa"), (Field::MailPassword, "s3cr3t0")];
        let before = read(form(&user), None).unwrap();
        let named = (Field::MailUser, "mesa");
        let again = read(form(&[named]), Some(&before)).unwrap();
        assert_eq!(again, before);
        let sender = [named, (Field::MailSender, "otra@example.org")];
        assert_eq!(read(form(&sender), Some(&before)).unwrap().user, before.user);
        for other in [
            (Field::MailHost, "smtp.example.com"),
            (Field::MailPort, "25"),
            (Field::MailSecurity, "tls"),
            (Field::MailUser, "otra"),
        ] {
            let form = read(form(&[named, other]), Some(&before)).unwrap_err();
            let problem = form.problems.get(&Field::MailPassword);
            assert_eq!(problem, Some(&Problem::TypeAgain), "{other:?}");
        }
        let open = [user[0], user[1], (Field::MailSecurity, "none")];
        let form_back = read(form(&open), None).unwrap_err();
        assert_eq!(form_back.problems.get(&Field::MailSecurity), Some(&Problem::Unprotected));
        let here = [open[0], open[1], open[2], (Field::MailHost, "127.0.0.1")];
        assert!(read(form(&here), None).is_ok());
    }
}
