//! Which mails submissions lead to: decided where they are handed over, in the transaction that keeps how far it came.

use std::collections::HashMap;

use ::mails::{NewMail, parse_address, purpose, template::Template};
use jobs::When;
use kernel::{Result, Timestamp};
use web::{Change, Cx};

use super::{
    ADDRESS_CAP, Kind, Notice, Rhythm, WINDOW,
    look::look,
    store,
    templates::{self, Told, foot, rendered},
};
use crate::{
    Forms,
    answers::{Answers, Value},
    definition::Definition,
    forms::{self, FormId},
    jobs::SendDigest,
    submissions::Submission,
};

/// Whom a mail goes to.
#[derive(Debug, Clone)]
pub(crate) struct Recipient {
    pub(crate) address: String,
    pub(crate) name: String,
}

/// What a form sends, read once for some submissions.
pub(crate) struct Plan {
    form: FormId,
    team: Option<(Notice, Vec<Recipient>)>,
    respondent: Option<Notice>,
    versions: HashMap<i64, (String, Definition)>,
    /// The form in addresses of its pictures; read when it has one.
    public_id: String,
    released: bool,
}

impl Plan {
    /// Nothing when the form sends nothing.
    pub(crate) async fn find(cx: &Cx, tx: &mut Change, form: FormId) -> Result<Option<Self>> {
        if !store::sends(tx, form).await? {
            return Ok(None);
        }
        let team = store::lock_notice(tx, form, Kind::Team).await?.filter(|one| one.enabled);
        let team = match team {
            Some(notice) => {
                let recipients = recipients(tx, &notice).await?;
                Some((notice, recipients)).filter(|(_, recipients)| !recipients.is_empty())
            }
            None => None,
        };
        let respondent = store::lock_notice(tx, form, Kind::Respondent).await?;
        let mut plan = Plan {
            form,
            team,
            respondent: respondent.filter(|one| one.enabled),
            versions: HashMap::new(),
            public_id: String::new(),
            released: false,
        };
        if let Some((notice, _)) = &mut plan.team {
            notice.room(cx.now());
        }
        Ok(Some(plan))
    }

    /// Whether it has to be known what was answered, and not only how many did.
    pub(crate) fn wants_rows(&self) -> bool {
        let singles = self.team.as_ref().is_some_and(|(notice, recipients)| {
            let room = notice.hourly_cap - notice.window_count;
            notice.rhythm() == Rhythm::Each && room >= len(recipients)
        });
        singles || self.respondent.is_some()
    }

    /// Writes the mails about these, the oldest first, and keeps what waits.
    pub(crate) async fn tell(
        &mut self,
        system: &Forms,
        cx: &Cx,
        tx: &mut Change,
        submissions: &[&Submission],
    ) -> Result<()> {
        let mut mails = Vec::new();
        for submission in submissions {
            self.load_version(tx, submission.form_version).await?;
            mails.extend(self.team_mails(system, cx, submission)?);
        }
        mails.extend(self.respondent_mails(system, cx, tx, submissions).await?);
        ::mails::write(tx, mails, cx.now(), cx.chance()).await?;
        self.keep(tx).await
    }

    /// The same of what came out of spam or bin, which stands among those that were told of already: nothing of it
    /// waits, and whoever was told is not told again.
    pub(crate) async fn tell_released(
        &mut self,
        system: &Forms,
        cx: &Cx,
        tx: &mut Change,
        submissions: &[&Submission],
    ) -> Result<()> {
        self.released = true;
        self.tell(system, cx, tx, submissions).await
    }

    /// Keeps that so many more came in after a number and up to another, without a look at them.
    pub(crate) async fn count(
        &mut self,
        cx: &Cx,
        tx: &mut Change,
        after: i64,
        count: i64,
    ) -> Result<()> {
        if let Some((notice, _)) = &mut self.team {
            wait(notice, cx.now(), after.max(notice.since_number), count);
        }
        self.keep(tx).await
    }

    /// Above which number submissions are told of at all.
    pub(crate) fn since(&self) -> i64 {
        self.team.as_ref().map_or(i64::MAX, |(notice, _)| notice.since_number)
    }

    async fn load_version(&mut self, tx: &mut Change, version: i64) -> Result<()> {
        if !self.versions.contains_key(&version)
            && let Some((title, document)) =
                forms::store::find_version(tx, self.form, version).await?
        {
            let definition: Definition = document.read()?;
            if self.public_id.is_empty() && definition.settings.theme.logo.is_some() {
                let form = forms::store::find_form(tx, self.form).await?;
                self.public_id = form.map(|form| form.head.public_id).unwrap_or_default();
            }
            self.versions.insert(version, (title, definition));
        }
        Ok(())
    }

    fn team_mails(
        &mut self,
        system: &Forms,
        cx: &Cx,
        submission: &Submission,
    ) -> Result<Vec<NewMail>> {
        let Some((notice, recipients)) = &mut self.team else { return Ok(Vec::new()) };
        if submission.number <= notice.since_number {
            return Ok(Vec::new());
        }
        let room = notice.room(cx.now());
        if notice.rhythm() != Rhythm::Each || room < len(recipients) {
            if !self.released {
                wait(notice, cx.now(), submission.number - 1, 1);
            }
            return Ok(Vec::new());
        }
        let Some((title, definition)) = self.versions.get(&submission.form_version) else {
            return Ok(Vec::new());
        };
        let answers = submission.answers()?;
        let told =
            told(title, definition, &answers, submission, templates::link(notice, submission));
        let look = look(&definition.settings.theme, &notice.origin, &self.public_id);
        let template = templates::template(notice, definition, Kind::Team).looking(look);
        let reply_to = notice.field.as_deref().and_then(|key| address(&answers, key));
        notice.window_count += len(recipients);
        let letter = Letter { system, cx, notice, template: &template, kind: Kind::Team };
        let each = recipients.iter().map(|to| letter.to(to, &told, submission, reply_to.clone()));
        each.collect()
    }

