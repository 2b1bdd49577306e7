//! Faults: what a test wants to go wrong, and with which requests.
//!
//! A fault has a part that says when it strikes and a part that says what it does, so that either
//! can grow new kinds without the other.

use crate::{record::RecordedRequest, refusal::Refusal, reply::Reply, routes};

/// Something that goes wrong with the next request, or the next few, that it is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    when: When,
    effect: Effect,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct When {
    method: Option<String>,
    path: Option<String>,
    remaining: usize,
    after_the_work: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Effect {
    /// An answer of Gong's own, in its envelope.
    Refuse(Refusal),
    /// An answer of something in between, such as the edge: no envelope, no trace id.
    Page { status: u16, headers: Vec<(String, String)>, body: String },
}

impl Fault {
    /// An error in Gong's envelope with this text.
    pub fn refuse(status: u16, text: impl Into<String>) -> Self {
        Self::with(Effect::Refuse(Refusal::new(status, text)))
    }

    /// The 429 of a company over its rate, with `Retry-After`.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        Self::with(Effect::Refuse(Refusal::too_many_requests(retry_after_seconds)))
    }

    /// Gong's 500.
    pub fn internal_error() -> Self {
        Self::refuse(500, "Internal server error occurred")
    }

    /// An HTML page from the edge in front of Gong, such as a 502.
    pub fn edge_page(status: u16) -> Self {
        let body = format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
        Self::page(status, "text/html; charset=UTF-8", body)
    }

    /// Any answer at all, as it stands.
    pub fn page(status: u16, content_type: impl Into<String>, body: impl Into<String>) -> Self {
        Self::with(Effect::Page {
            status,
            headers: vec![("content-type".to_string(), content_type.into())],
            body: body.into(),
        })
    }

    /// A 307 to another address, as Gong gives for a tenant that lives on another host.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::with(Effect::Page {
            status: 307,
            headers: vec![("location".to_string(), location.into())],
            body: String::new(),
        })
    }

    fn with(effect: Effect) -> Self {
        let when = When { method: None, path: None, remaining: 1, after_the_work: false };
        Self { when, effect }
    }

    /// Strikes only this method on this path, in which `{id}` stands for any segment; without it,
    /// whatever comes next.
    #[must_use]
    pub fn on(mut self, method: impl Into<String>, path: impl Into<String>) -> Self {
        self.when.method = Some(method.into());
        self.when.path = Some(path.into());
        self
    }

    /// Strikes this many times rather than once.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.when.remaining = times;
        self
    }

    /// Strikes when the work is already done, so that only the answer is lost: what makes the
    /// blind repetition of a write dangerous.
    #[must_use]
    pub fn after_the_work(mut self) -> Self {
        self.when.after_the_work = true;
        self
    }

    fn meant_for(&self, request: &RecordedRequest) -> bool {
        let method = self.when.method.as_deref();
        let path = self.when.path.as_deref();
        method.is_none_or(|method| method == request.method)
            && path.is_none_or(|path| routes::capture(path, &request.path).is_some())
    }

    pub(crate) fn strikes_after_the_work(&self) -> bool {
        self.when.after_the_work
    }

    pub(crate) fn reply(&self, request_id: &str) -> Reply {
        match &self.effect {
            Effect::Refuse(refusal) => Reply::refusal(request_id, refusal),
            Effect::Page { status, headers, body } => {
                Reply { status: *status, headers: headers.clone(), body: body.clone().into_bytes() }
            }
        }
    }
}

/// Takes the first fault meant for a request, and forgets it once it has struck often enough.
pub(crate) fn strike(faults: &mut Vec<Fault>, request: &RecordedRequest) -> Option<Fault> {
    let place = faults.iter().position(|fault| fault.when.remaining > 0 && fault.meant_for(request))?;
    let fault = faults.get_mut(place)?;
    fault.when.remaining -= 1;
    let struck = fault.clone();
    faults.retain(|fault| fault.when.remaining > 0);
    Some(struck)
}
