//! A place in the list of submissions, carried along in addresses so that one comes back to it.

use kernel::{Error, Fields, Result};
use web::Paging;

use super::{
    column::{self, Column},
    filter::Filter,
    tray::Tray,
    walk::From,
};
use crate::ids::SavedViewId;

/// Which end of the list comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Newest,
    Oldest,
}

impl Order {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::Oldest => "oldest",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Self> {
        [Order::Newest, Order::Oldest].into_iter().find(|order| order.as_str() == word)
    }

    /// From where the first part begins.
    pub(crate) fn start(self) -> From {
        match self {
            Order::Newest => From::TOP,
            Order::Oldest => From::BOTTOM,
        }
    }

    /// On from a number.
    pub(crate) fn on(self, number: i64) -> From {
        match self {
            Order::Newest => From::Before(number),
            Order::Oldest => From::After(number),
        }
    }

    /// Back from a number.
    pub(crate) fn back(self, number: i64) -> From {
        match self {
            Order::Newest => From::After(number),
            Order::Oldest => From::Before(number),
        }
    }
}

/// What is listed, in which order, and which part of it: the query of an address.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) filter: Filter,
    pub(crate) order: Order,
    pub(crate) limit: Option<i64>,
    cursor: Option<String>,
    /// The part that ends at this number, in place of the one that goes on at the cursor; on pages alone.
    pub(crate) after: Option<i64>,
    /// The columns in their order; nothing for the usual ones.
    pub(crate) columns: Option<Vec<Column>>,
    /// The view that one looks at, or started from.
    pub(crate) view: Option<SavedViewId>,
    /// Whether the address says itself what is listed, beside a view that it may name.
    pub(crate) says: bool,
    /// Whether open and archived ones are asked for by name, where people else see what is open.
    kept: bool,
    /// A name that is not a list's.
    unknown: Option<String>,
    /// Words among the columns that cannot name one; on pages alone, where they are left out and told.
    pub(crate) strange: Vec<String>,
}

