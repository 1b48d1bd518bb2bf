//! Metrics for the operator.

use domain::conduct;
use domain::{Command, Phase};
use server::metrics;
use server::service::sample::Stage;

use super::support::{Server, get};

/// The value of a line.
fn value(text: &str, line: &str) -> f64 {
    let found = text.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {line} in {text}")).parse().unwrap()
}

#[tokio::test]
async fn what_happens_is_counted_and_nothing_personal_is_in_it() {
    let server = Server::start(Stage::Live).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (counted, shutdown) = server.metrics();
    tokio::spawn(metrics::serve(listener, counted, shutdown));

    let mut ana = server.device(server.seat(0), "Ana Secreta").await;
    let follower = server.follower().await;
    ana.add(domain::ItemKind::Problem, None);
    ana.settled().await;
    // She may not lead the mesa.
    ana.command(Command::Conduct(conduct::Command::ChangePhase { to: Phase::Analysis }));
    ana.settled().await;
    let answer = get(address, "/metrics", None).await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.to_ascii_lowercase().contains("openmetrics-text"), "{}", answer.head);
    let text = answer.text;
    assert_eq!((value(&text, "mesa_sockets"), value(&text, "mesa_streams")), (2.0, 0.0), "{text}");
    assert_eq!(value(&text, "mesa_rooms"), 1.0, "{text}");
    assert_eq!(value(&text, "mesa_refusals_total{reason=\"not_allowed\"}"), 1.0);
    assert_eq!(value(&text, "mesa_resyncs_total"), 2.0);
    assert!(
        value(&text, "mesa_commit_seconds_count") >= 2.0
            && value(&text, "mesa_events_total") >= 2.0,
        "{text}"
    );
    assert!(
        value(&text, "mesa_frames_total") >= 4.0
            && value(&text, "mesa_frames_bytes_total") > 1_000.0,
        "{text}"
    );
    assert!(
        value(&text, &format!("mesa_queue_depth{{room=\"{}\"}}", server.ways.exercise_id)) >= 1.0
    );
    assert!(!text.contains("Secreta") && !text.contains("Ana"), "{text}");
    assert!(text.trim_end().ends_with("# EOF"));

    drop((ana, follower));
    let gone = async {
        while value(&get(address, "/metrics", None).await.text, "mesa_sockets") > 0.0 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(super::support::SOON, gone).await.expect("closed sockets are counted out");
    // The public listener doesn't serve them.
    assert_eq!(get(server.address, "/metrics", None).await.status, 404);
}
