//! What a third party says of when a seal was there.

use super::date;
use crate::page::verify::{StampFault, Stamped, Trust};

/// Link to the authority's answer.
pub const ANSWER: &str = "El sello de tiempo (.tsr), para comprobarlo con openssl";

/// Whether a third party says when a seal was there.
pub fn stamped(stamped: &Stamped) -> String {
    match stamped {
        Stamped::By { authority, at, trust, .. } => {
            let at = at.map_or_else(
                || "en una fecha que no se conoce".to_owned(),
                |(day, time)| format!("el {} a las {} h", date::date(day), date::time_of_day(time)),
            );
            let trust = match trust {
                Trust::Trusted => "",
                Trust::Untrusted => {
                    " Ninguna de las autoridades en las que confía este servidor responde por ella."
                }
                Trust::Unchecked => {
                    " Aquí no se comprobó quién responde por ella: hace falta el certificado de su autoridad."
                }
            };
            format!("Sellado de tiempo por {authority} {at}.{trust}")
        }
        Stamped::Waits(None) => {
            "El sello de tiempo de un tercero todavía no se pide: espera su turno.".to_owned()
        }
        Stamped::Waits(Some(fault)) if fault.is_passing() => {
            format!("El sello de tiempo de un tercero espera a la red: {}.", self::fault(*fault))
        }
        Stamped::Waits(Some(fault)) => format!(
            "El sello de tiempo de un tercero todavía no está: {}. Se pide otra vez.",
            self::fault(*fault)
        ),
        Stamped::NotAsked => {
            "No lleva sello de tiempo de un tercero: este servidor no lo pide a nadie.".to_owned()
        }
        Stamped::Damaged => "Su sello de tiempo está dañado: ya no se puede comprobar.".to_owned(),
    }
}

/// Why there is no stamp yet.
pub fn fault(fault: StampFault) -> String {
    match fault {
        StampFault::Unreachable => "no se pudo llegar a la autoridad".to_owned(),
        StampFault::Unprotected => "no se logró una conexión cifrada con la autoridad".to_owned(),
        StampFault::Cut => "la autoridad cortó la conexión".to_owned(),
        StampFault::Late => "la autoridad no contestó a tiempo".to_owned(),
        StampFault::Http(status) => format!("la autoridad contestó {status} (HTTP)"),
        StampFault::NotAnAnswer => {
            "contestaron algo que no es un sello de tiempo (RFC 3161)".to_owned()
        }
        StampFault::Refused(_, Some(reason)) => {
            format!("la autoridad se negó: {}", self::reason(reason))
        }
        StampFault::Refused(status, None) => {
            format!("la autoridad se negó, sin decir por qué (estado {status})")
        }
        StampFault::OtherImprint => "la autoridad selló otra cosa".to_owned(),
        StampFault::OtherNonce => {
            "contestaron otra pregunta, o repitieron una respuesta".to_owned()
        }
        StampFault::Signature => "la firma de la respuesta no es buena".to_owned(),
        StampFault::Algorithm => {
            "la respuesta está firmada de un modo que este programa no conoce".to_owned()
        }
        StampFault::Certificate => {
            "el certificado de la respuesta no es para sellos de tiempo".to_owned()
        }
        StampFault::Untrusted => {
            "ninguna autoridad de las que se confía responde por quien firmó".to_owned()
        }
        StampFault::Here => "este servidor no pudo pedirlo ni guardarlo".to_owned(),
    }
}

/// A reason of RFC 3161, 2.4.2.
fn reason(reason: u8) -> String {
    match reason {
        0 => "no acepta SHA-256".to_owned(),
        2 => "no acepta esta solicitud".to_owned(),
        5 => "no entendió la solicitud".to_owned(),
        14 => "no tiene hora en este momento".to_owned(),
        15 => "no tiene la política que se pidió".to_owned(),
        16 => "no conoce una extensión".to_owned(),
        17 => "no tiene algo que se pidió".to_owned(),
        25 => "falló por dentro".to_owned(),
        other => format!("razón {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_learns_whether_a_third_party_says_when() {
        let by = |trust| Stamped::By {
            authority: "Sellos de Tiempo".to_owned(),
            at: Some((time::macros::date!(2026 - 09 - 18), (18, 20))),
            trust,
            answer: String::new(),
        };
        let cases = [
            (
                by(Trust::Trusted),
                "Sellado de tiempo por Sellos de Tiempo el 18/09/2026 a las 18:20 h.",
            ),
            (by(Trust::Unchecked), "h. Aquí no se comprobó quién responde por ella"),
            (by(Trust::Untrusted), "h. Ninguna de las autoridades"),
            (Stamped::Waits(None), "todavía no se pide"),
            (
                Stamped::Waits(Some(StampFault::Unreachable)),
                "espera a la red: no se pudo llegar a la autoridad.",
            ),
            (Stamped::Waits(Some(StampFault::Http(503))), "espera a la red"),
            (Stamped::Waits(Some(StampFault::Http(404))), "todavía no está"),
            (
                Stamped::Waits(Some(StampFault::Refused(2, Some(0)))),
                "se negó: no acepta SHA-256. Se pide otra vez",
            ),
            (Stamped::Waits(Some(StampFault::OtherNonce)), "contestaron otra pregunta"),
            (Stamped::NotAsked, "no lo pide a nadie"),
            (Stamped::Damaged, "está dañado"),
        ];
        for (stamped, said) in cases {
            assert!(super::stamped(&stamped).contains(said), "{}", super::stamped(&stamped));
        }
    }
}
