//! Arrows between packages run only downwards: app → modules → crates, and never in a circle.
//! Whoever reads a lower floor then needs to know nothing of a higher one.

use crate::modules::{Package, Place, floor_order, packages};
use crate::sources::{Violation, expect_none, workspace};

/// The modules that the little world of the tests is made of.
const WORLD: [&str; 2] = ["identity", "workspaces"];

/// Every arrow that does not run downwards.
pub(crate) fn upward(packages: &[Package], floors: &[String]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in packages {
        if package.place == Place::Module && !floors.contains(&package.name) {
            let message = "the module is not named in app/src/modules.rs: add its line there";
            violations.push(violation(package, message.to_owned()));
        }
        for (name, for_tests) in &package.arrows {
            let Some(neighbour) = packages.iter().find(|other| other.name == *name) else {
                continue;
            };
            let for_tests = *for_tests && neighbour.place == Place::Testing;
            if !for_tests && !runs_down(package, neighbour, floors) {
                let message = format!(
                    "`{}` must not know `{name}`, which stands beside or above it: move what both \
                     need further down, or react to an event",
                    package.name
                );
                violations.push(violation(package, message));
            }
        }
    }
    violations
}

/// Every package from which arrows lead back to itself; those for tests alone do not count.
pub(crate) fn in_a_circle(packages: &[Package]) -> Vec<Violation> {
    let reaches_itself = |start: &&Package| {
        let (mut seen, mut waiting) = (Vec::new(), vec![start.name.as_str()]);
        while let Some(name) = waiting.pop() {
            let arrows = packages.iter().filter(|p| p.name == name).flat_map(|p| &p.arrows);
            for (next, _) in arrows.filter(|(_, for_tests)| !for_tests) {
                if *next == start.name {
                    return true;
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    waiting.push(next);
                }
            }
        }
        false
    };
    let message = "depends on itself through others: turn one of the arrows round";
    packages.iter().filter(reaches_itself).map(|p| violation(p, message.to_owned())).collect()
}

fn runs_down(from: &Package, to: &Package, floors: &[String]) -> bool {
    let floor = |package: &Package| floors.iter().position(|name| *name == package.name);
    match (from.place, to.place) {
        (Place::Tool, _) | (_, Place::Tool | Place::Testing) => false,
        // Ground-floor tools use one another; only a circle is wrong there.
        (Place::Crate, Place::Crate) => true,
        (Place::Module, Place::Module) => floor(to) < floor(from),
        (Place::Testing, Place::Module) => WORLD.contains(&to.name.as_str()),
        _ => from.place > to.place,
    }
}

fn violation(package: &Package, message: String) -> Violation {
    Violation { path: package.manifest.clone(), line: 1, message }
}

#[test]
fn arrows_run_only_downwards() {
    let packages = packages();
    let floors = floor_order(&workspace(), &packages);
    expect_none(&upward(&packages, &floors));
}

#[test]
fn packages_form_no_circle() {
    expect_none(&in_a_circle(&packages()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(place: Place, name: &str, arrows: &[&str]) -> Package {
        let folder = match place {
            Place::Crate => "crates/",
            Place::Module => "modules/",
            Place::App | Place::Testing | Place::Tool => "",
        };
        Package {
            name: name.to_owned(),
            place,
            manifest: format!("{folder}{name}/Cargo.toml"),
            arrows: arrows.iter().map(|arrow| ((*arrow).to_owned(), false)).collect(),
        }
    }

    fn house() -> Vec<Package> {
        vec![
            package(Place::App, "mewayz", &["forms", "identity", "web"]),
            package(Place::Module, "forms", &["identity", "web"]),
            package(Place::Module, "identity", &["web"]),
            package(Place::Crate, "web", &["db"]),
            package(Place::Crate, "db", &[]),
            package(Place::Testing, "testing", &["web", "identity"]),
        ]
    }

    fn broken(changed: Package) -> Vec<String> {
        let mut packages = house();
        packages.retain(|package| package.name != changed.name);
        packages.push(changed);
        let floors = ["identity", "forms"].map(str::to_owned);
        upward(&packages, &floors).into_iter().map(|violation| violation.path).collect()
    }

    #[test]
    fn a_sound_house_passes() {
        let sound = broken(package(Place::Crate, "db", &[]));
        assert!(sound.is_empty(), "{sound:?}");
        assert!(in_a_circle(&house()).is_empty());
    }

    #[test]
    fn a_crate_that_knows_a_module_is_caught() {
        let found = broken(package(Place::Crate, "db", &["forms"]));
        assert_eq!(found, ["crates/db/Cargo.toml"]);
    }

    #[test]
    fn a_module_that_knows_a_later_one_is_caught() {
        let found = broken(package(Place::Module, "identity", &["forms"]));
        assert_eq!(found, ["modules/identity/Cargo.toml"]);
    }

    #[test]
    fn a_module_missing_from_the_registry_is_caught() {
        let found = broken(package(Place::Module, "stray", &[]));
        assert_eq!(found, ["modules/stray/Cargo.toml"]);
    }

    #[test]
    fn testing_is_for_tests_alone() {
        let mut forms = package(Place::Module, "forms", &["testing"]);
        assert_eq!(broken(forms.clone()).len(), 1);
        forms.arrows[0].1 = true;
        assert!(broken(forms).is_empty());
    }

    #[test]
    fn testing_knows_its_little_world_alone() {
        for stranger in ["forms", "mewayz"] {
            let found = broken(package(Place::Testing, "testing", &["web", stranger]));
            assert_eq!(found, ["testing/Cargo.toml"], "{stranger}");
        }
    }

    #[test]
    fn a_tool_that_knows_the_house_is_caught() {
        assert_eq!(broken(package(Place::Tool, "load", &["db"])), ["load/Cargo.toml"]);
    }

    #[test]
    fn a_circle_is_caught() {
        let mut packages = house();
        packages[4].arrows.push(("web".to_owned(), false));
        let found: Vec<_> = in_a_circle(&packages).into_iter().map(|v| v.path).collect();
        assert_eq!(found, ["crates/web/Cargo.toml", "crates/db/Cargo.toml"]);
    }
}
