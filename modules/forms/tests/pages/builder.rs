//! The builder: what is changed there is saved, shown, taken back and made again.

use std::time::Duration;

use kernel::Role;
use serde_json::{Value, json};
use testing::Actor;

use super::{Made, labels, start, text};

async fn title(form: &Made<'_>) -> String {
    text(&form.json().await["title"]).to_owned()
}

fn keys(form: &Value) -> Vec<&str> {
    let fields = form["fields"].as_array().map_or(&[][..], Vec::as_slice);
    fields.iter().filter_map(|field| field["key"].as_str()).collect()
}

#[tokio::test]
async fn changes_are_taken_back_and_made_again_by_whoever_may_change_the_form() {
    let (app, _, owner, teammate) = start().await;
    let form = Made::new(&owner, "One").await;
    let (api, reversal) =
        (format!("/api/forms/{}", form.id), format!("/api/forms/{}/reversal", form.id));
    teammate.post(&reversal, &json!({})).await.expect(409);
    for title in ["Two", "Three"] {
        owner.patch(&api, &json!({"title": title})).await.expect(200);
    }
    let fields = json!([{"key": "a", "type": "nps", "label": "A"}]);
    owner.patch(&api, &json!({"fields": fields})).await.expect(200);
    let seen = form.json().await["revision"].as_i64().unwrap_or_default();
    let back = teammate.post(&reversal, &json!({})).await.expect(200).json();
    assert_eq!(keys(&back), ["your_message"]);
    assert_eq!(back["revision"], seen + 1, "an older document is a new revision");
    assert_eq!(teammate.post(&reversal, &json!({})).await.expect(200).json()["title"], "Two");
    assert_eq!(owner.delete(&reversal).await.expect(200).json()["title"], "Three");
    let forth = owner.delete(&reversal).await.expect(200).json();
    assert_eq!(keys(&forth), ["a"]);
    owner.delete(&reversal).await.expect(409);
    owner.post(&reversal, &json!({})).await.expect(200);
    owner.patch(&api, &json!({"title": "Four"})).await.expect(200);
    owner.delete(&reversal).await.expect(409);
    assert_eq!((title(&form).await.as_str(), keys(&form.json().await).len()), ("Four", 1));
    let viewer = app.join(&owner, Role::Viewer).await;
    viewer.post(&reversal, &json!({})).await.expect(403);
}

#[tokio::test]
async fn what_changes_nothing_is_no_change() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "One").await;
    let now = form.json().await;
    let same = json!({"title": "One", "fields": now["fields"]});
    let after = owner.patch(&format!("/api/forms/{}", form.id), &same).await.expect(200).json();
    assert_eq!((&after["revision"], &after["updated_at"]), (&now["revision"], &now["updated_at"]));
    owner.post(&format!("/api/forms/{}/reversal", form.id), &json!({})).await.expect(409);
}

#[tokio::test]
async fn a_text_typed_in_several_goes_is_one_change_until_one_pauses() {
    let (app, _, owner, teammate) = start().await;
    let form = Made::new(&owner, "O").await;
    for title in ["Or", "Orde", "Orders"] {
        app.clock.advance(Duration::from_secs(2));
        form.submit("title", &[("title", title)]).await.expect(303);
    }
    app.clock.advance(Duration::from_secs(8));
    form.submit("title", &[("title", "Orders of wood")]).await.expect(303);
    let revision = form.json().await["revision"].to_string();
    let other = [("revision", revision.as_str()), ("title", "Orders of stone")];
    teammate.submit(&format!("{}/title", form.page), &other).await.expect(303);
    for expected in ["Orders of wood", "Orders", "O"] {
        form.submit("reversal", &[]).await.expect(303);
        assert_eq!(title(&form).await, expected);
    }
    let told = form.submit("reversal", &[]).await.expect(409).text();
    assert!(told.contains("There is no change left to take back."));
}

