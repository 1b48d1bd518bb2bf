//! Every route of the server, read from its source: a new one has to be told of here.

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its address, with names in braces.
    pub path: String,
    /// Whether it is read.
    pub reads: bool,
    /// Whether something is posted to it.
    pub posts: bool,
}

/// The routes of a router's source, whose addresses begin with `base`.
fn routes_of(source: &str, base: &str) -> Vec<Route> {
    let calls = source.split(".route(").skip(1);
    let read = calls.filter_map(|call| {
        let path = call.split('"').nth(1)?;
        let mut depth = 1_i32;
        let ends = call.find(|letter| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let handlers = &call[..ends?];
        let has = |method: &str| {
            handlers.match_indices(method).any(|(at, _)| {
                handlers[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric())
            })
        };
        Some(Route {
            path: format!(
                "{base}{}",
                if base.is_empty() { path } else { path.trim_end_matches('/') }
            ),
            reads: has("get("),
            posts: has("post("),
        })
    });
    read.collect()
}

/// All of them.
pub fn routes() -> Vec<Route> {
    let mut all = routes_of(include_str!("../../../src/http.rs"), "");
    let prepare = include_str!("../../../src/http/prepare.rs");
    all.extend(routes_of(prepare, "/ejercicio/{exercise}/preparar"));
    assert!(all.len() > 50 && all.iter().all(|route| route.reads || route.posts), "{all:?}");
    all
}

/// An address with the named parts filled in.
pub fn filled(path: &str, parts: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in parts {
        for form in [format!("{{{name}}}"), format!("{{*{name}}}")] {
            address = address.replace(&form, value);
        }
    }
    assert!(!address.contains('{'), "{path}");
    address
}
