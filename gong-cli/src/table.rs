//! Tables on a terminal. A line breaks between words only, so an id or an address stays whole and can be copied.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use unicode_width::UnicodeWidthStr as _;

/// How wide a terminal is that doesn't tell.
const USUAL: usize = 80;
/// Sentences of items are not squeezed into less, as long as other columns can give way.
const READABLE: usize = 24;
/// What a column takes beside its text: a space on either side and a line.
const FRAME: usize = 3;

/// A table, and the names of the columns that found no place in it.
#[derive(Debug)]
pub(crate) struct Laid<'a> {
    pub(crate) text: String,
    pub(crate) left_out: Vec<&'a str>,
}

/// How wide the terminal is.
pub(crate) fn terminal() -> usize {
    Table::new().width().map(usize::from).filter(|width| *width > 0).unwrap_or(USUAL)
}

/// The columns that fit, in their order; the first in any case. One that would take half of the line, as an address
/// does, waits for what the others leave.
pub(crate) fn fitting<'a>(head: &[&'a str], rows: &[Vec<String>], width: usize) -> Laid<'a> {
    let mut columns: Vec<Column> = head.iter().enumerate().map(|(index, name)| Column::of(index, name, rows)).collect();
    for column in &mut columns {
        column.width = column.longest_word.max(READABLE).min(column.longest_line);
    }
    columns.sort_by_key(|column| column.index > 0 && column.width > width / 2);
    let mut left = width.saturating_sub(1);
    let (mut shown, mut others) = (Vec::new(), Vec::new());
    for column in columns {
        match left.checked_sub(column.width + FRAME) {
            None if !shown.is_empty() => others.push(column),
            rest => {
                left = rest.unwrap_or(0);
                shown.push(column);
            }
        }
    }
    shown.sort_by_key(|column| column.index);
    others.sort_by_key(|column| column.index);
    let left_out = others.iter().filter_map(|column| head.get(column.index).copied()).collect();
    Laid { text: drawn(shown, left, head, rows), left_out }
}

/// All columns, each as wide as its longest word at least.
pub(crate) fn whole(head: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let columns: Vec<Column> = head.iter().enumerate().map(|(index, name)| Column::of(index, name, rows)).collect();
    let taken: usize = columns.iter().map(|column| column.width + FRAME).sum();
    drawn(columns, width.saturating_sub(taken + 1), head, rows)
}

struct Column {
    index: usize,
    longest_word: usize,
    longest_line: usize,
    width: usize,
}

impl Column {
    fn of(index: usize, name: &str, rows: &[Vec<String>]) -> Self {
        let mut column = Column { index, longest_word: 0, longest_line: 0, width: 0 };
        for line in rows.iter().filter_map(|row| row.get(index)).flat_map(|cell| cell.lines()).chain([name]) {
            let word = line.split_whitespace().map(|word| word.width()).max().unwrap_or(0);
            column.longest_word = column.longest_word.max(word);
            column.longest_line = column.longest_line.max(line.width());
        }
        column.width = column.longest_word;
        column
    }
}

/// The columns at their widths, and what is left of the line for those that can use it.
fn drawn(columns: Vec<Column>, mut left: usize, head: &[&str], rows: &[Vec<String>]) -> String {
    let pick = |cells: &mut dyn FnMut(usize) -> String| -> Vec<String> {
        columns.iter().map(|column| cells(column.index)).collect()
    };
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(pick(&mut |index| head.get(index).copied().unwrap_or_default().to_owned()));
    for row in rows {
        table.add_row(pick(&mut |index| row.get(index).cloned().unwrap_or_default()));
    }
    for (place, column) in columns.iter().enumerate() {
        let more = left.min(column.longest_line.saturating_sub(column.width));
        left -= more;
        // The spaces around the text count.
        let width = u16::try_from(column.width + more + 2).unwrap_or(u16::MAX);
        if let Some(drawn) = table.column_mut(place) {
            drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
    }
    table.to_string()
}

#[cfg(test)]
mod tests;
