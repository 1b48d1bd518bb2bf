//! The screens: drawn by the server (feature `ssr`), readable at once, and drawn once more in the
//! browser (feature `csr`) from the same [`PageData`](page::PageData), live from then on.
//!
//! [`address`] knows every address, [`navigation`] goes from screen to screen without loading a
//! page, [`pages`] are the screens and [`components`] what they share. All of them see the mesa
//! through one handle, [`Live`](state::Live): signals to read, commands to submit. What only a
//! browser can do is in [`browser`], with a twin for the server in which nothing happens: there
//! `sync::Replica` is driven, waiting commands are kept on disk, and the connection is watched.
//! [`parts`] are the parts of the program that are loaded when a screen needs them. Every Spanish
//! word is in [`text`].

// The types of views nest as deep as the views.
#![recursion_limit = "256"]

pub mod address;
pub mod app;
// The server's twin, where the browser and the server do different things.
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
