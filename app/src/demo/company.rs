//! Meadowfield, the sample company: made once, through the calls that everybody uses.

use std::path::Path;

use axum::Router;
use identity::NewUser;
use kernel::{Error, Result};
use serde_json::{Value, json};
use web::House;
use workspaces::{Workspaces, entrance::setup_token};

use super::{client::Client, content};

const EMAIL: &str = "robin@meadowfield.example";
const PASSWORD: &str = "meadow-lark-42";

/// Makes the company, once: a first start that was broken off goes on where it ended.
pub(super) async fn fill(
    house: &House,
    workspaces: &Workspaces,
    router: Router,
    data: &Path,
) -> Result<()> {
    let made = data.join("demo-made");
    if made.exists() {
        return Ok(());
    }
    if setup_token(house).await?.is_some() {
        register(workspaces).await?;
    }
    let mut client = Client::new(router);
    sign_in(&mut client).await?;
    let forms = client.get("/api/forms?limit=100").await?;
    for mut sample in content::forms()? {
        let mut known = forms["data"].as_array().into_iter().flatten();
        if known.any(|form| form["title"] == sample.form["title"] && form["version"] != 0) {
            continue;
        }
        if let Some(name) = sample.folder {
            sample.form["folder_id"] = folder(&client, name).await?;
        }
        let form = client.post("/api/forms", &sample.form).await?;
        let address = format!("/api/forms/{}", text(&form, "id")?);
        client.post(&format!("{address}/publication"), &json!({})).await?;
        let report =
            client.post_lines(&format!("{address}/submissions/bulk"), sample.lines).await?;
        expect_none_rejected(&report)?;
    }
    std::fs::write(made, "").map_err(Error::internal)
}

async fn register(workspaces: &Workspaces) -> Result<()> {
    let owner = NewUser {
        name: "Robin Meadows".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
        operator: true,
    };
    workspaces.register(owner, Some("Meadowfield")).await.map(|_| ())
}

/// From now on as the company's owner.
pub(super) async fn sign_in(client: &mut Client) -> Result<()> {
    let credentials = json!({"email": EMAIL, "password": PASSWORD});
    let session = client.post("/api/auth/login", &credentials).await?;
    client.sign_in(text(&session, "access_token")?);
    Ok(())
}

/// The id of the folder of this name, which is made when there is none.
async fn folder(client: &Client, name: &str) -> Result<Value> {
    let folders = client.get("/api/form_folders").await?;
    let mut known = folders["data"].as_array().into_iter().flatten();
    let folder = match known.find(|folder| folder["name"] == name) {
        Some(folder) => folder.clone(),
        None => client.post("/api/form_folders", &json!({"name": name})).await?,
    };
    Ok(folder["id"].clone())
}

fn expect_none_rejected(report: &Value) -> Result<()> {
    let mut items = report["items"].as_array().into_iter().flatten();
    match items.find(|item| item["status"] == "rejected") {
        Some(item) => Err(Error::internal(format!("a seed was rejected: {item}"))),
        None => Ok(()),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().ok_or_else(|| Error::internal(format!("no {key} in the answer")))
}

/// Where to go and how to sign in.
pub(super) fn welcome(address: &str) -> String {
    format!(
        "\n  Mewayz is at {address}\n\n  Sign in to Meadowfield, a sample company, as its owner:\n\n      e-mail    {EMAIL}\n      password  {PASSWORD}\n\n  Stop with Ctrl-C. The data stays in its folder; delete the folder to begin anew.\n\n"
    )
}
