//! The hosted form in the language of its respondents.

use serde_json::json;
use testing::Actor;

use super::{start, text};

/// Makes and publishes a form that speaks as told; gives its hosted path.
async fn form(owner: &Actor, language: &str) -> String {
    let made = json!({"title": "Contact", "settings": {"language": language}, "fields": [
        {"key": "mail", "type": "email", "label": "E-mail", "required": true},
        {"key": "note", "type": "short_text", "label": "Note", "max_length": 3},
        {"key": "days", "type": "choices", "label": "Days", "options": ["Mo", "Tu", "We"], "max_picks": 2},
        {"key": "again", "type": "yes_no", "label": "Again?"},
    ]});
    let id = text(&owner.post("/api/forms", &made).await.expect(201).json()["id"]).to_owned();
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    text(&owner.get(&format!("/api/forms/{id}")).await.expect(200).json()["path"]).to_owned()
}

#[tokio::test]
async fn a_form_speaks_the_language_that_it_was_given() {
    let (_app, anonymous, owner, _) = start().await;
    let hosted = form(&owner, "de").await;
    let page = anonymous.get(&hosted).await.expect(200);
    for words in [
        "<html lang=\"de\">",
        "Absenden",
        "Höchstens 3 Zeichen.",
        "Wählen Sie höchstens 2 Optionen.",
        "Nein",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    let wrong = [("mail", "ada"), ("note", "much"), ("days", "Mo"), ("days", "Tu"), ("days", "We")];
    let refused = anonymous.submit(&hosted, &wrong).await.expect(422);
    for words in [
        "Bitte prüfen Sie 3 Antworten",
        "Bitte geben Sie eine E-Mail-Adresse an",
        "Bitte höchstens 3 Zeichen; das sind 4.",
        "Bitte wählen Sie höchstens 2 Optionen; gewählt sind 3.",
    ] {
        assert!(refused.text().contains(words), "{words}: {}", refused.text());
    }
    let sent = anonymous.submit(&hosted, &[("mail", "ada@example.com")]).await.expect(303);
    let thanks = anonymous.get(sent.header("location")).await.expect(200);
    assert!(thanks.text().contains("Vielen Dank") && thanks.text().contains("sind angekommen"));
}

#[tokio::test]
async fn a_form_may_speak_as_the_browser_asks() {
    let (_app, anonymous, owner, _) = start().await;
    let hosted = form(&owner, "respondent").await;
    let asking = |languages| anonymous.sending("accept-language", languages);
    let arabic = asking("ar-EG, en;q=0.5").get(&hosted).await.expect(200);
    assert!(arabic.text().contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", arabic.text());
    assert!(arabic.text().contains("إرسال") && arabic.header("vary").contains("accept-language"));
    let japanese = asking("ja").submit(&hosted, &[("mail", "")]).await.expect(422);
    assert!(japanese.text().contains("この質問にお答えください。"), "{}", japanese.text());
    let english = asking("zh").get(&hosted).await.expect(200);
    assert!(english.text().contains("<html lang=\"en\">") && english.text().contains(">Send<"));
}

#[tokio::test]
async fn an_address_of_no_form_is_told_in_the_language_of_who_asks() {
    let (_app, anonymous, _, _) = start().await;
    let french = anonymous.sending("accept-language", "fr-CA");
    let page = french.get("/f/aaaaaaaaaaaaaaaa").await.expect(404);
    assert!(page.text().contains("Ce formulaire est introuvable"));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_in_the_language_of_the_form() {
    let (_app, anonymous, owner, _) = start().await;
    let hosted = form(&owner, "pl").await;
    let many: Vec<(String, String)> = (0..2_001).map(|it| (format!("a{it}"), "1".into())).collect();
    let many: Vec<(&str, &str)> =
        many.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let page = anonymous.submit(&hosted, &many).await.expect(413);
    assert!(page.text().contains("Coś poszło nie tak"), "{}", page.text());
    // So that it also shows in a frame on somebody's page.
    assert!(page.header("content-security-policy").contains("frame-ancestors *"));
}

#[tokio::test]
async fn programs_hear_english_and_codes_that_never_change() {
    let (_app, _, owner, _) = start().await;
    let made = json!({"title": "Contact", "settings": {"language": "it"}, "fields": [
        {"key": "mail", "type": "email", "label": "E-mail", "required": true},
    ]});
    let id = text(&owner.post("/api/forms", &made).await.expect(201).json()["id"]).to_owned();
    owner.post(&format!("/api/forms/{id}/publication"), &json!({})).await.expect(200);
    let sent = json!({"answers": {"mail": "ada"}});
    let refused =
        owner.post(&format!("/api/forms/{id}/submissions"), &sent).await.expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "not_an_email");
    assert_eq!(
        refused["errors"][0]["message"],
        "Write an e-mail address, such as ada@example.com."
    );
}

#[tokio::test]
async fn a_language_that_we_do_not_speak_is_refused_by_name() {
    let (_app, _, owner, _) = start().await;
    let made = json!({"title": "Contact", "settings": {"language": "tlh"}, "fields": [
        {"key": "mail", "type": "email", "label": "E-mail"},
    ]});
    let refused = owner.post("/api/forms", &made).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "settings.language");
    assert_eq!(refused["errors"][0]["code"], "not_an_option");
}
