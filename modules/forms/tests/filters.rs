//! Every filter finds what looking at each submission by itself would find, however it is combined.

mod counting;

use std::{collections::BTreeSet, time::Duration};

use kernel::Chance;
use serde_json::{Map, Value, json};
use testing::{Actor, TestApp};

const COUNTRIES: [&str; 3] = ["DE", "FR", "IT"];
const TOPICS: [&str; 4] = ["order", "invoice", "return", "something of my own"];
const WORDS: [&str; 5] = ["rye", "bread", "butter", "salt", "water"];

struct World {
    app: TestApp,
    owner: Actor,
    teammate: Actor,
    form: String,
    dice: Chance,
}

fn fields(country: &Value) -> Value {
    json!([
        country,
        {"key": "topics", "type": "choices", "label": "Topics", "options": TOPICS[..3], "other": true},
        {"key": "nps", "type": "nps", "label": "Recommend?"},
        {"key": "age", "type": "number", "label": "Age"},
        {"key": "day", "type": "date", "label": "Day"},
        {"key": "at", "type": "time", "label": "Time"},
        {"key": "note", "type": "long_text", "label": "Note"},
        {"key": "email", "type": "email", "label": "E-mail"},
        {"key": "agree", "type": "yes_no", "label": "Agreed?"},
    ])
}

/// Whether a part of the submission is one of some values.
fn is(pointer: &'static str, values: Vec<Value>) -> Meaning {
    Box::new(move |row| values.contains(row.pointer(pointer).unwrap_or(&Value::Null)))
}

