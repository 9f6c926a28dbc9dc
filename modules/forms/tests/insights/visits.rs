//! Visits of the hosted page: seen, begun, walked through, and from where.

use std::time::Duration;

use axum::http::Method;
use files::Files;
use forms::Forms;
use serde_json::{Value, json};
use testing::{Actor, Parts, Reply};
use web::Module;

use super::world::World;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0";
const DAY: Duration = Duration::from_secs(86_400);

/// A form of two pages.
async fn two_pages(seed: u64) -> (World, String) {
    let mut world = World::new(seed).await;
    let fields = json!([
        {"key": "topic", "type": "short_text", "label": "Topic"},
        {"key": "more", "type": "page", "label": "About you"},
        {"key": "name", "type": "short_text", "label": "Name"},
    ]);
    // Programs answer it here, without waiting as people do.
    let protection = json!({"min_seconds": 0});
    let form = json!({"title": "Two pages", "fields": fields, "protection": protection});
    let form = world.program.post("/api/forms", &form).await.expect(201).json();
    world.form = form["id"].as_str().expect("an id").to_owned();
    world.publish().await;
    (world, form["path"].as_str().expect("a path").to_owned())
}

/// Another process beside the one of the world.
fn modules(parts: &Parts) -> Vec<Box<dyn Module>> {
    let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
    vec![Box::new(Forms::start(parts.house.clone(), files))]
}

fn person(world: &World) -> Actor {
    world.app.anonymous().sending("user-agent", BROWSER)
}

/// What the page sends back unseen.
fn hidden(page: &Reply) -> Vec<(String, String)> {
    let text = page.text();
    let inputs = text.split("<input type=\"hidden\" name=\"").skip(1);
    let read = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"")?;
        Some((name.to_owned(), rest.split('"').next()?.replace("&amp;", "&")))
    };
    inputs.filter_map(read).collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Sends what a page holds and something more.
async fn send(person: &Actor, path: &str, page: &Reply, more: (&str, &str)) -> Reply {
    let mut pairs = hidden(page);
    pairs.push((more.0.to_owned(), more.1.to_owned()));
    person.submit(path, &pairs).await
}

