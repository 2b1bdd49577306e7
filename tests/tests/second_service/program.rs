//! Somebody's program that rents a bike, against the server whose address it is given.

use serde_json::json;
use wheels_client::models::{BikeKind, Contact, Plan, Rider};
use wheels_client::{Client, catalog};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = std::env::args().nth(1).ok_or("an address")?;
    let service = catalog::service();
    println!("{} {} {}", service.base_url, service.authorize_url, service.token_url);
    let wheels = Client::builder().api_key("ann", "secret").base_url(server).build()?;
    let bikes = wheels.bikes().list().station("17").kinds([BikeKind::Cargo]).send().await?;
    let next = bikes.page.as_ref().and_then(|page| page.next.clone()).ok_or("a next page")?;
    println!("{} {next}", bikes.bikes[0].id);
    let ride = wheels.rides().begin().bike("b-1").plan(Plan::Day).note("Ann's").await?;
    println!("{}", ride.id);
    let error = wheels.bikes().get().bike("b-2").await.unwrap_err();
    println!("{error}");

    let contact = Contact::new().mail("ann@example.com").phone(" ");
    wheels.riders().put().rider(Rider::new().name("ann/b").contact(contact).tags(["a", "b"])).await?;
    wheels.riders().put().rider(Rider::new().name("bob")).await?;
    wheels.riders().tag().tags(["early"]).await?;
    wheels.riders().drop().names(["a b", "c/d"]).await?;
    let drop = |input| wheels.call("wheels_riders_drop", input).confirm("wheels_riders_drop");
    for station in [json!(18_446_744_073_709_551_615_u64), json!("00012345678901234567")] {
        drop(json!({"names": ["ann"], "station": station})).await?;
    }
    for refused in [
        json!({"names": ["ann"], "plan": "day", "city": true, "station": 7}),
        json!({"names": ["ann"], "plan": "minute", "since": "2026-11-23", "until": "2026-11-22"}),
        json!({"names": ["ann", "c/d", "..", ""]}),
        json!({"names": ["ann"], "station": 123_456_789_012_345_678_901.0}),
    ] {
        println!("{}", drop(refused).await.unwrap_err());
    }
    let station = catalog::tool("wheels_riders_drop")?.params.iter().find(|param| param.name == "station");
    println!("{}", station.map(|param| param.kind).unwrap_or_default());
    Ok(())
}
