//! The mark and the name of the product.

use maud::{Markup, html};

/// The sign alone: an M that is two ways meeting.
pub fn mark() -> Markup {
    html! {
        svg.brand__mark viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" {
            rect.brand__tile width="32" height="32" rx="10" {}
            path.brand__way d="M8 22.5V13a3.5 3.5 0 0 1 7 0v4.5" {}
            path.brand__way.brand__way--second d="M24 22.5V13a3.5 3.5 0 0 0-7 0v4.5" {}
            circle.brand__dot cx="16" cy="22.5" r="1.9" {}
        }
    }
}

/// The sign and the name.
pub fn wordmark() -> Markup {
    html! { span.brand { (mark()) span.brand__name { "Mewayz" } } }
}
