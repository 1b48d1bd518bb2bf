//! Pieces that several screens are made of. They show and ask; what may be done is asked of the
//! domain.

pub mod answer;
pub mod bar;
pub mod category;
pub mod changes;
pub mod confirm;
pub mod contributions;
pub mod countdown;
pub mod difference;
pub mod facts;
pub mod field;
pub mod heading;
pub mod item_list;
pub mod item_row;
pub mod leaving;
pub mod missing;
pub mod other_mesas;
pub mod proposals;
pub mod quota;
pub mod ranking;
pub mod remark;
pub mod removed;
pub mod surround;
pub mod timer;
pub mod unsent;

pub use bar::bar;
pub use category::CategoryMark;
pub use confirm::{Asked, Confirm};
pub use contributions::Contributions;
pub use countdown::{Countdown, seconds_left};
pub use facts::{Fact, Facts};
pub use heading::{Announced, ScreenHeading};
pub use item_list::ItemList;
pub use item_row::PlaceButtons;
pub use leaving::Leaving;
pub use other_mesas::OtherMesas;
pub use quota::Quota;
pub use ranking::Ranking;
pub use surround::MesaSurround;
pub use timer::PhaseTimer;
pub use unsent::UnsentNote;
