//! What ends an order early, in words for the operator. What a system or a database says of it is in English; here it is only
//! the detail behind words that stand without it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;

use app::text::refusal;
use domain::Rejection;
use domain::text::words::WordsError;
use store::{AppendError, BackupError, Damage, StoreError};

use crate::demo::DemoError;
use crate::mesas::AddError;
use crate::operate::OperateError;
use crate::text_file::{self, NoText};

/// What ends an order early.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The store can't be opened, or fails.
    #[error("No se pudo abrir el almacén: {}.", store(.0))]
    Store(#[from] StoreError),
    /// An earlier program made the tables.
    #[error("Estos datos son de una versión anterior. Ábrelos una vez con mesa serve, que los pone al día, y revísalos de nuevo.")]
    Outdated,
    /// The built site can't be read.
    #[error("No se pudo leer el sitio compilado: {}.", system(.0))]
    Site(std::io::Error),
    /// Nothing can listen there.
    #[error("No se pudo escuchar en {}: {}. ¿Hay otro programa en ese puerto? Elige otro con --addr.", .0, system(.1))]
    Listen(SocketAddr, std::io::Error),
    /// There is something in the store already.
    #[error("Ya hay datos en el almacén y no se tocaron. Para un enlace nuevo: mesa link facilitator")]
    NotEmpty,
    /// The sample can't be loaded.
    #[error("No se pudo cargar el ejemplo: {}.", demo(.0))]
    Demo(DemoError),
    /// No such exercise; with those that there are.
    #[error("No hay ningún ejercicio con ese identificador. Los que hay:\n{0}")]
    UnknownExercise(String),
    /// The plan takes no more mesas.
    #[error("El plan ya está en {0}: no se pueden abrir más mesas. Si hace falta otra, regresa primero a Acuerdos desde el escritorio.")]
    PlanClosed(&'static str),
    /// The mesa can't be opened.
    #[error("No se pudo abrir la mesa: {}.", add(.0))]
    Add(AddError),
    /// An entry can't be made.
    #[error("No se pudo guardar: {}.", operate(.0))]
    Operate(#[from] OperateError),
    /// There is no mesa.
    #[error("No hay ninguna mesa. Para cargar el ejemplo: mesa demo")]
    NoMesa,
    /// Several mesas, and none was named.
    #[error("Hay varias mesas; di cuál con --mesa:\n{0}")]
    WhichMesa(String),
    /// Several exercises, and none was named.
    #[error("Hay varios ejercicios; di cuál con --exercise:\n{0}")]
    WhichExercise(String),
    /// A file can't be read.
    #[error("No se pudo leer {}: {}.", .0.display(), system(.1))]
    File(PathBuf, std::io::Error),
    /// A file isn't a text.
    #[error("{} {}", .0.display(), no_text(.1))]
    NoText(PathBuf, NoText),
    /// A text can't be a notice.
    #[error("{}: {}", .0.display(), words(.1))]
    Notice(PathBuf, WordsError),
    /// An image is too large.
    #[error("{} pesa más de 64 KiB. Guárdala más pequeña.", .0.display())]
    ImageTooLarge(PathBuf),
    /// A file isn't an image.
    #[error("{} no es una imagen PNG, JPEG ni WebP.", .0.display())]
    NoImage(PathBuf),
    /// What is kept was changed behind the log's back.
    #[error("Hay diferencias: algo se cambió sin pasar por la bitácora.")]
    Differences,
    /// The copy can't be made.
    #[error("No se hizo el respaldo. {}", backup(.0))]
    Backup(BackupError),
    /// The copy can't be put back.
    #[error("No se restauró nada. {}", restore(.0))]
    Restore(BackupError),
    /// The copy was put back, with what is wrong with it.
    #[error("El respaldo se restauró, pero tiene diferencias: algo se cambió sin pasar por la bitácora.")]
    RestoredDiffering,
}

/// What a system says of a file or an address.
fn system(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no existe".to_owned(),
        ErrorKind::PermissionDenied => "no hay permiso".to_owned(),
        ErrorKind::IsADirectory => "es una carpeta".to_owned(),
        ErrorKind::NotADirectory => "una parte de la ruta no es una carpeta".to_owned(),
        ErrorKind::AlreadyExists => "ya hay un archivo con ese nombre".to_owned(),
        ErrorKind::AddrInUse => "ya está ocupado".to_owned(),
        ErrorKind::AddrNotAvailable => "esta máquina no tiene esa dirección".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "no queda espacio en el disco".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "ahí no se puede escribir".to_owned(),
        _ => format!("el sistema no dejó (detalle: {error})"),
    }
}

fn words(problem: &WordsError) -> String {
    app::text::status::words_problem(*problem)
}

fn no_text(why: &NoText) -> String {
    let save = "Ábrelo y guárdalo como texto (.txt) en UTF-8.";
    match why {
        NoText::TooLarge => format!("pesa más de {} KiB: no parece un aviso.", text_file::BYTES / 1024),
        NoText::Document => format!("es un documento de un procesador de textos, no un texto. {save}"),
        NoText::Pdf => "es un PDF, no un texto. Copia lo que dice a un archivo de texto (.txt) en UTF-8.".to_owned(),
        NoText::WebPage => "es una página web, no un texto. Copia lo que dice a un archivo de texto (.txt) en UTF-8.".to_owned(),
        NoText::Damaged => format!("es un texto dañado: tiene letras incompletas. {save}"),
        NoText::Other => format!("no es un texto, o está en una codificación que no se reconoce. {save}"),
    }
}

fn store(error: &StoreError) -> String {
    match error {
        StoreError::NotFound => "ahí no está; revisa --data o --database-url, y el identificador si diste uno".to_owned(),
        StoreError::Unavailable(detail) => format!("la base de datos no contesta o no dejó (detalle: {detail})"),
        StoreError::Directory(detail) => format!("no se pudo hacer su carpeta: {}", system(detail)),
        StoreError::Outdated => "los datos son de una versión anterior; ábrelos una vez con mesa serve".to_owned(),
        StoreError::Damaged(Damage::Migrations) => {
            "los datos son de una versión más nueva de este programa, o alguien cambió la lista de sus versiones".to_owned()
        }
        StoreError::Damaged(detail) => format!("lo guardado está dañado (detalle: {detail})"),
    }
}

fn backup(error: &BackupError) -> String {
    match error {
        BackupError::NotAFile => "Estos datos están en PostgreSQL, y ahí el respaldo se hace con pg_dump: \
             pg_dump --format=custom --file=respaldo.dump postgres://…"
            .to_owned(),
        BackupError::Taken(path) => {
            format!("{} ya existe y no se tocó. Elige otro nombre, o agrega --replace para reemplazarlo.", path.display())
        }
        BackupError::Beside(path) => {
            format!(
                "{} es de otra base de datos que tuvo ese nombre, y se leería junto con el respaldo. Elige otro nombre.",
                path.display()
            )
        }
        BackupError::Itself(path) => format!("{} es parte de lo que se respalda. Elige otro nombre.", path.display()),
        BackupError::Unreadable(path) => format!("{} no es un almacén de Mesa Abierta, o está dañado.", path.display()),
        error => copy(error),
    }
}

fn restore(error: &BackupError) -> String {
    match error {
        BackupError::NotAFile => "En PostgreSQL se restaura con pg_restore, en una base de datos vacía: \
             pg_restore --dbname=postgres://… respaldo.dump, y después se revisa con mesa verify"
            .to_owned(),
        BackupError::Taken(path) => format!("{} ya existe y no se tocó. Restaura en otra carpeta.", path.display()),
        BackupError::Beside(path) => {
            format!(
                "{} es de una base de datos que está en uso o que no se cerró bien. Haz el respaldo con mesa backup, o restaura en otra carpeta.",
                path.display()
            )
        }
        BackupError::Unreadable(path) => format!("{} no es un respaldo de Mesa Abierta, o está dañado.", path.display()),
        error => copy(error),
    }
}

/// What is said alike of both ways.
fn copy(error: &BackupError) -> String {
    match error {
        BackupError::NotRegular(path) => format!("{} no es un archivo común: es un enlace o un dispositivo. Elige otro.", path.display()),
        BackupError::NotText(path) => format!("{} no está en UTF-8. Elige otro nombre.", path.display()),
        BackupError::File(path, error) => format!("{}: {}.", path.display(), system(error)),
        BackupError::Store(error) => format!("No se pudo leer el almacén: {}.", store(error)),
        // Said in the words of the way that it went.
        BackupError::NotAFile | BackupError::Taken(_) | BackupError::Beside(_) | BackupError::Itself(_) | BackupError::Unreadable(_) => {
            error.to_string()
        }
    }
}

const BUSY: &str = "otros escriben ahí sin parar; inténtalo otra vez";

fn refused(rejection: &Rejection) -> String {
    refusal::sentence(rejection).trim_end_matches('.').to_owned()
}

fn append(error: &AppendError) -> String {
    match error {
        AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken => BUSY.to_owned(),
        AppendError::Store(error) => store(error),
    }
}

fn operate(error: &OperateError) -> String {
    match error {
        OperateError::Rejected(rejection) => refused(rejection),
        OperateError::Store(error) => store(error),
        OperateError::Busy => BUSY.to_owned(),
    }
}

fn demo(error: &DemoError) -> String {
    match error {
        DemoError::NotEmpty => "ya hay datos en el almacén".to_owned(),
        DemoError::Rejected(rejection) => refused(rejection),
        DemoError::Append(error) => append(error),
        DemoError::Store(error) => store(error),
    }
}

fn add(error: &AddError) -> String {
    match error {
        AddError::UnknownExercise => "no hay ningún ejercicio con ese identificador".to_owned(),
        AddError::Closed(phase) => format!("el plan ya está en {}", app::text::name::phase(*phase)),
        AddError::Rejected(rejection) => refused(rejection),
        AddError::Store(error) => store(error),
        AddError::Busy => BUSY.to_owned(),
    }
}
