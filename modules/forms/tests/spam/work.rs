//! A form that has the browser compute for a moment.

use kernel::sha256_hex;
use serde_json::json;

use crate::world::World;

const NONE: &str = "Its browser did not do the work that the form asks for.";
const OTHER: &str = "Its browser did other work than the form asks for.";

/// What a browser looks for: the first number whose hash behind the stamp begins with 17 zero bits.
pub(crate) fn worked(ticket: &str) -> String {
    let (said, stamp) = ticket.split_once('.').expect("a stamp");
    assert!(said.ends_with("-17"), "{ticket}");
    let proves = |number: &String| {
        let digest = sha256_hex(format!("{stamp}.{number}"));
        digest.starts_with("0000") && digest.as_bytes()[4] < b'8'
    };
    (0_u64..).map(|number| number.to_string()).find(proves).expect("there is one")
}

#[tokio::test]
async fn what_comes_without_the_work_is_kept_apart_and_the_work_counts_once() {
    let world = World::new().await;
    let before = world.open().await;
    world.protect(json!({"proof_of_work": true, "min_seconds": 0})).await.expect(200);
    let opened = world.open().await;
    let proof = worked(&opened.ticket);
    let send = async |message, ticket: &str, proof: &str| {
        let pairs = [("message", message), ("_ticket", ticket), ("_proof", proof)];
        world.send(&world.anonymous, &pairs).await;
    };
    send("none", &opened.ticket, "").await;
    send("wrong", &opened.ticket, "12").await;
    send("nonsense", &opened.ticket, "1e5").await;
    send("right", &opened.ticket, &proof).await;
    send("again", &opened.ticket, &proof).await;
    world.send(&world.anonymous, &[("message", "no ticket"), ("_proof", &proof)]).await;
    // Its page did not ask for it.
    send("from an earlier page", &before.ticket, "").await;
    send("and once more", &before.ticket, "").await;
    let mut reasons = world.reasons().await;
    reasons.sort();
    let wanted = [
        ("again", "Its ticket was used before."),
        ("and once more", "Its ticket was used before."),
        ("no ticket", "It did not come from the form’s page."),
        ("none", NONE),
        ("nonsense", OTHER),
        ("wrong", OTHER),
    ];
    assert_eq!(reasons, wanted.map(|(message, reason)| (message.to_owned(), reason.to_owned())));
    assert_eq!(world.tray("open").await.len(), 2);
}

#[tokio::test]
async fn what_is_sent_twice_uses_its_ticket_once() {
    let world = World::new().await;
    world.protect(json!({"proof_of_work": true, "min_seconds": 0})).await.expect(200);
    let opened = world.open().await;
    let proof = worked(&opened.ticket);
    let pairs = [
        ("message", "the same"),
        ("_ticket", opened.ticket.as_str()),
        ("_proof", &proof),
        ("_key", "0123456789"),
    ];
    for _ in 0..3 {
        world.send(&world.anonymous, &pairs).await;
    }
    assert_eq!((world.tray("open").await.len(), world.tray("spam").await.len()), (1, 0));
}

#[tokio::test]
async fn a_mistake_costs_no_second_work() {
    let world = World::asking(json!([
        {"key": "email", "type": "email", "label": "E-mail", "required": true},
    ]))
    .await;
    world.protect(json!({"proof_of_work": true, "min_seconds": 0})).await.expect(200);
    let opened = world.open().await;
    let proof = worked(&opened.ticket);
    let wrong = [("email", "x"), ("_ticket", opened.ticket.as_str()), ("_proof", &proof)];
    let refused = world.anonymous.submit(&world.hosted, &wrong).await.expect(422).text();
    assert!(refused.contains(&format!("name=\"_proof\" value=\"{proof}\"")));
    assert!(refused.contains("<form-proof") && refused.contains("proof_worker"));
    let right = [("email", "a@b.de"), ("_ticket", opened.ticket.as_str()), ("_proof", &proof)];
    world.send(&world.anonymous, &right).await;
    assert_eq!((world.tray("open").await.len(), world.tray("spam").await.len()), (1, 0));
}

#[tokio::test]
async fn a_form_that_asks_for_no_work_loads_nothing_for_it() {
    let world = World::new().await;
    let page = world.anonymous.get(&world.hosted).await.expect(200).text();
    assert!(!page.contains("form-proof") && !page.contains("_proof"));
}
