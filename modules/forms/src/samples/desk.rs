//! Pages of the desk beside the list and the single submission.

use kernel::Fields;
use maud::Markup;
use ui::{Sample, Tone};

use super::{READER, VIEWER, form, small};
use crate::submissions::{
    columns::{Offered, Panel, panel},
    place::Place,
    statuses::{
        Status,
        views::{self, Page},
    },
};

/// Two that are chosen, and the others: what is asked no more, and what every submission has.
fn columns() -> Markup {
    let definition = small();
    let mut fields = definition.fields.iter().cloned();
    let chosen = fields.by_ref().take(2).map(|field| Offered::answer(field, true).chosen());
    let mut offered: Vec<Offered> = chosen.collect();
    offered.extend(fields.map(|field| Offered::answer(field, false)));
    offered.extend(Offered::own());
    panel(&Panel {
        slug: VIEWER.slug,
        form: form(&definition, 3, true).id,
        place: &Place::default(),
        offered: &offered,
    })
}

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
        Sample::new("columns", "Panel", columns()),
        Sample::new("statuses", "Page", page(VIEWER, &sound, None)),
        Sample::new("statuses", "With a mistake", page(VIEWER, &wrong, None)),
        Sample::new("statuses", "Still in use", page(VIEWER, &sound, told)),
        Sample::new("statuses", "To be read only", page(READER, &sound, None)),
    ]
}
