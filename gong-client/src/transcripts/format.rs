//! The formats that a conversation can be written in.

use std::fmt;

use super::conversation::Conversation;
use super::{markdown, srt, text, webvtt};

/// A format to write a conversation in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Plain text: the turns with their times, under the topics.
    Text,
    /// Markdown, with whatever could be mistaken for markup escaped.
    Markdown,
    /// WebVTT subtitles, with the speakers as voices. Where people talk over one another, so do the cues.
    WebVtt,
    /// SRT subtitles, each beginning with who speaks. One at a time, as some players want it: a cue ends where the next
    /// begins.
    Srt,
}

impl Conversation {
    /// As plain text. See [`Format::Text`].
    #[must_use]
    pub fn to_text(&self) -> String {
        self.display(Format::Text).to_string()
    }

    /// As Markdown. See [`Format::Markdown`].
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.display(Format::Markdown).to_string()
    }

    /// As WebVTT subtitles. See [`Format::WebVtt`].
    #[must_use]
    pub fn to_webvtt(&self) -> String {
        self.display(Format::WebVtt).to_string()
    }

    /// As SRT subtitles. See [`Format::Srt`].
    #[must_use]
    pub fn to_srt(&self) -> String {
        self.display(Format::Srt).to_string()
    }

    /// This conversation to be written somewhere, such as to a file or into a longer text.
    ///
    /// ```
    /// # use gong_client::transcripts::{Conversation, Format};
    /// # use std::io::Write;
    /// # fn save(conversation: &Conversation) -> std::io::Result<()> {
    /// let mut file = std::fs::File::create("call.vtt")?;
    /// write!(file, "{}", conversation.display(Format::WebVtt))?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn display(&self, format: Format) -> impl fmt::Display {
        Written { conversation: self, format }
    }
}

struct Written<'a> {
    conversation: &'a Conversation,
    format: Format,
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.format {
            Format::Text => text::write(self.conversation, f),
            Format::Markdown => markdown::write(self.conversation, f),
            Format::WebVtt => webvtt::write(self.conversation, f),
            Format::Srt => srt::write(self.conversation, f),
        }
    }
}
