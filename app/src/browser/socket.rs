//! The connection: opened, watched, retried. By socket, or by event stream where sockets are
//! blocked.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use domain::{CommandId, ItemId, Millis, TextField};
use js_sys::{ArrayBuffer, Math, Uint8Array};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use sync::connection::{Carrier, Connection, LOOK_EVERY, Lost, Status};
use sync::wire::{ClientFrame, HelloRefusal, encode};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::page_life::is_visible;
use super::stream::{Heard, Stream};
use super::{clock, let_go, outbox, step, try_step};
use crate::state::{Following, Live};

/// Close code: the session isn't known any more.
const SIGNED_OUT: u16 = 4001;
/// Close code: the server restarts.
const RESTARTING: u16 = 1012;

struct Handlers {
    open: Closure<dyn FnMut(Event)>,
    message: Closure<dyn FnMut(MessageEvent)>,
    close: Closure<dyn FnMut(CloseEvent)>,
}

/// The open transport.
enum Open {
    Socket(WebSocket),
    Stream(Rc<Stream>),
}

/// The link to the server.
pub(crate) struct Link {
    live: Live,
    connection: RefCell<Connection>,
    carrier: RefCell<Option<Open>>,
    handlers: OnceCell<Handlers>,
    /// Commands that wait and couldn't be kept in the storage.
    pub unkept: RefCell<BTreeSet<CommandId>>,
    retry: Cell<Option<TimeoutHandle>>,
    /// Where and when the others were last told that the person is writing.
    wrote: Cell<Option<(ItemId, TextField, Millis)>>,
}

/// How often the others are told while the person is writing, in ms.
const WRITING_EVERY: Millis = 3_000;

impl Link {
    /// A link that isn't open yet.
    pub fn new(live: Live) -> Rc<Self> {
        let link = Rc::new(Self {
            live,
            connection: RefCell::new(Connection::new(clock::now())),
            carrier: RefCell::new(None),
            handlers: OnceCell::new(),
            unkept: RefCell::new(BTreeSet::new()),
            retry: Cell::new(None),
            wrote: Cell::new(None),
        });
        let watched = Rc::clone(&link);
        // The link and its timer live as long as the page.
        let _ = set_interval_with_handle(move || watched.watch(), duration(LOOK_EVERY));
        link
    }

    /// Whose link it is.
    pub fn live(&self) -> Live {
        self.live
    }

    /// Opens a new connection in place of the present one.
    pub fn open(self: &Rc<Self>) {
        self.drop_carrier();
        let Some(carrier) = self.connection.borrow_mut().open(clock::now()) else { return };
        let opened = match carrier {
            Carrier::Stream => self.stream().map(Open::Stream),
            Carrier::Socket => self.connect().map(Open::Socket),
        };
        match opened {
            Some(opened) => {
                self.carrier.replace(Some(opened));
            }
            None => self.open_later(Lost::Broken),
        }
    }

    /// Which mesa, and as whom. At the table the person is named: someone else may be signed in on
    /// the device by now.
    fn query(&self) -> String {
        let view = match self.live.following() {
            Following::Mesa => "table",
            Following::Public => "public",
        };
        let person =
            self.live.me().person.map(|person| format!("&person={person}")).unwrap_or_default();
        format!("mesa={}&view={view}{person}", self.live.mesa())
    }

    fn hello(&self) -> Option<Vec<u8>> {
        let_go(self.live);
        step(self.live, |replica| replica.remember(outbox::receipts(), clock::now()));
        self.live.replica.try_update_value(sync::Replica::hello)
    }

