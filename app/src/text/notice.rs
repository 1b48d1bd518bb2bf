//! Pages that have only a sentence: what happened and what to do next.

use crate::page::Notice;

/// The heading.
pub fn heading(notice: Notice) -> &'static str {
    match notice {
        Notice::NotFound => "Esta página no existe",
        Notice::UnknownLink => "Este enlace no sirve",
        Notice::SignInFirst => "Primero hay que entrar",
        Notice::NotForYou => "Esta página es de la facilitación",
        Notice::Failed { .. } => "Algo falló en el servidor",
    }
}

/// The sentence.
pub fn sentence(notice: Notice) -> String {
    match notice {
        Notice::NotFound => "Puede que la dirección esté mal escrita. Revísala o vuelve al inicio.".to_owned(),
        Notice::UnknownLink => {
            "Puede estar incompleto o haberse cambiado por otro. Abre de nuevo el enlace que recibiste o pide uno a la facilitación."
                .to_owned()
        }
        Notice::SignInFirst => {
            "Para ver la mesa desde dentro, escanea el código que se proyecta o escribe la clave en el inicio.".to_owned()
        }
        Notice::NotForYou => "Desde tu lugar puedes ver y escribir en la mesa, pero no conducirla.".to_owned(),
        Notice::Failed { incident } => {
            format!("Lo que ya estaba guardado sigue guardado. Vuelve a cargar la página; si se repite, avisa con este número: {incident}.")
        }
    }
}

/// Where to go from there.
pub const HOME: &str = "Ir al inicio";
