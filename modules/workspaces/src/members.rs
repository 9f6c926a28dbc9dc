//! Members: who belongs to a workspace, in which role.

mod add;
mod json;
mod list;
mod remove;
mod role;
mod store;
mod views;

use axum::http::Method;
use db::Tx;
use kernel::{Actor, Error, Permission, Result, Role, Timestamp, UserId, UserKind};
use serde::Deserialize;
use web::{Access, Change, Cx, Entity, Operation, Routes, Tenant};

use crate::{MemberAdded, Workspaces, paths::route};

pub use add::add_member;
pub(crate) use views::samples;

/// Seeing who belongs to the workspace.
pub const MEMBERS_READ: Permission =
    Permission { key: "members:read", label: "see members", from: Role::Viewer };
/// Adding and removing members and changing their roles.
pub const MEMBERS_WRITE: Permission =
    Permission { key: "members:write", label: "manage members", from: Role::Admin };

/// Sent with the id of a person whose memberships changed.
pub(crate) const SIGNAL: &str = "members";

/// A person in a workspace.
#[derive(Debug, Clone, db::FromRow)]
pub(crate) struct Member {
    pub(crate) user_id: UserId,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) added_at: Timestamp,
}

/// Whom to add, and as what.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub(crate) struct NewMember {
    /// The address of an account.
    #[schema(format = "email")]
    pub(crate) email: String,
    /// `owner`, `admin`, `member` or `viewer`.
    #[schema(example = "member")]
    pub(crate) role: String,
}

impl Entity for Member {
    type Kind = UserKind;
    const PARAMETER: &'static str = "user";
    const VIEW: Permission = MEMBERS_READ;
    const EDIT: Permission = MEMBERS_WRITE;

    async fn find(tx: &mut Tx, id: UserId) -> Result<Option<Self>> {
        store::find_member(tx, id).await
    }
}

/// A member, as other systems see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

impl From<Member> for Person {
    fn from(member: Member) -> Self {
        Person { id: member.user_id, name: member.name, email: member.email }
    }
}

/// The members of the transaction's workspace by their names, at most 500.
pub async fn people(tx: &mut Tx) -> Result<Vec<Person>> {
    const MOST: i64 = 500;
    let mut people: Vec<Person> =
        store::list_members(tx, None, MOST).await?.into_iter().map(Person::from).collect();
    people.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(people)
}

/// A member of the transaction's workspace.
pub async fn person(tx: &mut Tx, id: UserId) -> Result<Option<Person>> {
    Ok(store::find_member(tx, id).await?.map(Person::from))
}

/// The workspaces of a person with the role in each, the oldest membership first.
pub(crate) async fn memberships(tx: &mut Tx, user: UserId) -> Result<Vec<(Tenant, Role)>> {
    store::list_memberships(tx, user).await
}

/// Workspaces that a person can own,
const MOST_OWNED: i64 = 100;
/// and be in; others can add to these, which must not take the place of one's own. Each visit reads all.
const MOST: i64 = 300;

/// Refuses one workspace more than a person can be in.
pub(crate) async fn expect_room(tx: &mut Tx, user: UserId) -> Result<()> {
    let (all, _) = store::count_memberships(tx, user).await?;
    few(all < MOST, &format!("A person can be in {MOST} workspaces; one must be left first."))
}

/// Refuses one workspace more than a person can own.
pub(crate) async fn expect_room_to_own(tx: &mut Tx, user: UserId) -> Result<()> {
    let (_, owned) = store::count_memberships(tx, user).await?;
    let message = format!("A person can own {MOST_OWNED} workspaces; one must be left first.");
    few(owned < MOST_OWNED, &message)
}

fn few(fits: bool, message: &str) -> Result<()> {
    if fits { Ok(()) } else { Err(Error::conflict("too_many_workspaces", message)) }
}

/// Stores a new member and tells the log and the doorkeepers.
pub(crate) async fn insert(cx: &Cx, change: &mut Change, user: UserId, role: Role) -> Result<()> {
    let stored = store::insert_member(change, user, role, cx.now()).await?;
    if !stored {
        return Err(Error::conflict("already_member", "This person is a member already."));
    }
    change.signal(SIGNAL, user.to_string());
    change.record(&MemberAdded { user, role }).await.map(|_| ())
}

/// The highest role that the actor may give, change or take.
fn reach(actor: &Actor) -> Role {
    match actor {
        Actor::User { role, .. } => role.unwrap_or(Role::Viewer),
        Actor::ApiKey { .. } => MEMBERS_WRITE.from,
        Actor::System => Role::Owner,
        Actor::Anonymous => Role::Viewer,
    }
}

/// An admin neither makes owners nor touches them.
fn within_reach(cx: &Cx, role: Role) -> Result<()> {
    if role <= reach(cx.actor()) {
        return Ok(());
    }
    Err(Error::Forbidden("Only an owner can do this with an owner.".into()))
}

/// The member as it is once nobody else changes members; 404 when gone meanwhile.
async fn hold(change: &mut Change, user: UserId) -> Result<Member> {
    // Two owners who demote each other at once would both see the other one still there.
    store::lock_workspace(change).await?;
    store::find_member(change, user).await?.ok_or(Error::NotFound)
}

/// A workspace without an owner could be managed by nobody.
async fn keep_an_owner(change: &mut Change, leaving: &Member) -> Result<()> {
    if leaving.role == Role::Owner && store::count_owners(change).await? < 2 {
        let message = "This is the last owner. Make someone else an owner first.";
        return Err(Error::conflict("last_owner", message));
    }
    Ok(())
}

pub(crate) fn routes() -> Routes<Workspaces> {
    let (read, write) = (Access::Workspace(MEMBERS_READ), Access::Workspace(MEMBERS_WRITE));
    let operation = |summary| Operation::new("Members", summary);
    Routes::new()
        .page(Method::GET, route::MEMBERS, read, list::page)
        .page(Method::POST, route::MEMBERS, write, add::page)
        .page(Method::POST, route::MEMBER_ROLE, write, role::page)
        // Everyone may leave; removing others needs the right to, which the action asks for.
        .page(Method::POST, route::MEMBER_REMOVAL, read, remove::page)
        .api(
            Method::GET,
            route::API_MEMBERS,
            read,
            list::api,
            operation("List the members").paged().reply::<json::List>(200, "Members and roles."),
        )
        .api(
            Method::POST,
            route::API_MEMBERS,
            write,
            add::api,
            operation("Add someone who has an account")
                .body::<NewMember>()
                .reply::<json::Member>(201, "The new member.")
                .problem(409, "This person is a member already, or in 300 workspaces."),
        )
        .api(
            Method::PATCH,
            route::API_MEMBER,
            write,
            role::api,
            operation("Change a member's role")
                .body::<role::NewRole>()
                .reply::<json::Member>(200, "The member as it is now.")
                .problem(409, "The last owner stays an owner."),
        )
        .api(
            Method::DELETE,
            route::API_MEMBER,
            read,
            remove::api,
            operation("Remove a member")
                .describe("Everyone may remove themselves; removing others needs `members:write` besides `members:read`.")
                .empty_reply(204, "The person has no access any more.")
                .problem(409, "The last owner cannot go."),
        )
}
