//! Views of submissions: saved, changed and put into order, through the API and on the page.

#[path = "../counting/mod.rs"]
mod counting;
mod world;

use serde_json::{Value, json};
use world::{World, heads};

#[tokio::test]
async fn a_view_is_saved_changed_and_deleted() {
    let world = World::new().await;
    let owner = &world.owner;
    let saved = world
        .save(json!({"name": " Returns ", "filter": "answers.topic=return&status=new", "columns": ["old", "number", "name"]}))
        .await;
    assert_eq!((&saved["name"], &saved["order"]), (&json!("Returns"), &json!("newest")));
    assert_eq!(saved["filter"], "status=new&answers.topic=return");
    let path = format!("/api/views/{}", saved["id"].as_str().expect("an id"));
    assert_eq!(owner.get(&path).await.expect(200).json(), saved);
    let listed = format!(
        "/api/forms/{}/submissions?view={}",
        world.form,
        saved["id"].as_str().expect("an id")
    );
    let found = owner.get(&listed).await.expect(200).json();
    let numbers: Vec<&Value> =
        found["data"].as_array().expect("a list").iter().map(|it| &it["number"]).collect();
    assert_eq!(numbers, [3, 2]);

    let change = json!({"order": "oldest", "columns": null});
    let changed = owner.patch(&path, &change).await.expect(200).json();
    assert_eq!((&changed["order"], &changed["columns"]), (&json!("oldest"), &Value::Null));
    assert_eq!(changed["filter"], saved["filter"], "what is not named stays");
    let first = owner.get(&format!("{listed}&limit=1")).await.expect(200).json();
    assert_eq!(first["data"][0]["number"], 2);
    // Where one step is done with many, a view is no filter: it would mean all.
    let action = json!({"action": "archive", "filter": format!("view={}", saved["id"].as_str().expect("an id"))});
    let refused = owner.post(&format!("/api/forms/{}/bulk_actions", world.form), &action).await;
    assert_eq!(refused.expect(422).complaints(), ["filter:unknown_filter"]);
    let refused = owner.get(&format!("{listed}&status=done")).await.expect(422);
    assert_eq!(refused.complaints(), ["view:contradiction"]);

    owner.delete(&path).await.expect(204);
    owner.get(&path).await.expect(404);
    assert_eq!(owner.get(&listed).await.expect(422).complaints(), ["view:not_found"]);
}

