//! Where every stage puts the faults it finds.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{Fault, Faults};
use crate::source::Span;

/// As many other places of one cause are shown.
const ALSO: usize = 3;

/// Faults in the making. Shared, because a reader of one part reports while others hold theirs.
#[derive(Debug, Default)]
pub struct Sink {
    faults: RefCell<Vec<Fault>>,
    /// Causes that may show at several places: the fault of each, and every place where it shows.
    causes: RefCell<BTreeMap<String, (Fault, Vec<Span>)>>,
    count: Cell<usize>,
    /// What entries share, each with the first place that uses it.
    used: RefCell<Vec<(Span, Span)>>,
    /// Whether what is read now lacks a part that could not be read.
    partial: Cell<bool>,
}

impl Sink {
    /// Takes a fault.
    pub fn report(&self, fault: Fault) {
        self.count.set(self.count.get() + 1);
        if !(self.partial.get() && fault.kind.is_conclusion()) {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// Takes a fault because of which nothing comes of what is read.
    pub(crate) fn refuse<T>(&self, fault: Fault) -> Option<T> {
        self.report(fault);
        None
    }

    /// Reads something of which a part could not be read, and was told. What follows from the whole of it, such as that
    /// nothing uses a name, may follow from what is missing, so it is not told before that is mended.
    pub fn partially<T>(&self, partial: bool, read: impl FnOnce() -> T) -> T {
        let before = self.partial.replace(partial);
        let read = read();
        self.partial.set(before);
        read
    }

    /// Reports what shows wherever its cause is met, such as a name that nothing has. It becomes one fault, at the
    /// first of its places, with the others beside it. Only for the first that is met is the fault made.
    pub fn report_cause(&self, cause: &str, span: Span, fault: impl FnOnce() -> Fault) {
        self.count.set(self.count.get() + 1);
        let mut causes = self.causes.borrow_mut();
        match causes.get_mut(cause) {
            Some((_, places)) => places.push(span),
            None => drop(causes.insert(cause.to_owned(), (fault(), vec![span]))),
        }
    }

    /// Says where something is used that several entries share: a fault in it points at both places.
    pub(crate) fn used(&self, shared: Span, by: Span) {
        let mut used = self.used.borrow_mut();
        if !used.iter().any(|(known, _)| *known == shared) {
            used.push((shared, by));
        }
    }

    /// How many were reported so far: more of them after a reader than before it means that it left something out.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// All faults in the order of their places, or none.
    pub fn into_faults(self) -> Option<Faults> {
        let mut list = self.faults.into_inner();
        list.extend(self.causes.into_inner().into_values().map(|(fault, places)| gathered(fault, places)));
        let used = self.used.into_inner();
        for fault in &mut list {
            let within =
                |shared: &Span, at: Span| shared.file == at.file && (shared.start..=shared.end).contains(&at.start);
            let user = used.iter().find(|(shared, _)| fault.span.is_some_and(|at| within(shared, at)));
            fault.related.extend(user.map(|(_, by)| (*by, "used here".to_owned())));
        }
        list.sort_by(|a, b| (a.span, a.kind, &a.message).cmp(&(b.span, b.kind, &b.message)));
        list.dedup_by(|a, b| a.span == b.span && a.message == b.message);
        if list.is_empty() { None } else { Some(Faults { list }) }
    }
}

/// A fault at the first of the places of its cause, with the others beside it.
fn gathered(mut fault: Fault, mut places: Vec<Span>) -> Fault {
    places.sort_unstable();
    places.dedup();
    let mut places = places.into_iter();
    fault.span = places.next();
    let more = places.len().saturating_sub(ALSO);
    let also: Vec<Span> = places.take(ALSO).collect();
    let last = also.len().saturating_sub(1);
    for (index, span) in also.into_iter().enumerate() {
        let label = match more {
            more if more > 0 && index == last => {
                format!("and here, and at {more} more {}", if more == 1 { "place" } else { "places" })
            }
            _ => "and here".to_owned(),
        };
        fault.related.push((span, label));
    }
    fault
}
