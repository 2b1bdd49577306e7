//! The rows of the generator.

use std::io;
use std::process::Command;

use super::count::cpu_seconds;
use super::program::Cargo;
use super::table::{Figure, Row, Target};

/// How often it runs; the system counts CPU time by hundredths of a second.
const RUNS: u32 = 10;

/// The CPU time of `cargo xtask generate --check`: reading the spec, making everything of it, and comparing it with
/// what is there.
pub(super) fn rows(cargo: &Cargo) -> io::Result<Vec<Row>> {
    let row = |name: &str, options: &[&str], folder: &str, most: f64| -> io::Result<Row> {
        cargo.output(&[&["build", "--quiet", "--package", "xtask"], options].concat())?;
        let program = cargo.target.join(folder).join("xtask");
        let mut seconds = 0.0;
        for _ in 0..RUNS {
            // A stale tree would end this with an error.
            seconds += cpu_seconds(Command::new(&program).args(["generate", "--check"]))?;
        }
        let ours = Figure::Seconds(seconds / f64::from(RUNS));
        Ok(Row { name: name.to_owned(), ours, floor: None, target: Target::Most(Figure::Seconds(most)) })
    };
    Ok(vec![
        row("generate: spec to all files, release, CPU", &["--release"], "release", 0.25)?,
        row("generate: spec to all files, debug, CPU", &[], "debug", 2.0)?,
    ])
}
