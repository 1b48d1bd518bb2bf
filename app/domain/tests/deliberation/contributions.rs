//! Questions, contributions, feedback, objections; their answers; hiding them.

use domain::decide::decide_for;
use domain::deliberation::decide::CONTRIBUTION_LIMIT;
use domain::judge::Context;
use domain::{
    ActorNumber, Assignment, Command, ContributionKind, Event, ItemId, ItemKind, Phase, Projected,
    Rejection, Response, ResponseStatus, Role, SeatId, project,
};
use domain::{Viewer, conduct, deliberation};

use super::F;
use crate::mesa::{
    AtMesa, HERE, NOW, OTHER_SEAT, SEAT, act, act_in, add, item, mesa, person, remark,
};

fn command(number: u128, target: Option<ItemId>, kind: ContributionKind, text: &str) -> Command {
    Command::Deliberation(deliberation::Command::Contribute {
        item: item(number),
        target,
        kind,
        text: remark(text),
    })
}

fn question(number: u128, target: Option<ItemId>) -> Command {
    command(number, target, ContributionKind::Question, "¿Desde cuándo?")
}

/// A problem (1) and what an actor asked about it (2).
fn asked() -> AtMesa {
    let mut state = mesa(Phase::Analysis);
    add(&mut state, F, 1, ItemKind::Problem, None);
    act(&mut state, Role::Actor, question(2, Some(item(1)))).unwrap();
    state
}

fn answer(
    state: &mut AtMesa,
    status: ResponseStatus,
    reason: Option<&str>,
    change: Option<ItemId>,
) -> Result<Vec<Event>, Rejection> {
    let response = Response { status, reason: reason.map(remark), change };
    act(
        state,
        F,
        Command::Deliberation(deliberation::Command::Assign {
            item: item(2),
            value: Assignment::Response(response),
        }),
    )
}

fn says(state: &AtMesa, number: u128) -> Option<String> {
    state
        .item(item(number))
        .unwrap()
        .as_contribution()
        .unwrap()
        .text
        .as_ref()
        .map(ToString::to_string)
}

#[test]
fn a_contribution_says_who_for_when_and_what_about() {
    let state = asked();
    let made = state.item(item(2)).unwrap();
    assert_eq!(made.author, Some(person(Role::Actor)));
    let contribution = made.as_contribution().unwrap();
    assert_eq!(
        (contribution.actor, contribution.target, contribution.at),
        (Some(ActorNumber(1)), Some(item(1)), NOW)
    );
    assert_eq!(
        (says(&state, 2).as_deref(), contribution.response.status),
        (Some("¿Desde cuándo?"), ResponseStatus::Pending)
    );
    assert_eq!(state.deliberation.contributions_to(Some(item(1))).count(), 1);
    assert_eq!(state.deliberation.contributions_to(None).count(), 0);
}

#[test]
fn it_is_about_the_mesa_as_a_whole_or_about_anything_that_is_there() {
    let mut state = asked();
    act(&mut state, Role::Participant, question(3, None)).unwrap();
    act(
        &mut state,
        Role::Participant,
        command(4, Some(item(2)), ContributionKind::Feedback, "Desde 2023"),
    )
    .unwrap();
    assert_eq!(state.deliberation.contributions_to(None).count(), 1);
    assert_eq!(state.deliberation.contributions, [item(2), item(3), item(4)]);
    assert_eq!(
        act(&mut state, F, question(5, Some(item(99)))),
        Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem))
    );
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(1) }))
        .unwrap();
    assert_eq!(
        act(&mut state, F, question(5, Some(item(1)))),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    assert_eq!(act(&mut state, F, question(2, None)), Err(Rejection::IdTaken));
}

#[test]
fn nobody_edits_what_someone_said() {
    let mut state = asked();
    for field in [domain::TextField::Title, domain::TextField::Statement] {
        let patch = domain::Patch::splice(0, 0, "x");
        assert_eq!(
            act(
                &mut state,
                F,
                Command::Deliberation(deliberation::Command::Patch {
                    item: item(2),
                    field,
                    base: 0,
                    patch
                })
            ),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
        );
    }
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Move { item: item(2), after: None })
        ),
        Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
    );
    let value = Assignment::Origin(None);
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Assign { item: item(2), value })
        ),
        Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
    );
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Hide { item: item(1), hidden: true })
        ),
        Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
    );
}

