//! Conditions: what they mean, the same on the server and in the browser, and what becomes of answers.

mod checked;
mod generated;
mod made;
mod operators;
mod told;
mod walked;

use std::io::Write;
use std::process::{Command, Stdio};

use forms::answers::{Compiled, Shown};
use forms::definition::Definition;
use serde_json::{Value, json};

/// What someone answers: as the API takes it, or as a page sends it.
#[derive(Debug, Clone)]
enum Answered {
    Json(Value),
    Pairs(Vec<(String, String)>),
}

/// A form with answers to it.
#[derive(Debug, Clone)]
struct Case {
    definition: Definition,
    answered: Answered,
}

/// Of every field in order: whether it is shown, and whether it must be answered.
type Fates = Vec<(bool, bool)>;

fn definition(fields: Value) -> Definition {
    Definition::from_fields(fields).expect("a sound form")
}

fn by_server(case: &Case) -> Fates {
    let compiled = Compiled::new(&case.definition).expect("compiles");
    let shown = match &case.answered {
        Answered::Json(answers) => compiled.shown_of_json(&answers.to_string()).expect("an object"),
        Answered::Pairs(pairs) => compiled.shown(pairs),
    };
    fates(&case.definition, &shown)
}

fn fates(definition: &Definition, shown: &Shown) -> Fates {
    let fields = definition.fields.iter().enumerate();
    let fates = fields.map(|(position, field)| {
        let fate = shown.at(position);
        (fate.shown, fate.shown && (field.required || fate.required))
    });
    fates.collect()
}

const DRIVER: &str = r#"
import { readFileSync } from "node:fs";
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const { fields, answers, pairs } = JSON.parse(line);
  const fates = new Logic(fields).decide(pairs ? answersOf(fields, pairs) : answers);
  console.log(JSON.stringify([...fates.values()].map(({ shown, required }) => [shown, required])));
}
"#;

/// The script that pages load, run by Node: all cases in one process.
fn by_browser(cases: &[Case]) -> Vec<Fates> {
    let lines = cases.iter().map(|case| {
        let fields = case.definition.logic_for_browser();
        let line = match &case.answered {
            Answered::Json(answers) => json!({"fields": fields, "answers": answers}),
            Answered::Pairs(pairs) => json!({"fields": fields, "pairs": pairs}),
        };
        format!("{line}\n")
    });
    let told = node(&[forms::LOGIC, DRIVER].concat(), &lines.collect::<String>());
    told.lines().map(|line| serde_json::from_str(line).expect("fates")).collect()
}

fn node(script: &str, input: &str) -> String {
    let mut child = Command::new("node")
        .args(["--input-type=module", "--eval", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is there");
    let mut stdin = child.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).expect("node reads"));
        let output = child.wait_with_output().expect("node ends");
        assert!(output.status.success(), "node failed");
        String::from_utf8(output.stdout).expect("UTF-8")
    })
}

/// Both evaluators agree on every case; gives back what they say.
fn agreed(cases: &[Case]) -> Vec<Fates> {
    let browser = by_browser(cases);
    assert_eq!(browser.len(), cases.len());
    for (case, browser) in cases.iter().zip(&browser) {
        let server = by_server(case);
        if server != *browser {
            let document = serde_json::to_string(&case.definition).expect("JSON");
            panic!(
                "server  {server:?}\nbrowser {browser:?}\nform {document}\nanswers {:?}",
                case.answered
            );
        }
    }
    browser
}
