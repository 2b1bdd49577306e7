//! Every way in which a document may change, at every place of it: each is told.

use serde_json::{Map, Value, json};

use super::{DOCUMENT, report, side};

/// A change of the document, and what it is called.
type Mutation = (String, Value);

/// Makes the changes of one document.
struct Mutations {
    document: Value,
    all: Vec<Mutation>,
}

/// Changes that make no difference, each with the places where they make none.
const NO_DIFFERENCE: [(&str, &str); 10] = [
    // Values that are joined by commas are as good a list.
    ("string instead of array", "/parameters/2/schema"),
    // A field of the whole answer is never counted on, nor is what may be null, or a list, or any JSON.
    ("required", "/responses/2"),
    ("required", "/schemas/BooksPage"),
    ("required [\"books\"]", "/schemas/Author"),
    ("required [\"id\", \"title\", ", "/schemas/Book"),
    // What comes is kept as JSON.
    ("the format", "/note/oneOf/0"),
    // The other part says that it is an object, so the document contradicts itself.
    ("", "instead of object at /components/schemas/NewBook/allOf/1"),
    // A constant asks nothing of the caller.
    ("required [\"place\"]", "/NewBook/allOf/1"),
    ("number instead of integer", "/properties/pages"),
    // It is never sent.
    ("no id", "/NewBook/allOf/1/properties"),
];

#[test]
fn every_change_of_the_document_is_told() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let side = side();
    assert!(report(&document, &side).findings.is_empty());
    let mut mutations = Mutations { document: document.clone(), all: Vec::new() };
    mutations.walk(&document, "");
    let untold = mutations.all.iter().filter(|(_, changed)| {
        let report = report(changed, &side);
        report.findings.is_empty() && report.wrong.is_empty()
    });
    let untold: Vec<&str> = untold.map(|(name, _)| name.as_str()).collect();
    let makes_none = |(what, at): &(&str, &str), name: &str| name.starts_with(what) && name.contains(at);
    for none in &NO_DIFFERENCE {
        assert!(untold.iter().any(|name| makes_none(none, name)), "{none:?} makes a difference");
    }
    let lost: Vec<&&str> =
        untold.iter().filter(|name| !NO_DIFFERENCE.iter().any(|none| makes_none(none, name))).collect();
    assert!(lost.is_empty(), "{} of {}:\n{lost:#?}", lost.len(), mutations.all.len());
    assert!(mutations.all.len() > 450, "{}", mutations.all.len());
}

/// One that is nowhere in the document.
const NEW: &str = "brandNew";

impl Mutations {
    fn add(&mut self, what: &str, pointer: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let mut changed = self.document.clone();
        change(changed.pointer_mut(pointer).unwrap().as_object_mut().unwrap());
        if changed != self.document {
            self.all.push((format!("{what} at {pointer}"), changed));
        }
    }

    fn walk(&mut self, value: &Value, pointer: &str) {
        let below: Vec<(String, &Value)> = match value {
            Value::Object(members) => {
                self.object(members, pointer);
                members.iter().map(|(key, value)| (key.replace('/', "~1"), value)).collect()
            }
            Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
            _ => return,
        };
        below.into_iter().for_each(|(key, value)| self.walk(value, &format!("{pointer}/{key}")));
    }

    fn object(&mut self, members: &Map<String, Value>, pointer: &str) {
        // A name that a field of the document has is no keyword.
        if pointer.ends_with("/properties") {
            return self.properties(members, pointer);
        }
        if pointer == "/paths" {
            return self.paths(members, pointer);
        }
        if members.contains_key("responses") && !pointer.ends_with("components") {
            self.operation(members, pointer);
        }
        if members.contains_key("in") {
            self.parameter(members, pointer);
        }
        if let Some(Value::String(ty)) = members.get("type") {
            self.type_of(members, ty, pointer);
        }
        if let Some(Value::Array(values)) = members.get("enum") {
            self.values(values, pointer);
        }
        if members.contains_key("properties") {
            self.required(members, pointer);
        }
        if members.contains_key("$ref") {
            self.add("a reference to nothing", pointer, |at| drop(at.insert("$ref".to_owned(), json!("#/nothing"))));
        }
    }

    fn properties(&mut self, members: &Map<String, Value>, pointer: &str) {
        self.add("a new field", pointer, |at| drop(at.insert(NEW.to_owned(), json!({"type": "string"}))));
        for (name, schema) in members {
            self.add(&format!("no {name}"), pointer, |at| drop(at.shift_remove(name)));
            // One that is never sent is no field of a request.
            if schema.get("readOnly").is_none() {
                let old = |at: &mut Map<String, Value>| {
                    if let Some(Value::Object(schema)) = at.get_mut(name) {
                        schema.insert("deprecated".to_owned(), json!(true));
                    }
                };
                self.add(&format!("{name} deprecated"), pointer, old);
            }
        }
    }

