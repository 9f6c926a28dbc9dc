//! The page of API keys.

use kernel::{ApiKeyId, Fields, Permission, Role, Timestamp};
use maud::{Markup, Render, html};
use ui::{
    Button, Card, Chip, Column, Confirm, EmptyState, Field, Illustration, PageHeader, Row, Sample,
    Table, badge, hidden, secret_box,
};
use web::Page;

use super::{ApiKey, Created, NewKey, scope_list};
use crate::paths;

/// What the page shows.
pub(crate) struct Keys<'a> {
    pub(crate) slug: &'a str,
    pub(crate) keys: &'a Page<ApiKey>,
    /// Those that the reader may hand on.
    pub(crate) permissions: &'a [Permission],
    pub(crate) may_write: bool,
    pub(crate) entered: &'a NewKey,
    pub(crate) fields: &'a Fields,
    pub(crate) created: Option<&'a Created>,
    pub(crate) csrf_token: &'a str,
}

impl Keys<'_> {
    pub(crate) fn page(&self) -> Markup {
        html! {
            (PageHeader::new("API keys").summary(html! {
                span { "Keys let other programs act in this workspace. " a href="/api/docs" { "Read the API" } }
            }))
            div.stack {
                @if let Some(created) = self.created {
                    (secret_box(
                        &format!("Your new key “{}”", created.key.name),
                        &created.secret,
                        "Copy it now. We keep only a fingerprint and cannot show it again.",
                    ))
                }
                (self.table())
                @if self.may_write { (self.new_key()) }
            }
        }
    }

    fn table(&self) -> Markup {
        let columns = [
            Column::text("Name"),
            Column::line("Scopes"),
            Column::wide_only("Made"),
            Column::actions("Actions"),
        ];
        // Whoever only looks has no use for an empty column.
        let columns = &columns[..if self.may_write { 4 } else { 3 }];
        let ids: Vec<String> = self.keys.data.iter().map(|key| key.id.to_string()).collect();
        let rows: Vec<Row<'_>> =
            self.keys.data.iter().zip(&ids).map(|(key, id)| self.row(key, id)).collect();
        html! {
            (Table::new("API keys", columns, &rows).body_id("api-keys").empty(nothing()))
            @if let Some(cursor) = &self.keys.next_cursor {
                a.button href={ (paths::keys(self.slug)) "?cursor=" (cursor) } { "Older keys" }
            }
            @if self.may_write { @for key in &self.keys.data { (self.confirm(key)) } }
        }
    }

    fn row<'a>(&self, key: &ApiKey, id: &'a str) -> Row<'a> {
        let actions = html! {
            @if self.may_write { (Button::quiet("Revoke…").small().opens_dialog(&dialog(key.id))) }
        };
        Row {
            id: Some(id),
            href: None,
            cells: vec![
                html! { (key.name) },
                html! { div.row { @for scope in scope_list(&key.scopes) { (badge(ui::Tone::Neutral, &scope)) } } },
                web::moment(key.created_at),
                actions,
            ],
        }
    }

    fn confirm(&self, key: &ApiKey) -> Markup {
        Confirm {
            id: &dialog(key.id),
            title: &format!("Revoke “{}”?", key.name),
            text: "Programs that use it are refused from now on. This cannot be undone.",
            action: "Revoke key",
            decline: "Keep it",
            href: &paths::key_revocation(self.slug, key.id),
            csrf_token: self.csrf_token,
        }
        .render()
    }

    fn new_key(&self) -> Markup {
        let form = html! {
            form.stack method="post" action=(paths::keys(self.slug)) {
                (hidden("csrf_token", self.csrf_token))
                // First, for a choice made for you is a link: a name that was written above it would be lost.
                (self.scopes())
                (Field::text("name", "What is it for?").required(true).attr("maxlength", "100")
                    .value(&self.entered.name).error(self.fields.of("name")))
                div { (Button::primary("Make key").submit()) }
            }
        };
        Card::new(form).id("new-key").title("New key").render()
    }

    fn scopes(&self) -> Markup {
        let wrong = self.fields.of("scopes");
        let known = |preset: &&Preset| self.permissions.iter().any(|one| (preset.takes)(one.key));
        let presets: Vec<(&Preset, String)> = PRESETS
            .iter()
            .filter(known)
            .map(|preset| (preset, paths::keys_with(self.slug, preset.name)))
            .collect();
        let chips: Vec<Chip<'_>> =
            presets.iter().map(|(preset, href)| self.chip(preset, href)).collect();
        html! {
            fieldset.field.field--group id="field-scopes" tabindex="-1" aria-describedby=[wrong.map(|_| "field-scopes-error")] {
                legend.field__label { "What may it do?" }
                (ui::chips("Choices made for you", &chips))
                div.scopes {
                    @for group in self.permissions.chunk_by(|one, next| area(one) == area(next)) { (self.scope_group(group)) }
                }
                @if let Some(wrong) = wrong {
                    p.field__error id="field-scopes-error" { (ui::Icon::Warning) span { (wrong) } }
                }
            }
        }
    }

    /// On while exactly its scopes are chosen.
    fn chip<'b>(&self, preset: &'b Preset, href: &'b str) -> Chip<'b> {
        let chosen = |one: &Permission| self.entered.scopes.iter().any(|scope| scope == one.key);
        let on = self.permissions.iter().all(|one| chosen(one) == (preset.takes)(one.key));
        Chip { label: preset.label, href, on }
    }

    fn scope_group(&self, group: &[Permission]) -> Markup {
        let name = area_name(area(&group[0]));
        html! {
            div.scopes__group role="group" aria-label=(name) {
                span.scopes__area aria-hidden="true" { (name) }
                @for permission in group {
                    label.option {
                        input type="checkbox" name="scopes" value=(permission.key)
                            checked[self.entered.scopes.iter().any(|scope| scope == permission.key)];
                        span { (sentence(permission.label)) code.scopes__key { (permission.key) } }
                    }
                }
            }
        }
    }
}

