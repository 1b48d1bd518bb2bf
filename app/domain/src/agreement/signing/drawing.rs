//! What a finger or pen drew, as vectors.

use serde::{Deserialize, Serialize};

/// Width and height of the box in which something is drawn, in its own units.
pub const BOX: (u16, u16) = (3_000, 1_200);
/// Most strokes of a drawing.
pub const MOST_STROKES: usize = 200;
/// Most points of a drawing, all strokes together; screens thin out what has more.
pub const MOST_POINTS: usize = 1_500;

/// A point: from the left and from the top of the [`BOX`], in its units.
pub type Point = (u16, u16);

/// Why something isn't a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// Nothing was drawn.
    #[error("nothing is drawn")]
    Empty,
    /// More strokes or points than are kept.
    #[error("too many strokes or points")]
    TooLong,
    /// A point outside the box.
    #[error("a point is outside the box")]
    Outside,
}

/// The strokes of a drawing in the order in which they were made: at least one, none empty, at most
/// [`MOST_STROKES`] with [`MOST_POINTS`] points in all, every point inside the [`BOX`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<Point>>", into = "Vec<Vec<Point>>")]
pub struct Drawing(Vec<Vec<Point>>);

impl Drawing {
    /// Checks strokes.
    ///
    /// # Errors
    /// [`DrawingError`].
    pub fn new(strokes: Vec<Vec<Point>>) -> Result<Self, DrawingError> {
        if strokes.is_empty() || strokes.iter().any(Vec::is_empty) {
            return Err(DrawingError::Empty);
        }
        if strokes.len() > MOST_STROKES || strokes.iter().map(Vec::len).sum::<usize>() > MOST_POINTS
        {
            return Err(DrawingError::TooLong);
        }
        if strokes.iter().flatten().any(|(x, y)| *x > BOX.0 || *y > BOX.1) {
            return Err(DrawingError::Outside);
        }
        Ok(Self(strokes))
    }

    /// The strokes.
    pub fn strokes(&self) -> &[Vec<Point>] {
        &self.0
    }

    /// Whether it is so small that it may be a slip: a dot or a short tick.
    pub fn is_slight(&self) -> bool {
        let (width, height) = self.extent();
        width < BOX.0 / 15 && height < BOX.1 / 6
    }

    /// Whether it comes to an edge of the box, where the pen may have left it.
    pub fn is_cut(&self) -> bool {
        let on_edge = |(x, y): &Point| *x == 0 || *y == 0 || *x == BOX.0 || *y == BOX.1;
        self.0.iter().flatten().any(on_edge)
    }

    fn extent(&self) -> (u16, u16) {
        let along = |pick: fn(&Point) -> u16| {
            let values = || self.0.iter().flatten().map(pick);
            values().max().unwrap_or(0) - values().min().unwrap_or(0)
        };
        (along(|point| point.0), along(|point| point.1))
    }
}

impl TryFrom<Vec<Vec<Point>>> for Drawing {
    type Error = DrawingError;

    fn try_from(strokes: Vec<Vec<Point>>) -> Result<Self, Self::Error> {
        Self::new(strokes)
    }
}

impl From<Drawing> for Vec<Vec<Point>> {
    fn from(drawing: Drawing) -> Self {
        drawing.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_ink_inside_its_box_and_not_too_much() {
        assert_eq!(Drawing::new(vec![]), Err(DrawingError::Empty));
        assert_eq!(Drawing::new(vec![vec![(1, 1)], vec![]]), Err(DrawingError::Empty));
        assert_eq!(Drawing::new(vec![vec![(3_001, 5)]]), Err(DrawingError::Outside));
        assert_eq!(Drawing::new(vec![vec![(3_000, 1_201)]]), Err(DrawingError::Outside));
        assert!(Drawing::new(vec![vec![(7, 7); MOST_POINTS]]).is_ok());
        assert_eq!(
            Drawing::new(vec![vec![(7, 7); MOST_POINTS], vec![(7, 7)]]),
            Err(DrawingError::TooLong)
        );
        assert_eq!(Drawing::new(vec![vec![(7, 7)]; 201]), Err(DrawingError::TooLong));
    }

    #[test]
    fn nothing_but_a_drawing_is_read() {
        let json = "[[[10,20],[300,40]]]";
        let read: Drawing = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        assert!(serde_json::from_str::<Drawing>("[]").is_err());
        assert!(serde_json::from_str::<Drawing>("[[[9999,0]]]").is_err());
    }

    #[test]
    fn a_dot_is_slight_and_a_line_off_the_edge_is_cut() {
        let dot = Drawing::new(vec![vec![(500, 500), (520, 510)]]).unwrap();
        assert!(dot.is_slight() && !dot.is_cut());
        let name = Drawing::new(vec![vec![(200, 500), (900, 300), (1_600, 700)]]).unwrap();
        assert!(!name.is_slight() && !name.is_cut());
        let off = Drawing::new(vec![vec![(2_000, 500), (3_000, 300), (3_000, 320), (3_000, 340)]]);
        assert!(off.unwrap().is_cut());
        let flick = Drawing::new(vec![vec![(2_000, 500), (2_700, 400), (3_000, 380)]]);
        assert!(flick.unwrap().is_cut(), "a quick line off the edge has one point there");
    }
}
