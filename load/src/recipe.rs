//! The bytes of the request with a given number.

use std::io;

use url::Url;

use crate::answers::{Answers, append};
use crate::arguments::{Arguments, FormPlace, Format, Kind, Offer};
use crate::target::Target;

/// How every request of a run is made.
pub(crate) struct Recipe {
    pub(crate) target: Target,
    head: String,
    body: Body,
    seed: u64,
    /// Submissions in one request.
    pub(crate) items: u64,
}

enum Body {
    None,
    Urlencoded,
    /// The pieces of the template between which answers or numbers are filled in.
    Template(Vec<Piece>),
    List {
        format: Format,
    },
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Answers,
    Index,
}

impl Recipe {
    /// Separates what the command line says into the recipe and the offer.
    pub(crate) fn from_arguments(arguments: Arguments) -> io::Result<(Self, Offer)> {
        let (method, url, kind, body, items, offer) = match arguments.kind {
            Kind::Single(single) => {
                let url = match single.url {
                    Some(url) => url,
                    None => form_url(&single.form, "/api/forms/", "/submissions")?,
                };
                let body = Body::Template(pieces(&single.body_template));
                ("POST", url, "application/json", body, 1, single.offer)
            }
            Kind::Bulk(bulk) => {
                let url = form_url(&bulk.form, "/api/forms/", "/submissions/bulk")?;
                let kind = match bulk.format {
                    Format::Json => "application/json",
                    Format::Ndjson => "application/x-ndjson",
                };
                ("POST", url, kind, Body::List { format: bulk.format }, bulk.items, bulk.offer)
            }
            Kind::Public(public) => {
                let url = form_url(&public.form, "/f/", "")?;
                let kind = "application/x-www-form-urlencoded";
                ("POST", url, kind, Body::Urlencoded, 1, public.offer)
            }
            Kind::List(list) => ("GET", list.url, "", Body::None, 1, list.offer),
        };
        let target = Target::new(method, &url, &offer)?;
        let mut head = target.head();
        if !kind.is_empty() {
            head.push_str(&format!("content-type: {kind}\r\n"));
        }
        let seed = offer.seed.unwrap_or_else(rand::random);
        Ok((Self { target, head, body, seed, items }, offer))
    }

    /// The key that makes a repeat of request `index` recognisable; no other run uses it.
    pub(crate) fn idempotency_key(&self, index: u64) -> String {
        format!("{:016x}-{index}", self.seed)
    }

    /// Appends the whole request; `body` is scratch space kept by the caller.
    pub(crate) fn write(&self, index: u64, out: &mut Vec<u8>, body: &mut Vec<u8>) {
        out.extend_from_slice(self.head.as_bytes());
        if matches!(self.body, Body::None) {
            out.extend_from_slice(b"\r\n");
            return;
        }
        body.clear();
        self.write_body(index, body);
        // In a list every item has a key of its own.
        if !matches!(self.body, Body::List { .. }) {
            let seed = self.seed;
            append(out, format_args!("idempotency-key: {seed:016x}-{index}\r\n"));
        }
        append(out, format_args!("content-length: {}\r\n\r\n", body.len()));
        out.extend_from_slice(body);
    }

