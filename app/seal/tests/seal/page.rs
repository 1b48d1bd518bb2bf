//! A small PDF with a text attached, and its seal.

use seal::{Capacity, Digest, Edition, Facts, Head, Key, Seal, Signer, Standing, sealed};

pub const TEXT: &str = r#"{"commitments":[],"version":2}"#;

/// A PDF of so many pages with a text attached, its cross-reference table right.
pub fn pdf(pages: usize, text: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", page + 5)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/AF[3 0 R]/Names<</EmbeddedFiles<</Names[(plan.json)3 0 R]>>>>>>"
            .to_owned(),
        format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")),
        "<</Type/Filespec/F(plan.json)/UF(plan.json)/EF<</F 4 0 R>>>>".to_owned(),
        format!("<</Length {}/Type/EmbeddedFile>>\nstream\n{text}\nendstream", text.len()),
    ];
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<>>>>";
    objects.extend((0..pages).map(|_| page.to_owned()));
    let (mut bytes, mut places) = (b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let (table, size) = (bytes.len(), objects.len() + 1);
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let end =
        format!("trailer\n<</Size {size}/Root 1 0 R/ID[(a\\)b)(c)]>>\nstartxref\n{table}\n%%EOF");
    bytes.extend(end.bytes());
    bytes
}

pub fn facts(pages: u32, text: &str) -> Facts {
    let signer = |number, standing, capacity, at| Signer {
        number,
        organisation: "Colegio «Ñandú» de\tArquitectos".to_owned(),
        standing,
        capacity,
        at,
    };
    Facts {
        exercise: "01a20578-935f-77ac-a419-99c14f9b6da4".to_owned(),
        folio: "PAL-2026-K7M4QX".to_owned(),
        version: 2,
        copy: Edition::Full,
        text_digest: Digest::of(text),
        pages,
        signers: vec![
            signer(1, Standing::Signed, Some(Capacity::Holder), Some(1_790_382_000_000)),
            signer(2, Standing::Refused, None, Some(1_790_382_000_001)),
        ],
        head: Head { seq: 712, hash: Digest([7; 32]) },
        sealed_at: 1_790_382_000_002,
    }
}

pub fn key(of: u8) -> Key {
    Key::from_secret(&[of; 32])
}

/// Two pages, sealed with key 1.
pub fn sealed_pages() -> (Vec<u8>, Seal) {
    sealed(&pdf(2, TEXT), facts(2, TEXT), &key(1)).unwrap()
}
