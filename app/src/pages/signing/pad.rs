//! A box in which somebody draws, with a finger, a pen or a mouse. White paper and dark ink whatever
//! the theme, because that is how it is printed. What is drawn is kept on the device stroke by
//! stroke, until the server has it.

use domain::ActorNumber;
use domain::agreement::signing::{BOX, Drawing, MOST_STROKES};
use leptos::ev::PointerEvent;
use leptos::html;
use leptos::prelude::*;

use super::strokes::{self, Stroke};
use crate::browser::ink;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::drawing::{self as words, Doubt, Drawn};

/// The points after which a stroke is thinned before it is finished.
const MANY: usize = 2_000;

/// What is being drawn. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Ink {
    live: Live,
    what: Drawn,
    actor: ActorNumber,
    /// The finished strokes.
    strokes: RwSignal<Vec<Stroke>>,
    /// The stroke that is being made; empty: none is.
    stroke: RwSignal<Stroke>,
    /// The pointer that makes it: a second finger doesn't.
    pointer: StoredValue<Option<i32>>,
    /// What was wiped last, until something else is drawn.
    wiped: RwSignal<Vec<Stroke>>,
    /// Whether a stroke was refused because there are too many.
    full: RwSignal<bool>,
    /// The box.
    paper: NodeRef<html::Div>,
}

impl Ink {
    /// Nothing drawn yet.
    pub fn new(live: Live, what: Drawn, actor: ActorNumber) -> Self {
        Self {
            live,
            what,
            actor,
            strokes: RwSignal::new(Vec::new()),
            stroke: RwSignal::new(Vec::new()),
            pointer: StoredValue::new(None),
            wiped: RwSignal::new(Vec::new()),
            full: RwSignal::new(false),
            paper: NodeRef::new(),
        }
    }

    /// The name under which the device keeps it.
    fn draft(self) -> String {
        draft(self.what.name(), self.actor)
    }

    /// Restores what the device kept.
    pub fn put_back(self) {
        let kept = strokes::read(&self.live.drafts.read(&self.draft()));
        if !kept.is_empty() && self.strokes.read_untracked().is_empty() {
            self.strokes.set(kept);
        }
    }

    /// The drawing; none while nothing is drawn.
    pub fn drawing(self) -> Option<Drawing> {
        Drawing::new(self.strokes.get_untracked()).ok()
    }

    /// Whether nothing is drawn.
    pub fn is_blank(self) -> bool {
        self.strokes.read().is_empty()
    }

    /// Notes for whoever reads this that it depends on what is drawn.
    pub fn track(self) {
        self.strokes.track();
    }

    /// Brings the box into view.
    pub fn show(self) {
        if let Some(paper) = self.paper.get_untracked() {
            paper.scroll_into_view();
        }
    }

    /// What may be wrong with it.
    pub fn doubt(self) -> Option<Doubt> {
        match self.drawing() {
            None => Some(Doubt::Blank(self.what)),
            Some(drawing) if drawing.is_slight() => Some(Doubt::Slight(self.what)),
            Some(drawing) if drawing.is_cut() => Some(Doubt::Cut(self.what)),
            Some(_) => None,
        }
    }

    fn begin(self, pointer: i32, at: (f64, f64)) {
        if self.strokes.read_untracked().len() >= MOST_STROKES {
            return self.full.set(true);
        }
        self.pointer.set_value(Some(pointer));
        self.stroke.set(vec![strokes::point(at)]);
    }

    fn go_on(self, at: (f64, f64)) {
        let point = strokes::point(at);
        self.stroke.maybe_update(|stroke| {
            // Along the edge it is told that the pen was outside of the box.
            if stroke.last() == Some(&point) && !strokes::is_on_the_edge(point) {
                return false;
            }
            if stroke.len() >= MANY {
                *stroke = strokes::fitted(&[std::mem::take(stroke)]).remove(0);
            }
            stroke.push(point);
            true
        });
    }

    fn end(self) {
        self.pointer.set_value(None);
        let stroke = self.stroke.try_update(std::mem::take).unwrap_or_default();
        if !stroke.is_empty() {
            self.wiped.set(Vec::new());
            self.change(|strokes| strokes.push(stroke));
        }
    }

    /// Takes the last stroke back, or what was wiped.
    fn undo(self) {
        let wiped = self.wiped.try_update(std::mem::take).unwrap_or_default();
        if wiped.is_empty() {
            self.change(|strokes| {
                strokes.pop();
            });
        } else {
            self.change(|strokes| *strokes = wiped);
        }
    }

