//! What a field that takes files says of them, in words.

use crate::definition::File;

/// "An image or a PDF, up to 10 MB."
pub(super) fn file_limits(file: &File) -> String {
    let size = size(file.max_bytes);
    let mut words: Vec<String> = file.accept.iter().map(|accepted| in_words(accepted)).collect();
    // The endings and the media type of one thing are called the same.
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    let kinds = match words.as_slice() {
        [] => "a file".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    };
    match file.max_files {
        1 => format!("{}, up to {size}.", capital(&kinds)),
        most if words.is_empty() => format!("Up to {most} files of up to {size} each."),
        most => format!("Up to {most} files, each {kinds} of up to {size}."),
    }
}

/// `image/*` as people call it, with its article.
fn in_words(accepted: &str) -> String {
    let lower = accepted.to_lowercase();
    let known = match lower.as_str() {
        "image/*" => "an image",
        "video/*" => "a video",
        "audio/*" => "a sound recording",
        "text/*" | "text/plain" | ".txt" => "a text file",
        "application/pdf" | ".pdf" => "a PDF",
        "image/jpeg" | ".jpg" | ".jpeg" => "a JPEG image",
        "image/png" | ".png" => "a PNG image",
        "text/csv" | ".csv" => "a CSV file",
        "application/zip" | ".zip" => "a ZIP archive",
        "application/msword"
        | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        | ".doc"
        | ".docx" => "a Word document",
        "application/vnd.ms-excel"
        | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        | ".xls"
        | ".xlsx" => "an Excel sheet",
        other => {
            let name = other.trim_start_matches('.').trim_end_matches("/*");
            return format!("a file of type {}", name.to_uppercase());
        }
    };
    known.to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// `10 MB`, `1.5 MB`, `300 KB`
pub(crate) fn size(bytes: u64) -> String {
    const STEP: u64 = 1024;
    let (unit, name) = match bytes {
        0..STEP => return format!("{bytes} bytes"),
        STEP..1_048_576 => (STEP, "KB"),
        _ => (STEP * STEP, "MB"),
    };
    match (bytes / unit, bytes % unit * 10 / unit) {
        (whole, 0) => format!("{whole} {name}"),
        (whole, tenth) => format!("{whole}.{tenth} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_said_in_words() {
        let words = |max_files, accept: &[&str]| {
            let accept = accept.iter().map(|text| (*text).to_owned()).collect();
            file_limits(&File { max_files, max_bytes: 10 << 20, accept })
        };
        assert_eq!(words(1, &["image/*", ".pdf"]), "An image or a PDF, up to 10 MB.");
        assert_eq!(words(1, &[".doc", ".docx", ".PDF"]), "A Word document or a PDF, up to 10 MB.");
        assert_eq!(words(1, &[]), "A file, up to 10 MB.");
        assert_eq!(words(3, &[]), "Up to 3 files of up to 10 MB each.");
        assert_eq!(words(2, &[".step"]), "Up to 2 files, each a file of type STEP of up to 10 MB.");
    }
}
