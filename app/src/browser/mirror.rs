//! A second copy of the outbox in IndexedDB. Browsers write local storage to disk lazily (Chromium:
//! after five seconds or more); a transaction with strict durability is on disk when it completes.
//! Without IndexedDB there is only local storage.
//!
//! What is typed is handed over at once and before rendering, and the transaction is committed
//! explicitly: from then on the browser's own threads write it, however busy the page is. At most
//! [`AT_ONCE`] transactions are in flight: each takes as long as the disk, and the last letters
//! must not wait for thirty of them.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{queue_microtask, window};
use leptos::wasm_bindgen::prelude::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const DATABASE: &str = "mesa";
const STORE: &str = "kept";
/// Most transactions in flight: one that is being written, and one that starts without the page
/// when the first completes. What is kept meanwhile is coalesced, the newest value of each key.
const AT_ONCE: u32 = 2;

thread_local! {
    /// One for the page, as there is one local storage.
    static MIRROR: OnceCell<Rc<Mirror>> = const { OnceCell::new() };
}

struct Mirror {
    database: RefCell<Option<IdbDatabase>>,
    /// The next writes: keys and values, none to delete.
    next: RefCell<BTreeMap<String, Option<String>>>,
    /// Transactions in flight.
    under_way: Cell<u32>,
    /// A transaction has completed since it was opened.
    works: Cell<bool>,
    /// The last transaction failed.
    failed: Cell<bool>,
    settled: Box<dyn Fn()>,
}

/// Opens it. `found` is called once with everything kept there (nothing without IndexedDB);
/// `settled` whenever everything handed over is on disk or has failed.
pub(super) fn open(
    found: impl FnOnce(Vec<(String, String)>) + 'static,
    settled: impl Fn() + 'static,
) {
    let mirror = Rc::new(Mirror {
        database: RefCell::new(None),
        next: RefCell::new(BTreeMap::new()),
        under_way: Cell::new(0),
        works: Cell::new(false),
        failed: Cell::new(false),
        settled: Box::new(settled),
    });
    if MIRROR.with(|cell| cell.set(Rc::clone(&mirror))).is_ok() {
        mirror.connect(&Rc::new(RefCell::new(Some(Box::new(found)))));
    }
}

/// The callback that waits for what is kept, until it was called.
type Reader = Rc<RefCell<Option<Box<dyn FnOnce(Vec<(String, String)>)>>>>;

fn tell(reader: &Reader, kept: Vec<(String, String)>) {
    let told = reader.take();
    if let Some(told) = told {
        told(kept);
    }
}

/// Keeps a value under a key.
pub(super) fn put(key: &str, value: String) {
    change(key, Some(value));
}

/// Deletes a key.
pub(super) fn delete(key: &str) {
    change(key, None);
}

/// Writes what was kept so far now; what is kept later in this task is written at its end.
pub(super) fn write() {
    with_mirror(|mirror| mirror.flush(AT_ONCE));
}

/// The same without the limit on transactions in flight: the page may never run again.
pub(super) fn write_all() {
    with_mirror(|mirror| mirror.flush(u32::MAX));
}

/// Whether everything handed over is on disk, or nothing can be.
pub(super) fn is_settled() -> bool {
    MIRROR.with(|cell| cell.get().is_none_or(|mirror| mirror.is_settled()))
}

/// Whether what is handed over is kept at all.
pub(super) fn is_working() -> bool {
    MIRROR.with(|cell| {
        cell.get().is_some_and(|mirror| mirror.database.borrow().is_some() && !mirror.failed.get())
    })
}

fn change(key: &str, value: Option<String>) {
    with_mirror(|mirror| {
        let first = mirror.next.borrow().is_empty();
        mirror.next.borrow_mut().insert(key.to_owned(), value);
        if first {
            // One transaction for everything in this task.
            queue_microtask(write);
        }
    });
}

fn with_mirror(act: impl FnOnce(&Rc<Mirror>)) {
    // The borrow ends before anything is called: a transaction that fails at once reports that at
    // once.
    if let Some(mirror) = MIRROR.with(|cell| cell.get().map(Rc::clone)) {
        act(&mirror);
    }
}

