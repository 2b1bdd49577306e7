use super::*;

fn who(name: &str) -> Who {
    let (connection, identifier) = name.split_once('/').unwrap();
    Who::new(connection, identifier)
}

fn chosen(all: &[&str], wanted: (Option<&str>, Option<&str>), usual: Option<&str>) -> Result<String, u8> {
    let all: Vec<Who> = all.iter().map(|name| who(name)).collect();
    let wanted = Wanted { connection: wanted.0.map(Into::into), identifier: wanted.1.map(Into::into) };
    let chosen = choose(&all, &wanted, usual.map(who).as_ref());
    chosen.map(|who| format!("{}/{}", who.connection, who.identifier)).map_err(|failure| failure.code())
}

#[test]
fn without_a_word_it_is_the_usual_one_or_the_only_one() {
    assert_eq!(chosen(&["a/me", "b/me"], (None, None), Some("b/me")), Ok("b/me".into()));
    assert_eq!(chosen(&["a/me"], (None, None), None), Ok("a/me".into()));
    assert_eq!(chosen(&["a/me"], (None, None), Some("gone/me")), Ok("a/me".into()));
    assert_eq!(chosen(&["a/me", "b/me"], (None, None), None), Err(2));
    assert_eq!(chosen(&[], (None, None), None), Err(3));
}

#[test]
fn half_a_name_is_enough_where_it_says_enough() {
    let all = ["a/me", "a/you", "b/me", "b/them"];
    assert_eq!(chosen(&all, (None, Some("you")), Some("b/me")), Ok("a/you".into()));
    assert_eq!(chosen(&all, (Some("b"), None), Some("b/me")), Ok("b/me".into()));
    assert_eq!(chosen(&all, (Some("b"), None), Some("a/me")), Err(2));
    assert_eq!(chosen(&all, (Some("a"), Some("me")), Some("b/me")), Ok("a/me".into()));
    assert_eq!(chosen(&all, (Some("a"), Some("them")), Some("a/me")), Err(3));
}
