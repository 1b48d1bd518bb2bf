//! The last documents that were sent: setting one takes seconds, and everybody gets the same.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use document::Pdf;
use domain::{Seq, StreamId};

use crate::service::document::Kind;

/// How many are kept: both copies of two plans.
const KEPT: usize = 4;

/// Of which exercise at which moment, and which document.
type Which = (StreamId, Seq, Kind);

/// The documents.
#[derive(Debug, Default)]
pub(super) struct Papers(Mutex<VecDeque<(Which, Arc<Pdf>)>>);

impl Papers {
    /// One that was set for this moment of the exercise.
    pub(super) fn get(&self, which: Which) -> Option<Arc<Pdf>> {
        let papers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        papers.iter().find(|(kept, _)| *kept == which).map(|(_, pdf)| Arc::clone(pdf))
    }

    /// Keeps one.
    pub(super) fn put(&self, which: Which, pdf: Arc<Pdf>) {
        let mut papers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        papers.push_front((which, pdf));
        papers.truncate(KEPT);
    }
}
