//! Fields of every kind, for `/styleguide`.

use maud::html;

use super::{Choice, Field, FieldWords, error_summary, error_summary_titled, hidden};
use crate::sample::Sample;

const PLACES: [Choice<'static>; 3] = [
    Choice { value: "shop", label: "In the shop" },
    Choice { value: "web", label: "On the web" },
    Choice { value: "friend", label: "From a friend" },
];

pub(crate) fn samples() -> Vec<Sample> {
    vec![typed(), chosen(), scored(), wrong()]
}

fn typed() -> Sample {
    Sample::new(
        "fields",
        "To type into",
        html! {
            form.stack {
                (Field::text("s_name", "Name").required(true).value("Ada Byron"))
                (Field::email("s_email", "E-mail").hint(Some("Only to answer you.")))
                (Field::tel("s_phone", "Phone"))
                (Field::password("s_password", "Password", "new-password"))
                (Field::number("s_guests", "Guests").attr("min", "1").attr("max", "12"))
                (Field::date("s_date", "Day"))
                (Field::time("s_time", "Time"))
                (Field::long_text("s_story", "What happened?").id("s-story"))
                (Field::file("s_photo", "Photo").hint(Some("JPEG or PNG, at most 10 MB.")))
                (hidden("s_source", "styleguide"))
            }
        },
    )
}

fn chosen() -> Sample {
    Sample::new(
        "fields",
        "To choose from",
        html! {
            form.stack {
                (Field::select("s_where", "Where did you hear of us?", &PLACES).value("web"))
                (Field::radios("s_how", "How did you come?", &PLACES).value("shop"))
                (Field::checkboxes("s_what", "What do you like?", &PLACES).values(["shop", "friend"]))
                (Field::yes_no("s_again", "Would you come again?").value("true"))
                (Field::consent("s_terms", "I agree that my answers are stored.").required(true))
                (Field::switch("s_notify", "Tell me about each submission").value("true"))
            }
        },
    )
}

fn scored() -> Sample {
    Sample::new(
        "fields",
        "To score",
        html! {
            form.stack {
                (Field::nps("s_nps", "Would you recommend us?").value("9"))
                (Field::scale("s_ease", "How easy was it?", (1, 5), ("Hard", "Easy")))
                (Field::rating("s_stars", "Your rating", 5).value("4"))
                (Field::rating("s_sterne", "Ihre Bewertung", 5).words(FieldWords {
                    required: "Pflichtfeld",
                    choose: "Bitte auswählen …",
                    star: "{star} von {stars}",
                }).required(true))
            }
        },
    )
}

fn wrong() -> Sample {
    let email = Field::email("w_email", "E-mail")
        .required(true)
        .value("ada@")
        .error(Some("Enter an e-mail address such as ada@example.com"));
    Sample::new(
        "fields",
        "With errors",
        html! {
            form.stack {
                (error_summary(&[
                    (email.control_id(), "E-mail: enter an address such as ada@example.com"),
                    ("field-w_again", "Choose yes or no"),
                ]))
                (error_summary_titled("Bitte prüfen Sie eine Antwort", &[("field-w_again", "Ja oder nein?")]))
                (email)
                (Field::yes_no("w_again", "Would you come again?").required(true).error(Some("Choose yes or no")))
                (Field::consent("w_terms", "I agree.").error(Some("Tick the box to go on")))
            }
        },
    )
}
