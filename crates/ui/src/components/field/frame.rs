//! The frame around a control: label, hint and error.

use maud::{Markup, Render, html};

use super::{Control, Field, control::control};
use crate::{Element, Icon};

impl Field<'_> {
    fn is_group(&self) -> bool {
        use Control::{Checkboxes, Radios, Scale, Stars};
        matches!(self.control, Radios(_) | Checkboxes(_) | Scale { .. } | Stars(_))
    }

    fn name_line(&self) -> Markup {
        html! {
            (self.label)
            @if self.required { span.field__required title=(self.words.required) { span aria-hidden="true" { "*" } } }
        }
    }

    fn notes(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint { p.field__hint id={ (self.id) "-hint" } { (hint) } }
            @if let Some(error) = self.error {
                p.field__error id={ (self.id) "-error" } { (Icon::Warning) span { (error) } }
            }
        }
    }

    fn group(&self) -> Markup {
        let several = matches!(self.control, Control::Checkboxes(_));
        Element::new("fieldset")
            .attr("class", "field field--group")
            .attr("id", &self.id)
            .attr("tabindex", "-1")
            .maybe("role", (!several).then_some("radiogroup"))
            .maybe("aria-required", (!several && self.required).then_some("true"))
            .maybe("aria-invalid", self.invalid().filter(|_| !several))
            .maybe("aria-describedby", self.described_by())
            .attrs(&self.attributes)
            .body(html! {
                legend.field__label { (self.name_line()) }
                (control(self))
                (self.notes())
            })
            .render()
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        if self.is_group() {
            return self.group();
        }
        let tick = matches!(self.control, Control::Tick { .. });
        html! {
            div.field.field--tick[tick] {
                @if tick {
                    label.tick {
                        (control(self))
                        span.tick__label { (self.name_line()) }
                    }
                } @else {
                    label.field__label for=(self.id) { (self.name_line()) }
                    (control(self))
                }
                (self.notes())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_and_harmless() {
        let html = Field::text("name", "Name").value("\"><script>x</script>").render().0;
        assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;\""));
    }

    #[test]
    fn an_error_is_tied_to_its_control() {
        let field = Field::email("email", "E-mail").hint(Some("Work")).error(Some("No @"));
        let html = field.render().0;
        assert!(html.contains("aria-describedby=\"field-email-hint field-email-error\""));
        assert!(
            html.contains("aria-invalid=\"true\"") && html.contains("id=\"field-email-error\"")
        );
    }

    #[test]
    fn a_chosen_answer_stays_chosen() {
        let html = Field::nps("nps", "Recommend?").value("7").render().0;
        assert!(html.contains("value=\"7\" checked") && html.matches("checked").count() == 1);
    }
}
