//! The route table: calls of the API, pages of the settings.

use axum::http::Method;
use serde_json::json;
use web::{Access, Operation, Routes};

use crate::{
    MAIL_READ, MAIL_WRITE, Mails,
    addresses::confirmation,
    mails::{
        self,
        json::{DetailJson, MailJson, MailList, NewTest, Queued, TestJson},
    },
    paths::route,
    sender::json::{SenderChange, SenderJson},
    settings,
};

const READ: Access = Access::Workspace(MAIL_READ);
const WRITE: Access = Access::Workspace(MAIL_WRITE);

fn operation(summary: &'static str) -> Operation {
    Operation::new("Mails", summary)
}

/// All addresses of the module.
pub(crate) fn table() -> Routes<Mails> {
    links(pages(sender_calls(mail_calls(Routes::new()))))
}

/// For whoever holds a link of a mail.
fn links(routes: Routes<Mails>) -> Routes<Mails> {
    let mut routes = routes;
    for path in [route::CONFIRMATION, route::UNSUBSCRIPTION] {
        routes = routes.page(Method::GET, path, Access::Public, confirmation::show).page(
            Method::POST,
            path,
            Access::Public,
            confirmation::answer,
        );
    }
    routes
}

fn mail_calls(routes: Routes<Mails>) -> Routes<Mails> {
    let text = || json!({"type": "string"});
    let list = operation("List mails, newest first")
        .describe("The log is kept for 30 days.")
        .paged()
        .query("state", "Only these.", json!({"type": "string", "enum": mails::state::ALL}))
        .query("about", "Only about this entity, such as the id of a form.", text())
        .query("recipient", "Only to this address.", text())
        .reply::<MailList>(200, "Without what they say.");
    let show = operation("Show a mail with all attempts")
        .reply::<DetailJson>(200, "With what it says, and what the server said.");
    let again = operation("Send a mail again")
        .reply::<MailJson>(202, "On its way, with all attempts before it.")
        .problem(409, "It is being sent.");
    let failed =
        operation("Send all mails again that were given up").reply::<Queued>(202, "A job does it.");
    let test = operation("Send a test mail")
        .body::<NewTest>()
        .reply::<TestJson>(202, "On its way.")
        .problem(409, "No mail server is set up.");
    routes
        .api(Method::GET, route::API_ALL, READ, mails::list::api, list)
        .api(Method::GET, route::API_ONE, READ, mails::show::api, show)
        .api(Method::POST, route::API_AGAIN, WRITE, mails::again::api, again)
        .api(Method::POST, route::API_FAILED, WRITE, mails::again::api_failed, failed)
        .api(Method::POST, route::API_TEST, WRITE, mails::test::api, test)
}

fn sender_calls(routes: Routes<Mails>) -> Routes<Mails> {
    let show = operation("Show how mails are signed")
        .reply::<SenderJson>(200, "And whether a mail server is set up.");
    let update = operation("Change how mails are signed")
        .body::<SenderChange>()
        .reply::<SenderJson>(200, "As it is now.");
    routes.api(Method::GET, route::API_SENDER, READ, settings::api_show, show).api(
        Method::PATCH,
        route::API_SENDER,
        WRITE,
        settings::api,
        update,
    )
}

fn pages(routes: Routes<Mails>) -> Routes<Mails> {
    routes
        .page(Method::GET, route::PAGE, READ, mails::list::page)
        .page(Method::POST, route::SENDER, WRITE, settings::page)
        .page(Method::POST, route::TEST, WRITE, mails::test::page)
        .page(Method::POST, route::FAILED, WRITE, mails::again::page_failed)
        .page(Method::GET, route::ONE, READ, mails::show::page)
        .page(Method::GET, route::HTML, READ, mails::show::html)
        .page(Method::POST, route::AGAIN, WRITE, mails::again::page)
}