#[tokio::test]
async fn views_stand_in_an_order_that_one_gives_them() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for name in ["One", "Two", "Three"] {
        let view = world.save(json!({"name": name})).await;
        ids.push(format!("/api/views/{}", view["id"].as_str().expect("an id")));
    }
    let put = |index: usize, position: i64| {
        let (owner, path) = (&world.owner, &ids[index]);
        async move { owner.patch(path, &json!({"position": position})).await }
    };
    assert_eq!(put(2, 1).await.expect(200).json()["position"], 1);
    assert_eq!(world.names().await, ["Three", "One", "Two"]);
    put(2, 99).await.expect(200);
    assert_eq!(world.names().await, ["One", "Two", "Three"]);
    assert_eq!(put(0, 0).await.expect(422).complaints(), ["position:out_of_range"]);
    world.owner.delete(&ids[0]).await.expect(204);
    world.save(json!({"name": "Four"})).await;
    assert_eq!(world.names().await, ["Two", "Three", "Four"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_view_is_told_by_its_field() {
    let world = World::new().await;
    world.save(json!({"name": "Mine"})).await;
    let wrong = [
        (json!({"name": " "}), "name:invalid"),
        (json!({"name": "x".repeat(61)}), "name:invalid"),
        (json!({"name": "MINE"}), "name:taken"),
        (json!({"name": "A", "filter": "tray=attic"}), "filter.tray:not_an_option"),
        (json!({"name": "A", "filter": "statuss=done"}), "filter.statuss:unknown_filter"),
        (json!({"name": "A", "filter": "limit=3"}), "filter.limit:unknown_filter"),
        (json!({"name": "A", "filter": "answers.nps.min=many"}), "filter.answers.nps.min:invalid"),
        (json!({"name": "A", "order": "best"}), "order:not_an_option"),
        (json!({"name": "A", "columns": []}), "columns:required"),
        (json!({"name": "A", "columns": ["name", "no one"]}), "columns[1]:unknown_column"),
        (json!({"name": "A", "columns": ["number", "never"]}), "columns[1]:unknown_column"),
        (json!({"name": "A", "colour": "red"}), "colour:invalid"),
    ];
    for (view, told) in wrong {
        let refused = world.owner.post(&world.views(), &view).await.expect(422);
        assert_eq!(refused.complaints(), [told], "{view}");
    }
    // A key of the form's that is one of our words is named in full.
    let view = json!({"name": "B", "columns": ["status", "answers.status", "answers.name"]});
    assert_eq!(world.save(view).await["columns"], json!(["status", "answers.status", "name"]));
    for index in 3..=50 {
        world.save(json!({"name": format!("View {index}")})).await;
    }
    let one_more = json!({"name": "One too many"});
    world.owner.post(&world.views(), &one_more).await.expect(409);
    assert_eq!(world.names().await.len(), 50);
}

#[tokio::test]
async fn a_viewer_looks_and_only_whoever_works_on_submissions_saves() {
    let world = World::new().await;
    let view = world.save(json!({"name": "Returns", "filter": "answers.topic=return"})).await;
    let id = view["id"].as_str().expect("an id");
    let seen = world.viewer.get(&format!("/api/views/{id}")).await.expect(200).json();
    assert_eq!(seen["name"], "Returns");
    world.viewer.post(&world.views(), &json!({"name": "Mine"})).await.expect(403);
    world.viewer.delete(&format!("/api/views/{id}")).await.expect(403);
    let page =
        world.viewer.page(&format!("forms/{}/submissions?view={id}&status=done", world.form));
    let page = world.viewer.get(&page).await.expect(200).text();
    assert!(page.contains("Reset") && page.contains(">Returns<"));
    assert!(!page.contains("Save as view") && !page.contains("Edit view"));
    let key = world.owner.with_key(&["submissions:read"]).await;
    key.get(&world.views()).await.expect(200);
    key.patch(&format!("/api/views/{id}"), &json!({"name": "X"})).await.expect(403);
}

#[tokio::test]
async fn the_page_shows_a_view_and_saves_what_one_makes_of_it() {
    let world = World::new().await;
    let page = world.page("").await;
    assert!(!page.contains("Save as view"), "there is nothing to be saved at first");
    let looked = "tray=open&answers.topic=return&columns=name,old";
    assert!(world.page(looked).await.contains("Save as view"));
    let views = world.owner.page(&format!("forms/{}/views", world.form));
    let pairs = [("name", "Returns"), ("place", looked)];
    let saved = world.owner.submit(&views, &pairs).await.expect(303);
    let address = saved.header("location").to_owned();
    assert!(address.contains("?view=viw_"), "{address}");
    let id = address.split("view=").nth(1).expect("an id").to_owned();

    let page = world.owner.get(&address).await.expect(200).text();
    assert!(page.contains("Hiro") && page.contains("Grace") && !page.contains("Once upon"));
    assert_eq!(heads(&page), ["Name", "Asked before"]);
    assert!(!page.contains("Save changes"));
    // Something else than the view: it can be saved, or left.
    let other = format!("view={id}&tray=open&answers.topic=order&columns=number");
    let page = world.page(&other).await;
    assert!(page.contains("Save changes") && page.contains("Reset") && page.contains("#1"));
    let part = |part: &str| world.owner.page(&format!("views/{id}/{part}"));
    world.owner.submit(&part("content"), &[("place", other.as_str())]).await.expect(303);
    assert_eq!(heads(&world.page(&format!("view={id}")).await), ["No."]);

    world.owner.submit(&part("name"), &[("name", "Orders")]).await.expect(303);
    world.save(json!({"name": "Another"})).await;
    world.owner.submit(&part("position"), &[("position", "2")]).await.expect(303);
    assert_eq!(world.names().await, ["Another", "Orders"]);
    // A name that is taken is told at its field, and what was typed is still there.
    let again = world.owner.submit(&part("name"), &[("name", "another")]).await;
    let again = world.owner.get(again.expect(303).header("location")).await.expect(200).text();
    assert!(
        again.contains("has a view of that name already") && again.contains("value=\"another\"")
    );
    assert_eq!(open_sheets(&again), 1);
    let pairs = [("name", "Orders"), ("place", looked)];
    let again = world.owner.submit(&views, &pairs).await.expect(303);
    let address = again.header("location").to_owned();
    let again = world.owner.get(&address).await.expect(200).text();
    assert!(again.contains("has a view of that name already"), "{again}");
    assert_eq!(
        (heads(&again), open_sheets(&again)),
        (vec!["Name".into(), "Asked before".into()], 1)
    );
    assert!(
        again.contains("value=\"Orders\"") && again.contains("Hiro"),
        "the list stays as it was"
    );
    // Loaded again, it says what is true by then; and it makes nothing.
    let renamed = [("name", "Orders of old")];
    world.owner.submit(&part("name"), &renamed).await.expect(303);
    let free = world.owner.get(&address).await.expect(200).text();
    assert!(free.contains("value=\"Orders\"") && !free.contains("of that name already"));
    assert_eq!(world.names().await, ["Another", "Orders of old"]);
    world.owner.submit::<[(&str, &str)]>(&part("deletion"), &[]).await.expect(303);
    assert_eq!(world.names().await, ["Another"]);
    let gone = world.owner.get(&format!("{}?view={id}", world.list())).await.expect(303);
    assert!(!gone.header("location").contains("view="));
}

/// Sheets of views that stand open.
fn open_sheets(page: &str) -> usize {
    page.matches("<details class=\"views__more\" open").count()
}

/// Everything that a part of an address says of the list comes back in the links of the page.
#[tokio::test]
async fn what_is_listed_and_shown_stays_from_page_to_page() {
    let world = World::new().await;
    let page = world.page("columns=old&columns=number&tray=kept").await;
    assert_eq!(heads(&page), ["Asked before", "No."]);
    assert!(page.contains("Once upon"));
    assert!(page.contains("columns=old%2Cnumber"), "links keep the columns");
    assert!(page.contains("tray=kept"), "and that archived ones are meant too");
    // What no version has asked is left out; where nothing is left, the usual columns stand.
    assert_eq!(heads(&world.page("columns=never,name").await), ["Name"]);
    let page = world.page("columns=never,No%20One").await;
    assert_eq!(heads(&page), heads(&world.page("").await));
    // It is told, and no link leads there again.
    assert!(page.contains("This form has no column “No One”, “never”"), "{page}");
    assert!(!page.contains("columns=never"));
    let api = |columns: &str| {
        let path = format!("/api/forms/{}/submissions?columns={columns}", world.form);
        let owner = &world.owner;
        async move { owner.get(&path).await }
    };
    for wrong in ["never", "name,No%20One", "name,never"] {
        assert_eq!(
            api(wrong).await.expect(422).complaints(),
            ["columns:unknown_column"],
            "{wrong}"
        );
    }
    api("name,old,tray").await.expect(200);
    let all = "name,topic,answers.status,status,assignee,tags,received_at,submitted_at,number,tray,source,version,\
               comments,metadata,id";
    let page = world.page(&format!("columns={all}")).await;
    assert_eq!(heads(&page).len(), 15);
    assert!(page.contains("Version 2") && page.contains(&world.ids[2]) && page.contains("single"));
    let many: Vec<String> = (0..51).map(|it| format!("q{it}")).collect();
    let path = format!("{}?columns={}", world.list(), many.join(","));
    world.owner.get(&path).await.expect(422);
}

#[tokio::test]
async fn columns_are_chosen_and_put_into_order_without_scripts() {
    let world = World::new().await;
    let panel = |query: &str| {
        let path = world.owner.page(&format!("forms/{}/columns?{query}", world.form));
        let owner = &world.owner;
        async move { owner.get(&path).await.expect(200).text() }
    };
    let page = panel("columns=old,number&tray=spam").await;
    assert!(page.contains("no longer asked") && page.contains("value=\"spam\""));
    let order = |page: &str| -> Vec<String> {
        let boxes = page.split("name=\"columns\" value=\"").skip(1);
        boxes
            .filter(|it| it.split('>').next().is_some_and(|tag| tag.contains("checked")))
            .map(|it| it.split('"').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(order(&page), ["old", "number"]);
    assert_eq!(order(&panel("columns=old&columns=number&up=number").await), ["number", "old"]);
    assert_eq!(order(&panel("columns=old&columns=number&up=old").await), ["old", "number"]);
    assert_eq!(order(&panel("columns=old&columns=number&down=old").await), ["number", "old"]);
    assert_eq!(
        order(&panel("").await),
        ["name", "topic", "answers.status", "status", "received_at", "number", "source"]
    );
}

/// What is deleted takes its views along, and other forms keep theirs.
#[tokio::test]
async fn views_go_with_their_form() {
    let world = World::new().await;
    let view = world.save(json!({"name": "Returns"})).await;
    let path = format!("/api/views/{}", view["id"].as_str().expect("an id"));
    world.owner.delete(&format!("/api/forms/{}", world.form)).await.expect(204);
    world.owner.get(&path).await.expect(404);
    world.owner.get(&world.views()).await.expect(404);
    world.app.drain_jobs().await;
    let mut tx = world.app.house.db.read(world.owner.workspace().id).await.expect("a transaction");
    let left: Vec<(String,)> = db::sql("select id from saved_view where workspace_id = $1")
        .bind(world.owner.workspace().id)
        .all(&mut tx)
        .await
        .expect("rows");
    assert_eq!(left, []);
}
