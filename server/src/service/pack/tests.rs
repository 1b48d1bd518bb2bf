//! What a file is, by its content.

use super::judge::{Judge, Verdict};
use domain::pack::FileKind;

/// What becomes of bytes that come in parts of a size.
fn judged(bytes: &[u8], part: usize) -> Result<FileKind, Verdict> {
    let mut judge = Judge::default();
    for part in bytes.chunks(part) {
        judge.look(part)?;
    }
    judge.end()
}

/// An archive of files that aren't compressed.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = u32::try_from(archive.len()).unwrap();
        let length = u32::try_from(content.len()).unwrap().to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &[0; 4],
            &length,
            &length,
            &name_length,
            &[0; 2],
        ];
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend(common.concat());
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend(common.concat());
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (count, size) =
        (u16::try_from(files.len()).unwrap(), u32::try_from(directory.len()).unwrap());
    let offset = u32::try_from(archive.len()).unwrap();
    archive.extend(directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([size.to_le_bytes(), offset.to_le_bytes()].concat());
    archive.extend([0; 2]);
    archive
}

fn office(part: &str) -> Vec<u8> {
    archive(&[("[Content_Types].xml", b"<?xml?>"), ("_rels/.rels", b""), (part, b"<x/>")])
}

fn open_document(kind: &str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    archive(&[("mimetype", kind.as_bytes()), ("content.xml", b"<x/>")])
}

#[test]
fn a_file_is_what_its_content_says() {
    let utf_16: Vec<u8> = "\u{FEFF}colonia,folios\nSanta Úrsula,7"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let long_pdf = [&b"%PDF-1.7\n"[..], &vec![0; 3_000_000]].concat();
    let large = archive(&[
        ("[Content_Types].xml", b""),
        ("xl/media/a", &vec![1; 5_000_000]),
        ("xl/workbook.xml", b""),
    ]);
    for (bytes, kind) in [
        (&b"%PDF-1.4 and so on"[..], FileKind::Pdf),
        (b"A line of the scanner\n%PDF-1.4", FileKind::Pdf),
        (&long_pdf, FileKind::Pdf),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", FileKind::Jpeg),
        (b"\x89PNG\r\n\x1A\n\0\0", FileKind::Png),
        (b"GIF89a\0", FileKind::Gif),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind::WebP),
        ("colonia;solicitudes\nÁnimas;63\n".as_bytes(), FileKind::Text),
        (b"colonia;solicitudes\r\n\xC1nimas;63\r\n", FileKind::Text),
        (&utf_16, FileKind::Text),
        (&office("xl/workbook.xml"), FileKind::Xlsx),
        (&office("word/document.xml"), FileKind::Docx),
        (&office("ppt/presentation.xml"), FileKind::Pptx),
        (&large, FileKind::Xlsx),
        (&open_document("spreadsheet"), FileKind::Ods),
        (&open_document("text"), FileKind::Odt),
        (&open_document("presentation"), FileKind::Odp),
    ] {
        for part in [1_usize << 16, 4_096, 999] {
            let start = &bytes[..bytes.len().min(30)];
            assert_eq!(judged(bytes, part), Ok(kind), "{part}: {start:?}");
        }
    }
}

#[test]
fn what_could_run_or_is_nothing_known_is_not_taken() {
    let wide: Vec<u8> =
        "\u{FEFF}<html><script>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let late = [&vec![b'a'; 5_000][..], b"\0"].concat();
    for (bytes, verdict) in [
        (&b""[..], Verdict::Empty),
        (b"<!DOCTYPE html><p>", Verdict::Active),
        (b"\n\n  <HTML>", Verdict::Active),
        (b"<?xml version='1.0'?><x/>", Verdict::Active),
        (b"<!-- --><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Verdict::Active),
        (&wide, Verdict::Active),
        (b"MZ\x90\0\x03", Verdict::Unknown),
        (b"\x7FELF\x02\x01", Verdict::Unknown),
        (&late, Verdict::Unknown),
        (&archive(&[("algo.exe", b"MZ")]), Verdict::Unknown),
        (b"PK\x03\x04 and no directory", Verdict::Unknown),
        (&open_document("graphics"), Verdict::Unknown),
        (
            &archive(&[
                ("[Content_Types].xml", b""),
                ("xl/workbook.xml", b""),
                ("xl/vbaProject.bin", b""),
            ]),
            Verdict::Macros,
        ),
    ] {
        for part in [1_usize << 16, 999] {
            let start = &bytes[..bytes.len().min(30)];
            assert_eq!(judged(bytes, part), Err(verdict), "{part}: {start:?}");
        }
    }
}
