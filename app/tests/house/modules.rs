//! The packages of the workspace, their places in the house, and the floor order of the modules.

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::sources::{Source, root};

/// Where a package stands; arrows may only run from a higher place to a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Crate,
    Module,
    /// Builds a little world for tests; nobody knows it otherwise.
    Testing,
    App,
    /// Stands beside the house and knows nothing of it.
    Tool,
}

/// A package of the workspace and its arrows to others of it.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) manifest: String,
    /// The neighbour's name, and whether it is known to tests alone.
    pub(crate) arrows: Vec<(String, bool)>,
}

/// The packages of this workspace as cargo sees them.
pub(crate) fn packages() -> Vec<Package> {
    let root = root();
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let names: Vec<String> = metadata.packages.iter().map(|p| p.name.to_string()).collect();
    let describe = |package: &cargo_metadata::Package| {
        let manifest = package.manifest_path.strip_prefix(&root).expect("in the workspace");
        let ours = package.dependencies.iter().filter(|d| names.contains(&d.name));
        let arrows = ours.map(|d| (d.name.clone(), d.kind == DependencyKind::Development));
        Package {
            name: package.name.to_string(),
            place: place(manifest.as_str()),
            manifest: manifest.to_string(),
            arrows: arrows.collect(),
        }
    };
    metadata.packages.iter().map(describe).collect()
}

/// The modules in the order in which `app/src/modules.rs` first names them, lowest floor first.
pub(crate) fn floor_order(sources: &[Source], packages: &[Package]) -> Vec<String> {
    let registry = sources.iter().find(|source| source.path == "app/src/modules.rs");
    let text = registry.map_or("", |source| source.text.as_str());
    // What is imported stands in the order of the alphabet.
    let lines = text.lines().filter(|line| !line.starts_with("use "));
    let text = lines.collect::<Vec<_>>().join("\n");
    let named = |package: &Package| {
        let path = format!("{}::", package.name.replace('-', "_"));
        let at = text.match_indices(&path).map(|(at, _)| at).find(|at| {
            !text[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        })?;
        Some((at, package.name.clone()))
    };
    let modules = packages.iter().filter(|package| package.place == Place::Module);
    let mut found: Vec<(usize, String)> = modules.filter_map(named).collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

fn place(manifest: &str) -> Place {
    match manifest.split('/').next() {
        Some("crates") => Place::Crate,
        Some("modules") => Place::Module,
        Some("testing") => Place::Testing,
        Some("app") => Place::App,
        _ => Place::Tool,
    }
}

#[test]
fn the_order_of_modules_is_the_order_of_the_registry() {
    let module = |name: &str| Package {
        name: name.to_owned(),
        place: Place::Module,
        manifest: String::new(),
        arrows: Vec::new(),
    };
    let registry = Source::new(
        "app/src/modules.rs",
        "use forms::Forms;\nvec![\n  Box::new(workspaces::Workspaces),\n  Box::new(web_forms::Forms),\n  Box::new(forms::Forms),\n]",
    );
    let packages = ["forms", "web-forms", "workspaces", "ops"].map(module);
    assert_eq!(floor_order(&[registry], &packages), ["workspaces", "web-forms", "forms"]);
}
