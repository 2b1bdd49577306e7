//! Which hosts an account may have. The token endpoint names it, and it must be one of the service's, or where the
//! tokens come from.

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
mod tests;
