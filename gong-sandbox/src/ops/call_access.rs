//! Access to single calls that users were given through the API.
//!
//! The API shows everybody the same, so that the list of it is the only place where this access can be seen. Whoever
//! took part in a call has access to it anyway, is not changed by these operations and is not in the list; that
//! permission profiles give access to calls too makes no difference here.

use serde_json::{Value, json};

use crate::{
    company::{Call, Company},
    input::{Fields, Input},
    refusal::Refusal,
    world::World,
};

/// `POST /v2/calls/users-access`, not paged. That an unknown call is left out, and that a call that nobody was given
/// access to is not, are guesses.
pub(crate) fn list(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    let filter = input.filter()?;
    filter.demand(&["callIds"])?;
    let ids = filter.texts("callIds")?.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::bad("filter.callIds: must not be empty"));
    }
    let calls = world.company.calls.iter().filter(|call| ids.contains(&call.id));
    let calls: Vec<Value> = calls.map(|call| json!({"callId": call.id, "users": users(call)})).collect();
    Ok(json!({"callAccessList": calls}))
}

fn users(call: &Call) -> Vec<Value> {
    call.granted_users.iter().map(|id| json!({"userId": id})).collect()
}

/// `PUT /v2/calls/users-access`
pub(crate) fn give(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    change(&mut world.company, input, |call, user_id| {
        let took_part = call.parties.iter().any(|party| party.user_id.as_ref() == Some(&user_id));
        if !took_part && !call.granted_users.contains(&user_id) {
            call.granted_users.push(user_id);
        }
    })
}

/// `DELETE /v2/calls/users-access`: somebody without access is no error.
pub(crate) fn take(world: &mut World, input: &Input) -> Result<Value, Refusal> {
    change(&mut world.company, input, |call, user_id| call.granted_users.retain(|known| *known != user_id))
}

/// Reads which users of which calls are meant, all of them before anything is changed.
fn change(company: &mut Company, input: &Input, mut each: impl FnMut(&mut Call, String)) -> Result<Value, Refusal> {
    let items = input.fields()?.list("callAccessList")?.map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return Err(Refusal::bad("callAccessList: must not be empty"));
    }
    let (mut meant, mut faults) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        meant.extend(read(company, at, Fields::of(item)?, &mut faults)?);
    }
    if !faults.is_empty() {
        return Err(Refusal::all_bad(faults));
    }
    for (call_id, user_ids) in meant {
        if let Some(call) = company.calls.iter_mut().find(|call| call.id == call_id) {
            user_ids.into_iter().for_each(|user_id| each(call, user_id));
        }
    }
    Ok(json!({}))
}

/// One item of the list, if it is right. The texts for missing fields are those of other operations; the others, and
/// that an unknown id is refused rather than passed over, are guesses.
fn read(
    company: &Company,
    at: usize,
    item: Fields<'_>,
    faults: &mut Vec<String>,
) -> Result<Option<(String, Vec<String>)>, Refusal> {
    let place = format!("callAccessList[{at}]");
    let (call_id, user_ids) = (item.text("callId")?, item.texts("userIds")?);
    let before = faults.len();
    match &call_id {
        None => faults.push(format!("{place}.callId: must not be null")),
        Some(id) if company.call(id).is_none() => faults.push(format!("Call ID {id} was not found")),
        Some(_) => {}
    }
    match &user_ids {
        None => faults.push(format!("{place}.userIds: must not be null")),
        Some(ids) if ids.is_empty() => faults.push(format!("{place}.userIds: must not be empty")),
        Some(ids) => {
            let unknown = ids.iter().filter(|id| company.user(id).is_none());
            faults.extend(unknown.map(|id| format!("User ID {id} was not found")));
        }
    }
    Ok(call_id.zip(user_ids).filter(|_| faults.len() == before))
}
