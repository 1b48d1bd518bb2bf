//! The connection where sockets are blocked: the same frames over requests and an event stream
//! (`/frames` of the server).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::prelude::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventSource, MessageEvent, RequestInit, Response};

/// The header with the conversation's name.
const CONNECTION: &str = "x-connection";
/// Most bytes of frames in one request; a longer frame goes alone.
const REQUEST_LIMIT: usize = 64 * 1024;
/// The status when nobody is signed in, and the close code that means the same.
const UNAUTHORIZED: (u16, u16) = (401, 4001);

/// What the server sends.
pub(super) enum Heard {
    /// A frame.
    Frame(Vec<u8>),
    /// The end, with the code that a socket would have been closed with; 0 when the connection
    /// broke.
    Ended(u16),
}

type Listener = Rc<dyn Fn(Heard)>;

/// One conversation.
pub(super) struct Stream {
    listener: Listener,
    alive: Cell<bool>,
    name: RefCell<Option<String>>,
    source: RefCell<Option<EventSource>>,
    waiting: RefCell<Vec<Vec<u8>>>,
    sending: Cell<bool>,
}

impl Stream {
    /// Says hello; `query` names the mesa and the person. The listener hears everything until
    /// [`close`](Self::close).
    pub fn open(query: &str, hello: Vec<u8>, listener: Listener) -> Rc<Self> {
        let stream = Rc::new(Self {
            listener,
            alive: Cell::new(true),
            name: RefCell::new(None),
            source: RefCell::new(None),
            waiting: RefCell::new(Vec::new()),
            sending: Cell::new(false),
        });
        let (opening, address) = (Rc::clone(&stream), format!("/frames?{query}"));
        spawn_local(async move {
            match opening.begin(&address, &hello).await {
                Ok(()) => {}
                Err(code) => opening.end(code),
            }
        });
        stream
    }

    async fn begin(self: &Rc<Self>, address: &str, hello: &[u8]) -> Result<(), u16> {
        let response = post(address, hello).await.map_err(|_| 0_u16)?;
        if response.status() == UNAUTHORIZED.0 {
            return Err(UNAUTHORIZED.1);
        }
        if !response.ok() {
            return Err(0);
        }
        let name = response.headers().get(CONNECTION).ok().flatten();
        let body = response.array_buffer().map_err(|_| 0_u16)?;
        let body: ArrayBuffer =
            JsFuture::from(body).await.ok().and_then(|body| body.dyn_into().ok()).ok_or(0_u16)?;
        self.hear(Heard::Frame(Uint8Array::new(&body).to_vec()));
        // A refused hello has no conversation; the frame said why.
        let Some(name) = name.filter(|_| self.alive.get()) else { return Ok(()) };
        let source = EventSource::new(&format!("/frames/{name}")).map_err(|_| 0_u16)?;
        self.follow(&source);
        self.source.replace(Some(source));
        self.name.replace(Some(name));
        self.flush();
        Ok(())
    }

    fn follow(self: &Rc<Self>, source: &EventSource) {
        let (heard, ended, broken) = (Rc::clone(self), Rc::clone(self), Rc::clone(self));
        let message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                match event.data().as_string().and_then(|text| BASE64.decode(text).ok()) {
                    Some(frame) => heard.hear(Heard::Frame(frame)),
                    None => heard.end(0),
                }
            });
        let end = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            ended.end(event.data().as_string().and_then(|code| code.parse().ok()).unwrap_or(0));
        });
        let error = Closure::<dyn FnMut(Event)>::new(move |_| broken.end(0));
        // Handed to the browser, which drops them with the event source.
        source.set_onmessage(Some(message.into_js_value().unchecked_ref()));
        source.set_onerror(Some(error.into_js_value().unchecked_ref()));
        // Fails only for a null handler.
        let _ = source.add_event_listener_with_callback("end", end.into_js_value().unchecked_ref());
    }

    fn hear(&self, heard: Heard) {
        if self.alive.get() {
            (self.listener)(heard);
        }
    }

    fn end(&self, code: u16) {
        if self.alive.get() {
            self.close();
            (self.listener)(Heard::Ended(code));
        }
    }

    /// Sends frames, in order, after those that are in flight.
    pub fn send(self: &Rc<Self>, frames: &[Vec<u8>]) {
        self.waiting.borrow_mut().extend_from_slice(frames);
        self.flush();
    }

    fn flush(self: &Rc<Self>) {
        if !self.waiting.borrow().is_empty() {
            self.beat();
        }
    }

    /// Sends what waits, or an empty list: with an event stream alone the server can't know that
    /// someone is there.
    pub fn beat(self: &Rc<Self>) {
        if self.sending.get() || !self.alive.get() {
            return;
        }
        let Some(name) = self.name.borrow().clone() else { return };
        let frames = self.take();
        self.sending.set(true);
        let stream = Rc::clone(self);
        spawn_local(async move {
            let taken = post(&format!("/frames/{name}"), &sync::wire::encode(&frames))
                .await
                .is_ok_and(|response| response.ok());
            stream.sending.set(false);
            // What isn't delivered is in the outbox and goes out on the next connection.
            if taken { stream.flush() } else { stream.end(0) }
        });
    }

    fn take(&self) -> Vec<Vec<u8>> {
        let mut waiting = self.waiting.borrow_mut();
        let mut bytes = 0;
        let mut fits = |frame: &Vec<u8>| {
            bytes += frame.len();
            bytes <= REQUEST_LIMIT
        };
        let count =
            waiting.iter().take_while(|frame| fits(frame)).count().max(1).min(waiting.len());
        waiting.drain(..count).collect()
    }

    /// Closes it; nothing is heard any more.
    pub fn close(&self) {
        self.alive.set(false);
        if let Some(source) = self.source.take() {
            source.close();
        }
    }
}

async fn post(address: &str, body: &[u8]) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&Uint8Array::from(body).into());
    JsFuture::from(window().fetch_with_str_and_init(address, &init)).await?.dyn_into()
}
