//! How each type of field is called and drawn in the editor.

use ui::{Choice, Icon};

/// Every type as its makers read it, in the order of the list they choose from.
pub(crate) const TYPES: [Choice<'static>; 19] = [
    Choice { value: "short_text", label: "Short text" },
    Choice { value: "long_text", label: "Long text" },
    Choice { value: "email", label: "E-mail" },
    Choice { value: "phone", label: "Phone" },
    Choice { value: "number", label: "Number" },
    Choice { value: "date", label: "Date" },
    Choice { value: "time", label: "Time" },
    Choice { value: "choice", label: "Choice: one of several" },
    Choice { value: "choices", label: "Choices: any of several" },
    Choice { value: "dropdown", label: "Drop-down list" },
    Choice { value: "scale", label: "Scale" },
    Choice { value: "rating", label: "Rating in stars" },
    Choice { value: "nps", label: "Recommendation, 0 to 10" },
    Choice { value: "yes_no", label: "Yes or no" },
    Choice { value: "file", label: "File upload" },
    Choice { value: "consent", label: "Consent" },
    Choice { value: "hidden", label: "Hidden value" },
    Choice { value: "section", label: "Section heading" },
    Choice { value: "page", label: "New page" },
];

/// The types as the palette shows them, by what they ask for.
pub(crate) const GROUPS: [(&str, &[&str]); 4] = [
    ("Words and numbers", &["short_text", "long_text", "email", "phone", "number", "date", "time"]),
    ("Choices", &["choice", "choices", "dropdown", "yes_no", "consent"]),
    ("Opinions", &["scale", "rating", "nps"]),
    ("The form itself", &["page", "section", "file", "hidden"]),
];

/// The type as its makers read it.
pub(crate) fn type_label(kind: &str) -> &'static str {
    TYPES.iter().find(|choice| choice.value == kind).map_or("Field", |choice| choice.label)
}

/// The type's picture.
pub(crate) fn type_icon(kind: &str) -> Icon {
    match kind {
        "long_text" => Icon::Paragraph,
        "email" => Icon::Mail,
        "phone" => Icon::Phone,
        "number" => Icon::Hash,
        "date" => Icon::Calendar,
        "time" => Icon::Clock,
        "choice" => Icon::Radio,
        "choices" => Icon::List,
        "dropdown" => Icon::Dropdown,
        "scale" => Icon::Scale,
        "rating" => Icon::Star,
        "nps" => Icon::Gauge,
        "yes_no" => Icon::Toggle,
        "file" => Icon::Upload,
        "consent" => Icon::Consent,
        "hidden" => Icon::Hidden,
        "section" => Icon::Section,
        "page" => Icon::Page,
        _ => Icon::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, TYPES};
    use crate::definition::Kind;

    #[test]
    fn every_type_can_be_chosen() {
        let offered: Vec<&str> = TYPES.iter().map(|choice| choice.value).collect();
        assert_eq!(offered, Kind::NAMES);
        let mut shown: Vec<&str> = GROUPS.iter().flat_map(|(_, kinds)| *kinds).copied().collect();
        let mut all = Kind::NAMES;
        shown.sort_unstable();
        all.sort_unstable();
        assert_eq!(shown, all);
    }
}
