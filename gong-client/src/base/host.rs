//! Which hosts credentials may go to: those reached over TLS, and this machine itself.

use std::net::IpAddr;

use reqwest::Url;

/// The base URL, or what is wrong with it. It may hold a secret by mistake, so messages show its parts only.
pub(crate) fn read(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|cause| format!("the base URL is none ({cause})"))?;
    let host = url.host_str().unwrap_or_default();
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must not hold a user or a password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("the base URL must have neither query nor fragment".to_owned());
    }
    if url.path().trim_end_matches('/').ends_with("/v2") {
        return Err("the base URL ends before /v2".to_owned());
    }
    match url.scheme() {
        "https" if !host.is_empty() => Ok(url),
        "http" if is_loopback(host) => Ok(url),
        "http" => Err(format!("the base URL must begin with https, since {host} is not this machine")),
        scheme => Err(format!("the base URL must begin with https, not {scheme}")),
    }
}

/// As it is put before a path.
pub(crate) fn written(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str) -> Option<String> {
        read(url).err()
    }

    #[test]
    fn the_clear_is_for_this_machine() {
        for good in
            ["https://api.gong.io/", "http://localhost:1", "http://127.0.0.2", "http://[::1]:8080", "https://x.io/gong"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "",
            "api.gong.io",
            "http://api.gong.io",
            "http://localhost.evil.io",
            "ftp://x.io",
            "https://u:p@x.io",
            "https://x.io?a",
            "https://x.io#a",
            "https://x.io/v2/",
            "file:///x",
            "http://10.0.0.1",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        assert!(!fault("https://user:hunter2@x.io").unwrap().contains("hunter2"));
    }
}