impl Mirror {
    /// Connects to the database, reads what is kept there if somebody still waits for that, and
    /// writes what is next.
    fn connect(self: &Rc<Self>, reader: &Reader) {
        // A browser that forbids it throws, or answers with an error: nothing is mirrored then.
        let request = window()
            .indexed_db()
            .ok()
            .flatten()
            .and_then(|factory| factory.open_with_u32(DATABASE, 1).ok());
        let Some(request) = request else { return tell(reader, Vec::new()) };
        let upgrading = request.clone();
        request.set_onupgradeneeded(Some(&once(move |_| {
            if let Some(database) = database_of(&upgrading) {
                // Fails only when it exists.
                let _ = database.create_object_store(STORE);
            }
        })));
        let (mirror, opened) = (Rc::clone(self), request.clone());
        let (reader, disappointed) = (Rc::clone(reader), Rc::clone(reader));
        request.set_onerror(Some(&once(move |_| tell(&disappointed, Vec::new()))));
        request.set_onsuccess(Some(&once(move |_| {
            mirror.database.replace(database_of(&opened));
            mirror.works.set(false);
            mirror.read_all(&reader);
            mirror.flush(AT_ONCE);
        })));
    }

    /// Writes that couldn't begin wait for a new connection: phones close the connections of
    /// sleeping pages.
    fn reconnect(self: &Rc<Self>, changes: BTreeMap<String, Option<String>>) {
        self.next.replace(changes);
        self.database.take();
        self.connect(&Reader::default());
    }

    fn is_settled(&self) -> bool {
        self.database.borrow().is_none()
            || (self.under_way.get() == 0 && self.next.borrow().is_empty())
    }

    /// Writes what is next, unless too many transactions are in flight: then the first that
    /// completes does.
    fn flush(self: &Rc<Self>, at_once: u32) {
        if self.database.borrow().is_none()
            || self.next.borrow().is_empty()
            || self.under_way.get() >= at_once
        {
            return;
        }
        let changes = self.next.take();
        let begun =
            self.database.borrow().as_ref().and_then(|database| begin(database, "readwrite"));
        let Some((transaction, store)) = begun else {
            return if self.works.get() { self.reconnect(changes) } else { self.end(true) };
        };
        self.under_way.set(self.under_way.get() + 1);
        for (key, value) in changes {
            // A failure here aborts the transaction, which is handled below.
            let _ = match value {
                Some(value) => store.put_with_key(&value.into(), &key.into()),
                None => store.delete(&key.into()),
            };
        }
        let (complete, aborted) = (Rc::clone(self), Rc::clone(self));
        let done = move |mirror: &Rc<Self>, failed: bool| {
            mirror.under_way.set(mirror.under_way.get().saturating_sub(1));
            mirror.works.set(mirror.works.get() || !failed);
            mirror.flush(AT_ONCE);
            mirror.end(failed);
        };
        transaction.set_oncomplete(Some(&once(move |_| done(&complete, false))));
        transaction.set_onabort(Some(&once(move |_| done(&aborted, true))));
        // Otherwise it would wait until the page has handled every request. Older browsers have no
        // `commit`, and wait.
        if let Some(commit) = function(&transaction, "commit") {
            let _ = commit.call0(&transaction);
        }
    }

    fn end(&self, failed: bool) {
        self.failed.set(failed);
        if self.is_settled() {
            (self.settled)();
        }
    }

    fn read_all(&self, reader: &Reader) {
        if reader.borrow().is_none() {
            return;
        }
        let database = self.database.borrow();
        let begun = database.as_ref().and_then(|database| begin(database, "readonly"));
        let asked = begun.and_then(|(transaction, store)| {
            Some((transaction, store.get_all_keys().ok()?, store.get_all().ok()?))
        });
        let Some((transaction, keys, values)) = asked else { return tell(reader, Vec::new()) };
        let (reader, disappointed) = (Rc::clone(reader), Rc::clone(reader));
        transaction.set_onabort(Some(&once(move |_| tell(&disappointed, Vec::new()))));
        transaction.set_oncomplete(Some(&once(move |_| {
            let (keys, values) = (array(&keys), array(&values));
            let kept = keys
                .iter()
                .zip(values.iter())
                .filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)))
                .collect();
            tell(&reader, kept);
        })));
    }
}

/// A transaction that is on disk when it completes. (The option is newer than the bindings;
/// browsers without it ignore it.)
fn begin(database: &IdbDatabase, mode: &str) -> Option<(IdbTransaction, IdbObjectStore)> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into()).ok()?;
    let begin = function(database, "transaction")?;
    let transaction: IdbTransaction =
        begin.call3(database, &STORE.into(), &mode.into(), &options).ok()?.dyn_into().ok()?;
    let store = transaction.object_store(STORE).ok()?;
    Some((transaction, store))
}

fn function(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

fn database_of(request: &IdbOpenDbRequest) -> Option<IdbDatabase> {
    request.result().ok()?.dyn_into().ok()
}

fn array(request: &IdbRequest) -> Array {
    request.result().ok().and_then(|result| result.dyn_into().ok()).unwrap_or_default()
}

/// A handler for an event that comes once.
fn once(handler: impl FnOnce(JsValue) + 'static) -> Function {
    Closure::once_into_js(handler).unchecked_into()
}
