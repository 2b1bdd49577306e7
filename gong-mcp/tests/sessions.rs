//! Many users at once, of two companies: nobody gets what is another's, and everybody of a company keeps to its one
//! limit.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use common::Listening;
use gong_client::{BoxFuture, Environment};
use gong_connect::{Connection, Connections, Store, World};
use gong_mcp::http::Users;
use gong_mcp::{Account, Offer, Selection, Server, Toolbox};
use gong_sandbox::{RateLimit, Sandbox};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const USERS: usize = 50;
const SESSIONS: usize = 4;
const COMPANIES: [&str; 2] = ["larkspur", "globex"];

#[tokio::test]
async fn two_hundred_sessions_of_fifty_users_keep_to_their_companys_limit_and_mix_nothing() {
    let (platform, sandboxes) = Platform::start().await;
    let users = platform.users.clone();
    let server = Arc::new(Listening::to(platform).await);
    sandboxes.iter().for_each(Sandbox::clear_requests);

    let mut all = JoinSet::new();
    for nth in 0..USERS * SESSIONS {
        // A colleague, and somebody of the other company.
        let [user, colleague, stranger] = [0, 2, 1].map(|further| users[(nth + further) % USERS].clone());
        let server = Arc::clone(&server);
        all.spawn(async move { work_a_little(&server, &user, [&colleague, &stranger]).await });
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }

    let token_of: HashMap<&str, &str> = users.iter().map(|user| (user.id.as_str(), user.access.as_str())).collect();
    for sandbox in sandboxes.iter() {
        let requests = sandbox.requests();
        assert_eq!(requests.len(), 2 * USERS * SESSIONS / COMPANIES.len(), "each call once");
        for request in requests {
            assert_eq!(request.status, Some(200), "{request:?}");
            let id = request.path.rsplit('/').next().unwrap();
            assert_eq!(request.header("authorization"), Some(format!("Bearer {}", token_of[id]).as_str()));
        }
        assert_eq!(sandbox.violations(), []);
    }
}

/// A session of a user who looks at themselves, in both versions of the protocol, while others try to get into it.
async fn work_a_little(server: &Listening<Platform>, user: &User, others: [&User; 2]) {
    let session = server.session(&user.token).await;
    let params = json!({"name": "gong_user_get", "arguments": {"id": user.id}});
    let look = |id| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params});
    let looks = [7, 8, 9, 10].map(look);
    let (mine, newest, colleague, stranger, nobody) = tokio::join!(
        server.say(&user.token, &session, &looks[0]),
        server.ask(&user.token, "tools/call", params.clone()),
        server.say(&others[0].token, &session, &looks[1]),
        server.say(&others[1].token, &session, &looks[2]),
        server.say("", &session, &looks[3]),
    );
    for (status, answer) in [mine, newest] {
        assert_eq!(status, 200);
        assert_eq!(answer["result"]["structuredContent"]["user"]["emailAddress"], user.email, "{answer}");
    }
    assert_eq!(
        [colleague, stranger, nobody].map(|(status, answer)| (status, answer["result"].clone())),
        [(404, Value::Null), (404, Value::Null), (401, Value::Null),]
    );
}

/// Somebody who uses the platform, and the user of Gong that they are.
#[derive(Clone)]
struct User {
    company: &'static str,
    /// What lets them in here.
    token: String,
    id: String,
    email: String,
    /// The token of their account at Gong.
    access: String,
}

struct Platform {
    users: Vec<User>,
    connections: Connections,
}

impl Users for Platform {
    fn of_token(&self, token: &str) -> Option<String> {
        self.users.iter().find(|user| user.token == token).map(|user| user.id.clone())
    }

    fn server<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Option<Server>> {
        let user = self.users.iter().find(|user| user.token == token);
        let server = user.map(|user| {
            let account = Account::connected(self.connections.clone(), user.company, &user.id);
            Server::new(Toolbox::new(account, Offer::new(&Selection::default()).unwrap()))
        });
        Box::pin(std::future::ready(server))
    }
}