#[tokio::test]
async fn a_hundred_changes_can_be_taken_back_and_those_of_a_large_form_within_bounds() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "0").await;
    let (api, reversal) =
        (format!("/api/forms/{}", form.id), format!("/api/forms/{}/reversal", form.id));
    for number in 1..=110 {
        owner.patch(&api, &json!({"title": number.to_string()})).await.expect(200);
    }
    for _ in 0..100 {
        owner.post(&reversal, &json!({})).await.expect(200);
    }
    owner.post(&reversal, &json!({})).await.expect(409);
    assert_eq!(title(&form).await, "10");
    let large = super::large("Large");
    for number in 0..5 {
        let title = format!("Large {number}");
        owner.patch(&api, &json!({"title": title, "fields": large["fields"]})).await.expect(200);
    }
    let mut taken_back = 0;
    while owner.post(&reversal, &json!({})).await.status() == 200 {
        taken_back += 1;
    }
    assert!((1..5).contains(&taken_back), "{taken_back}");
}

#[tokio::test]
async fn the_preview_walks_through_the_draft_and_stores_nothing() {
    let (app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Walk").await;
    form.add("Name", "short_text", &[("required", "true")]).await;
    form.add("More", "page", &[]).await;
    form.add("CV", "file", &[("required", "true")]).await;
    let viewer = app.join(&owner, Role::Viewer).await;
    let preview = format!("{}/preview", form.page);
    anonymous.get(&preview).await.expect(303);
    let page = viewer.get(&preview).await.expect(200);
    assert!(
        page.header("content-security-policy").contains("script-src")
            || page.header("content-security-policy").contains("default-src 'none'")
    );
    let page = page.text();
    assert!(
        page.contains("method=\"get\"") && page.contains(&preview) && page.contains("Page 1 of 2")
    );
    let wrong = owner.get(&format!("{preview}?_key=0123456789&_page=1&name=")).await.text();
    assert!(wrong.contains("field-name-error"));
    let second = owner.get(&format!("{preview}?_key=0123456789&_page=1&name=Ada")).await.text();
    assert!(second.contains("Page 2 of 2") && second.contains("value=\"Ada\""));
    let back = owner.get(&format!("{preview}?_key=0123456789&_page=2&_back=1&name=Ada")).await;
    assert!(back.text().contains("Page 1 of 2"));
    let sent = owner.get(&format!("{preview}?_key=0123456789&_page=2&name=Ada")).await.text();
    assert!(sent.contains("Thank you") && !sent.contains("Send another"));
    form.publish().await;
    assert!(form.submissions().await.is_empty());
}

#[tokio::test]
async fn a_form_is_filled_in_at_first_by_its_maker_unless_the_link_says_otherwise() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    form.add("Town", "short_text", &[]).await;
    form.add("Days", "choices", &[("options", "Monday\nTuesday")]).await;
    form.submit("fields/town", &[("label", "Town"), ("default", "Faro")]).await.expect(303);
    let days = [("label", "Days"), ("options", "Monday\nTuesday"), ("default", "Tuesday")];
    form.submit("fields/days", &days).await.expect(303);
    let refused = form
        .submit("fields/town", &[("label", "Town"), ("max_length", "2"), ("default", "Faro")])
        .await;
    assert!(refused.expect(422).text().contains("id=\"town-default-error\""));
    let hosted = form.publish().await;
    let page = anonymous.get(&hosted).await.expect(200).text();
    assert!(page.contains("value=\"Faro\"") && page.contains("value=\"Tuesday\" checked"));
    let page = anonymous.get(&format!("{hosted}?town=Beja&days=Monday")).await.expect(200).text();
    assert!(page.contains("value=\"Beja\"") && !page.contains("Faro"));
    assert!(
        page.contains("value=\"Monday\" checked") && !page.contains("value=\"Tuesday\" checked")
    );
    let none = json!({"answers": {}});
    let stored = anonymous.post(&hosted, &none).await.expect(201).json();
    let stored = owner.get(&format!("/api/submissions/{}", text(&stored["id"]))).await.json();
    assert_eq!(stored["answers"], json!({}), "a program says what it means");
}

