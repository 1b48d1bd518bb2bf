//! A letter as the bytes that a mail server takes: text and HTML, perhaps with a file.

use std::sync::Arc;
use std::time::SystemTime;

use domain::StreamId;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use sha2::{Digest as _, Sha256};

use super::address::Address;
use super::file_name::{Disposition, FileName, PdfType};

/// Most letters of a subject or a name.
const LINE: usize = 200;

/// What a letter says.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text, in plain lines.
    pub text: String,
    /// A file.
    pub attachment: Option<Attachment>,
}

/// A PDF that goes with a letter.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: FileName,
    /// It.
    pub pdf: Arc<document::Pdf>,
}

/// Everything that a message is made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The sender.
    pub from: &'a Mailbox,
    /// To whom: their name, perhaps empty, and address.
    pub to: (&'a str, &'a Address),
    /// What it says.
    pub letter: &'a Letter,
    /// The stream and key of its job: the same letter has the same id, also when it is sent again.
    pub key: (StreamId, &'a str),
    /// When it is sent.
    pub at: SystemTime,
}

impl Parts<'_> {
    /// The message. Every header is one line of the letter's, however long and with whatever in it.
    ///
    /// # Errors
    /// What `lettre` can't write, which is a fault of this program.
    pub fn message(&self) -> Result<Vec<u8>, lettre::error::Error> {
        let (name, to) = (line(self.to.0), self.to.1.address.clone());
        let to = Mailbox::new(Some(name).filter(|name| !name.is_empty()), to);
        let text =
            MultiPart::alternative_plain_html(self.letter.text.clone(), html(&self.letter.text));
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(line(&self.letter.subject))
            .message_id(Some(self.id()))
            .date(self.at)
            .header(Automatic);
        let message = match &self.letter.attachment {
            None => builder.multipart(text)?,
            Some(file) => {
                let part = SinglePart::builder()
                    .header(PdfType(file.name.clone()))
                    .header(Disposition(file.name.clone()))
                    .body(file.pdf.bytes.clone());
                builder.multipart(MultiPart::mixed().multipart(text).singlepart(part))?
            }
        };
        Ok(message.formatted())
    }

    /// The id: it tells nothing of the key, which has a person's id.
    fn id(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(self.key.0.0.as_bytes());
        hasher.update(self.key.1.as_bytes());
        let digest = hasher.finalize();
        let digits: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("<{digits}@{}>", self.from.email.domain())
    }
}

/// Says that no person wrote it: nobody's absence answers it (RFC 3834).
#[derive(Clone, Debug)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// A text as one line of a header.
fn line(text: &str) -> String {
    let plain = |letter: char| {
        let ends = letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
        if ends { ' ' } else { letter }
    };
    let text: String = text.chars().map(plain).take(LINE).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as HTML: paragraphs, lists, lines and links, nothing else.
fn html(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let paragraph = |text: &str| {
        // A list is a paragraph in which each line is an entry.
        let entries: Option<Vec<&str>> =
            text.split('\n').map(|line| line.strip_prefix("- ")).collect();
        if let Some(entries) = entries {
            let entry = |entry: &str| format!("<li>{}</li>\n", linked(entry));
            return format!("<ul>\n{}</ul>\n", entries.into_iter().map(entry).collect::<String>());
        }
        let lines: Vec<String> = text.split('\n').map(linked).collect();
        format!("<p>{}</p>\n", lines.join("<br>\n"))
    };
    let paragraphs: String = paragraphs.map(paragraph).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"es\">\n<head><meta charset=\"utf-8\"></head>\n\
         <body style=\"max-width:40em;font:1rem/1.5 sans-serif;overflow-wrap:anywhere\">\n{paragraphs}</body>\n</html>\n"
    )
}

/// A line with its words escaped and its addresses as links.
fn linked(line: &str) -> String {
    let word = |word: &str| {
        let escaped = escaped(word);
        let is_address = ["http://", "https://"].iter().any(|scheme| word.starts_with(scheme));
        if is_address { format!("<a href=\"{escaped}\">{escaped}</a>") } else { escaped }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::judged;

    fn made(name: &str, subject: &str, text: &str, key: &str) -> String {
        let letter =
            Letter { subject: subject.to_owned(), text: text.to_owned(), attachment: None };
        let to = judged("ana@example.org").unwrap();
        let parts = Parts {
            from: &"Mesa Abierta <mesa@example.org>".parse().unwrap(),
            to: (name, &to),
            letter: &letter,
            key: (StreamId(uuid::Uuid::nil()), key),
            at: SystemTime::UNIX_EPOCH,
        };
        String::from_utf8(parts.message().unwrap()).unwrap()
    }

    /// The headers of the message itself, unfolded.
    fn headers(message: &str) -> Vec<String> {
        let (head, _) = message.split_once("\r\n\r\n").unwrap();
        let mut headers: Vec<String> = Vec::new();
        for line in head.split("\r\n") {
            match (line.starts_with([' ', '\t']), headers.last_mut()) {
                (true, Some(last)) => last.push_str(line),
                _ => headers.push(line.to_owned()),
            }
        }
        headers
    }

    #[test]
    fn nothing_that_people_wrote_makes_another_header() {
        let names = |message: &str| -> Vec<String> {
            let name = |line: &String| line.split(':').next().unwrap().to_owned();
            headers(message).iter().map(name).collect()
        };
        let plain = names(&made("Ana", "Hola", "Hola", "k"));
        for hostile in [
            "Ana\r\nBcc: otra@example.org",
            "Ana\nX-Otra: 1",
            "Ana\u{2028}Bcc: otra@example.org",
            "\"Ana\" <otra@example.org>, ",
            "Ana\0\u{b}",
            &"ñ ".repeat(10_000),
        ] {
            let message = made(hostile, hostile, hostile, hostile);
            assert_eq!(names(&message), plain, "{message}");
            let to = headers(&message).into_iter().find(|line| line.starts_with("To:")).unwrap();
            assert!(to.ends_with("<ana@example.org>"), "{to}");
        }
    }

    #[test]
    fn a_letter_has_the_same_id_each_time_and_another_key_another() {
        let id = |key| {
            let message = made("Ana", "Hola", "Hola", key);
            headers(&message).into_iter().find(|line| line.starts_with("Message-ID:")).unwrap()
        };
        assert_eq!(id("plan/1/a"), id("plan/1/a"));
        assert_ne!(id("plan/1/a"), id("plan/2/a"));
        assert!(id("plan/1/a").ends_with("@example.org>"));
    }

    #[test]
    fn the_html_says_what_the_text_says_and_nothing_of_it_is_markup() {
        let html = html("Hola, <b>Ana</b> & \"Luz\":\n\nAbre\nhttps://mesa.example/enlace#5EC\n");
        assert!(
            html.contains("<p>Hola, &lt;b&gt;Ana&lt;/b&gt; &amp; &quot;Luz&quot;:</p>"),
            "{html}"
        );
        let link = "<p>Abre<br>\n<a href=\"https://mesa.example/enlace#5EC\">https://mesa.example/enlace#5EC</a></p>";
        assert!(html.contains(link), "{html}");
        let list = super::html("Firmaron:\n\n- <Uno>: sí\n- Dos: no\n\n- Tres\nfin\n");
        assert!(
            list.contains(
                "<p>Firmaron:</p>\n<ul>\n<li>&lt;Uno&gt;: sí</li>\n<li>Dos: no</li>\n</ul>"
            ),
            "{list}"
        );
        assert!(list.contains("<p>- Tres<br>\nfin</p>"), "{list}");
    }
}
