//! What is sent, and how its answer is read: methods, paths, placements, constants and the behaviours around them.

use super::finding::{Found, Spot};
use super::names::{Names, Paired, pair};
use super::rule::rules;
use super::{demands, placement, texts, wire, words};
use tool_spec::display::path;
use tool_spec::model::{Case, Fan, Plan, Request, Step, Template, Text, Tool};

rules! { "Requests":
    METHOD_CHANGED = "request-method-changed" [Dangerous Dangerous Breaking => Minor]
        "A request is sent with another HTTP method."
        why "It asks the service for another operation: one that may do something else, count differently or be \
            repeated differently."
        instead "Run the end-to-end tests of this tool; say where the service documents the operation.";
    PATH_CHANGED = "request-path-changed" [Dangerous Dangerous Breaking => Minor]
        "A request is sent to another path."
        why "It asks the service for another operation behind the same name."
        instead "Run the end-to-end tests of this tool; say where the service documents the operation.";
    CASE_ADDED = "request-case-added" [Dangerous Dangerous Dangerous => Minor]
        "Some calls of a tool are sent as a request of their own."
        why "Calls for which its condition holds go another way than before."
        instead "See that both ways answer alike; `reshape` helps.";
    CASE_REMOVED = "request-case-removed" [Dangerous Dangerous Dangerous => Minor]
        "Calls that were sent as a request of their own are sent like the others."
        why "What that request asked for may be asked for no more."
        instead "See that the request that is left takes every parameter.";
    CASE_CONDITION = "request-condition-changed" [Dangerous Dangerous Dangerous => Minor]
        "A request is sent under another condition."
        why "Some calls go another way than before."
        instead "Say in the changelog which.";
    CASES_REORDERED = "requests-reordered" [Dangerous Dangerous Dangerous => Minor]
        "The conditions of a tool's requests are tried in another order."
        why "A call for which two of them hold goes another way than before."
        instead "Keep the order, unless no call fits two of them.";
    STEP_ADDED = "request-step-added" [Dangerous Dangerous Dangerous => Minor]
        "A tool sends one request more in a row."
        why "It costs one request more, and can fail half-way in one more place."
        instead "Say with `failed` what holds when that step fails.";
    STEP_REMOVED = "request-step-removed" [Dangerous Dangerous Dangerous => Minor]
        "A tool sends one request fewer in a row."
        why "What that request did is no longer done."
        instead "Say in the changelog what callers have to do themselves.";
    TAKE_CHANGED = "request-take-changed" [Dangerous Dangerous Dangerous => Minor]
        "A step takes something else from its answer for those after it."
        why "What the later requests send is another value."
        instead "Run the end-to-end tests of this tool.";
    PLAN_CHANGED = "request-plan-changed" [Dangerous Dangerous Breaking => Minor]
        "A tool sends several requests in order where it sent one of several, or the other way round."
        why "Everything about what is sent may be different."
        instead "Read the requests side by side.";
    CHUNK_SIZE = "chunk-size-changed" [Compatible Compatible Dangerous => Patch]
        "A long list is sent in pieces of another size."
        why "More requests count against the limits, or larger ones that the service may refuse."
        instead "Follow the service's own limit.";
    PAGE_SIZE = "page-size-changed" [Dangerous Dangerous Dangerous => Minor]
        "Pages that the client makes hold more or fewer items."
        why "A cursor that a caller kept still works, but who counted on the size of a page is wrong."
        instead "Leave the size unless requests run into limits.";
    FAN_CHANGED = "request-splitting-changed" [Dangerous Dangerous Dangerous => Minor]
        "One call becomes several requests, or no longer does, or in another way."
        why "How many requests are sent, and how far a call came when one of them fails, is different."
        instead "Say in the changelog how many requests a call costs.";
    OUTCOMES_CHANGED = "outcomes-changed" [Dangerous Dangerous None => Minor]
        "What became of each of several requests is told differently."
        why "A failure that was told beside the others may end the call, or the other way round."
        instead "Keep `outcomes` where one failure should not hide the others.";
    RESHAPE_CHANGED = "reshape-changed" [Dangerous Dangerous None => Minor]
        "The answer of a request becomes the tool's in another way."
        why "The same answer of the service reaches the caller with other contents."
        instead "Compare both on a recorded answer.";
    REPEATABLE = "request-repeatable" [Dangerous Dangerous Dangerous => Minor]
        "A request is said to do no more when it is sent twice."
        why "Where its answer is lost it is sent again instead of failing, and a removal counts as done when nothing \
            is left of it. If the service doesn't take it so, it is done twice."
        instead "Send the service the same request twice first, and see that the second time changes nothing.";
    NOT_REPEATABLE = "request-not-repeatable" [Dangerous Dangerous None => Minor]
        "A request is no longer said to do no more when it is sent twice."
        why "It is not sent again when its answer is lost: the call fails, and the caller cannot tell whether it was \
            done."
        instead "Keep it while the service takes a repetition so.";
    REPEAT_ADDED = "repeat-key-added" [Dangerous Dangerous Dangerous => Minor]
        "A request names the value by which the service knows what it has already."
        why "A write whose answer was lost is sent again instead of failing, and a 409 to the repetition counts as \
            done. If the service doesn't go by that value, it is done twice."
        instead "Send the service the same value twice first, and see that the second time changes nothing.";
    REPEAT_CHANGED = "repeat-key-changed" [Dangerous Dangerous Dangerous => Minor]
        "The service is said to know what it has already by another value."
        why "A write whose answer was lost is sent again when the new value is there, and no longer when the old one \
            is."
        instead "Send the service the same new value twice first, and see that the second time changes nothing.";
    REPEATED_CHANGED = "repeated-changed" [Dangerous Dangerous None => Minor]
        "Another error of a request counts as done, after a try whose answer was lost."
        why "What was done may be told as a failure, and a failure as done."
        instead "Send the service the same value twice, and take the words that it says the second time.";
    REPEAT_REMOVED = "repeat-key-removed" [Dangerous Dangerous None => Minor]
        "A request no longer names a value by which the service knows what it has already."
        why "A write whose answer was lost is not sent again: the call fails, and the caller cannot tell whether it \
            was done."
        instead "Keep it while the service knows a repetition by it.";
    ANSWER_CHANGED = "request-answer-changed" [Dangerous Dangerous None => Minor]
        "The answer of a request, which is not yet the tool's, is read as another model."
        why "What the later requests, or the tool's answer, are made of is read from other fields."
        instead "Try it on a recorded answer.";
    NOT_FOUND_CHANGED = "request-nothing-found-changed" [Dangerous Dangerous None => Minor]
        "Another error of a request counts as \"nothing matched\"."
        why "Calls that gave an empty answer may fail, and failures may be taken for empty answers."
        instead "Try it on a recorded error of either sort.";
}

