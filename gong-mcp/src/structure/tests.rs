use rmcp::model::{CallToolResult, ContentBlock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

fn message(text: &str) -> String {
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(mark());
    json!({"jsonrpc": "2.0", "id": TEXT_LIKE, "result": result}).to_string()
}

/// An id that looks like what is searched for.
const TEXT_LIKE: &str = r#""content":[{"type":"text","text":"{}"}],"structuredContent":{"gong.structure":"text"}"#;

fn structure(message: &[u8]) -> Value {
    let message: Value = serde_json::from_slice(message).unwrap();
    assert_eq!(message["id"], TEXT_LIKE);
    let structure = message["result"]["structuredContent"].clone();
    assert_eq!(
        serde_json::from_str::<Value>(message["result"]["content"][0]["text"].as_str().unwrap()).unwrap(),
        structure
    );
    structure
}

#[test]
fn the_text_of_a_result_takes_the_place_of_the_mark_to_the_letter() {
    for text in [
        json!({}),
        json!({"a": "quote \" and \\ and \n and \u{2028} and 💥", "b": [1, 2.5, null, {"c": []}]}),
        json!({"id": "7782342274025937895", "said": TEXT_LIKE, "structuredContent": mark()}),
    ] {
        let filled = filled(message(&text.to_string()).as_bytes()).unwrap();
        assert_eq!(structure(&filled), text);
    }
}

#[test]
fn what_has_no_mark_stays_as_it_is() {
    for message in ["", "{}", TEXT_LIKE.escape_default().to_string().as_str()] {
        assert_eq!(filled(message.as_bytes()), None);
    }
}

#[tokio::test]
async fn lines_are_filled_however_they_are_cut_into_pieces_and_however_slowly_they_are_read() {
    let texts: Vec<String> = (0..20).map(|n| json!({"n": n, "text": "\"x\" ".repeat(n * 20)}).to_string()).collect();
    let all: String = texts.iter().map(|text| format!("{}\n{{}}\n", message(text))).collect();
    for piece in [1, 7, 1_000, 1_000_000] {
        let (out, mut read) = tokio::io::duplex(11);
        let all = all.clone();
        let writing = tokio::spawn(async move {
            let mut lines = Lines::new(out);
            for part in all.as_bytes().chunks(piece) {
                lines.write_all(part).await.unwrap();
            }
            lines.shutdown().await.unwrap();
        });
        let mut came = Vec::new();
        read.read_to_end(&mut came).await.unwrap();
        writing.await.unwrap();
        let lines: Vec<&[u8]> = came.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        assert_eq!(lines.len(), 40);
        for (pair, text) in lines.chunks(2).zip(&texts) {
            assert_eq!(structure(pair[0]).to_string(), *text);
            assert_eq!(pair[1], b"{}");
        }
    }
}
