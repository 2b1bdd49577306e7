//! `gong download CALL_ID`: a call's recording into a file.

use std::path::PathBuf;

use clap::{Arg, ArgGroup, ArgMatches, Command};
use gong_client::Track;

use crate::exit::Failure;
use crate::flags::{self, flag, value};
use crate::{account, files, leave, output};

pub(crate) fn command() -> Command {
    flags::account(Command::new("download"))
        .about("Save a call's audio or video in a file; it goes on where it was broken off")
        .arg(Arg::new("call").required(true).value_name("CALL_ID").help("The call's id"))
        .arg(flag("audio", "What was said"))
        .arg(flag("video", "The picture, with what was said"))
        .group(ArgGroup::new("track").args(["audio", "video"]).required(true))
        .arg(value("output", "FILE", "Where to; else CALL_ID.mp3 or CALL_ID.mp4 here").short('o'))
}

pub(crate) async fn run(args: &ArgMatches) -> Result<(), Failure> {
    let call = args.get_one::<String>("call").cloned().unwrap_or_default();
    let (track, end) = if args.get_flag("audio") { (Track::Audio, "mp3") } else { (Track::Video, "mp4") };
    let path = args.get_one::<String>("output").map_or_else(|| format!("{call}.{end}"), String::clone);
    let account = account::open(args, None).await?;
    let download = account.client.download(call, track, PathBuf::from(&path));
    let download = download.on_progress(files::told(path.clone(), "loaded"));
    let bytes = leave::unless_stopped(download.into_future()).await?;
    output::say(&format!("{path}: {bytes} bytes"));
    Ok(())
}
