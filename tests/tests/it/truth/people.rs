//! Users, workspaces and coaching.

use crate::support::{Stage, all, at, same};

#[tokio::test]
async fn gong_users_list() {
    let stage = Stage::new().await;
    let company = stage.company();
    let page = stage.gong.users().list().send().await.unwrap();
    let truth: Vec<&str> = company.users.iter().take(100).map(|user| user.id.as_str()).collect();
    assert_eq!(page.users.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), truth);
    let (user, truth) = (&page.users[26], &company.users[26]);
    assert_eq!(user.email_address.as_deref(), Some(truth.email.as_str()));
    assert_eq!(user.first_name.as_deref(), Some(truth.first_name.as_str()));
    assert_eq!(user.active, Some(truth.active));
    assert_eq!(user.manager_id.as_ref().map(|id| id.as_str()), truth.manager_id.as_deref());
    assert_eq!(user.created.as_ref().unwrap().as_str(), truth.created());

    let avatars = all(stage.gong.users().list().include_avatars(true).items()).await;
    same(avatars.iter().map(|user| user.id.as_str()), company.users.iter().map(|user| user.id.as_str()));
}

#[tokio::test]
async fn gong_users_get() {
    let stage = Stage::new().await;
    let company = stage.company();
    let wanted = [&company.users[3], &company.users[40]];
    let page = stage.gong.users().get().user_ids(wanted.map(|user| &user.id)).send().await.unwrap();
    same(page.users.iter().map(|user| user.id.as_str()), wanted.map(|user| user.id.as_str()));

    let (first, last) = (&company.users[10], &company.users[20]);
    let added = stage.gong.users().get();
    let added = added.created_from_date_time(at(&first.created())).created_to_date_time(at(&last.created()));
    let added = added.send().await.unwrap();
    let truth = company.users.iter().filter(|user| (first.created()..last.created()).contains(&user.created()));
    same(added.users.iter().map(|user| user.id.as_str()), truth.map(|user| user.id.as_str()));
}

#[tokio::test]
async fn gong_engage_users_list() {
    let stage = Stage::new().await;
    let page = stage.gong.engage_people().users().send().await.unwrap();
    let company = stage.company();
    let truth = company.users.iter().take(100).filter(|user| user.active);
    same(page.users.iter().map(|user| user.id.as_str()), truth.map(|user| user.id.as_str()));
}

#[tokio::test]
async fn gong_engage_workspaces_list() {
    let stage = Stage::new().await;
    let answer = stage.gong.engage_people().workspaces().send().await.unwrap();
    let ours = answer.workspaces.iter().map(|one| (one.id.as_str(), one.name.as_deref().unwrap()));
    let company = stage.company();
    same(ours, company.workspaces.iter().map(|one| (one.id.as_str(), one.name.as_str())));
}

#[tokio::test]
async fn gong_coaching_get() {
    let stage = Stage::new().await;
    let company = stage.company();
    let manager = company.user_by_email(gong_sandbox::MANAGER_EMAIL).unwrap();
    let coaching = stage.gong.coaching().get().manager_id(&manager.id).workspace_id(&company.workspaces[0].id);
    let coaching = coaching.from_date_time(at("2026-09-01T00:00:00Z")).to_date_time(at("2026-11-20T00:00:00Z"));
    let page = coaching.send().await.unwrap();
    let [data] = page.coaching_data.as_slice() else { panic!("one manager: {page:?}") };

    assert_eq!(data.manager.as_ref().unwrap().id.as_str(), manager.id);
    let reports = company.users.iter().filter(|user| user.active && user.manager_id.as_ref() == Some(&manager.id));
    let ours = data.direct_reports_metrics.iter().map(|one| one.report.as_ref().unwrap().id.as_str());
    same(ours, reports.map(|user| user.id.as_str()));
    let listened: usize = data.direct_reports_metrics.iter().map(|one| one.metrics["callsListened"].len()).sum();
    assert!(listened > 0, "the owner hosted calls, some of which the manager heard");
}
