//! Strokes as a finger or pen makes them: with the points that their shape needs, as text to be kept
//! and as a path to be shown.

use domain::agreement::signing::{BOX, MOST_POINTS, Point};

/// A stroke being kept: never empty.
pub type Stroke = Vec<Point>;

/// How far a line may run from what was drawn, in units of the box: about half a pixel of a phone.
const FINE: f64 = 5.0;
/// From here on only the shape counts, not that a stroke runs along the edge.
const COARSE: f64 = 80.0;

/// The point at these fractions of the box's width and height; what lies outside is on its edge.
pub fn point((across, down): (f64, f64)) -> Point {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and the size of the box"
    )]
    let along =
        |fraction: f64, size: u16| (fraction.clamp(0.0, 1.0) * f64::from(size)).round() as u16;
    (along(across, BOX.0), along(down, BOX.1))
}

/// The strokes with the points that their shape needs, no more than a drawing may have. What was
/// thinned before stays as it is while there is room.
pub fn fitted(strokes: &[Stroke]) -> Vec<Stroke> {
    let mut tolerance = FINE;
    loop {
        let thin: Vec<_> = strokes.iter().map(|stroke| thinned(stroke, tolerance)).collect();
        // Each stroke has two points at the end, and there are far fewer strokes than half the points.
        if thin.iter().map(Vec::len).sum::<usize>() <= MOST_POINTS || tolerance > f64::from(BOX.0) {
            return thin;
        }
        tolerance *= 1.5;
    }
}

/// A stroke without the points that its shape doesn't need: no point of it lies further from the new
/// line than the tolerance, in units of the box (Ramer-Douglas-Peucker). Where it runs along the
/// edge of the box three points stay, by which that is seen.
pub fn thinned(stroke: &[Point], tolerance: f64) -> Stroke {
    let last = stroke.len().saturating_sub(1);
    let mut stays = vec![false; stroke.len()];
    for index in [0, last] {
        if let Some(stays) = stays.get_mut(index) {
            *stays = true;
        }
    }
    if tolerance < COARSE {
        on_the_edge(stroke).for_each(|index| stays[index] = true);
    }
    let fixed: Vec<usize> = (0..stroke.len()).filter(|index| stays[*index]).collect();
    let mut spans: Vec<(usize, usize)> = fixed.windows(2).map(|pair| (pair[0], pair[1])).collect();
    while let Some((from, to)) = spans.pop() {
        let away = |index: &usize| off(stroke[*index], stroke[from], stroke[to]);
        let furthest = (from + 1..to).max_by(|one, other| away(one).total_cmp(&away(other)));
        if let Some(index) = furthest.filter(|index| away(index) > tolerance * tolerance) {
            stays[index] = true;
            spans.extend([(from, index), (index, to)]);
        }
    }
    stroke.iter().zip(stays).filter_map(|(point, stays)| stays.then_some(*point)).collect()
}

/// Whether a point is on the edge of the box.
pub fn is_on_the_edge((x, y): Point) -> bool {
    x == 0 || y == 0 || x == BOX.0 || y == BOX.1
}

/// The first, the middle and the last point of each run along the edge.
fn on_the_edge(stroke: &[Point]) -> impl Iterator<Item = usize> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, _) in stroke.iter().enumerate().filter(|(_, point)| is_on_the_edge(**point)) {
        match runs.last_mut().filter(|(_, to)| to + 1 == index) {
            Some((_, to)) => *to = index,
            None => runs.push((index, index)),
        }
    }
    runs.into_iter().flat_map(|(from, to)| [from, from.midpoint(to), to])
}

