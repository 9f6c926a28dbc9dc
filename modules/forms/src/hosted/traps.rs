//! What a page carries to tell people from programs, and what it says when it comes back. Whoever sends learns
//! nothing of it: a program that is found out is thanked like anybody.

use std::{net::IpAddr, time::Duration};

use maud::{Markup, html};
use web::Cx;

use crate::{Forms, controls::Filled, pages::sent, protection::Pass, published::Published};

/// The input, and the part of an address, that says when a page was opened.
pub(super) const TICKET: &str = "_ticket";

/// What the page of one respondent carries.
pub(crate) struct Traps {
    ticket: String,
    /// The name of the field that nobody sees, where there is one.
    honeypot: Option<String>,
}

impl Traps {
    /// For a page that is opened now.
    pub(super) fn fresh(forms: &Forms, cx: &Cx, form: &Published) -> Self {
        let guard = forms.guard();
        Traps {
            ticket: guard.ticket(form.form, cx.now()),
            honeypot: form.protection.honeypot.then(|| guard.honeypot(form.form)),
        }
    }

    /// For a page that follows from one that was sent: it counts as opened when the first one was.
    pub(super) fn after(
        forms: &Forms,
        cx: &Cx,
        form: &Published,
        pairs: &[(String, String)],
    ) -> Self {
        let fresh = Self::fresh(forms, cx, form);
        let ours = |ticket: &&str| forms.guard().read(form.form, ticket, cx.now()) != Pass::Forged;
        match sent(pairs, TICKET).filter(ours) {
            Some(ticket) => Traps { ticket: ticket.to_owned(), ..fresh },
            None => fresh,
        }
    }

    /// The inputs. Nobody sees, hears or reaches the second one; a program that answered it on an earlier page
    /// has answered it here.
    pub(super) fn inputs(&self, filled: &Filled<'_>, fresh: bool) -> Markup {
        let answer = |name: &str| {
            filled.values(name).last().filter(|_| !fresh).unwrap_or_default().to_owned()
        };
        html! {
            (ui::hidden(TICKET, &self.ticket))
            @if let Some(name) = &self.honeypot {
                div.visually-hidden aria-hidden="true" inert {
                    label for=(name) { (filled.texts.leave_empty) }
                    input id=(name) name=(name) type="text" value=(answer(name)) tabindex="-1" autocomplete="off";
                }
            }
        }
    }
}

/// Why what was sent looks like spam, if it does. It is counted for its address: see [`uncounted`].
pub(super) fn suspicion(
    forms: &Forms,
    cx: &Cx,
    form: &Published,
    pairs: &[(String, String)],
    address: IpAddr,
) -> Option<String> {
    let (guard, protection, now) = (forms.guard(), &form.protection, cx.now());
    let beyond = guard.addresses.count(form.form, address, protection.limits(), now);
    let filled_in = || {
        let honeypot = protection.honeypot.then(|| guard.honeypot(form.form))?;
        sent(pairs, &honeypot).is_some_and(|text| !text.is_empty()).then(honeypot_told)
    };
    let beyond = || {
        beyond.map(|limit| {
            format!("More than {} came from its address within {}.", limit.most, limit.word)
        })
    };
    filled_in().or_else(|| out_of_time(forms, cx, form, pairs)).or_else(beyond)
}

fn honeypot_told() -> String {
    "It answered a question that people do not see.".to_owned()
}

/// What the ticket says against it.
fn out_of_time(
    forms: &Forms,
    cx: &Cx,
    form: &Published,
    pairs: &[(String, String)],
) -> Option<String> {
    let least = form.protection.min_seconds;
    if least == 0 {
        return None;
    }
    let Some(ticket) = sent(pairs, TICKET) else {
        return Some("It did not come from the form’s page.".to_owned());
    };
    match forms.guard().read(form.form, ticket, cx.now()) {
        Pass::Forged => Some("Its ticket was not given out by the form’s page.".to_owned()),
        Pass::Stale => Some("The form’s page was opened more than 60 days before.".to_owned()),
        Pass::Opened(age) if age < Duration::from_secs(least.into()) => {
            Some(format!("It was sent less than {least} seconds after the form’s page was opened."))
        }
        Pass::Opened(_) => None,
    }
}

/// What was sent came to nothing, or had come before: it does not count for its address.
pub(super) fn uncounted(forms: &Forms, form: &Published, address: IpAddr) {
    if form.protection.limits().next().is_some() {
        forms.guard().addresses.forget_one(form.form, address);
    }
}
