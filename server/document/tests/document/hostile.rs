//! No text can stop a document, and what is in it can be copied out again.

use document::*;
use serde_json::Value;

use crate::sample;
use crate::tools::file;

/// What people paste, and what somebody might try.
pub const TEXTS: [&str; 16] = [
    r##"#eval("1+1") *no* _ni_ $x^2$ <lab> @ref \u{41} // c #import "x.typ" [x] {y} `z` = H"##,
    "#panic() #read(\"/etc/passwd\") #{ while true {} } \\ ~ -- --- ... ' \" <script>",
    "Listo 👍🏽 y 👩‍👧‍👦 con ✔ ✓ ➢ ① ② ☑ → • ◆ ★",
    "\u{f0b7} viñeta \u{f0d8} flecha \u{f0fc} palomita \u{e000}\u{f8ff} privadas",
    "kwaꞌa ñuꞌu ʼu ā ē ī ō ū Ł ɨ a̱ e̱ x̱ ë̱ ɨ́ ʉ́ m̃ n̈ ɔ̃ ɛ́",
    "canci\u{6f}\u{301}n man\u{303}ana pingu\u{308}ino NI\u{303}O",
    "Árabe مرحبا hebreo שלום y \u{202e}al revés\u{202c} fin",
    "中文 日本語 한국어 हिन्दी ไทย",
    "\u{0}\u{1}\u{7}\u{1b}\u{feff}\u{fffc}\u{fffe}\u{ad}\u{200b}\u{200d}\u{2060} controles",
    "a\tb\u{202f}c\u{a0}d\u{2028}e\u{2029}f\u{b}g\r\nh\ri",
    "Supercalifragilísticoespialidosodesoxirribonucleicoparangaricutirimicuaro",
    "https://datos.example.org/un/camino/muy-largo_con.puntos?y=consulta&z=otra-cosa-mas",
    "Z\u{351}\u{352}\u{353}\u{354}a\u{301}\u{308}\u{323}l\u{336}g\u{337}o ā́ ä́",
    "𝔐𝔞𝔱𝔢 𝕏 ﬁ ﷽ ㎏ ½ ª º № € ₿ ∑ ∞ ≤ ≥ ≠",
    "",
    " \n \n ",
];

/// Puts `text` in the place of every string of the plan that a person writes.
fn everywhere(value: &mut Value, text: &str, key: &str) {
    const KEPT: [&str; 12] = [
        "copy",
        "code",
        "canonical",
        "folio",
        "address",
        "kind",
        "bytes",
        "category",
        "capacity",
        "state",
        "strokes",
        "adopted",
    ];
    match value {
        // The state of an exercise is a name, that of a signature a variant.
        Value::String(said) if key == "exercise.state" || !KEPT.contains(&key) => {
            text.clone_into(said)
        }
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, text, key)),
        Value::Object(map) => {
            for (name, item) in map {
                let name =
                    if key == "exercise" && name == "state" { "exercise.state" } else { name };
                everywhere(item, text, name);
            }
        }
        _ => {}
    }
}

pub fn with_everywhere(text: &str) -> Plan {
    let mut value = serde_json::to_value(sample::plan()).unwrap();
    everywhere(&mut value, text, "");
    serde_json::from_value(value).unwrap()
}

/// Letters alone, composed: what has to come out of the file as it went in.
fn letters(text: &str) -> String {
    let shown = text.chars().filter(|letter| !letter.is_whitespace() && !is_invisible(*letter));
    shown.collect()
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '-' | '\u{2010}')
}

#[test]
fn any_text_in_every_field_is_a_document() {
    let fonts = Fonts::embedded();
    for text in TEXTS {
        let pdf = pal(&fonts, &with_everywhere(text))
            .unwrap_or_else(|failure| panic!("{text:?}: {failure}"));
        assert!(file(&pdf).check().contains("No syntax or stream encoding errors"), "{text:?}");
    }
}

