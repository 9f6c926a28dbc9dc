//! What comes by the form's page, from people and from programs.

use serde_json::{Value, json};

use crate::world::{Opened, World, text};

const UNSEEN: &str = "It answered a question that people do not see.";
const TICKETLESS: &str = "It did not come from the form’s page.";
const FORGED: &str = "Its ticket was not given out by the form’s page.";
const QUICK: &str = "It was sent less than 2 seconds after the form’s page was opened.";

#[tokio::test]
async fn what_answers_the_unseen_question_is_told_to_nobody_until_it_is_released() {
    let world = World::new().await;
    let opened = world.open().await;
    world.wait(30);
    let bot = [
        ("message", "Cheap watches"),
        ("_ticket", &opened.ticket),
        (&opened.honeypot, "https://watches.example"),
    ];
    world.send(&world.anonymous, &bot).await;
    world.write(&world.anonymous, "Hello").await;
    let open = world.tray("open").await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["answers"], json!({"message": "Hello"}));
    let spam = world.tray("spam").await;
    // What was written there is not kept: it is no answer.
    assert_eq!(spam[0]["answers"], json!({"message": "Cheap watches"}));
    assert_eq!((spam.len(), text(&spam[0]["spam_reason"])), (1, UNSEEN.to_owned()));
    assert_eq!(world.told().await, 1);

    let sheet = world.owner.page(&format!("submissions/{}", text(&spam[0]["id"])));
    let sheet = world.owner.get(&sheet).await.expect(200).text();
    assert!(sheet.contains("This lies in spam") && sheet.contains(UNSEEN), "{sheet}");
    assert!(sheet.contains("<strong>Mewayz</strong> put it into spam: It answered"));
    let list = world.owner.page(&format!("forms/{}/submissions?tray=spam", world.form));
    assert!(world.owner.get(&list).await.expect(200).text().contains(UNSEEN));

    world.release(&spam[0]).await;
    assert_eq!((world.told().await, world.tray("open").await.len()), (2, 2));
    // Counted once more, for something else has come in, it stays where people have put it.
    world.write(&world.anonymous, "Hello again").await;
    assert_eq!((world.tray("open").await.len(), world.tray("spam").await.len()), (3, 0));
    assert_eq!(world.told().await, 3);
}

#[tokio::test]
async fn what_comes_too_soon_or_without_a_page_is_kept_apart() {
    let world = World::new().await;
    let other = World::new().await;
    let send = async |message, ticket: &str| {
        world.send(&world.anonymous, &[("message", message), ("_ticket", ticket)]).await;
    };
    let opened = world.open().await;
    let foreign = other.open().await;
    send("at once", &opened.ticket).await;
    world.wait(1);
    send("after a second", &opened.ticket).await;
    world.wait(1);
    send("after two", &opened.ticket).await;
    world.send(&world.anonymous, &[("message", "no ticket")]).await;
    send("another form's", &foreign.ticket).await;
    send("an empty one", "").await;
    let fresher = format!("{}{}", "7", &opened.ticket[1..]);
    send("a changed one", &fresher).await;
    // A draft may lie for a month before it is sent.
    world.wait(45 * 24 * 3600);
    send("an old draft", &opened.ticket).await;
    world.wait(16 * 24 * 3600);
    send("too old", &opened.ticket).await;
    let quick = ["at once", "after a second"].map(|it| (it, QUICK));
    let forged = ["another form's", "an empty one", "a changed one"].map(|it| (it, FORGED));
    let old = ("too old", "The form’s page was opened more than 60 days before.");
    let mut wanted = [&quick[..], &[("no ticket", TICKETLESS)], &forged[..], &[old]].concat();
    let mut reasons = world.reasons().await;
    reasons.sort();
    wanted.sort_unstable();
    let told: Vec<(&str, &str)> = reasons.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(told, wanted);
    let open = world.tray("open").await;
    let open: Vec<String> = open.iter().map(|it| text(&it["answers"]["message"])).collect();
    assert_eq!(open, ["an old draft", "after two"]);
}

#[tokio::test]
async fn an_address_has_a_measure_and_what_is_beyond_it_is_kept_apart() {
    let world = World::new().await;
    world.protect(json!({"min_seconds": 0, "hourly_limit": 2})).await.expect(200);
    let send = async |address: &str, message: &str| {
        let who = world.anonymous.from_address(address);
        world.send(&who, &[("message", message)]).await;
    };
    for message in ["one", "two", "three"] {
        send("192.0.2.7", message).await;
    }
    // One's neighbours of IPv6 are oneself.
    for (host, message) in [("::1", "six one"), ("::2", "six two"), (":ffff::3", "six three")] {
        send(&format!("2001:db8:1:2{host}"), message).await;
    }
    send("192.0.2.8", "someone else").await;
    world.wait(3_600);
    send("192.0.2.7", "an hour later").await;
    let beyond = "More than 2 came from its address within an hour.".to_owned();
    let wanted = ["three", "six three"].map(|it| (it.to_owned(), beyond.clone()));
    assert_eq!(world.reasons().await, wanted);
    assert_eq!(world.tray("open").await.len(), 6);
}

