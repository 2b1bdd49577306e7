use super::*;

fn made(given: &[&str]) -> (String, String) {
    let given: Vec<String> = given.iter().map(|text| (*text).to_owned()).collect();
    let form = form(&given).unwrap();
    (String::from_utf8(form.bytes).unwrap(), form.content_type)
}

#[test]
fn fields_and_files_become_parts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a \"call\".txt");
    std::fs::write(&file, "hello\r\n").unwrap();
    let (text, kind) = made(&["note=a=b", &format!("dataFile=@{}", file.display())]);
    let expected = "--gong-form-boundary\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\na=b\r\n\
                    --gong-form-boundary\r\nContent-Disposition: form-data; name=\"dataFile\"; \
                    filename=\"a %22call%22.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nhello\r\n\r\n\
                    --gong-form-boundary--\r\n";
    assert_eq!(text, expected);
    assert_eq!(kind, "multipart/form-data; boundary=gong-form-boundary");
}

#[test]
fn a_part_cannot_end_itself() {
    let (text, kind) = made(&["a=x\r\n--gong-form-boundary--\r\n"]);
    let boundary = kind.rsplit('=').next().unwrap();
    assert_eq!(text.matches(&format!("--{boundary}")).count(), 2, "{text}");
}

#[test]
fn what_is_no_part_is_refused() {
    for wrong in ["", "name", "=value", "file=@/no/such/file"] {
        assert_eq!(form(&[wrong.to_owned()]).unwrap_err().code(), 2, "{wrong}");
    }
}
