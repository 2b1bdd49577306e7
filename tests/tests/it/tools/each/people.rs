//! Users, workspaces and coaching.

use gong_sandbox::{Company, MANAGER_EMAIL};
use serde_json::json;

use super::{both, both_in, owner_id};
use crate::support::{World, all, at, same};

pub(super) async fn users(name: &str) {
    let input = json!({"include_avatars": true});
    let avatars = both(name, |_| input.clone(), |gong, _| gong.users().list().include_avatars(true)).await;
    let company = &avatars.before;
    let first: Vec<&str> = company.users.iter().take(100).map(|user| user.id.as_str()).collect();
    assert_eq!(avatars.users.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), first);
    let every = all(avatars.world.gong.users().list().include_avatars(true).items()).await;
    same(every.iter().map(|user| user.id.as_str()), company.users.iter().map(|user| user.id.as_str()));

    let page = avatars.world.gong.users().list().send().await.unwrap();
    assert_eq!(page.users.iter().map(|user| user.id.as_str()).collect::<Vec<_>>(), first);
    let (user, truth) = (&page.users[26], &company.users[26]);
    assert_eq!(user.email_address.as_deref(), Some(truth.email.as_str()));
    assert_eq!(user.first_name.as_deref(), Some(truth.first_name.as_str()));
    assert_eq!(user.active, Some(truth.active));
    assert_eq!(user.manager_id.as_ref().map(|id| id.as_str()), truth.manager_id.as_deref());
    assert_eq!(user.created.as_ref().unwrap().as_str(), truth.created());
}

pub(super) async fn chosen_users(name: &str) {
    let wanted = |company: &Company| [3, 40].map(|index| company.users[index].id.clone());
    let page = both(
        name,
        |company| json!({"user_ids": wanted(company)}),
        |gong, company| gong.users().get().user_ids(wanted(company)),
    );
    let page = page.await;
    let company = &page.before;
    same(page.users.iter().map(|user| user.id.to_string()), wanted(company));

    let (first, last) = (&company.users[10], &company.users[20]);
    let added = page.world.gong.users().get();
    let added = added.created_from_date_time(at(&first.created())).created_to_date_time(at(&last.created()));
    let added = added.send().await.unwrap();
    let truth = company.users.iter().filter(|user| (first.created()..last.created()).contains(&user.created()));
    same(added.users.iter().map(|user| user.id.as_str()), truth.map(|user| user.id.as_str()));
}

pub(super) async fn engage_users(name: &str) {
    let page = both(name, |_| json!({}), |gong, _| gong.engage_people().users()).await;
    let truth = page.before.users.iter().take(100).filter(|user| user.active);
    same(page.users.iter().map(|user| user.id.as_str()), truth.map(|user| user.id.as_str()));
    assert!(page.users.iter().all(|user| user.active == Some(true)));
    assert!(page.users.iter().any(|user| user.id.as_str() == owner_id(&page.before)));
}

pub(super) async fn workspaces(name: &str) {
    let answer = both(name, |_| json!({}), |gong, _| gong.engage_people().workspaces()).await;
    let ours = answer.workspaces.iter().map(|one| (one.id.as_str(), one.name.as_deref().unwrap()));
    same(ours, answer.before.workspaces.iter().map(|one| (one.id.as_str(), one.name.as_str())));
}

pub(super) async fn coaching(name: &str) {
    let manager = |company: &Company| company.user_by_email(MANAGER_EMAIL).unwrap().id.clone();
    let (from, to) = ("2026-09-01T00:00:00Z", "2026-11-20T00:00:00Z");
    let input = |company: &Company| {
        json!({
            "manager_id": manager(company),
            "workspace_id": company.workspaces[0].id,
            "from_date_time": from,
            "to_date_time": to,
        })
    };
    let page = both(name, input, |gong, company| {
        let coaching = gong.coaching().get().manager_id(manager(company)).workspace_id(&company.workspaces[0].id);
        coaching.from_date_time(at(from)).to_date_time(at(to))
    });
    let page = page.await;
    let [data] = page.coaching_data.as_slice() else { panic!("one manager: {:?}", page.answer) };
    let manager = manager(&page.before);

    assert_eq!(data.manager.as_ref().unwrap().id.as_str(), manager);
    let reports = page.before.users.iter().filter(|user| user.active && user.manager_id.as_ref() == Some(&manager));
    let ours = data.direct_reports_metrics.iter().map(|one| one.report.as_ref().unwrap().id.as_str());
    same(ours, reports.map(|user| user.id.as_str()));
    let listened: usize = data.direct_reports_metrics.iter().map(|one| one.metrics["callsListenedTo"].len()).sum();
    assert!(listened > 0, "the owner hosted calls, some of which the manager heard");

    let small = [World::of_one_workspace().await, World::of_one_workspace().await];
    let input = json!({"manager_id": manager});
    let only = both_in(small, name, |_| input.clone(), |gong, _| gong.coaching().get().manager_id(manager.as_str()));
    let only = only.await;
    assert_eq!(only.coaching_data[0].manager.as_ref().unwrap().id.as_str(), manager);
}
