//! Content negotiation: the shortest coding of a file that a request accepts (RFC 9110, 12.5.3).

use std::cmp::Ordering;

use axum::http::{HeaderMap, HeaderValue, header};

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Browsers accept it over https, and from the machine itself.
    Brotli,
    /// Browsers accept it over plain http too.
    Gzip,
    /// Not encoded.
    Identity,
}

impl Coding {
    /// All of them, shortest first.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The best of the available codings that the request accepts; none when it accepts none of
    /// them.
    pub fn wanted(headers: &HeaderMap, held: impl Fn(Self) -> bool) -> Option<Self> {
        let asked: Vec<_> = headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        // A client that sends no header may understand no coding at all.
        if asked.is_empty() {
            return held(Self::Identity).then_some(Self::Identity);
        }
        let asked = asked.join(",");
        let weighed = Self::ALL
            .into_iter()
            .filter(|coding| held(*coding))
            .map(|coding| (coding, coding.weight(&asked)));
        // `max_by` takes the last of equal ones, so the shortest has to come last.
        let best = weighed
            .rev()
            .filter(|(_, weight)| *weight > 0.0)
            .max_by(|a, b| a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal));
        best.map(|(coding, _)| coding)
    }

    /// The suffix of names of files in this coding.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The value of `Content-Encoding`; none for a file that isn't encoded.
    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Identity => None,
        }
    }

    fn is_named(self, name: &str) -> bool {
        let names: &[&str] = match self {
            Self::Brotli => &["br"],
            Self::Gzip => &["gzip", "x-gzip"],
            Self::Identity => &["identity"],
        };
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// How much a request wants this coding, from 0 (not at all) to 1.
    fn weight(self, asked: &str) -> f32 {
        let of = |is: &dyn Fn(&str) -> bool| {
            asked.split(',').find_map(|element| weighed(element).filter(|(name, _)| is(name)))
        };
        let named = of(&|name| self.is_named(name)).or_else(|| of(&|name| name == "*"));
        match (named, self) {
            (Some((_, weight)), _) => weight,
            // Acceptable unless excluded, with the lowest preference.
            (None, Self::Identity) => f32::MIN_POSITIVE,
            (None, Self::Brotli | Self::Gzip) => 0.0,
        }
    }
}

/// One element of the header: a name and its weight. A weight that can't be parsed makes it none.
fn weighed(element: &str) -> Option<(&str, f32)> {
    let mut parts = element.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let read =
        |text: &str| text.parse().ok().filter(|weight| (0.0..=1.0).contains(weight)).unwrap_or(0.0);
    Some((name, weight.map_or(1.0, read)))
}
