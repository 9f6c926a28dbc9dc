//! The route table: calls of the API, pages of the settings.

use axum::http::Method;
use serde_json::json;
use web::{Access, Operation, Routes};

use crate::{
    WEBHOOKS_READ, WEBHOOKS_WRITE, Webhooks,
    deliveries::{
        self,
        json::{DeliveryJson, DeliveryList, DetailJson, Redeliveries},
    },
    paths::route,
    webhooks::{
        self, NewWebhook,
        json::{
            CreatedJson, Queued, Rotation, SecretsJson, TestJson, WebhookChange, WebhookJson,
            WebhookList,
        },
    },
};

const READ: Access = Access::Workspace(WEBHOOKS_READ);
const WRITE: Access = Access::Workspace(WEBHOOKS_WRITE);

fn operation(summary: &'static str) -> Operation {
    Operation::new("Webhooks", summary)
}

/// All addresses of the module.
pub(crate) fn table() -> Routes<Webhooks> {
    pages(delivery_calls(webhook_calls(Routes::new())))
}

fn webhook_calls(routes: Routes<Webhooks>) -> Routes<Webhooks> {
    let list = operation("List endpoints, newest first")
        .paged()
        .reply::<WebhookList>(200, "Without their secrets.");
    let create = operation("Make an endpoint")
        .describe("It is told of what happens after this call was answered. Addresses in private networks are refused unless the operator allows them.")
        .body::<NewWebhook>()
        .reply::<CreatedJson>(201, "The endpoint and its secret.")
        .problem(409, "There are too many.");
    let show = operation("Show an endpoint").reply::<WebhookJson>(200, "Without its secret.");
    let update = operation("Change, enable or disable an endpoint")
        .describe("A disabled endpoint is not told later of what happens meanwhile.")
        .body::<WebhookChange>()
        .reply::<WebhookJson>(200, "As it is now.");
    let delete =
        operation("Delete an endpoint and its log").empty_reply(204, "It gets nothing more.");
    let secret =
        operation("Show the secrets of an endpoint").reply::<SecretsJson>(200, "All that sign.");
    let rotate = operation("Make a new secret")
        .describe("The former secret signs beside the new one for 24 hours, unless it is revoked.")
        .body::<Rotation>()
        .reply::<SecretsJson>(200, "All that sign.")
        .problem(409, "There are five already.");
    let test = operation("Send a test message")
        .reply::<TestJson>(202, "On its way.")
        .problem(409, "The endpoint is disabled.");
    routes
        .api(Method::GET, route::API_ALL, READ, webhooks::list::api, list)
        .api(Method::POST, route::API_ALL, WRITE, webhooks::create::api, create)
        .without_replay()
        .api(Method::GET, route::API_ONE, READ, webhooks::show::api, show)
        .api(Method::PATCH, route::API_ONE, WRITE, webhooks::update::api, update)
        .api(Method::DELETE, route::API_ONE, WRITE, webhooks::delete::api, delete)
        .api(Method::GET, route::API_SECRET, WRITE, webhooks::secret::api_show, secret)
        .api(Method::POST, route::API_SECRET, WRITE, webhooks::secret::api_rotate, rotate)
        .without_replay()
        .api(Method::POST, route::API_TEST, WRITE, webhooks::test::api, test)
}

fn delivery_calls(routes: Routes<Webhooks>) -> Routes<Webhooks> {
    let moment = || json!({"type": "string", "format": "date-time"});
    let list = operation("List deliveries, newest first")
        .describe("The log is kept for 30 days.")
        .paged()
        .query("webhook", "Only to this endpoint.", json!({"type": "string"}))
        .query("state", "Only these.", json!({"type": "string", "enum": deliveries::state::ALL}))
        .query("type", "Only of this event type.", json!({"type": "string"}))
        .query("since", "Only of what happened from this moment on.", moment())
        .query("until", "Only of what happened before this moment.", moment())
        .reply::<DeliveryList>(200, "Without payloads.");
    let show = operation("Show a delivery with all attempts")
        .reply::<DetailJson>(200, "With payload, requests and answers.");
    let again = operation("Send again")
        .reply::<DeliveryJson>(202, "On its way, with all attempts before it.")
        .problem(409, "It is being sent, or the endpoint is disabled.");
    let many = operation("Send all again that failed within a time")
        .body::<Redeliveries>()
        .reply::<Queued>(202, "A job does it.")
        .problem(409, "The endpoint is disabled.");
    routes
        .api(Method::GET, route::API_DELIVERIES, READ, deliveries::list::api, list)
        .api(Method::GET, route::API_DELIVERY, READ, deliveries::show::api, show)
        .api(Method::POST, route::API_REDELIVERY, WRITE, deliveries::redelivery::api, again)
        .api(Method::POST, route::API_REDELIVERIES, WRITE, deliveries::redelivery::api_many, many)
}

fn pages(routes: Routes<Webhooks>) -> Routes<Webhooks> {
    routes
        .page(Method::GET, route::PAGE, READ, webhooks::list::page)
        .page(Method::POST, route::PAGE, WRITE, webhooks::create::page)
        .page(Method::GET, route::ONE, READ, webhooks::show::page)
        .page(Method::POST, route::ONE, WRITE, webhooks::update::page)
        .page(Method::POST, route::STATE, WRITE, webhooks::state::page)
        .page(Method::GET, route::SECRET, WRITE, webhooks::secret::page_show)
        .page(Method::POST, route::SECRET, WRITE, webhooks::secret::page_rotate)
        .page(Method::POST, route::TEST, WRITE, webhooks::test::page)
        .page(Method::POST, route::REDELIVERIES, WRITE, deliveries::redelivery::page_many)
        .page(Method::POST, route::DELETION, WRITE, webhooks::delete::page)
        .page(Method::GET, route::DELIVERY, READ, deliveries::show::page)
        .page(Method::POST, route::REDELIVERY, WRITE, deliveries::redelivery::page)
}
