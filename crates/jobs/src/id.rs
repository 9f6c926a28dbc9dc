//! The id of a job.

use kernel::typed_id;

typed_id!(/// A job, from its birth through all attempts, also as a dead letter.
    pub JobId, JobKind, "job");
