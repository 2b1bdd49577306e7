//! Counting what a process does: user instructions, the peak of its heap, and the CPU time of whatever was waited for.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What counts instructions on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counter {
    /// The processor's own counter.
    Perf,
    /// An emulated processor, some thirty times slower and exact.
    Valgrind,
    Nothing,
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Counter::Perf => "`perf stat -e instructions:u`",
            Counter::Valgrind => "`valgrind --tool=cachegrind --cache-sim=no`",
            Counter::Nothing => "nothing",
        })
    }
}

impl Counter {
    /// The best there is. Virtual machines often have `perf` without a processor's counters behind it.
    pub(super) fn find() -> Self {
        let counts = |counter: Counter| counter.instructions(Path::new("true"), &[]).is_ok();
        [Counter::Perf, Counter::Valgrind].into_iter().find(|counter| counts(*counter)).unwrap_or(Counter::Nothing)
    }

    /// The user instructions of a run of this program.
    pub(super) fn instructions(self, program: &Path, args: &[&str]) -> io::Result<f64> {
        let (output, marker) = match self {
            Counter::Perf => (run("perf", &["stat", "-x,", "-e", "instructions:u"], program, args)?, ",instructions:u"),
            Counter::Valgrind => {
                let options = ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"];
                (run("valgrind", &options, program, args)?, "refs:")
            }
            Counter::Nothing => return Err(io::Error::other("nothing counts instructions here")),
        };
        let told = String::from_utf8_lossy(&output.stderr);
        figure(&told, marker).ok_or_else(|| io::Error::other(format!("no count of instructions in: {told}")))
    }
}

/// The most bytes that were allocated at once in a run of this program.
pub(super) fn peak(program: &Path, args: &[&str]) -> io::Result<f64> {
    let output = run("valgrind", &["--tool=dhat", "--dhat-out-file=/dev/null"], program, args)?;
    let told = String::from_utf8_lossy(&output.stderr);
    figure(&told, "t-gmax:").ok_or_else(|| io::Error::other(format!("no peak in: {told}")))
}

fn run(tool: &str, options: &[&str], program: &Path, args: &[&str]) -> io::Result<Output> {
    finished(Command::new(tool).args(options).arg(program).args(args))
}

/// Runs a program to its end; that it failed is an error.
pub(super) fn finished(command: &mut Command) -> io::Result<Output> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(output);
    }
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).collect();
    let told = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{}: {told}", words.join(OsStr::new(" ")).display())))
}

/// The number in the line that holds the marker: after it (valgrind), or at the beginning of the line (perf).
pub(super) fn figure(told: &str, marker: &str) -> Option<f64> {
    let line = told.lines().find(|line| line.contains(marker))?;
    let from = if marker.starts_with(',') { line } else { line.split_once(marker)?.1 };
    let separator = if marker.starts_with(',') { ',' } else { ' ' };
    let number = from.trim_start().split(separator).next()?.replace(',', "");
    number.parse().ok()
}

/// Runs a program and gives the CPU seconds, user and system, of it and of everything that it waited for.
pub(super) fn cpu_seconds(command: &mut Command) -> io::Result<f64> {
    let before = children()?;
    finished(command)?;
    Ok(children()? - before)
}

/// The CPU seconds of all children that were waited for, by hundredths, as Linux tells them.
fn children() -> io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    children_of(&stat).ok_or_else(|| io::Error::other("/proc/self/stat is not what it should be"))
}

/// Fields 16 and 17; the second field, a name in parentheses, may hold spaces.
pub(super) fn children_of(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / 100.0)
}
