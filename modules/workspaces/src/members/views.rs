//! The page of members.

use kernel::{Chance, Fields, Role, Timestamp, UserId};
use maud::{Markup, Render, html};
use ui::{
    Button, Card, Choice, Column, Confirm, Field, PageHeader, Row, Sample, Table, Tone, avatar,
    badge, hidden,
};
use web::Page;

use super::{Member, NewMember};
use crate::paths;

const ROLES: [Choice<'static>; 4] = [
    Choice { value: "viewer", label: "Viewer" },
    Choice { value: "member", label: "Member" },
    Choice { value: "admin", label: "Admin" },
    Choice { value: "owner", label: "Owner" },
];

/// What each role may do.
const RUNGS: &str = "Viewers see everything and change nothing. Members do the daily work. Admins also manage \
                     people, keys and settings. Owners also own the workspace itself.";

/// What the page shows.
pub(crate) struct Members<'a> {
    pub(crate) slug: &'a str,
    pub(crate) members: &'a Page<Member>,
    /// The highest role that the reader may give; none for those who only look.
    pub(crate) reach: Option<Role>,
    /// Who reads.
    pub(crate) reader: Option<UserId>,
    pub(crate) entered: &'a NewMember,
    pub(crate) fields: &'a Fields,
    pub(crate) csrf_token: &'a str,
}

impl Members<'_> {
    pub(crate) fn page(&self) -> Markup {
        html! {
            (PageHeader::new("Members").summary(html! { span { "Who may work in this workspace, and as what." } }))
            div.stack {
                (self.table())
                @if self.reach.is_some() { (self.add()) }
            }
        }
    }

    fn table(&self) -> Markup {
        let columns = [
            Column::text("Name"),
            Column::line("E-mail"),
            Column::text("Role"),
            Column::wide_only("Since"),
            Column::actions("Actions"),
        ];
        let ids: Vec<String> =
            self.members.data.iter().map(|one| one.user_id.to_string()).collect();
        let rows: Vec<Row<'_>> =
            self.members.data.iter().zip(&ids).map(|(member, id)| self.row(member, id)).collect();
        html! {
            (Table::new("Members", &columns, &rows).body_id("members"))
            @if let Some(cursor) = &self.members.next_cursor {
                a.button href={ (paths::members(self.slug)) "?cursor=" (cursor) } { "More members" }
            }
            @for member in self.members.data.iter().filter(|member| self.may_remove(member)) { (self.confirm(member)) }
        }
    }

    fn may_touch(&self, member: &Member) -> bool {
        self.reach.is_some_and(|reach| member.role <= reach)
    }

    /// Everyone may leave.
    fn may_remove(&self, member: &Member) -> bool {
        self.reader == Some(member.user_id) || self.may_touch(member)
    }

    fn row<'a>(&self, member: &Member, id: &'a str) -> Row<'a> {
        let actions = html! {
            @if self.may_remove(member) {
                (Button::quiet(self.verb(member)).small().opens_dialog(&dialog(member)))
            }
        };
        Row {
            id: Some(id),
            href: None,
            cells: vec![
                html! { span.member-name { (avatar(&member.name)) (member.name) } },
                html! { (member.email) },
                if self.may_touch(member) {
                    self.role_form(member)
                } else {
                    badge(Tone::Neutral, role_name(member.role))
                },
                web::moment(member.added_at),
                actions,
            ],
        }
    }

    fn verb(&self, member: &Member) -> &'static str {
        if self.reader == Some(member.user_id) { "Leave…" } else { "Remove…" }
    }

    /// The roles that the reader may give, lowest first.
    fn roles(&self) -> &'static [Choice<'static>] {
        let count =
            Role::ALL.iter().filter(|role| self.reach.is_some_and(|reach| **role <= reach)).count();
        &ROLES[..count]
    }

    fn role_form(&self, member: &Member) -> Markup {
        let label = format!("Role of {}", member.name);
        html! {
            form.member-role method="post" action=(paths::member_role(self.slug, member.user_id)) {
                (hidden("csrf_token", self.csrf_token))
                div.select {
                    select.input name="role" aria-label=(label) {
                        @for role in Role::ALL.iter().take(self.roles().len()) {
                            option value=(role.as_str()) selected[*role == member.role] { (role_name(*role)) }
                        }
                    }
                    (ui::Icon::ChevronDown)
                }
                (Button::quiet("Change").small().submit())
            }
        }
    }

    fn confirm(&self, member: &Member) -> Markup {
        let own = self.reader == Some(member.user_id);
        Confirm {
            id: &dialog(member),
            title: &if own {
                "Leave this workspace?".to_owned()
            } else {
                format!("Remove {}?", member.name)
            },
            text: "Access ends at once, also through API keys that this person made. What else was made here stays.",
            action: if own { "Leave workspace" } else { "Remove member" },
            decline: if own { "Stay" } else { "Keep member" },
            href: &paths::member_removal(self.slug, member.user_id),
            csrf_token: self.csrf_token,
        }
        .render()
    }

    fn add(&self) -> Markup {
        let role = if self.entered.role.is_empty() { "member" } else { &self.entered.role };
        let form = html! {
            form.stack method="post" action=(paths::members(self.slug)) {
                (hidden("csrf_token", self.csrf_token))
                (Field::email("email", "E-mail").required(true).hint(Some("Of someone who has an account here. Others register first."))
                    .value(&self.entered.email).error(self.fields.of("email")))
                (Field::select("role", "Role", self.roles()).required(true).value(role).error(self.fields.of("role"))
                    .hint(Some(RUNGS)))
                div { (Button::primary("Add member").submit()) }
            }
        };
        Card::new(form).id("add-member").title("Add someone").render()
    }
}

/// The role as people read it.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Member => "Member",
        Role::Admin => "Admin",
        Role::Owner => "Owner",
    }
}

fn dialog(member: &Member) -> String {
    format!("remove-{}", member.user_id)
}

/// The page in its states, for `/styleguide`.
pub(crate) fn samples() -> Vec<Sample> {
    let (chance, now) = (Chance::seeded(2), Timestamp::from_micros(1_785_748_320_000_000));
    let member = |name: &str, email: &str, role| Member {
        user_id: UserId::new(now, &chance),
        name: name.into(),
        email: email.into(),
        role,
        added_at: now,
    };
    let members = Page {
        data: vec![
            member("Ada Byron", "ada@example.com", Role::Owner),
            member("Grace Hopper", "grace@example.com", Role::Admin),
            member("Noor Inayat Khan", "noor@example.com", Role::Viewer),
        ],
        next_cursor: None,
    };
    let entered = NewMember { email: "mae@example.com".into(), role: "viewer".into() };
    let fields = Fields::one("email", "unknown", "There is no account with this address yet.");
    let view = |reach, fields| {
        Members {
            slug: "acme",
            members: &members,
            reach,
            reader: Some(members.data[0].user_id),
            entered: &entered,
            fields,
            csrf_token: "sample",
        }
        .page()
    };
    vec![
        Sample::new("members", "To an owner, with a mistake", view(Some(Role::Owner), &fields)),
        Sample::new("members", "To a viewer", view(None, &Fields::new())),
    ]
}
