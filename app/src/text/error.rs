//! Pages with one sentence: what happened and what to do next.

use crate::page::PageError;

/// The heading.
pub fn heading(error: PageError) -> &'static str {
    match error {
        PageError::NotFound => "Esta página no existe",
        PageError::UnknownLink => "Este enlace no sirve",
        PageError::SignInFirst => "Primero hay que entrar",
        PageError::NotForYou => "Esta página es de la facilitación",
        PageError::Used => super::setup::USED,
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
        PageError::Used => super::setup::USED_NEXT.to_owned(),
        PageError::Failed { incident } => {
            format!("Lo que ya estaba guardado sigue guardado. Vuelve a cargar la página; si se repite, avisa con este número: {incident}.")
        }
    }
}

/// Link to the home page.
pub const HOME: &str = "Ir al inicio";
