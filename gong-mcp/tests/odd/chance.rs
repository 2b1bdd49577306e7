//! Chance that is the same in every run, and the odd calls that it makes: right ones of every tool, and what is wrong
//! with them at any depth.

use gong_client::catalog::{self, Tool};
use serde_json::{Map, Value, json};

pub(crate) struct Chance(pub(crate) u64);

/// Names of tools that there are not.
const NO_TOOLS: [&str; 7] =
    ["", "gong_", "gong_calls_lst", "tools/call", "💥", "gong_calls_list\u{0}", "GONG_CALLS_LIST"];

const TEXTS: [&str; 24] = [
    "",
    " ",
    "null",
    "0",
    "-1",
    "1e999",
    "7782342274025937895",
    "99999999999999999999999999999999999999",
    "2026-11-16",
    "2026-02-30",
    "2026-11-16T00:00:00Z",
    "2026-11-16T25:61:61+99:99",
    "9999-12-31T23:59:60Z",
    "-271821-04-20T00:00:00Z",
    "a,b",
    "a.b.c.d.e",
    "../../etc/passwd",
    "x\r\nAuthorization: Bearer y",
    "%00%2e%2e%2f?x=1#y",
    "{\"a\": [1, \"2\"]}",
    "\u{0}\u{1}\u{7f}\u{85}\u{2028}",
    "\u{202e}right to left\u{feff}",
    "e\u{301}\u{1f469}\u{200d}\u{1f680}\u{10ffff}",
    "\\\"\\u0000",
];

