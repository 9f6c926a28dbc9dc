//! Whatever comes in, is put apart, comes back or is deleted: the figures are those of the rows.

use std::{collections::BTreeMap, time::Duration};

use axum::http::Method;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};

use super::world::World;

const STEPS: usize = 30;

/// Rows are counted here by looking at each, and there by what was added and taken away.
#[tokio::test]
async fn figures_equal_a_count_over_the_rows() {
    for seed in [1, 2] {
        let world = World::new(seed).await;
        let mut zone = "UTC";
        for step in 0..STEPS {
            act(&world).await;
            match step {
                10 => world.ask_otherwise().await,
                20 => {
                    zone = "America/St_Johns";
                    let settings = json!({"time_zone": zone});
                    let kept = world.put(&world.program, "/api/insight_settings", &settings).await;
                    kept.expect(200);
                }
                _ => {}
            }
            if world.below(3) == 0 {
                world.work().await;
            }
        }
        world.work().await;
        agree(&world, "", zone).await;
        let whole = world.insights("").await;
        for _ in 0..1 {
            let days = over_time(&world.insights("by=day").await);
            let days: Vec<&String> = days.keys().collect();
            let (one, other) = (world.below(days.len()), world.below(days.len()));
            let range = (days[one.min(other)], days[one.max(other)]);
            agree(&world, &format!("since={}&until={}", range.0, range.1), zone).await;
        }
        assert_eq!(whole["counted_to"], whole["received_to"]);
    }
}

/// Whoever counts, puts apart and deletes at the same time: none waits for another in a circle, and the
/// figures are right in the end.
#[tokio::test]
async fn figures_are_right_whoever_works_at_the_same_time() {
    let world = World::new(5).await;
    world.receive(60).await;
    let ids: Vec<Value> = world.rows("").await.iter().map(|row| row["id"].clone()).collect();
    let moving = async |part: &str, first: usize| {
        for id in ids.iter().skip(first).step_by(2) {
            let path = format!("/api/submissions/{}/{part}", id.as_str().expect("an id"));
            let program = &world.program;
            program.post(&path, &json!({})).await;
            if world.below(3) == 0 {
                program.send(Method::DELETE, &path, None, Vec::new().into()).await;
            }
        }
    };
    let deleting = async {
        for id in ids.iter().step_by(5) {
            let path = format!("/api/submissions/{}", id.as_str().expect("an id"));
            let gone = world.program.send(Method::DELETE, &path, None, Vec::new().into());
            gone.await.expect(204);
        }
    };
    let receiving = async {
        for _ in 0..20 {
            world.receive(5).await;
            world.work().await;
        }
    };
    tokio::join!(
        moving("spam", 0),
        moving("deletion", 1),
        moving("spam", 1),
        moving("archival", 0),
        deleting,
        receiving
    );
    world.work().await;
    // Whoever came last won: of each tray one is there, whoever that was.
    for (part, id) in [("spam", &ids[1]), ("deletion", &ids[3])] {
        let path = format!("/api/submissions/{}/{part}", id.as_str().expect("an id"));
        world.program.post(&path, &json!({})).await.expect(200);
    }
    assert!(!world.rows("tray=spam").await.is_empty() && !world.rows("tray=bin").await.is_empty());
    agree(&world, "", "UTC").await;
}

async fn act(world: &World) {
    world
        .app
        .clock
        .advance(Duration::from_secs(u64::try_from(world.below(90_000)).expect("small")));
    if world.below(3) == 0 {
        return world.receive(1 + world.below(20)).await;
    }
    let rows = world.rows(["tray=kept", "tray=spam", "tray=bin"][world.below(3)]).await;
    if rows.is_empty() {
        return;
    }
    let row = &rows[world.below(rows.len())];
    let path =
        |part: &str| format!("/api/submissions/{}{part}", row["id"].as_str().expect("an id"));
    let program = &world.program;
    let delete = |path: String| async move {
        program.send(Method::DELETE, &path, None, Vec::new().into()).await
    };
    match world.below(7) {
        0 => program.post(&path("/spam"), &json!({})).await.expect(200),
        1 => delete(path("/spam")).await.expect(200),
        2 => program.post(&path("/deletion"), &json!({})).await.expect(200),
        3 => delete(path("/deletion")).await.expect(200),
        4 => program.post(&path("/archival"), &json!({})).await.expect(200),
        5 => delete(path("")).await.expect(204),
        _ => {
            let filter = format!("answers.nps.max={}&tray=kept", world.below(3));
            let steps = ["archive", "mark_spam", "delete"];
            let action = json!({"action": steps[world.below(3)], "filter": filter});
            program
                .post(&format!("/api/forms/{}/bulk_actions", world.form), &action)
                .await
                .expect(202)
        }
    };
}

