//! Under which keys a person is kept: sealed for as long as they are looked for, and hashed for good.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use kernel::{Chance, Error, Result, Seal, WorkspaceId};
use sha2::Sha256;

use super::{ErasureId, person::Person};

/// The keys of erasures; cheap to clone.
#[derive(Clone)]
pub(crate) struct Secrets {
    seal: Seal,
    hash: Hmac<Sha256>,
}

impl Secrets {
    /// Keys of their own, made of the master key.
    pub(crate) fn derive(master_key: &[u8; 32]) -> Self {
        let key = Hmac::<Sha256>::new_from_slice(master_key);
        let key = key.expect("a key has any length").chain_update("mewayz erasures");
        let hash = Hmac::<Sha256>::new_from_slice(&key.finalize().into_bytes());
        let hash = hash.expect("a key has any length");
        Secrets { seal: Seal::derive(master_key, "erasures"), hash }
    }

    /// What proves later that this person was erased, to whoever knows the address; of no use elsewhere.
    pub(super) fn hash(&self, workspace: WorkspaceId, person: &Person) -> String {
        let text = format!("{workspace} {}", person.address());
        let digest = self.hash.clone().chain_update(text).finalize().into_bytes();
        digest.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    pub(super) fn close(&self, chance: &Chance, id: ErasureId, person: &Person) -> Result<String> {
        let plain = serde_json::to_string(&(person.email(), person.text()));
        self.seal.close(chance, &id.to_string(), &plain.map_err(Error::internal)?)
    }

    pub(super) fn open(&self, id: ErasureId, sealed: &str) -> Result<Person> {
        let plain = self.seal.open(&id.to_string(), sealed)?;
        let (email, text): (String, Option<String>) =
            serde_json::from_str(&plain).map_err(Error::internal)?;
        Person::named(&email, text.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;

    #[test]
    fn one_person_has_one_hash_in_one_workspace() {
        let (secrets, chance) = (Secrets::derive(&[7; 32]), Chance::seeded(1));
        let [here, there] = [1, 2].map(|at| WorkspaceId::new(Timestamp::from_micros(at), &chance));
        let [one, same, other] = ["Ann@Example.com", "ann@example.COM", "bob@example.com"]
            .map(|email| Person::named(email, None).unwrap());
        assert_eq!(secrets.hash(here, &one), secrets.hash(here, &same));
        assert_ne!(secrets.hash(here, &one), secrets.hash(there, &one));
        assert_ne!(secrets.hash(here, &one), secrets.hash(here, &other));
        assert_ne!(secrets.hash(here, &one), Secrets::derive(&[8; 32]).hash(here, &one));
        let id = ErasureId::new(Timestamp::from_micros(1), &chance);
        let sealed = secrets.close(&chance, id, &one).unwrap();
        assert!(secrets.open(id, &sealed).unwrap() == one && !sealed.contains("xample"));
    }
}
