//! The year of a plan as a drawing: a row for each commitment, a mark where each of its activities
//! is due, a line for today. Positions across are shares of the width and heights are in letters,
//! so that it fits a phone and grows with the reader's letters. It is written as text, which costs
//! a phone a tenth of what as many elements of a view would.

use std::fmt::Write as _;

use domain::Date;
use domain::exercise::calendar::{Calendar, lanes};

use crate::components::category::{attribute, shape};
use crate::state::outline::{Line, Outline};
use crate::text::{date, public};

/// Heights, in tenths of a letter's: the months above, a line of marks with their numbers, what is
/// between rows, the word below today's line.
const HEAD: u32 = 36;
const MARKS: u32 = 22;
const BETWEEN: u32 = 10;
const FOOT: u32 = 18;
/// How far apart two marks in one line are, in days: more than a mark on the narrowest phone.
const APART: u16 = 24;
/// Most months of which each has its name.
const NAMED: usize = 14;
/// Most letters of a title beside its row.
const TITLE: usize = 24;

/// A row: how high it begins, and the line of each dated activity in it.
struct Row<'a> {
    line: &'a Line,
    top: u32,
    marks: Vec<(usize, Date, usize)>,
}

impl Row<'_> {
    /// How many lines of marks it has.
    fn lines(&self) -> u32 {
        let lines = self.marks.iter().map(|(.., lane)| lane + 1).max().unwrap_or(1);
        u32::try_from(lines).unwrap_or(1)
    }

    fn height(&self) -> u32 {
        BETWEEN + MARKS * self.lines()
    }

    /// Where the middle of a line of marks is.
    fn middle(&self, lane: u32) -> u32 {
        self.top + BETWEEN / 2 + 15 + MARKS * lane
    }
}

/// The drawing: two SVGs side by side, the rows' names and what happens in them. Empty when nothing
/// can be drawn.
pub(super) fn plot(outline: &Outline, today: Date) -> String {
    let calendar = outline.calendar.as_ref().filter(|calendar| !calendar.months().is_empty());
    let (Some(calendar), false) = (calendar, outline.commitments.is_empty()) else {
        return String::new();
    };
    let mut bottom = HEAD;
    let rows: Vec<Row> = outline
        .commitments
        .iter()
        .map(|line| {
            let row = Row { line, top: bottom, marks: marks(line, calendar) };
            bottom += row.height();
            row
        })
        .collect();
    let height = letters(bottom + FOOT);
    let mut drawing = format!(
        "<svg class=\"year-names\" aria-hidden=\"true\" focusable=\"false\" height=\"{height}\">"
    );
    rows.iter().for_each(|row| name(&mut drawing, row));
    let (title, detail) = (public::YEAR, public::drawn(outline, today));
    // Writing into a text doesn't fail.
    let _ = write!(
        drawing,
        "</svg><svg class=\"year-plot\" role=\"img\" aria-labelledby=\"anio-titulo anio-detalle\" height=\"{height}\">\
         <title id=\"anio-titulo\">{title}</title><desc id=\"anio-detalle\">{detail}</desc><g>"
    );
    behind(&mut drawing, calendar, bottom, today);
    rows.iter().for_each(|row| marked(&mut drawing, row, calendar));
    now(&mut drawing, calendar, bottom, today);
    drawing.push_str("</g></svg>");
    drawing
}

fn marks(line: &Line, calendar: &Calendar) -> Vec<(usize, Date, usize)> {
    let dated = line.activities.iter().filter_map(|it| Some((it.number.1, it.due?)));
    let dated: Vec<_> = dated.filter(|(_, due)| calendar.middle_of(*due).is_some()).collect();
    let days: Vec<Date> = dated.iter().map(|(_, due)| *due).collect();
    dated.into_iter().zip(lanes(&days, APART)).map(|((own, due), lane)| (own, due, lane)).collect()
}

/// The commitment's shape, number and title before its row.
fn name(drawing: &mut String, Row { line, top, .. }: &Row) {
    let mut title: String = line.title.chars().take(TITLE).collect();
    if title.len() < line.title.len() {
        title.push('…');
    }
    let _ = write!(
        drawing,
        "<g data-category=\"{}\"><svg y=\"{}\" width=\"1em\" height=\"1em\" viewBox=\"0 0 12 12\"><path d=\"{}\"/></svg>\
         <text x=\"1.5em\" y=\"{}\">{}<tspan class=\"year-title\">. {}</tspan></text></g>",
        attribute(line.category),
        letters(top + 13),
        shape(line.category),
        letters(top + 22),
        line.number,
        escaped(&title),
    );
}

