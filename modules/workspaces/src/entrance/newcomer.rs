//! What newcomers say of themselves: whoever registers, and whoever sets the house up.

use serde::Deserialize;

/// What a person says to get an account.
#[derive(Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct Registration {
    /// At most 100 characters.
    #[schema(example = "Ada Byron")]
    pub(crate) name: String,
    #[schema(format = "email", example = "ada@example.com")]
    pub(crate) email: String,
    /// 8 to 256 characters.
    #[schema(format = "password", min_length = 8, max_length = 256)]
    pub(crate) password: String,
}

/// Who runs the installation, and where they work.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct Setup {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) workspace: String,
}
