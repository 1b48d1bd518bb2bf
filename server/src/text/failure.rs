//! Why a command ends early. Messages of the system or the database are in English; they appear
//! only as details after sentences that are complete without them.

use std::fmt;
use std::io::ErrorKind;

use app::text::refusal;
use domain::Rejection;
use domain::text::words::WordsError;
use stamp::NoAuthorities;
use store::{AppendError, BackupError, Damage, PutError, StoreError};

use crate::cli::Failure;
use crate::service::document::DocumentError;
use crate::service::entry::EntryError;
use crate::service::open_mesa::OpenError;
use crate::service::sample::SampleError;
use crate::service::server_key::KeyError;
use crate::stamping::AuthorityFile;
use crate::text::verifying;
use crate::text_file::{self, NoText};
use crate::tls::TlsError;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "No se pudo abrir el almacén: {}.", store(error)),
            Self::Outdated => f.write_str(
                "Estos datos son de una versión anterior. Ábrelos una vez con mesa serve, que los pone al día, y revísalos de nuevo.",
            ),
            Self::Site(error) => write!(f, "No se pudo leer el sitio compilado: {}.", system(error)),
            Self::Tls(error) => write!(f, "No se puede servir con https. {}", tls(error)),
            Self::Listen(address, error) => {
                write!(f, "No se pudo escuchar en {address}: {}. ¿Hay otro programa en ese puerto? Elige otro con --addr.", system(error))
            }
            Self::NotEmpty => f.write_str("Ya hay datos en el almacén y no se tocaron. Para un enlace nuevo: mesa link facilitator"),
            Self::Sample(error) => write!(f, "No se pudo cargar el ejemplo: {}.", sample(error)),
            Self::UnknownExercise(list) => write!(f, "No hay ningún ejercicio con ese identificador. Los que hay:\n{list}"),
            Self::PlanClosed(phase) => write!(
                f,
                "El plan ya está en {}: no se pueden abrir más mesas. Si hace falta otra, regresa primero a Acuerdos desde el escritorio.",
                app::text::name::phase(*phase)
            ),
            Self::OpenMesa(error) => write!(f, "No se pudo abrir la mesa: {}.", open_mesa(error)),
            Self::Entry(error) => write!(f, "No se pudo guardar: {}.", entry(error)),
            Self::NobodyWithMail(mail) => {
                write!(f, "Nadie que prepare o facilite tiene el correo {mail}.")
            }
            Self::NoMesa => f.write_str("No hay ninguna mesa. Para cargar el ejemplo: mesa demo"),
            Self::WhichMesa(list) => write!(f, "Hay varias mesas; di cuál con --mesa:\n{list}"),
            Self::WhichExercise(list) => write!(f, "Hay varios ejercicios; di cuál con --exercise:\n{list}"),
            Self::WhoIsThere(list) if list.is_empty() => f.write_str("En este ejercicio no queda guardado el nombre de nadie."),
            Self::WhoIsThere(list) => write!(f, "Di de quién, con --person y su identificador o con --name y su nombre completo:\n{list}"),
            Self::WhichPerson(list) => write!(f, "Varias personas se llaman así; di cuál con --person:\n{list}"),
            Self::File(path, error) => write!(f, "No se pudo leer {}: {}.", path.display(), system(error)),
            Self::NoText(path, why) => write!(f, "{} {}", path.display(), no_text(why)),
            Self::Notice(path, error) => write!(f, "{}: {}", path.display(), words(error)),
            Self::ImageTooLarge(path) => write!(f, "{} pesa más de 64 KiB. Guárdala más pequeña.", path.display()),
            Self::NoImage(path) => write!(f, "{} no es una imagen PNG, JPEG ni WebP.", path.display()),
            Self::Keep(error) => write!(f, "No se pudo guardar el archivo: {}.", keep(error)),
            Self::Differences => f.write_str("Hay diferencias: algo se cambió sin pasar por la bitácora."),
            Self::Backup(error) => write!(f, "No se hizo el respaldo. {}", backup(error)),
            Self::Restore(error) => write!(f, "No se restauró nada. {}", restore(error)),
            Self::Document(error) => f.write_str(&document(error)),
            Self::Key(KeyError::Store(error)) => {
                write!(f, "No se pudo leer la llave del servidor: {}.", store(error))
            }
            Self::Key(KeyError::Damaged) => {
                f.write_str("La llave del servidor está dañada: revisa los datos con mesa verify.")
            }
            Self::NotVerified(error) => f.write_str(&verifying::wrong(*error)),
            Self::UnknownDocument => f.write_str(
                "El sello es bueno, pero estos datos no tienen ese documento: ¿son de otro respaldo?",
            ),
            Self::NotStamped(fault) => write!(
                f,
                "Ese archivo no es el sello de tiempo de este documento: {}.",
                app::text::stamp::fault(*fault)
            ),
            Self::Authorities(AuthorityFile::Unreadable(path, error)) => {
                write!(f, "No se pudo leer {} (MESA_TSA_CA o --stamp-ca): {}.", path.display(), system(error))
            }
            Self::Authorities(AuthorityFile::NoAuthorities(path, NoAuthorities::None)) => write!(
                f,
                "{} no tiene ningún certificado en formato PEM (MESA_TSA_CA o --stamp-ca).",
                path.display()
            ),
            Self::Authorities(AuthorityFile::NoAuthorities(path, NoAuthorities::Unusable)) => write!(
                f,
                "{} tiene un certificado que no se puede usar (MESA_TSA_CA o --stamp-ca): debe ser el de una autoridad, en formato PEM.",
                path.display()
            ),
            Self::RestoredDiffering => {
                f.write_str("El respaldo se restauró, pero tiene diferencias: algo se cambió sin pasar por la bitácora.")
            }
        }
    }
}

