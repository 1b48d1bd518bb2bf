//! What `mesa demo --json` prints.

use domain::MesaId;
use serde::Deserialize;

/// The links of a mesa, as far as they are needed.
#[derive(Debug, Deserialize)]
pub struct Links {
    /// The mesa's stream.
    pub mesa_id: MesaId,
    /// A personal link for each seat.
    pub seats: Vec<SeatLink>,
    /// The facilitation's link; only furnishing a mesa needs it.
    #[serde(rename = "facilitator_url", default, deserialize_with = "link")]
    pub facilitator: Option<SeatLink>,
}

fn link<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<SeatLink>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(|url| SeatLink { url }))
}

/// A personal link: a seat's, the facilitation's.
#[derive(Debug, Deserialize)]
pub struct SeatLink {
    /// Only its path is used: the host comes from the command line.
    pub url: String,
}

impl Links {
    /// Parses them.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}

impl SeatLink {
    /// The path, with the query. A secret in the fragment, which a browser would post, is put into
    /// the path, where the server takes it as well.
    pub fn path(&self) -> String {
        let after_scheme = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        after_scheme.find('/').map_or("/", |start| &after_scheme[start..]).replace('#', "/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_s_path_is_all_that_counts() {
        for (url, path) in [
            ("http://mesa.test:3000/l/abc?x=1", "/l/abc?x=1"),
            ("/l/abc", "/l/abc"),
            ("http://mesa.test/enlace#abc", "/enlace/abc"),
            ("http://mesa.test", "/"),
        ] {
            assert_eq!(SeatLink { url: url.to_owned() }.path(), path);
        }
    }
}
