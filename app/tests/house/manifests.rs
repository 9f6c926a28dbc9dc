//! Every package takes the workspace's lints, so that a rule holds everywhere or nowhere.

use crate::rust_text::numbered;
use crate::sources::{Source, Violation, expect_none, workspace};

/// Every manifest that does not take the workspace's lints, version and edition.
pub(crate) fn violations(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| is_manifest(source)) {
        if !takes_workspace_lints(&source.text) {
            let message = "add `[lints]` with `workspace = true`";
            violations.push(Violation::new(source, 1, message));
        }
        violations.extend(own_versions(source));
    }
    violations
}

fn is_manifest(source: &Source) -> bool {
    let package = source.package();
    package.is_some_and(|package| source.path == format!("{package}/Cargo.toml"))
}

fn takes_workspace_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    lines.find(|line| !line.is_empty()) == Some("workspace = true")
}

// Versions stand in the root manifest alone: two packages never argue about one.
fn own_versions(source: &Source) -> Vec<Violation> {
    let mut section = "";
    let mut violations = Vec::new();
    for (number, line) in numbered(&source.text) {
        if line.starts_with('[') {
            section = line;
        }
        let shared = ["workspace", "path"].iter().any(|word| line.contains(word));
        if section.contains("dependencies") && line.contains('=') && !shared {
            let message =
                "put the version into the root Cargo.toml and say `.workspace = true` here";
            violations.push(Violation::new(source, number, message));
        }
    }
    violations
}

#[test]
fn every_package_takes_the_workspaces_lints_and_versions() {
    expect_none(&violations(&workspace()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str) -> usize {
        violations(&[Source::new("crates/db/Cargo.toml", manifest)]).len()
    }

    #[test]
    fn a_sound_manifest_passes() {
        let dependencies =
            "[dependencies]\nserde.workspace = true\nkernel = { path = \"../kernel\" }";
        assert_eq!(found(&format!("{dependencies}\n\n[lints]\nworkspace = true\n")), 0);
    }

    #[test]
    fn a_manifest_without_lints_is_caught() {
        assert_eq!(found("[package]\nname = \"db\"\n"), 1);
        assert_eq!(found("[lints]\nclippy.todo = \"allow\"\n"), 1);
    }

    #[test]
    fn a_version_of_ones_own_is_caught() {
        assert_eq!(found("[dev-dependencies]\ninsta = \"1\"\n[lints]\nworkspace = true\n"), 1);
    }
}