/// The square of the distance from a point to the line between two others.
fn off(point: Point, from: Point, to: Point) -> f64 {
    let [x, y, from_x, from_y, to_x, to_y] =
        [point.0, point.1, from.0, from.1, to.0, to.1].map(f64::from);
    let (across, down) = (to_x - from_x, to_y - from_y);
    let length = across * across + down * down;
    let share = if length > 0.0 {
        (((x - from_x) * across + (y - from_y) * down) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (right, below) = (x - from_x - share * across, y - from_y - share * down);
    right * right + below * below
}

/// Strokes as text: `100,200 110,210;500,300`.
pub fn written(strokes: &[Stroke]) -> String {
    let point = |(x, y): &Point| format!("{x},{y}");
    let stroke = |stroke: &Stroke| stroke.iter().map(point).collect::<Vec<_>>().join(" ");
    strokes.iter().map(stroke).collect::<Vec<_>>().join(";")
}

/// What [`written`] made; nothing for anything else.
pub fn read(text: &str) -> Vec<Stroke> {
    let point = |text: &str| {
        let (x, y) = text.split_once(',')?;
        let (x, y): Point = (x.parse().ok()?, y.parse().ok()?);
        (x <= BOX.0 && y <= BOX.1).then_some((x, y))
    };
    let stroke = |text: &str| text.split(' ').map(point).collect::<Option<Stroke>>();
    text.split(';').map(stroke).collect::<Option<_>>().unwrap_or_default()
}

/// Strokes as the path of an SVG whose view is the box.
pub fn path(strokes: &[Stroke]) -> String {
    let stroke = |stroke: &Stroke| {
        let rest = stroke.iter().skip(1).map(|(x, y)| format!("L{x} {y}")).collect::<String>();
        // A dot is a line of no length with round ends.
        let rest = if rest.is_empty() { "h0".to_owned() } else { rest };
        stroke.first().map(|(x, y)| format!("M{x} {y}{rest}")).unwrap_or_default()
    };
    strokes.iter().map(stroke).collect()
}

#[cfg(test)]
mod tests {
    use domain::agreement::signing::{Drawing, MOST_STROKES};

    use super::*;

    /// A spiral of so many points.
    fn spiral(points: u16) -> Stroke {
        let place = |step: u16| {
            let turn = f64::from(step) / 9.0;
            let out = f64::from(step) / f64::from(points) * 0.45;
            point((0.5 + out * turn.cos(), 0.5 + out * turn.sin()))
        };
        (0..points).map(place).collect()
    }

    #[test]
    fn a_straight_line_keeps_its_ends_and_a_corner_its_point() {
        let line: Stroke = (0..=100).map(|step| (100 + step * 10, 200 + step * 4)).collect();
        assert_eq!(thinned(&line, FINE), [(100, 200), (1_100, 600)]);
        let corner: Stroke = (0..=50)
            .map(|step| (step * 10 + 5, 400))
            .chain((0..=50).map(|step| (505, 400 + step)))
            .collect();
        assert_eq!(thinned(&corner, FINE), [(5, 400), (505, 400), (505, 450)]);
        assert_eq!(thinned(&[(7, 7)], FINE), [(7, 7)]);
        assert!(thinned(&[], FINE).is_empty());
    }

    #[test]
    fn no_point_runs_further_away_than_the_tolerance() {
        let whole = spiral(900);
        let thin = thinned(&whole, FINE);
        assert!(thin.len() < whole.len() / 2, "{} of {}", thin.len(), whole.len());
        for gone in whole.iter().filter(|point| !thin.contains(point)) {
            let near =
                thin.windows(2).map(|ends| off(*gone, ends[0], ends[1])).fold(f64::MAX, f64::min);
            assert!(near <= FINE * FINE, "{gone:?} is {near} away");
        }
        // What is thin enough stays.
        assert_eq!(thinned(&thin, FINE), thin);
    }

    #[test]
    fn a_closed_line_keeps_its_shape() {
        let ring = [(500, 500), (700, 500), (700, 700), (500, 700), (500, 500)];
        assert_eq!(thinned(&ring, FINE), ring);
    }

    #[test]
    fn what_runs_off_the_edge_is_still_cut_when_it_is_thin() {
        let off: Stroke = (0..40).map(|step| point((0.8 + f64::from(step) / 100.0, 0.5))).collect();
        let drawing = Drawing::new(fitted(&[off])).unwrap();
        assert!(drawing.is_cut());
        let inside: Stroke =
            (0..40).map(|step| point((0.2 + f64::from(step) / 100.0, 0.5))).collect();
        assert!(!Drawing::new(fitted(&[inside])).unwrap().is_cut());
    }

    #[test]
    fn whatever_is_drawn_fits() {
        let scribble = |seed: usize| -> Stroke {
            let place = |step: usize| {
                point((
                    ((step * 37 + seed) % 101) as f64 / 90.0 - 0.05,
                    ((step * 53) % 97) as f64 / 90.0,
                ))
            };
            (0..400).map(place).collect()
        };
        for strokes in [vec![spiral(9_000)], (0..MOST_STROKES).map(scribble).collect()] {
            let thin = fitted(&strokes);
            assert_eq!(thin.len(), strokes.len());
            assert!(Drawing::new(thin).is_ok());
        }
    }

    #[test]
    fn strokes_are_read_as_they_were_written() {
        let strokes = vec![vec![(100, 200), (3_000, 1_200)], vec![(5, 5)]];
        assert_eq!(written(&strokes), "100,200 3000,1200;5,5");
        assert_eq!(read(&written(&strokes)), strokes);
        for other in ["", "1,2;", "3001,5", "a,b", "1"] {
            assert!(read(other).is_empty(), "{other}");
        }
        assert_eq!(path(&strokes), "M100 200L3000 1200M5 5h0");
    }
}