#[test]
fn what_people_write_can_be_copied_out_as_it_went_in() {
    let fonts = Fonts::embedded();
    for text in TEXTS.into_iter().filter(|text| !text.trim().is_empty()) {
        let mut plan = sample::plan();
        plan.context = vec![format!("Comienza {text} termina")];
        plan.commitments[3].conformity.as_mut().unwrap().groups.with_reservation[0].text =
            format!("Empieza {text} acaba");
        plan.commitments[0].activities[0].deliverable = format!("Abre {text} cierra");
        let extracted = letters(&file(&pal(&fonts, &plan).unwrap()).raw_text());
        let expected = letters(&fonts.with_stand_ins(&prepare(text)));
        // Right-to-left runs and doubled marks are named before the freeze, not here.
        let doubled = fonts.unshowable([(prepare(text).as_str(), Style::Serif)].into_iter());
        if doubled.iter().any(|missing| missing.trouble == Trouble::CopiedTwice) {
            continue;
        }
        for (before, after) in [("Comienza", "termina"), ("«Empieza", "acaba»"), ("Abre", "cierra")]
        {
            let whole = format!("{before}{expected}{after}");
            assert!(
                extracted.contains(&whole),
                "{whole:?} isn't in what was copied: {text:?}\n{extracted}"
            );
        }
    }
}

#[test]
fn ten_thousand_letters_in_every_field_are_a_document() {
    let fonts = Fonts::embedded();
    // One field at a time would hide what they do to each other; all of them at once are a book,
    // so a few of each kind.
    let word = "x".repeat(10_000);
    let prose = "palabra ".repeat(1250);
    for text in [word, prose] {
        let mut plan = sample::plan();
        plan.exercise.name.clone_from(&text);
        plan.exercise.municipality.clone_from(&text);
        plan.logos[0].name.clone_from(&text);
        plan.mesas[0].theme.clone_from(&text);
        plan.participants[0].contact = Some(text.clone());
        plan.problems[0].title.clone_from(&text);
        let one = &mut plan.commitments[0];
        one.title.clone_from(&text);
        one.lead.clone_from(&text);
        one.indicator.target.clone_from(&text);
        one.activities[0].text.clone_from(&text);
        one.activities[1].post.clone_from(&text);
        plan.signers[0].short_name.clone_from(&text);
        plan.signers[0].organisation.clone_from(&text);
        plan.closing.place.clone_from(&text);
        let pdf = pal(&fonts, &plan).unwrap();
        let pages = file(&pdf).words();
        for (index, page) in pages.iter().enumerate() {
            assert_eq!(crate::tools::page_of(page), Some((index + 1, pages.len())));
        }
    }
}

#[test]
fn what_no_font_shows_is_named_before_the_freeze() {
    let fonts = Fonts::embedded();
    let texts = ["Agua limpia", "el 中文 texto", "con ɨ́ y ā́", "👍🏽 ① ✓"];
    let missing = fonts.unshowable(texts.into_iter().map(|text| (text, Style::Serif)));
    let named: Vec<(usize, &str, &str, Trouble)> = missing
        .iter()
        .map(|one| (one.text, one.character.as_str(), one.stand_in.as_str(), one.trouble))
        .collect();
    assert!(named.contains(&(1, "中", "[U+4E2D]", Trouble::NotShown)), "{named:?}");
    assert!(named.contains(&(1, "文", "[U+6587]", Trouble::NotShown)), "{named:?}");
    assert!(named.iter().all(|one| one.0 == 1 || one.3 == Trouble::CopiedTwice), "{named:?}");
    assert_eq!(missing[0].word, "中文");
    assert_eq!(fonts.with_stand_ins("el 中文 texto"), "el [U+4E2D][U+6587] texto");
    assert_eq!(fonts.with_stand_ins("kwaꞌa a̱ ① 👍🏽"), "kwaꞌa a̱ ① 👍🏽");
}
