//! The exercise as a file, another one with the same data, and the end of the sample.

/// Below the heading of the archive.
pub const ARCHIVE_LEAD: &str = "El ejercicio sin personas ni lo escrito en las mesas: sus datos, reglas, mesas, organizaciones, aviso y las secciones de su plan. Sirve para empezar el del año siguiente, aquí o en otro servidor.";
/// Downloads it.
pub const EXPORT: &str = "Descargar como archivo";
/// Copies it.
pub const COPY: &str = "Empezar otro ejercicio con estos datos";
/// Ends the sample.
pub const END_SAMPLE: &str = "Borrar la muestra";
/// Before it ends.
pub const END_SAMPLE_LEAD: &str = "Se borra todo lo de la muestra, también lo que alguien haya escrito en ella. No se puede deshacer. Los demás ejercicios no se tocan.";
/// Confirms.
pub const END_SAMPLE_CONFIRM: &str = "Sí, borrar la muestra";

/// Begins with another exercise's file.
pub const FROM_FILE: &str = "Empezar con el archivo de otro ejercicio";
/// What it holds.
pub const FROM_FILE_LEAD: &str = "El que se descarga en Preparar, Archivo: trae los datos, las reglas, las mesas, las organizaciones y las secciones del plan, sin personas.";
/// Label of its content.
pub const FROM_FILE_TEXT: &str = "Contenido del archivo";
/// Chooses it.
pub const FROM_FILE_CHOOSE: &str = "Elegir el archivo";
/// Fills the form.
pub const FROM_FILE_BUTTON: &str = "Llenar el formulario";
/// The form was filled from it.
pub const FOLLOWS: &str = "Se llenó con los datos del otro ejercicio. Al crear vienen también sus organizaciones, su orden del día, su aviso, las secciones de su plan y sus demás mesas, todas el día de la primera hasta que las cambies.";
