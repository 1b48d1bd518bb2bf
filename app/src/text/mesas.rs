//! The other mesas of the plan.

use domain::{Mesa, MesaNumber, Phase, Standing};

use super::{count, name, quota, surround};

/// Heading.
pub const HEADING: &str = "Las otras mesas del plan";
/// How they are related to this one, on the desk.
pub const LEAD: &str = "La cuota se cuenta entre todas, y desde la lectura todas avanzan juntas.";
/// Link to another mesa's public page.
pub const SEE: &str = "Ver su página pública";

/// A mesa by its number and theme: "Mesa 2 · Agua".
pub fn heading(mesa: &Standing) -> String {
    format!("{} · {}", surround::mesa(mesa.number), mesa.theme)
}

/// The same for a mesa's own state; none before it has a theme.
pub fn named(mesa: &Mesa) -> Option<String> {
    mesa.card.as_ref().map(|card| format!("{} · {}", surround::mesa(mesa.number), card.theme))
}

/// Its phase and its commitments: "Análisis · 2 compromisos: 1 local y 1 sin categoría".
pub fn standing(mesa: &Standing) -> String {
    let phase = name::phase(mesa.phase);
    let mut parts: Vec<_> = mesa
        .commitments
        .iter()
        .map(|(category, count)| quota::some_of(*count, *category))
        .collect();
    if mesa.uncategorised > 0 {
        parts.push(format!("{} sin categoría", mesa.uncategorised));
    }
    let total = count::commitments(usize::try_from(mesa.total()).unwrap_or(usize::MAX));
    if parts.is_empty() {
        format!("{phase} · {total}")
    } else {
        format!("{phase} · {total}: {}", quota::listed(&parts))
    }
}

/// A mesa that isn't ready for the read-out.
pub fn not_ready(number: MesaNumber, mesa: Option<&Standing>) -> String {
    match mesa {
        Some(mesa) => format!(
            "La mesa {number} («{}») está en {}: todavía no llega a Acuerdos",
            mesa.theme,
            name::phase(mesa.phase)
        ),
        None => format!("La mesa {number} todavía no llega a Acuerdos"),
    }
}

/// A change of phase moves every mesa of the plan, these others too.
pub fn all_move(to: Phase, others: &[Standing]) -> String {
    let others: Vec<_> =
        others.iter().map(|mesa| format!("la {} («{}»)", mesa.number, mesa.theme)).collect();
    let others = quota::listed(&others);
    if to.is_of_the_plan() {
        format!(
            "Esta fase es de todo el plan: pasan todas sus mesas al mismo tiempo, también {others}."
        )
    } else {
        format!(
            "La lectura es de todo el plan: sus otras mesas vuelven también a la fase en que estaban: {others}."
        )
    }
}

#[cfg(test)]
mod tests {
    use domain::ShortText;
    use domain::deliberation::choice::Category;

    use super::*;

    fn mesa(
        number: u16,
        theme: &str,
        commitments: &[(Category, u32)],
        uncategorised: u32,
    ) -> Standing {
        let theme = ShortText::parse(theme).expect("a theme");
        Standing {
            number: MesaNumber(number),
            theme,
            phase: Phase::Analysis,
            commitments: commitments.to_vec(),
            uncategorised,
        }
    }

    #[test]
    fn a_mesa_stands_with_its_phase_and_what_it_has() {
        assert_eq!(standing(&mesa(2, "Agua", &[], 0)), "Análisis · 0 compromisos");
        let some =
            mesa(2, "Agua", &[(Category::FollowTheMoney, 1), (Category::LocalProblem, 2)], 1);
        assert_eq!(
            standing(&some),
            "Análisis · 4 compromisos: 1 de seguimiento del dinero, 2 locales y 1 sin categoría"
        );
        assert_eq!(heading(&some), "Mesa 2 · Agua");
    }

    #[test]
    fn who_is_not_ready_and_who_moves_along_is_named() {
        let (water, paths) = (mesa(2, "Agua", &[], 0), mesa(3, "Banquetas", &[], 0));
        assert_eq!(
            not_ready(MesaNumber(2), Some(&water)),
            "La mesa 2 («Agua») está en Análisis: todavía no llega a Acuerdos"
        );
        assert!(
            all_move(Phase::ReadOut, &[water.clone(), paths])
                .ends_with("también la 2 («Agua») y la 3 («Banquetas»).")
        );
        assert!(
            all_move(Phase::Agreements, &[water])
                .contains("vuelven también a la fase en que estaban: la 2 («Agua»).")
        );
    }
}