/// A choice of scopes made by one press.
pub(crate) struct Preset {
    pub(crate) name: &'static str,
    label: &'static str,
    takes: fn(&str) -> bool,
}

const PRESETS: [Preset; 3] = [
    Preset {
        name: "send",
        label: "Send submissions only",
        takes: |key| key == "submissions:write",
    },
    Preset { name: "read", label: "Read everything", takes: |key| key.ends_with(":read") },
    Preset { name: "all", label: "Everything", takes: |_| true },
];

/// The scopes that a preset takes among those that may be handed on.
pub(crate) fn preset_scopes(name: &str, permissions: &[Permission]) -> Vec<String> {
    let preset = PRESETS.iter().find(|preset| preset.name == name);
    let takes = |key: &str| preset.is_some_and(|preset| (preset.takes)(key));
    permissions.iter().filter(|one| takes(one.key)).map(|one| one.key.to_owned()).collect()
}

/// `api_keys`, of `api_keys:read`.
pub(crate) fn area(permission: &Permission) -> &'static str {
    permission.key.split(':').next().unwrap_or_default()
}

/// "API keys", from `api_keys`.
fn area_name(area: &str) -> String {
    sentence(&area.replace('_', " ")).replace("Api", "API")
}

fn dialog(key: ApiKeyId) -> String {
    format!("revoke-{key}")
}

fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

fn nothing() -> Markup {
    EmptyState::new(Illustration::Key, "No keys yet", "A key lets another program act here.")
        .small()
        .render()
}

/// The page in its states, for `/styleguide`.
pub(crate) fn samples() -> Vec<Sample> {
    let chance = kernel::Chance::seeded(1);
    let now = Timestamp::from_micros(1_785_748_320_000_000);
    let key = ApiKey {
        id: ApiKeyId::new(now, &chance),
        name: "Website".into(),
        scopes: "forms:read submissions:write".into(),
        created_at: now,
    };
    let created =
        Created { key: key.clone(), secret: super::full_key(key.id, &kernel::token(&chance)) };
    let permissions = [
        Permission { key: "forms:read", label: "see forms", from: Role::Viewer },
        Permission { key: "forms:write", label: "change forms", from: Role::Member },
    ];
    let fields = Fields::one("scopes", "required", "Choose at least one.");
    let (full, empty) =
        (Page { data: vec![key], next_cursor: None }, Page { data: Vec::new(), next_cursor: None });
    let view = |keys, fields, created| {
        Keys {
            slug: "acme",
            keys,
            permissions: &permissions,
            may_write: true,
            entered: &NewKey::default(),
            fields,
            created,
            csrf_token: "sample",
        }
        .page()
    };
    vec![
        Sample::new("API keys", "One just made", view(&full, &Fields::new(), Some(&created))),
        Sample::new("API keys", "None yet, and a mistake", view(&empty, &fields, None)),
    ]
}
