//! How a server ends with its host.

use std::process::Command;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::json;

use crate::host::Line;
use crate::shell::Shell;

/// Hosts of the AI SDK send a signal, and close nothing.
#[tokio::test]
async fn a_server_ends_by_a_signal_although_its_input_stays_open() {
    let mut line = Line::pipes(Shell::new().command(&["mcp", "--sandbox"]));
    let who = json!({"name": "test", "version": "1"});
    let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": who});
    line.say(json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello})).await;
    line.say(json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
    line.say(json!({"jsonrpc": "2.0", "id": 2, "method": "ping"})).await;
    let Line::Pipes { child, .. } = &mut line else { panic!("no pipes") };
    // `wait` would close it.
    let _input = child.stdin.take().unwrap();
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let (tell, ended) = channel();
    std::thread::spawn(move || {
        let Line::Pipes { child, .. } = &mut line else { return };
        let _ = tell.send(child.wait().unwrap().code());
    });
    // Far longer than it takes, so that a server that stays fails the test instead of holding it up.
    assert_eq!(ended.recv_timeout(Duration::from_secs(60)), Ok(Some(143)));
}
