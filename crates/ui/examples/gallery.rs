//! Writes the pages this crate can make on its own into a folder, to be looked at and checked.
#![expect(clippy::print_stdout, reason = "a command-line tool that answers on the terminal")]

use std::{env, fs, io, path::Path};

use ui::{
    Alert, Bare, Button, Change, Chip, Choice, Column, Command, EmptyState, Field, Icon,
    Illustration, LineChart, Markup, NavItem, PageHeader, Pagination, Person, Public, Row,
    SearchBox, Shell, Stat, Tab, Table, Tone, WorkspaceLink, chips, error_summary, html,
    relative_time, status, tabs,
};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in ui::assets::installed().iter() {
        fs::write(folder.join(&asset.url[1..]), &asset.bytes)?;
    }
    let pages = [
        (
            "styleguide",
            shell("Style guide", html! { (PageHeader::new("Style guide")) (ui::styleguide(&[])) }),
        ),
        ("landing", landing()),
        ("table", shell("Customer feedback", table())),
        ("dashboard", shell("Home", dashboard())),
        ("empty", shell("Forms", empty())),
        ("login", login()),
        ("form", form(&[])),
        (
            "form-errors",
            form(&[("field-email", "Enter an e-mail address such as ada@example.com")]),
        ),
        ("thanks", thanks()),
    ];
    for (name, page) in pages {
        fs::write(folder.join(format!("{name}.html")), page.into_string())?;
    }
    println!("written to {}", folder.display());
    Ok(())
}

fn shell(title: &str, body: Markup) -> Markup {
    let entry = |label, icon, section, hotkey| NavItem {
        label,
        href: "#",
        icon,
        section,
        current: label == "Forms",
        hotkey,
    };
    Shell {
        title,
        lang: "en",
        workspace: Some("Tern & Tide Bakery"),
        workspaces: &[
            WorkspaceLink { name: "Tern & Tide Bakery", href: "#", current: true },
            WorkspaceLink { name: "Field Notes", href: "#", current: false },
        ],
        new_workspace_href: Some("#new"),
        person: Some(Person { name: "Ada Byron", email: "ada@ternandtide.example" }),
        navigation: &[
            entry("Home", Icon::Home, "", Some("g h")),
            entry("Forms", Icon::Forms, "Collect", Some("g f")),
            entry("Submissions", Icon::Inbox, "Collect", Some("g s")),
            entry("API keys", Icon::Key, "Workspace", Some("g k")),
            entry("Members", Icon::People, "Workspace", Some("g m")),
            entry("Settings", Icon::Settings, "Workspace", Some("g t")),
        ],
        commands: &[Command {
            label: "New form",
            detail: "",
            href: "#",
            icon: Icon::Plus,
            keywords: "create make",
        }],
        person_links: &[entry("Profile", Icon::Person, "", None)],
        sign_out_href: "#",
        csrf_token: "gallery",
        live_href: None,
        search_href: None,
        scripts: &[],
        toasts: &[],
    }
    .render(body)
}

fn table() -> Markup {
    let columns = [
        Column::text("From"),
        Column::text("State"),
        Column::text("Rating"),
        Column::wide_only("Words"),
        Column::text("Received"),
    ];
    let people = [
        ("Grace Hopper", "5", "The rye is back! Thank you."),
        ("Noor Inayat Khan", "4", "Friendly, a little slow at noon."),
        ("Linus Berg", "2", "Two of the six rolls were missing."),
        ("Mae Jemison", "5", "Best croissant on this side of the river."),
        ("Katherine Johnson", "5", "Counted twice, all there."),
        ("Ōe Kenzaburō", "3", "Good bread, cold coffee."),
        ("Rosalind Franklin", "4", "More of the seeded one, please."),
        ("Chien-Shiung Wu", "5", "Exactly as it should be."),
    ];
    let rows: Vec<Row<'_>> = people
        .iter()
        .enumerate()
        .map(|(index, (name, rating, words))| Row {
            id: None,
            href: Some("#"),
            cells: vec![
                html! { (name) },
                if index < 2 { status(Tone::Accent, "New") } else { status(Tone::Neutral, "Read") },
                html! { (rating) " of 5" },
                html! { span.muted { (words) } },
                relative_time(&format!("2026-08-03T09:{:02}:00Z", 50 - index * 6), "3 Aug 2026"),
            ],
        })
        .collect();
    html! {
        (PageHeader::new("Customer feedback")
            .trail(&[("Forms", "#")])
            .summary(html! { (status(Tone::Good, "Published")) span { "Version 4" } span { "48,210 submissions" } })
            .actions(html! {
                (Button::secondary("Share").icon(Icon::Link))
                (Button::primary("Edit").icon(Icon::Edit).keys("e"))
            }))
        (tabs("Form", &[
            Tab { label: "Submissions", href: "#", current: true, count: Some(html! { "48,210" }) },
            Tab { label: "Fields", href: "#", current: false, count: None },
            Tab { label: "Share", href: "#", current: false, count: None },
            Tab { label: "Settings", href: "#", current: false, count: None },
        ]))
        div.stack {
            div.row.row--between {
                (SearchBox::new("#", "Search submissions", ""))
                (chips("Show", &[
                    Chip { label: "All", href: "#", on: true },
                    Chip { label: "New", href: "#", on: false },
                    Chip { label: "With a file", href: "#", on: false },
                ]))
            }
            (Table::new("Submissions", &columns, &rows))
        }
        (Pagination { newer: None, older: Some("#"), summary: "1–50 of 48,210" })
    }
}

