//! Addresses of the screens, shared by links and routes.

use domain::codes::Coded;
use domain::exercise::LogoPlace;
use domain::{Digest, Item, ItemId, ItemKind, MesaId, MesaNumber, StreamId, TextField};
use serde::{Deserialize, Serialize};

/// A screen of someone at the table. The mesa may not have the item that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Screen {
    /// What happens now.
    Now,
    /// The problems.
    Problems,
    /// The commitments.
    Commitments,
    /// The person's contributions, with the answers.
    Voice,
    /// Contributing about an item or the mesa as a whole.
    Contribute(Option<ItemId>),
    /// What is still on this device.
    Texts,
    /// Dividing points among the problems.
    Points,
    /// Writing problems alone.
    Alone,
    /// Signing the plan.
    Sign,
    /// The facilitator's desk.
    Desk,
    /// The clicker.
    Clicker,
    /// A problem's sheet.
    Problem(ItemId),
    /// A commitment's sheet.
    Commitment(ItemId),
    /// An activity's sheet.
    Activity(ItemId),
}

impl Screen {
    /// The mesa and its screen at a path; none when there is no such screen.
    pub fn at(path: &str) -> Option<(MesaId, Self)> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let exercise =
            parts.next().filter(|first| *first == "ejercicio").and(parts.next())?.parse().ok()?;
        let number =
            MesaNumber::read(parts.next().filter(|next| *next == "mesa").and(parts.next())?)?;
        let mesa = MesaId { exercise, number };
        let rest = [parts.next(), parts.next(), parts.next(), parts.next()];
        let item = |text: &str| text.parse().ok();
        let screen = match rest {
            [None, ..] => Self::Now,
            [Some("problemas"), None, ..] => Self::Problems,
            [Some("compromisos"), None, ..] => Self::Commitments,
            [Some("mi-voz"), None, ..] => Self::Voice,
            [Some("aportar"), None, ..] => Self::Contribute(None),
            [Some("aportar"), Some(about), None, ..] => Self::Contribute(Some(item(about)?)),
            [Some("textos"), None, ..] => Self::Texts,
            [Some("puntos"), None, ..] => Self::Points,
            [Some("a-solas"), None, ..] => Self::Alone,
            [Some("firmar"), None, ..] => Self::Sign,
            [Some("conducir"), None, ..] => Self::Desk,
            [Some("control"), None, ..] => Self::Clicker,
            [Some("problema"), Some(problem), None, ..] => Self::Problem(item(problem)?),
            [Some("compromiso"), Some(commitment), None, ..] => Self::Commitment(item(commitment)?),
            [Some("compromiso"), Some(_), Some("actividad"), Some(activity)] => {
                Self::Activity(item(activity)?)
            }
            _ => return None,
        };
        parts.next().is_none().then_some((mesa, screen))
    }
}

/// The mesa as somebody sees it who attends, for who facilitates; the screens are below it as they
/// are below the mesa's own address.
pub fn as_attendee(mesa: MesaId) -> String {
    format!("/asistente/{mesa}")
}

/// The home page.
pub const HOME: &str = "/";
/// The address to which the join code is posted, as `codigo`.
pub const ENTER: &str = "/entrar";

/// Signs this device out, when posted to.
pub const LEAVE: &str = "/salir";

/// A logo of the exercise.
pub fn logo(exercise: StreamId, place: LogoPlace) -> String {
    format!("/logo/{exercise}/{place}")
}

/// The full privacy notice.
pub fn privacy(mesa: MesaId) -> String {
    format!("/aviso/{mesa}")
}

/// What a person says about their own attendance.
pub fn attendance(mesa: MesaId) -> String {
    format!("{}/asistencia", now(mesa))
}

/// Where they correct their name and organisation.
pub fn correction(mesa: MesaId) -> String {
    format!("{}/correccion", attendance(mesa))
}

/// Where they ask for another correction.
pub fn petition(mesa: MesaId) -> String {
    format!("{}/solicitud", attendance(mesa))
}

/// Whether they may write, and why not.
pub fn writing(mesa: MesaId) -> String {
    format!("{}/escritura", attendance(mesa))
}

/// The file with what is kept of them.
pub fn own_data(mesa: MesaId) -> String {
    format!("{}/{OWN_DATA}", attendance(mesa))
}

/// That file's name.
pub const OWN_DATA: &str = "mis-datos.json";

/// Of whom a record is kept.
pub fn records(mesa: MesaId) -> String {
    format!("{}/personas", attendance(mesa))
}

/// The changes of a text.
pub fn history(mesa: MesaId, item: ItemId, field: TextField) -> String {
    format!("{}/historia/{item}/{}", now(mesa), field.code())
}

