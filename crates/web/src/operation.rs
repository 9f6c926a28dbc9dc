//! What the API document says of one route; written where the route is registered.

use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::Problem;

/// A content type and the schema of what is sent under it.
pub(crate) type Content = (&'static str, Value);

/// A documented route.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) bodies: Vec<Content>,
    pub(crate) replies: Vec<(u16, &'static str, Option<Content>)>,
    pub(crate) parameters: Vec<Value>,
    pub(crate) schemas: Vec<(String, Value)>,
}

impl Operation {
    /// Begins with a line that says what the call does.
    pub fn new(tag: &'static str, summary: &'static str) -> Self {
        Operation { tag, summary, ..Self::default() }
    }

    /// More about it: units, limits, what happens when.
    #[must_use]
    pub fn describe(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    /// Takes a JSON body.
    #[must_use]
    pub fn body<T: ToSchema>(self) -> Self {
        self.body_as::<T>("application/json")
    }

    /// Takes a body of another content type, each as often as there are types.
    #[must_use]
    pub fn body_as<T: ToSchema>(mut self, content_type: &'static str) -> Self {
        let schema = self.reference::<T>();
        self.bodies.push((content_type, schema));
        self
    }

    /// Takes JSON documents, one a line, each of this shape; OpenAPI 3.1 can only say so in words.
    #[must_use]
    pub fn lines_of<T: ToSchema>(mut self) -> Self {
        self.reference::<T>();
        let words = format!("One `{}` a line.", T::name());
        let schema = json!({"type": "string", "description": words});
        self.bodies.push(("application/x-ndjson", schema));
        self
    }

    /// Answers JSON.
    #[must_use]
    pub fn reply<T: ToSchema>(mut self, status: u16, meaning: &'static str) -> Self {
        let schema = self.reference::<T>();
        self.replies.push((status, meaning, Some(("application/json", schema))));
        self
    }

    /// Answers without a body.
    #[must_use]
    pub fn empty_reply(mut self, status: u16, meaning: &'static str) -> Self {
        self.replies.push((status, meaning, None));
        self
    }

    /// Answers a stream or text of another content type.
    #[must_use]
    pub fn text_reply(
        mut self,
        status: u16,
        meaning: &'static str,
        content_type: &'static str,
    ) -> Self {
        self.replies.push((status, meaning, Some((content_type, json!({"type": "string"})))));
        self
    }

    /// Can be refused with this status and a problem document.
    #[must_use]
    pub fn problem(mut self, status: u16, meaning: &'static str) -> Self {
        let schema = self.reference::<Problem>();
        self.replies.push((status, meaning, Some(("application/problem+json", schema))));
        self
    }

    /// Takes a query parameter; `schema` is its JSON Schema.
    #[must_use]
    pub fn query(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.parameters.push(json!({"name": name, "in": "query", "description": meaning, "required": false, "schema": schema}));
        self
    }

    /// Takes a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, meaning: &'static str, schema: Value) -> Self {
        self.parameters.push(json!({"name": name, "in": "header", "description": meaning, "required": false, "schema": schema}));
        self
    }

    /// Takes `limit` and `cursor`, as all lists do.
    #[must_use]
    pub fn paged(self) -> Self {
        self.query(
            "limit",
            "Rows on a page, 1 to 200; 50 when absent.",
            json!({"type": "integer", "minimum": 1, "maximum": 200}),
        )
        .query(
            "cursor",
            "`next_cursor` of the page before.",
            json!({"type": "string", "maxLength": 200}),
        )
    }

    fn reference<T: ToSchema>(&mut self) -> Value {
        let mut found = Vec::new();
        T::schemas(&mut found);
        found.push((T::name().into_owned(), T::schema()));
        for (name, schema) in found {
            self.schemas.push((name, serde_json::to_value(schema).unwrap_or_default()));
        }
        json!({"$ref": format!("#/components/schemas/{}", T::name())})
    }
}
