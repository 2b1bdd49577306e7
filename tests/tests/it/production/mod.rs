//! What happens in production: limits, repeated tries, tokens that run out, faults of every kind, and secrets in their
//! midst.

mod damage;
mod errors;
mod hostile;
mod limits;
mod own_requests;
mod retries;
mod secrets;
mod transport;

use gong_client::{Client, Method, RawAnswer, Result};

use crate::support::World;

/// A small request.
async fn ask(gong: &Client) -> Result<RawAnswer> {
    gong.request(Method::Get, "/v2/workspaces").send().await
}

/// How often Gong said no because of its limit, and meant it.
fn over_the_limit(world: &World) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|request| request.status == Some(429) && request.fault.is_none()).count()
}
