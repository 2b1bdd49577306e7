//! Which hosts are good for a secret: those reached over TLS, and this machine itself, where a sandbox runs.

use url::{Host, Url};

/// Reads an address that secrets go to.
///
/// # Errors
/// What is wrong with it, to come after its name.
pub(crate) fn address(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is not a URL")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not have a user or a password in it");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must not have a query or a fragment");
    }
    match url.scheme() {
        "https" if url.host().is_some() => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        _ => Err("must begin with https://, or with http:// on this machine"),
    }
}

/// Reads the host that an account's requests go to, as the token endpoint tells it.
pub(crate) fn told_by(token_url: &str, base_url: &str) -> Result<String, &'static str> {
    let base = address(base_url)?;
    if base.scheme() == "http" && !is_clear(token_url) {
        return Err("must begin with https://, as the address of the tokens does");
    }
    Ok(base.as_str().trim_end_matches('/').to_owned())
}

/// Whether what goes there is in the clear, however the scheme is written.
pub(crate) fn is_clear(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "http")
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_tls_or_stay_here() {
        for good in ["https://app.gong.io/oauth2/x", "http://127.0.0.1:80", "http://localhost:1/x", "http://[::1]:7/"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://app.gong.io",
            "http://localhost.evil.io",
            "ftp://localhost",
            "https://a:b@gong.io",
            "https://gong.io/?a",
            "gong.io",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn gong_cannot_send_an_account_to_this_machine() {
        let gong = "https://app.gong.io/oauth2/generate-customer-token";
        assert_eq!(told_by(gong, "https://us-1.api.gong.io/").unwrap(), "https://us-1.api.gong.io");
        assert!(told_by(gong, "http://127.0.0.1:1234").is_err());
        for clear in ["http://127.0.0.1:9/token", "HTTP://127.0.0.1:9/token", " hTTp://localhost/"] {
            assert!(is_clear(clear) && told_by(clear, "http://127.0.0.1:1234").is_ok(), "{clear}");
        }
        assert!(!is_clear("HTTPS://app.gong.io") && !is_clear("") && !is_clear("httpx://x"));
    }
}
