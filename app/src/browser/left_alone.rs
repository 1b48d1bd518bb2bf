//! The advice that the person wants to hear no more of, until the page is loaded anew.

use std::cell::RefCell;

use domain::ItemId;
use domain::deliberation::advice::{Advice, Place};

/// Advice on a field of an item.
type Left = (ItemId, Place, Advice);

thread_local! {
    static LEFT: RefCell<Vec<Left>> = const { RefCell::new(Vec::new()) };
}

/// All of it.
pub(crate) fn all() -> Vec<Left> {
    LEFT.with_borrow(Clone::clone)
}

/// From now on this one too.
pub(crate) fn leave(left: Left) {
    LEFT.with_borrow_mut(|all| all.push(left));
}
