//! Why a command line isn't understood.

use std::fmt;

use crate::cli::{Expected, Misunderstood};

impl fmt::Display for Misunderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCommand => f.write_str("falta la orden"),
            Self::UnknownCommand(command) => write!(f, "no existe la orden «{command}»"),
            Self::UnknownOption(option) => write!(f, "la opción {option} no es de esta orden"),
            Self::NoValue(option) => write!(f, "falta el valor de {option}"),
            Self::NeedlessValue(option) => write!(f, "{option} no lleva ningún valor"),
            Self::NotText(option) => {
                write!(
                    f,
                    "el valor de {option} no está en UTF-8: revisa en qué codificación escribe tu terminal"
                )
            }
            Self::BadValue { option, value, expected } => {
                write!(f, "«{value}» no sirve para {option}: {}", hint(*expected))
            }
        }
    }
}

fn hint(expected: Expected) -> String {
    let hint = match expected {
        Expected::Address => "una dirección IP y un puerto, como 0.0.0.0:3000",
        Expected::Stage => "empty, live, agreed, frozen o signed",
        Expected::Key => "la llave publicada: 64 letras y números, de 0 a 9 y de a a f",
        Expected::Version => "el número de una versión del plan",
        Expected::Phrase => "al menos tres letras",
        Expected::Id => "el identificador que muestra demo --json",
        Expected::Line => "un texto en un renglón, de 1 a 240 letras",
        Expected::Place => "un número de 1 a 8",
        Expected::Networks => "direcciones IP o redes, separadas por comas, como 10.0.0.0/8,::1",
        Expected::Count => "un número de 50 en adelante",
        Expected::Security => "starttls, tls o none",
        Expected::Sender => {
            "una dirección sin acentos, sola o como Mesa Abierta <mesa@example.org>"
        }
        Expected::Authority => {
            "una dirección que empiece con http:// o https://, sin usuario, como https://tsa.example.org/tsr"
        }
        Expected::Protected => {
            "una dirección que empiece con https://, porque se entra con contraseña (MESA_TSA_USER)"
        }
        Expected::Scanner => {
            "el socket de clamd, como unix:/run/clamav/clamd.ctl o tcp:127.0.0.1:3310"
        }
        Expected::UpTo(most) => return format!("un número de 1 a {most}"),
        Expected::With(other) => return format!("falta {other}, que va junto"),
    };
    hint.to_owned()
}
