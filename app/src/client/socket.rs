//! The connection: opened, watched, opened again. By socket; by event stream where sockets don't get through.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use domain::{CommandId, ItemId, TextField};
use js_sys::{ArrayBuffer, Math, Uint8Array};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use sync::wire::{ClientFrame, HelloRefusal, encode};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::page_life::is_visible;
use super::stream::{Heard, Stream};
use super::{clock, let_go, outbox, step, try_step};
use crate::state::{Connection, Following, Live};

/// How often the link looks after itself.
const TICK: Duration = Duration::from_secs(1);
/// An attempt that isn't through by then is given up, ms.
const ATTEMPT: f64 = 4_000.0;
/// Without a connection for this long, the page says so, ms.
const GRACE: f64 = 3_000.0;
/// Silence after which a connection counts as dead, ms; the server says something every ten seconds.
const SILENCE: f64 = 25_000.0;
/// The same for a page that was away, ms.
const SILENCE_AFTER_SLEEP: f64 = 12_000.0;
/// An answer that takes longer is overdue, ms: the text is then said to be on this device.
const OVERDUE: f64 = 3_000.0;
/// An answer that takes longer never comes, ms.
const HOPELESS: f64 = 10_000.0;
/// The first wait is up to this, ms; it doubles from one attempt to the next.
const FIRST_WAIT: f64 = 500.0;
/// Longest wait of a page that is seen, ms.
const LONGEST_WAIT: f64 = 2_000.0;
/// Longest wait of one that isn't, ms.
const LONGEST_WAIT_HIDDEN: f64 = 30_000.0;
/// So many attempts by socket that never open are followed by one by event stream.
const SOCKETS_FIRST: u32 = 2;
/// How often a connection by event stream looks whether a socket would open, ms.
const PROBE: f64 = 120_000.0;
/// How often the server is told by event stream that someone is there, ms; a socket does that by itself.
const BEAT: f64 = 9_000.0;
/// Frames in a row that don't make sense, after which the page is too old for the server.
const FAULTS: u32 = 3;
/// Close code: the session isn't known (any more).
const SIGNED_OUT: u16 = 4001;
/// Close code: the server restarts.
const RESTARTING: u16 = 1012;

struct Handlers {
    open: Closure<dyn FnMut(Event)>,
    message: Closure<dyn FnMut(MessageEvent)>,
    close: Closure<dyn FnMut(CloseEvent)>,
}

/// What carries the frames.
enum Carrier {
    Socket(WebSocket),
    Stream(Rc<Stream>),
}

/// The link to the server.
pub(crate) struct Link {
    live: Live,
    carrier: RefCell<Option<Carrier>>,
    handlers: OnceCell<Handlers>,
    /// What waits and couldn't be kept in the storage.
    pub unkept: RefCell<BTreeSet<CommandId>>,
    attempts: Cell<i32>,
    /// Attempts in a row that never opened.
    unopened: Cell<u32>,
    faults: Cell<u32>,
    /// Nothing is tried any more.
    ended: Cell<bool>,
    retry: Cell<Option<TimeoutHandle>>,
    attempted_at: Cell<f64>,
    probed_at: Cell<f64>,
    heard_at: Cell<f64>,
    /// When the server was last told by event stream that someone is there.
    beaten_at: Cell<f64>,
    lost_at: Cell<f64>,
    /// Since when the oldest answer is waited for.
    waiting_since: Cell<Option<f64>>,
    /// Where and when the others were last told that the person is writing.
    wrote: Cell<Option<(ItemId, TextField, f64)>>,
}

/// How often the others are told that the person goes on writing, in ms.
const WRITING_EVERY: f64 = 3_000.0;

impl Link {
    /// A link that isn't open yet.
    pub fn new(live: Live) -> Rc<Self> {
        let now = js_sys::Date::now();
        let link = Rc::new(Self {
            live,
            carrier: RefCell::new(None),
            handlers: OnceCell::new(),
            unkept: RefCell::new(BTreeSet::new()),
            attempts: Cell::new(0),
            unopened: Cell::new(0),
            faults: Cell::new(0),
            ended: Cell::new(false),
            retry: Cell::new(None),
            attempted_at: Cell::new(now),
            probed_at: Cell::new(now),
            heard_at: Cell::new(now),
            beaten_at: Cell::new(now),
            lost_at: Cell::new(now),
            waiting_since: Cell::new(None),
            wrote: Cell::new(None),
        });
        let watched = Rc::clone(&link);
        // The link lives as long as the page, and so does its watch.
        let _ = set_interval_with_handle(move || watched.watch(), TICK);
        link
    }

    /// Whose link it is.
    pub fn live(&self) -> Live {
        self.live
    }

