//! Documents set by child processes.

use std::sync::Arc;
use std::time::Duration;

use document::*;

use crate::sample;

pub fn workshop() -> Workshop {
    Workshop {
        program: env!("CARGO_BIN_EXE_document-worker").into(),
        arguments: Vec::new(),
        memory_bytes: 1 << 30,
        time: Duration::from_secs(60),
        at_once: 1,
        most: 8,
    }
}

fn small(title: &str) -> Request {
    let mut plan = sample::plan();
    plan.commitments.truncate(1);
    plan.commitments[0].title = title.into();
    Request::Pal(Box::new(plan))
}

#[tokio::test]
async fn another_process_sets_the_same_bytes() {
    let request = Request::Pal(Box::new(sample::plan()));
    let here = request.set(&Fonts::embedded()).unwrap();
    let there = Renderer::new(workshop()).render(&request).await.unwrap();
    assert_eq!(there.pages, here.pages);
    assert!(there.bytes == here.bytes, "two processes set different bytes");
}

#[tokio::test]
async fn who_asks_at_the_same_time_gets_the_same_document() {
    let renderer = Renderer::new(Workshop { most: 1, ..workshop() });
    let request = small("Sigue tu uniforme");
    let (one, other) = tokio::join!(renderer.render(&request), renderer.render(&request));
    assert!(Arc::ptr_eq(&one.unwrap(), &other.unwrap()));
}

#[tokio::test]
async fn too_many_are_turned_away_and_may_come_again() {
    let renderer = Renderer::new(Workshop { most: 1, ..workshop() });
    let (first, second) = (small("Uno"), small("Dos"));
    let (one, other) = tokio::join!(renderer.render(&first), renderer.render(&second));
    assert!(one.is_ok());
    assert_eq!(other.unwrap_err(), RenderError::Busy);
    assert!(renderer.render(&second).await.is_ok());
}

#[tokio::test]
async fn a_document_goes_on_when_who_asked_first_goes_away() {
    let renderer = Renderer::new(workshop());
    let request = small("Sigue");
    let first = tokio::time::timeout(Duration::from_millis(20), renderer.render(&request)).await;
    assert!(first.is_err(), "it was there before anybody could go away");
    assert!(renderer.render(&request).await.is_ok());
}

#[tokio::test]
async fn a_child_that_needs_too_much_memory_ends_alone() {
    let renderer = Renderer::new(Workshop { memory_bytes: 48 << 20, ..workshop() });
    let error = renderer.render(&small("Sigue")).await.unwrap_err();
    assert!(matches!(error, RenderError::Died { .. }), "{error:?}");
}

#[tokio::test]
async fn a_child_that_takes_too_long_is_killed() {
    let renderer = Renderer::new(Workshop { time: Duration::from_millis(15), ..workshop() });
    let error = renderer.render(&small("Sigue")).await.unwrap_err();
    assert_eq!(error, RenderError::TimedOut);
}

#[tokio::test]
async fn a_program_that_is_not_there_is_said() {
    let renderer = Renderer::new(Workshop { program: "/nowhere/mesa".into(), ..workshop() });
    let error = renderer.render(&small("Sigue")).await.unwrap_err();
    assert!(matches!(error, RenderError::Unusable(_)), "{error:?}");
}

#[tokio::test]
async fn what_cannot_be_set_is_told_by_the_child() {
    let mut plan = sample::plan();
    plan.period.to.month = 13;
    let error = Renderer::new(workshop()).render(&Request::Pal(Box::new(plan))).await.unwrap_err();
    assert!(matches!(error, RenderError::Failed(Failure::NotADay { .. })), "{error:?}");
}
