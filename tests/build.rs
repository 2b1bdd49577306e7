//! Writes the example of every tool as a typed call, as the reference shows it, for `tests/typed_examples.rs` to run:
//! a tool that is only in the spec is called typed too.

use std::error::Error;
use std::fs;
use std::path::Path;

use codegen::example;
use tool_spec::SourceFile;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    println!("cargo::rerun-if-changed={}", root.join("spec").display());
    let mut sources = vec![source(&root, "spec/gong.yaml")?];
    for folder in ["spec/tools", "spec/types"] {
        for entry in fs::read_dir(root.join(folder))? {
            let name = entry?.file_name();
            if let Some(name) = name.to_str().filter(|name| name.ends_with(".yaml")) {
                sources.push(source(&root, &format!("{folder}/{name}"))?);
            }
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    let spec = tool_spec::load(&sources).map_err(|faults| faults.render(&sources, false))?;

    let (mut calls, mut table) = (String::new(), String::new());
    for (group, tool) in spec.tools() {
        let (name, uses) = (&tool.name, example::rust_uses(&spec, tool).join("\n"));
        let call = example::rust_call(&spec, group, tool);
        calls += &format!("async fn {name}(gong: Client) -> Result {{\n{uses}\nlet _ = {call};\nOk(())\n}}\n");
        table += &format!("(\"{name}\", |gong| Box::pin({name}(gong))),\n");
    }
    let code = format!("{calls}\nconst EXAMPLES: &[(&str, Call)] = &[\n{table}];\n");
    Ok(fs::write(Path::new(&std::env::var("OUT_DIR")?).join("typed_examples.rs"), code)?)
}

fn source(root: &Path, path: &str) -> Result<SourceFile, Box<dyn Error>> {
    Ok(SourceFile { path: path.to_owned(), text: fs::read_to_string(root.join(path))? })
}
