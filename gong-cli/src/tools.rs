//! `gong tools` and `gong describe`: the catalog, for a person or as JSON.

use clap::ArgMatches;
use gong_client::catalog::{self, Effect, Param, Tool};
use gong_mcp::definitions::{Form, definitions};
use serde_json::{Map, Value, json};

use crate::exit::Failure;
use crate::output;

pub(crate) fn list(args: &ArgMatches) -> Result<(), Failure> {
    let group = args.get_one::<String>("group");
    let tools: Vec<&'static Tool> =
        catalog::tools().iter().copied().filter(|tool| group.is_none_or(|group| tool.group == group)).collect();
    if tools.is_empty() {
        let groups = catalog::groups().join(", ");
        return Err(Failure::Usage(format!("there is no group of that name. The groups: {groups}.")));
    }
    if let Some(form) = args.get_one::<String>("format").and_then(|name| Form::named(name)) {
        return output::json(&definitions(&tools, form));
    }
    if output::wants_json(args.get_flag("json")) {
        return output::json(&Value::Array(tools.into_iter().map(|tool| entry(tool).into()).collect()));
    }
    let rows = tools.into_iter().map(|tool| [tool.name, tool.effect.as_str(), tool.title]);
    output::table(&["tool", "effect", "what it does"], rows.map(|row| row.map(str::to_owned).to_vec()))
}

pub(crate) fn describe(args: &ArgMatches) -> Result<(), Failure> {
    let name = args.get_one::<String>("tool").map(String::as_str).unwrap_or_default();
    let tool = catalog::tool(name)?;
    if output::wants_json(args.get_flag("json")) {
        let schemas = [("input_schema", tool.input_schema), ("output_schema", tool.output_schema)];
        let mut described = entry(tool);
        described.extend(schemas.map(|(name, text)| (name.to_owned(), schema(text))));
        return output::json(&described.into());
    }
    output::line(&format!("{} ({})\n\n{}\n", tool.name, tool.effect.as_str(), tool.description))?;
    for route in tool.requests {
        output::line(&format!("  {} {}", route.method, route.path))?;
    }
    output::line(&format!("  scopes: {}\n", tool.scopes.join(" ")))?;
    let rows = tool.params.iter().map(|param| {
        let required = if param.required { "required" } else { "" };
        [param.name, param.kind, required, param.description].map(str::to_owned).to_vec()
    });
    if !tool.params.is_empty() {
        output::table(&["parameter", "type", "", "what it is"], rows)?;
    }
    if tool.effect == Effect::Destructive {
        let what = tool.confirm.map_or_else(|| "y or --yes".to_owned(), |param| format!("the value of {param} again"));
        output::line(&format!("\nIt removes something, so it asks for a confirmation: {what}."))?;
    }
    for note in tool.notes {
        output::line(&format!("\nNote: {note}"))?;
    }
    output::line(&format!("\nExample:\n  gong call {} --input '{}'", tool.name, tool.example))
}

/// A tool as `gong tools --json` shows it.
fn entry(tool: &Tool) -> Map<String, Value> {
    let requests: Vec<Value> =
        tool.requests.iter().map(|route| json!({"method": route.method, "path": route.path})).collect();
    let fields = [
        ("name", json!(tool.name)),
        ("group", json!(tool.group)),
        ("title", json!(tool.title)),
        ("description", json!(tool.description)),
        ("effect", json!(tool.effect.as_str())),
        ("confirm", json!(tool.confirm)),
        ("extra", json!(tool.extra)),
        ("scopes", json!(tool.scopes)),
        ("requests", json!(requests)),
        ("params", tool.params.iter().map(param).collect()),
        ("items", json!(tool.items)),
        ("paged", json!(tool.paged)),
        ("newest_first", json!(tool.has_newest_first())),
        ("wait", job(tool)),
        ("notices", json!(tool.notices)),
        ("notes", json!(tool.notes)),
        ("deprecated", json!(tool.deprecated)),
    ];
    fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// What is waited for, of a tool that tells how a job stands.
fn job(tool: &Tool) -> Value {
    tool.job.map_or(Value::Null, |job| json!({"until": job.until, "done": job.done, "failed": job.failed}))
}

fn param(param: &Param) -> Value {
    json!({
        "name": param.name,
        "type": param.kind,
        "format": param.format,
        "required": param.required,
        "description": param.description,
        "extra": param.extra,
        "commas": param.commas,
    })
}

/// A schema is text in the catalog; the generator wrote it, so it parses.
fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