    /// Opens a new connection, in place of the one there is.
    pub fn open(self: &Rc<Self>) {
        if self.ended.get() {
            return;
        }
        self.drop_carrier();
        self.attempted_at.set(js_sys::Date::now());
        // Counted until it turns out to be through.
        let unopened = self.unopened.get();
        self.unopened.set(unopened + 1);
        let by_stream = unopened % (SOCKETS_FIRST + 1) == SOCKETS_FIRST;
        let carrier = if by_stream { self.stream().map(Carrier::Stream) } else { self.connect().map(Carrier::Socket) };
        match carrier {
            Some(carrier) => {
                self.carrier.replace(Some(carrier));
            }
            None => self.open_later(),
        }
    }

    /// Which mesa, and as whom. At the table the person is named: by now someone else may be signed in on the device.
    fn query(&self) -> String {
        let view = match self.live.following() {
            Following::Table => "table",
            Following::Public => "public",
        };
        let person = self.live.me().person.map(|person| format!("&person={person}")).unwrap_or_default();
        format!("mesa={}&view={view}{person}", self.live.mesa())
    }

    fn hello(&self) -> Option<Vec<u8>> {
        let_go(self.live);
        step(self.live, |replica| replica.remember(outbox::receipts(), clock::now()));
        self.live.replica.try_update_value(sync::Replica::hello)
    }

    /// Says hello on the connection there is.
    pub fn greet(&self) {
        if let Some(hello) = self.hello() {
            self.send(&[hello]);
        }
    }

    fn stream(self: &Rc<Self>) -> Option<Rc<Stream>> {
        let hello = self.hello()?;
        let link = Rc::clone(self);
        let listener = move |heard| match heard {
            Heard::Frame(bytes) => link.hear(&bytes),
            Heard::Ended(code) => link.closed(code),
        };
        self.probed_at.set(js_sys::Date::now());
        Some(Stream::open(&self.query(), hello, Rc::new(listener)))
    }

