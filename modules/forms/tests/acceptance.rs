//! What a form accepts: until when, how many, and once from whom — exactly, however many send at once.

use std::{sync::Arc, time::Duration};

use files::Files;
use forms::Forms;
use kernel::Role;
use serde_json::{Value, json};
use testing::{Actor, Parts, TestApp};
use web::Module;

fn modules(parts: &Parts) -> Vec<Box<dyn Module>> {
    let files = Files::local(&parts.folder.join("files")).expect("a folder for uploads");
    vec![Box::new(Forms::start(parts.house.clone(), files))]
}

/// A published form that asks for an e-mail address.
struct World {
    app: TestApp,
    anonymous: Actor,
    owner: Actor,
    form: String,
    /// The path of the hosted page.
    hosted: String,
}

impl World {
    async fn accepting(acceptance: Value) -> World {
        let (app, anonymous, owner, _) = TestApp::start(modules).await;
        let fields =
            json!([{"key": "email", "type": "email", "label": "E-mail", "required": true}]);
        let made = owner.post("/api/forms", &json!({"title": "Race", "fields": fields})).await;
        let made = made.expect(201).json();
        let (form, hosted) = (text(&made["id"]).to_owned(), text(&made["path"]).to_owned());
        let world = World { app, anonymous, owner, form, hosted };
        world.accept(acceptance).await;
        let publication = format!("/api/forms/{}/publication", world.form);
        world.owner.post(&publication, &json!({})).await.expect(200);
        world
    }

    async fn accept(&self, acceptance: Value) -> Value {
        let change = json!({"acceptance": acceptance});
        self.owner.patch(&format!("/api/forms/{}", self.form), &change).await.expect(200).json()
    }

    fn calls(&self) -> String {
        format!("/api/forms/{}/submissions", self.form)
    }

    /// The page on which what it accepts is set.
    async fn settings(&self) -> String {
        let page = self.owner.page(&format!("forms/{}/settings", self.form));
        self.owner.get(&page).await.expect(200).text()
    }

    async fn send(&self, email: &str) -> testing::Reply {
        self.owner.post(&self.calls(), &answers(email)).await
    }

    async fn stored(&self) -> Vec<Value> {
        let list = format!("{}?limit=200", self.calls());
        self.owner.get(&list).await.expect(200).json()["data"].as_array().cloned().expect("a list")
    }

    /// Sends the hosted page as this browser, with a key of its own.
    async fn answer(&self, who: &Actor, query: &str, email: &str) -> testing::Reply {
        let page = format!("{}{query}", self.hosted);
        let shown = who.get(&page).await;
        let (html, key) = (shown.text(), "name=\"_key\" value=\"");
        let Some((_, rest)) = html.split_once(key) else { return shown };
        let key = rest.split('"').next().unwrap_or_default();
        let invited = query.split_once("_invited=").map_or("", |(_, it)| it).replace("%40", "@");
        who.forge(&self.hosted, &[("_key", key), ("email", email), ("_invited", &invited)]).await
    }
}

