//! The server's elements make room for the program's, equal ones, within one step of the browser:
//! nothing flashes, and who was reading stays at the same place.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

/// Where someone is on the page: how far down, on which element, which parts are unfolded.
pub struct Place {
    down: f64,
    /// The way to the element that has the focus, child by child from the body.
    focus: Option<Vec<u32>>,
    unfolded: Vec<Vec<u32>>,
}

impl Place {
    /// The place of whoever has been reading until now.
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

    /// Brings the reader back there, as far as the page is still the same.
    pub fn restore(self) {
        for way in &self.unfolded {
            if let Some(details) = at_end_of(way) {
                let _ = details.set_attribute("open", "");
            }
        }
        if let Some(focused) = self.focus.as_deref().and_then(at_end_of) {
            // An element that can't take it leaves it where it is.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focused.focus_with_options(&options);
        }
        // It would have the page laid out within this step, for nothing.
        if self.down > 0.0 {
            window().scroll_to_with_x_and_y(0.0, self.down);
        }
    }
}

/// Takes everything out of the body but the element with this id.
pub fn clear_body(keep: &str) {
    let Some(body) = document().body() else { return };
    let mut next = body.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if node.dyn_ref::<Element>().is_none_or(|element| element.id() != keep) {
            // It is a child of the body: it can be removed.
            let _ = body.remove_child(&node);
        }
    }
}

/// Moves what was drawn into the body.
pub fn move_into_body(drawn: &Element) {
    let Some(body) = document().body() else { return };
    while let Some(node) = drawn.first_child() {
        // A node goes wherever an element may be.
        let _ = body.append_child(&node);
    }
}

/// Puts the element with this id behind what was drawn, where the server had it.
pub fn put_last(id: &str) {
    if let (Some(body), Some(element)) = (document().body(), document().get_element_by_id(id)) {
        // It only moves.
        let _ = body.append_child(&element);
    }
}

/// None for the body itself and what isn't in it.
fn way_to(element: &Element) -> Option<Vec<u32>> {
    let body = document().body()?;
    let mut way = Vec::new();
    let mut at = element.clone();
    while !at.is_same_node(Some(&body)) {
        let mut place = 0;
        let mut before = at.previous_element_sibling();
        while let Some(sibling) = before {
            // A browser that translates the page has put elements of its own where texts were.
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
