//! What the palette finds here: forms by their titles.

use futures::future::BoxFuture;
use kernel::{Permission, Result};
use ui::Icon;
use web::{Cx, Finder, Finding};

use crate::{
    FORMS_READ,
    forms::{FormHead, store},
    pages::figure,
};

/// As many as can be taken in at a glance.
const MOST: i64 = 6;

pub(crate) struct FormFinder;

impl Finder for FormFinder {
    fn heading(&self) -> &'static str {
        "Forms"
    }

    fn icon(&self) -> Icon {
        Icon::Forms
    }

    fn permission(&self) -> Permission {
        FORMS_READ
    }

    fn find<'a>(&'a self, cx: &'a Cx, words: &'a str) -> BoxFuture<'a, Result<Vec<Finding>>> {
        Box::pin(async move {
            let mut tx = cx.read().await?;
            let forms = store::list_titled(&mut tx, &pattern(words), MOST).await?;
            Ok(forms.into_iter().flat_map(findings).collect())
        })
    }
}

/// The form itself, and what came in for it.
fn findings(form: FormHead) -> Vec<Finding> {
    let path = format!("forms/{}", form.id);
    let received = Finding {
        label: form.title.clone(),
        path: format!("{path}/submissions"),
        detail: format!("Submissions, {}", figure(form.submission_count)),
    };
    let edit = Finding { label: form.title, path, detail: "Questions".into() };
    vec![received, edit]
}

/// All words in their order, with anything between them; `%`, `_` and `\` mean themselves.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for word in words.split_whitespace() {
        for letter in word.chars() {
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn words_are_taken_as_they_are() {
        assert_eq!(pattern("  "), "%");
        assert_eq!(pattern("job form"), "%job%form%");
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
    }
}
