//! The fields of a sheet, read first and edited in place. Every field shows its label, its value as
//! ordinary text and its save state in words; a button opens the control once the page is live and
//! `editable` says so. Without a script, or before it runs, the value simply reads.
//!
//! # How a page uses them
//!
//! ```text
//! let live = expect_context::<Live>();
//! let editable = live.editable(item);                       // role × phase × author, from `domain`
//!
//! // A long text: knows its status, value and limit by itself.
//! <TextField item field=domain::TextField::Statement label="Qué pasa" editable/>
//!
//! // Short fields that need nothing but their item: a list. How a field is read follows from how it is set.
//! const WHO: &[Bound] = &[Bound::party(field::LEAD, Assignment::Lead), Bound::line(field::UNIT, Assignment::IndicatorUnit)];
//! <Fields item editable fields=WHO/>
//! <BoundChoice item label=field::CATEGORY editable options=… set=Assignment::Category read=|value| …/>
//!
//! // Those that do: a value, what to do with a new one, and the state of that command.
//! <ChoiceField label="Estado" editable value=… options=… on_set=live.assigning(item, …) status=live.field_status(item, …)/>
//! <ToggleField label="Componentes" editable
//!     chosen=Signal::derive(move || commitment.read().components.iter().copied().collect())   // Signal<Vec<T>>
//!     options=…                                                                // Signal<Vec<(T, String)>>
//!     on_set=live.toggling(item, |component, present| Assignment::Component { component, present })  // Callback<(T, bool)>
//!     status=…/>
//! ```
//!
//! `label` takes anything that becomes a `String`; signals take plain values too. `T` of a choice
//! is any `Clone + PartialEq + Send + Sync`.
//!
//! Keep a field mounted while its item is removed or the phase changes (hide the rest, not the open
//! field): an open editor says what happened and lets its text be copied. A page that lists fields
//! should key them by item id, so that they are moved and not made anew.
//!
//! # Markup, for the style sheet
//!
//! ```text
//! div.field[data-state=saved|saving|device|lost][data-open]
//!   div.field-head   span|label.field-label · span.field-status (holds a link to the tray when not kept)
//!   p.field-value[data-empty]            the text (long texts keep their line ends: white-space: pre-wrap)
//!   button.field-open                    "Editar" / "Cambiar"
//!   textarea|input|select.field-control  when open; fieldset.field-options with label.field-option inside for sets
//!   p.field-count · p.field-problem[role=alert] · p.field-note · button.field-chip ("Cambió: ver") · button.field-done ("Listo")
//!   div.field-apart                      what one wrote without a connection and can't stand in its place yet
//! div.field-advice > div.advice           what its wording lacks, with an example; div.advice-ways while it is open
//! button.copy                            [`CopyButton`]
//! ```
//!
//! A save state that asks the person to look links to the tray, `address::texts`. Every field needs
//! the [`Live`] of the page in its context.
//!
//! [`Live`]: crate::state::Live

mod advice;
mod area;
mod bound;
mod choice;
mod copy;
mod date;
mod editor;
mod frame;
mod input;
mod party;
mod short;
mod text;
mod toggle;
mod unfinished;

pub use advice::{AdviceOn, Advising};
pub use bound::{Bound, BoundChoice, Fields};
pub use choice::ChoiceField;
pub use copy::CopyButton;
pub use date::DateField;
pub use frame::SaveLabel;
pub use party::PartyField;
pub use short::ShortField;
pub use text::TextField;
pub use toggle::ToggleField;
pub use unfinished::FieldsOf;
