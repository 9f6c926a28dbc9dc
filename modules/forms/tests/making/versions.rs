//! The versions of a form: what each changed, any two compared, and the way back.

use serde_json::{Value, json};
use testing::{Actor, TestApp};

use super::{field, make, modules, publish, text};

#[tokio::test]
async fn versions_tell_what_they_changed_and_one_comes_back() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let form = make(&owner, "Order", json!([field("name", "Name"), field("size", "Size")])).await;
    let path = format!("/api/forms/{}", text(&form["id"]));
    publish(&owner, text(&form["id"])).await;
    let fields =
        json!([field("size", "Your size"), field("name", "Name"), field("colour", "Colour")]);
    let change = json!({"fields": fields, "settings": {"thanks_title": "Done"}});
    owner.patch(&path, &change).await.expect(200);
    publish(&owner, text(&form["id"])).await;

    let list = owner.get(&format!("{path}/versions?limit=1")).await.expect(200).json();
    assert_eq!((&list["data"][0]["version"], &list["next_cursor"]), (&json!(2), &json!("2")));
    let rest = owner.get(&format!("{path}/versions?cursor=2")).await.expect(200).json();
    assert_eq!(rest["data"][0]["version"], 1);

    let second = owner.get(&format!("{path}/versions/2")).await.expect(200).json();
    let changes = &second["changes"];
    let added = json!([{"key": "colour", "label": "Colour", "type": "short_text"}]);
    assert_eq!(changes["added"], added);
    assert_eq!(changes["changed"][0]["properties"][0]["before"], "Size");
    assert_eq!(changes["moved"].as_array().map(Vec::len), Some(1));
    assert_eq!(changes["settings"][0]["name"], "thanks_title");
    let first = owner.get(&format!("{path}/versions/1")).await.expect(200).json();
    assert_eq!(
        (&first["changes"], first["fields"].as_array().map(Vec::len)),
        (&Value::Null, Some(2))
    );
    for nothing in ["0", "3", "x"] {
        owner.get(&format!("{path}/versions/{nothing}")).await.expect(404);
    }

    let restored = owner.post(&format!("{path}/versions/1/restoration"), &json!({})).await;
    let restored = restored.expect(200).json();
    assert_eq!((&restored["changed"], &restored["version"]), (&json!(true), &json!(2)));
    assert_eq!(restored["fields"], first["fields"]);
    assert_eq!(publish(&owner, text(&form["id"])).await["version"], 3);
    let page = owner.page(&format!("forms/{}/versions/2", text(&form["id"])));
    let shown = owner.get(&page).await.expect(200).text();
    assert!(shown.contains("Size<span") && shown.contains("Bring this version back"));
    assert!(shown.contains("Short text") && shown.contains("Everything version 2 asks"));
    let back = owner.submit(&format!("{page}/restoration"), &[("a", "b")]).await.expect(303);
    assert!(back.header("location").ends_with(text(&form["id"])));
}

/// A form of two versions and a draft that is otherwise than both.
async fn grown(owner: &Actor) -> String {
    let wood = |options: Value| json!({"key": "wood", "type": "choice", "label": "Wood", "options": options});
    let page = json!({"key": "more", "type": "page", "label": "More"});
    let note = json!({"key": "note", "type": "long_text", "label": "Note",
        "help": "Tell us what we should know before we begin to work on your table."});
    let fields = json!([field("name", "Name"), wood(json!(["Oak", "Ash"])), page, note]);
    let form = make(owner, "Tables", fields).await;
    let path = format!("/api/forms/{}", text(&form["id"]));
    publish(owner, text(&form["id"])).await;
    let options = json!([{"value": "Ash", "label": "Ash tree"}, {"value": "Elm", "label": "Elm"}]);
    let fields = json!([field("name", "Name"), wood(options), page, note]);
    owner.patch(&path, &json!({"fields": fields})).await.expect(200);
    publish(owner, text(&form["id"])).await;
    let mut note = note;
    note["help"] = json!("Tell us what we should know before we begin to build your table.");
    note["show_if"] = json!({"field": "wood", "is": "equals", "value": "Elm"});
    let options = json!([{"value": "Ash", "label": "Ash tree"}, {"value": "Elm", "label": "Elm"}]);
    let fields = json!([wood(options), page, field("name", "Name"), note,
        {"key": "day", "type": "date", "label": "Day", "min": "2027-01-31"}]);
    let settings = json!({"language": "de", "theme": {"accent": "#1d5fd0"}});
    let draft = json!({"title": "Big tables", "fields": fields, "settings": settings});
    owner.patch(&path, &draft).await.expect(200);
    text(&form["id"]).to_owned()
}

