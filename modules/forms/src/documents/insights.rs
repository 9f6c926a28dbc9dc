//! What the API document says of insights.

use serde_json::json;
use web::Operation;

use crate::insights::{report::Report, zone::InsightSettings};

pub(crate) fn show() -> Operation {
    let day = || json!({"type": "string", "format": "date"});
    Operation::new("Insights", "Show a form's answers in figures")
        .describe(
            "Of the days from `since` to `until`, both included, of what lies neither in spam nor in the bin. \
             Without them all days are meant. Counted while answers come in, so that it takes no longer for ten \
             million submissions than for ten; `counted_to` tells how far that has come. Every bar names the \
             query that lists what is behind it.",
        )
        .query("since", "The first day.", day())
        .query("until", "The last day; today without it.", day())
        .query(
            "by",
            "How `over_time` is cut; without it, or where that is too fine, what suits the days.",
            json!({"type": "string", "enum": ["day", "week", "month"]}),
        )
        .query(
            "compare",
            "With what each figure is compared: as many days just before, or those from `compare_since` to \
             `compare_until`.",
            json!({"type": "string", "enum": ["none", "previous", "chosen"]}),
        )
        .query("compare_since", "The first day of those that are compared with.", day())
        .query("compare_until", "The last of them.", day())
        .reply::<Report>(200, "The figures.")
}

pub(crate) fn show_settings() -> Operation {
    Operation::new("Insights", "Show how answers are counted")
        .reply::<InsightSettings>(200, "The settings of the workspace.")
}

pub(crate) fn keep_settings() -> Operation {
    Operation::new("Insights", "Count answers by the days of a time zone")
        .describe("Another zone has the answers to all forms counted anew, in the background.")
        .body::<InsightSettings>()
        .reply::<InsightSettings>(200, "The settings as they are now.")
}
