//! Changes that are stopped in their middle, to see what others do in that very moment.

use std::time::Duration;

use db::{
    Tx,
    testing::{hold, waiting},
};

use crate::TestApp;

/// Between two looks at who waits: the engine tells nobody when somebody begins to.
const PAUSE: Duration = Duration::from_millis(2);
const LOOKS: usize = 5_000;

impl TestApp {
    /// Stops whoever needs what this statement locks, in the middle of their change, until it is let go. On SQLite,
    /// where one change follows the other, nobody can be stopped there.
    pub async fn held(&self, lock: &'static str) -> Option<Tx> {
        hold(&self.house.db, lock).await
    }

    /// How many changes of this house wait for another.
    pub async fn waiting(&self) -> i64 {
        waiting(&self.house.db).await
    }

    /// Until it is so, or long enough that it never will be.
    pub async fn until(&self, mut is_so: impl AsyncFnMut(&TestApp) -> bool) {
        for _ in 0..LOOKS {
            if is_so(self).await {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("it has never become so");
    }
}
