//! `#[derive(FromRow)]`: a struct read from the columns that its fields name.
//!
//! `#[row(rename = "column")]` names another column, `#[row(flatten)]` a struct of more columns.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Field, Fields, LitStr, Result, parse_macro_input};

/// Implements `db::FromRow`.
#[proc_macro_derive(FromRow, attributes(row))]
pub fn from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    implement(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn implement(input: &DeriveInput) -> Result<proc_macro2::TokenStream> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "a row is read into a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(input, "columns are found by the names of fields"));
    };
    let reads = fields.named.iter().map(read).collect::<Result<Vec<_>>>()?;
    let (name, (generics, types, bounds)) = (&input.ident, input.generics.split_for_impl());
    Ok(quote! {
        impl #generics ::db::FromRow for #name #types #bounds {
            fn from_row(row: &mut ::db::Row) -> ::kernel::Result<Self> {
                Ok(Self { #(#reads),* })
            }
        }
    })
}

fn read(field: &Field) -> Result<proc_macro2::TokenStream> {
    let name = field.ident.as_ref().expect("the fields have names");
    let mut column = name.to_string();
    let mut flatten = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("row")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                column = meta.value()?.parse::<LitStr>()?.value();
                return Ok(());
            }
            flatten = meta.path.is_ident("flatten");
            if flatten { Ok(()) } else { Err(meta.error("`rename = \"…\"` or `flatten`")) }
        })?;
    }
    Ok(if flatten {
        quote!(#name: ::db::FromRow::from_row(row)?)
    } else {
        quote!(#name: row.take(#column)?)
    })
}
