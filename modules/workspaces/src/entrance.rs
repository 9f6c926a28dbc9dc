//! The way in: register, sign in, sign out, and the operator's set-up of the house.

mod home;
mod json;
mod login;
mod logout;
mod me;
mod newcomer;
mod next;
mod refresh;
mod register;
mod setup;
mod store;
mod views;

use axum::http::Method;
use web::{Access, Operation, Routes};

use crate::{Workspaces, paths::route};

pub use register::Registered;
pub use setup::setup_token;
pub(crate) use views::samples;

/// Bytes that credentials may take: anyone may send them.
const CREDENTIALS: usize = 16 * 1024;

pub(crate) fn pages() -> Routes<Workspaces> {
    Routes::new()
        .page(Method::GET, route::HOME, Access::Anyone, home::page)
        .page(Method::GET, route::REGISTER, Access::Anyone, register::form)
        .page(Method::POST, route::REGISTER, Access::Anyone, register::page)
        .body_limit(CREDENTIALS)
        .sign_in()
        .page(Method::GET, route::LOGIN, Access::Anyone, login::form)
        .page(Method::POST, route::LOGIN, Access::Anyone, login::page)
        .body_limit(CREDENTIALS)
        .sign_in()
        .page(Method::POST, route::LOGOUT, Access::Anyone, logout::page)
        .body_limit(CREDENTIALS)
        .page(Method::GET, route::SETUP, Access::Anyone, setup::form)
        .page(Method::POST, route::SETUP, Access::Anyone, setup::page)
        .body_limit(CREDENTIALS)
        .sign_in()
}

/// Public, so that a token that has grown old does not stand in the way of a new one; what is answered
/// here holds secrets, so no reply is kept.
pub(crate) fn api() -> Routes<Workspaces> {
    let operation = |summary| Operation::new("Signing in", summary);
    Routes::new()
        .api(
            Method::POST,
            route::API_REGISTER,
            Access::Public,
            register::api,
            operation("Make an account, and its first workspace")
                .body::<newcomer::Registration>()
                .reply::<json::SignedIn>(201, "Signed in.")
                .problem(
                    403,
                    "Registration is closed on this installation, or it is not set up yet.",
                ),
        )
        .body_limit(CREDENTIALS)
        .without_replay()
        .sign_in()
        .api(
            Method::POST,
            route::API_LOGIN,
            Access::Public,
            login::api,
            operation("Sign in")
                .body::<login::Login>()
                .reply::<json::SignedIn>(200, "Signed in.")
                .problem(401, "The e-mail address or the password is wrong."),
        )
        .body_limit(CREDENTIALS)
        .without_replay()
        .sign_in()
        .api(
            Method::GET,
            route::API_ME,
            Access::SignedIn,
            me::api,
            operation("Who you are").reply::<json::Me>(200, "You and your workspaces."),
        )
}

/// What a program does with its tokens; public for the same reason.
pub(crate) fn tokens() -> Routes<Workspaces> {
    let operation = |summary| Operation::new("Signing in", summary);
    Routes::new()
        .api(
            Method::POST,
            route::API_REFRESH,
            Access::Public,
            refresh::api,
            operation("Renew the tokens")
                .describe(
                    "A refresh token works once. Sent a second time, it ends all tokens that followed from the \
                     same sign-in, since someone must have copied it.",
                )
                .body::<refresh::Refresh>()
                .reply::<json::SignedIn>(200, "New tokens.")
                .problem(401, "The token is good no more."),
        )
        .body_limit(CREDENTIALS)
        .without_replay()
        .api(
            Method::POST,
            route::API_LOGOUT,
            Access::Public,
            logout::api,
            operation("Sign out")
                .body::<refresh::Refresh>()
                .empty_reply(204, "The refresh token and its access tokens are good no more."),
        )
        .body_limit(CREDENTIALS)
}
