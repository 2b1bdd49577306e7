//! What the browser shows at the end: that it worked, or what failed.

use axum::http::StatusCode;

use super::settings::Who;

/// Nothing is loaded, nothing runs, and nobody may put the page into a frame of theirs.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                                 form-action 'none'; frame-ancestors 'none'";

/// A page.
pub(super) struct Page {
    status: StatusCode,
    mark: &'static str,
    title: &'static str,
    text: String,
}

impl Page {
    /// The account is connected.
    pub(super) fn connected(who: &Who) -> Self {
        let who = format!("<b>{}</b> of <b>{}</b>", escape(&who.identifier), escape(&who.connection));
        let text = format!("{who} is kept on this machine now. You can close this page and go back to your terminal.");
        Page { status: StatusCode::OK, mark: "good", title: "Connected", text }
    }

    /// It is not, and this is why.
    pub(super) fn failed(why: &str) -> Self {
        let text = format!("{} Your terminal has the same message, and is where to start again.", escape(why));
        Page { status: StatusCode::BAD_REQUEST, mark: "bad", title: "Not connected", text }
    }

    /// Somebody knocked who has nothing to do with it.
    pub(super) fn nothing_here() -> Self {
        let text = "This address is for the end of a login, and no login is waiting for this visit.".to_owned();
        Page { status: StatusCode::NOT_FOUND, mark: "bad", title: "Nothing here", text }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn html(&self) -> String {
        let Page { mark, title, text, .. } = self;
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · gong</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main class="{mark}" role="status">
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/><path class="tick" d="M14 25l7 7 13-15"/><path class="cross" d="M16 16l16 16M32 16L16 32"/></svg>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"#
        )
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

const STYLE: &str = "
:root { color-scheme: light dark; --ground: #f5f3f9; --card: #fff; --ink: #1d1733; --soft: #5c5573; --line: #d9d4e5;
  --good: #1c7a4a; --bad: #a8323a; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14111d; --card: #1f1a2c; --ink: #f0edf7; --soft: #b3abc8; --line: #3b3350;
    --good: #6fd8a0; --bad: #ff9a9f; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 28rem; padding: 2.5rem 1.75rem; text-align: center; background: var(--card);
  border: 1px solid var(--line); border-radius: 1rem; overflow-wrap: anywhere; }
svg { width: 3.5rem; fill: none; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.good svg { stroke: var(--good); } .bad svg { stroke: var(--bad); }
.good .cross, .bad .tick { display: none; }
h1 { font-size: 1.5rem; font-weight: 600; margin: 1rem 0 .5rem; }
p { color: var(--soft); margin: 0; } b { color: var(--ink); font-weight: 600; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_stranger_wrote_becomes_markup() {
        for page in [Page::failed("<script>alert('x')</script>"), Page::connected(&Who::new("<script>", "\"&"))] {
            assert!(!page.html().contains("<script"), "{}", page.html());
        }
    }
}
