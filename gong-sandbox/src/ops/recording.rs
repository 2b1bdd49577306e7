//! The recording of a call, as it is uploaded: measured, told of and not kept.

use serde_json::{Value, json};

use super::calls::not_found;
use crate::{clock::Seconds, input::Input, multipart::UploadedPart, refusal::Refusal, world::World};

/// How long Gong takes to process a recording, in seconds.
pub(super) const PROCESSING: Seconds = 4 * 60;
/// How many bytes a recording may have: Gong's document says 1.5GB, and this is the narrower reading of that.
const LARGEST: u64 = 1_500_000_000;
/// The endings of file names that Gong's document lists. It says that there are others.
const AUDIO: [&str; 3] = ["wav", "mp3", "flac"];
const VIDEO: [&str; 2] = ["mp4", "mkv"];

/// `PUT /v2/calls/{id}/media`
///
/// Gong's document has no 404 here; that an unknown call is one, as it is where a call is read, is a guess. So is what
/// a second upload does: the same file again changes nothing, so that a client may repeat what it got no answer to, and
/// another file takes the place of the first. A call that has a recording already stays where it is; for one that waits
/// for its first to be processed the wait begins again.
pub(crate) fn upload(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let id = input.captured_id()?;
    let file = input.part("mediaFile")?;
    let media = check(file)?;
    let company = &mut world.company;
    let waiting = company.registered_calls.iter_mut().find(|call| call.id == id);
    let call = match waiting {
        Some(call) => {
            if call.recording.as_ref() != Some(file) {
                call.processed_at = Some(input.now + PROCESSING);
            }
            call
        }
        None => company.calls.iter_mut().find(|call| call.id == id).ok_or_else(|| not_found(id))?,
    };
    call.media = media;
    call.recording = Some(file.clone());
    Ok(json!({"callId": call.id, "url": call.url()}))
}

/// Whether a file is `Audio` or `Video`, by what it is declared as and otherwise by its name. The texts are guesses.
fn check(file: &UploadedPart) -> Result<&'static str, Refusal> {
    if file.size == 0 {
        return Err(Refusal::bad("mediaFile: must not be empty"));
    }
    if file.size > LARGEST {
        return Err(Refusal::bad("mediaFile: must not be larger than 1.5GB"));
    }
    let declared = file.content_type.as_deref().unwrap_or("application/octet-stream").to_ascii_lowercase();
    let ending = file.file_name.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    let ending = ending.as_str();
    match declared.split('/').next() {
        Some("audio") => Ok("Audio"),
        Some("video") => Ok("Video"),
        _ if !declared.starts_with("application/octet-stream") => {
            Err(Refusal::bad(format!("mediaFile: {declared} is not a supported media type")))
        }
        _ if VIDEO.contains(&ending) => Ok("Video"),
        _ if ending.is_empty() || AUDIO.contains(&ending) => Ok("Audio"),
        _ => Err(Refusal::bad(format!("mediaFile: .{ending} is not a supported media type"))),
    }
}

#[cfg(test)]
mod tests;
