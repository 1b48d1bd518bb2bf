//! What the log may have. Never what people write, nor their names, addresses and secrets, whatever
//! detail the operator asks for.

use tracing_subscriber::EnvFilter;

/// Crates that would log the content of frames or the heads of requests.
const TALKATIVE: [&str; 3] = ["hyper=warn", "tokio_tungstenite=warn", "tungstenite=warn"];

/// The filter for the detail that the operator wants, as `debug`.
pub fn filter(wanted: Option<&str>) -> EnvFilter {
    let filter = wanted.and_then(|wanted| EnvFilter::try_new(wanted).ok());
    TALKATIVE.iter().fold(filter.unwrap_or_else(|| EnvFilter::new("warn")), |filter, quiet| {
        filter.add_directive(quiet.parse().expect("a target and a level"))
    })
}
