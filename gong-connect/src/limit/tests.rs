//! Simulated processes on one store: their clocks are wrong and jump, they wake up late, are killed, and their callers
//! give up. Time is tokio's, which stands still while anybody works, so that minutes take no time.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gong_client::{BoxFuture, Environment, RateLimit, RateLimiter as _};
use proptest::prelude::*;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::SharedLimits;
use crate::error::Result;
use crate::store::{Engine, LimitStore, Lock, Row, Sqlite, Value};
use crate::world::World;

/// What every process sees of the world, each with a clock of its own.
#[derive(Debug)]
struct Machine {
    begun: Instant,
    /// Milliseconds that the database's clock is ahead.
    database: AtomicI64,
    chance: AtomicU64,
}

impl Machine {
    /// A number below this one.
    fn any(&self, below: u64) -> u64 {
        let nth = self.chance.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (nth ^ (nth >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33) % below
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap()
    }

    fn clock(&self, ahead: &AtomicI64) -> SystemTime {
        let time = UNIX_EPOCH + Duration::from_secs(1_795_435_200) + self.begun.elapsed();
        let ahead = ahead.load(Ordering::Relaxed);
        let by = Duration::from_millis(ahead.unsigned_abs());
        if ahead < 0 { time - by } else { time + by }
    }
}

/// A process's world.
#[derive(Debug)]
struct Of {
    machine: Arc<Machine>,
    ahead: AtomicI64,
    name: u64,
}

impl Environment for Of {
    fn now(&self) -> SystemTime {
        self.machine.clock(&self.ahead)
    }

    fn random(&self) -> u64 {
        self.name
    }

    /// Most sleepers wake up a little late, and some very late.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let late = if self.machine.any(100) < 2 { self.machine.any(60) } else { self.machine.any(3) };
        Box::pin(sleep(duration + Duration::from_millis(late)))
    }
}

impl World for Of {
    fn elapsed(&self) -> Duration {
        self.machine.begun.elapsed()
    }

    fn database_now(&self) -> Option<SystemTime> {
        Some(self.machine.clock(&self.machine.database))
    }

    fn fill(&self, bytes: &mut [u8]) -> io::Result<()> {
        bytes.copy_from_slice(&self.name.to_be_bytes());
        Ok(())
    }
}

/// A store that takes its time.
#[derive(Clone, Debug)]
struct Slow(Sqlite, Arc<Machine>);

impl Engine for Slow {
    fn run(&self, statement: &'static str, values: Vec<Value>) -> BoxFuture<'_, Result<Vec<Row>>> {
        Box::pin(async move {
            sleep(Duration::from_millis(self.1.any(4))).await;
            let rows = self.0.run(statement, values).await;
            sleep(Duration::from_millis(self.1.any(4))).await;
            rows
        })
    }

    fn migrate(&self) -> BoxFuture<'_, Result<()>> {
        self.0.migrate()
    }

    fn try_lock(&self, name: String) -> BoxFuture<'_, Result<Option<Lock>>> {
        self.0.try_lock(name)
    }

    fn keep_room(&self, world: Arc<dyn World>) -> BoxFuture<'_, Result<()>> {
        self.0.keep_room(world)
    }

    fn give_room_up(&self) -> BoxFuture<'_, ()> {
        self.0.give_room_up()
    }
}

#[derive(Clone, Debug, Default)]
struct Process {
    begins: u64,
    callers: u64,
    /// What its clock is ahead, and what it jumps by after ten seconds.
    ahead: i64,
    jumps: i64,
    killed: Option<u64>,
    /// After so many milliseconds its callers give up.
    gives_up: Option<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Sent {
    process: usize,
    caller: u64,
    /// When its caller became the first of its process.
    first: u64,
    at: u64,
}

/// What was sent in a world of these processes, where the database's clock jumps by so much after twelve seconds.
fn simulate(processes: &[Process], database_jumps: i64, chance: u64) -> Vec<Sent> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let machine = Machine { begun: Instant::now(), database: AtomicI64::new(0), chance: AtomicU64::new(chance) };
        let machine = Arc::new(machine);
        let engine = Slow(Sqlite::memory().unwrap(), Arc::clone(&machine));
        engine.migrate().await.unwrap();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let mut all = JoinSet::new();
        for (nth, process) in processes.iter().cloned().enumerate() {
            let (machine, engine, sent) = (Arc::clone(&machine), engine.clone(), Arc::clone(&sent));
            all.spawn(async move { live(nth, &process, machine, engine, sent).await });
        }
        let clock = async {
            sleep(Duration::from_secs(12)).await;
            machine.database.fetch_add(database_jumps, Ordering::Relaxed);
            std::future::pending::<()>().await;
        };
        tokio::select! { () = clock => {}, _ = all.join_all() => {} }
        let sent = sent.lock().unwrap();
        sent.clone()
    })
}

