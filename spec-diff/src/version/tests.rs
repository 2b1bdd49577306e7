use super::Version;
use crate::rule::Step;

fn raised(version: &str, step: Step) -> String {
    Version::parse(version).unwrap().raised(step).to_string()
}

#[test]
fn from_one_on_each_step_has_its_number() {
    assert_eq!(raised("1.2.3", Step::Major), "2.0.0");
    assert_eq!(raised("1.2.3", Step::Minor), "1.3.0");
    assert_eq!(raised("1.2.3", Step::Patch), "1.2.4");
}

#[test]
fn before_one_the_second_number_says_that_something_breaks() {
    assert_eq!(raised("0.4.2", Step::Major), "0.5.0");
    assert_eq!(raised("0.4.2", Step::Minor), "0.4.3");
    assert_eq!(raised("0.4.2", Step::Patch), "0.4.3");
    assert_eq!(raised("0.0.2", Step::Minor), "0.0.3");
}

#[test]
fn what_is_no_version_is_none() {
    for text in ["", "1", "1.2", "1.2.x", "1.2.3.4"] {
        assert_eq!(Version::parse(text), None, "{text}");
    }
    assert_eq!(Version::parse("1.2.3-rc.1").unwrap().to_string(), "1.2.3");
}
