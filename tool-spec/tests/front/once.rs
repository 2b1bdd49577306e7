//! One cause is one fault, however often it shows, and of a thousand faults the first hundred are shown.

use tool_spec::{Fault, Faults, SourceFile};

use crate::{edited, fixture};

fn faults(files: &[SourceFile]) -> Vec<Fault> {
    tool_spec::load(files).err().iter().flat_map(Faults::iter).cloned().collect()
}

/// The only fault, in words, and how many places are shown beside its own.
fn only(files: &[SourceFile]) -> (String, usize) {
    let faults = faults(files);
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages.len(), 1, "{messages:#?}");
    (messages[0].to_owned(), faults[0].related.len())
}

/// The plain fixture with several copies of its tool, each with a piece of its text replaced.
fn copies(count: usize, there: &str, instead: &str) -> Vec<SourceFile> {
    let mut files = fixture("plain");
    let group = files.iter_mut().find(|file| file.path == "spec/tools/calls.yaml").unwrap();
    let (head, tool) = group.text.split_once("  gong_calls_list:\n").unwrap();
    assert!(tool.contains(there));
    let tool = tool.replace(there, instead);
    let copy = |index: usize| {
        format!("  gong_copy_{index}:\n{}", tool.replace("method: list\n", &format!("method: list_{index}\n")))
    };
    group.text = format!("{head}{}", (0..count).map(copy).collect::<String>());
    files
}

#[test]
fn a_name_that_is_not_there_is_told_once_with_the_places_that_want_it() {
    let files = copies(21, "scope: api:calls:read", "scope: api:call:read");
    assert_eq!(only(&files), ("`spec/gong.yaml` has no scope `api:call:read`".to_owned(), 3));
    let faults = tool_spec::load(&files).unwrap_err();
    assert!(faults.render(&files, false).contains("and here, and at 17 more places"));
    assert_eq!(only(&copies(9, "answer: CallsPage\n", "answer: CallPage\n")).0, "there is no type `CallPage`");
    let files = edited(
        "behaviours",
        &[(
            "    managerId: {type: id<user>, about: The user's manager.}",
            "    chiefId: {type: id<user>, about: Their chief.}",
        )],
    );
    assert_eq!(only(&files).0, "`User` has no field `managerId`");
}

#[test]
fn a_parameter_that_is_not_there_is_told_once_a_tool() {
    let wanted = "{fromDateTime: $from_date_time, toDateTime: $to_date_time, cursor: $cursor}";
    let misspelt = "{fromDateTime: $from_date_time, toDateTime: $to_date_time, cursor: $cursr, more: $cursr}";
    let faults = faults(&copies(2, wanted, misspelt));
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages, ["the tool has no parameter or value `cursr`"; 2]);
}

#[test]
fn a_circle_is_told_once_with_its_way() {
    let held = |by: &str| format!("    held: {{type: {by}, about: What it holds.}}\n");
    let model = |name: &str, by: &str| format!("{name}:\n  about: A model.\n  fields:\n{}\n", held(by));
    let field = "    callId: {type: id<call>, about: The one it was for.}\n";
    let more = [model("Held", "Holder"), model("Holder", "Removal"), "Removal:\n".to_owned()].concat();
    let edits = [("Removal:\n", more.as_str()), (field, &format!("{field}{}", held("Held")))];
    let (message, beside) = only(&edited("behaviours", &edits));
    assert!(message.contains("would hold itself: ") && message.matches(" → ").count() == 3, "{message}");
    assert_eq!(beside, 2);
}

#[test]
fn what_is_declared_twice_is_told_once() {
    let mut files = fixture("behaviours");
    let more = files.iter().find(|file| file.path == "spec/tools/reads.yaml").unwrap().text.clone();
    files.push(SourceFile { path: "spec/tools/again.yaml".to_owned(), text: more });
    let tools = tool_spec::load(&fixture("behaviours")).unwrap().groups[0].tools.len();
    let told = faults(&files);
    assert_eq!(told.len(), tools);
    assert!(told.iter().all(|fault| fault.message.ends_with("is declared twice")));
    let mut files = fixture("plain");
    let types = files.iter().find(|file| file.path == "spec/types/calls.yaml").unwrap().text.clone();
    files.push(SourceFile { path: "spec/types/more.yaml".to_owned(), text: types });
    assert!(faults(&files).iter().all(|fault| fault.message.ends_with("is declared twice")));
}

#[test]
fn of_many_faults_the_first_hundred_are_shown_and_all_are_counted() {
    let files = copies(160, "    effect: read\n", "    effect: reed\n");
    let report = tool_spec::load(&files).unwrap_err().render(&files, false);
    assert_eq!(report.matches("error[").count(), 100);
    assert!(report.ends_with("160 faults in the spec; the first 100 are shown\n"), "{report}");
    assert!(report.contains("spec/tools/calls.yaml:7:13\n") && report.contains("7 |     effect: reed"), "{report}");
}

/// What is shown of a fault is cut out of the file: places far apart are shown each by itself.
#[test]
fn places_far_apart_are_shown_each_by_itself() {
    let files = copies(12, "scope: api:calls:read", "scope: api:call:read");
    let report = tool_spec::load(&files).unwrap_err().render(&files, false);
    assert!(report.contains("--> spec/tools/calls.yaml:14:14") && report.lines().count() < 60, "{report}");
}

#[test]
fn a_misspelt_key_is_told_where_it_stands_and_not_missed_as_well() {
    for (there, instead, told) in [
        ("tools:\n", "tool:\n", "a group of tools has no `tool`"),
        ("    title: List", "    titel: List", "`gong_calls_list` has no `titel`"),
        ("    title: List", "    name: List", "`gong_calls_list` has no `name`"),
        ("      get: /v2", "      gett: /v2", "a request has no `gett`"),
        ("    request:\n", "    reqest:\n", "`gong_calls_list` has no `reqest`"),
    ] {
        assert_eq!(only(&edited("plain", &[(there, instead)])).0, told);
    }
}
