//! The XML of a workbook: cells as they are typed, and the parts around the sheets.

use std::fmt::{Display, Write};

use jiff::civil::Date;
use kernel::Timestamp;

use crate::exports::formulas::is_dangerous;

/// Characters of a cell, counted as UTF-16 does.
pub(super) const LONGEST_TEXT: usize = 32_767;

/// A text that no cell holds, with its characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong(pub(super) usize);

const MOMENT: u8 = 1;
const DAY: u8 = 2;
const QUOTED: u8 = 3;
const HEADER: u8 = 4;

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;

pub(super) const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// The formats of cells, in the order of the constants above.
pub(super) const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;

/// The headers stay in sight.
pub(super) const SHEET_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>"#;

pub(super) const SHEET_FOOT: &str = "</sheetData></worksheet>";

/// The list of sheets: "Submissions", "Submissions 2" and so on.
pub(super) fn workbook(sheets: usize) -> String {
    let mut text = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>"#.to_owned();
    for sheet in 1..=sheets {
        let name =
            if sheet == 1 { "Submissions".to_owned() } else { format!("Submissions {sheet}") };
        let _ = write!(text, r#"<sheet name="{name}" sheetId="{sheet}" r:id="rId{sheet}"/>"#);
    }
    text + "</sheets></workbook>"
}

/// Where the sheets and the styles lie.
pub(super) fn workbook_relationships(sheets: usize) -> String {
    const BASE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut text = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
        .to_owned();
    for sheet in 1..=sheets {
        let _ = write!(
            text,
            r#"<Relationship Id="rId{sheet}" Type="{BASE}/worksheet" Target="worksheets/sheet{sheet}.xml"/>"#
        );
    }
    let styles = sheets + 1;
    let _ = write!(
        text,
        r#"<Relationship Id="rId{styles}" Type="{BASE}/styles" Target="styles.xml"/>"#
    );
    text + "</Relationships>"
}

/// `A`, `B`, … `AA` for the columns from 0.
pub(super) fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        match column / 26 {
            0 => break,
            more => column = more - 1,
        }
    }
    letters.into_iter().rev().collect()
}

/// Excel counts days from 1900 and takes that for a leap year, so it is sure only from March on.
pub(super) fn day_number(day: Date) -> Option<i32> {
    const FIRST: Date = jiff::civil::date(1900, 3, 1);
    let since = (day - FIRST).get_days();
    (day >= FIRST).then_some(61 + since)
}

/// Gathers the XML of rows.
#[derive(Default)]
pub(super) struct CellWriter(String);

impl CellWriter {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }

    pub(super) fn raw(&mut self, xml: &str) {
        self.0.push_str(xml);
    }

    pub(super) fn row(&mut self, row: u32) {
        let _ = write!(self.0, r#"<row r="{row}">"#);
    }

    pub(super) fn number(&mut self, column: &str, row: u32, number: impl Display) {
        let _ = write!(self.0, r#"<c r="{column}{row}"><v>{number}</v></c>"#);
    }

    pub(super) fn flag(&mut self, column: &str, row: u32, flag: bool) {
        let _ = write!(self.0, r#"<c r="{column}{row}" t="b"><v>{}</v></c>"#, u8::from(flag));
    }

    pub(super) fn day(&mut self, column: &str, row: u32, day: i32) {
        let _ = write!(self.0, r#"<c r="{column}{row}" s="{DAY}"><v>{day}</v></c>"#);
    }

    /// By a clock that is so many seconds ahead of UTC: a workbook knows no zones.
    pub(super) fn moment(&mut self, column: &str, row: u32, moment: Timestamp, ahead: i64) {
        const DAY_MICROS: i64 = 86_400_000_000;
        // 1970-01-01 is day 25,569.
        let micros = moment.micros() + ahead * 1_000_000;
        let (days, rest) = (micros.div_euclid(DAY_MICROS), micros.rem_euclid(DAY_MICROS));
        let serial = (25_569 + days) as f64 + rest as f64 / DAY_MICROS as f64;
        if days < -25_508 {
            let _ = self.text(column, row, &moment.to_string());
            return;
        }
        let _ = write!(self.0, r#"<c r="{column}{row}" s="{MOMENT}"><v>{serial}</v></c>"#);
    }

    pub(super) fn header(&mut self, column: &str, row: u32, text: &str) {
        self.inline(column, row, HEADER, text);
    }

    pub(super) fn text(&mut self, column: &str, row: u32, text: &str) -> Result<(), TooLong> {
        // Each character takes at least one byte of UTF-8.
        if text.len() > LONGEST_TEXT {
            let letters = text.encode_utf16().count();
            if letters > LONGEST_TEXT {
                return Err(TooLong(letters));
            }
        }
        self.inline(column, row, if is_dangerous(text) { QUOTED } else { 0 }, text);
        Ok(())
    }

    fn inline(&mut self, column: &str, row: u32, style: u8, text: &str) {
        let _ = write!(self.0, r#"<c r="{column}{row}" t="inlineStr""#);
        if style > 0 {
            let _ = write!(self.0, r#" s="{style}""#);
        }
        let keep = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        let keep = keep || text.contains(['\n', '\t']);
        self.0.push_str(if keep { r#"><is><t xml:space="preserve">"# } else { "><is><t>" });
        escape(text, &mut self.0);
        self.0.push_str("</t></is></c>");
    }
}

/// What XML cannot hold is written `_x0007_` (ECMA-376, 22.9.2.19), and so is the beginning of what looks
/// like that.
fn escape(text: &str, out: &mut String) {
    for (place, letter) in text.char_indices() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "_x{:04X}_", u32::from(letter));
            }
            '_' if looks_escaped(&text[place..]) => out.push_str("_x005F_"),
            _ => out.push(letter),
        }
    }
}

fn looks_escaped(text: &str) -> bool {
    matches!(text.as_bytes(), [b'_', b'x', a, b, c, d, b'_', ..]
        if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_excel_does() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn days_are_counted_as_excel_does() {
        let day = |text: &str| day_number(text.parse().expect("a day"));
        assert_eq!(day("1900-03-01"), Some(61));
        assert_eq!(day("2026-08-03"), Some(46_237));
        assert_eq!(day("1900-02-28"), None);
    }

    #[test]
    fn what_xml_cannot_hold_is_written_otherwise() {
        let mut out = String::new();
        escape("a\u{7}<&>_x0007_ _xyz_\r\n", &mut out);
        assert_eq!(out, "a_x0007_&lt;&amp;&gt;_x005F_x0007_ _xyz__x000D_\n");
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_refused_and_not_cut() {
        let mut cells = CellWriter::default();
        assert_eq!(cells.text("A", 1, &"é".repeat(LONGEST_TEXT)), Ok(()));
        assert_eq!(cells.text("A", 1, &"😀".repeat(20_000)), Err(TooLong(40_000)));
    }
}
