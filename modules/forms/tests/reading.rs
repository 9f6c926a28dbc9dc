//! Reading what came in: parts of the list forth and back, searches, answers of any size.

mod counting;

use std::time::Duration;

use serde_json::{Value, json};
use testing::{Actor, TestApp};

struct World {
    app: TestApp,
    owner: Actor,
    form: String,
}

impl World {
    /// A form with so many submissions, counted and searchable.
    async fn with(count: usize, answer: impl Fn(usize) -> String) -> World {
        let (app, _) = counting::start().await;
        let owner = app.register("Ada Byron", "Acme").await;
        let field = json!({"key": "it", "type": "long_text", "label": "It", "max_length": 50_000});
        let made = owner.post("/api/forms", &json!({"title": "Report", "fields": [field]})).await;
        let form = text(&made.expect(201).json()["id"]).to_owned();
        owner.post(&format!("/api/forms/{form}/publication"), &json!({})).await.expect(200);
        let items: Vec<Value> =
            (1..=count).map(|number| json!({"answers": {"it": answer(number)}})).collect();
        for some in items.chunks(50) {
            let bulk = format!("/api/forms/{form}/submissions/bulk");
            let report = owner.post(&bulk, &json!({"submissions": some})).await.expect(200).json();
            assert_eq!(report["rejected"], 0);
        }
        app.clock.advance(Duration::from_secs(1));
        app.drain_jobs().await;
        World { app, owner, form }
    }

    fn list(&self) -> String {
        self.owner.page(&format!("forms/{}/submissions", self.form))
    }

