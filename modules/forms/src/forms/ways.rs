//! The ways to a form: its link, a QR code, and what to put on a page of one's own.

use kernel::{Error, Result};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use utoipa::ToSchema;

use super::Form;
use crate::{
    definition::{Definition, Kind, Theme},
    paths,
    texts::{Spoken, Texts},
    theme::Palette,
};

/// The ways to a form.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FormSharing)]
pub(crate) struct Sharing {
    /// The hosted page.
    #[schema(example = "https://example.com/f/4vn2k8q0rt6w1x5z")]
    pub(crate) url: String,
    /// The address with an answer in it, as an example; absent where no question takes one that is known.
    #[schema(example = "https://example.com/f/4vn2k8q0rt6w1x5z?your_name=Ada")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prefilled_url: Option<String>,
    /// HTML that shows the form on a page, as high as it is.
    pub(crate) inline: String,
    /// HTML of a button that opens the form.
    pub(crate) popup: String,
    /// HTML that needs no script; the frame has a height of its own.
    pub(crate) frame: String,
    /// A QR code of the address, as SVG.
    pub(crate) qr_svg: String,
}

impl Sharing {
    pub(crate) fn of(form: &Form, origin: &str) -> Result<Self> {
        let url = format!("{origin}{}", paths::hosted(&form.public_id));
        let title = escaped(&form.title);
        let definition = form.definition()?;
        let close = match definition.settings.language {
            Some(Spoken::Always(language)) => Texts::of(language).close,
            Some(Spoken::AsAsked) | None => Texts::english().close,
        };
        let script = |more: &str| {
            format!(
                "<script async src=\"{origin}{}\" data-form=\"{}\" data-title=\"{title}\"{more}></script>",
                paths::EMBED,
                form.public_id,
            )
        };
        Ok(Sharing {
            inline: script(""),
            popup: script(&format!(
                " data-mode=\"popup\" data-label=\"{title}\" data-close=\"{close}\"{}",
                colours(&definition.settings.theme),
            )),
            frame: format!(
                "<iframe src=\"{url}\" title=\"{title}\" width=\"100%\" height=\"640\" \
                 loading=\"lazy\" frameborder=\"0\"></iframe>"
            ),
            // So that views of those who scan it are told from others.
            qr_svg: qr(&format!("{url}?utm_source=qr"))?,
            prefilled_url: example(&definition).map(|query| format!("{url}?{query}")),
            url,
        })
    }
}

/// Those of the button on a page of one's own, when the form's look names one.
fn colours(theme: &Theme) -> String {
    let Some([light, _]) = Palette::of(theme).accent else { return String::new() };
    format!(" data-color=\"{}\" data-ink=\"{}\"", light.fill, light.ink)
}

/// An answer to the first question that can be answered without knowing more of it, as a query.
fn example(definition: &Definition) -> Option<String> {
    definition.fields.iter().find_map(|field| {
        let value = match &field.kind {
            Kind::ShortText(_) | Kind::LongText(_) => "Ada",
            Kind::Email(_) => "ada@example.com",
            Kind::YesNo => "true",
            Kind::Choice(_) | Kind::Choices(_) | Kind::Dropdown(_) => {
                &field.kind.options().first()?.value
            }
            _ => return None,
        };
        serde_urlencoded::to_string([(&field.key, value)]).ok()
    })
}

/// As it stands in an attribute (WHATWG HTML, 13.3, "escaping a string").
fn escaped(text: &str) -> String {
    maud::html! { (text) }.into_string().replace('"', "&quot;")
}

/// Read also when a sixth of it is dirty (level M of ISO/IEC 18004), with the quiet zone around it. Black on
/// white in both themes: readers want it so.
fn qr(url: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(Error::internal)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_break_out_of_its_attribute() {
        let text = escaped("\"><script>alert('x')</script>");
        assert!(!text.contains('"') && !text.contains('<') && !text.contains('>'), "{text}");
    }

    #[test]
    fn a_code_is_a_picture_of_squares() {
        let svg = qr("https://example.com/f/4vn2k8q0rt6w1x5z").expect("short enough");
        assert!(svg.contains("<svg") && svg.contains("width=\"2") && svg.len() < 20_000);
    }
}
