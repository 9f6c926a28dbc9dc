//! The shape of a field, for the API document.

use utoipa::ToSchema;

/// A field of a form. Further settings depend on the type.
#[derive(ToSchema)]
#[schema(as = Field)]
#[expect(dead_code, reason = "it only names the shape in the document")]
pub(crate) struct FieldSchema {
    /// Names the answer: `[a-z][a-z0-9_]{0,63}`, unique in the form; made from the label when absent.
    key: Option<String>,
    /// What is asked for.
    #[schema(rename = "type")]
    #[schema(inline)]
    r#type: FieldType,
    /// The question as people read it.
    label: Option<String>,
    /// Whether an answer must be given.
    required: Option<bool>,
    /// A line under the question.
    help: Option<String>,
    /// For `choice`, `choices`, `dropdown`.
    options: Option<Vec<OptionSchema>>,
    /// Shown only where this holds: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a test of the answer to
    /// an earlier field. Of a page, everything up to the next one. What is not shown is not asked: its answer
    /// is dropped, whichever way it came, and counts as unanswered for the conditions that follow.
    #[schema(value_type = Option<Object>, example = json!({"any": [
        {"field": "age", "is": "at_least", "value": 18}, {"field": "topic", "is": "one_of", "value": ["order"]}
    ]}))]
    show_if: Option<serde_json::Value>,
    /// Must be answered also where this holds, if it is shown.
    #[schema(value_type = Option<Object>)]
    require_if: Option<serde_json::Value>,
    /// For the same: each respondent sees the options in an order of their own, "other" at the end.
    shuffle: Option<bool>,
    /// What the hosted page fills in at first, in the shape of an answer; a link may say otherwise.
    #[schema(value_type = Option<Object>)]
    default: Option<serde_json::Value>,
}

/// How a form presents itself.
#[derive(ToSchema)]
#[schema(as = FormSettings)]
#[expect(dead_code, reason = "it only names the shape in the document")]
pub(crate) struct SettingsSchema {
    /// The heading of the page after sending.
    thanks_title: Option<String>,
    /// The text of the page after sending.
    thanks_text: Option<String>,
    /// Where to go after sending, instead of a page of ours: a whole address.
    redirect_url: Option<String>,
    /// What the page says by itself: `en`, `de`, `fr`, `es`, `it`, `pt-BR`, `nl`, `pl`, `ar`, `ja`, or
    /// `respondent` for the one of these that the respondent's browser asks for. English, when nothing is set.
    language: Option<String>,
    /// Nothing that is written is kept in the respondent's browser until it is sent: for shared computers.
    forget_drafts: Option<bool>,
    /// How it looks.
    #[schema(inline)]
    theme: Option<ThemeSchema>,
}

/// How a form looks; what is absent is as usual.
#[derive(ToSchema)]
#[schema(as = FormLook)]
#[expect(dead_code, reason = "it only names the shape in the document")]
pub(crate) struct ThemeSchema {
    /// Of buttons, links and marks. Where it would not stand out, a shade that does takes its place.
    #[schema(example = "#1d5fd0")]
    accent: Option<String>,
    /// Behind the sheet.
    #[schema(example = "#f3efe6")]
    background: Option<String>,
    /// `sans`, `serif`, `rounded` or `mono`, each of the reader's own device.
    font: Option<String>,
    /// `soft`, `square` or `round`.
    corners: Option<String>,
    /// `automatic`, `light` or `dark`.
    scheme: Option<String>,
    /// Whether its pages say below with what they were made: `shown` or `hidden`.
    credit: Option<String>,
    /// Above the title.
    logo: Option<PictureSchema>,
    /// Across the top, and on cards of links to the form.
    cover: Option<PictureSchema>,
}

/// A picture that was uploaded to a form of the workspace.
#[derive(ToSchema)]
#[schema(as = FormLookPicture)]
#[expect(dead_code, reason = "it only names the shape in the document")]
pub(crate) struct PictureSchema {
    /// Its id.
    file: String,
    /// What it says to those who do not see it.
    text: Option<String>,
    /// In pixels; found out by us.
    width: Option<u32>,
    height: Option<u32>,
}

/// An option: what is stored and what is read.
#[derive(ToSchema)]
#[schema(as = Option_)]
#[expect(dead_code, reason = "it only names the shape in the document")]
struct OptionSchema {
    value: String,
    label: Option<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only names the shape in the document")]
enum FieldType {
    ShortText,
    LongText,
    Email,
    Phone,
    Number,
    Date,
    Time,
    Choice,
    Choices,
    Dropdown,
    Scale,
    Rating,
    Nps,
    YesNo,
    File,
    Consent,
    Hidden,
    Section,
    Page,
}
