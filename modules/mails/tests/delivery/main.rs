//! Mails on their way to a real server, which takes them, refuses them, is slow, or hangs up.

mod arriving;
mod failing;
mod server;
mod world;
