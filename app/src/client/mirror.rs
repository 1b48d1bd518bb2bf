//! A second copy of the outbox in IndexedDB. Browsers write local storage to disk lazily (Chromium: after five seconds or
//! more); a transaction with strict durability is on disk when it completes. Where there is no IndexedDB, local storage is
//! all there is.

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
    /// The last one failed.
    failed: Cell<bool>,
    settled: Box<dyn Fn()>,
}

/// Opens it. `found` is called once with all that is kept there (nothing where there is no IndexedDB), `settled` whenever
/// everything handed over is on disk or has failed.
pub(super) fn open(found: impl FnOnce(Vec<(String, String)>) + 'static, settled: impl Fn() + 'static) {
    let mirror = Rc::new(Mirror {
        database: RefCell::new(None),
        next: RefCell::new(BTreeMap::new()),
        under_way: Cell::new(0),
        failed: Cell::new(false),
        settled: Box::new(settled),
    });
    let Ok(()) = MIRROR.with(|cell| cell.set(Rc::clone(&mirror))) else { return };
    // A browser that forbids it throws, or answers with an error: then nothing is ever mirrored.
    let Some(request) = window().indexed_db().ok().flatten().and_then(|factory| factory.open_with_u32(DATABASE, 1).ok()) else { return };
    let upgrading = request.clone();
    request.set_onupgradeneeded(Some(&once(move |_| {
        if let Some(database) = database_of(&upgrading) {
            // Refused only when it is there already.
            let _ = database.create_object_store(STORE);
        }
    })));
    let opened = request.clone();
    request.set_onsuccess(Some(&once(move |_| {
        let Some(database) = database_of(&opened) else { return };
        mirror.database.replace(Some(database));
        mirror.read_all(found);
        mirror.flush();
    })));
}

/// Keeps a value under a key.
pub(super) fn put(key: &str, value: String) {
    change(key, Some(value));
}

/// Keeps it no longer.
pub(super) fn delete(key: &str) {
    change(key, None);
}

/// Whether everything handed over is on disk, or there is no disk to wait for.
pub(super) fn is_settled() -> bool {
    MIRROR.with(|cell| cell.get().is_none_or(|mirror| mirror.is_settled()))
}

/// Whether what is handed over is kept at all.
pub(super) fn is_working() -> bool {
    MIRROR.with(|cell| cell.get().is_some_and(|mirror| mirror.database.borrow().is_some() && !mirror.failed.get()))
}

fn change(key: &str, value: Option<String>) {
    MIRROR.with(|cell| {
        let Some(mirror) = cell.get().map(Rc::clone) else { return };
        let first = mirror.next.borrow().is_empty();
        mirror.next.borrow_mut().insert(key.to_owned(), value);
        if first {
            // Everything of one moment in one transaction.
            queue_microtask(move || mirror.flush());
        }
    });
}

impl Mirror {
    fn is_settled(&self) -> bool {
        self.database.borrow().is_none() || (self.under_way.get() == 0 && self.next.borrow().is_empty())
    }

    fn flush(self: &Rc<Self>) {
        let database = self.database.borrow();
        let Some(database) = database.as_ref() else { return };
        if self.next.borrow().is_empty() {
            return;
        }
        let changes = self.next.take();
        let Some((transaction, store)) = begin(database, "readwrite") else { return self.end(true) };
        self.under_way.set(self.under_way.get() + 1);
        for (key, value) in changes {
            // What is refused here aborts the transaction, which is heard below.
            let _ = match value {
                Some(value) => store.put_with_key(&value.into(), &key.into()),
                None => store.delete(&key.into()),
            };
        }
        let (complete, aborted) = (Rc::clone(self), Rc::clone(self));
        let done = move |mirror: &Rc<Self>, failed| {
            mirror.under_way.set(mirror.under_way.get().saturating_sub(1));
            mirror.end(failed);
        };
        transaction.set_oncomplete(Some(&once(move |_| done(&complete, false))));
        transaction.set_onabort(Some(&once(move |_| done(&aborted, true))));
    }

    fn end(&self, failed: bool) {
        self.failed.set(failed);
        if self.is_settled() {
            (self.settled)();
        }
    }

    fn read_all(&self, found: impl FnOnce(Vec<(String, String)>) + 'static) {
        let database = self.database.borrow();
        let Some((transaction, store)) = database.as_ref().and_then(|database| begin(database, "readonly")) else { return };
        let (Ok(keys), Ok(values)) = (store.get_all_keys(), store.get_all()) else { return };
        transaction.set_oncomplete(Some(&once(move |_| {
            let (keys, values) = (array(&keys), array(&values));
            found(keys.iter().zip(values.iter()).filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?))).collect());
        })));
    }
}

/// A transaction that is on disk when it completes. (The option is younger than the bindings; browsers without it ignore it.)
fn begin(database: &IdbDatabase, mode: &str) -> Option<(IdbTransaction, IdbObjectStore)> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into()).ok()?;
    let begin: Function = Reflect::get(database, &"transaction".into()).ok()?.dyn_into().ok()?;
    let transaction: IdbTransaction = begin.call3(database, &STORE.into(), &mode.into(), &options).ok()?.dyn_into().ok()?;
    let store = transaction.object_store(STORE).ok()?;
    Some((transaction, store))
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