async fn live(nth: usize, process: &Process, machine: Arc<Machine>, engine: Slow, sent: Arc<Mutex<Vec<Sent>>>) {
    sleep(Duration::from_millis(process.begins)).await;
    let name = u64::try_from(nth).unwrap();
    let world = Arc::new(Of { machine: Arc::clone(&machine), ahead: AtomicI64::new(process.ahead), name });
    let store = LimitStore::over(Arc::new(engine), Arc::clone(&world) as Arc<dyn World>);
    let limit = SharedLimits::new(store, RateLimit::default()).unwrap().of("https://acme.api.gong.io", "key");
    let mut callers = JoinSet::new();
    let first = Arc::new(AtomicU64::new(machine.millis()));
    for caller in 0..process.callers {
        let (limit, machine, sent, first) =
            (Arc::clone(&limit), Arc::clone(&machine), Arc::clone(&sent), Arc::clone(&first));
        let patience = process.gives_up;
        callers.spawn(async move {
            let patience = patience.map_or(Duration::from_secs(86_400), Duration::from_millis);
            let Ok(permit) = tokio::time::timeout(patience, limit.acquire()).await else { return };
            permit.unwrap();
            let at = machine.millis();
            let first = first.swap(at, Ordering::Relaxed);
            // The network takes its time too.
            sent.lock().unwrap().push(Sent { process: nth, caller, first, at: at + machine.any(15) });
        });
    }
    let jump = async {
        sleep(Duration::from_secs(10)).await;
        world.ahead.fetch_add(process.jumps, Ordering::Relaxed);
        std::future::pending::<()>().await;
    };
    let killed = sleep(Duration::from_millis(process.killed.unwrap_or(86_400_000)));
    tokio::select! {
        () = jump => {}
        () = killed => {} // with all its callers, in the middle of whatever they do
        () = async { while callers.join_next().await.is_some() {} } => {}
    }
}

/// The most requests within any second, as the server counts them.
fn most_in_a_second<'a>(sent: impl IntoIterator<Item = &'a Sent>) -> usize {
    let mut times: Vec<_> = sent.into_iter().map(|sent| sent.at).collect();
    times.sort_unstable();
    let within = |from: u64| times.iter().filter(|at| (from..from + 1000).contains(*at)).count();
    times.iter().map(|from| within(*from)).max().unwrap_or(0)
}

/// The requests in order, for a person.
fn told(sent: &[Sent]) -> String {
    let mut sent = sent.to_vec();
    sent.sort_by_key(|sent| sent.at);
    sent.iter().map(|sent| format!("{}: process {}\n", sent.at, sent.process)).collect()
}

/// How long each request was overtaken for: by every second and later turn that another process had while it was the
/// first of its own.
fn longest_overtaken(sent: &[Sent]) -> u64 {
    let overtaken = |mine: &Sent| {
        let mut others: HashMap<usize, u64> = HashMap::new();
        let meanwhile = sent.iter().filter(|other| other.process != mine.process);
        for other in meanwhile.filter(|other| other.at > mine.first && other.at < mine.at) {
            *others.entry(other.process).or_default() += 1;
        }
        others.values().map(|turns| (turns - 1) * 342).sum()
    };
    sent.iter().map(overtaken).max().unwrap_or(0)
}

fn is_in_order(sent: &[Sent], process: usize) -> bool {
    let mut of_process: Vec<_> = sent.iter().filter(|sent| sent.process == process).collect();
    of_process.sort_by_key(|sent| sent.first);
    of_process.is_sorted_by_key(|sent| sent.caller)
}

