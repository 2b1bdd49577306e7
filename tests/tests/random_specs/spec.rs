//! A random spec, and what is left of it when all that is wrong is taken out.

use tool_spec::SourceFile;
use tool_spec::model::Spec;

use crate::names;
use crate::pick::Pick;
use crate::tools::tool;
use crate::types::World;

const SERVICE: &str = "language: 2
service: gong
about: A service.
base_url: https://api.gong.io
auth:
  api_key: {scheme: basic, username: access_key, password: access_key_secret}
  oauth2:
    authorize_url: https://app.gong.io/oauth2/authorize
    token_url: https://app.gong.io/oauth2/generate-customer-token
    base_url_field: api_base_url_for_customer
limits: {per_second: 3, per_day: 10000}
errors: {request_id: requestId, messages: errors, details: [fixUrl]}
paging: {envelope: records, cursor: cursor, total: totalRecords, expired: [cursor has expired]}
nothing_found: {status: 404, message: found nothing}
";

/// A file: what it begins with, and the entries after that.
struct File {
    path: String,
    head: String,
    entries: Vec<String>,
}

/// A spec that the check accepts.
pub(crate) struct Accepted {
    pub(crate) case: u64,
    pub(crate) spec: Spec,
    files: Vec<SourceFile>,
}

impl Accepted {
    /// All of it.
    pub(crate) fn text(&self) -> String {
        self.files.iter().map(|file| format!("# {}\n{}\n", file.path, file.text)).collect()
    }
}

/// The spec of this number without the entries in which something is wrong; nothing if no tool is left.
pub(crate) fn accepted(case: u64) -> Option<Accepted> {
    let mut files = random(&mut Pick::of(case));
    // What was taken out may have been what another entry needs.
    for _ in 0..12 {
        let sources: Vec<SourceFile> = files.iter().map(source).collect();
        let faults = match tool_spec::load(&sources) {
            Ok(spec) => return (spec.tools().count() > 1).then_some(Accepted { case, spec, files: sources }),
            Err(faults) => faults,
        };
        let report = faults.render(&sources, false);
        assert!(!report.contains("a bug of the generator"), "{report}");
        for fault in faults.iter() {
            let span = fault.span.unwrap_or_else(|| panic!("no place is told: {report}"));
            assert!(sources[span.file].text.get(span.start..span.end).is_some(), "{report}");
            mend(&mut files[span.file], span.start);
        }
        // An entry without text is one that was taken out; so is a file whose head was wrong.
        for file in &mut files {
            file.entries.retain(|entry| !entry.trim().is_empty());
        }
        files.retain(|file| !file.entries.is_empty());
    }
    None
}

/// Takes out what is wrong at this byte: what is said of a field, or else the whole entry. Lengths stay as they are, so
/// that the other faults are still at their places.
fn mend(file: &mut File, byte: usize) {
    let Some(at) = entry_at(file, byte) else { return file.entries.iter_mut().for_each(blank) };
    let start = file.head.len() + file.entries[..at].iter().map(String::len).sum::<usize>();
    let entry = &mut file.entries[at];
    let (before, after) = entry.split_at(byte - start);
    let line = before.rfind('\n').map_or(0, |end| end + 1)..byte - start + after.find('\n').unwrap_or(after.len());
    let written = entry[line.clone()].to_owned();
    let mut plain = written.replace("csv<", "list<");
    for more in [", required: true", ", always: true", ", min: 0", ", max_items: 3, unique: true", ", min_length: 1"] {
        plain = plain.replace(more, "");
    }
    plain = plain.replace(", notice: The service has no place for it.", "");
    if file.path.contains("/types/") && plain != written {
        entry.replace_range(line, &format!("{plain:<width$}", width = written.len()));
    } else {
        blank(entry);
    }
}

fn blank(entry: &mut String) {
    *entry = " ".repeat(entry.len());
}

fn source(file: &File) -> SourceFile {
    SourceFile { path: file.path.clone(), text: format!("{}{}", file.head, file.entries.concat()) }
}

/// The entry that this byte lies in.
fn entry_at(file: &File, byte: usize) -> Option<usize> {
    let mut end = file.head.len();
    if byte < end {
        return None;
    }
    file.entries.iter().position(|entry| {
        end += entry.len();
        byte < end
    })
}

fn random(pick: &mut Pick) -> Vec<File> {
    let world = World::of(pick);
    let service = |key: &str, names: &[String]| {
        let mut entries: Vec<String> = names.iter().map(|name| format!("  {name}: One of them.\n")).collect();
        entries.dedup();
        entries.insert(0, format!("{key}:\n"));
        entries
    };
    let mut entries = service("scopes", &["one".to_owned(), "two".to_owned()]);
    let ids = service("ids", &world.ids).into_iter().map(|entry| match pick.below(3) {
        0 => entry.replace(": One of them.", ": {form: digits, json: integer, about: One of them.}"),
        _ => entry,
    });
    entries.extend(ids);
    // What no entry uses is a fault too, and taken out like any other.
    for section in ["params", "fields"].into_iter().filter(|_| !world.shared.is_empty()) {
        entries.push(format!("{section}:\n"));
        entries.extend(world.shared.iter().map(|shared| format!("  {}: {}\n", shared.name, shared.text)));
    }
    let mut files = vec![File { path: "spec/gong.yaml".to_owned(), head: SERVICE.to_owned(), entries }];
    let mut declarations = world.declarations(pick);
    let later = declarations.split_off(declarations.len() / 2);
    for entries in [declarations, later] {
        let path = format!("spec/types/{}.yaml", names::small(pick));
        match files.iter_mut().find(|file| file.path == path) {
            Some(file) => file.entries.extend(entries),
            None => files.push(File { path, head: String::new(), entries }),
        }
    }
    files.push(File {
        path: "spec/tools/basics.yaml".to_owned(),
        head: "about: A group.\ntools:\n".to_owned(),
        entries: vec![basic(&world)],
    });
    let done = "BasicsDone:\n  about: A model.\n  fields:\n    requestId: {type: string, about: A field.}\n".to_owned();
    files.push(File { path: "spec/types/basics.yaml".to_owned(), head: String::new(), entries: vec![done] });
    let mut asked = Vec::new();
    for _ in 0..pick.between(1, 3) {
        let group = names::callable(pick);
        let path = format!("spec/tools/{group}.yaml");
        let entries: Vec<String> = (0..pick.between(3, 6)).map(|_| tool(pick, &world, &group, &mut asked)).collect();
        if files.iter().all(|file| file.path != path) {
            files.push(File { path, head: "about: A group.\ntools:\n".to_owned(), entries });
        }
    }
    files
}

/// A tool that is right, and needs what there must be one of.
fn basic(world: &World) -> String {
    let of_kind = |form: fn(usize, &str) -> String| {
        world.ids.iter().enumerate().map(|(at, kind)| form(at, kind)).collect::<String>()
    };
    let params = of_kind(|at, kind| format!("      p{at}: {{type: id<{kind}>, about: An id.}}\n"));
    let query = of_kind(|at, _| format!("        p{at}: $p{at}\n"));
    format!(
        "  basic:\n    method: basic\n    title: Basic\n    about: A basic tool.\n    effect: read\n    \
         params:\n{params}    request:\n      get: /v2/basics\n      scope: [one, two]\n      \
         query:\n{query}    answer: BasicsDone\n"
    )
}