async fn agree(world: &World, query: &str, zone: &str) {
    let told = world.insights(&format!("by=day&{query}")).await;
    assert_eq!(told["time_zone"], zone);
    let (since, until) =
        (told["since"].as_str().expect("a day"), told["until"].as_str().expect("a day"));
    let zone = TimeZone::get(zone).expect("a zone");
    let day = |row: &Value| {
        let at: Timestamp = row["received_at"].as_str().expect("a time").parse().expect("a time");
        at.to_zoned(zone.clone()).date().to_string()
    };
    let mut rows = world.rows("tray=kept").await;
    rows.retain(|row| (since..=until).contains(&day(row).as_str()));
    assert_eq!(told["submission_count"], rows.len(), "{query}");
    assert_eq!(
        over_time(&told).into_iter().filter(|(_, count)| *count > 0).collect::<BTreeMap<_, _>>(),
        tally(rows.iter().map(day))
    );
    visits_agree(&told["visits"], &rows);
    for source in told["visits"]["sources"].as_array().expect("sources") {
        let behind = world.rows(source["submissions"].as_str().expect("a query")).await;
        assert_eq!(source["submission_count"], behind.len(), "{source}");
    }
    let mut bars: Vec<Value> = told["sources"].as_array().cloned().unwrap_or_default();
    for field in told["fields"].as_array().expect("fields") {
        let key = field["key"].as_str().expect("a key");
        let answers: Vec<&Value> = rows
            .iter()
            .map(|row| &row["answers"][key])
            .filter(|answer| !answer.is_null())
            .collect();
        assert_eq!(field["answered_count"], answers.len(), "{key}");
        let all = field["bars"].as_array().expect("bars");
        let sum: i64 = all.iter().map(count).sum();
        match key {
            "note" => assert_eq!(sum, 0),
            "picks" => assert!(sum >= i64::try_from(answers.len()).expect("few")),
            _ => assert_eq!(sum, i64::try_from(answers.len()).expect("few"), "{key}"),
        }
        let own = all.iter().find(|bar| bar["value"] == "other").map_or(0, count);
        let is_own = |value: &&Value| value.as_str().is_some_and(|text| text.contains("my own"));
        let expected = answers.iter().filter(|answer| match answer {
            Value::Array(list) => list.iter().any(|value| is_own(&value)),
            value => is_own(value),
        });
        assert_eq!(own, i64::try_from(expected.count()).expect("few"), "{key}");
        bars.extend(all.iter().cloned());
        bars.extend(field["segments"].as_array().expect("segments").iter().cloned());
        let behind = world.rows(field["submissions"].as_str().expect("a query")).await;
        assert_eq!(behind.len(), answers.len(), "{key}");
    }
    // Behind each bar lie as many as it says.
    bars.extend(told["over_time"].as_array().cloned().unwrap_or_default());
    for bar in &bars {
        let behind = world.rows(bar["submissions"].as_str().expect("a query")).await;
        assert_eq!(count(bar), i64::try_from(behind.len()).expect("few"), "{bar}");
    }
}

/// What is told of those who sent the hosted page is what their submissions say.
fn visits_agree(told: &Value, rows: &[Value]) {
    let traces: Vec<&Value> =
        rows.iter().map(|row| &row["visit"]).filter(|it| !it.is_null()).collect();
    assert_eq!(told["submission_count"], traces.len());
    let sources = told["sources"].as_array().expect("sources");
    for source in sources {
        let sent = traces.iter().filter(|trace| trace["source"] == source["source"]);
        assert_eq!(source["submission_count"], sent.count(), "{source}");
    }
    let mut seconds: Vec<i64> =
        traces.iter().filter_map(|trace| trace["seconds"].as_i64()).collect();
    seconds.sort_unstable();
    let median = (!seconds.is_empty()).then(|| seconds[(seconds.len() - 1) / 2]);
    assert_eq!(told["time_to_answer"]["median_seconds"].as_i64(), median);
}

fn count(bar: &Value) -> i64 {
    bar["count"].as_i64().expect("a count")
}

fn over_time(told: &Value) -> BTreeMap<String, i64> {
    let periods = told["over_time"].as_array().expect("periods");
    periods.iter().map(|it| (it["since"].as_str().expect("a day").to_owned(), count(it))).collect()
}

fn tally(days: impl Iterator<Item = String>) -> BTreeMap<String, i64> {
    let mut tally = BTreeMap::new();
    days.for_each(|day| *tally.entry(day).or_default() += 1);
    tally
}
