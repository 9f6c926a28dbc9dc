//! Why a field is shown or not, told test by test.

use serde_json::json;

use super::walked::{published, start};

#[tokio::test]
async fn each_field_says_why_it_is_shown() {
    let (_app, _anonymous, owner) = start().await;
    let yes = |field: &str| json!({"field": field, "is": "equals", "value": true});
    let fields = json!([
        {"key": "a", "type": "yes_no", "label": "A"},
        {"key": "b", "type": "short_text", "label": "B", "show_if": {"any": [yes("a"), {"not": yes("a")}]}},
        {"key": "p", "type": "page", "show_if": yes("a")},
        {"key": "c", "type": "number", "label": "C",
         "require_if": {"field": "b", "is": "contains", "value": "x"}},
    ]);
    let (id, _) = published(&owner, fields).await;
    let call = format!("/api/forms/{id}/logic_test");
    let told = owner.post(&call, &json!({"answers": {"a": false, "b": " XY ", "c": "?"}})).await;
    let told = told.expect(200).json();
    let [a, b, p, c] = [0, 1, 2, 3].map(|index| &told["fields"][index]);
    assert_eq!((&a["shown"], &a["show_if"]), (&json!(true), &json!(null)));
    let tests = json!([
        {"place": "fields[1].show_if.any[0]", "field": "a", "is": "equals", "value": true,
         "answer": false, "holds": false},
        {"place": "fields[1].show_if.any[1].not", "field": "a", "is": "equals", "value": true,
         "answer": false, "holds": false},
    ]);
    assert_eq!(b["show_if"], json!({"holds": true, "tests": tests}));
    assert_eq!((&p["shown"], &p["show_if"]["holds"]), (&json!(false), &json!(false)));
    assert_eq!(
        (&c["shown"], &c["left_out_by"], &c["required"]),
        (&json!(false), &json!("p"), &json!(false))
    );
    assert_eq!(c["require_if"]["tests"][0]["answer"], " XY ");

    let told =
        owner.post(&call, &json!({"answers": {"a": true, "b": "x"}})).await.expect(200).json();
    assert_eq!(told["fields"][3]["required"], true);
    let refused = owner.post(&call, &json!({"answers": {"z": 1}})).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "answers.z");
}
