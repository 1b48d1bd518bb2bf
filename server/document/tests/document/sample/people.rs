//! Logos, mesas, participants and signers of the sample.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use document::*;

use super::{date, moment};

const SEATS: [(&str, &str, &str, &str, &str); 8] = [
    (
        "Instituto de Transparencia de Sierra Clara",
        "Inst. de Transparencia",
        "organismo garante",
        "Presidencia del Instituto",
        "presidencia@instituto.example.org",
    ),
    (
        "Contraloría del Estado",
        "Contraloría",
        "institución pública",
        "Titular de la Contraloría",
        "titular@contraloria.example.org",
    ),
    (
        "Secretaría de Desarrollo Social",
        "Desarrollo Social",
        "institución pública",
        "Titular de la Secretaría",
        "titular@social.example.org",
    ),
    (
        "Ayuntamiento de Valle Hondo",
        "Valle Hondo",
        "institución pública",
        "Secretaría del Ayuntamiento",
        "presidencia@vallehondo.example.org",
    ),
    (
        "Colectivo de Madres y Padres",
        "Madres y Padres",
        "sociedad civil",
        "Vocería del colectivo",
        "voceria@colectivo.example.org",
    ),
    (
        "Consejo Empresarial",
        "Consejo Empresarial",
        "sector privado",
        "Presidencia del consejo",
        "presidencia@consejo.example.org",
    ),
    (
        "Universidad Estatal",
        "Universidad Estatal",
        "academia",
        "Rectoría",
        "rectoria@universidad.example.org",
    ),
    (
        "Colegio de Arquitectos",
        "Colegio de Arquitectos",
        "facilitación",
        "Facilitación del Secretariado Técnico Local",
        "facilitacion@colegio.example.org",
    ),
];

/// The same small coat of arms for each.
pub fn logos() -> Vec<Logo> {
    let bytes = STANDARD.encode(include_bytes!("logo.png"));
    [
        "Instituto de Transparencia de Sierra Clara",
        "Ayuntamiento de Valle Hondo",
        "Secretariado Técnico Local",
    ]
    .into_iter()
    .map(|name| Logo { name: name.into(), kind: PictureKind::Png, bytes: bytes.clone() })
    .collect()
}

pub fn mesas() -> Vec<Mesa> {
    [
        (1, "Gasto social y cuidados", "Biblioteca Pública Central", 4, "híbrida", [9, 14, 5, 10]),
        (2, "Agua y residuos", "Casa de la Cultura", 4, "presencial", [10, 17, 5, 9]),
        (
            3,
            "Escuelas y espacio público",
            "Biblioteca Pública Central",
            5,
            "híbrida",
            [8, 12, 6, 7],
        ),
    ]
    .into_iter()
    .map(|(number, theme, place, day, mode, people)| Mesa {
        number,
        theme: theme.into(),
        place: place.into(),
        date: Some(date(2026, 9, day)),
        mode: mode.into(),
        attendance: ["institución pública", "sociedad civil", "academia", "ciudadanía"]
            .into_iter()
            .zip(people)
            .map(|(sector, people)| SectorCount { sector: sector.into(), people })
            .collect(),
    })
    .collect()
}

pub fn participants() -> Vec<Participant> {
    SEATS
        .iter()
        .map(|seat| Participant {
            organisation: seat.0.into(),
            sector: seat.2.into(),
            holder: seat.3.into(),
            alternate: String::new(),
            contact: Some(seat.4.into()),
        })
        .collect()
}

/// Strokes that look as a hand makes them, different for each number.
fn scribble(number: u32, long: bool) -> Drawing {
    let seed = f32::from(u16::try_from(number).unwrap());
    let length = if long { 110 } else { 60 };
    let main = (0..length)
        .map(|step| {
            let t = step as f32 / 9.0;
            let x = 40.0 + t * 38.0 + (t * 2.3 + seed).sin() * 26.0;
            let y = 120.0 + (t * 1.7 + seed * 1.3).sin() * 55.0 + (t * 4.1 + seed).cos() * 22.0;
            [x, y]
        })
        .collect();
    let under = (0..30).map(|step| {
        let x = 50.0 + step as f32 * if long { 14.0 } else { 8.0 };
        [x, 205.0 + (step as f32 / 4.0 + seed).sin() * 6.0]
    });
    Drawing { strokes: vec![main, under.collect()] }
}

/// Who drew initials and signature.
pub fn signer(number: u32) -> Signer {
    let seat = SEATS[(number as usize - 1) % SEATS.len()];
    let again = number as usize > SEATS.len();
    Signer {
        number,
        organisation: if again { format!("{} de la Sierra Alta", seat.0) } else { seat.0.into() },
        short_name: seat.1.into(),
        person: String::new(),
        post: seat.3.into(),
        capacity: Some(if number == 4 { Capacity::Alternate } else { Capacity::Holder }),
        standing: Standing::Signed {
            initials: scribble(number, false),
            signature: scribble(number, true),
            at: moment(i64::from(number) * 2),
            how: "Trazada en la aplicación".into(),
        },
    }
}

pub fn signers() -> Vec<Signer> {
    let note = |by: &str, minutes| Note { by: by.into(), at: moment(minutes) };
    let mut signers: Vec<Signer> = (1..=8).map(signer).collect();
    signers[4].standing = Standing::Fingerprint { noted: note("la facilitación", 32) };
    signers[5].standing = Standing::Refused {
        reason: "No firmamos mientras la ruta piloto no incluya la zona industrial; estamos conformes con los \
                 otros cuatro compromisos."
            .into(),
        noted: note("la facilitación", 35),
    };
    signers[6].standing = Standing::Absent { noted: note("la facilitación", 50) };
    signers[7].standing = Standing::Paper { noted: note("la facilitación", 955) };
    signers
}