    /// Says hello on the present connection.
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
        Some(Stream::open(&self.query(), hello, Rc::new(listener)))
    }

    fn bare_socket(&self) -> Option<WebSocket> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        WebSocket::new(&format!("{scheme}://{}/ws?{}", location.host().ok()?, self.query())).ok()
    }

    /// Tries whether a socket opens: then it replaces the event stream.
    fn probe(self: &Rc<Self>) {
        let Some(socket) = self.bare_socket() else { return };
        let (link, probed) = (Rc::clone(self), socket.clone());
        let opened = Closure::once_into_js(move || {
            // Fails only for an invalid close code.
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
        match code {
            SIGNED_OUT => self.end(self.live.condition.signed_out),
            RESTARTING => self.open_later(Lost::Restarting),
            _ => self.open_later(Lost::Broken),
        }
    }

    fn hear(self: &Rc<Self>, bytes: &[u8]) {
        self.connection.borrow_mut().heard(clock::now());
        if try_step(self.live, |replica| replica.receive(bytes)).is_err() {
            self.drop_carrier();
            if self.connection.borrow_mut().faulty(clock::now()) {
                self.end(self.live.condition.outdated);
            } else {
                self.open_later(Lost::Broken);
            }
        }
    }

    /// Sends frames if there is a connection. What isn't sent goes out on the next one.
    pub fn send(&self, frames: &[Vec<u8>]) {
        match self.carrier.borrow().as_ref() {
            Some(Open::Socket(socket)) => {
                for frame in frames {
                    // Fails only while connecting, when there is nothing to send, or while closing.
                    let _ = socket.send_with_u8_array(frame);
                }
            }
            Some(Open::Stream(stream)) => stream.send(frames),
            None => {}
        }
    }

    /// Tells the others that the person is writing, at most every few seconds.
    pub fn writing(&self, item: ItemId, field: TextField) {
        let now = clock::now();
        let lately = self
            .wrote
            .get()
            .is_some_and(|(i, f, at)| (i, f) == (item, field) && now - at < WRITING_EVERY);
        if !lately && self.is_joined() {
            self.wrote.set(Some((item, field, now)));
            self.send(&[encode(&ClientFrame::Writing { item, field })]);
        }
    }

    /// The connection has joined: everything missed is in.
    pub fn joined(&self) {
        self.connection.borrow_mut().joined();
        self.tell();
    }

    /// The server answered a command.
    pub fn answered(&self) {
        self.connection.borrow_mut().answered();
    }

    /// The server refuses to serve this replica.
    pub fn ended(&self, refusal: HelloRefusal) {
        let unknown = refusal == HelloRefusal::Stream && self.live.following() == Following::Mesa;
        self.drop_carrier();
        self.end(if unknown {
            self.live.condition.signed_out
        } else {
            self.live.condition.outdated
        });
    }

    /// The person left: no retries, nothing is sent or heard any more.
    pub fn give_up(&self) {
        self.drop_carrier();
        self.connection.borrow_mut().end(clock::now());
    }

    fn end(&self, reason: RwSignal<bool>) {
        self.connection.borrow_mut().end(clock::now());
        reason.set(true);
    }

    /// The device says that the network is gone.
    pub fn interrupted(self: &Rc<Self>) {
        self.drop_carrier();
        self.open_later(Lost::Broken);
    }

    /// The page is left, perhaps to come back.
    pub fn leave(&self) {
        self.drop_carrier();
        let waits = self.live.replica.with_value(|replica| replica.unanswered().next().is_some());
        if waits {
            outbox::leave(self.live.me().replica);
        }
    }

    /// The network or the person is back: retries at once.
    pub fn wake(self: &Rc<Self>) {
        if self.connection.borrow().wake(clock::now()) {
            self.open();
        }
    }

    fn is_joined(&self) -> bool {
        self.live.condition.connection.get_untracked() == Status::Connected
    }

    fn drop_carrier(&self) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        match self.carrier.take() {
            None => return,
            Some(Open::Socket(socket)) => {
                socket.set_onopen(None);
                socket.set_onmessage(None);
                socket.set_onclose(None);
                // Fails only for an invalid close code.
                let _ = socket.close();
            }
            Some(Open::Stream(stream)) => stream.close(),
        }
        self.live.replica.try_update_value(sync::Replica::disconnected);
        self.connection.borrow_mut().close(clock::now());
        self.tell();
    }

    fn open_later(self: &Rc<Self>, how: Lost) {
        let wait =
            self.connection.borrow_mut().lost(clock::now(), how, is_visible(), Math::random());
        let Some(wait) = wait else { return };
        let link = Rc::clone(self);
        self.retry.set(set_timeout_with_handle(move || link.open(), duration(wait)).ok());
    }

    fn watch(self: &Rc<Self>) {
        let waits = self.live.replica.with_value(|replica| replica.unanswered().next().is_some());
        let speaks = self.live.following() == Following::Mesa;
        let due = self.connection.borrow_mut().look(clock::now(), waits, speaks);
        if due.give_up {
            self.drop_carrier();
            self.open_later(Lost::Broken);
        }
        if due.reopen {
            self.open();
        }
        if due.probe {
            self.probe();
        }
        if due.beat
            && let Some(Open::Stream(stream)) = self.carrier.borrow().as_ref()
        {
            stream.beat();
        }
        self.tell();
    }

    /// Puts the status into the screens' signals, where it changed.
    fn tell(&self) {
        let now = clock::now();
        let (status, stalled) = {
            let connection = self.connection.borrow();
            (connection.status(now), connection.is_stalled(now))
        };
        if self.live.condition.connection.get_untracked() != status {
            self.live.condition.connection.set(status);
        }
        if self.live.condition.stalled.get_untracked() != stalled {
            self.live.condition.stalled.set(stalled);
        }
    }
}

fn duration(wait: Millis) -> Duration {
    Duration::from_millis(wait.unsigned_abs())
}
