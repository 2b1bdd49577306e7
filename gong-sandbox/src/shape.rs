//! The shapes request bodies may have, and the audit that finds what Gong would ignore in silence.

use serde_json::Value;

/// What may stand at one place of a request body.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    Text,
    Number,
    Flag,
    /// Anything; used where Gong's document says no more.
    Any,
    List(&'static Shape),
    Object(&'static [(&'static str, Shape)]),
}

impl Shape {
    /// Lists what does not belong, each with the path to it.
    pub(crate) fn audit(&self, value: &Value) -> Vec<String> {
        let mut findings = Vec::new();
        self.walk(value, "", &mut findings);
        findings
    }

    fn walk(&self, value: &Value, path: &str, findings: &mut Vec<String>) {
        match (self, value) {
            (Self::Any, _) | (_, Value::Null) => {}
            (Self::Text, Value::String(_)) | (Self::Number, Value::Number(_)) | (Self::Flag, Value::Bool(_)) => {}
            (Self::List(item), Value::Array(values)) => {
                for (at, value) in values.iter().enumerate() {
                    item.walk(value, &format!("{path}[{at}]"), findings);
                }
            }
            (Self::Object(fields), Value::Object(members)) => {
                for (name, value) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    match fields.iter().find(|(known, _)| known == name) {
                        Some((_, shape)) => shape.walk(value, &path, findings),
                        None => findings.push(format!("unknown field {path}")),
                    }
                }
            }
            _ => findings.push(format!("{path} should be {}", self.noun())),
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Flag => "true or false",
            Self::Any => "anything",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Shape::{List, Object, Text};

    #[test]
    fn an_audit_names_the_path_of_what_does_not_belong() {
        let shape = Object(&[("filter", Object(&[("callIds", List(&Text))]))]);
        // In the order of the alphabet, which JSON has with serde_json's `preserve_order` and without.
        let body = json!({"cursor": null, "filter": {"callId": "7", "callIds": [7]}});
        assert_eq!(
            shape.audit(&body),
            ["unknown field cursor", "unknown field filter.callId", "filter.callIds[0] should be a string"]
        );
    }
}
