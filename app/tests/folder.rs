//! What the program writes is for the eyes of its user alone.

use std::{os::unix::fs::PermissionsExt, path::Path, process::Command};

#[test]
fn a_folder_open_to_all_makes_no_file_open_to_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let everyone = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), everyone).expect("the folder is ours");
    let mut program = Command::new(env!("CARGO_BIN_EXE_mewayz"));
    program.env_clear().arg("migrate").arg("--data").arg(folder.path());
    let done = program.output().expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut seen = Vec::new();
    look(folder.path(), &mut seen);
    assert!(seen.iter().any(|name| name == "mewayz.db"), "{seen:?}");
    assert!(seen.iter().any(|name| name == "files"), "{seen:?}");
}

#[test]
fn a_folder_on_sqlite_is_for_one_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let lock = std::fs::File::create(folder.path().join("lock")).expect("a file");
    lock.lock().expect("nobody has it");
    let run = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mewayz"));
        program.env_clear().arg("migrate").arg("--data").arg(folder.path());
        program.output().expect("the program runs")
    };
    let refused = run();
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && told.contains("another process"), "{told}");
    drop(lock);
    assert!(run().status.success());
}

#[test]
fn settings_that_serve_nobody_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("MEWAYZ_MAX_IN_FLIGHT", "0", "max_in_flight"),
        ("MEWAYZ_CLIENT_CONNECTIONS", "0", "client_connections"),
        ("MEWAYZ_CONNECTIONS_PER_CLIENT", "0", "connections_per_client"),
        ("MEWAYZ_WORKERS__CONCURRENCY", "0", "workers.concurrency"),
        ("MEWAYZ_REQUEST_TIMEOUT", "0", "request_timeout"),
        ("MEWAYZ_LIMITS__API_PER_MINUTE", "0", "limits.api_per_minute"),
        ("MEWAYZ_DATABASE", "mysql://localhost/x", "database"),
        ("MEWAYZ_LOG", "foo=bar=baz[[", "log"),
    ];
    for (name, value, setting) in cases {
        let mut program = Command::new(env!("CARGO_BIN_EXE_mewayz"));
        program.env_clear().env(name, value).arg("migrate").arg("--data").arg(folder.path());
        let refused = program.output().expect("the program runs");
        let told = String::from_utf8_lossy(&refused.stderr).to_lowercase();
        assert!(!refused.status.success() && told.contains(setting), "{name}: {told}");
    }
}

fn look(folder: &Path, seen: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("an entry");
        let mode = entry.metadata().expect("what it is").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", entry.path().display());
        seen.push(entry.file_name().to_string_lossy().into_owned());
        if entry.path().is_dir() {
            look(&entry.path(), seen);
        }
    }
}
