//! Prompts: beginnings of what people ask of Gong most. They say what to find out and in which order, and leave the
//! choice of tools to the model.

use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::{Map, Value};

struct Form {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    /// Each argument, and whether it must be given.
    arguments: &'static [(&'static str, &'static str, bool)],
    /// What is asked; `{argument|else}` in it is an argument, or what stands there without it.
    text: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        name: "account_brief",
        title: "Account brief",
        about: "What happened with a customer, and what is open",
        arguments: &[
            ("account", "The customer's name or e-mail domain", true),
            ("days", "How far back; 90 if not said", false),
        ],
        text: "Write a brief on our customer {account}, from Gong's calls of the last {days|90} days.\n\
               Find the calls with people of that company among their parties, read the newest ones, and say:\n\
               1. who is involved on both sides, and who decides;\n\
               2. what they want, and what worries them, with a quotation each;\n\
               3. what was agreed, and what is still open, with who owes it;\n\
               4. risks, and what you would do next.\n\
               Name call and date for everything that you say. Say plainly what Gong does not know.",
    },
    Form {
        name: "coaching_review",
        title: "Coaching review",
        about: "How a rep leads their conversations, and what to practise",
        arguments: &[
            ("user", "The rep's name or e-mail address", true),
            ("days", "How far back; 30 if not said", false),
        ],
        text: "Review the calls that {user} led in the last {days|30} days, for a coaching talk.\n\
               Look up the user, their interaction figures and answered scorecards, and read three conversations of \
               different kinds.\n\
               Say what goes well, with a moment that shows it; the one thing to practise, with two moments; and a \
               question to open the talk with. Compare figures with the team's, and give minutes for every moment.",
    },
    Form {
        name: "week_in_calls",
        title: "The week in calls",
        about: "What was talked about in a team's calls of a week",
        arguments: &[("week_of", "A day of the week, as 2026-11-23; the last seven days if not said", false)],
        text: "Sum up our calls of the week of {week_of|the last seven days}.\n\
               List the calls, group them by customer, and say for each customer in two sentences what was talked \
               about and what comes next. Then name the three topics that came up most, what customers asked for that \
               we lack, and calls that somebody should listen to, with the reason.",
    },
    Form {
        name: "promised_follow_ups",
        title: "Follow-ups that were promised",
        about: "What somebody said they would do, and for whom",
        arguments: &[
            ("user", "Whose promises; everybody's if not said", false),
            ("days", "How far back; 7 if not said", false),
        ],
        text: "Find what was promised in the calls of the last {days|7} days by {user|anyone of us}.\n\
               Read the conversations, and list every promise to a customer: what, to whom, by when if it was said, \
               and the call with the minute. Leave out what was done within the call. Put what is due first.",
    },
];

pub(crate) fn listed() -> Vec<Prompt> {
    let argument = |(name, about, required): &(&'static str, &'static str, bool)| {
        PromptArgument::new(*name).with_description(*about).with_required(*required)
    };
    let prompt = |form: &Form| {
        Prompt::new(form.name, Some(form.about), Some(form.arguments.iter().map(argument).collect()))
            .with_title(form.title)
    };
    FORMS.iter().map(prompt).collect()
}

/// A prompt with its arguments filled in.
///
/// # Errors
///
/// If there is no such prompt, or arguments are missing or not known.
pub(crate) fn get(name: &str, arguments: &Map<String, Value>) -> Result<GetPromptResult, ErrorData> {
    let wrong = |why: String| ErrorData::invalid_params(why, None);
    let form = FORMS.iter().find(|form| form.name == name).ok_or_else(|| {
        let names: Vec<&str> = FORMS.iter().map(|form| form.name).collect();
        wrong(format!("there is no prompt `{name}`; there are {}.", names.join(", ")))
    })?;
    let (mut given, mut faults) = (Vec::new(), Vec::new());
    for (name, _, required) in form.arguments {
        match arguments.get(*name) {
            Some(Value::String(text)) if !text.trim().is_empty() => given.push((*name, text.clone())),
            // Hosts write texts, and some a number for one.
            Some(Value::Number(number)) => given.push((*name, number.to_string())),
            None | Some(Value::String(_) | Value::Null) if *required => faults.push(format!("`{name}` must be given.")),
            None | Some(Value::String(_) | Value::Null) => {}
            Some(_) => faults.push(format!("`{name}` must be text.")),
        }
    }
    let unknown = arguments.keys().filter(|name| !form.arguments.iter().any(|(known, ..)| known == name));
    faults.extend(unknown.map(|name| format!("`{name}` is not known.")));
    if !faults.is_empty() {
        return Err(wrong(faults.join(" ")));
    }
    let text = filled(form.text, |name| given.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str()));
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(form.about))
}

/// The text with its holes filled: `{name}`, or `{name|what stands there if it was not given}`.
fn filled<'a>(text: &str, given: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut parts = text.split('{');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (hole, after) = part.split_once('}').unwrap_or((part, ""));
        let (name, otherwise) = hole.split_once('|').unwrap_or((hole, ""));
        out.push_str(given(name).unwrap_or(otherwise));
        out.push_str(after);
    }
    out
}