#[tokio::test]
async fn any_two_versions_are_compared_and_the_draft_with_either() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let form = grown(&owner).await;
    let path = format!("/api/forms/{form}/comparison");
    let compare = async |query: &str| owner.get(&format!("{path}{query}")).await;

    let first = compare("?from=1&to=2").await.expect(200).json();
    assert_eq!((&first["from"]["version"], &first["to"]["version"]), (&json!(1), &json!(2)));
    let wood = &first["changes"]["changed"][0];
    assert_eq!(
        (&wood["key"], &wood["type"], &wood["properties"]),
        (&json!("wood"), &json!("choice"), &json!([]))
    );
    let ash = json!([{"value": "Ash", "before": "Ash", "after": "Ash tree"}]);
    assert_eq!(wood["options"]["renamed"], ash);
    assert_eq!(wood["options"]["added"], json!([{"value": "Elm", "label": "Elm"}]));
    assert_eq!(wood["options"]["removed"], json!([{"value": "Oak", "label": "Oak"}]));

    let whole = compare("?from=1&to=draft").await.expect(200).json();
    let changes = &whole["changes"];
    assert_eq!(
        (&whole["to"]["version"], &whole["to"]["published_at"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(changes["title"]["after"], "Big tables");
    let moved = &changes["moved"][0];
    assert_eq!(
        (&moved["key"], &moved["page_before"], &moved["page_after"], &moved["follows"]),
        (&json!("name"), &json!(1), &json!(2), &json!("more"))
    );
    assert_eq!(changes["added"][0]["type"], "date");
    assert_eq!(changes["settings"], json!([{"name": "language", "before": null, "after": "de"}]));
    assert_eq!(changes["look"][0]["name"], "accent");

    let usual = compare("").await.expect(200).json();
    assert_eq!((&usual["from"]["version"], &usual["to"]["version"]), (&json!(2), &Value::Null));
    let back = compare("?from=2&to=1").await.expect(200).json();
    assert_eq!(back["changes"]["changed"][0]["options"]["renamed"][0]["after"], "Ash");
    let same = compare("?from=2&to=2").await.expect(200).json();
    assert_eq!(same["changes"]["changed"], json!([]));
}

#[tokio::test]
async fn a_comparison_reads_as_its_makers_speak() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let form = grown(&owner).await;
    let page = owner.page(&format!("forms/{form}/comparison"));
    let shown = owner.get(&format!("{page}?from=1&to=draft")).await.expect(200).text();
    let told = [
        "From version 1 to the draft",
        "From page 1 to page 2, after “More”.",
        "Shown only if",
        "“Wood” is Elm",
        "Choice: one of several",
        "First day",
        "The form speaks",
        "Deutsch",
        "Bring version 1 back",
        "before we begin to ",
    ];
    for told in told {
        assert!(shown.contains(told), "{told}\n{shown}");
    }
    // Of a long text only the words that changed are marked.
    assert!(
        shown.contains("</span>work on<span") && shown.contains("</span>build<span"),
        "{shown}"
    );
    let list = owner.get(&owner.page(&format!("forms/{form}/versions"))).await.expect(200).text();
    assert!(list.contains("Open a version to see what it asks, and to bring it back."));
    assert!(list.contains("Compare two versions") && list.contains("The draft, as it stands now"));
}

#[tokio::test]
async fn a_version_that_is_not_there_is_refused_by_its_name() {
    let (_app, _, owner, _) = TestApp::start(modules).await;
    let form = grown(&owner).await;
    for (query, side) in [("from=7", "from"), ("from=1&to=x", "to"), ("from=0", "from")] {
        let refused = owner.get(&format!("/api/forms/{form}/comparison?{query}")).await.expect(422);
        let problem = &refused.json()["errors"][0];
        assert_eq!(
            (&problem["field"], &problem["code"]),
            (&json!(side), &json!("no_such_version"))
        );
        assert_eq!(problem["message"], "Choose a version from 1 to 2, or `draft`.");
        owner.get(&owner.page(&format!("forms/{form}/comparison?{query}"))).await.expect(422);
    }
    let fresh = make(&owner, "New", json!([field("name", "Name")])).await;
    let path = format!("/api/forms/{}/comparison", text(&fresh["id"]));
    let told = owner.get(&path).await.expect(422).json();
    assert_eq!(told["errors"][0]["message"], "This form has no version yet. Publish it first.");
}
