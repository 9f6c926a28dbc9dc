//! What templates of a form may name, and what that holds for one submission.

use ::mails::template::{Foot, Holds, Rendered, Template, Values, Variable};
use kernel::Timestamp;

use super::{Kind, Notice};
use crate::{
    answers::{Answers, Value},
    definition::{Definition, Field, Kind as Asks},
    paths,
    submissions::Submission,
};

/// What can be named: of the form, and every question that has an answer.
pub(crate) fn variables(definition: &Definition, kind: Kind) -> Vec<Variable> {
    let variable = |name: &str, meaning: &str, holds| Variable {
        name: name.to_owned(),
        meaning: meaning.to_owned(),
        holds,
    };
    let mut all = vec![
        variable("form_title", "The title of the form", Holds::Text),
        variable("number", "The number of the submission", Holds::Text),
        variable("received_at", "When it came in", Holds::Text),
        variable("answers", "All answers, on a line of its own", Holds::Table),
    ];
    if kind == Kind::Team {
        let meaning = "Where the team reads it; for links";
        all.push(variable("submission_link", meaning, Holds::Link));
    }
    let fields = definition.fields.iter().filter(|field| is_answered(field));
    all.extend(
        fields.map(|field| variable(&format!("field:{}", field.key), field.name(), Holds::Text)),
    );
    all
}

fn is_answered(field: &Field) -> bool {
    !matches!(field.kind, Asks::Section | Asks::Page)
}

/// What a notice says, as it was checked when it was saved; the questions may have changed since.
pub(crate) fn template(notice: &Notice, definition: &Definition, kind: Kind) -> Template {
    Template::read(&notice.subject, &notice.body, &variables(definition, kind))
}

/// A submission with what it answers.
pub(crate) struct Told<'a> {
    pub(crate) title: &'a str,
    pub(crate) definition: &'a Definition,
    pub(crate) answers: &'a Answers,
    pub(crate) number: i64,
    pub(crate) received_at: Timestamp,
    /// Where the team reads it.
    pub(crate) link: String,
}

/// What the variables hold.
pub(crate) fn values(told: &Told<'_>) -> Values {
    let mut texts = vec![
        ("form_title".to_owned(), told.title.to_owned()),
        ("number".to_owned(), told.number.to_string()),
        ("received_at".to_owned(), readable(told.received_at)),
        ("submission_link".to_owned(), told.link.clone()),
    ];
    let mut rows = Vec::new();
    for field in &told.definition.fields {
        if let Some(answer) = shown(told.answers, field) {
            texts.push((format!("field:{}", field.key), answer.clone()));
            rows.push((field.name().to_owned(), answer));
        }
    }
    Values { texts, tables: vec![("answers".to_owned(), rows)] }
}

/// An answer in words; files stay where only members fetch them.
pub(crate) fn shown(answers: &Answers, field: &Field) -> Option<String> {
    match (&field.kind, answers.get(&field.key)) {
        (Asks::File(_), Some(Value::List(files))) if files.len() == 1 => Some("1 file".to_owned()),
        (Asks::File(_), Some(Value::List(files))) => Some(format!("{} files", files.len())),
        _ => answers.shown(field).map(std::borrow::Cow::into_owned),
    }
}

/// Day and time, with their zone: a mail does not know where it is read.
pub(crate) fn readable(at: Timestamp) -> String {
    at.to_jiff().strftime("%-d %b %Y, %H:%M UTC").to_string()
}

/// Where the team reads a submission.
pub(crate) fn link(notice: &Notice, submission: &Submission) -> String {
    format!("{}{}", notice.origin, paths::submission(&notice.slug, submission.id))
}

/// A mail of a notice.
pub(crate) fn rendered(template: &Template, told: &Told<'_>, foot: &Foot) -> Rendered {
    template.render(&values(told), foot)
}

/// Why a mail came.
pub(crate) fn foot(kind: Kind, title: &str, unsubscription: Option<String>) -> Foot {
    let reason = match kind {
        Kind::Team => format!("You get this because you are told of what comes in by “{title}”."),
        Kind::Respondent => {
            format!("You get this because your address was entered in the form “{title}”.")
        }
    };
    Foot { reason, link: unsubscription.map(|at| ("No more of these mails".to_owned(), at)) }
}
