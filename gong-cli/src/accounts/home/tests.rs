use super::*;

#[test]
fn no_change_of_many_at_once_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home(folder.path().join("gong"));
    std::thread::scope(|threads| {
        for nth in 0..32 {
            let home = &home;
            threads.spawn(move || {
                home.change(|settings| settings.sandboxes.extend([(format!("sandbox {nth}"), nth)])).unwrap();
            });
        }
    });
    assert_eq!(home.settings().unwrap().sandboxes.len(), 32);
}
