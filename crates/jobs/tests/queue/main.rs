//! What the queue promises, on the engine that `MEWAYZ_TEST_ENGINE` names.

mod life;
mod workers;
mod world;
