//! The faces of the documents, in the program itself: nothing of the machine is looked at.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontVariant};
use typst::utils::LazyHash;

/// All under the SIL Open Font License; its texts are beside them.
const FILES: [&[u8]; 12] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../fonts/GentiumPlus-Regular.ttf"),
    include_bytes!("../fonts/GentiumPlus-Italic.ttf"),
    include_bytes!("../fonts/GentiumPlus-Bold.ttf"),
    include_bytes!("../fonts/NotoSansSymbols-Regular.ttf"),
    include_bytes!("../fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
];

/// The faces, read once and shared by all documents.
#[derive(Debug, Clone)]
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// The faces that the program carries. Takes some milliseconds.
    pub fn embedded() -> Fonts {
        let fonts: Vec<Font> =
            FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Font> {
        self.fonts.get(index)
    }

    /// The face that the typesetter takes for a family (in lower case) and a variant.
    pub(crate) fn select(&self, family: &str, variant: FontVariant) -> Option<&Font> {
        self.get(self.book.select(family, variant)?)
    }
}
