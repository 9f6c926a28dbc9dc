//! What a searcher finds, on both engines alike.

use db::{Db, Tx, testing::TestDatabase};
use kernel::{Chance, Timestamp, WorkspaceId};
use search::{Document, Hit, Query};

const FORM: &str = "frm_one";

struct World {
    db: Db,
    acme: WorkspaceId,
    other: WorkspaceId,
    _database: TestDatabase,
}

impl World {
    async fn start() -> World {
        let database = TestDatabase::create().await;
        let db = database.open().await;
        let now = Timestamp::from_micros(1_700_000_000_000_000);
        db.migrate(search::MIGRATIONS, now).await.unwrap();
        let chance = Chance::seeded(1);
        let acme = WorkspaceId::new(now, &chance);
        let other = WorkspaceId::new(now, &chance);
        World { db, acme, other, _database: database }
    }

    async fn with(texts: &[&str]) -> World {
        let world = World::start().await;
        world.add(world.acme, FORM, texts).await;
        world
    }

    async fn add(&self, workspace: WorkspaceId, collection: &str, texts: &[&str]) {
        let documents =
            texts.iter().zip(0..).map(|(text, number)| document(number, text)).collect();
        self.index(workspace, collection, documents).await;
    }

    async fn index(&self, workspace: WorkspaceId, collection: &str, documents: Vec<Document>) {
        let mut tx = self.db.begin(workspace).await.unwrap();
        search::index(&mut tx, workspace, collection, documents).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The positions that a query finds among the first hundred.
    async fn find(&self, query: &str) -> Vec<i64> {
        self.find_in(self.acme, FORM, query).await
    }

    async fn find_in(&self, workspace: WorkspaceId, collection: &str, query: &str) -> Vec<i64> {
        let mut tx = self.db.read(workspace).await.unwrap();
        let hits = search::find(&mut tx, workspace, collection, query, None, 100).await.unwrap();
        assert!(hits.iter().all(|hit| hit.id == id(hit.position)), "{hits:?}");
        hits.into_iter().map(|hit| hit.position).collect()
    }

    async fn change(&self) -> Tx {
        self.db.begin(self.acme).await.unwrap()
    }
}

fn id(position: i64) -> String {
    format!("sub_{position}")
}

fn document(position: i64, text: &str) -> Document {
    Document::new(id(position), position, text)
}

#[tokio::test]
async fn all_words_must_be_there_and_the_newest_comes_first() {
    let world = World::with(&["red bicycle", "blue bicycle", "red car", "a bicycle, red!"]).await;
    assert_eq!(world.find("bicycle").await, [3, 1, 0]);
    assert_eq!(world.find("red bicycle").await, [3, 0]);
    assert!(world.find("green bicycle").await.is_empty());
}

#[tokio::test]
async fn the_last_word_may_be_a_beginning() {
    let world = World::with(&["annual report", "annual repair", "annually"]).await;
    assert_eq!(world.find("annual rep").await, [1, 0]);
    assert_eq!(world.find("annual").await, [2, 1, 0]);
    assert!(world.find("ann report").await.is_empty());
    assert!(world.find("\"annual rep\"").await.is_empty());
    assert_eq!(world.find("a").await, [2, 1, 0]);
}

#[tokio::test]
async fn quoted_words_stand_side_by_side() {
    let world = World::with(&["new york city", "york is new", "New\nYork"]).await;
    assert_eq!(world.find("\"new york\"").await, [2, 0]);
    assert_eq!(world.find("\"new york\" city").await, [0]);
    assert_eq!(world.find("\"new yo").await, [2, 0]);
    assert_eq!(world.find("new york").await, [2, 1, 0]);
}

#[tokio::test]
async fn addresses_and_numbers_are_found_as_they_are_written() {
    let world =
        World::with(&["anna.lee@example.com", "lee anna example com", "+43 660 1234"]).await;
    assert_eq!(world.find("anna.lee@example.com").await, [0]);
    assert_eq!(world.find("lee@exam").await, [0]);
    assert_eq!(world.find("example").await, [1, 0]);
    assert_eq!(world.find("660 1234").await, [2]);
}

#[tokio::test]
async fn case_and_accents_do_not_matter() {
    let world = World::with(&["Crème BRÛLÉE", "Große Straße", "ΑΘΉΝΑ", "Ёлка"]).await;
    assert_eq!(world.find("creme brulee").await, [0]);
    assert_eq!(world.find("CRE\u{300}ME").await, [0]);
    assert_eq!(world.find("strasse").await, [1]);
    assert_eq!(world.find("αθηνα").await, [2]);
    assert_eq!(world.find("елка").await, [3]);
}

#[tokio::test]
async fn scripts_without_spaces_are_found_by_any_run() {
    let world = World::with(&["東京タワーは高い", "京都の東", "สวัสดีครับ", "한국어로 검색"]).await;
    assert_eq!(world.find("東京").await, [0]);
    assert_eq!(world.find("タワー").await, [0]);
    assert_eq!(world.find("京").await, [1, 0]);
    assert_eq!(world.find("สวัสดี").await, [2]);
    assert_eq!(world.find("한국").await, [3]);
}

#[tokio::test]
async fn workspaces_and_collections_do_not_see_each_other() {
    let world = World::with(&["shared word"]).await;
    world.add(world.acme, "frm_two", &["nothing", "shared word"]).await;
    world.add(world.other, FORM, &["nothing", "nothing", "shared word"]).await;
    assert_eq!(world.find("shared").await, [0]);
    assert_eq!(world.find("\"shared word\"").await, [0]);
    assert_eq!(world.find_in(world.acme, "frm_two", "shared").await, [1]);
    assert_eq!(world.find_in(world.other, FORM, "shared").await, [2]);
    assert!(world.find_in(world.other, "frm_two", "shared").await.is_empty());
    assert!(world.find_in(world.acme, "frm", "shared").await.is_empty());
}

/// Collections are numbered, and 0x1 is the beginning of 0x10.
#[tokio::test]
async fn a_collections_number_is_not_the_beginning_of_anothers() {
    let world = World::start().await;
    for number in 0..40 {
        world.add(world.acme, &format!("frm_{number}"), &["0 1 2 3 a b c common"]).await;
    }
    for query in ["common", "0", "1", "a", "\"b c\""] {
        assert_eq!(world.find_in(world.acme, "frm_0", query).await, [0], "{query}");
    }
}

#[tokio::test]
async fn a_system_transaction_indexes_for_any_workspace() {
    let world = World::start().await;
    let mut tx = world.db.system("test").await.unwrap();
    for workspace in [world.acme, world.other] {
        let documents = vec![document(1, &format!("{workspace} common"))];
        search::index(&mut tx, workspace, FORM, documents).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(world.find("common").await, [1]);
    assert_eq!(world.find(&world.acme.to_string()).await, [1]);
    assert!(world.find(&world.other.to_string()).await.is_empty());
}

#[tokio::test]
async fn what_is_rolled_back_is_not_found() {
    let world = World::with(&["kept"]).await;
    let mut tx = world.change().await;
    search::index(&mut tx, world.acme, FORM, vec![document(5, "kept lost")]).await.unwrap();
    drop(tx);
    assert_eq!(world.find("kept").await, [0]);
}

#[tokio::test]
async fn a_document_indexed_again_is_replaced() {
    let world = World::with(&["first draft", "second draft"]).await;
    let mixed = vec![document(2, "third draft"), document(0, "first final")];
    world.index(world.acme, FORM, mixed.clone()).await;
    world.index(world.acme, FORM, mixed).await;
    assert_eq!(world.find("draft").await, [2, 1]);
    assert_eq!(world.find("first").await, [0]);
    assert_eq!(world.find("final").await, [0]);
}

#[tokio::test]
async fn a_document_may_move() {
    let world = World::with(&["one", "two"]).await;
    let moved = Document::new(id(0), 9, "one again");
    world.index(world.acme, FORM, vec![moved]).await;
    let mut tx = world.change().await;
    let hits = search::find(&mut tx, world.acme, FORM, "one", None, 10).await.unwrap();
    assert_eq!(hits, [Hit { id: id(0), position: 9 }]);
}

#[tokio::test]
async fn of_two_with_one_id_the_last_counts() {
    let world = World::start().await;
    let twice = vec![document(3, "early"), document(4, "other"), document(3, "late")];
    world.index(world.acme, FORM, twice).await;
    assert_eq!(world.find("late").await, [3]);
    assert!(world.find("early").await.is_empty());
}

#[tokio::test]
async fn a_position_is_taken_only_once() {
    let world = World::with(&["one"]).await;
    for position in [0, -1, search::POSITIONS] {
        let mut tx = world.change().await;
        let document = Document::new("sub_new", position, "two");
        assert!(search::index(&mut tx, world.acme, FORM, vec![document]).await.is_err());
    }
    let last = search::POSITIONS - 1;
    world.index(world.acme, FORM, vec![document(last, "three")]).await;
    assert_eq!(world.find("three").await, [last]);
}

#[tokio::test]
async fn what_is_removed_is_not_found() {
    let world = World::with(&["word", "word", "word"]).await;
    let mut tx = world.change().await;
    let ids = [id(1), "sub_unknown".into()];
    search::remove(&mut tx, world.acme, FORM, &ids).await.unwrap();
    search::remove(&mut tx, world.acme, "frm_unknown", &ids).await.unwrap();
    search::remove(&mut tx, world.acme, FORM, &[]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.find("word").await, [2, 0]);
}

#[tokio::test]
async fn a_removed_collection_takes_nothing_with_it() {
    let world = World::with(&["word", "word"]).await;
    world.add(world.acme, "frm_two", &["word"]).await;
    world.add(world.other, FORM, &["word"]).await;
    while remove_some(&world).await {}
    assert!(world.find("word").await.is_empty());
    assert_eq!(world.find_in(world.acme, "frm_two", "word").await, [0]);
    assert_eq!(world.find_in(world.other, FORM, "word").await, [0]);
    world.add(world.acme, FORM, &["fresh word"]).await;
    assert_eq!(world.find("word").await, [0]);
}

async fn remove_some(world: &World) -> bool {
    let mut tx = world.change().await;
    let more = search::remove_some(&mut tx, world.acme, FORM).await.unwrap();
    tx.commit().await.unwrap();
    more
}

#[tokio::test]
async fn a_large_collection_goes_in_parts() {
    let world = World::start().await;
    let documents = (0..5_000).map(|position| document(position, "word")).collect();
    world.index(world.acme, FORM, documents).await;
    for newest_left in [Some(4_999), Some(4_999), None] {
        assert!(remove_some(&world).await);
        let nearest = world.find("word").await;
        assert_eq!(nearest.first().copied(), newest_left);
    }
    assert!(!remove_some(&world).await);
    assert!(!remove_some(&world).await);
}

#[tokio::test]
async fn pages_have_no_gap_and_no_duplicate() {
    let world = World::start().await;
    let texts = (0..5_000).map(|number| {
        let rare = if number % 701 == 0 { "rare" } else { "" };
        document(number, &format!("common {} {rare}", number % 7))
    });
    world.index(world.acme, FORM, texts.collect()).await;
    for (query, step) in [("common", 1), ("com", 1), ("common 3", 7), ("rare", 701)] {
        let offset = if step == 7 { 3 } else { 0 };
        let expected: Vec<i64> = (0..5_000).rev().filter(|n| n % step == offset).collect();
        assert_eq!(walk(&world, query).await, expected, "{query}");
    }
}

/// Blocks of positions are searched one after the other; here most are empty, and one is far away.
#[tokio::test]
async fn pages_go_on_across_blocks_and_gaps() {
    let world = World::start().await;
    let positions = (0..300).map(|number| number * 30_011).chain([search::POSITIONS - 1]);
    let mut expected: Vec<i64> = positions.collect();
    let documents = expected.iter().map(|position| document(*position, "common word"));
    world.index(world.acme, FORM, documents.collect()).await;
    expected.reverse();
    for query in ["common", "\"common word\"", "com", "word common"] {
        assert_eq!(walk(&world, query).await, expected, "{query}");
    }
    world.index(world.acme, FORM, vec![document(1, "rare word")]).await;
    assert_eq!(world.find("rare").await, [1]);
    assert!(world.find("rarest").await.is_empty());
}

async fn walk(world: &World, query: &str) -> Vec<i64> {
    let mut tx = world.db.read(world.acme).await.unwrap();
    let mut found = Vec::new();
    let mut before = None;
    loop {
        let page = search::find(&mut tx, world.acme, FORM, query, before, 97).await.unwrap();
        let Some(last) = page.last() else { return found };
        before = Some(last.position);
        found.extend(page.iter().map(|hit| hit.position));
    }
}

const NAUGHTY: &[&str] = &[
    "",
    " ",
    "\"",
    "\"\"",
    "*",
    "-",
    "--",
    "^",
    "+",
    "(",
    ")",
    "NEAR(",
    "NEAR(word near, 2)",
    "a:b",
    "words:word",
    "{words}:a",
    "-word",
    "word*",
    "* word",
    "AND",
    "word AND",
    "OR",
    "NOT word",
    "word\0near",
    "\0",
    "🎉",
    "👩‍👩‍👧",
    "'",
    "''; drop table search_document; --",
    "\\",
    "word \\",
    "!word",
    "word & near",
    "word | near",
    "<->",
    "a <-> b",
    ":*",
    "word:*",
    "'a':A",
    "$1",
    "%",
    "_",
    "\u{301}",
    "\u{202e}",
    "\u{feff}",
    "ｗｏｒｄ",
    "\u{1f1e6}\u{1f1f9}",
    "\u{fffd}",
];

#[tokio::test]
async fn no_query_is_an_error() {
    let world = World::with(&["word near a b c'd"]).await;
    let long = "x".repeat(10_000);
    let words = "word ".repeat(2_000);
    let quotes = "\"".repeat(9_999);
    for query in NAUGHTY.iter().copied().chain([&*long, &words, &quotes]) {
        let mut tx = world.db.read(world.acme).await.unwrap();
        let found = search::find(&mut tx, world.acme, FORM, query, None, 10).await;
        assert!(found.is_ok(), "{query:?}: {found:?}");
    }
    for nothing in ["", "\"", "*", "-", "🎉", "''", "\0", "!&|", "\u{301}", &quotes] {
        assert!(world.find(nothing).await.is_empty(), "{nothing:?}");
    }
    assert_eq!(world.find(&words).await, [0]);
    assert_eq!(world.find("-word").await, [0]);
    assert_eq!(world.find("word\0near").await, [0]);
    assert_eq!(world.find("ｗｏｒｄ").await, [0]);
}

#[tokio::test]
async fn no_text_is_an_error() {
    let word = "x".repeat(10_000);
    let many: String = (0..400_000).map(|number| format!("{number} ")).collect();
    let wide: String = (0..30_000).map(|number| format!("{number}{} ", "界".repeat(3))).collect();
    let same = "same ".repeat(100_000);
    let texts = [
        "", " ", "\0", "'\\':1A", "a\0b", "🎉", "\u{301}", "a'b\\c:d", &word, &many, &wide, &same,
        "end",
    ];
    let world = World::with(&texts).await;
    assert_eq!(world.find("end").await, [12]);
    assert_eq!(world.find("same").await, [11]);
    assert_eq!(world.find(&word).await, [8]);
    assert_eq!(world.find("\"a b c d\"").await, [7]);
}

#[tokio::test]
async fn whoever_must_miss_nothing_is_given_also_what_the_index_cannot_hold_whole() {
    let numbers = |count: u32| (0..count).map(|number| format!("{number} ")).collect::<String>();
    let long = format!("{}red bicycle", numbers(16_383));
    let repeated = format!("{}red@example.com", "example com ".repeat(300));
    let whole = format!("{}green", numbers(16_382));
    let world = World::with(&["red bicycle", &long, "blue", &repeated, &whole]).await;
    let mut tx = world.db.read(world.acme).await.unwrap();
    for (text, meant) in
        [("bicycle", &[3, 1, 0][..]), ("\"red example com\"", &[3, 1]), ("green", &[4, 3, 1])]
    {
        let query = Query::or_cut(text);
        let hits = search::find(&mut tx, world.acme, FORM, query, None, 100).await.unwrap();
        let found: Vec<i64> = hits.iter().map(|hit| hit.position).collect();
        assert_eq!(found, meant, "{text}");
        let after = search::find_after(&mut tx, world.acme, FORM, query, -1, 1).await.unwrap();
        assert_eq!(Some(&after[0].position), meant.last(), "{text}");
    }
    // Whoever does not read what is found is given what surely holds the words; the mark is no word.
    assert_eq!(world.find("bicycle").await, [0]);
    assert!(world.find("_").await.is_empty() && world.find("black").await.is_empty());
}

#[tokio::test]
async fn a_search_goes_on_to_newer_ones_nearest_first() {
    let world = World::with(&["red", "blue", "red", "red", "blue", "red"]).await;
    // Further away than one step over blocks reaches.
    world
        .index(world.acme, FORM, vec![document(40 << 16, "red"), document(41 << 16, "blue")])
        .await;
    let mut tx = world.db.read(world.acme).await.unwrap();
    for (after, limit, expected) in [
        (-1, 2, vec![0, 2]),
        (0, 2, vec![2, 3]),
        (2, 9, vec![3, 5, 40 << 16]),
        (5, 1, vec![40 << 16]),
        (40 << 16, 9, vec![]),
        (i64::MAX, 9, vec![]),
    ] {
        let hits =
            search::find_after(&mut tx, world.acme, FORM, "red", after, limit).await.unwrap();
        let found: Vec<i64> = hits.iter().map(|hit| hit.position).collect();
        assert_eq!(found, expected, "after {after}");
    }
}

/// Every transaction leaves a segment behind; with too many of them each search would ask them all.
#[tokio::test]
async fn tidying_ends_and_changes_no_answer() {
    let world = World::start().await;
    for position in 0..40 {
        world.index(world.acme, FORM, vec![document(position, "common word")]).await;
    }
    let mut steps = 0;
    loop {
        let mut tx = world.db.begin(world.acme).await.unwrap();
        let more = search::tidy(&mut tx, 16).await.unwrap();
        tx.commit().await.unwrap();
        if !more {
            break;
        }
        steps += 1;
        assert!(steps < 1_000, "it goes on for ever");
    }
    assert_eq!(steps > 0, world.db.engine() == db::Engine::Sqlite);
    assert_eq!(world.find("common").await.len(), 40);
}

/// What the tables of FTS5 hold, as text.
async fn words_on_disk(world: &World) -> String {
    let mut tx = world.db.system_read("a test looks into the index").await.unwrap();
    let blocks: Vec<(String,)> =
        db::sql("select hex(block) from search_text_data").all(&mut tx).await.unwrap();
    blocks.into_iter().map(|(block,)| block).collect()
}

#[tokio::test]
async fn purged_words_are_gone_from_the_index_itself() {
    let world = World::with(&["plain words", "quixotic words", "more words"]).await;
    for number in 3..40 {
        world.index(world.acme, FORM, vec![document(number, "words again")]).await;
    }
    let mut tx = world.change().await;
    search::remove(&mut tx, world.acme, FORM, &[id(1)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut steps = 0;
    loop {
        let mut tx = world.change().await;
        let more = search::purge(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        steps += 1;
        if !more {
            break;
        }
        assert!(steps < 1_000, "it ends");
    }
    assert_eq!(world.find("words").await.len(), 39);
    assert_eq!(world.find("plain").await, [0]);
    assert!(world.find("quixotic").await.is_empty());
    if world.change().await.engine() == db::Engine::Sqlite {
        // "uixotic", for a word begins with what it has in common with the one before.
        assert!(!words_on_disk(&world).await.contains("7569786F746963"));
    }
}