pub(super) fn compare(found: &mut Found<'_>, spot: &Spot, base: &Tool, head: &Tool, names: &Names) {
    let pair = Pair { base, head, names };
    match (&base.plan, &head.plan) {
        (Plan::Cases(was), Plan::Cases(is)) => pair.cases(found, spot, was, is),
        (Plan::Steps(was), Plan::Steps(is)) => pair.steps(found, spot, was, is),
        (Plan::Cases(_), Plan::Steps(_)) | (Plan::Steps(_), Plan::Cases(_)) => {
            let message = format!("`{}` sends its requests by another plan", head.name);
            found.changed(&PLAN_CHANGED, spot, message, wire::tool_text(base), wire::tool_text(head));
        }
    }
}

/// A tool on both sides.
struct Pair<'a> {
    base: &'a Tool,
    head: &'a Tool,
    names: &'a Names,
}

/// Where a tool's request of this index is written, below the tool.
#[must_use]
pub fn place(plan: &Plan, index: usize) -> String {
    match plan {
        Plan::Steps(_) => format!("steps.{index}"),
        Plan::Cases(cases) if cases.len() == 1 => "request".to_owned(),
        Plan::Cases(_) => format!("requests.{index}"),
    }
}

impl Pair<'_> {
    fn spot(&self, spot: &Spot, base: usize, head: usize) -> Spot {
        spot.between(&place(&self.base.plan, base), &place(&self.head.plan, head))
    }

    fn cases(&self, found: &mut Found<'_>, spot: &Spot, base: &[Case], head: &[Case]) {
        let when = |case: &Case| words::condition(case.when.as_ref());
        let same = |was: &Case, is: &Case| self.names.text(&when(was)) == when(is);
        let Paired { both, gone, new } = pair(
            base.iter().enumerate(),
            head.iter().enumerate(),
            &[&|(_, was), (_, is)| same(was, is), &|(_, was), (_, is)| {
                wire::target(&was.request) == wire::target(&is.request)
            }],
        );
        for (index, case) in gone {
            let message = format!("`{}` has no request of its own for `{}` any more", self.head.name, when(case));
            found.unset(&CASE_REMOVED, &self.spot(spot, index, index), message, when(case));
        }
        for (index, case) in new {
            let message = format!("`{}` has a request of its own for `{}`", self.head.name, when(case));
            found.set(&CASE_ADDED, &self.spot(spot, index, index), message, when(case));
        }
        if !both.iter().map(|(_, (index, _))| *index).is_sorted() {
            let message = format!("`{}` tries its conditions in another order", self.head.name);
            let order = |cases: &[Case]| cases.iter().map(when).collect::<Vec<_>>().join("; ");
            found.changed(&CASES_REORDERED, spot, message, order(base), order(head));
        }
        for ((before, was), (after, is)) in both {
            let spot = self.spot(spot, before, after);
            if !same(was, is) {
                let message = format!("the request for `{}` is the one for `{}` now", when(was), when(is));
                found.changed(&CASE_CONDITION, &spot.at("when"), message, when(was), when(is));
            }
            self.request(found, &spot, &was.request, &is.request);
        }
    }

    fn steps(&self, found: &mut Found<'_>, spot: &Spot, base: &[Step], head: &[Step]) {
        let equal_count = base.len() == head.len();
        let Paired { both, gone, new } = pair(
            base.iter().enumerate(),
            head.iter().enumerate(),
            &[&|(_, was), (_, is)| wire::target(&was.request) == wire::target(&is.request), &|_, _| equal_count],
        );
        for (index, step) in gone {
            let message = format!("`{}` no longer sends `{}`", self.head.name, wire::target(&step.request));
            found.unset(&STEP_REMOVED, &self.spot(spot, index, index), message, wire::target(&step.request));
        }
        for (index, step) in new {
            let message = format!("`{}` also sends `{}`", self.head.name, wire::target(&step.request));
            found.set(&STEP_ADDED, &self.spot(spot, index, index), message, wire::target(&step.request));
        }
        for ((before, was), (after, is)) in both {
            let spot = self.spot(spot, before, after);
            self.request(found, &spot, &was.request, &is.request);
            self.step(found, &spot, was, is);
        }
    }

    fn step(&self, found: &mut Found<'_>, spot: &Spot, base: &Step, head: &Step) {
        for take in &base.take {
            let Some(other) = head.take.iter().find(|other| other.name == take.name) else { continue };
            let spot = spot.at(&format!("take.{}", take.name));
            found.differs(&TAKE_CHANGED, &spot, (path(&take.path), path(&other.path)), |was, is| {
                format!("`{}` is taken from `{is}` and was from `{was}`", take.name)
            });
        }
        for (key, was, is) in [("missing", &base.missing, &head.missing), ("failed", &base.failed, &head.failed)] {
            let text = |text: &Option<Text>| text.as_ref().map(ToString::to_string).unwrap_or_default();
            texts::told(found, &spot.at(key), &self.head.name, (&self.names.text(&text(was)), &text(is)));
        }
    }

    fn request(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let (was, is) = (base.verb.as_str(), head.verb.as_str());
        found.differs(&METHOD_CHANGED, &spot.at(&is.to_lowercase()), (was, is), |was, is| {
            format!("`{}` is sent as {is} and was as {was}", head.path)
        });
        if wire::path_shape(&base.path) != wire::path_shape(&head.path) {
            let message = format!("a request goes to `{}` and went to `{}`", head.path, base.path);
            let spot = spot.at(&head.verb.as_str().to_lowercase());
            found.changed(&PATH_CHANGED, &spot, message, &base.path, &head.path);
        }
        let sides = placement::Sides { tools: (self.base, self.head), requests: (base, head) };
        placement::compare(found, spot, &sides, self.names);
        self.fan(found, spot, base.fan.as_ref(), head.fan.as_ref());
        self.answer(found, spot, base, head);
        self.repeatable(found, &spot.at("repeatable"), base, head);
        self.repeat_key(found, &spot.at("repeat_key"), base, head);
        self.repeated(found, &spot.at("repeated"), base, head);
        self.scopes(found, &spot.at("scope"), base, head);
    }

    fn repeatable(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let path = &head.path;
        let twice = |request: &Request| request.repeatable.then_some(true);
        let may = (&REPEATABLE, format!("`{path}` may be sent twice"));
        let may_not = (&NOT_REPEATABLE, format!("`{path}` may no longer be sent twice"));
        found.optional(spot, (twice(base), twice(head)), [may.clone(), may, may_not]);
    }

    fn repeated(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let text = |request: &Request| match &request.repeated {
            Some(repeated) => format!("{} {}", repeated.status, repeated.message),
            None => "409".to_owned(),
        };
        // Without a key there is no repetition, and that is told by itself.
        if base.repeat_key.is_some() && head.repeat_key.is_some() {
            found.differs(&REPEATED_CHANGED, spot, (text(base), text(head)), |was, is| {
                format!("a repetition of `{}` is refused with `{is}`, and was with `{was}`", head.path)
            });
        }
    }

    fn repeat_key(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let path = &head.path;
        let (was, is) = (base.repeat_key.as_deref().map(|key| self.names.param(key)), head.repeat_key.as_deref());
        let (before, now) = (was.unwrap_or_default(), is.unwrap_or_default());
        let turns = [
            (&REPEAT_ADDED, format!("the service knows a repetition of `{path}` by `{now}`")),
            (&REPEAT_CHANGED, format!("the service knows a repetition of `{path}` by `{now}`, and did by `{before}`")),
            (&REPEAT_REMOVED, format!("nothing tells the service a repetition of `{path}`")),
        ];
        found.optional(spot, (was, is), turns);
    }

    /// Scopes that the tool needs on both sides, but this request only on one. What is new to the tool, or gone from
    /// it, is told of the tool.
    fn scopes(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let of_both = |scopes: &[String]| -> Vec<String> {
            let both = |scope: &&String| self.base.scopes.contains(scope) && self.head.scopes.contains(scope);
            scopes.iter().filter(both).cloned().collect()
        };
        let (name, path) = (&self.head.name, &head.path);
        found.names(
            |_| spot.clone(),
            (&of_both(&base.scopes), &of_both(&head.scopes)),
            (&demands::SCOPE_ADDED, |scope| format!("`{name}` needs the scope `{scope}` for `{path}` too")),
            (&demands::SCOPE_REMOVED, |scope| format!("`{name}` no longer needs the scope `{scope}` for `{path}`")),
        );
    }

    fn fan(&self, found: &mut Found<'_>, spot: &Spot, base: Option<&Fan>, head: Option<&Fan>) {
        let text = |fan: Option<&Fan>| fan.map(words::fan).unwrap_or_else(|| "one request".to_owned());
        let (was, is) = (self.names.text(&text(base)), text(head));
        if was != is {
            found.changed(&FAN_CHANGED, spot, format!("`{}` sends {is}, and sent {was}", self.head.name), was, is);
            return;
        }
        match (base, head) {
            (Some(Fan::Chunk { size: was, .. }), Some(Fan::Chunk { size: is, .. })) => {
                found.differs(&CHUNK_SIZE, &spot.at("chunk.size"), (was, is), |was, is| {
                    format!("at most {is} elements are sent at a time, and {was} were")
                });
            }
            (
                Some(Fan::Each { per_page: was, outcomes: before, .. }),
                Some(Fan::Each { per_page: is, outcomes: after, .. }),
            ) => {
                let size = |size: &Option<usize>| size.map_or_else(|| "all".to_owned(), |size| size.to_string());
                found.differs(&PAGE_SIZE, &spot.at("each.per_page"), (size(was), size(is)), |was, is| {
                    format!("a page holds {is} items and held {was}")
                });
                let text = |outcomes: &Option<_>| outcomes.as_ref().map(ToString::to_string).unwrap_or_default();
                found.differs(&OUTCOMES_CHANGED, &spot.at("outcomes"), (text(before), text(after)), |_, _| {
                    "what became of each is told differently".to_owned()
                });
            }
            _ => {}
        }
    }

    fn answer(&self, found: &mut Found<'_>, spot: &Spot, base: &Request, head: &Request) {
        let text = |template: &Option<Template>| template.as_ref().map(wire::template_text).unwrap_or_default();
        found.differs(&RESHAPE_CHANGED, &spot.at("reshape"), (text(&base.reshape), text(&head.reshape)), |_, _| {
            format!("an answer of `{}` is brought into shape differently", head.path)
        });
        let own = base.answer == self.base.answer && head.answer == self.head.answer;
        if !own && self.names.model(&base.answer) != head.answer {
            let message =
                format!("the answer of `{}` is read as `{}` and was as `{}`", head.path, head.answer, base.answer);
            found.changed(&ANSWER_CHANGED, &spot.at("answer"), message, &base.answer, &head.answer);
        }
        let (was, is) = (base.nothing_found.join(", "), head.nothing_found.join(", "));
        found.differs(&NOT_FOUND_CHANGED, &spot.at("nothing_found"), (was, is), |_, _| {
            format!("other errors of `{}` say that nothing matched", head.path)
        });
    }
}
