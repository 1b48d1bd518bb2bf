//! The order in which things are projected, and the next and previous one.

use domain::conduct::Command as Conduct;
use domain::{Command, ItemId, ItemKind, Mesa, Phase, Shown, agreement};
use leptos::prelude::*;

use crate::erased::memo;
use crate::state::Live;
use crate::text::{chart, conduct, desk, name, priority};

/// Everything that can be projected, in the order of the buttons: the agreement, then its
/// commitments, then the problems. While the plan is read out, its commitments, at whatever mesa.
fn order(state: &Mesa) -> Vec<Shown> {
    if let Some(version) = state.plan.version().filter(|_| reads_out(state)) {
        let items = version.commitments.iter().map(|commitment| Shown::Item(commitment.item));
        return std::iter::once(Shown::Agreement).chain(items).collect();
    }
    let items =
        state.visible(ItemKind::Commitment, None).chain(state.visible(ItemKind::Problem, None));
    std::iter::once(Shown::Agreement).chain(items.map(|item| Shown::Item(item.id))).collect()
}

/// Whether the plan is being read out.
fn reads_out(state: &Mesa) -> bool {
    state.conduct.phase == Phase::ReadOut
}

/// The next or the previous one; if the given one is gone, the first.
fn beside(state: &Mesa, of: &Shown, forward: bool) -> Option<Shown> {
    let order = order(state);
    let beside = match order.iter().position(|shown| shown == of) {
        Some(place) if forward => place + 1,
        Some(place) => place.checked_sub(1)?,
        None if forward => 0,
        None => return None,
    };
    order.into_iter().nth(beside)
}

/// The number of an item among its kind, and how many there are: "3 de 5".
pub(in crate::pages) fn place(state: &Mesa, id: ItemId) -> Option<(usize, usize)> {
    if let Some(version) = state.plan.version().filter(|_| reads_out(state)) {
        return Some((version.number_of(id)?, version.commitments.len()));
    }
    let item = state.item(id)?;
    Some((state.number(item)?, state.visible(item.kind(), item.parent()).count()))
}

/// The name of what is projected.
pub(in crate::pages) fn called(live: Live, state: &Mesa, shown: &Shown) -> String {
    match shown {
        Shown::Agreement => desk::AGREEMENT.to_owned(),
        Shown::Blank => desk::BLANK.to_owned(),
        Shown::Chart => chart::CHART.to_owned(),
        Shown::Priority => priority::HEADING.to_owned(),
        Shown::Item(id) => state
            .item(*id)
            .filter(|item| state.is_visible(item))
            .map(|item| name::title(item))
            .or_else(|| state.plan.version()?.number_of(*id).map(|_| live.title_of(*id)))
            .unwrap_or_else(|| desk::BLANK.to_owned()),
    }
}

/// What is projected, and what is being prepared while the projection is paused on this device.
#[derive(Clone, Copy)]
pub struct Stage {
    live: Live,
    /// What the room sees.
    pub shown: Memo<Shown>,
    /// What was last projected before the blank screen.
    last: Memo<Shown>,
    /// What was chosen since the projection was paused; none: it isn't paused.
    prepared: RwSignal<Option<Shown>>,
    /// Whether the viewer may change what is shown: nobody else took the wall.
    pub mine: Memo<bool>,
    /// The items that wait to be shown and can be seen, in order.
    pub next: Memo<Vec<ItemId>>,
}

impl Stage {
    /// The mesa's stage.
    pub fn new(live: Live) -> Self {
        let view = live.view();
        let shown = memo(move || view.read().conduct.shown.clone());
        let last = Memo::new(move |before: Option<&Shown>| match shown.get() {
            Shown::Blank => before.cloned().unwrap_or_default(),
            other => other,
        });
        let me = live.me().person;
        let mine = memo(move || {
            let state = view.read();
            let own = |by| me.is_some_and(|me| state.people.are_one(by, me));
            state.conduct.wall.by.is_none_or(own)
        });
        let next = memo(move || {
            let state = view.read();
            let is_there =
                |id: &&ItemId| state.item(**id).is_some_and(|item| state.is_visible(item));
            state.conduct.wall.next.iter().filter(is_there).copied().collect::<Vec<_>>()
        });
        Self { live, shown, last, prepared: RwSignal::new(None), mine, next }
    }

    /// What the desk highlights: what is being prepared, otherwise what is projected.
    pub fn pointed(self) -> Memo<Shown> {
        memo(move || self.prepared.get().unwrap_or_else(|| self.shown.get()))
    }

    /// Whether what is shown can be changed here now.
    pub fn ready(self) -> Signal<bool> {
        let ready = self.live.condition.ready();
        Signal::derive(move || ready.get() && self.mine.get())
    }

    /// Whether the projection is paused: the room sees the same while something else is prepared
    /// here.
    pub fn is_paused(self) -> bool {
        self.prepared.read().is_some()
    }

    /// Shows something here alone, until it is projected.
    pub fn prepare(self, shown: Shown) {
        self.prepared.set(Some(shown));
    }

    /// Has an item wait to be shown, first or last.
    pub fn line_up(self, item: ItemId, first: bool) {
        self.live.submit(Command::Conduct(Conduct::LineUp { item, first }));
    }

    /// Projects something, or prepares it while paused.
    pub fn show(self, shown: Shown) {
        if self.prepared.read_untracked().is_some() {
            self.prepared.set(Some(shown));
        } else {
            self.live.submit(self.showing(shown));
        }
    }

    /// What shows something: while the plan is read out, its commitments are read at all mesas.
    fn showing(self, shown: Shown) -> Command {
        let state = self.live.view().get_untracked();
        let reads = reads_out(&state) && order(&state).contains(&shown);
        match shown {
            Shown::Item(item) if reads => {
                Command::Agreement(agreement::Command::ReadOut { commitment: Some(item) })
            }
            Shown::Agreement if reads => {
                Command::Agreement(agreement::Command::ReadOut { commitment: None })
            }
            shown => Command::Conduct(Conduct::Show { shown }),
        }
    }

    /// Pauses, or resumes with what was prepared.
    pub fn toggle_pause(self) {
        match self.prepared.get_untracked() {
            None => self.prepared.set(Some(self.shown.get_untracked())),
            Some(shown) => {
                self.prepared.set(None);
                self.show(shown);
            }
        }
    }

    /// Blanks the screen, or returns to what was projected.
    pub fn toggle_blank(self) {
        let to = if self.is_blank() { self.last.get_untracked() } else { Shown::Blank };
        self.prepared.set(None);
        self.show(to);
    }

    /// Whether the screen is blank.
    pub fn is_blank(self) -> bool {
        *self.shown.read() == Shown::Blank
    }

    /// The next or the previous one: what waits comes before what follows in the list.
    pub fn beside(self, forward: bool) -> Memo<Option<Shown>> {
        let (view, next) = (self.live.view(), self.next);
        memo(move || {
            let waits =
                next.read().first().copied().filter(|_| forward && !reads_out(&view.read()));
            if let Some(item) = waits {
                return Some(Shown::Item(item));
            }
            let from = self.prepared.get().unwrap_or_else(|| self.last.get());
            beside(&view.read(), &from, forward)
        })
    }

    /// "3 de 5", while an item is highlighted.
    pub fn place(self) -> Memo<Option<String>> {
        let (view, pointed) = (self.live.view(), self.pointed());
        memo(move || match pointed.get() {
            Shown::Item(id) => place(&view.read(), id).map(|(place, of)| conduct::place(place, of)),
            Shown::Agreement | Shown::Blank | Shown::Chart | Shown::Priority => None,
        })
    }
}
