//! The counts of this process: gathered in memory, and written together about once a second. Whoever looks at a form
//! waits for no disk; a process that dies may lose the last second. What counts once is known by a mark: a process
//! alone remembers those it has heard, and where several write to one database, that knows them all.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::{Result, Timestamp, fingerprint};
use tokio::sync::mpsc;
use web::House;

use super::{Count, Figure, Place, source::OTHER, store};
use crate::{ids::FormId, published::Published};

/// How long counts are gathered.
const GATHERING: Duration = Duration::from_secs(1);
/// Places that may wait to be written; what finds none free is not counted.
const MOST_PLACES: usize = 50_000;
/// The same of what counts once.
const MOST_MARKS: usize = 200_000;
/// What was heard lately, in two halves: of each this many.
const REMEMBERED: usize = 200_000;
/// Sources of one form on one day that are told apart.
pub(crate) const MOST_SOURCES: usize = 50;
/// The same of all forms together.
const MOST_KNOWN: usize = 200_000;
/// In microseconds.
const DAY: i64 = 86_400_000_000;

/// Counts visits; cheap to clone.
#[derive(Clone)]
pub(crate) struct Visits {
    gathered: Arc<Mutex<Gathered>>,
    wake: mpsc::Sender<()>,
}

#[derive(Default)]
struct Gathered {
    counts: BTreeMap<Place, Count>,
    /// Marks among them.
    marked: usize,
    heard: Heard,
    sources: Sources,
}

impl Visits {
    /// Starts whoever writes; they end, having written the rest, when nobody counts any more.
    pub(crate) fn start(house: Arc<House>) -> Self {
        let gathered = Arc::<Mutex<Gathered>>::default();
        let (wake, woken) = mpsc::channel(1);
        tokio::spawn(write(house, gathered.clone(), woken));
        Visits { gathered, wake }
    }

    /// The form was shown, with this page of it; the key is the page's own.
    pub(crate) fn shown(&self, form: &Published, key: &str, source: &str, page: &str) {
        self.gather(|gathered| {
            gathered.add((form.workspace, form.form, Figure::View, source.to_owned()), 1, None);
            gathered.once(form, key, Figure::Page, page);
        });
    }

    /// Somebody began; once, however often it is told.
    pub(crate) fn began(&self, form: &Published, key: &str) {
        self.once(form, key, Figure::Start, "");
    }

    /// Somebody went on from a page, to another or to the end.
    pub(crate) fn passed(&self, form: &Published, key: &str, from: &str, to: Option<&str>) {
        self.once(form, key, Figure::Passed, from);
        if let Some(to) = to {
            self.once(form, key, Figure::Page, to);
        }
    }

    /// The source, or [`OTHER`] where the form has too many today.
    pub(crate) fn known(&self, form: &Published, now: Timestamp, source: String) -> String {
        let day = now.micros().div_euclid(DAY);
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if gathered.sources.knows(form.form, day, &source) { source } else { OTHER.to_owned() }
    }

    fn once(&self, form: &Published, key: &str, figure: Figure, term: &str) {
        self.gather(|gathered| gathered.once(form, key, figure, term));
    }

    fn gather(&self, work: impl FnOnce(&mut Gathered)) {
        work(&mut self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        // Whoever is awake already finds this too.
        let _ = self.wake.try_send(());
    }
}

impl Gathered {
    fn once(&mut self, form: &Published, key: &str, figure: Figure, term: &str) {
        let mark = fingerprint(format!("{} {key} {} {term}", form.form, figure.as_str()));
        if self.heard.is_new(mark) {
            self.add((form.workspace, form.form, figure, term.to_owned()), 0, [mark]);
        }
    }

    fn add(&mut self, place: Place, times: i64, marks: impl IntoIterator<Item = i64>) {
        if self.counts.len() < MOST_PLACES || self.counts.contains_key(&place) {
            let count = self.counts.entry(place).or_default();
            count.times += times;
            let before = count.marks.len();
            count.marks.extend(marks.into_iter().take(MOST_MARKS.saturating_sub(self.marked)));
            self.marked += count.marks.len() - before;
        }
    }

    /// What is to be written; from now on it is gathered anew.
    fn take(&mut self) -> BTreeMap<Place, Count> {
        self.marked = 0;
        std::mem::take(&mut self.counts)
    }
}

/// What was heard lately: a repeat is not counted. When one half is full the older one is forgotten.
#[derive(Default)]
struct Heard {
    now: HashSet<i64>,
    before: HashSet<i64>,
}

impl Heard {
    fn is_new(&mut self, mark: i64) -> bool {
        if self.now.len() >= REMEMBERED {
            self.before = std::mem::take(&mut self.now);
        }
        !self.before.contains(&mark) && self.now.insert(mark)
    }
}

/// The sources of each form that are told apart today: anybody can make up new ones.
#[derive(Default)]
struct Sources {
    day: i64,
    of_form: HashMap<FormId, HashSet<String>>,
    count: usize,
}

impl Sources {
    fn knows(&mut self, form: FormId, day: i64, source: &str) -> bool {
        if self.day != day {
            *self = Sources { day, ..Sources::default() };
        }
        let known = self.of_form.entry(form).or_default();
        if known.contains(source) {
            return true;
        }
        let room = known.len() < MOST_SOURCES && self.count < MOST_KNOWN;
        if room {
            known.insert(source.to_owned());
            self.count += 1;
        }
        room
    }
}

async fn write(house: Arc<House>, gathered: Arc<Mutex<Gathered>>, mut woken: mpsc::Receiver<()>) {
    let mut is_open = true;
    while is_open {
        is_open = woken.recv().await.is_some();
        if is_open {
            tokio::time::sleep(GATHERING).await;
        }
        let counts = gathered.lock().unwrap_or_else(PoisonError::into_inner).take();
        if counts.is_empty() {
            continue;
        }
        let (shared, held) = (house.clone(), counts.clone());
        let written = house.db.apart(async move { store_counts(&shared, held).await }).await;
        if let Err(error) = written.flatten() {
            tracing::warn!(?error, "visits could not be counted yet");
            let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
            for (place, count) in counts {
                gathered.add(place, count.times, count.marks);
            }
        }
    }
}

async fn store_counts(house: &House, counts: BTreeMap<Place, Count>) -> Result<()> {
    let mut tx = house.db.system("counts of visits are those of many workspaces").await?;
    store::add(&mut tx, counts, house.clock.now()).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    #[test]
    fn a_form_has_so_many_sources_a_day() {
        let form = |seed| FormId::new(Timestamp::from_micros(0), &Chance::seeded(seed));
        let mut sources = Sources::default();
        for number in 0..MOST_SOURCES {
            assert!(sources.knows(form(1), 5, &number.to_string()));
        }
        assert!(!sources.knows(form(1), 5, "one more") && sources.knows(form(1), 5, "0"));
        assert!(sources.knows(form(2), 5, "one more") && sources.knows(form(1), 6, "one more"));
    }
}