    fn bare_socket(&self) -> Option<WebSocket> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        WebSocket::new(&format!("{scheme}://{}/ws?{}", location.host().ok()?, self.query())).ok()
    }

    /// Whether a socket would open by now: then it takes the event stream's place.
    fn probe(self: &Rc<Self>) {
        self.probed_at.set(js_sys::Date::now());
        let Some(socket) = self.bare_socket() else { return };
        let (link, probed) = (Rc::clone(self), socket.clone());
        let opened = Closure::once_into_js(move || {
            // Refused only for a bad close code.
            let _ = probed.close();
            link.open();
        });
        socket.set_onopen(Some(opened.unchecked_ref()));
    }

    fn connect(self: &Rc<Self>) -> Option<WebSocket> {
        let socket = self.bare_socket()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let handlers = self.handlers.get_or_init(|| self.make_handlers());
        socket.set_onopen(Some(handlers.open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(handlers.message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(handlers.close.as_ref().unchecked_ref()));
        Some(socket)
    }

    fn make_handlers(self: &Rc<Self>) -> Handlers {
        let (opened, heard, closed) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        Handlers {
            open: Closure::new(move |_| opened.greet()),
            message: Closure::new(move |event: MessageEvent| {
                if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                    heard.hear(&Uint8Array::new(&buffer).to_vec());
                }
            }),
            close: Closure::new(move |event: CloseEvent| closed.closed(event.code())),
        }
    }

    fn closed(self: &Rc<Self>, code: u16) {
        self.drop_carrier();
        if code == SIGNED_OUT {
            return self.end(self.live.signed_out);
        }
        if code == RESTARTING {
            // Everybody comes back at once, and not before it is there again.
            self.attempts.set(self.attempts.get().max(2));
        }
        self.open_later();
    }

    fn hear(self: &Rc<Self>, bytes: &[u8]) {
        self.heard_at.set(js_sys::Date::now());
        if try_step(self.live, |replica| replica.receive(bytes)).is_err() {
            self.faults.set(self.faults.get() + 1);
            self.drop_carrier();
            if self.faults.get() < FAULTS {
                self.open_later();
            } else {
                self.end(self.live.outdated);
            }
        }
    }

    /// Sends frames, if there is a connection. What doesn't go out is sent again on the next one.
    pub fn send(&self, frames: &[Vec<u8>]) {
        match self.carrier.borrow().as_ref() {
            Some(Carrier::Socket(socket)) => {
                for frame in frames {
                    // Refused only while connecting, when there is nothing to send, or while closing.
                    let _ = socket.send_with_u8_array(frame);
                }
            }
            Some(Carrier::Stream(stream)) => stream.send(frames),
            None => {}
        }
    }

    /// Tells the others that the person is writing, now and then while it goes on.
    pub fn writing(&self, item: ItemId, field: TextField) {
        let now = js_sys::Date::now();
        let lately = self.wrote.get().is_some_and(|(i, f, at)| (i, f) == (item, field) && now - at < WRITING_EVERY);
        if !lately && self.live.connection.get_untracked() == Connection::Connected {
            self.wrote.set(Some((item, field, now)));
            self.send(&[encode(&ClientFrame::Writing { item, field })]);
        }
    }

    /// The connection stands and everything missed is in.
    pub fn joined(&self) {
        self.attempts.set(0);
        self.unopened.set(0);
        self.faults.set(0);
        self.waiting_since.set(None);
        self.live.connection.set(Connection::Connected);
    }

    /// The server answered something.
    pub fn answered(&self) {
        self.waiting_since.set(None);
    }

    /// The server won't talk to this replica.
    pub fn ended(&self, refusal: HelloRefusal) {
        let unknown = refusal == HelloRefusal::Stream && self.live.following() == Following::Table;
        self.drop_carrier();
        self.end(if unknown { self.live.signed_out } else { self.live.outdated });
    }

    /// The person left: nothing is tried, sent or heard any more.
    pub fn give_up(&self) {
        self.ended.set(true);
        self.drop_carrier();
    }

    fn end(&self, reason: RwSignal<bool>) {
        self.ended.set(true);
        reason.set(true);
    }

    /// The network is gone, as the device says.
    pub fn interrupted(self: &Rc<Self>) {
        self.drop_carrier();
        self.open_later();
    }

    /// The page is left, perhaps to come back.
    pub fn leave(&self) {
        self.drop_carrier();
        let waits = self.live.replica.with_value(|replica| replica.unanswered().next().is_some());
        if waits {
            outbox::leave(self.live.me().replica);
        }
    }

    /// The network or the person is back: no waiting.
    pub fn wake(self: &Rc<Self>) {
        let now = js_sys::Date::now();
        let busy = self.carrier.borrow().is_some()
            && if self.is_joined() {
                now - self.heard_at.get() < SILENCE_AFTER_SLEEP
            } else {
                now - self.attempted_at.get() < ATTEMPT / 2.0
            };
        if !busy {
            self.open();
        }
    }

    fn is_joined(&self) -> bool {
        self.live.connection.get_untracked() == Connection::Connected
    }

    fn drop_carrier(&self) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        match self.carrier.take() {
            None => return,
            Some(Carrier::Socket(socket)) => {
                socket.set_onopen(None);
                socket.set_onmessage(None);
                socket.set_onclose(None);
                // Refused only for a bad close code.
                let _ = socket.close();
            }
            Some(Carrier::Stream(stream)) => stream.close(),
        }
        self.live.replica.try_update_value(sync::Replica::disconnected);
        self.waiting_since.set(None);
        if self.is_joined() {
            self.lost_at.set(js_sys::Date::now());
            self.live.connection.set(Connection::Connecting);
        }
        if self.live.stalled.get_untracked() {
            self.live.stalled.set(false);
        }
    }

    /// Tries again after a wait of random length, so that a room full of phones doesn't return at one instant.
    fn open_later(self: &Rc<Self>) {
        if self.ended.get() {
            return;
        }
        let attempts = self.attempts.get();
        self.attempts.set(attempts + 1);
        let longest = if is_visible() { LONGEST_WAIT } else { LONGEST_WAIT_HIDDEN };
        let wait = Math::random() * (FIRST_WAIT * 2_f64.powi(attempts.min(10))).min(longest);
        let link = Rc::clone(self);
        let retry = set_timeout_with_handle(move || link.open(), Duration::from_secs_f64(wait / 1_000.0));
        self.retry.set(retry.ok());
    }

    fn watch(self: &Rc<Self>) {
        let now = js_sys::Date::now();
        if !self.is_joined() {
            if self.live.connection.get_untracked() == Connection::Connecting && now - self.lost_at.get() >= GRACE {
                self.live.connection.set(Connection::Offline);
            }
            if self.carrier.borrow().is_some() && now - self.attempted_at.get() > ATTEMPT {
                self.drop_carrier();
                self.open_later();
            }
            return;
        }
        let waiting = self.live.replica.with_value(|replica| replica.unanswered().next().is_some());
        let since = waiting.then(|| self.waiting_since.get().unwrap_or(now));
        self.waiting_since.set(since);
        let overdue = since.map_or(0.0, |since| now - since);
        let by_stream = matches!(*self.carrier.borrow(), Some(Carrier::Stream(_)));
        if by_stream && now - self.probed_at.get() > PROBE {
            self.probe();
        }
        if let Some(Carrier::Stream(stream)) = self.carrier.borrow().as_ref()
            && self.live.following() == Following::Table
            && now - self.beaten_at.get() > BEAT
        {
            self.beaten_at.set(now);
            stream.beat();
        }
        if now - self.heard_at.get() > SILENCE || overdue > HOPELESS {
            self.open();
        } else if self.live.stalled.get_untracked() != (overdue > OVERDUE) {
            self.live.stalled.set(overdue > OVERDUE);
        }
    }
}
