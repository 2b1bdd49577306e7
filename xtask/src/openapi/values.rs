//! The values of an enum, where a document has written several into one text.

/// Values one by one.
pub(crate) struct Apart<'t> {
    pub(crate) values: Vec<&'t str>,
    /// The one text that all of them were written in.
    pub(crate) joined: Option<&'t str>,
    /// Texts that repeat others of the values in one, and are no values.
    pub(crate) repeated: Vec<&'t str>,
}

/// Takes texts apart that are several values in one.
pub(crate) fn apart<'t>(texts: &[&'t str]) -> Apart<'t> {
    let word = |text: &&str| !text.contains(char::is_whitespace);
    match texts {
        [only] if parts(only).len() > 1 && parts(only).iter().all(word) => {
            Apart { values: parts(only), joined: Some(only), repeated: Vec::new() }
        }
        _ => {
            let is_list = |text: &&str| parts(text).len() > 1 && parts(text).iter().all(|part| texts.contains(part));
            let (repeated, values): (Vec<&str>, Vec<&str>) = texts.iter().partition(|text| is_list(text));
            Apart { values, joined: None, repeated }
        }
    }
}

/// The texts that one text joins.
fn parts(text: &str) -> Vec<&str> {
    let by = if text.contains(" / ") { " / " } else { "," };
    text.split(by).map(str::trim).filter(|part| !part.is_empty()).collect()
}
