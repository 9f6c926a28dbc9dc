//! Every view of this module with sample data, for the style guide.

mod beside;
mod desk;
mod erasures;
mod exports;
mod imports;
mod insights;
mod lists;
mod logic;
mod notices;
mod uploads;

use files::StoredFile;
use kernel::{Fields, Timestamp, WorkspaceId};
use maud::{Markup, html};
use serde_json::{Value, json};
use ui::Sample;
use workspaces::Person;

use crate::{
    answers::Answers,
    controls::{Filled, Kept},
    definition::{Definition, Kind},
    forms::{
        Acceptance, Form, FormHead, FormId,
        editor::{self, Attempt, Editor, Part},
        history::History,
    },
    hosted::{
        endings,
        views::{self as hosted_views, Sheet},
    },
    pages::Viewer,
    protection::Protection,
    published::{Frozen, Published},
    submissions::{
        Submission, SubmissionId,
        activity::Activity,
        column,
        comments::Comment,
        desk::Desk,
        part,
        place::Place,
        sheet,
        state::State,
        statuses,
        tray::Tray,
        views::{self as submission_views, List},
        walk::Entry,
    },
    texts::{Language, Texts},
};

const VIEWER: Viewer<'static> = Viewer {
    slug: "acme",
    csrf_token: "sample",
    writes: true,
    now: Timestamp::from_micros(1_785_748_320_000_000),
};
const READER: Viewer<'static> = Viewer { writes: false, ..VIEWER };
const ORIGIN: &str = "https://forms.example";

/// All samples, in the order of a form's life. One that cannot be made is a defect that its test shows.
pub(crate) fn samples() -> Vec<Sample> {
    let all = [
        lists::samples,
        editors,
        beside::samples,
        sheets_of_paper,
        logic::samples,
        incoming,
        one_submission,
        desk::samples,
        exports::samples,
        imports::samples,
        erasures::samples,
        insights::samples,
        notices::samples,
    ];
    all.iter().flat_map(|samples| samples()).collect()
}

fn moment() -> Timestamp {
    Timestamp::from_micros(1_785_748_320_000_000)
}

fn id<T: std::str::FromStr>(prefix: &str) -> T {
    let made = format!("{prefix}_01kw3qv8x8e2r9t0c4m5n6p7qs").parse();
    made.unwrap_or_else(|_| unreachable!("a sample id is well formed"))
}

fn definition(fields: Value) -> Definition {
    Definition::from_fields(fields).unwrap_or_else(|problems| unreachable!("{problems:?}"))
}

fn small() -> Definition {
    definition(json!([
        {"type": "short_text", "label": "Your name", "required": true},
        {"type": "email", "label": "E-mail", "required": true, "help": "We answer within a day."},
        {"type": "choice", "label": "Topic", "options": ["Order", "Invoice"], "other": true},
    ]))
}

/// One field of every type.
fn complete() -> Definition {
    let field = |kind: &&str| {
        let mut field =
            json!({"type": kind, "label": format!("A field of type {kind}"), "key": kind});
        if matches!(*kind, "choice" | "choices" | "dropdown") {
            field["options"] = json!(["Red", "Green", "Blue"]);
            field["other"] = json!(true);
        }
        field
    };
    definition(Kind::NAMES.iter().map(field).collect())
}

fn form(definition: &Definition, version: i64, published: bool) -> Form {
    let head = FormHead {
        workspace_id: id::<WorkspaceId>("wsp"),
        id: id::<FormId>("frm"),
        public_id: "4vn2k8q0rt6w1x5z".into(),
        title: "Contact us".into(),
        version,
        published,
        changed: true,
        revision: 7,
        submission_count: 1_204 * version,
        processed_to: 0,
        created_at: moment(),
        updated_at: moment(),
        held: 0,
        acceptance: Acceptance::default(),
        protection: Protection::default(),
        folder_id: None,
        archived_at: None,
    };
    let definition = db::Json::of(definition).unwrap_or_else(|_| unreachable!("it is plain data"));
    Form { head, definition }
}

