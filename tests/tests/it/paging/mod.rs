//! Pages, items, newest first and conversations, and what cannot be read: compared with what the company has.

mod conversations;
mod faults;
mod newest;
mod streams;
