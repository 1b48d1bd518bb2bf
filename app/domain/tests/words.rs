//! What happens to pasted text, in every kind of field.

#![allow(clippy::unwrap_used)]

use domain::text::words::{cleaned, cleaned_line, is_plain};
use domain::{Remark, ShortText, TextField};
use proptest::prelude::*;

/// What was pasted; the result in a long text; the result in a line, where that differs.
#[rustfmt::skip]
const PASTED: &[(&str, &str, Option<&str>)] = &[
    // Line ends of word processors, spreadsheets, PDF files, old systems.
    ("1. Publicar contratos\u{B}2. Abrir portal\u{C}3. Informe\u{2028}Fin", "1. Publicar contratos\n2. Abrir portal\n3. Informe\nFin", Some("1. Publicar contratos 2. Abrir portal 3. Informe Fin")),
    ("uno\ndos", "uno\ndos", Some("uno dos")),
    ("uno\r\ndos", "uno\ndos", Some("uno dos")),
    ("uno\rdos", "uno\ndos", Some("uno dos")),
    ("uno\n\rdos", "uno\n\ndos", Some("uno  dos")),
    ("uno\r\r\ndos", "uno\n\ndos", Some("uno  dos")),
    ("uno\r\n\r\ndos", "uno\n\ndos", Some("uno  dos")),
    ("uno\u{B}dos", "uno\ndos", Some("uno dos")),
    ("uno\u{C}dos", "uno\ndos", Some("uno dos")),
    ("uno\u{85}dos", "uno\ndos", Some("uno dos")),
    ("uno\u{2028}dos", "uno\ndos", Some("uno dos")),
    ("uno\u{2029}dos", "uno\ndos", Some("uno dos")),
    ("uno\u{2029}\u{2028}dos", "uno\n\ndos", Some("uno  dos")),
    ("fin\r", "fin\n", Some("fin ")),
    ("\u{B}inicio", "\ninicio", Some(" inicio")),
    // Tabs.
    ("uno\tdos", "uno dos", None),
    ("\t• punto", " • punto", None),
    ("uno\t\tdos", "uno  dos", None),
    ("celda\tcelda\r\ncelda", "celda celda\ncelda", Some("celda celda celda")),
    // Soft hyphens are inside a word.
    ("com\u{AD}pro\u{AD}miso", "compromiso", None),
    ("\u{AD}uno", "uno", None),
    ("uno \u{AD}dos", "uno dos", None),
    ("uno\u{AD}", "uno", None),
    // Zero-width spaces.
    ("datos\u{200B}abiertos", "datos abiertos", None),
    ("datos \u{200B}abiertos", "datos abiertos", None),
    ("datos\u{200B} abiertos", "datos abiertos", None),
    ("datos\u{200B}\u{200B}abiertos", "datos abiertos", None),
    ("datos\u{200B}\u{AD}abiertos", "datos abiertos", None),
    ("datos\u{AD}\u{200B}abiertos", "datos abiertos", None),
    ("datos\u{200B}.", "datos.", None),
    ("https://datos.\u{200B}ejemplo.\u{200B}org/\u{200B}csv", "https://datos.ejemplo.org/csv", None),
    ("14\u{200B}localidades", "14 localidades", None),
    ("\u{200B}uno\u{200B}", "uno", None),
    ("uno\u{200B}\ndos", "uno\ndos", Some("uno dos")),
    // Byte order marks, from concatenated files.
    ("\u{FEFF}Aviso", "Aviso", None),
    ("uno\u{FEFF}dos", "uno dos", None),
    ("fin.\u{FEFF}Inicio", "fin.Inicio", None),
    ("fin\n\u{FEFF}Inicio", "fin\nInicio", Some("fin Inicio")),
    // Placeholders of images that were copied along.
    ("antes\u{FFFC}después", "antes después", None),
    ("antes \u{FFFC} después", "antes  después", None),
    ("\u{FFFC}Figura 1", "Figura 1", None),
    ("ver (\u{FFFC})", "ver ()", None),
    // Joiners between two emoji stay.
    ("👩🏽\u{200D}👧\u{200D}👦", "👩🏽\u{200D}👧\u{200D}👦", None),
    ("🏳\u{FE0F}\u{200D}🌈", "🏳\u{FE0F}\u{200D}🌈", None),
    ("क्\u{200D}ष", "क्\u{200D}ष", None),
    ("uno\u{200D} dos", "uno dos", None),
    ("uno \u{200D}dos", "uno dos", None),
    ("\u{200D}uno", "uno", None),
    // While it is being typed, the second one isn't there yet.
    ("👩🏽\u{200D}", "👩🏽\u{200D}", None),
    // Characters that may not be in what is signed.
    ("pago\u{202E}latot\u{202C}", "pagolatot", None),
    ("pago\u{2066}total\u{2069}", "pagototal", None),
    ("campana\u{7}", "campana", None),
    ("nulo\0", "nulo", None),
    ("borrar\u{7F}", "borrar", None),
    ("escape\u{1B}[0m", "escape[0m", None),
    // Unchanged.
    ("Ayuntamiento de Valle Hondo", "Ayuntamiento de Valle Hondo", None),
    ("30\u{A0}%", "30\u{A0}%", None),
    ("1\u{202F}000", "1\u{202F}000", None),
    ("— raya, «comillas», “otras” y puntos…", "— raya, «comillas», “otras” y puntos…", None),
    ("ñandú Ñu güero", "ñandú Ñu güero", None),
    ("j̱onta ꞌiin tuꞌun ñuu sa̱vi", "j̱onta ꞌiin tuꞌun ñuu sa̱vi", None),
    ("שלום لوحة", "שלום لوحة", None),
    ("שלום\u{200F} ok\u{200E}", "שלום\u{200F} ok\u{200E}", None),
    ("=HYPERLINK(\"http://x.invalid\")", "=HYPERLINK(\"http://x.invalid\")", None),
    ("  dos espacios  ", "  dos espacios  ", None),
    ("", "", None),
];