impl World {
    async fn new() -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let teammate = app.join(&owner, kernel::Role::Member).await;
        // What was a text in the first version is told apart in the second.
        let text = json!({"key": "country", "type": "short_text", "label": "Country"});
        let form = json!({"title": "Report", "fields": fields(&text)});
        let form = owner.post("/api/forms", &form).await.expect(201).json()["id"].clone();
        let form = form.as_str().expect("an id").to_owned();
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        World { app, owner, teammate, form, dice: Chance::seeded(7) }
    }

    async fn options_from_now_on(&self) {
        let options: Vec<Value> = COUNTRIES
            .iter()
            .map(|it| json!({"value": it, "label": format!("Land {it}")}))
            .collect();
        let list =
            json!({"key": "country", "type": "dropdown", "label": "Country", "options": options});
        let change = json!({"fields": fields(&list)});
        self.owner.patch(&format!("/api/forms/{}", self.form), &change).await.expect(200);
        self.owner
            .post(&format!("/api/forms/{}/publication", self.form), &json!({}))
            .await
            .expect(200);
    }

    fn below(&self, limit: usize) -> usize {
        usize::try_from(self.dice.below(limit as u64)).expect("small")
    }

    fn some<'a>(&self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn answers(&self) -> Value {
        let mut answers = Map::new();
        let mut put = |key: &str, value: Value| {
            if self.below(4) > 0 {
                answers.insert(key.into(), value);
            }
        };
        put("country", json!(self.some(&COUNTRIES)));
        let topics: BTreeSet<&str> = (0..=self.below(2)).map(|_| self.some(&TOPICS)).collect();
        put("topics", json!(topics));
        put("nps", json!(self.below(11)));
        put("age", json!(self.below(90) as f64 / 2.0));
        put("day", json!(format!("2026-0{}-1{}", 1 + self.below(9), self.below(10))));
        put("at", json!(format!("1{}:30", self.below(10))));
        let words: Vec<&str> = (0..3).map(|_| self.some(&WORDS)).collect();
        put("note", json!(words.join(" ")));
        put("agree", json!(self.below(2) == 0));
        put("email", json!(format!("{}@{}.example", self.some(&WORDS), self.some(&WORDS))));
        Value::Object(answers)
    }

    async fn send(&self, count: usize) {
        let items: Vec<Value> = (0..count).map(|_| json!({"answers": self.answers()})).collect();
        let bulk = format!("/api/forms/{}/submissions/bulk", self.form);
        let report = self.owner.post(&bulk, &json!({"submissions": items})).await.expect(200);
        assert_eq!(report.json()["rejected"], 0, "{}", report.text());
        self.app.clock.advance(Duration::from_secs(100));
    }

    async fn process(&self) {
        self.app.drain_jobs().await;
    }

    /// All that a query finds, page by page, each no longer than so many.
    async fn list(&self, query: &str, limit: usize) -> Vec<Value> {
        let api = format!("/api/forms/{}/submissions?limit={limit}&{query}", self.form);
        let (mut all, mut next) = (Vec::new(), api.clone());
        loop {
            let page = self.owner.get(&next).await.expect(200).json();
            let rows = page["data"].as_array().cloned().unwrap_or_default();
            assert!(rows.len() <= limit);
            all.extend(rows);
            let Some(cursor) = page["next_cursor"].as_str() else { return all };
            next = format!("{api}&cursor={cursor}");
        }
    }

    /// Works on about every second submission.
    async fn work(&self) {
        for row in self.list("", 200).await {
            let id = row["id"].as_str().expect("an id");
            let path = format!("/api/submissions/{id}");
            match self.below(10) {
                0 => {
                    self.owner.post(&format!("{path}/archival"), &json!({})).await.expect(200);
                }
                1 => {
                    self.owner.post(&format!("{path}/spam"), &json!({})).await.expect(200);
                }
                2 => {
                    self.owner.post(&format!("{path}/deletion"), &json!({})).await.expect(200);
                }
                3..6 => {
                    let status = self.some(&["in_progress", "done", "new"]);
                    let person = self.teammate.user.as_ref().expect("a person").id;
                    let assignee = if self.below(2) == 0 { json!(person) } else { Value::Null };
                    let tags =
                        if self.below(2) == 0 { json!(["VIP"]) } else { json!(["Late", "vip"]) };
                    let change = json!({"status": status, "assignee": assignee, "tags": tags});
                    self.owner.patch(&path, &change).await.expect(200);
                }
                _ => {}
            }
        }
    }

    /// One condition: how it stands in the address, and what it means for a submission.
    fn condition(&self, rows: &[Value]) -> (String, Meaning) {
        match self.below(18) {
            which @ (0 | 1 | 7 | 8) => self.picked(which),
            which @ 2..=5 => self.ranged(which),
            which @ (6 | 15..=17) => self.worded(which),
            which @ 9..=12 => self.worked_on(which),
            which => self.received(which, rows),
        }
    }

    /// Answers to questions with options.
    fn picked(&self, which: usize) -> (String, Meaning) {
        match which {
            0 => {
                let (one, other) = (self.some(&COUNTRIES), self.some(&COUNTRIES));
                (
                    format!("answers.country={one}&answers.country={other}"),
                    is("/answers/country", vec![json!(one), json!(other)]),
                )
            }
            1 => {
                let topic = self.some(&TOPICS);
                (
                    format!("answers.topics={}", topic.replace(' ', "%20")),
                    Box::new(move |row| {
                        row["answers"]["topics"]
                            .as_array()
                            .is_some_and(|it| it.contains(&json!(topic)))
                    }),
                )
            }
            7 => {
                let (key, answered) =
                    (self.some(&["country", "nps", "note", "agree"]), self.below(2) == 0);
                (
                    format!("answers.{key}.answered={answered}"),
                    Box::new(move |row| row["answers"].get(key).is_some() == answered),
                )
            }
            _ => {
                let agreed = self.below(2) == 0;
                (format!("answers.agree={agreed}"), is("/answers/agree", vec![json!(agreed)]))
            }
        }
    }

    /// Numbers, days and times.
    fn ranged(&self, which: usize) -> (String, Meaning) {
        match which {
            2 => {
                let (from, to) = (self.below(6), 4 + self.below(6));
                (
                    format!("answers.nps.min={from}&answers.nps.max={to}"),
                    Box::new(move |row| {
                        row["answers"]["nps"]
                            .as_u64()
                            .is_some_and(|it| (from as u64..=to as u64).contains(&it))
                    }),
                )
            }
            3 => {
                let least = self.below(90) as f64 / 2.0;
                (
                    format!("answers.age.min={least}"),
                    Box::new(move |row| {
                        row["answers"]["age"].as_f64().is_some_and(|it| it >= least)
                    }),
                )
            }
            4 => {
                let day = format!("2026-0{}-15", 1 + self.below(9));
                (
                    format!("answers.day.max={day}"),
                    Box::new(move |row| {
                        row["answers"]["day"].as_str().is_some_and(|it| it <= day.as_str())
                    }),
                )
            }
            _ => (
                "answers.at.min=14:00".into(),
                Box::new(|row| row["answers"]["at"].as_str().is_some_and(|it| it >= "14:00")),
            ),
        }
    }

    /// A whole text, words of one answer, or of all.
    fn worded(&self, which: usize) -> (String, Meaning) {
        match which {
            6 => {
                let word = self.some(&WORDS);
                (
                    format!("answers.note.words={}", &word[..3]),
                    Box::new(move |row| {
                        let note = row["answers"]["note"].as_str().unwrap_or_default();
                        note.split(' ').any(|it| it.starts_with(&word[..3]))
                    }),
                )
            }
            16 => {
                let address = format!("{}@{}.example", self.some(&WORDS), self.some(&WORDS));
                (format!("answers.email={address}"), is("/answers/email", vec![json!(address)]))
            }
            17 => {
                let (one, other) = (self.some(&WORDS), self.some(&WORDS));
                let note = format!("{one} {other} {one}");
                let query = format!("answers.note={}", note.replace(' ', "%20"));
                (query, is("/answers/note", vec![json!(note)]))
            }
            _ => {
                let word = self.some(&WORDS);
                (
                    format!("q={word}"),
                    Box::new(move |row| {
                        let parts = ["note", "email"].map(|key| row["answers"][key].as_str());
                        parts
                            .into_iter()
                            .flatten()
                            .any(|it| it.split([' ', '@', '.']).any(|it| it == word))
                    }),
                )
            }
        }
    }

    /// What the desk says.
    fn worked_on(&self, which: usize) -> (String, Meaning) {
        let person = self.teammate.user.as_ref().expect("a person").id.to_string();
        match which {
            9 => {
                let (one, other) =
                    (self.some(&["new", "done"]), self.some(&["done", "in_progress"]));
                (
                    format!("status={one}&status={other}"),
                    is("/status", vec![json!(one), json!(other)]),
                )
            }
            10 => (format!("assignee={person}"), is("/assignee", vec![json!(person)])),
            11 => ("assignee=nobody".into(), is("/assignee", vec![Value::Null])),
            _ => (
                "tag=late".into(),
                Box::new(|row| {
                    row["tags"].as_array().is_some_and(|it| it.contains(&json!("late")))
                }),
            ),
        }
    }

    /// How and when it came in.
    fn received(&self, which: usize, rows: &[Value]) -> (String, Meaning) {
        match which {
            13 => {
                let version = 1 + self.below(2);
                (format!("version={version}"), is("/form_version", vec![json!(version)]))
            }
            _ => {
                let at =
                    |index: usize| rows[index]["received_at"].as_str().expect("a time").to_owned();
                let (one, other) = (at(self.below(rows.len())), at(self.below(rows.len())));
                let (since, until) = if one < other { (one, other) } else { (other, one) };
                (
                    format!("since={since}&until={until}"),
                    Box::new(move |row| {
                        let at = row["received_at"].as_str().unwrap_or_default();
                        at >= since.as_str() && at < until.as_str()
                    }),
                )
            }
        }
    }

    /// Compares so many filters with what looking at each submission finds.
    async fn compare(&self, rounds: usize) {
        let mut rows = Vec::new();
        for tray in ["open", "archived", "spam", "bin"] {
            rows.extend(self.list(&format!("tray={tray}"), 200).await);
        }
        rows.sort_by_key(|row| row["number"].as_i64());
        let mut found_some = 0;
        for _ in 0..rounds {
            let conditions: Vec<(String, Meaning)> =
                (0..=self.below(3)).map(|_| self.condition(&rows)).collect();
            // Two of one name mean either, which the meanings here do not know of.
            let names: BTreeSet<&str> = conditions
                .iter()
                .map(|(text, _)| text.split(['=', '&']).next().unwrap_or_default())
                .collect();
            if names.len() < conditions.len() || names.contains("q") && names.contains("since") {
                continue;
            }
            let tray = self.some(&["kept", "kept", "open", "archived", "spam", "bin"]);
            let order = self.some(&["newest", "oldest"]);
            let texts: Vec<&str> = conditions.iter().map(|(text, _)| text.as_str()).collect();
            let query = format!("tray={tray}&order={order}&{}", texts.join("&"));
            let lies = |row: &&Value| match tray {
                "kept" => matches!(row["tray"].as_str(), Some("open" | "archived")),
                other => row["tray"] == other,
            };
            let meant = rows.iter().filter(lies);
            let meant = meant.filter(|row| conditions.iter().all(|(_, means)| means(row)));
            let mut meant: Vec<i64> = meant.filter_map(|row| row["number"].as_i64()).collect();
            if order == "newest" {
                meant.reverse();
            }
            let found = self.list(&query, 1 + self.below(60)).await;
            let found: Vec<i64> = found.iter().filter_map(|row| row["number"].as_i64()).collect();
            assert_eq!(found, meant, "{query}");
            found_some += usize::from(!found.is_empty());
        }
        assert!(found_some * 3 > rounds, "only {found_some} of {rounds} filters found anything");
    }
}

