//! The documents, judged from outside: by the tools that whoever receives them may use.

#![allow(clippy::unwrap_used)]

#[path = "document/sample.rs"]
mod sample;
#[path = "document/tools.rs"]
mod tools;

#[path = "document/children.rs"]
mod children;
#[path = "document/conformance.rs"]
mod conformance;
#[path = "document/copies.rs"]
mod copies;
#[path = "document/hostile.rs"]
mod hostile;
#[path = "document/pages.rs"]
mod pages;
#[path = "document/records.rs"]
mod records;
#[path = "document/scans.rs"]
mod scans;
#[path = "document/sealed.rs"]
mod sealed;
#[path = "document/slots.rs"]
mod slots;
#[path = "document/speed.rs"]
mod speed;
#[path = "document/verapdf.rs"]
mod verapdf;
