//! The answer to who answered.

use serde_json::json;

use crate::{
    server::{plain, taken},
    world::{HOUR, a_form, detail, log, notice, settle, start, submit, text},
};

#[tokio::test]
#[ignore = "needs the server of bin/lib/with_mail.sh"]
async fn whoever_answers_is_answered() {
    let (app, _, program) = start(Some(plain())).await;
    let form = a_form(&program).await;
    let change = json!({
        "enabled": true,
        "field": "email",
        "reply_to": "desk@example.com",
        "subject": "Thank you, {{field:name|friend}}",
        "body": "# Thank you\n\nYou wished for: {{field:wish|nothing}}.\n\n{{answers}}",
    });
    notice(&program, &form, "respondent", change).await;
    let to = format!("grace.{form}@example.com");
    let evil = "<img src=x onerror=alert(1)> [here](https://evil.example)";
    let answers = [json!({"name": "Grace", "email": to, "wish": evil}), json!({"name": "Nobody"})];
    submit(&program, &form, &answers).await;
    settle(&app).await;
    let taken = taken(&to).await;
    assert_eq!(taken.len(), 1);
    let html = text(&taken[0]["html"]);
    assert!(!html.contains("<img") && !html.contains("href=\"https://evil"), "{html}");
    assert!(text(&taken[0]["text"]).contains("You wished for: <img src=x"));
    assert_eq!(log(&program, &format!("about={form}")).await.len(), 1);
}

#[tokio::test]
async fn nobody_can_have_the_letter_box_of_another_filled() {
    let (app, _, program) = start(None).await;
    let (form, other) = (a_form(&program).await, a_form(&program).await);
    for form in [&form, &other] {
        notice(&program, form, "respondent", json!({"enabled": true, "field": "email"})).await;
    }
    let victim = json!({"email": "Victim@example.com"});
    let spelt = ["Victim", "victim", "VICTIM", "vIctim", "vicTim"];
    let spelt = spelt.map(|local| json!({"email": format!("{local}@example.com")}));
    submit(&program, &form, &spelt).await;
    settle(&app).await;
    submit(&program, &other, &[victim.clone(), json!({"email": "grace@example.com"})]).await;
    settle(&app).await;
    assert_eq!(log(&program, "recipient=Victim@example.com").await.len(), 3);
    assert_eq!(log(&program, "recipient=grace@example.com").await.len(), 1);
    let kept = |form: String| {
        let program = &program;
        async move {
            program.get(&format!("/api/forms/{form}/notices")).await.expect(200).json()["respondent"]
                ["withheld"]
                .clone()
        }
    };
    assert_eq!((kept(form.clone()).await, kept(other).await), (json!(2), json!(1)));
    app.clock.advance(HOUR);
    submit(&program, &form, &[victim]).await;
    settle(&app).await;
    assert_eq!(log(&program, "recipient=Victim@example.com").await.len(), 4);
}

#[tokio::test]
async fn a_form_answers_only_so_many_in_an_hour() {
    let (app, _, program) = start(None).await;
    let form = a_form(&program).await;
    let change = json!({"enabled": true, "field": "email", "hourly_cap": 3});
    notice(&program, &form, "respondent", change).await;
    let each = |number| json!({"email": format!("r{number}@example.com")});
    submit(&program, &form, &(0..10).map(each).collect::<Vec<_>>()).await;
    settle(&app).await;
    assert_eq!(log(&program, &format!("about={form}")).await.len(), 3);
    app.clock.advance(HOUR);
    submit(&program, &form, &[each(11)]).await;
    settle(&app).await;
    let log = log(&program, &format!("about={form}")).await;
    assert_eq!(log.len(), 4);
    assert_eq!(detail(&program, &log[3]).await["mail"]["to"], "r11@example.com");
}
