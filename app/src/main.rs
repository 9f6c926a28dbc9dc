//! The program `mewayz`.

fn main() {}
