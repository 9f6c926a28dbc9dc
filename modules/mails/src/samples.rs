//! The pages with sample data, for `/styleguide`.

use std::time::Duration;

use kernel::{Fields, Timestamp};
use maud::Markup;
use ui::Sample;
use web::Page;

use crate::{
    ids::mail_id,
    mails::{Attempt, Content, Mail, filter::Filter, outcome, purpose, state, views},
    sender::{Sender, json::SenderChange},
};

const NOW: Timestamp = Timestamp::from_micros(1_785_748_320_000_000);

fn mail(source: &str, purpose: &str, state: &str, answer: Option<&str>) -> Mail {
    Mail {
        id: mail_id(source, NOW),
        purpose: purpose.into(),
        about: "frm_01".into(),
        recipient: "grace@example.com".into(),
        recipient_name: "Grace Hopper".into(),
        subject: "New order: sourdough, twelve loaves for Saturday".into(),
        state: state.into(),
        attempts: 2,
        due_at: (state == state::PENDING).then(|| NOW.plus(Duration::from_secs(300))),
        last_status: answer.map(|_| 250),
        last_answer: answer.map(str::to_owned),
        created_at: NOW,
        updated_at: NOW,
        erased_at: None,
    }
}

fn attempt(number: i64, outcome: &str, answer: &str) -> Attempt {
    Attempt {
        number,
        at: NOW,
        duration: 48_200,
        outcome: outcome.into(),
        status: None,
        answer: answer.into(),
    }
}

/// Every view in its states.
pub(crate) fn samples() -> Vec<Sample> {
    let all = vec![
        mail("a", purpose::SUBMISSION, state::SENT, Some("250 2.0.0 Ok: queued as 4F2A1")),
        mail("b", purpose::ANSWER, state::PENDING, Some("451 4.7.1 Greylisted, come back later")),
        mail("c", purpose::DIGEST, state::FAILED, Some("550 5.1.1 No such person here")),
    ];
    let refused = Fields::one(
        "reply_to",
        "invalid",
        "Enter an e-mail address such as desk@example.com, or leave it empty.",
    );
    let change = SenderChange { name: None, reply_to: Some("desk".into()) };
    vec![
        Sample::new("mails", "The log", log(all, Some("forms@example.com"), None)),
        Sample::new(
            "mails",
            "No server, and a mistake",
            log(Vec::new(), None, Some((&change, &refused))),
        ),
        Sample::new("mails", "A mail", sheet(&mail("b", purpose::ANSWER, state::PENDING, None))),
    ]
}

fn log(data: Vec<Mail>, from: Option<&str>, entered: Option<(&SenderChange, &Fields)>) -> Markup {
    views::Log {
        slug: "acme",
        mails: &Page { data, next_cursor: Some("mal_".into()) },
        filter: &Filter::default(),
        sender: &Sender { name: "Acme Bakery".into(), reply_to: None },
        from,
        entered,
        reader: Some("ada@example.com"),
        may_write: true,
        csrf_token: "sample",
    }
    .page()
}

fn sheet(mail: &Mail) -> Markup {
    let attempts = [
        attempt(2, outcome::UNKNOWN, "mail.example.com did not answer within 60 s."),
        attempt(1, outcome::REFUSED, "451 4.7.1 Greylisted, come back later"),
    ];
    views::Sheet {
        slug: "acme",
        mail,
        content: &Content {
            from_name: "Acme Bakery".into(),
            reply_to: Some("desk@example.com".into()),
            body_text: "Thank you, Grace.\n\n-- \nYou ordered at Acme.\n".into(),
            body_html: String::new(),
        },
        frame: "about:blank",
        from: Some("forms@example.com"),
        attempts: &attempts,
        may_write: true,
        csrf_token: "sample",
    }
    .page()
}
