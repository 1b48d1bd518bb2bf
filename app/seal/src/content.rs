//! What can be said of a PDF by looking at it, to name how a changed one differs.

/// How many pages a PDF has, by its objects. Programs write the name after its key or after a
/// blank.
pub fn pages(pdf: &[u8]) -> usize {
    let mark = b"/Page";
    let is_page = |at: usize| {
        pdf[..at].trim_ascii_end().ends_with(b"/Type")
            && pdf.get(at + mark.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
    };
    (0..pdf.len()).filter(|at| pdf[*at..].starts_with(mark) && is_page(*at)).count()
}
