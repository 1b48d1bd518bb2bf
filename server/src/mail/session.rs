//! A conversation with a mail server, step by step, so that what was and what wasn't handed over is
//! known wherever it ends.

use std::time::Duration;

use app::page::mail::{Fault, Reply, Security};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::time::timeout;

use super::address::Address;
use super::configuration::{Configuration, Password};
use super::fault::reply;

/// A text takes longer to be handed over than a command.
const TEXT: u32 = 5;

/// Why a step didn't succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Failed {
    /// What the letter is told.
    pub(super) fault: Fault,
    /// Whether it concerns the mail server and not the letter: others won't fare better now.
    pub(super) server: bool,
    /// Whether the conversation is over.
    pub(super) over: bool,
}

/// An open conversation.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    step: Duration,
    used: bool,
}

impl Session {
    /// Connects, protects the connection and signs in, as it is configured.
    ///
    /// # Errors
    /// [`Failed`], which concerns the server.
    pub(super) async fn open(configuration: &Configuration) -> Result<Self, Failed> {
        let step = configuration.pace.step;
        let opened = timeout(step, connect(configuration)).await;
        let connection = opened.unwrap_or(Err(Fault::Unreachable));
        let failed = |fault| Failed { fault, server: true, over: true };
        Ok(Self { connection: connection.map_err(failed)?, step, used: false })
    }

    /// Says from whom and to whom a letter is.
    ///
    /// # Errors
    /// [`Failed`]. Nothing was handed over.
    pub(super) async fn address(
        &mut self,
        from: &lettre::Address,
        to: &Address,
    ) -> Result<(), Failed> {
        let mut parameters = Vec::new();
        if to.other_letters {
            let info = self.connection.server_info();
            let knows = |extension| info.supports_feature(extension);
            if !knows(Extension::SmtpUtfEight) || !knows(Extension::EightBitMime) {
                return Err(Failed { fault: Fault::OtherLetters, server: false, over: false });
            }
            parameters.push(MailParameter::SmtpUtfEight);
            let eight = lettre::transport::smtp::extension::MailBodyParameter::EightBitMime;
            parameters.push(MailParameter::Body(eight));
        }
        if std::mem::replace(&mut self.used, true) {
            self.command("RSET\r\n".to_owned(), Fault::Later).await?;
        }
        let mail = Mail::new(Some(from.clone()), parameters).to_string();
        self.command(mail, Fault::Sender).await?;
        let to = Rcpt::new(to.address.clone(), Vec::new()).to_string();
        self.command(to, Fault::Refused).await
    }

    /// Asks to hand the text over.
    ///
    /// # Errors
    /// [`Failed`]. Nothing was handed over.
    pub(super) async fn begin(&mut self) -> Result<(), Failed> {
        self.command(Data.to_string(), Fault::Refused).await
    }

    /// Hands the text over.
    ///
    /// # Errors
    /// [`Failed`]; with [`Fault::CutWhileSending`] it may have arrived.
    pub(super) async fn text(&mut self, message: &[u8]) -> Result<(), Failed> {
        let cut = Failed { fault: Fault::CutWhileSending, server: false, over: true };
        match timeout(self.step * TEXT, self.connection.message(message)).await {
            Ok(Ok(_)) => Ok(()),
            // A reply that refuses is an answer: it wasn't taken.
            Ok(Err(error)) => Err(refused(&error, Fault::Refused).unwrap_or(cut)),
            Err(_) => Err(cut),
        }
    }

    /// Ends the conversation. What was taken stays taken, however this ends.
    pub(super) async fn close(mut self) {
        let _ = timeout(self.step, self.connection.quit()).await;
    }

    /// Whether it already carried a letter: a server may have ended it since.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    async fn command(
        &mut self,
        command: String,
        refusal: impl Fn(Reply) -> Fault,
    ) -> Result<(), Failed> {
        let cut = Failed { fault: Fault::Cut, server: false, over: true };
        match timeout(self.step, self.connection.command(command)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refused(&error, refusal).unwrap_or(cut)),
            Err(_) => Err(cut),
        }
    }
}

/// What a reply says that isn't a yes; none: there was no reply.
fn refused(error: &Error, refusal: impl Fn(Reply) -> Fault) -> Option<Failed> {
    let reply = reply(error)?;
    let fault = if error.is_permanent() { refusal(reply) } else { Fault::Later(reply) };
    // 421: it ends the conversation.
    Some(Failed { fault, server: false, over: reply.code == 421 })
}

async fn connect(configuration: &Configuration) -> Result<AsyncSmtpConnection, Fault> {
    let Configuration { host, port, security, user, from, .. } = configuration;
    let hello = ClientId::Domain(from.email.domain().to_owned());
    let tls = match security {
        Security::None => None,
        Security::StartTls | Security::Tls => Some(trust(configuration)?),
    };
    let at_once = tls.clone().filter(|_| *security == Security::Tls);
    let server = (host.as_str(), *port);
    let opened = AsyncSmtpConnection::connect_tokio1(server, None, &hello, at_once, None).await;
    let mut connection = opened.map_err(|error| unreachable(&error))?;
    if let (Security::StartTls, Some(tls)) = (security, tls) {
        // Without it nothing is said, password and letter included.
        if !connection.can_starttls() {
            connection.abort().await;
            return Err(Fault::Unprotected);
        }
        connection.starttls(tls, &hello).await.map_err(|_| Fault::Unprotected)?;
    }
    if let Some((user, Password(password))) = user {
        let credentials = Credentials::new(user.clone(), password.clone());
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if let Err(error) = connection.auth(&mechanisms, &credentials).await {
            connection.abort().await;
            let asks_again = error.is_transient() || error.status().is_none() && !error.is_client();
            return Err(if asks_again { Fault::Unreachable } else { Fault::SignIn });
        }
    }
    Ok(connection)
}

fn unreachable(error: &Error) -> Fault {
    if error.is_tls() { Fault::Unprotected } else { Fault::Unreachable }
}

fn trust(configuration: &Configuration) -> Result<TlsParameters, Fault> {
    let mut trust = TlsParametersBuilder::new(configuration.host.clone());
    if let Some(path) = &configuration.authority {
        let pem = std::fs::read(path).map_err(|_| Fault::Unprotected)?;
        trust = trust
            .add_root_certificate(Certificate::from_pem(&pem).map_err(|_| Fault::Unprotected)?);
    }
    trust.build().map_err(|_| Fault::Unprotected)
}