/// The figures, as soon as they are what is expected; what they are, when they do not become that.
async fn told(world: &World, query: &str, expected: &Value) -> Value {
    let mut visits = Value::Null;
    for _ in 0..100 {
        visits = world.insights(query).await["visits"].clone();
        // Followed to the rows in `kept`.
        for source in visits["sources"].as_array_mut().expect("sources") {
            source.as_object_mut().expect("members").remove("submissions");
        }
        let members = expected.as_object().expect("members");
        if members.iter().all(|(name, value)| visits[name] == *value) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    for (name, value) in expected.as_object().expect("members") {
        assert_eq!(visits[name], *value, "{name} of {visits:#}");
    }
    visits
}

#[tokio::test]
async fn a_visit_is_followed_until_somebody_leaves_or_sends() {
    let (world, path) = two_pages(21).await;
    let ada = person(&world);
    let first =
        ada.get(&format!("{path}?utm_source=Newsletter&utm_medium=E-mail")).await.expect(200);
    let key = value(&hidden(&first), "_key").to_owned();
    world.app.clock.advance(Duration::from_secs(10));
    for _ in 0..2 {
        ada.submit(&format!("{path}/starts"), &[("visit", &key)]).await.expect(202);
    }
    world.app.clock.advance(Duration::from_secs(32));
    let mut pairs = hidden(&first);
    let visit = pairs.iter_mut().find(|(name, _)| name == "_visit").expect("it is there");
    visit.1.push_str("&began=10");
    let second = ada.submit(&path, &pairs).await.expect(200);
    world.app.clock.advance(Duration::from_secs(5));
    send(&ada, &path, &second, ("name", "Ada")).await.expect(303);
    // Pressed twice, it is sent once.
    send(&ada, &path, &second, ("name", "Ada")).await.expect(303);

    // Without a script, and back and forth.
    let ben = person(&world).sending("referer", "https://www.example.com/blog?secret=1");
    let first = ben.get(&path).await.expect(200);
    let second = send(&ben, &path, &first, ("topic", "Bread")).await.expect(200);
    let first = send(&ben, &path, &second, ("_back", "1")).await.expect(200);
    send(&ben, &path, &first, ("topic", "Rolls")).await.expect(200);
    person(&world).get(&path).await.expect(200);

    world.work().await;
    let expected = json!({
        "view_count": 3, "start_count": 2, "submission_count": 1, "completion_rate": 0.5,
        "pages": [
            {"page": 1, "title": "", "reached_count": 3, "left_count": 1},
            {"page": 2, "title": "About you", "reached_count": 2, "left_count": 1},
        ],
        "time_to_answer": {
            "lower_quartile_seconds": 37, "median_seconds": 37, "upper_quartile_seconds": 37,
        },
        "sources": [
            {"source": "newsletter", "view_count": 1, "submission_count": 1, "conversion_rate": 1.0},
            {"source": "direct", "view_count": 1, "submission_count": 0, "conversion_rate": 0.0},
            {"source": "example.com", "view_count": 1, "submission_count": 0, "conversion_rate": 0.0},
        ],
    });
    told(&world, "", &expected).await;
    let row = world.rows("").await.remove(0);
    assert_eq!(row["visit"], json!({"source": "newsletter", "medium": "e-mail", "seconds": 37}));
    let sheet = world.owner.page(&format!("submissions/{}", row["id"].as_str().expect("an id")));
    let sheet = world.viewer.get(&sheet).await.expect(200).text();
    assert!(sheet.contains("Came from") && sheet.contains("visit_source=newsletter"));
    assert!(sheet.contains("newsletter</a>, e-mail"));
    let page = world.owner.page(&format!("forms/{}/insights", world.form));
    let page = world.viewer.get(&page).await.expect(200).text();
    for part in ["From view to answer", "Page 2: About you", "50 % of those who began", "37 s"] {
        assert!(page.contains(part), "{part}");
    }

    let spam = format!("/api/submissions/{}/spam", row["id"].as_str().expect("an id"));
    world.program.post(&spam, &json!({})).await.expect(200);
    let none = json!({"view_count": 3, "submission_count": 0, "time_to_answer": null});
    told(&world, "", &none).await;
}

#[tokio::test]
async fn one_visit_counts_once_at_two_processes() {
    let (world, path) = two_pages(25).await;
    // A database of one process is known to that alone: it remembers by itself.
    if !world.app.shares_signals() {
        return;
    }
    let other = world.app.another_process_with(modules).await;
    let (here, there) = (person(&world), other.meet(&person(&world)));
    let first = here.get(&path).await.expect(200);
    let key = value(&hidden(&first), "_key").to_owned();
    for who in [&here, &there, &here] {
        who.submit(&format!("{path}/starts"), &[("visit", &key)]).await.expect(202);
        // Goes on to the second page.
        send(who, &path, &first, ("topic", "Bread")).await.expect(200);
    }
    // Whoever looks last at each of them is counted when all before is.
    here.get(&path).await.expect(200);
    there.get(&path).await.expect(200);
    let pages = json!([
        {"page": 1, "title": "", "reached_count": 3, "left_count": 2},
        {"page": 2, "title": "About you", "reached_count": 1, "left_count": 1},
    ]);
    told(&world, "", &json!({"view_count": 3, "start_count": 1, "pages": pages})).await;
}

#[tokio::test]
async fn only_people_who_look_are_counted() {
    let (world, path) = two_pages(22).await;
    let person = person(&world);
    person.send(Method::HEAD, &path, None, Vec::new().into()).await.expect(200);
    person.sending("sec-purpose", "prefetch;prerender").get(&path).await.expect(200);
    world.app.anonymous().get(&path).await.expect(200);
    let bot = world.app.anonymous().sending("user-agent", "Googlebot/2.1");
    let page = bot.get(&path).await.expect(200);
    assert_eq!(value(&hidden(&page), "_visit"), "");
    assert!(!page.text().contains("form-visit"));
    // What a program sends is a submission, and no visit.
    send(&bot, &path, &page, ("topic", "Bread")).await.expect(200);
    let starts = format!("{path}/starts");
    bot.submit(&starts, &[("visit", "0123456789")]).await.expect(202);
    for wrong in ["", "short", "not a key at all", &"x".repeat(65)] {
        person.submit(&starts, &[("visit", wrong)]).await.expect(422);
    }
    person.submit(&starts, &[("visit", &"x".repeat(2_000))]).await.expect(413);
    person.submit("/f/0123456789abcdef/starts", &[("visit", "0123456789")]).await.expect(404);
    person.get(&path).await.expect(200);
    let expected = json!({"view_count": 1, "start_count": 0, "completion_rate": null});
    let visits = told(&world, "", &expected).await;
    assert_eq!(visits["pages"][0]["left_count"], 1);
    assert_eq!(visits["pages"][1]["reached_count"], 0);
}

/// Anybody can write anything into an address.
#[tokio::test]
async fn sources_are_few_however_many_are_made_up() {
    let (world, path) = two_pages(23).await;
    let person = person(&world);
    let mut page = None;
    for number in 0..60 {
        let here = format!("{path}?utm_source=made+up+{number}&_visit=source%3Dforged");
        page = Some(person.get(&here).await.expect(200));
    }
    let visits = told(&world, "", &json!({"view_count": 60})).await;
    let sources = visits["sources"].as_array().expect("sources");
    assert_eq!(sources.len(), 51);
    assert_eq!((&sources[0]["source"], &sources[0]["view_count"]), (&json!("other"), &json!(10)));
    let mut pairs = hidden(&page.expect("one"));
    let visit = pairs.iter_mut().find(|(name, _)| name == "_visit").expect("it is there");
    visit.1 = visit.1.replace("other", "made+up+by+hand");
    pairs.push(("_page".to_owned(), "2".to_owned()));
    pairs.retain(|(name, value)| (name.as_str(), value.as_str()) != ("_page", "1"));
    person.submit(&path, &pairs).await.expect(303);
    world.work().await;
    assert_eq!(world.rows("").await[0]["visit"]["source"], "other");
}

#[tokio::test]
async fn visits_are_compared_by_the_days_of_the_workspace() {
    let (world, path) = two_pages(24).await;
    let zone = json!({"time_zone": "Asia/Tokyo"});
    world.put(&world.program, "/api/insight_settings", &zone).await.expect(200);
    let person = person(&world);
    for _ in 0..2 {
        person.get(&path).await.expect(200);
    }
    let first = told(&world, "", &json!({"view_count": 2})).await;
    assert_eq!(first["sources"][0]["source"], "direct");
    world.app.clock.advance(DAY);
    for _ in 0..3 {
        person.get(&path).await.expect(200);
    }
    told(&world, "", &json!({"view_count": 5})).await;
    let now = world.app.clock.now().to_jiff();
    let today = now.in_tz("Asia/Tokyo").expect("a zone").date();
    let query = format!("since={today}&compare=previous");
    let visits = told(&world, &query, &json!({"view_count": 3})).await;
    assert_eq!(
        visits["earlier"],
        json!({"view_count": 2, "start_count": 0, "submission_count": 0})
    );
    assert_eq!(visits["pages"][0]["earlier_left_count"], 2);
}