/// Commitments, activities and problems as a workbook, for people.
pub const WORKBOOK: &str = "compromisos.xlsx";
/// The commitments as a table, for programs.
pub const COMMITMENTS_CSV: &str = "compromisos.csv";
/// Their activities.
pub const ACTIVITIES_CSV: &str = "actividades.csv";
/// The problems.
pub const PROBLEMS_CSV: &str = "problemas.csv";
/// Which commitment answers which problems.
pub const ANSWERS_CSV: &str = "compromisos_problemas.csv";
/// The description of the tables.
pub const DATA_PACKAGE: &str = "datapackage.json";
/// All public data as JSON.
pub const DATA_JSON: &str = "datos.json";

/// An exercise's public page.
pub fn public(exercise: StreamId) -> String {
    format!("/publica/{exercise}")
}

/// A mesa on the public page of its exercise.
pub fn public_mesa(mesa: MesaId) -> String {
    format!("{}#{}", public(mesa.exercise), part(mesa.number))
}

/// The id of a mesa's part of the public page.
pub fn part(mesa: MesaNumber) -> String {
    format!("mesa-{mesa}")
}

/// The id of a commitment on the public page: a link to it unfolds it.
pub fn commitment_part(commitment: ItemId) -> String {
    format!("compromiso-{commitment}")
}

/// The id of an activity there.
pub fn activity_part(activity: ItemId) -> String {
    format!("actividad-{activity}")
}

/// A file of the mesa's open data.
pub fn export(mesa: MesaId, file: &str) -> String {
    format!("/publico/{mesa}/{file}")
}

/// The projector, for the facilitation of the mesa.
pub fn projector(mesa: MesaId) -> String {
    format!("/proyector/{mesa}")
}

/// What happens now.
pub fn now(mesa: MesaId) -> String {
    format!("/ejercicio/{mesa}")
}

/// The problems.
pub fn problems(mesa: MesaId) -> String {
    format!("{}/problemas", now(mesa))
}

/// The commitments.
pub fn commitments(mesa: MesaId) -> String {
    format!("{}/compromisos", now(mesa))
}

/// Contributing about an item, or about the mesa as a whole.
pub fn contribute(mesa: MesaId, about: Option<ItemId>) -> String {
    match about {
        Some(item) => format!("{}/aportar/{item}", now(mesa)),
        None => format!("{}/aportar", now(mesa)),
    }
}

/// The person's contributions, with the answers.
pub fn voice(mesa: MesaId) -> String {
    format!("{}/mi-voz", now(mesa))
}

/// What is still on this device.
pub fn texts(mesa: MesaId) -> String {
    format!("{}/textos", now(mesa))
}

/// Where points are divided among the problems, and what it came to.
pub fn points(mesa: MesaId) -> String {
    format!("{}/puntos", now(mesa))
}

/// Where somebody writes problems alone.
pub fn alone(mesa: MesaId) -> String {
    format!("{}/a-solas", now(mesa))
}

/// What of the mesa's secrets is the viewer's own.
pub fn own(mesa: MesaId) -> String {
    format!("{}/propio", now(mesa))
}

/// Where somebody reads the plan page by page and signs it.
pub fn sign(mesa: MesaId) -> String {
    format!("{}/firmar", now(mesa))
}

/// The overview of an exercise's preparation.
pub fn prepare(exercise: StreamId) -> String {
    format!("/ejercicio/{exercise}/preparar")
}

/// Another page of it.
pub fn prepare_part(exercise: StreamId, part: &str) -> String {
    format!("{}/{part}", prepare(exercise))
}

/// Where those who prepare and facilitate sign in with their mail address and passphrase.
pub const SIGN_IN: &str = "/entrar/cuenta";

/// Where one of them asks for a link for it by mail.
pub const FORGOTTEN: &str = "/entrar/cuenta/otra-frase";

/// Where one of them chooses a passphrase, with the secret of the link for it.
pub fn choose_passphrase(secret: &str) -> String {
    LinkTo::Passphrase.with(secret)
}

/// A personal link, with its secret.
pub fn link(secret: &str) -> String {
    LinkTo::Door.with(secret)
}

/// Who waits before the closed door of a mesa.
pub fn waiting(mesa: MesaId) -> String {
    format!("{}/espera", now(mesa))
}

/// The door of a mesa for who is signed in already.
pub fn come_in(mesa: MesaId) -> String {
    format!("{}/entrar", now(mesa))
}

/// What a link with a secret leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// A seat, or a role of the facilitation.
    Door,
    /// The form that creates an exercise.
    Setup,
    /// The projector.
    Projector,
    /// Choosing a passphrase.
    Passphrase,
}

