//! The rows of building: what the client costs those who compile it.

use std::collections::BTreeSet;
use std::io;
use std::process::Command;

use super::count::{cpu_seconds, finished};
use super::program::Cargo;
use super::table::{Figure, Row, Target};

/// CPU seconds a tool that a debug build may take.
const A_TOOL: f64 = 0.11;

pub(super) fn rows(cargo: &Cargo) -> io::Result<Vec<Row>> {
    Ok(vec![time(cargo)?, dependencies(cargo)?, size(cargo)?])
}

/// The CPU time of compiling `gong-client` alone, without anything left of an earlier time.
fn time(cargo: &Cargo) -> io::Result<Row> {
    cargo.output(&["build", "--quiet", "--package", "gong-client"])?;
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        cargo.output(&["clean", "--quiet", "--package", "gong-client"])?;
        best = best.min(cpu_seconds(&mut cargo.command(&["build", "--package", "gong-client"]))?);
    }
    let tools = tools(cargo)?;
    Ok(Row {
        name: format!("build: gong-client alone, debug, CPU a tool ({best:.2} s, {tools} tools)"),
        ours: Figure::Seconds(best / tools),
        floor: None,
        target: Target::Most(Figure::Seconds(A_TOOL)),
    })
}

/// How many tools there are: each has a schema of its input.
fn tools(cargo: &Cargo) -> io::Result<f64> {
    let folder = cargo.root.join("gong-client/src/generated/schemas");
    let mut count = 0_u32;
    for entry in std::fs::read_dir(folder)? {
        count += u32::from(entry?.file_name().to_string_lossy().ends_with(".input.json"));
    }
    Ok(f64::from(count))
}

/// How many crates are compiled for the client, against those for its HTTP library.
fn dependencies(cargo: &Cargo) -> io::Result<Row> {
    let count = |package: &str| -> io::Result<Figure> {
        let told = cargo.output(&["tree", "--edges", "normal", "--prefix", "none", "--package", package])?;
        let crates: BTreeSet<&str> = told.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        Ok(Figure::Count(f64::from(u32::try_from(crates.len()).unwrap_or(u32::MAX))))
    };
    let (ours, floor) = (count("gong-client")?, count("reqwest")?);
    Ok(Row { name: "build: crates, floor reqwest alone".to_owned(), ours, floor: Some(floor), target: Target::Shown })
}

/// The size of a program of three calls, without symbols.
fn size(cargo: &Cargo) -> io::Result<Row> {
    let stripped = |name: &str| -> io::Result<Figure> {
        let program = cargo.bench("gong-client", name)?;
        let bare = cargo.target.join(name);
        finished(Command::new("strip").arg("-o").arg(&bare).arg(program))?;
        #[allow(clippy::cast_precision_loss)] // no program is that large
        Ok(Figure::Bytes(std::fs::metadata(bare)?.len() as f64))
    };
    Ok(Row::against("build: stripped program of three calls", stripped("size_ours")?, stripped("size_floor")?, 1.10))
}
