//! Typed ids: a prefix and a UUIDv7 in base32, sortable by birth (the TypeID specification 0.3).

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

use crate::{Chance, Timestamp};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const SUFFIX: usize = 26;

/// What an id points at; `PREFIX` is three lower-case letters.
pub trait IdKind: 'static {
    /// The letters before the underscore, such as `frm`.
    const PREFIX: &'static str;
}

/// Declares `FormId` with the prefix `frm`: `typed_id!(pub FormId, FormKind, "frm")`.
#[macro_export]
macro_rules! typed_id {
    ($(#[$meta:meta])* $vis:vis $name:ident, $kind:ident, $prefix:literal) => {
        #[doc = concat!("Marks ids that begin with `", $prefix, "_`.")]
        #[derive(Debug)]
        $vis struct $kind;
        impl $crate::IdKind for $kind {
            const PREFIX: &'static str = $prefix;
        }
        $(#[$meta])*
        $vis type $name = $crate::Id<$kind>;
    };
}

/// An id of one kind of thing; text form `frm_01j…`, 26 base32 letters after the prefix.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K: IdKind> Id<K> {
    /// A fresh id, born now.
    pub fn new(now: Timestamp, chance: &Chance) -> Self {
        let random = chance.bytes::<10>();
        let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
        let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        Id(uuid, PhantomData)
    }

    /// The id that a UUID stands for.
    pub fn from_uuid(uuid: Uuid) -> Self {
        Id(uuid, PhantomData)
    }
}

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidId(&'static str);

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected an id that looks like {}_ and {SUFFIX} letters", self.0)
    }
}

impl std::error::Error for InvalidId {}

impl<K: IdKind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.as_u128();
        let mut text = [0_u8; SUFFIX];
        for (index, letter) in text.iter_mut().enumerate() {
            let shift = 5 * (SUFFIX - 1 - index);
            *letter = ALPHABET[((value >> shift) & 31) as usize];
        }
        f.write_str(K::PREFIX)?;
        f.write_str("_")?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl<K: IdKind> FromStr for Id<K> {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        decode(K::PREFIX, text).map(Self::from_uuid).ok_or(InvalidId(K::PREFIX))
    }
}

fn decode(prefix: &str, text: &str) -> Option<Uuid> {
    let letters = text.strip_prefix(prefix)?.strip_prefix('_')?.as_bytes();
    // 26 letters carry 130 bits, so the first may only be 0 to 7.
    if letters.len() != SUFFIX || letters[0] > b'7' {
        return None;
    }
    let mut value = 0_u128;
    for letter in letters {
        let digit = ALPHABET.iter().position(|known| known == letter)?;
        value = value << 5 | digit as u128;
    }
    Some(Uuid::from_u128(value))
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: IdKind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K: IdKind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, K: IdKind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}
impl<K: IdKind> utoipa::PartialSchema for Id<K> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(format!("^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$", K::PREFIX)))
            .into()
    }
}
impl<K: IdKind> utoipa::ToSchema for Id<K> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}_id", K::PREFIX).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    typed_id!(PrefixId, PrefixKind, "prefix");

    /// From the valid.yml of the TypeID specification.
    #[test]
    fn agrees_with_the_specification() {
        let uuid = Uuid::parse_str("0110c853-1d09-52d8-d73e-1194e95b5f19").unwrap();
        let id = PrefixId::from_uuid(uuid);
        assert_eq!(id.to_string(), "prefix_0123456789abcdefghjkmnpqrs");
        assert_eq!("prefix_0123456789abcdefghjkmnpqrs".parse(), Ok(id));
        let last = "prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz".parse::<PrefixId>().unwrap();
        assert_eq!(last.0, Uuid::max());
    }

    #[test]
    fn refuses_what_is_not_an_id() {
        for wrong in [
            "",
            "prefix_",
            "other_0123456789abcdefghjkmnpqrs",
            "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz",
            "prefix_0123456789ABCDEFGHJKMNPQRS",
            "prefix_0123456789abcdefghjkmnpqru",
            "prefix_é",
        ] {
            assert!(wrong.parse::<PrefixId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn later_ids_sort_after_earlier_ones_as_text() {
        let chance = Chance::seeded(7);
        let early = PrefixId::new(Timestamp::from_micros(1_700_000_000_000_000), &chance);
        let late = PrefixId::new(Timestamp::from_micros(1_700_000_000_001_000), &chance);
        assert!(early.to_string() < late.to_string());
    }
}
