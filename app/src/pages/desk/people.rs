//! The door, and the people: who is here and who came but isn't connected.

use domain::people::name::are_of_one;
use domain::text::alphabet::{folded, place};
use domain::{Command, Mesa, Millis, PersonId};
use domain::{conduct, people};
use leptos::prelude::*;
use sync::wire::Present;

use super::conducts;
use super::moderation::MuteButton;
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
    /// Other entries that are counted with this one.
    entries: Vec<PersonId>,
    /// Somebody of the same name, who may be the same person.
    twin: Option<PersonId>,
}

/// Everyone who came, each person once, in the order of their organisations.
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
        // By whichever entry they are there.
        let known = |entry: PersonId| state.people.attendees.get(&entry);
        let mut entries = state.people.entries_of(person).filter_map(known);
        let attendee = entries.find(|entry| entry.is_there()).or_else(|| known(person))?;
        let stay = attendee.stays.last()?;
        let time = |at| zone.map(|zone| date::time_of_day(zone.time_of_day(at)));
        Some(desk::attends(attendee.mode, time(stay.from), stay.to.map(time)))
    };
    let row = |person: PersonId| {
        let theirs =
            || roster.iter().filter(|present| state.people.are_one(present.person, person));
        let own = theirs().find(|present| present.person == person);
        let devices: u16 = theirs().map(|present| present.devices).sum();
        let heard = theirs().filter_map(|present| present.heard).max().filter(|_| devices == 0);
        let time = |(at, zone): (Millis, Zone)| date::time_of_day(zone.time_of_day(at));
        Row {
            heard: heard.zip(zone).map(|heard| desk::heard(&time(heard))),
            person,
            name: own.map_or(desk::UNNAMED, |own| own.name.as_str()).to_owned(),
            organisation: organisation(person),
            devices,
            attends: attends(person).unwrap_or_default(),
            there: state.people.is_there(person),
            entries: state.people.entries_of(person).filter(|entry| *entry != person).collect(),
            twin: None,
        }
    };
    let mut rows: Vec<_> = state.people.counted().map(|(person, _)| row(person)).collect();
    rows.sort_by_cached_key(|row| (place(&row.organisation), place(&row.name)));
    let names: Vec<_> = rows.iter().map(|row| folded(&row.name)).collect();
    let seat = |row: &Row| state.people.attendees.get(&row.person).and_then(|known| known.seat);
    for at in 0..rows.len() {
        let twin = |other: &usize| {
            *other != at
                && rows[at].name != desk::UNNAMED
                && are_of_one(&names[at], &names[*other])
                && seat(&rows[at]).zip(seat(&rows[*other])).is_none()
        };
        rows[at].twin = (0..rows.len()).find(twin).map(|other| rows[other].person);
    }
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
    let (joining, muting) = (RwSignal::new(None), RwSignal::new(None));
    view! {
        <Show when=known fallback=|| view! { <p class="secondary">{desk::ROSTER_WAITING}</p> }>
            <section class="screen-head" aria-labelledby="presentes">
                <h2 id="presentes">{reactive(move || desk::here(here.read().len()))}</h2>
                <People rows=here nobody=desk::NOBODY_HERE joining muting/>
            </section>
            <section class="screen-head" aria-labelledby="ausentes">
                <h2 id="ausentes">{reactive(move || desk::away(away.read().len()))}</h2>
                <People rows=away nobody=desk::NOBODY_AWAY joining muting/>
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
    /// Whose other entry is looked for.
    joining: RwSignal<Option<PersonId>>,
    /// Whose writing is asked for to be paused.
    muting: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (ready, conducts, me) = (live.condition.ready(), conducts(live), live.me().person);
    let button = move |label: &'static str, command: people::Command| {
        let submit = move |_| {
            joining.set(None);
            live.submit(Command::People(command.clone()));
        };
        view! {
            <button type="button" class="link" disabled=move || !ready.get() on:click=submit>{label}</button>
        }
        .into_any()
    };
    // Connected people haven't left: only for the others it has to be said.
    let note = move |person: PersonId, there: bool| {
        let label = if there { desk::LEFT } else { desk::BACK };
        button(label, people::Command::NoteAttendance { person, there: !there })
    };
    // One tap where a name suggests it; otherwise the other entry is chosen from the list.
    let merge = move |person: PersonId, twin: Option<PersonId>| match (joining.get(), twin) {
        (Some(other), _) if other != person => {
            button(desk::SAME_AS, people::Command::Merge { person: other, with: person })
        }
        (None, Some(with)) => button(desk::SAME_NAME, people::Command::Merge { person, with }),
        (looking, _) => {
            let (label, next) = match looking {
                None => (desk::CAME_TWICE, Some(person)),
                Some(_) => (desk::CAME_ONCE, None),
            };
            view! { <button type="button" class="link" on:click=move |_| joining.set(next)>{label}</button> }
                .into_any()
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
                    <Show when=move || conducts.get()>
                        {(row.devices == 0 || !row.there).then(|| note(row.person, row.there))}
                        {row.entries.iter().map(|entry| button(desk::PART, people::Command::Part { person: *entry })).collect_view()}
                        {reactive(move || merge(row.person, row.twin))}
                        {(Some(row.person) != me).then(|| view! { <MuteButton person=row.person asking=muting/> })}
                    </Show>
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

    #[test]
    fn who_came_twice_is_one_row_with_the_devices_of_both() {
        let here = MesaNumber(1);
        let (phone, laptop, other) = (1, 2, 3);
        let mesas = BTreeMap::from([(here, Arc::new(Mesa { number: here, ..Mesa::default() }))]);
        let mut exercise = Exercise { mesas, ..Exercise::default() };
        let id = |number| PersonId(Uuid::from_u128(number));
        let apply = |exercise: &mut Exercise, event| exercise.apply(&Event::People(event));
        for person in [phone, laptop, other] {
            apply(
                &mut exercise,
                people::Event::Arrived {
                    mesa: here,
                    person: id(person),
                    organisation: ShortText::default(),
                    seat: None,
                    mode: AttendanceMode::InRoom,
                    at: 36_000_000,
                },
            );
        }
        let present = |person, name: &str, devices| Present {
            person: id(person),
            name: name.to_owned(),
            devices,
            heard: None,
            others: Vec::new(),
        };
        let roster = [
            present(phone, "Ana", 1),
            present(laptop, "ana Lucía", 1),
            present(other, "Anabel", 0),
        ];
        let rows = |exercise: &Exercise| rows(exercise.mesa(here).expect("there"), &roster, None);
        let twins: Vec<_> = rows(&exercise).iter().map(|row| row.twin).collect();
        assert_eq!(twins, [Some(id(laptop)), Some(id(phone)), None]);
        let merged =
            people::Event::EntriesMerged { mesa: here, person: id(laptop), into: id(phone) };
        apply(&mut exercise, merged);
        let seen: Vec<_> = rows(&exercise)
            .into_iter()
            .map(|row| (row.person, row.devices, row.entries, row.twin))
            .collect();
        assert_eq!(
            seen,
            [(id(phone), 2, vec![id(laptop)], None), (id(other), 0, Vec::new(), None)]
        );
    }
}
