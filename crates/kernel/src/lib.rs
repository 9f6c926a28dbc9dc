//! Tools without I/O that everything else stands on.
