//! The filter in an address: names and values, read strictly and written back the same.

use std::borrow::Cow;

use kernel::{Fields, Timestamp, UserId};

use super::{Bound, Condition, Filter};
use crate::{calendar::calendar_date, definition::OTHER, submissions::tray::Tray};

/// Characters of a search.
const LONGEST_QUERY: usize = 500;
/// Conditions of one filter, and values of one condition: each is a look into the index.
const MOST: usize = 50;

const ANSWERS: &str = "answers.";
const NOBODY: &str = "nobody";
const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

impl Filter {
    /// Reads the query of an address in which every name must be a filter's: where a slip of the pen would
    /// mean all. Problems name their place, `filter.tray`.
    pub(crate) fn read(query: &str) -> Result<Self, Fields> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| {
            Fields::one("filter", "invalid", "Write it as a query: status=done&tag=vip.")
        })?;
        let (mut filter, mut found, mut problems) =
            (Filter::default(), Fields::new(), Fields::new());
        for (name, value) in &pairs {
            if !filter.take(name, value, &mut found) {
                let message = format!("There is no filter “{name}”.");
                problems.push(format!("filter.{name}"), "unknown_filter", message);
            }
        }
        for it in &found {
            let code = match it.code {
                Cow::Borrowed(code) => code,
                Cow::Owned(_) => "invalid",
            };
            problems.push(format!("filter.{}", it.field), code, it.message.clone());
        }
        problems.into_result().map(|()| filter)
    }

    /// The filter as the query of an address; [`Filter::read`] makes the same of it.
    pub(crate) fn query(&self) -> String {
        // Cannot fail: names and values are texts.
        serde_urlencoded::to_string(self.pairs()).unwrap_or_default()
    }

    /// Whether it means the same, in whatever order it was written.
    pub(crate) fn is_same(&self, other: &Filter) -> bool {
        let sorted = |filter: &Filter| {
            let mut pairs = filter.pairs();
            pairs.sort_unstable();
            pairs
        };
        sorted(self) == sorted(other)
    }

    /// Takes one pair of an address in; tells whether it was a filter's. Empty values, which a form of a
    /// page sends, mean nothing.
    pub(crate) fn take(&mut self, name: &str, value: &str, problems: &mut Fields) -> bool {
        let value = value.trim();
        let known = name.starts_with(ANSWERS)
            || matches!(
                name,
                "q" | "tray"
                    | "status"
                    | "assignee"
                    | "tag"
                    | "source"
                    | "visit_source"
                    | "version"
                    | "since"
                    | "until"
            );
        if known && [name, value].iter().any(|text| text.contains('\0')) {
            problems.push(
                name.replace('\0', ""),
                "invalid",
                "The character U+0000 cannot be part of a text.",
            );
        } else if known && !value.is_empty() {
            if let Some(condition) = name.strip_prefix(ANSWERS) {
                self.take_answer(name, condition, value, problems);
            } else {
                self.take_named(name, value, problems);
            }
        }
        known
    }

    fn take_named(&mut self, name: &str, value: &str, problems: &mut Fields) {
        match name {
            "q" => {
                let short = value.chars().count() <= LONGEST_QUERY;
                problems.check(short, "q", "too_long", "Search for at most 500 characters.");
                self.words = Some(value.to_owned());
            }
            "tray" => match Tray::named(value) {
                Some(tray) => self.tray = Some(tray),
                None if value == "kept" => self.tray = None,
                None => {
                    problems.push(name, "not_an_option", "Use open, archived, spam, bin or kept.");
                }
            },
            "status" => add(&mut self.statuses, value.to_owned(), name, problems),
            "tag" => add(&mut self.tags, value.to_lowercase(), name, problems),
            "source" => add(&mut self.sources, value.to_owned(), name, problems),
            "visit_source" => add(&mut self.visit_sources, value.to_lowercase(), name, problems),
            "assignee" if value == NOBODY => add(&mut self.assignees, None, name, problems),
            "assignee" => match value.parse::<UserId>() {
                Ok(id) => add(&mut self.assignees, Some(id), name, problems),
                Err(_) => problems.push(name, "invalid", "Use the id of a member, or nobody."),
            },
            "version" => match value.parse() {
                Ok(version) => add(&mut self.versions, version, name, problems),
                Err(_) => problems.push(name, "invalid", "Use the number of a version."),
            },
            "since" => match moment(value) {
                Some((moment, _)) => self.since = Some(moment),
                None => problems.push(name, "invalid", MOMENT),
            },
            _ => match moment(value) {
                // A day as the end means the whole of it.
                Some((moment, day)) => {
                    self.until = Some(if day { moment.plus(DAY) } else { moment });
                }
                None => problems.push(name, "invalid", MOMENT),
            },
        }
    }

    fn take_answer(&mut self, name: &str, condition: &str, value: &str, problems: &mut Fields) {
        let (key, question) = condition.split_once('.').unwrap_or((condition, "is"));
        if key.is_empty() || key.len() > 64 {
            problems.push(name, "invalid", "Name a field: answers.KEY=VALUE.");
            return;
        }
        let bound = || Bound::parse(value);
        let condition = match question {
            // As the form's own page sends it; no option is called so.
            "is" if value == OTHER => Some(Condition::Own),
            "is" => {
                let same = |(known, it): &&mut (String, Condition)| {
                    known == key && matches!(it, Condition::Is(_))
                };
                if let Some((_, Condition::Is(values))) = self.answers.iter_mut().find(same) {
                    add(values, value.to_owned(), name, problems);
                    return;
                }
                Some(Condition::Is(vec![value.to_owned()]))
            }
            "words" => Some(Condition::Words(value.to_owned())),
            "min" => bound().map(Condition::Min),
            "max" => bound().map(Condition::Max),
            "answered" => value.parse().ok().map(Condition::Answered),
            "other" => (value == "true").then_some(Condition::Own),
            _ => {
                let message = "Use .min, .max, .words, .answered or .other, or nothing.";
                problems.push(name, "unknown", message);
                return;
            }
        };
        match condition {
            Some(condition) => add(&mut self.answers, (key.to_owned(), condition), name, problems),
            None if question == "answered" => {
                problems.push(name, "invalid", "Use true or false.");
            }
            None if question == "other" => problems.push(name, "invalid", "Use true."),
            None => problems.push(
                name,
                "invalid",
                "Use a number, a date (2026-08-03) or a time (14:30).",
            ),
        }
    }

    /// The filter as names and values; [`Filter::take`] makes the same of them.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        self.words.iter().for_each(|words| put("q", words.clone()));
        self.tray.iter().for_each(|tray| put("tray", tray.as_str().to_owned()));
        self.statuses.iter().for_each(|status| put("status", status.clone()));
        for assignee in &self.assignees {
            put("assignee", assignee.map_or_else(|| NOBODY.to_owned(), |id| id.to_string()));
        }
        self.tags.iter().for_each(|tag| put("tag", tag.clone()));
        self.sources.iter().for_each(|source| put("source", source.clone()));
        self.visit_sources.iter().for_each(|source| put("visit_source", source.clone()));
        self.versions.iter().for_each(|version| put("version", version.to_string()));
        self.since.iter().for_each(|since| put("since", since.to_string()));
        self.until.iter().for_each(|until| put("until", until.to_string()));
        for (key, condition) in &self.answers {
            let name = format!("{ANSWERS}{key}");
            match condition {
                Condition::Is(values) => {
                    values.iter().for_each(|value| put(&name, value.clone()));
                }
                Condition::Words(words) => put(&format!("{name}.words"), words.clone()),
                Condition::Min(bound) => put(&format!("{name}.min"), bound.text().into_owned()),
                Condition::Max(bound) => put(&format!("{name}.max"), bound.text().into_owned()),
                Condition::Answered(answered) => {
                    put(&format!("{name}.answered"), answered.to_string());
                }
                Condition::Own => put(&format!("{name}.other"), "true".to_owned()),
            }
        }
        pairs
    }
}

const MOMENT: &str = "Use a time such as 2026-08-03T09:12:00Z, or a day such as 2026-08-03.";

/// A moment, and whether it was given as a day (in UTC).
fn moment(text: &str) -> Option<(Timestamp, bool)> {
    if calendar_date(text).is_some() {
        return Some((format!("{text}T00:00:00Z").parse().ok()?, true));
    }
    Some((text.parse().ok()?, false))
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T, name: &str, problems: &mut Fields) {
    if list.len() >= MOST {
        problems.push(name, "too_many", "Use at most 50 of these.");
    } else if !list.contains(&value) {
        list.push(value);
    }
}