    async fn respondent_mails(
        &mut self,
        system: &Forms,
        cx: &Cx,
        tx: &mut Change,
        submissions: &[&Submission],
    ) -> Result<Vec<NewMail>> {
        let Some(notice) = &mut self.respondent else { return Ok(Vec::new()) };
        let key = notice.field.clone().unwrap_or_default();
        let mut wanted = Vec::new();
        for submission in submissions.iter().filter(|one| one.number > notice.since_number) {
            let answers = submission.answers()?;
            // One letter box has many spellings, and all of them together so many mails.
            let to = address(&answers, &key).map(|to| to.to_lowercase());
            wanted.extend(to.map(|to| (*submission, answers, to)));
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let addresses = wanted.iter().map(|(.., to)| to.clone()).collect();
        let since = cx.now().minus(WINDOW);
        let known = ::mails::count_to(tx, addresses, purpose::ANSWER, since).await?;
        let mut written: HashMap<String, i64> = known.into_iter().collect();
        let mut mails = Vec::new();
        for (submission, answers, to) in wanted {
            let before = written.entry(to.clone()).or_default();
            if *before >= ADDRESS_CAP || notice.room(cx.now()) < 1 {
                notice.withheld += 1;
                continue;
            }
            let Some((title, definition)) = self.versions.get(&submission.form_version) else {
                continue;
            };
            *before += 1;
            notice.window_count += 1;
            let told = told(title, definition, &answers, submission, String::new());
            let look = look(&definition.settings.theme, &notice.origin, &self.public_id);
            let template = templates::template(notice, definition, Kind::Respondent).looking(look);
            let letter = Letter { system, cx, notice, template: &template, kind: Kind::Respondent };
            let to = Recipient { address: to, name: String::new() };
            mails.push(letter.to(&to, &told, submission, notice.reply_to.clone())?);
        }
        Ok(mails)
    }

    async fn keep(&self, tx: &mut Change) -> Result<()> {
        if let Some((notice, _)) = &self.team {
            store::keep_notice(tx, Kind::Team, notice).await?;
            if let Some(at) = notice.waiting_until {
                tx.enqueue(&SendDigest { form_id: self.form, at }, When::At(at)).await?;
            }
        }
        if let Some(notice) = &self.respondent {
            store::keep_notice(tx, Kind::Respondent, notice).await?;
        }
        Ok(())
    }
}

/// What all mails of one submission have in common.
struct Letter<'a> {
    system: &'a Forms,
    cx: &'a Cx,
    notice: &'a Notice,
    template: &'a Template,
    kind: Kind,
}

impl Letter<'_> {
    fn to(
        &self,
        to: &Recipient,
        told: &Told<'_>,
        submission: &Submission,
        reply_to: Option<String>,
    ) -> Result<NewMail> {
        let form = submission.form_id.to_string();
        let origin = &self.notice.origin;
        let unsubscribe = self.system.unsubscription(self.cx, origin, &to.address, &form)?;
        let foot = foot(self.kind, told.title, unsubscribe.clone());
        let purpose = match self.kind {
            Kind::Team => purpose::SUBMISSION,
            Kind::Respondent => purpose::ANSWER,
        };
        Ok(NewMail {
            source: format!("{purpose} {} {}", submission.id, to.address),
            at: submission.received_at,
            purpose,
            about: form,
            recipient: to.address.clone(),
            recipient_name: to.name.clone(),
            reply_to,
            content: rendered(self.template, told, &foot),
            unsubscribe,
        })
    }
}

fn told<'a>(
    title: &'a str,
    definition: &'a Definition,
    answers: &'a Answers,
    submission: &Submission,
    link: String,
) -> Told<'a> {
    let (number, received_at) = (submission.number, submission.received_at);
    Told { title, definition, answers, number, received_at, link }
}

/// So many more wait; the first of them says until when.
fn wait(notice: &mut Notice, now: Timestamp, after: i64, count: i64) {
    if count == 0 {
        return;
    }
    if notice.waiting_until.is_none() {
        notice.waiting_after = after;
        notice.waiting_until = Some(match notice.rhythm() {
            // Above what may be written in this hour: once the next one begins.
            Rhythm::Each => notice.window_at.plus(WINDOW),
            rhythm => now.plus(rhythm.pause()),
        });
    }
    notice.waiting_count += count;
}

/// The address that was answered.
fn address(answers: &Answers, key: &str) -> Option<String> {
    match answers.get(key)? {
        Value::Text(text) => parse_address(text),
        _ => None,
    }
}

/// Members who are still there, and addresses whose owners have said yes.
pub(crate) async fn recipients(tx: &mut Change, notice: &Notice) -> Result<Vec<Recipient>> {
    let chosen = notice.recipients()?;
    let people = workspaces::people(tx).await?;
    let people = people.into_iter().filter(|one| chosen.contains(&one.id.to_string()));
    let mut all: Vec<Recipient> =
        people.map(|one| Recipient { address: one.email, name: one.name }).collect();
    let addresses: Vec<String> = chosen.into_iter().filter(|one| one.contains('@')).collect();
    if !addresses.is_empty() {
        let known = ::mails::known_addresses(tx, &addresses).await?;
        let confirmed = known.into_iter().filter(|one| one.confirmed_at.is_some());
        all.extend(confirmed.map(|one| Recipient { address: one.address, name: String::new() }));
    }
    Ok(all)
}

fn len(recipients: &[Recipient]) -> i64 {
    i64::try_from(recipients.len()).unwrap_or(i64::MAX)
}
