//! A whole run: connections side by side, one report.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::{Arc, Mutex};

use tokio::task::JoinSet;

use crate::arguments::Arguments;
use crate::pace::Pace;
use crate::recipe::Recipe;
use crate::report::{Report, Tally};
use crate::worker::{Shared, Worker};

/// Offers what the arguments ask for and reports what came of it.
pub(crate) async fn run(arguments: Arguments) -> io::Result<Report> {
    let (recipe, offer) = Recipe::from_arguments(arguments)?;
    let ids = offer.ids.as_ref().map(File::create).transpose()?;
    let ids = ids.map(|file| Mutex::new(BufWriter::new(file)));
    let pace = Pace::start(&offer);
    let shared = Arc::new(Shared { offer, recipe, pace, ids });
    let mut workers: JoinSet<_> =
        (0..shared.offer.connections).map(|_| Worker::new(Arc::clone(&shared)).run()).collect();
    let mut tally = Tally::default();
    while let Some(done) = workers.join_next().await {
        tally.add(done.map_err(io::Error::other)??);
    }
    let took = shared.pace.started().elapsed();
    if let Some(file) = &shared.ids {
        file.lock().expect("every connection is done").flush()?;
    }
    Ok(Report::new(tally, took))
}
