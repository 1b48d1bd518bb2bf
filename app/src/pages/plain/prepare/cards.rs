//! Personal links as cards to be printed and cut out.

use domain::StreamId;
use leptos::prelude::*;

use crate::address;
use crate::page::prepare::{Card, CardChoice};
use crate::text::{form, prepare as words};

/// Whose cards; or the sheet, once they were made.
pub(super) fn cards(exercise: StreamId, choice: CardChoice, name: &str) -> AnyView {
    if !choice.cards.is_empty() {
        return sheet(choice, name);
    }
    let options = [
        ("sin-enlace", words::cards_without_link(choice.without_link), choice.without_link),
        ("sin-entrar", words::cards_not_entered(choice.not_entered), choice.not_entered),
        ("todos", words::cards_all(choice.all), choice.all),
    ];
    let chosen = options.iter().find(|(.., count)| *count > 0).map(|(value, ..)| *value);
    let option = |(value, label, count): (&'static str, String, usize)| {
        view! {
            <label class="entry-choice">
                <input type="radio" name="quien" value=value checked=chosen == Some(value) disabled=count == 0/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <form class="card" method="post">
            <fieldset class="entry-field">
                <legend>{words::WHOSE}</legend>
                {options.into_iter().map(option).collect_view()}
            </fieldset>
            <p class="note">{words::CARDS_LEAD}</p>
            <button class="action" disabled=choice.all == 0>{words::MAKE_CARDS}</button>
        </form>
        <a class="button" href=address::prepare_part(exercise, "actores")>{words::ACTORS}</a>
    }
    .into_any()
}

fn sheet(choice: CardChoice, name: &str) -> AnyView {
    let address = choice.address;
    let by_code = words::card_code(&address);
    let card = |card: Card| {
        view! {
            <li class="seat-card">
                <p class="seat-card-head"><span>{name.to_owned()}</span>{card.signs.then(|| view! { <b>{words::CARD_SIGNS}</b> })}</p>
                <div class="seat-qr" inner_html=card.qr_svg></div>
                <p class="row-title">{card.organisation}</p>
                <p>{form::seat(card.kind)}{card.person.map(|person| format!(" · {person}"))}</p>
                <p class="note">{words::card_when(card.meets, &card.venue)}</p>
                <p class="note">{words::CARD_USE}</p>
                <p class="seat-url" translate="no">{card.url}</p>
                <p class="note">{by_code.clone()}<b class="seat-code" translate="no">{card.code}</b></p>
            </li>
        }
    };
    view! {
        <p class="note">{words::CARDS_LEAD}</p>
        <p class="note seat-cut">{words::CUT}" · "{address}</p>
        <ul class="seat-cards">{choice.cards.into_iter().map(card).collect_view()}</ul>
    }
    .into_any()
}
