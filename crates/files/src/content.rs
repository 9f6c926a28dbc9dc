//! What a file is, by its first bytes; a sender's word counts only where it can do no harm.

/// So many bytes are looked at.
pub(crate) const HEAD: usize = 8192;

const UNKNOWN: &str = "application/octet-stream";

/// Text that no browser runs. What looks like HTML, XML or a script is never one of them.
const HARMLESS_TEXT: [&str; 6] =
    ["text/plain", "text/csv", "text/markdown", "text/calendar", "text/vcard", "application/json"];

/// The content type to store and to serve.
pub(crate) fn kind(head: &[u8], declared: Option<&str>) -> String {
    let sniffed = infer::get(head).map(|kind| kind.mime_type());
    match sniffed {
        // Pages and scripts are served as what cannot run.
        Some(text) if text.starts_with("text/") => "text/plain".into(),
        Some(kind) => kind.into(),
        None => declared_text(head, declared).unwrap_or(UNKNOWN).into(),
    }
}

fn declared_text(head: &[u8], declared: Option<&str>) -> Option<&'static str> {
    let declared = declared?.split(';').next()?.trim().to_ascii_lowercase();
    let known = HARMLESS_TEXT.into_iter().find(|kind| *kind == declared)?;
    is_text(head).then_some(known)
}

fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last letter may be cut in two where the head ends.
        Err(error) => error.error_len().is_none() && head.len() == HEAD,
    };
    valid && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_count_more_than_the_word() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(kind(png, Some("text/html")), "image/png");
        assert_eq!(kind(b"%PDF-1.7", None), "application/pdf");
        assert_eq!(kind(b"<!DOCTYPE html><script>", Some("text/html")), "text/plain");
        assert_eq!(kind(b"<html>", Some("text/csv")), "text/plain");
    }

    #[test]
    fn a_word_is_believed_only_for_plain_text() {
        assert_eq!(kind(b"a,b\n1,2", Some("text/csv; charset=utf-8")), "text/csv");
        assert_eq!(kind("é".as_bytes(), Some("TEXT/PLAIN")), "text/plain");
        for declared in ["image/svg+xml", "text/html", "application/javascript", "image/png", ""] {
            assert_eq!(kind(b"alert(1)", Some(declared)), UNKNOWN, "{declared}");
        }
        assert_eq!(kind(b"a\0b", Some("text/plain")), UNKNOWN);
        assert_eq!(kind(b"\xff\xfe", Some("text/plain")), UNKNOWN);
        assert_eq!(kind(b"", None), UNKNOWN);
    }
}
