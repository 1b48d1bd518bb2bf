//! Where a pointer draws.

use leptos::ev::PointerEvent;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Element;

/// Where it is in the pad, in fractions of its width and height: below 0 or above 1 outside of it.
/// Read as the browser has it: `web-sys` rounds to whole pixels.
pub(crate) fn place(pad: &Element, event: &PointerEvent) -> Option<(f64, f64)> {
    let read = |name| js_sys::Reflect::get(event, &JsValue::from_str(name)).ok()?.as_f64();
    let (x, y) = (read("clientX")?, read("clientY")?);
    let shape = pad.get_bounding_client_rect();
    let drawn = shape.width() > 0.0 && shape.height() > 0.0;
    drawn.then(|| ((x - shape.left()) / shape.width(), (y - shape.top()) / shape.height()))
}

/// From here on the pad learns what the pointer does, wherever it goes, until it is lifted.
pub(crate) fn hold(pad: &Element, event: &PointerEvent) {
    // Fails only for a pointer that was lifted meanwhile.
    let _ = pad.set_pointer_capture(event.pointer_id());
}
