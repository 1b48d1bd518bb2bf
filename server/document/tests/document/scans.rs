//! Pages of scans as pictures: of any size, upright, and whatever is in the file.

use std::io::Cursor;
use std::process::Command;
use std::time::Duration;

use document::{Failure, Fonts, Renderer, Request, ScanPage, Workshop, scan_page};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma, RgbImage};

use crate::sample;

fn shown(file: &[u8], page: usize) -> Result<(RgbImage, usize), Failure> {
    let set = scan_page(&ScanPage::new(file, page))?;
    Ok((
        image::load_from_memory_with_format(&set.bytes, ImageFormat::Jpeg).unwrap().to_rgb8(),
        set.pages,
    ))
}

/// How dark the middle of a part of a picture is: from the left and top, in quarters.
fn dark(picture: &RgbImage, quarters: (u32, u32)) -> bool {
    let (x, y) = (picture.width() * quarters.0 / 4, picture.height() * quarters.1 / 4);
    picture.get_pixel(x, y).0.iter().all(|colour| *colour < 80)
}

/// A PDF with a page: its left half is black.
fn half_black(page: &str, content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /XObject << /F 5 0 R >> >> /Length 6 >>\nstream\n/F Do \nendstream".to_owned(),
    ];
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in &places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    pdf.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    pdf
}

const LEFT: &str = "0 g 0 0 100 100 re f";

#[test]
fn a_page_of_a_pdf_is_a_picture_of_it() {
    let plan = document::pal(&Fonts::embedded(), &sample::plan()).unwrap();
    let (picture, pages) = shown(&plan.bytes, 3).unwrap();
    assert_eq!(pages, plan.pages);
    assert!((900..=1000).contains(&picture.width()) && picture.height() > picture.width());
    let inked = picture.pixels().filter(|pixel| pixel.0[0] < 128).count();
    let share = inked as f64 / f64::from(picture.width() * picture.height());
    assert!((0.005..0.3).contains(&share), "{share}");
    assert_eq!(shown(&plan.bytes, pages + 1).err(), Some(Failure::NotShown));
    assert_eq!(shown(&plan.bytes, 0).err(), Some(Failure::NotShown));
}

#[test]
fn pages_of_any_size_fit_and_stand_as_they_say() {
    let (flat, pages) = shown(&half_black("/MediaBox [0 0 200 100]", LEFT), 1).unwrap();
    assert_eq!((flat.width(), flat.height(), pages), (1000, 500, 1));
    assert!(dark(&flat, (1, 2)) && !dark(&flat, (3, 2)));
    // Turned clockwise, what was left is on top.
    let (turned, _) = shown(&half_black("/MediaBox [0 0 200 100] /Rotate 90", LEFT), 1).unwrap();
    assert!(turned.height() > turned.width());
    assert!(dark(&turned, (2, 1)) && !dark(&turned, (2, 3)));
    let (tall, _) = shown(&half_black("/MediaBox [0 0 10 14400]", LEFT), 1).unwrap();
    assert!(tall.height() <= 1600);
}

#[test]
fn a_photograph_stands_upright_as_the_phone_was_held() {
    let mut photo = GrayImage::from_pixel(400, 200, Luma([255]));
    for (x, _, pixel) in photo.enumerate_pixels_mut() {
        pixel.0[0] = if x < 200 { 0 } else { 255 };
    }
    let mut bytes = Vec::new();
    photo.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).unwrap();
    let (flat, pages) = shown(&bytes, 1).unwrap();
    assert_eq!((flat.width(), flat.height(), pages), (400, 200, 1));
    // Exif says that it is to be turned clockwise (6), as phones write it.
    let exif = [
        &[0xFF, 0xE1, 0, 34][..],
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
    ]
    .concat();
    let held = [&bytes[..2], &exif, &bytes[2..]].concat();
    let (turned, _) = shown(&held, 1).unwrap();
    assert_eq!((turned.width(), turned.height()), (200, 400));
    assert!(dark(&turned, (2, 1)) && !dark(&turned, (2, 3)));
    assert_eq!(shown(&held, 2).err(), Some(Failure::NotShown));
}

#[test]
fn a_drawing_without_background_is_on_white() {
    let mut bytes = Vec::new();
    let clear = image::RgbaImage::from_pixel(30, 20, image::Rgba([0, 0, 0, 0]));
    clear.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let (picture, _) = shown(&bytes, 1).unwrap();
    assert!(picture.pixels().all(|pixel| pixel.0[0] > 240));
}

#[test]
fn what_cannot_be_opened_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (open, locked) = (folder.path().join("open.pdf"), folder.path().join("locked.pdf"));
    std::fs::write(&open, half_black("/MediaBox [0 0 200 100]", LEFT)).unwrap();
    let status = Command::new("qpdf")
        .args(["--encrypt", "frase", "dueña", "256", "--"])
        .args([&open, &locked])
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(shown(&std::fs::read(locked).unwrap(), 1).err(), Some(Failure::Locked));
    let whole = std::fs::read(open).unwrap();
    for file in [&b""[..], b"%PDF-1.7", b"GIF89a", &whole[..30], b"\xFF\xD8\xFF\xE0nothing"] {
        assert_eq!(shown(file, 1).err(), Some(Failure::NotShown), "{file:?}");
    }
    // A PNG of 60 000 × 60 000 pixels in a few bytes.
    let mut bomb =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0".to_vec();
    bomb.extend([0; 40]);
    assert_eq!(shown(&bomb, 1).err(), Some(Failure::NotShown));
}

#[tokio::test]
async fn a_page_that_draws_itself_ends() {
    let workshop = Workshop {
        program: env!("CARGO_BIN_EXE_document-worker").into(),
        arguments: Vec::new(),
        memory_bytes: 1 << 30,
        time: Duration::from_secs(20),
        at_once: 1,
        most: 8,
    };
    let page = "/MediaBox [0 0 200 100] /Resources << /XObject << /F 5 0 R >> >>";
    let endless = Request::Scan(ScanPage::new(&half_black(page, "/F Do"), 1));
    // Whatever comes of it, it comes, and the next one is made.
    let _ = Renderer::new(workshop.clone()).render(&endless).await;
    let fine = Request::Scan(ScanPage::new(&half_black("/MediaBox [0 0 200 100]", LEFT), 1));
    assert_eq!(Renderer::new(workshop).render(&fine).await.unwrap().pages, 1);
}
