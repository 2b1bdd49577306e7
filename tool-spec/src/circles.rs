//! Ways that lead back to where they began: models that hold each other, tools that ask each other, values that are
//! worked out from each other.

use crate::source::Span;

/// A circle's way is written out up to so many steps.
const WRITTEN: usize = 8;

/// The ways from each thing, by its index: where a way leads, and where it is written.
pub(crate) type Ways = Vec<Vec<(usize, Span)>>;

/// One walk along all ways.
pub(crate) struct Walk {
    /// Each circle once: its members, with the place of the step to the next.
    pub(crate) circles: Vec<Vec<(usize, Span)>>,
    /// Everything, and before each thing whatever it leads to, as far as no circle forbids it.
    pub(crate) order: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Walks along all ways, without recursion: a way may be as long as the spec.
pub(crate) fn walk(ways: &Ways) -> Walk {
    let mut walk = Walk { circles: Vec::new(), order: Vec::new() };
    let mut states = vec![State::New; ways.len()];
    for start in 0..ways.len() {
        // The way from the start to here: each thing, and how many of its ways were taken.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        if states.get(start) != Some(&State::New) {
            continue;
        }
        while let Some((at, taken)) = path.last_mut() {
            let here = *at;
            set(&mut states, here, State::Open);
            let next = ways.get(here).and_then(|ways| ways.get(*taken));
            *taken += 1;
            match next.map(|(next, _)| (*next, states.get(*next))) {
                Some((next, Some(State::New))) => path.push((next, 0)),
                Some((next, Some(State::Open))) => walk.circles.push(circle(ways, &path, next)),
                Some(_) => {}
                None => {
                    set(&mut states, here, State::Done);
                    walk.order.push(here);
                    path.pop();
                }
            }
        }
    }
    walk
}

fn set(states: &mut [State], index: usize, state: State) {
    if let Some(old) = states.get_mut(index) {
        *old = state;
    }
}

/// The part of a path that begins at a thing of it, to which its last step leads back.
fn circle(ways: &Ways, path: &[(usize, usize)], first: usize) -> Vec<(usize, Span)> {
    let members = path.iter().skip_while(|(member, _)| *member != first);
    let step = |(member, taken): &(usize, usize)| {
        let (_, span) = ways.get(*member)?.get(taken.checked_sub(1)?)?;
        Some((*member, *span))
    };
    members.filter_map(step).collect()
}

/// A circle in words: `a` → `b` → `a`.
pub(crate) fn written(names: &[&str]) -> String {
    let mut steps: Vec<String> = names.iter().take(WRITTEN).map(|name| format!("`{name}`")).collect();
    if names.len() > WRITTEN {
        steps.push(format!("({} more)", names.len() - WRITTEN));
    }
    steps.extend(names.first().map(|name| format!("`{name}`")));
    steps.join(" → ")
}

#[cfg(test)]
mod tests;