    async fn page(&self, address: &str) -> String {
        self.owner.get(&address.replace("&amp;", "&")).await.expect(200).text()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The numbers that a list shows, in its order.
fn numbers(page: &str) -> Vec<usize> {
    let cells = page.split(">#").skip(1);
    cells.filter_map(|cell| cell.split('<').next()?.parse().ok()).collect()
}

/// Where the link with this attribute leads.
fn link(page: &str, attribute: &str) -> Option<String> {
    let links = page.split("<a ").skip(1).filter_map(|link| link.split('>').next());
    let link = links.into_iter().find(|link| link.contains(attribute))?;
    Some(link.split_once("href=\"")?.1.split('"').next()?.to_owned())
}

fn down(from: usize, to: usize, step: usize) -> Vec<usize> {
    (to..=from).rev().step_by(step).collect()
}

#[tokio::test]
async fn a_list_is_walked_back_by_the_steps_one_came() {
    let world = World::with(130, |number| format!("number {number}")).await;
    let first = world.page(&world.list()).await;
    assert_eq!((numbers(&first), link(&first, "rel=\"prev\"")), (down(130, 81, 1), None));
    let second = world.page(&link(&first, "rel=\"next\"").expect("older ones")).await;
    let third = world.page(&link(&second, "rel=\"next\"").expect("older ones")).await;
    assert_eq!((numbers(&third), link(&third, "rel=\"next\"")), (down(30, 1, 1), None));
    let back = world.page(&link(&third, "rel=\"prev\"").expect("newer ones")).await;
    assert_eq!(numbers(&back), down(80, 31, 1), "not the very first page");
    let top = world.page(&link(&back, "rel=\"prev\"").expect("newer ones")).await;
    assert_eq!((numbers(&top), link(&top, "rel=\"prev\"")), (down(130, 81, 1), None));
    assert!(top.contains("live:submissions.processed"), "the first part follows what arrives");
}

#[tokio::test]
async fn one_moves_among_the_hits_of_a_search_and_comes_back_to_it() {
    let parity = |number| if number % 2 == 0 { "even" } else { "odd" };
    let world = World::with(120, |number| parity(number).into()).await;
    let first = world.page(&format!("{}?q=even", world.list())).await;
    assert_eq!(numbers(&first), down(120, 22, 2));
    let older = link(&first, "rel=\"next\"").expect("older ones");
    let second = world.page(&older).await;
    assert_eq!(numbers(&second), down(20, 2, 2));
    let back = world.page(&link(&second, "rel=\"prev\"").expect("newer ones")).await;
    assert_eq!(numbers(&back), down(120, 22, 2));

    let api = format!("/api/forms/{}/submissions?q=even&limit=1&cursor=21", world.form);
    let hit = world.owner.get(&api).await.expect(200).json()["data"][0]["id"].clone();
    let address = link(&second, text(&hit)).expect("a row leads to its submission");
    assert!(address.contains("q=even") && address.contains("cursor=22"), "{address}");
    let shown = world.page(&address).await;
    assert!(shown.contains("Submission #20"));
    let (newer, older) = (link(&shown, "data-hotkey=\"k\""), link(&shown, "data-hotkey=\"j\""));
    assert!(world.page(&newer.expect("newer")).await.contains("Submission #22"));
    assert!(world.page(&older.expect("older")).await.contains("Submission #18"));

    let (_, deletion) = shown.split_once("/deletion?").expect("a dialog that deletes");
    let place = deletion.split('"').next().unwrap_or_default().replace("&amp;", "&");
    let none: [(&str, &str); 0] = [];
    let page = world.owner.page(&format!("submissions/{}/deletion?{place}", text(&hit)));
    let gone = world.owner.submit(&page, &none).await.expect(303);
    assert_eq!(gone.header("location"), format!("{}?{place}", world.list()));
    assert_eq!(numbers(&world.page(gone.header("location")).await), down(18, 2, 2));
}

#[tokio::test]
async fn a_number_finds_its_submission_beside_the_hits_of_its_digits() {
    let world = World::with(60, |number| format!("paid {} euros", number * 10)).await;
    for query in ["50", "%2350"] {
        let page = world.page(&format!("{}?q={query}", world.list())).await;
        assert_eq!(numbers(&page), [50, 5], "{query}");
    }
    let api = format!("/api/forms/{}/submissions?limit=1&q=50", world.form);
    let first = world.owner.get(&api).await.expect(200).json();
    assert_eq!((&first["data"][0]["number"], &first["next_cursor"]), (&json!(50), &json!("50")));
    let next = world.owner.get(&format!("{api}&cursor=50")).await.expect(200).json();
    assert_eq!((&next["data"][0]["number"], &next["next_cursor"]), (&json!(5), &Value::Null));
}

#[tokio::test]
async fn a_page_of_large_answers_ends_early_and_none_is_left_out() {
    let world = World::with(150, |_| "x".repeat(49_000)).await;
    let mut cursor = String::new();
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let api = format!("/api/forms/{}/submissions?limit=200&cursor={cursor}", world.form);
        let reply = world.owner.get(&api).await.expect(200);
        assert!(reply.text().len() < 5 * 1024 * 1024);
        let page = reply.json();
        let rows = page["data"].as_array().cloned().unwrap_or_default();
        seen.extend(rows.iter().filter_map(|row| row["number"].as_u64()));
        pages += 1;
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!((pages, seen), (2, (1..=150).rev().collect()));
}

/// A number that was deleted, or never given, is no hit, however short the page is.
#[tokio::test]
async fn a_number_that_is_not_there_is_passed_over() {
    let world = World::with(100, |_| "order 50".into()).await;
    let api = format!("/api/forms/{}/submissions", world.form);
    let owner = &world.owner;
    let list = owner.get(&format!("{api}?limit=1&cursor=51")).await.expect(200).json();
    let id = text(&list["data"][0]["id"]).to_owned();
    owner.delete(&format!("/api/submissions/{id}")).await.expect(204);
    for (limit, cursor) in [(1, 51), (50, 101), (1, 2)] {
        let path = format!("{api}?q=50&limit={limit}&cursor={cursor}");
        let page = owner.get(&path).await.expect(200).json();
        let first = if cursor == 51 { 49 } else { cursor - 1 };
        assert_eq!(page["data"][0]["number"], first, "{path}");
    }
}

/// A search among what is newer than a moment ends where that begins, however many older hits there are.
#[tokio::test]
async fn a_search_since_a_moment_ends_there() {
    let world = World::with(60, |_| "word".into()).await;
    let api = format!("/api/forms/{}/submissions", world.form);
    world.app.clock.advance(Duration::from_secs(600));
    let later = world.app.clock.now();
    let empty = world.owner.get(&format!("{api}?q=word&since={later}")).await.expect(200).json();
    assert_eq!((&empty["data"], &empty["next_cursor"]), (&json!([]), &Value::Null));
    for _ in 0..3 {
        world.owner.post(&api, &json!({"answers": {"it": "word"}})).await.expect(201);
    }
    world.app.clock.advance(Duration::from_secs(1));
    world.app.drain_jobs().await;
    let mut seen = Vec::new();
    let mut next = String::new();
    loop {
        let path = format!("{api}?q=word&since={later}&limit=2{next}");
        let page = world.owner.get(&path).await.expect(200).json();
        let rows = page["data"].as_array().cloned().unwrap_or_default();
        seen.extend(rows.iter().filter_map(|row| row["number"].as_u64()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(seen, [63, 62, 61]);
}

/// Somebody stores while the job waits, relies on it, and commits only after the job has looked.
#[tokio::test]
async fn what_is_stored_while_a_job_begins_is_counted() {
    let world = World::with(1, |_| "first".into()).await;
    if !world.app.shares_signals() {
        // SQLite has one writer at a time: this cannot happen there.
        return;
    }
    let (owner, form) = (&world.owner, &world.form);
    let api = format!("/api/forms/{form}/submissions");
    owner.post(&api, &json!({"answers": {"it": "second"}})).await.expect(201);
    let workspace = owner.workspace().id;
    let mut slow = world.app.house.db.begin(workspace).await.expect("a transaction");
    for text in [
        "update form_counter set last_number = 3 where workspace_id = $1 and form_id = $2",
        "insert into submission (workspace_id, id, form_id, number, form_version, answers, source,
                                 fingerprint, received_at)
         select workspace_id, 'sub_01jd3v8m2nf0q8zjt5x9y7k6ab', form_id, 3, form_version, answers, source, 1, received_at
         from submission where workspace_id = $1 and form_id = $2 and number = 2",
    ] {
        assert_eq!(db::sql(text).bind(workspace).bind(form).run(&mut slow).await.expect("done"), 1);
    }
    world.app.clock.advance(Duration::from_secs(1));
    world.app.drain_jobs().await;
    slow.commit().await.expect("committed");
    world.app.clock.advance(Duration::from_secs(1));
    world.app.drain_jobs().await;
    let counted = owner.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(counted["submission_count"], 3);
}

#[tokio::test]
async fn whoever_may_read_the_answers_need_not_see_the_form() {
    let world = World::with(2, |_| "word".into()).await;
    let reader = world.owner.with_key(&["submissions:read"]).await;
    let api = format!("/api/forms/{}", world.form);
    let list = reader.get(&format!("{api}/submissions")).await.expect(200).json();
    assert_eq!(list["data"].as_array().map(Vec::len), Some(2));
    reader.get(&api).await.expect(403);
    // And whoever may send them need not be able to delete them.
    let sender = world.owner.with_key(&["submissions:write"]).await;
    let answers = json!({"answers": {"it": "sent"}});
    let sent = sender.post(&format!("{api}/submissions"), &answers).await.expect(201).json();
    sender.delete(&format!("/api/submissions/{}", text(&sent["id"]))).await.expect(403);
    let cleaner = world.owner.with_key(&["submissions:delete", "submissions:read"]).await;
    cleaner.delete(&format!("/api/submissions/{}", text(&sent["id"]))).await.expect(204);
    reader.get("/api/forms/frm_01jd3v8m2nf0q8zjt5x9y7k6ab/submissions").await.expect(404);
}

/// What is deleted while it is being counted is neither counted nor found.
#[tokio::test]
async fn counts_are_exact_whatever_is_deleted_meanwhile() {
    let world = World::with(0, |_| String::new()).await;
    let (owner, form) = (&world.owner, &world.form);
    let submissions = format!("/api/forms/{form}/submissions");
    let mut left = 0;
    for _ in 0..12 {
        let items: Vec<Value> = (0..40).map(|_| json!({"answers": {"it": "wordful"}})).collect();
        let bulk = format!("{submissions}/bulk");
        let report = owner.post(&bulk, &json!({"submissions": items})).await.expect(200).json();
        let ids: Vec<&str> = (0..40).map(|index| text(&report["items"][index]["id"])).collect();
        world.app.clock.advance(Duration::from_secs(1));
        let delete = async {
            for id in &ids[..20] {
                owner.delete(&format!("/api/submissions/{id}")).await.expect(204);
            }
        };
        tokio::join!(world.app.drain_jobs(), delete);
        left += 20;
    }
    world.app.clock.advance(Duration::from_secs(1));
    world.app.drain_jobs().await;
    let counted = owner.get(&format!("/api/forms/{form}")).await.expect(200).json();
    assert_eq!(counted["submission_count"], left);
    let mut found = 0;
    let mut next = format!("{submissions}?q=wordful&limit=100");
    loop {
        let page = owner.get(&next).await.expect(200).json();
        found += page["data"].as_array().map_or(0, Vec::len);
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("{submissions}?q=wordful&limit=100&cursor={cursor}");
    }
    assert_eq!(found, left);
}
