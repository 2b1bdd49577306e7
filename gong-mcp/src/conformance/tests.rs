use super::*;

#[test]
fn every_name_that_a_fixture_uses_is_there() {
    for (name, fixture) in FIXTURES.tools.iter().chain(&FIXTURES.prompts) {
        assert!(fixture.answer.iter().all(|content| FIXTURES.contents.contains_key(content)), "{name}");
        assert!(
            fixture.rounds.iter().all(|round| round.names().all(|name| FIXTURES.questions.contains_key(name))),
            "{name}"
        );
    }
}
