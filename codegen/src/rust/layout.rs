//! How generated code is laid out: as prettyplease does it, with blank lines between items and with a call's receiver
//! on the line of the call.

use proc_macro2::TokenStream;

/// Items as text. Such as are no Rust are laid down as they are: the compiler tells what is wrong with them.
pub(super) fn formatted(items: TokenStream) -> String {
    let Ok(file) = syn::parse2(items.clone()) else { return items.to_string() };
    let mut lines: Vec<String> = prettyplease::unparse(&file).lines().map(str::to_owned).collect();
    // A call that moves to its receiver's line may leave another one alone around it.
    loop {
        let closer = closed_up(&lines);
        if closer == lines {
            return spread(&lines);
        }
        lines = closer;
    }
}

/// Joins what prettyplease breaks without need: a receiver and its only call, a receiver and its field, and the short
/// list of types of a call.
fn closed_up(lines: &[String]) -> Vec<String> {
    let mut closer = Vec::new();
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        let (joined, left) = types_of_call(line, after)
            .or_else(|| field(line, after))
            .or_else(|| only_call(line, after))
            .unwrap_or_else(|| (vec![line.clone()], after));
        closer.extend(joined);
        rest = left;
    }
    closer
}

/// What some lines become, and the lines after them.
type Joined<'a> = Option<(Vec<String>, &'a [String])>;

/// `find::<`, the types line by line and `>(`, as one line.
fn types_of_call<'a>(line: &str, after: &'a [String]) -> Joined<'a> {
    if !line.ends_with("::<") {
        return None;
    }
    let end = after.iter().position(|line| line.trim_start().starts_with(">("))?;
    let (types, left) = after.split_at_checked(end)?;
    let (call, left) = left.split_first()?;
    let types: Vec<&str> = types.iter().map(|line| line.trim().trim_end_matches(',')).collect();
    Some((vec![format!("{line}{}{}", types.join(", "), call.trim_start())], left))
}

/// A receiver and, on the next line, a field of it.
fn field<'a>(line: &str, after: &'a [String]) -> Joined<'a> {
    let (next, left) = after.split_first()?;
    let name = next.trim_start().strip_prefix('.')?;
    let is_field = name.chars().all(is_word) && name != "await";
    (is_field && is_receiver(line, next)).then(|| (vec![format!("{line}.{name}")], left))
}

/// A receiver and, from the next line on, the only call on it.
fn only_call<'a>(line: &str, after: &'a [String]) -> Joined<'a> {
    let (call, inside) = after.split_first()?;
    let column = indent(call);
    let starts = |line: &String, what: &str| indent(line) == column && line.trim_start().starts_with(what);
    if !is_receiver(line, call) || !call.trim_start().starts_with('.') || !call.ends_with(['(', '{', '[']) {
        return None;
    }
    let end = inside.iter().position(|line| indent(line) <= column)?;
    let (inside, left) = inside.split_at_checked(end)?;
    let (close, mut left) = left.split_first()?;
    let mut close = close.clone();
    if let Some((awaited, further)) = left.split_first().filter(|(next, _)| starts(next, ".await")) {
        close += awaited.trim_start();
        left = further;
    }
    let is_only =
        [")", "}", "]"].iter().any(|end| starts(&close, end)) && !left.first().is_some_and(|next| starts(next, "."));
    is_only.then(|| {
        let first = format!("{line}{}", call.trim_start());
        let others = inside.iter().chain([&close]).map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
        (std::iter::once(first).chain(others).collect(), left)
    })
}

/// Whether the line ends with a value that the next line goes on with.
fn is_receiver(line: &str, next: &str) -> bool {
    line.ends_with(is_word) && indent(next) == indent(line) + 4
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Puts a blank line between items, and between the functions of an `impl`.
fn spread(lines: &[String]) -> String {
    let mut spread = String::new();
    let mut before = "";
    for line in lines {
        if ends_item(before) && begins_item(line) && !(is_one_line(before) && is_one_line(line)) {
            spread.push('\n');
        }
        spread += line;
        spread.push('\n');
        before = line;
    }
    spread
}

/// Whether an item ends with this line: of the file, or of an `impl` in it.
fn ends_item(line: &str) -> bool {
    match indent(line) {
        0 => line.ends_with('}') || line.ends_with(';'),
        4 => line == "    }" || line == "    };" || is_one_line(line),
        _ => false,
    }
}

/// Whether an item begins with this line.
fn begins_item(line: &str) -> bool {
    let words = line.trim_start();
    match indent(line) {
        0 => !words.starts_with(['}', ')', ']']),
        4 => ["///", "#[", "pub ", "fn ", "async fn "].iter().any(|start| words.starts_with(start)),
        _ => false,
    }
}

/// Whether the line is an item that stands close to others of its kind.
fn is_one_line(line: &str) -> bool {
    let words = line.trim_start();
    let kinds = ["use ", "mod ", "pub mod ", "pub(crate) mod ", "pub use ", "type ", "const "];
    kinds.iter().any(|kind| words.starts_with(kind)) && words.ends_with(';')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::closed_up;

    fn check(lines: &[&str], joined: &[&str]) {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(closed_up(&lines), joined);
    }

    #[test]
    fn a_receiver_is_on_the_line_of_its_only_call() {
        check(&["check", "    .order(", "        a,", "    );"], &["check.order(", "    a,", ");"]);
        check(
            &["let x = run", "    .take(", "        a,", "    )", "    .await?;"],
            &["let x = run.take(", "    a,", ").await?;"],
        );
    }

    #[test]
    fn a_longer_chain_stays_as_it_is() {
        let chain =
            ["answer.calls", "    .into_iter()", "    .map(|item| {", "        item", "    })", "    .collect()"];
        check(&chain, &chain);
        let chain = ["run", "    .send(", "        a,", "    )", "    .decode()"];
        check(&chain, &chain);
    }

    #[test]
    fn fields_and_types_are_joined() {
        check(&["answer", "    .calls", "    .into_iter()"], &["answer.calls", "    .into_iter()"]);
        check(&["run.find::<", "    A,", "    _,", ">(|x| x)"], &["run.find::<A, _>(|x| x)"]);
    }
}
