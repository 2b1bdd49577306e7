//! The pages that a person sees: the question whether an app may have access, and what is wrong with a link.

use axum::http::Uri;

use super::scopes::Scope;
use crate::{MANAGER_EMAIL, company::COMPANY_NAME, reply::Reply};

/// Asks for consent; `once` is the page's one-time token.
pub(super) fn consent(app: &str, redirect_uri: &str, scopes: &[(&str, Option<&Scope>)], once: &str) -> Reply {
    let (app, home) = (escape(app), escape(&origin(redirect_uri)));
    let scopes: String = scopes.iter().map(|(name, scope)| scope_line(name, *scope)).collect();
    let (once, company, admin) = (escape(once), escape(COMPANY_NAME), escape(MANAGER_EMAIL));
    let main = format!(
        r#"<h1><b>{app}</b> asks for access to <b>{company}</b></h1>
<p class="who">You are signed in as <b>{admin}</b>, technical administrator.
Your answer holds for the whole company.</p>
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
fn origin(address: &str) -> String {
    let uri = address.parse::<Uri>().unwrap_or_default();
    match (uri.scheme(), uri.authority()) {
        (Some(scheme), Some(authority)) => format!("{scheme}://{authority}"),
        _ => address.to_string(),
    }
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
<style>
{STYLE}</style>
</head>
<body>
<header>Gong sandbox <span>nothing here is real</span></header>
<main>
{main}</main>
</body>
</html>
"#
    );
    let reply = Reply::new(status, body);
    reply
        .with_header("content-type", "text/html; charset=utf-8")
        .with_header("content-security-policy", POLICY)
        .with_header("referrer-policy", "no-referrer")
        .with_header("cache-control", "no-store")
}

const STYLE: &str = include_str!("page.css");

/// Nothing is loaded, nothing runs, and nobody may put the page into a frame of theirs. It says
/// nothing about forms, since browsers would hold the redirect back to the app against it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests;