fn editors() -> Vec<Sample> {
    let (small, complete) = (small(), complete());
    let show = |viewer, form: &Form, definition: &Definition, attempt: Option<&Attempt<'_>>| {
        let editor = Editor {
            viewer,
            form,
            definition,
            origin: ORIGIN,
            attempt,
            done: None,
            history: History { back: true, forth: false },
            open: definition.fields.last().map(|field| field.key.as_str()),
            // A sample has no form behind it that could be looked at.
            preview: "about:blank",
        };
        editor::page(&editor)
    };
    let pairs =
        [("label", ""), ("type", "choice")].map(|(name, value)| (name.into(), value.into()));
    let problems = Fields::one("label", "required", "Write something here.");
    let attempt = Attempt { part: &Part::NewField, pairs: &pairs, problems, told: None };
    let kept = [("label".into(), "\"><script>alert(1)</script>".into())];
    let conflict = Attempt {
        part: &Part::Field("e_mail".into()),
        pairs: &kept,
        problems: Fields::new(),
        told: Some("Someone else changed this form just now.".into()),
    };
    let (draft, open) = (form(&small, 0, false), form(&complete, 3, true));
    let open_small = form(&small, 3, true);
    vec![
        Sample::new("form editor", "Draft", show(VIEWER, &draft, &small, None)),
        Sample::new("form editor", "Open, with every type", show(VIEWER, &open, &complete, None)),
        Sample::new(
            "form editor",
            "For those who may only look",
            show(READER, &open_small, &small, None),
        ),
        Sample::new("form editor", "A field refused", show(VIEWER, &draft, &small, Some(&attempt))),
        Sample::new(
            "form editor",
            "Two people at once",
            show(VIEWER, &open_small, &small, Some(&conflict)),
        ),
        Sample::new(
            "form editor",
            "Title not confirmed",
            // In the page it stands in the dialog of this id, which its button closes.
            html! { div id="delete-form" { (editor::deletion_form(&VIEWER, &draft, Some("Contact"), None)) } },
        ),
    ]
}

fn published(definition: Definition) -> Published {
    let frozen = Frozen::new("Contact us".into(), definition)
        .unwrap_or_else(|_| unreachable!("it has no pattern"));
    Published::sample(id("wsp"), id("frm"), "4vn2k8q0rt6w1x5z", frozen)
}

fn sheets_of_paper() -> Vec<Sample> {
    let english = Texts::english();
    let paper_in = |texts, form: &Published, pairs: &[(String, String)], problems: &Fields| {
        let filled = Filled { pairs, problems, kept: &[], prefix: "", texts };
        hosted_views::container(&Sheet {
            form,
            filled,
            key: "0123456789abcdef",
            here: 0,
            preview: None,
            card: None,
            traps: None,
            fresh: true,
        })
    };
    let paper = |form: &Published, pairs: &[(String, String)], problems: &Fields| {
        paper_in(english, form, pairs, problems)
    };
    let (all, few, long) = (published(complete()), published(small()), published(walk()));
    let pairs =
        [("your_name".into(), "Hiro".into()), ("e_mail".into(), "<b>not</b> an address".into())];
    let problems = few.frozen.compiled.from_form(&pairs).err().unwrap_or_default();
    vec![
        Sample::new("hosted form", "Every type", paper(&all, &[], &Fields::new())),
        Sample::new("hosted form", "With a mistake", paper(&few, &pairs, &problems)),
        Sample::new(
            "hosted form",
            "In Japanese",
            html! { div lang="ja" { (paper_in(Texts::of(Language::Japanese), &all, &[], &Fields::new())) } },
        ),
        Sample::new(
            "hosted form",
            "Something went wrong",
            endings::failed_paper(english, english.went_wrong_text),
        ),
        Sample::new("hosted form", "Second of three pages", second_page(&long)),
        Sample::new("hosted form", "Files on their way", uploads::on_their_way()),
        Sample::new("hosted form", "Sent", endings::thanks_paper(english, &few, true)),
        Sample::new("hosted form", "Closed", endings::closed_paper(english, "Contact us")),
        Sample::new("hosted form", "Full", endings::full_paper(english, &few)),
        Sample::new("hosted form", "Answered before", endings::answered_paper(english, &few)),
        Sample::new("hosted form", "Not invited", endings::not_invited_paper(english, &few)),
    ]
}

