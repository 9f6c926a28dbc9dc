//! How forms are found by their titles: in the palette, and by whoever asks for news of one alone.

use futures::future::BoxFuture;
use kernel::{Permission, Result};
use ui::Icon;
use web::{Cx, Finder, Finding, Subject, Subjects};

use crate::{
    FORMS_READ,
    forms::{FormHead, FormId, store},
    pages::figure,
};

/// As many as can be taken in at a glance.
const MOST: i64 = 6;
/// As many as are offered to choose from.
const CHOICES: i64 = 200;

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

impl Subjects for FormFinder {
    fn permission(&self) -> Permission {
        FORMS_READ
    }

    fn latest<'a>(&'a self, cx: &'a Cx) -> BoxFuture<'a, Result<Vec<Subject>>> {
        Box::pin(async move {
            let mut tx = cx.read().await?;
            let forms = store::list_titled(&mut tx, &pattern(""), CHOICES).await?;
            Ok(forms.into_iter().map(subject).collect())
        })
    }

    fn find<'a>(&'a self, cx: &'a Cx, id: &'a str) -> BoxFuture<'a, Result<Option<Subject>>> {
        Box::pin(async move {
            let Ok(id) = id.parse::<FormId>() else { return Ok(None) };
            let mut tx = cx.read().await?;
            Ok(store::find_form(&mut tx, id).await?.map(|form| subject(form.head)))
        })
    }
}

fn subject(form: FormHead) -> Subject {
    Subject { id: form.id.to_string(), name: form.title }
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