/// Whether a submission is meant.
type Meaning = Box<dyn Fn(&Value) -> bool>;

#[tokio::test]
async fn a_filter_finds_what_looking_at_each_finds() {
    let world = World::new().await;
    world.send(60).await;
    world.process().await;
    world.options_from_now_on().await;
    for _ in 0..4 {
        world.send(45).await;
    }
    world.process().await;
    world.work().await;
    world.compare(160).await;
}

/// Bits that begin in the middle of a form, as they do for one that is older than they are.
#[tokio::test]
async fn what_is_older_than_the_bits_is_found_by_reading() {
    let world = World::new().await;
    world.send(80).await;
    world.process().await;
    world.options_from_now_on().await;
    world.send(80).await;
    world.process().await;
    let workspace = world.owner.workspace().id;
    let mut tx = world.app.house.db.begin(workspace).await.expect("a transaction");
    for text in [
        "update submission_facet_start set number = 100 where workspace_id = $1 and form_id = $2",
        "delete from submission_facet where workspace_id = $1 and form_id = $2 and field = 'nps'",
    ] {
        assert!(
            db::sql(text).bind(workspace).bind(&world.form).run(&mut tx).await.expect("done") > 0
        );
    }
    tx.commit().await.expect("committed");
    // Without its bits an answer above the start is not found, and below it is: so bits are used at all.
    let found = world.list("answers.nps.min=0&order=oldest", 200).await;
    assert!(found.iter().all(|row| row["number"].as_i64() < Some(100)) && found.len() > 40);
    let found = world.list("answers.country=DE", 7).await;
    let all = world.list("", 200).await;
    let meant = all.iter().filter(|row| row["answers"]["country"] == "DE").count();
    assert_eq!(found.len(), meant);
}

