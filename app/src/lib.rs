//! The screens: pages and components, drawn by the server (feature `ssr`) and then live in the browser (feature `csr`).

// The types of views nest as deep as the views.
#![recursion_limit = "256"]

pub mod address;
pub mod app;
// Where the browser's half and the server's do different things, the server's has this twin.
#[cfg_attr(not(feature = "csr"), path = "browser/server.rs")]
pub mod browser;
pub mod components;
pub mod composed;
pub mod erased;
pub mod navigation;
pub mod pace;
pub mod page;
pub mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod state;
pub mod text;