    fn wipe(self) {
        self.wiped.set(self.strokes.get_untracked());
        self.change(Vec::clear);
    }

    fn change(self, change: impl FnOnce(&mut Vec<Stroke>)) {
        self.full.set(false);
        self.strokes.update(|strokes| {
            change(strokes);
            *strokes = strokes::fitted(strokes);
        });
        let kept = self.strokes.with_untracked(|strokes| strokes::written(strokes));
        self.live.drafts.keep(&self.draft(), &kept);
    }
}

/// Name of the draft of what somebody draws or types to sign for an actor.
pub fn draft(what: &str, actor: ActorNumber) -> String {
    format!("{what}.{}", actor.0)
}

/// The box with its heading and its buttons.
#[component]
pub fn Pad(
    /// What is drawn in it.
    ink: Ink,
) -> impl IntoView {
    let what = ink.what;
    let ready = ink.live.condition.ready();
    let paper = ink.paper;
    let place = move |event: &PointerEvent| {
        let paper = paper.get_untracked()?;
        ink::place(&paper, event)
    };
    let mine = move |event: &PointerEvent| {
        ink.pointer.with_value(|pointer| *pointer == Some(event.pointer_id()))
    };
    let down = move |event: PointerEvent| {
        let draws = event.button() == 0 && ink.pointer.with_value(Option::is_none);
        if let Some(at) = place(&event).filter(|_| draws && ready.get_untracked()) {
            // No text is selected and nothing is dragged.
            event.prevent_default();
            if let Some(paper) = paper.get_untracked() {
                ink::hold(&paper, &event);
            }
            ink.begin(event.pointer_id(), at);
        }
    };
    let moved = move |event: PointerEvent| {
        if let Some(at) = place(&event).filter(|_| mine(&event)) {
            ink.go_on(at);
        }
    };
    // Also where the system takes the pointer away: what was drawn until then stays.
    let up = move |event: PointerEvent| {
        if mine(&event) {
            ink.end();
        }
    };
    // A call, a lock or another screen ends the stroke as well.
    on_cleanup(move || {
        if ink.pointer.try_get_value().flatten().is_some() {
            ink.end();
        }
    });
    let done = memo(move || ink.strokes.with(|strokes| strokes::path(strokes)));
    let making = move || {
        ink.stroke.with(|stroke| {
            if stroke.is_empty() {
                String::new()
            } else {
                strokes::path(std::slice::from_ref(stroke))
            }
        })
    };
    let count = memo(move || ink.strokes.read().len());
    let (heading, told) = (what.name(), format!("{}-trazos", what.name()));
    let blank = memo(move || count.get() == 0);
    let wiped = memo(move || !ink.wiped.read().is_empty());
    let undo = move || if wiped.get() { words::UNWIPE } else { words::UNDO };
    view! {
        <section class="ink" data-what=heading aria-labelledby=heading>
            <div class="ink-head">
                <h3 id=heading>{what.heading()}</h3>
                <p class="secondary">{what.goes()}</p>
            </div>
            <div
                class="pad"
                node_ref=paper
                role="img"
                aria-label=what.pad()
                aria-describedby=told.clone()
                on:pointerdown=down
                on:pointermove=moved
                on:pointerup=up
                on:pointercancel=up
                on:lostpointercapture=up
            >
                <svg viewBox=format!("0 0 {} {}", BOX.0, BOX.1) aria-hidden="true" focusable="false">
                    <path class="pad-line" d=format!("M150 {}H{}", BOX.1 * 3 / 4, BOX.0 - 150)></path>
                    <path d=move || done.get()></path>
                    <path d=making></path>
                </svg>
            </div>
            <p class="ink-told" id=told role="status">
                {reactive(move || if ink.full.get() { words::FULL.to_owned() } else { words::strokes(count.get(), what.then()) })}
            </p>
            <div class="buttons">
                <Show when=move || !blank.get() || wiped.get()>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| ink.undo()>
                        {reactive(undo)} " " <span class="visually-hidden">{what.of()}</span>
                    </button>
                </Show>
                <Show when=move || !blank.get()>
                    <button type="button" class="button" on:click=move |_| ink.wipe()>
                        {words::CLEAR} " " <span class="visually-hidden">{what.wiped()}</span>
                    </button>
                </Show>
            </div>
        </section>
    }
    .into_any()
}