    fn write_body(&self, index: u64, out: &mut Vec<u8>) {
        match &self.body {
            Body::None => {}
            Body::Urlencoded => Answers::new(self.seed, index).write_urlencoded(out),
            Body::Template(pieces) => {
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
                        Piece::Answers => Answers::new(self.seed, index).write_json(out),
                        Piece::Index => append(out, format_args!("{index}")),
                    }
                }
            }
            Body::List { format } => self.write_list(*format, index, out),
        }
    }

    fn write_list(&self, format: Format, index: u64, out: &mut Vec<u8>) {
        let ndjson = format == Format::Ndjson;
        if !ndjson {
            out.extend_from_slice(br#"{"submissions":["#);
        }
        let first = index * self.items;
        for number in first..first + self.items {
            if number > first && !ndjson {
                out.push(b',');
            }
            append(out, format_args!(r#"{{"idempotency_key":"{:016x}-{number}","#, self.seed));
            out.extend_from_slice(br#""answers":"#);
            Answers::new(self.seed, number).write_json(out);
            out.push(b'}');
            if ndjson {
                out.push(b'\n');
            }
        }
        if !ndjson {
            out.extend_from_slice(b"]}");
        }
    }
}

fn form_url(place: &FormPlace, before: &str, after: &str) -> io::Result<Url> {
    let form = place.form.as_deref().ok_or_else(|| invalid("--form is missing"))?;
    place.server.join(&format!("{before}{form}{after}")).map_err(invalid)
}

fn invalid(reason: impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason.to_string())
}

fn pieces(template: &str) -> Vec<Piece> {
    let Some((at, name)) = ["{answers}", "{index}"]
        .into_iter()
        .filter_map(|name| Some((template.find(name)?, name)))
        .min()
    else {
        return vec![Piece::Text(template.to_owned())];
    };
    let filled = if name == "{answers}" { Piece::Answers } else { Piece::Index };
    let mut all = vec![Piece::Text(template[..at].to_owned()), filled];
    all.extend(pieces(&template[at + name.len()..]));
    all
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn request(arguments: &[&str], index: u64) -> String {
        let all = ["mewayz-load"].iter().chain(arguments).chain(&["--count", "1", "--seed", "5"]);
        let (recipe, _) =
            Recipe::from_arguments(Arguments::parse_from(all)).expect("a complete command line");
        let (mut out, mut body) = (Vec::new(), Vec::new());
        recipe.write(index, &mut out, &mut body);
        String::from_utf8(out).expect("requests are UTF-8")
    }

    fn json_body(request: &str) -> serde_json::Value {
        let (_, body) = request.split_once("\r\n\r\n").expect("a head");
        serde_json::from_str(body).expect("JSON")
    }

    #[test]
    fn a_single_submission_has_answers_and_its_own_key() {
        let first = request(&["single", "--form", "frm_1", "--key", "mwz_x"], 0);
        let second = request(&["single", "--form", "frm_1"], 1);
        assert!(first.starts_with("POST /api/forms/frm_1/submissions HTTP/1.1\r\n"));
        assert!(first.contains("authorization: Bearer mwz_x\r\n"));
        assert!(first.contains("idempotency-key: 0000000000000005-0\r\n"));
        assert!(second.contains("idempotency-key: 0000000000000005-1\r\n"));
        assert!(json_body(&first)["answers"]["email"].is_string());
    }

    #[test]
    fn a_template_is_filled_wherever_it_asks() {
        let url = "http://127.0.0.1:1/records?expand=1";
        let body = r#"{"n":{index},"a":{answers},"again":{index}}"#;
        let request = request(&["single", "--url", url, "--body-template", body], 17);
        assert!(request.starts_with("POST /records?expand=1 HTTP/1.1\r\n"));
        let value = json_body(&request);
        assert_eq!((&value["n"], &value["again"]), (&17.into(), &17.into()));
        assert!(value["a"]["score"].is_number());
    }

    #[test]
    fn bulk_items_never_share_a_key_between_requests() {
        let bulk = ["bulk", "--form", "frm_1", "--items", "3"];
        let keys = |index| -> Vec<String> {
            let value = json_body(&request(&bulk, index));
            let items = value["submissions"].as_array().expect("a list").clone();
            items.iter().map(|item| item["idempotency_key"].to_string()).collect()
        };
        let (first, second) = (keys(0), keys(1));
        assert_eq!((first.len(), second.len()), (3, 3));
        assert!(first.iter().all(|key| !second.contains(key)));
    }

    #[test]
    fn ndjson_has_one_submission_a_line() {
        let request =
            request(&["bulk", "--form", "frm_1", "--items", "3", "--format", "ndjson"], 0);
        let (head, body) = request.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("content-type: application/x-ndjson"));
        assert_eq!(body.lines().count(), 3);
        for line in body.lines() {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON");
        }
    }

    #[test]
    fn the_hosted_form_is_sent_as_a_browser_sends_it() {
        let request = request(&["public", "--form", "abc"], 0);
        assert!(request.starts_with("POST /f/abc HTTP/1.1\r\n"));
        assert!(request.contains("content-type: application/x-www-form-urlencoded\r\n"));
        assert!(request.contains("\r\n\r\nname="));
    }

    #[test]
    fn a_page_is_fetched_without_a_body() {
        let request = request(&["list", "--url", "http://127.0.0.1:9/a"], 0);
        assert!(request.starts_with("GET /a HTTP/1.1\r\n"));
        assert!(request.ends_with("\r\n\r\n"));
        assert!(!request.contains("idempotency-key"));
    }
}
