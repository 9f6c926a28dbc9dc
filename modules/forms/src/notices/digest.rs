//! Several submissions in one mail: what waited for its time, or for the next hour.

use std::sync::Arc;

use ::jobs::{Failure, JobContext};
use ::mails::{
    NewMail, purpose,
    template::{Holds, Template, Values, Variable},
};
use kernel::{Result, Timestamp};
use web::{Change, Cx, House};

use super::{
    Kind, Notice,
    look::look,
    plan::{Recipient, recipients},
    store,
    templates::{foot, readable, shown},
};
use crate::{
    Forms,
    forms::{self, Form, FormId},
    pages::figure,
    paths,
    submissions::{
        self, Submission,
        filter::Filter,
        incoming::NEWS,
        walk::{Entry, From, Walk},
    },
};

const SUBJECT: &str = "{{form_title}}: {{count}}";
const BODY: &str = "# {{count}}\n\n{{submissions}}\n\n{{more}}\n\n[See all of them]({{link}})";
/// Submissions that are shown in one mail, and questions of each.
const SHOWN: usize = 20;
const QUESTIONS: usize = 4;

/// The job: writes what waits, once, and only once its time has come.
pub(crate) async fn send(
    system: Forms,
    house: Arc<House>,
    job: JobContext,
    form: FormId,
) -> Result<(), Failure> {
    let cx = Cx::of_job(house, &job);
    let mut tx = cx.begin().await?;
    // Locked first, as by whoever hands over.
    let delivered = submissions::store::find_delivered(&mut tx, form).await?;
    let notice = store::lock_notice(&mut tx, form, Kind::Team).await?;
    let due = |notice: &Notice| notice.waiting_until.is_some_and(|at| at <= cx.now());
    if let Some(mut notice) = notice.filter(due) {
        if let Some(form) = forms::store::find_form(&mut tx, form).await?
            && notice.enabled
        {
            write(&system, &cx, &mut tx, (&mut notice, delivered), &form).await?;
        }
        (notice.waiting_count, notice.waiting_until) = (0, None);
        store::keep_notice(&mut tx, Kind::Team, &notice).await?;
    }
    job.finish(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn write(
    system: &Forms,
    cx: &Cx,
    tx: &mut Change,
    (notice, delivered): (&mut Notice, i64),
    form: &Form,
) -> Result<()> {
    let recipients = recipients(tx, notice).await?;
    notice.room(cx.now());
    notice.window_count += i64::try_from(recipients.len()).unwrap_or(0);
    let values = values(tx, (notice, delivered), form).await?;
    let theme = form.definition()?.settings.theme;
    let template = Template::read(SUBJECT, BODY, &variables());
    let template = template.looking(look(&theme, &notice.origin, &form.public_id));
    let at = notice.waiting_until.unwrap_or_default();
    let mut mails = Vec::new();
    for to in recipients {
        mails.push(mail(system, cx, &template, (notice, form, &values, at), to)?);
    }
    ::mails::write(tx, mails, cx.now(), cx.chance()).await.map(|_| ())
}

fn mail(
    system: &Forms,
    cx: &Cx,
    template: &Template,
    (notice, form, values, at): (&Notice, &Form, &Values, Timestamp),
    to: Recipient,
) -> Result<NewMail> {
    let about = form.id.to_string();
    let unsubscribe = system.unsubscription(cx, &notice.origin, &to.address, &about)?;
    let foot = foot(Kind::Team, &form.title, unsubscribe.clone());
    Ok(NewMail {
        source: format!("digest {about} {} {}", notice.waiting_after, to.address),
        at,
        purpose: purpose::DIGEST,
        about,
        recipient: to.address,
        recipient_name: to.name,
        reply_to: None,
        content: template.render(values, &foot),
        unsubscribe,
    })
}

fn variables() -> Vec<Variable> {
    let all = [
        ("form_title", Holds::Text),
        ("count", Holds::Text),
        ("more", Holds::Text),
        ("submissions", Holds::Table),
        ("link", Holds::Link),
    ];
    let variable = |(name, holds): (&str, Holds)| Variable {
        name: name.to_owned(),
        meaning: String::new(),
        holds,
    };
    all.into_iter().map(variable).collect()
}

async fn values(
    tx: &mut Change,
    (notice, delivered): (&Notice, i64),
    form: &Form,
) -> Result<Values> {
    let rows = submissions(tx, (notice, delivered), form.id).await?;
    let count = match notice.waiting_count {
        1 => "1 new submission".to_owned(),
        count => format!("{} new submissions", figure(count)),
    };
    let rest = notice.waiting_count - i64::try_from(rows.len()).unwrap_or(0);
    let more = match rest {
        ..=0 => String::new(),
        rest => format!("And {} more.", figure(rest)),
    };
    let link = format!("{}{}", notice.origin, paths::submissions(&notice.slug, form.id));
    let texts =
        [("form_title", form.title.clone()), ("count", count), ("more", more), ("link", link)];
    Ok(Values {
        texts: texts.map(|(name, text)| (name.to_owned(), text)).to_vec(),
        tables: vec![("submissions".to_owned(), rows)],
    })
}

/// The newest of those that waited, each with its first answers.
async fn submissions(
    tx: &mut Change,
    (notice, delivered): (&Notice, i64),
    form: FormId,
) -> Result<Vec<(String, String)>> {
    let filter = Filter { sources: NEWS.map(str::to_owned).to_vec(), ..Filter::default() };
    let mut walk = Walk::of(tx, form, &filter).await?;
    let shown = SHOWN.min(usize::try_from(notice.waiting_count).unwrap_or(0));
    let (mut entries, _) = walk.page(tx, From::Before(delivered + 1), shown).await?;
    entries.retain(|entry| entry.submission.number > notice.waiting_after);
    let mut table = Vec::with_capacity(entries.len());
    for Entry { submission, .. } in &entries {
        table.push((headline(submission), first_answers(tx, submission).await?));
    }
    Ok(table)
}

fn headline(submission: &Submission) -> String {
    format!("#{} · {}", submission.number, readable(submission.received_at))
}

async fn first_answers(tx: &mut Change, submission: &Submission) -> Result<String> {
    let (definition, answers) = (submission.definition(tx).await?, submission.answers()?);
    let fields = definition.fields.iter().filter_map(|field| {
        Some(format!("{}: {}", field.name(), shown(&answers, field)?.replace('\n', " ")))
    });
    Ok(fields.take(QUESTIONS).collect::<Vec<_>>().join("\n"))
}
