//! Whose writing is paused: on the desk, and for the person themselves.

/// Asks to pause somebody's writing.
pub const MUTE: &str = "Pausar su escritura";
/// What it does.
pub const QUESTION: &str = "No podrá escribir en la mesa hasta que lo permitas. Sigue leyendo, puede pedir la palabra y conserva lo que escribió en su teléfono. Lee tu nombre y esta razón, y puede pedir que se revise.";
/// Label of the reason.
pub const REASON: &str = "Razón";
/// Doesn't do it.
pub const NO: &str = "No pausar";
/// Does it.
pub const YES: &str = "Pausar con esta razón";
/// Lets them write again.
pub const LIFT: &str = "Permitir que escriba";

/// Heading of whose writing is paused.
pub fn heading(count: usize) -> String {
    format!("Con la escritura en pausa ({count})")
}

/// Why, and since when.
pub fn because(reason: &str, since: Option<&str>) -> String {
    match since {
        Some(since) => format!("Desde las {since}. Razón: {reason}"),
        None => format!("Razón: {reason}"),
    }
}

/// What they say to it.
pub fn says(text: &str) -> String {
    format!("Pide que se revise: {text}")
}

/// Heading of the person's own page.
#[cfg(feature = "ssr")]
pub const OWN: &str = "Mi escritura en la mesa";
/// They may write.
#[cfg(feature = "ssr")]
pub const MAY: &str = "Puedes escribir en la mesa. Si algo tuyo no había entrado, está en Mis textos: desde ahí lo envías otra vez.";
/// They may not.
#[cfg(feature = "ssr")]
pub const MAY_NOT: &str = "Por ahora no puedes escribir en la mesa. Puedes leer todo, pedir la palabra, decir tu conformidad y firmar. Lo que escribiste sigue en tu teléfono, en Mis textos.";
/// Who did it, when the name was erased.
#[cfg(feature = "ssr")]
pub const FACILITATION: &str = "la facilitación";

/// Who did it, and why.
#[cfg(feature = "ssr")]
pub fn told(by: &str, reason: &str) -> String {
    format!("Lo decidió {by}. Razón: {reason}")
}

/// Label of what they say to it.
#[cfg(feature = "ssr")]
pub const APPEAL: &str = "Por qué pides que se revise";
/// Sends it.
#[cfg(feature = "ssr")]
pub const SEND: &str = "Pedir que se revise";
/// It was sent.
#[cfg(feature = "ssr")]
pub const SENT: &str = "La facilitación ya lo tiene a la vista.";
/// What they said before.
#[cfg(feature = "ssr")]
pub const BEFORE: &str = "Lo que pediste";
/// Link back.
#[cfg(feature = "ssr")]
pub const BACK: &str = "Volver a la mesa";
