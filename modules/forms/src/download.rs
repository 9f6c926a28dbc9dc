//! What is saved and never shown.

/// `Content-Disposition` with a name in any script (RFC 6266, RFC 8187).
pub(crate) fn saved_as(name: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::saved_as;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            saved_as("a\"; x=\r\nö.pdf"),
            "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%C3%B6.pdf"
        );
    }
}
