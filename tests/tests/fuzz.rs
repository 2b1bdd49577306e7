//! The fuzz targets with a few inputs: the files of the specs that there are, and changes picked by a generator of
//! numbers.
#![allow(clippy::unwrap_used, clippy::panic)] // Helpers of tests may panic; Clippy's own exception knows test functions only.

mod generated_client;
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use generated_client::{below, read, root};

#[test]
fn every_spec_file_is_read_whichever_file_it_is_taken_for() {
    for folder in ["spec/tools", "tool-spec/tests/fixtures"] {
        for file in below(&root().join(folder)) {
            targets::read(read(&file).as_bytes());
        }
    }
}

#[test]
fn a_changed_spec_is_refused_or_generates() {
    let mut seed = 1u64;
    let mut byte = || {
        // Knuth's MMIX; its high bits are good enough to pick by.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed.to_be_bytes()[0]
    };
    for case in 0..60u8 {
        let edits = usize::from(case % 4) * 5;
        let data: Vec<u8> = std::iter::once(case).chain(std::iter::repeat_with(&mut byte).take(edits)).collect();
        targets::generate(&data);
    }
}
