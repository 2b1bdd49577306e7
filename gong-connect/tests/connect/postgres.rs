//! A PostgreSQL server for this test run, from Debian's package, on a free port, in a folder of its own.
//!
//! Without the package the tests that want it say `SKIPPED` on the terminal. A watchdog stops the server when the test
//! run is over, however it ended.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::skipped::skipped;

/// The URL of a database whose server has TLS, with a certificate that nobody trusts; none if there is no PostgreSQL.
pub(crate) fn database_with_tls() -> Option<String> {
    newest_bin()?;
    let folder = tempfile::Builder::new().prefix("gong-connect-tls").tempdir().unwrap().keep();
    let (key, certificate) = (folder.join("key.pem"), folder.join("certificate.pem"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]);
    openssl.args(["-subj", "/CN=localhost", "-keyout"]).arg(&key).arg("-out").arg(&certificate);
    if !openssl.stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        skipped("TLS to PostgreSQL", "openssl");
        return None;
    }
    if is_root() {
        assert!(Command::new("chown").args(["-R", "postgres"]).arg(&folder).status().unwrap().success());
    }
    let files = [("ssl_key_file", &key), ("ssl_cert_file", &certificate)];
    let files: Vec<_> = files.iter().map(|(name, file)| format!("-c {name}={}", file.display())).collect();
    let server = Server::start(&format!("-c ssl=on {}", files.join(" ")))?;
    server.run("createdb", &["-h", "127.0.0.1", "-p", &server.port.to_string(), "-U", "postgres", "tls"]);
    Some(format!("postgres://postgres:visible-password@127.0.0.1:{}/tls", server.port))
}

/// Whether the sessions of a store's are encrypted, as the server tells.
pub(crate) async fn uses_tls(url: &str, store: &str) -> String {
    let _open = gong_connect::Connections::open(crate::places::store(store, crate::places::KEY)).await.unwrap();
    let query = "SELECT DISTINCT ssl::text FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
                 WHERE application_name = 'gong-connect'";
    let output = Command::new(newest_bin().unwrap().join("psql")).args(["-At", "-c", query, url]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The URL of a new, empty database; none if there is no PostgreSQL.
pub(crate) fn database() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(server) = SERVER.get_or_init(|| Server::start("")) else {
        skipped("a store on PostgreSQL", "/usr/lib/postgresql/*/bin/initdb (apt-get install postgresql)");
        return None;
    };
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    server.run("createdb", &["-h", "127.0.0.1", "-p", &server.port.to_string(), "-U", "postgres", &name]);
    Some(format!("postgres://postgres:visible-password@127.0.0.1:{}/{name}", server.port))
}

struct Server {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Server {
    fn start(more: &str) -> Option<Self> {
        let bin = newest_bin()?;
        let folder = tempfile::Builder::new().prefix("gong-connect-postgres").tempdir().unwrap().keep();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Server { bin, folder, port };
        let folder = server.folder.display().to_string();
        if is_root() {
            assert!(Command::new("chown").args(["postgres", &folder]).status().unwrap().success());
        }
        // The tables of a test are worth nothing, so nothing is flushed to the disk.
        let options =
            format!("-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 {more}");
        server.run("initdb", &["-D", &server.data(), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]);
        server.run("pg_ctl", &["-D", &server.data(), "-w", "-l", &format!("{folder}/log"), "-o", &options, "start"]);
        server.watch();
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    /// Runs one of PostgreSQL's programs, which refuse to run as root.
    fn command(&self, program: &Path) -> Command {
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
        command
    }

    fn run(&self, program: &str, args: &[&str]) {
        let mut command = self.command(&self.bin.join(program));
        let output = command.args(args).current_dir(&self.folder).env("PGPASSWORD", "visible-password");
        // Not piped: the server would hold the pipe open.
        let log = fs::File::create(self.folder.join(format!("{program}.out"))).unwrap();
        let status = output.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log).status().unwrap();
        let said = || fs::read_to_string(self.folder.join(format!("{program}.out"))).unwrap_or_default();
        assert!(status.success(), "{program}: {}", said());
    }

    /// Ends the server and removes its folder once this process is gone.
    fn watch(&self) {
        let script = "(while kill -0 \"$1\" 2>/dev/null; do sleep 0.5; done; \
                      folder=$2; shift 2; \"$@\"; rm -rf \"$folder\") &";
        let stop = self.command(&self.bin.join("pg_ctl"));
        let mut watchdog = Command::new("/bin/sh");
        watchdog.args(["-c", script, "sh", &std::process::id().to_string()]).arg(&self.folder);
        watchdog.arg(stop.get_program()).args(stop.get_args()).args(["-D", &self.data(), "-m", "immediate", "stop"]);
        watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(watchdog.current_dir("/").process_group(0).status().unwrap().success());
    }
}

fn newest_bin() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    versions.filter(|bin| bin.join("initdb").exists()).max()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}
