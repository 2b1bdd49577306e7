//! The table: what was measured, the floor, and whether the target is met.

use std::fmt::Write;

#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) ours: Figure,
    pub(super) floor: Option<Figure>,
    pub(super) target: Target,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Figure {
    Instructions(f64),
    Bytes(f64),
    Seconds(f64),
    Count(f64),
}

/// What a row is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// At most so many times the floor.
    Ratio(f64),
    /// At most so much.
    Most(Figure),
    /// It is shown and not held to anything.
    Shown,
}

impl Figure {
    pub(super) fn value(self) -> f64 {
        match self {
            Figure::Instructions(value) | Figure::Bytes(value) | Figure::Seconds(value) | Figure::Count(value) => value,
        }
    }

    fn shown(self) -> String {
        let value = self.value();
        match self {
            Figure::Count(_) => format!("{value}"),
            Figure::Seconds(_) => format!("{value:.3} s"),
            Figure::Bytes(_) if value >= 1e6 => format!("{:.2} MB", value / 1e6),
            Figure::Bytes(_) => format!("{:.1} kB", value / 1e3),
            Figure::Instructions(_) if value >= 1e6 => format!("{:.2} M instr", value / 1e6),
            Figure::Instructions(_) => format!("{:.2} k instr", value / 1e3),
        }
    }
}

impl Row {
    /// A row that is held to a multiple of its floor.
    pub(super) fn against(name: impl Into<String>, ours: Figure, floor: Figure, most: f64) -> Self {
        Row { name: name.into(), ours, floor: Some(floor), target: Target::Ratio(most) }
    }

    pub(super) fn ratio(&self) -> Option<f64> {
        let ratio = self.floor.map(|floor| self.ours.value() / floor.value());
        ratio.filter(|ratio| ratio.is_finite())
    }

    /// Whether the target is met; `None` if there is none.
    pub(super) fn met(&self) -> Option<bool> {
        match self.target {
            Target::Ratio(most) => Some(self.ratio().is_some_and(|ratio| ratio <= most)),
            Target::Most(most) => Some(self.ours.value() <= most.value()),
            Target::Shown => None,
        }
    }

    fn cells(&self) -> [String; 6] {
        let none = || "-".to_owned();
        [
            self.name.clone(),
            self.ours.shown(),
            self.floor.map_or_else(none, Figure::shown),
            self.ratio().map_or_else(none, |ratio| format!("{ratio:.2}")),
            match self.target {
                Target::Ratio(most) => format!("<= {most:.2}"),
                Target::Most(most) => format!("<= {}", most.shown()),
                Target::Shown => none(),
            },
            match self.met() {
                Some(true) => "yes".to_owned(),
                Some(false) => "NO".to_owned(),
                None => none(),
            },
        ]
    }
}

/// All rows as a table of Markdown, which is readable on a terminal too.
pub(super) fn render(rows: &[Row]) -> String {
    let head = ["row", "ours", "floor", "ratio", "target", "met"].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let mut widths = [0; 6];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut table = String::new();
    for (index, line) in lines.iter().enumerate() {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        let _ = writeln!(table, "| {} |", cells.join(" | "));
        if index == 0 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            let _ = writeln!(table, "| {} |", rules.join(" | "));
        }
    }
    table
}
