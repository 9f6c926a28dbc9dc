//! Everything that the pages of respondents say by themselves, in ten languages.
//!
//! A language is one file with all texts; the compiler refuses one that lacks any. What stands in braces
//! is filled in where the text is used, and a test holds all languages to the same names.

mod accepted;
mod arabic;
mod counted;
mod dutch;
mod english;
mod figures;
mod fill;
mod french;
mod german;
mod italian;
mod japanese;
mod language;
mod polish;
mod portuguese;
mod spanish;

pub(crate) use accepted::accepted;
pub(crate) use counted::Counted;
pub(crate) use fill::fill;
pub use language::{Language, Spoken};

macro_rules! catalogue {
    ($($(#[$note:meta])* $name:ident: $kind:ty,)*) => {
        /// All texts of one language.
        #[derive(Debug)]
        pub(crate) struct Texts {
            pub(crate) language: Language,
            $($(#[$note])* pub(crate) $name: $kind,)*
        }

        #[cfg(test)]
        impl Texts {
            /// Each text by its name, with all its forms.
            fn all(&self) -> Vec<(&'static str, Vec<&'static str>)> {
                use counted::Forms;
                vec![$((stringify!($name), self.$name.forms()),)*]
            }
        }
    };
}

type Text = &'static str;

catalogue! {
    /// Between a number and its fraction.
    decimal_mark: Text,
    /// Between thousands.
    group_mark: Text,
    /// `{day} {month} {year}`
    date: Text,
    months: [Text; 12],
    bytes: Counted,
    kilobytes: Text,
    megabytes: Text,
    characters: Counted,
    files: Counted,
    /// Things to choose, as the object of a sentence.
    options: Counted,
    /// Between the parts of a list.
    comma: Text,
    /// `{list} or {last}`
    one_of_list: Text,
    /// A question and what is said of it: `{label}: {text}`
    labelled: Text,
    /// A question that ends with a mark of its own: `{label} {text}`
    labelled_by_mark: Text,

    /// `{mark}` stands for sign and name.
    made_with: Text,
    /// `{here}` of `{count}`
    page: Text,
    /// `{title}`
    please_check: Text,
    next: Text,
    go_on: Text,
    send: Text,
    back: Text,
    required: Text,
    required_note: Text,
    to_check: Counted,
    nothing_sent: Text,

    choose: Text,
    yes: Text,
    no: Text,
    unlikely: Text,
    likely: Text,
    /// `{star}` of `{stars}`
    star: Text,
    other: Text,
    own_answer: Text,
    chosen_already: Text,
    /// `{min}` and `{max}` are numbers.
    characters_between: Text,
    /// `{characters}`
    characters_at_least: Text,
    characters_at_most: Text,
    /// `{options}`
    pick: Text,
    /// `{min}` and `{max}` are numbers.
    pick_between: Text,
    pick_at_least: Text,
    pick_at_most: Text,

    /// `{kinds}` and `{size}`
    file_taken: Text,
    /// `{files}` and `{size}`
    files_taken: Text,
    files_taken_of: Text,
    any_file: Text,
    image: Text,
    video: Text,
    sound: Text,
    text_file: Text,
    pdf: Text,
    jpeg: Text,
    png: Text,
    csv: Text,
    zip: Text,
    word: Text,
    excel: Text,
    /// `{type}`
    file_of_type: Text,

    /// `{condition}`
    only_if: Text,
    required_if: Text,
    and: Text,
    or: Text,
    not: Text,
    another_answer: Text,
    /// `{question}`, and `{value}` where the test has one.
    is_answered: Text,
    is_not_answered: Text,
    equals: Text,
    not_equals: Text,
    one_of: Text,
    none_of: Text,
    has_none_of: Text,
    any_of: Text,
    all_of: Text,
    contains: Text,
    not_contains: Text,
    starts_with: Text,
    ends_with: Text,
    less: Text,
    at_most: Text,
    more: Text,
    at_least: Text,
    before: Text,
    on_or_before: Text,
    at_or_before: Text,
    after: Text,
    on_or_after: Text,
    at_or_after: Text,
    accepted: Text,
    not_accepted: Text,

    answer_this: Text,
    tick_this: Text,
    write_own: Text,
    /// `{max}` in characters, bytes or files; `{count}` is a number.
    too_long: Text,
    too_short: Text,
    wrong_form: Text,
    not_an_email: Text,
    not_a_phone: Text,
    not_a_number: Text,
    not_whole: Text,
    /// `{min}`
    number_too_small: Text,
    /// `{max}`
    number_too_large: Text,
    not_a_date: Text,
    date_too_early: Text,
    date_too_late: Text,
    not_a_time: Text,
    yes_or_no: Text,
    /// `{options}`, one after the other.
    not_an_option: Text,
    /// `{max}` options, `{count}`
    too_many_picks: Text,
    too_few_picks: Text,
    /// `{pick}`
    picked_twice: Text,
    one_own_answer: Text,
    too_many_files: Text,
    /// `{size}`
    all_too_large: Text,
    invisible_character: Text,

    /// `{files}`
    send_fewer_files: Text,
    /// `{name}`
    type_not_taken: Text,
    /// `{name}` and `{size}`
    file_too_large: Text,
    too_crowded: Text,
    file_gone: Text,

    thank_you: Text,
    /// `{title}`
    arrived: Text,
    send_another: Text,
    closed: Text,
    closed_text: Text,
    full: Text,
    full_text: Text,
    answered_before: Text,
    answered_before_text: Text,
    by_invitation: Text,
    by_invitation_text: Text,
    missing: Text,
    missing_text: Text,
    allow_cookies: Text,

    went_wrong: Text,
    went_wrong_text: Text,
    sent_too_much: Text,
    not_readable: Text,
    too_busy: Text,
    keep_this_page: Text,

    draft_kept: Text,
    draft_back: Text,
    start_over: Text,
    offline: Text,
    file_sent: Text,
    file_paused: Text,
    file_half: Text,
    file_along: Text,
    remove: Text,
    /// `{name}`
    remove_file: Text,
    files_first: Text,
    /// A form in a window above somebody else's page.
    close: Text,
    /// A field that only programs meet.
    leave_empty: Text,
    /// While the browser computes.
    one_moment: Text,

    /// Of the calendar beside a date.
    choose_day: Text,
    previous_year: Text,
    previous_month: Text,
    next_month: Text,
    next_year: Text,
    arrow_keys: Text,
}

impl Texts {
    /// What the interface of programs says, and what nobody has chosen a language for.
    pub(crate) const fn english() -> &'static Texts {
        &english::TEXTS
    }

    pub(crate) const fn of(language: Language) -> &'static Texts {
        match language {
            Language::English => &english::TEXTS,
            Language::German => &german::TEXTS,
            Language::French => &french::TEXTS,
            Language::Spanish => &spanish::TEXTS,
            Language::Italian => &italian::TEXTS,
            Language::Portuguese => &portuguese::TEXTS,
            Language::Dutch => &dutch::TEXTS,
            Language::Polish => &polish::TEXTS,
            Language::Arabic => &arabic::TEXTS,
            Language::Japanese => &japanese::TEXTS,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The names in braces.
    fn names(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts.map(|part| part.split_once('}').expect("a brace is closed").0).collect()
    }

    #[test]
    fn every_language_says_everything_with_the_same_names() {
        for language in Language::ALL {
            let (texts, english) = (Texts::of(language).all(), Texts::english().all());
            assert_eq!(Texts::of(language).language, language);
            for ((name, forms), (_, english)) in texts.iter().zip(&english) {
                // "One answer" needs no number, so only the last form, which stands for most, has all names.
                let wanted = names(english.last().expect("a form"));
                assert_eq!(names(forms.last().expect("a form")), wanted, "{name} in {language:?}");
                for form in forms {
                    assert!(names(form).is_subset(&wanted), "{name} in {language:?}: {form}");
                    let may_be_bare = matches!(*name, "group_mark" | "comma" | "and" | "or");
                    assert!(may_be_bare || !form.trim().is_empty(), "{name} in {language:?}");
                    assert!(may_be_bare || form.trim() == *form, "{name} in {language:?}: {form}");
                }
            }
        }
    }

    /// What may well be the same, such as "Video", and what a language never says as English does.
    #[test]
    fn nothing_was_left_in_english() {
        let english = Texts::english().all();
        for language in Language::ALL.into_iter().filter(|it| *it != Language::English) {
            let texts = Texts::of(language).all();
            for ((name, forms), (_, english)) in texts.iter().zip(&english) {
                let is_sentence = english.iter().any(|text| text.split(' ').count() > 3);
                assert!(!is_sentence || forms != english, "{name} in {language:?}");
            }
        }
    }
}
