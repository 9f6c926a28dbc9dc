//! `mewayz-load`: offers HTTP load over plain keep-alive connections and reports what came back.

mod answers;
mod arguments;
mod connection;
mod pace;
mod recipe;
mod reply;
mod report;
mod run;
mod target;
mod worker;

use std::io::Write;

use clap::Parser;

fn main() -> std::io::Result<()> {
    let arguments = arguments::Arguments::parse();
    // One thread on purpose: on a small machine the generator must not starve the server it measures.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(run::run(arguments))?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&report)?)
}
