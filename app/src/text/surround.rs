//! What surrounds the screens of someone at the table.

use domain::MesaNumber;

use crate::state::Call;

/// The mesa, at the top of each screen.
pub fn mesa(number: MesaNumber) -> String {
    format!("Mesa {number}")
}

/// Name of the row of links.
pub const NAVIGATION: &str = "Secciones de la mesa";
/// Link to the screen of what happens now.
pub const NOW: &str = "Ahora";
/// Link to the problems.
pub const PROBLEMS: &str = "Problemas";
/// Link to the commitments.
pub const COMMITMENTS: &str = "Compromisos";
/// Link to the person's contributions, with the answers.
pub const VOICE: &str = super::voice::HEADING;
/// Link to the facilitator's desk.
pub const CONDUCT: &str = "Conducir";
/// Name of the save state.
pub const SAVE_STATE: &str = "Estado de tus cambios";
/// The bar while there is no connection.
pub const OFFLINE: &str = "Sin conexión. Puedes seguir escribiendo: todo queda en este teléfono y se envía solo al volver.";
/// The bar while there is no connection, for someone who can't write.
pub const OFFLINE_READING: &str =
    "Sin conexión. Se muestra lo último que llegó; se pone al día solo.";
/// The same in place of the save state, when that is "saved".
pub const NO_CONNECTION: &str = "sin conexión";
/// Heading of a tab whose person left the device in another one.
pub const LEFT: &str = "Saliste de la mesa";
/// Explains that.
pub const LEFT_NEXT: &str = "Fue en otra pestaña de este dispositivo. Aquí ya no se puede leer ni escribir; lo que estaba guardado sigue en la mesa.";
/// An unknown address inside the mesa.
pub const NOWHERE: &str = "Esta página no existe";
/// What to do there.
pub const NOWHERE_NEXT: &str =
    "Puede que la dirección esté mal escrita. Elige una sección para seguir.";
/// The device can't keep anything.
pub const NO_STORAGE: &str =
    "Este teléfono no deja guardar nada. Espera a que diga «guardado» antes de cerrar la página.";
/// The server doesn't know this device any more.
pub const SIGNED_OUT: &str = "Tu entrada a la mesa terminó. Lo que falta por enviar sigue en este teléfono: abre de nuevo tu enlace o escanea el código.";
/// What one's organisation is called upon to do, and the link to it.
pub fn call(call: Call) -> (&'static str, &'static str) {
    match call {
        Call::Answer => ("Se pregunta a tu organización si está conforme.", "Responder"),
        Call::Sign => ("Falta tu firma.", "Leer y firmar"),
        Call::Consent => ("El documento cambió: falta que confirmes tu firma.", "Confirmar"),
    }
}

/// Link to come in again.
pub const COME_IN: &str = "Volver a entrar";
