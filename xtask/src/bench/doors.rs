//! The rows of the doors to a tool: the agents' protocol and plain HTTP, each against the call by name behind it.

use std::io;

use super::call::Measure;
use super::program::{Cargo, Server};
use super::table::{Figure, Row};

/// What a door may cost, the call behind it included: a fifth more than that.
const MOST: f64 = 1.2;

const CALLS: u32 = 50;

/// The doors, by what `gong-mcp/benches/doors.rs` calls them.
const DOORS: [(&str, &str); 9] = [
    ("toolbox-whole", "the toolbox, whole"),
    ("toolbox", "the toolbox, cut to 8,000 tokens"),
    ("toolbox-fields", "the toolbox, three fields"),
    ("post", "POST /tools/NAME, whole"),
    ("post-fields", "POST /tools/NAME, three fields"),
    ("mcp-lines", "MCP over lines, cut to 8,000 tokens"),
    ("mcp-lines-fields", "MCP over lines, three fields"),
    ("mcp-http", "MCP over HTTP, cut to 8,000 tokens"),
    ("mcp-http-fields", "MCP over HTTP, three fields"),
];

pub(super) fn rows(measure: &Measure, cargo: &Cargo) -> io::Result<Vec<Row>> {
    let program = cargo.bench("gong-mcp", "doors")?;
    let server = Server::start(&measure.subject)?;
    let instructions = |door: &str| -> io::Result<Figure> {
        let run = |count: u32| measure.counter.instructions(&program, &[door, &count.to_string(), &server.address]);
        Ok(Figure::Instructions((run(CALLS)? - run(0)?) / f64::from(CALLS)))
    };
    let floor = instructions("call-text")?;
    let row = |(door, name): (&str, &str)| Ok(Row::against(format!("door: {name}"), instructions(door)?, floor, MOST));
    DOORS.into_iter().map(row).collect()
}
