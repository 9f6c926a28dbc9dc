//! The gallery: good forms to begin with, from `seeds/gallery`.

use axum::response::Response;
use kernel::{Error, Result};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::Reply;

/// A form to begin with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Template {
    /// Names it in addresses.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) summary: &'static str,
    /// The document, as `POST /api/forms` takes it.
    text: &'static str,
}

macro_rules! template {
    ($name:literal, $title:literal, $summary:literal) => {
        Template {
            name: $name,
            title: $title,
            summary: $summary,
            text: include_str!(concat!("../../../seeds/gallery/", $name, ".json")),
        }
    };
}

/// All of them, the most wanted first.
pub(crate) const TEMPLATES: [Template; 13] = [
    template!("contact", "Contact", "Name, address and a message: the form of every site."),
    template!(
        "customer_satisfaction",
        "Customer satisfaction",
        "NPS, stars, and what to do better."
    ),
    template!("lead", "Project inquiry", "Goals, budget and dates on three short pages."),
    template!(
        "event_registration",
        "Event registration",
        "Who comes, with whom, and what they eat."
    ),
    template!("job_application", "Job application", "A CV, links, and a few good questions."),
    template!("appointment_request", "Appointment request", "A day, a time, and another one."),
    template!("order_request", "Order", "What, how many, and how it gets there."),
    template!("bug_report", "Bug report", "Steps, severity and screenshots."),
    template!("newsletter", "Newsletter", "An address, topics, and consent."),
    template!("rsvp", "Invitation", "Who comes to the party, and with what song."),
    template!("employee_pulse", "Team pulse", "How the week was, without names."),
    template!("course_evaluation", "Course evaluation", "Content, pace, teacher."),
    template!("incident_report", "Incident report", "What happened, with photos, in order."),
];

impl Template {
    /// The one of this name.
    pub(crate) fn find(name: &str) -> Option<&'static Template> {
        TEMPLATES.iter().find(|template| template.name == name)
    }

    /// The document, as `POST /api/forms` takes it.
    pub(crate) fn document(&self) -> Result<Value> {
        serde_json::from_str(self.text).map_err(Error::internal)
    }
}

/// A form to begin with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormTemplate {
    /// Names it.
    name: &'static str,
    title: &'static str,
    summary: &'static str,
    /// A body for `POST /api/forms`.
    #[schema(value_type = Object)]
    document: Value,
}

/// All templates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormTemplates {
    data: Vec<FormTemplate>,
}

pub(crate) async fn api() -> Reply<Response> {
    let template = |it: &Template| {
        let Template { name, title, summary, .. } = *it;
        Ok(FormTemplate { name, title, summary, document: it.document()? })
    };
    let data = TEMPLATES.iter().map(template).collect::<Result<_>>()?;
    Ok(web::json(&FormTemplates { data }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::Definition;

    #[test]
    fn every_form_of_the_gallery_is_sound() {
        for template in TEMPLATES {
            let mut document = template.document().expect(template.name);
            assert!(document["title"].take().is_string(), "{}", template.name);
            document.as_object_mut().expect("an object").remove("title");
            let definition = Definition::from_json(document).expect(template.name);
            assert!(definition.fields.len() >= 4, "{}", template.name);
            let found = Template::find(template.name).expect("named");
            assert_eq!(found.title, template.title);
        }
    }
}
