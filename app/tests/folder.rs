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
