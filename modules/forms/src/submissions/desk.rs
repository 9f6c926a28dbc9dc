//! What the desk of a form knows: its statuses, the people, the tags, and how many lie where.

use db::Tx;
use kernel::{Result, UserId};
use web::Cx;
use workspaces::Person;

use super::{
    bulk_actions::{self, BulkAction},
    state::{
        NEW,
        store::{Tally, list_tally},
    },
    statuses::{self, Status},
    tags,
    tray::Tray,
};
use crate::{
    forms::{self, FormId},
    pages::figure,
};

/// How many submissions of a form lie where.
pub(crate) struct Counts {
    tally: Vec<Tally>,
    submission_count: i64,
}

impl Counts {
    pub(crate) async fn of(tx: &mut Tx, form: FormId) -> Result<Self> {
        Ok(Counts {
            tally: list_tally(tx, form).await?,
            submission_count: forms::store::find_count(tx, form).await?,
        })
    }

    fn count(&self, tray: Tray) -> i64 {
        let elsewhere = |it: &&Tally| it.tray != Tray::Open.as_str();
        if tray == Tray::Open {
            let away: i64 = self.tally.iter().filter(elsewhere).map(|it| it.count).sum();
            // What has just come in may be put away before it is counted.
            return (self.submission_count - away).max(0);
        }
        self.tally.iter().filter(|it| it.tray == tray.as_str()).map(|it| it.count).sum()
    }

    /// As chips say it.
    pub(crate) fn label(&self, tray: Tray) -> String {
        format!("{} {}", tray.label(), figure(self.count(tray)))
    }
}

/// Everything that one picks from when one works on a form's submissions.
pub(crate) struct Desk {
    pub(crate) statuses: Vec<Status>,
    pub(crate) people: Vec<Person>,
    /// Keys and names.
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) counts: Counts,
    /// What is being done with many at once, or could not be.
    pub(crate) bulk_action: Option<BulkAction>,
}

impl Desk {
    pub(crate) async fn of(cx: &Cx, form: FormId) -> Result<Self> {
        let mut tx = cx.read().await?;
        Ok(Desk {
            statuses: statuses::list(&mut tx, form).await?,
            people: workspaces::people(&mut tx).await?,
            tags: tags::store::list_tags(&mut tx).await?,
            counts: Counts::of(&mut tx, form).await?,
            bulk_action: bulk_actions::store::find_newest(&mut tx, form)
                .await?
                .filter(|action| action.concerns(cx.now())),
        })
    }

    /// A desk with so many open submissions, for samples.
    pub(crate) fn sample(
        statuses: Vec<Status>,
        people: Vec<Person>,
        submission_count: i64,
    ) -> Self {
        let tags = vec![("vip".into(), "VIP".into()), ("refund".into(), "Refund".into())];
        let tally =
            |tray: Tray, count| Tally { tray: tray.as_str().into(), status: NEW.into(), count };
        let tally = vec![tally(Tray::Archived, 812), tally(Tray::Spam, 31)];
        let counts = Counts { tally, submission_count };
        Desk { statuses, people, tags, counts, bulk_action: None }
    }

    /// How many lie in a tray.
    pub(crate) fn count(&self, tray: Tray) -> i64 {
        self.counts.count(tray)
    }

    /// How many of the open ones have a status.
    pub(crate) fn open_count(&self, status: &str) -> i64 {
        let open = self.counts.tally.iter().filter(|it| it.tray == Tray::Open.as_str());
        if status == NEW {
            let others: i64 = open.map(|it| it.count).sum();
            return (self.count(Tray::Open) - others).max(0);
        }
        open.filter(|it| it.status == status).map(|it| it.count).sum()
    }

    pub(crate) fn status(&self, key: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.key == key)
    }

    /// The name of a member, or what one says of who is none any more.
    pub(crate) fn name_of(&self, id: UserId) -> &str {
        let person = self.people.iter().find(|person| person.id == id);
        person.map_or("Someone who has left", |person| &person.name)
    }

    pub(crate) fn tag<'a>(&'a self, key: &'a str) -> &'a str {
        self.tags.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name)
    }
}
