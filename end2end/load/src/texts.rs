//! The texts of a mesa: which ones groups of editors write in, and their contents, in a replica and
//! as the server publishes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::{ItemId, ItemKind, Mesa, TextField};
use serde_json::Value;
use sync::Replica;

/// A text.
pub type Text = (ItemId, TextField);

/// Contents of texts.
pub type Texts = BTreeMap<Text, String>;

const COMMITMENT_FIELDS: [(TextField, &str); 4] = [
    (TextField::Description, "description"),
    (TextField::Objective, "objective"),
    (TextField::Contribution, "contribution"),
    (TextField::ExpectedResult, "expected_result"),
];
const PROBLEM_FIELDS: [(TextField, &str); 5] = [
    (TextField::Statement, "statement"),
    (TextField::Causes, "causes"),
    (TextField::Effects, "effects"),
    (TextField::Evidence, "evidence"),
    (TextField::MinimumCriteria, "minimum_criteria"),
];

/// The texts that groups of editors work in: the commitments' descriptions, then their other long
/// texts, then the problems'.
pub fn texts(state: &Mesa) -> Vec<Text> {
    let of = |kind, field| state.visible(kind, None).map(move |item| (item.id, field));
    let commitments =
        COMMITMENT_FIELDS.into_iter().flat_map(|(field, _)| of(ItemKind::Commitment, field));
    commitments
        .chain(PROBLEM_FIELDS.into_iter().flat_map(|(field, _)| of(ItemKind::Problem, field)))
        .collect()
}

/// The mesa that a replica shows.
pub fn shown(replica: &Replica) -> &Mesa {
    static NONE: LazyLock<Mesa> = LazyLock::new(Mesa::default);
    replica.view().mesa(replica.me().mesa).map_or(&NONE, |mesa| mesa)
}

/// The contents of these texts.
pub fn contents(state: &Mesa) -> Texts {
    let said = |(item, field): Text| {
        state.item(item).map_or_else(String::new, |found| found.text(field).to_owned())
    };
    texts(state).into_iter().map(|text| (text, said(text))).collect()
}

/// The contents of these texts in the open data (`/publico/{mesa}/datos.json`); none when that
/// isn't in the expected format.
pub fn published(data: &str) -> Option<Texts> {
    let data: Value = serde_json::from_str(data).ok()?;
    let mut found = Texts::new();
    for (list, fields) in
        [("commitments", &COMMITMENT_FIELDS[..]), ("problems", &PROBLEM_FIELDS[..])]
    {
        for item in data.get(list)?.as_array()? {
            let id = ItemId(item.get("uuid")?.as_str()?.parse().ok()?);
            for (field, key) in fields {
                found.insert((id, *field), item.get(key)?.as_str()?.to_owned());
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_in_the_open_data() {
        let id = "01a206bf-f4c2-73b2-812a-d66a22023e95";
        let commitment = serde_json::json!({
            "uuid": id, "description": "agua", "objective": "", "contribution": "", "expected_result": "más agua", "axis": "x",
        });
        let data = serde_json::json!({ "commitments": [commitment], "problems": [] }).to_string();
        let found = published(&data).expect("it is complete");
        let item = ItemId(id.parse().expect("an id"));
        assert_eq!(
            found.get(&(item, TextField::ExpectedResult)).map(String::as_str),
            Some("más agua")
        );
        assert_eq!(found.len(), 4);
        assert!(published("{}").is_none());
        assert!(published(&data.replace("objective", "objetivo")).is_none());
    }
}
