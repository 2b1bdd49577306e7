//! Answers as Gong writes them, made up and always the same.

use std::fmt::Write;

const WORDS: [&str; 16] = [
    "so", "the", "renewal", "is", "due", "in", "March", "and", "we", "would", "like", "to", "see", "a", "better",
    "price",
];

/// A page of users, with every field that Gong has for one.
pub(crate) fn users(count: usize) -> String {
    let users = list(count, |json, index| {
        let id = 1_597_409_306_735_779_049_u64 + index as u64;
        write!(
            json,
            r#"{{"id":"{id}","emailAddress":"user{index}@example.com",
"created":"2021-03-04T09:{:02}:00.123+02:00","active":{},
"emailAliases":["u{index}@example.com","u{index}@example.org"],"trustedEmailAddress":null,
"firstName":"Dana","lastName":"Müller {index}",
"title":"Account Executive","phoneNumber":"+1 555 010 {index:03}","extension":"{index}",
"personalMeetingUrls":["https://meet.example.com/u{index}"],
"settings":{{"webConferencesRecorded":true,"preventWebConferenceRecording":false,
"telephonyCallsImported":true,"emailsImported":true,
"preventEmailImport":false,"nonRecordedMeetingsImported":true,"gongConnectEnabled":true}},
"managerId":"1597409306735779000",
"meetingConsentPageUrl":"https://join.example.com/example/u{index}",
"conferencingProviders":[{{"provider":"ZOOM","isDefault":true}}],
"spokenLanguages":[{{"language":"en-US","primary":true}},{{"language":"de-DE","primary":false}}]}}"#,
            index % 60,
            index % 7 != 0,
        )
    });
    format!(r#"{{"requestId":"4al018gzaztcr8nbukw","records":{},"users":{users}}}"#, records(count, count, None))
}

/// A page of calls.
pub(crate) fn calls(count: usize, total: usize, cursor: Option<&str>) -> String {
    let calls = list(count, |json, index| {
        let id = 7_782_342_274_025_937_895_u64 + index as u64;
        write!(
            json,
            r#"{{"id":"{id}","url":"https://app.gong.io/call?id={id}",
"title":"Renewal with Example Foods {index}","scheduled":"2026-11-20T15:00:00Z",
"started":"2026-11-20T15:01:07.5Z","duration":{},"primaryUserId":"1597409306735779049",
"direction":"Outbound","system":"Zoom","scope":"External",
"media":"Video","language":"eng","workspaceId":"623457276584334",
"sdrDisposition":"Got the gatekeeper","clientUniqueId":"7JEHFRGXDDZFEW2FC4U",
"customData":null,"purpose":"Demo Call","meetingUrl":"https://zoom.us/j/123",
"isPrivate":false,"calendarEventId":"abcde@google.com"}}"#,
            600 + index,
        )
    });
    format!(r#"{{"requestId":"4al018gzaztcr8nbukw","records":{},"calls":{calls}}}"#, records(total, count, cursor))
}

/// A page with the transcript of one call, of about so many bytes.
pub(crate) fn transcript(bytes: usize) -> String {
    let mut json = format!(
        r#"{{"requestId":"4al018gzaztcr8nbukw","records":{},
"callTranscripts":[{{"callId":"7782342274025937895","transcript":["#,
        records(1, 1, None)
    );
    let mut at = 0;
    let mut monologue = 0;
    while json.len() < bytes {
        if monologue > 0 {
            json.push(',');
        }
        let sentences = list(3 + monologue % 9, |json, index| {
            let words = 4 + (monologue + index) % 14;
            let (start, end) = (at, at + words * 310);
            at = end + 40;
            let text: Vec<&str> = (0..words).map(|word| WORDS[(word * 7 + index + monologue) % WORDS.len()]).collect();
            // Now and then a word in quotes, or a letter beyond ASCII, as people say them.
            let flourish = ["", r#", \"quote\""#, ", café", ""][(monologue + index) % 4];
            write!(json, r#"{{"start":{start},"end":{end},"text":"{}{flourish}."}}"#, text.join(" "))
        });
        let speaker = 6_432_345_678_555_530_067_u64 + (monologue % 4) as u64;
        let topic = if monologue % 3 == 0 { "null" } else { "\"Pricing\"" };
        write!(json, r#"{{"speakerId":"{speaker}","topic":{topic},"sentences":{sentences}}}"#).unwrap();
        monologue += 1;
    }
    json.push_str("]}]}");
    json
}

fn records(total: usize, size: usize, cursor: Option<&str>) -> String {
    let cursor = cursor.map(|cursor| format!(r#","cursor":"{cursor}""#)).unwrap_or_default();
    format!(r#"{{"totalRecords":{total},"currentPageSize":{size},"currentPageNumber":0{cursor}}}"#)
}

fn list(count: usize, mut item: impl FnMut(&mut String, usize) -> std::fmt::Result) -> String {
    let mut json = "[".to_owned();
    for index in 0..count {
        if index > 0 {
            json.push(',');
        }
        item(&mut json, index).unwrap();
    }
    json + "]"
}
