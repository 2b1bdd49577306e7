//! Names of the spec as Rust spells them. The check and every emitter use the same functions, so a clash that the check
//! does not see cannot come up in generated code.

pub mod taken;

/// The name in snake case: `fromDateTime` and `FROM_DATE_TIME` are both `from_date_time`.
///
/// ```
/// use tool_spec::names::snake;
/// assert_eq!(snake("emailAddress"), "email_address");
/// assert_eq!(snake("HTTPServer2Url"), "http_server2_url");
/// ```
#[must_use]
pub fn snake(name: &str) -> String {
    let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    not_a_number(words.join("_"), "n")
}

/// The name in upper camel case: `from_date_time` is `FromDateTime`. The keyword `Self` gets a trailing `_`.
///
/// ```
/// use tool_spec::names::camel;
/// assert_eq!(camel("CLICK_TO_CALL"), "ClickToCall");
/// assert_eq!(camel("email opened"), "EmailOpened");
/// assert_eq!(camel("self"), "Self_");
/// ```
#[must_use]
pub fn camel(name: &str) -> String {
    let name = not_a_number(words(name).iter().map(|word| capitalised(word)).collect(), "N");
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// The name of a Rust field, parameter or method: [`snake`], and a keyword gets a trailing `_`.
///
/// ```
/// use tool_spec::names::field_ident;
/// assert_eq!(field_ident("type"), "type_");
/// assert_eq!(field_ident("callId"), "call_id");
/// ```
#[must_use]
pub fn field_ident(name: &str) -> String {
    let name = snake(name);
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The name of an enum's variant: [`camel`]. Every enum has a variant `Other` of its own, so a value that would be
/// called so gets a trailing `_`.
///
/// ```
/// use tool_spec::names::variant_ident;
/// assert_eq!(variant_ident("OTHER"), "Other_");
/// ```
#[must_use]
pub fn variant_ident(name: &str) -> String {
    let name = camel(name);
    if name == "Other" { "Other_".to_owned() } else { name }
}

/// The name of the method that sets a field of a model: [`field_ident`], and one that would be called as the function
/// that makes a model gets a trailing `_`.
#[must_use]
pub fn setter_ident(name: &str) -> String {
    let name = field_ident(name);
    if name == "new" { "new_".to_owned() } else { name }
}

/// The name of the type of a kind of ids.
///
/// ```
/// use tool_spec::names::id_ident;
/// assert_eq!(id_ident("crm_object"), "CrmObjectId");
/// ```
#[must_use]
pub fn id_ident(kind: &str) -> String {
    camel(&format!("{kind}_id"))
}

/// The name of the structure of a tool's parameters, by its method.
#[must_use]
pub fn params_ident(method: &str) -> String {
    camel(&format!("{method}_params"))
}

/// The words of a name. A word ends at anything that is no letter or digit, before a capital that follows a small
/// letter or a digit (`call|Id`), and before the last of several capitals when a small letter follows it
/// (`HTTP|Server`).
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let starts_word = c.is_uppercase()
            && before
                .is_some_and(|before| !before.is_uppercase() || chars.peek().is_some_and(|after| after.is_lowercase()));
        if (starts_word || !c.is_ascii_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphanumeric() {
            word.push(c);
        }
        before = Some(c);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

/// Rust names do not begin with a digit.
fn not_a_number(name: String, prefix: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("{prefix}{name}") } else { name }
}

/// Every word that edition 2024 keeps to itself.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether this may be the name of a parameter or a value.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests;
