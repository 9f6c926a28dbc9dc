//! The page of insights, and what the call for it refuses.

use std::time::Duration;

use serde_json::json;

use super::world::World;

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test]
async fn bars_lead_to_what_is_behind_them() {
    let world = World::new(11).await;
    world.receive(40).await;
    world.work().await;
    let page = world.owner.page(&format!("forms/{}/insights", world.form));
    let text = world.viewer.get(&page).await.expect(200).text();
    for part in [
        "Submissions by day",
        "Net Promoter Score",
        "Topic",
        "A note",
        "answers.topic=order&amp;tray=kept",
    ] {
        assert!(text.contains(part), "{part}");
    }
    // Whoever may not change forms does not set the time zone of all.
    assert!(!text.contains("time_zone\""));
    let list = text.split("href=\"").find(|it| it.contains("submissions?answers.topic=order"));
    let list = list.and_then(|it| it.split('"').next()).expect("a link").replace("&amp;", "&");
    let rows = world.viewer.get(&list).await.expect(200).text();
    let counted = world.insights("").await["fields"][0]["bars"][0]["count"].clone();
    assert_eq!(
        rows.matches("<tr id=").count(),
        usize::try_from(counted.as_u64().expect("a count")).expect("few")
    );
}

#[tokio::test]
async fn two_periods_are_compared() {
    let world = World::new(12).await;
    world.receive(8).await;
    world.app.clock.advance(10 * DAY);
    world.receive(28).await;
    world.work().await;
    let whole = world.insights("").await;
    let (first, last) =
        (whole["since"].as_str().expect("a day"), whole["until"].as_str().expect("a day"));
    assert_eq!((whole["submission_count"].clone(), whole["by"].clone()), (json!(40), json!("day")));
    let chosen = format!(
        "since={last}&until={last}&compare=chosen&compare_since={first}&compare_until={first}"
    );
    let told = world.insights(&chosen).await;
    assert_eq!(
        (&told["submission_count"], &told["earlier"]["submission_count"]),
        (&json!(30), &json!(10))
    );
    let now = world.insights(&format!("since={last}")).await;
    let before = world.insights(&format!("until={first}")).await;
    for (index, field) in told["fields"].as_array().expect("fields").iter().enumerate() {
        let (now, before) = (&now["fields"][index], &before["fields"][index]);
        assert_eq!(field["answered_count"], now["answered_count"]);
        assert_eq!(field["earlier_answered_count"], before["answered_count"]);
        assert_eq!(field["earlier_nps"], before["nps"]);
        let earlier: i64 = field["bars"]
            .as_array()
            .expect("bars")
            .iter()
            .filter_map(|bar| bar["earlier_count"].as_i64())
            .sum();
        let counted: i64 = before["bars"]
            .as_array()
            .expect("bars")
            .iter()
            .filter_map(|bar| bar["count"].as_i64())
            .sum();
        assert_eq!(earlier, counted, "{}", field["key"]);
    }
    let previous = world.insights(&format!("since={last}&compare=previous")).await;
    assert_eq!(previous["earlier"]["submission_count"], 0);
    let page = world.owner.page(&format!("forms/{}/insights?{chosen}", world.form));
    let page = world.owner.get(&page).await.expect(200).text();
    assert!(page.contains("200 % more than 10 before") && page.contains("compared with"));
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let world = World::new(13).await;
    for (query, field) in [
        ("since=yesterday", "since"),
        ("since=2026-02-02&until=2026-02-01", "until"),
        // Nobody looks at so many years, and each month of them would be a point.
        ("since=0001-01-01", "since"),
        ("since=0001-01-01&until=9999-12-31&by=month", "since"),
        ("compare=chosen&compare_since=0001-01-01&compare_until=9999-12-31", "compare_since"),
        ("by=hour", "by"),
        ("compare=chosen", "compare_since"),
        ("compare=all", "compare"),
    ] {
        let path = format!("/api/forms/{}/insights?{query}", world.form);
        let refused = world.program.get(&path).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], field, "{query}");
    }
    let unknown = json!({"time_zone": "Europe/Atlantis"});
    world.put(&world.program, "/api/insight_settings", &unknown).await.expect(422);
    let none = world.owner.page(&format!("forms/{}/insights", world.form));
    let page = world.owner.get(&none).await.expect(200).text();
    assert!(page.contains("No views and no answers yet"));
    let zone = world.owner.page(&format!("forms/{}/insights/time_zone", world.form));
    let refused =
        world.owner.submit(&zone, &[("time_zone", "Mars/Olympus")]).await.expect(422).text();
    assert!(
        refused.contains("Mars/Olympus")
            && refused.contains("Name a time zone of the IANA database")
    );
    world.owner.submit(&zone, &[("time_zone", "Asia/Tokyo")]).await.expect(303);
    assert_eq!(world.get("/api/insight_settings").await["time_zone"], "Asia/Tokyo");
}
