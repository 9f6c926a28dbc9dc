//! Where to go after signing in: only somewhere in this house.

/// The path, when it can lead nowhere else; browsers read `//` and `/\` as another host.
pub(crate) fn local(path: Option<&str>) -> Option<&str> {
    let path = path?;
    let harmless = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.chars().all(|letter| letter.is_ascii_graphic());
    harmless.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_house_is_followed() {
        for fine in ["/", "/w/acme/forms", "/w/acme/forms?q=a&b=%2F"] {
            assert_eq!(local(Some(fine)), Some(fine));
        }
        for foreign in [
            "",
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example/",
            "\\\\evil.example",
            "javascript:alert(1)",
            "evil.example",
            "/\tevil",
            "/\r\nSet-Cookie: a=b",
            " //evil.example",
        ] {
            assert_eq!(local(Some(foreign)), None, "{foreign}");
        }
        assert_eq!(local(None), None);
    }
}
