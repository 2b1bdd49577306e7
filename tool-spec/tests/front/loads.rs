//! Right specs and the model they become.

use tool_spec::model::{Effect, Fan, Plan, Source, Spec, Template, Ty, Verb, Which};

use crate::fixture;

fn load(name: &str) -> Spec {
    let files = fixture(name);
    tool_spec::load(&files).unwrap_or_else(|faults| panic!("{}", faults.render(&files, false)))
}

#[test]
fn every_fixture_is_right() {
    for name in ["plain", "behaviours", "models"] {
        load(name);
    }
}

#[test]
fn what_the_service_file_says_is_in_the_model() {
    let service = load("plain").service;
    assert_eq!((service.name.as_str(), service.base_url.as_str()), ("gong", "https://api.gong.io"));
    assert_eq!(service.domains, ["api.gong.io"], "the host's own, where none are named");
    assert_eq!((service.per_second, service.per_day), (3, 10000));
    assert_eq!(
        (service.api_key_username.as_str(), service.api_key_password.as_str()),
        ("access_key", "access_key_secret")
    );
    assert_eq!(service.paging_cursor, "cursor");
    assert_eq!(service.nothing_found_status, 404);
    assert_eq!(service.ids.iter().map(|id| id.name.as_str()).collect::<Vec<_>>(), ["call", "user"]);
    assert_eq!(service.scopes.iter().map(|scope| scope.name.as_str()).collect::<Vec<_>>(), ["api:calls:read"]);
}

#[test]
fn what_a_tool_says_is_in_the_model() {
    let spec = load("plain");
    let (group, tool) = spec.tools().next().unwrap();
    assert_eq!((group.name.as_str(), group.source.as_str()), ("calls", "spec/tools/calls.yaml"));
    assert_eq!((tool.name.as_str(), tool.method.as_str(), tool.effect), ("gong_calls_list", "list", Effect::Read));
    let params: Vec<(&str, &Ty)> = tool.params.iter().map(|param| (param.name.as_str(), &param.ty)).collect();
    assert_eq!(params, [("from_date_time", &Ty::DateTime), ("to_date_time", &Ty::DateTime), ("cursor", &Ty::String)]);
    let request = tool.requests().remove(0);
    assert_eq!((request.verb, request.path.as_str(), request.answer.as_str()), (Verb::Get, "/v2/calls", "CallsPage"));
    let query: Vec<&str> = request.query.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(query, ["fromDateTime", "toDateTime", "cursor"]);
    assert_eq!(tool.items.as_ref().unwrap().field, "calls");
}

#[test]
fn scopes_come_in_the_order_in_which_they_are_needed() {
    let spec = load("behaviours");
    let tool = spec.tool("gong_coaching").unwrap();
    assert_eq!(tool.scopes, ["api:workspaces:read", "api:users:read", "api:calls:read"]);
}

#[test]
fn a_value_that_is_looked_up_has_the_type_of_what_is_found() {
    let spec = load("behaviours");
    let tool = spec.tool("gong_coaching").unwrap();
    let managers = tool.values.first().unwrap();
    assert_eq!(managers.ty, Ty::List(Box::new(Ty::Id("user".to_owned()))));
    assert!(matches!(&managers.source, Source::Ask(ask) if matches!(ask.which, Which::Every)));
    assert_eq!(managers.given.as_deref(), Some("manager_id"));
}

#[test]
fn an_outcome_s_model_is_the_answer_of_its_request() {
    let spec = load("behaviours");
    let request = spec.tool("gong_outcomes").unwrap().requests().remove(0);
    assert_eq!(request.answer, "Removal");
    assert!(matches!(&request.fan, Some(Fan::Each { outcomes: Some(outcomes), .. }) if outcomes.item == "callId"));
}

#[test]
fn what_a_step_takes_from_a_list_is_its_first_element() {
    let spec = load("behaviours");
    let Plan::Steps(steps) = &spec.tool("gong_steps").unwrap().plan else { panic!("no steps") };
    let types: Vec<&Ty> = steps[0].take.iter().map(|take| &take.ty).collect();
    assert_eq!(types, [&Ty::Id("user".to_owned()), &Ty::String]);
}

#[test]
fn an_object_without_holes_is_a_constant_and_one_with_an_exclamation_mark_is_always_sent() {
    let spec = load("behaviours");
    let request = spec.tool("gong_routes").unwrap().requests().remove(0);
    let Some(Template::Object(entries)) = &request.body else { panic!("no object") };
    let always: Vec<(&str, bool)> = entries.iter().map(|entry| (entry.key.as_str(), entry.always)).collect();
    assert_eq!(always, [("cursor", false), ("filter", true), ("contentSelector", false)]);
}

#[test]
fn types_know_which_way_they_go() {
    let spec = load("models");
    let ways: Vec<(&str, bool, bool)> =
        spec.types.iter().map(|ty| (ty.name.as_str(), ty.goes_in, ty.comes_out)).collect();
    let right = [
        ("Loss", true, false),
        ("OutKind", false, true),
        ("Part", true, true),
        ("Thing", true, true),
        ("ThingAnswer", false, true),
        ("ThingType", true, true),
    ];
    assert_eq!(ways, right);
}

#[test]
fn faults_come_in_the_order_of_their_places_and_know_them() {
    let files = crate::edited("plain", &[("get: /v2/calls", "gett: /v2/calls"), ("id<user>", "id<usr>")]);
    let faults = tool_spec::load(&files).unwrap_err();
    assert_eq!(faults.len(), 2);
    let places: Vec<String> = faults
        .iter()
        .map(|fault| {
            let span = fault.span.unwrap();
            let place = files[span.file].place(span.start);
            format!("{}:{}:{} {}", files[span.file].path, place.line, place.column, fault.kind.as_str())
        })
        .collect();
    assert_eq!(places, ["spec/tools/calls.yaml:13:7 unknown-key", "spec/types/calls.yaml:20:30 unknown-name",]);
}