#[test]
fn an_answer_other_than_pending_gives_its_reason() {
    let mut state = asked();
    for status in
        [ResponseStatus::Adopted, ResponseStatus::PartlyAdopted, ResponseStatus::NotAdopted]
    {
        assert_eq!(answer(&mut state, status, None, None), Err(Rejection::ReasonNeeded));
        assert_eq!(
            answer(&mut state, status, Some("Se agregó el año"), Some(item(1))).unwrap().len(),
            1
        );
    }
    assert_eq!(
        answer(&mut state, ResponseStatus::Adopted, Some("Sí"), Some(item(99))),
        Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem))
    );
    assert_eq!(answer(&mut state, ResponseStatus::Pending, None, None).unwrap().len(), 1);
    let value = Assignment::Response(Response::default());
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Assign { item: item(1), value })
        ),
        Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
    );
}

#[test]
fn the_public_learns_the_actor_and_not_the_person() {
    let mut state = asked();
    let event = act(&mut state, Role::Actor, question(3, None)).unwrap().remove(0);
    let Projected::Event(Event::Deliberation(deliberation::Event::Contributed {
        mesa: HERE,
        author,
        actor,
        ..
    })) = project::project(&event, &state.0, Viewer::Public)
    else {
        panic!("a contribution is public")
    };
    assert_eq!((author, actor), (None, Some(ActorNumber(1))));
    let seen = state.for_viewer(Viewer::Public);
    let seen = seen.item(item(3)).unwrap();
    assert_eq!((seen.author, seen.as_contribution().unwrap().actor), (None, Some(ActorNumber(1))));
    assert_eq!(
        state.for_viewer(Viewer::Seat(HERE)).item(item(3)).unwrap().author,
        Some(person(Role::Actor))
    );
}

#[test]
fn what_is_hidden_is_read_by_the_facilitation_alone_and_comes_back_whole() {
    let mut state = asked();
    answer(&mut state, ResponseStatus::NotAdopted, Some("Fuera de tema"), None).unwrap();
    let before = state.clone();
    let hidden = act(
        &mut state,
        Role::CoFacilitator,
        Command::Deliberation(deliberation::Command::Hide { item: item(2), hidden: true }),
    )
    .unwrap();
    assert_eq!(
        hidden,
        [Event::Deliberation(deliberation::Event::HiddenSet { item: item(2), hidden: true })]
    );
    assert_eq!(
        says(&state.for_viewer(Viewer::Facilitation(HERE)), 2).as_deref(),
        Some("¿Desde cuándo?")
    );
    for viewer in [Viewer::Seat(HERE), Viewer::Public] {
        let seen = state.for_viewer(viewer);
        let contribution = seen.item(item(2)).unwrap().as_contribution().unwrap().clone();
        assert_eq!(
            (contribution.text, contribution.response, contribution.hidden),
            (None, Response::default(), true)
        );
        assert_eq!(seen.deliberation.contributions_to(Some(item(1))).count(), 0);
        // An answer given meanwhile is hidden with it.
        let mut later = state.clone();
        let answered =
            answer(&mut later, ResponseStatus::Adopted, Some("Siempre sí"), None).unwrap();
        assert_eq!(project::project(&answered[0], &later.0, viewer), Projected::Hidden);
    }
    assert_eq!(
        state.deliberation.contributions_to(Some(item(1))).count(),
        1,
        "the facilitation sees it, with its mark"
    );
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Hide { item: item(2), hidden: false }),
    )
    .unwrap();
    for viewer in [Viewer::Facilitation(HERE), Viewer::Seat(HERE), Viewer::Public] {
        assert_eq!(state.for_viewer(viewer), before.for_viewer(viewer));
    }
    assert_eq!(
        act(
            &mut state,
            F,
            Command::Deliberation(deliberation::Command::Hide { item: item(2), hidden: false })
        ),
        Ok(Vec::new())
    );
}

