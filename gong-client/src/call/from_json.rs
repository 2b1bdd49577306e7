//! The parameters of a tool, read from JSON.

use serde_json::{Map, Value};

use crate::base::error::{Error, Result};
use crate::base::json_place;
use crate::base::violation::Faults;
use crate::call::perform;
use crate::call::tool::Tool;
use crate::input::files::Files;
use crate::input::object::Input;
use crate::transport::shared::Shared;

/// Reads the parameters in JSON, with every fault of theirs at once. These files may be sent.
pub(crate) fn read(client: &Shared, params: &mut dyn Tool, input: &Value, files: &Files) -> Result<()> {
    let tool = params.facts().name;
    let mut faults = Faults::default();
    let none = Map::new();
    let object = match input {
        Value::Null => &none,
        Value::Object(object) => object,
        other => {
            faults.add("type", Some(other.to_string()), "The input must be an object");
            return Err(Error::refused(faults.into_list()).in_tool(tool));
        }
    };
    let mut input = Input::with(files);
    params.read(&mut input);
    input.read(object, &mut faults);
    perform::ready(client, params, faults)
}

/// The input of this tool in a text. If that is no JSON, the error has the place where it ceases to be.
pub(crate) fn parse(tool: &'static str, text: &str) -> Result<Value> {
    // A text from a file may begin with the mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|cause| {
        let (path, around) = json_place::place(text.as_bytes(), cause.line(), cause.column());
        let place = json_place::said(&path);
        Error::refused_because(format!("The input is not JSON{place}: {cause}, near `{around}`."))
            .in_tool(tool)
            .with(|inner| inner.source = Some(cause.into()))
    })
}
