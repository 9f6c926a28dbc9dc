//! Any form and any answers: the browser decides as the server does.

use std::hash::{BuildHasher, RandomState};

use forms::answers::Compiled;
use forms::definition::{Compares, Definition, Field, Kind, Operator};
use serde_json::{Value, json};

use super::{Answered, Case, agreed, by_server};

const CASES: usize = 4_000;

/// Chance from a number: the same number, the same forms (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).expect("small")
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

const TEXTS: [&str; 40] = [
    "Berlin",
    "berlin ",
    "BERLIN",
    "\u{85}berlin",
    "\u{feff}berlin",
    "Straße",
    "STRASSE",
    "ΟΔΟΣ",
    "οδος",
    "οδοσ",
    "",
    "  ",
    "a",
    "A b",
    "a b c",
    "İ",
    "i\u{307}",
    "ı",
    "I",
    "😀",
    "\r\n",
    "a\r\nb",
    "a\nb",
    "_other",
    "constructor",
    "__proto__",
    "null",
    "0",
    "1.0",
    "\u{10d50}",
    "ﬁ",
    "fi",
    "é",
    "e\u{301}",
    "É",
    "ǅ",
    "ᾳ",
    "\u{212a}",
    "k",
    "<script>alert(1)</script>",
];
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "1",
    "1.0",
    "1.",
    ".5",
    "+1",
    "1e0",
    "2",
    "3",
    "10",
    "-1",
    "0.1",
    "0.30000000000000004",
    "0.3",
    "1e15",
    "1e400",
    "1,5",
    "0x10",
    "1_0",
    "e1",
    ".",
];
const DAYS: [&str; 10] = [
    "2024-02-29",
    "2023-02-29",
    "2024-03-01",
    "0001-01-01",
    "0000-02-29",
    "9999-12-31",
    "2024-2-9",
    "1900-02-29",
    "2024-00-10",
    "2024-01-32",
];
const TIMES: [&str; 8] =
    ["08:30", "08:30:00", "08:30:01", "23:59", "24:00", "8:30", "08:60", "00:00:00"];
const OPTIONS: [&str; 8] = ["A", "b", "C d", "Own", "a", " ", "_other", "constructor"];
const FLAGS: [&str; 7] = ["yes", "true", "on", "no", "false", "maybe", "valueOf"];
const FILES: [&str; 3] = ["fil_01kw3qv8x8e2r9t0c4m5n6p7qs", "", "x"];

fn pool(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => &NUMBERS,
        Kind::Date(_) => &DAYS,
        Kind::Time => &TIMES,
        Kind::Choice(_) | Kind::Choices(_) | Kind::Dropdown(_) => &OPTIONS,
        Kind::YesNo | Kind::Consent(_) => &FLAGS,
        Kind::File(_) => &FILES,
        _ => &TEXTS,
    }
}

fn form(dice: &mut Dice) -> Definition {
    let (mut fields, mut asked) = (Vec::new(), Vec::new());
    for index in 0..2 + dice.below(11) {
        let kind = if index == 0 { "yes_no" } else { *dice.one(&Kind::NAMES) };
        let key = if index == 3 { "constructor".to_owned() } else { format!("k{index}") };
        let mut field = json!({"key": key, "type": kind, "label": "L"});
        if matches!(kind, "choice" | "choices" | "dropdown") {
            field["options"] = json!(["A", {"value": "b", "label": "Beta"}, "C d"]);
            field["other"] = dice.percent(60).into();
        }
        if kind == "hidden" && dice.percent(50) {
            field["default"] = (*dice.one(&TEXTS)).into();
        }
        let is_question = !matches!(kind, "section" | "page");
        field["required"] = (is_question && dice.percent(30)).into();
        let bare = Definition::from_fields(json!([{"type": "nps", "label": "N"}, field]));
        let bare = bare.expect("a sound field").fields.remove(1);
        for (name, chance) in [("show_if", 65), ("require_if", if is_question { 30 } else { 0 })] {
            if !asked.is_empty() && dice.percent(chance) {
                field[name] = tree(dice, &asked, 3);
            }
        }
        fields.push(field);
        if is_question {
            asked.push(bare);
        }
    }
    Definition::from_fields(fields.into()).expect("a sound form")
}

fn tree(dice: &mut Dice, asked: &[Field], deep: usize) -> Value {
    let shape = if deep == 0 { 9 } else { dice.below(10) };
    let list = |dice: &mut Dice| -> Vec<Value> {
        (0..1 + dice.below(3)).map(|_| tree(dice, asked, deep - 1)).collect()
    };
    match shape {
        0 | 1 => json!({"all": list(dice)}),
        2 | 3 => json!({"any": list(dice)}),
        4 => json!({"not": tree(dice, asked, deep - 1)}),
        _ => test(dice, asked),
    }
}

