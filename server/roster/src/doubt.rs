//! What is asked about a row, what is offered, and what was answered: as data, without words.

use std::collections::{BTreeMap, BTreeSet};

use domain::exercise::{SeatKind, Sector};
use serde::{Deserialize, Serialize};

use crate::lines::{Field, Place};

/// A question about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The row's number in the person's own sheet.
    pub row: u32,
    /// Under what its answer is kept. One answer may settle several rows.
    pub asked: Asked,
    /// What is in doubt.
    pub doubt: Doubt,
    /// What can be answered, the likeliest first.
    pub offers: Vec<Offer>,
}

/// What an answer belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Asked {
    /// One seat of one row.
    Line(Place, Topic),
    /// An organisation's name, folded: all rows that have it.
    Organisation(String),
    /// The sector of the organisation of that folded name.
    SectorOf(String),
    /// A word for a sector, folded: all rows that have it.
    SectorWord(String),
}

/// Which question of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// Whether it is one row.
    Row,
    /// What a cell says.
    Cell(Field),
    /// Which organisation it is about.
    Organisation,
    /// Titular or suplente.
    Seat,
    /// Whether the organisation signs.
    Signs,
    /// The address.
    Mail,
    /// Whether two people have one address.
    SharedMail,
    /// What becomes of the person whose seat this is.
    Person,
    /// Which of two rows about one person counts.
    Twice,
}

/// What is in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// A quotation mark may be open, so that several rows became one.
    Swallowing,
    /// A cell has characters that turn the reading direction, or other control characters.
    Hidden {
        /// Which cell.
        field: Field,
    },
    /// A cell is longer than allowed.
    TooLong {
        /// Which cell.
        field: Field,
        /// Its length, in Unicode scalars.
        length: usize,
        /// How long it may be.
        limit: usize,
    },
    /// The row names no organisation.
    NoOrganisation,
    /// The organisation's name is close to others.
    NearOrganisation {
        /// As it was written.
        given: String,
        /// The others: known ones and those of earlier rows.
        near: Vec<String>,
    },
    /// The organisation is unknown and the list doesn't say its sector.
    NewOrganisation {
        /// As it was written.
        given: String,
        /// What its name suggests.
        likely: Option<Sector>,
    },
    /// A word for a sector isn't known.
    Sector {
        /// As it was written.
        given: String,
        /// The word that it may be, in Spanish and lower case, and what it means.
        likely: Option<(String, Sector)>,
    },
    /// The rows of one organisation say different sectors.
    SectorsDiffer {
        /// Which ones.
        sectors: Vec<Sector>,
    },
    /// It isn't clear which seat it is.
    Seat {
        /// As it was written.
        given: String,
        /// What it may be.
        likely: Option<SeatKind>,
    },
    /// It isn't clear whether the organisation signs.
    Signs {
        /// As it was written.
        given: String,
    },
    /// Several addresses stand in one cell.
    SeveralAddresses {
        /// As it was written.
        given: String,
    },
    /// The address can't be right, or likely isn't.
    Address {
        /// As it was written.
        given: String,
        /// What it may be.
        likely: Option<String>,
    },
    /// Other people have the address, too.
    SharedMail {
        /// The address.
        mail: String,
        /// Who.
        with: Vec<Other>,
    },
    /// Others have the seat already.
    Taken {
        /// Which seat.
        kind: SeatKind,
        /// Who.
        by: Vec<Other>,
    },
    /// An earlier row is about the same person in the same seat and says something else.
    Twice {
        /// The earlier row.
        row: u32,
        /// In what they differ.
        fields: Vec<Field>,
    },
}

/// Somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Their name.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// Their row in the list; none for somebody who is known and not in the list.
    pub row: Option<u32>,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// An answer that one tap gives.
    Answer(Answer),
    /// Writing it: [`Answer::Take`] with what was written.
    Write,
    /// Choosing one of the known organisations: [`Answer::Take`] with its name.
    ChooseOrganisation,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It is right as it is: a new organisation, an address of two people, this row's details.
    Keep,
    /// It is this: an offered spelling or address, something written, the name of another
    /// organisation.
    Take(String),
    /// This sector.
    Sector(Sector),
    /// This seat.
    Seat(SeatKind),
    /// Whether it signs.
    Signs(bool),
    /// The person follows the one of this name, who has the seat now.
    Replace(String),
    /// The person is the one of this name, who has the seat now; the name is written right here.
    SamePerson(String),
    /// The person is another suplente.
    AnotherAlternate,
    /// The cell counts as empty: without an address.
    Blank,
    /// The row isn't added.
    LeaveOut,
}

/// What was answered. An answer that doesn't fit its question is as none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Asked, Answer)>", into = "Vec<(Asked, Answer)>")]
pub struct Answers(BTreeMap<Asked, Answer>);

impl Answers {
    /// Answers a question; an earlier answer to it no longer counts.
    pub fn give(&mut self, asked: Asked, answer: Answer) {
        self.0.insert(asked, answer);
    }

    /// Takes an answer back.
    pub fn take_back(&mut self, asked: &Asked) {
        self.0.remove(asked);
    }

    /// The answer to a question.
    pub fn get(&self, asked: &Asked) -> Option<&Answer> {
        self.0.get(asked)
    }

    /// The answer to a question about a row.
    pub(crate) fn of(&self, place: Place, topic: Topic) -> Option<&Answer> {
        self.get(&Asked::Line(place, topic))
    }

    /// The rows that aren't to be added.
    pub(crate) fn left_out(&self) -> BTreeSet<Place> {
        let left_out = self.0.iter().filter(|(_, answer)| **answer == Answer::LeaveOut);
        left_out
            .filter_map(|(asked, _)| match asked {
                Asked::Line(place, _) => Some(*place),
                Asked::Organisation(_) | Asked::SectorOf(_) | Asked::SectorWord(_) => None,
            })
            .collect()
    }
}

impl From<Vec<(Asked, Answer)>> for Answers {
    fn from(answers: Vec<(Asked, Answer)>) -> Self {
        Self(answers.into_iter().collect())
    }
}

impl From<Answers> for Vec<(Asked, Answer)> {
    fn from(answers: Answers) -> Self {
        answers.0.into_iter().collect()
    }
}
