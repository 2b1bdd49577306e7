//! What the browser shows at the end: that it worked, or what failed.

use axum::http::StatusCode;

use crate::accounts::Who;

const STYLE: &str = include_str!("page.css");

/// Nothing is loaded, nothing runs, and nobody may put the page into a frame of theirs.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                                 form-action 'none'; frame-ancestors 'none'";

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

    /// For a visit that has nothing to do with the login.
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
<style>
{STYLE}</style>
</head>
<body>
<main class="{mark}" role="status">
<svg viewBox="0 0 48 48" aria-hidden="true">
<circle cx="24" cy="24" r="22"/><path class="tick" d="M14 25l7 7 13-15"/>
<path class="cross" d="M16 16l16 16M32 16L16 32"/></svg>
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
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

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