impl Platform {
    /// Two companies with the limit that Gong grants, and users who have all connected their accounts.
    async fn start() -> (Self, Arc<Vec<Sandbox>>) {
        let mut sandboxes = Vec::new();
        for seed in 1..=COMPANIES.len() {
            let sandbox = Sandbox::builder().seed(seed as u64).strict(true).rate_limit(Some(RateLimit::GONG));
            sandboxes.push(sandbox.start().await.unwrap());
        }
        let sandboxes = Arc::new(sandboxes);
        let world = Arc::new(Paced::new(Arc::clone(&sandboxes)));
        let connections = Connections::builder(Store::memory()).world(world).open().await.unwrap();
        let scopes = ["api:users:read"];
        for (company, sandbox) in COMPANIES.into_iter().zip(sandboxes.iter()) {
            let (id, secret) = (sandbox.client_id(), sandbox.client_secret());
            let app = Connection::oauth(company, id, secret, "http://127.0.0.1:1/callback").scopes(scopes);
            connections.register(app.authorize_at(sandbox.base_url())).await.unwrap();
        }
        let mut users = Vec::new();
        for nth in 0..USERS {
            let (company, sandbox) = (COMPANIES[nth % COMPANIES.len()], &sandboxes[nth % COMPANIES.len()]);
            let person = &sandbox.company().users[nth];
            let link = connections.authorization_link(company, &person.id).await.unwrap();
            let callback = sandbox.allow(link.as_str()).unwrap();
            connections.complete_as(company, &person.id, &callback).await.unwrap();
            let access = sandbox.issued_tokens().pop().unwrap().access_token;
            let (id, email) = (person.id.clone(), person.email.clone());
            users.push(User { company, token: format!("token-{nth}"), id, email, access });
        }
        (Platform { users, connections }, sandboxes)
    }
}

/// A clock of which all that is here runs on, the companies too. Time passes only when somebody waits, and then no
/// further than to the one who waits for the least; before that everybody who can go on without waiting does.
struct Paced(Arc<Mutex<Time>>);

struct Time {
    now: Duration,
    waiting: BTreeSet<(Duration, u64)>,
    count: u64,
    sandboxes: Arc<Vec<Sandbox>>,
}

/// How often everybody is given their turn before time passes: in so many turns whatever is on its way through the
/// sockets of this one thread arrives.
const TURNS: usize = 100;

impl Paced {
    fn new(sandboxes: Arc<Vec<Sandbox>>) -> Self {
        let now = Duration::from_secs(1_795_435_200);
        Paced(Arc::new(Mutex::new(Time { now, waiting: BTreeSet::new(), count: 0, sandboxes })))
    }
}

/// A place among those who wait, until it is dropped.
struct Waiting(Arc<Mutex<Time>>, (Duration, u64));

impl Waiting {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    /// Whether the wait is over. If nobody waits for less, and no time has passed since `before`, when everybody was
    /// last given their turns, it is so by time's passing.
    fn is_over(&self, before: Duration) -> bool {
        let mut time = self.0.lock().unwrap();
        let until = self.1.0;
        if until > time.now && before == time.now && time.waiting.first() == Some(&self.1) {
            let passes = until - time.now;
            time.now = until;
            time.sandboxes.iter().for_each(|sandbox| sandbox.advance(passes));
        }
        until <= time.now
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.lock().unwrap().waiting.remove(&self.1);
    }
}

impl Environment for Paced {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + self.0.lock().unwrap().now
    }

    fn random(&self) -> u64 {
        4
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut time = self.0.lock().unwrap();
        time.count += 1;
        let place = (time.now + duration, time.count);
        time.waiting.insert(place);
        let waiting = Waiting(Arc::clone(&self.0), place);
        Box::pin(async move {
            let mut before = Duration::ZERO;
            while !waiting.is_over(before) {
                before = waiting.now();
                for _ in 0..TURNS {
                    tokio::task::yield_now().await;
                }
            }
        })
    }
}

impl World for Paced {
    /// Nothing here is secret; it has to be different each time.
    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        let mut time = self.0.lock().unwrap();
        time.count += 1;
        let count = time.count.to_le_bytes();
        bytes.iter_mut().zip(count.iter().cycle()).for_each(|(byte, count)| *byte = *count);
        Ok(())
    }
}

impl std::fmt::Debug for Paced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Paced")
    }
}
