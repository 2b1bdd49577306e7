//! Which hosts an account may have. The token endpoint names it, and it must be one of the service's, or where the tokens
//! come from.

use gong_client::{Endpoint, catalog};
use url::{Host, Url};

/// The domains that the hosts of accounts lie in.
#[derive(Clone, Debug)]
pub(crate) struct Domains(Vec<String>);

impl Domains {
    /// Those of the service, and these.
    ///
    /// # Errors
    /// The first of these that is neither a domain nor an address.
    pub(crate) fn with(others: Vec<String>) -> Result<Self, String> {
        let mut domains: Vec<String> = catalog::service().domains.iter().map(|&domain| domain.to_owned()).collect();
        for other in others {
            match Host::parse(&other) {
                Ok(host) if !other.contains('*') => domains.push(host.to_string()),
                _ => return Err(other),
            }
        }
        Ok(Domains(domains))
    }

    /// Reads the host that an account's requests go to, as the token endpoint tells it. It is a host of the service, or
    /// the one that the tokens themselves come from.
    ///
    /// # Errors
    /// What is wrong with it, to come after its name.
    pub(crate) fn read(&self, token_url: &str, base_url: &str) -> Result<String, String> {
        let base = Endpoint::read(base_url)?;
        if base.path() != "/" {
            return Err("must not have a path".to_owned());
        }
        let token = Endpoint::read(token_url).map_err(|fault| format!("comes from an address that {fault}"))?;
        let is_ours = match base.is_this_machine() {
            true => token.is_this_machine(),
            false => base.origin() == token.origin() || self.has(base.host()),
        };
        if !is_ours {
            let domains = self.0.join(", ");
            return Err(format!("is neither in the service's domains ({domains}) nor where its tokens come from"));
        }
        Ok(base.as_str().to_owned())
    }

    /// Whether a token endpoint and an account's host are of one service: both in these domains, or one and the same
    /// place.
    pub(crate) fn belong_together(&self, token_url: &str, base_url: &str) -> bool {
        let (Ok(token), Ok(base)) = (Endpoint::read(token_url), Endpoint::read(base_url)) else { return false };
        token.origin() == base.origin() || self.has(token.host()) && self.has(base.host())
    }

    fn has(&self, host: &str) -> bool {
        self.0
            .iter()
            .any(|domain| host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
    }
}

/// The host of accounts of which the token endpoint names none: the service's own, or another place's.
pub(crate) fn unless_told(token_url: &str) -> String {
    let service = catalog::service();
    match Endpoint::read(token_url) {
        Ok(url) if token_url != service.token_url => url.origin(),
        _ => service.base_url.to_owned(),
    }
}

/// Whether what goes there is in the clear, however the scheme is written.
pub(crate) fn is_clear(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.scheme() == "http")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GONG: &str = "https://app.gong.io/oauth2/generate-customer-token";

    #[test]
    fn an_account_is_at_a_host_of_the_service() {
        let domains = Domains::with(Vec::new()).unwrap();
        for good in
            ["https://us-1.api.gong.io/", "https://gong.io", "https://API.GONG.IO", "https://eu-2.api.gong.io:8443"]
        {
            assert!(domains.read(GONG, good).is_ok(), "{good}");
        }
        for bad in [
            "https://evil.example",
            "https://evilgong.io",
            "https://gong.io.evil.example",
            "https://us-1.api.gong.io./",
            "https://10.0.0.1",
            "https://[fd00::1]",
            "https://169.254.169.254",
            "https://us-1.api.gong.io/v2",
            "https://us-1.api.gong.io//",
            "http://us-1.api.gong.io",
            "http://127.0.0.1:1234",
            "https://127.0.0.1",
            "https://localhost",
        ] {
            assert!(domains.read(GONG, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn domains_can_be_added() {
        let domains = Domains::with(vec!["gateway.example".to_owned(), "10.0.0.1".to_owned()]).unwrap();
        for good in
            ["https://a.gateway.example", "https://gateway.example", "https://10.0.0.1", "https://us-1.api.gong.io"]
        {
            assert!(domains.read(GONG, good).is_ok(), "{good}");
        }
        assert!(domains.read(GONG, "https://other.example").is_err());
        for bad in ["https://a.example", "*.example", "a b", "a/b", ""] {
            assert_eq!(Domains::with(vec![bad.to_owned()]).unwrap_err(), bad);
        }
    }

    #[test]
    fn a_place_that_gives_tokens_may_take_them() {
        let domains = Domains::with(Vec::new()).unwrap();
        assert!(domains.read("http://127.0.0.1:9/token", "http://127.0.0.1:1234").is_ok());
        assert!(domains.read("http://127.0.0.1:9/token", "HTTP://LocalHost:1234").is_ok());
        assert!(domains.read("https://stage.example/token", "https://stage.example").is_ok());
        assert!(domains.read("https://stage.example/token", "https://stage.example:81").is_err());
        for clear in ["http://127.0.0.1:9/token", "HTTP://127.0.0.1:9/token", " hTTp://localhost/"] {
            assert!(is_clear(clear) && domains.read(clear, "http://127.0.0.1:1234").is_ok(), "{clear}");
        }
        assert!(!is_clear("HTTPS://app.gong.io") && !is_clear("") && !is_clear("httpx://x"));
        assert_eq!(unless_told(GONG), "https://api.gong.io");
        assert_eq!(unless_told("http://127.0.0.1:9/token"), "http://127.0.0.1:9");
    }
}
