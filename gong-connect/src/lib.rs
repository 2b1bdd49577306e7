//! Connected Gong accounts: many people's access to Gong, kept in one store and kept fresh.
//!
//! A platform registers its app once under a connection name, sends a user a link, takes the callback, and from then on
//! has an account for that user's identifier.
//!
//! ```no_run
//! use gong_connect::{Connection, Connections, Store};
//!
//! # async fn example(callback_url: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let connections = Connections::open(Store::sqlite("gong.db")).await?;
//! let app = Connection::oauth("gong", "client-id", "client-secret", "https://platform.example/callback");
//! connections.register(app.scopes_for(["gong_users_list", "gong_calls_list"])).await?;
//!
//! let link = connections.authorization_link("gong", "user_123").await?;
//! println!("open {link}");
//! connections.complete_as("gong", "user_123", callback_url).await?;
//!
//! let gong = connections.client("gong", "user_123").await?;
//! let users = gong.request(gong_client::Method::Get, "/v2/users").send().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # The path of a token
//!
//! ```text
//! authorization_link ─> Gong's consent page ─> complete ─> token endpoint ─> sealed ─> store
//!                                                                                       │
//! client ─ request ─> token of the account <─ refreshed by one task of one process <────┘
//! ```
//!
//! # What must never happen
//!
//! * A secret is shown: in a `Debug`, an error, a log, or the bytes of the store.
//! * A token goes to another host than the account's own.
//! * Two refreshes of one account run at once, in whatever processes. Gong's refresh tokens work once.
//! * A new pair of tokens is used before it is stored.
//! * A refresh that fails is tried for ever. The account says that its user must authorize again.

mod authorization;
mod authorize;
mod background;
mod callback;
mod connection;
mod connections;
mod error;
mod host;
mod http;
mod keys;
mod lifecycle;
mod limit;
mod link;
mod oauth;
mod origin;
mod renewals;
mod seal;
mod sealed;
mod slots;
mod status;
mod store;
mod tools;
mod who;
mod world;

pub use connection::Connection;
pub use connections::{Connections, ConnectionsBuilder};
pub use error::{Error, ErrorKind, Result};
pub use gong_client::{BoxError, BoxFuture, Environment, Secret};
pub use http::{Http, TokenAnswer, TokenRequest};
pub use keys::{KEY_VARIABLE, Keys};
pub use limit::{SharedLimit, SharedLimits};
pub use link::AuthorizationLink;
pub use status::{AccountState, AccountStatus};
pub use store::Store;
pub use world::{Step, System, World};
