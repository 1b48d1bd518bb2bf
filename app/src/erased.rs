//! Leptos's reactive building blocks with type-erased closures. The originals are generic over
//! every closure, so that each use compiles its memo, effect and list machinery anew: with these a
//! phone downloads a fifth less. They behave like the originals.

use std::sync::Arc;

use domain::ItemId;
use leptos::either::Either;
use leptos::prelude::*;
use uuid::Uuid;

/// [`Memo::new`] of a function that ignores the previous value.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    value: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    erased_memo(Box::new(value))
}

fn erased_memo<T: PartialEq + Send + Sync + 'static>(
    value: Box<dyn Fn() -> T + Send + Sync>,
) -> Memo<T> {
    Memo::new(move |_| value())
}

/// [`Effect::new`] of a function that ignores the previous value.
pub fn effect(run: impl FnMut() + 'static) {
    erased_effect(Box::new(run));
}

fn erased_effect(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}

/// A part of a view that is re-rendered when what it reads changes: `{reactive(move || …)}` for
/// `{move || …}`.
pub fn reactive<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> Reactive {
    Box::new(move || view().into_any())
}

/// The type that [`reactive`] gives every function.
pub type Reactive = Box<dyn FnMut() -> AnyView + Send>;

/// Shows its children while `when` is true, otherwise `fallback`. Like
/// [`leptos::control_flow::Show`].
#[component(transparent)]
pub fn Show(
    /// Shown while it is true.
    children: ChildrenFn,
    /// The condition.
    #[prop(into)]
    when: Condition,
    /// Shown otherwise; nothing by default.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    let Condition(when) = when;
    let holds = ArcMemo::new(move |_| when());
    reactive(
        move || if holds.get() { Either::Left(children()) } else { Either::Right(fallback.run()) },
    )
}

/// The condition of a [`Show`].
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(when: F) -> Self {
        Self(Box::new(when))
    }
}

/// A view for each item, kept while the item stays in the list. Like [`For`], keyed by item id.
#[component(transparent)]
pub fn ForItems<EF, N>(
    /// The items, in order.
    #[prop(into)]
    each: Signal<Vec<ItemId>>,
    /// The view of an item.
    children: EF,
) -> impl IntoView
where
    EF: Fn(ItemId) -> N + Send + Sync + 'static,
    N: IntoView + 'static,
{
    erased_for(each, Arc::new(move |id| children(id).into_any()))
}

/// The same for whatever else has an id.
#[component(transparent)]
pub fn ForIds<EF, N>(
    /// The ids, in order.
    #[prop(into)]
    each: Signal<Vec<Uuid>>,
    /// The view of what has this id.
    children: EF,
) -> impl IntoView
where
    EF: Fn(Uuid) -> N + Send + Sync + 'static,
    N: IntoView + 'static,
{
    // One list is compiled for all of them.
    let items = Signal::derive(move || each.read().iter().copied().map(ItemId).collect());
    erased_for(items, Arc::new(move |ItemId(id)| children(id).into_any()))
}

fn erased_for(
    each: Signal<Vec<ItemId>>,
    children: Arc<dyn Fn(ItemId) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <For each=move || each.get() key=|id| *id children=move |id| children(id)/> }.into_any()
}
