//! A living sample company: made through the same calls that everybody uses.

mod client;
mod company;
mod content;
mod visitors;

use std::{path::PathBuf, time::Duration};

use kernel::Result;

use crate::{
    config::{self, Options},
    house::assemble,
    run,
};

/// Serves the sample company from a folder of its own, filled at the first start; then somebody fills in
/// one of its forms every so many seconds, or nobody when they are 0.
pub async fn serve(mut options: Options, visitors: u64) -> Result<()> {
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
    let data = config.data.clone();
    let address = listener.local_addr().map_err(kernel::Error::internal)?;
    let serving =
        tokio::spawn(async move { run::serve_until_stopped(&config, assembled, listener).await });
    company::fill(&house, &workspaces, router.clone(), &data).await?;
    if visitors > 0 {
        tokio::spawn(visitors::come(house, router, Duration::from_secs(visitors)));
    }
    run::say(&company::welcome(&format!("http://{address}")));
    serving.await.map_err(kernel::Error::internal)?
}
