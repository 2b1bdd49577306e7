//! Each tool through the typed API: its answer is what the company really has, and what it changes is changed.

mod calls;
mod engage;
mod people;
mod rest;
