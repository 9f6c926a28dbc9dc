//! Every address of the module.

use ::jobs::JobId;

/// The queue at a glance.
pub(crate) const JOBS: &str = "/admin/jobs";

/// Where all dead letters (of a kind) are retried.
pub(crate) const RETRIES: &str = "/admin/jobs/retries";

/// The queue at a glance, with the dead letters of one kind, from a place in their list.
pub(crate) fn jobs(kind: Option<&str>, cursor: Option<&str>) -> String {
    let pairs = [("kind", kind), ("cursor", cursor)];
    let query: Vec<String> = pairs
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encoded((*value)?))))
        .collect();
    if query.is_empty() { JOBS.to_owned() } else { format!("{JOBS}?{}", query.join("&")) }
}

/// One dead letter.
pub(crate) fn dead(job: JobId) -> String {
    format!("/admin/jobs/{job}")
}

/// Where one dead letter is retried.
pub(crate) fn retries(job: JobId) -> String {
    format!("/admin/jobs/{job}/retries")
}

/// Where one dead letter is thrown away.
pub(crate) fn removal(job: JobId) -> String {
    format!("/admin/jobs/{job}/removal")
}

/// Kinds are letters, digits, dots and underscores; anything else is written in percent.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_chosen_stands_in_the_query() {
        assert_eq!(jobs(None, None), "/admin/jobs");
        assert_eq!(jobs(Some("forms.sweep"), None), "/admin/jobs?kind=forms.sweep");
        assert_eq!(jobs(Some("a&b"), Some("1-x")), "/admin/jobs?kind=a%26b&cursor=1-x");
    }
}
