//! The language that a browser asks for.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};

use super::Language;

/// The first of the languages a request asks for that we speak (RFC 9110, 12.5.4; looked up as RFC 4647,
/// 3.4 says, and a language of another country rather than none).
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Language> {
    let texts = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let mut asked: Vec<(u16, Language)> =
        texts.flat_map(|text| text.split(',')).filter_map(asked).collect();
    // Stable: what is wanted as much comes in the order in which it was written.
    asked.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    asked.first().map(|(_, language)| *language)
}

/// `de-AT;q=0.8`: how much it is wanted, from 0 to 1,000, and as what we speak it.
fn asked(range: &str) -> Option<(u16, Language)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next()?;
    let quality = match parts.find_map(|part| part.strip_prefix("q=")) {
        Some(text) => (text.parse::<f32>().ok()?.clamp(0.0, 1.0) * 1_000.0) as u16,
        None => 1_000,
    };
    let wanted = primary(tag);
    let language =
        Language::ALL.into_iter().find(|it| primary(it.tag()).eq_ignore_ascii_case(wanted));
    language.filter(|_| quality > 0).map(|language| (quality, language))
}

/// `pt` of `pt-BR`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_most_wanted_is_spoken() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().expect("a header"));
            accepted(&headers)
        };
        assert_eq!(of("de"), Some(Language::German));
        assert_eq!(of("de-AT, en;q=0.7"), Some(Language::German));
        assert_eq!(of("en;q=0.3, PL;q=0.9,*;q=0.1"), Some(Language::Polish));
        assert_eq!(of("pt-PT,en;q=0.5"), Some(Language::Portuguese), "better than none");
        assert_eq!(of("zh-CN, zh;q=0.9, ja;q=0.8"), Some(Language::Japanese));
        assert_eq!(of("fr;q=0, ar-EG;q=0.4"), Some(Language::Arabic), "never French");
        assert_eq!(of("fr, de"), Some(Language::French), "the first of two alike");
        for text in ["", "*", "zh", ",;q", "de;q=much"] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(accepted(&HeaderMap::new()), None);
    }
}
