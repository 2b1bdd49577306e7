//! Which hosts credentials may go to: those reached over TLS, and this machine itself.

use std::net::IpAddr;

use reqwest::Url;

/// A host that credentials may go to, with the path before all others if it has one.
#[derive(Clone, Debug)]
pub(crate) struct Host(Url);

impl Host {
    /// The host of a base URL, or what is wrong with it. It may hold a secret by mistake, so messages show its parts
    /// only.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
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
            "https" if !host.is_empty() => Ok(Host(url)),
            "http" if is_loopback(host) => Ok(Host(url)),
            "http" => Err(format!("the base URL must begin with https, since {host} is not this machine")),
            scheme => Err(format!("the base URL must begin with https, not {scheme}")),
        }
    }

    /// As it is put before a path: without a slash at the end.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether others on the way can read what goes there.
    pub(crate) fn is_in_the_clear(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address of a path and query here. Whatever they are, they do not lead elsewhere.
    pub(crate) fn url(&self, target: &str) -> Url {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let mut url = self.0.clone();
        url.set_path(&[self.0.path().trim_end_matches('/'), path].concat());
        url.set_query(query);
        url
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str) -> Option<String> {
        Host::read(url).err()
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

    #[test]
    fn whatever_the_path_the_address_is_on_the_host() {
        let at = |base: &str, target: &str| Host::read(base).unwrap().url(target).to_string();
        for (base, target, address) in [
            ("https://x.io", "/v2/users", "https://x.io/v2/users"),
            (
                "https://x.io/",
                "/v2/users?from=2026-01-01T00:00:00%2B01:00&q=%C3%BC",
                "https://x.io/v2/users?from=2026-01-01T00:00:00%2B01:00&q=%C3%BC",
            ),
            ("https://x.io/gong/", "/v2/a%2Fb?a=?", "https://x.io/gong/v2/a%2Fb?a=?"),
            ("https://x.io", "//evil.io/v2", "https://x.io//evil.io/v2"),
            ("https://x.io", "\\\\evil.io", "https://x.io//evil.io"),
            ("https://x.io", "@evil.io/", "https://x.io/@evil.io/"),
            ("https://x.io", ":1/", "https://x.io/:1/"),
            ("https://x.io", "https://evil.io/", "https://x.io/https://evil.io/"),
            ("https://x.io/gong", ".evil.io", "https://x.io/gong.evil.io"),
            ("https://x.io", "", "https://x.io/"),
        ] {
            assert_eq!(at(base, target), address, "{base} {target}");
        }
    }
}
