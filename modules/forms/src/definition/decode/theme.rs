//! The theme of a form, by name.

use kernel::Fields;
use serde_json::Value;

use super::Properties;
use crate::theme::{Colour, Corners, Credit, Font, Picture, Scheme, Theme};

/// Reads `settings.theme`.
pub(super) fn theme(value: Value, problems: &mut Fields) -> Option<Theme> {
    let mut properties = Properties::open("settings.theme".into(), value, problems)?;
    let (logo, cover) = (properties.value("logo"), properties.value("cover"));
    let logo = logo.and_then(|it| picture("settings.theme.logo", it, properties.problems()));
    let cover = cover.and_then(|it| picture("settings.theme.cover", it, properties.problems()));
    let theme = Theme {
        accent: colour(&mut properties, "accent"),
        background: colour(&mut properties, "background"),
        font: few(&mut properties, "font", Font::named, names(Font::ALL, Font::name)),
        corners: few(
            &mut properties,
            "corners",
            Corners::named,
            names(Corners::ALL, Corners::name),
        ),
        scheme: few(&mut properties, "scheme", Scheme::named, names(Scheme::ALL, Scheme::name)),
        credit: few(&mut properties, "credit", Credit::named, names(Credit::ALL, Credit::name)),
        logo,
        cover,
    };
    properties.refuse_rest("A theme");
    Some(theme)
}

fn names<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|one| name(*one)).collect::<Vec<_>>().join(", ")
}

fn few<T: Default>(
    properties: &mut Properties,
    property: &str,
    named: impl Fn(&str) -> Option<T>,
    names: String,
) -> T {
    let Some(text) = properties.text(property) else { return T::default() };
    named(&text).unwrap_or_else(|| {
        properties.complain(property, "not_an_option", format!("Use one of {names}."));
        T::default()
    })
}

fn colour(properties: &mut Properties, property: &str) -> Option<Colour> {
    let text = properties.text(property)?;
    let colour = Colour::parse(&text);
    if colour.is_none() {
        let message = "Write a colour as # and six digits, such as #1d5fd0.";
        properties.complain(property, "not_a_colour", message);
    }
    colour
}

/// Its size is found out when it is stored, so a sender may leave it out.
fn picture(path: &str, value: Value, problems: &mut Fields) -> Option<Picture> {
    let mut properties = Properties::open(path.to_owned(), value, problems)?;
    let (file, text) = (properties.text("file"), properties.text("text"));
    let (width, height) = (properties.whole("width"), properties.whole("height"));
    let file = file.and_then(|file| file.parse().ok());
    if file.is_none() {
        let message = "Name a picture by the id that its upload answered, which begins with fil_.";
        properties.complain("file", "not_a_file", message);
    }
    properties.refuse_rest("A picture");
    Some(Picture {
        file: file?,
        width: width.unwrap_or(0),
        height: height.unwrap_or(0),
        text: text.filter(|text| !text.trim().is_empty()),
    })
}