/// A system error, about a file or an address.
fn system(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no existe".to_owned(),
        ErrorKind::PermissionDenied => "no hay permiso".to_owned(),
        ErrorKind::IsADirectory => "es una carpeta".to_owned(),
        ErrorKind::NotADirectory => "una parte de la ruta no es una carpeta".to_owned(),
        ErrorKind::AlreadyExists => "ya hay un archivo con ese nombre".to_owned(),
        ErrorKind::AddrInUse => "ya está ocupado".to_owned(),
        ErrorKind::AddrNotAvailable => "esta máquina no tiene esa dirección".to_owned(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "no queda espacio en el disco".to_owned()
        }
        ErrorKind::ReadOnlyFilesystem => "ahí no se puede escribir".to_owned(),
        _ => format!("el sistema no dejó (detalle: {error})"),
    }
}

fn tls(error: &TlsError) -> String {
    match error {
        TlsError::File(path, error) => {
            format!("No se pudo leer {}: {}.", path.display(), system(error))
        }
        TlsError::Pem(path, _) => {
            format!(
                "{} no tiene lo que debe, en formato PEM: el certificado con su cadena en --tls-cert, la llave sin contraseña en --tls-key.",
                path.display()
            )
        }
        TlsError::Pair(error) => {
            format!("La llave no es de ese certificado, o no se puede usar (detalle: {error}).")
        }
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

fn keep(error: &PutError) -> String {
    match error {
        PutError::TooLarge { limit } => format!("pesa más de {} KiB", limit / 1024),
        PutError::Store(error) => store(error),
        PutError::Source(_) | PutError::Spoiled => "no llegó entero; inténtalo otra vez".to_owned(),
    }
}

fn backup(error: &BackupError) -> String {
    match error {
        BackupError::NotAFile => {
            "Estos datos están en PostgreSQL, y ahí el respaldo se hace con pg_dump: \
             pg_dump --format=custom --file=respaldo.dump postgres://…"
                .to_owned()
        }
        BackupError::Taken(path) => {
            format!(
                "{} ya existe y no se tocó. Elige otro nombre, o agrega --replace para reemplazarlo.",
                path.display()
            )
        }
        BackupError::Beside(path) => {
            format!(
                "{} es de otra base de datos que tuvo ese nombre, y se leería junto con el respaldo. Elige otro nombre.",
                path.display()
            )
        }
        BackupError::Itself(path) => {
            format!("{} es parte de lo que se respalda. Elige otro nombre.", path.display())
        }
        BackupError::Unreadable(path) => {
            format!("{} no es un almacén de Mesa Abierta, o está dañado.", path.display())
        }
        error => copy(error),
    }
}

fn restore(error: &BackupError) -> String {
    match error {
        BackupError::NotAFile => {
            "En PostgreSQL se restaura con pg_restore, en una base de datos vacía: \
             pg_restore --dbname=postgres://… respaldo.dump, y después se revisa con mesa verify"
                .to_owned()
        }
        BackupError::Taken(path) => {
            format!("{} ya existe y no se tocó. Restaura en otra carpeta.", path.display())
        }
        BackupError::Beside(path) => {
            format!(
                "{} es de una base de datos que está en uso o que no se cerró bien. Haz el respaldo con mesa backup, o restaura en otra carpeta.",
                path.display()
            )
        }
        BackupError::Unreadable(path) => {
            format!("{} no es un respaldo de Mesa Abierta, o está dañado.", path.display())
        }
        error => copy(error),
    }
}

/// The sentences that backup and restore share.
fn copy(error: &BackupError) -> String {
    match error {
        BackupError::NotRegular(path) => format!(
            "{} no es un archivo común: es un enlace o un dispositivo. Elige otro.",
            path.display()
        ),
        BackupError::NotText(path) => {
            format!("{} no está en UTF-8. Elige otro nombre.", path.display())
        }
        BackupError::File(path, error) => format!("{}: {}.", path.display(), system(error)),
        BackupError::Store(error) => format!("No se pudo leer el almacén: {}.", store(error)),
        // The callers have sentences of their own for these.
        BackupError::NotAFile
        | BackupError::Taken(_)
        | BackupError::Beside(_)
        | BackupError::Itself(_)
        | BackupError::Unreadable(_) => error.to_string(),
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

fn entry(error: &EntryError) -> String {
    match error {
        EntryError::Rejected(rejection) => refused(rejection),
        EntryError::Store(error) => store(error),
        EntryError::Busy => BUSY.to_owned(),
    }
}

fn document(error: &DocumentError) -> String {
    match error {
        DocumentError::NotFound => "No hay esa versión del plan, o esa mesa.".to_owned(),
        DocumentError::Store(error) => format!("No se pudo hacer el documento: {}.", store(error)),
        DocumentError::Put(error) => format!("No se pudo guardar el documento: {}.", keep(error)),
        DocumentError::Render(error) => {
            format!("No se pudo hacer el documento (detalle: {error}).")
        }
    }
}

fn sample(error: &SampleError) -> String {
    match error {
        SampleError::NotEmpty => "ya hay datos en el almacén".to_owned(),
        SampleError::Rejected(rejection) => refused(rejection),
        SampleError::Document(error) => document(error),
        SampleError::Sealing(error) => format!("no se pudo sellar el plan (detalle: {error})"),
        SampleError::Append(error) => append(error),
        SampleError::Store(error) => store(error),
    }
}

fn open_mesa(error: &OpenError) -> String {
    match error {
        OpenError::UnknownExercise => "no hay ningún ejercicio con ese identificador".to_owned(),
        OpenError::Closed(phase) => {
            format!("el plan ya está en {}", app::text::name::phase(*phase))
        }
        OpenError::Rejected(rejection) => refused(rejection),
        OpenError::Store(error) => store(error),
        OpenError::Busy => BUSY.to_owned(),
    }
}
