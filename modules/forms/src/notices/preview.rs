//! A mail as it would be: made of the newest submission, or of answers that are made up.

use ::mails::template::{Rendered, Values};
use axum::{http::HeaderMap, response::Response};
use kernel::{Error, Result};
use web::{Cx, Editable, Json, Pairs, Reply, Visit};

use super::{
    Kind, Notice,
    change::Asked,
    json::{PreviewJson, PreviewRequest},
    look::look,
    page, store,
    templates::{Told, foot, template, values},
};
use crate::{
    definition::{Definition, Kind as Asks},
    forms::Form,
    pages::origin,
    submissions::{
        filter::Filter,
        walk::{Entry, From, Walk},
    },
};

/// The mail, and the number of the submission that it is made of.
async fn preview(
    cx: &Cx,
    form: &Form,
    origin: &str,
    asked: &Asked<'_>,
) -> Result<(Rendered, Option<i64>)> {
    let (kind, definition) = (asked.kind(), form.definition()?);
    let mut tx = cx.read().await?;
    let kept = store::find_notice(&mut tx, form.id, kind).await?;
    let mut notice = kept.unwrap_or_else(|| Notice::usual(form.id, kind));
    asked.apply(&mut notice, &definition)?;
    let filter = Filter::default();
    let mut walk = Walk::of(&mut tx, form.id, &filter).await?;
    let (entries, _) = walk.page(&mut tx, From::TOP, 1).await?;
    let link = "https://example.com/".to_owned();
    let (values, number) = match entries.first() {
        Some(Entry { submission: row, .. }) => {
            let (asked, answers) = (row.definition(&mut tx).await?, row.answers()?);
            let told = Told {
                title: &form.title,
                definition: &asked,
                answers: &answers,
                number: row.number,
                received_at: row.received_at,
                link,
            };
            (values(&told), Some(row.number))
        }
        None => (made_up(form, &definition, cx, link), None),
    };
    let foot = foot(kind, &form.title, Some("https://example.com/".to_owned()));
    let look = look(&definition.settings.theme, origin, &form.public_id);
    Ok((template(&notice, &definition, kind).looking(look).render(&values, &foot), number))
}

/// Something for every question, while nobody has answered yet.
fn made_up(form: &Form, definition: &Definition, cx: &Cx, link: String) -> Values {
    let mut texts = vec![
        ("form_title".to_owned(), form.title.clone()),
        ("number".to_owned(), "1".to_owned()),
        ("received_at".to_owned(), super::templates::readable(cx.now())),
        ("submission_link".to_owned(), link),
    ];
    let mut rows = Vec::new();
    for field in &definition.fields {
        let answer = match &field.kind {
            Asks::Section | Asks::Page => continue,
            Asks::Email(_) => "ada@example.com".to_owned(),
            Asks::Phone => "+44 20 7946 0018".to_owned(),
            Asks::Number(_) => "12".to_owned(),
            Asks::Date(_) => "3 Aug 2026".to_owned(),
            Asks::Time => "09:30".to_owned(),
            Asks::Scale(points) => format!("{} of {}", points.max, points.max),
            Asks::Rating(rating) => format!("{} of {}", rating.max, rating.max),
            Asks::Nps => "9 of 10".to_owned(),
            Asks::YesNo => "Yes".to_owned(),
            Asks::File(_) => "1 file".to_owned(),
            Asks::Consent(_) => "Accepted".to_owned(),
            kind => kind.options().first().map_or("An answer", |option| &option.label).to_owned(),
        };
        texts.push((format!("field:{}", field.key), answer.clone()));
        rows.push((field.name().to_owned(), answer));
    }
    Values { texts, tables: vec![("answers".to_owned(), rows)] }
}

pub(crate) async fn api(
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Json(request): Json<PreviewRequest>,
) -> Reply<Response> {
    let asked = match (&request.team, &request.respondent) {
        (_, Some(change)) => Asked::Respondent(change),
        (Some(change), None) => Asked::Team(change),
        (None, None) => Asked::Team(&super::input::TeamChange::default()),
    };
    let made = preview(&visit, &form, &origin(&headers), &asked).await;
    let (mail, number) = made.map_err(|error| match error {
        Error::Invalid(problems) => Error::Invalid(problems.within(asked.kind().word())),
        other => other,
    })?;
    Ok(web::json(&PreviewJson::of(mail, number)))
}

/// In a frame of the page, of what stands in its inputs.
pub(crate) async fn frame(
    visit: Visit,
    headers: HeaderMap,
    form: Editable<Form>,
    Pairs(pairs): Pairs,
) -> Reply<Response> {
    let entered = page::Entered::of(&pairs);
    match preview(&visit, &form, &origin(&headers), &entered.asked()).await {
        Ok((mail, _)) => Ok(::mails::framed(mail.html)),
        Err(Error::Invalid(problems)) => {
            let told: Vec<&str> = problems.iter().map(|one| one.message.as_str()).collect();
            let body = maud::html! { ul { @for one in told { li { (one) } } } };
            let values = Values::default();
            let title = "This is not right yet";
            let empty = ::mails::template::Template::read(title, "# This is not right yet", &[]);
            let mail = empty.render(&values, &foot(Kind::Team, &form.title, None));
            Ok(::mails::framed(mail.html.replacen("</h2>", &format!("</h2>{}", body.0), 1)))
        }
        Err(error) => Err(error.into()),
    }
}