    fn paths(&mut self, members: &Map<String, Value>, pointer: &str) {
        let new = json!({"get": {"responses": {"204": {"description": "done"}}}});
        self.add("a new path", pointer, |at| drop(at.insert(format!("/{NEW}"), new)));
        for path in members.keys() {
            self.add(&format!("no {path}"), pointer, |at| drop(at.shift_remove(path)));
        }
    }

    fn operation(&mut self, members: &Map<String, Value>, pointer: &str) {
        let (path, verb) = pointer.rsplit_once('/').unwrap();
        self.add(&format!("no {verb}"), path, |at| drop(at.shift_remove(verb)));
        self.add("deprecated", pointer, |at| drop(at.insert("deprecated".to_owned(), json!(true))));
        for required in [true, false] {
            let param = json!({"name": NEW, "in": "query", "required": required, "schema": {"type": "string"}});
            self.add("a new parameter", pointer, |at| {
                let params = at.entry("parameters").or_insert_with(|| json!([]));
                params.as_array_mut().unwrap().push(param);
            });
        }
        let body = json!({"required": true, "content": {"application/json": {"schema": {"type": "object"}}}});
        match members.contains_key("requestBody") {
            true => self.add("no body", pointer, |at| drop(at.shift_remove("requestBody"))),
            false => self.add("a body", pointer, |at| drop(at.insert("requestBody".to_owned(), body))),
        }
        if let Some(Value::Array(params)) = members.get("parameters") {
            for (index, param) in params.iter().enumerate() {
                // What a path has a place for is there, declared or not.
                if param["in"] != "path" {
                    let parameters = |at: &mut Map<String, Value>| {
                        drop(at["parameters"].as_array_mut().unwrap().remove(index));
                    };
                    self.add(&format!("without parameter {index}"), pointer, parameters);
                }
            }
        }
    }

    fn parameter(&mut self, members: &Map<String, Value>, pointer: &str) {
        self.add("deprecated", pointer, |at| drop(at.insert("deprecated".to_owned(), json!(true))));
        if members["in"] == "query" {
            self.add("renamed", pointer, |at| drop(at.insert("name".to_owned(), json!(NEW))));
            let required = members.get("required") == Some(&json!(true));
            self.add("required or not", pointer, |at| drop(at.insert("required".to_owned(), json!(!required))));
        }
    }

    fn type_of(&mut self, members: &Map<String, Value>, ty: &str, pointer: &str) {
        if members.get("readOnly").is_some() || ty == "null" {
            return;
        }
        for other in
            ["string", "integer", "number", "boolean", "array", "object"].into_iter().filter(|other| *other != ty)
        {
            // An id is as good a name for a whole number as for a text, and JSON is whatever comes.
            let is_id = |ty: &str| ["string", "integer"].contains(&ty) && members.get("enum").is_none();
            let free = pointer.ends_with("/oneOf/0") || pointer.ends_with("/oneOf/1");
            if is_id(ty) && is_id(other) && members.get("format") != Some(&json!("date-time")) || free {
                continue;
            }
            let change = |at: &mut Map<String, Value>| {
                at.insert("type".to_owned(), json!(other));
                at.shift_remove("enum");
            };
            self.add(&format!("{other} instead of {ty}"), pointer, change);
        }
        if ty == "string" && members.get("enum").is_none() {
            for format in ["date", "date-time", "binary"] {
                let change = |at: &mut Map<String, Value>| drop(at.insert("format".to_owned(), json!(format)));
                self.add(&format!("the format {format}"), pointer, change);
            }
        }
    }

    fn values(&mut self, values: &[Value], pointer: &str) {
        self.add("a new value", pointer, |at| {
            let values = at["enum"].as_array_mut().unwrap();
            // Where a document writes several values into one text, a new one stands in it.
            match values.as_mut_slice() {
                [Value::String(joined)] if joined.contains(", ") => joined.push_str(", NEW"),
                _ => values.push(json!("NEW")),
            }
        });
        for index in 0..values.len() {
            self.add(&format!("another value {index}"), pointer, |at| at["enum"][index] = json!("NEW"));
        }
    }

    fn required(&mut self, members: &Map<String, Value>, pointer: &str) {
        let required: Vec<&str> = members
            .get("required")
            .map(|names| names.as_array().unwrap())
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, schema) in members["properties"].as_object().unwrap() {
            let mut names = required.clone();
            match names.iter().position(|required| required == name) {
                Some(at) => drop(names.remove(at)),
                None if schema.get("readOnly").is_some() => continue,
                None => names.push(name),
            }
            self.add(&format!("required {names:?}"), pointer, |at| {
                drop(at.insert("required".to_owned(), json!(names)))
            });
        }
    }
}
