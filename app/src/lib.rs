//! The screens: pages and components, drawn by the server (feature `ssr`) and then live in the browser (feature `hydrate`).

pub mod page;