#[test]
fn what_is_pasted_keeps_its_lines_and_its_words() {
    assert!(PASTED.len() >= 60);
    for (pasted, text, line) in PASTED {
        let line = line.unwrap_or(text);
        assert_eq!(cleaned(pasted), *text, "{pasted:?}");
        assert_eq!(cleaned_line(pasted), line, "{pasted:?}");
        assert_eq!(TextField::Description.cleaned(pasted), *text, "{pasted:?}");
        assert_eq!(TextField::Title.cleaned(pasted), line, "{pasted:?}");
        // Names, organisations and other short fields; contributions. They are validated too:
        // characters that may not be there are refused.
        let (short, remark) =
            (ShortText::parse(pasted).map(String::from), Remark::parse(pasted).map(String::from));
        if pasted.chars().all(|c| {
            is_plain(c)
                || cleaned(&format!("a{c}b")) != "ab"
                || "\u{AD}\u{200B}\u{FEFF}\u{FFFC}".contains(c)
        }) {
            assert_eq!(short, Ok(line.trim().to_owned()), "{pasted:?}");
            if !text.trim().is_empty() {
                assert_eq!(remark, Ok(text.trim().to_owned()), "{pasted:?}");
            }
        } else {
            assert!(short.is_err() && remark.is_err(), "{pasted:?}: {short:?} {remark:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_was_cleaned_is_clean(pasted in "(\\PC|[\u{0}-\u{20}\u{7F}-\u{A0}\u{AD}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2069}\u{FEFF}\u{FFFC}]){0,24}") {
        let (text, line) = (cleaned(&pasted), cleaned_line(&pasted));
        prop_assert!(text.chars().all(is_plain) && line.chars().all(|c| is_plain(c) && c != '\n'));
        prop_assert_eq!(cleaned(&text), text.clone());
        prop_assert_eq!(cleaned_line(&line), line.clone());
        // No letter is lost, and no two words are joined.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&text), letters(&pasted));
        prop_assert_eq!(text.replace('\n', " "), line);
    }
}