/// What is said beside an input, and values for it of which the first half is right somewhere.
const OPTIONS: [(&str, &[&str]); 7] = [
    (
        "_fields",
        &[r#"["id"]"#, r#""id,title""#, r#"[" id "]"#, "[]", r#"["a.b"]"#, r#"[".."]"#, "[1]", "7", "{}", "null"],
    ),
    ("_skip", &["0", "1", r#""5""#, "1000000000", "18446744073709551615", "-1", "1.5", r#""x""#, "[]", "null"]),
    ("_pages", &["1", "3", r#""2""#, r#""all""#, "100", "0", "101", "-1", r#""ALL""#, "[1]", "{}", "null"]),
    ("_wait", &["false", "1", r#""1""#, "601", "0", "-1", "0.5", r#""true""#, "[]", "null"]),
    ("_max_tokens", &["0", "1", "50", r#""200""#, "100000", "18446744073709551615", "-7", "1e300", "{}", "null"]),
    ("_confirm", &[r#""yes""#, r#""""#, r#""7782342274025937895""#, "true", "1", "[]", "{}", "null"]),
    ("_x", &["1", "null"]),
];

impl Chance {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// The name and the arguments of a call. Tools come in turn, so that each has as many as the others.
    pub(crate) fn call(&mut self, nth: usize) -> (String, Value) {
        let tools = catalog::tools();
        match (self.below(40), tools.get(nth % (tools.len() + 1))) {
            (0, _) => ((*self.one(&NO_TOOLS)).to_owned(), self.value(3)),
            (_, Some(tool)) => {
                let right = right(self, tool);
                (tool.name.to_owned(), self.arguments(right, Some(tool)))
            }
            (_, None) => {
                let right =
                    json!({"call_id": "7782342274025937895", "from_minute": 1, "to_minute": 2.5, "speaker": "a"});
                ("gong_conversation_read".to_owned(), self.arguments(right, None))
            }
        }
    }

    /// The same by way of the three tools that find, describe and call the others.
    pub(crate) fn discovering(&mut self, nth: usize) -> (String, Value) {
        let (tool, input) = self.call(nth);
        let (name, right) = match self.below(5) {
            0 => ("gong_tools_search", json!({"words": tool.replace('_', " ")})),
            1 => ("gong_tool_describe", json!({"tool": tool})),
            2 => ("gong_tool_call", json!({"tool": tool, "input": input.to_string()})),
            _ => ("gong_tool_call", json!({"tool": tool, "input": input})),
        };
        let arguments = if self.below(4) == 0 { self.arguments(right, None) } else { right };
        (name.to_owned(), arguments)
    }

    /// Right arguments, with nothing, something or much that is odd.
    fn arguments(&mut self, mut right: Value, tool: Option<&Tool>) -> Value {
        for _ in 0..self.below(4).saturating_sub(1) {
            self.spoil(&mut right, 4);
        }
        if let (Value::Object(members), 0) = (&mut right, self.below(2)) {
            let (name, values) = *self.one(&OPTIONS);
            members.insert(name.to_owned(), serde_json::from_str(self.one::<&str>(values)).unwrap());
            if self.below(60) == 0 {
                members.insert("_fields".to_owned(), vec!["crmObjects"; 10_000].join(".").into());
            }
        }
        if let (Value::Object(members), Some(tool)) = (&mut right, tool) {
            // Else few calls of a tool that removes something would come as far as the others.
            let confirmation = match tool.confirm.map(|param| members.get(param).cloned()) {
                None => Some(tool.name.into()),
                Some(value) => value,
            };
            if let (Some(confirmation), true) = (confirmation, self.below(4) > 0) {
                members.entry("_confirm").or_insert(confirmation);
            }
        }
        right
    }

    /// Makes one thing odd, here or further down.
    fn spoil(&mut self, value: &mut Value, depth: usize) {
        let goes_on = depth > 0 && self.below(3) > 0;
        match value {
            Value::Object(members) if goes_on && !members.is_empty() => {
                let nth = self.below(members.len());
                self.spoil(members.values_mut().nth(nth).unwrap(), depth - 1);
            }
            Value::Array(elements) if goes_on && !elements.is_empty() => {
                let nth = self.below(elements.len());
                self.spoil(&mut elements[nth], depth - 1);
            }
            Value::Object(members) => match self.below(3) {
                0 => drop(members.insert((*self.one(&TEXTS)).to_owned(), self.value(2))),
                1 => drop(members.keys().next_back().cloned().and_then(|name| members.remove(&name))),
                _ => *value = self.value(depth),
            },
            Value::Array(elements) => match self.below(4) {
                0 => elements.clear(),
                1 => elements.extend(elements.clone()),
                2 => elements.push(self.value(2)),
                _ => *value = self.value(depth),
            },
            _ => match self.below(6) {
                0 => *value = json!([value.clone()]),
                1 => *value = json!({"value": value.clone()}),
                2 => *value = value.to_string().into(),
                _ => *value = self.value(depth),
            },
        }
    }

    /// Anything.
    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 12 } else { 16 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => json!(*self.one(&[0, 1, -1, i64::MAX, i64::MIN, 4_294_967_296])),
            3 => json!(u64::MAX),
            4 => json!(*self.one(&[0.5, -0.0, 1e308, -1.5e300, 5e-324, 1e20])),
            5 => "x".repeat(self.below(3_000)).into(),
            6 if self.below(40) == 0 => "long ".repeat(20_000).into(),
            7 if self.below(10) == 0 => (0..100).fold(Value::Null, |inner, _| json!([inner])),
            8 if self.below(10) == 0 => (0..500).map(|n| json!(n.to_string())).collect(),
            12 | 13 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            14 | 15 => {
                let name = |chance: &mut Self| (*chance.one(&TEXTS)).to_owned();
                Value::Object((0..self.below(4)).map(|_| (name(self), self.value(depth - 1))).collect())
            }
            _ => (*self.one(&TEXTS)).into(),
        }
    }
}

/// A right input: the example, and now and then what else the schema has.
fn right(chance: &mut Chance, tool: &Tool) -> Value {
    let mut input: Map<String, Value> = serde_json::from_str(tool.example).unwrap();
    let schema: Value = serde_json::from_str(tool.input_schema).unwrap();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if chance.below(4) == 0 && !input.contains_key(name) {
            input.insert(name.clone(), fitting(chance, &schema, property, 4));
        }
    }
    Value::Object(input)
}

/// A value that a schema allows, as far as types, choices and formats go.
fn fitting(chance: &mut Chance, whole: &Value, schema: &Value, depth: usize) -> Value {
    if let Some(target) = schema["$ref"].as_str().and_then(|place| whole.pointer(place.strip_prefix('#')?)) {
        return fitting(chance, whole, target, depth);
    }
    if let Some(choices) = schema["enum"].as_array() {
        return chance.one(choices).clone();
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return fitting(chance, whole, &any[0], depth);
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (_, Some("date-time")) => "2026-11-16T00:00:00Z".into(),
        (_, Some("date")) => "2026-11-16".into(),
        (_, Some("email")) => "sam.rivers@larkspur.example".into(),
        (_, Some("uri")) => "https://example.com/a".into(),
        (Some("boolean"), _) => true.into(),
        (Some("integer" | "number"), _) => schema["minimum"].as_u64().unwrap_or(1).into(),
        (Some("array"), _) if depth > 0 => json!([fitting(chance, whole, &schema["items"], depth - 1)]),
        (Some("object"), _) if depth > 0 => {
            let members = schema["properties"].as_object().into_iter().flatten();
            Value::Object(members.map(|(name, of)| (name.clone(), fitting(chance, whole, of, depth - 1))).collect())
        }
        (Some("array"), _) => json!([]),
        (Some("object"), _) => json!({}),
        _ => "7782342274025937895".into(),
    }
}
