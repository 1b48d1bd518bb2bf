//! Logos: a picture that can't be set is left out, and its name stands alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage};

use crate::plan::{Logo, PictureKind};
use crate::text;
use crate::user::User;

/// The pictures that can be set, as files named by their place, and the logos for the templates.
pub fn logos<'a>(
    user: &User,
    logos: impl IntoIterator<Item = &'a Logo>,
) -> (Vec<(String, Bytes)>, Vec<Value>) {
    let mut files = Vec::new();
    let mut views = Vec::new();
    for (place, logo) in logos.into_iter().enumerate() {
        let file = picture(logo).map(|bytes| {
            let name = format!("logo-{place}");
            files.push((name.clone(), bytes));
            name
        });
        // A picture without a word that is read out instead of it isn't allowed.
        let name = if logo.name.trim().is_empty() { text::LOGO } else { &logo.name };
        views.push(json!({
            "file": file,
            "name": user.line(name),
            "said": user.rich(&text::cut(&logo.name, 90)),
        }));
    }
    (files, views)
}

/// The picture, if it is one. Four colours of ink (CMYK) aren't allowed beside PDF/A's sRGB.
fn picture(logo: &Logo) -> Option<Bytes> {
    let bytes = STANDARD.decode(&logo.bytes).ok()?;
    let format = match logo.kind {
        PictureKind::Png => ExchangeFormat::Png,
        PictureKind::Jpeg if jpeg_colours(&bytes) == Some(4) => return None,
        PictureKind::Jpeg => ExchangeFormat::Jpg,
    };
    let bytes = Bytes::new(bytes);
    RasterImage::new(bytes.clone(), format, Smart::Auto).ok()?;
    Some(bytes)
}

/// How many colours the frame's head of a JPEG names.
fn jpeg_colours(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return bytes.get(at + 9).copied();
        }
        let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
        at += 2 + usize::from(length);
    }
}