/// The options' letters in the order of the page.
fn order(page: &str) -> String {
    let values = page.split("name=\"pick\" value=\"").skip(1);
    values.filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn each_respondent_sees_an_order_of_their_own_which_stays() {
    let (_app, anonymous, owner, _) = start().await;
    let fields = json!([{"key": "pick", "type": "choice", "label": "P", "required": true, "other": true,
        "shuffle": true, "options": ["a", "b", "c", "d", "e", "f", "g", "h"]}]);
    let made = owner.post("/api/forms", &json!({"title": "T", "fields": fields})).await.expect(201);
    let made = made.json();
    owner.post(&format!("/api/forms/{}/publication", text(&made["id"])), &json!({})).await;
    let hosted = text(&made["path"]);
    let mut orders = std::collections::HashSet::new();
    for _ in 0..6 {
        let page = anonymous.get(hosted).await.text();
        let seen = order(&page);
        assert!(
            seen.ends_with(" _other") && seen.len() == "a b c d e f g h _other".len(),
            "{seen}"
        );
        let key = super::key(&page);
        let again = anonymous.submit(hosted, &[("_key", key.as_str())]).await.expect(422).text();
        assert_eq!(order(&again), seen, "the same person sees the same");
        orders.insert(seen);
    }
    assert!(orders.len() > 1, "{orders:?}");
}

#[tokio::test]
async fn the_preview_shows_the_page_of_the_field_that_is_worked_on() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Walk").await;
    form.submit("fields", &[("type", "page")]).await.expect(303);
    form.submit("fields", &[("type", "email")]).await.expect(303);
    let shown = async |key: &str| {
        let page =
            owner.get(&format!("{}/preview?_field={key}", form.page)).await.expect(200).text();
        (
            page.contains("Page 1 of 2"),
            page.contains("Page 2 of 2"),
            page.contains("data-asks=\"page email\""),
        )
    };
    assert_eq!(shown("email").await, (false, true, true));
    assert_eq!(shown("page").await, (false, true, true));
    assert_eq!(shown("your_message").await, (true, false, false));
    assert_eq!(shown("nobody").await, (true, false, false));
    let editor = owner.get(&format!("{}/fields/email", form.page)).await.expect(200).text();
    assert!(editor.contains("/preview?_field=email\""), "{editor}");
}

#[tokio::test]
async fn a_further_field_comes_after_the_one_that_is_open() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Insert").await;
    form.submit("fields", &[("type", "email")]).await.expect(303);
    let open = owner.get(&format!("{}/fields/your_message", form.page)).await.expect(200).text();
    assert_eq!(open.matches("name=\"after\" value=\"your_message\"").count(), 2, "{open}");
    let typed = [("label", "City"), ("type", "short_text"), ("after", "your_message")];
    form.submit("fields", &typed).await.expect(303);
    assert_eq!(keys(&form.json().await), ["your_message", "city", "email"]);
}

#[tokio::test]
async fn only_a_page_that_asks_for_a_date_loads_the_calendar() {
    let (_app, anonymous, owner, _) = start().await;
    let form = Made::new(&owner, "Day").await;
    let hosted = form.publish().await;
    let without = anonymous.get(&hosted).await.expect(200).text();
    assert!(!without.contains("date_picker") && !without.contains("date-picker"), "{without}");
    form.submit("fields", &[("type", "date")]).await.expect(303);
    form.publish().await;
    let with = anonymous.get(&hosted).await.expect(200).text();
    for part in ["date_picker", "calendar.", "<date-picker data-says=", "Choose a day"] {
        assert!(with.contains(part), "{part}\n{with}");
    }
}

#[tokio::test]
async fn fields_are_added_from_the_palette_copied_turned_and_brought_to_a_place() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Build").await;
    let added = form.submit("fields", &[("type", "choice"), ("after", "your_message")]).await;
    let place = added.expect(303).header("location").to_owned();
    assert!(place.ends_with("/fields/choice#item-choice"), "{place}");
    assert!(owner.get(&place).await.expect(200).text().contains("id=\"panel-choice\""));
    form.submit("fields", &[("type", "page"), ("place", "1")]).await.expect(303);
    form.submit("fields/choice/copy", &[]).await.expect(303);
    let now = form.json().await;
    assert_eq!(keys(&now), ["page", "your_message", "choice", "new_question"]);
    assert_eq!(labels(&now)[2..], ["New question", "New question"]);
    form.submit("fields/choice/position", &[("place", "99")]).await.expect(303);
    form.submit("fields/choice/type", &[("type", "choices")]).await.expect(303);
    let refused = form.submit("fields/choice/type", &[("type", "file")]).await.expect(422).text();
    assert!(refused.contains("A field can turn into one of its own kind"));
    let now = form.json().await;
    assert_eq!(keys(&now), ["page", "your_message", "new_question", "choice"]);
    assert_eq!(now["fields"][3]["type"], "choices");
    let htmx = Made {
        owner: &owner.sending("hx-request", "true"),
        id: form.id.clone(),
        page: form.page.clone(),
    };
    let gone = htmx.submit("fields/choice/removal", &[]).await.expect(200).text();
    assert!(gone.contains("Field deleted") && gone.contains("/reversal\""));
    form.submit("reversal", &[]).await.expect(303);
    assert_eq!(keys(&form.json().await).len(), 4);
}