impl Place {
    /// Reads names and values; what is not a list's is left alone.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self> {
        let mut problems = Fields::new();
        let mut place = Place::listed(pairs, &mut problems);
        place.columns = columns(words(pairs), &mut problems);
        problems.into_result()?;
        Ok(place)
    }

    /// All but the columns.
    fn listed(pairs: &[(String, String)], problems: &mut Fields) -> Self {
        let mut place = Place::default();
        for (name, value) in pairs {
            if place.filter.take(name, value, problems) {
                place.kept |= name == "tray" && value.trim() == "kept";
                place.says |= !value.trim().is_empty();
                continue;
            }
            if value.is_empty() {
                continue;
            }
            place.says |= matches!(name.as_str(), "order" | "columns");
            match name.as_str() {
                "order" => match Order::named(value) {
                    Some(order) => place.order = order,
                    None => problems.push("order", "not_an_option", "Use newest or oldest."),
                },
                "view" => match value.parse() {
                    Ok(id) => place.view = Some(id),
                    Err(_) => problems.push("view", "invalid", "Use the id of a view."),
                },
                // Read together: a form of a page sends one pair a column.
                "columns" => {}
                "limit" => match value.parse() {
                    Ok(limit) => place.limit = Some(limit),
                    Err(_) => problems.push("limit", "invalid", "Use a whole number."),
                },
                "cursor" => place.cursor = Some(value.clone()),
                "after" => match value.parse() {
                    Ok(number) => place.after = Some(number),
                    Err(_) => problems.push("after", "invalid", "Use the number of a submission."),
                },
                _ => place.unknown = Some(name.clone()),
            }
        }
        place
    }

    /// Reads a query that stands for many submissions: every name in it must be a list's.
    pub(crate) fn of_query(query: &str) -> Result<Self> {
        let unreadable =
            |_| Error::invalid("filter", "invalid", "Write it as a query: status=done&tag=vip.");
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(unreadable)?;
        let place = Place::read(&pairs)?;
        place.require_known()?;
        if place.view.is_some() {
            let message = "A view is no filter. Send the filter that the view has.";
            return Err(Error::invalid("filter", "unknown_filter", message));
        }
        Ok(place)
    }

    /// Everything that a view holds: what is listed, in which order, and what of it is shown.
    pub(crate) fn of(filter: Filter, order: Order, columns: Option<Vec<Column>>) -> Self {
        Place { kept: filter.tray.is_none(), filter, order, columns, ..Place::default() }
    }

    /// What a view lists, whatever that is.
    pub(crate) fn of_view(view: SavedViewId) -> Self {
        Place { view: Some(view), ..Place::default() }
    }

    /// Lists what a view does, where the address only names the view.
    pub(crate) fn follow(&mut self, view: Place) {
        if !self.says {
            let Place { filter, order, columns, kept, .. } = view;
            *self = Place { filter, order, columns, kept, ..self.clone() };
        }
    }

    /// Whether the same is listed in the same way.
    pub(crate) fn lists_as(&self, other: &Place) -> bool {
        self.filter.is_same(&other.filter)
            && self.order == other.order
            && self.columns == other.columns
    }

    /// What is wrong where a slip of the pen would do something with all: every name must be a list's.
    fn require_known(&self) -> Result<()> {
        self.unknown.as_ref().map_or(Ok(()), |name| {
            let message = format!("There is no filter “{name}”.");
            Err(Error::invalid("filter", "unknown_filter", message))
        })
    }

    /// As [`Place::read`], for people: they see what is open unless they ask for something else, and an old
    /// address with a word that names no column still shows the list.
    pub(crate) fn seen_by_people(pairs: &[(String, String)]) -> Result<Self> {
        let mut problems = Fields::new();
        let mut place = Place::listed(pairs, &mut problems);
        let (known, strange): (Vec<&str>, Vec<&str>) =
            words(pairs).partition(|word| column::is_name(word));
        place.columns = columns(known.into_iter(), &mut problems);
        place.strange = strange.into_iter().map(str::to_owned).collect();
        problems.into_result()?;
        let named = pairs.iter().any(|(name, value)| name == "tray" && !value.is_empty());
        if !named && (place.says || place.view.is_none()) {
            place.filter.tray = Some(Tray::Open);
        }
        Ok(place)
    }

    /// As [`Place::seen_by_people`], of the query that a page sends along with what is done on it.
    pub(crate) fn seen_in(query: &str) -> Result<Self> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|error| Error::Malformed(format!("The list cannot be read: {error}.")))?;
        Place::seen_by_people(&pairs)
    }

    /// Rows of a part, and the number that it goes on from.
    pub(crate) fn paging(&self) -> Result<(usize, Option<i64>)> {
        let paging = Paging { limit: self.limit, cursor: self.cursor.clone() };
        let limit = usize::try_from(paging.limit()?).map_err(Error::internal)?;
        Ok((limit, paging.place()?))
    }

    /// The words searched for; empty for all.
    pub(crate) fn words(&self) -> &str {
        self.filter.words.as_deref().unwrap_or_default()
    }

    /// The first part of the same list.
    pub(crate) fn first(&self) -> Self {
        Place { cursor: None, after: None, ..self.clone() }
    }

    /// The first part of a list of other submissions.
    pub(crate) fn with(&self, filter: Filter) -> Self {
        Place { filter, ..self.first() }
    }

    /// The first part of the same list with other columns.
    pub(crate) fn showing(&self, columns: Option<Vec<Column>>) -> Self {
        Place { columns, ..self.first() }
    }

    /// The same without a view.
    pub(crate) fn without_view(&self) -> Self {
        Place { view: None, ..self.first() }
    }

    /// The part that goes on at a number.
    pub(crate) fn older(&self, number: i64) -> Self {
        Place { cursor: Some(number.to_string()), ..self.first() }
    }

    /// The part that ends at a number.
    pub(crate) fn newer(&self, number: i64) -> Self {
        Place { after: Some(number), ..self.first() }
    }

    /// Names and values, of which [`Place::read`] makes the same.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = self.filter.pairs();
        let mut put = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if self.kept && self.filter.tray.is_none() {
            put("tray", "kept".to_owned());
        }
        if self.order != Order::default() {
            put("order", self.order.as_str().to_owned());
        }
        if let Some(columns) = &self.columns {
            let words: Vec<String> = columns.iter().map(ToString::to_string).collect();
            put("columns", words.join(","));
        }
        self.view.iter().for_each(|view| put("view", view.to_string()));
        self.cursor.iter().for_each(|cursor| put("cursor", cursor.clone()));
        self.after.iter().for_each(|after| put("after", after.to_string()));
        pairs
    }

    /// The query of an address.
    pub(crate) fn query(&self) -> String {
        // Cannot fail: names and values are texts.
        serde_urlencoded::to_string(self.pairs()).unwrap_or_default()
    }

    /// An address with this place in it.
    pub(crate) fn on(&self, address: &str) -> String {
        let query = self.query();
        if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
    }
}

/// `?columns=name,number`, also as several pairs of that name.
fn words(pairs: &[(String, String)]) -> impl Iterator<Item = &str> {
    let named = pairs.iter().filter(|(name, _)| name == "columns");
    named.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|it| !it.is_empty())
}

fn columns<'a>(words: impl Iterator<Item = &'a str>, problems: &mut Fields) -> Option<Vec<Column>> {
    let columns = column::named(words, |_| "columns".to_owned(), problems);
    (!columns.is_empty()).then_some(columns)
}
