//! What is read out of the output of other programs.

use super::count::{children_of, figure};
use super::program::executable;
use super::table::{Figure, Row, Target, render};

#[test]
fn counts_are_found_in_what_the_counters_print() {
    assert_eq!(figure("==1== \n==1== I   refs:      1,234,567\n", "refs:"), Some(1_234_567.0));
    assert_eq!(figure("==1==     At t-gmax: 12,345 bytes in 6 blocks", "t-gmax:"), Some(12_345.0));
    assert_eq!(figure("987654,,instructions:u,1,100.00,,", ",instructions:u"), Some(987_654.0));
    assert_eq!(figure("<not supported>,,instructions:u,0,100.00,,", ",instructions:u"), None);
}

#[test]
fn the_time_of_children_is_found_whatever_the_program_is_called() {
    let stat = "12 (a ) name) S 1 2 3 4 5 6 7 8 9 10 11 12 250 50 20 0";
    assert_eq!(children_of(stat), Some(3.0));
}

#[test]
fn a_program_is_found_in_what_cargo_tells() {
    let told = concat!(
        r#"{"reason":"compiler-artifact","target":{"name":"other"},"executable":"/x/other"}"#,
        "\n",
        r#"{"reason":"compiler-artifact","target":{"name":"ratios"},"executable":"/x/ratios-1"}"#
    );
    assert_eq!(executable(told, "ratios").unwrap().to_str(), Some("/x/ratios-1"));
    assert_eq!(executable(told, "none"), None);
}

#[test]
fn a_row_meets_its_target_or_says_that_it_does_not() {
    let ratio = |ours| Row::against("a", Figure::Instructions(ours), Figure::Instructions(2e6), 1.1);
    assert_eq!((ratio(2.2e6).met(), ratio(2.3e6).met()), (Some(true), Some(false)));
    let shown = Row { name: "b".to_owned(), ours: Figure::Count(7.0), floor: None, target: Target::Shown };
    let table = render(&[ratio(2.3e6), shown]);
    assert_eq!(
        table,
        "\
| row | ours         | floor        | ratio | target  | met |
| --- | ------------ | ------------ | ----- | ------- | --- |
| a   | 2.30 M instr | 2.00 M instr | 1.15  | <= 1.10 | NO  |
| b   | 7            | -            | -     | -       | -   |
"
    );
}