fn test(dice: &mut Dice, asked: &[Field]) -> Value {
    let field = dice.one(asked);
    let is = *dice.one(Operator::of(&field.kind));
    let mut test = json!({"field": field.key, "is": is.name()});
    match is.compares() {
        Compares::WithNothing => {}
        Compares::WithOne => test["value"] = operand(dice, field),
        Compares::WithSeveral => {
            test["value"] = (0..1 + dice.below(3)).map(|_| operand(dice, field)).collect();
        }
    }
    test
}

/// A value that fits: of those that are answered, what is a number, a day, an option.
fn operand(dice: &mut Dice, field: &Field) -> Value {
    let offers = |text: &str| match &field.kind {
        Kind::Choice(pick) | Kind::Dropdown(pick) => pick.other && text == "_other",
        Kind::Choices(picks) => picks.other && text == "_other",
        _ => false,
    };
    let fitting = |text: &&str| match field.kind {
        Kind::Date(_) => ["2023-02-29", "2024-2-9", "1900-02-29", "2024-00-10", "2024-01-32"]
            .iter()
            .all(|it| it != text),
        Kind::Time => ["24:00", "8:30", "08:60"].iter().all(|it| it != text),
        Kind::Choice(_) | Kind::Choices(_) | Kind::Dropdown(_) => {
            offers(text) || field.kind.options().iter().any(|option| option.value == **text)
        }
        _ => !text.trim().is_empty(),
    };
    let pool: Vec<&str> = pool(&field.kind).iter().copied().filter(fitting).collect();
    let text = *dice.one(&pool);
    match field.kind {
        Kind::Number(_) | Kind::Scale(_) | Kind::Rating(_) | Kind::Nps => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            json!(number.unwrap_or(1.0))
        }
        Kind::YesNo => json!(dice.percent(50)),
        _ => json!(text),
    }
}

fn json_answers(dice: &mut Dice, definition: &Definition) -> Answered {
    let mut answers = json!({});
    for field in &definition.fields {
        if !field.kind.is_question() || dice.percent(20) {
            continue;
        }
        let text = *dice.one(pool(&field.kind));
        answers[&field.key] = match dice.below(12) {
            0 => Value::Null,
            1 => json!(dice.percent(50)),
            2 => json!([text, 1]),
            3 => json!({"a": text}),
            4 => json!(dice.below(4)),
            5 => json!([]),
            _ if matches!(field.kind, Kind::Choices(_) | Kind::File(_)) => {
                let pool = pool(&field.kind);
                (0..dice.below(4)).map(|_| *dice.one(pool)).collect()
            }
            6 | 7 => text
                .parse::<f64>()
                .ok()
                .filter(|it| it.is_finite())
                .map_or(json!(text), |it| json!(it)),
            _ => json!(text),
        };
    }
    Answered::Json(answers)
}

fn page_answers(dice: &mut Dice, definition: &Definition) -> Answered {
    let mut pairs = Vec::new();
    for field in definition.fields.iter().filter(|field| field.kind.is_question()) {
        for _ in 0..dice.below(4) {
            pairs.push((field.key.clone(), (*dice.one(pool(&field.kind))).to_owned()));
        }
        if dice.percent(40) {
            pairs.push((format!("{}.other", field.key), (*dice.one(&TEXTS)).to_owned()));
        }
    }
    Answered::Pairs(pairs)
}

fn cases(seed: u64) -> Vec<Case> {
    let mut dice = Dice(seed);
    let mut case = |_| {
        let definition = form(&mut dice);
        let by_page = dice.percent(50);
        let answered = if by_page {
            page_answers(&mut dice, &definition)
        } else {
            json_answers(&mut dice, &definition)
        };
        Case { definition, answered }
    };
    (0..CASES).map(&mut case).collect()
}

/// Nothing that is not shown is ever stored, and what must be answered was.
fn judged_alike(case: &Case) -> bool {
    let compiled = Compiled::new(&case.definition).expect("compiles");
    let judged = match &case.answered {
        Answered::Json(answers) => compiled.from_json(&answers.to_string()),
        Answered::Pairs(pairs) => compiled.from_form(pairs),
    };
    let Ok(answers) = judged else { return false };
    for (field, (shown, required)) in case.definition.fields.iter().zip(by_server(case)) {
        let stored = answers.get(&field.key).is_some();
        assert!(shown || !stored, "{} is stored, but not shown: {case:?}", field.key);
        assert!(stored || !required, "{} is required, but not stored: {case:?}", field.key);
    }
    true
}

fn hold(seed: u64) {
    let cases = cases(seed);
    let fates = agreed(&cases);
    let all = fates.iter().flatten().count();
    let off = fates.iter().flatten().filter(|fate| !fate.0).count();
    assert!(
        off > all / 10 && off < all * 9 / 10,
        "{off} of {all} are off: the cases of {seed} say little"
    );
    let whole = cases.iter().filter(|case| judged_alike(case)).count();
    assert!(whole > CASES / 50, "only {whole} of {seed} were complete");
}

#[test]
fn the_browser_decides_as_the_server_does() {
    hold(0x4d65_7761_797a);
}

#[test]
fn the_browser_decides_as_the_server_does_on_forms_never_seen_before() {
    hold(RandomState::new().hash_one("fresh"));
}
