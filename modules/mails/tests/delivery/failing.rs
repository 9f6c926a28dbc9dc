//! What happens when the server says no, says nothing, or is not there.

use std::time::Duration;

use mails::{Mails, Settings, Smtp};
use serde_json::json;

use crate::{
    server::{header, places, plain, taken, way},
    world::{address, detail, log, mail, outcomes, start, write},
};

/// The server, to whose certificate nobody vouches.
fn of_strangers(name: &str, address: &str) -> Smtp {
    let url = address.replace("{}", &places()[name]);
    Smtp::parse(&url, "forms@example.com", None).expect("a server")
}

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_mail_that_is_to_come_later_comes_later() {
    let (app, owner) = start(Some(plain())).await;
    let to = address("later-2");
    write(&app, &owner, vec![mail(&to)]).await;
    app.drain_jobs().await;
    let first = detail(&owner, &to).await;
    assert_eq!(first["mail"]["state"], "pending");
    assert_eq!(first["mail"]["last_answer"], "451 4.7.1 Greylisted, come back later");
    app.drain_jobs().await;
    assert_eq!(outcomes(&detail(&owner, &to).await).len(), 1, "not before its time");
    app.clock.advance(Duration::from_secs(90));
    app.drain_jobs().await;
    app.clock.advance(Duration::from_secs(6 * 60));
    app.drain_jobs().await;
    let last = detail(&owner, &to).await;
    let wanted = [json!(["sent", 250]), json!(["refused", 451]), json!(["refused", 451])];
    assert_eq!(outcomes(&last), wanted);
    assert_eq!((taken(&to).await.len(), &last["mail"]["state"]), (1, &json!("sent")));
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_refusal_for_ever_is_final_and_harms_no_other_mail() {
    let (app, owner) = start(Some(plain())).await;
    let (never, full, fine) = (address("never"), address("full"), address("fine"));
    write(&app, &owner, [&never, &full, &fine].map(|to| mail(to)).to_vec()).await;
    app.drain_jobs().await;
    app.clock.advance(HOUR);
    app.drain_jobs().await;
    for (to, status) in [(&never, 550), (&full, 552)] {
        let detail = detail(&owner, to).await;
        assert_eq!(detail["mail"]["state"], "failed");
        assert_eq!(outcomes(&detail), [json!(["refused", status])]);
    }
    assert_eq!(taken(&fine).await.len(), 1);
    // By hand, one or all.
    let id = detail(&owner, &never).await["mail"]["id"].as_str().expect("an id").to_owned();
    owner.post(&format!("/api/mails/{id}/redelivery"), &json!({})).await.expect(202);
    app.drain_jobs().await;
    owner.post("/api/mails/redeliveries", &json!({})).await.expect(202);
    app.drain_jobs().await;
    assert_eq!(outcomes(&detail(&owner, &never).await).len(), 3);
    assert_eq!(outcomes(&detail(&owner, &full).await).len(), 2);
    assert_eq!(outcomes(&detail(&owner, &fine).await).len(), 1);
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn what_is_wrong_with_ourselves_is_no_mails_fault() {
    let wrong = way("implicit", "smtps://forms%40example.com:wrong@localhost:{}");
    let stranger = of_strangers("implicit", "smtps://u:p@localhost:{}");
    let bare = way("plain", "smtp://127.0.0.1:{}?tls=required");
    let nobody = Smtp::parse("smtp://127.0.0.1:9", "forms@example.com", None).expect("a server");
    for (smtp, said) in
        [(wrong, "535"), (stranger, "certificate"), (bare, "STARTTLS"), (nobody, "refused")]
    {
        let (app, owner) = start(Some(smtp)).await;
        let to = address("ada");
        write(&app, &owner, vec![mail(&to)]).await;
        app.drain_jobs().await;
        let detail = detail(&owner, &to).await;
        let answer = detail["mail"]["last_answer"].as_str().expect("an answer").to_owned();
        assert!(answer.contains(said), "{said}: {answer}");
        assert_eq!(
            (&detail["mail"]["state"], &detail["attempts"][0]["outcome"]),
            (&json!("pending"), &json!("not_sent"))
        );
        assert!(taken(&to).await.is_empty());
    }
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn after_two_and_a_half_days_a_mail_is_given_up() {
    let nobody = Smtp::parse("smtp://127.0.0.1:9", "forms@example.com", None).expect("a server");
    let (app, owner) = start(Some(nobody)).await;
    let to = address("ada");
    write(&app, &owner, vec![mail(&to)]).await;
    for _ in 0..90 {
        app.drain_jobs().await;
        app.clock.advance(HOUR);
    }
    let detail = detail(&owner, &to).await;
    assert_eq!((&detail["mail"]["state"], outcomes(&detail).len()), (&json!("failed"), 11));
    let events = owner.get("/api/mails?state=failed").await.expect(200).json();
    assert_eq!(events["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn a_server_that_hangs_up_may_have_taken_it_and_can_tell() {
    let (app, owner) = start(Some(plain())).await;
    let to = address("drop-1");
    write(&app, &owner, vec![mail(&to)]).await;
    app.drain_jobs().await;
    assert_eq!(outcomes(&detail(&owner, &to).await), [json!(["unknown", null])]);
    app.clock.advance(Duration::from_secs(90));
    app.drain_jobs().await;
    let wanted = [json!(["sent", 250]), json!(["unknown", null])];
    assert_eq!(outcomes(&detail(&owner, &to).await), wanted);
    let taken = taken(&to).await;
    assert_eq!(taken.len(), 2);
    assert_eq!(header(&taken[0], "message-id"), header(&taken[1], "message-id"));
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn what_a_dying_worker_left_is_sent_again_under_the_same_name() {
    let (app, owner) = start(Some(plain())).await;
    let to = address("slow-3");
    write(&app, &owner, vec![mail(&to)]).await;
    // It dies while the server thinks about it.
    let dies = async {
        while taken(&to).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        _ = app.drain_jobs() => panic!("it was to die"),
        () = dies => {}
    }
    assert_eq!(detail(&owner, &to).await["mail"]["state"], "sending");
    app.clock.advance(HOUR);
    app.drain_jobs().await;
    let detail = detail(&owner, &to).await;
    assert_eq!(outcomes(&detail), [json!(["sent", 250]), json!(["unknown", null])]);
    let taken = taken(&to).await;
    assert_eq!(taken.len(), 2);
    assert_eq!(header(&taken[0], "message-id"), header(&taken[1], "message-id"));
}

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn without_a_server_mails_wait_for_one_but_not_for_ever() {
    let (app, owner) = start(None).await;
    let (old, new) = (address("old"), address("new"));
    write(&app, &owner, vec![mail(&old)]).await;
    app.drain_jobs().await;
    owner.post("/api/mails/test", &json!({"to": "ada0@example.com"})).await.expect(409);
    app.clock.advance(4 * 24 * HOUR);
    write(&app, &owner, vec![mail(&new)]).await;
    app.drain_jobs().await;
    for to in [&old, &new] {
        let log = log(&owner, to).await;
        assert_eq!((&log[0]["state"], &log[0]["attempts"]), (&json!("pending"), &json!(0)));
    }
    // The same house, started again with a server.
    let settings = Settings { master_key: [7; 32], smtp: Some(plain()) };
    let again = app
        .another_process_with(|parts| vec![Box::new(Mails::new(parts.house.clone(), settings))])
        .await;
    again.clock.advance(Duration::from_secs(60));
    again.drain_jobs().await;
    assert_eq!((taken(&new).await.len(), taken(&old).await.len()), (1, 0));
    let stale = detail(&owner, &old).await;
    assert_eq!(stale["mail"]["state"], "failed");
    assert!(stale["mail"]["last_answer"].as_str().is_some_and(|text| text.contains("three days")));
}
