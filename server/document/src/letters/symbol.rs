//! Word writes bullets, arrows and ticks of the fonts Symbol and Wingdings as private characters,
//! U+F000 and the character's place in the font.

/// The character that a private one looks like, where it is one that lists are made with.
pub fn of(letter: char) -> Option<char> {
    let known = match letter {
        '\u{f020}' => ' ',
        '\u{f02d}' => '−',
        '\u{f04a}' => '☺',
        '\u{f04c}' => '☹',
        '\u{f06c}' => '●',
        '\u{f06d}' => '❍',
        '\u{f06e}' => '■',
        '\u{f06f}' => '□',
        '\u{f071}' => '❑',
        '\u{f072}' => '❒',
        '\u{f074}' => '◆',
        '\u{f075}' => '◆',
        '\u{f076}' => '❖',
        '\u{f077}' => '◆',
        '\u{f09e}' => '·',
        '\u{f09f}' => '•',
        '\u{f0a7}' => '▪',
        '\u{f0a8}' => '□',
        '\u{f0ab}' => '★',
        '\u{f0ae}' => '→',
        '\u{f0b0}' => '°',
        '\u{f0b3}' => '≥',
        '\u{f0a3}' => '≤',
        '\u{f0b1}' => '±',
        '\u{f0b7}' => '•',
        '\u{f0d8}' => '➢',
        '\u{f0df}' => '←',
        '\u{f0e0}' => '→',
        '\u{f0e8}' => '➔',
        '\u{f0f0}' => '⇨',
        '\u{f0fb}' => '✗',
        '\u{f0fc}' => '✓',
        '\u{f0fd}' => '☒',
        '\u{f0fe}' => '☑',
        _ => return None,
    };
    Some(known)
}
