//! One HTML element with attributes chosen at run time, which maud's macro cannot write.

use std::fmt::Write;

use maud::{Escaper, Markup, PreEscaped, Render};

/// An element under construction. Names are `'static`, values are escaped.
#[derive(Clone)]
pub struct Element {
    tag: &'static str,
    open: String,
    body: Markup,
}

/// Elements that have no content and no end tag.
const VOID: [&str; 3] = ["input", "img", "hr"];

impl Element {
    /// Starts an element such as `button`.
    pub fn new(tag: &'static str) -> Self {
        Self { tag, open: format!("<{tag}"), body: PreEscaped(String::new()) }
    }

    /// Adds an attribute with its value.
    pub fn attr(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        let _ = write!(self.open, " {name}=\"");
        let _ = Escaper::new(&mut self.open).write_str(value.as_ref());
        self.open.push('"');
        self
    }

    /// Adds the attribute when there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Adds a boolean attribute such as `disabled` when `on`.
    pub fn flag(mut self, name: &'static str, on: bool) -> Self {
        if on {
            let _ = write!(self.open, " {name}");
        }
        self
    }

    /// Adds every pair of a list gathered by a builder.
    pub fn attrs(self, pairs: &[(&'static str, String)]) -> Self {
        pairs.iter().fold(self, |element, (name, value)| element.attr(name, value))
    }

    /// Sets what stands between the start and the end tag.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }
}

impl Render for Element {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.open);
        buffer.push('>');
        if !VOID.contains(&self.tag) {
            buffer.push_str(&self.body.0);
            let _ = write!(buffer, "</{}>", self.tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_break_out_of_their_attribute() {
        let element = Element::new("a").attr("href", "\"><script>").flag("hidden", true);
        assert_eq!(
            element.render().into_string(),
            "<a href=\"&quot;&gt;&lt;script&gt;\" hidden></a>"
        );
    }

    #[test]
    fn void_elements_have_no_end_tag() {
        let element = Element::new("input").maybe("id", Some("a")).maybe("name", None::<&str>);
        assert_eq!(element.render().into_string(), "<input id=\"a\">");
    }
}