/// A form of three pages.
fn walk() -> Definition {
    definition(json!([
        {"type": "short_text", "label": "Your name", "required": true},
        {"type": "page", "label": "What happened", "help": "As much as you like to tell."},
        {"type": "long_text", "label": "Your report", "required": true},
        {"type": "file", "label": "Photo", "accept": ["image/*"]},
        {"type": "page"},
        {"type": "consent", "label": "You may call me about it"},
    ]))
}

fn second_page(form: &Published) -> Markup {
    let file = StoredFile {
        id: id("fil"),
        collection: form.form.to_string(),
        place: None,
        name: "Engine 2.jpg".into(),
        size: 480_000,
        content_type: "image/jpeg".into(),
        sha256: String::new(),
        created_at: moment(),
        owner: None,
    };
    let (pairs, kept) =
        ([("your_name".into(), "Hiro".into())], [Kept { key: "photo".into(), file }]);
    let filled = Filled {
        pairs: &pairs,
        problems: &Fields::new(),
        kept: &kept,
        prefix: "",
        texts: Texts::english(),
    };
    hosted_views::container(&Sheet {
        form,
        filled,
        key: "0123456789abcdef",
        here: 1,
        preview: None,
        card: None,
        traps: None,
        fresh: false,
    })
}

fn submission(form: &Form) -> Submission {
    Submission {
        workspace_id: form.workspace_id,
        id: id::<SubmissionId>("sub"),
        form_id: form.id,
        number: 1_204,
        form_version: 3,
        answers: db::Json(
            r#"{"your_name": "Hiro Tanaka", "e_mail": "hiro@example.com", "topic": "<i>Returns</i>"}"#.into(),
        ),
        metadata: Some(db::Json(r#"{"campaign": "autumn", "landing": "/pricing"}"#.into())),
        source: "page".into(),
        submitted_at: Some(moment()),
        received_at: moment(),
        visit: None,
    }
}

fn person() -> Person {
    Person { id: id("usr"), name: "Ada Byron".into(), email: "ada@example.com".into() }
}

fn state() -> State {
    State {
        status: "in_progress".into(),
        assignee: Some(person().id),
        tags: vec!["refund".into(), "vip".into()],
        ..State::default()
    }
}

fn incoming() -> Vec<Sample> {
    let definition = small();
    let show = |form: &Form, entries: Vec<Entry>, query: &[(&str, &str)]| -> Markup {
        let pairs: Vec<(String, String)> =
            query.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let place = Place::seen_by_people(&pairs).unwrap_or_default();
        let next = entries.first().map(|it| it.submission.number);
        let looked = (query.len() > 2).then_some((6_000, 10_000_000));
        let part = part::Part { next: next.or(looked.map(|_| 1)), entries, back: None, looked };
        let desk = Desk::sample(statuses::around(Vec::new()), vec![person()], 2_047);
        let columns = column::as_usual(&definition);
        submission_views::container(&List {
            views: &[],
            view: None,
            columns: &columns,
            unknown: &[],
            left_out: &[],
            refused: None,
            deletes: true,
            viewer: VIEWER,
            form,
            definition: &definition,
            origin: ORIGIN,
            part: &part,
            place: &place,
            desk: &desk,
        })
    };
    let (open, draft) = (form(&definition, 3, true), form(&definition, 0, false));
    let entry = || Entry { submission: submission(&open), state: state() };
    let rare = [("answers.topic", "Order"), ("answers.your_name.words", "<b>"), ("status", "done")];
    vec![
        Sample::new("submissions", "List", show(&open, vec![entry()], &[])),
        Sample::new("submissions", "Nothing yet", show(&open, Vec::new(), &[])),
        Sample::new("submissions", "Nothing yet, not open", show(&draft, Vec::new(), &[])),
        Sample::new(
            "submissions",
            "Nothing found",
            show(&open, Vec::new(), &[("q", "tanaka <b>")]),
        ),
        Sample::new("submissions", "Looked for long enough", show(&open, Vec::new(), &rare)),
        Sample::new("submissions", "No spam", show(&open, Vec::new(), &[("tray", "spam")])),
    ]
}

fn one_submission() -> Vec<Sample> {
    let definition = small();
    let form = form(&definition, 3, true);
    let submission = submission(&form);
    let answers = submission.answers().unwrap_or_else(|_| {
        Answers::parse_stored("{}").unwrap_or_else(|_| unreachable!("an empty object"))
    });
    let desk = Desk::sample(statuses::around(Vec::new()), vec![person()], 2_047);
    let activity = |seq, kind: &str, detail: Value| Activity {
        seq,
        kind: kind.into(),
        actor: person().id.to_string(),
        detail: db::Json(detail.to_string()),
        at: moment(),
    };
    let activity = [
        activity(4, "tagged", json!({"tags": [[], ["refund", "vip"]]})),
        activity(3, "assigned", json!({"assignee": [null, person().id]})),
        activity(2, "status_changed", json!({"status": ["new", "in_progress"]})),
        activity(1, "restored", json!({"tray": ["spam", "open"], "reason": ["Four links", null]})),
    ];
    let me = person().id.to_string();
    let comments = [Comment {
        id: id("cmt"),
        submission_id: submission.id,
        author: me.clone(),
        text: "Called her: she would rather have the money back.\nNoted in the till.".into(),
        created_at: moment(),
        edited_at: None,
    }];
    let show = |state: State, viewer: Viewer<'static>| {
        sheet::page(&sheet::Sheet {
            deletes: viewer.writes,
            viewer,
            form: &form,
            submission: &submission,
            state: &state,
            definition: &definition,
            answers: &answers,
            files: &[],
            desk: &desk,
            comments: &comments,
            me: &me,
            activity: &activity,
            newer: None,
            older: Some(submission.id),
            place: &Place::default(),
        })
    };
    let reason = Some("Four links in one line".to_owned());
    let spam = State { tray: Tray::Spam, reason, ..State::default() };
    vec![
        Sample::new("submission", "Page", show(state(), VIEWER)),
        Sample::new("submission", "To be read only", show(state(), READER)),
        Sample::new("submission", "In spam", show(spam, VIEWER)),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{samples, sheets_of_paper};

    #[test]
    fn every_sample_is_drawn_and_none_lets_markup_through() {
        ui::assets::install(crate::ASSETS);
        let samples = samples();
        let ids: HashSet<&str> = samples.iter().map(|sample| sample.id.as_str()).collect();
        assert_eq!(ids.len(), samples.len());
        for sample in &samples {
            assert!(sample.markup.0.len() > 50, "{}", sample.id);
            for markup in ["<script>alert", "<b>", "<i>"] {
                assert!(!sample.markup.0.contains(markup), "{markup} in {}", sample.id);
            }
        }
    }

    #[test]
    fn a_hosted_form_is_dressed_by_the_light_stylesheet_as_by_the_whole_one() {
        ui::assets::install(crate::ASSETS);
        let assets = ui::Assets::build(&[]);
        let css = |name| assets.iter().find(|it| it.name == name).map(|it| it.bytes.as_slice());
        let (whole, light) = (css("app.css"), css("public.css"));
        for sample in sheets_of_paper() {
            let lists = sample.markup.0.split(" class=\"").skip(1);
            for class in
                lists.filter_map(|list| list.split('"').next()).flat_map(str::split_whitespace)
            {
                assert_eq!(
                    dresses(light, class),
                    dresses(whole, class),
                    ".{class} of {}",
                    sample.id
                );
            }
        }
    }

    /// Whether a rule speaks of the class.
    fn dresses(css: Option<&[u8]>, class: &str) -> bool {
        let css = String::from_utf8_lossy(css.expect("the stylesheet is there"));
        let goes_on = |rest: &str| {
            rest.starts_with(|next: char| next.is_alphanumeric() || "-_".contains(next))
        };
        css.split(&format!(".{class}")).skip(1).any(|rest| !goes_on(rest))
    }

    #[test]
    fn a_hosted_form_has_a_control_for_every_answer() {
        ui::assets::install(crate::ASSETS);
        let samples = samples();
        let every =
            samples.iter().find(|sample| sample.title == "Every type").map(|it| &it.markup.0);
        let html = every.expect("it is there");
        for kind in crate::definition::Kind::NAMES {
            let named = html.contains(&format!("name=\"{kind}\""));
            assert_eq!(named, !matches!(kind, "section" | "page"), "{kind}");
        }
    }
}
