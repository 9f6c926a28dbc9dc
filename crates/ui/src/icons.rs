//! Icons: strokes on a 24-pixel grid, drawn for this product in one hand.

use maud::{Markup, PreEscaped, Render, html};

/// One icon; colour and size come from the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Start page.
    Home,
    /// A form with its lines.
    Forms,
    /// A tray for what arrives.
    Inbox,
    /// Two people.
    People,
    /// One person.
    Person,
    /// Two sliders.
    Settings,
    /// A key.
    Key,
    /// A magnifying glass.
    Search,
    /// Add.
    Plus,
    /// Take away.
    Minus,
    /// Done.
    Check,
    /// Close or remove.
    Close,
    /// Opens downwards.
    ChevronDown,
    /// Closes upwards.
    ChevronUp,
    /// Earlier.
    ChevronLeft,
    /// Further.
    ChevronRight,
    /// One of several.
    ChevronUpDown,
    /// Go on.
    ArrowRight,
    /// Go back.
    ArrowLeft,
    /// Notifications.
    Bell,
    /// Light theme.
    Sun,
    /// Dark theme.
    Moon,
    /// The device's theme.
    Monitor,
    /// All entries.
    Menu,
    /// Further actions.
    More,
    /// Delete.
    Trash,
    /// Change.
    Edit,
    /// Copy.
    Copy,
    /// An address.
    Link,
    /// Leads elsewhere.
    External,
    /// Look.
    Eye,
    /// Closed to others.
    Lock,
    /// Rating.
    Star,
    /// A date.
    Calendar,
    /// A time of day.
    Clock,
    /// A telephone number.
    Phone,
    /// An e-mail.
    Mail,
    /// A number.
    Hash,
    /// One line of text.
    Text,
    /// Several lines of text.
    Paragraph,
    /// A list to choose several from.
    List,
    /// A choice of one.
    Radio,
    /// A list that opens.
    Dropdown,
    /// Yes or no.
    Toggle,
    /// A scale.
    Scale,
    /// How likely.
    Gauge,
    /// An agreement.
    Consent,
    /// Not shown.
    Hidden,
    /// A heading between fields.
    Section,
    /// A page break.
    Page,
    /// A document.
    File,
    /// Send a file.
    Upload,
    /// Fetch a file.
    Download,
    /// Figures.
    Chart,
    /// Again.
    Refresh,
    /// Start.
    Play,
    /// Hold.
    Pause,
    /// Take care.
    Warning,
    /// Good to know.
    Info,
    /// Something new or clever.
    Sparkles,
    /// Leave.
    SignOut,
    /// A business.
    Building,
    /// Can be moved.
    Drag,
    /// The palette.
    Command,
    /// Narrow down.
    Filter,
    /// Fast or live.
    Bolt,
    /// A conversation.
    Chat,
    /// Reading matter.
    Book,
    /// Money.
    Wallet,
    /// The public web.
    Globe,
    /// Jobs in layers.
    Layers,
    /// Put away.
    Archive,
    /// The list of keys.
    Keyboard,
    /// Take a change back.
    Undo,
    /// Make it again.
    Redo,
}

impl Icon {
    /// Every icon, in the order of the style guide.
    pub const ALL: [Self; 75] = [
        Self::Home,
        Self::Forms,
        Self::Inbox,
        Self::People,
        Self::Person,
        Self::Settings,
        Self::Key,
        Self::Search,
        Self::Plus,
        Self::Minus,
        Self::Check,
        Self::Close,
        Self::ChevronDown,
        Self::ChevronUp,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::ChevronUpDown,
        Self::ArrowRight,
        Self::ArrowLeft,
        Self::Bell,
        Self::Sun,
        Self::Moon,
        Self::Monitor,
        Self::Menu,
        Self::More,
        Self::Trash,
        Self::Edit,
        Self::Copy,
        Self::Link,
        Self::External,
        Self::Eye,
        Self::Lock,
        Self::Star,
        Self::Calendar,
        Self::Clock,
        Self::Phone,
        Self::Mail,
        Self::Hash,
        Self::Text,
        Self::Paragraph,
        Self::List,
        Self::Radio,
        Self::Dropdown,
        Self::Toggle,
        Self::Scale,
        Self::Gauge,
        Self::Consent,
        Self::Hidden,
        Self::Section,
        Self::Page,
        Self::File,
        Self::Upload,
        Self::Download,
        Self::Chart,
        Self::Refresh,
        Self::Play,
        Self::Pause,
        Self::Warning,
        Self::Info,
        Self::Sparkles,
        Self::SignOut,
        Self::Building,
        Self::Drag,
        Self::Command,
        Self::Filter,
        Self::Bolt,
        Self::Chat,
        Self::Book,
        Self::Wallet,
        Self::Globe,
        Self::Layers,
        Self::Archive,
        Self::Keyboard,
        Self::Undo,
        Self::Redo,
    ];

