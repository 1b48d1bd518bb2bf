//! Pages with one sentence: what happened and what to do next.

use crate::page::PageError;

/// The heading.
pub fn heading(error: PageError) -> &'static str {
    match error {
        PageError::NotFound => "Esta página no existe",
        PageError::UnknownLink => "Este enlace no sirve",
        PageError::SignInFirst => "Primero hay que entrar",
        PageError::NotPublic => "La página pública está apagada",
        PageError::NotForYou => "Esta página es de la facilitación",
        PageError::Used => USED,
        PageError::Ended { .. } => "Este enlace ya no sirve",
        #[cfg(feature = "ssr")]
        PageError::TooManyRequests { .. } => "Demasiadas solicitudes",
        #[cfg(feature = "ssr")]
        PageError::TooManyCodes { .. } => "Demasiadas claves equivocadas",
        PageError::Failed { .. } => "Algo falló en el servidor",
    }
}

/// The sentence.
pub fn sentence(error: PageError) -> String {
    match error {
        PageError::NotFound => "Puede que la dirección esté mal escrita. Revísala o vuelve al inicio.".to_owned(),
        PageError::UnknownLink => {
            "Puede estar incompleto o haberse cambiado por otro. Abre de nuevo el enlace que recibiste o pide uno a la facilitación."
                .to_owned()
        }
        PageError::SignInFirst => {
            "Para ver la mesa desde dentro, escanea el código que se proyecta o escribe la clave en el inicio.".to_owned()
        }
        PageError::NotForYou => "Desde tu lugar puedes ver y escribir en la mesa, pero no conducirla.".to_owned(),
        PageError::NotPublic => {
            "Quien organiza la apagó por ahora. Si participas en la mesa, entra con tu enlace o con el código que se proyecta.".to_owned()
        }
        PageError::Used => USED_NEXT.to_owned(),
        PageError::Ended { day, replaced: true } => format!(
            "Este enlace fue reemplazado el {}. Usa el nuevo, o pide otro a la facilitación.",
            super::date::date(day)
        ),
        PageError::Ended { day, replaced: false } => format!(
            "La facilitación lo retiró el {}. Pide otro a la facilitación, o entra con el código que se proyecta.",
            super::date::date(day)
        ),
        #[cfg(feature = "ssr")]
        PageError::TooManyRequests { seconds } => format!(
            "Llegaron muchas desde aquí en poco tiempo. Lo que escribiste sigue en este dispositivo. Espera {} y vuelve a cargar la página.",
            self::seconds(seconds)
        ),
        #[cfg(feature = "ssr")]
        PageError::TooManyCodes { seconds } => format!(
            "Para que nadie adivine la clave de una mesa hay que esperar {}. Después escríbela otra vez como se ve en la pantalla de la sala. Quien tiene un enlace personal puede entrar con él desde ahora.",
            self::seconds(seconds)
        ),
        PageError::Failed { incident } => {
            format!("Lo que ya estaba guardado sigue guardado. Vuelve a cargar la página; si se repite, avisa con este número: {incident}.")
        }
    }
}

const USED: &str = "Este enlace ya se usó";
const USED_NEXT: &str = "El ejercicio ya está creado. Quien lo prepara entra con su correo y su frase; para crear otro, pide un enlace nuevo con «mesa admin link» en la computadora del servidor.";

#[cfg(feature = "ssr")]
fn seconds(seconds: u64) -> String {
    if seconds == 1 { "un segundo".to_owned() } else { format!("{seconds} segundos") }
}

/// Link to the home page.
pub const HOME: &str = "Ir al inicio";
