//! The built site: scripts, styles and fonts, embedded in the binary or read from a folder, held in
//! memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use app::shell::Assets;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use super::coding::Coding;
use crate::app_state::AppState;

#[derive(rust_embed::RustEmbed)]
#[folder = "$MESA_SITE_DIR"]
#[allow_missing = true]
struct Embedded;

const MANIFEST: &str = "pkg/manifest.json";

/// The built site.
#[derive(Debug, Default)]
pub struct Site {
    files: HashMap<String, Bytes>,
    assets: Option<Assets>,
    /// The folder, when its files keep their names from one build to the next (cargo leptos): they
    /// are read again for every request.
    changing: Option<PathBuf>,
}

impl Site {
    /// The site embedded in the binary.
    pub fn embedded() -> Self {
        let files = Embedded::iter().filter_map(|name| {
            let file = Embedded::get(&name)?;
            Some((name.into_owned(), Bytes::from(file.data.into_owned())))
        });
        Self::from_files(files.collect())
    }

    /// The site in a folder, as a build leaves it.
    ///
    /// # Errors
    /// When the folder can't be read.
    pub fn from_folder(folder: &Path) -> std::io::Result<Self> {
        let mut files = HashMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(name) = path.strip_prefix(folder) {
                    files.insert(
                        name.to_string_lossy().replace('\\', "/"),
                        Bytes::from(std::fs::read(&path)?),
                    );
                }
            }
        }
        let site = Self::from_files(files);
        let changing = (!site.has_manifest()).then(|| folder.to_owned());
        Ok(Self { changing, ..site })
    }

    fn has_manifest(&self) -> bool {
        self.files.contains_key(MANIFEST)
    }

    /// Whether the site has this file in this coding.
    fn holds(&self, name: &str, coding: Coding) -> bool {
        self.files.contains_key(&format!("{name}{}", coding.suffix()))
    }

    /// A file of the site in this coding.
    fn file(&self, name: &str, coding: Coding) -> Option<Bytes> {
        let name = format!("{name}{}", coding.suffix());
        let held = self.files.get(&name)?;
        // Only names that were in the folder at the start: no other file can be requested.
        let read = self.changing.as_ref().and_then(|folder| std::fs::read(folder.join(name)).ok());
        Some(read.map_or_else(|| held.clone(), Bytes::from))
    }

    fn from_files(files: HashMap<String, Bytes>) -> Self {
        let named = files.get(MANIFEST).and_then(|bytes| serde_json::from_slice(bytes).ok());
        // cargo leptos writes no manifest: its files have the plain names.
        let plain = || {
            let present =
                |name: &str| files.contains_key(&format!("pkg/{name}")).then(|| name.to_owned());
            let (js, wasm, css) = (
                present("mesa.js")?,
                present("mesa.wasm").or_else(|| present("mesa_bg.wasm"))?,
                present("mesa.css")?,
            );
            let font = "../fonts/atkinson.woff2".to_owned();
            Some(Assets {
                js,
                wasm,
                parts: HashMap::new(),
                phone_css: css.clone(),
                prepare_css: css.clone(),
                public_css: css.clone(),
                css,
                font,
            })
        };
        let assets = named.or_else(plain);
        Self { files, assets, changing: None }
    }

    /// Names of the page's files; none when the site isn't built: pages can be read then, but no
    /// program runs.
    pub fn assets(&self) -> Option<&Assets> {
        self.assets.as_ref()
    }
}

pub(super) async fn asset(State(state): State<AppState>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let vary = (header::VARY, "accept-encoding");
    if !state.site.holds(path, Coding::Identity) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let coding = Coding::wanted(&headers, |coding| state.site.holds(path, coding));
    let Some((coding, bytes)) =
        coding.and_then(|coding| Some((coding, state.site.file(path, coding)?)))
    else {
        return (StatusCode::NOT_ACCEPTABLE, [vary]).into_response();
    };
    // Names under /pkg/ contain a hash of the content, except those of a development build.
    let hashed = path.starts_with("pkg/") && path.bytes().filter(|byte| *byte == b'.').count() >= 2;
    let caching =
        if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let mut response = (
        [(header::CONTENT_TYPE, content_type(path)), (header::CACHE_CONTROL, caching), vary],
        bytes,
    )
        .into_response();
    if let Some(name) = coding.header() {
        response.headers_mut().insert(header::CONTENT_ENCODING, name);
    }
    response
}

/// `GET /sw.js`: the service worker, with which a page opens without a network where the browser
/// allows it.
pub(super) async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, include_str!("sw.js")).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_found_by_its_manifest_or_by_plain_names() {
        let file =
            |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
        let manifest = r#"{"js":"mesa.1.js","wasm":"mesa.2.wasm","parts":{"sheets":["chunk_1.5.wasm","sheets.6.wasm"]},"css":"mesa.3.css","phone_css":"phone.7.css","prepare_css":"prepare.8.css","public_css":"public.9.css","font":"a.4.woff2"}"#;
        let built = Site::from_files(HashMap::from([file("pkg/manifest.json", manifest)]));
        assert_eq!(built.assets().map(|assets| assets.wasm.as_str()), Some("mesa.2.wasm"));
        assert_eq!(built.assets().map(|assets| assets.parts["sheets"].len()), Some(2));
        let watched =
            [file("pkg/mesa.js", ""), file("pkg/mesa.wasm", ""), file("pkg/mesa.css", "")];
        assert_eq!(
            Site::from_files(HashMap::from(watched)).assets().map(|assets| assets.js.as_str()),
            Some("mesa.js")
        );
        assert!(Site::from_files(HashMap::new()).assets().is_none());
    }
}