impl LinkTo {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Door, Self::Setup, Self::Projector, Self::Passphrase];

    /// The address of the page that opens such links.
    pub fn path(self) -> &'static str {
        match self {
            Self::Door => "/enlace",
            Self::Setup => "/crear",
            Self::Projector => "/proyector",
            Self::Passphrase => "/frase",
        }
    }

    /// Whose page is at this path.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|to| to.path() == path)
    }

    /// The link with this secret, in the fragment: browsers send that to nobody.
    pub fn with(self, secret: &str) -> String {
        format!("{}#{secret}", self.path())
    }

    /// The page of an opened link, by a name that isn't secret.
    pub fn page(self, name: &str) -> String {
        format!("{}/{name}", self.path())
    }
}

/// Where an exercise is created, with the secret of the link for it.
pub fn setup(secret: &str) -> String {
    LinkTo::Setup.with(secret)
}

/// The facilitator's desk.
pub fn desk(mesa: MesaId) -> String {
    format!("{}/conducir", now(mesa))
}

/// What the document could not show as it was written, and what else is open before the texts are
/// frozen.
pub fn before_freeze(mesa: MesaId) -> String {
    format!("{}/antes-de-la-lectura", now(mesa))
}

/// Sending the plan to everybody who takes part.
pub fn dispatch(mesa: MesaId) -> String {
    format!("{}/envio", now(mesa))
}

/// Reminding by mail those of whom an answer or a signature is missing.
pub fn remind(mesa: MesaId) -> String {
    format!("{}/recordar", now(mesa))
}

/// The information pack of a mesa.
pub fn pack(mesa: MesaId) -> String {
    format!("{}/expediente", now(mesa))
}

/// Where a file of it is sent.
pub fn pack_upload(mesa: MesaId) -> String {
    format!("{}/archivo", pack(mesa))
}

/// Where one is sent piece by piece.
pub fn pack_pieces(mesa: MesaId) -> String {
    format!("{}/subida", pack(mesa))
}

/// A file of it: posting to it notes that a person opened it.
pub fn pack_file(mesa: MesaId, file: u16) -> String {
    format!("{}/{file}", pack(mesa))
}

/// What becomes of a file of it when it is counted as the results of a consultation.
pub fn count(mesa: MesaId, file: u16) -> String {
    format!("{}/resultados", pack_file(mesa, file))
}

/// The results of consultations.
pub fn results(mesa: MesaId) -> String {
    format!("{}/resultados", now(mesa))
}

/// Where problems are brought from a spreadsheet.
pub fn bringing(mesa: MesaId) -> String {
    format!("{}/importar", now(mesa))
}

/// Where a file with them is sent.
pub fn bringing_file(mesa: MesaId) -> String {
    format!("{}/archivo", bringing(mesa))
}

/// Where those of a file of the pack are brought.
pub fn bringing_of(mesa: MesaId, file: u16) -> String {
    format!("{}?archivo={file}", bringing(mesa))
}

/// What is signed on paper, and scans of it.
pub fn paper(mesa: MesaId) -> String {
    format!("{}/papel", now(mesa))
}

/// Where a scan is sent.
pub fn scan_upload(mesa: MesaId) -> String {
    format!("{}/archivo", paper(mesa))
}

/// A file with a scan of what was signed on paper, as it was sent.
pub fn scan_file(exercise: StreamId, version: u16, file: Digest) -> String {
    format!("{}/{version}/escaneo/{file}", plan(exercise))
}

/// A page of it as a picture, from one.
pub fn scan_page(exercise: StreamId, version: u16, file: Digest, page: u16) -> String {
    format!("{}/{page}.jpg", scan_file(exercise, version, file))
}

/// How that stands, as the desk shows it.
pub fn dispatch_at_desk(mesa: MesaId) -> String {
    format!("{}/estado", dispatch(mesa))
}

/// The versions of an exercise's plan, with their documents.
pub fn plan(exercise: StreamId) -> String {
    format!("/plan/{exercise}")
}

/// A file of a version of the plan.
pub fn plan_file(exercise: StreamId, version: u16, file: &str) -> String {
    format!("{}/{version}/{file}", plan(exercise))
}

/// A page of the document that is being signed, as a picture. Another state of the document is another
/// address, so that browsers keep what they have.
pub fn plan_sheet(exercise: StreamId, version: u16, changes: u32, page: u16) -> String {
    format!("{}/{version}/hoja/{page}.svg?cambios={changes}", plan(exercise))
}

/// The plan as it stands, before it is frozen.
pub fn draft(exercise: StreamId) -> String {
    format!("{}/borrador.pdf", plan(exercise))
}

/// The minutes of a mesa.
pub fn minutes(mesa: MesaId) -> String {
    format!("/plan/{mesa}/{MINUTES_PDF}")
}

/// The list of attendance of a mesa.
pub fn attendance_list(mesa: MesaId) -> String {
    format!("/plan/{mesa}/{ATTENDANCE_PDF}")
}

