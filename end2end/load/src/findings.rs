//! The result of any mode but the steady one: whether anything was lost, and named figures.

use serde_json::{Map, Value};

use crate::record::Verdict;

/// The result of a mode.
pub struct Findings {
    mode: &'static str,
    verdict: Verdict,
    figures: Vec<Figure>,
}

struct Figure {
    key: &'static str,
    label: &'static str,
    value: f64,
}

impl Findings {
    /// A result without figures yet.
    pub fn new(mode: &'static str, verdict: Verdict) -> Self {
        Self { mode, verdict, figures: Vec::new() }
    }

    /// Adds a figure: its name for programs, its name for people, its value; NaN when unknown,
    /// which is left out.
    pub fn with(mut self, key: &'static str, label: &'static str, value: f64) -> Self {
        if value.is_finite() {
            self.figures.push(Figure { key, label, value });
        }
        self
    }

    /// Whether nothing was lost, doubled or different.
    pub fn is_clean(&self) -> bool {
        self.verdict.is_clean()
    }

    /// The result as one line of JSON.
    pub fn json(&self) -> String {
        let Verdict { lost, doubled, diverged } = self.verdict;
        let counts = [("lost", lost), ("doubled", doubled), ("diverged", diverged)];
        let mut fields: Map<String, Value> =
            counts.map(|(key, count)| (key.to_owned(), count.into())).into_iter().collect();
        fields.insert("mode".to_owned(), self.mode.into());
        for figure in &self.figures {
            fields.insert(figure.key.to_owned(), rounded(figure.value).into());
        }
        Value::Object(fields).to_string()
    }

    /// The result for people.
    pub fn sentence(&self) -> String {
        let Verdict { lost, doubled, diverged } = self.verdict;
        let figures: Vec<_> = self
            .figures
            .iter()
            .map(|figure| format!("{}: {}", figure.label, rounded(figure.value)))
            .collect();
        format!(
            "{}; {lost} lost, {doubled} doubled, {diverged} screens or texts that differ.",
            figures.join("; ")
        )
    }
}

/// Rounds to thousandths.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_named_and_what_isn_t_known_is_left_out() {
        let verdict = Verdict { lost: 1, ..Verdict::default() };
        let found = Findings::new("kill", verdict)
            .with("listening_ms", "listening, ms", 12.34567)
            .with("x", "x", f64::NAN);
        let json: Value = serde_json::from_str(&found.json()).expect("it is JSON");
        assert_eq!(
            json,
            serde_json::json!({ "mode": "kill", "lost": 1, "doubled": 0, "diverged": 0, "listening_ms": 12.346 })
        );
        assert_eq!(
            found.sentence(),
            "listening, ms: 12.346; 1 lost, 0 doubled, 0 screens or texts that differ."
        );
        assert!(!found.is_clean());
    }
}
