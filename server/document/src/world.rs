//! All that the typesetter can reach: the templates, one document's data and pictures, the faces.
//! No file, no network, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// The templates by name.
const TEMPLATES: [(&str, &str); 13] = [
    ("pal.typ", include_str!("templates/pal.typ")),
    ("base.typ", include_str!("templates/base.typ")),
    ("words.typ", include_str!("templates/words.typ")),
    ("frame.typ", include_str!("templates/frame.typ")),
    ("cover.typ", include_str!("templates/cover.typ")),
    ("opening.typ", include_str!("templates/opening.typ")),
    ("sheet.typ", include_str!("templates/sheet.typ")),
    ("measurement.typ", include_str!("templates/measurement.typ")),
    ("closing.typ", include_str!("templates/closing.typ")),
    ("record.typ", include_str!("templates/record.typ")),
    ("minutes.typ", include_str!("templates/minutes.typ")),
    ("attendance.typ", include_str!("templates/attendance.typ")),
    ("blank.typ", include_str!("templates/blank.typ")),
];

/// The world of one document.
pub struct Desk<'a> {
    fonts: &'a Fonts,
    library: LazyHash<Library>,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl<'a> Desk<'a> {
    /// A world with a template to begin with and the files that templates may read, by name.
    pub fn new(fonts: &'a Fonts, main: &str, files: Vec<(String, Bytes)>) -> Desk<'a> {
        let sources = TEMPLATES
            .iter()
            .map(|(name, text)| (id(name), Source::new(id(name), (*text).to_owned())))
            .collect();
        Desk {
            fonts,
            library: LazyHash::new(Library::default()),
            main: id(main),
            sources,
            files: files.into_iter().map(|(name, bytes)| (id(&name), bytes)).collect(),
        }
    }
}

fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names of templates and files are made here");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
