//! A page of a scanned copy as a picture for screens. Nothing of the file itself reaches a browser that
//! shows it: no script, form or attachment runs, and a photograph stands upright.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, Rgb, RgbImage};
use serde::{Deserialize, Serialize};

use crate::compile;
use crate::failure::Failure;

/// Most pixels of a picture's width, and of its height.
const MOST: (u16, u16) = (1000, 1600);
/// The picture's quality as a JPEG, of 100: writing is legible.
const QUALITY: u8 = 78;
/// Bytes that a photograph may take unpacked: 150 megapixels.
const MOST_BYTES: u64 = 460 * 1024 * 1024;

/// A page that is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScanPage {
    /// The file, PDF, JPEG or PNG, in base64.
    pub file: String,
    /// Which of its pages, from one; photographs have one.
    pub page: usize,
}

impl ScanPage {
    /// Of a file's bytes.
    pub fn new(file: &[u8], page: usize) -> ScanPage {
        ScanPage { file: STANDARD.encode(file), page }
    }
}

/// The page as a JPEG of at most 1000 × 1600 pixels, and how many pages the file has.
///
/// # Errors
///
/// [`Failure::NotShown`] and [`Failure::Locked`].
pub fn scan_page(asked: &ScanPage) -> Result<compile::Pdf, Failure> {
    let file = STANDARD.decode(&asked.file).map_err(|_| Failure::NotShown)?;
    let place = asked.page.checked_sub(1).ok_or(Failure::NotShown)?;
    let (picture, pages) = if image::guess_format(&file).is_ok() {
        (photograph(file)?, 1)
    } else {
        let pdf = Pdf::new(file).map_err(|error| match error {
            LoadPdfError::Decryption(_) => Failure::Locked,
            LoadPdfError::Invalid => Failure::NotShown,
        })?;
        (drawn(pdf.pages().get(place).ok_or(Failure::NotShown)?)?, pdf.pages().len())
    };
    if place >= pages {
        return Err(Failure::NotShown);
    }
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(|_| Failure::NotShown)?;
    Ok(compile::Pdf { bytes, pages })
}

fn drawn(page: &Page<'_>) -> Result<RgbImage, Failure> {
    let (width, height) = page.render_dimensions();
    let scale = (f32::from(MOST.0) / width).min(f32::from(MOST.1) / height);
    if !(scale.is_finite() && scale > 0.0) {
        return Err(Failure::NotShown);
    }
    let settings = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
        ..RenderSettings::default()
    };
    let drawn = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let (width, height) = (drawn.width().into(), drawn.height().into());
    // On white nothing is transparent.
    let colours = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    RgbImage::from_raw(width, height, colours).ok_or(Failure::NotShown)
}

fn photograph(file: Vec<u8>) -> Result<RgbImage, Failure> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Failure::NotShown)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Failure::NotShown)?;
    // As the phone was held.
    let held = decoder.orientation().map_err(|_| Failure::NotShown)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Failure::NotShown)?;
    // Turned when it is small: turning takes as much memory again.
    let mut picture = fitting(picture, MOST.1, MOST.1);
    picture.apply_orientation(held);
    Ok(on_white(&fitting(picture, MOST.0, MOST.1)))
}

fn fitting(picture: DynamicImage, width: u16, height: u16) -> DynamicImage {
    let (width, height) = (u32::from(width), u32::from(height));
    if picture.width() <= width && picture.height() <= height {
        return picture;
    }
    picture.thumbnail(width, height)
}

/// What is transparent shows paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        let over = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}
