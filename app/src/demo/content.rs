//! What the sample company's forms ask and what people have answered, from `seeds/`.

use std::collections::BTreeMap;

use kernel::{Error, Result};
use serde_json::{Value, json};

/// A form with what came in through it, as lines for the bulk call.
pub(super) struct SampleForm {
    pub(super) form: Value,
    /// The name of the folder that it is in.
    pub(super) folder: Option<&'static str>,
    pub(super) lines: String,
}

/// All forms, oldest first.
pub(super) fn forms() -> Result<Vec<SampleForm>> {
    Ok(vec![
        sample(
            include_str!("../../../seeds/forms/wildlife_strike_report.json"),
            wildlife_strikes()?,
        )?,
        sample(
            include_str!("../../../seeds/forms/event_registration.json"),
            include_str!("../../../seeds/demo/event_registration.ndjson").to_owned(),
        )?
        .within("Events"),
        sample(
            include_str!("../../../seeds/forms/catering_request.json"),
            include_str!("../../../seeds/demo/catering_request.ndjson").to_owned(),
        )?
        .within("Events"),
        sample(
            include_str!("../../../seeds/forms/support_request.json"),
            include_str!("../../../seeds/demo/support_request.ndjson").to_owned(),
        )?,
        sample(
            include_str!("../../../seeds/forms/customer_feedback.json"),
            include_str!("../../../seeds/demo/customer_feedback.ndjson").to_owned(),
        )?,
    ])
}

fn sample(form: &str, lines: String) -> Result<SampleForm> {
    let form = serde_json::from_str(form).map_err(Error::internal)?;
    Ok(SampleForm { form, folder: None, lines })
}

impl SampleForm {
    fn within(self, folder: &'static str) -> Self {
        SampleForm { folder: Some(folder), ..self }
    }
}

/// The FAA's reports, each column under the key that it answers.
fn wildlife_strikes() -> Result<String> {
    let mut reader =
        csv::Reader::from_reader(include_str!("../../../seeds/birdstrikes.csv").as_bytes());
    let keys: BTreeMap<&str, &str> =
        serde_json::from_str(include_str!("../../../seeds/birdstrikes.columns.json"))
            .map_err(Error::internal)?;
    let mut lines = String::new();
    for (index, row) in reader.deserialize::<BTreeMap<String, String>>().enumerate() {
        let row = row.map_err(Error::internal)?;
        let answers: BTreeMap<&str, &str> = row
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(column, value)| Some((*keys.get(column.as_str())?, value.as_str())))
            .collect();
        let line = json!({"answers": answers, "idempotency_key": format!("faa-{index}"), "metadata": {"source": "FAA Wildlife Strike Database"}});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    Ok(lines)
}
