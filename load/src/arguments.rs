//! What the command line accepts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use url::Url;

#[derive(Parser)]
#[command(name = "mewayz-load", about = "Offers HTTP load and reports what came back, as JSON.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) kind: Kind,
}

#[derive(Subcommand)]
pub(crate) enum Kind {
    /// One submission a request, each with its own idempotency key.
    Single(Single),
    /// Many submissions a request.
    Bulk(Bulk),
    /// The hosted form as a browser without JavaScript sends it.
    Public(Public),
    /// The same page again and again.
    List(List),
}

#[derive(Args)]
pub(crate) struct Single {
    #[command(flatten)]
    pub(crate) form: FormPlace,
    /// Posts here instead of to a form.
    #[arg(long, conflicts_with_all = ["server", "form"])]
    pub(crate) url: Option<Url>,
    /// The body; `{answers}` becomes a JSON object of answers, `{index}` the number of the request.
    #[arg(long, default_value = r#"{"answers":{answers}}"#)]
    pub(crate) body_template: String,
    #[command(flatten)]
    pub(crate) offer: Offer,
}

#[derive(Args)]
pub(crate) struct Bulk {
    #[command(flatten)]
    pub(crate) form: FormPlace,
    /// Submissions a request.
    #[arg(long, default_value_t = 1000)]
    pub(crate) items: u64,
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) offer: Offer,
}

#[derive(Args)]
pub(crate) struct Public {
    #[command(flatten)]
    pub(crate) form: FormPlace,
    #[command(flatten)]
    pub(crate) offer: Offer,
}

#[derive(Args)]
pub(crate) struct List {
    #[arg(long)]
    pub(crate) url: Url,
    #[command(flatten)]
    pub(crate) offer: Offer,
}

/// Where the form is; for `public` the form's public id.
#[derive(Args)]
pub(crate) struct FormPlace {
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub(crate) server: Url,
    #[arg(long)]
    pub(crate) form: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Ndjson,
}

/// How much is offered, how, and what to do with refusals.
#[derive(Args)]
pub(crate) struct Offer {
    /// Stops after so many requests.
    #[arg(long, required_unless_present = "seconds")]
    pub(crate) count: Option<u64>,
    /// Offers nothing new after so many seconds.
    #[arg(long)]
    pub(crate) seconds: Option<f64>,
    #[arg(long, default_value_t = 64)]
    pub(crate) connections: usize,
    /// Requests a second, offered whether or not the server keeps up; latency counts from the
    /// moment each was due. Without it every connection sends as soon as its last reply is in.
    #[arg(long)]
    pub(crate) rate: Option<f64>,
    /// Requests on the way at once on each connection.
    #[arg(long, default_value_t = 1)]
    pub(crate) pipeline: usize,
    /// Seconds after which an unanswered request counts as an error.
    #[arg(long, default_value_t = 30.0)]
    pub(crate) timeout: f64,
    /// Sends again, with the same key, what was refused by 429 or 503 or went unanswered.
    #[arg(long)]
    pub(crate) retry: bool,
    /// Seconds of refusals or silence after which one request, or a connection, is given up.
    #[arg(long, default_value_t = 60.0)]
    pub(crate) patience: f64,
    /// Writes a line `idempotency-key id` for every acknowledged request that was given an id.
    #[arg(long)]
    pub(crate) ids: Option<PathBuf>,
    /// Sent as `Authorization: Bearer`.
    #[arg(long, env = "MEWAYZ_KEY", hide_env_values = true)]
    pub(crate) key: Option<String>,
    /// A further header, `Name: value`; may be repeated.
    #[arg(long = "header")]
    pub(crate) headers: Vec<String>,
    /// Makes answers and idempotency keys repeatable.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}