fn dashboard() -> Markup {
    let days: Vec<(String, f64)> = (1..=28)
        .map(|day| {
            (format!("{day} Aug"), 1500.0 + f64::from((day * 733) % 1900) + f64::from(day) * 45.0)
        })
        .collect();
    let series: Vec<(&str, f64)> = days.iter().map(|(day, value)| (day.as_str(), *value)).collect();
    let course: Vec<f64> = series.iter().map(|(_, value)| *value).collect();
    html! {
        (PageHeader::new("Good morning, Ada").summary(html! { "Monday, 3 August" }))
        div.stack.stack--loose {
            div.grid {
                (Stat { label: "Submissions today", value: "4,821", course: &course,
                    change: Some(Change { tone: Tone::Good, text: "12 % more than last Monday" }) })
                (Stat { label: "Open forms", value: "7", course: &course[8..20], change: None })
                (Stat { label: "Failed webhooks", value: "3", course: &course[3..12],
                    change: Some(Change { tone: Tone::Bad, text: "2 more than yesterday" }) })
            }
            (ui::Card::new(html! { (LineChart { title: "Submissions per day", series: &series }) }))
            (Alert::info("This workspace is on its own disk").text("1.2 GB of 40 GB used."))
        }
    }
}

fn empty() -> Markup {
    html! {
        (PageHeader::new("Forms"))
        (EmptyState::new(
            Illustration::Forms,
            "Your first form is a minute away",
            "Ask for anything: an e-mail, a rating, a file. Answers arrive here as they are sent.",
        ).actions(html! {
            (Button::primary("New form").icon(Icon::Plus).keys("c"))
            (Button::secondary("Send one by API"))
        }))
    }
}

fn landing() -> Markup {
    Public {
        title: "Mewayz: the whole back office in one program",
        description: "Forms, submissions and live screens for a business, in one program.",
        lang: "en",
        centred: false,
        ways: ui::Ways::In,
        style: Some("landing.css"),
    }
    .render(ui::landing::landing())
}

fn login() -> Markup {
    let frame = Public {
        title: "Sign in · Mewayz",
        description: "Sign in to Mewayz.",
        lang: "en",
        centred: true,
        ways: ui::Ways::In,
        style: None,
    };
    frame.render(html! {
        div.paper {
            header.paper__head { h1 { "Welcome back" } p { "Sign in to your workspaces." } }
            form.stack method="post" action="/login" {
                (Field::email("email", "E-mail").required(true).attr("autofocus", ""))
                (Field::password("password", "Password", "current-password").required(true))
                (Button::primary("Sign in").submit().wide())
            }
            p.paper__foot { "New here? " a href="/register" { "Create a workspace" } }
        }
    })
}

fn form(errors: &[(&str, &str)]) -> Markup {
    let places = [
        Choice { value: "shop", label: "In the shop" },
        Choice { value: "market", label: "At the market" },
        Choice { value: "door", label: "Delivered to my door" },
    ];
    let email = errors.first().map(|(_, message)| *message);
    bare(
        "Customer feedback",
        html! {
            form.paper method="post" action="#" novalidate {
                header.paper__head {
                    h1 { "How was our bread?" }
                    p { "Two minutes, seven questions. We read every answer before the oven is on." }
                }
                (error_summary(errors))
                (Field::text("name", "Your name").value("Ada"))
                (Field::email("email", "E-mail").required(true).hint(Some("Only to answer you."))
                    .value(if errors.is_empty() { "" } else { "ada@" }).error(email))
                (Field::radios("place", "Where did you get it?", &places).value("market").required(true))
                (Field::rating("stars", "How did it taste?", 5).value("4"))
                section.paper__section { h2 { "And in general" } p { "This helps us plan." } }
                (Field::nps("nps", "Would you recommend us to a friend?"))
                (Field::select("bread", "Your favourite", &places))
                (Field::date("day", "Day of your visit"))
                (Field::long_text("words", "Anything else?"))
                (Field::file("photo", "A picture").hint(Some("JPEG or PNG, at most 10 MB.")))
                (Field::consent("terms", "I agree that my answers are stored to improve the shop.").required(true))
                (Button::primary("Send answers").submit().wide())
            }
        },
    )
}

fn thanks() -> Markup {
    bare(
        "Thank you",
        html! {
            div.paper.paper--thanks {
                span.paper__tick { (Icon::Check) }
                header.paper__head { h1 { "Thank you, Ada" } p { "Your answers are with us." } }
                (Button::secondary("Send another").href("#"))
            }
        },
    )
}

fn bare(title: &str, body: Markup) -> Markup {
    let owner = Some("Tern & Tide Bakery");
    Bare {
        title,
        description: "Tell us how our bread was.",
        lang: "en",
        dir: "ltr",
        owner,
        made_with: Some("Made with {mark}"),
        look: ui::Look::default(),
        card: None,
    }
    .render(body)
}
