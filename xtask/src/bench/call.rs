//! The rows of the client at work: whole calls, decoding, checks of inputs, streams of items.

use std::io;
use std::path::PathBuf;
use std::process::Command;

use super::count::{self, Counter};
use super::program::Server;
use super::table::{Figure, Row, Target};

/// What measures, and what is measured.
#[derive(Debug)]
pub(super) struct Measure {
    pub(super) counter: Counter,
    pub(super) subject: PathBuf,
}

impl Measure {
    /// The instructions of one piece of work: those of so many, less those of none.
    fn instructions(&self, work: &str, side: &str, count: u32, server: &str) -> io::Result<Figure> {
        let run = |count: u32| self.counter.instructions(&self.subject, &args(work, side, &count.to_string(), server));
        Ok(Figure::Instructions((run(count)? - run(0)?) / f64::from(count)))
    }

    fn peak(&self, work: &str, side: &str, count: u32, server: &str) -> io::Result<Figure> {
        Ok(Figure::Bytes(count::peak(&self.subject, &args(work, side, &count.to_string(), server))?))
    }

    /// A row of instructions.
    fn against(&self, name: &str, work: &str, count: u32, server: &str, most: f64) -> io::Result<Row> {
        let side = |side: &str| self.instructions(work, side, count, server);
        Ok(Row::against(name, side("ours")?, side("floor")?, most))
    }

    /// A row of peaks of the heap, of the whole process.
    fn peaks(&self, name: &str, work: &str, count: u32, server: &str, most: f64) -> io::Result<Row> {
        let side = |side: &str| self.peak(work, side, count, server);
        Ok(Row::against(name, side("ours")?, side("floor")?, most))
    }

    /// Megabytes a second, the best of five, without a counter.
    fn speed(&self, work: &str, side: &str) -> io::Result<f64> {
        let mut best = 0.0_f64;
        for _ in 0..5 {
            let output = Command::new(&self.subject).args(args(work, side, "20", "")).output()?;
            let told = String::from_utf8_lossy(&output.stdout);
            let mut numbers = told.split_whitespace().filter_map(|number| number.parse::<f64>().ok());
            if let (Some(bytes), Some(nanos)) = (numbers.next(), numbers.next()) {
                best = best.max(bytes * 1000.0 / nanos);
            }
        }
        Ok(best)
    }
}

fn args<'a>(work: &'a str, side: &'a str, count: &'a str, server: &'a str) -> Vec<&'a str> {
    [work, side, count, server].into_iter().filter(|arg| !arg.is_empty()).collect()
}

pub(super) fn calls(measure: &Measure) -> io::Result<Vec<Row>> {
    let server = Server::start(&measure.subject)?;
    let at = &server.address;
    Ok(vec![
        measure.against("call: answer of 140 bytes", "small", 200, at, 1.10)?,
        measure.against("call: page of 100 users", "users", 50, at, 1.03)?,
        measure.peaks("call: page of 100 users, peak of heap", "users", 5, at, 1.10)?,
        measure.against("call: transcript of 5 MB", "transcript", 5, at, 1.03)?,
        measure.peaks("call: transcript of 5 MB, peak of heap", "transcript", 2, at, 1.10)?,
        measure.against("call: text of 100 users, by name, floor typed", "users-text", 50, at, 1.30)?,
        measure.against("call: text of a transcript of 5 MB, by name, floor typed", "transcript-text", 5, at, 1.30)?,
    ])
}

pub(super) fn decode(measure: &Measure) -> io::Result<Vec<Row>> {
    let floor_speed = measure.speed("decode", "floor")?;
    let name = |form: &str, work: &str, side: &str| -> io::Result<String> {
        let speed = measure.speed(work, side)?;
        Ok(format!("decode: transcript, {form} ({speed:.0} MB/s, floor {floor_speed:.0})"))
    };
    let floor = measure.instructions("decode", "floor", 5, "")?;
    let shown = |name: String, work: &str| -> io::Result<Row> {
        let ours = measure.instructions(work, "floor", 5, "")?;
        Ok(Row { name, ours, floor: Some(floor), target: Target::Shown })
    };
    Ok(vec![
        measure.against(&name("owned", "decode", "ours")?, "decode", 5, "", 1.03)?,
        measure.against("decode: page of 100 users, owned", "decode-users", 50, "", 1.03)?,
        shown(name("through Value, not to be done", "decode-value", "floor")?, "decode-value")?,
        shown(name("from_reader, not to be done", "decode-reader", "floor")?, "decode-reader")?,
    ])
}

pub(super) fn validate(measure: &Measure) -> io::Result<Vec<Row>> {
    Ok(vec![
        measure.against("validate: typed, 200 distinct ids", "check-ids", 1000, "", 0.50)?,
        measure.against("validate: typed, gong_calls_create", "check-call", 2000, "", 0.33)?,
        measure.against("validate: typed, gong_calls_list", "check-list", 10_000, "", 0.33)?,
        measure.against("validate: JSON text, 200 distinct ids", "read-ids", 500, "", 0.60)?,
        measure.against("validate: JSON text, gong_calls_create", "read-call", 2000, "", 0.60)?,
        measure.against("validate: JSON text, gong_calls_list", "read-list", 5000, "", 0.60)?,
    ])
}

pub(super) fn items(measure: &Measure) -> io::Result<Vec<Row>> {
    let server = Server::start(&measure.subject)?;
    let at = &server.address;
    let (few, many) = (measure.peak("items", "ours", 20, at)?, measure.peak("items", "ours", 1000, at)?);
    Ok(vec![
        // 90 % of the floor's speed is 1 / 0.9 of its work.
        measure.against("items: 100,000 calls, a page of 100", "items", 1000, at, 1.0 / 0.9)?,
        Row::against("items: peak of heap, 100,000 calls against 2,000", many, few, 1.05),
    ])
}
