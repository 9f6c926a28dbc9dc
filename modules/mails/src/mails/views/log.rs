//! The page of the log, with how mails are signed.

use kernel::Fields;
use maud::{Markup, Render, html};
use ui::{
    Alert, Button, Card, Chip, Column, EmptyState, Field, Icon, Illustration, PageHeader,
    Pagination, Row, Table, chips, hidden,
};
use web::Page;

use super::{mail_state, meaning};
use crate::{
    mails::{Mail, filter::Filter, state},
    paths,
    sender::{Sender, json::SenderChange},
    text::ago,
};

/// The log and the sender.
pub(crate) struct Log<'a> {
    pub(crate) slug: &'a str,
    pub(crate) mails: &'a Page<Mail>,
    pub(crate) filter: &'a Filter,
    pub(crate) sender: &'a Sender,
    /// The address of the installation; none while no server is set up.
    pub(crate) from: Option<&'a str>,
    pub(crate) entered: Option<(&'a SenderChange, &'a Fields)>,
    /// The address of who looks; programs have none.
    pub(crate) reader: Option<&'a str>,
    pub(crate) may_write: bool,
    pub(crate) csrf_token: &'a str,
}

const COLUMNS: [Column<'static>; 5] = [
    Column::text("Mail"),
    Column::text("To"),
    Column::text("State"),
    Column::line("Last answer"),
    Column::text("When"),
];

/// What is said wherever something would send while no server is set up.
pub fn not_configured() -> Markup {
    Alert::warning("No mail server is set up")
        .text(
            "Nothing is lost: mails wait and go out once the operator of this installation names a server in the section [mail] of its settings. What waits for more than three days is sent by hand only.",
        )
        .render()
}

impl Log<'_> {
    pub(crate) fn page(&self) -> Markup {
        html! {
            (PageHeader::new("Mail").summary(html! {
                span { "What this workspace sends by mail, and what became of it." }
            }).actions(self.actions()))
            div.stack.stack--loose {
                @if self.from.is_none() { (not_configured()) }
                (self.log())
                @if self.may_write { (self.sender()) }
            }
        }
    }

    fn post(&self, part: &str, button: &Button<'_>) -> Markup {
        html! {
            form method="post" action=(paths::part(self.slug, part)) {
                (hidden("csrf_token", self.csrf_token))
                (button)
            }
        }
    }

    fn actions(&self) -> Markup {
        html! {
            @if self.may_write && self.from.is_some() && self.reader.is_some() {
                (self.post("test", &Button::primary("Send me a test").icon(Icon::Bolt).submit()))
            }
        }
    }

    fn log(&self) -> Markup {
        let failed = self.mails.data.iter().any(|one| one.state == state::FAILED);
        let here = paths::mails(self.slug);
        let suffix = self.kept_filter();
        let newest = if suffix.is_empty() { here.clone() } else { format!("{here}?{suffix}") };
        let joint = if suffix.is_empty() { "?" } else { "&" };
        let older = self.mails.next_cursor.as_ref().map(|at| format!("{newest}{joint}cursor={at}"));
        let further = self.filter.cursor.is_some();
        html! {
            section.stack aria-label="Log" {
                div.row.row--between {
                    h2 { "Log" }
                    @if self.may_write && failed {
                        (self.post("redeliveries", &Button::secondary("Send all that were given up again").icon(Icon::Refresh).small().submit()))
                    }
                }
                (self.filters(&here))
                (self.table())
                @if older.is_some() || further {
                    (Pagination { newer: further.then_some(newest.as_str()), older: older.as_deref(), summary: "Newest first" })
                }
                p.muted { "The log is kept for 30 days." }
            }
        }
    }

    /// What stays asked for from page to page; all of it is plain words or an id.
    fn kept_filter(&self) -> String {
        let pairs = [("state", &self.filter.state), ("about", &self.filter.about)];
        let kept = pairs.iter().filter_map(|(name, value)| {
            let value = value.as_deref().filter(|value| !value.is_empty())?;
            Some(
                url::form_urlencoded::Serializer::new(String::new())
                    .append_pair(name, value)
                    .finish(),
            )
        });
        kept.collect::<Vec<_>>().join("&")
    }

    fn filters(&self, here: &str) -> Markup {
        let named = [
            ("", "All"),
            (state::PENDING, "Waiting"),
            (state::SENT, "Sent"),
            (state::FAILED, "Given up"),
        ];
        let links = named.map(|(word, _)| match word {
            "" => here.to_owned(),
            word => format!("{here}?state={word}"),
        });
        let chosen = self.filter.state.as_deref().unwrap_or_default();
        let row: Vec<Chip<'_>> = named
            .iter()
            .zip(&links)
            .map(|((word, label), href)| Chip { label, href, on: *word == chosen })
            .collect();
        chips("Which mails", &row)
    }

    fn table(&self) -> Markup {
        let mails = &self.mails.data;
        let links: Vec<String> = mails.iter().map(|one| paths::mail(self.slug, one.id)).collect();
        let rows: Vec<Row<'_>> =
            mails.iter().zip(&links).map(|(one, link)| self.row(one, link)).collect();
        let nothing = EmptyState::new(
            Illustration::Done,
            "Nothing here yet",
            "Mails show up here as they are written, each with what the server said to it. Forms send them when their settings say so.",
        );
        Table::new("Mails, newest first", &COLUMNS, &rows).empty(nothing.small().render()).render()
    }

    fn row<'a>(&self, mail: &Mail, link: &'a str) -> Row<'a> {
        Row {
            id: None,
            href: Some(link),
            cells: vec![
                html! { span.mail__subject { (mail.subject) } span.mail__purpose { (meaning(&mail.purpose)) } },
                html! { span.mail__address { (mail.recipient) } },
                mail_state(mail, self.from.is_some()),
                html! {
                    (mail.last_answer.as_deref().unwrap_or("–"))
                    @if let Some(due) = mail.due_at.filter(|_| mail.state == state::PENDING && mail.attempts > 0) {
                        span.muted { " Next " (ago(due)) }
                    }
                },
                ago(mail.created_at),
            ],
        }
    }

    fn sender(&self) -> Markup {
        let fine = Fields::new();
        let (change, fields) =
            self.entered.map_or((None, &fine), |(change, fields)| (Some(change), fields));
        let name = change.and_then(|change| change.name.as_deref()).unwrap_or(&self.sender.name);
        let kept = self.sender.reply_to.as_deref().unwrap_or_default();
        let reply_to = change.and_then(|change| change.reply_to.as_deref()).unwrap_or(kept);
        let form = html! {
            form.stack method="post" action=(paths::part(self.slug, "sender")) {
                (hidden("csrf_token", self.csrf_token))
                (Field::text("name", "In whose name?").required(true).attr("maxlength", "100")
                    .value(name).error(fields.of("name"))
                    .hint(Some("Stands beside the address that mails come from.")))
                (Field::email("reply_to", "Where do answers go?").attr("autocomplete", "off")
                    .value(reply_to).error(fields.of("reply_to"))
                    .hint(Some("Empty: to the address that mails come from.")))
                @if let Some(from) = self.from {
                    p.muted { "All mails of this installation come from " code { (from) } "." }
                }
                div { (Button::primary("Save").submit()) }
            }
        };
        Card::new(form).id("sender").title("Sender").render()
    }
}
