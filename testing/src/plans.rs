//! What the tables of the house are like, by which [`db::testing::plans`] judges how SQLite finds what is asked for.

use db::testing::plans::Tables;

/// The tables of all modules.
pub const TABLES: Tables = Tables { broad: BROAD, small: SMALL, excused: EXCUSED };

/// A million rows may be alike in each of these, and in all of them together.
const BROAD: &[&str] = &[
    "workspace_id",
    "form_id",
    "about",
    "assignee",
    "collection",
    "kind",
    "owner",
    "queue",
    "source",
    "state",
    "status",
    "tag",
    "tray",
    "type",
    "webhook_id",
];

const SMALL: &[(&str, &str)] = &[
    ("api_key", "people make keys one by one"),
    ("bulk_action", "one for what a person does with many submissions"),
    ("erasure", "one for a person who asks for it"),
    ("form", "people make forms one by one"),
    ("form_counter", "one row a form"),
    ("form_draft_change", "what can be taken back is bounded for each form"),
    ("form_export", "one for each export that is asked for, and they expire"),
    ("form_export_schedule", "people make standing orders one by one"),
    ("form_folder", "people make folders one by one"),
    ("form_import", "one for each file that is brought in"),
    ("form_notice", "a form has one of each kind"),
    ("form_picture", "people send pictures one by one, and they are bounded"),
    ("form_version", "people publish one by one"),
    ("mail_address", "people name addresses one by one, and they are bounded"),
    ("member", "people join one by one"),
    ("saved_view", "people save views one by one"),
    ("submission_status", "a form has a few"),
    ("submission_tally", "trays times statuses"),
    ("tag", "people make tags one by one"),
    ("upload", "only those under way, and they are bounded for each form"),
    ("webhook", "people make endpoints one by one, and they are bounded"),
    ("webhook_secret", "an endpoint has a few"),
];

/// A piece of the statement by which it is known, and why it may do what others may not.
const EXCUSED: &[(&str, &str)] = &[
    // Of all workspaces, by the house itself.
    ("from job where state = 'ready' group by queue", COUNTED),
    ("from job where state = 'running' group by queue", COUNTED),
    ("from job where state = 'scheduled' group by queue", COUNTED),
    ("from job_dead group by queue", COUNTED),
    ("from job_dead group by kind", COUNTED),
    ("from job where state = 'running' order by lease_until", FIRST),
    ("from job where state = 'scheduled' order by run_at limit 1", FIRST),
    ("module, name from migration", "one row for each step of the schema"),
    ("from job_schedule order by name", "one row for each schedule that the program has"),
    ("from submission_retention order by", "once a day, one row for each form that forgets"),
    (
        "from user_account where operator",
        "the operator has the first account, or is asked for once",
    ),
    ("from webhook w where w.enabled", "endpoints are few, and each costs one look into an index"),
    ("/* of a test */", "a test counts all that it has made, or takes it away"),
    ("as text))", "a test of erasing reads every column of every table"),
    // Of one workspace.
    (
        "as BIGINT) from file where workspace_id = $1",
        "what waits for a form is bounded, and swept after a day",
    ),
    ("tag = $2 and form_id in (select id from form", "what is read is what goes, and nothing else"),
    ("from spam_word where workspace_id = $1 and spam", "a workspace knows 50,000 words at most"),
    ("from mail_refusal where workspace_id = $1 and substr", "once for each person who is erased"),
    // Sorted within what an index gives in order.
    ("order by created_at, workspace_id, id", "only what was made in the same microsecond"),
    ("order by due_at, id", "only what is due in the same microsecond"),
];

const COUNTED: &str = "the operator sees how much waits; counted in one index alone";
const FIRST: &str = "the first entries of an index that holds nothing else";