async fn autosaved(owner: &Actor, form: &Made<'_>, fields: &[(&str, &str)]) -> testing::Reply {
    let quiet = owner.sending("hx-request", "true").sending("x-autosave", "true");
    let form = Made { owner: &quiet, id: form.id.clone(), page: form.page.clone() };
    form.submit("fields/your_message", fields).await
}

#[tokio::test]
async fn what_saves_itself_is_answered_by_what_follows_from_it_alone() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    let saved = autosaved(&owner, &form, &[("label", "Tell us"), ("help", "All of it")]).await;
    let saved = saved.expect(200).text();
    let revision = form.json().await["revision"].to_string();
    assert!(saved.contains(&format!("data-revision=\"{revision}\"")) && saved.contains("Tell us"));
    assert!(!saved.contains("<textarea") && !saved.contains("form-preview"), "{saved}");
    let refused = autosaved(&owner, &form, &[("label", "")]).await.expect(422).text();
    assert!(refused.contains("id=\"your_message-label-error\""));
    let revision = [("revision", "1"), ("label", "Late")];
    let quiet = owner.sending("hx-request", "true").sending("x-autosave", "true");
    quiet.submit(&format!("{}/fields/your_message", form.page), &revision).await.expect(409);
}

#[tokio::test]
async fn a_form_of_three_hundred_fields_shows_the_settings_of_one() {
    let (_app, _, owner, _) = start().await;
    let field = |number: usize| json!({"key": format!("f{number}"), "type": "nps", "label": format!("F {number}")});
    let fields: Vec<Value> = (0..300).map(field).collect();
    let made = owner.post("/api/forms", &json!({"title": "T", "fields": fields})).await.expect(201);
    let page = owner.page(&format!("forms/{}", text(&made.json()["id"])));
    let whole = owner.get(&page).await.expect(200).text();
    assert_eq!(
        (whole.matches("data-key=").count(), whole.matches("class=\"field-panel\"").count()),
        (300, 0)
    );
    assert!(whole.len() < 600 * 1024, "{}", whole.len());
    let one = owner.get(&format!("{page}/fields/f7")).await.expect(200).text();
    assert_eq!(one.matches("class=\"field-panel\"").count(), 1);
    let htmx = owner.sending("hx-request", "true");
    let panel = htmx.get(&format!("{page}/fields/f7")).await.expect(200).text();
    assert!(panel.starts_with("<div class=\"field-panel\" id=\"panel-f7\""));
    owner.get(&format!("{page}/fields/gone")).await.expect(404);
}

#[tokio::test]
async fn a_pattern_is_tried_by_the_rules_that_will_judge_and_nothing_is_stored() {
    let (_app, _, owner, _) = start().await;
    let form = Made::new(&owner, "Orders").await;
    let before = form.json().await;
    let tried = async |pattern: &str, text: &str| {
        let htmx = owner.sending("hx-request", "true");
        let pairs = [("revision", "1"), ("pattern", pattern), ("_tried", text)];
        let path = format!("{}/fields/your_message/trial", form.page);
        htmx.submit(&path, &pairs).await.expect(200).text()
    };
    assert!(tried("[0-9]{5}", "12345").await.contains("“12345” is taken."));
    assert!(tried("[0-9]{5}", "x12345").await.contains("is refused."));
    assert!(tried("[0-9", "<b>").await.contains("cannot be read"));
    let pairs = [("label", "Typed"), ("pattern", "a+"), ("_tried", "<b>")];
    let plain = form.submit("fields/your_message/trial", &pairs).await.expect(200).text();
    assert!(plain.contains("value=\"Typed\"") && plain.contains("“&lt;b&gt;” is refused."));
    assert_eq!(form.json().await, before);
}
