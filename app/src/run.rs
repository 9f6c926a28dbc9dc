//! The commands: assembling, listening, and stopping so that nothing is lost.

use std::{io::Write, time::Duration};

use kernel::{Error, Result};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;
use web::ServeSettings;

use crate::{
    config::{Config, LogFormat},
    house::{Assembled, assemble},
};

/// Pages, API and background work in one process.
pub async fn serve(config: Config) -> Result<()> {
    start_telemetry(&config);
    let assembled = assemble(&config).await?;
    let listener = listen(&config).await?;
    announce(&assembled, &listener).await?;
    serve_until_stopped(&config, assembled, listener).await
}

/// Background work only.
pub async fn work(config: Config) -> Result<()> {
    start_telemetry(&config);
    let assembled = assemble(&config).await?;
    let worker = assembled.start_worker();
    tracing::info!("working");
    stop_signal().await?;
    worker.drain(Duration::from_secs(config.stop_timeout)).await;
    assembled.house.db.close().await;
    Ok(())
}

/// Brings the database up to date.
pub async fn migrate(config: Config) -> Result<()> {
    start_telemetry(&config);
    assemble(&config).await?.house.db.close().await;
    say("The database is up to date.\n");
    Ok(())
}

/// Prints the API document.
pub async fn openapi(config: Config) -> Result<()> {
    // Only the routes are asked: this leaves no database and no key behind.
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let config = Config { data: folder.path().to_owned(), database: None, ..config };
    let assembled = assemble(&config).await?;
    let document = serde_json::to_string_pretty(&web::openapi(&assembled.server.routes))
        .map_err(Error::internal)?;
    say(&document);
    Ok(())
}

/// Takes the address, or says who has it.
pub async fn listen(config: &Config) -> Result<TcpListener> {
    let listener = TcpListener::bind(&config.listen).await;
    listener
        .map_err(|error| Error::Malformed(format!("cannot listen on {}: {error}", config.listen)))
}

/// Serves and works until a signal says stop; then requests and jobs in progress are finished.
pub async fn serve_until_stopped(
    config: &Config,
    assembled: Assembled,
    listener: TcpListener,
) -> Result<()> {
    let worker = assembled.start_worker();
    let stop = CancellationToken::new();
    let settings = ServeSettings {
        connections: config.client_connections.get(),
        connections_per_client: config.connections_per_client.get(),
        trusted_proxies: config.limits.trusted_proxies.clone(),
        grace: Duration::from_secs(config.stop_timeout),
        ..ServeSettings::default()
    };
    let serving =
        tokio::spawn(web::serve(listener, assembled.server.router.clone(), settings, stop.clone()));
    stop_signal().await?;
    tracing::info!("stopping");
    assembled.server.begin_stop();
    stop.cancel();
    let patience = Duration::from_secs(config.stop_timeout);
    let (served, ()) = tokio::join!(serving, worker.drain(patience));
    served.map_err(Error::internal)?;
    assembled.house.db.close().await;
    Ok(())
}

/// Logs and metrics.
pub fn start_telemetry(config: &Config) {
    web::start_logging(&config.log, config.log_format == LogFormat::Json);
    web::start_metrics();
}

async fn announce(assembled: &Assembled, listener: &TcpListener) -> Result<()> {
    let address = listener.local_addr().map_err(Error::internal)?;
    tracing::info!(%address, "listening");
    say(&format!("Mewayz is at http://{address}\n"));
    if let Some(token) = workspaces::entrance::setup_token(&assembled.house).await? {
        say(&format!(
            "Nobody has an account yet. The operator sets the house up here, once:\n\n    http://{address}/setup/{token}\n\n"
        ));
    }
    Ok(())
}

async fn stop_signal() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Speaks to whoever started the program; a closed output is not worth failing for.
pub fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Says why the program could not go on.
pub fn complain(error: &Error) {
    let cause = match error {
        Error::Internal { cause, at } => format!("{cause} ({at})"),
        Error::Unavailable { cause, .. } => cause.clone(),
        other => other.to_string(),
    };
    let _ = writeln!(std::io::stderr(), "mewayz: {cause}");
}
