//! The limit of a company, which commands share whose credentials come from the environment: each is a process of its
//! own, and a loop in a shell would send more than Gong allows.

use gong_client::{ClientBuilder, catalog};
use gong_connect::{SharedLimits, Store};

use crate::accounts::Home;
use crate::exit::Failure;
use crate::output;

/// The builder of a client for this host, with the limit that it shares. Where there is no place for that, the command
/// does its work nevertheless and says so.
pub(crate) async fn shared(builder: ClientBuilder, base_url: Option<&str>, key_or_token: &str) -> ClientBuilder {
    match open().await {
        Ok(limits) => builder.rate_limiter(limits.of(base_url.unwrap_or(catalog::service().base_url), key_or_token)),
        Err(failure) => {
            output::say(&format!("note: the rate limit is not shared with other commands: {}", failure.message()));
            builder
        }
    }
}

async fn open() -> Result<SharedLimits, Failure> {
    Ok(SharedLimits::open(Store::sqlite(Home::limits()?)).await?)
}