fn processes() -> impl Strategy<Value = Vec<Process>> {
    let hours = -10_000_000_i64..10_000_000;
    let process = (
        0..8000_u64,
        1..30_u64,
        hours.clone(),
        hours,
        prop::option::weighted(0.3, 0..20_000_u64),
        prop::option::weighted(0.3, 0..10_000_u64),
    );
    let process = process.prop_map(|(begins, callers, ahead, jumps, killed, gives_up)| Process {
        begins,
        callers,
        ahead,
        jumps,
        killed,
        gives_up,
    });
    prop::collection::vec(process, 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn any_processes_keep_the_limit_use_it_and_overtake_nobody(
        processes in processes(),
        database_is_put_back in 0..10_000_000_i64,
        chance in any::<u64>(),
    ) {
        let sent = simulate(&processes, -database_is_put_back, chance);
        prop_assert!(most_in_a_second(&sent) <= 3, "{}", told(&sent));
        let overtaken = longest_overtaken(&sent);
        prop_assert!(overtaken <= 2000, "{overtaken} ms");
        for (nth, process) in processes.iter().enumerate() {
            prop_assert!(is_in_order(&sent, nth));
            let served = sent.iter().filter(|sent| sent.process == nth).count();
            let stays = process.killed.is_none() && process.gives_up.is_none();
            prop_assert!(!stays || u64::try_from(served).unwrap() == process.callers);
        }
    }

    #[test]
    fn a_database_clock_that_is_set_forward_costs_one_second_at_most(
        processes in processes(),
        forward in 0..100_000_000_i64,
        chance in any::<u64>(),
    ) {
        let sent = simulate(&processes, forward, chance);
        prop_assert!(most_in_a_second(&sent) <= 6);
        // Whoever had a turn when the clock jumped takes it up to 350 ms later.
        prop_assert!(most_in_a_second(sent.iter().filter(|sent| sent.at <= 12_000)) <= 3);
        prop_assert!(most_in_a_second(sent.iter().filter(|sent| sent.at > 12_400)) <= 3);
    }
}

/// The share of what Gong allows, three a second, that was used from the first to the last.
fn used(sent: &[Sent]) -> f64 {
    let times = || sent.iter().map(|sent| sent.at);
    let took = times().max().unwrap() - times().min().unwrap();
    (sent.len() - 1) as f64 * 1000.0 / (took as f64 * 3.0)
}

#[test]
fn nearly_all_that_gong_allows_is_used() {
    for count in [1, 2, 5, 20] {
        let process = Process { callers: 1200 / count, ..Process::default() };
        let sent = simulate(&vec![process; usize::try_from(count).unwrap()], 0, count);
        assert_eq!((sent.len(), most_in_a_second(&sent)), (1200, 3));
        assert!(used(&sent) >= 0.97, "{count} processes: {}", used(&sent));
    }
}

#[test]
fn one_call_waits_for_no_busy_process() {
    let busy = Process { callers: 150, ..Process::default() };
    for begins in [0, 100, 5000, 5100, 5200, 5300] {
        let late = Process { begins, callers: 1, ..Process::default() };
        let sent = simulate(&[busy.clone(), late], 0, begins);
        let its = sent.iter().find(|sent| sent.process == 1).unwrap();
        assert!(its.at - its.first < 1100, "{} ms", its.at - its.first);
        assert_eq!(sent.len(), 151);
    }
}

#[test]
fn what_a_killed_process_held_is_back_within_two_seconds() {
    for killed in (5000..6000).step_by(50) {
        let busy = Process { callers: 150, killed: Some(killed), ..Process::default() };
        let many = vec![busy; 10];
        let last = Process { callers: 60, ..Process::default() };
        let sent = simulate(&[many, vec![last]].concat(), 0, killed);
        let mut times: Vec<_> = sent.iter().map(|sent| sent.at).collect();
        times.sort_unstable();
        let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(longest < 2000, "{longest} ms with nothing sent");
    }
}

#[test]
fn callers_that_give_up_move_the_others_up() {
    let patient = Process { callers: 1, ..Process::default() };
    let impatient = Process { gives_up: Some(3000), ..patient.clone() };
    let sent = simulate(&[vec![impatient; 50], vec![patient; 50]].concat(), 0, 7);
    let took = sent.iter().map(|sent| sent.at).max().unwrap();
    assert!(took < 22_000, "50 that stay, and those that had their turn before: {took} ms for {}", sent.len());
}
