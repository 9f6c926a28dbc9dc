//! Standing orders for exports: giving one, seeing them, taking one back, and what happens when one is due.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod due;
pub(crate) mod list;

use db::Tx;
use kernel::{Id, Permission, Result};
use web::Entity;

use super::{schedule::Schedule, store};
use crate::{FORMS_WRITE, SUBMISSIONS_READ, ids::ExportScheduleKind};

/// Whoever may read submissions sees what is ordered of them. To order goes on when somebody has left, so
/// it is a setting of the form and needs the right to change that.
impl Entity for Schedule {
    type Kind = ExportScheduleKind;
    const PARAMETER: &'static str = "schedule";
    const VIEW: Permission = SUBMISSIONS_READ;
    const EDIT: Permission = FORMS_WRITE;

    async fn find(tx: &mut Tx, id: Id<ExportScheduleKind>) -> Result<Option<Self>> {
        store::schedules::find_schedule(tx, id).await
    }
}