#[test]
fn what_is_hidden_from_someone_is_gone_for_them() {
    let mut state = asked();
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Hide { item: item(2), hidden: true }),
    )
    .unwrap();
    let response =
        Response { status: ResponseStatus::Adopted, reason: Some(remark("Sí")), change: None };
    let answer = Command::Deliberation(deliberation::Command::Assign {
        item: item(2),
        value: Assignment::Response(response),
    });
    assert_eq!(
        act_in(&mut state, Role::Actor, Some(OTHER_SEAT), answer.clone()),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    assert_eq!(
        act_in(&mut state, Role::Actor, Some(SEAT), question(3, Some(item(2)))),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    assert_eq!(act(&mut state, Role::Rapporteur, answer).unwrap().len(), 1);
}

#[test]
fn its_author_and_the_facilitator_take_it_back_and_restore_it() {
    let mut state = asked();
    for role in [Role::Rapporteur, Role::Participant, Role::CoFacilitator] {
        assert!(
            act(
                &mut state,
                role,
                Command::Deliberation(deliberation::Command::Remove { item: item(2) })
            )
            .is_err(),
            "{role:?}"
        );
    }
    for role in [Role::Actor, F] {
        act(
            &mut state,
            role,
            Command::Deliberation(deliberation::Command::Remove { item: item(2) }),
        )
        .unwrap();
        assert_eq!(state.deliberation.contributions_to(Some(item(1))).count(), 0);
        assert_eq!(says(&state.for_viewer(Viewer::Public), 2), None);
        act(
            &mut state,
            role,
            Command::Deliberation(deliberation::Command::Restore { item: item(2) }),
        )
        .unwrap();
        assert_eq!(says(&state.for_viewer(Viewer::Public), 2).as_deref(), Some("¿Desde cuándo?"));
    }
}

#[test]
fn hiding_and_deleting_do_not_get_in_each_others_way() {
    let mut state = asked();
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Hide { item: item(2), hidden: true }),
    )
    .unwrap();
    for command in [
        Command::Deliberation(deliberation::Command::Remove { item: item(2) }),
        Command::Deliberation(deliberation::Command::Restore { item: item(2) }),
    ] {
        let event = act(&mut state, F, command).unwrap().remove(0);
        assert_eq!(says(&state.for_viewer(Viewer::Public), 2), None);
        assert_eq!(says(&state.for_viewer(Viewer::Seat(HERE)), 2), None);
        let sent =
            serde_json::to_string(&project::project(&event, &state.0, Viewer::Public)).unwrap();
        assert!(!sent.contains("Desde"), "{sent}");
    }
}

#[test]
fn there_is_an_end_to_contributions() {
    let mut state = asked();
    for number in 1..u128::from(CONTRIBUTION_LIMIT) {
        let alias = domain::Alias(u32::try_from(state.0.aliases.len()).unwrap());
        let (id, kind, text) = (item(10_000 + number), ContributionKind::Question, remark("Otra"));
        state.apply(&Event::Deliberation(deliberation::Event::Contributed {
            mesa: HERE,
            item: id,
            alias,
            target: None,
            kind,
            text,
            actor: None,
            author: None,
            at: 0,
        }));
    }
    assert_eq!(
        act(&mut state, F, question(3, None)),
        Err(Rejection::TooMany { limit: CONTRIBUTION_LIMIT })
    );
}

#[test]
fn the_facilitation_says_what_someone_in_a_seat_tells_it_and_nobody_else_does() {
    let say = |state: &AtMesa, number: u128, kind, role, on_behalf| {
        let command = Command::Deliberation(deliberation::Command::Contribute {
            item: item(number),
            target: None,
            kind,
            text: remark("Que la ruta pase por la barranca"),
        });
        let context = Context { person: person(role), seat: None, role, now: 0, since: &[] };
        decide_for(&state.0, HERE, &command, &context, on_behalf)
    };
    let mut state = mesa(Phase::Analysis);
    for (number, role) in (1..).zip([Role::Facilitator, Role::CoFacilitator, Role::Rapporteur]) {
        let events = say(&state, number, ContributionKind::Question, role, Some(SEAT)).unwrap();
        let [
            Event::Deliberation(deliberation::Event::Contributed {
                mesa: HERE, actor, author, ..
            }),
        ] = &events[..]
        else {
            panic!("{events:?}")
        };
        assert_eq!(
            (*actor, *author),
            (Some(ActorNumber(1)), Some(person(role))),
            "in the seat's name, by who typed it"
        );
    }
    for role in
        [Role::Actor, Role::Participant, Role::Follower, Role::Projector, Role::Administrator]
    {
        assert_eq!(
            say(&state, 9, ContributionKind::Question, role, Some(SEAT)),
            Err(Rejection::NotOnBehalf),
            "{role:?}"
        );
    }
    let nobody = SeatId(uuid::Uuid::nil());
    assert_eq!(
        say(&state, 9, ContributionKind::Question, Role::Facilitator, Some(nobody)),
        Err(Rejection::NotOnBehalf)
    );
    // On behalf of a seat one can only contribute, and only what the seat's actor may contribute
    // then.
    let context = Context {
        person: person(Role::Facilitator),
        seat: None,
        role: Role::Facilitator,
        now: 0,
        since: &[],
    };
    assert_eq!(
        decide_for(
            &state.0,
            HERE,
            &Command::Conduct(conduct::Command::SetDoor { open: true }),
            &context,
            Some(SEAT)
        ),
        Err(Rejection::NotOnBehalf)
    );
    assert!(say(&state, 9, ContributionKind::Objection, Role::Facilitator, Some(SEAT)).is_err());
    state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to: Phase::ReadOut, at: 0 }));
    assert!(say(&state, 9, ContributionKind::Objection, Role::Facilitator, Some(SEAT)).is_ok());
    assert!(
        say(&state, 9, ContributionKind::Objection, Role::Facilitator, None).is_err(),
        "it has no objection of its own"
    );
}
