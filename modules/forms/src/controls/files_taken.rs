//! What a field that takes files says of them, in words.

use crate::{
    definition::File,
    texts::{Texts, fill},
};

/// "An image or a PDF, up to 10 MB."
pub(super) fn file_limits(file: &File, texts: &Texts) -> String {
    let size = texts.size(file.max_bytes);
    let mut words: Vec<String> =
        file.accept.iter().map(|accepted| in_words(accepted, texts)).collect();
    // The endings and the media type of one thing are called the same.
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(word.clone()));
    let any = words.is_empty();
    let kinds = if any { texts.any_file.to_owned() } else { texts.one_of_list(&words) };
    let files = texts.files(file.max_files as usize);
    match file.max_files {
        1 => capital(&fill(texts.file_taken, &[("kinds", &kinds), ("size", &size)])),
        _ if any => fill(texts.files_taken, &[("files", &files), ("size", &size)]),
        _ => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("files", &files), ("kinds", &kinds), ("size", &size)];
            fill(texts.files_taken_of, &values)
        }
    }
}

/// `image/*` as people call it.
fn in_words(accepted: &str, texts: &Texts) -> String {
    let lower = accepted.to_lowercase();
    let known = match lower.as_str() {
        "image/*" => texts.image,
        "video/*" => texts.video,
        "audio/*" => texts.sound,
        "text/*" | "text/plain" | ".txt" => texts.text_file,
        "application/pdf" | ".pdf" => texts.pdf,
        "image/jpeg" | ".jpg" | ".jpeg" => texts.jpeg,
        "image/png" | ".png" => texts.png,
        "text/csv" | ".csv" => texts.csv,
        "application/zip" | ".zip" => texts.zip,
        "application/msword"
        | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        | ".doc"
        | ".docx" => texts.word,
        "application/vnd.ms-excel"
        | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        | ".xls"
        | ".xlsx" => texts.excel,
        other => {
            let name = other.trim_start_matches('.').trim_end_matches("/*").to_uppercase();
            return fill(texts.file_of_type, &[("type", &name)]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    fn taken(language: Language, max_files: u32, accept: &[&str]) -> String {
        let accept = accept.iter().map(|text| (*text).to_owned()).collect();
        file_limits(&File { max_files, max_bytes: 10 << 20, accept }, Texts::of(language))
    }

    #[test]
    fn what_is_taken_is_said_in_words() {
        let words = |max_files, accept: &[&str]| taken(Language::English, max_files, accept);
        assert_eq!(words(1, &["image/*", ".pdf"]), "An image or a PDF, up to 10 MB.");
        assert_eq!(words(1, &[".doc", ".docx", ".PDF"]), "A Word document or a PDF, up to 10 MB.");
        assert_eq!(words(1, &[]), "A file, up to 10 MB.");
        assert_eq!(words(3, &[]), "Up to 3 files of up to 10 MB each.");
        assert_eq!(words(2, &[".step"]), "Up to 2 files, each a file of type STEP of up to 10 MB.");
    }

    #[test]
    fn it_is_said_in_the_language_of_the_form() {
        let some = ["image/*", ".pdf"];
        assert_eq!(taken(Language::German, 1, &some), "Bild oder PDF, bis 10 MB.");
        assert_eq!(
            taken(Language::Polish, 3, &some),
            "Najwyżej 3 pliki (obraz lub PDF), każdy do 10 MB."
        );
        assert_eq!(
            taken(Language::Arabic, 2, &[]),
            "الحد الأقصى: ملفان، وحجم كل ملف 10 ميغابايت على الأكثر."
        );
    }
}
