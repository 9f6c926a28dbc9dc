//! Word of a changed form for all processes, which keep published forms in memory.

use db::Tx;

use super::Form;

/// Names the form by its id.
pub(crate) const SIGNAL: &str = "form";
/// Names the form by its public id.
pub(crate) const PUBLIC_SIGNAL: &str = "form_page";

/// Lets all processes forget the form once the transaction is committed.
pub(crate) fn announce(tx: &mut Tx, form: &Form) {
    tx.signal(SIGNAL, form.id.to_string());
    tx.signal(PUBLIC_SIGNAL, form.public_id.clone());
}
