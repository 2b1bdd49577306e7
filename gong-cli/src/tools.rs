//! `gong tools` and `gong describe`: the catalog, for a person or as JSON.

use clap::ArgMatches;
use gong_client::catalog::{self, Tool};
use serde_json::{Value, json};

use crate::exit::Failure;
use crate::output;

/// Lists the tools.
pub(crate) fn list(args: &ArgMatches) -> Result<(), Failure> {
    let group = args.get_one::<String>("group");
    let tools: Vec<&Tool> =
        catalog::tools().iter().copied().filter(|tool| group.is_none_or(|group| tool.group == group)).collect();
    if tools.is_empty() {
        let mut groups: Vec<&str> = catalog::tools().iter().map(|tool| tool.group).collect();
        groups.dedup();
        return Err(Failure::Usage(format!("there is no group of that name. The groups: {}.", groups.join(", "))));
    }
    if output::wants_json(args.get_flag("json")) {
        return output::json(&Value::Array(tools.into_iter().map(entry).collect()));
    }
    let rows = tools.into_iter().map(|tool| [tool.name, tool.effect.as_str(), tool.title]);
    output::table(&["tool", "effect", "what it does"], rows.map(|row| row.map(str::to_owned).to_vec()))
}

/// Shows one tool.
pub(crate) fn describe(args: &ArgMatches) -> Result<(), Failure> {
    let name = args.get_one::<String>("tool").map(String::as_str).unwrap_or_default();
    let tool = catalog::tool(name)?;
    if output::wants_json(args.get_flag("json")) {
        let mut all = entry(tool);
        all["input_schema"] = schema(tool.input_schema);
        all["output_schema"] = schema(tool.output_schema);
        return output::json(&all);
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
    for note in tool.notes {
        output::line(&format!("\nNote: {note}"))?;
    }
    output::line(&format!("\nExample:\n  gong call {} --input '{}'", tool.name, tool.example))
}

/// A tool as `gong tools --json` shows it.
fn entry(tool: &Tool) -> Value {
    json!({
        "name": tool.name,
        "group": tool.group,
        "title": tool.title,
        "description": tool.description,
        "effect": tool.effect.as_str(),
        "scopes": tool.scopes,
        "requests": tool.requests.iter().map(|route| json!({"method": route.method, "path": route.path})).collect::<Vec<_>>(),
        "params": tool.params.iter().map(|param| json!({
            "name": param.name,
            "type": param.kind,
            "format": param.format,
            "required": param.required,
            "description": param.description,
            "extra": param.extra,
        })).collect::<Vec<_>>(),
        "items": tool.items,
        "paged": tool.paged,
        "notices": tool.notices,
        "notes": tool.notes,
        "deprecated": tool.deprecated,
    })
}

/// A schema is text in the catalog; the generator wrote it, so it parses.
fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
