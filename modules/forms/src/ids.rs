//! The ids of this module.

use kernel::typed_id;

typed_id!(/// A form.
    pub FormId, FormKind, "frm");
typed_id!(/// A submission.
    pub SubmissionId, SubmissionKind, "sub");
