//! The key under all secrets: from the environment, or a file made at the first start.

use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use kernel::{Chance, Error, Result};

/// The variable that holds the key as 64 hex digits.
const VARIABLE: &str = "MEWAYZ_MASTER_KEY";

/// The key of the environment or of the data folder, where it is made when missing (mode 0600).
pub fn load(data: &Path, chance: &Chance) -> Result<[u8; 32]> {
    if let Ok(text) = std::env::var(VARIABLE) {
        return decode(text.trim())
            .ok_or_else(|| Error::Malformed(format!("{VARIABLE} must be 64 hex digits")));
    }
    let path = data.join("master.key");
    match std::fs::read_to_string(&path) {
        Ok(text) => decode(text.trim())
            .ok_or_else(|| Error::Malformed(format!("{} must hold 64 hex digits", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => make(&path, chance),
        Err(error) => Err(Error::Malformed(format!("{}: {error}", path.display()))),
    }
}

fn make(path: &Path, chance: &Chance) -> Result<[u8; 32]> {
    let key = chance.bytes::<32>();
    let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(Error::internal)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::internal)?;
    Ok(key)
}

fn decode(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(key)
}
