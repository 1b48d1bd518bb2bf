//! The programs of qpdf and poppler-utils. A missing one fails the test: nothing is skipped.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use document::Pdf;
use tempfile::{NamedTempFile, TempDir};

/// A document in a file.
pub struct File {
    file: NamedTempFile,
}

/// A word with its place in mm from the left and top edge of the page.
#[derive(Debug, Clone)]
pub struct Word {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

pub fn file(pdf: &Pdf) -> File {
    let mut file = NamedTempFile::with_suffix(".pdf").unwrap();
    file.write_all(&pdf.bytes).unwrap();
    // To be looked at: one file a test, in the folder that this names.
    if let Some(folder) = std::env::var_os("DOCUMENT_TEST_OUT") {
        let name = std::thread::current().name().unwrap_or("document").replace("::", "-");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &pdf.bytes).unwrap();
    }
    File { file }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| {
        panic!("{program} can't be run ({error}): apt-get install qpdf poppler-utils")
    });
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    // pdfinfo writes headings of the structure in no encoding at all.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

impl File {
    fn path(&self) -> &str {
        self.file.path().to_str().unwrap()
    }

    /// What `qpdf --check` says; it fails on errors and on warnings.
    pub fn check(&self) -> String {
        run("qpdf", &["--check", self.path()])
    }

    pub fn info(&self) -> String {
        run("pdfinfo", &["-enc", "UTF-8", self.path()])
    }

    /// The structure tree with its texts.
    pub fn structure(&self) -> String {
        run("pdfinfo", &["-enc", "UTF-8", "-struct-text", self.path()])
    }

    /// How many figures are in the structure tree.
    pub fn figures(&self) -> usize {
        self.structure().lines().filter(|line| line.trim().starts_with("Figure")).count()
    }

    /// The rows of the table of fonts.
    pub fn fonts(&self) -> Vec<String> {
        run("pdffonts", &[self.path()]).lines().skip(2).map(str::to_owned).collect()
    }

    /// The text in reading order, a page after a form feed.
    pub fn text(&self) -> String {
        run("pdftotext", &["-enc", "UTF-8", self.path(), "-"])
    }

    /// The text in the order in which it was written, a cell after the other.
    pub fn raw_text(&self) -> String {
        run("pdftotext", &["-raw", "-enc", "UTF-8", self.path(), "-"])
    }

    /// The words of each page with their places.
    pub fn words(&self) -> Vec<Vec<Word>> {
        let html = run("pdftotext", &["-bbox", "-enc", "UTF-8", self.path(), "-"]);
        html.split("<page ").skip(1).map(words_of).collect()
    }

    /// The bytes of the attachment of this name.
    pub fn attachment(&self, name: &str) -> Vec<u8> {
        let folder = TempDir::new().unwrap();
        let to = folder.path().join("attached");
        run("pdfdetach", &["-savefile", name, "-o", to.to_str().unwrap(), self.path()]);
        std::fs::read(to).unwrap()
    }

    pub fn attachments(&self) -> String {
        run("pdfdetach", &["-list", self.path()])
    }
}

fn words_of(page: &str) -> Vec<Word> {
    page.lines()
        .filter_map(|line| line.trim().strip_prefix("<word "))
        .map(|line| {
            let number = |name: &str| -> f64 {
                let from = line.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
                line[from..].split('"').next().unwrap().parse::<f64>().unwrap() * 25.4 / 72.0
            };
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>");
            Word {
                left: number("xMin"),
                top: number("yMin"),
                right: number("xMax"),
                bottom: number("yMax"),
                text: text
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&"),
            }
        })
        .collect()
}

/// The numbers of the boxes in the margin strip, from the top down.
pub fn box_numbers(page: &[Word]) -> Vec<u32> {
    let mut numbers: Vec<&Word> = page
        .iter()
        .filter(|word| (178.5..182.5).contains(&word.left) && (30.0..245.0).contains(&word.top))
        .collect();
    numbers.sort_by(|one, other| one.top.total_cmp(&other.top));
    numbers.into_iter().filter_map(|word| word.text.parse().ok()).collect()
}

/// What the foot says of the page: "3 de 11".
pub fn page_of(page: &[Word]) -> Option<(usize, usize)> {
    let foot: Vec<&str> = page
        .iter()
        .filter(|word| word.left > 180.0 && (255.5..258.0).contains(&word.top))
        .map(|word| word.text.as_str())
        .collect();
    match foot[..] {
        [number, "de", total] => Some((number.parse().ok()?, total.parse().ok()?)),
        _ => None,
    }
}

/// The words of the plan's own text, without head, strip and foot.
pub fn body(page: &[Word]) -> Vec<&Word> {
    page.iter().filter(|word| word.left < 174.0 && word.top > 22.0 && word.bottom < 248.0).collect()
}
