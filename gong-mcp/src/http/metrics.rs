//! What a server did, for Prometheus: calls by tool and outcome, and how long they took. Users are no labels.

use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::toolbox::Outcome;

type Labels = Vec<(&'static str, String)>;

pub(super) struct Metrics {
    registry: Registry,
    calls: Family<Labels, Counter>,
    seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let calls = Family::default();
        // From 10 ms, which is a quick answer of Gong's, to over a minute, which is a wait for its limit.
        let seconds = Histogram::new(exponential_buckets(0.01, 2.0, 14));
        registry.register("gong_tool_calls", "Calls of tools", calls.clone());
        registry.register("gong_tool_call_seconds", "How long a call took, waiting included", seconds.clone());
        Metrics { registry, calls, seconds }
    }
}

impl Metrics {
    pub(super) fn called(&self, tool: &'static str, outcome: &Outcome, took: Duration) {
        self.calls.get_or_create(&vec![("tool", tool.to_owned()), ("outcome", outcome.end.word())]).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
