//! From data to bytes, by typst.

use serde_json::Value;
use typst::diag::{Severity, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::{World, WorldExt, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::date::Moment;
use crate::failure::Failure;
use crate::fonts::Fonts;
use crate::letters;
use crate::world::Desk;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file: PDF 1.7, conforming to PDF/UA-1 and PDF/A-3a; where its sheets were asked for, a JSON
    /// list with an SVG of each page.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// In what form a document is asked for.
#[derive(Clone, Copy)]
pub enum Form {
    /// The file.
    Pdf,
    /// A picture of each page.
    Sheets,
}

/// What a document is made from.
pub struct Job {
    /// In what form.
    pub form: Form,
    /// The template that it begins with.
    pub template: &'static str,
    /// What the templates get as `/data.json`. Strings that people wrote are prepared.
    pub data: Value,
    /// What they may read besides, by name.
    pub files: Vec<(String, Bytes)>,
    /// What the document is: with the content it makes the identity that the file bears.
    pub ident: String,
    /// The date that the file bears.
    pub moment: Moment,
}

/// Sets a document. Texts that the typesetter refuses in spite of the stand-ins are set with a
/// stand-in for every letter that isn't ordinary, so that a document there is.
pub fn set(fonts: &Fonts, job: Job) -> Result<Pdf, Failure> {
    let tried = once(fonts, &job, &job.data);
    let done = match tried {
        Err(Failure::Refused { ref messages }) if messages.iter().any(|said| of_letters(said)) => {
            once(fonts, &job, &plain(&job.data))
        }
        tried => tried,
    };
    // What was laid out is of no use to the next document: any change of the data changes all.
    comemo::evict(0);
    done
}

/// Sets a page with nothing on it.
pub fn blank(fonts: &Fonts) -> Result<Pdf, Failure> {
    let job = Job {
        form: Form::Pdf,
        template: "blank.typ",
        data: Value::Null,
        files: Vec::new(),
        ident: "blank".to_owned(),
        moment: Moment { ms: 0, offset_minutes: 0 },
    };
    set(fonts, job)
}

fn of_letters(message: &str) -> bool {
    message.contains("could not be displayed") || message.contains("codepoint")
}

fn plain(data: &Value) -> Value {
    match data {
        Value::String(text) => Value::String(letters::only_plain(text)),
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}

fn once(fonts: &Fonts, job: &Job, data: &Value) -> Result<Pdf, Failure> {
    let mut files = job.files.clone();
    files.push(("data.json".to_owned(), Bytes::from_string(data.to_string())));
    let desk = Desk::new(fonts, job.template, files);
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
    let document = output.map_err(|errors| refused(&desk, &errors))?;
    if !warnings.is_empty() {
        return Err(Failure::Warned { messages: messages(&desk, &warnings) });
    }
    let bytes = match job.form {
        Form::Pdf => {
            typst_pdf::pdf(&document, &options(job)?).map_err(|errors| refused(&desk, &errors))?
        }
        Form::Sheets => sheets(&document),
    };
    Ok(Pdf { bytes, pages: document.pages().len() })
}

fn sheets(document: &PagedDocument) -> Vec<u8> {
    let options = SvgOptions::default();
    let pages = document.pages().iter().map(|page| typst_svg::svg(page, &options));
    serde_json::to_vec(&pages.collect::<Vec<_>>()).expect("strings always serialise")
}

fn options(job: &Job) -> Result<PdfOptions, Failure> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
        .map_err(|error| Failure::Refused { messages: vec![error.message().to_string()] })?;
    let date = job.moment.date();
    let (hour, minute, second) = job.moment.clock();
    let local =
        Datetime::from_ymd_hms(date.year.into(), date.month, date.day, hour, minute, second);
    let timestamp =
        local.and_then(|local| Timestamp::new_local(local, job.moment.offset_minutes.into()));
    Ok(PdfOptions {
        ident: Smart::Custom(job.ident.clone()),
        creator: Smart::Custom(Some("Mesa Abierta".to_owned())),
        timestamp,
        standards,
        ..PdfOptions::default()
    })
}

fn refused(desk: &Desk, errors: &[SourceDiagnostic]) -> Failure {
    Failure::Refused { messages: messages(desk, errors) }
}

/// What was said, where in the templates, and after which calls.
fn messages(desk: &Desk, said: &[SourceDiagnostic]) -> Vec<String> {
    said.iter()
        .map(|one| {
            let place = one.span.id().map(|id| {
                let name = id.get().vpath().get_without_slash().to_owned();
                let line = desk.range(one.span).and_then(|range| {
                    let source = desk.source(id).ok()?;
                    source.lines().byte_to_line(range.start)
                });
                format!("{name}:{}: ", line.map_or(0, |line| line + 1))
            });
            let kind = match one.severity {
                Severity::Error => "",
                Severity::Warning => "warning: ",
            };
            let hints: String = one.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
            format!("{}{kind}{}{hints}", place.unwrap_or_default(), one.message)
        })
        .collect()
}
