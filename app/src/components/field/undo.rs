//! How a person asks to take back what they did. The browser's own way knows nothing of what others did to the same text.

use leptos::ev::KeyboardEvent;
use leptos::web_sys::InputEvent;

/// By the keys. Whether what was taken back is to be done again; none when it isn't asked.
pub(super) fn asked_by_keys(event: &KeyboardEvent) -> Option<bool> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() {
        return None;
    }
    match event.key().as_str() {
        "z" | "Z" => Some(event.shift_key()),
        "y" => Some(true),
        _ => None,
    }
}

/// By a menu, or by shaking the phone.
pub(super) fn asked_by_menu(event: &InputEvent) -> Option<bool> {
    match event.input_type().as_str() {
        "historyUndo" => Some(false),
        "historyRedo" => Some(true),
        _ => None,
    }
}