/// The past, the months and the lines between them.
fn behind(drawing: &mut String, calendar: &Calendar, bottom: u32, today: Date) {
    let months = calendar.months();
    let is_over = months.first().is_some_and(|first| *first <= today);
    let past = calendar.start_of(today).or(is_over.then_some(10_000));
    if let Some(past) = past.filter(|past| *past > 0) {
        let (top, height) = (letters(HEAD), letters(bottom - HEAD));
        let _ = write!(
            drawing,
            "<rect class=\"year-past\" y=\"{top}\" width=\"{}\" height=\"{height}\"/>",
            share(past)
        );
    }
    let every = months.len().div_ceil(NAMED);
    for (place, first) in months.iter().enumerate() {
        let Some(start) = calendar.start_of(*first) else { continue };
        let at = share(start);
        if place % every == 0 {
            let (letter, rest) = date::short_month(*first).split_at(1);
            // Every second one can go where letters are large.
            let class =
                if (place / every).is_multiple_of(2) { "" } else { " class=\"year-other\"" };
            let _ = write!(
                drawing,
                "<text{class} x=\"{at}\" y=\"{}\">{letter}<tspan class=\"year-rest\">{rest}</tspan></text>",
                letters(HEAD - 8)
            );
        }
        if place == 0 || first.month() == time::Month::January {
            let _ = write!(
                drawing,
                "<text class=\"year-number\" x=\"{at}\" y=\"{}\">{}</text>",
                letters(HEAD - 22),
                first.year()
            );
        }
        let (top, bottom) = (letters(HEAD - 4), letters(bottom));
        let _ = write!(drawing, "<line x1=\"{at}\" x2=\"{at}\" y1=\"{top}\" y2=\"{bottom}\"/>");
    }
}

