//! The page of what a form sends.

mod respondent;
mod team;

use ::mails::{Address, template::Variable};
use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Choice, Field as Input, PageHeader, Tone, badge, error_summary, hidden,
};
use workspaces::Person;

use super::{Kind, Notice};
use crate::{
    definition::{Definition, Kind as Asks},
    forms::{
        Form,
        editor::{View, state, tabs},
    },
    pages::{Viewer, sent},
    paths,
};

/// What a form sends, with what is known of whom it goes to.
pub(crate) struct Found {
    pub(crate) team: Notice,
    pub(crate) respondent: Notice,
    pub(crate) people: Vec<Person>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) variables: [Vec<Variable>; 2],
}

/// What was sent and refused.
pub(crate) struct Attempt<'a> {
    pub(crate) kind: Kind,
    pub(crate) pairs: &'a [(String, String)],
    pub(crate) problems: &'a Fields,
}

/// What the page shows.
pub(crate) struct Page<'a> {
    pub(crate) viewer: Viewer<'a>,
    pub(crate) form: &'a Form,
    pub(crate) definition: &'a Definition,
    pub(crate) found: &'a Found,
    pub(crate) configured: bool,
    /// The id of who looks.
    pub(crate) reader: Option<String>,
    pub(crate) attempt: Option<&'a Attempt<'a>>,
}

/// What stands in the inputs of one notice.
struct Inputs<'a> {
    kind: Kind,
    notice: &'a Notice,
    attempt: Option<&'a Attempt<'a>>,
}

impl<'a> Inputs<'a> {
    fn value(&self, name: &str, kept: &'a str) -> &'a str {
        self.attempt.map_or(kept, |attempt| sent(attempt.pairs, name).unwrap_or_default())
    }

    fn is_on(&self, name: &str, kept: bool) -> bool {
        self.attempt.map_or(kept, |attempt| sent(attempt.pairs, name).is_some())
    }

    fn error(&self, name: &str) -> Option<&'a str> {
        self.attempt.and_then(|attempt| attempt.problems.of(name))
    }

    /// Unique on the page, which has two of most.
    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.kind.word())
    }

    fn input(&self, field: Input<'a>, name: &str) -> Input<'a> {
        field.id(self.id(name)).error(self.error(name))
    }
}

impl Page<'_> {
    pub(crate) fn render(&self) -> Markup {
        let forms = paths::forms(self.viewer.slug);
        html! {
            (PageHeader::new(&self.form.title).trail(&[("Forms", &forms)]).summary(state(&self.viewer, self.form)))
            (tabs(&self.viewer, self.form, View::Mail))
            div.stack.notices {
                @if !self.configured { (::mails::not_configured()) }
                (self.complaints())
                @if self.viewer.writes {
                    (self.team(&self.inputs(Kind::Team)))
                    (self.respondent(&self.inputs(Kind::Respondent)))
                } @else {
                    (Alert::info("You may look at this form, and not change it"))
                    (self.outline())
                }
            }
        }
    }

    /// With previews that show themselves.
    pub(crate) fn render_live(&self) -> Markup {
        html! {
            (self.render())
            script src=(ui::url("mail_preview.js")) type="module" {}
        }
    }

    fn outline(&self) -> Markup {
        let word =
            |on: bool| if on { badge(Tone::Good, "On") } else { badge(Tone::Neutral, "Off") };
        html! {
            p { "Mail to the team " (word(self.found.team.enabled)) }
            p { "Answer to who answered " (word(self.found.respondent.enabled)) }
        }
    }

    fn inputs(&self, kind: Kind) -> Inputs<'_> {
        let notice = match kind {
            Kind::Team => &self.found.team,
            Kind::Respondent => &self.found.respondent,
        };
        Inputs { kind, notice, attempt: self.attempt.filter(|attempt| attempt.kind == kind) }
    }

    fn complaints(&self) -> Markup {
        let Some(attempt) = self.attempt else { return html! {} };
        let word = attempt.kind.word();
        let ids: Vec<(String, &str)> = attempt
            .problems
            .iter()
            .map(|one| (format!("{word}-{}", one.field), one.message.as_str()))
            .collect();
        let links: Vec<(&str, &str)> = ids.iter().map(|(id, told)| (id.as_str(), *told)).collect();
        error_summary(&links)
    }

    /// Questions for addresses, after what stands for none.
    fn emails(&self, none: &str) -> Vec<(String, String)> {
        let fields = self.definition.fields.iter();
        let fields = fields.filter(|field| matches!(field.kind, Asks::Email(_)));
        let mut all = vec![(String::new(), none.to_owned())];
        all.extend(fields.map(|field| (field.key.clone(), field.name().to_owned())));
        all
    }

    /// The inputs of one notice beside how its mail looks.
    fn card(&self, inputs: &Inputs<'_>, title: &str, summary: &str, body: Markup) -> Markup {
        let at = |part| paths::form_part(self.viewer.slug, self.form.id, part);
        let frame = inputs.id("preview");
        let body = html! {
            div.notices__desk {
                form.stack method="post" action=(at("notices")) {
                    (hidden("csrf_token", self.viewer.csrf_token))
                    (hidden("kind", inputs.kind.word()))
                    (body)
                    (self.texts(inputs))
                    div.row {
                        (Button::primary("Save").submit())
                        (Button::secondary("Look at it").submit()
                            .attr("formaction", at("notices/preview")).attr("formtarget", &frame)
                            .attr("formnovalidate", ""))
                    }
                }
                (preview(&frame))
            }
        };
        Card::new(body).id(inputs.kind.word()).title(title).summary(summary).render()
    }

    fn texts(&self, inputs: &Inputs<'_>) -> Markup {
        let all = match inputs.kind {
            Kind::Team => &self.found.variables[0],
            Kind::Respondent => &self.found.variables[1],
        };
        html! {
            (inputs.input(Input::text("subject", "Subject"), "subject").required(true)
                .attr("maxlength", "200").value(inputs.value("subject", &inputs.notice.subject)))
            (inputs.input(Input::long_text("body", "Text"), "body").required(true)
                .attr("maxlength", "10000").attr("rows", "10").value(inputs.value("body", &inputs.notice.body))
                .hint(Some("# heading, - list, **strong**, [label](https://…). A link alone on its line is a button.")))
            details.notices__variables {
                summary { "What it can name" }
                dl {
                    @for one in all {
                        div { dt { code { "{{" (one.name) "}}" } } dd { (one.meaning) } }
                    }
                }
                p.muted { code { "{{field:KEY|text}}" } " has the text in place of an answer that was not given." }
            }
        }
    }
}

fn choices_of(pairs: &[(String, String)]) -> Vec<Choice<'_>> {
    pairs.iter().map(|(value, label)| Choice { value, label }).collect()
}

/// How the mail looks, on a desk and on a phone.
fn preview(frame: &str) -> Markup {
    let width = format!("{frame}-width");
    html! {
        div.notices__preview {
            fieldset.notices__widths {
                legend.visually-hidden { "How wide" }
                label { input type="radio" name=(width) value="desk" checked; " Desk" }
                label { input type="radio" name=(width) value="phone"; " Phone" }
            }
            iframe name=(frame) title="How the mail looks" sandbox="" {}
            p.muted { "“Look at it” shows the mail here: of the newest submission, with the colour and the logo of the form’s look." }
        }
    }
}
