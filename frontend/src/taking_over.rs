//! Replaces the server's elements by the program's, which look the same, within one task: nothing
//! flickers, and the reader stays at the same place.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// Where the reader is on the page: the scroll position, the focused element, the unfolded parts.
pub struct Place {
    down: f64,
    /// The path to the focused element, as child indices from the body.
    focus: Option<Vec<u32>>,
    unfolded: Vec<Vec<u32>>,
}

impl Place {
    /// The reader's present place.
    pub fn of_reader() -> Self {
        let open = document().query_selector_all("details[open]").ok();
        let unfolded = open.map(|open| {
            (0..open.length()).filter_map(|index| way_to(open.get(index)?.dyn_ref()?)).collect()
        });
        Self {
            down: window().scroll_y().unwrap_or_default(),
            focus: document().active_element().and_then(|element| way_to(&element)),
            unfolded: unfolded.unwrap_or_default(),
        }
    }

    /// Restores that place, as far as the page is still the same.
    pub fn restore(self) {
        for way in &self.unfolded {
            if let Some(details) = at_end_of(way) {
                let _ = details.set_attribute("open", "");
            }
        }
        if let Some(focused) = self.focus.as_deref().and_then(at_end_of) {
            // An element that can't be focused leaves the focus where it is.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focused.focus_with_options(&options);
        }
        // Scrolling forces a layout within this task, which 0 doesn't need.
        if self.down > 0.0 {
            window().scroll_to_with_x_and_y(0.0, self.down);
        }
    }
}

/// Removes everything from the body but the element with this id.
pub fn clear_body(keep: &str) {
    let Some(body) = document().body() else { return };
    let mut next = body.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if node.dyn_ref::<Element>().is_none_or(|element| element.id() != keep) {
            // It is a child of the body, so it can be removed.
            let _ = body.remove_child(&node);
        }
    }
}

/// Moves the rendered nodes into the body.
pub fn move_into_body(drawn: &Element) {
    let Some(body) = document().body() else { return };
    while let Some(node) = drawn.first_child() {
        // Any node may be moved there.
        let _ = body.append_child(&node);
    }
}

/// Puts the element with this id after the rendered nodes, where the server had it.
pub fn put_last(id: &str) {
    if let (Some(body), Some(element)) = (document().body(), document().get_element_by_id(id)) {
        // It is only moved.
        let _ = body.append_child(&element);
    }
}

/// The path to an element; none for the body itself and elements outside it.
fn way_to(element: &Element) -> Option<Vec<u32>> {
    let body = document().body()?;
    let mut way = Vec::new();
    let mut at = element.clone();
    while !at.is_same_node(Some(&body)) {
        let mut place = 0;
        let mut before = at.previous_element_sibling();
        while let Some(sibling) = before {
            // A browser that translates the page has inserted elements of its own in place of
            // texts.
            place += u32::from(sibling.tag_name() != "FONT");
            before = sibling.previous_element_sibling();
        }
        way.push(place);
        at = at.parent_element()?;
    }
    way.reverse();
    (!way.is_empty()).then_some(way)
}

fn at_end_of(way: &[u32]) -> Option<HtmlElement> {
    let body: Element = document().body()?.into();
    way.iter().try_fold(body, |at, place| at.children().item(*place))?.dyn_into().ok()
}
