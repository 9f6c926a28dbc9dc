//! Bytes in a bucket of somebody else's: S3 and its kin, Google Cloud Storage.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Error, Result};
use object_store::{ObjectStore, ObjectStoreExt, parse_url_opts, path::Path, prefix::PrefixStore};
use url::Url;

use crate::Files;

/// S3 takes parts of at least 5 MiB (Amazon S3 User Guide, "multipart upload limits"); what is smaller goes
/// in one piece.
const PART: usize = 5 * 1024 * 1024;

impl Files {
    /// Bytes in a bucket: `s3://BUCKET` or `gs://BUCKET`, with a folder behind it if need be.
    ///
    /// Options are named as the variables of the providers are, in lower case: `aws_access_key_id`,
    /// `aws_endpoint`, `google_service_account_key` …; those variables of the environment count as well, and
    /// options count more.
    pub fn bucket(address: &str, options: &BTreeMap<String, String>) -> Result<Files> {
        // Whoever was first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let url = Url::parse(address).map_err(|error| wrong(address, &error.to_string()))?;
        if !matches!(url.scheme(), "s3" | "gs") {
            return Err(wrong(address, "it must begin with s3:// or gs://"));
        }
        let ours = |name: &str| name.starts_with("aws_") || name.starts_with("google_");
        let variables = std::env::vars().map(|(name, value)| (name.to_ascii_lowercase(), value));
        let given = options.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let all = variables.filter(|(name, _)| ours(name)).chain(given);
        let (store, folder) =
            parse_url_opts(&url, all).map_err(|error| wrong(address, &error.to_string()))?;
        let store: Arc<dyn ObjectStore> = match folder.as_ref() {
            "" => Arc::from(store),
            _ => Arc::new(PrefixStore::new(store, folder)),
        };
        Ok(Files::remote(store, PART))
    }

    /// Fails with the store's own words when nothing can be read there: asked once at the start, so that a
    /// wrong key is not first met by a customer's upload.
    pub async fn expect_there(&self) -> Result<()> {
        match self.store.get(&Path::from("mewayz-is-there")).await {
            Ok(_) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::Malformed(format!("the files cannot be reached: {error}"))),
        }
    }
}

fn wrong(address: &str, reason: &str) -> Error {
    Error::Malformed(format!("files.url = \"{address}\" cannot be used: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_buckets_are_taken_and_the_setting_is_named() {
        let keys =
            [("aws_access_key_id", "a"), ("aws_secret_access_key", "b"), ("aws_region", "c")];
        let keys = keys.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert!(Files::bucket("s3://uploads/of/mewayz", &keys).is_ok());
        for address in ["uploads", "https://example.com/uploads", "file:///tmp", ""] {
            let error = Files::bucket(address, &keys).expect_err(address).to_string();
            assert!(error.contains("files.url"), "{error}");
        }
    }
}
