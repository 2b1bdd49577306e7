use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;

use super::*;

#[test]
fn the_end_of_a_runtime_waits_for_work_under_way() {
    let (begun, gate, done) =
        (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)), Arc::new(AtomicBool::new(false)));
    let work = {
        let (begun, gate, done) = (Arc::clone(&begun), Arc::clone(&gate), Arc::clone(&done));
        async move {
            begun.add_permits(1);
            let _open = gate.acquire().await.unwrap();
            done.store(true, Ordering::SeqCst);
        }
    };
    let main = Builder::new_current_thread().build().unwrap();
    main.block_on(async {
        tokio::spawn(begin(work).unwrap());
        let _begun = begun.acquire().await.unwrap();
    });
    std::thread::scope(|scope| {
        scope.spawn(|| drop(main));
        gate.add_permits(1);
    });
    assert!(done.load(Ordering::SeqCst));
}
