//! Permission profiles: listed, read, added, changed; who has which.
// A helper may fail a test as a test may.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{Answer, Gong, strings};
use gong_sandbox::{Company, MANAGER_EMAIL, OWNER_EMAIL, Sandbox};
use serde_json::{Value, json};

const PROFILE: &str = "/v2/permission-profile";

fn profile_id(company: &Company, name: &str) -> String {
    company.permission_profiles.iter().find(|profile| profile.name() == name).unwrap().id.clone()
}

fn home(company: &Company) -> String {
    company.workspaces[0].id.clone()
}

async fn send(gong: &Gong, method: &str, query: &[(&str, &str)], body: Value) -> Answer {
    Gong::send(gong.request(method, PROFILE).query(query).json(&body)).await
}

#[tokio::test]
async fn the_default_company_has_profiles_with_known_ids() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    assert_eq!(home(&company), "7697105722908861649");
    assert_eq!(profile_id(&company, "Administrators"), "4089189832556195066");
    assert_eq!(profile_id(&company, "Sellers"), "1826201322270701484");
    assert_eq!(profile_id(&company, "Team leads"), "7908327456224624299");
    assert!(company.user("1893659490928536864").is_some());
}

#[tokio::test]
async fn profiles_are_those_of_a_workspace_by_name() {
    let gong = Gong::new().await;
    let home = home(&gong.sandbox.company());
    let query = [("workspaceId", home.as_str())];
    send(&gong, "POST", &query, json!({"name": "Reviewers"})).await.ok();
    let answer = gong.get("/v2/all-permission-profiles", &query).await.ok();
    let profiles = answer["profiles"].as_array().unwrap();
    assert_eq!(strings(profiles, "name"), ["Administrators", "Reviewers", "Sellers", "Team leads"]);
    assert!(answer.get("records").is_none());
}

#[tokio::test]
async fn a_profile_says_of_everything_whether_it_is_allowed() {
    let gong = Gong::new().await;
    let id = profile_id(&gong.sandbox.company(), "Team leads");
    let profile = gong.get(PROFILE, &[("profileId", &id)]).await.ok()["profile"].clone();
    assert_eq!(profile["id"], id.as_str());
    assert_eq!((&profile["scoreCalls"], &profile["trimCalls"]), (&true.into(), &false.into()));
    assert_eq!(profile["callsAccess"], json!({"permissionLevel": "report-to-them", "teamLeadIds": []}));
    assert_eq!(profile["forecastPermissions"]["forecastEditTargets"]["permissionLevel"], "none");
    assert_eq!(profile.as_object().unwrap().len(), 55);
}

#[tokio::test]
async fn everybody_who_works_at_the_company_has_one_profile_of_a_workspace() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let mut seen = 0;
    for (name, email) in [("Administrators", None), ("Sellers", Some(OWNER_EMAIL)), ("Team leads", Some(MANAGER_EMAIL))]
    {
        let id = profile_id(&company, name);
        let answer = gong.get("/v2/permission-profile/users", &[("profileId", &id)]).await.ok();
        let users = answer["users"].as_array().unwrap();
        assert!(email.is_none_or(|email| strings(users, "emailAddress").contains(&email.to_string())), "{name}");
        assert!(users.iter().all(|user| user["fullName"].as_str().unwrap().contains(' ')));
        seen += users.len();
    }
    assert_eq!(seen, company.users.iter().filter(|user| user.active && !user.avatar).count());
}

#[tokio::test]
async fn a_new_profile_has_an_id_of_gongs_and_no_users() {
    let gong = Gong::new().await;
    let home = home(&gong.sandbox.company());
    let body = json!({"id": "7", "name": "Reviewers", "callsAccess": {"permissionLevel": "all"}, "scoreCalls": true});
    let profile = send(&gong, "POST", &[("workspaceId", &home)], body).await.ok()["profile"].clone();
    let id = profile["id"].as_str().unwrap();
    assert_ne!(id, "7");
    assert_eq!((&profile["scoreCalls"], &profile["library"]), (&true.into(), &false.into()));
    assert_eq!(gong.get(PROFILE, &[("profileId", id)]).await.ok()["profile"], profile);
    let users = gong.get("/v2/permission-profile/users", &[("profileId", id)]).await.ok();
    assert_eq!(users["users"], json!([]));
}

#[tokio::test]
async fn a_change_leaves_alone_what_it_leaves_out() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let (id, lead) = (profile_id(&company, "Sellers"), company.owner().unwrap().manager_id.clone().unwrap());
    let body = json!({"callsAccess": {"permissionLevel": "managers-team", "teamLeadIds": [lead]}, "library": null});
    let changed = send(&gong, "PUT", &[("profileId", &id)], body).await.ok()["profile"].clone();
    assert_eq!(changed["callsAccess"], json!({"permissionLevel": "managers-team", "teamLeadIds": [lead]}));
    assert_eq!((&changed["name"], &changed["library"]), (&"Sellers".into(), &true.into()));
    assert_eq!(gong.get(PROFILE, &[("profileId", &id)]).await.ok()["profile"], changed);
    assert_eq!(gong.sandbox.company().permission_profiles.iter().find(|one| one.id == id).unwrap().wire, changed);
}

