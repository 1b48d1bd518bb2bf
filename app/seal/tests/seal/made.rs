//! What is sealed, and how it is written.

use seal::{Digest, SealError, attached, canonical, read, sealed};

use crate::page::{TEXT, facts, key, pdf, sealed_pages};

#[test]
fn what_is_sealed_reads_back_and_nothing_before_the_seal_changes() {
    let (file, seal) = sealed_pages();
    let before = pdf(2, TEXT);
    assert_eq!(file[..before.len()], before);
    assert_eq!(read(&file), Ok(seal.clone()));
    assert_eq!(seal.by(&[key(9).public(), key(1).public()]), Ok(()));
    assert_eq!(seal.statement.facts, facts(2, TEXT));
    assert_eq!(seal.statement.pdf, Digest::of(&before));
    assert_eq!(attached(&file).as_deref(), Some(TEXT.as_bytes()));
    // The same again: nothing random is in a seal.
    assert_eq!(sealed_pages().0, file);
}

/// Made by another program (Python), as `docs/verifying.md` says.
#[test]
fn a_sealed_file_is_the_one_that_another_program_makes() {
    assert_eq!(sealed_pages().0, include_bytes!("sealed.pdf"));
}

/// The form that others rely on: it may not change without another number.
#[test]
fn a_statement_is_written_in_one_way() {
    let (_, seal) = sealed_pages();
    let text = Digest::of(TEXT);
    let facts = format!(
        "{{\"copy\":\"full\",\"exercise\":\"01a20578-935f-77ac-a419-99c14f9b6da4\",\"folio\":\"PAL-2026-K7M4QX\",\
         \"head\":{{\"hash\":\"{}\",\"seq\":712}},\"pages\":2,\"sealed_at\":1790382000002,\"signers\":[\
         {{\"at\":1790382000000,\"capacity\":\"holder\",\"number\":1,\"organisation\":\"Colegio «Ñandú» de\\tArquitectos\",\"standing\":\"signed\"}},\
         {{\"at\":1790382000001,\"capacity\":null,\"number\":2,\"organisation\":\"Colegio «Ñandú» de\\tArquitectos\",\"standing\":\"refused\"}}\
         ],\"text_digest\":\"{text}\",\"version\":2}}",
        "07".repeat(32)
    );
    let statement = format!(
        "{{\"facts\":{facts},\"form\":1,\"key\":\"{}\",\"pdf\":\"{}\"}}",
        key(1).public(),
        Digest::of(pdf(2, TEXT))
    );
    assert_eq!(canonical(&seal.statement), statement);
    assert_eq!(
        canonical(&seal),
        format!("{{\"signature\":\"{}\",\"statement\":{statement}}}", seal.signature)
    );
}

#[test]
fn the_update_says_where_everything_is() {
    let (file, seal) = sealed_pages();
    let before = pdf(2, TEXT).len();
    let text = String::from_utf8(file[before..].to_vec()).unwrap();
    let seal = canonical(&seal);
    let object = format!(
        "\n7 0 obj\n<</Type/MesaSeal/Length {}>>\nstream\n{seal}\nendstream\nendobj\n",
        seal.len()
    );
    let table = before + object.len();
    let old = String::from_utf8_lossy(&file).lines().rev().nth(1).unwrap().to_owned();
    assert_eq!(old, table.to_string());
    let prefix = String::from_utf8_lossy(&pdf(2, TEXT)).lines().rev().nth(1).unwrap().to_owned();
    assert_eq!(
        text,
        format!(
            "{object}xref\n7 1\n{:010} 00000 n \ntrailer\n<</Size 8/Root 1 0 R/ID[(a\\)b)(c)]/Prev {prefix}>>\nstartxref\n{table}\n%%EOF\n",
            before + 1
        )
    );
    assert!(file[before + 1..].starts_with(b"7 0 obj\n"));
    assert!(file[table..].starts_with(b"xref\n"));
}

#[test]
fn what_does_not_fit_is_not_sealed() {
    let refused = |pdf: &[u8], facts| sealed(pdf, facts, &key(1)).unwrap_err();
    let pages = pdf(2, TEXT);
    assert_eq!(refused(b"%PDF-1.7\n%%EOF", facts(2, TEXT)), SealError::NotAddable);
    assert_eq!(refused(b"", facts(2, TEXT)), SealError::NotAddable);
    assert_eq!(refused(&sealed_pages().0, facts(2, TEXT)), SealError::Sealed);
    assert_eq!(refused(&pages, facts(2, "{}")), SealError::OtherText);
    assert_eq!(refused(&pages, facts(3, TEXT)), SealError::OtherPages { found: 2 });
}
