//! Mail of forms: to the team, to who answered, one by one or together, and never more than is wanted.

mod links;
mod respondent;
#[path = "../../../modules/mails/tests/delivery/server.rs"]
mod server;
mod settings;
mod team;
mod world;
