//! The pages of the entrance.

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{Alert, Button, Entrance, Field, Public, Sample, Ways, hidden};

use super::newcomer::{Registration, Setup};
use crate::paths::route;

pub(crate) fn landing() -> Markup {
    let frame = Public {
        title: "Mewayz: the back office in one program",
        description: "Forms, submissions, an API that never forgets, and screens that live.",
        lang: "en",
        centred: false,
        ways: Ways::In,
        style: Some("landing.css"),
    };
    frame.render(ui::landing::landing())
}

fn centred(title: &str, description: &str, body: Markup) -> Markup {
    Public { title, description, lang: "en", centred: true, ways: Ways::In, style: None }
        .render(body)
}

pub(crate) fn register(entered: &Registration, fields: &Fields, csrf_token: &str) -> Markup {
    let body = register_card(entered, fields, csrf_token);
    centred("Register", "Make an account and your first workspace.", body)
}

fn register_card(entered: &Registration, fields: &Fields, csrf_token: &str) -> Markup {
    let form = html! {
        form.stack method="post" action=(route::REGISTER) {
            (hidden("csrf_token", csrf_token))
            (person_fields(&entered.name, &entered.email, fields))
            (Button::primary("Create your workspace").submit().wide())
        }
    };
    Entrance::new("Get started", "An account, and a first workspace that is yours.", form)
        .foot(html! { "You have an account? " a href=(route::LOGIN) { "Sign in" } })
        .render()
}

/// The keyboard begins here.
fn focused<'a>(field: Field<'a>, on: bool) -> Field<'a> {
    if on { field.attr("autofocus", "autofocus") } else { field }
}

fn person_fields(name: &str, email: &str, fields: &Fields) -> Markup {
    html! {
        (focused(Field::text("name", "Your name"), fields.is_empty()).required(true).attr("autocomplete", "name").attr("maxlength", "100")
            .value(name).error(fields.of("name")))
        (Field::email("email", "E-mail").required(true).value(email).error(fields.of("email")))
        (Field::password("password", "Password", "new-password").required(true).attr("minlength", "8")
            .attr("maxlength", "256").hint(Some("At least 8 characters; a short sentence is good."))
            .error(fields.of("password")))
    }
}

pub(crate) fn login(
    email: &str,
    next: Option<&str>,
    refusal: Option<&str>,
    csrf_token: &str,
) -> Markup {
    let body = login_card(email, next, refusal, csrf_token);
    centred("Sign in", "Sign in to your workspace.", body)
}

fn login_card(email: &str, next: Option<&str>, refusal: Option<&str>, csrf_token: &str) -> Markup {
    let form = html! {
        form.stack method="post" action=(route::LOGIN) {
            (hidden("csrf_token", csrf_token))
            @if let Some(next) = next { (hidden("next", next)) }
            @if let Some(refusal) = refusal { (Alert::danger("You are not signed in").text(refusal)) }
            (focused(Field::email("email", "E-mail"), email.is_empty()).required(true).value(email))
            (focused(Field::password("password", "Password", "current-password"), !email.is_empty()).required(true))
            (Button::primary("Sign in").submit().wide())
        }
    };
    Entrance::new("Sign in", "Good to see you. Your work is where you left it.", form)
        .foot(html! { "New here? " a href=(route::REGISTER) { "Make an account" } })
        .render()
}

pub(crate) fn setup(action: &str, entered: &Setup, fields: &Fields, csrf_token: &str) -> Markup {
    let body = setup_card(action, entered, fields, csrf_token);
    centred("Set up", "Make the operator's account.", body)
}

fn setup_card(action: &str, entered: &Setup, fields: &Fields, csrf_token: &str) -> Markup {
    let form = html! {
        form.stack method="post" action=(action) {
            (hidden("csrf_token", csrf_token))
            (person_fields(&entered.name, &entered.email, fields))
            (Field::text("workspace", "First workspace").hint(Some("The business, the team, the project."))
                .id("field-workspace").attr("maxlength", "100").value(&entered.workspace)
                .error(fields.of("workspace")))
            (Button::primary("Set up").submit().wide())
        }
    };
    Entrance::new(
        "Welcome to your Mewayz",
        "This account runs the installation. The link works once.",
        form,
    )
    .render()
}

/// The pages in their states, for `/styleguide`.
pub(crate) fn samples() -> Vec<Sample> {
    let entered =
        Registration { name: "Ada Byron".into(), email: "ada@".into(), password: String::new() };
    let wrong = Fields::one("email", "invalid", "Enter an e-mail address such as ada@example.com.");
    let refusal = "The e-mail address or the password is wrong.";
    vec![
        Sample::new(
            "entrance",
            "Register",
            register_card(&Registration::default(), &Fields::new(), "x"),
        ),
        Sample::new("entrance", "Register, with a mistake", register_card(&entered, &wrong, "x")),
        Sample::new("entrance", "Sign in", login_card("", Some("/w/acme"), None, "x")),
        Sample::new(
            "entrance",
            "Sign in, refused",
            login_card("ada@example.com", None, Some(refusal), "x"),
        ),
        Sample::new(
            "entrance",
            "Set up",
            setup_card("#setup", &Setup::default(), &Fields::new(), "x"),
        ),
    ]
}
