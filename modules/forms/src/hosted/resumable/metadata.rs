//! What is told of a file beside its bytes: `Upload-Metadata`, names and values in Base64.

use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Error, Result};

use super::UPLOAD_METADATA;

/// Of one upload, named as tus's own clients name them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// `field`: the key of the form's field.
    pub(super) field: String,
    /// `filename`
    pub(super) name: String,
    /// `filetype`
    pub(super) kind: Option<String>,
}

impl Metadata {
    /// Reads the header; names that nobody knows are skipped.
    pub(super) fn read(headers: &HeaderMap) -> Result<Self> {
        let mut found = Metadata::default();
        let header = headers.get(UPLOAD_METADATA).map(HeaderValue::to_str);
        let text = header.transpose().map_err(|_| unreadable())?.unwrap_or_default();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once(' ').unwrap_or((pair, ""));
            let bytes = STANDARD.decode(value.trim()).map_err(|_| unreadable())?;
            let value = String::from_utf8(bytes).map_err(|_| unreadable())?;
            match name {
                "field" => found.field = value,
                "filename" => found.name = value,
                "filetype" => found.kind = Some(value).filter(|kind| is_kind(kind)),
                _ => {}
            }
        }
        Ok(found)
    }

    /// The header's value.
    pub(super) fn text(&self) -> String {
        let pair = |name: &str, value: &str| format!("{name} {}", STANDARD.encode(value));
        let mut pairs = vec![pair("field", &self.field), pair("filename", &self.name)];
        pairs.extend(self.kind.as_ref().map(|kind| pair("filetype", kind)));
        pairs.join(",")
    }
}

/// Bytes of a media type; its names have 127 each at most (RFC 6838, 4.2).
const LONGEST_KIND: usize = 255;

/// Whether it can be a media type: what cannot says nothing, and is not kept.
fn is_kind(text: &str) -> bool {
    (1..=LONGEST_KIND).contains(&text.len())
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn unreadable() -> Error {
    let message = "Upload-Metadata cannot be read: it is names and values in Base64, with commas between them.";
    Error::Malformed(message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Metadata> {
        let mut headers = HeaderMap::new();
        headers.insert(UPLOAD_METADATA, HeaderValue::from_str(text).expect("a header"));
        Metadata::read(&headers)
    }

    #[test]
    fn what_is_told_is_read_back() {
        let told = Metadata {
            field: "cv".into(),
            name: "Lebenslauf – 東京.pdf".into(),
            kind: Some("application/pdf".into()),
        };
        assert_eq!(read(&told.text()).expect("readable"), told);
        let bare =
            read("filename YS50eHQ=,is_confidential, relativePath bnVsbA==").expect("readable");
        assert_eq!(bare, Metadata { name: "a.txt".into(), ..Metadata::default() });
        assert_eq!(read("").expect("readable"), Metadata::default());
        for kind in ["", "image/png\0", "a/b\r\nc: d", &"x".repeat(256)] {
            let told = format!("filetype {}", STANDARD.encode(kind));
            assert_eq!(read(&told).expect("readable").kind, None, "{kind}");
        }
        for wrong in ["filename ***", "filename /w==", "filename a b"] {
            read(wrong).expect_err(wrong);
        }
    }
}
