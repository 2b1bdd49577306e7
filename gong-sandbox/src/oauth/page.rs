//! What a person sees: the question whether an app may, and what went wrong with asking it.

use super::scopes::Scope;
use crate::{MANAGER_EMAIL, company::COMPANY_NAME, reply::Reply};

/// Asks for consent; `once` is the page's one-time token.
pub(super) fn consent(app: &str, redirect_uri: &str, scopes: &[(&str, Option<&Scope>)], once: &str) -> Reply {
    let (app, home) = (escape(app), escape(origin(redirect_uri)));
    let scopes: String = scopes.iter().map(|(name, scope)| scope_line(name, *scope)).collect();
    let (once, company, admin) = (escape(once), escape(COMPANY_NAME), escape(MANAGER_EMAIL));
    let main = format!(
        r#"<h1><b>{app}</b> asks for access to <b>{company}</b></h1>
<p class="who">You are signed in as <b>{admin}</b>, technical administrator. Your answer holds for the whole company.</p>
<h2 id="scopes">If you allow it, the app may</h2>
<ul role="list" aria-labelledby="scopes">
{scopes}</ul>
<form method="post" action="/oauth2/authorize">
<input type="hidden" name="once" value="{once}">
<button type="submit" name="decision" value="allow" class="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>
<p class="note">Either way you return to <b>{home}</b>. Access can be taken back at any time.</p>
"#
    );
    page(200, &format!("Allow {app}?"), &main)
}

/// Says in a sentence why nobody is asked anything.
pub(super) fn problem(title: &str, text: &str) -> Reply {
    let main = format!("<h1>{}</h1>\n<p role=\"alert\">{}</p>\n", escape(title), escape(text));
    page(400, &escape(title), &main)
}

fn scope_line(name: &str, scope: Option<&Scope>) -> String {
    let words = scope.map_or("Do what this sandbox has no words for", |scope| scope.words);
    let mark = if scope.is_some_and(|scope| scope.changes) { " <em>makes changes</em>" } else { "" };
    format!("<li>{}{mark}<code>{}</code></li>\n", escape(words), escape(name))
}

/// Scheme and host of an address: what a person can judge.
fn origin(uri: &str) -> &str {
    let host = uri.find("://").map_or(0, |at| at + 3);
    let end = uri.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(uri.len(), |at| host + at);
    uri.get(..end).unwrap_or(uri)
}

fn page(status: u16, title: &str, main: &str) -> Reply {
    let body = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Gong sandbox</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<header>Gong sandbox <span>nothing here is real</span></header>
<main>
{main}</main>
</body>
</html>
"#
    );
    let reply = Reply { status, headers: Vec::new(), body: body.into_bytes() };
    reply
        .with_header("content-type", "text/html; charset=utf-8")
        .with_header("content-security-policy", POLICY)
        .with_header("referrer-policy", "no-referrer")
        .with_header("cache-control", "no-store")
}

/// Nothing is loaded, nothing runs, and nobody may put the page into a frame of theirs. It says
/// nothing about forms, since browsers would hold the redirect back to the app against it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

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
:root { color-scheme: light dark; --ground: #f4f2f8; --card: #fff; --ink: #1d1733; --soft: #5c5573; --line: #d9d4e5;
  --strong: #5a2ca0; --on-strong: #fff; --warn: #8a3b00; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14111d; --card: #1f1a2c; --ink: #f0edf7; --soft: #b3abc8; --line: #3b3350;
    --strong: #c4a6ff; --on-strong: #1d1733; --warn: #ffb37a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 34rem; margin: 0 auto; }
header { font-weight: 600; padding: 0 .25rem .75rem; }
header span { font-weight: 400; color: var(--soft); margin-left: .5rem; }
main { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.5rem 1.25rem;
  overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; font-weight: 500; margin: 0 0 .75rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.who, .note { color: var(--soft); margin: 0; }
.who b, .note b { color: var(--ink); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
li { padding: .6rem 0; border-bottom: 1px solid var(--line); }
li code { display: block; font-size: .8rem; color: var(--soft); }
li em { font-style: normal; font-size: .8rem; font-weight: 600; color: var(--warn); }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 1rem; }
button { flex: 1 1 9rem; min-height: 2.75rem; font: inherit; font-weight: 600; color: inherit; cursor: pointer;
  background: transparent; border: 1px solid var(--soft); border-radius: .5rem; }
button.allow { background: var(--strong); border-color: var(--strong); color: var(--on-strong); }
button:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px; }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_stranger_wrote_becomes_markup() {
        let page = problem("No", "redirect_uri: \"><script>alert('x')</script>");
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)"));
        assert!(!text.contains("<script"));
    }

    #[test]
    fn an_origin_ends_before_the_path() {
        assert_eq!(origin("http://localhost:81/callback?a"), "http://localhost:81");
        assert_eq!(origin("https://app.example"), "https://app.example");
        assert_eq!(origin("app:callback"), "app:callback");
    }
}
