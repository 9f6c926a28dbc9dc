//! The look of Mewayz: every page, fragment and control is made of these pieces.
//!
//! # Layout
//! - [`assets`]: stylesheets, behaviours and vendored files under fingerprinted addresses
//! - [`layout`]: the frames of a page: [`Shell`], [`Public`], [`Bare`]
//! - [`components`]: functions and small builders over plain data
//! - [`icons`], [`illustrations`]: everything drawn
//! - [`landing`]: the public front page
//! - [`samples`]: each component with sample data, and the page `/styleguide`
//!
//! The crate knows nothing of HTTP, of sessions or of any system of the product: views hand it
//! strings and slices, it hands back [`Markup`].

pub mod assets;
pub mod components;
pub mod element;
pub mod icons;
pub mod illustrations;
pub mod landing;
pub mod layout;
mod sample;
pub mod samples;
mod whole;

pub use assets::{Asset, Assets, stylesheet, url};
pub use components::*;
pub use element::Element;
pub use icons::Icon;
pub use illustrations::Illustration;
pub use layout::{Bare, Command, Look, NavItem, Person, Public, Shell, Ways, WorkspaceLink};
pub use maud::{Markup, html};
pub use sample::Sample;
pub use samples::{samples, screen, styleguide};
pub use whole::whole;
