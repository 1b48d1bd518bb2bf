//! The door, and the people: who is here and who came but isn't connected.

use domain::people::attendance::Attendee;
use domain::text::alphabet::place;
use domain::{Command, Mesa, Millis, PersonId};
use domain::{conduct, people};
use leptos::prelude::*;
use sync::wire::Present;

use super::conducts;
use crate::erased::{Show, memo, reactive};
use crate::page::Zone;
use crate::state::Live;
use crate::text::{count, date, desk};

/// The door, for people without a link.
#[component]
pub fn DoorPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let open = memo(move || view.read().conduct.door_open);
    view! {
        <section class="screen-head" aria-labelledby="puerta">
            <h2 id="puerta">{desk::DOOR}</h2>
            <p>{reactive(move || if open.get() { desk::DOOR_OPEN } else { desk::DOOR_CLOSED })}</p>
            <Show when=move || conducts.get()>
                <button
                    type="button"
                    class="button"
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Conduct(conduct::Command::SetDoor { open: !open.get_untracked() }))
                >
                    {reactive(move || if open.get() { desk::CLOSE_DOOR } else { desk::OPEN_DOOR })}
                </button>
            </Show>
        </section>
    }
    .into_any()
}

/// A row: someone who came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    person: PersonId,
    name: String,
    organisation: String,
    devices: u16,
    /// How they attend, with the time when they came or left.
    attends: String,
    /// When their device was last heard, if none is connected.
    heard: Option<String>,
    /// Whether they came and haven't left.
    there: bool,
}

/// Everyone who came: first those on the roster, then those of whom only the organisation is known.
fn rows(state: &Mesa, roster: &[Present], zone: Option<Zone>) -> Vec<Row> {
    let organisation = |person: PersonId| {
        let attendee = state.people.attendees.get(&person);
        let seat =
            attendee.and_then(|attendee| attendee.seat).and_then(|seat| state.actor_of(seat));
        let written = attendee
            .map(|attendee| attendee.organisation.to_string())
            .filter(|text| !text.is_empty());
        seat.map(|actor| actor.organisation.to_string())
            .or(written)
            .unwrap_or_else(|| desk::ON_THEIR_OWN.to_owned())
    };
    let attends = |person: PersonId| {
        let attendee = state.people.attendees.get(&person)?;
        let stay = attendee.stays.last()?;
        let time = |at| zone.map(|zone| date::time_of_day(zone.time_of_day(at)));
        Some(desk::attends(attendee.mode, time(stay.from), stay.to.map(time)))
    };
    let there =
        |person: PersonId| state.people.attendees.get(&person).is_some_and(Attendee::is_there);
    let row = |person: PersonId, name: &str, devices: u16, heard: Option<Millis>| Row {
        heard: heard
            .zip(zone)
            .map(|(at, zone)| desk::heard(&date::time_of_day(zone.time_of_day(at)))),
        person,
        name: name.to_owned(),
        organisation: organisation(person),
        devices,
        attends: attends(person).unwrap_or_default(),
        there: there(person),
    };
    let named = roster
        .iter()
        .map(|present| row(present.person, &present.name, present.devices, present.heard));
    let unnamed = state
        .people
        .attendees
        .keys()
        .filter(|person| roster.iter().all(|present| present.person != **person));
    let unnamed = unnamed.map(|person| row(*person, desk::UNNAMED, 0, None));
    let mut rows: Vec<_> = named.chain(unnamed).collect();
    rows.sort_by_cached_key(|row| (place(&row.organisation), place(&row.name)));
    rows
}

/// Who is here, and who came but isn't connected.
#[component]
pub fn PeoplePart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster) = (live.view(), live.roster());
    let came = memo(move || rows(&view.read(), &roster.read(), live.clocks.zone()));
    let here =
        memo(move || came.read().iter().filter(|row| row.devices > 0).cloned().collect::<Vec<_>>());
    let away = memo(move || {
        came.read().iter().filter(|row| row.devices == 0).cloned().collect::<Vec<_>>()
    });
    let known = move || !roster.read().is_empty();
    view! {
        <Show when=known fallback=|| view! { <p class="secondary">{desk::ROSTER_WAITING}</p> }>
            <section class="screen-head" aria-labelledby="presentes">
                <h2 id="presentes">{reactive(move || desk::here(here.read().len()))}</h2>
                <People rows=here nobody=desk::NOBODY_HERE/>
            </section>
            <section class="screen-head" aria-labelledby="ausentes">
                <h2 id="ausentes">{reactive(move || desk::away(away.read().len()))}</h2>
                <People rows=away nobody=desk::NOBODY_AWAY/>
            </section>
        </Show>
    }
    .into_any()
}

#[component]
fn People(
    /// The rows.
    rows: Memo<Vec<Row>>,
    /// The text when there are none.
    nobody: &'static str,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (ready, conducts) = (live.condition.ready(), conducts(live));
    // Connected people haven't left: only for the others it has to be said.
    let note = move |person: PersonId, there: bool| {
        view! {
            <Show when=move || conducts.get()>
                <button
                    type="button"
                    class="link"
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::People(people::Command::NoteAttendance { person, there: !there }))
                >
                    {if there { desk::LEFT } else { desk::BACK }}
                </button>
            </Show>
        }
    };
    view! {
        <Show when=move || rows.read().is_empty()>
            <p class="secondary">{nobody}</p>
        </Show>
        <ul class="people">
            <For each=move || rows.get() key=Row::clone let(row)>
                <li>
                    <b translate="no">{row.name}</b>
                    <span class="secondary" translate="no">{row.organisation}</span>
                    <span class="secondary">{row.attends}</span>
                    {row.heard.filter(|_| row.there).map(|heard| view! { <span class="secondary">{heard}</span> })}
                    {(row.devices > 1).then(|| view! { <span class="secondary">{count::devices(row.devices)}</span> })}
                    {(row.devices == 0 || !row.there).then(|| note(row.person, row.there))}
                </li>
            </For>
        </ul>
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

    use super::*;

    #[test]
    fn who_came_is_listed_once_with_or_without_a_connection() {
        let (ana, luis) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let here = MesaNumber(1);
        let mesas = BTreeMap::from([(here, Arc::new(Mesa { number: here, ..Mesa::default() }))]);
        let mut exercise = Exercise { mesas, ..Exercise::default() };
        for (person, organisation) in [(ana, "Barrio Norte"), (luis, "")] {
            let organisation = ShortText::parse(organisation).expect("a plain text");
            exercise.apply(&Event::People(people::Event::Arrived {
                mesa: here,
                person,
                organisation,
                seat: None,
                mode: AttendanceMode::InRoom,
                at: 36_000_000,
            }));
        }
        exercise.apply(&Event::People(people::Event::Left {
            mesa: here,
            person: luis,
            at: 37_800_000,
        }));
        let roster = [Present {
            person: ana,
            name: "Ana".to_owned(),
            devices: 2,
            heard: None,
            others: Vec::new(),
        }];
        let rows = rows(
            exercise.mesa(here).expect("it is there"),
            &roster,
            Some(Zone { ahead: -3_600, change: None }),
        );
        let attends: Vec<_> = rows.iter().map(|row| (row.attends.as_str(), row.there)).collect();
        assert_eq!(
            attends,
            [("En la sala desde las 09:00", true), ("En la sala, se retiró a las 09:30", false)]
        );
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.organisation.as_str(), row.devices))
            .collect();
        assert_eq!(seen, [("Ana", "Barrio Norte", 2), (desk::UNNAMED, desk::ON_THEIR_OWN, 0)]);
    }
}
