//! What surrounds the screens of someone at the table.

use domain::MesaNumber;

/// The mesa, at the top of each screen.
pub fn mesa(number: MesaNumber) -> String {
    format!("Mesa {number}")
}

/// Name of the row of links.
pub const NAVIGATION: &str = "Secciones de la mesa";
/// To the screen of what happens now.
pub const NOW: &str = "Ahora";
/// To the problems.
pub const PROBLEMS: &str = "Problemas";
/// To the commitments.
pub const COMMITMENTS: &str = "Compromisos";
/// To what one said, with the answers.
pub const VOICE: &str = super::voice::HEADING;
/// To the facilitator's desk.
pub const CONDUCT: &str = "Conducir";
/// Name of the save state.
pub const SAVE_STATE: &str = "Estado de tus cambios";
/// The bar while there is no connection.
pub const OFFLINE: &str = "Sin conexión. Puedes seguir escribiendo: todo queda en este teléfono y se envía solo al volver.";
/// The bar while there is no connection, for who can't write.
pub const OFFLINE_READING: &str =
    "Sin conexión. Se muestra lo último que llegó; se pone al día solo.";
/// The same in the place of the save state, when there is nothing to say of one's own texts.
pub const NO_CONNECTION: &str = "sin conexión";
/// Heading of a tab of someone who left the device in another one.
pub const LEFT: &str = "Saliste de la mesa";
/// What that means.
pub const LEFT_NEXT: &str = "Fue en otra pestaña de este dispositivo. Aquí ya no se puede leer ni escribir; lo que estaba guardado sigue en la mesa.";
/// An address inside the mesa that leads nowhere.
pub const NOWHERE: &str = "Esta página no existe";
/// What to do there.
pub const NOWHERE_NEXT: &str =
    "Puede que la dirección esté mal escrita. Elige una sección para seguir.";
/// The device keeps nothing.
pub const NO_STORAGE: &str =
    "Este teléfono no deja guardar nada. Espera a que diga «guardado» antes de cerrar la página.";
/// The server knows this device no more.
pub const SIGNED_OUT: &str = "Tu entrada a la mesa terminó. Lo que falta por enviar sigue en este teléfono: abre de nuevo tu enlace o escanea el código.";
/// To the start.
pub const COME_IN: &str = "Volver a entrar";
