//! What every request must be like, and every answer is.

use axum::{
    body::Body,
    extract::Request,
    http::{Method, Version},
};

use crate::world::{Answer, world, world_with};

fn get(path: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_request_names_its_host_once() {
    let world = world().await;
    for hosts in [&[][..], &[("host", "a"), ("host", "b")], &[("host", "a b")]] {
        let answer = world.send_as_is(get("/work", hosts)).await;
        assert_eq!(answer.status.as_u16(), 400, "{hosts:?}");
        assert!(answer.body.contains("names its host once"), "{}", answer.body);
    }
    for host in ["a", "a:80", "[::1]:80", ""] {
        assert_eq!(world.send_as_is(get("/work", &[("host", host)])).await.status.as_u16(), 204);
    }
    let mut old = get("/work", &[]);
    *old.version_mut() = Version::HTTP_10;
    assert_eq!(world.send_as_is(old).await.status.as_u16(), 204);
}

#[tokio::test]
async fn a_wrong_method_gets_words_and_is_told_the_right_one() {
    let world = world().await;
    let ask = |method: Method, path: &str, accept: &str| {
        let request = Request::builder().method(method).uri(path).header("accept", accept);
        world.send(request.body(Body::empty()).unwrap())
    };
    let page = ask(Method::POST, "/work", "text/html").await;
    assert_eq!(page.status.as_u16(), 405);
    assert_eq!(page.header("allow"), "GET,HEAD");
    assert!(page.body.contains("nothing can be sent to it"), "{}", page.body);
    // Whoever opens the address that a form is sent to is led to a page.
    assert_eq!(ask(Method::GET, "/echo", "text/html").await.header("location"), "/");
    let problem: Answer = ask(Method::DELETE, "/echo", "application/json").await;
    assert_eq!(problem.status.as_u16(), 405);
    assert_eq!(problem.header("allow"), "POST");
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert!(problem.body.contains("header Allow"), "{}", problem.body);
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let plain = world().await.send(get("/work", &[])).await;
    assert_eq!(plain.header("strict-transport-security"), "");
    let secure = world_with(|settings| settings.secure = true).await;
    let answer = secure.send(get("/work", &[])).await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}
