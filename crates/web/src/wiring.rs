//! Which events lead to which jobs.

use std::collections::HashMap;

use events::{Event, Recorded};
use jobs::NewJob;

type Subscriber = Box<dyn Fn(&Recorded) -> Option<NewJob> + Send + Sync>;

/// The fan-out of the house: subscribers by kind of event.
#[derive(Default)]
pub struct Wiring(HashMap<&'static str, Vec<Subscriber>>);

impl Wiring {
    /// Nothing is wired.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whenever `E` is recorded, the job that `subscriber` makes of it is enqueued in the same transaction.
    #[must_use]
    pub fn on<E: Event>(
        mut self,
        subscriber: impl Fn(&Recorded) -> Option<NewJob> + Send + Sync + 'static,
    ) -> Self {
        self.0.entry(E::KIND).or_default().push(Box::new(subscriber));
        self
    }

    pub(crate) fn jobs_for(&self, event: &Recorded) -> Vec<NewJob> {
        let subscribers = self.0.get(event.kind.as_str()).map_or(&[][..], Vec::as_slice);
        subscribers.iter().filter_map(|subscriber| subscriber(event)).collect()
    }
}