#[tokio::test]
async fn a_page_sent_twice_counts_once_for_its_address() {
    let world = World::new().await;
    world.protect(json!({"min_seconds": 0, "daily_limit": 2})).await.expect(200);
    let again = [("message", "the same"), ("_key", "0123456789")];
    for _ in 0..5 {
        world.send(&world.anonymous, &again).await;
    }
    world.send(&world.anonymous, &[("message", "another")]).await;
    world.send(&world.anonymous, &[("message", "a third")]).await;
    let beyond = "More than 2 came from its address within a day.".to_owned();
    assert_eq!(world.reasons().await, [("a third".to_owned(), beyond)]);
}

#[tokio::test]
async fn keys_of_the_api_are_never_judged() {
    let world = World::new().await;
    world.protect(json!({"hourly_limit": 1})).await.expect(200);
    let program = world.owner.with_key(&["*"]).await;
    let calls = format!("/api/forms/{}/submissions", world.form);
    for number in 0..3 {
        let body = json!({"answers": {"message": number.to_string()}});
        program.post(&calls, &body).await.expect(201);
    }
    let items = json!({"submissions": [{"answers": {}}, {"answers": {}}]});
    program.post(&format!("{calls}/bulk"), &items).await.expect(200);
    assert_eq!((world.tray("open").await.len(), world.tray("spam").await.len()), (5, 0));
}

#[tokio::test]
async fn a_page_of_somebodys_own_fetches_a_ticket() {
    let world = World::new().await;
    let body = |message: &str| json!({"answers": {"message": message}});
    world.anonymous.post(&world.hosted, &body("without")).await.expect(201);
    let ticket = world.anonymous.get(&format!("{}/ticket", world.hosted)).await.expect(200);
    assert_eq!(ticket.header("cache-control"), "no-store");
    let address = format!("{}?_ticket={}", world.hosted, text(&ticket.json()["ticket"]));
    world.anonymous.post(&address, &body("too soon")).await.expect(201);
    world.wait(2);
    world.anonymous.post(&address, &body("in time")).await.expect(201);
    let wanted = [("without", TICKETLESS), ("too soon", QUICK)];
    let reasons = world.reasons().await;
    let told: Vec<(&str, &str)> = reasons.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(told, wanted);
}

#[tokio::test]
async fn a_form_in_parts_and_a_mistake_count_from_when_the_first_page_was_opened() {
    let world = World::asking(json!([
        {"key": "message", "type": "long_text", "label": "Message"},
        {"type": "page", "label": "More"},
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
    ]))
    .await;
    let opened = world.open().await;
    world.wait(5);
    let first = [("_page", "1"), ("message", "Hello"), ("_ticket", &opened.ticket)];
    let next = world.anonymous.submit(&world.hosted, &first).await.expect(200).text();
    let (honeypot, next) = (opened.honeypot.clone(), Opened::read(&next));
    assert_eq!((next.ticket.as_str(), &next.honeypot), (opened.ticket.as_str(), &honeypot));
    let wrong = [("_page", "2"), ("message", "Hello"), ("email", "x"), ("_ticket", &next.ticket)];
    let refused = world.anonymous.submit(&world.hosted, &wrong).await.expect(422).text();
    assert_eq!(Opened::read(&refused).ticket, opened.ticket);
    let right =
        [("_page", "2"), ("message", "Hello"), ("email", "a@b.de"), ("_ticket", &next.ticket)];
    world.send(&world.anonymous, &right).await;
    assert_eq!(world.tray("open").await.len(), 1);

    // A program is found out by what it wrote on the first page.
    let bot = [("_page", "1"), ("_ticket", &opened.ticket), (&honeypot, "spam \"here\"")];
    let next = world.anonymous.submit(&world.hosted, &bot).await.expect(200).text();
    assert!(next.contains("value=\"spam &quot;here&quot;\""), "{next}");
}

#[tokio::test]
async fn nobody_is_led_into_the_trap_by_a_link() {
    let world = World::new().await;
    let opened = world.open().await;
    let link = format!("{}?{}=x&_ticket=y", world.hosted, opened.honeypot);
    let page = world.anonymous.get(&link).await.expect(200).text();
    assert!(!page.contains("value=\"x\"") && !page.contains("value=\"y\""), "{page}");
    let unseen: Vec<&str> = page.split("aria-hidden=\"true\" inert").collect();
    assert_eq!(unseen.len(), 2);
    assert!(unseen[1].contains("tabindex=\"-1\"") && unseen[1].contains("autocomplete=\"off\""));
}

#[tokio::test]
async fn a_flood_is_put_apart_and_costs_nobody_else_a_thing() {
    let world = World::new().await;
    let flood = async |number: usize| {
        let body = json!({"answers": {"message": format!("spam {number}")}});
        world.anonymous.post(&world.hosted, &body).await.expect(201);
    };
    futures::future::join_all((0..300).map(flood)).await;
    world.write(&world.anonymous, "Hello").await;
    let open: Vec<Value> = world.tray("open").await;
    assert_eq!((open.len(), world.tray("spam").await.len()), (1, 200));
    assert_eq!(world.told().await, 1);
    let page = world.owner.page(&format!("forms/{}/submissions?tray=spam", world.form));
    assert!(world.owner.get(&page).await.expect(200).text().contains("300"));
}