    #[expect(clippy::too_many_lines, reason = "one table, read by looking up a name")]
    fn strokes(self) -> &'static str {
        match self {
            Self::Home => {
                r#"<path d="M3.5 11 12 4l8.5 7"/><path d="M6 9.5V20h12V9.5"/><path d="M10 20v-5.5h4V20"/>"#
            }
            Self::Forms => {
                r#"<rect x="4.5" y="3.5" width="15" height="17" rx="3"/><path d="M8.5 8.5h7M8.5 12.5h7M8.5 16.5h3.5"/>"#
            }
            Self::Inbox => {
                r#"<path d="M3.5 13.5 6.2 5.7A1.8 1.8 0 0 1 7.9 4.5h8.2a1.8 1.8 0 0 1 1.7 1.2l2.7 7.8V17a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 17z"/><path d="M3.5 13.5H8a4 4 0 0 0 8 0h4.5"/>"#
            }
            Self::People => {
                r#"<circle cx="9" cy="8.2" r="3.5"/><path d="M2.8 19.5c.4-3.7 2.9-5.6 6.2-5.6s5.8 1.9 6.2 5.6"/><path d="M15.8 5a3.4 3.4 0 0 1 0 6.4M18 14.6c1.9.8 3 2.5 3.2 4.9"/>"#
            }
            Self::Person => {
                r#"<circle cx="12" cy="8" r="4"/><path d="M4.8 20c.5-4.1 3.3-6.2 7.2-6.2s6.7 2.1 7.2 6.2"/>"#
            }
            Self::Settings => {
                r#"<path d="M3.5 8h8.2M17.3 8h3.2M3.5 16h3.2M12.3 16h8.2"/><circle cx="14.5" cy="8" r="2.8"/><circle cx="9.5" cy="16" r="2.8"/>"#
            }
            Self::Key => {
                r#"<circle cx="8" cy="15.5" r="4.5"/><path d="m11.3 12.2 8.2-8.2M16 7.5l3 3M13.6 9.9l1.9 1.9"/>"#
            }
            Self::Search => r#"<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 5 5"/>"#,
            Self::Undo => {
                r#"<path d="M8.5 5 4 9.5 8.5 14"/><path d="M4.5 9.5h9a5.5 5.5 0 0 1 0 11H9"/>"#
            }
            Self::Redo => {
                r#"<path d="M15.5 5 20 9.5 15.5 14"/><path d="M19.5 9.5h-9a5.5 5.5 0 0 0 0 11H15"/>"#
            }
            Self::Plus => r#"<path d="M12 5v14M5 12h14"/>"#,
            Self::Minus => r#"<path d="M5 12h14"/>"#,
            Self::Check => r#"<path d="m4.5 12.8 4.8 4.7L19.5 6.8"/>"#,
            Self::Close => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
            Self::ChevronDown => r#"<path d="m6 9.5 6 6 6-6"/>"#,
            Self::ChevronUp => r#"<path d="m6 14.5 6-6 6 6"/>"#,
            Self::ChevronLeft => r#"<path d="m14.5 6-6 6 6 6"/>"#,
            Self::ChevronRight => r#"<path d="m9.5 6 6 6-6 6"/>"#,
            Self::ChevronUpDown => r#"<path d="m8 9.5 4-4 4 4M8 14.5l4 4 4-4"/>"#,
            Self::ArrowRight => r#"<path d="M4.5 12h15M13.5 6l6 6-6 6"/>"#,
            Self::ArrowLeft => r#"<path d="M19.5 12h-15M10.5 6l-6 6 6 6"/>"#,
            Self::Bell => {
                r#"<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z"/><path d="M10 20.5c.5.6 1.2.9 2 .9s1.5-.3 2-.9"/>"#
            }
            Self::Sun => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"/>"#
            }
            Self::Moon => r#"<path d="M19.8 14.2A8.2 8.2 0 0 1 9.8 4.2a8.2 8.2 0 1 0 10 10z"/>"#,
            Self::Monitor => {
                r#"<rect x="3.5" y="4.5" width="17" height="11.5" rx="2.5"/><path d="M8.5 20h7M12 16v4"/>"#
            }
            Self::Menu => r#"<path d="M4 7h16M4 12h16M4 17h10"/>"#,
            Self::More => {
                r#"<circle class="dot" cx="5.5" cy="12" r="1.3"/><circle class="dot" cx="12" cy="12" r="1.3"/><circle class="dot" cx="18.5" cy="12" r="1.3"/>"#
            }
            Self::Trash => {
                r#"<path d="M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l.8 13h9.4l.8-13M10.2 10.5l.3 5M13.8 10.5l-.3 5"/>"#
            }
            Self::Edit => {
                r#"<path d="m4.5 19.5.9-4.2L15.8 4.9a1.7 1.7 0 0 1 2.4 0l.9.9a1.7 1.7 0 0 1 0 2.4L8.7 18.6z"/><path d="m13.8 6.9 3.3 3.3"/>"#
            }
            Self::Copy => {
                r#"<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 8.5V6A2.5 2.5 0 0 0 13 3.5H6A2.5 2.5 0 0 0 3.5 6v7A2.5 2.5 0 0 0 6 15.5h2.5"/>"#
            }
            Self::Link => {
                r#"<path d="m10 14 4-4"/><path d="m8.2 10.8-2.6 2.6a3.6 3.6 0 0 0 5 5l2.6-2.6M15.8 13.2l2.6-2.6a3.6 3.6 0 0 0-5-5l-2.6 2.6"/>"#
            }
            Self::External => {
                r#"<path d="M13.5 4.5h6v6M19 5l-8 8"/><path d="M9.5 5.5h-2a3 3 0 0 0-3 3v8a3 3 0 0 0 3 3h8a3 3 0 0 0 3-3v-2"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.8 12c2-4 5.2-6 9.2-6s7.2 2 9.2 6c-2 4-5.2 6-9.2 6s-7.2-2-9.2-6z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::Lock => {
                r#"<rect x="5" y="10.5" width="14" height="10" rx="3"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>"#
            }
            Self::Star => {
                r#"<path d="m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>"#
            }
            Self::Calendar => {
                r#"<rect x="3.8" y="5.5" width="16.4" height="15" rx="3"/><path d="M3.8 10.5h16.4M8.3 3.5v4M15.7 3.5v4"/>"#
            }
            Self::Clock => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.3 2"/>"#,
            Self::Phone => {
                r#"<path d="M5 4.5h3.6l1.5 4-2.1 1.6a11.5 11.5 0 0 0 5.9 5.9l1.6-2.1 4 1.5V19a1.5 1.5 0 0 1-1.6 1.5A15.3 15.3 0 0 1 3.5 6.1 1.5 1.5 0 0 1 5 4.5z"/>"#
            }
            Self::Mail => {
                r#"<rect x="3" y="5" width="18" height="14" rx="3"/><path d="m3.8 7.5 6.9 5.3a2.1 2.1 0 0 0 2.6 0l6.9-5.3"/>"#
            }
            Self::Hash => r#"<path d="M9.7 4 8 20M16 4l-1.7 16M4.8 9h15M4.2 15h15"/>"#,
            Self::Text => r#"<path d="M5 7.5V5h14v2.5M12 5v14M9 19h6"/>"#,
            Self::Paragraph => r#"<path d="M4 6h16M4 10.7h16M4 15.4h16M4 20h9"/>"#,
            Self::List => {
                r#"<path d="M10 6h10M10 12h10M10 18h10"/><path d="m3.5 6 1.2 1.2L7 4.8M3.5 18l1.2 1.2L7 16.8M3.5 12l1.2 1.2L7 10.8"/>"#
            }
            Self::Radio => {
                r#"<circle cx="12" cy="12" r="8.5"/><circle class="dot" cx="12" cy="12" r="3"/>"#
            }
            Self::Dropdown => {
                r#"<rect x="3" y="6.5" width="18" height="11" rx="3"/><path d="m13.5 11 2 2 2-2M6.5 12h4"/>"#
            }
            Self::Toggle => {
                r#"<rect x="2.5" y="6.5" width="19" height="11" rx="5.5"/><circle cx="16" cy="12" r="2.5"/>"#
            }
            Self::Scale => r#"<path d="M3 12h18M3 9v6M9 10v4M15 10v4M21 9v6"/>"#,
            Self::Gauge => {
                r#"<path d="M4.2 17.5a8.8 8.8 0 1 1 15.6 0"/><path d="m12 14 4-4.5"/><circle class="dot" cx="12" cy="14" r="1.5"/>"#
            }
            Self::Consent => {
                r#"<path d="M12 3.3 19.3 6v5.5c0 4.3-2.9 7.4-7.3 9.2-4.4-1.8-7.3-4.9-7.3-9.2V6z"/><path d="m8.7 12 2.4 2.4 4.3-4.6"/>"#
            }
            Self::Hidden => {
                r#"<path d="M9.2 6.4c.9-.3 1.8-.4 2.8-.4 4 0 7.2 2 9.2 6-.7 1.4-1.6 2.6-2.6 3.5M15.2 17.5c-1 .3-2.1.5-3.2.5-4 0-7.2-2-9.2-6 .9-1.8 2.1-3.2 3.5-4.2M4 4l16 16"/>"#
            }
            Self::Section => r#"<path d="M5 5v7M12 5v7M5 8.5h7"/><path d="M4 17h16M4 20.5h10"/>"#,
            Self::Page => {
                r#"<path d="M5 9V5.5a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2V9M5 15v3.5a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V15M3 12h2.5M9 12h2M13.5 12h2M18.5 12H21"/>"#
            }
            Self::File => {
                r#"<path d="M6.5 3.5h7l5 5V18A2.5 2.5 0 0 1 16 20.5H8A2.5 2.5 0 0 1 5.5 18V4.5a1 1 0 0 1 1-1z"/><path d="M13.5 3.5v5h5"/>"#
            }
            Self::Upload => {
                r#"<path d="M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4 15v2.5a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V15"/>"#
            }
            Self::Download => {
                r#"<path d="M12 4.5v11M7.5 11l4.5 4.5 4.5-4.5M4 15v2.5a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3V15"/>"#
            }
            Self::Chart => {
                r#"<path d="M4 4v13a3 3 0 0 0 3 3h13"/><path d="m7.5 14.5 3.5-4 3 2.5 5-6"/>"#
            }
            Self::Refresh => {
                r#"<path d="M19.5 11a7.6 7.6 0 0 0-14-3M4.5 13a7.6 7.6 0 0 0 14 3"/><path d="M5 4v4.3h4.3M19 20v-4.3h-4.3"/>"#
            }
            Self::Play => {
                r#"<path d="M7 5.3v13.4a.8.8 0 0 0 1.2.7l10.6-6.7a.8.8 0 0 0 0-1.4L8.2 4.6a.8.8 0 0 0-1.2.7z"/>"#
            }
            Self::Pause => r#"<path d="M8.5 5v14M15.5 5v14"/>"#,
            Self::Warning => {
                r#"<path d="M10.5 4.8a1.7 1.7 0 0 1 3 0l7 12.7a1.7 1.7 0 0 1-1.5 2.5H5a1.7 1.7 0 0 1-1.5-2.5z"/><path d="M12 9.5v4.2M12 16.7v.1"/>"#
            }
            Self::Info => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 7.9v.1"/>"#,
            Self::Sparkles => {
                r#"<path d="M10.5 4.5c.8 4.2 2.3 5.7 6.5 6.5-4.2.8-5.7 2.3-6.5 6.5C9.7 13.3 8.2 11.8 4 11c4.2-.8 5.7-2.3 6.5-6.5z"/><path d="M18 3.5v4M16 5.5h4M18.5 16.5v4M16.5 18.5h4"/>"#
            }
            Self::SignOut => {
                r#"<path d="M14 4.5H7.5a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3H14M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>"#
            }
            Self::Building => {
                r#"<path d="M5 20.5V6a2.5 2.5 0 0 1 2.5-2.5h5A2.5 2.5 0 0 1 15 6v14.5M15 10h2a2.5 2.5 0 0 1 2.5 2.5v8M3 20.5h18M8.5 8h3M8.5 12h3M8.5 16h3"/>"#
            }
            Self::Drag => {
                r#"<circle class="dot" cx="9" cy="6" r="1.3"/><circle class="dot" cx="15" cy="6" r="1.3"/><circle class="dot" cx="9" cy="12" r="1.3"/><circle class="dot" cx="15" cy="12" r="1.3"/><circle class="dot" cx="9" cy="18" r="1.3"/><circle class="dot" cx="15" cy="18" r="1.3"/>"#
            }
            Self::Command => {
                r#"<path d="M8.5 8.5h7v7h-7z"/><path d="M8.5 8.5H6.3a2.3 2.3 0 1 1 2.2-2.3zM15.5 8.5V6.2a2.3 2.3 0 1 1 2.2 2.3zM8.5 15.5v2.3a2.3 2.3 0 1 1-2.2-2.3zM15.5 15.5h2.2a2.3 2.3 0 1 1-2.2 2.3z"/>"#
            }
            Self::Filter => r#"<path d="M4 6.5h16M7 12h10M10 17.5h4"/>"#,
            Self::Bolt => r#"<path d="M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z"/>"#,
            Self::Chat => {
                r#"<path d="M4.5 18.8V7.5a3 3 0 0 1 3-3h9a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H8z"/><path d="M8.5 9h7M8.5 12.3h4.5"/>"#
            }
            Self::Book => {
                r#"<path d="M12 6.5C10.3 5 8 4.5 4 4.5v13.5c4 0 6.3.5 8 2 1.7-1.5 4-2 8-2V4.5c-4 0-6.3.5-8 2zM12 6.5V20"/>"#
            }
            Self::Wallet => {
                r#"<rect x="3.5" y="6" width="17" height="13.5" rx="3"/><path d="M6 6l9.5-2.5a1.5 1.5 0 0 1 2 1.5v1M20.5 11H16a2 2 0 0 0 0 4h4.5"/>"#
            }
            Self::Globe => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.4 3.7 5.2 3.7 8.5s-1.2 6.1-3.7 8.5c-2.5-2.4-3.7-5.2-3.7-8.5S9.5 5.9 12 3.5z"/>"#
            }
            Self::Layers => {
                r#"<path d="m12 3.8 8.5 4.4-8.5 4.4-8.5-4.4z"/><path d="m3.5 12.5 8.5 4.4 8.5-4.4M3.5 16.7 12 21l8.5-4.3"/>"#
            }
            Self::Archive => {
                r#"<rect x="3.5" y="4.5" width="17" height="4.5" rx="1.5"/><path d="M5 9v8.5a2.5 2.5 0 0 0 2.5 2.5h9a2.5 2.5 0 0 0 2.5-2.5V9M10 13h4"/>"#
            }
            Self::Keyboard => {
                r#"<rect x="2.5" y="6" width="19" height="12" rx="3"/><path d="M6.5 10h.1M10.2 10h.1M13.8 10h.1M17.5 10h.1M8 14h8"/>"#
            }
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg.icon viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false" {
                (PreEscaped(self.strokes()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn_and_no_two_are_alike() {
        let mut drawn: Vec<&str> = Icon::ALL.iter().map(|icon| icon.strokes()).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), Icon::ALL.len());
        assert!(drawn.iter().all(|strokes| strokes.starts_with('<')));
    }
}
