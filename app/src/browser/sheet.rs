//! A page that is made larger where it stands.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::web_sys::Element;

/// Once the sheet in a frame is drawn in its other size, moves it so that what was tapped is still
/// under the finger. A click that wasn't on the sheet, as a button's, moves nothing.
pub(crate) fn keep_under(frame: Element, event: &MouseEvent) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let Some(sheet) = frame.first_element_child() else { return };
    let shape = sheet.get_bounding_client_rect();
    let inside = x > shape.left() && x < shape.right() && y > shape.top() && y < shape.bottom();
    if !inside {
        return;
    }
    let (across, down) = ((x - shape.left()) / shape.width(), (y - shape.top()) / shape.height());
    request_animation_frame(move || {
        let shape = sheet.get_bounding_client_rect();
        let (to_x, to_y) =
            (shape.left() + across * shape.width(), shape.top() + down * shape.height());
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        frame.set_scroll_left(frame.scroll_left() + (to_x - x) as i32);
        window().scroll_by_with_x_and_y(0.0, to_y - y);
    });
}
