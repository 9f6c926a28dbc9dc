//! In which encoding a text file is written, and its text piece by piece.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::choices::Few;

/// How a file writes its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Latin-1 and what Windows added to it.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Few for Encoding {
    const ALL: &'static [(Self, &'static str, &'static str)] = &[
        (Encoding::Utf8, "utf-8", "UTF-8"),
        (Encoding::Windows1252, "windows-1252", "Western (Windows-1252, Latin-1)"),
        (Encoding::Utf16Le, "utf-16le", "UTF-16, little endian"),
        (Encoding::Utf16Be, "utf-16be", "UTF-16, big endian"),
    ];
}

impl Encoding {
    fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// Bytes that are no text of the encoding that was named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Undecodable;

/// Makes text of bytes; a byte order mark at the beginning is left out.
pub(crate) struct Decoder(encoding_rs::Decoder);

impl Decoder {
    pub(crate) fn new(encoding: Encoding) -> Self {
        Decoder(encoding.standard().new_decoder_with_bom_removal())
    }

    /// Appends the text of the next bytes; `last` when none follow.
    pub(crate) fn decode(
        &mut self,
        bytes: &[u8],
        last: bool,
        text: &mut String,
    ) -> Result<(), Undecodable> {
        let most = self.0.max_utf8_buffer_length_without_replacement(bytes.len());
        text.reserve(most.unwrap_or(bytes.len() * 4));
        match self.0.decode_to_string_without_replacement(bytes, text, last).0 {
            encoding_rs::DecoderResult::InputEmpty => Ok(()),
            _ => Err(Undecodable),
        }
    }
}

/// Looks at all bytes of a file while they pass.
pub(crate) struct Sniffer {
    head: Vec<u8>,
    bytes: u64,
    /// NUL bytes at even and at odd places.
    nuls: [u64; 2],
    is_utf8: bool,
    /// A character that the last piece broke off.
    begun: Vec<u8>,
}

/// The first bytes of what people take for a table of text and is none.
const FOREIGN: [(&[u8], &str); 3] = [
    (
        b"PK\x03\x04",
        "This is an Excel workbook or another ZIP file. Save it as CSV, and import that.",
    ),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save it as CSV, and import that."),
    (b"PAR1", "This is a Parquet file. Write it as CSV or JSON lines, and import that."),
];

const BINARY: &str = "This is not a text file. Send CSV or JSON lines, as UTF-8 if you can choose.";

impl Sniffer {
    pub(crate) fn new() -> Self {
        Sniffer { head: Vec::new(), bytes: 0, nuls: [0; 2], is_utf8: true, begun: Vec::new() }
    }

    pub(crate) fn see(&mut self, piece: &[u8]) {
        let lacking = 4_usize.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..lacking]);
        for place in memchr::memchr_iter(0, piece) {
            self.nuls[usize::from((self.bytes + place as u64) % 2 == 1)] += 1;
        }
        self.bytes += piece.len() as u64;
        self.is_utf8 = self.is_utf8 && self.goes_on(piece);
    }

    /// Whether it is still UTF-8.
    fn goes_on(&mut self, piece: &[u8]) -> bool {
        let mut rest = piece;
        while let (false, Some((next, more))) = (self.begun.is_empty(), rest.split_first()) {
            self.begun.push(*next);
            rest = more;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return false,
            }
        }
        match std::str::from_utf8(rest) {
            Ok(_) => true,
            Err(error) if error.error_len().is_none() => {
                self.begun.extend_from_slice(&rest[error.valid_up_to()..]);
                true
            }
            Err(_) => false,
        }
    }

    /// The encoding, or a sentence that says what the file is instead.
    pub(crate) fn verdict(&self) -> Result<Encoding> {
        if let Some((_, message)) = FOREIGN.iter().find(|(head, _)| self.head.starts_with(head)) {
            return Err(Error::invalid("file", "not_text", *message));
        }
        match *self.head.as_slice() {
            [0xff, 0xfe, ..] => return Ok(Encoding::Utf16Le),
            [0xfe, 0xff, ..] => return Ok(Encoding::Utf16Be),
            _ => {}
        }
        let [even, odd] = self.nuls;
        // Of western text in UTF-16 every other byte is zero; elsewhere hardly any is.
        if (even + odd) * 10 > self.bytes {
            return match (even, odd) {
                (few, many) if few * 10 < many => Ok(Encoding::Utf16Le),
                (many, few) if few * 10 < many => Ok(Encoding::Utf16Be),
                _ => Err(Error::invalid("file", "not_text", BINARY)),
            };
        }
        let whole = self.is_utf8 && self.begun.is_empty();
        Ok(if whole { Encoding::Utf8 } else { Encoding::Windows1252 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict, however the bytes are cut.
    fn verdict(bytes: &[u8]) -> Option<Encoding> {
        let mut all: Vec<Option<Encoding>> = (1..=bytes.len().clamp(1, 9))
            .map(|size| {
                let mut sniffer = Sniffer::new();
                bytes.chunks(size).for_each(|piece| sniffer.see(piece));
                sniffer.verdict().ok()
            })
            .collect();
        all.dedup();
        assert_eq!(all.len(), 1, "{bytes:?}");
        all.pop().flatten()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(verdict("Name;Größe\nZoë;😀".as_bytes()), Some(Encoding::Utf8));
        assert_eq!(verdict("\u{feff}a,b".as_bytes()), Some(Encoding::Utf8));
        assert_eq!(verdict(b"Gr\xf6\xdfe\nZo\xeb"), Some(Encoding::Windows1252));
        assert_eq!(verdict(b"caf\xc3"), Some(Encoding::Windows1252));
        assert_eq!(verdict(&utf16("\u{feff}日本", u16::to_le_bytes)), Some(Encoding::Utf16Le));
        assert_eq!(verdict(&utf16("\u{feff}日本", u16::to_be_bytes)), Some(Encoding::Utf16Be));
        assert_eq!(verdict(&utf16("a,b\nc,d", u16::to_le_bytes)), Some(Encoding::Utf16Le));
        assert_eq!(verdict(&utf16("a,b\nc,d", u16::to_be_bytes)), Some(Encoding::Utf16Be));
        assert_eq!(verdict(b"PK\x03\x04rest"), None);
        assert_eq!(verdict(b"\0\0\0\0\0\0\x01\x02"), None);
    }

    #[test]
    fn text_comes_out_as_it_was_wherever_the_pieces_are_cut() {
        let text = "Zoë, 日本, 😀\r\n";
        let marked = format!("\u{feff}{text}");
        for (encoding, bytes) in [
            (Encoding::Utf8, marked.as_bytes().to_vec()),
            (Encoding::Utf8, text.as_bytes().to_vec()),
            (Encoding::Utf16Le, utf16(&marked, u16::to_le_bytes)),
            (Encoding::Utf16Be, utf16(text, u16::to_be_bytes)),
        ] {
            for cut in 0..bytes.len() {
                let (mut decoder, mut read) = (Decoder::new(encoding), String::new());
                decoder.decode(&bytes[..cut], false, &mut read).expect("text");
                decoder.decode(&bytes[cut..], true, &mut read).expect("text");
                assert_eq!(read, text, "{encoding:?}");
            }
        }
        let mut read = String::new();
        Decoder::new(Encoding::Windows1252).decode(b"\x80 \xdf", true, &mut read).expect("text");
        assert_eq!(read, "€ ß");
        assert_eq!(Decoder::new(Encoding::Utf8).decode(b"\xff", true, &mut read), Err(Undecodable));
    }
}
