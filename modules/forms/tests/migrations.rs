//! What becomes of data that is older than a migration.

use db::{Db, Json, Migration, MigrationText, sql, testing::TestDatabase};
use kernel::{Chance, Timestamp, WorkspaceId};

const FORM: &str = "frm_one";
const LATER: Timestamp = Timestamp::from_micros(1);

fn forms(name: &'static str, text: &'static str) -> Migration {
    Migration { module: "forms", name, text: MigrationText::Both(text) }
}

async fn submission(db: &Db, workspace: WorkspaceId, number: i64, answers: &str) {
    let mut tx = db.begin(workspace).await.unwrap();
    sql("insert into submission
             (workspace_id, id, form_id, number, form_version, answers, source, fingerprint, received_at)
         values ($1, $2, $3, $4, 1, $5, 'api', 0, $6)")
    .bind(workspace)
    .bind(format!("sub_{number}"))
    .bind(FORM)
    .bind(number)
    .bind(Json(answers.into()))
    .bind(LATER)
    .run(&mut tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_file_from_before_owners_is_part_of_the_first_submission_that_names_it() {
    let database = TestDatabase::create().await;
    let db = database.open().await;
    let workspace = WorkspaceId::new(LATER, &Chance::seeded(1));
    let before =
        [files::MIGRATIONS[0], forms("0001_forms", include_str!("../migrations/0001_forms.sql"))];
    db.migrate(&before, LATER).await.unwrap();
    let mut tx = db.begin(workspace).await.unwrap();
    for (id, claimed) in [("fil_a", true), ("fil_b", true), ("fil_c", false)] {
        sql("insert into file
                 (workspace_id, id, collection, name, size, content_type, sha256, created_at, claimed)
             values ($1, $2, $3, 'a', 1, 'text/plain', '', $4, $5)")
        .bind(workspace)
        .bind(id)
        .bind(FORM)
        .bind(LATER)
        .bind(claimed)
        .run(&mut tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    submission(&db, workspace, 1, r#"{"cv": ["fil_a"]}"#).await;
    submission(&db, workspace, 2, r#"{"cv": ["fil_a", "fil_c"]}"#).await;
    let after = [
        files::MIGRATIONS[1],
        forms("0002_file_owner", include_str!("../migrations/0002_file_owner.sql")),
    ];
    db.migrate(&after, LATER).await.unwrap();
    let mut tx = db.read(workspace).await.unwrap();
    let owners: Vec<(String, Option<String>)> =
        sql("select id, owner from file order by id").all(&mut tx).await.unwrap();
    let owner = |text: &str| Some(text.to_owned());
    let expected = [
        ("fil_a".to_owned(), owner("sub_1")),
        ("fil_b".to_owned(), owner(FORM)),
        ("fil_c".to_owned(), None),
    ];
    assert_eq!(owners, expected);
}
