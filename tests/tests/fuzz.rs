//! The fuzz targets with a few inputs: their corpora, the files of the specs that there are, and changes picked by a
//! generator of numbers.
// Helpers of tests may panic; Clippy's own exception knows test functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod generated_client;
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use generated_client::{below, read, root};

#[test]
fn every_input_of_a_corpus_is_well_received() {
    for (name, target) in targets::TARGETS {
        let folder = root().join("fuzz/corpus").join(name);
        for file in below(&folder) {
            target(&std::fs::read(&file).unwrap());
        }
    }
}

#[test]
fn every_target_has_a_program_and_a_corpus() {
    let programs = below(&root().join("fuzz/fuzz_targets"));
    let mut programs: Vec<String> =
        programs.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    programs.sort();
    assert_eq!(programs, targets::TARGETS.map(|(name, _)| name));
    for name in programs {
        assert!(!below(&root().join("fuzz/corpus").join(&name)).is_empty(), "fuzz/corpus/{name} is empty");
    }
}

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
