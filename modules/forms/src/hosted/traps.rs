//! What a page carries to tell people from programs, and what it says when it comes back. Whoever sends learns
//! nothing of it: a program that is found out is thanked like anybody.

use std::{net::IpAddr, time::Duration};

use maud::{Markup, html};
use web::Cx;

use crate::{
    Forms,
    controls::Filled,
    pages::sent,
    protection::{Doubts, Limit, Pass, Protection},
    published::Published,
    texts::Texts,
};

/// The input, and the part of an address, that says when a page was opened.
const TICKET: &str = "_ticket";
/// The same for what a browser has found by working.
const PROOF: &str = "_proof";

/// What the page of one respondent carries.
pub(crate) struct Traps {
    ticket: String,
    /// The name of the field that nobody sees, where there is one.
    honeypot: Option<String>,
    works: bool,
}

impl Traps {
    /// For a page that is opened now.
    pub(super) fn fresh(forms: &Forms, cx: &Cx, form: &Published) -> Self {
        let (guard, protection) = (forms.guard(), &form.protection);
        Traps {
            ticket: guard.ticket(form.form, cx.now(), cx.chance(), protection.proof_of_work),
            honeypot: protection.honeypot.then(|| guard.honeypot(form.form)),
            works: protection.proof_of_work,
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

    /// The inputs. Nobody sees, hears or reaches the field; a program that answered it on an earlier page has
    /// answered it here.
    pub(super) fn inputs(&self, filled: &Filled<'_>, fresh: bool) -> Markup {
        let kept = |name| filled.values(name).last().filter(|_| !fresh).unwrap_or_default();
        html! {
            (ui::hidden(TICKET, &self.ticket))
            @if self.works { (ui::hidden(PROOF, kept(PROOF))) }
            @if let Some(name) = &self.honeypot {
                div.visually-hidden aria-hidden="true" inert {
                    label for=(name) { (filled.texts.leave_empty) }
                    input id=(name) name=(name) type="text" value=(kept(name)) tabindex="-1" autocomplete="off";
                }
            }
        }
    }

    /// What has the browser work, and says so to whoever is faster.
    pub(super) fn work(&self, texts: &Texts) -> Markup {
        html! {
            @if self.works {
                form-proof.paper__connection role="status" hidden data-worker=(ui::url("proof_worker.js")) {
                    p { (texts.one_moment) }
                }
            }
        }
    }
}

/// What is to be said of something that was sent.
pub(super) struct Verdict {
    /// Why it looks like spam, if it does.
    pub(super) suspicion: Option<String>,
    /// What is looked up where it is stored.
    pub(super) doubts: Option<Box<Doubts>>,
}

impl Verdict {
    /// Judges what a browser has sent, or what stands in the address of a program.
    pub(super) fn of(
        forms: &Forms,
        cx: &Cx,
        form: &Published,
        pairs: &[(String, String)],
        address: IpAddr,
    ) -> Self {
        let (guard, protection, now) = (forms.guard(), &form.protection, cx.now());
        let pass = sent(pairs, TICKET).map(|ticket| guard.read(form.form, ticket, now));
        let suspicion = unseen_answered(forms, form, pairs)
            .or_else(|| against_ticket(protection, pass.as_ref()))
            .or_else(|| without_work(protection, pass.as_ref(), sent(pairs, PROOF)));
        let ticket = match pass {
            Some(Pass::Ours(ticket)) if protection.proof_of_work && suspicion.is_none() => {
                Some(ticket.used_at(now))
            }
            _ => None,
        };
        let limits: Vec<Limit> = protection.limits().collect();
        let is_doubted = !limits.is_empty() || ticket.is_some();
        let address = || guard.address(form.form, address);
        let doubts = is_doubted.then(|| Box::new(Doubts { address: address(), limits, ticket }));
        Verdict { suspicion, doubts }
    }
}

fn unseen_answered(forms: &Forms, form: &Published, pairs: &[(String, String)]) -> Option<String> {
    let name = form.protection.honeypot.then(|| forms.guard().honeypot(form.form))?;
    let answered = sent(pairs, &name).is_some_and(|text| !text.is_empty());
    answered.then(|| "It answered a question that people do not see.".to_owned())
}

fn against_ticket(protection: &Protection, pass: Option<&Pass>) -> Option<String> {
    let least = protection.min_seconds;
    if least == 0 && !protection.proof_of_work {
        return None;
    }
    Some(match pass {
        None => "It did not come from the form’s page.".to_owned(),
        Some(Pass::Forged) => "Its ticket was not given out by the form’s page.".to_owned(),
        Some(Pass::Stale) => "The form’s page was opened more than 60 days before.".to_owned(),
        Some(Pass::Ours(ticket)) if ticket.age < Duration::from_secs(least.into()) => {
            format!("It was sent less than {least} seconds after the form’s page was opened.")
        }
        Some(Pass::Ours(_)) => return None,
    })
}

/// A page that was opened before work was asked for brings none.
fn without_work(
    protection: &Protection,
    pass: Option<&Pass>,
    proof: Option<&str>,
) -> Option<String> {
    let Some(Pass::Ours(ticket)) = pass.filter(|_| protection.proof_of_work) else { return None };
    if !ticket.asks_for_work() {
        return None;
    }
    match proof.filter(|proof| !proof.is_empty()) {
        None => Some("Its browser did not do the work that the form asks for.".to_owned()),
        Some(proof) if ticket.is_proved_by(proof) => None,
        Some(_) => Some("Its browser did other work than the form asks for.".to_owned()),
    }
}
