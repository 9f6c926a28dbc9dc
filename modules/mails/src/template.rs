//! Templates: a subject and a body in a small language of words, from which the text and the HTML of a mail are made.
//!
//! A body has paragraphs, `# headings`, `- lists`, `---`, `**strong**`, `*emphasis*` and `[links](https://…)`; a link
//! alone on its line is a button. `{{name}}` is a variable and `{{name|nobody}}` one with what stands for it when it
//! is empty. What a variable holds is never read as such language, and never as HTML.

mod html;
mod inline;
mod parse;
mod text;

use kernel::Fields;

use crate::address::header_text;

/// Letters of a subject and of a body as they are written.
pub const LONGEST_SUBJECT: usize = 200;
pub const LONGEST_BODY: usize = 10_000;

/// A variable that a template may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// As it is written between the braces.
    pub name: String,
    /// For people.
    pub meaning: String,
    /// What kind of thing it holds.
    pub holds: Holds,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// An address of ours, which alone among the variables a link may lead to.
    Link,
    /// Rows of names and texts; it stands alone on its line.
    Table,
}

/// What variables hold at one time.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub texts: Vec<(String, String)>,
    pub tables: Vec<(String, Vec<(String, String)>)>,
}

impl Values {
    fn text(&self, name: &str) -> &str {
        let found = self.texts.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn table(&self, name: &str) -> &[(String, String)] {
        let found = self.tables.iter().find(|(known, _)| known == name);
        found.map_or(&[], |(_, rows)| rows)
    }
}

/// A subject and a body that were understood.
#[derive(Debug, Clone)]
pub struct Template {
    subject: Vec<Inline>,
    body: Vec<Block>,
    look: Look,
}

/// How a mail looks, where it is not as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// On light screens, and on dark ones.
    pub colours: Option<[Colours; 2]>,
    /// Above what it says.
    pub logo: Option<Logo>,
}

/// Colours as `#1d5fd0`; whoever gives them has made sure that they can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours {
    pub button: String,
    /// Written on it.
    pub on_button: String,
    /// On white, or on nearly black.
    pub link: String,
}

/// A picture that is fetched when the mail is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub address: String,
    /// As large as it is shown, in pixels.
    pub width: u32,
    pub height: u32,
    /// For those who do not see it.
    pub text: String,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What stands below every mail: why it came, and where it can be declined.
#[derive(Debug, Clone, Default)]
pub struct Foot {
    pub reason: String,
    /// A label and where it leads.
    pub link: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Block {
    Heading(Vec<Inline>),
    /// Lines.
    Paragraph(Vec<Vec<Inline>>),
    List(Vec<Vec<Inline>>),
    Button(Vec<Inline>, Target),
    Table(String),
    Rule,
}

#[derive(Debug, Clone, PartialEq)]
enum Inline {
    Text(String),
    Variable { name: String, otherwise: String },
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Link(Vec<Inline>, Target),
}

#[derive(Debug, Clone, PartialEq)]
enum Target {
    Fixed(String),
    Variable(String),
}

impl Template {
    /// Reads both; problems name `subject` and `body`, and what they know of instead.
    pub fn parse(subject: &str, body: &str, known: &[Variable]) -> Result<Self, Fields> {
        let mut problems = Fields::new();
        let subject = parse::subject(subject.trim(), known, &mut problems);
        let body = parse::body(body, known, &mut problems);
        problems.into_result()?;
        Ok(Template { subject, body, look: Look::default() })
    }

    /// The same with another look.
    pub fn looking(self, look: Look) -> Self {
        Template { look, ..self }
    }

    /// Reads what was checked when it was written: what is not known any more is empty, a link that leads nowhere
    /// is a word.
    pub fn read(subject: &str, body: &str, known: &[Variable]) -> Self {
        let mut passed = Fields::new();
        let subject = parse::subject(subject.trim(), known, &mut passed);
        let body = parse::body(body, known, &mut passed);
        Template { subject, body, look: Look::default() }
    }

