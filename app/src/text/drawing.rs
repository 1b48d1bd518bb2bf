//! Drawing initials and a signature, and what is asked about before they are sent.

/// How far a drawing is: its strokes are kept, which isn't the end of it.
pub fn strokes(count: usize, then: &str) -> String {
    match count {
        0 => "Sin dibujar. Dibuja con el dedo, el lápiz o el ratón.".to_owned(),
        1 => format!("1 trazo. {then}"),
        count => format!("{count} trazos. {then}"),
    }
}

/// No further stroke is taken.
pub const FULL: &str = "Ya no caben más trazos. Deshaz alguno o borra y dibuja de nuevo.";
/// Takes the last stroke back.
pub const UNDO: &str = "Deshacer trazo";
/// Brings back what was wiped.
pub const UNWIPE: &str = "Recuperar lo borrado";
/// Takes everything back.
pub const CLEAR: &str = "Borrar";

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// *Rúbrica*.
    Initials,
    /// *Firma*.
    Signature,
}

impl Drawn {
    /// Heading of its box.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Initials => "Tu rúbrica",
            Self::Signature => "Tu firma",
        }
    }

    /// Where it goes.
    pub fn goes(self) -> &'static str {
        match self {
            Self::Initials => "Va en la orilla de cada página.",
            Self::Signature => "Va una sola vez, al final.",
        }
    }

    /// Name of its box for screen readers.
    pub fn pad(self) -> &'static str {
        match self {
            Self::Initials => "Recuadro para dibujar tu rúbrica",
            Self::Signature => "Recuadro para dibujar tu firma",
        }
    }

    /// After the words of its buttons, for screen readers.
    pub fn of(self) -> &'static str {
        match self {
            Self::Initials => "de la rúbrica",
            Self::Signature => "de la firma",
        }
    }

    /// After the word of the button that wipes it, for screen readers.
    pub fn wiped(self) -> &'static str {
        match self {
            Self::Initials => "la rúbrica",
            Self::Signature => "la firma",
        }
    }

    /// What comes after it is drawn.
    pub fn then(self) -> &'static str {
        match self {
            Self::Initials => "Sigue tu firma, en el recuadro de abajo.",
            Self::Signature => "Todavía no has firmado: falta tocar el botón azul de abajo.",
        }
    }

    /// Its name in the style and in drafts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initials => "rubrica",
            Self::Signature => "firma",
        }
    }
}

/// What may be wrong with what was drawn or typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Nothing is drawn.
    Blank(Drawn),
    /// It is so small that it may be a slip.
    Slight(Drawn),
    /// It runs off an edge.
    Cut(Drawn),
    /// No name is typed.
    NoName,
    /// The name has characters that can't be shown, or is too long.
    BadName,
}

impl Doubt {
    /// Whether it can't be sent so.
    pub fn stops(self) -> bool {
        matches!(self, Self::Blank(_) | Self::NoName | Self::BadName)
    }

    /// What is said of it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Blank(Drawn::Initials) => {
                "Falta tu rúbrica. Dibújala, o elige «Escribir mi nombre»."
            }
            Self::Blank(Drawn::Signature) => {
                "Falta tu firma. Dibújala, o elige «Escribir mi nombre»."
            }
            Self::Slight(Drawn::Initials) => "Tu rúbrica es apenas un punto o una raya.",
            Self::Slight(Drawn::Signature) => "Tu firma es apenas un punto o una raya.",
            Self::Cut(Drawn::Initials) => "Tu rúbrica se salió del recuadro y se ve cortada.",
            Self::Cut(Drawn::Signature) => "Tu firma se salió del recuadro y se ve cortada.",
            Self::NoName => "Falta tu nombre. Escríbelo, o elige «Dibujar mi firma».",
            Self::BadName => {
                "El nombre es demasiado largo o tiene caracteres que no se pueden mostrar. Escríbelo de nuevo."
            }
        }
    }
}

/// Goes to the box in which something is missing.
pub const TO_THE_BOX: &str = "Ir al recuadro";
/// The question after what may be wrong.
pub const AS_IT_IS: &str = "¿La dejas así?";
/// Signs with it.
pub const SIGN_SO: &str = "Sí, firmar así";
/// Goes back to the box.
pub const DRAW_AGAIN: &str = "No, volver a dibujar";
