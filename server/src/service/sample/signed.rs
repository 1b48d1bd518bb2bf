//! The sample agreed to and signed: eight slots of all kinds, and the sealed document.

use std::sync::Arc;

use document::{Renderer, Request};
use domain::agreement::signing::{BOX, Command as Signing, Drawing, Hand, Noted, Point};
use domain::agreement::{Command as Agreeing, Reason, Stance};
use domain::decide::decide;
use domain::judge::Context;
use domain::{
    ActorNumber, Command, MesaId, PersonId, Phase, Rejection, Role, SeatId, ServerCommand, conduct,
};
use store::Store;

use super::{FIRST, SampleError, content};
use crate::clock;
use crate::service::document::{DocumentError, Source};
use crate::service::entry::Ledger;
use crate::service::{plan, signing};

/// What an actor does when it is asked to sign.
enum Does {
    Draws,
    Types(&'static str),
    Declines(&'static str),
    /// The facilitation notes it.
    Noted(Noted),
}

/// What the eight actors do, in the order of their numbers.
fn slots() -> [Does; 8] {
    [
        Does::Draws,
        Does::Draws,
        Does::Draws,
        Does::Draws,
        Does::Types("Rosa Elena Ñúñez Martínez"),
        Does::Declines(content::DECLINES),
        Does::Draws,
        Does::Noted(Noted::Paper),
    ]
}

/// Has the sample, which is frozen, agreed to by rule and signed. `base` is the base address of
/// links.
///
/// # Errors
/// [`SampleError`].
pub async fn sign(
    store: &Store,
    renderer: &Renderer,
    mesa: MesaId,
    base: &str,
) -> Result<(), SampleError> {
    let mut table = Table { ledger: Ledger::load(store, mesa.exercise).await?, mesa };
    table.lead(change(Phase::Conformity))?;
    table.agree()?;
    table.lead(change(Phase::Signing))?;
    table.set_pages(store, renderer, base).await?;
    for (number, does) in (1..).zip(slots()) {
        table.fill(ActorNumber(number), &does)?;
    }
    table.set_pages(store, renderer, base).await?;
    table.consent()?;
    table.ledger.write(store).await?;
    // What the seal names is on the chain.
    let loaded = store.load(mesa.exercise).await?.ok_or(DocumentError::NotFound)?;
    let (exercise, stream, now) = (&loaded.state, mesa.exercise, clock::now());
    let round = exercise.plan.round().ok_or(DocumentError::NotFound)?;
    let source = Source { exercise, stream, base, now };
    let seal = signing::seal(store, renderer, &source, round, loaded.head).await?;
    let mut ledger = Ledger::load(store, stream).await?;
    ledger.enter(&ServerCommand::Signing(seal))?;
    ledger.write(store).await?;
    Ok(())
}

fn change(to: Phase) -> Command {
    Command::Conduct(conduct::Command::ChangePhase { to })
}

fn of(command: Signing) -> Command {
    Command::Agreement(Agreeing::Signing(command))
}

struct Table {
    ledger: Ledger,
    mesa: MesaId,
}

impl Table {
    fn act(
        &mut self,
        role: Role,
        seat: Option<SeatId>,
        command: &Command,
    ) -> Result<(), Rejection> {
        let now = clock::now();
        let context = Context { person: PersonId(clock::new_id()), seat, role, now, since: &[] };
        let mut events = decide(self.ledger.state(), FIRST, command, &context)?;
        plan::follow(self.ledger.state(), self.mesa.exercise, &mut events, now);
        self.ledger.add(events);
        Ok(())
    }

    fn lead(&mut self, command: Command) -> Result<(), Rejection> {
        self.act(Role::Facilitator, None, &command)
    }

    fn seat_of(&self, number: ActorNumber) -> Option<SeatId> {
        let actors = &self.ledger.state().actors;
        Some(actors.iter().find(|actor| actor.number == number)?.seats.first()?.id)
    }

    /// Everybody agrees, but for a reservation and an abstention.
    fn agree(&mut self) -> Result<(), Rejection> {
        let state = self.ledger.state();
        let Some(version) = state.plan.version().cloned() else { return Ok(()) };
        let signing = state.actors.iter().filter(|actor| actor.signs && !actor.withdrawn);
        let numbers: Vec<_> = signing.map(|actor| actor.number).collect();
        for number in numbers {
            let stances = (0..).zip(&version.commitments).map(|(at, frozen)| {
                let reserve = || Reason::parse(content::RESERVATION).ok();
                let stance = match (number.0, at) {
                    (5, 4) => reserve().map_or(Stance::Agree, Stance::AgreeWithReservation),
                    (6, 3) => Stance::Abstain,
                    _ => Stance::Agree,
                };
                (frozen.item, stance)
            });
            let stances = stances.collect();
            let state = Agreeing::State { version: version.number, stances };
            self.act(Role::Actor, self.seat_of(number), &Command::Agreement(state))?;
        }
        self.lead(Command::Agreement(Agreeing::Close { reason: None }))
    }

    async fn document(
        &self,
        store: &Store,
        renderer: &Renderer,
        base: &str,
    ) -> Result<Arc<document::Pdf>, SampleError> {
        let state = self.ledger.state();
        let round = state.plan.round().ok_or(DocumentError::NotFound)?;
        let (exercise, stream, now) = (state, self.mesa.exercise, clock::now());
        let (plan, _) = Source { exercise, stream, base, now }.to_sign(store, round).await?;
        let set = renderer.render(&Request::Pal(Box::new(plan))).await;
        Ok(set.map_err(DocumentError::from)?)
    }

    async fn set_pages(
        &mut self,
        store: &Store,
        renderer: &Renderer,
        base: &str,
    ) -> Result<(), SampleError> {
        let pdf = self.document(store, renderer, base).await?;
        let state = self.ledger.state();
        let round = state.plan.round().ok_or(DocumentError::NotFound)?;
        let (exercise, stream, now) = (state, self.mesa.exercise, clock::now());
        let (_, base) = Source { exercise, stream, base, now }.to_sign(store, round).await?;
        let set = signing::set_pages(round, &pdf, base);
        Ok(self.ledger.enter(&ServerCommand::Signing(set))?)
    }

    fn fill(&mut self, number: ActorNumber, does: &Does) -> Result<(), Rejection> {
        let Some(round) = self.ledger.state().plan.round() else { return Ok(()) };
        let (version, pages) = (round.version, round.pages.unwrap_or_default());
        let sign = |hand| of(Signing::Sign { version, pages, hand });
        let command = match does {
            Does::Draws => sign(Hand::Drawn {
                initials: drawing(number.0, 24),
                signature: drawing(number.0, 70),
            }),
            Does::Types(name) => sign(Hand::Typed(content::short(name))),
            Does::Declines(reason) => match Reason::parse(reason) {
                Ok(reason) => of(Signing::Decline { version, reason }),
                Err(_) => return Ok(()),
            },
            Does::Noted(noted) => {
                let noted = Some(noted.clone());
                return self.lead(of(Signing::Note { actor: number, noted }));
            }
        };
        self.act(Role::Actor, self.seat_of(number), &command)
    }

    /// Who signed before the refusal consents to the pages that it added, if it added any.
    fn consent(&mut self) -> Result<(), Rejection> {
        let Some(round) = self.ledger.state().plan.round().cloned() else { return Ok(()) };
        let (version, pages) = (round.version, round.pages.unwrap_or_default());
        for number in round.open() {
            let command = of(Signing::Consent { version, pages });
            self.act(Role::Actor, self.seat_of(number), &command)?;
        }
        Ok(())
    }
}

/// Strokes such as a hand makes, others for each number.
fn drawing(number: u16, points: u16) -> Option<Arc<Drawing>> {
    let seed = f32::from(number);
    let (width, height) = (f32::from(BOX.0), f32::from(BOX.1));
    let place = |x: f32, y: f32| -> Point {
        let inside = |value: f32, most: f32| value.clamp(0.06 * most, 0.94 * most) as u16;
        (inside(x, width), inside(y, height))
    };
    let loops = (0..points).map(|step| {
        let t = f32::from(step) / f32::from(points);
        let wave = t * f32::from(points) / 4.0;
        let x = width * (0.1 + 0.72 * t + 0.06 * (wave * 1.3 + seed).sin());
        let y =
            height * (0.5 + 0.26 * (wave + seed * 1.7).sin() + 0.12 * (wave * 2.1 + seed).cos());
        place(x, y)
    });
    let under = (0..20_u16).map(|step| {
        let t = f32::from(step) / 20.0;
        place(width * (0.15 + 0.7 * t), height * (0.86 + 0.03 * (t * 5.0 + seed).sin()))
    });
    Drawing::new(vec![loops.collect(), under.collect()]).ok().map(Arc::new)
}
