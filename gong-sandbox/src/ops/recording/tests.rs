use super::*;

fn file(name: &str, content_type: Option<&str>, size: u64) -> UploadedPart {
    UploadedPart {
        name: "mediaFile".to_string(),
        file_name: Some(name.to_string()),
        content_type: content_type.map(str::to_string),
        size,
        sha256: String::new(),
    }
}

#[test]
fn a_recording_has_at_most_a_billion_and_a_half_bytes() {
    assert_eq!(check(&file("call.wav", None, LARGEST)), Ok("Audio"));
    let text = "mediaFile: must not be larger than 1.5GB";
    assert_eq!(check(&file("call.wav", None, LARGEST + 1)), Err(Refusal::bad(text)));
}

#[test]
fn a_recording_is_what_it_is_declared_as_and_otherwise_what_its_name_says() {
    let kinds = [
        ("call.WAV", None, "Audio"),
        ("call.mkv", Some("application/octet-stream"), "Video"),
        ("call", Some("application/octet-stream"), "Audio"),
        ("call.ogg", Some("audio/ogg"), "Audio"),
        ("call.wav", Some("Video/mp4"), "Video"),
    ];
    for (name, content_type, kind) in kinds {
        assert_eq!(check(&file(name, content_type, 1)), Ok(kind), "{name}");
    }
}
