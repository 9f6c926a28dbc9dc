//! Forgetting an address: whether it wants mails, and that it was asked.

use db::Tx;
use kernel::Result;

use super::store;

/// Addresses that are known, each once, which begin so before the sign; in small letters.
pub async fn known_spellings(tx: &mut Tx, local: &str) -> Result<Vec<String>> {
    let beginning = format!("{local}@");
    let mut known = store::list_refusing(tx, &beginning).await?;
    known.extend(store::list_asked(tx, &beginning).await?);
    known.sort_unstable();
    known.dedup();
    Ok(known)
}

/// Forgets that these want no mails, or have said yes to them.
pub async fn forget_addresses(tx: &mut Tx, addresses: &[String]) -> Result<()> {
    for address in addresses {
        store::forget(tx, address).await?;
    }
    Ok(())
}
