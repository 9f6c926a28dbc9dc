//! Exports that are made by themselves.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, text};

const HOUR: Duration = Duration::from_secs(3_600);

async fn scheduled(world: &World) -> Vec<Value> {
    let exports = format!("/api/forms/{}/exports", world.form);
    let list = world.program.get(&exports).await.expect(200).json();
    list["data"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_schedule_fires_once_a_day_and_once_for_all_that_was_missed() {
    let world = World::with(json!([{"key": "it", "type": "short_text", "label": "It"}])).await;
    let schedules = format!("/api/forms/{}/export-schedules", world.form);
    // It is 09:12 UTC, 11:12 in Berlin.
    let order = json!({"export": {"format": "jsonl"}, "every": "day", "at": "12:00",
                       "time_zone": "Europe/Berlin", "kept_days": 30});
    let made = world.program.post(&schedules, &order).await.expect(201).json();
    assert_eq!(made["next_at"], "2026-08-03T10:00:00Z");
    world.settle().await;
    assert!(scheduled(&world).await.is_empty());
    for _ in 0..3 {
        world.app.clock.advance(HOUR);
        world.app.drain_jobs().await;
    }
    let first = scheduled(&world).await;
    assert_eq!(first.len(), 1);
    assert_eq!((&first[0]["status"], &first[0]["schedule_id"]), (&json!("done"), &made["id"]));
    assert!(text(&first[0]["expires_at"]).starts_with("2026-09-02"));
    world.app.clock.advance(5 * 24 * HOUR);
    world.app.drain_jobs().await;
    assert_eq!(scheduled(&world).await.len(), 2, "five days stood still");
    let schedule = format!("/api/export-schedules/{}", text(&made["id"]));
    world.program.delete(&schedule).await.expect(204);
    world.app.clock.advance(48 * HOUR);
    world.app.drain_jobs().await;
    assert_eq!(scheduled(&world).await.len(), 2);
    world.program.delete(&schedule).await.expect(404);
}

#[tokio::test]
async fn a_schedule_is_a_setting_of_the_form() {
    let world = World::with(json!([{"key": "it", "type": "short_text", "label": "It"}])).await;
    let schedules = format!("/api/forms/{}/export-schedules", world.form);
    let order = json!({"export": {"format": "csv"}, "every": "month", "at": "25:00",
                       "time_zone": "Mars/Olympus", "on_day": 32, "kept_days": 0});
    let refused = world.program.post(&schedules, &order).await.expect(422);
    let wanted =
        ["on_day:out_of_range", "kept_days:out_of_range", "at:invalid", "time_zone:unknown"];
    assert_eq!(refused.complaints(), wanted);
    let viewer = world.app.join(&world.owner, kernel::Role::Viewer).await;
    viewer.post(&schedules, &order).await.expect(403);
    viewer.get(&schedules).await.expect(200);

    let page = world.owner.page(&format!("forms/{}/export-schedules", world.form));
    let asked = [("format", "csv"), ("every", "week"), ("on_day", "5"), ("at", "06:30")];
    world.owner.submit(&page, &asked).await.expect(303);
    let shown = world.owner.get(&world.owner.page(&format!("forms/{}/exports", world.form))).await;
    let shown = shown.expect(200).text();
    assert!(shown.contains("Every Friday at 06:30 (UTC)"), "{shown}");
    let (_, rest) = shown.split_once("/export-schedules/exs_").expect("it can be deleted");
    let id = rest.split('/').next().unwrap_or_default();
    let deletion = world.owner.page(&format!("export-schedules/exs_{id}/deletion"));
    world.owner.submit::<[(&str, &str)]>(&deletion, &[]).await.expect(303);
    let wrong = [("format", "csv"), ("every", "week"), ("at", "half past six")];
    let refused = world.owner.submit(&page, &wrong).await.expect(422).text();
    assert!(refused.contains("Write the time of day as 06:30.") && refused.contains("<details"));
}

#[tokio::test]
async fn a_schedule_has_columns_and_a_zone_for_its_times() {
    let world = World::with(json!([{"key": "it", "type": "short_text", "label": "It"}])).await;
    let exports = world.owner.page(&format!("forms/{}/exports", world.form));
    let shown = world.owner.get(&format!("{exports}?columns=it,received_at")).await;
    let shown = shown.expect(200).text();
    assert!(shown.contains("id=\"schedule-columns\"") && shown.contains("schedule-times_in"));

    let page = world.owner.page(&format!("forms/{}/export-schedules", world.form));
    let asked = |zone| {
        [
            ("format", "csv"),
            ("every", "day"),
            ("at", "12:00"),
            ("columns", "it,received_at"),
            ("listed_columns", "it,received_at"),
            ("times_in", zone),
            ("delimiter", "semicolon"),
        ]
    };
    let refused = world.owner.submit(&page, &asked("Mars")).await.expect(422).text();
    assert!(
        refused.contains("Choose a time zone by its name") && refused.contains("value=\"Mars\"")
    );
    world.owner.submit(&page, &asked("Asia/Tokyo")).await.expect(303);

    let schedules = format!("/api/forms/{}/export-schedules", world.form);
    let order =
        json!({"export": {"format": "csv", "time_zone": "Mars"}, "every": "day", "at": "12:00"});
    let refused = world.program.post(&schedules, &order).await.expect(422);
    assert_eq!(refused.complaints(), ["export.time_zone:unknown_zone"]);
    let list = world.program.get(&schedules).await.expect(200).json();
    let request = &list["data"][0]["request"];
    assert_eq!(request["columns"], json!(["it", "received_at"]));
    assert_eq!(request["time_zone"], "Asia/Tokyo");
    assert_eq!(request["delimiter"], "semicolon");
    world.settle().await;
    world.app.clock.advance(24 * HOUR);
    world.app.drain_jobs().await;
    let made = &scheduled(&world).await[0];
    let file = world.file(text(&made["id"])).await.expect(200).text();
    assert_eq!(file, "\u{feff}It;Received at\r\n");
}
