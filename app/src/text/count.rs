//! Numbers with their noun.

/// Drafts, short.
pub fn unsent(count: usize) -> String {
    match count {
        1 => "1 texto sin enviar".to_owned(),
        _ => format!("{count} textos sin enviar"),
    }
}

/// Problems.
pub fn problems(count: usize) -> String {
    counted(count, "problema", "problemas")
}

/// Commitments.
pub fn commitments(count: usize) -> String {
    counted(count, "compromiso", "compromisos")
}

/// Activities.
pub fn activities(count: usize) -> String {
    counted(count, "actividad", "actividades")
}

/// Connected devices.
pub fn devices(count: u16) -> String {
    counted(count.into(), "dispositivo conectado", "dispositivos conectados")
}

/// Refused texts.
pub fn refused(count: usize) -> String {
    counted(count, "texto no aceptado", "textos no aceptados")
}

/// Changes that are still on the device.
pub fn waiting(count: usize) -> String {
    counted(count, "cambio por enviar", "cambios por enviar")
}

/// Organisations that are present.
pub fn organisations(count: u16) -> String {
    counted(count.into(), "organización presente", "organizaciones presentes")
}

/// How many are missing.
pub fn missing(count: u16) -> String {
    if count == 1 { "falta 1".to_owned() } else { format!("faltan {count}") }
}

pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_is_singular_and_none_is_plural() {
        assert_eq!(super::activities(0), "0 actividades");
        assert_eq!(super::activities(1), "1 actividad");
        assert_eq!(super::problems(8), "8 problemas");
    }
}