#[tokio::test]
async fn a_name_that_another_profile_of_the_workspace_has_is_refused() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let (home, other) = (home(&company), company.workspaces[1].id.clone());
    let body = json!({"name": "Reviewers"});
    send(&gong, "POST", &[("workspaceId", &home)], body.clone()).await.ok();
    let again = send(&gong, "POST", &[("workspaceId", &home)], body.clone()).await;
    assert_eq!(again.refusal(), (422, "A permission profile with the name 'Reviewers' already exists"));
    send(&gong, "POST", &[("workspaceId", &other)], body.clone()).await.ok();
    let sellers = profile_id(&company, "Sellers");
    assert_eq!(send(&gong, "PUT", &[("profileId", &sellers)], body).await.status, 400);
    send(&gong, "PUT", &[("profileId", &sellers)], json!({"name": "Sellers"})).await.ok();
}

#[tokio::test]
async fn ids_are_asked_for_and_looked_up() {
    let gong = Gong::new().await;
    for (path, name, unknown) in [
        ("/v2/all-permission-profiles", "workspaceId", "Workspace not found"),
        (PROFILE, "profileId", "Permission profile not found"),
        ("/v2/permission-profile/users", "profileId", "Permission profile not found"),
    ] {
        let missing = format!("{name} parameter is missing");
        assert_eq!(gong.get(path, &[]).await.refusal(), (400, missing.as_str()));
        let no_id = format!("{name} should be a valid Long");
        assert_eq!(gong.get(path, &[(name, "seven")]).await.refusal(), (400, no_id.as_str()));
        assert_eq!(gong.get(path, &[(name, "7")]).await.refusal(), (400, unknown));
    }
    let nameless = send(&gong, "POST", &[], json!({"name": "Reviewers"})).await;
    assert_eq!(nameless.refusal(), (400, "workspaceId parameter is missing"));
    assert_eq!(send(&gong, "PUT", &[("profileId", "7")], json!({})).await.status, 400);
}

#[tokio::test]
async fn what_a_profile_cannot_hold_is_refused_and_changes_nothing() {
    let gong = Gong::new().await;
    let company = gong.sandbox.company();
    let (home, sellers) = (home(&company), profile_id(&company, "Sellers"));
    let create = [("workspaceId", home.as_str())];
    let nameless = send(&gong, "POST", &create, json!({"scoreCalls": true})).await;
    assert_eq!(nameless.refusal(), (400, "name: must not be null"));
    for (body, text) in [
        (json!({"name": " "}), "name: must not be blank"),
        (json!({"scoreCalls": "yes"}), "Json parse error"),
        (json!({"callsAccess": {"permissionLevel": "mine"}}), "Json parse error"),
        (json!({"libraryFolderAccess": {"permissionLevel": "own"}}), "Json parse error"),
        (json!([]), "Json parse error"),
        (json!({"dealsAccess": {"teamLeadIds": ["7"]}}), "dealsAccess.teamLeadIds: user 7 was not found"),
        (
            json!({"forecastPermissions": {"forecastAccess": {"teamLeadIds": [7]}}}),
            "forecastPermissions.forecastAccess.teamLeadIds: user 7 was not found",
        ),
        (
            json!({"libraryFolderAccess": {"manageStreams": true}}),
            "libraryFolderAccess.permissionLevel: must not be null",
        ),
        (
            json!({"libraryFolderAccess": {"permissionLevel": "none", "manageStreams": true}}),
            "libraryFolderAccess.manageStreams: must not be set if permissionLevel is none",
        ),
        (
            json!({"libraryFolderAccess": {"permissionLevel": "specific-folders", "libraryFolderIds": ["7"]}}),
            "libraryFolderAccess.libraryFolderIds: folder 7 was not found",
        ),
    ] {
        let refused = send(&gong, "PUT", &[("profileId", &sellers)], body.clone()).await;
        assert_eq!(refused.refusal(), (400, text), "{body}");
        let mut body = body;
        if let Some(members) = body.as_object_mut() {
            members.entry("name").or_insert("Reviewers".into());
        }
        assert_eq!(send(&gong, "POST", &create, body).await.refusal(), (400, text));
    }
    assert_eq!(gong.sandbox.company().permission_profiles, company.permission_profiles);
}

#[tokio::test]
async fn profiles_have_scopes_of_their_own_and_their_users_that_of_users() {
    let gong = Gong::new().await;
    let token = gong.sandbox.issue_token(["api:library:read"]);
    for (method, path, scope) in [
        ("GET", "/v2/all-permission-profiles", "api:permission-profile:read"),
        ("GET", PROFILE, "api:permission-profile:read"),
        ("POST", PROFILE, "api:permission-profile:write"),
        ("PUT", PROFILE, "api:permission-profile:write"),
        ("GET", "/v2/permission-profile/users", "api:users:read"),
    ] {
        let refused = Gong::send(gong.bare(method, path).bearer_auth(&token)).await;
        let text = format!("You don't have permission to use '{scope}' in your app.");
        assert_eq!(refused.refusal(), (401, text.as_str()));
    }
}

#[tokio::test]
async fn a_misspelt_permission_is_told_in_strict_mode() {
    let gong = Gong::with(Sandbox::builder().strict(true).start().await.unwrap());
    let sellers = profile_id(&gong.sandbox.company(), "Sellers");
    send(&gong, "PUT", &[("profileId", &sellers)], json!({"scoreCall": true})).await.ok();
    let violations = gong.sandbox.violations();
    assert_eq!(violations[0].message, "unknown field scoreCall");
}
