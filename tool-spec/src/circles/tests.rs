use super::{Ways, walk, written};
use crate::source::Span;

fn ways(ways: &[&[usize]]) -> Ways {
    let span = Span { file: 0, start: 0, end: 0 };
    ways.iter().map(|ways| ways.iter().map(|to| (*to, span)).collect()).collect()
}

fn circles(of: &[&[usize]]) -> Vec<Vec<usize>> {
    let walk = walk(&ways(of));
    walk.circles.iter().map(|circle| circle.iter().map(|(member, _)| *member).collect()).collect()
}

#[test]
fn each_circle_is_found_once() {
    assert_eq!(circles(&[&[1], &[2], &[0]]), [[0, 1, 2]]);
    assert_eq!(circles(&[&[1], &[2], &[1]]), [[1, 2]]);
    assert_eq!(circles(&[&[0, 1], &[0]]), [vec![0], vec![0, 1]]);
    assert_eq!(circles(&[&[1, 2], &[3], &[3], &[]]), Vec::<Vec<usize>>::new());
}

#[test]
fn what_a_thing_leads_to_comes_before_it() {
    assert_eq!(walk(&ways(&[&[2], &[0], &[]])).order, [2, 0, 1]);
}

#[test]
fn a_long_way_is_walked_and_shortened_in_words() {
    let long: Vec<Vec<usize>> = (0..100_000).map(|index| vec![(index + 1) % 100_000]).collect();
    let long: Vec<&[usize]> = long.iter().map(Vec::as_slice).collect();
    assert_eq!(circles(&long).len(), 1);
    assert_eq!(written(&["a", "b"]), "`a` → `b` → `a`");
    assert!(written(&["a"; 20]).contains("(12 more) → `a`"));
}