#[tokio::test]
async fn a_text_is_found_also_before_its_words_are_indexed() {
    let world = World::new().await;
    world.send(60).await;
    world.process().await;
    world.send(30).await;
    let all = world.list("", 200).await;
    let addresses: BTreeSet<&str> =
        all.iter().filter_map(|row| row["answers"]["email"].as_str()).collect();
    for address in addresses {
        for order in ["newest", "oldest"] {
            let found = world.list(&format!("answers.email={address}&order={order}"), 2).await;
            let mut meant: Vec<&Value> =
                all.iter().filter(|row| row["answers"]["email"] == address).collect();
            if order == "oldest" {
                meant.reverse();
            }
            assert!(found.iter().eq(meant), "{address}, {order} first");
        }
    }
}

#[tokio::test]
async fn answers_of_ones_own_are_an_option_of_the_sheet() {
    let world = World::new().await;
    world.send(60).await;
    world.process().await;
    let own = world.list("answers.topics.other=true", 200).await;
    assert!(!own.is_empty() && own.len() < 60);
    assert_eq!(world.list("answers.topics=_other", 200).await, own);

    let page = world.owner.page(&format!("forms/{}/submissions?answers.topics=_other", world.form));
    let page = world.owner.get(&page).await.expect(200).text();
    let option = "<option value=\"_other\" selected>An answer of one's own</option>";
    assert!(page.contains(option) && page.contains("Topics: an answer of one's own"));
    assert_eq!(page.matches("value=\"_other\"").count(), 1);
}

#[tokio::test]
async fn a_text_is_found_also_where_the_index_cannot_hold_all_words() {
    let world = World::new().await;
    world.send(20).await;
    // Of a script without spaces each sign is a word.
    let signs: String = ('\u{4e00}'..).take(17_000).collect();
    let far = format!("{signs} needle");
    let repeated = "tip example ".repeat(300);
    let bulk = format!("/api/forms/{}/submissions/bulk", world.form);
    let items = json!({"submissions": [
        {"answers": {"note": far, "email": "far@tip.example"}},
        {"answers": {"note": repeated, "email": "often@tip.example"}},
    ]});
    world.owner.post(&bulk, &items).await.expect(200);
    world.send(20).await;
    world.process().await;
    for (query, number) in [
        ("answers.email=far@tip.example", 21),
        ("answers.email=often@tip.example", 22),
        ("answers.note.words=needle", 21),
        ("answers.note.words=%22example+tip%22", 22),
    ] {
        for order in ["newest", "oldest"] {
            let found = world.list(&format!("{query}&order={order}"), 2).await;
            assert_eq!(found.len(), 1, "{query}, {order} first");
            assert_eq!(found[0]["number"], number, "{query}, {order} first");
        }
    }
    assert!(world.list("answers.email=none@tip.example", 2).await.is_empty());
}
