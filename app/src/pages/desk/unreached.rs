//! Before a phase for writing ends: whose devices can't be reached, and when they were last heard.
//! The numbers are live while the question is open.

use domain::conduct::turnout;
use domain::{Mesa, PersonId};
use leptos::prelude::*;
use sync::wire::Present;

use crate::erased::{Show, memo, reactive};
use crate::page::Zone;
use crate::state::Live;
use crate::text::late::{self, Away};
use crate::text::{date, desk};

/// The lines, and whether anybody can't be reached.
fn lines(state: &Mesa, roster: &[Present], zone: Option<Zone>) -> (Vec<String>, bool) {
    let present = |person: PersonId| roster.iter().find(|present| present.person == person);
    let unreached = turnout::unreached(state, |person| {
        present(person).is_some_and(|present| present.devices > 0)
    });
    let time = |at| zone.map(|zone| date::time_of_day(zone.time_of_day(at)));
    let mut people: Vec<_> = unreached.people.iter().map(|person| present(*person)).collect();
    people.sort_by_key(|present| std::cmp::Reverse(present.and_then(|present| present.heard)));
    let people: Vec<_> = people
        .into_iter()
        .map(|present| Away {
            name: present
                .map(|present| present.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| desk::UNNAMED.to_owned()),
            heard: present.and_then(|present| present.heard).and_then(time),
        })
        .collect();
    let others: Vec<_> = roster
        .iter()
        .filter(|present| present.devices > 0)
        .flat_map(|present| &present.others)
        .copied()
        .collect();
    let last = others.iter().max().copied().and_then(time);
    let more =
        [late::other_devices(others.len(), last.as_deref()), late::not_counted(unreached.left)];
    let any = !people.is_empty() || !others.is_empty();
    (std::iter::once(late::unreached(&people)).chain(more.into_iter().flatten()).collect(), any)
}

/// The part of the question.
#[component]
pub fn Unreached() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster) = (live.view(), live.roster());
    let said = memo(move || lines(&view.read(), &roster.read(), live.clocks.zone()));
    let known = move || !roster.read().is_empty();
    view! {
        <div class="unreached" data-any=move || said.read().1.then_some("") role="status">
            <Show when=known fallback=|| view! { <p>{desk::ROSTER_WAITING}</p> }>
                {reactive(move || said.get().0.into_iter().map(|line| view! { <p>{line}</p> }).collect_view())}
            </Show>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use domain::people::attendance::AttendanceMode;
    use domain::{Event, Exercise, MesaNumber, ShortText};
    use uuid::Uuid;

    use domain::people;

    use super::*;

    #[test]
    fn who_left_is_told_of_apart_and_a_second_device_too() {
        let people = [1, 2, 3].map(|number| PersonId(Uuid::from_u128(number)));
        let here = MesaNumber(1);
        let mesas = BTreeMap::from([(here, Arc::new(Mesa { number: here, ..Mesa::default() }))]);
        let mut exercise = Exercise { mesas, ..Exercise::default() };
        for person in people {
            exercise.apply(&Event::People(people::Event::Arrived {
                mesa: here,
                person,
                organisation: ShortText::default(),
                seat: None,
                mode: AttendanceMode::InRoom,
                at: 0,
            }));
        }
        exercise.apply(&Event::People(people::Event::Left {
            mesa: here,
            person: people[2],
            at: 60_000,
        }));
        let present = |person, name: &str, devices, heard, others| Present {
            person,
            name: name.to_owned(),
            devices,
            heard,
            others,
        };
        let roster = [
            present(people[0], "Ana", 1, None, vec![9 * 3_600_000]),
            present(people[1], "Luis", 0, Some(10 * 3_600_000), Vec::new()),
            present(people[2], "Eva", 0, Some(11 * 3_600_000), Vec::new()),
        ];
        let (said, any) = lines(
            exercise.mesa(here).expect("it is there"),
            &roster,
            Some(Zone { ahead: 0, change: None }),
        );
        assert!(any);
        assert_eq!(
            said,
            [
                "1 persona no está conectada (la última vez: Luis, 10:00); lo que tenga sin enviar quedará en sus Mis textos.",
                "Además, no responde otro dispositivo de alguien que sí está (la última vez: 09:00).",
                "No se cuenta a 1 persona que ya se retiró.",
            ]
        );
        let all_here = [
            present(people[0], "Ana", 2, None, Vec::new()),
            present(people[1], "Luis", 1, None, Vec::new()),
        ];
        assert!(!lines(exercise.mesa(here).expect("it is there"), &all_here, None).1);
    }
}
