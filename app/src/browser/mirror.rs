//! A second copy of the outbox in IndexedDB. Browsers write local storage to disk lazily (Chromium:
//! after five seconds or more); a transaction with strict durability is on disk when it completes.
//! Where there is no IndexedDB, local storage is all there is.
//!
//! What is typed is handed over at once and before anything is drawn, and the transaction is told
//! that nothing follows: from there on the browser's own threads write it, however busy the page
//! is. No more than [`AT_ONCE`] transactions are under way: each takes as long as the disk, and the
//! last letters must not stand behind thirty of them.

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
/// Most transactions under way: one that the disk works at, and one that begins without the page
/// when the first is done. What is kept meanwhile goes as it then stands, the newest of each key.
const AT_ONCE: u32 = 2;

thread_local! {
    /// One for the page, as local storage is.
    static MIRROR: OnceCell<Rc<Mirror>> = const { OnceCell::new() };
}

struct Mirror {
    database: RefCell<Option<IdbDatabase>>,
    /// What is to be written next: keys and their values, none to delete.
    next: RefCell<BTreeMap<String, Option<String>>>,
    /// Transactions that aren't complete.
    under_way: Cell<u32>,
    /// One was completed since it was opened.
    works: Cell<bool>,
    /// The last one failed.
    failed: Cell<bool>,
    settled: Box<dyn Fn()>,
}

/// Opens it. `found` is called once with all that is kept there, nothing where there is no
/// IndexedDB; `settled` whenever everything handed over is on disk or has failed.
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

/// Who wants to know what is kept, until they were told.
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

/// Keeps it no longer.
pub(super) fn delete(key: &str) {
    change(key, None);
}

/// Has what was kept so far written now; what is kept later in this step of the browser follows
/// when the step ends.
pub(super) fn write() {
    with_mirror(|mirror| mirror.flush(AT_ONCE));
}

/// The same, however much is under way: nobody knows whether the page will run again.
pub(super) fn write_all() {
    with_mirror(|mirror| mirror.flush(u32::MAX));
}

/// Whether everything handed over is on disk, or there is no disk to wait for.
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
            // Everything of one moment in one transaction.
            queue_microtask(write);
        }
    });
}

fn with_mirror(act: impl FnOnce(&Rc<Mirror>)) {
    // The handle is let go of before anything is called: a transaction that fails at once is heard
    // at once.
    if let Some(mirror) = MIRROR.with(|cell| cell.get().map(Rc::clone)) {
        act(&mirror);
    }
}

impl Mirror {
    /// Connects to the database, reads what is kept there if anybody still wants to know, and
    /// writes what is next.
    fn connect(self: &Rc<Self>, reader: &Reader) {
        // A browser that forbids it throws, or answers with an error: then nothing is ever
        // mirrored.
        let request = window()
            .indexed_db()
            .ok()
            .flatten()
            .and_then(|factory| factory.open_with_u32(DATABASE, 1).ok());
        let Some(request) = request else { return tell(reader, Vec::new()) };
        let upgrading = request.clone();
        request.set_onupgradeneeded(Some(&once(move |_| {
            if let Some(database) = database_of(&upgrading) {
                // Refused only when it is there already.
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

    /// What couldn't be begun waits for a new connection: phones take the old one away from pages
    /// that sleep.
    fn reconnect(self: &Rc<Self>, changes: BTreeMap<String, Option<String>>) {
        self.next.replace(changes);
        self.database.take();
        self.connect(&Reader::default());
    }

    fn is_settled(&self) -> bool {
        self.database.borrow().is_none()
            || (self.under_way.get() == 0 && self.next.borrow().is_empty())
    }

    /// Writes what is next, unless so many transactions are under way: then the first of them that
    /// ends does.
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
            // What is refused here aborts the transaction, which is heard below.
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
        // Or it would wait until the page has time to hear of each value. Older browsers know no
        // such call, and do.
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

/// A transaction that is on disk when it completes. (The option is younger than the bindings;
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
