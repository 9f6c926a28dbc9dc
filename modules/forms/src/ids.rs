//! The ids of this module.

use std::{fmt, str::FromStr};

use kernel::typed_id;

typed_id!(/// A form.
    pub FormId, FormKind, "frm");
typed_id!(/// A folder of forms.
    pub FolderId, FolderKind, "fld");
typed_id!(/// A submission.
    pub SubmissionId, SubmissionKind, "sub");
typed_id!(/// An export of submissions.
    pub ExportId, ExportKind, "exp");
typed_id!(/// A standing order for exports.
    pub ExportScheduleId, ExportScheduleKind, "exs");
typed_id!(/// An import of old answers.
    pub ImportId, ImportKind, "imp");
typed_id!(/// A search for one person's data, and its deletion.
    pub ErasureId, ErasureKind, "ers");
typed_id!(/// A comment on a submission.
    pub CommentId, CommentKind, "cmt");
typed_id!(/// A list of submissions that one comes back to.
    pub SavedViewId, SavedViewKind, "viw");
typed_id!(/// Something done with many submissions at once.
    pub BulkActionId, BulkActionKind, "blk");

/// The public name of a form, as [`kernel::short_id`] makes it: sixteen lower-case letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PublicId([u8; 16]);

/// A text that no form is called by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoPublicId;

impl FromStr for PublicId {
    type Err = NoPublicId;

    fn from_str(text: &str) -> Result<Self, NoPublicId> {
        let letters: [u8; 16] = text.as_bytes().try_into().map_err(|_| NoPublicId)?;
        let fits = letters.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if fits { Ok(PublicId(letters)) } else { Err(NoPublicId) }
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_id_is_what_we_make_and_nothing_else() {
        let made = kernel::short_id(&kernel::Chance::seeded(3));
        assert_eq!(made.parse::<PublicId>().map(|id| id.to_string()), Ok(made));
        for wrong in
            ["", "0123456789abcde", "0123456789abcdefg", "0123456789abcde\0", "0123456789ABCDEF"]
        {
            assert_eq!(wrong.parse::<PublicId>(), Err(NoPublicId), "{wrong:?}");
        }
    }
}
