//! A place in the list of submissions, carried along in addresses so that one comes back to it.

use kernel::{Error, Fields, Result};
use web::Paging;

use super::{filter::Filter, tray::Tray, walk::From};

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
    /// A name that is not a list's.
    unknown: Option<String>,
}

impl Place {
    /// Reads names and values; what is not a list's is left alone.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self> {
        let (mut place, mut problems) = (Place::default(), Fields::new());
        for (name, value) in pairs {
            if place.filter.take(name, value, &mut problems) || value.is_empty() {
                continue;
            }
            match name.as_str() {
                "order" => match value.as_str() {
                    "newest" => place.order = Order::Newest,
                    "oldest" => place.order = Order::Oldest,
                    _ => problems.push("order", "not_an_option", "Use newest or oldest."),
                },
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
        problems.into_result().map_err(Error::from)?;
        Ok(place)
    }

    /// Reads a query that stands for many submissions: every name in it must be a list's.
    pub(crate) fn of_query(query: &str) -> Result<Self> {
        let unreadable =
            |_| Error::invalid("filter", "invalid", "Write it as a query: status=done&tag=vip.");
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(unreadable)?;
        let place = Place::read(&pairs)?;
        place.require_known()?;
        Ok(place)
    }

    /// What is wrong where a slip of the pen would do something with all: every name must be a list's.
    fn require_known(&self) -> Result<()> {
        self.unknown.as_ref().map_or(Ok(()), |name| {
            let message = format!("There is no filter “{name}”.");
            Err(Error::invalid("filter", "unknown_filter", message))
        })
    }

    /// As [`Place::read`], for people: they see what is open unless they ask for something else.
    pub(crate) fn seen_by_people(pairs: &[(String, String)]) -> Result<Self> {
        let mut place = Place::read(pairs)?;
        if !pairs.iter().any(|(name, value)| name == "tray" && !value.is_empty()) {
            place.filter.tray = Some(Tray::Open);
        }
        Ok(place)
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
        if self.order != Order::default() {
            put("order", self.order.as_str().to_owned());
        }
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
