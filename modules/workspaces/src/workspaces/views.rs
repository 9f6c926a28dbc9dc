//! The pages of workspaces.

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{Button, Entrance, Field, Public, Sample, Ways, hidden};

use crate::paths::route;

/// A page of its own, for there may be no workspace yet whose frame could hold it.
pub(crate) fn new_page(
    name: &str,
    fields: &Fields,
    csrf_token: &str,
    back: Option<&str>,
) -> Markup {
    let frame = Public {
        title: "New workspace",
        description: "Make a workspace in Mewayz.",
        lang: "en",
        centred: true,
        ways: back.map_or(Ways::None, Ways::On),
        style: None,
    };
    frame.render(new_card(name, fields, csrf_token, back))
}

fn new_card(name: &str, fields: &Fields, csrf_token: &str, back: Option<&str>) -> Markup {
    let form = html! {
        form.stack method="post" action=(route::WORKSPACES) {
            (hidden("csrf_token", csrf_token))
            (Field::text("name", "Name").required(true).value(name).error(fields.of("name"))
                .hint(Some("The business, the team, the project.")).attr("maxlength", "100")
                .attr("autofocus", "autofocus"))
            (Button::primary("Make workspace").submit().wide())
            @if let Some(back) = back { (Button::quiet("Back").href(back).wide()) }
        }
    };
    Entrance::new("New workspace", "A place of its own, with its own forms and members.", form)
        .render()
}

/// The page in its states, for `/styleguide`.
pub(crate) fn samples() -> Vec<Sample> {
    let wrong = Fields::one("name", "required", "Give the workspace a name.");
    vec![
        Sample::new("workspaces", "New", new_card("Acme Studio", &Fields::new(), "x", Some("#b"))),
        Sample::new("workspaces", "New, without a name", new_card("", &wrong, "x", None)),
    ]
}
