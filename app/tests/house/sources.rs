//! The files of the workspace, and what a rule says about them.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing written here.
const SKIPPED: [&str; 3] = ["target", "node_modules", "vendor"];
const READ: [&str; 7] = ["rs", "css", "js", "toml", "md", "sh", "sql"];

/// One file, its path relative to the workspace and with `/` between the parts.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub(crate) fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// The package's folder: `app`, `testing`, `load`, `crates/db`, `modules/forms`.
    pub(crate) fn package(&self) -> Option<&str> {
        let mut parts = self.path.match_indices('/').map(|(at, _)| at);
        let first = parts.next()?;
        match &self.path[..first] {
            "crates" | "modules" => parts.next().map(|second| &self.path[..second]),
            "app" | "testing" | "load" => Some(&self.path[..first]),
            _ => None,
        }
    }

    /// The path below the package's `src/`.
    pub(crate) fn below_src(&self) -> Option<&str> {
        self.path.strip_prefix(self.package()?)?.strip_prefix("/src/")
    }

    /// Whether a folder or file of the path is named `store` or `store_…`.
    pub(crate) fn is_store(&self) -> bool {
        self.path.split('/').any(|part| {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            stem == "store" || stem.starts_with("store_")
        })
    }
}

/// What breaks a rule, where, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Violation {
    pub(crate) fn new(source: &Source, line: usize, message: impl Into<String>) -> Self {
        Self { path: source.path.clone(), line, message: message.into() }
    }
}

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let app = Path::new(env!("CARGO_MANIFEST_DIR"));
    app.parent().expect("app lies in the workspace").to_owned()
}

/// Every text file of the workspace that was written here.
pub(crate) fn workspace() -> Vec<Source> {
    let root = root();
    let mut sources = Vec::new();
    for folder in ["app", "crates", "modules", "testing", "load", "bin", "e2e"] {
        collect(&root, &root.join(folder), &mut sources);
    }
    assert!(sources.iter().any(|source| source.path == "app/src/main.rs"), "no sources found");
    sources
}

/// Fails with every violation on a line of its own.
#[track_caller]
pub(crate) fn expect_none(violations: &[Violation]) {
    let lines: Vec<String> =
        violations.iter().map(|v| format!("{}:{}: {}", v.path, v.line, v.message)).collect();
    assert!(lines.is_empty(), "{} violations\n{}", lines.len(), lines.join("\n"));
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !SKIPPED.contains(&name) {
                collect(root, &path, sources);
            }
        } else if path.extension().is_some_and(|e| READ.iter().any(|read| e == *read)) {
            let relative = path.strip_prefix(root).expect("below the root");
            let relative = relative.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            sources.push(Source { path: relative, text });
        }
    }
}

#[test]
fn a_path_knows_its_package_and_whether_it_is_a_store() {
    let store = Source::new("modules/forms/src/forms/store.rs", "");
    assert_eq!(store.package(), Some("modules/forms"));
    assert_eq!(store.below_src(), Some("forms/store.rs"));
    assert!(store.is_store());
    assert!(Source::new("crates/jobs/src/store/claim/sqlite.rs", "").is_store());
    assert!(!Source::new("modules/forms/src/storefront.rs", "").is_store());
    assert_eq!(Source::new("bin/test", "").package(), None);
}