    /// What the variables of one time make of it.
    pub fn render(&self, values: &Values, foot: &Foot) -> Rendered {
        let subject = header_text(&inline::plain(&self.subject, values), LONGEST_SUBJECT);
        Rendered {
            text: text::render(&self.body, values, foot),
            html: html::render(&subject, &self.body, &self.look, values, foot),
            subject,
        }
    }
}

impl Target {
    /// Where it leads; nowhere when that is no address for a mail.
    fn address<'a>(&'a self, values: &'a Values) -> Option<&'a str> {
        let address = match self {
            Target::Fixed(address) => address,
            Target::Variable(name) => values.text(name),
        };
        parse::is_address(address).then_some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Variable> {
        let variable =
            |name: &str, holds| Variable { name: name.into(), meaning: String::new(), holds };
        vec![
            variable("field:name", Holds::Text),
            variable("form_title", Holds::Text),
            variable("submission_link", Holds::Link),
            variable("answers", Holds::Table),
        ]
    }

    fn values(name: &str) -> Values {
        Values {
            texts: vec![
                ("field:name".into(), name.into()),
                ("form_title".into(), "Bread & Butter".into()),
                ("submission_link".into(), "https://example.com/s/1".into()),
            ],
            tables: vec![(
                "answers".into(),
                vec![("Your <name>".into(), name.into()), ("How old?".into(), "7".into())],
            )],
        }
    }

    fn rendered(subject: &str, body: &str, name: &str) -> Rendered {
        let template = Template::parse(subject, body, &known()).expect("understood");
        let foot = Foot { reason: "Because.".into(), link: None };
        template.render(&values(name), &foot)
    }

    fn problems(subject: &str, body: &str) -> Vec<String> {
        let problems = Template::parse(subject, body, &known()).expect_err("refused");
        problems.iter().map(|one| format!("{}: {}", one.field, one.message)).collect()
    }

    #[test]
    fn a_mail_is_a_text_and_the_same_as_html() {
        let body = "# Hello {{field:name|you}}\n\nThank **you** for\n{{form_title}}.\n\n- one\n- *two*\n\n---\n\n{{answers}}\n\n[Open it]({{submission_link}})";
        let mail = rendered("{{form_title}}: {{field:name|somebody}}", body, "Ada");
        assert_eq!(mail.subject, "Bread & Butter: Ada");
        assert_eq!(
            mail.text,
            "Hello Ada\n\nThank you for\nBread & Butter.\n\n- one\n- two\n\n----\n\nYour <name>:\n  Ada\nHow old?\n  7\n\nOpen it:\nhttps://example.com/s/1\n\n-- \nBecause.\n"
        );
        for piece in [
            "<h2>Hello Ada</h2>",
            "<p>Thank <strong>you</strong> for<br>Bread &amp; Butter.</p>",
            "<ul><li>one</li><li><em>two</em></li></ul>",
            "<th scope=\"row\">Your &lt;name&gt;</th><td>Ada</td>",
            "<a class=\"button\" href=\"https://example.com/s/1\">Open it</a>",
        ] {
            assert!(mail.html.contains(piece), "{piece} in {}", mail.html);
        }
    }

    #[test]
    fn a_look_stands_in_the_elements_for_light_screens_and_in_the_head_for_dark_ones() {
        let colours = |button: &str| Colours {
            button: button.into(),
            on_button: "#ffffff".into(),
            link: "#0a0a0a".into(),
        };
        let logo = Logo {
            address: "https://example.com/l?a=1&b=2".into(),
            width: 120,
            height: 40,
            text: "Bread <&>".into(),
        };
        let look =
            Look { colours: Some([colours("#1d5fd0"), colours("#88aaff")]), logo: Some(logo) };
        let body = "See [this](https://example.com/a).\n\n[Open it](https://example.com/b)";
        let template = Template::parse("x", body, &known()).expect("understood").looking(look);
        let mail = template.render(&values("Ada"), &Foot::default()).html;
        for piece in [
            "<table class=\"sheet\" role=\"presentation\" style=\"border-top:4px solid #1d5fd0\">",
            "<img src=\"https://example.com/l?a=1&amp;b=2\" width=\"120\" height=\"40\" alt=\"Bread &lt;&amp;&gt;\">",
            "<a href=\"https://example.com/a\" style=\"color:#0a0a0a\">this</a>",
            "<a class=\"button\" href=\"https://example.com/b\" style=\"background:#1d5fd0;color:#ffffff\">",
            ".body a.button { background: #88aaff !important; color: #ffffff !important; }",
        ] {
            assert!(mail.contains(piece), "{piece} in {mail}");
        }
        let usual = rendered("x", body, "Ada").html;
        assert!(!usual.contains(" style=") && !usual.contains("!important"), "{usual}");
        assert!(!usual.contains("{look}") && !usual.contains("<img"));
    }

    #[test]
    fn what_people_answer_is_no_language_and_no_html() {
        let evil = "<b>**x**</b> {{form_title}} [a](https://evil.example)\r\nBcc: eve@example.com";
        let mail = rendered("New: {{field:name}}", "Hi {{field:name}}", evil);
        assert_eq!(
            mail.subject,
            "New: <b>**x**</b> {{form_title}} [a](https://evil.example) Bcc: eve@example.com"
        );
        let kept = "&lt;b&gt;**x**&lt;/b&gt; {{form_title}} [a](https://evil.example)<br>Bcc";
        assert!(mail.html.contains(kept), "{}", mail.html);
        assert!(!mail.html.contains("href=\"https://evil.example"));
    }

    #[test]
    fn what_is_empty_has_something_that_stands_for_it() {
        assert_eq!(rendered("Hi {{field:name|you}}", "x", " ").subject, "Hi you");
        assert_eq!(rendered("Hi {{ field:name }}!", "x", "").subject, "Hi !");
    }

    #[test]
    fn unknown_words_are_refused_with_those_that_are_known() {
        let told = problems("{{filed:name}}", "{{nobody}} and {{answers}}");
        assert_eq!(
            told,
            [
                "subject: There is no variable {{filed:name}}. Use one of: field:name, form_title, submission_link, answers.",
                "body: There is no variable {{nobody}}. Use one of: field:name, form_title, submission_link, answers.",
                "body: Put {{answers}} on a line of its own, with an empty line before and after it.",
            ]
        );
        assert_eq!(
            problems("{{answers}}", "{{open"),
            ["subject: A subject has no room for {{answers}}.", "body: A {{ has no }} behind it.",]
        );
        assert_eq!(
            problems(" ", ""),
            ["subject: Write a subject.", "body: Write what the mail says."]
        );
    }

    #[test]
    fn links_lead_to_fixed_places_or_to_ours() {
        let told = problems("x", "[a](javascript:alert(1)) [b]({{field:name}})");
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|one| one.starts_with("body: A link leads to")), "{told:?}");
        let mail = rendered("x", "See [our **page**](https://example.com/?a=1&b=2).", "");
        assert!(mail.html.contains(
            "<a href=\"https://example.com/?a=1&amp;b=2\">our <strong>page</strong></a>"
        ));
        assert!(mail.text.contains("our page (https://example.com/?a=1&b=2)."));
    }

    #[test]
    fn signs_can_be_meant_as_they_are() {
        let mail = rendered("2 * 3 = 6", "2 * 3 \\*not\\* **open \\{{x", "");
        assert_eq!(mail.subject, "2 * 3 = 6");
        assert!(mail.text.starts_with("2 * 3 *not* **open {{x\n"), "{}", mail.text);
    }
}
