//! Pages of the desk beside the list and the single submission.

use kernel::Fields;
use ui::{Sample, Tone};

use super::{READER, VIEWER, form, small};
use crate::submissions::statuses::{
    Status,
    views::{self, Page},
};

pub(super) fn samples() -> Vec<Sample> {
    let form = form(&small(), 3, true);
    let status = |key: &str, name: &str, tone: Tone| Status {
        key: key.into(),
        name: name.into(),
        tone: tone.name().into(),
    };
    let own = [
        status("waiting", "Waiting for a reply", Tone::Accent),
        status("done_2", "<b>Paid</b>", Tone::Bad),
    ];
    let (sound, wrong) =
        (Fields::new(), Fields::one("statuses[1].name", "invalid", "Use 1 to 40 letters."));
    let page = |viewer, problems, told| {
        let (form, own) = (&form, &own[..]);
        views::page(&Page { viewer, deletes: true, form, own, days: "365", problems, told })
    };
    let told = Some("Submissions have the status “Paid”. Give them another first.");
    vec![
        Sample::new("statuses", "Page", page(VIEWER, &sound, None)),
        Sample::new("statuses", "With a mistake", page(VIEWER, &wrong, None)),
        Sample::new("statuses", "Still in use", page(VIEWER, &sound, told)),
        Sample::new("statuses", "To be read only", page(READER, &sound, None)),
    ]
}
