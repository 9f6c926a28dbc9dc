//! A living sample company: made through the same calls that everybody uses.

mod client;
mod company;
mod content;

use std::path::PathBuf;

use kernel::Result;

use crate::{
    config::{self, Options},
    house::assemble,
    run,
};

/// Serves the sample company from a folder of its own, filled at the first start.
pub async fn serve(mut options: Options) -> Result<()> {
    options.data.get_or_insert_with(|| PathBuf::from("demo-data"));
    options.log_format.get_or_insert_with(|| "text".to_owned());
    let mut config = config::load(&options)?;
    if config.log == "info" {
        // The log of a demo should not bury where to go and how to sign in.
        config.log = "warn".to_owned();
    }
    run::start_telemetry(&config);
    let assembled = assemble(&config).await?;
    let listener = run::listen(&config).await?;
    let router = assembled.server.router.clone();
    let workspaces = assembled.workspaces.clone();
    let house = assembled.house.clone();
    let address = listener.local_addr().map_err(kernel::Error::internal)?;
    let serving =
        tokio::spawn(async move { run::serve_until_stopped(&config, assembled, listener).await });
    company::fill(&house, &workspaces, router).await?;
    run::say(&company::welcome(&format!("http://{address}")));
    serving.await.map_err(kernel::Error::internal)?
}
