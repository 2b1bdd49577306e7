//! Gong's tools for agents' hosts, over the [Model Context Protocol](https://modelcontextprotocol.io).
//!
//! A question of an agent travels so: [`Server`] takes it off the protocol; [`Offer`] says whether the tool is one that
//! this host and this account get; [`Toolbox`] takes what is said beside the input (`options`), calls the tool by name,
//! and makes the answer `fit` into a context: `fields` picks, `cut` cuts at whole items, and both work on the answer's
//! text (`raw`). Several pages become one answer (`gather`), a `job` is waited for, and a host that asked for it is
//! told of the `progress` and reads the `log`. What goes wrong with a call is an answer too, one that a model can act
//! on; an account that is not connected yet is asked for by the host's own means (`elicitation`).
//!
//! Everything stands in the client's catalog, so a new tool in the spec is a new tool here. What this crate must never
//! do: name a tool of the catalog, send anything that the client did not check, or let one account's answer reach
//! another's session.
//!
//! ```no_run
//! use gong_client::Client;
//! use gong_mcp::{Offer, Selection, Server, Toolbox};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let gong = Client::builder().api_key("key", "secret").build()?;
//! let offer = Offer::new(&Selection { read_only: true, ..Selection::default() })?;
//! Server::new(Toolbox::new(gong, offer)).serve_stdio().await?;
//! # Ok(())
//! # }
//! ```

mod account;
mod brief;
mod conformance;
mod conversation;
mod cut;
pub mod definitions;
mod discover;
mod elicitation;
mod fields;
mod fit;
mod gather;
pub mod http;
mod job;
mod log;
mod offer;
mod options;
mod progress;
mod prompts;
mod raw;
mod resources;
mod schema;
mod server;
mod structure;
mod toolbox;

pub use account::Account;
pub use offer::{Offer, Selection, UnknownNames};
pub use server::{ServeError, Server};
pub use toolbox::{ANSWER_TOKENS, Outcome, Toolbox};
