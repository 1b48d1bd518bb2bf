//! Who signs, and what became of each slot.

use app::text::{document as words, letter};
use document::{Capacity, Drawing, Note, Signer, Standing};
use domain::agreement::signing::{self, Hand, Mark, Noted, Round, Slot};
use domain::exercise::SeatKind;
use domain::{Actor, ActorNumber, Millis, PersonId, ShortText};
use store::{Store, StoreError};

use super::Source;
use super::people::{People, allows_its_name};

/// Longest short name that fits into a box.
const SHORT_NAME: usize = 22;

impl Source<'_> {
    /// The signers in the order of their boxes: those of a signing, or before there is one those who
    /// would sign now.
    pub(super) fn signers(
        &self,
        round: Option<&Round>,
        people: &People,
        public: bool,
    ) -> Vec<Signer> {
        let actors = &self.exercise.actors;
        let these: Vec<&Actor> = match round {
            Some(round) => {
                let of = |number: &ActorNumber| actors.iter().find(|actor| actor.number == *number);
                round.slots.keys().filter_map(of).map(AsRef::as_ref).collect()
            }
            None => {
                let signing = actors.iter().filter(|actor| actor.signs && !actor.withdrawn);
                signing.map(AsRef::as_ref).collect()
            }
        };
        (1..)
            .zip(these.into_iter().take(document::MOST_SIGNERS))
            .map(|(number, actor)| {
                let slot = round.and_then(|round| round.slots.get(&actor.number));
                self.signer(number, actor, slot, people, public)
            })
            .collect()
    }

    /// What became of each slot of a signing, in the order of the document, with the names that this
    /// copy may have.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn signed_by(
        &self,
        store: &Store,
        round: &Round,
        public: bool,
    ) -> Result<Vec<letter::Signer>, StoreError> {
        let people = People::of(store, self.exercise).await?;
        let slot = |(number, slot): (&ActorNumber, &signing::Slot)| {
            let actor = self.exercise.actors.iter().find(|actor| actor.number == *number)?;
            let who = slot.mark.as_ref().and_then(Mark::person);
            let named = who.filter(|who| !public || allows_its_name(self.exercise, *who));
            Some(letter::Signer {
                organisation: actor.organisation.to_string(),
                person: named.and_then(|who| people.name(who)).unwrap_or_default().to_owned(),
                mark: slot.mark.clone(),
            })
        };
        Ok(round.slots.iter().filter_map(slot).collect())
    }

    fn signer(
        &self,
        number: u32,
        actor: &Actor,
        slot: Option<&Slot>,
        people: &People,
        public: bool,
    ) -> Signer {
        let organisation = actor.organisation.to_string();
        let mark = slot.and_then(|slot| slot.mark.as_ref());
        let witness = slot.and_then(Slot::witnessed).filter(|_| !public);
        let seat = actor.seats.iter().find(|seat| actor.acts_by(seat.id));
        let expected =
            || seat.map(|seat| people.in_seat(self.exercise, seat, public)).unwrap_or_default();
        let (capacity, who) = match mark {
            Some(
                Mark::Signed { capacity, person, .. } | Mark::Declined { capacity, person, .. },
            ) => (Some(*capacity), *person),
            Some(Mark::Noted { .. }) | None => (seat.map(|seat| seat.kind), None),
        };
        let may_be_named = |person: &PersonId| !public || allows_its_name(self.exercise, *person);
        let person = match who {
            Some(person) => {
                let named = Some(person).filter(may_be_named);
                named.and_then(|person| people.name(person)).unwrap_or_default().to_owned()
            }
            None => expected(),
        };
        Signer {
            number,
            short_name: short_name(&organisation),
            organisation,
            person,
            post: String::new(),
            capacity: capacity.map(|capacity| match capacity {
                SeatKind::Holder => Capacity::Holder,
                SeatKind::Alternate => Capacity::Alternate,
            }),
            standing: mark.map_or(Standing::Pending, |mark| {
                self.standing(mark, witness.map(ShortText::as_str))
            }),
        }
    }

    fn standing(&self, mark: &Mark, witness: Option<&str>) -> Standing {
        let seen = |said: &str| match witness {
            Some(name) => words::before_witness(said, name),
            None => said.to_owned(),
        };
        let noted = |by: &str, at: Millis| Note { by: seen(by), at: self.moment(at) };
        match mark {
            Mark::Signed { hand, assisted, at, .. } => {
                let at = self.moment(*at);
                match hand {
                    Hand::Drawn { initials: Some(initials), signature: Some(signature) } => {
                        let how = if *assisted { words::DRAWN_ASSISTED } else { words::DRAWN };
                        Standing::Signed {
                            initials: drawing(initials),
                            signature: drawing(signature),
                            at,
                            how: seen(how),
                        }
                    }
                    // The log always has both drawings.
                    Hand::Drawn { .. } => Standing::Pending,
                    Hand::Typed(name) => {
                        let how = if *assisted { words::TYPED_ASSISTED } else { words::TYPED };
                        Standing::Typed { name: name.to_string(), at, how: seen(how) }
                    }
                }
            }
            Mark::Declined { reason, at, .. } => Standing::Refused {
                reason: reason.as_str().to_owned(),
                noted: noted(words::BY_ITSELF, *at),
            },
            Mark::Noted { noted: what, at } => {
                let noted = noted(words::BY_FACILITATION, *at);
                match what {
                    Noted::Fingerprint => Standing::Fingerprint { noted },
                    Noted::Refused(reason) => {
                        Standing::Refused { reason: reason.as_str().to_owned(), noted }
                    }
                    Noted::Absent => Standing::Absent { noted },
                    Noted::Paper => Standing::Paper { noted },
                }
            }
        }
    }
}

fn drawing(drawing: &signing::Drawing) -> Drawing {
    let point = |(x, y): &signing::Point| [f32::from(*x), f32::from(*y)];
    let strokes = drawing.strokes().iter();
    Drawing { strokes: strokes.map(|stroke| stroke.iter().map(point).collect()).collect() }
}

/// An organisation's name for the box of its initials: without what all such names have.
fn short_name(organisation: &str) -> String {
    if organisation.chars().count() <= SHORT_NAME {
        return organisation.to_owned();
    }
    let mut short = String::new();
    for word in organisation.split_whitespace() {
        if matches!(word, "de" | "del" | "la" | "las" | "los" | "el" | "y" | "e" | "para" | "en") {
            continue;
        }
        if !short.is_empty() && short.chars().count() + 1 + word.chars().count() > SHORT_NAME {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_keeps_the_words_that_tell() {
        assert_eq!(short_name("Universidad Estatal"), "Universidad Estatal");
        assert_eq!(short_name("Instituto de Transparencia de Sierra Clara"), "Instituto");
        assert_eq!(short_name("Colectivo de Madres y Padres"), "Colectivo Madres");
    }
}
