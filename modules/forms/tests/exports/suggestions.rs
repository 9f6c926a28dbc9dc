//! What is suggested for a file by what its first rows show.

use serde_json::{Value, json};

use crate::{
    imports::{fields, sent},
    world::{World, text},
};

/// Nothing of the file is called as the form calls it.
#[tokio::test]
async fn where_columns_go_and_how_days_are_written_is_seen_by_their_values() {
    let world = World::with(fields()).await;
    let csv = "Wer,Adresse,Mag,Born,Wann\n\
               Ada,ada@example.com,bread,03/11/2025,1/2/2024 09:30\n\
               Mei,mei@example.com,Apples,21/11/2025,\n";
    let import = sent(&world, csv).await;
    let mapping =
        json!({"Wer": null, "Adresse": "email", "Mag": "likes", "Born": "born", "Wann": null});
    assert_eq!((&import["mapping"], &import["options"]["dates"]), (&mapping, &json!("dmy")));
    assert!(import["columns"][0].get("seen").is_none(), "{import}");
    let id = text(&import["id"]);
    let rest = json!({"mapping": {"Wer": "name", "Wann": "submitted_at"}});
    world.program.patch(&format!("/api/imports/{id}"), &rest).await.expect(200);
    assert_eq!(world.step(id, "run").await["rows_stored"], 2);
    let lines = world.lines_of(&world.form).await;
    let wanted = [
        json!({"name": "Ada", "email": "ada@example.com", "likes": ["Bread"], "born": "2025-11-03"}),
        json!({"name": "Mei", "email": "mei@example.com", "likes": ["a"], "born": "2025-11-21"}),
    ];
    assert_eq!([&lines[0]["answers"], &lines[1]["answers"]], [&wanted[0], &wanted[1]]);
    assert_eq!(lines[0]["submitted_at"], "2024-02-01T09:30:00Z");
}

/// Divided otherwise, the columns show how days and numbers are written; who says it himself is right.
#[tokio::test]
async fn what_other_columns_show_is_suggested_anew() {
    let world = World::with(fields()).await;
    let csv = "Your name\tPaid\tBorn\nZoë\t1,5\t21.11.1999\nA;b;c\t2,5\t1.2.2003\n";
    let import = sent(&world, csv.as_bytes().to_vec()).await;
    assert_eq!(
        (&import["options"]["decimal"], &import["options"]["dates"]),
        (&json!("comma"), &json!("dmy"))
    );
    let path = format!("/api/imports/{}", text(&import["id"]));
    let of = |options: Value| {
        let (world, path) = (&world, &path);
        async move {
            let changed = world.program.patch(path, &json!({"options": options})).await.expect(200);
            let options = changed.json()["options"].clone();
            ["delimiter", "decimal", "dates"].map(|name| text(&options[name]).to_owned())
        }
    };
    assert_eq!(of(json!({"decimal": "point", "dates": "ymd"})).await, ["tab", "point", "ymd"]);
    assert_eq!(of(json!({"delimiter": "pipe"})).await, ["pipe", "point", "ymd"], "nothing to see");
    assert_eq!(of(json!({"delimiter": "tab"})).await, ["tab", "comma", "dmy"]);
    let said = json!({"delimiter": "comma", "decimal": "point", "dates": "mdy"});
    assert_eq!(of(said).await, ["comma", "point", "mdy"]);

    let page = world.owner.page(&format!("imports/{}/mapping", text(&import["id"])));
    let pairs = [("columns", "1"), ("delimiter", "tab"), ("decimal", "point"), ("dates", "mdy")];
    world.owner.submit(&page, &pairs).await.expect(303);
    let options = world.import(text(&import["id"])).await["options"].clone();
    assert_eq!((&options["decimal"], &options["dates"]), (&json!("comma"), &json!("dmy")));
}
