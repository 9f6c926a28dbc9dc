//! The program: `mewayz serve | worker | demo | migrate | openapi | config`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mewayz::{bench_jobs, config, demo, run};
use rustix::fs::Mode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The back office of a business in one program.
#[derive(Debug, Parser)]
#[command(name = "mewayz", version)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    options: config::Options,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve pages, API and background work
    Serve,
    /// Only background work, beside other processes on one PostgreSQL
    Worker,
    /// Serve a living sample company from a folder of its own
    Demo {
        /// Seconds between two visitors who fill in one of its forms; 0 keeps them away
        #[arg(long, default_value_t = 20)]
        visitors: u64,
    },
    /// Bring the database up to date and stop
    Migrate,
    /// Measure the queue in the given database
    #[command(hide = true)]
    BenchJobs {
        /// How many jobs
        #[arg(long, default_value_t = 50_000)]
        count: usize,
    },
    /// Print the API document
    Openapi,
    /// Print every setting with its default and its meaning
    Config,
}

fn main() -> ExitCode {
    let command = Command::parse();
    // Whatever is written, database, uploads or keys, is for the eyes of this user alone.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime
        .map_err(kernel::Error::internal)
        .and_then(|runtime| runtime.block_on(obey(command)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            run::complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn obey(command: Command) -> kernel::Result<()> {
    match command.verb {
        Verb::Serve => run::serve(config::load(&command.options)?).await,
        Verb::Worker => run::work(config::load(&command.options)?).await,
        Verb::Demo { visitors } => demo::serve(command.options, visitors).await,
        Verb::Migrate => run::migrate(config::load(&command.options)?).await,
        Verb::BenchJobs { count } => bench_jobs::run(config::load(&command.options)?, count).await,
        Verb::Openapi => run::openapi(config::load(&command.options)?).await,
        Verb::Config => {
            run::say(config::DEFAULTS);
            Ok(())
        }
    }
}
