use super::*;

fn check(line: &str) -> Result<Value, String> {
    serde_json::from_str(line).map_err(|_| format!("bad {line}"))
}

#[test]
fn lines_are_the_same_however_the_file_is_cut() {
    let file = b"1\r\n\n22\nno\n3";
    for size in 1..=file.len() {
        let mut lines = Lines::default();
        file.chunks(size).for_each(|bytes| lines.feed(bytes, check));
        lines.end(check);
        assert_eq!(lines.kept, [1, 22, 3], "{size}");
        assert_eq!((lines.right, lines.wrong, lines.faults), (3, 1, vec![(4, "bad no".to_string())]), "{size}");
    }
}

#[test]
fn what_there_is_no_room_for_is_counted_and_checked_all_the_same() {
    let line = format!("\"{}\"\n", "x".repeat(LONGEST - 2));
    let mut lines = Lines::default();
    (0..ROOM / LONGEST + 2).for_each(|_| lines.feed(line.as_bytes(), check));
    lines.feed("no\n".repeat(MOST_FAULTS + 1).as_bytes(), check);
    lines.end(check);
    assert_eq!((lines.kept.len(), lines.right), (ROOM / LONGEST, (ROOM / LONGEST + 2) as u64));
    assert_eq!((lines.faults.len(), lines.wrong), (MOST_FAULTS, MOST_FAULTS as u64 + 1));
}

#[test]
fn a_line_without_end_is_not_kept_while_it_comes() {
    let mut lines = Lines::default();
    (0..4).for_each(|_| lines.feed(&vec![b'1'; LONGEST / 2 + 1], check));
    assert!(lines.begun.len() <= LONGEST);
    lines.feed(b"\n7", check);
    lines.end(check);
    assert_eq!((lines.kept, lines.faults), (vec![Value::from(7)], vec![(1, "The line is too long".to_string())]));
}
