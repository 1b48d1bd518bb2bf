//! Renders a page as plain HTML. The browser's program renders from the same data again instead of
//! hydrating, so nothing is marked for it.

use app::page::PageData;
use app::shell::{self, Assets};
use leptos::nonce::{Nonce, provide_nonce, use_nonce};
use leptos::prelude::{IntoView, Owner, RenderHtml, provide_context};

/// What Leptos puts between elements for hydration. Neither is valid HTML; texts and attributes
/// never contain them, because `<` is escaped there.
const MARKERS: [&str; 2] = ["<!>", "<!--<() />-->"];

/// A rendered page.
pub(super) struct Drawing {
    /// The full document.
    pub html: String,
    /// The nonce of its script.
    pub nonce: Option<Nonce>,
}

/// Renders a page that loads these files.
pub(super) fn draw(page: PageData, assets: Option<Assets>) -> Drawing {
    Owner::new_root(None).with(|| {
        provide_nonce();
        provide_context(page);
        let marked = shell::shell(assets).into_view().to_html();
        Drawing { html: without_markers(&marked), nonce: use_nonce() }
    })
}

fn without_markers(marked: &str) -> String {
    let mut html = String::with_capacity(marked.len());
    let mut rest = marked;
    while let Some(at) = rest.find("<!") {
        let (before, from) = rest.split_at(at);
        html.push_str(before);
        rest = MARKERS.iter().find_map(|marker| from.strip_prefix(marker)).unwrap_or_else(|| {
            html.push_str("<!");
            &from[2..]
        });
    }
    html.push_str(rest);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_go_and_nothing_else() {
        assert_eq!(
            without_markers("<!DOCTYPE html><p>a<!>b<!><!></p><!--<() />-->é<!"),
            "<!DOCTYPE html><p>ab</p>é<!"
        );
        assert_eq!(without_markers("<p>&lt;!&gt; <!--kept--></p>"), "<p>&lt;!&gt; <!--kept--></p>");
    }
}
