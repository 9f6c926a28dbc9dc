//! What those who work on a submission tell each other.

use maud::{Markup, Render, html};
use ui::{Button, Card, Field, Icon, avatar};

use super::{CONTAINER, Sheet, work};
use crate::{pages::ago, paths, submissions::comments::Comment};

pub(super) fn card(sheet: &Sheet<'_>) -> Markup {
    if sheet.comments.is_empty() && !sheet.viewer.writes {
        return html! {};
    }
    let body = html! {
        div.comments {
            @if !sheet.comments.is_empty() {
                ol.comments__list { @for comment in sheet.comments { (one(sheet, comment)) } }
            }
            @if sheet.viewer.writes {
                (work::change(sheet, "comments", None, html! {
                    // The next one is a box of its own: this one keeps what is written in it.
                    (Field::long_text("text", "New comment").id(format!("new-comment-{}", sheet.comments.len())).required(true).attr("maxlength", "4000"))
                    (Button::secondary("Comment").small().submit())
                }))
            }
        }
    };
    Card::new(body).title("Comments").render()
}

fn one(sheet: &Sheet<'_>, comment: &Comment) -> Markup {
    let name = work::actor(sheet, &comment.author);
    html! {
        li.comment {
            (avatar(name))
            div.comment__body {
                p.comment__head {
                    strong { (name) } " "
                    span.muted { (ago(comment.created_at)) @if comment.edited_at.is_some() { ", changed" } }
                }
                p.comment__text { (comment.text) }
                @if sheet.viewer.writes && comment.author == sheet.me { (own(sheet, comment)) }
            }
        }
    }
}

/// One's own comment can be changed and deleted.
fn own(sheet: &Sheet<'_>, comment: &Comment) -> Markup {
    let id = format!("comment-{}", comment.id);
    html! {
        details.comment__own {
            summary { "Change" }
            (change(sheet, comment, "text", html! {
                (Field::long_text("text", "Comment").id(id).value(&comment.text).required(true).attr("maxlength", "4000"))
                (Button::secondary("Save").small().submit())
            }))
            (change(sheet, comment, "deletion", html! {
                (Button::quiet("Delete comment").icon(Icon::Trash).small().submit())
            }))
        }
    }
}

fn change(sheet: &Sheet<'_>, comment: &Comment, part: &str, inner: Markup) -> Markup {
    let action = sheet.place.on(&paths::comment_part(sheet.viewer.slug, comment.id, part));
    html! {
        form method="post" action=(action) data-hx-post=(action) data-hx-target={ "#" (CONTAINER) }
            data-hx-swap="outerMorph" {
            (ui::hidden("csrf_token", sheet.viewer.csrf_token))
            (inner)
        }
    }
}
