//! A person at a page, and what is owed to them whatever becomes of the request.

use axum::{http::request::Parts, response::Response};
use kernel::{Actor, Role};

use super::{Rule, Visit, visit};
use crate::{
    failure::Failed,
    flash::{self, Flash},
    gate::{Tenant, Visitor},
};

/// Rides in a failed response: who is signed in, so that the error stands in the frame of the app.
#[derive(Clone)]
pub(crate) struct Astray(pub(crate) Visit);

pub(super) struct Reader {
    visitor: Visitor,
    path: String,
    flash: Option<Flash>,
}

impl Reader {
    pub(super) fn of(rule: &Rule, parts: &Parts, visitor: Option<&Visitor>) -> Option<Self> {
        let visitor = visitor.filter(|visitor| !rule.api && visitor.person().is_some())?;
        let (path, flash) = (parts.uri.path().to_owned(), Flash::of(parts));
        Some(Reader { visitor: visitor.clone(), path, flash })
    }

    /// An error stands in the frame of the app; a message that was shown is shown no more.
    pub(super) async fn follow(self, rule: &Rule, response: &mut Response) {
        if self.flash.is_some() {
            flash::forget_when_shown(response);
        }
        if response.extensions().get::<Failed>().is_some()
            && let Some(frame) = self.frame(rule).await
        {
            response.extensions_mut().insert(Astray(frame));
        }
    }

    /// Of the workspace in the address, if it is one of theirs.
    async fn frame(self, rule: &Rule) -> Option<Visit> {
        let Reader { visitor, path, flash } = self;
        let person = visitor.person()?;
        let memberships = rule.shared.gate.memberships(person.id).await.ok()?;
        let slug = path.strip_prefix("/w/").and_then(|rest| rest.split('/').next());
        let named = |(tenant, _): &&(Tenant, Role)| slug == Some(&tenant.slug);
        let here = memberships.iter().find(named).cloned();
        let (tenant, role) = here.map_or((None, None), |(tenant, role)| (Some(tenant), Some(role)));
        let actor = Actor::User { id: person.id, role, operator: person.operator };
        let visit = visit(rule, visitor, tenant, actor, memberships);
        Some(Visit { path, flash, ..visit })
    }
}
