//! Pictures that the templates get as SVG: drawn strokes, a QR.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::failure::Failure;
use crate::plan::Drawing;

/// Points of a drawing that are kept at most; a hand makes some hundreds.
const MOST_POINTS: usize = 1500;
/// The ink, whatever theme it was drawn in.
const INK: &str = "#141c3a";

/// Where a drawing goes: how wide it is against its height, and how thick the pen is against the
/// width.
pub struct Place {
    aspect: f32,
    pen: f32,
}

/// A box in the margin.
pub const MARGIN: Place = Place { aspect: 1.5, pen: 11.0 / 620.0 };
/// The line at the foot.
pub const FOOT: Place = Place { aspect: 2.6, pen: 8.0 / 1000.0 };

/// The strokes as one path, cropped to what was drawn and a little room around it. Nothing when
/// nothing was drawn.
pub fn strokes(drawing: &Drawing, place: &Place) -> Option<String> {
    let points = || drawing.strokes.iter().flatten().filter(|point| usable(point));
    let count = points().count();
    if count == 0 {
        return None;
    }
    let edge = |axis: usize, pick: fn(f32, f32) -> f32, start: f32| {
        points().map(|point| point[axis]).fold(start, pick)
    };
    let (left, right) = (edge(0, f32::min, f32::MAX), edge(0, f32::max, f32::MIN));
    let (top, bottom) = (edge(1, f32::min, f32::MAX), edge(1, f32::max, f32::MIN));
    // The shape of its place, so that the pen is as thick in all of them.
    let width = (right - left).max((bottom - top) * place.aspect).max(1e-3);
    let (across, down) = (1000.0, 1000.0 / place.aspect);
    let scale = across * (1.0 - 4.0 * place.pen) / width;
    let (middle_x, middle_y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    let every = count.div_ceil(MOST_POINTS);
    let mut path = String::new();
    for stroke in &drawing.strokes {
        let kept: Vec<&[f32; 2]> = stroke.iter().filter(|point| usable(point)).collect();
        let last = kept.len().saturating_sub(1);
        let mut before = None;
        for (index, point) in kept.iter().enumerate() {
            if index % every != 0 && index != last {
                continue;
            }
            let x = ((point[0] - middle_x) * scale + across / 2.0).round() as i32;
            let y = ((point[1] - middle_y) * scale + down / 2.0).round() as i32;
            match before {
                None => _ = write!(path, "M{x} {y}"),
                Some(same) if same == (x, y) => {}
                Some(_) => _ = write!(path, "L{x} {y}"),
            }
            before = Some((x, y));
        }
        if kept.len() == 1 {
            path.push_str("h0.1");
        }
    }
    Some(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down:.0}"><path d="{path}" fill="none" stroke="{INK}" stroke-width="{:.1}" stroke-linecap="round" stroke-linejoin="round"/></svg>"#,
        across * place.pen
    ))
}

fn usable(point: &[f32; 2]) -> bool {
    point.iter().all(|value| value.is_finite() && value.abs() < 1e6)
}

/// The address as a QR of level M, without a quiet zone.
pub fn qr(address: &str) -> Result<String, Failure> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().map_err(|_| Failure::Address)?;
    let size = code.size;
    let mut path = String::new();
    for row in 0..size {
        let mut column = 0;
        while column < size {
            let run = (column..size).take_while(|at| code[row][*at].value()).count();
            if run > 0 {
                _ = write!(path, "M{column} {row}h{run}v1h-{run}z");
            }
            column += run.max(1);
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}" fill="#1d1a16"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_cropped_to_its_ink() {
        let drawing = Drawing { strokes: vec![vec![[900.0, 900.0], [990.0, 960.0]]] };
        let svg = strokes(&drawing, &MARGIN).unwrap();
        assert!(svg.contains("M35 24L965 643"), "{svg}");
        let moved = Drawing { strokes: vec![vec![[0.0, 0.0], [90.0, 60.0]]] };
        assert_eq!(strokes(&moved, &MARGIN).unwrap(), svg);
    }

    #[test]
    fn a_drawing_without_a_usable_point_is_none() {
        assert_eq!(strokes(&Drawing { strokes: vec![vec![], vec![[f32::NAN, 1.0]]] }, &FOOT), None);
        assert!(strokes(&Drawing { strokes: vec![vec![[5.0, 5.0]]] }, &FOOT).is_some());
    }

    #[test]
    fn a_long_scribble_is_thinned() {
        let points = (0..50_000).map(|i| [(i % 977) as f32, (i % 313) as f32]).collect();
        let svg = strokes(&Drawing { strokes: vec![points] }, &MARGIN).unwrap();
        assert!(svg.len() < 20_000, "{}", svg.len());
    }
}
