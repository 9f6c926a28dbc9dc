//! Settings: the commented defaults, a file, the environment and the command line, in rising order.

use std::{
    collections::BTreeMap,
    num::{NonZeroU32, NonZeroU64, NonZeroUsize},
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use files::Files;
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};

/// The commented defaults; documentation and truth in one file.
pub const DEFAULTS: &str = include_str!("../config.default.toml");

/// What `config.default.toml` explains.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: String,
    pub data: PathBuf,
    pub database: Option<String>,
    pub connections: NonZeroU32,
    pub registration: Registration,
    pub secure_cookies: bool,
    pub log: String,
    pub log_format: LogFormat,
    pub request_timeout: NonZeroU64,
    pub stop_timeout: u64,
    pub client_connections: NonZeroUsize,
    pub connections_per_client: NonZeroUsize,
    pub max_in_flight: NonZeroUsize,
    pub public_url: Option<web::PublicUrl>,
    #[serde(default, deserialize_with = "text_or_digits")]
    pub metrics_token: Option<String>,
    pub limits: web::LimitSettings,
    #[serde(default)]
    pub files: FileSettings,
    #[serde(default)]
    pub mail: Mail,
    pub workers: Workers,
    pub outbound: Outbound,
}

/// Who may make an account.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    Open,
    Closed,
}

impl From<Registration> for workspaces::Registration {
    fn from(choice: Registration) -> Self {
        match choice {
            Registration::Open => workspaces::Registration::Open,
            Registration::Closed => workspaces::Registration::Closed,
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Json,
    Text,
}

/// Where uploads lie.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// `s3://BUCKET` or `gs://BUCKET`; a folder of the data folder without it.
    pub url: Option<String>,
    /// What the store needs to know, by the providers' names.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

impl FileSettings {
    /// The store, asked whether it is there when it is somebody else's.
    pub async fn open(&self, data: &Path) -> Result<Files> {
        let Some(url) = self.url.as_deref().filter(|url| !url.is_empty()) else {
            return Files::local(&data.join("files"));
        };
        let files = Files::bucket(url, &self.options)?;
        files.expect_there().await?;
        Ok(files)
    }
}

/// The server that takes our mails.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtp://user:password@host:587` or `smtps://user:password@host`; mails wait without it.
    pub url: Option<String>,
    /// The address that all mails come from.
    pub from: Option<String>,
    /// A file of certificates in PEM that are trusted beside those of the world.
    pub authorities: Option<PathBuf>,
}

impl Mail {
    /// The way out; none when nothing is set up.
    pub fn open(&self) -> Result<Option<mails::Smtp>> {
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let Some(url) = filled(&self.url) else { return Ok(None) };
        let read = |path: &PathBuf| {
            let fault = |error| Error::Malformed(format!("{}: {error}", path.display()));
            std::fs::read(path).map_err(fault)
        };
        let authorities = self.authorities.as_ref().map(read).transpose()?;
        let from = filled(&self.from).unwrap_or_default();
        let smtp = mails::Smtp::parse(&url, &from, authorities.as_deref());
        Ok(Some(smtp.map_err(Error::Malformed)?))
    }
}

/// Background work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workers {
    pub concurrency: NonZeroUsize,
    pub lease: NonZeroU64,
}

/// Requests to addresses that customers name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbound {
    pub allow: Vec<outbound::Allowed>,
}

/// What the command line says; what is absent is left to the other sources.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Options {
    /// Where to listen, such as 127.0.0.1:8080
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// The data folder; made when missing
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// A postgres:// address; SQLite in the data folder without it
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// A file of settings; `mewayz.toml` in the data folder without it
    #[arg(long, global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// How the log is written: json or text
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_format: Option<String>,
}

/// Reads all sources; every fault is named with the place it comes from.
pub fn load(options: &Options) -> Result<Config> {
    let before_file = Figment::from(Toml::string(DEFAULTS))
        .merge(environment())
        .merge(Serialized::defaults(options));
    let data: PathBuf = before_file.extract_inner("data").map_err(fault)?;
    let file = options.config.clone().unwrap_or_else(|| data.join("mewayz.toml"));
    if options.config.is_some() && !file.exists() {
        return Err(Error::Malformed(format!("{}: there is no such file", file.display())));
    }
    let mut sources = Figment::from(Toml::string(DEFAULTS));
    if file.exists() {
        sources = sources.merge(Toml::file_exact(&file));
    }
    let mut config: Config = sources
        .merge(environment())
        .merge(Serialized::defaults(options))
        .extract()
        .map_err(fault)?;
    // As it is written: what looks like a number there loses its zeros on the way.
    if let Ok(token) = std::env::var("MEWAYZ_METRICS_TOKEN") {
        config.metrics_token = Some(token);
    }
    config.check()?;
    Ok(config)
}

/// A token of digits alone looks like a number where it is written without quotes.
fn text_or_digits<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Token {
        Text(String),
        Digits(u64),
    }
    Ok(Option::deserialize(reader)?.map(|token| match token {
        Token::Text(text) => text,
        Token::Digits(digits) => digits.to_string(),
    }))
}

/// `MEWAYZ_WORKERS__CONCURRENCY` is `workers.concurrency`; the test suite's own variables and the
/// master key are none of these settings.
fn environment() -> Env {
    Env::prefixed("MEWAYZ_")
        .ignore(&[
            "master_key",
            "metrics_token",
            "test_engine",
            "test_postgres",
            "test_mail",
            "key",
        ])
        .split("__")
}

fn fault(error: figment::Error) -> Error {
    Error::Malformed(error.into_iter().map(|one| one.to_string()).collect::<Vec<_>>().join("\n"))
}

impl Config {
    /// What the types alone do not hold.
    fn check(&self) -> Result<()> {
        let url = self.database.as_deref().unwrap_or_default();
        let known = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        if !url.is_empty() && !known {
            let message = "database: write an address that begins with postgres://";
            return Err(Error::Malformed(message.into()));
        }
        web::check_filter(&self.log).map_err(|error| Error::Malformed(format!("log: {error}")))
    }

    /// Where the data lives.
    pub fn database(&self) -> db::Settings {
        match self.database.as_deref().filter(|url| !url.is_empty()) {
            Some(url) => {
                db::Settings::Server { url: url.to_owned(), connections: self.connections.get() }
            }
            None => db::Settings::File(self.data.join("mewayz.db")),
        }
    }

    /// The data folder, made for the owner's eyes only when missing.
    pub fn make_data_folder(&self) -> Result<&Path> {
        use std::os::unix::fs::DirBuilderExt;
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data);
        made.map_err(|error| Error::Malformed(format!("{}: {error}", self.data.display())))?;
        Ok(&self.data)
    }
}
