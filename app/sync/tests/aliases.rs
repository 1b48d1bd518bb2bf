//! Frames refer to items by alias; the receiver gets the same events by id. For any history and
//! every viewer.

#![allow(clippy::unwrap_used)]

#[path = "../../domain/tests/history/mesa.rs"]
mod mesa;

use domain::project::project;
use domain::{Exercise, Projected, Viewer};
use mesa::{HERE, history, steps};
use proptest::prelude::*;
use sync::wire::{
    Aliased, Events, ServerFrame, Tag, WireEvent, decode, encode, from_wire, to_wire,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_event_comes_out_of_its_frame_as_it_went_in(steps in steps()) {
        let history = history(&steps);
        for viewer in [Viewer::Facilitation(HERE), Viewer::Seat(HERE), Viewer::Public] {
            let mut reader = Exercise::default();
            for (seq, (event, after)) in (1..).zip(&history) {
                let projected = project(event, &after.0, viewer);
                let what = to_wire(&after.0, projected.clone());
                prop_assert!(what != Aliased::HIDDEN || projected == Projected::Hidden, "{projected:?} can't be put into a frame");
                let frame = ServerFrame::Events(Events { first: seq, tag: Tag::default(), events: vec![WireEvent { by: 0, what }] });
                let Ok(ServerFrame::Events(read)) = decode(&encode(&frame)) else { panic!("not an events frame") };
                let [WireEvent { what, .. }] = read.events.try_into().unwrap();
                let got = from_wire(&reader, what).unwrap();
                prop_assert_eq!(&got, &projected);
                reader.apply_projected(&got);
            }
        }
    }
}