fn answers(email: &str) -> Value {
    json!({"answers": {"email": email}})
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn the_places_of_a_form_hold_exactly_under_64_at_once_and_two_processes() {
    let world = Arc::new(World::accepting(json!({"submission_limit": 50})).await);
    let second = world.app.another_process_with(modules).await;
    let there = second.meet(&world.owner);
    let send = async |index: usize| {
        let who = if index.is_multiple_of(2) { world.owner.clone() } else { there.clone() };
        let mut outcomes = Vec::new();
        for turn in 0..3 {
            let item = answers(&format!("p{index}.{turn}@example.com"));
            outcomes.push(who.post(&world.calls(), &item).await.status());
        }
        outcomes
    };
    let outcomes: Vec<u16> =
        futures::future::join_all((0..64).map(send)).await.into_iter().flatten().collect();
    let count = |status| outcomes.iter().filter(|it| **it == status).count();
    assert_eq!((count(201), count(410)), (50, 64 * 3 - 50), "{outcomes:?}");
    let stored = world.stored().await;
    assert_eq!(stored.len(), 50);
    // Whoever is turned away takes no number either.
    assert_eq!(stored[0]["number"], 50);

    let refused = world.anonymous.get(&world.hosted).await.expect(410).text();
    assert!(refused.contains("This form is full"));
    let gone = format!("/api/submissions/{}", text(&stored[7]["id"]));
    world.owner.delete(&gone).await.expect(204);
    world.answer(&world.anonymous, "", "late@example.com").await.expect(303);
    world.send("later@example.com").await.expect(410);
    world.accept(json!({"submission_limit": 51})).await;
    world.send("later@example.com").await.expect(201);
    world.send("latest@example.com").await.expect(410);
    world.accept(json!({"submission_limit": null})).await;
    world.send("latest@example.com").await.expect(201);
}

#[tokio::test]
async fn a_repeat_takes_no_place_and_is_answered_though_the_form_is_full() {
    let world = World::accepting(json!({"submission_limit": 3})).await;
    let keyed = |key: &str| world.owner.sending("idempotency-key", key);
    for key in ["one", "one", "two", "one"] {
        keyed(key).post(&world.calls(), &answers(&format!("{key}@example.com"))).await;
    }
    let bulk = json!({"submissions": [
        {"idempotency_key": "a", "answers": {"email": "a@example.com"}},
        {"idempotency_key": "a", "answers": {"email": "a@example.com"}},
        {"idempotency_key": "b", "answers": {"email": "b@example.com"}},
        {"idempotency_key": "b", "answers": {"email": "b@example.com"}},
    ]});
    let report = world.owner.post(&format!("{}/bulk", world.calls()), &bulk).await.expect(200);
    let statuses: Vec<Value> = report.json()["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| it["status"].clone())
        .collect();
    assert_eq!(statuses, ["accepted", "duplicate", "rejected", "rejected"]);
    assert_eq!(report.json()["items"][2]["errors"][0]["code"], "full");
    let again = keyed("two").post(&world.calls(), &answers("two@example.com")).await.expect(200);
    assert_eq!(again.header("idempotent-replayed"), "true");
    keyed("three").post(&world.calls(), &answers("three@example.com")).await.expect(410);
    let numbers: Vec<Value> = world.stored().await.iter().map(|it| it["number"].clone()).collect();
    assert_eq!(numbers, [3, 2, 1], "a repeat takes no number");
    assert!(world.settings().await.contains("As many submissions as it takes have come in."));
}

#[tokio::test]
async fn numbers_have_no_gaps_however_many_repeats_come_at_once() {
    let world = Arc::new(World::accepting(json!({})).await);
    let second = world.app.another_process_with(modules).await;
    let there = second.meet(&world.owner);
    let bulk = format!("{}/bulk", world.calls());
    // Every second item of a list is one that others send as well.
    let list = |sender: usize| {
        let items: Vec<Value> = (0..40)
            .map(|item| {
                let whose = if item % 2 == 0 { 99 } else { sender };
                let email = format!("p{whose}.{item}@example.com");
                json!({"idempotency_key": format!("{whose}.{item}"), "answers": {"email": email}})
            })
            .collect();
        json!({"submissions": items})
    };
    let send = async |sender: usize| {
        let who = if sender.is_multiple_of(2) { world.owner.clone() } else { there.clone() };
        for _ in 0..2 {
            who.post(&bulk, &list(sender)).await.expect(200);
        }
    };
    futures::future::join_all((0..6).map(send)).await;
    let mut numbers: Vec<i64> =
        world.stored().await.iter().filter_map(|it| it["number"].as_i64()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20 + 6 * 20).collect::<Vec<i64>>());
    // Neither have repeats kept the places that they took.
    for (limit, refusal) in [(140, json!("full")), (141, Value::Null)] {
        assert_eq!(world.accept(json!({"submission_limit": limit})).await["refusal"], refusal);
    }
}

#[tokio::test]
async fn after_its_last_moment_a_form_takes_nothing() {
    let world = World::accepting(json!({"closes_at": "2026-08-03T10:00:00Z"})).await;
    world.send("early@example.com").await.expect(201);
    let sent = world.owner.sending("idempotency-key", "one");
    sent.post(&world.calls(), &answers("one@example.com")).await.expect(201);
    world.app.clock.advance(Duration::from_secs(48 * 60));
    world.send("late@example.com").await.expect(410);
    let closed = world.anonymous.get(&world.hosted).await.expect(410).text();
    assert!(closed.contains("This form is closed"));
    assert!(world.settings().await.contains("The time until which it takes answers has passed."));
    // What was stored in time gets its receipt once more.
    sent.post(&world.calls(), &answers("one@example.com")).await.expect(200);
    world.accept(json!({"closes_at": "2026-08-04T10:00:00Z"})).await;
    world.send("late@example.com").await.expect(201);
    assert!(!world.settings().await.contains("takes no answers now"));
}

#[tokio::test]
async fn one_address_answers_once_whichever_way_it_comes_in() {
    let world = World::accepting(json!({"once_by": "field:email"})).await;
    let racing = (0..20).map(|_| world.send("Ada@Example.com"));
    let statuses: Vec<u16> =
        futures::future::join_all(racing).await.iter().map(testing::Reply::status).collect();
    assert_eq!(statuses.iter().filter(|it| **it == 201).count(), 1, "{statuses:?}");
    let refused = world.send("aDa@example.com").await.expect(422);
    assert_eq!(refused.complaints(), ["answers.email:answered_before"]);
    let refused = world.answer(&world.anonymous, "", "ADA@example.com").await.expect(422).text();
    assert!(refused.contains("There is an answer with this already"));
    let bulk = json!({"submissions": [answers("bo@example.com"), answers("BO@example.com")]});
    let report = world.owner.post(&format!("{}/bulk", world.calls()), &bulk).await.expect(200);
    assert_eq!((&report.json()["accepted"], &report.json()["rejected"]), (&json!(1), &json!(1)));

    // Whoever's answer is deleted may answer again.
    let stored = world.stored().await;
    let ada = stored.iter().find(|it| it["answers"]["email"] == "Ada@Example.com").expect("stored");
    world.owner.delete(&format!("/api/submissions/{}", text(&ada["id"]))).await.expect(204);
    world.send("ada@example.com").await.expect(201);
}

/// Whoever names a version that did not ask for the address answers the newest one.
#[tokio::test]
async fn no_earlier_version_lets_anybody_answer_twice() {
    let world = World::accepting(json!({})).await;
    let path = format!("/api/forms/{}", world.form);
    for (required, once) in [(false, None), (true, Some("field:email"))] {
        let email =
            json!({"key": "email", "type": "email", "label": "E-mail", "required": required});
        let name = json!({"key": "name", "type": "short_text", "label": "Name"});
        let fields = if once.is_some() { json!([email]) } else { json!([name, email]) };
        world.owner.patch(&path, &json!({"fields": fields})).await.expect(200);
        world.owner.post(&format!("{path}/publication"), &json!({})).await.expect(200);
        world.accept(json!({"once_by": once})).await;
    }
    let without = json!({"answers": {"name": "Ada"}});
    for version in [1, 2, 3] {
        let page = format!("{}?_version={version}", world.hosted);
        let refused = world.anonymous.post(&page, &without).await.expect(422);
        assert!(refused.complaints().contains(&"answers.email:required".to_owned()), "{version}");
    }
    world
        .anonymous
        .forge(&format!("{}?_version=2", world.hosted), &[("name", "Ada")])
        .await
        .expect(422);
    // The first one asked as the newest does.
    let first = format!("{}?_version=1", world.hosted);
    for status in [201, 422] {
        world.anonymous.post(&first, &answers("ada@example.com")).await.expect(status);
    }
}

#[tokio::test]
async fn one_browser_answers_once() {
    let world = World::accepting(json!({"once_by": "browser"})).await;
    let (ada, bo) = (world.app.anonymous(), world.app.anonymous());
    world.answer(&ada, "", "ada@example.com").await.expect(303);
    let again = world.answer(&ada, "", "ada@example.com").await.expect(409).text();
    assert!(again.contains("You have answered already"));
    world.answer(&bo, "", "bo@example.com").await.expect(303);
    // A browser that takes no cookie is told so, and nothing written is lost.
    let blind = world.app.anonymous();
    blind.get(&world.hosted).await.expect(200);
    blind.set_cookie("");
    let told = blind.forge(&world.hosted, &[("email", "eve@example.com")]).await.expect(422).text();
    assert!(told.contains("knows you by a cookie") && told.contains("eve@example.com"));
    let thanks = format!("{}/thanks", world.hosted);
    assert!(!bo.get(&thanks).await.expect(200).text().contains("Send another"));
    assert_eq!(world.stored().await.len(), 2);
    // Programs with a key are no browsers.
    world.send("ada@example.com").await.expect(201);
}

#[tokio::test]
async fn one_link_answers_once_and_only_links_that_were_signed_answer() {
    let world = World::accepting(json!({"once_by": "link"})).await;
    let links = format!("/api/forms/{}/links", world.form);
    let names = json!({"respondents": ["ada@example.com", "bo.x@example.com"]});
    let made = world.owner.post(&links, &names).await.expect(200).json();
    let query = |index: usize| {
        let url = text(&made["data"][index]["url"]);
        assert!(url.starts_with("http://localhost/f/"), "{url}");
        format!("?{}", url.split_once('?').expect("a query").1)
    };
    let guest = world.app.anonymous();
    world.answer(&guest, &query(0), "ada@example.com").await.expect(303);
    assert_eq!(world.stored().await[0]["metadata"], json!({"respondent": "ada@example.com"}));
    let again = world.answer(&guest, &query(0), "ada@example.com").await.expect(409).text();
    assert!(again.contains("You have answered already"));
    // Whose link it is counts, and not what is said beside it.
    let page = format!("{}{}", world.hosted, query(1));
    let mut claimed = answers("bo@example.com");
    claimed["metadata"] = json!({"respondent": "ada@example.com", "campaign": "spring"});
    for status in [201, 200] {
        guest.sending("idempotency-key", "bo").post(&page, &claimed).await.expect(status);
    }
    let known = json!({"respondent": "bo.x@example.com", "campaign": "spring"});
    assert_eq!(world.stored().await[0]["metadata"], known);
    guest.post(&page, &answers("bo@example.com")).await.expect(409);
    for forged in ["", "?_invited=", &query(0).replace("ada", "eve")] {
        let told = world.answer(&guest, forged, "eve@example.com").await.expect(403).text();
        assert!(told.contains("by invitation"), "{forged}");
        guest.forge(&world.hosted, &[("email", "eve@example.com")]).await.expect(403);
    }
    assert_eq!(world.stored().await.len(), 2);
    world.accept(json!({"once_by": "browser"})).await;
    world.owner.post(&links, &names).await.expect(409);
}

#[tokio::test]
async fn heads_lists_and_the_api_say_when_a_form_takes_nothing() {
    let world = World::accepting(json!({"submission_limit": 1})).await;
    let path = format!("/api/forms/{}", world.form);
    let told = async || {
        let one = world.owner.get(&path).await.expect(200).json()["refusal"].clone();
        let all = world.owner.get("/api/forms").await.expect(200).json();
        assert_eq!(all["data"][0]["refusal"], one);
        let (list, head) = (world.owner.page("forms"), format!("forms/{}", world.form));
        let submissions = world.owner.page(&format!("{head}/submissions"));
        let mut states = Vec::new();
        for page in [list, world.owner.page(&head), submissions] {
            let html = world.owner.get(&page).await.expect(200).text();
            let (_, state) = html.split_once("status__dot\"></span>").expect("a state");
            states.push(state.split("</span>").next().unwrap_or_default().to_owned());
        }
        assert!(states.iter().all(|state| *state == states[0]), "{states:?}");
        (one, states.remove(0))
    };
    assert_eq!(told().await, (Value::Null, "Open".into()));
    world.send("one@example.com").await.expect(201);
    assert_eq!(told().await, (json!("full"), "Full".into()));
    let share = world.owner.page(&format!("forms/{}/share", world.form));
    let share = world.owner.get(&share).await.expect(200).text();
    assert!(share.contains("As many submissions as it takes have come in."));

    // To raise the limit opens it at once, and says so.
    assert_eq!(world.accept(json!({"submission_limit": 2})).await["refusal"], Value::Null);
    assert_eq!(told().await.1, "Open");
    let limits = json!({"submission_limit": 1, "closes_at": "2026-08-03T10:00:00Z"});
    assert_eq!(world.accept(limits).await["refusal"], "full");
    world.app.clock.advance(Duration::from_secs(48 * 60));
    let (refusal, state) = told().await;
    assert_eq!(refusal, "past_closing");
    assert!(state.starts_with("Closed <local-time"), "{state}");
    world.owner.delete(&format!("{path}/publication")).await.expect(200);
    assert_eq!(told().await, (json!("closed"), "Closed".into()));
    world.owner.post(&format!("{path}/archival"), &json!({})).await.expect(200);
    assert_eq!(world.owner.get(&path).await.expect(200).json()["refusal"], "archived");
}

/// What only those invited get into is not offered to everybody.
#[tokio::test]
async fn where_a_form_is_shared_stands_whom_its_address_lets_in() {
    let world = World::accepting(json!({"once_by": "link"})).await;
    let head = format!("forms/{}", world.form);
    for (once_by, open) in [("link", false), ("browser", true)] {
        world.accept(json!({"once_by": once_by})).await;
        for page in [head.clone(), format!("{head}/share")] {
            let html = world.owner.get(&world.owner.page(&page)).await.expect(200).text();
            assert_eq!(
                html.contains("Anyone with this link can answer."),
                open,
                "{once_by} {page}"
            );
            assert_eq!(html.contains("Only for those invited"), !open, "{once_by} {page}");
        }
    }
}

/// Whoever writes an evening in Lisbon finds it as that again, wherever they look at it.
#[tokio::test]
async fn the_last_moment_is_shown_in_the_zone_for_which_it_was_written() {
    let world = World::accepting(json!({"closes_at": "2026-08-31T22:00:00Z"})).await;
    let shown = world.settings().await;
    assert!(shown.contains("<local-moment class=\"field-pair\" data-guess>"), "{shown}");
    assert!(shown.contains("value=\"2026-08-31T22:00\"") && shown.contains("value=\"UTC\""));

    let page = world.owner.page(&format!("forms/{}/settings", world.form));
    let path = format!("/api/forms/{}", world.form);
    let revision = world.owner.get(&path).await.json()["revision"].to_string();
    let pairs = [
        ("revision", revision.as_str()),
        ("closes_at", "2026-08-31T20:00"),
        ("zone", "Europe/Lisbon"),
        ("min_seconds", "2"),
    ];
    world.owner.submit(&page, &pairs).await.expect(303);
    let form = world.owner.get(&path).await.expect(200).json();
    assert_eq!(form["acceptance"]["closes_at"], "2026-08-31T19:00:00Z");
    assert_eq!(form["acceptance"]["closes_zone"], "Europe/Lisbon");
    let shown = world.settings().await;
    assert!(!shown.contains("data-guess"));
    assert!(
        shown.contains("value=\"2026-08-31T20:00\"") && shown.contains("value=\"Europe/Lisbon\"")
    );
    // A copy keeps it; without a moment no zone is kept.
    let copy = world.owner.post(&format!("{path}/copies"), &json!({})).await.expect(201).json();
    assert_eq!(copy["acceptance"]["closes_zone"], "Europe/Lisbon");
    let without = json!({"closes_at": null, "closes_zone": "Europe/Rome"});
    assert_eq!(world.accept(without).await["acceptance"]["closes_zone"], Value::Null);
}

fn wish() -> Value {
    json!({"key": "wish", "type": "yes_no", "label": "May we write to you?"})
}

fn wished() -> Value {
    json!({"field": "wish", "is": "equals", "value": true})
}

#[tokio::test]
async fn what_is_accepted_is_checked_and_shown() {
    let world = World::accepting(json!({})).await;
    let path = format!("/api/forms/{}", world.form);
    for (acceptance, complaint) in [
        (json!({"submission_limit": 0}), "acceptance.submission_limit:out_of_range"),
        (json!({"once_by": "field:none"}), "acceptance.once_by:unknown_field"),
        (json!({"once_by": "face"}), "acceptance.once_by:invalid"),
        (json!({"closes_at": "soon"}), "acceptance.closes_at:invalid"),
        (json!({"limit": 3}), "acceptance.limit:invalid"),
        (json!({"closes_zone": "Mars/North"}), "acceptance.closes_zone:unknown_zone"),
    ] {
        let refused =
            world.owner.patch(&path, &json!({"acceptance": acceptance})).await.expect(422);
        assert_eq!(refused.complaints(), [complaint]);
    }
    let set = json!({"closes_at": "2026-09-01T00:00:00Z", "closes_zone": "Europe/Berlin", "submission_limit": 9,
                     "once_by": "field:email"});
    let form = world.accept(set.clone()).await;
    assert_eq!(form["acceptance"], set);
    // What is not sent stays; null takes it away, and nothing else.
    assert_eq!(world.accept(json!({})).await["acceptance"], set);
    let mut left = set.clone();
    left["submission_limit"] = json!(10);
    assert_eq!(world.accept(json!({"submission_limit": 10})).await["acceptance"], left);
    left["closes_zone"] = Value::Null;
    assert_eq!(world.accept(json!({"closes_zone": null})).await["acceptance"], left);
    assert_eq!(world.accept(set.clone()).await["acceptance"], set);
    // It holds at once, so nothing waits for the next publication.
    assert_eq!(form["changed"], false);
    // A question that tells people apart is asked of everybody: no condition hides it or its page.
    for fields in [
        json!([wish(), {"key": "email", "type": "email", "label": "E-mail", "required": true, "show_if": wished()}]),
        json!([wish(), {"key": "more", "type": "page", "show_if": wished()},
               {"key": "email", "type": "email", "label": "E-mail", "required": true}]),
        json!([{"key": "email", "type": "email", "label": "E-mail"}]),
    ] {
        world.owner.patch(&path, &json!({"fields": fields})).await.expect(200);
        let refused =
            world.owner.post(&format!("{path}/publication"), &json!({})).await.expect(422);
        assert_eq!(refused.complaints(), ["acceptance.once_by:inconsistent"]);
    }
    // Nor can it go unnoticed.
    let change = json!({"fields": [{"key": "name", "type": "short_text", "label": "Name"}]});
    world.owner.patch(&path, &change).await.expect(200);
    let refused = world.owner.post(&format!("{path}/publication"), &json!({})).await.expect(422);
    assert_eq!(refused.complaints(), ["acceptance.once_by:unknown_field"]);
    let refused = refused.json();
    let told = text(&refused["detail"]);
    assert!(told.contains("ask it as before") && !told.contains("publish it"), "{told}");
    // It holds at once, so it is by what is asked already, until another version is.
    let by = async |key: &str| {
        world.owner.patch(&path, &json!({"acceptance": {"once_by": format!("field:{key}")}})).await
    };
    let phone = json!({"key": "phone", "type": "phone", "label": "Phone", "required": true});
    let email = json!({"key": "email", "type": "email", "label": "E-mail", "required": true});
    world.owner.patch(&path, &json!({"fields": [phone]})).await.expect(200);
    assert_eq!(by("phone").await.expect(422).complaints(), ["acceptance.once_by:unknown_field"]);
    by("email").await.expect(200);
    world.owner.patch(&path, &json!({"fields": [phone, email]})).await.expect(200);
    world.owner.post(&format!("{path}/publication"), &json!({})).await.expect(200);
    by("phone").await.expect(200);
    let viewer = world.app.join(&world.owner, Role::Viewer).await;
    viewer.patch(&path, &json!({"acceptance": {}})).await.expect(403);
}
