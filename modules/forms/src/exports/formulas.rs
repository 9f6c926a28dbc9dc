//! Keeps spreadsheets from running what strangers wrote (OWASP, "CSV Injection").

use std::borrow::Cow;

/// The text with an apostrophe before it when a spreadsheet might run it. What already begins with
/// apostrophes before such a sign gets one more, so that one taken away always gives back the text.
pub(crate) fn neutralised(text: &str) -> Cow<'_, str> {
    if is_dangerous(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a cell of this text can be a formula: by its first letter, unless it is a plain number.
pub(crate) fn is_dangerous(text: &str) -> bool {
    // Spreadsheets of East Asia take the wide signs for the narrow ones.
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && !is_number(text)
}

/// The text that was written as this.
pub(crate) fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_an_apostrophe_and_numbers_none() {
        for text in
            ["=1+1", "+49 30 1234", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "--1"]
        {
            assert_eq!(neutralised(text), format!("'{text}"), "{text:?}");
        }
        for text in ["-5", "+4930123456", "-0.25", "-1,5", "a=b", "", "'tis", "1-2", "é="] {
            assert_eq!(neutralised(text), text);
        }
    }

    #[test]
    fn the_apostrophe_is_taken_back_and_no_other() {
        for text in ["=1", "'=1", "''=1", "'", "''", "'-5", "-5", "'tis", "x'=1", "'\t"] {
            assert_eq!(plain(&neutralised(text)), text, "{text:?}");
        }
    }
}
