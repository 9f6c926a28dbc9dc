//! Pages that take files in parts take them from whoever knows the token of the session alone.

use axum::http::Method;
use serde_json::{Value, json};
use testing::Actor;

use super::{start, text};

/// What a file is called, and what stands in it.
const FILES: [(&str, &str); 2] =
    [("theme/logo", "no picture, which is looked at after the token"), ("imports", "a,a\n1,2\n")];

fn part(name: &str, file: &str, content: &str) -> String {
    let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
    format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n")
}

async fn send(owner: &Actor, path: &str, parts: &[String]) -> u16 {
    let body = format!("{}--XX--\r\n", parts.concat());
    let kind = Some("multipart/form-data; boundary=XX");
    owner.send(Method::POST, path, kind, body.into()).await.status()
}

#[tokio::test]
async fn a_file_comes_in_only_behind_the_token() {
    let (_app, _, owner, teammate) = start().await;
    let fields: Value = json!([{"key": "name", "type": "short_text", "label": "Name"}]);
    let form = json!({"title": "Contact us", "fields": fields});
    let made = owner.post("/api/forms", &form).await.expect(201).json();
    let api = format!("/api/forms/{}", text(&made["id"]));
    owner.post(&format!("{api}/publication"), &json!({})).await.expect(200);
    let own = owner.csrf_token().await.expect("signed in");
    let others = teammate.csrf_token().await.expect("signed in");
    for (page, content) in FILES {
        let path = owner.page(&format!("forms/{}/{page}", text(&made["id"])));
        let token = |token: &str| part("csrf_token", "", token);
        let file = part("file", "old.csv", content);
        let forged = [
            vec![file.clone()],
            vec![token(""), file.clone()],
            vec![token("wrong"), file.clone()],
            vec![token(&others), file.clone()],
            vec![token(&own[..own.len() - 1]), file.clone()],
            // Behind the file, or behind more than a token needs.
            vec![file.clone(), token(&own)],
            vec![part("note", "", &"x".repeat(9_000)), token(&own), file.clone()],
        ];
        for (place, parts) in forged.iter().enumerate() {
            assert_eq!(send(&owner, &path, parts).await, 403, "{page}, {place}");
        }
        let right = send(&owner, &path, &[token(&own), file]).await;
        assert!(right != 403, "{page}: {right}");
    }
    let imports = owner.get(&format!("{api}/imports")).await.expect(200).json();
    assert_eq!(imports["data"], json!([]));
}
