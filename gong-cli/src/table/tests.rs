use super::*;

const HEAD: [&str; 5] = ["id", "url", "title", "started", "duration"];

fn calls() -> Vec<Vec<String>> {
    let call = |id: &str, title: &str| {
        let url = format!("https://us-12345.app.gong.io/call?id={id}");
        [id, &url, title, "2026-11-16T09:30:00.000+01:00", "1820"].map(str::to_owned).to_vec()
    };
    vec![
        call("7782342274025937895", "Renewal with Example Foods, and what their new owners want of us"),
        call("782342274025937896", "更新の打ち合わせ"),
    ]
}

fn is_within(text: &str, width: usize) -> bool {
    text.lines().all(|line| line.width() <= width)
}

#[test]
fn columns_that_fit_are_shown_and_the_others_named() {
    let laid = fitting(&HEAD, &calls(), 80);
    assert_eq!(laid.left_out, ["url", "started"], "{}", laid.text);
    let laid = fitting(&HEAD, &calls(), 100);
    assert_eq!(laid.left_out, ["url"], "{}", laid.text);
    let laid = fitting(&HEAD, &calls(), 200);
    assert!(laid.left_out.is_empty(), "{}", laid.text);
    assert!(is_within(&laid.text, 200));
}

#[test]
fn ids_and_addresses_are_whole_at_every_width() {
    for width in 0..220 {
        let laid = fitting(&HEAD, &calls(), width);
        assert!(laid.text.contains(" 7782342274025937895 "), "{width}\n{}", laid.text);
        assert!(laid.left_out.contains(&"url") || laid.text.contains("/call?id=782342274025937896 "), "{width}");
        assert!(width < 24 || is_within(&laid.text, width), "{width}\n{}", laid.text);
    }
}

#[test]
fn a_table_of_ours_keeps_all_its_columns_and_breaks_between_words() {
    let rows =
        [["gong_engage_prospects_assign_cool_off_override", "write", "Put prospects into a flow despite cool-off"]];
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
    for width in [0, 80, 200] {
        let text = whole(&["tool", "effect", "what it does"], &rows, width);
        assert!(text.contains("gong_engage_prospects_assign_cool_off_override ┆ write "), "{text}");
        assert!(text.contains("prospects") && text.contains("cool-off"), "{text}");
    }
}
