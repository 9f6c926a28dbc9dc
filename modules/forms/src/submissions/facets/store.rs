//! All SQL about facets.

use std::collections::HashMap;

use db::{Insert, ToValue, Tx, sql};
use kernel::Result;

use super::{Term, bits::Bits};
use crate::ids::FormId;

/// Terms of one statement.
const MOST: usize = 256;

/// Says from which number on a form's answers are told apart; what was said first stays.
pub(crate) async fn insert_start(tx: &mut Tx, form: FormId, number: i64) -> Result<()> {
    sql("insert into submission_facet_start (workspace_id, form_id, number) values ($1, $2, $3)
         on conflict (workspace_id, form_id) do nothing")
    .bind(tx.workspace())
    .bind(form)
    .bind(number)
    .run(tx)
    .await
    .map(|_| ())
}

pub(crate) async fn find_start(tx: &mut Tx, form: FormId) -> Result<Option<i64>> {
    let found: Option<(i64,)> =
        sql("select number from submission_facet_start where workspace_id = $1 and form_id = $2")
            .bind(tx.workspace())
            .bind(form)
            .optional(tx)
            .await?;
    Ok(found.map(|(number,)| number))
}

/// The bits of some terms in one block.
pub(crate) async fn list_bits(
    tx: &mut Tx,
    form: FormId,
    block: i64,
    terms: Vec<&str>,
) -> Result<HashMap<String, Bits>> {
    let mut stored = HashMap::new();
    for some in terms.chunks(MOST) {
        let rows: Vec<(String, String)> = sql("select term, bits from submission_facet
             where workspace_id = $1 and form_id = $2 and block = $3 and term in")
        .bind(tx.workspace())
        .bind(form)
        .bind(block)
        .bind_list(some.iter().copied())
        .all(tx)
        .await?;
        stored.extend(rows.into_iter().map(|(term, bits)| (term, Bits::from_text(&bits))));
    }
    Ok(stored)
}

const SAVE: Insert<6> = Insert {
    table: "submission_facet",
    columns: ["workspace_id", "form_id", "field", "term", "block", "bits"],
    suffix: "on conflict (workspace_id, form_id, field, term, block) do update set bits = excluded.bits",
};

pub(crate) async fn save_bits(
    tx: &mut Tx,
    form: FormId,
    block: i64,
    terms: Vec<(Term, Bits)>,
) -> Result<()> {
    let workspace = tx.workspace();
    let row = |((field, term), bits): (Term, Bits)| {
        [
            workspace.value(),
            form.value(),
            field.value(),
            term.value(),
            block.value(),
            bits.to_text().value(),
        ]
    };
    let rows = terms.into_iter().map(row).collect();
    SAVE.run(tx, rows).await.map(|_| ())
}

/// What the terms of a field are called.
pub(crate) async fn list_names(tx: &mut Tx, form: FormId, field: &str) -> Result<Vec<(String,)>> {
    sql("select distinct term from submission_facet where workspace_id = $1 and form_id = $2 and field = $3")
        .bind(tx.workspace())
        .bind(form)
        .bind(field)
        .all(tx)
        .await
}

/// Forgets a term that no submission has.
pub(crate) async fn delete_term(tx: &mut Tx, form: FormId, field: &str, term: &str) -> Result<()> {
    sql("delete from submission_facet
         where workspace_id = $1 and form_id = $2 and field = $3 and term = $4")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .bind(term)
    .run(tx)
    .await
    .map(|_| ())
}

/// All terms of a field in the blocks from `first` to `last`.
pub(crate) async fn list_field(
    tx: &mut Tx,
    form: FormId,
    field: &str,
    (first, last): (i64, i64),
) -> Result<Vec<(i64, String, String)>> {
    sql("select block, term, bits from submission_facet
         where workspace_id = $1 and form_id = $2 and field = $3 and block >= $4 and block <= $5")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .bind(first)
    .bind(last)
    .all(tx)
    .await
}

/// Some terms of a field in the blocks from `first` to `last`.
pub(crate) async fn list_terms(
    tx: &mut Tx,
    form: FormId,
    field: &str,
    terms: &[String],
    (first, last): (i64, i64),
) -> Result<Vec<(i64, String, String)>> {
    sql("select block, term, bits from submission_facet
         where workspace_id = $1 and form_id = $2 and field = $3 and block >= $4 and block <= $5 and term in")
    .bind(tx.workspace())
    .bind(form)
    .bind(field)
    .bind(first)
    .bind(last)
    .bind_list(terms)
    .all(tx)
    .await
}