/// A commitment's line and its marks.
fn marked(drawing: &mut String, row: &Row, calendar: &Calendar) {
    let line = row.line;
    let _ = write!(drawing, "<g data-category=\"{}\">", attribute(line.category));
    for y in (0..row.lines()).map(|lane| letters(row.middle(lane))) {
        let _ = write!(drawing, "<line class=\"year-row\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
    }
    for (own, due, lane) in &row.marks {
        let Some(at) = calendar.middle_of(*due).map(share) else { continue };
        let middle = row.middle(u32::try_from(*lane).unwrap_or(0));
        let (y, above) = (letters(middle), letters(middle - 7));
        let _ = write!(
            drawing,
            "<circle cx=\"{at}\" cy=\"{y}\" r=\".5em\"/><text x=\"{at}\" y=\"{above}\" text-anchor=\"middle\">\
             <tspan class=\"year-of\">{}.</tspan>{own}</text>",
            line.number
        );
    }
    drawing.push_str("</g>");
}

/// Today's line, when today is one of the days.
fn now(drawing: &mut String, calendar: &Calendar, bottom: u32, today: Date) {
    let Some(place) = calendar.middle_of(today) else { return };
    let anchor = match place {
        ..500 => "start",
        9_501.. => "end",
        _ => "middle",
    };
    let at = share(place);
    let _ = write!(
        drawing,
        "<line class=\"year-today\" x1=\"{at}\" x2=\"{at}\" y1=\"{}\" y2=\"{}\"/>\
         <text class=\"year-number\" x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
        letters(HEAD - 4),
        letters(bottom),
        letters(bottom + FOOT - 4),
        public::TODAY
    );
}

/// A length, given in tenths of a letter's height.
fn letters(tenths: u32) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

/// A share of the width, given in hundredths of a percent.
fn share(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// A text that people wrote, between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use domain::ItemId;
    use domain::deliberation::choice::Category;
    use domain::exercise::outline::Adoption;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::state::outline::Planned;

    const TODAY: Date = date!(2027 - 02 - 12);

    fn line(number: usize, title: &str, due: &[Option<Date>]) -> Line {
        let id = |own: usize| ItemId(Uuid::from_u128(number as u128 * 100 + own as u128));
        let activity = |(own, due): (usize, &Option<Date>)| Planned {
            id: id(own),
            number: (number, own),
            title: format!("Actividad {own}"),
            responsible: String::new(),
            due: *due,
        };
        Line {
            id: id(0),
            number,
            category: Some(Category::LocalProblem),
            title: title.to_owned(),
            lead: None,
            last: None,
            adoption: Adoption::Draft,
            activities: (1..).zip(due).map(activity).collect(),
        }
    }

    fn year(lines: Vec<Line>) -> Outline {
        let (starts, ends) = (date!(2026 - 10 - 01), date!(2027 - 09 - 30));
        Outline { commitments: lines, calendar: Some(Calendar::of(starts, ends, &[])) }
    }

    fn count(drawing: &str, what: &str) -> usize {
        drawing.matches(what).count()
    }

    #[test]
    fn each_dated_activity_has_its_mark_in_its_commitments_row() {
        let due = [Some(date!(2026 - 10 - 01)), None, Some(date!(2027 - 09 - 30))];
        let drawing = plot(&year(vec![line(1, "Agua", &due), line(2, "Aire", &due[..2])]), TODAY);
        assert_eq!(count(&drawing, "<circle"), 3);
        assert_eq!(count(&drawing, "cx=\"0.13%\""), 2, "the middle of the first day");
        assert!(drawing.contains("cx=\"99.86%\""));
        assert!(drawing.contains("<tspan class=\"year-of\">1.</tspan>3</text>"));
        assert_eq!(count(&drawing, "data-category=\"local\""), 4, "a name and a row for each");
        assert!(drawing.contains("5 actividades de 2 compromisos, de oct 2026 a sep 2027."));
        assert!(drawing.contains("aria-labelledby=\"anio-titulo anio-detalle\""));
    }

    #[test]
    fn today_is_drawn_on_its_day_and_not_outside_of_the_year() {
        let at = |today| plot(&year(vec![line(1, "Agua", &[])]), today);
        let drawn = at(TODAY);
        // 134.5 of 365 days.
        assert!(drawn.contains("<line class=\"year-today\" x1=\"36.84%\""), "{drawn}");
        assert!(drawn.contains(">hoy</text>") && drawn.contains("width=\"36.71%\""));
        let (before, after) = (at(date!(2026 - 09 - 30)), at(date!(2027 - 10 - 01)));
        assert_eq!(count(&before, "year-today") + count(&after, "year-today"), 0);
        assert_eq!((count(&before, "year-past"), count(&after, "year-past")), (0, 1));
        assert!(after.contains("width=\"100.00%\""));
    }

    #[test]
    fn marks_that_would_cover_each_other_stand_in_lines_of_their_own() {
        let close =
            [15, 20, 25].map(|day| Date::from_calendar_date(2027, time::Month::May, day).ok());
        let one = plot(&year(vec![line(1, "Agua", &close[..1])]), TODAY);
        let three = plot(&year(vec![line(1, "Agua", &close)]), TODAY);
        let heights = |drawing: &str| {
            let marks = drawing.split("cy=\"").skip(1);
            marks.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(heights(&three), ["5.6em", "7.8em", "10.0em"]);
        assert!(one.contains("height=\"8.6em\"") && three.contains("height=\"13.0em\""));
    }

    #[test]
    fn a_plan_of_24_commitments_has_a_row_for_each_that_covers_no_other() {
        let due = (1..=6).map(|month| {
            Date::from_calendar_date(2027, time::Month::December.nth_next(month), 28).ok()
        });
        let due: Vec<_> = due.collect();
        let lines = (1..=24).map(|number| line(number, "Un título que es bastante largo", &due));
        let drawing = plot(&year(lines.collect()), TODAY);
        assert_eq!(count(&drawing, "<circle"), 24 * 6);
        let rows: Vec<f32> = drawing
            .split("class=\"year-row\" x2=\"100%\" y1=\"")
            .skip(1)
            .filter_map(|rest| rest.split("em").next()?.parse().ok())
            .collect();
        assert_eq!(rows.len(), 24);
        assert!(rows.windows(2).all(|two| two[1] - two[0] >= 3.0), "{rows:?}");
        assert!(
            drawing.contains(">24<tspan class=\"year-title\">. Un título que es bastant…</tspan>")
        );
    }

    #[test]
    fn a_title_is_text_and_nothing_is_drawn_of_nothing() {
        let hostile = plot(&year(vec![line(1, "<b>&\"</b><script>", &[])]), TODAY);
        assert!(hostile.contains(". &lt;b&gt;&amp;\"&lt;/b&gt;&lt;script&gt;"));
        assert!(!hostile.contains("<b>") && !hostile.contains("<script"));
        assert_eq!(plot(&year(Vec::new()), TODAY), "");
        let without = Outline { calendar: None, ..year(vec![line(1, "Agua", &[])]) };
        assert_eq!(plot(&without, TODAY), "");
    }
}