/// The page on which a file is verified, of one exercise or of any.
pub fn verify(exercise: Option<StreamId>) -> String {
    exercise.map_or_else(|| VERIFY.to_owned(), |exercise| format!("{VERIFY}/{exercise}"))
}

/// The page on which a file is verified.
pub const VERIFY: &str = "/verificar";
/// The public file of all seals.
pub const SEALS: &str = "/sellos";
/// How the name of a file ends that is a time-stamping authority's answer.
pub const STAMP_ENDING: &str = ".tsr";

/// What a time-stamping authority answered about a seal, by the seal's SHA-256.
pub fn stamp(seal: &str) -> String {
    format!("{SEALS}/{seal}{STAMP_ENDING}")
}

/// The plan as a document, with everything.
pub const PLAN_PDF: &str = "plan.pdf";
/// The plan as a document, as it may be published.
pub const PUBLIC_PDF: &str = "plan-publico.pdf";
/// The plan as a document whose boxes are filled in by hand.
pub const PAPER_PDF: &str = "plan-papel.pdf";
/// The minutes.
pub const MINUTES_PDF: &str = "minuta.pdf";
/// The list of attendance.
pub const ATTENDANCE_PDF: &str = "asistencia.pdf";
/// The canonical text.
pub const PLAN_JSON: &str = "plan.json";
/// What a version says otherwise than the one before it.
pub const CHANGES_JSON: &str = "cambios.json";

/// The clicker: leads the projection with two large buttons.
pub fn clicker(mesa: MesaId) -> String {
    format!("{}/control", now(mesa))
}

/// An item's sheet; a new item has one before the mesa knows it.
pub fn sheet(mesa: MesaId, kind: ItemKind, parent: Option<ItemId>, item: ItemId) -> String {
    match (kind, parent) {
        (ItemKind::Problem, _) => format!("{}/problema/{item}", now(mesa)),
        (ItemKind::Activity, Some(commitment)) => {
            format!("{}/compromiso/{commitment}/actividad/{item}", now(mesa))
        }
        // They are shown on the sheet of their problem.
        (ItemKind::Solution | ItemKind::DraftCommitment, Some(problem)) => {
            format!("{}/problema/{problem}", now(mesa))
        }
        (ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution, _) => {
            problems(mesa)
        }
        (ItemKind::Commitment | ItemKind::Activity, _) => {
            format!("{}/compromiso/{item}", now(mesa))
        }
    }
}

/// The sheet of an item of the mesa.
pub fn of(mesa: MesaId, item: &Item) -> String {
    sheet(mesa, item.kind(), item.parent(), item.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_screen_and_no_other_does() {
        let mesa: MesaId = "01936d3e-0000-7000-8000-000000000001/mesa/2".parse().expect("a mesa");
        let [item, parent]: [ItemId; 2] =
            ["01936d3e-0000-7000-8000-000000000002", "01936d3e-0000-7000-8000-000000000003"]
                .map(|id| id.parse().expect("an item"));
        let cases = [
            (now(mesa), Screen::Now),
            (problems(mesa), Screen::Problems),
            (commitments(mesa), Screen::Commitments),
            (voice(mesa), Screen::Voice),
            (contribute(mesa, None), Screen::Contribute(None)),
            (contribute(mesa, Some(item)), Screen::Contribute(Some(item))),
            (texts(mesa), Screen::Texts),
            (points(mesa), Screen::Points),
            (alone(mesa), Screen::Alone),
            (sign(mesa), Screen::Sign),
            (desk(mesa), Screen::Desk),
            (clicker(mesa), Screen::Clicker),
            (sheet(mesa, ItemKind::Problem, None, item), Screen::Problem(item)),
            (sheet(mesa, ItemKind::Solution, Some(parent), item), Screen::Problem(parent)),
            (sheet(mesa, ItemKind::Commitment, None, item), Screen::Commitment(item)),
            (sheet(mesa, ItemKind::Activity, Some(parent), item), Screen::Activity(item)),
        ];
        for (address, screen) in cases {
            assert_eq!(Screen::at(&address), Some((mesa, screen)), "{address}");
            assert_eq!(Screen::at(&format!("{address}/mas")), None, "{address}/mas");
        }
        let there = now(mesa);
        let unlike = [
            format!("{there}/problema/7"),
            there.replace("/mesa/2", "/mesa/02"),
            there.replace("/mesa/2", ""),
        ];
        let others = ["/", "/ejercicio", "/ejercicio/1", &public(mesa.exercise), &projector(mesa)];
        for other in others.into_iter().chain(unlike.iter().map(String::as_str)) {
            assert_eq!(Screen::at(other), None, "{other}");
        }
    }
}
